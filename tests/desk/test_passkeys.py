"""Passkeys in place of a code: made, asked and removed; an authenticator of our own plays the browser's part."""

import base64
import hashlib
import html
import json
import re
import secrets

import cbor2
import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from django.contrib.auth.models import User
from django.test import Client
from tests.desk.material import NOW
from tests.desk.test_second_factor import code, codes, password_given  # noqa: F401 - a fixture

from chronik.catalogue.models import ActRow, PasskeyRow
from chronik.desk import passkey_protocol, second_factor

HOST, ORIGIN = "testserver", "http://testserver"
OPTIONS, ADD, REMOVE = (f"/desk/account/passkeys/{name}/" for name in ("options", "add", "remove"))


def text(content):
    return base64.urlsafe_b64encode(content).decode().rstrip("=")


class Authenticator:
    """A device with one key (W3C Web Authentication, §6), without attestation."""

    def __init__(self):
        self.key, self.identity, self.uses = ec.generate_private_key(ec.SECP256R1()), secrets.token_bytes(16), 0

    def made(self, challenge, *, origin=ORIGIN, host=HOST):
        point = self.key.public_key().public_numbers()
        public = {1: 2, 3: -7, -1: 1, -2: point.x.to_bytes(32), -3: point.y.to_bytes(32)}
        held = bytes(16) + len(self.identity).to_bytes(2) + self.identity + cbor2.dumps(public)
        data = hashlib.sha256(host.encode()).digest() + b"\x45" + bytes(4) + held
        attested = cbor2.dumps({"fmt": "none", "attStmt": {}, "authData": data})
        told = self._told("webauthn.create", challenge, origin)
        return self._answer({"clientDataJSON": text(told), "attestationObject": text(attested)})

    def used(self, challenge, *, origin=ORIGIN, host=HOST):
        self.uses += 1
        data = hashlib.sha256(host.encode()).digest() + b"\x05" + self.uses.to_bytes(4)
        told = self._told("webauthn.get", challenge, origin)
        signature = self.key.sign(data + hashlib.sha256(told).digest(), ec.ECDSA(SHA256()))
        named = {"clientDataJSON": text(told), "authenticatorData": text(data), "signature": text(signature)}
        return self._answer(named)

    def _told(self, kind, challenge, origin):
        return json.dumps({"type": kind, "challenge": challenge, "origin": origin, "crossOrigin": False}).encode()

    def _answer(self, response):
        identity = text(self.identity)
        return json.dumps({"id": identity, "rawId": identity, "type": "public-key", "response": response})


@pytest.fixture
def device(codes, editor):  # noqa: F811 - a fixture
    """Eva's telephone, with a passkey that is kept."""
    device = Authenticator()
    asked = editor.post(OPTIONS, {"code": codes[0]}).json()
    assert (asked["rp"]["id"], asked["user"]["name"], asked["attestation"]) == (HOST, "eva", "none")
    editor.post(ADD, {"passkey": device.made(asked["challenge"])})
    assert PasskeyRow.objects.get().user_name == "eva"
    return device


def challenge_of(client):
    page = client.get("/desk/sign-in/code/").content.decode()
    return json.loads(html.unescape(re.search(r'data-passkey-use="([^"]*)"', page)[1]))["challenge"]


def test_a_passkey_is_taken_in_place_of_a_code(device):
    client = password_given()
    answer = client.post("/desk/sign-in/code/", {"passkey": device.used(challenge_of(client))})
    assert answer.headers["Location"] == "/desk/feeds/"
    assert client.get("/desk/").status_code == 200
    assert PasskeyRow.objects.get().uses == 1


def test_what_was_proved_once_is_proved_no_more(device):
    client = password_given()
    proved = device.used(challenge_of(client))
    assert client.post("/desk/sign-in/code/", {"passkey": proved}).status_code == 302
    again = password_given()
    challenge_of(again)
    assert again.post("/desk/sign-in/code/", {"passkey": proved}).status_code == 422
    assert again.post("/desk/sign-in/code/", {"passkey": proved}).status_code == 422


def test_a_proof_for_another_site_or_of_another_device_is_refused(device):
    stranger = Authenticator()
    stranger.identity = device.identity
    for answer in (
        lambda asked: device.used(asked, origin="https://evil.test"),
        lambda asked: device.used(asked, host="evil.test"),
        stranger.used,
        Authenticator().used,
    ):
        client = password_given()
        assert client.post("/desk/sign-in/code/", {"passkey": answer(challenge_of(client))}).status_code == 422


def test_a_device_that_counts_backwards_was_copied(device):
    PasskeyRow.objects.update(uses=9)
    client = password_given()
    assert client.post("/desk/sign-in/code/", {"passkey": device.used(challenge_of(client))}).status_code == 422


@pytest.mark.parametrize(
    "hostile",
    ["", "{}", "[]", "null", '{"id": 7}', "\0", "[" * 10_000, "x" * 100_000, '{"id": "\\ud800", "response": {}}'],
)
def test_anything_else_is_refused(hostile, device, editor, codes):  # noqa: F811 - a fixture
    client = password_given()
    challenge_of(client)
    assert client.post("/desk/sign-in/code/", {"passkey": hostile}).status_code == 422
    editor.post(OPTIONS, {"code": codes[1]})
    editor.post(ADD, {"passkey": hostile})
    assert PasskeyRow.objects.count() == 1


@pytest.mark.parametrize("cut", range(0, 400, 23))
def test_an_answer_that_was_tampered_with_makes_none(cut):
    here = passkey_protocol.Here(host=HOST, origins=(ORIGIN,))
    whole = Authenticator().made(text(b"c" * 32))
    assert passkey_protocol.made(whole, here=here, challenge=b"c" * 32) is not None
    assert passkey_protocol.made(whole, here=here, challenge=b"d" * 32) is None
    passkey_protocol.made(whole[:cut] + "A" + whole[cut + 1 :], here=here, challenge=b"c" * 32)
    assert passkey_protocol.made(whole[:cut], here=here, challenge=b"c" * 32) is None


def test_none_is_made_without_a_code_or_a_second_factor(editor, codes):  # noqa: F811 - a fixture
    assert editor.post(OPTIONS, {"code": "000000"}).status_code == 422
    editor.post(ADD, {"passkey": Authenticator().made(text(b"c" * 32))})
    assert not PasskeyRow.objects.exists()
    second_factor.SecondFactorRow.objects.all().delete()
    assert editor.post(OPTIONS, {"code": code(NOW)}).status_code == 422


def test_a_passkey_is_removed_by_its_person_only_and_goes_with_the_factor(device, editor, eva, archive):
    number = PasskeyRow.objects.get().pk
    otto = Client()
    otto.force_login(User.objects.create_user("otto"))
    assert otto.post(REMOVE, {"number": str(number)}).status_code == 404
    for nothing in ("", "x", "9" * 40):
        assert editor.post(REMOVE, {"number": nothing}).status_code == 404
    assert "Firefox" not in editor.get("/desk/account/second-factor/").content.decode()
    editor.post(REMOVE, {"number": str(number)})
    assert not PasskeyRow.objects.exists()
    assert [row.verb for row in ActRow.objects.order_by("number")] == [
        "add-second-factor",
        "add-second-factor",
        "remove-second-factor",
    ]
    PasskeyRow.objects.create(user_name="eva", name="x", identity=b"x", public_key=b"x", made_at=NOW)
    second_factor.remove(archive.catalogue, eva, by="root", now=NOW)
    assert not PasskeyRow.objects.exists()
