"""A dossier at a past moment, out of its acts alone."""

from datetime import UTC, date, datetime, timedelta

import pytest

from chronik.errors import RefusedInputError
from chronik.model import Act, Clip, Dossier, Passage, Verb
from chronik.model.records import clip_record, clip_values, dossier_record, dossier_values
from chronik.publish.as_known import as_known

NOON = datetime(2026, 5, 1, 12, 0, tzinfo=UTC)
DOSSIER = Dossier(slug="sluice", names={"de": "Die Schleuse", "en": "The sluice"}, created_at=NOON)


def clip(letter, position=0, **fields):
    return Clip(
        id=letter * 64, dossier="sluice", position=position, clipped_at=NOON, excerpt=f"Word {letter}.", **fields
    )


def act(minutes, verb, subject="sluice", **detail):
    return Act(at=NOON + timedelta(minutes=minutes), by="ada", verb=verb, subject=subject, detail=detail)


def clipped(minutes, made):
    return act(minutes, Verb.CLIP, made.id, dossier="sluice", new=clip_record(made))


OPENED = act(0, Verb.CREATE_DOSSIER, new=dossier_record(DOSSIER))


def letters(acts, minutes):
    known = as_known(acts, at=NOON + timedelta(minutes=minutes))
    return "".join(one.id[0] for one in known.clips) if known else None


def test_records_give_back_what_they_were_made_of():
    whole = clip("a", 3, passage=Passage(exact="Word", start=1, end=5), happened=date(2026, 4, 30), language="de")
    assert Clip(**clip_values(clip_record(whole))) == whole
    assert Dossier(**dossier_values(dossier_record(DOSSIER))) == DOSSIER


def test_before_it_was_opened_there_was_none():
    assert as_known([OPENED], at=NOON - timedelta(seconds=1)) is None
    assert as_known([], at=NOON) is None
    assert as_known([OPENED], at=NOON).dossier == DOSSIER


def test_clips_come_go_and_come_back_in_their_places():
    acts = [
        OPENED,
        clipped(1, clip("a", 0)),
        clipped(2, clip("b", -1)),
        act(3, Verb.REMOVE_CLIP, "a" * 64, dossier="sluice", old={}),
        act(4, Verb.RESTORE_CLIP, "a" * 64),
    ]
    assert [letters(acts, minutes) for minutes in range(5)] == ["", "a", "ba", "b", "ba"]


def test_what_comes_back_changed_is_what_was_wanted_then():
    changed = clip("a", 7, note="again")
    acts = [OPENED, clipped(1, clip("a")), act(2, Verb.REMOVE_CLIP, "a" * 64)]
    acts.append(act(3, Verb.RESTORE_CLIP, "a" * 64, dossier="sluice", new=clip_record(changed)))
    assert as_known(acts, at=NOON + timedelta(hours=1)).clips == (changed,)


def test_changes_hold_from_their_moment_on():
    acts = [OPENED, clipped(1, clip("a")), act(2, Verb.EDIT_CLIP, "a" * 64, old={"title": ""}, new={"title": "Shut"})]
    acts.append(act(3, Verb.EDIT_DOSSIER, old={"years": ""}, new={"years": "2026", "order": "by-hand"}))
    before, after = (as_known(acts, at=NOON + timedelta(minutes=minutes)) for minutes in (1, 3))
    assert (before.clips[0].title, before.dossier.years) == ("", "")
    assert (after.clips[0].title, after.dossier.years, str(after.dossier.order)) == ("Shut", "2026", "by-hand")


def test_clips_are_moved_as_they_were():
    acts = [OPENED, *(clipped(1, clip(letter, place)) for place, letter in enumerate("abcd"))]
    acts.append(act(2, Verb.MOVE_CLIP, "d" * 64, dossier="sluice", old={"place": 3}, new={"place": 1}))
    assert letters(acts, 1) == "abcd"
    assert letters(acts, 2) == "adbc"


def test_a_page_taken_in_brings_its_clips_and_leaves_removed_ones_removed():
    both = [clip_record(clip("a", 0)), clip_record(clip("b", 1))]
    taken = {"file": "page.txt", "clips": 2, "new": {"dossier": dossier_record(DOSSIER), "clips": both}}
    acts = [act(0, Verb.IMPORT, **taken), act(1, Verb.REMOVE_CLIP, "a" * 64), act(2, Verb.IMPORT, **taken)]
    assert [letters(acts, minutes) for minutes in range(3)] == ["ab", "b", "b"]


def test_a_removed_dossier_is_none_and_its_past_is_known():
    acts = [OPENED, clipped(1, clip("a")), act(2, Verb.REMOVE_DOSSIER, old={}, clips=[])]
    assert letters(acts, 1) == "a"
    assert letters(acts, 2) is None


def test_an_edition_bears_the_date_of_its_first_publishing():
    acts = [
        OPENED,
        act(1, Verb.PUBLISH, edition="x"),
        act(2, Verb.PUBLISH, edition="x"),
        act(3, Verb.PUBLISH, edition="y"),
    ]
    acts += [act(4, Verb.PUBLISH, edition="z", folder="elsewhere"), act(5, Verb.UNPUBLISH)]
    dates = [as_known(acts, at=NOON + timedelta(minutes=minutes)).published_at for minutes in range(6)]
    assert dates == [None, *(NOON + timedelta(minutes=minutes) for minutes in (1, 1, 3, 3)), None]


@pytest.mark.parametrize(
    "short",
    [
        act(1, Verb.CREATE_DOSSIER),
        act(1, Verb.CREATE_DOSSIER, new={"slug": 3}),
        act(1, Verb.IMPORT, file="page.txt", clips=3),
        act(1, Verb.CLIP, "a" * 64, new={"id": "a"}),
        act(1, Verb.EDIT_CLIP, "f" * 64, new={"title": "x"}),
        act(1, Verb.MOVE_CLIP, "f" * 64, new={"place": 0}),
        act(1, Verb.CLIP, "a" * 64, new={**clip_record(clip("a")), "clipped_at": "never"}),
        act(1, Verb.CLIP, "a" * 64, new={**clip_record(clip("a")), "passage": {"x": 1}}),
    ],
)
def test_an_act_that_does_not_hold_what_it_did_is_named(short):
    with pytest.raises(RefusedInputError, match=short.id[:12]):
        as_known([OPENED, short], at=NOON + timedelta(hours=1))
