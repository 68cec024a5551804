"""A witness signs what it can stand for, and never two heads of one ledger that contradict each other."""

import base64
import hashlib
import threading
from contextlib import suppress
from datetime import UTC, datetime, timedelta

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from hypothesis import given
from hypothesis import strategies as st
from tests.preserve.ledgers import append, disk_that_stops, ledger_in

from chronik.errors import LedgerError, RefusedInputError, RefusesToSignError
from chronik.preserve.ledger import note, tree
from chronik.preserve.ledger.note import SignerKey
from chronik.preserve.ledger.state import Mark
from chronik.preserve.witness import cosigning
from chronik.preserve.witness.cosigner import Cosigner, Head
from chronik.preserve.witness.cosigning import Refusal, Request

NOW = datetime(2026, 5, 1, 12, 0, tzinfo=UTC)


class Log:
    """A tree of any size under one key, and how it went on: `branch` leaves it at a size."""

    def __init__(self, name="log.example/1", seed=b"s" * 32):
        self.key = SignerKey(name=name, seed=seed)
        self.hashes = [tree.leaf_hash(b"leaf %d" % number) for number in range(300)]

    def branch(self, size):
        other = Log(self.key.name, self.key.seed)
        other.hashes[size:] = [tree.leaf_hash(b"forged %d" % number) for number in range(size, 300)]
        return other

    def read(self, level, index):
        width = 1 << level
        return tree.root_of(self.hashes[index * width : (index + 1) * width])

    def head(self, size, *extra):
        text = note.checkpoint_text(origin=self.key.name, size=size, root=tree.root(self.read, size))
        return note.checkpoint(note.signed(text + "".join(f"{line}\n" for line in extra), self.key))

    def request(self, old, size, **others):
        proof = tree.consistency_proof(self.read, old, second=size)
        asked = {"old_size": old, "proof": proof, "checkpoint": self.head(size), **others}
        return cosigning.written(Request(**asked))


@pytest.fixture
def witness(tmp_path):
    made = Cosigner(tmp_path / "archive" / "witness", tmp_path / "state")
    made.begin(name="witness.example")
    made.follow("log.example/1")
    return made


def ask(witness, body, *, log=None, at=NOW):
    key = (log or Log()).key.verifier
    return witness.answer(body, keys={key.name: [key]}, now=at)


def status(found):
    return found.status if isinstance(found, Refusal) else 200


def test_a_cosignature_is_what_the_standard_says(witness):
    log = Log()
    line = ask(witness, log.request(0, 5))
    public = witness.verifier()
    start, name, encoded = line.rstrip("\n").split(" ")
    data = base64.b64decode(encoded)
    assert (start, name, len(data)) == ("—", public.name, 4 + 8 + 64)
    assert data[:4] == hashlib.sha256(name.encode() + b"\n\x04" + public.key).digest()[:4] == public.id
    assert int.from_bytes(data[4:12], "big") == NOW.timestamp()
    text = note.parsed(log.head(5).note)[0]
    message = f"cosignature/v1\ntime {int(NOW.timestamp())}\n{text}".encode()
    Ed25519PublicKey.from_public_bytes(public.key).verify(data[12:], message)
    [found] = cosigning.cosignatures(line, checkpoint=log.head(5), keys=[public])
    assert (found.at, found.by, found.line) == (NOW, public, line)


def test_extension_lines_are_signed_too(witness):
    log = Log()
    head = log.head(3, "further line")
    line = ask(witness, cosigning.written(Request(old_size=0, proof=(), checkpoint=head)))
    assert cosigning.cosignatures(line, checkpoint=head, keys=[witness.verifier()])
    with pytest.raises(RefusedInputError):
        cosigning.cosignatures(line, checkpoint=log.head(3), keys=[witness.verifier()])


def test_a_growing_ledger_is_followed_and_what_was_said_can_be_asked_again(witness):
    log, sizes = Log(), [0, 1, 2, 7, 8, 200, 256, 257]
    for old, size in zip([0, *sizes], sizes, strict=False):
        assert status(ask(witness, log.request(old, size))) == 200
        assert status(ask(witness, log.request(size, size))) == 200
    assert witness.head("log.example/1").mark.size == 257


def test_another_old_size_is_told_the_one_that_is_known(witness):
    log = Log()
    ask(witness, log.request(0, 7))
    for old, size in ((0, 9), (3, 9), (8, 9), (0, 7), (3, 5)):
        found = ask(witness, log.request(old, size))
        assert (status(found), found.words) == (409, "7\n")
    assert status(ask(witness, log.request(7, 9, old_size=12))) == 400


