"""An archive's checkpoints are co-signed by another archive; what it says wrongly is not kept."""

import json
from dataclasses import replace

import pytest
from tests.archive.houses import FIRST, SECOND, captured, later, street
from tests.archive.test_stamping import rest_of_body
from tests.fakes.server import answer, loopback
from tests.preserve.test_ledger_bundles import agree

from chronik import config as configuration
from chronik import wiring
from chronik.archive import checking, cosigning, known_witnesses, proving, recording, trusting
from chronik.collect.posting import Posted
from chronik.errors import ConfigError, ConflictError, NotFoundError, RefusedInputError
from chronik.model import Failure, FailureKind, canonical
from chronik.preserve.ledger import bundle as bundles
from chronik.preserve.ledger import proof
from chronik.preserve.witness.cosigning import Refusal
from chronik.preserve.witness.shelf import Shelf

ADDRESS = "https://hallwerd.example/witness"


@pytest.fixture
def build(tmp_path):
    with street(tmp_path) as build:
        yield build


class Wire:
    """The witness's endpoint without a network."""

    def __init__(self, witness):
        self.witness, self.asked, self.answer = witness, [], None

    def __call__(self, url, body, *, headers):
        self.asked.append(url)
        if self.answer is not None:
            return self.answer(body) if callable(self.answer) else self.answer
        keys = known_witnesses.ledger_keys(known_witnesses.trusted(self.witness))
        found = trusting.cosigner(self.witness).answer(body, keys=keys, now=self.witness.clock())
        if isinstance(found, Refusal):
            return Posted(status=found.status, body=found.words.encode())
        return Posted(status=200, body=found.encode())


@pytest.fixture
def pair(build):
    """An archive, the witness that it names and that trusts it, and what lies between them."""
    witness, archive = build("witness"), build("archive")
    captured(archive, FIRST, SECOND)
    key = trusting.cosigning_key(witness)
    settings = {"state_directory": archive.config.state_directory, "witnesses": [f"{key} {ADDRESS}"]}
    archive = replace(archive, config=configuration.from_table(archive.config.archive, settings))
    trusting.trust(witness, str(recording.ledger(archive).terms()[0].key), name="Talbote", by="ada")
    return archive, Wire(witness)


def grow(archive, number):
    captured(archive, FIRST, url=f"https://talbote.example/{number}")


def test_a_checkpoint_is_cosigned_once_and_the_next_after_a_rest(pair):
    archive, wire = pair
    [reply] = cosigning.ask_due(archive, post=wire)
    assert (reply.size, reply.reason, bool(reply.made)) == (1, "", True)
    assert wire.asked == [f"{ADDRESS}/add-checkpoint"]
    assert cosigning.ask_due(archive, post=wire, at_once=True) == ()
    grow(archive, 2)
    assert cosigning.ask_due(archive, post=wire) == ()
    [reply] = cosigning.ask_due(later(archive, minutes=6), post=wire)
    assert reply.size == 2
    standing = cosigning.standing(archive)
    assert (standing.leaves, standing.cosigned_leaves, standing.alarm, standing.waiting) == (2, 2, "", ())
    [first] = cosigning.cosigned(archive, 0)
    assert first.at == archive.clock().replace(microsecond=0)
    assert cosigning.cosigned(archive, 2) == []
    assert list(cosigning.cosignature_faults(archive)) == []


def test_what_was_lost_here_is_asked_again_from_what_the_witness_knows(pair):
    archive, wire = pair
    cosigning.ask_due(archive, post=wire)
    for path in Shelf(archive.config.ledger).folder.iterdir():
        path.unlink()
    [reply] = cosigning.ask_due(archive, post=wire)
    assert (len(wire.asked), reply.reason) == (3, "")
    for path in Shelf(archive.config.ledger).folder.iterdir():
        path.unlink()
    grow(archive, 2)
    [reply] = cosigning.ask_due(archive, post=wire)
    assert (len(wire.asked), reply.reason, reply.size) == (5, "", 2)


def test_a_ledger_that_was_rolled_back_is_told_at_once(pair):
    archive, wire = pair
    wire.answer = Posted(status=409, body=b"77\n")
    [reply] = cosigning.ask_due(archive, post=wire)
    assert "it has seen 77 leaves of this ledger, which ends at 1" in reply.reason
    assert "older backup" in cosigning.standing(archive).alarm
    wire.answer = lambda body: Posted(status=409, body=b"1\n")
    [reply] = cosigning.ask_due(archive, post=wire, at_once=True)
    assert "another tree of 1 leaves" in reply.reason
    wire.answer = Posted(status=422, body=b"no\n")
    [reply] = cosigning.ask_due(archive, post=wire, at_once=True)
    assert "does not go on" in cosigning.standing(archive).alarm
    wire.answer = None
    cosigning.ask_due(archive, post=wire, at_once=True)
    assert cosigning.standing(archive).alarm == ""


