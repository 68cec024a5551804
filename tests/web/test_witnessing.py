"""What strangers ask of a witness over the web: four ways, and nothing that they send is worse than a refusal."""

import json
import re

import pytest
from django.test import Client
from tests.archive.houses import FIRST, SECOND, THIRD, URL, captured, clipped, later, street

from chronik import wiring
from chronik.archive import recording, trusting
from chronik.errors import BusyError, LedgerError
from chronik.preserve.ledger import note
from chronik.preserve.witness import cosigning, deposition
from chronik.preserve.witness.cosigner import Cosigner
from chronik.preserve.witness.cosigning import Request

ASK, CAPTURES = "/witness/add-checkpoint", "/witness/captures"


@pytest.fixture(scope="module")
def houses(tmp_path_factory):
    """A witness, and an archive that it trusts; both with a published clip."""
    with street(tmp_path_factory.mktemp("street")) as build:
        witness, archive = build("witness"), build("archive")
        captured(archive, FIRST)
        capture = captured(witness, FIRST, SECOND, THIRD)
        clipped(witness, capture, SECOND, text=f"{FIRST}\n\n{SECOND}\n\n{THIRD}", published=True)
        other = captured(witness, FIRST, url=f"{URL}/secret")
        clipped(later(witness, hours=1), other, FIRST, text=FIRST, number=2)
        trusting.trust(witness, str(recording.ledger(archive).terms()[0].key), name="", by="ada")
        recording.record_due(witness)
        yield witness, archive


@pytest.fixture
def client(houses, monkeypatch):
    monkeypatch.setattr(wiring, "current", lambda: houses[0])
    return Client(enforce_csrf_checks=True)


def ask(client, body, **options):
    return client.post(ASK, body, content_type="text/plain", **options)


def request_of(archive, old=0):
    book = recording.ledger(archive)
    head = book.checkpoint()
    proof = book.consistency_proof(min(old, head.size), head.size)
    return cosigning.written(Request(old_size=old, proof=proof, checkpoint=head))


def test_a_trusted_ledger_is_cosigned_and_then_told_what_is_known(client, houses):
    witness, archive = houses
    first = ask(client, request_of(archive))
    assert (first.status_code, first["Content-Type"], first["Cache-Control"]) == (
        200,
        "text/plain; charset=utf-8",
        "no-store",
    )
    key = trusting.cosigning_key(witness)
    head = recording.ledger(archive).checkpoint()
    assert cosigning.cosignatures(first.content.decode(), checkpoint=head, keys=[key])
    again = ask(client, request_of(archive))
    assert (again.status_code, again["Content-Type"], again.content) == (409, "text/x.tlog.size", b"1\n")
    assert ask(client, request_of(archive, old=9)).status_code == 400
    assert not first.cookies


def test_only_posting_is_answered(client):
    for method in ("get", "put", "delete", "head", "options"):
        assert getattr(client, method)(ASK).status_code == 405
    assert client.post(CAPTURES).status_code == 403


def test_strangers_are_refused(client, houses):
    witness, _ = houses
    assert ask(client, request_of(witness)).status_code == 404
    text, _ = note.parsed(recording.ledger(houses[1]).checkpoint().note)
    thief = note.SignerKey(name=text.split("\n")[0], seed=b"t" * 32)
    forged = cosigning.Request(old_size=0, proof=(), checkpoint=note.checkpoint(note.signed(text, thief)))
    assert ask(client, cosigning.written(forged)).status_code == 403


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"\xff" * 100,
        b"old 0\n\n",
        "old 0\n\nä\n1\n\n".encode("utf-16"),
        b"old " + b"9" * 60_000,
        b"old 0\n" * 9_000,
    ],
)
def test_rubbish_is_refused(client, body):
    answer = ask(client, body)
    assert answer.status_code == 400
    assert b"\xe2\x80\x94" not in answer.content


def test_what_is_too_large_is_not_read(client):
    assert ask(client, b"x" * (cosigning.REQUEST_BYTES_MAX + 1)).status_code == 413
    assert ask(client, b"x", CONTENT_LENGTH="many").status_code == 413
    assert ask(client, b"x" * (3 * 2**20)).status_code == 413


@pytest.mark.parametrize("error", [BusyError("Busy."), LedgerError("The disk is full.")])
def test_what_cannot_be_kept_is_not_signed_and_may_be_asked_again(client, houses, monkeypatch, error):
    def fail(*_arguments, **_options):
        raise error

    monkeypatch.setattr(Cosigner, "_keep", fail)
    answer = ask(client, request_of(houses[1], old=1))
    assert (answer.status_code, answer["Retry-After"], answer.content.decode().strip()) == (503, "60", str(error))


def told(client, url=URL):
    return client.get(CAPTURES, {"url": url})


def test_what_was_published_of_an_address_is_told_under_a_signature(client, houses):
    witness, _ = houses
    answer = told(client)
    assert (answer.status_code, answer["Content-Type"]) == (200, deposition.MEDIA_TYPE)
    key = trusting.cosigning_key(witness)
    found = deposition.checked(answer.content, keys=[key], now=witness.clock())
    [one] = found.captures
    assert (found.address, one.leaf, len(one.passages)) == (URL, 0, 1)


def test_nothing_private_leaks(client):
    """No text, no name of an editor or dossier, and no word of what is not published."""
    data = told(client).content
    for secret in ("Anglers", "fish", "Mirre", "secret", "dossier"):
        assert secret.encode() not in data
    assert not re.search(rb'"ada\\*"', data), "as a word of its own: three letters stand in base64 by chance"
    words = json.loads(json.loads(data)["deposition"])
    assert {key for item in words["captures"] for key in item} == {"index", "salt", "payload", "path", "passages"}
    unpublished, unknown = told(client, f"{URL}/secret"), told(client, "https://nowhere.example/")
    assert (unpublished.status_code, unpublished.content) == (unknown.status_code, unknown.content)
    assert unknown.status_code == 404


@pytest.mark.parametrize(
    "url", ["", "x", "file:///etc/passwd", "https://a@b/", "https://x.example/\0", "https://" + "x" * 9_000]
)
def test_what_is_no_address_is_refused(client, url):
    assert told(client, url).status_code == 400
