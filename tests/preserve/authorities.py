"""Time-stamp authorities of our own, good ones and bad ones: certificates made here, tokens made by `openssl ts`."""

import shutil
import subprocess
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from chronik.preserve.stamps import Authority

needs_openssl = pytest.mark.skipif(not shutil.which("openssl"), reason="the program openssl makes the test tokens")

POLICY, OTHER_POLICY = "1.2.3.4.1", "1.2.3.4.5"
SETTINGS = f"""[tsa]
default_tsa = authority
[authority]
serial = serial
crypto_device = builtin
signer_digest = sha256
default_policy = {POLICY}
other_policies = {OTHER_POLICY}
digests = sha256, sha512
accuracy = secs:1
ordering = no
tsa_name = no
ess_cert_id_chain = no
"""
DAY = timedelta(days=1)
STAMPING = (ExtendedKeyUsageOID.TIME_STAMPING,)


def a_key():
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


def a_name(text):
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, text)])


def der(certificate):
    return certificate.public_bytes(serialization.Encoding.DER)


@dataclass
class TestAuthority:
    """A root, a signer under it, and a folder in which openssl answers."""

    __test__ = False

    folder: Path
    name: str
    root_key: rsa.RSAPrivateKey
    key: rsa.RSAPrivateKey
    root: x509.Certificate
    signer: x509.Certificate

    def authority(self, **other) -> Authority:
        values = {"name": self.name, "url": f"https://{self.name}.example/tsr", "certificates": (der(self.root),)}
        return Authority(**(values | other))

    def root_pem(self) -> bytes:
        return self.root.public_bytes(serialization.Encoding.PEM)

    def answer(self, question: bytes, *options) -> bytes:
        """What a sound authority answers to this request."""
        (self.folder / "question").write_bytes(question)
        arguments = ["-config", "settings", "-queryfile", "question", "-signer", "signer.pem", "-inkey", "key.pem"]
        command = ["openssl", "ts", "-reply", *arguments, *options]
        return subprocess.run(command, cwd=self.folder, capture_output=True, check=True, timeout=30).stdout

    def certificate(self, *, purposes=STAMPING, critical=True, since=None, days=365, subject=""):
        """A signer's certificate under this root, each with the same number."""
        begin = since or datetime.now(UTC) - DAY
        made = _builder(a_name(subject or "Clock"), self.root.subject, self.key, begin, days).serial_number(4711)
        if purposes:
            made = made.add_extension(x509.ExtendedKeyUsage(list(purposes)), critical=critical)
        return made.sign(self.root_key, hashes.SHA256())

    def use(self, certificate):
        """Answer with this certificate from now on."""
        self.signer = certificate
        (self.folder / "signer.pem").write_bytes(certificate.public_bytes(serialization.Encoding.PEM))


def _builder(subject, issuer, key, begin, days):
    made = x509.CertificateBuilder().subject_name(subject).issuer_name(issuer).public_key(key.public_key())
    return made.not_valid_before(begin).not_valid_after(begin + days * DAY)


def make_authority(folder, name="clock") -> TestAuthority:
    folder.mkdir(parents=True)
    root_key, key = a_key(), a_key()
    subject = a_name(f"Root of {name}")
    made = _builder(subject, subject, root_key, datetime.now(UTC) - 10 * DAY, 3650).serial_number(1)
    made = made.add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
    root = made.sign(root_key, hashes.SHA256())
    found = TestAuthority(folder=folder, name=name, root_key=root_key, key=key, root=root, signer=root)
    found.use(found.certificate())
    (folder / "settings").write_text(SETTINGS)
    (folder / "serial").write_text("01\n")
    pem = serialization.Encoding.PEM
    plain = serialization.PrivateFormat.PKCS8
    (folder / "key.pem").write_bytes(key.private_bytes(pem, plain, serialization.NoEncryption()))
    return found
