"""Which keys the operator trusts, and which names are this archive's own. Acts: reads acts, settings and key files."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from chronik.archive import packing
from chronik.collect import addresses
from chronik.errors import ConfigError, RefusedInputError
from chronik.model import Verb
from chronik.preserve import signing
from chronik.preserve.ledger import Ledger, files, note
from chronik.preserve.witness.places import FOLDER, PUBLIC_KEY

if TYPE_CHECKING:
    from collections.abc import Mapping

    from chronik.archive.archive import Archive
    from chronik.config import Config
    from chronik.model import Capture
    from chronik.preserve.ledger.note import VerifierKey

SUBJECT = "witnesses"
"""Of the acts by which keys are trusted."""
TRUSTED_MAX = 10_000


class KeyKind(StrEnum):
    """What a trusted key signs."""

    LEDGER = "ledger"
    """Checkpoints of another archive, which are co-signed here."""
    PACKAGES = "packages"
    """WACZ files of somebody whom the operator knows."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TrustedKey:
    """A key, and whose it is."""

    key: str
    kind: KeyKind
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedWitness:
    """A witness of the settings."""

    key: VerifierKey
    address: str
    """The submission prefix of C2SP tlog-witness, without a slash at the end; a Chronik's ends with `/witness`."""


def trusted(archive: Archive) -> dict[str, TrustedKey]:
    """Key → whose it is, as the acts of trusting say."""
    found: dict[str, TrustedKey] = {}
    verbs = {Verb.TRUST_WITNESS, Verb.DISTRUST_WITNESS}
    for act in reversed(archive.catalogue.acts_of(verbs, subject=SUBJECT, limit=TRUSTED_MAX)):
        key, kind, name = (str(act.detail.get(part, "")) for part in ("key", "kind", "name"))
        if act.verb is Verb.DISTRUST_WITNESS:
            found.pop(key, None)
        elif kind in set(KeyKind):
            found[key] = TrustedKey(key=key, kind=KeyKind(kind), name=name)
    return found


def ledger_keys(known: Mapping[str, TrustedKey]) -> dict[str, list[VerifierKey]]:
    """Origin → the keys that are trusted to sign its checkpoints."""
    found: dict[str, list[VerifierKey]] = {}
    for one in known.values():
        if one.kind is KeyKind.LEDGER:
            key = note.verifier_key(one.key)
            found.setdefault(key.name, []).append(key)
    return found


def asked(config: Config) -> tuple[AskedWitness, ...]:
    """The witnesses of the settings. Raises ConfigError for a key that cannot be read."""
    return tuple(_asked(text) for text in config.witnesses)


def _asked(text: str) -> AskedWitness:
    key, url = text.split()
    try:
        found = note.verifier_key(key, algorithm=note.COSIGNATURE)
        return AskedWitness(key=found, address=addresses.normal(url).rstrip("/"))
    except RefusedInputError as error:
        raise ConfigError(f"witnesses: {error} `chronik witness key` prints it at the other archive.") from error


def package_key(config: Config) -> str:
    """The public key by which this archive signs WACZ files (SPKI, base64); empty where it has none."""
    pem = files.read(config.state / packing.KEY_NAME)
    try:
        return signing.p384_signed(b"", pem=pem)["publicKey"] if pem else ""
    except ValueError:
        return ""


def is_own_host(config: Config, url: str) -> bool:
    """Whether an address leads to this archive itself, or to the sample newsroom that it plays."""
    place = addresses.host_and_port(url)
    host = place.rpartition(":")[0]
    public = urlsplit(config.public_url).hostname or ""
    own_ports = {str(config.port), str(config.sample_port)}
    here = addresses.is_localhost(host) or host in {config.host, addresses.LOCALHOST, "[::1]", "0.0.0.0"}  # noqa: S104
    return not place or (bool(public) and host == public) or (here and place.rpartition(":")[2] in own_ports)


def own_cosigning_key(config: Config) -> bytes:
    """The public key by which this archive co-signs for others; empty where it has none."""
    data = files.read(config.archive / FOLDER / PUBLIC_KEY)
    try:
        return note.verifier_key(data.decode("utf-8", "replace"), algorithm=note.COSIGNATURE).key if data else b""
    except RefusedInputError:
        return b""


def foreign_keys(config: Config) -> list[VerifierKey]:
    """The keys of the settings' witnesses, this archive's own left out."""
    own = own_cosigning_key(config)
    return [one.key for one in asked(config) if one.key.key != own]


def refuse_own_ledger(config: Config, origin: str) -> None:
    """Nobody is his own witness. Raises RefusedInputError."""
    ledger = Ledger(folder=config.ledger, state_base=config.archive)
    if any(term.key.name == origin for term in ledger.terms()):
        raise RefusedInputError("it is about this archive's own ledger")


def is_shown(config: Config, capture: Capture) -> bool:
    """Whether a capture was fetched because a web archive of the settings was asked what it keeps of a page."""
    gates = [text.split()[1] for text in config.memento_archives]
    return not capture.origin and any((capture.asked_url or capture.url).startswith(gate) for gate in gates)


def memento_archive_of(config: Config, url: str) -> str:
    """The name of the web archive of the settings that serves an address, or empty."""
    place = addresses.host_and_port(url)
    named = [text.split() for text in config.memento_archives]
    return next((name for name, address in named if addresses.host_and_port(address) == place), "")
