"""Captures and acts become leaves: each once, in whatever order things are killed."""

import shutil
import threading
from contextlib import suppress
from dataclasses import replace
from datetime import timedelta

import pytest
from tests.archive.test_losing_nothing import archive_in
from tests.preserve.ledgers import KilledError, disk_that_stops, is_sound
from tests.preserve.material import NOW, numbered, warcs

from chronik.archive import checking, recording
from chronik.errors import LedgerError, RefusesToSignError
from chronik.model import Act, LeafKind, Opening, Verb, sha256_hex
from chronik.preserve.ledger import Ledger, note, payload

STEPS_MAX = 80


def act(number=0):
    return Act(at=NOW, by="lena", verb=Verb.FOLLOW, subject=f"https://talbote.example/{number}", detail={"asked": "ü"})


@pytest.fixture
def archive(tmp_path):
    with archive_in(tmp_path) as archive:
        yield archive


def fill(archive, captures=2, acts=2):
    for number in range(captures):
        archive.catalogue.record_capture(archive.vault.keep(numbered(number)))
    for number in range(acts):
        archive.catalogue.record_act(act(number))


def openings(archive):
    ledger = recording.ledger(archive)
    return list(ledger.openings.between(0, ledger.size))


def each_has_one_leaf(archive):
    found = [(one.kind, one.subject) for one in openings(archive)]
    wanted = [(LeafKind.CAPTURE, capture.id) for capture in archive.catalogue.captures()]
    wanted += [(LeafKind.ACT, one.id) for one in archive.catalogue.acts_in_order()]
    marks = {(mark.kind, mark.subject): mark.index for mark in archive.catalogue.leaf_marks()}
    return sorted(found) == sorted(wanted) and marks == {key: index for index, key in enumerate(found)}


def test_nothing_due_makes_no_ledger(archive):
    assert recording.record_due(archive) == recording.Recorded()
    assert not archive.config.ledger.exists()


def test_each_capture_and_act_has_one_leaf(archive):
    fill(archive)
    assert recording.record_due(archive) == recording.Recorded(leaves=4, size=4)
    assert recording.record_due(archive) == recording.Recorded()
    assert each_has_one_leaf(archive)
    assert is_sound(recording.ledger(archive))


def test_a_captures_leaf_commits_to_its_records_and_to_what_is_known_of_it(archive):
    fill(archive, captures=1, acts=0)
    recording.record_due(archive)
    [capture] = archive.catalogue.captures()
    [opening] = openings(archive)
    records = archive.vault.records(capture)
    [path] = warcs(archive.config.vault)
    assert records in path.read_bytes()
    assert opening.payload["records"] == {"sha256": sha256_hex(records), "bytes": len(records)}
    assert opening.payload["capture"]["block_sha256"] == capture.block_digest
    assert opening.payload["recorded_at"] == NOW.isoformat()


def test_an_acts_leaf_commits_to_the_whole_act(archive):
    fill(archive, captures=0, acts=1)
    recording.record_due(archive)
    [opening] = openings(archive)
    assert opening.payload["act"] == {
        "at": NOW.isoformat(),
        "by": "lena",
        "verb": "follow",
        "subject": act().subject,
        "detail": {"asked": "ü"},
    }


def test_many_are_recorded_in_batches(archive, monkeypatch):
    monkeypatch.setattr(recording, "LEAVES_A_BATCH_MAX", 3)
    fill(archive, captures=0, acts=10)
    recording.record_due(archive)
    assert recording.ledger(archive).checkpoint_sizes() == [3, 6, 9, 10]
    assert each_has_one_leaf(archive)


@pytest.mark.parametrize("sealed", [False, True])
def test_killed_at_any_point_each_has_one_leaf(tmp_path, monkeypatch, sealed):
    for step in range(1, STEPS_MAX):
        archive = archive_in(tmp_path / str(step))
        fill(archive, captures=1, acts=1)
        recording.record_due(archive)
        archive.catalogue.record_act(act(7))
        archive.catalogue.record_capture(archive.vault.keep(numbered(7)))
        if sealed:
            archive.close()
        with disk_that_stops(monkeypatch, step, KilledError) as stopped, suppress(KilledError):
            recording.record_due(archive)
        archive.catalogue.record_act(act(8))
        recording.record_due(archive)
        assert each_has_one_leaf(archive)
        assert is_sound(recording.ledger(archive))
        archive.close()
        if not stopped():
            return
    raise AssertionError("the steps never ended")


