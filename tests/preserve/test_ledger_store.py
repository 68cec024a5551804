"""The ledger's folder: it grows, survives being killed at any point, and refuses to contradict itself."""

import errno
import os
import random
import shutil
import stat
from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.preserve.ledgers import KilledError, append, disk_that_stops, drafts, is_sound, ledger_in

from chronik.errors import BusyError, LedgerError, NotFoundError, RefusesToSignError
from chronik.preserve.ledger import note, tree
from chronik.preserve.ledger.openings import Opening, Redacted

STEPS_MAX = 80


def test_an_empty_ledger_has_neither_checkpoint_nor_key(tmp_path):
    ledger = ledger_in(tmp_path)
    assert (ledger.size, ledger.checkpoint(), ledger.terms()) == (0, None, [])
    assert not (tmp_path / "archive").exists()


@pytest.mark.parametrize("count", [1, 2, 255, 256, 257, 600])
def test_leaves_are_kept_and_proved(tmp_path, count):
    ledger = ledger_in(tmp_path)
    assert append(ledger, count).size == count
    assert is_sound(ledger)


def test_a_ledger_grows_in_steps_of_any_size(tmp_path):
    ledger = ledger_in(tmp_path)
    sizes = random.Random(1)
    for _ in range(40):
        append(ledger, sizes.choice([1, 1, 1, 3, 17, 100, 256, 300]))
    assert is_sound(ledger)
    assert len(ledger.checkpoint_sizes()) == 40


def test_partial_tiles_go_when_the_full_one_is_there(tmp_path):
    ledger = ledger_in(tmp_path)
    for count in (100, 100, 56):
        append(ledger, count)
    names = sorted(str(path.relative_to(ledger.folder)) for path in (ledger.folder / "tile").rglob("*"))
    assert names == [
        "tile/0",
        "tile/0/000",
        "tile/1",
        "tile/1/000.p",
        "tile/1/000.p/1",
        "tile/entries",
        "tile/entries/000",
    ]


def test_a_full_tile_is_never_written_again(tmp_path):
    ledger = ledger_in(tmp_path)
    append(ledger, 300)
    before = (ledger.folder / "tile/0/000").stat()
    append(ledger, 300)
    after = (ledger.folder / "tile/0/000").stat()
    assert (before.st_ino, before.st_mtime_ns) == (after.st_ino, after.st_mtime_ns)


def test_the_key_and_the_openings_are_private(tmp_path):
    ledger = ledger_in(tmp_path)
    append(ledger, 1)
    private = [*tmp_path.glob("state/*/ledger.key"), *(ledger.folder / "openings").iterdir()]
    assert [stat.S_IMODE(path.stat().st_mode) for path in private] == [0o600, 0o600]


def test_a_leaf_says_nothing_of_what_it_commits_to(tmp_path):
    ledger = ledger_in(tmp_path)
    with ledger.writing() as writer:
        writer.append([(os.urandom(32), {"kind": "act", "id": "secret-name"})])
    published = [
        path.read_bytes() for part in ("tile", "checkpoints") for path in (ledger.folder / part).rglob("*.p/*")
    ]
    assert published
    assert not any(b"secret-name" in data for data in published)


def test_one_process_writes_at_a_time(tmp_path):
    ledger = ledger_in(tmp_path)
    with ledger.writing(), pytest.raises(BusyError), ledger.writing():
        raise AssertionError("two writers")


def test_what_is_not_there_is_told(tmp_path):
    ledger = ledger_in(tmp_path)
    append(ledger, 3)
    for call in (
        lambda: ledger.leaf(3),
        lambda: ledger.leaf(-1),
        lambda: ledger.inclusion_proof(0, size=4),
        lambda: ledger.inclusion_proof(3),
        lambda: ledger.consistency_proof(2, 4),
        lambda: ledger.consistency_proof(3, 2),
    ):
        with pytest.raises(NotFoundError):
            call()