def test_no_fork_is_signed_at_any_size_and_one_of_the_same_size_is_kept_as_proof(witness):
    log = Log()
    ask(witness, log.request(0, 100))
    for at in (0, 1, 50, 99):
        other = log.branch(at)
        same = ask(witness, other.request(100, 100))
        assert (status(same), same.is_fork) == (409, True)
        assert status(ask(witness, other.request(100, 120))) == 422
    assert status(ask(witness, log.request(100, 120))) == 200
    first, second = witness.forks()[0].read_bytes().split(b"\n\n", 2)[0], witness.forks()[0].read_bytes()
    assert (first.split(b"\n")[1], second.count(b"log.example/1\n100\n")) == (b"100", 2)
    assert len(witness.forks()) == 4


def test_a_second_head_of_the_same_size_is_not_signed_after_a_fork_was_offered_first(witness):
    log = Log()
    assert status(ask(witness, log.branch(2).request(0, 5))) == 200
    assert status(ask(witness, log.request(5, 5))) == 409
    assert status(ask(witness, log.request(5, 9))) == 422


@pytest.mark.parametrize("proof", [(), (b"x" * 32,), (b"x" * 32,) * 63])
def test_a_wrong_proof_is_no_proof(witness, proof):
    log = Log()
    ask(witness, log.request(0, 100))
    assert status(ask(witness, log.request(100, 120, proof=proof))) == 422
    assert status(ask(witness, log.request(100, 100, proof=(b"x" * 32,)))) == 422


def test_unknown_ledgers_and_foreign_keys_are_refused(witness):
    log, thief, stranger = Log(), Log(seed=b"t" * 32), Log("other.example/2")
    assert status(ask(witness, stranger.request(0, 3), log=log)) == 404
    assert status(ask(witness, thief.request(0, 3), log=log)) == 403
    assert status(witness.answer(log.request(0, 3), keys={}, now=NOW)) == 404
    assert witness.head("log.example/1").mark.size == 0


def test_an_empty_tree_has_the_root_of_an_empty_tree(witness):
    log = Log()
    text = note.checkpoint_text(origin=log.key.name, size=0, root=b"r" * 32)
    head = note.checkpoint(note.signed(text, log.key))
    found = ask(witness, cosigning.written(Request(old_size=0, proof=(), checkpoint=head)))
    assert status(found) in {409, 422}


def test_a_clock_that_was_set_back_makes_no_later_head_older(witness):
    log, [key] = Log(), [witness.verifier()]
    ask(witness, log.request(0, 3))
    line = ask(witness, log.request(3, 5), at=NOW - timedelta(days=9))
    [found] = cosigning.cosignatures(line, checkpoint=log.head(5), keys=[key])
    assert found.at == NOW


def test_the_head_is_on_the_disk_before_anything_is_signed(witness, monkeypatch):
    log = Log()
    ask(witness, log.request(0, 3))
    for step in range(1, 40):
        signed = []
        with disk_that_stops(monkeypatch, step, OSError(5, "I/O error")) as stopped:
            with suppress(LedgerError):
                signed.append(ask(witness, log.request(3, 5)))
            at_end = stopped()
        assert not (signed and witness.head("log.example/1").mark.size == 3)
        if not at_end:
            break
        before = log.head(3)
        witness._keep("log.example/1", Head(mark=Mark(size=3, root=before.root), note=before.note))
    assert step > 3


def test_a_head_that_is_lost_or_damaged_is_not_begun_again(witness, tmp_path):
    log = Log()
    ask(witness, log.request(0, 3))
    [path] = (tmp_path / "state").rglob("heads/*")
    for damage in (lambda: path.write_bytes(b"\xff"), lambda: path.write_bytes(b""), path.unlink):
        damage()
        with pytest.raises(RefusesToSignError):
            ask(witness, log.branch(1).request(0, 3))


def test_a_restored_archive_knows_what_was_signed_before(witness, tmp_path):
    log = Log()
    backup = {path: path.read_bytes() for path in (tmp_path / "archive").rglob("*") if path.is_file()}
    ask(witness, log.request(0, 9))
    for path, data in backup.items():
        path.write_bytes(data)
    again = Cosigner(tmp_path / "archive" / "witness", tmp_path / "state")
    again.follow("log.example/1")
    assert status(ask(again, log.branch(3).request(0, 9))) == 409


def test_a_lost_or_foreign_key_signs_nothing(witness, tmp_path):
    [path] = (tmp_path / "state").rglob("cosigner.key")
    assert path.stat().st_mode & 0o077 == 0
    other = SignerKey(name=witness.verifier().name, seed=b"o" * 32, algorithm=note.COSIGNATURE)
    for damage in (lambda: path.write_text(other.secret), lambda: path.write_text("nonsense"), path.unlink):
        damage()
        with pytest.raises(RefusesToSignError):
            ask(witness, Log().request(0, 3))


def test_many_at_once_are_answered_one_after_the_other(witness):
    log, found = Log(), []
    branches = [log, log.branch(3), log.branch(0), log.branch(7)] * 3
    workers = [
        threading.Thread(target=lambda one=one: found.append(ask(witness, one.request(0, 8)))) for one in branches
    ]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert sorted(map(status, found)) == [200, *[409] * 11]


