"""Backups wherever they lie: a folder and a bucket keep the same promises."""

import json
import os
from datetime import timedelta

import obstore
import pytest
from obstore.store import MemoryStore
from tests.preserve.test_backups import back_up, files_in

from chronik.archive import backing_up
from chronik.errors import BusyError, RefusedInputError, UsageError, VaultError
from chronik.preserve import bucket
from chronik.preserve.backups import BackupFolder
from chronik.preserve.bucket import BackupBucket


@pytest.fixture
def objects():
    return MemoryStore()


@pytest.fixture(params=["folder", "bucket"])
def store(request, tmp_path, objects):
    if request.param == "folder":
        return BackupFolder(tmp_path / "backups")
    return BackupBucket("s3://bucket/press", store=objects)


def test_what_is_kept_comes_back(store, tmp_path):
    paths = files_in(tmp_path / "here", {"a": b"one" * 100_000, "b": b"", "c": b"one" * 100_000})
    with store.turn():
        name = back_up(store, paths)
    assert (store.latest(), store.names()) == (name, [name])
    manifest = store.manifest(name)
    for one, item in manifest.files.items():
        assert store.has(item.digest)
        store.fetch(item.digest, tmp_path / "there" / one)
        assert (tmp_path / "there" / one).read_bytes() == (tmp_path / "here" / one).read_bytes()
    assert list(store.damages(manifest)) == []


def test_where_nothing_lies_there_is_no_backup(store):
    assert store.latest() is None
    assert store.names() == []
    assert not store.has("a" * 64)
    with pytest.raises(RefusedInputError, match="no name of a backup"):
        store.manifest("../../etc/passwd")
    with pytest.raises(RefusedInputError):
        store.manifest(f"20260501T120000Z-{'a' * 16}.json")


def test_old_backups_go_with_what_only_they_need(store, tmp_path):
    for day in range(1, 5):
        paths = files_in(tmp_path / "here", {"same": b"same", "new": bytes([day])})
        with store.turn():
            back_up(store, paths, f"2026-05-0{day}T12:00:00+00:00")
    with store.turn():
        assert store.prune(2) == 2
    assert len(store.names()) == 2
    assert all(not list(store.damages(store.manifest(name))) for name in store.names())


def test_one_process_writes_at_a_time(store):
    with store.turn(), pytest.raises(BusyError, match="Another backup"), store.turn():
        pass
    with store.turn():
        pass


def test_what_rots_in_a_bucket_is_found_and_not_given_back(objects, tmp_path):
    store = BackupBucket("s3://bucket/press", store=objects)
    manifest = store.manifest(back_up(store, files_in(tmp_path / "here", {"a": b"one", "b": b"two"})))
    obstore.put(objects, f"objects/{manifest.files['a'].digest[:2]}/{manifest.files['a'].digest}", b"0ne")
    obstore.delete(objects, f"objects/{manifest.files['b'].digest[:2]}/{manifest.files['b'].digest}")
    assert [name for name, _ in store.damages(manifest)] == ["a", "b"]
    with pytest.raises(VaultError, match="is not what it was"):
        store.fetch(manifest.files["a"].digest, tmp_path / "there")
    assert not (tmp_path / "there").exists()
    name = store.latest()
    obstore.put(objects, f"manifests/{name}", b"{}")
    with pytest.raises(RefusedInputError, match="is damaged"):
        store.manifest(name)


@pytest.mark.parametrize(
    "left",
    [b"", b"[]", json.dumps({"host": os.uname().nodename, "pid": 2**22 + 1}).encode()],
    ids=["empty", "nonsense", "ended"],
)
def test_a_lock_that_nobody_holds_any_more_is_taken_over(objects, left):
    obstore.put(objects, "lock", left)
    with BackupBucket("s3://bucket/press", store=objects).turn():
        pass
    with pytest.raises(FileNotFoundError):
        obstore.head(objects, "lock")


def test_a_lock_of_another_machine_holds_for_half_a_day(objects, monkeypatch):
    store = BackupBucket("s3://bucket/press", store=objects)
    obstore.put(objects, "lock", json.dumps({"host": "elsewhere", "pid": 1}).encode())
    with pytest.raises(BusyError, match="remove s3://bucket/press/lock"), store.turn():
        pass
    monkeypatch.setattr(bucket, "LOCK_AGE_MAX", timedelta(0))
    with store.turn():
        pass


def test_what_no_store_answers_to_is_told_in_one_line(monkeypatch):
    monkeypatch.setenv("AWS_ENDPOINT_URL", "http://127.0.0.1:1")
    monkeypatch.setenv("AWS_ALLOW_HTTP", "true")
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "nobody")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "nothing")
    monkeypatch.setattr(bucket, "RETRIES_MAX", 0)
    with pytest.raises(VaultError, match=r"^s3://bucket/press cannot be reached[^\n]*$"):
        backing_up.backups_at("s3://bucket/press/").latest()
    for other in ("s3://", "gs://bucket/press", "file:///backups"):
        with pytest.raises(UsageError, match="s3://bucket/p"):
            backing_up.backups_at(other)
