"""Several passages in one clip at the desk, and how much of a report is quoted."""

import json
from dataclasses import replace

import pytest
from django.urls import reverse
from tests.desk.material import NOW, make_article

from chronik import wiring
from chronik.archive import checking, quoting
from chronik.archive.checklist import checklist
from chronik.desk import actions
from chronik.model import PassageState, Sighting, Verb, Watch
from chronik.publish import exports
from chronik.publish.checklist import CheckKind
from chronik.publish.dossier_data import read
from chronik.publish.edition import edition

FIRST, THIRD = "Der Bach stand still.", "Der Müller hatte"


@pytest.fixture
def report(article, archive):
    return archive.catalogue.article(article.id)


def post(editor, article, **fields):
    return editor.post(f"/desk/articles/{article.id}/clip/", fields)


def latest(archive, dossier):
    return archive.catalogue.clips(dossier.slug)[0]


def test_passages_become_one_clip_in_the_order_of_the_text(editor, archive, dossier, report):
    assert post(editor, report, quote=[FIRST, "", THIRD], dossier=dossier.slug).status_code == 302
    clip = latest(archive, dossier)
    assert [one.exact for one in clip.passages] == [THIRD, FIRST]
    assert clip.excerpt == f"{THIRD} […]\n\n{FIRST}"
    page = editor.get(f"/desk/articles/{report.id}/").content.decode()
    assert page.count("<mark") == len(clip.passages)
    assert page.count(f'id="clip-{clip.id[:12]}"') == 1


def test_without_script_a_button_gives_another_field_and_keeps_what_was_written(editor, archive, dossier, report):
    answer = post(editor, report, quote=[FIRST], note="later", dossier=dossier.slug, more="1")
    page = answer.content.decode()
    assert answer.status_code == 200
    assert page.count('name="quote"') == 2
    assert FIRST in page.split("data-passages")[1]
    assert ">\nlater</textarea>" in page
    assert archive.catalogue.clips(dossier.slug) == []


@pytest.mark.parametrize("bad", [["Das steht da nicht.", FIRST], [""], ["a"] * 30, ["\0"], ["x" * 60_000]])
def test_passages_that_cannot_be_clipped_are_refused_beside_the_form(editor, archive, dossier, report, bad):
    assert post(editor, report, quote=bad, dossier=dossier.slug).status_code == 422
    assert archive.catalogue.clips(dossier.slug) == []


@pytest.mark.parametrize("place", ["-1", "x", "²", "9" * 40, ""])
def test_a_place_that_is_none_is_passed_over(editor, archive, dossier, report, place):
    answer = post(editor, report, **{"quote": [FIRST], "quote-at": [place], "dossier": dossier.slug})
    assert answer.status_code == 302


def test_a_passage_is_added_to_a_clip_and_taken_out_again(editor, archive, dossier, report):
    post(editor, report, quote=[FIRST], dossier=dossier.slug)
    clip = latest(archive, dossier)
    form = {"title": clip.title, "credit": clip.credit, "language": clip.language, "url": clip.url}
    form |= {"published": clip.published, "note": "", "quotation_reason": ""}
    address = reverse("desk:edit-clip", args=[clip.id])
    assert editor.post(address, {**form, "excerpt": [FIRST], "more": "1"}).content.count(b'name="excerpt"') == 2
    assert editor.post(address, {**form, "excerpt": [FIRST, THIRD]}).status_code == 302
    several = archive.catalogue.clip(clip.id)
    assert len(several.passages) == 2
    act = archive.catalogue.acts(subject=clip.id, limit=1)[0]
    assert (act.verb, len(act.detail["new"]["further"]), act.detail["old"]["further"]) == (Verb.EDIT_CLIP, 1, [])
    assert editor.post(address, {**form, "excerpt": [one.exact for one in several.passages]}).status_code == 302
    assert archive.catalogue.acts(subject=clip.id, limit=1)[0].id == act.id
    assert editor.post(address, {**form, "excerpt": [FIRST]}).status_code == 302
    assert archive.catalogue.clip(clip.id).further == ()


def test_the_same_passages_are_clipped_once_and_come_back_as_what_they_were(archive, dossier, report):
    told = {"article_id": report.id, "dossier": dossier.slug, "by": "eva", "now": NOW}
    clip = actions.clip(archive.catalogue, quote=[FIRST, THIRD], quotation_reason="licence", **told)
    with pytest.raises(actions.ConflictError):
        actions.clip(archive.catalogue, quote=[THIRD, FIRST], **told)
    actions.remove_clip(archive.catalogue, clip.id, by="eva", now=NOW)
    again = actions.clip(archive.catalogue, quote=[THIRD, FIRST], **told)
    assert (again.id, again.passages, again.quotation_reason) == (clip.id, clip.passages, "")
    assert [one for one in checking.verify(archive)[1] if clip.id in one.subject] == []


def test_what_is_published_tells_every_passage_and_its_readers_hold_the_excerpt_against_them(archive, dossier, report):
    told = {"article_id": report.id, "dossier": dossier.slug, "by": "eva", "now": NOW, "quotation_reason": "SECRET"}
    actions.clip(archive.catalogue, quote=[FIRST, THIRD], **told)
    whole = edition(dossier, archive.catalogue.clips(dossier.slug), [], published_at=NOW)
    data = exports.as_json(whole)
    assert len(data["clips"][0]["passages"]) == 2
    assert "SECRET" not in json.dumps(data)
    read(json.dumps(data).encode())
    for harm in (lambda clip: clip["passages"].reverse(), lambda clip: clip.update(excerpt="Der Bach. […] Nein.")):
        wrong = json.loads(json.dumps(data))
        harm(wrong["clips"][0])
        with pytest.raises(actions.RefusedInputError):
            read(json.dumps(wrong).encode())