REAL = Log().request(7, 9)


@given(st.one_of(st.binary(max_size=400), st.integers(0, len(REAL) - 1)), st.binary(min_size=1, max_size=3))
def test_whatever_is_sent_is_read_or_refused(given_bytes, other):
    body = given_bytes if isinstance(given_bytes, bytes) else REAL[:given_bytes] + other + REAL[given_bytes + 1 :]
    try:
        found = cosigning.read(body)
    except RefusedInputError:
        return
    assert cosigning.written(found) == body


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"old 0\n",
        b"old 00\n\n" + REAL,
        b"old -1\n\n" + REAL,
        b"old 99999999999999999999\n\n" + REAL,
        b"OLD 7\n\n" + REAL,
        REAL.replace(b"old 7\n", b"old 7\n" + b"A" * 43 + b"=\n" + b"AAAA\n"),
        REAL.replace(b"old 7\n", b"old 7\n" + (b"A" * 43 + b"=\n") * 64),
        REAL.replace(b"\n\n", b"\r\n\r\n"),
        REAL + b"x" * cosigning.REQUEST_BYTES_MAX,
        REAL.replace(b"log.example", b"log\x00example"),
        REAL.replace(b"log.example", b"log\xffexample"),
        REAL.decode().encode("utf-16"),
    ],
)
def test_hostile_requests_are_refused(witness, body):
    assert status(ask(witness, body)) == 400
    assert witness.head("log.example/1").mark.size == 0


def test_a_ledger_of_another_program_is_followed(witness):
    """The sequence by which transparency-dev's witness is tried."""
    key = note.verifier_key("monkeys+db4d9f7e+AULaJMvTtDLHPUcUrjdDad9vDlh/PTfC2VV60JUtCfWT")
    first = (
        "monkeys\n5\n41smjBUiAU70EtKlT6lIOIYtRTYxYXsDB+XHfcvu/BE=\n\n— monkeys 202fftzGl3LVoqjXfwCFZZXs8I+5G22+Ek2K0AOy"
        "BuSJ/8/CZawNF+6fNlTKOCd622pbzJNkkJFWuw9DbicZCkEx9AY=\n"
    )
    second = (
        "monkeys\n8\nV8K9aklZ4EPB+RMOk1/8VsJUdFZR77GDtZUQq84vSbo=\n\n— monkeys 202ffoUEboiQYpHzICeaFmoy3RNviHTpAxYrq/eO"
        "4QQVQMvu9UebKBMX2MJC76NLthZaKsnKbCA8GxrjePZhvDCH7Ag=\n"
    )
    proof = (
        "b9e1d62618f7fee8034e4c5010f727ab24d8e4705cb296c374bf2025a87a10d2",
        "aac66cd7a79ce4012d80762fe8eec3a77f22d1ca4145c3f4cee022e7efcd599d",
        "89d0f753f66a290c483b39cd5e9eafb12021293395fad3d4a2ad053cfbcfdc9e",
        "29e40bb79c966f4c6fe96aff6f30acfce5f3e8d84c02215175d6e018a5dee833",
    )
    lines = "".join(base64.b64encode(bytes.fromhex(step)).decode() + "\n" for step in proof)
    witness.follow("monkeys")
    for body, wanted in (
        (f"old 0\n\n{first}", 200),
        (f"old 5\n{lines}\n{second}", 200),
        (f"old 8\n\n{second}", 200),
        (f"old 5\n{lines}\n{second}", 409),
    ):
        assert status(witness.answer(body.encode(), keys={"monkeys": [key]}, now=NOW)) == wanted


def test_lines_of_others_are_passed_over_and_false_ones_refused(witness):
    log, line = Log(), ""
    line = ask(witness, log.request(0, 5))
    other = Cosigner(witness._own.parent / "other", witness._base)
    other.begin(name="other.example")
    other.follow("log.example/1")
    both = line + ask(other, log.request(0, 5))
    found = cosigning.cosignatures(both, checkpoint=log.head(5), keys=[witness.verifier()])
    assert [one.by for one in found] == [witness.verifier()]
    for false in ("", "—\n", both.replace("A", "B"), line + "x", line * 65):
        with pytest.raises(RefusedInputError):
            cosigning.cosignatures(false, checkpoint=log.head(5), keys=[witness.verifier(), other.verifier()])


def test_a_real_ledger_is_cosigned(witness, tmp_path):
    ledger = ledger_in(tmp_path / "log")
    first = append(ledger, 3)
    witness.follow(first.origin)
    keys = {first.origin: [ledger.key_at(3)]}
    asked = Request(old_size=0, proof=(), checkpoint=first)
    assert isinstance(witness.answer(cosigning.written(asked), keys=keys, now=NOW), str)
    second = append(ledger, 270)
    asked = Request(old_size=3, proof=ledger.consistency_proof(3, 273), checkpoint=second)
    assert isinstance(witness.answer(cosigning.written(asked), keys=keys, now=NOW), str)