@pytest.mark.parametrize(
    "answer",
    [
        Failure(kind=FailureKind.UNREACHABLE, detail="nobody is there"),
        Posted(status=200, body=b""),
        Posted(status=200, body=b"\xff\x00"),
        Posted(status=200, body="— other.example/1 AAAAAAAA\n".encode()),
        Posted(status=404, body=b"\x1b[2J who are you?"),
        Posted(status=409, body=b"many\n"),
        Posted(status=302, body=b""),
        Posted(status=500, body=b"x" * 5_000),
    ],
)
def test_what_does_not_hold_is_not_kept(pair, answer):
    archive, wire = pair
    wire.answer = answer
    [reply] = cosigning.ask_due(archive, post=wire)
    assert (reply.made, bool(reply.reason), len(reply.reason) < 300) == (None, True, True)
    assert reply.reason.isprintable()
    assert Shelf(archive.config.ledger).kept() == []
    assert cosigning.ask_due(archive, post=wire) == ()
    [again] = cosigning.ask_due(later(archive, minutes=2), post=wire)
    assert again.reason == reply.reason


def test_a_cosignature_from_the_future_is_not_kept(pair):
    archive, wire = pair
    [reply] = cosigning.ask_due(archive, post=Wire(later(wire.witness, hours=1)))
    assert (reply.made, reply.reason) == (None, "its co-signature is dated in the future")


def test_a_cosignature_over_another_checkpoint_is_not_kept(pair):
    archive, wire = pair
    [reply] = cosigning.ask_due(archive, post=wire)
    grow(archive, 2)
    wire.answer = Posted(status=200, body=reply.made.line.encode())
    [reply] = cosigning.ask_due(archive, post=wire, at_once=True)
    assert (reply.made, "does not belong to this checkpoint" in reply.reason) == (None, True)


def test_nobody_answering_for_a_day_is_an_alarm(pair):
    archive, wire = pair
    wire.answer = Failure(kind=FailureKind.TIMEOUT)
    cosigning.ask_due(archive, post=wire)
    assert cosigning.standing(later(archive, hours=23)).alarm == ""
    late = later(archive, hours=25)
    assert "no witness has co-signed for 24 h" in cosigning.standing(late).alarm
    wire.answer = None
    cosigning.ask_due(late, post=wire)
    assert cosigning.standing(late).alarm == ""


def test_damaged_cosignatures_are_found(pair):
    archive, wire = pair
    cosigning.ask_due(archive, post=wire)
    [kept] = Shelf(archive.config.ledger).kept()
    data = kept.path.read_bytes()
    for place in range(0, len(data), 7):
        kept.path.write_bytes(data[:place] + bytes([data[place] ^ 4]) + data[place + 1 :])
        [(what, why)] = cosigning.cosignature_faults(archive)
        assert kept.path.name in what
        assert cosigning.cosignatures(archive) == []
    _, findings = checking.verify(archive)
    assert [one.subject for one in findings] == [f"co-signature {kept.path.name}"]
    forged = data.replace(b"hallwerd", b"hallward")
    kept.path.write_bytes(forged)
    kept.path.rename(kept.path.with_name(f"9-{kept.path.name.partition('-')[2]}"))
    [(what, why)] = cosigning.cosignature_faults(archive)
    assert "which is not in the ledger" in why


def test_a_witness_that_left_the_settings_counts_no_more_and_is_no_fault(pair):
    archive, wire = pair
    cosigning.ask_due(archive, post=wire)
    bare = replace(archive, config=replace(archive.config, witnesses=()))
    assert (cosigning.cosignatures(bare), list(cosigning.cosignature_faults(bare))) == ([], [])
    assert cosigning.ask_due(bare, post=wire) == ()


def test_keys_are_trusted_once_and_given_up_by_name(pair):
    _, wire = pair
    [one] = known_witnesses.trusted(wire.witness).values()
    with pytest.raises(ConflictError):
        trusting.trust(wire.witness, one.key, name="again", by="ada")
    for wrong in ("", "nonsense", "a+b+c", one.key[:-4] + "AAA=", str(trusting.cosigning_key(wire.witness))):
        with pytest.raises(RefusedInputError):
            trusting.trust(wire.witness, wrong, name="x", by="ada")
    assert trusting.distrust(wire.witness, "Talbote", by="ada") == one
    assert known_witnesses.trusted(wire.witness) == {}
    with pytest.raises(NotFoundError):
        trusting.distrust(wire.witness, "Talbote", by="ada")


