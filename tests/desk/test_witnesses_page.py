"""The page of what witnesses say otherwise."""

from datetime import timedelta

import pytest
from tests.desk.material import NOW

from chronik.archive import hearing
from chronik.model import Act, Hearing, Verb, Witness

PAGE = "/desk/witnesses/"
SETTLE = "/desk/witnesses/settle/"


def heard(archive, clip, *, wording="", witness=Witness.MEMENTO, **others):
    told = Hearing(
        capture="c" * 64,
        witness=witness,
        name="<b>memories</b>",
        evidence="e" * 64,
        seen_at=NOW + timedelta(hours=1),
        address="https://memories.example/1",
        agrees=False,
        passage="p" * 64,
        clip=clip.id,
        wording=wording,
        **others,
    )
    act = Act(at=NOW, by="eva", verb=Verb.HEAR_WITNESS, subject=told.capture, detail=told.act_detail)
    archive.catalogue.record_act(act)
    return act


def shown(editor, **query):
    return editor.get(PAGE, query).content.decode()


def test_nothing_to_tell_is_told(editor, clip):
    assert "Nobody says otherwise" in shown(editor)


@pytest.mark.parametrize("witness", list(Witness))
def test_both_wordings_stand_there_and_nothing_of_them_is_markup(editor, archive, clip, witness):
    heard(archive, clip, wording=clip.excerpt.replace(clip.excerpt.split()[0], "<i>Nobody</i>", 1), witness=witness)
    page = shown(editor)
    assert "&lt;b&gt;memories" in page
    assert "<i>Nobody" not in page
    assert "<del>" in page
    assert "https://memories.example/1" in page


def test_a_settled_one_goes_off_the_list_and_stays_known(editor, archive, clip):
    act = heard(archive, clip)
    answer = editor.post(
        SETTLE, {"lead": act.id, "verdict": "dismissed", "note": "Regional.", "next": PAGE}, follow=True
    )
    assert "Nobody says otherwise" in answer.content.decode()
    assert archive.catalogue.acts(subject="c" * 64)[0].verb is Verb.SETTLE_WITNESS
    page = shown(editor, all="1")
    assert "dismissed by eva" in page
    assert "Regional." in page


@pytest.mark.parametrize(
    ("fields", "status"),
    [
        ({}, 422),
        ({"verdict": "perhaps"}, 422),
        ({"verdict": "dismissed"}, 404),
        ({"verdict": "dismissed", "lead": "x" * 9_000}, 404),
        ({"verdict": "upheld", "lead": "\0"}, 404),
    ],
)
def test_what_makes_no_sense_is_refused(editor, clip, fields, status):
    assert editor.post(SETTLE, fields).status_code == status


def test_hostile_pages_and_long_notes_are_refused_or_cut(editor, archive, clip):
    act = heard(archive, clip)
    assert editor.post(SETTLE, {"lead": act.id, "verdict": "upheld", "note": "x" * 3_000}).status_code == 422
    for page in ("-1", "0", "x", "9999", "99999", "²"):
        assert editor.get(PAGE, {"page": page}).status_code == 200


def test_a_removed_clip_is_told_of_without_its_words(editor, archive, clip):
    heard(archive, clip, wording="Secret")
    archive.catalogue.remove_clip(clip.id, Act(at=NOW, by="eva", verb=Verb.REMOVE_CLIP, subject=clip.id))
    page = shown(editor)
    assert "A clip that was removed" in page
    assert "Secret" not in page


def test_a_clip_that_rests_on_no_capture_asks_nobody(editor, archive, clip):
    answer = editor.post(f"/desk/clips/{clip.id}/witnesses/", {"next": PAGE}, follow=True)
    assert ("rests on no capture" in answer.content.decode(), archive.fetch.asked) == (True, [])


@pytest.mark.parametrize(
    ("agrees", "words"), [(True, "stands there, too"), (False, "says otherwise"), (None, "Nobody")]
)
def test_what_witnesses_said_is_told_in_a_line(editor, clip, monkeypatch, agrees, words):
    told = Hearing(
        capture="c" * 64, witness=Witness.MEMENTO, name="memories", evidence="e" * 64, seen_at=NOW, agrees=agrees
    )
    said = [hearing.Asked(clip=clip.id, name="memories", heard=told)]
    monkeypatch.setattr(hearing, "look", lambda *_arguments, **_options: said)
    assert words in editor.post(f"/desk/clips/{clip.id}/witnesses/", {"next": PAGE}, follow=True).content.decode()


def test_where_no_witness_is_set_that_is_told(editor, clip, monkeypatch):
    monkeypatch.setattr(hearing, "look", lambda *_arguments, **_options: [])
    answer = editor.post(f"/desk/clips/{clip.id}/witnesses/", {"next": PAGE}, follow=True)
    assert "No witness is set" in answer.content.decode()
