"""Editors divide a dossier into sections, pin key documents, and say what happened when; readers see it so."""

import json
import re

import pytest
from django.test import Client
from tests.desk.material import NOW, make_article

from chronik.desk import actions, arrangement, timeline
from chronik.errors import NotFoundError, RefusedInputError
from chronik.publish.edition import edition
from chronik.publish.exports import as_json

QUOTES = ("Die Schleuse blieb geschlossen.", "Der Bach stand still.", "Niemand wusste davon.")


@pytest.fixture
def clips(archive, dossier):
    report = make_article(7, text="\n\n".join(QUOTES))
    archive.catalogue.add_article(report)
    return [
        actions.clip(archive.catalogue, article_id=report.id, dossier=dossier.slug, quote=quote, by="eva", now=NOW).id
        for quote in QUOTES
    ]


def section(archive, slug, **names):
    return arrangement.add_section(archive.catalogue, slug, names=names, by="eva", now=archive.clock()).detail["item"]


def published(archive, slug):
    found = archive.the_dossier(slug)
    return edition(found, archive.catalogue.clips(slug), archive.catalogue.sources(), published_at=NOW)


def test_clips_stand_in_the_sections_where_an_editor_puts_them(archive, dossier, clips, editor, clock):
    causes = section(archive, dossier.slug, de="Ursachen", fr="Causes")
    clock.advance(minutes=1)
    effects = section(archive, dossier.slug, de="Folgen")
    place = f"/desk/clips/{clips[0]}/section/"
    assert editor.post(place, {"section": effects}).headers["Location"].endswith(f"#clip-{clips[0][:12]}")
    page = editor.get(f"/desk/dossiers/{dossier.slug}/").content.decode()
    headings = re.findall(r'class="section-heading"[^>]*>(?:<bdi[^>]*>)?([^<]+)<', page)
    assert headings == ["Folgen", "In no section"]
    data = as_json(published(archive, dossier.slug))
    assert data["sections"] == [{"id": effects, "names": {"de": "Folgen"}}]
    assert [clip.get("section") for clip in data["clips"]] == [effects, None, None]
    editor.post(f"/desk/dossiers/{dossier.slug}/sections/", {"do": "remove", "section": effects})
    assert "sections" not in as_json(published(archive, dossier.slug))
    assert [one.id for one in archive.the_dossier(dossier.slug).sections] == [causes]
    assert editor.post(place, {"section": effects}).status_code == 302
    assert archive.catalogue.clip(clips[0]).section == effects, "kept for when the section comes back"


def test_sections_are_added_renamed_and_put_in_order_with_plain_forms(archive, dossier, editor, clock):
    here = f"/desk/dossiers/{dossier.slug}/sections/"
    for name in ("Ursachen", "Folgen"):
        assert editor.post(here, {"do": "add", "words-de": name}).status_code == 302
        clock.advance(minutes=1)
    first, second = archive.the_dossier(dossier.slug).sections
    editor.post(here, {"do": "down", "section": first.id})
    editor.post(here, {"do": "rename", "section": second.id, "words-fr": " Suites ", "words-de": "Folgen"})
    now = archive.the_dossier(dossier.slug).sections
    assert [(one.id, dict(one.names)) for one in now] == [
        (second.id, {"de": "Folgen", "fr": "Suites"}),
        (first.id, {"de": "Ursachen"}),
    ]
    wrong = editor.post(here, {"do": "add", "words-de": " "})
    assert wrong.status_code == 422
    assert "at least one language" in wrong.content.decode()
    assert editor.post(here, {"do": "up", "section": "nirgends"}).status_code == 302
    assert [one.id for one in archive.the_dossier(dossier.slug).sections] == [second.id, first.id]


