"""What was promised survives: killed writers, full disks, failing disks, several processes."""

import errno
import os
import random
import resource
import shutil
import signal
import subprocess
import sys
import threading
import time
from contextlib import closing
from pathlib import Path

import pytest
from tests.preserve.material import URL, exchange, numbered, vault_in, warcs

from chronik.errors import VaultError
from chronik.preserve import writer
from chronik.preserve.vault import stored_bytes

ROOT = Path(__file__).parents[2]
KILLS = 10


def indexes(folder):
    return sorted(path.name for path in folder.glob("*.cdxj"))


def left_behind(folder, count=3):
    """A vault as a killed writer leaves it: a WARC file without finished index, which nobody holds."""
    vault = vault_in(folder)
    kept = [vault.keep(numbered(number)) for number in range(count)]
    vault._file.release()
    return kept


def test_no_promised_capture_is_lost_when_the_writer_is_killed(tmp_path):
    chance = random.Random(1)
    promised = set()
    for turn in range(KILLS):
        arguments = [sys.executable, "-m", "tests.preserve.writing_program", str(tmp_path), str(turn * 100_000)]
        with subprocess.Popen(arguments, stdout=subprocess.PIPE, text=True, cwd=ROOT) as program:
            first = program.stdout.readline()
            time.sleep(chance.uniform(0, 0.2))
            program.send_signal(signal.SIGKILL)
            rest = program.stdout.read()
        promised.update(line for line in (first + rest).split("\n") if len(line) == 64)
        vault = vault_in(tmp_path)
        found = {capture.id for capture in vault.recovered()}
        assert promised & found
    vault = vault_in(tmp_path)
    assert promised <= {capture.id for capture in vault.captures()}
    assert list(vault.damages()) == []
    assert list(vault.recovered()) == []
    assert len(indexes(tmp_path)) == KILLS
    assert not list(tmp_path.glob("*.open"))


def test_a_file_torn_at_any_byte_gives_back_all_whole_captures(tmp_path):
    kept = left_behind(tmp_path / "whole")
    (path,) = warcs(tmp_path / "whole")
    data = path.read_bytes()
    lines = path.with_name(path.name.replace(".warc.gz", ".cdxj.open")).read_text("ascii").splitlines(keepends=True)
    for cut in range(0, len(data), 61):
        folder = tmp_path / f"cut-{cut}"
        folder.mkdir()
        (folder / path.name).write_bytes(data[:cut])
        whole = [capture for capture in kept if group_end(lines, capture) <= cut]
        vault = vault_in(folder)
        assert list(vault.recovered()) == whole
        assert list(vault.captures()) == whole
        assert list(vault.damages()) == []
        remaining = sum(file.stat().st_size for file in warcs(folder))
        moved = b"".join(file.read_bytes() for file in (folder / "quarantine").glob("*"))
        assert data[:cut] == data[:remaining] + moved


def group_end(lines, capture):
    from chronik.preserve import cdxj

    return next(
        entry.group_offset + entry.group_length
        for entry in cdxj.entries("".join(lines))
        if entry.capture_id == capture.id
    )


def test_a_promised_capture_that_is_gone_stays_reported(tmp_path):
    kept = left_behind(tmp_path)
    (path,) = warcs(tmp_path)
    os.truncate(path, path.stat().st_size - 5)
    vault = vault_in(tmp_path)
    assert list(vault.recovered()) == kept[:-1]
    for _ in range(2):
        ((subject, _),) = vault.damages()
        assert kept[-1].id in subject
        assert kept[-1].url in subject


def test_damage_in_the_middle_does_not_take_what_follows(tmp_path):
    kept = left_behind(tmp_path)
    (path,) = warcs(tmp_path)
    flip(path, kept[1].location.offset + 40)
    vault = vault_in(tmp_path)
    assert list(vault.recovered()) == [kept[0], kept[2]]
    assert not (tmp_path / "quarantine").exists()
    assert kept[1].id in next(vault.damages())[0]


def flip(path, offset):
    data = bytearray(path.read_bytes())
    data[offset] ^= 1
    path.write_bytes(data)


def test_a_page_cannot_smuggle_captures_into_recovery(tmp_path):
    with closing(vault_in(tmp_path / "attacker")) as vault:
        vault.keep(exchange(url="http://forged.example/"))
    forged = warcs(tmp_path / "attacker")[0].read_bytes()
    vault = vault_in(tmp_path / "victim")
    kept = [vault.keep(numbered(0)), vault.keep(exchange(b"HTTP/1.1 200 OK\r\n\r\n" + forged)), vault.keep(numbered(2))]
    vault._file.release()
    (path,) = warcs(tmp_path / "victim")
    flip(path, kept[1].location.offset + 12)
    assert list(vault_in(tmp_path / "victim").recovered()) == [kept[0], kept[2]]