def test_nobody_trusts_himself(pair):
    archive, wire = pair
    named = replace(archive.config, witnesses=(f"{trusting.cosigning_key(archive)} {ADDRESS}",))
    [reply] = cosigning.ask_due(replace(archive, config=named), post=wire)
    assert (reply.made, "own key" in reply.reason, wire.asked) == (None, True, [])
    with pytest.raises(RefusedInputError, match="own ledger"):
        trusting.trust(archive, str(recording.ledger(archive).terms()[0].key), name="me", by="ada")


@pytest.mark.parametrize(
    "text", ["", "key", "a+12345678+BAAA https://x.example/", "a+1+B https://x.example/", "https://x.example/ key"]
)
def test_wrong_settings_are_told(tmp_path, text):
    with pytest.raises(ConfigError):
        known_witnesses.asked(configuration.from_table(tmp_path, {"witnesses": [text]}))


def test_it_goes_over_the_one_way_out(pair):
    """Over a real connection: permitted where the settings say so, blocked where they do not."""
    archive, wire = pair

    def witness(connection, head):
        told = wire("", rest_of_body(connection, head), headers=())
        connection.sendall(answer(told.body, "Content-Type: text/plain", status=f"{told.status} Said"))

    with loopback(witness) as server:
        key = trusting.cosigning_key(wire.witness)
        settings = {"state_directory": archive.config.state_directory, "witnesses": [f"{key} {server.url('')}"]}
        here = replace(archive, config=configuration.from_table(archive.config.archive, settings))
        [blocked] = cosigning.ask_due(here, post=wiring.witness_post(here.config).answer)
        assert (blocked.made, "blocked_address" in blocked.reason, server.accepts) == (None, True, 0)
        permitted = replace(here.config, permitted_endpoints=(f"127.0.0.1:{server.port}",))
        here = replace(here, config=permitted)
        [reply] = cosigning.ask_due(here, post=wiring.witness_post(permitted).answer, at_once=True)
        assert (reply.reason, bool(reply.made), server.accepts) == ("", True, 1)
        for path in Shelf(archive.config.ledger).folder.iterdir():
            path.unlink()
        [again] = cosigning.ask_due(here, post=wiring.witness_post(permitted).answer)
        assert (again.reason, server.accepts) == ("", 3)


def test_bundles_and_proofs_carry_the_cosignatures(pair):
    archive, wire = pair
    cosigning.ask_due(archive, post=wire)
    [capture] = archive.catalogue.captures()
    grow(archive, 2)
    key = trusting.cosigning_key(wire.witness)
    made = proving.bundle(archive, [capture.id])
    assert (made.checkpoint.size, len(made.cosignatures)) == (1, 1)
    found = bundles.checked(bundles.written(made), witnesses=[key])
    assert (found.fault, found.cosigned) == ("", (f"{key.name} 2026-05-01T12:30:15+00:00",))
    assert bundles.checked(bundles.written(made)).cosigned == ()
    [proved] = proving.prove(archive, capture.id)
    assert cosigning.lines_over(archive, made.checkpoint)[0] in proved.proof.checkpoint.note.decode()
    assert proof.read(proof.written(proved.proof)).holds(proved.opening.leaf.entry)


@pytest.mark.parametrize("lines", [[], ["x"], "x", {}, 7, None, ["— a AAAA\n"] * 900, [["\ud800"]]])
def test_false_cosignatures_in_a_bundle_prove_nothing_and_harm_nothing(pair, lines):
    archive, wire = pair
    cosigning.ask_due(archive, post=wire)
    [capture] = archive.catalogue.captures()
    values = json.loads(bundles.written(proving.bundle(archive, [capture.id])))
    try:
        data = canonical({**values, "cosignatures": lines})
    except ValueError:
        return
    found = bundles.checked(data, witnesses=[trusting.cosigning_key(wire.witness)])
    assert (found.fault, found.cosigned, len(found.proved)) == ("", (), 1)
    assert agree(data)


def test_the_standing_of_an_archive_without_witnesses_says_so(build):
    archive = build("alone")
    assert "this archive alone says" in cosigning.standing(archive).words


def test_a_new_ledger_is_the_same_witness(pair):
    """What an archive is for others does not end with its own ledger."""
    _, wire = pair
    key = trusting.cosigning_key(wire.witness)
    captured(wire.witness, FIRST)
    recording.renew(wire.witness, reason="The disk with the key is broken.")
    assert trusting.cosigning_key(wire.witness) == key
    assert trusting.cosigner(wire.witness).key().verifier == key