def test_a_key_document_stands_on_top_and_as_a_line_where_it_belongs(archive, dossier, clips, editor):
    for clip in clips[:2]:
        editor.post(f"/desk/clips/{clip}/pin/", {"to": "pinned"})
    editor.post(f"/desk/clips/{clips[1]}/pin/", {"to": "up"})
    assert archive.the_dossier(dossier.slug).pinned == (clips[1], clips[0])
    page = editor.get(f"/desk/dossiers/{dossier.slug}/").content.decode()
    ids = re.findall(r'<li class="clip" id="clip-(\w+)"', page)
    assert ids == [clip[:12] for clip in (clips[1], clips[0], clips[2])]
    assert page.count('class="clip pinned-line"') == 2
    actions.remove_clip(archive.catalogue, clips[1], by="eva", now=NOW)
    assert as_json(published(archive, dossier.slug))["pinned"] == [clips[0]]
    actions.restore_clip(archive.catalogue, clips[1], by="eva", now=NOW)
    assert as_json(published(archive, dossier.slug))["pinned"] == [clips[1], clips[0]]
    editor.post(f"/desk/clips/{clips[1]}/pin/", {"to": "unpinned"})
    assert archive.the_dossier(dossier.slug).pinned == (clips[0],)


def test_a_clip_moves_by_hand_among_those_of_its_section(archive, dossier, clips, editor):
    actions.edit_dossier(archive.catalogue, dossier.slug, order="by-hand", by="eva", now=NOW)
    one = section(archive, dossier.slug, de="Eins")
    standing = [clip.id for clip in archive.catalogue.clips(dossier.slug)]
    for clip in (standing[0], standing[2]):
        arrangement.file_clip(archive.catalogue, clip, section=one, by="eva", now=NOW)
    editor.post(f"/desk/clips/{standing[0]}/move/", {"to": "down"})
    shown = [clip.id for clip in published(archive, dossier.slug).clips]
    assert shown == [standing[2], standing[0], standing[1]]


def test_readers_see_sections_key_documents_and_the_timeline(archive, dossier, clips, editor):
    causes = section(archive, dossier.slug, de="Ursachen <b>", ar="الأسباب")
    arrangement.file_clip(archive.catalogue, clips[0], section=causes, by="eva", now=NOW)
    arrangement.pin_clip(archive.catalogue, clips[1], by="eva", now=NOW)
    words = timeline.EventWords(
        begins="2020-09", ends="2020-10-02", labels={"de": "Der Bach fällt trocken"}, clips=clips
    )
    timeline.add_event(archive.catalogue, dossier.slug, words=words, by="eva", now=NOW)
    undocumented = timeline.EventWords(begins="2020", labels={"de": "Geheim"})
    timeline.add_event(archive.catalogue, dossier.slug, words=undocumented, by="eva", now=NOW)
    page = editor.get(f"/desk/dossiers/{dossier.slug}/preview/?language=de").content.decode()
    main = page[page.index("<main") :]
    assert "Ursachen &lt;b&gt;" in main
    assert "Geheim" not in main
    assert re.findall(r"<h2 id=\"([\w-]+)\"", main) == ["key-documents", "timeline", f"s-{causes}", "s-none"]
    assert re.findall(r'<a href="#([\w-]+)">', main)[:4] == ["key-documents", "timeline", f"s-{causes}", "s-none"]
    assert main.count("<article") == 3
    names = re.findall(r'<article class="clip" id="(c-\w+)"', main)
    assert set(re.findall(r'<li><a href="#(c-\w+)">', main)) == set(names)
    assert '<time datetime="2020-09">September 2020</time>' in main
    assert re.search(r'class="pinned-line".*?href="#' + names[0], main, re.DOTALL)


def test_what_is_not_arranged_is_not_told(archive, dossier, clips):
    text = json.dumps(as_json(published(archive, dossier.slug)))
    assert not re.search(r'"(sections?|pinned|timeline)"', text)


def test_bad_arrangements_are_refused(archive, dossier, clips):
    catalogue, by = archive.catalogue, {"by": "eva", "now": NOW}
    with pytest.raises(RefusedInputError):
        arrangement.add_section(catalogue, dossier.slug, names={"de": "\0 \ud800"}, **by)
    with pytest.raises(RefusedInputError):
        arrangement.add_section(catalogue, dossier.slug, names={"de": "a" * 10_000}, **by)
    with pytest.raises(NotFoundError):
        arrangement.file_clip(catalogue, clips[0], section="nirgends", **by)
    with pytest.raises(NotFoundError):
        arrangement.pin_clip(catalogue, "nirgends", **by)


def test_a_reader_sees_sections_and_changes_none(archive, dossier):
    assert Client().get(f"/desk/dossiers/{dossier.slug}/sections/").status_code == 302
