"""Whatever stops a process between keeping and recording: the next one takes in what was kept."""

import fcntl
import threading
import time

import pytest
from tests.fakes.catalogue import MemoryCatalogue
from tests.fakes.fetch import FakeFetch, FakePage
from tests.fakes.index import MemoryIndex
from tests.preserve.material import NOW, numbered, vault_in

from chronik import config as configuration
from chronik.archive import Archive, collecting
from chronik.errors import BusyError
from chronik.model import Feed

FEED = "https://talbote.example/feed.xml"


class LockedCatalogue(MemoryCatalogue):
    """A catalogue that cannot write."""

    def record_capture(self, capture, *, to_read=True):
        raise OSError("database is locked")


def archive_in(folder, *, catalogue=None, pages=None):
    return Archive(
        config=configuration.from_table(folder, {"pace_s": 0}),
        catalogue=catalogue or MemoryCatalogue(),
        vault=vault_in(folder / "vault"),
        sample_vault=vault_in(folder / "vault" / "sample"),
        index=MemoryIndex(),
        fetch=FakeFetch(pages or {}),
        clock=lambda: NOW,
    )


def hold(folder):
    lock = (folder / collecting.LOCK_NAME).open("ab")
    fcntl.flock(lock, fcntl.LOCK_EX)
    return lock


@pytest.mark.parametrize("error", [KeyboardInterrupt, OSError, SystemExit])
def test_a_process_stopped_before_recording_leaves_its_captures_to_the_next(tmp_path, error):
    def work():
        with archive_in(tmp_path) as archive:
            archive.vault.keep(numbered(1))
            archive.sample_vault.keep(numbered(2))
            raise error

    with pytest.raises(error):
        work()
    following = archive_in(tmp_path)
    assert collecting.recover(following) == 2
    assert len(list(following.catalogue.captures())) == 2


def test_a_process_that_ends_well_leaves_nothing_to_recover(tmp_path):
    with archive_in(tmp_path) as archive:
        archive.vault.keep(numbered(1))
    assert list(archive_in(tmp_path).vault.recovered()) == []


def test_a_round_that_could_not_record_leaves_its_captures_to_the_next_round(tmp_path):
    archive = archive_in(tmp_path, catalogue=LockedCatalogue(), pages={FEED: FakePage(body=b"<rss/>")})
    archive.catalogue.add_feed(Feed(url=FEED), due_at=NOW)
    with pytest.raises(OSError, match="locked"):
        collecting.collect(archive)
    assert collecting.recover(archive_in(tmp_path)) == 1


def test_who_waits_for_the_round_of_another_gets_its_turn(tmp_path):
    archive = archive_in(tmp_path)
    lock = hold(tmp_path)
    ending = threading.Timer(0.3, lock.close)
    ending.start()
    started = time.monotonic()
    with collecting.turn(archive, wait_s=30):
        assert time.monotonic() - started >= 0.2
    ending.join()


def test_waiting_for_the_round_of_another_has_an_end(tmp_path):
    with hold(tmp_path), pytest.raises(BusyError), collecting.turn(archive_in(tmp_path), wait_s=0.2):
        raise AssertionError("it is the other's turn")