@pytest.mark.parametrize("before", [0, 3, 250])
@pytest.mark.parametrize("error", [KilledError, OSError(errno.ENOSPC, "full"), OSError(errno.EIO, "broken")])
def test_killed_at_any_point_it_goes_on_where_it_stood(tmp_path, monkeypatch, before, error):
    for step in range(1, STEPS_MAX):
        folder = tmp_path / str(step)
        ledger = ledger_in(folder)
        acknowledged = append(ledger, before) if before else None
        with disk_that_stops(monkeypatch, step, error) as stopped, suppress(KilledError, LedgerError):
            append(ledger, 10)
        with ledger.writing() as writer:
            assert before <= writer.size <= before + 10
            missing = before + 10 - writer.size
            if missing:
                writer.append(drafts(writer.size, missing))
        assert ledger.size == before + 10
        assert is_sound(ledger)
        if acknowledged:
            assert ledger.checkpoint_at(before) == acknowledged
        if not stopped():
            return
    raise AssertionError("the steps never ended")


def test_killed_while_keys_change_it_goes_on_where_it_stood(tmp_path, monkeypatch):
    for step in range(1, STEPS_MAX):
        ledger = ledger_in(tmp_path / str(step))
        append(ledger, 3)
        with (
            disk_that_stops(monkeypatch, step, KilledError) as stopped,
            suppress(KilledError),
            ledger.writing() as writer,
        ):
            writer.rotate_key(salt=bytes(32), at="2026-05-01T00:00:00+00:00")
        append(ledger, 2)
        assert is_sound(ledger)
        assert len(ledger.terms()) == ledger.size - 4
        if not stopped():
            return
    raise AssertionError("the steps never ended")


def test_an_opening_that_was_torn_is_taken_away(tmp_path):
    ledger = ledger_in(tmp_path)
    append(ledger, 3)
    path = ledger.folder / "openings" / "000"
    whole = path.read_bytes()
    path.write_bytes(whole + b'{"index":3,"payl')
    append(ledger, 1)
    assert path.read_bytes().startswith(whole)
    assert is_sound(ledger)
    assert ledger.size == 4


def test_after_a_change_of_keys_both_have_signed(tmp_path):
    ledger = ledger_in(tmp_path)
    append(ledger, 3)
    [old] = ledger.terms()
    with ledger.writing() as writer:
        changed = writer.rotate_key(salt=bytes(32), at="2026-05-01T00:00:00+00:00")
    new = ledger.key_at(changed.size)
    assert new != old.key
    assert note.fault(changed, old.key) == note.fault(changed, new) == ""
    later = append(ledger, 1)
    assert note.fault(later, new) == ""
    assert note.fault(later, old.key)
    assert note.fault(ledger.checkpoint_at(3), old.key) == ""
    assert is_sound(ledger)


def copied(ledger, to):
    shutil.copytree(ledger.folder, to)


def restored(ledger, copy):
    shutil.rmtree(ledger.folder)
    shutil.copytree(copy, ledger.folder)


def test_after_an_old_backup_was_restored_it_refuses_to_sign(tmp_path):
    ledger = ledger_in(tmp_path)
    append(ledger, 5)
    copied(ledger, tmp_path / "old")
    append(ledger, 1)
    restored(ledger, tmp_path / "old")
    with pytest.raises(RefusesToSignError, match="over 6 leaves was signed here, and this ledger ends at 5"):
        append(ledger, 1)
    assert ledger.size == 5


def test_a_copy_that_went_its_own_way_is_refused(tmp_path):
    ledger = ledger_in(tmp_path)
    append(ledger, 5)
    copied(ledger, tmp_path / "old")
    append(ledger, 1)
    restored(ledger, tmp_path / "old")
    ledger.openings.append([Opening(index=5, salt=bytes(32), payload={"kind": "act", "id": "another"})])
    with pytest.raises(RefusesToSignError, match="not the one that was signed"):
        append(ledger, 1)


