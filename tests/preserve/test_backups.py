"""A folder of backups: what counts is whole, also after a kill at any step; hostile manifests reach nothing."""

import hashlib
import json

import pytest
from tests.preserve.ledgers import KilledError, disk_that_stops

from chronik.errors import BusyError, RefusedInputError
from chronik.preserve.backup_manifests import FORMAT, Item, Manifest
from chronik.preserve.backups import BackupFolder


def files_in(folder, contents):
    folder.mkdir(exist_ok=True)
    for name, data in contents.items():
        (folder / name).write_bytes(data)
    return [folder / name for name in contents]


def back_up(store, paths, moment="2026-05-01T12:00:00+00:00"):
    files = {path.name: store.keep(path) for path in paths}
    return store.add(Manifest(made_at=moment, software="Chronik test", leaves=3, files=files, omitted=("index",)))


def test_a_backup_gives_back_what_it_holds(tmp_path):
    store = BackupFolder(tmp_path / "backups")
    paths = files_in(tmp_path / "here", {"a": b"one", "b": b"two", "c": b"one"})
    name = back_up(store, paths)
    assert store.latest() == name
    manifest = store.manifest(name)
    assert (manifest.leaves, manifest.size_bytes, manifest.omitted) == (3, 9, ("index",))
    assert {one: store.object_path(item.digest).read_bytes() for one, item in manifest.files.items()} == {
        path.name: path.read_bytes() for path in paths
    }
    assert list(store.damages(manifest)) == []
    assert len(list((tmp_path / "backups" / "objects").glob("*/*"))) == 2


def test_killed_at_any_step_the_former_backup_is_whole(tmp_path, monkeypatch):
    store = BackupFolder(tmp_path / "backups")
    first = back_up(store, files_in(tmp_path / "here", {"a": b"one", "b": b"two"}))
    paths = files_in(tmp_path / "here", {"a": b"three", "b": b"two", "c": b"four"})
    names = {first}
    for step in range(1, 200):
        with disk_that_stops(monkeypatch, step, KilledError) as reached:
            try:
                names.add(back_up(store, paths, f"2026-05-02T12:00:{step % 60:02}+00:00"))
                store.prune(1)
            except KilledError:
                pass
            is_done = not reached()
        latest = store.latest()
        manifest = store.manifest(latest)
        assert list(store.damages(manifest)) == []
        if is_done:
            break
    assert step > 10
    assert latest != first
    store.prune(1)
    assert store.names() == [latest]
    assert sorted(path.name for path in (tmp_path / "backups").glob("*/incoming*")) == []


def test_old_backups_go_with_what_only_they_need(tmp_path):
    store = BackupFolder(tmp_path / "backups")
    for day in range(1, 5):
        paths = files_in(tmp_path / "here", {"same": b"same", "new": bytes([day])})
        back_up(store, paths, f"2026-05-0{day}T12:00:00+00:00")
    assert store.prune(2) == 2
    assert len(store.names()) == 2
    assert all(not list(store.damages(store.manifest(name))) for name in store.names())
    assert len(list((tmp_path / "backups" / "objects").glob("*/*"))) == 3


def test_rot_in_a_backup_is_found_and_written_anew(tmp_path):
    store = BackupFolder(tmp_path / "backups")
    paths = files_in(tmp_path / "here", {"a": b"one"})
    manifest = store.manifest(back_up(store, paths))
    place = store.object_path(manifest.files["a"].digest)
    place.write_bytes(b"0ne")
    assert [name for name, _ in store.damages(manifest)] == ["a"]
    back_up(store, paths)
    assert list(store.damages(manifest)) == []
    place.unlink()
    assert [name for name, _ in store.damages(manifest)] == ["a"]


def test_a_flipped_bit_in_a_manifest_is_found(tmp_path):
    store = BackupFolder(tmp_path / "backups")
    name = back_up(store, files_in(tmp_path / "here", {"a": b"one"}))
    path = tmp_path / "backups" / "manifests" / name
    whole = path.read_bytes()
    for place in range(0, len(whole), 7):
        path.write_bytes(whole[:place] + bytes([whole[place] ^ 1]) + whole[place + 1 :])
        with pytest.raises(RefusedInputError, match="damaged"):
            store.manifest(name)


def test_two_backups_at_once_are_refused(tmp_path):
    with BackupFolder(tmp_path).turn(), pytest.raises(BusyError), BackupFolder(tmp_path).turn():
        pass


def planted(store, table):
    data = table if isinstance(table, bytes) else json.dumps(table).encode()
    name = f"20260501T120000Z-{hashlib.sha256(data).hexdigest()[:16]}.json"
    (store.folder / "manifests").mkdir(parents=True, exist_ok=True)
    (store.folder / "manifests" / name).write_bytes(data)
    return name


GOOD = {"digest": "a" * 64, "size_bytes": 1, "changed_ns": 1}
WHOLE = {"format": FORMAT, "made_at": "", "software": "", "leaves": 0, "omitted": [], "files": {"a": GOOD}}


@pytest.mark.parametrize(
    "path",
    ["../a", "/etc/passwd", "a/../../b", "", ".", "a//b", "a/", "./a", "a\0b", "a\nb", "..", "a/..", "\ud800"],
)
def test_a_path_that_leads_out_is_refused(tmp_path, path):
    store = BackupFolder(tmp_path)
    with pytest.raises(RefusedInputError, match="no path inside"):
        store.manifest(planted(store, {**WHOLE, "files": {path: GOOD}}))


@pytest.mark.parametrize(
    "table",
    [
        b"", b"[]", b"{}", b"null", b"\xff", b"[" * 100_000,
        {**WHOLE, "format": "chronik-backup-9"},
        {**WHOLE, "files": []},
        {**WHOLE, "files": {"a": 1}},
        {**WHOLE, "files": {"a": {**GOOD, "digest": "../" * 20}}},
        {**WHOLE, "files": {"a": {**GOOD, "digest": 7}}},
        {**WHOLE, "files": {"a": {**GOOD, "size_bytes": -1}}},
        {**WHOLE, "files": {"a": {**GOOD, "size_bytes": True}}},
        {**WHOLE, "leaves": "x"},
        {**WHOLE, "omitted": None},
    ],
)  # fmt: skip
def test_what_is_no_manifest_is_refused(tmp_path, table):
    store = BackupFolder(tmp_path)
    with pytest.raises(RefusedInputError, match=r"no manifest|another kind"):
        store.manifest(planted(store, table))


@pytest.mark.parametrize("name", ["", "x", "../latest", "20260501T120000Z-zzzz.json", "/etc/passwd"])
def test_what_is_no_name_of_a_backup_is_refused(tmp_path, name):
    with pytest.raises(RefusedInputError, match="no name of a backup"):
        BackupFolder(tmp_path).manifest(name)


def test_a_name_of_nothing_is_refused(tmp_path):
    with pytest.raises(RefusedInputError, match="No such file"):
        BackupFolder(tmp_path).manifest(f"20260501T120000Z-{'0' * 16}.json")


def test_an_item_is_what_was_written(tmp_path):
    store = BackupFolder(tmp_path / "backups")
    (path,) = files_in(tmp_path / "here", {"a": b"one"})
    item = store.keep(path)
    assert item == Item(digest=hashlib.sha256(b"one").hexdigest(), size_bytes=3, changed_ns=path.stat().st_mtime_ns)
