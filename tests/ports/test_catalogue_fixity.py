"""What every catalogue promises of fixity marks, tried on the SQL one and on the fake."""

from datetime import UTC, datetime, timedelta

import pytest
from tests.fakes.catalogue import MemoryCatalogue

from chronik.model import Act, Capture, Clip, Dossier, Location, RecordKind, Verb
from chronik.ports.fixity import FixityMark

NOW = datetime(2026, 5, 1, 12, 0, tzinfo=UTC)
CLIP = Clip(id="c" * 64, dossier="tal", title="Titel", excerpt="Wort", language="de", clipped_at=NOW)


def act(verb, subject):
    return Act(at=NOW, by="lena", verb=verb, subject=subject)


def a_capture():
    return Capture(
        id="a" * 64,
        url="https://talbote.example/1",
        captured_at=NOW,
        record=RecordKind.RESPONSE,
        status=200,
        media_type="text/html",
        block_digest="b" * 64,
        payload_digest="d" * 64,
        location=Location(file="a.warc.gz", offset=0, length=1),
    )


@pytest.fixture(params=["memory", "sql"])
def catalogue(request):
    if request.param == "memory":
        return MemoryCatalogue()
    request.getfixturevalue("db")
    from chronik.catalogue.store import DjangoCatalogue

    return DjangoCatalogue()


def test_marks_come_back_longest_ago_first(catalogue):
    late = FixityMark(file="a", read_at=NOW, digest="d" * 64, index_digest="i" * 64)
    early = FixityMark(file="sample/b", read_at=NOW - timedelta(days=1), damage="at byte 3 it is torn")
    catalogue.keep_fixity_marks([late, early])
    assert catalogue.fixity_marks() == [early, late]


def test_a_mark_takes_the_place_of_the_one_before(catalogue):
    first = FixityMark(file="a", read_at=NOW, damage="torn")
    second = FixityMark(file="a", read_at=NOW + timedelta(days=1))
    catalogue.keep_fixity_marks([first])
    catalogue.keep_fixity_marks([second])
    assert catalogue.fixity_marks() == [second]


def test_a_forgotten_mark_is_gone(catalogue):
    catalogue.keep_fixity_marks([FixityMark(file="a", read_at=NOW)])
    catalogue.forget_fixity_marks(["a", "never there"])
    assert catalogue.fixity_marks() == []


CAPTURED = a_capture()


@pytest.fixture
def clipped(catalogue):
    """A catalogue with a capture, a dossier, and a clip that was taken out of it."""
    catalogue.record_capture(CAPTURED)
    opened = Dossier(slug="tal", names={"de": "Tal"}, created_at=NOW)
    catalogue.add_dossier(opened, act(Verb.CREATE_DOSSIER, "tal"))
    catalogue.add_clip(CLIP, act(Verb.CLIP, CLIP.id))
    catalogue.remove_clip(CLIP.id, act(Verb.REMOVE_CLIP, CLIP.id))
    return catalogue


def test_rows_as_they_were_written_have_no_fault(clipped):
    assert clipped.row_faults() == []


def test_clips_that_were_taken_out_can_be_looked_at(clipped):
    assert clipped.removed_clips("tal") == [CLIP]
    assert clipped.removed_clips("berg") == []


@pytest.mark.parametrize(
    ("change", "subject", "readable"),
    [
        ("UPDATE catalogue_capturerow SET record = 'sesponse'", f"capture {CAPTURED.id}", False),
        ("UPDATE catalogue_capturerow SET url = CAST(x'ff61' AS TEXT)", f"capture {CAPTURED.id}", False),
        ("UPDATE catalogue_capturerow SET by_hand = 65536", f"capture {CAPTURED.id}", True),
        ("UPDATE catalogue_capturerow SET status = 288230376151711944", f"capture {CAPTURED.id}", False),
        ("UPDATE catalogue_leafrow SET kind = 'bapture' WHERE kind = 'capture'", f"mark of {CAPTURED.id}", False),
        ('UPDATE catalogue_dossierrow SET names = \'{"de":"Tal"}\'', "dossier tal", True),
        ("UPDATE catalogue_cliprow SET clipped_at = '2026-x5-01 12:00:00'", f"clip {CLIP.id}", False),
        ("UPDATE catalogue_cliprow SET dossier_id = 'tam'", f"clip {CLIP.id}", True),
    ],
)
def test_a_row_that_is_not_as_written_is_named(db, change, subject, readable, clipped):
    if isinstance(clipped, MemoryCatalogue):
        return
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("PRAGMA ignore_check_constraints = ON")
        cursor.execute("PRAGMA defer_foreign_keys = ON")
        cursor.execute(change)
    found = {one.subject: one.readable for one in clipped.row_faults()}
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA ignore_check_constraints = OFF")
        cursor.execute("DELETE FROM catalogue_cliprow")
    assert found[subject] is readable
