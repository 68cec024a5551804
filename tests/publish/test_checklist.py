"""What there is to look at before publishing, and nothing that is in order."""

from dataclasses import replace
from datetime import date

from tests.publish.material import make_clip, make_dossier

from chronik.model import Passage
from chronik.publish.checklist import Around, CheckKind, checks

TODAY = date(2026, 5, 1)
GOOD = {"capture_id": "c", "passage": Passage(exact="x", start=0, end=1), "credit": "Talbote"}


def clip(number, **fields):
    made = make_clip(number)
    return replace(made, **({"url": f"https://a.example/{number}", "excerpt": f"Wort {number}"} | GOOD | fields))


def dossier(**fields):
    given = {"names": {"de": "Mühle", "fr": "Moulin"}, "introductions": {"de": "Es war.", "fr": "Il était."}}
    return replace(make_dossier(), **(given | fields))


def found(*clips, dossier=dossier(), **around):  # noqa: B008 - frozen
    return {check.kind: check.subjects for check in checks(dossier, list(clips), around=Around(**around), today=TODAY)}


def test_what_is_in_order_is_not_mentioned():
    assert found(clip(1), clip(2)) == {}


def test_a_dossier_without_clips_is_empty():
    assert found() == {CheckKind.NO_CLIPS: ()}


def test_each_fault_is_named_with_its_clips():
    one = clip(1)
    cases = {
        CheckKind.NO_CAPTURE: replace(one, capture_id=""),
        CheckKind.NOT_VERBATIM: replace(one, passage=None, article_id="a"),
        CheckKind.NO_CREDIT: replace(one, credit="", source_id=""),
        CheckKind.AHEAD: replace(one, happened=date(2026, 5, 2)),
    }
    for kind, bad in cases.items():
        assert found(bad, clip(2)) == {kind: (bad.id,)}
    assert found(replace(one, happened=TODAY)) == {}


def test_what_later_looks_saw_is_told_apart():
    one, two, three = clip(1), clip(2), clip(3)
    states = {one.id: "removed", two.id: "changed", three.id: "paywalled"}
    assert found(one, two, three, states=states) == {CheckKind.REMOVED: (one.id,), CheckKind.CHANGED: (two.id,)}
    assert found(one, states={one.id: "gone"}) == {CheckKind.REMOVED: (one.id,)}
    assert found(one, states={one.id: "stands"}) == {}


def test_the_same_words_twice_are_seen_whatever_their_blanks():
    one = clip(1, excerpt="Die  Mühle\nsteht")
    again = replace(clip(2), url=one.url, excerpt="Die Mühle steht")
    assert found(one, again) == {CheckKind.TWICE: (again.id,)}
    assert found(one, replace(again, url="https://b.example/")) == {}
    assert found(replace(one, excerpt=""), replace(again, excerpt="")) == {}


def test_languages_sides_and_entries_are_named():
    kept = dossier(names={"de": "Mühle", "fr": ""}, introductions={"de": "Es war.", "ar": "كان"})
    around = {"unread": ["e1", "e2"], "silent": ["board"]}
    assert found(clip(1), dossier=kept, hidden=[clip(1).id], **around) == {
        CheckKind.UNREAD: ("e1", "e2"),
        CheckKind.HIDDEN: (clip(1).id,),
        CheckKind.SILENT_SIDE: ("board",),
        CheckKind.NO_NAME: ("fr", "ar"),
        CheckKind.NO_INTRODUCTION: ("fr",),
    }
