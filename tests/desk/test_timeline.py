"""Editors keep a timeline: what happened when, in their words, documented by clips."""

import re
from datetime import date

import pytest
from tests.desk.material import NOW

from chronik.archive import checklist
from chronik.catalogue.models import DossierRow
from chronik.desk import actions, timeline
from chronik.desk.timeline_forms import iso
from chronik.errors import ConflictError, NotFoundError, RefusedInputError
from chronik.publish.checklist import CheckKind
from chronik.publish.edition import edition
from chronik.publish.exports import as_json


def add(archive, dossier, begins, **labels):
    clips = labels.pop("clips", ())
    words = timeline.EventWords(begins=begins, labels=labels or {"de": begins}, clips=clips)
    archive.clock.advance(seconds=1)
    act = timeline.add_event(archive.catalogue, dossier.slug, words=words, by="eva", now=archive.clock())
    return act.detail["item"]


def begun(archive, dossier):
    return [one.begins for one in archive.the_dossier(dossier.slug).timeline]


def test_an_event_begins_with_what_its_clip_says(editor, archive, dossier, clip):
    actions.edit_clip(archive.catalogue, clip.id, happened=date(2020, 9, 27), by="eva", now=NOW)
    page = editor.get(f"/desk/dossiers/{dossier.slug}/timeline/?clip={clip.id}").content.decode()
    assert 'name="begins" value="2020-09-27"' in page
    assert re.search(r'name="words-de" value="Meldung 1"', page)
    assert re.search(rf'value="{clip.id}"[^>]*checked', page)
    sent = {"do": "add", "begins": "27.9.2020", "words-de": "Die Schleuse bleibt zu", "clips": [clip.id]}
    answer = editor.post(f"/desk/dossiers/{dossier.slug}/timeline/", sent)
    assert answer.status_code == 302
    (event,) = archive.the_dossier(dossier.slug).timeline
    assert (event.begins, dict(event.labels), event.clips) == (
        "2020-09-27",
        {"de": "Die Schleuse bleibt zu"},
        (clip.id,),
    )
    shown = editor.get(answer.headers["Location"]).content.decode()
    assert "Die Schleuse bleibt zu" in shown
    assert "data-undo-last" in shown


def test_events_stand_oldest_first_and_by_hand_where_dates_are_equal(archive, dossier, editor):
    for begins in ("2020-09-27", "2020", "2019-12", "2020-09-27", "2020-09"):
        add(archive, dossier, begins)
    assert begun(archive, dossier) == ["2019-12", "2020", "2020-09", "2020-09-27", "2020-09-27"]
    ids = [one.id for one in archive.the_dossier(dossier.slug).timeline]
    here = f"/desk/dossiers/{dossier.slug}/timeline/"
    editor.post(here, {"do": "up", "event": ids[4]})
    editor.post(here, {"do": "down", "event": ids[0]})
    assert [one.id for one in archive.the_dossier(dossier.slug).timeline] == [*ids[:3], ids[4], ids[3]]
    editor.post(f"{here}{ids[4]}/", {"begins": "1.2019", "ends": "2019", "words-fr": "Plus tôt"})
    assert begun(archive, dossier)[0] == "2019-01"
    editor.post(here, {"do": "remove", "event": ids[4]})
    assert begun(archive, dossier) == ["2019-12", "2020", "2020-09", "2020-09-27"]


def test_a_clip_is_added_to_an_event_and_keeps_its_place_while_it_is_away(archive, dossier, clip, editor):
    event = add(archive, dossier, "2020")
    here = f"/desk/dossiers/{dossier.slug}/timeline/"
    assert "The chosen clip documents it" in editor.get(f"{here}?clip={clip.id}").content.decode()
    editor.post(here, {"do": "document", "event": event, "clip": clip.id})
    actions.remove_clip(archive.catalogue, clip.id, by="eva", now=NOW)
    assert "documented by no clip" in editor.get(here).content.decode()
    editor.post(f"{here}{event}/", {"begins": "2020", "words-de": "Anders"})
    (held,) = archive.the_dossier(dossier.slug).timeline
    assert (held.labels, held.clips) == ({"de": "Anders"}, (clip.id,))


def test_readers_see_documented_events_only_and_the_checklist_says_which(archive, dossier, clip):
    shown = add(archive, dossier, "2020-09", de="Belegt", clips=[clip.id])
    hidden = add(archive, dossier, "2019", fr="Sans preuve")
    found = archive.the_dossier(dossier.slug)
    data = as_json(edition(found, archive.catalogue.clips(dossier.slug), [], published_at=NOW))
    assert data["timeline"] == [
        {"id": shown, "begins": "2020-09", "ends": "", "labels": {"de": "Belegt"}, "clips": [clip.id]}
    ]
    checks = {one.kind: one.subjects for one in checklist.checklist(archive, dossier.slug)}
    assert checks[CheckKind.UNDOCUMENTED] == (hidden,)
    assert checks[CheckKind.UNTRANSLATED] == (hidden,)


def test_the_checklist_leads_to_the_event(archive, dossier, editor):
    event = add(archive, dossier, "2020", de="Ohne Beleg")
    page = editor.get(f"/desk/dossiers/{dossier.slug}/checklist/").content.decode()
    assert re.search(rf'href="/desk/dossiers/{dossier.slug}/timeline/{event}/"><bdi dir="auto">Ohne Beleg', page)


@pytest.mark.parametrize(
    "begins", ["", "gestern", "2020-13", "2020-02-30", "20", "0000", "2020-9-1x", "\0", "９９９９"]
)
def test_what_is_no_date_is_refused(begins, archive, dossier, editor):
    with pytest.raises(RefusedInputError):
        add(archive, dossier, begins, de="x")
    sent = {"do": "add", "begins": begins, "words-de": "x"}
    assert editor.post(f"/desk/dossiers/{dossier.slug}/timeline/", sent).status_code == 422


def test_bad_events_are_refused(archive, dossier):
    catalogue, by = archive.catalogue, {"by": "eva", "now": NOW}
    good = {"begins": "2020-09", "labels": {"de": "x"}}
    for wrong, error in (
        ({"ends": "2019"}, RefusedInputError),
        ({"labels": {}}, RefusedInputError),
        ({"labels": {"de": "a" * 5_000}}, RefusedInputError),
        ({"labels": {"nicht so": "x"}}, RefusedInputError),
        ({"clips": ["nirgends"]}, ConflictError),
        ({"clips": [str(number) for number in range(99)]}, RefusedInputError),
    ):
        with pytest.raises(error):
            timeline.add_event(catalogue, dossier.slug, words=timeline.EventWords(**{**good, **wrong}), **by)
    with pytest.raises(NotFoundError):
        timeline.move_event(catalogue, dossier.slug, event="x", places=1, **by)
    assert timeline.EventWords(**good, ends="2020")
    assert DossierRow.objects.get(pk=dossier.slug).timeline == []


def test_dates_are_understood_day_first():
    assert [iso(one) for one in ("7.4.2020", "27. 09. 2020", "04/2020", " 2020 ", "x")] == [
        "2020-04-07",
        "2020-09-27",
        "2020-04",
        "2020",
        "x",
    ]