def test_killed_before_marking_a_leaf_is_marked_and_not_repeated(archive, monkeypatch):
    fill(archive)

    def killed(marks):
        raise KilledError

    with monkeypatch.context() as patched, suppress(KilledError):
        patched.setattr(archive.catalogue, "mark_leaves", killed)
        recording.record_due(archive)
    assert archive.catalogue.leaves_due() == 4
    assert recording.record_due(archive) == recording.Recorded(leaves=4, size=4)
    assert each_has_one_leaf(archive)


def test_a_database_from_a_backup_is_marked_from_the_ledger(archive):
    fill(archive)
    before = dict(archive.catalogue.leaf_map)
    recording.record_due(archive)
    archive.catalogue.leaf_map = before
    recording.record_due(archive)
    assert recording.ledger(archive).size == 4
    assert each_has_one_leaf(archive)


def test_a_capture_that_cannot_be_read_waits_and_the_others_do_not(archive):
    fill(archive)
    first = next(iter(archive.catalogue.captures()))
    archive.catalogue.capture_map[first.id] = replace(first, location=replace(first.location, file="gone.warc.gz"))
    done = recording.record_due(archive)
    assert (done.leaves, archive.catalogue.leaves_due()) == (3, 1)
    assert done.waiting[0][0] == f"capture {first.id}"
    assert "gone.warc.gz" in recording.attempt(archive)
    archive.catalogue.capture_map[first.id] = first
    assert recording.attempt(archive) == ""
    assert each_has_one_leaf(archive)


def test_a_capture_removed_before_its_leaf_waits_no_more(archive):
    fill(archive, captures=1, acts=1)
    archive.catalogue.capture_map.clear()
    recording.record_due(archive)
    assert archive.catalogue.leaves_due() == 0
    assert [one.kind for one in openings(archive)] == [LeafKind.ACT]


def test_a_clock_that_was_set_back_shows_no_false_order(archive):
    archive.catalogue.record_act(act(1))
    recording.record_due(archive)
    archive.catalogue.record_act(act(2))
    recording.record_due(replace(archive, clock=lambda: NOW - timedelta(days=400)))
    archive.catalogue.record_act(act(3))
    recording.record_due(replace(archive, clock=lambda: NOW + timedelta(hours=1)))
    moments = [one.payload["recorded_at"] for one in openings(archive)]
    assert moments == [NOW.isoformat(), NOW.isoformat(), (NOW + timedelta(hours=1)).isoformat()]


def test_a_key_is_rotated_by_a_leaf_that_both_sign(archive):
    fill(archive)
    recording.record_due(archive)
    ledger = recording.ledger(archive)
    old = ledger.key_at(ledger.size)
    assert recording.rotate_key(archive, salt=bytes(32)) == 4
    new = ledger.key_at(ledger.size)
    assert new != old
    assert note.fault(ledger.checkpoint_at(4), old) == note.fault(ledger.checkpoint_at(5), new) == ""
    archive.catalogue.record_act(act(9))
    recording.record_due(archive)
    assert [one.kind for one in openings(archive)][4:] == [LeafKind.KEY_ROTATION, LeafKind.ACT]


def test_what_refuses_to_sign_leaves_everything_due(archive):
    fill(archive)
    recording.record_due(archive)
    archive.catalogue.record_act(act(5))
    [mark] = archive.config.state.glob(f"{recording.ledger(archive).terms()[0].key.name.rpartition('/')[2]}/high-water")
    mark.unlink()
    with pytest.raises(RefusesToSignError):
        recording.record_due(archive)
    assert "high-water mark" in recording.attempt(archive)
    assert archive.catalogue.leaves_due() == 1


def test_another_writer_is_no_fault(archive):
    fill(archive)
    with recording.ledger(archive).writing():
        archive.catalogue.record_act(act(5))
        assert recording.attempt(archive) == ""
    assert recording.attempt(archive) == ""
    assert archive.catalogue.leaves_due() == 0


def test_what_is_due_is_recorded_while_others_work(archive, monkeypatch):
    monkeypatch.setattr(recording, "RECORD_EVERY_S", 0.01)
    end, told = threading.Event(), []
    keeping = threading.Thread(
        target=recording.keep_recording, args=[archive], kwargs={"until": end, "tell": told.append}
    )
    keeping.start()
    try:
        for number in range(20):
            archive.catalogue.record_act(act(number))
        for _ in range(1000):
            if not archive.catalogue.leaves_due():
                break
            end.wait(0.01)
    finally:
        end.set()
        keeping.join()
    assert told == []
    assert len(openings(archive)) == 20