def test_recovery_leaves_a_living_writer_alone(tmp_path):
    with closing(vault_in(tmp_path)) as living:
        kept = living.keep(numbered(1))
        assert list(vault_in(tmp_path).recovered()) == []
        again = living.keep(numbered(2))
        assert list(vault_in(tmp_path).captures()) == [kept, again]
        assert list(vault_in(tmp_path).damages()) == []


def test_an_interrupted_recovery_seals_nothing(tmp_path):
    kept = left_behind(tmp_path)
    recovery = vault_in(tmp_path).recovered()
    assert next(recovery) == kept[0]
    recovery.close()
    assert indexes(tmp_path) == []
    assert list(vault_in(tmp_path).recovered()) == kept
    assert len(indexes(tmp_path)) == 1


def test_two_recoveries_at_once_share_the_work(tmp_path):
    kept = left_behind(tmp_path)
    first, second = vault_in(tmp_path).recovered(), vault_in(tmp_path).recovered()
    assert next(first) == kept[0]
    assert list(second) == []
    assert list(first) == kept[1:]


def test_an_empty_file_left_behind_is_taken_away(tmp_path):
    (tmp_path / "chronik-x.warc.gz").touch()
    (tmp_path / "chronik-x.cdxj.open").touch()
    assert list(vault_in(tmp_path).recovered()) == []
    assert list(tmp_path.iterdir()) == []


def test_what_else_lies_in_the_folder_is_not_touched(tmp_path):
    stranger = tmp_path / "crawl.warc.gz"
    stranger.write_bytes(b"not ours")
    vault = vault_in(tmp_path)
    assert list(vault.recovered()) == list(vault.captures()) == list(vault.damages()) == []
    assert stranger.read_bytes() == b"not ours"


def test_a_full_disk_stops_the_writer_and_spares_what_was_kept(tmp_path):
    vault = vault_in(tmp_path)
    kept = [vault.keep(numbered(0))]
    _, most = resource.getrlimit(resource.RLIMIT_FSIZE)
    big = exchange(b"HTTP/1.1 200 OK\r\n\r\n" + random.Random(2).randbytes(100_000), url=f"{URL}&big")
    resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, most))
    try:
        for _ in range(2):
            with pytest.raises(VaultError, match="full: free some space"):
                vault.keep(big)
        kept.append(vault.keep(numbered(1)))
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (most, most))
    kept.append(vault.keep(big))
    vault.close()
    assert list(vault.captures()) == kept
    assert list(vault.damages()) == []


def test_a_disk_too_full_to_begin_a_file_leaves_none(tmp_path):
    _, most = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (10, most))
    try:
        with pytest.raises(VaultError, match="full"):
            vault_in(tmp_path).keep(numbered(0))
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (most, most))
    assert list(tmp_path.iterdir()) == []


def test_after_a_failed_sync_nothing_more_is_written(tmp_path, monkeypatch):
    vault = vault_in(tmp_path)
    kept = vault.keep(numbered(0))

    def failing(_descriptor):
        raise OSError(errno.EIO, "Input/output error")

    with monkeypatch.context() as bad_disk:
        bad_disk.setattr(writer.os, "fsync", failing)
        with pytest.raises(VaultError, match="Check the disk"):
            vault.keep(numbered(1))
    with pytest.raises(VaultError, match="restart"):
        vault.keep(numbered(2))
    vault.close()
    assert indexes(tmp_path) == []
    assert list(vault_in(tmp_path).recovered()) == [kept]


@pytest.mark.parametrize("moment", ["pwrite", "fsync", "pread"])
def test_an_interrupted_capture_leaves_no_trace(tmp_path, monkeypatch, moment):
    vault = vault_in(tmp_path)
    kept = vault.keep(numbered(0))
    honest = getattr(os, moment)

    def interrupted(*arguments):
        honest(*arguments)
        raise KeyboardInterrupt

    with monkeypatch.context() as person:
        person.setattr(writer.os, moment, interrupted)
        with pytest.raises(KeyboardInterrupt):
            vault.keep(numbered(1, size=3000))
    again = vault.keep(numbered(2, size=5))
    vault.close()
    assert list(vault.captures()) == [kept, again]
    assert list(vault.damages()) == []


