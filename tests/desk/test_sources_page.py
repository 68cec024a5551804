"""Sources at the desk: their profile, the form, unknown credits and merging."""

import re
from dataclasses import replace

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from tests.desk.material import NOW, make_article
from tests.desk.test_desk_pages import text_of
from tests.desk.test_people import client_of

from chronik.archive import feed_trials, judging, sources
from chronik.archive.feed_trials import Doubt, Trial
from chronik.collect.entries import Entry
from chronik.desk.rights import Role
from chronik.model import Failure, FailureKind, Feed, Source, SourceKind
from chronik.model.source_records import source_state
from chronik.ports.relating import Side
from chronik.publish.feed_list import opml

TALBOTE = Source(
    id="talbote",
    names={"de": "Talbote", "fr": "Le Messager"},
    kind=SourceKind.NEWSPAPER,
    country="CH",
    hosts=("talbote.example",),
    made_by="chronik",
)
KREML = Source(id="kreml", names={"und": "Kreml"}, made_by="credit")
KREMLIN = Source(id="kremlin", names={"en": "Kremlin"}, kind=SourceKind.GOVERNMENT, made_by="chronik")


@pytest.fixture
def known(archive, dossier):
    archive.catalogue.add_sources([TALBOTE, KREML, KREMLIN])
    archive.catalogue.add_article(make_article(1, source_id="talbote"))
    archive.catalogue.add_article(make_article(2, source="Kreml", source_id="kreml", language="ru"))
    archive.catalogue.add_feed(Feed(url="https://talbote.example/feed"), due_at=NOW)
    side = Side(dossier=dossier.slug, key="valley", names={"de": "Das Tal"}, sources=("Talbote",))
    judging.define_side(archive, side, by="eva")
    return archive


def form_of(source, **fields):
    names = {f"name-{tag}": name for tag, name in source.names.items()}
    lists = {"aliases": "\n".join(source.aliases), "hosts": "\n".join(source.hosts)}
    plain = {"kind": str(source.kind), "country": source.country, "owner": source.owner}
    return {**names, **lists, **plain, "based_on": source_state(source), **fields}


def test_a_source_shows_all_that_is_known_of_it(editor, known):
    said = text_of(editor.get("/desk/sources/talbote/"))
    for words in ("Talbote", "Le Messager", "talbote.example", "newspaper", "2026-04", "Das Tal", "never"):
        assert words in said


def test_the_list_finds_sources_by_name_and_leads_to_them(editor, known):
    page = editor.get("/desk/sources/?q=messager").content.decode()
    assert "/desk/sources/talbote/" in page
    assert "/desk/sources/kremlin/" not in page
    assert editor.get("/desk/sources/?q=%00&page=x").status_code == 200


def test_an_edit_is_saved_shown_with_what_was_before_and_taken_back(editor, known):
    answer = editor.post("/desk/sources/talbote/edit/", form_of(TALBOTE, owner="Verlag Tal", **{"name-en": "Courier"}))
    assert answer.status_code == 302
    page = editor.get(answer.headers["Location"])
    assert "Verlag Tal" in text_of(page)
    assert "Courier" in text_of(page)
    (act,) = sources.history(known, "talbote")
    editor.post("/desk/undo/", {"act": act.id, "next": "/desk/sources/talbote/"})
    assert known.catalogue.source("talbote") == TALBOTE


def test_who_saves_later_is_shown_what_differs_and_loses_nothing(editor, known):
    form = form_of(TALBOTE, owner="Mine")
    sources.edit(known, "talbote", by="ada", owner="Hers", country="AT")
    answer = editor.post("/desk/sources/talbote/edit/", form)
    assert answer.status_code == 409
    assert "Hers" in text_of(answer)
    assert known.catalogue.source("talbote").owner == "Hers"
    now = known.catalogue.source("talbote")
    assert source_state(now) in answer.content.decode()
    editor.post("/desk/sources/talbote/edit/", {**form, "based_on": source_state(now)})
    assert known.catalogue.source("talbote").owner == "Mine"


@pytest.mark.parametrize(
    "wrong",
    [
        {"country": "Schweiz"},
        {"kind": "gazette"},
        {"hosts": "not a host"},
        {"quotation_characters": "900"},
        {"quotation_characters": "many"},
        {"aliases": "Kremlin"},
        {"name-de": "", "name-fr": ""},
    ],
)
def test_what_cannot_be_kept_is_told_in_the_form(editor, known, wrong):
    answer = editor.post("/desk/sources/talbote/edit/", form_of(TALBOTE, **wrong))
    assert answer.status_code == 422
    assert known.catalogue.source("talbote") == TALBOTE


def test_a_source_is_added_out_of_a_credit(editor, known):
    known.catalogue.add_article(make_article(3, source="Neue Zeit"))
    page = editor.get("/desk/new-source/?credit=Neue+Zeit").content.decode()
    assert 'value="Neue Zeit"' in page
    answer = editor.post("/desk/new-source/", {"name-und": "Neue Zeit", "credit": "Neue Zeit", "kind": "magazine"})
    assert answer.headers["Location"].startswith("/desk/sources/neue-zeit/?done=")
    assert known.catalogue.article(make_article(3).id).source_id == "neue-zeit"


def test_unknown_credits_come_with_a_reason_and_are_named_with_one_button(editor, known):
    said = text_of(editor.get("/desk/unknown-credits/"))
    assert "Kreml" in said
    assert "Kremlin in another language" in said
    answer = editor.post("/desk/unknown-credits/name/", {"credit": "Kreml", "source": "kremlin"})
    assert "Undo" in text_of(editor.get(answer.headers["Location"]))
    assert known.catalogue.article(make_article(2).id).source_id == "kremlin"
    assert editor.get("/desk/sources/kreml/").headers["Location"] == "/desk/sources/kremlin/"


