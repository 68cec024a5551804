"""Witnesses on the command line: keys, who is trusted, who is asked, and what they say otherwise."""

import base64

import pytest
from tests.cli.conftest import run

from chronik.preserve import signing
from chronik.preserve.ledger import note

PACKAGE_KEY = signing.p384_signed(b"", pem=signing.new_p384())["publicKey"]


@pytest.fixture
def ledger_key(chronik, tmp_path):
    """The key of another archive's ledger."""
    other, page = tmp_path / "other", tmp_path / "page.html"
    page.write_text("<title>Fisch</title><p>Dreihundert Kilogramm toter Fisch lagen am Wehr bei Hallwerd.")
    assert run("init", other).code == 0
    assert run("import", page, archive=other).code == 0
    return run("ledger", "status", "--json", archive=other).json["keys"][0]["key"]


def test_keys_are_shown_trusted_listed_and_given_up(chronik, ledger_key):
    own = chronik("witness", "key", "--json").json["key"]
    assert chronik("witness", "key").out.startswith(own)
    done = chronik("witness", "add", ledger_key, "--name", "Talbote")
    assert (done.code, "Talbote: trusted; its checkpoints are co-signed here." in done.out) == (0, True)
    assert chronik("witness", "add", PACKAGE_KEY, "--name", "Ada", "--json").json["kind"] == "packages"
    listed = chronik("witness", "list", "--json").json
    assert [(one["name"], one["kind"], one["leaves"]) for one in listed["trusted"]] == [
        ("Talbote", "ledger", 0),
        ("Ada", "packages", None),
    ]
    assert "Talbote" in chronik("witness", "list").out
    assert chronik("witness", "remove", "Ada").code == 0
    assert [one["name"] for one in chronik("witness", "list", "--json").json["trusted"]] == ["Talbote"]
    assert chronik("verify").code == 0


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (["add", "nonsense"], 1, "neither a ledger's key"),
        (["add", PACKAGE_KEY], 1, "--name"),
        (["add", base64.b64encode(b"x" * 12).decode()], 1, "neither"),
        (["remove", "nobody"], 1, "witness list"),
        (["ask"], 2, "No witness is set"),
        (["look"], 2, "Name clips"),
        (["look", "nothing"], 1, "There is no clip"),
        (["look", "--dossier", "nothing"], 1, "There is no dossier"),
        (["settle", "123456"], 2, "--dismiss or --uphold"),
        (["settle", "123456", "--dismiss"], 1, "There is no disagreement"),
    ],
)
def test_what_cannot_be_done_is_said_in_a_line_or_two(chronik, arguments, code, words):
    done = chronik("witness", *arguments)
    assert (done.code, words in done.err, done.err.count("\n") <= 3) == (code, True, True), done.err


def test_witnesses_that_do_not_answer_are_told(chronik, tmp_path):
    public = note.SignerKey(name="hallwerd.example/1", seed=b"s" * 32, algorithm=note.COSIGNATURE).verifier
    toml = chronik.archive / "chronik.toml"
    before = toml.read_text()
    toml.write_text(f'{before}witnesses = ["{str(public).replace(public.id.hex(), "00000000")} http://127.0.0.1:1/"]\n')
    done = chronik("witness", "ask")
    assert (done.code, "chronik witness key" in done.err) == (2, True), done.err
    toml.write_text(f'{before}witnesses = ["{public} http://127.0.0.1:1/"]\n')
    page = tmp_path / "page.html"
    page.write_text("<title>Fisch</title><p>Dreihundert Kilogramm toter Fisch lagen am Wehr bei Hallwerd.")
    assert chronik("import", page).code == 0
    done = chronik("witness", "ask", "--json")
    assert (done.code, done.json[0]["cosigned_at"], "blocked_address" in done.json[0]["reason"]) == (1, None, True)
    assert [one["kind"] for one in chronik("status", "--json").json["problems"]] == ["witness"]
    assert chronik("witness", "leads", "--json").json == []