def test_a_disk_that_gives_back_other_bytes_is_noticed(tmp_path, monkeypatch):
    vault = vault_in(tmp_path)
    kept = vault.keep(numbered(0))
    honest = os.pread

    def lying(descriptor, length, offset):
        return bytes([honest(descriptor, length, offset)[0] ^ 1]) + honest(descriptor, length, offset)[1:]

    with monkeypatch.context() as bad_disk:
        bad_disk.setattr(writer.os, "pread", lying)
        with pytest.raises(VaultError, match="other bytes"):
            vault.keep(numbered(1))
    again = vault.keep(numbered(1))
    vault.close()
    assert list(vault.captures()) == [kept, again]


def test_a_folder_that_cannot_be_made_is_said_so(tmp_path):
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(VaultError, match="file"):
        vault_in(tmp_path / "file").keep(numbered(0))


def test_after_a_full_file_another_is_begun_and_closing_seals_all(tmp_path):
    with closing(vault_in(tmp_path, file_bytes_max=3000)) as vault:
        kept = [vault.keep(numbered(number)) for number in range(8)]
        assert len(warcs(tmp_path)) > 1
        assert indexes(tmp_path) == []
    assert len(indexes(tmp_path)) == len(warcs(tmp_path))
    assert {capture.id for capture in vault.captures()} == {capture.id for capture in kept}
    assert list(vault.damages()) == []
    assert all(vault.page(capture).body for capture in kept)


def test_threads_share_a_vault(tmp_path):
    with closing(vault_in(tmp_path)) as vault:
        kept = []
        threads = [
            threading.Thread(target=lambda start=start: kept.extend(vault.keep(numbered(start + n)) for n in range(10)))
            for start in (0, 100, 200, 300)
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert len(warcs(tmp_path)) == 1
    assert {capture.id for capture in vault.captures()} == {capture.id for capture in kept}
    assert len(kept) == 40
    assert list(vault.damages()) == []


def test_a_forked_child_writes_a_file_of_its_own(tmp_path):
    with closing(vault_in(tmp_path)) as vault:
        vault.keep(numbered(0))
        child = os.fork()
        if child == 0:
            vault.keep(numbered(1))
            vault.close()
            os._exit(0)
        assert os.waitpid(child, 0)[1] == 0
        vault.keep(numbered(2))
    assert len(warcs(tmp_path)) == 2
    assert len({capture.id for capture in vault.captures()}) == 3
    assert list(vault.damages()) == []


def test_a_vault_only_read_from_is_left_as_it_is(tmp_path):
    folder = tmp_path / "none"
    vault = vault_in(folder)
    assert list(vault.captures()) == list(vault.recovered()) == list(vault.damages()) == []
    assert vault.size_bytes() == 0
    vault.close()
    assert not folder.exists()


def test_a_full_file_is_recovered_like_the_one_being_written(tmp_path):
    vault = vault_in(tmp_path, file_bytes_max=3000)
    kept = [vault.keep(numbered(number)) for number in range(8)]
    vault.release()
    assert len(warcs(tmp_path)) > 1
    assert {capture.id for capture in vault_in(tmp_path).recovered()} == {capture.id for capture in kept}
    assert len(indexes(tmp_path)) == len(warcs(tmp_path))


def test_a_file_removed_under_the_writer_gets_no_further_capture(tmp_path):
    folder = tmp_path / "vault"
    with closing(vault_in(folder)) as vault:
        vault.keep(numbered(0))
        shutil.rmtree(folder)
        kept = vault.keep(numbered(1))
        assert list(vault.captures()) == [kept]
    assert list(vault_in(folder).captures()) == [kept]
    assert list(vault.damages()) == []


def test_a_file_removed_in_mid_write_acknowledges_nothing(tmp_path, monkeypatch):
    folder = tmp_path / "vault"
    vault = vault_in(folder)
    vault.keep(numbered(0))
    honest = os.pwrite

    def removed_meanwhile(*arguments):
        shutil.rmtree(folder, ignore_errors=True)
        return honest(*arguments)

    with monkeypatch.context() as another_process:
        another_process.setattr(writer.os, "pwrite", removed_meanwhile)
        for _ in range(2):
            with pytest.raises(VaultError, match="removed while it was written"):
                vault.keep(numbered(1))
    kept = vault.keep(numbered(1))
    vault.close()
    assert list(vault.captures()) == [kept]


def test_closing_over_a_removed_file_is_no_fault(tmp_path):
    folder = tmp_path / "vault"
    vault = vault_in(folder)
    vault.keep(numbered(0))
    shutil.rmtree(folder)
    vault.close()
    assert not folder.exists()


def test_files_that_vanish_while_they_are_counted_count_nothing(tmp_path):
    there = tmp_path / "there"
    there.write_bytes(b"1234")
    assert stored_bytes([there, tmp_path / "gone", tmp_path]) == 4