def test_a_filter_for_a_merged_source_finds_what_is_its_now(editor, known):
    editor.post("/desk/merge-sources/", {"survivor": "kremlin", "other": "kreml"})
    assert "Meldung 2" in text_of(editor.get("/desk/?source=kreml"))


def test_a_credit_that_is_no_source_is_put_aside(editor, known):
    editor.post("/desk/unknown-credits/aside/", {"credit": "Kreml"})
    said = text_of(editor.get("/desk/unknown-credits/"))
    assert "Every credit names a source" in said
    assert "1 credit is no source" in said
    assert editor.post("/desk/unknown-credits/name/", {"credit": "", "source": "nobody"}).status_code == 302


def test_two_sources_are_shown_side_by_side_and_merged_by_chief_editors_only(editor, known):
    page = text_of(editor.get("/desk/merge-sources/?survivor=kremlin&other=kreml"))
    assert "What will change" in page
    form = {"survivor": "kremlin", "other": "kreml"}
    assert client_of("otto", Role.EDITOR).post("/desk/merge-sources/", form).status_code == 403
    answer = editor.post("/desk/merge-sources/", form)
    assert known.catalogue.article(make_article(2).id).source_id == "kremlin"
    assert "The two are one source now" in text_of(editor.get(answer.headers["Location"]))
    (act,) = sources.history(known, "kremlin")
    editor.post("/desk/undo/", {"act": act.id})
    assert known.catalogue.source("kreml").id == "kremlin"
    editor.post("/desk/merge-sources/undo/", {"act": act.id})
    assert known.catalogue.source("kreml") == KREML
    assert known.catalogue.source("kremlin") == KREMLIN


def test_what_is_not_there_is_no_error_in_merging(editor, known):
    for asked in ("survivor=x&other=y", "survivor=kreml&other=kreml", "survivor=%00&other=<script>"):
        answer = editor.get(f"/desk/merge-sources/?{asked}")
        assert answer.status_code == 200
        assert b"<script>" not in answer.content


def test_readers_see_and_change_nothing(known):
    client = client_of("rita", Role.READER)
    assert isinstance(client, Client)
    assert "/edit/" not in client.get("/desk/sources/talbote/").content.decode()
    assert client.post("/desk/sources/talbote/edit/", form_of(replace(TALBOTE, owner="x"))).status_code == 403


def test_clips_credit_a_source_as_its_editors_wish(editor, known, dossier):
    sources.edit(known, "talbote", by="eva", credit_style="Talbote, Hallwerd")
    path = f"/desk/articles/{make_article(1).id}/"
    assert 'value="Talbote, Hallwerd"' in editor.get(path).content.decode()
    form = {"dossier": dossier.slug, "quote": "Die Schleuse blieb geschlossen.", "credit": "Talbote, Hallwerd"}
    editor.post(f"{path}clip/", form)
    (clip,) = known.catalogue.clips(dossier.slug)
    assert (clip.credit, clip.source_id) == ("Talbote, Hallwerd", "talbote")


# Lists of feeds, and feeds that are looked at before they are followed


def sent(editor, data, name="feeds.opml"):
    return editor.post("/desk/feeds/list/", {"file": SimpleUploadedFile(name, data)})


def test_a_list_of_feeds_is_looked_through_then_taken_in(editor, known):
    data = opml([Feed(url="https://neu.example/a", title="A"), Feed(url="https://neu.example/b")], title="", at=NOW)
    page = sent(editor, data)
    assert "2 feeds of the list are new here" in text_of(page)
    kept = re.search(r'name="list" value="([^"]+)"', page.content.decode())[1]
    assert len(known.catalogue.feeds()) == 1
    editor.post("/desk/feeds/list/", {"list": kept, "without": "https://neu.example/b"})
    assert [health.feed.url for health in known.catalogue.feeds()] == [
        "https://neu.example/a",
        "https://talbote.example/feed",
    ]
    assert "https://neu.example/a" in editor.get("/desk/feeds/feeds.opml").content.decode()


@pytest.mark.parametrize("data", [b"", b"no list", b"\xff\xfe\x00"])
def test_what_is_no_list_is_told_at_the_desk(editor, data):
    assert sent(editor, data).status_code == 422


def test_a_preview_that_was_tampered_with_is_refused(editor):
    assert editor.post("/desk/feeds/list/", {"list": "x.y:z"}).status_code == 422


def test_a_feed_is_shown_before_it_is_followed(editor, known, monkeypatch):
    feed = Feed(url="https://neu.example/feed", title="Neu")
    entry = Entry(url="https://neu.example/1", title="Eins", published=NOW)
    trial = Trial(asked_url="neu.example", feed=feed, entries=(entry,), entry_count=1, doubts=(Doubt.ROBOTS,))
    monkeypatch.setattr(feed_trials, "tried", lambda *_: trial)
    said = text_of(editor.post("/desk/feeds/try/", {"url": "neu.example"}))
    assert "Eins" in said
    assert "robots.txt" in said
    assert len(known.catalogue.feeds()) == 1
    failed = replace(trial, feed=None, failure=Failure(kind=FailureKind.TIMEOUT, detail="no answer within 15 s"))
    monkeypatch.setattr(feed_trials, "tried", lambda *_: failed)
    answer = editor.post("/desk/feeds/try/", {"url": "neu.example"})
    assert answer.status_code == 422
    assert "took too long to answer (no answer within 15 s)" in text_of(answer)
