"""An archive whose disk failed: pages are shown, forms are refused with the reason, and the check lifts it."""

import sqlite3

import pytest
from django.conf import settings
from django.db import connection
from django.db.utils import OperationalError

from chronik.errors import ReadOnlyError
from chronik.preserve import syncing


@pytest.fixture
def house(tmp_path):
    (tmp_path / "chronik.toml").touch()
    return tmp_path


def test_a_failed_sync_marks_the_archive_above_the_file(house, monkeypatch):
    (house / "vault").mkdir()

    def failing(_descriptor):
        raise OSError(5, "Input/output error")

    monkeypatch.setattr(syncing.os, "fsync", failing)
    with pytest.raises(OSError, match="Input"):
        syncing.sync_folder(house / "vault")
    assert "read-only" in syncing.fault(house)
    with pytest.raises(ReadOnlyError, match="chronik verify"):
        syncing.check(house / "vault")


def test_what_lies_elsewhere_marks_the_archive_that_it_serves(house, tmp_path_factory):
    outside = tmp_path_factory.mktemp("state")
    syncing.distrust(outside, "lost")
    assert syncing.fault(house) == ""
    with syncing.serving(house):
        syncing.distrust(outside, "lost")
    assert "lost" in syncing.fault(house)


def test_the_first_reason_stays(house):
    syncing.distrust(house, "first")
    syncing.distrust(house, "second")
    assert "first" in syncing.fault(house)


@pytest.mark.parametrize("said", [b"", b"\xff\0\x1b[2J", b"x" * 10**5])
def test_whatever_the_mark_says_it_holds(house, said):
    (house / syncing.MARK_NAME).write_bytes(said)
    assert syncing.fault(house).isprintable()
    assert len(syncing.fault(house)) < 2000


def test_only_a_check_without_findings_lifts_it(house):
    syncing.distrust(house, "lost")

    def find_something_wrong():
        with syncing.examined(house):
            syncing.check(house)
            raise ValueError("something is wrong")

    with pytest.raises(ValueError, match="wrong"):
        find_something_wrong()
    assert syncing.fault(house)
    with syncing.examined(house):
        syncing.check(house)
    assert syncing.fault(house) == ""


def test_forms_are_refused_and_pages_are_shown(client, monkeypatch):
    monkeypatch.setattr(syncing, "fault", lambda _house: "The archive is read-only since its disk failed.")
    answer = client.post("/desk/sign-in/", {"username": "x"})
    assert answer.status_code == 503
    assert "read-only" in answer.content.decode()
    assert client.get("/desk/sign-in/").status_code == 200


@pytest.mark.django_db
def test_an_io_error_of_the_database_marks_the_archive(house, monkeypatch):
    monkeypatch.setitem(connection.settings_dict, "NAME", str(house / "chronik.sqlite3"))
    cause = sqlite3.OperationalError("disk I/O error")
    cause.sqlite_errorcode = sqlite3.SQLITE_IOERR_FSYNC
    with pytest.raises(OperationalError), connection._watched():
        raise OperationalError("disk I/O error") from cause
    connection.connection.execute("PRAGMA query_only = OFF")
    assert "disk I/O error" in syncing.fault(house)


@pytest.mark.django_db
def test_another_error_of_the_database_marks_nothing(house, monkeypatch):
    monkeypatch.setitem(connection.settings_dict, "NAME", str(house / "chronik.sqlite3"))
    with pytest.raises(OperationalError), connection.cursor() as cursor:
        cursor.execute("SELECT nothing FROM nowhere")
    assert syncing.fault(house) == ""
    assert settings.CHRONIK.archive != house
