"""Whoever runs an archive is told what needs a look, and only that."""

import os
from datetime import timedelta

import pytest
from tests.archive.houses import later, street
from tests.archive.test_grading import kept

from chronik.archive import alarming, recording
from chronik.archive.alarming import AlarmKind
from chronik.ports.fixity import FixityMark
from chronik.preserve.syncing import MARK_NAME


@pytest.fixture
def house(tmp_path):
    with street(tmp_path) as found:
        yield found("house")


def kinds(archive):
    return [one.kind for one in alarming.alarms(archive)]


def test_where_all_is_well_there_is_no_alarm(house):
    kept(house)
    recording.record_due(house)
    assert kinds(house) == []


def test_a_disk_that_failed_and_damage_are_told(house):
    capture = kept(house)
    recording.record_due(house)
    (house.config.archive / MARK_NAME).write_text("2026-05-01: a file could not be synced\n")
    mark = FixityMark(file=capture.location.file, read_at=house.clock(), damage="the file is missing")
    house.catalogue.keep_fixity_marks([mark])
    assert kinds(house) == [AlarmKind.DISK, AlarmKind.VAULT]


def test_leaves_that_wait_for_long_are_told(house):
    kept(house)
    assert kinds(house) == []
    assert kinds(later(house, minutes=9)) == []
    (told,) = alarming.alarms(later(house, minutes=11))
    assert told.kind is AlarmKind.LEDGER
    assert "nothing was recorded for 11 min" in told.reason
    recording.record_due(house)
    assert kinds(later(house, minutes=12)) == []


def test_a_file_that_nobody_seals_is_told_once_its_writer_is_gone(house):
    file = kept(house).location.file
    recording.record_due(house)
    path = house.config.vault / file
    old = (house.clock() - timedelta(hours=2)).timestamp()
    os.utime(path, (old, old))
    assert kinds(house) == []
    house.vault.release()
    (told,) = alarming.alarms(house)
    assert (told.kind, told.subject) == (AlarmKind.UNSEALED, file)
    list(house.vault.recovered())
    assert kinds(house) == []
