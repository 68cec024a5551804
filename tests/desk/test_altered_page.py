"""The page of clipped passages that do not stand any more."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.desk.material import NOW
from tests.fakes.fetch import FakeFetch, FakePage

from chronik import wiring
from chronik.model import Act, PassageState, Sighting, Verb, Watch

PAGE = "/desk/altered/"


def seen(archive, clip, state, *, wording="", after=timedelta(hours=1), **fields):
    at = NOW + after
    watch = Watch(url=clip.url, since=NOW, due=NOW + timedelta(days=9))
    sighting = Sighting(clip=clip.id, state=state, wording=wording, first_at=at, last_at=at, **fields)
    archive.catalogue.record_look(watch, [sighting])


def test_nothing_to_tell_is_told(editor, clip):
    assert "Every passage stands" in editor.get(PAGE).content.decode()


def test_both_wordings_stand_there_word_by_word(editor, archive, clip):
    altered = clip.excerpt.replace(clip.excerpt.split()[0], "Nobody", 1)
    seen(archive, clip, PassageState.CHANGED, wording=altered)
    page = editor.get(PAGE).content.decode()
    assert "Passage altered" in page
    assert "<del>" in page
    assert "Nobody" in page


@pytest.mark.parametrize("state", [state for state in PassageState if state is not PassageState.STANDS])
def test_each_state_has_words_of_its_own(editor, archive, clip, state):
    seen(archive, clip, state, detail="<b>the server answered</b>", status=404)
    page = editor.get(PAGE).content.decode()
    assert "&lt;b&gt;the server answered" in page
    assert page.count('<ol class="version-changes">') == 1


def test_what_was_noted_goes_off_the_list(editor, archive, clip):
    seen(archive, clip, PassageState.GONE)
    answer = editor.post(f"{PAGE}{clip.id}/note/", {"next": PAGE}, follow=True)
    assert "Every passage stands" in answer.content.decode()
    assert archive.catalogue.acts(subject=clip.id)[0].verb is Verb.NOTE_SIGHTING
    assert "noted by eva" in editor.get(PAGE, {"all": "1"}).content.decode()


def test_only_one_dossier_is_shown_where_it_is_asked_for(editor, archive, clip):
    seen(archive, clip, PassageState.GONE)
    assert "Page gone" in editor.get(PAGE, {"dossier": clip.dossier}).content.decode()
    assert "Page gone" not in editor.get(PAGE, {"dossier": "another"}).content.decode()


def test_a_page_is_looked_at_now(editor, archive, clip, monkeypatch):
    fetch = FakeFetch({clip.url: FakePage(status=410)})
    config = replace(archive.config, pace_s=0)
    seen(archive, clip, PassageState.STANDS)
    monkeypatch.setattr(wiring, "current", lambda: replace(archive, fetch=fetch, config=config))
    answer = editor.post(f"{PAGE}{clip.id}/look/", {"next": PAGE}, follow=True)
    assert "does not stand there any more" in answer.content.decode()
    assert "Page gone" in answer.content.decode()


def test_a_clip_that_is_not_there_is_not_found(editor):
    assert editor.post(f"{PAGE}{'f' * 64}/note/").status_code == 404
    assert editor.post(f"{PAGE}{'f' * 64}/look/").status_code == 404


@pytest.mark.parametrize("page", ["0", "-1", "x", "99999999999999999999", "٣"])
def test_odd_page_numbers_give_a_page(editor, page):
    assert editor.get(PAGE, {"page": page}).status_code == 200


def test_many_are_paged_with_few_queries(editor, archive, clip):
    for number in range(30):
        other = replace(clip, id=f"{number:064x}", url=f"{clip.url}?{number}")
        archive.catalogue.add_clip(other, Act(at=NOW, by="eva", verb=Verb.CLIP, subject=other.id))
        seen(archive, other, PassageState.REMOVED)
    with CaptureQueriesContext(connection) as queries:
        first = editor.get(PAGE).content.decode()
    assert first.count("Passage removed") == 25
    assert len(queries) <= 12
    assert editor.get(PAGE, {"page": "2"}).content.decode().count("Passage removed") == 5


def test_a_page_that_was_never_fetched_is_not_looked_at(editor, clip):
    answer = editor.post(f"{PAGE}{clip.id}/look/", {"next": PAGE}, follow=True)
    assert "not watched" in answer.content.decode()
