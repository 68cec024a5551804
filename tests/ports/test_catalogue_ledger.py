"""What every catalogue promises to the ledger, tried on the SQL one and on the fake."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from tests.fakes.catalogue import MemoryCatalogue

from chronik.model import Act, Capture, LeafKind, Location, RecordKind, Verb

NOW = datetime(2026, 5, 1, 12, 0, tzinfo=UTC)
ACT = Act(at=NOW, by="lena", verb=Verb.FOLLOW, subject="https://talbote.example/feed")
CAPTURE = Capture(
    id="c" * 64,
    url="https://talbote.example/artikel",
    captured_at=NOW,
    record=RecordKind.RESPONSE,
    location=Location(file="chronik-1.warc.gz", offset=0, length=1),
)


@pytest.fixture(params=["memory", "sql"])
def catalogue(request):
    if request.param == "memory":
        return MemoryCatalogue()
    request.getfixturevalue("db")
    from chronik.catalogue.store import DjangoCatalogue

    return DjangoCatalogue()


def due(catalogue):
    return [(mark.kind, mark.subject) for mark in catalogue.due_leaves(after=0, limit=10)]


def test_what_is_kept_is_due_once(catalogue):
    for _ in range(2):
        catalogue.record_capture(CAPTURE)
        catalogue.record_act(ACT)
    assert due(catalogue) == [(LeafKind.CAPTURE, CAPTURE.id), (LeafKind.ACT, ACT.id)]
    assert catalogue.leaves_due() == 2
    assert catalogue.without_mark() == []


def test_each_mark_has_a_salt_of_its_own(catalogue):
    catalogue.record_capture(CAPTURE)
    catalogue.record_act(ACT)
    first, second = catalogue.due_leaves(after=0, limit=10)
    assert len(first.salt) == len(second.salt) == 32
    assert first.salt != second.salt
    assert first.salt.hex() not in repr(first)


def test_what_is_marked_is_due_no_more(catalogue):
    catalogue.record_capture(CAPTURE)
    catalogue.record_act(ACT)
    assert catalogue.leaves_marked() == 0
    first, _ = catalogue.due_leaves(after=0, limit=10)
    catalogue.mark_leaves([replace(first, index=4, salt=b"s" * 32)])
    assert due(catalogue) == [(LeafKind.ACT, ACT.id)]
    found = catalogue.leaf_mark(LeafKind.CAPTURE, CAPTURE.id)
    assert (found.index, found.salt) == (4, b"s" * 32)
    assert catalogue.leaves_marked() == 5
    assert catalogue.leaf_mark(LeafKind.ACT, CAPTURE.id) is None


def test_what_is_due_comes_in_parts(catalogue):
    acts = [replace(ACT, subject=str(number)) for number in range(5)]
    for act in acts:
        catalogue.record_act(act)
    first = catalogue.due_leaves(after=0, limit=2)
    rest = catalogue.due_leaves(after=first[-1].number, limit=10)
    assert [mark.subject for mark in [*first, *rest]] == [act.id for act in acts]
    assert list(catalogue.acts_in_order()) == acts


def test_a_mark_of_nothing_is_left_out(catalogue):
    catalogue.record_act(ACT)
    (mark,) = catalogue.due_leaves(after=0, limit=10)
    catalogue.mark_leaves([replace(mark, subject="0" * 64, index=0)])
    assert catalogue.leaves_marked() == 0


def test_a_mark_whose_capture_is_gone_can_be_dropped_while_it_is_due(catalogue):
    catalogue.record_capture(CAPTURE)
    catalogue.record_act(ACT)
    first, second = catalogue.due_leaves(after=0, limit=10)
    catalogue.mark_leaves([replace(second, index=0)])
    catalogue.forget_leaves([first, second])
    assert [(mark.kind, mark.index) for mark in catalogue.leaf_marks()] == [(LeafKind.ACT, 0)]
    assert catalogue.without_mark() == [(LeafKind.CAPTURE, CAPTURE.id)]


def test_with_a_new_ledger_everything_is_due_again(catalogue):
    catalogue.record_act(ACT)
    (mark,) = catalogue.due_leaves(after=0, limit=10)
    catalogue.mark_leaves([replace(mark, index=0)])
    catalogue.forget_leaf_indices()
    assert due(catalogue) == [(LeafKind.ACT, ACT.id)]


def test_captures_and_acts_are_found_by_their_marks(catalogue):
    catalogue.record_capture(CAPTURE)
    catalogue.record_act(ACT)
    marks = catalogue.due_leaves(after=0, limit=10)
    assert catalogue.captures_and_acts(marks) == {CAPTURE.id: CAPTURE, ACT.id: ACT}
    assert catalogue.captures_and_acts([replace(marks[0], subject="0" * 64)]) == {}


def test_what_was_there_before_there_was_a_ledger_is_due(db):
    from importlib import import_module

    from django.apps import apps

    from chronik.catalogue.models import LeafRow
    from chronik.catalogue.store import DjangoCatalogue

    catalogue = DjangoCatalogue()
    catalogue.record_act(ACT)
    catalogue.record_capture(CAPTURE)
    LeafRow.objects.all().delete()
    import_module("chronik.catalogue.migrations.0008_leaves").mark_what_is_there(apps, None)
    assert due(catalogue) == [(LeafKind.CAPTURE, CAPTURE.id), (LeafKind.ACT, ACT.id)]
