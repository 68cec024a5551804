"""A dossier's history tells what was before and after, word by word, and takes single changes back."""

import re

import pytest
from tests.desk.material import NOW

from chronik.desk import actions, arrangement, dossier_history
from chronik.model import Verb


@pytest.fixture
def changed(archive, dossier, clip, clock):
    """A dossier whose introduction and clip were changed twice."""
    texts = ("Worum es hier geht.", "Worum es hier eigentlich geht.")
    for text in texts:
        clock.advance(minutes=1)
        actions.edit_dossier(
            archive.catalogue, dossier.slug, introductions={"de": text}, years="2020", by="eva", now=clock()
        )
    actions.edit_clip(archive.catalogue, clip.id, credit="Bote", happened=NOW.date(), by="bob", now=clock())
    return dossier


def page(editor, slug, query=""):
    return editor.get(f"/desk/dossiers/{slug}/history/{query}").content.decode()


def test_texts_are_told_word_by_word_and_other_fields_before_and_after(editor, changed):
    shown = page(editor, changed.slug)
    assert re.search(r"Worum es hier <ins><span[^>]*>put in: </span>eigentlich", shown)
    assert re.search(r"<dt>Happened on</dt>\s*<dd><del[^>]*><span[^>]*>before: </span>–</del>", shown)
    assert '<dt>Introductions <span class="tag">de</span></dt>' in shown


def test_the_history_is_filtered_and_paged(editor, changed, archive, monkeypatch):
    assert page(editor, changed.slug, "?who=bob").count('<li id="act-') == 1
    assert page(editor, changed.slug, "?kind=edit-dossier").count('<li id="act-') == 2
    assert "Nothing that fits" in page(editor, changed.slug, "?who=nobody&kind=%00&page=99999999999")
    first = dossier_history.page(archive, changed.slug, wanted=dossier_history.Asked(), page_acts=2)
    second = dossier_history.page(archive, changed.slug, wanted=dossier_history.Asked(page=2), page_acts=2)
    assert first.has_older
    assert len({told.act.id for told in (*first.told, *second.told)}) == 4
    assert (first.people, second.told[-1].act.verb) == (("bob", "eva"), Verb.CLIP)


def test_a_change_is_taken_back_from_its_history(editor, changed, archive, clip):
    edits = [act for act in archive.catalogue.acts(subject=changed.slug) if act.verb is Verb.EDIT_DOSSIER]
    shown = page(editor, changed.slug)
    assert f'value="{edits[0].id}"' in shown
    assert f'value="{edits[1].id}"' not in shown
    assert "Changed again since, so it cannot be taken back by itself" in shown
    there = f"/desk/dossiers/{changed.slug}/history/revert/"
    assert editor.post(there, {"act": edits[1].id}, follow=True).content.decode().count("was changed again since") == 1
    assert editor.post(there, {"act": edits[0].id}).status_code == 302
    assert archive.the_dossier(changed.slug).introductions == {"de": "Worum es hier geht."}
    assert "to take back an earlier change" in page(editor, changed.slug)
    assert editor.post("/desk/dossiers/nirgends/history/revert/", {"act": edits[0].id}).status_code == 404


def test_what_one_did_last_is_taken_back_with_a_key(editor, archive, dossier, clip, clock):
    arrangement.pin_clip(archive.catalogue, clip.id, by="eva", now=clock())
    here = f"/desk/dossiers/{dossier.slug}/"
    shown = editor.get(here).content.decode()
    assert "pinned as a key document the clip" in shown
    act = re.search(r'name="act" value="(\w+)"', shown)[1]
    clock.advance(minutes=1)
    answer = editor.post(f"{here}history/revert/", {"act": act, "next": here})
    assert answer.headers["Location"] == f"{here}?clip={clip.id[:12]}#clip-{clip.id[:12]}"
    assert archive.the_dossier(dossier.slug).pinned == ()
    shown = editor.get(here).content.decode()
    assert "eva</bdi> clipped" in shown, "and what was done before it is offered next"
    clock.advance(hours=2)
    assert "data-undo-last" not in editor.get(here).content.decode()


def test_acts_of_sections_are_told_by_their_names(editor, archive, dossier, clip, clock):
    section = arrangement.add_section(archive.catalogue, dossier.slug, names={"de": "Ursachen"}, by="eva", now=clock())
    clock.advance(minutes=1)
    item = section.detail["item"]
    arrangement.file_clip(archive.catalogue, clip.id, section=item, by="eva", now=clock())
    clock.advance(minutes=1)
    arrangement.remove_section(archive.catalogue, dossier.slug, section=item, by="eva", now=clock())
    shown = page(editor, dossier.slug)
    assert shown.count('„<bdi dir="auto">Ursachen</bdi>“') == 2
    assert re.search(r"<dt>Section</dt>.*?after: </span>Ursachen</ins>", shown, re.DOTALL)