def test_a_fault_is_told_once(archive, monkeypatch):
    monkeypatch.setattr(recording, "RECORD_EVERY_S", 0.001)
    end, told, tries = threading.Event(), [], []

    def failing(archive):
        tries.append(1)
        if len(tries) > 5:
            end.set()
        raise LedgerError("the disk is full")

    monkeypatch.setattr(recording, "record_due", failing)
    recording.keep_recording(archive, until=end, tell=told.append)
    assert told == ["The ledger: the disk is full"]


def test_openings_are_what_leaves_open(archive):
    fill(archive)
    recording.record_due(archive)
    ledger = recording.ledger(archive)
    assert all(isinstance(one, Opening) and ledger.leaf(one.index) == one.leaf for one in openings(archive))


def test_a_ledger_that_was_taken_away_is_not_begun_again_unasked(archive):
    fill(archive)
    recording.record_due(archive)
    archive.catalogue.record_act(act(5))
    shutil.rmtree(archive.config.ledger)
    with pytest.raises(RefusesToSignError, match="missing although 4 leaves were recorded"):
        recording.record_due(archive)
    assert any("the ledger ends at 0" in finding.what for finding in checking.verify(archive)[1])


@pytest.mark.parametrize("lost", ["key", "newest leaves", "everything"])
def test_where_it_is_lost_for_good_a_new_ledger_follows_and_says_why(archive, tmp_path, lost):
    fill(archive)
    recording.record_due(archive)
    old = recording.ledger(archive).checkpoint()
    state = archive.config.state / old.origin.rpartition("/")[2]
    if lost == "key":
        shutil.rmtree(state)
    elif lost == "everything":
        shutil.rmtree(archive.config.ledger)
    else:
        shutil.copytree(archive.config.ledger, tmp_path / "old")
        archive.catalogue.record_act(act(5))
        recording.record_due(archive)
        shutil.rmtree(archive.config.ledger)
        shutil.copytree(tmp_path / "old", archive.config.ledger)
    archive.catalogue.record_act(act(6))
    with pytest.raises(RefusesToSignError):
        recording.record_due(archive)
    recording.renew(archive, reason="the disk broke")
    first, *rest = openings(archive)
    assert (first.kind, first.payload["former"]["reason"]) == (LeafKind.SUCCESSION, "the disk broke")
    assert first.payload["former"]["origin"] == ("" if lost == "everything" else old.origin)
    assert len(rest) == archive.catalogue.leaves_marked() - 1
    assert recording.ledger(archive).checkpoint().origin != old.origin
    assert checking.verify(archive)[1] == ()
    if lost != "everything":
        left = Ledger(folder=archive.config.archive / "former-ledgers" / "001", state_base=archive.config.state)
        assert note.fault(left.checkpoint_at(4), left.key_at(4)) == ""
        assert is_sound(left)


def test_with_a_key_of_the_operator_a_new_ledger_has_a_new_one(tmp_path):
    key = tmp_path / "keys" / "press.key"
    with archive_in(tmp_path / "archive") as made:
        archive = replace(made, config=replace(made.config, ledger_key=str(key)))
        fill(archive)
        recording.record_due(archive)
        before = key.read_text()
        recording.renew(archive, reason="stolen")
        assert key.read_text() != before
        assert key.with_name("press.key.former").read_text() == before
        assert checking.verify(archive)[1] == ()


def test_every_act_and_capture_can_be_made_again_from_its_opening(archive):
    fill(archive, captures=3, acts=3)
    recording.record_due(archive)
    opened = openings(archive)
    places = {capture.id: capture.location for capture in archive.vault.captures()}
    acts = [payload.act_in(one.payload) for one in opened if one.kind == LeafKind.ACT]
    kept = [one for one in opened if one.kind == LeafKind.CAPTURE]
    captures = [payload.capture_in(one.payload, location=places[one.subject]) for one in kept]
    assert acts == list(archive.catalogue.acts_in_order())
    assert sorted(captures, key=lambda one: one.id) == list(archive.catalogue.captures())
    with pytest.raises(ValueError, match="not the one"):
        payload.act_in({**opened[-1].payload, "id": "0" * 64})


def test_a_change_of_keys_that_was_killed_is_finished_before_verifying(tmp_path, monkeypatch):
    for step in range(1, STEPS_MAX):
        archive = archive_in(tmp_path / str(step))
        archive.catalogue.record_act(act())
        recording.record_due(archive)
        with disk_that_stops(monkeypatch, step, KilledError) as stopped, suppress(KilledError):
            recording.rotate_key(archive, salt=bytes(32))
        recording.finish(archive)
        assert checking.verify(archive)[1] == ()
        if not stopped():
            return
    raise AssertionError("the steps never ended")