def test_a_row_that_lost_a_passage_is_told(archive, dossier, report):
    from chronik.catalogue.models import ClipRow

    told = {"article_id": report.id, "dossier": dossier.slug, "by": "eva", "now": NOW}
    clip = actions.clip(archive.catalogue, quote=[FIRST, THIRD], **told)
    ClipRow.objects.filter(pk=clip.id).update(further=[])
    assert any(clip.id in one.subject for one in checking.verify(archive)[1])


# How much is quoted


@pytest.fixture
def narrow(archive, monkeypatch):
    """At most twenty characters of a report, or a hundredth."""
    few = replace(archive, config=replace(archive.config, quotation_characters=20, quotation_percent=1))
    monkeypatch.setattr(wiring, "current", lambda: few)
    return few


def beyond(narrow, dossier):
    return quoting.beyond(narrow, dossier.slug, clips=narrow.catalogue.clips(dossier.slug))


def test_the_panel_tells_what_is_left_and_a_refused_form_what_is_too_much(editor, dossier, report, narrow):
    assert "0 of 20 characters" in editor.get(f"/desk/articles/{report.id}/").content.decode()
    page = post(editor, report, quote=[FIRST, THIRD], dossier="nowhere").content.decode()
    assert f"{len(FIRST) + len(THIRD)} characters of this report are quoted" in page


def test_a_clip_beyond_the_limit_is_taken_and_the_desk_asks_why_before_it_publishes(editor, narrow, dossier, report):
    answer = editor.post(f"/desk/articles/{report.id}/clip/", {"quote": FIRST, "dossier": dossier.slug}, follow=True)
    assert "more than may be are quoted" in answer.content.decode()
    assert CheckKind.OVER_QUOTED in {one.kind for one in checklist(narrow, dossier.slug)}
    address = f"/desk/dossiers/{dossier.slug}/publish/"
    refused = editor.post(address)
    assert refused.headers["Location"].endswith(f"/desk/dossiers/{dossier.slug}/checklist/")
    assert 'name="quotation_reason"' in editor.get(refused.headers["Location"]).content.decode()
    assert not [one for one in narrow.catalogue.acts(limit=20) if one.verb is Verb.PUBLISH]
    editor.post(address, {"quotation_reason": "by letter of 1 May"})
    act = next(one for one in narrow.catalogue.acts(limit=20) if one.verb is Verb.PUBLISH)
    assert (act.detail["quotation_reason"], len(act.detail["quoted"])) == ("by letter of 1 May", 1)
    assert beyond(narrow, dossier) == []
    assert CheckKind.OVER_QUOTED not in {one.kind for one in checklist(narrow, dossier.slug)}


def test_a_reason_with_the_clip_or_a_limit_of_the_source_is_enough(narrow, dossier, report):
    clip = actions.clip(narrow.catalogue, article_id=report.id, dossier=dossier.slug, quote=FIRST, by="eva", now=NOW)
    assert beyond(narrow, dossier) == [clip.id]
    actions.edit_clip(narrow.catalogue, clip.id, quotation_reason="licence", by="eva", now=NOW)
    assert beyond(narrow, dossier) == []


def test_what_another_published_dossier_quotes_counts_and_what_none_shows_does_not(narrow, dossier, report):
    from chronik.catalogue.models import DossierRow

    other = actions.new_dossier(narrow.catalogue, names={"de": "Anderes"}, by="eva", now=NOW)
    told = {"article_id": report.id, "by": "eva", "now": NOW}
    actions.clip(narrow.catalogue, quote="Der Bach", dossier=dossier.slug, **told)
    actions.clip(narrow.catalogue, quote="Niemand wusste", dossier=other.slug, **told)
    assert beyond(narrow, dossier) == []
    DossierRow.objects.filter(slug=other.slug).update(published_at=NOW)
    assert len(beyond(narrow, dossier)) == 1


def test_the_list_of_clips_tells_how_much_of_each_report_is_quoted(editor, narrow, dossier, report):
    told = {"article_id": report.id, "dossier": dossier.slug, "by": "eva", "now": NOW}
    actions.clip(narrow.catalogue, quote=FIRST, quotation_reason="by letter", **told)
    page = editor.get(f"/desk/dossiers/{dossier.slug}/").content.decode()
    assert f"{len(FIRST)} characters of this report are quoted" in page
    assert "by letter" in page
    clip = narrow.catalogue.clips(dossier.slug)[0]
    assert "more than the 20 that may be" in editor.get(reverse("desk:edit-clip", args=[clip.id])).content.decode()


# What became of each passage


def test_of_a_page_that_changed_each_passage_is_told(editor, archive, dossier, report):
    told = {"article_id": report.id, "dossier": dossier.slug, "by": "eva", "now": NOW}
    clip = actions.clip(archive.catalogue, quote=[FIRST, THIRD], **told)
    changed = make_article(2, url=report.url, text=report.text.replace(FIRST, ""))
    archive.catalogue.add_article(changed)
    sighting = Sighting(clip=clip.id, state=PassageState.REMOVED, first_at=NOW, last_at=NOW, article=changed.id)
    archive.catalogue.record_look(Watch(url=clip.url, since=NOW, due=NOW), [sighting])
    page = editor.get("/desk/altered/").content.decode().split('<ol class="passage-states">')[1]
    assert page.index("stands") < page.index(THIRD) < page.index("gone") < page.index(FIRST)
