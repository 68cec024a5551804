"""One process at a time reads what is due; a page that a person named is read at once."""

import fcntl
import threading
import time

from tests.archive.test_losing_nothing import archive_in
from tests.archive.test_reading_again import PAGE
from tests.preserve.material import URL, exchange

from chronik.archive import reading


def kept(archive, *urls):
    for url in urls:
        archive.catalogue.record_capture(archive.vault.keep(exchange(PAGE, url=url)))


def test_what_another_process_reads_is_left_to_it(tmp_path):
    with archive_in(tmp_path) as archive, (tmp_path / reading.LOCK_NAME).open("ab") as lock:
        kept(archive, URL)
        fcntl.flock(lock, fcntl.LOCK_EX)
        assert reading.read_due(archive, wait_s=0.05) == reading.Read()
        assert len(archive.catalogue.unread_captures(limit=9)) == 1
        fcntl.flock(lock, fcntl.LOCK_UN)
        assert reading.read_due(archive).articles == 1


def test_who_waits_goes_on_when_the_other_is_done(tmp_path):
    with archive_in(tmp_path) as archive, (tmp_path / reading.LOCK_NAME).open("ab") as lock:
        kept(archive, URL)
        fcntl.flock(lock, fcntl.LOCK_EX)
        threading.Timer(0.3, fcntl.flock, (lock, fcntl.LOCK_UN)).start()
        started = time.monotonic()
        assert reading.read_due(archive, wait_s=30).articles == 1
        assert time.monotonic() - started >= 0.3


def test_captures_are_read_whoever_reads_what_is_due(tmp_path):
    with archive_in(tmp_path) as archive, (tmp_path / reading.LOCK_NAME).open("ab") as lock:
        kept(archive, URL, f"{URL}2")
        fcntl.flock(lock, fcntl.LOCK_EX)
        first = archive.catalogue.unread_captures(limit=1)
        assert reading.read_captures(archive, first).articles == 1
        assert len(archive.catalogue.unread_captures(limit=9)) == 1