def test_an_old_mark_is_raised_again(tmp_path):
    ledger = ledger_in(tmp_path)
    append(ledger, 5)
    [mark] = tmp_path.glob("state/*/high-water")
    old = mark.read_bytes()
    append(ledger, 5)
    mark.write_bytes(old)
    append(ledger, 1)
    assert is_sound(ledger)


@pytest.mark.parametrize("name", ["high-water", "ledger.key"])
@pytest.mark.parametrize("change", ["missing", "damaged", "of another"])
def test_without_its_key_or_mark_it_refuses_to_sign(tmp_path, name, change):
    ledger = ledger_in(tmp_path)
    append(ledger, 5)
    [path] = tmp_path.glob(f"state/*/{name}")
    other = ledger_in(tmp_path / "other")
    append(other, 5)
    [foreign] = (tmp_path / "other").glob(f"state/*/{name}")
    if change == "missing":
        path.unlink()
    else:
        path.write_bytes(foreign.read_bytes() if change == "of another" else path.read_bytes()[:-9])
    with pytest.raises(RefusesToSignError, match=r"ledger\.key|high-water|mark"):
        append(ledger, 1)


def test_a_ledger_that_was_emptied_is_not_begun_again(tmp_path):
    key = tmp_path / "keys" / "press.key"
    ledger = ledger_in(tmp_path, key_path=key)
    append(ledger, 5)
    shutil.rmtree(ledger.folder)
    with pytest.raises(RefusesToSignError, match="missing although the ledger was begun"):
        append(ledger, 1)


def test_a_key_that_the_operator_put_there_is_used(tmp_path):
    key = tmp_path / "keys" / "press.key"
    key.parent.mkdir()
    signer = note.SignerKey(name="press.example/mine", seed=bytes(range(32)))
    key.write_text(signer.secret)
    ledger = ledger_in(tmp_path, key_path=key)
    assert note.fault(append(ledger, 5), signer.verifier) == ""


def test_a_state_directory_that_cannot_be_written_is_told(tmp_path):
    (tmp_path / "state").write_text("a file")
    with pytest.raises(LedgerError, match="state_directory"):
        append(ledger_in(tmp_path), 1)


def test_changed_tiles_are_not_signed(tmp_path):
    ledger = ledger_in(tmp_path)
    append(ledger, 5)
    path = ledger.folder / "tile/0/000.p/5"
    data = bytearray(path.read_bytes())
    data[40] ^= 1
    path.write_bytes(data)
    with pytest.raises(RefusesToSignError, match=r"do not give the root|not the one that was signed"):
        append(ledger, 1)


def test_a_redaction_destroys_the_opening_and_leaves_the_proofs(tmp_path):
    ledger = ledger_in(tmp_path)
    append(ledger, 300)
    leaf = ledger.leaf(7)
    ledger.openings.redact(7, by=299)
    assert ledger.openings.at(7) == Redacted(index=7, by=299)
    append(ledger, 1)
    head = ledger.checkpoint()
    proof = ledger.inclusion_proof(7)
    assert tree.includes(tree.leaf_hash(leaf.entry), 7, size=head.size, root_hash=head.root, proof=proof)
    assert b"act 7" not in (ledger.folder / "openings" / "000").read_bytes().split(b"\n")[7]


@settings(max_examples=20)
@given(st.lists(st.integers(1, 90), min_size=1, max_size=8), st.data())
def test_every_checkpoint_is_consistent_with_every_other(tmp_path_factory, counts, data):
    ledger = ledger_in(tmp_path_factory.mktemp("ledger"))
    for count in counts:
        append(ledger, count)
    sizes = ledger.checkpoint_sizes()
    first, second = sorted([data.draw(st.sampled_from(sizes)), data.draw(st.sampled_from(sizes))])
    roots = [ledger.checkpoint_at(size).root for size in (first, second)]
    proof = ledger.consistency_proof(first, second)
    assert tree.extends(first, second, first_root=roots[0], second_root=roots[1], proof=proof)
