"""What editors see and do on the desk's pages."""

import re
from dataclasses import replace
from html import unescape

import pytest
from tests.desk.material import NOW, make_article
from tests.fakes.fetch import FakeFetch, FakePage

from chronik import wiring
from chronik.archive.reading import index_due
from chronik.catalogue.models import ArticleRow
from chronik.desk import actions, inbox, tour
from chronik.errors import BusyError
from chronik.model import Act, Clip, DossierOrder, Feed, Source, SourceKind, UnreadEntry, Verb
from chronik.ports import Poll

QUOTE = "Die Schleuse blieb geschlossen."
RSS_HEADERS = (("Content-Type", "application/rss+xml"),)
RSS = """<rss version="2.0"><channel><title>Talbote</title><link>https://talbote.example/</link>
<item><title>A</title><link>https://talbote.example/a.html</link></item></channel></rss>"""


def text_of(answer):
    """What a page says, without its markup."""
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", answer.content.decode())).split())


def titles(answer):
    return [unescape(found) for found in re.findall(r'row-title"><bdi[^>]*>([^<]*)</bdi>', answer.content.decode())]


def older(answer):
    found = re.search(r'href="\?([^"]*)" rel="next"', answer.content.decode())
    return unescape(found[1]) if found else None


# Inbox


def test_an_empty_archive_says_what_to_do_next(editor):
    assert "Follow a feed" in text_of(editor.get("/desk/"))


def test_an_inbox_that_waits_says_for_what(editor, archive, article):
    archive.catalogue.add_feed(Feed(url="https://talbote.example/feed"), due_at=NOW)
    editor.post(f"/desk/articles/{article.id}/done/")
    assert "All done" in text_of(editor.get("/desk/"))


def test_pages_of_the_inbox_neither_overlap_nor_leave_out(editor, archive):
    for number in range(123):
        archive.catalogue.add_article(make_article(number, published="2026-04-01" if number % 2 else "2026-04-02"))
    seen = []
    query = ""
    for size in (50, 50, 23):
        answer = editor.get(f"/desk/?{query}")
        assert len(titles(answer)) == size
        seen += titles(answer)
        # What arrives or is done meanwhile moves no page.
        archive.catalogue.add_article(make_article(1_000 + size, published="2026-04-30"))
        ArticleRow.objects.filter(title=seen[-1]).update(done_at=NOW)
        query = older(answer)
    assert query is None
    assert len(set(seen)) == 123


@pytest.mark.parametrize(
    "after", ["x", "2026-04-01~", "~", "2026-04-01T00:00:00+00:00~" + "z" * 5_000, "9999-12-31T23:59:59-23:59~a"]
)
@pytest.mark.parametrize("name", ["after", "language", "source", "words", "show"])
def test_the_inbox_takes_any_filter(editor, article, name, after):
    assert editor.get("/desk/", {name: after}).status_code == 200


def test_the_inbox_can_be_narrowed(editor, archive):
    archive.catalogue.add_article(make_article(1, language="de", title="Eins", text="Der Bach rauscht."))
    archive.catalogue.add_article(make_article(2, language="fr", title="Deux", text="Le ruisseau."))
    index_due(archive)
    assert titles(editor.get("/desk/")) == ["Deux", "Eins"]
    assert titles(editor.get("/desk/?language=fr")) == ["Deux"]
    assert titles(editor.get("/desk/?words=rauscht")) == ["Eins"]
    assert titles(editor.get("/desk/?words=rauscht&language=fr")) == []
    assert "Nothing here fits" in text_of(editor.get("/desk/?source=tass"))


def test_the_older_page_keeps_the_filters(editor, archive, monkeypatch):
    monkeypatch.setattr(inbox, "PAGE_ROWS", 2)
    for number in range(5):
        archive.catalogue.add_article(make_article(number, language="fr" if number else "de"))
    answer = editor.get("/desk/?language=fr")
    assert len(titles(answer)) == 2
    assert len(titles(editor.get(f"/desk/?{older(answer)}"))) == 2


def test_stars_and_done_marks_are_set_and_taken_back(editor, article):
    path = f"/desk/articles/{article.id}"
    assert (
        editor.post(f"{path}/star/", {"starred": "1", "next": "/desk/?language=de"}).headers["Location"]
        == "/desk/?language=de"
    )
    assert titles(editor.get("/desk/?show=starred")) == ["Meldung 1"]
    editor.post(f"{path}/star/", {"starred": "0"})
    assert titles(editor.get("/desk/?show=starred")) == []
    editor.post(f"{path}/done/", {"done": "1"})
    assert (titles(editor.get("/desk/")), titles(editor.get("/desk/?show=done"))) == ([], ["Meldung 1"])
    editor.post(f"{path}/done/", {"done": "0"})
    assert titles(editor.get("/desk/")) == ["Meldung 1"]


def test_a_script_gets_no_page_back(editor, article):
    answer = editor.post(f"/desk/articles/{article.id}/star/", {"starred": "1"}, headers={"x-chronik-script": "1"})
    assert (answer.status_code, answer.content) == (204, b"")


def test_an_inbox_of_thousands_asks_few_questions(editor, archive, django_assert_max_num_queries):
    for number in range(60):
        archive.catalogue.add_article(make_article(number))
    with django_assert_max_num_queries(17):  # four of them for the first steps, one for who is silent, once an hour
        editor.get("/desk/")
    editor.cookies[tour.COOKIE] = tour.OFF
    with django_assert_max_num_queries(12):
        editor.get("/desk/")


# Article


def test_an_article_shows_its_text_in_its_language(editor, archive):
    made = make_article(1, language="ar", title="عنوان", text="فقرة أولى.\n\nفقرة <b>ثانية</b>.")
    archive.catalogue.add_article(made)
    page = editor.get(f"/desk/articles/{made.id}/").content.decode()
    assert '<article class="text" lang="ar" dir="rtl"' in page
    assert '<bdi dir="auto" lang="ar">عنوان</bdi>' in page
    assert 'id="p2"' in page
    assert "فقرة &lt;b&gt;ثانية&lt;/b&gt;." in page
    assert "taken in without capture" in page
    assert '<p class="dateline"><bdi lang="en" dir="ltr">' in page  # the line begins where the title does


def test_markup_in_what_was_taken_in_stays_text(editor, archive):
    evil = '"><script>alert(1)</script>{{7*7}}{% load x %}'
    made = make_article(
        1, title=evil, source=evil, authors=(evil,), url=f"https://x.example/{evil}", text=evil, made_by=evil
    )
    archive.catalogue.add_article(made)
    for path in ("/desk/", f"/desk/articles/{made.id}/"):
        page = editor.get(path).content.decode()
        assert "<script>alert" not in page
        assert "{{7*7}}" in page


@pytest.mark.parametrize(
    "published",
    [
        "0001-01-01",
        "0001-01-01T00:00:00+14:00",
        "9999-12-31",
        "9999-12-31T23:59:59-12:00",
        "9999-12-31T23:59:59+00:00",
        "gestern",
        "2026-04-01T10:00:00",
        "2026-W14-3",
        "",
    ],
)
def test_a_page_may_claim_any_date(editor, archive, published):
    made = make_article(1, published=published)
    archive.catalogue.add_article(made)
    for path in ("/desk/", f"/desk/articles/{made.id}/"):
        assert editor.get(path).status_code == 200


@pytest.mark.parametrize("url", ["javascript:alert(1)", "urn:sha256:0", "data:text/html,x", ""])
def test_only_web_addresses_are_linked(editor, archive, url):
    made = make_article(1, url=url)
    archive.catalogue.add_article(made)
    page = editor.get(f"/desk/articles/{made.id}/").content.decode()
    assert not url or f'href="{url}' not in page


def test_an_article_is_found_by_the_beginning_of_its_id(editor, article):
    assert editor.get(f"/desk/articles/{article.id[:16]}/").headers["Location"] == f"/desk/articles/{article.id}/"


def test_what_was_clipped_is_marked_in_the_text(editor, article, clip):
    page = editor.get(f"/desk/articles/{article.id}/").content.decode()
    assert f'<mark id="clip-{clip.id[:12]}">{QUOTE}</mark>' in page


def test_versions_of_one_address_lead_to_each_other(editor, archive):
    first = make_article(1, text="Alt.", read_at=NOW)
    second = make_article(2, url=first.url, text="Neu.", read_at=NOW.replace(hour=13))
    for made in (first, second):
        archive.catalogue.add_article(made)
    page = editor.get(f"/desk/articles/{first.id}/").content.decode()
    assert "Versions of this page" in page
    assert f'href="/desk/articles/{second.id}/"' in page
    assert titles(editor.get("/desk/")) == ["Meldung 2"]


# Clipping


def clip_form(dossier="", **fields):
    return {"quote": QUOTE, "dossier": dossier, "credit": "Talbote"} | fields


def test_a_passage_is_clipped(editor, archive, article, dossier):
    answer = editor.post(
        f"/desk/articles/{article.id}/clip/", clip_form(dossier.slug, happened="2026-04-01", note="Notiz")
    )
    (clip,) = archive.catalogue.clips(dossier.slug)
    assert answer.headers["Location"] == f"/desk/articles/{article.id}/#clip-{clip.id[:12]}"
    assert (clip.excerpt, clip.note, str(clip.happened)) == (QUOTE, "Notiz", "2026-04-01")
    assert archive.catalogue.acts(limit=1)[0].by == "eva"
    assert "Die Schleuse" in text_of(editor.get(f"/desk/articles/{article.id}/"))


def test_a_passage_opens_a_new_dossier(editor, archive, article):
    editor.post(f"/desk/articles/{article.id}/clip/", clip_form(new_name="Der Bach"))
    (made,) = archive.catalogue.dossiers()
    assert (made.slug, made.names, len(archive.catalogue.clips(made.slug))) == ("der-bach", {"en": "Der Bach"}, 1)


@pytest.mark.parametrize(
    "bad",
    [
        {"quote": "Das steht da nicht."},
        {"quote": ""},
        {"quote": "x" * 60_000},
        {"dossier": "nirgends"},
        {"dossier": ""},
        {"happened": "gestern"},
        {"happened": "2026-02-30"},
        {"quote": "a\0b"},
    ],
)
def test_what_cannot_be_clipped_is_told_beside_the_form(editor, archive, article, dossier, bad):
    answer = editor.post(f"/desk/articles/{article.id}/clip/", clip_form(dossier.slug) | bad)
    assert answer.status_code == 422
    assert "error" in answer.content.decode()
    assert archive.catalogue.clips(dossier.slug) == []


def test_a_wrong_passage_leaves_no_empty_dossier(editor, archive, article):
    editor.post(f"/desk/articles/{article.id}/clip/", clip_form(new_name="Leer", quote="Nein."))
    assert archive.catalogue.dossiers() == []


def test_a_passage_clipped_twice_is_told(editor, article, dossier, clip):
    answer = editor.post(f"/desk/articles/{article.id}/clip/", clip_form(dossier.slug))
    assert answer.status_code == 422
    assert "already" in text_of(answer)


def test_the_dossier_used_last_is_offered_first(editor, archive, article):
    for name in ("Anna", "Berta", "Cäsar"):
        actions.new_dossier(archive.catalogue, names={"de": name}, by="eva", now=NOW)
    for slug, quote in (("caesar", "Der Bach"), ("berta", "Niemand")):
        editor.post(f"/desk/articles/{article.id}/clip/", clip_form(slug, quote=quote))
    page = editor.get(f"/desk/articles/{article.id}/").content.decode()
    assert re.findall(r'<option value="([a-z]*)"', page) == ["berta", "caesar", "anna", ""]


# Dossiers


def test_a_dossier_is_opened_with_names_in_several_languages(editor, archive):
    form = {"main": "en", "name-de": "Bach", "name-en": "Brook", "introduction-fr": "Un ruisseau."}
    answer = editor.post("/desk/new-dossier/", form | {"order": "by-hand", "years": "2026", "notes": "geheim"})
    assert answer.headers["Location"] == "/desk/dossiers/brook/"
    made = archive.catalogue.dossier("brook")
    assert (list(made.names), made.introductions) == (["en", "de"], {"fr": "Un ruisseau."})
    assert (made.order, made.years, made.notes) == (DossierOrder.BY_HAND, "2026", "geheim")


@pytest.mark.parametrize("bad", [{}, {"name-de": "Bach"}, {"main": "xx"}, {"order": "anders"}, {"name-en": "x" * 301}])
def test_a_dossier_without_a_name_is_not_opened(editor, archive, bad):
    answer = editor.post("/desk/new-dossier/", {"main": "en", "order": "newest-first"} | bad)
    assert answer.status_code == 422
    assert archive.catalogue.dossiers() == []


def test_another_language_can_be_added(editor, archive, dossier):
    path = f"/desk/dossiers/{dossier.slug}/edit/?language=ar"
    assert 'name="name-ar"' in editor.get(path).content.decode()
    form = {"main": "de", "order": "newest-first", "name-de": "Die Schleuse", "name-ar": "الهويس"}
    assert editor.post(path, form).status_code == 302
    assert archive.catalogue.dossier(dossier.slug).names == {"de": "Die Schleuse", "ar": "الهويس"}
    assert '<div lang="ar" dir="rtl">' in editor.get(f"/desk/dossiers/{dossier.slug}/").content.decode()


@pytest.mark.parametrize("language", ["", "x", "12", "<b>", "a" * 99])
def test_what_is_no_language_adds_none(editor, dossier, language):
    page = editor.get(f"/desk/dossiers/{dossier.slug}/edit/", {"language": language}).content.decode()
    assert re.findall(r'name="name-([^"]*)"', page) == ["de", "en", "fr"]


def test_clips_stand_in_the_dossiers_order(editor, archive, article, dossier, clock):
    for quote in ("Der Müller", "Niemand", "Der Bach"):
        actions.clip(archive.catalogue, article_id=article.id, dossier=dossier.slug, quote=quote, by="eva", now=clock())
        clock.advance(hours=1)

    def shown():
        page = editor.get(f"/desk/dossiers/{dossier.slug}/").content.decode()
        return re.findall(r"<blockquote[^>]*><p>([^<]*)</p>", page)

    assert shown() == ["Der Bach", "Niemand", "Der Müller"]
    actions.edit_dossier(archive.catalogue, dossier.slug, by="eva", now=clock(), order=DossierOrder.OLDEST_FIRST)
    assert shown() == ["Der Müller", "Niemand", "Der Bach"]
    actions.edit_dossier(archive.catalogue, dossier.slug, by="eva", now=clock(), order=DossierOrder.BY_HAND)
    first = archive.catalogue.clips(dossier.slug)[0]
    editor.post(f"/desk/clips/{first.id}/move/", {"to": "down"})
    assert shown() == ["Niemand", "Der Bach", "Der Müller"]
    assert editor.post(f"/desk/clips/{first.id}/move/", {"to": "sideways"}).status_code == 302


def test_removing_a_clip_can_be_undone(editor, archive, dossier, clip):
    answer = editor.post(f"/desk/clips/{clip.id}/remove/")
    assert archive.catalogue.clips(dossier.slug) == []
    page = editor.get(answer.headers["Location"])
    assert "Undo" in text_of(page)
    editor.post(f"/desk/clips/{clip.id}/restore/")
    assert archive.catalogue.clip(clip.id) == clip
    assert "The clip was removed." not in text_of(editor.get(answer.headers["Location"]))


def test_a_clip_is_edited(editor, archive, dossier, clip):
    page = editor.get(f"/desk/clips/{clip.id}/edit/").content.decode()
    assert QUOTE in page
    form = {"title": "Neu", "credit": "dpa", "excerpt": QUOTE, "language": "de", "url": clip.url}
    answer = editor.post(f"/desk/clips/{clip.id}/edit/", form | {"published": "2026-04-02", "note": "Notiz"})
    assert answer.headers["Location"] == f"/desk/dossiers/{dossier.slug}/?clip={clip.id[:12]}#clip-{clip.id[:12]}"
    changed = archive.catalogue.clip(clip.id)
    assert (changed.title, changed.credit, changed.note) == ("Neu", "dpa", "Notiz")
    wrong = editor.post(f"/desk/clips/{clip.id}/edit/", form | {"excerpt": "Erfunden."})
    assert (wrong.status_code, archive.catalogue.clip(clip.id)) == (422, changed)


def test_editing_a_clip_as_it_stands_changes_nothing(editor, archive, dossier):
    excerpt = "Erster.\n\n  Zweiter,\nzweite Zeile."
    taken_in = Clip(id="x" * 64, dossier=dossier.slug, title="T", excerpt=excerpt, clipped_at=NOW, as_received="roh")
    archive.catalogue.add_clip(taken_in, Act(at=NOW, by="eva", verb=Verb.IMPORT, subject=dossier.slug))
    form = {"title": "T", "credit": "", "excerpt": excerpt.replace("\n", "\r\n"), "language": "und"}
    editor.post(f"/desk/clips/{taken_in.id}/edit/", form)
    assert archive.catalogue.clip(taken_in.id) == taken_in


def test_a_broken_entry_waits_until_it_is_mended(editor, archive, dossier):
    entry = UnreadEntry(
        id="e" * 64, dossier=dossier.slug, position=1, line=41, reason="no time", text="01.04.2026 [ x ]\n"
    )
    archive.catalogue.take_in(dossier, [], [entry], Act(at=NOW, by="eva", verb=Verb.IMPORT, subject=dossier.slug))
    assert "Line 41 : no time" in text_of(editor.get(f"/desk/dossiers/{dossier.slug}/"))
    path = f"/desk/dossiers/{dossier.slug}/entries/{entry.id}/"
    assert editor.post(path, {"text": "immer noch kaputt"}).status_code == 422
    assert editor.post(path, {"text": "01.04.2026 - 10:00 [ x ]\r\n\r\nTitel\r\n\r\nText."}).status_code == 302
    assert [clip.title for clip in archive.catalogue.clips(dossier.slug)] == ["Titel"]
    assert editor.get(path).status_code == 404


def test_the_history_tells_old_and_new(editor, archive, dossier, clip):
    actions.edit_clip(archive.catalogue, clip.id, by="ali", now=NOW, title="Anders", note="neu")
    actions.edit_dossier(archive.catalogue, dossier.slug, by="ali", now=NOW, names={"de": "Bach"})
    said = text_of(editor.get(f"/desk/dossiers/{dossier.slug}/history/"))
    assert "eva opened the dossier" in said
    assert "ali changed the clip" in said
    assert "Title taken out: Meldung 1 ; put in: Anders ;" in said
    assert "Names de taken out: Die Schleuse ; put in: Bach ;" in said


# Feeds, sources, search


def test_following_finds_the_feed(editor, archive):
    archive.fetch.pages = {"https://talbote.example/feed.xml": FakePage(body=RSS.encode(), headers=RSS_HEADERS)}
    assert editor.post("/desk/feeds/follow/", {"url": "talbote.example/feed.xml"}).status_code in {302, 422}
    assert editor.post("/desk/feeds/follow/", {"url": "https://talbote.example/feed.xml"}).status_code == 302
    (health,) = archive.catalogue.feeds()
    assert (health.feed.url, health.feed.title) == ("https://talbote.example/feed.xml", "Talbote")
    assert "followed already" in text_of(
        editor.post("/desk/feeds/follow/", {"url": "https://talbote.example/feed.xml"}, follow=True)
    )


def test_a_feed_is_followed_and_stopped(editor, archive):
    url = "https://talbote.example/feed.xml"
    archive.catalogue.add_feed(Feed(url=url, title="Talbote"), due_at=NOW)
    assert "due now" in text_of(editor.get("/desk/feeds/"))
    editor.post("/desk/feeds/stop/", {"url": url})
    assert "stopped" in text_of(editor.get("/desk/feeds/"))
    assert editor.post("/desk/feeds/ask/", {"url": url}).status_code == 409
    editor.post("/desk/feeds/again/", {"url": url})
    editor.post("/desk/feeds/ask/", {"url": url})
    assert archive.catalogue.feeds()[0].next_due == NOW


def test_a_feeds_failure_is_told_in_words(editor, archive):
    archive.catalogue.add_feed(Feed(url="https://x.example/f"), due_at=NOW)
    (health,) = archive.catalogue.feeds()
    archive.catalogue.record_poll(Poll(health=replace(health, failures=3, failure="timeout: no answer after 30 s")))
    said = text_of(editor.get("/desk/feeds/"))
    assert "took too long to answer (no answer after 30 s)" in said
    assert "3 failures in a row" in said


def test_a_feed_that_moved_shows_both_addresses(editor, archive):
    old, new = "https://talbote.example/feed.xml", "https://talbote.example/rss/"
    archive.catalogue.add_feed(Feed(url=old), due_at=NOW)
    (health,) = archive.catalogue.feeds()
    archive.catalogue.record_poll(Poll(health=replace(health, asks_url=new, moved_since=NOW)))
    said = text_of(editor.get("/desk/feeds/"))
    assert old in said
    assert "moved for good, asked at" in said
    assert new in said


@pytest.mark.parametrize(
    "url", ["", "x", "javascript:alert(1)", "file:///etc/passwd", "https://nirgends.example/", "http://[::1"]
)
def test_what_leads_to_no_feed_is_told(editor, archive, url):
    answer = editor.post("/desk/feeds/follow/", {"url": url})
    assert answer.status_code == 422
    assert archive.catalogue.feeds() == []


@pytest.mark.parametrize("act", ["stop", "again", "ask"])
def test_a_feed_that_is_not_followed_is_a_404(editor, act):
    assert editor.post(f"/desk/feeds/{act}/", {"url": "https://x.example/"}).status_code == 404


def test_search_finds_articles_and_clips(editor, archive, article, clip):
    answer = editor.get("/desk/search/?q=Schleuse")
    assert titles(answer) == ["Meldung 1", "Meldung 1"]
    assert "<mark>Schleuse</mark>" in answer.content.decode()
    assert titles(editor.get("/desk/search/?q=kind:clip+Schleuse")) == ["Meldung 1"]
    assert "Nothing in the archive" in text_of(editor.get("/desk/search/?q=Unauffindbares"))


@pytest.mark.parametrize("query", ['"', "AND OR (", "lang:", "\0", "a" * 5_000, "*", "from:gestern", "\ud7ff", "💧"])
@pytest.mark.parametrize("page", ["1", "0", "-1", "x", "99999", "٣"])
def test_search_takes_any_query(editor, article, query, page):
    assert editor.get("/desk/search/", {"q": query, "page": page}).status_code == 200


def test_the_sample_says_that_it_is_one(editor, archive, settings):
    assert "sample newsroom" not in text_of(editor.get("/desk/"))
    settings.CHRONIK = replace(settings.CHRONIK, sample=True)
    archive.catalogue.add_feed(Feed(url="http://talbote.localhost:8471/rss.xml"), due_at=NOW)
    page = editor.get("/desk/")
    assert "This archive holds the sample newsroom" in text_of(page)
    assert 'action="/desk/sample/remove/"' in page.content.decode()


def test_removing_the_sample_is_one_click_unless_own_clips_would_go(editor, archive, dossier, settings):
    settings.CHRONIK = replace(settings.CHRONIK, sample=True)
    archive.catalogue.add_feed(Feed(url="http://talbote.localhost:8471/rss.xml"), due_at=NOW)
    page = text_of(editor.get("/desk/"))
    assert "Remove the sample" in page
    assert "Remove it for good" not in page
    sample = make_article(5, url="http://talbote.localhost:8471/5.html")
    archive.catalogue.add_article(sample)
    passage = {"article_id": sample.id, "dossier": dossier.slug, "quote": "Die Schleuse"}
    actions.clip(archive.catalogue, **passage, by="eva", now=NOW)
    page = text_of(editor.get("/desk/"))
    assert "1 clip of your own dossiers goes with them." in page
    assert "Remove it for good" in page


def test_every_language_is_named_in_its_own_words(editor):
    for language in ("de", "fr", "en"):
        page = text_of(editor.get("/desk/account/", headers={"accept-language": language}))
        assert "Deutsch English Français" in " ".join(page.split())


def test_an_author_who_is_the_source_is_not_repeated(editor, archive):
    archive.catalogue.add_article(make_article(7, source="Talbote", authors=("TALBOTE", "Eva Brand")))
    page = editor.get(f"/desk/articles/{make_article(7).id}/").content.decode()
    assert "Eva Brand" in page
    assert "TALBOTE" not in page


def test_foreign_words_stand_in_no_german_quotation_marks(editor, article, clip):
    page = editor.get(f"/desk/articles/{article.id}/").content.decode()
    assert re.search(r'<q [^>]*lang="de"[^>]*>Die Schleuse', page)
    assert "„Die Schleuse" not in page


def test_the_source_filter_offers_only_who_wrote_something(editor, archive):
    archive.catalogue.add_sources(
        [
            Source(
                id=name, names={"und": name.title()}, kind=SourceKind.NEWSPAPER, home_page=f"https://{name}.example/"
            )
            for name in ("talbote", "stummblatt")
        ]
    )
    archive.catalogue.add_article(make_article(8, source="Talbote", source_id="talbote"))
    page = editor.get("/desk/").content.decode()
    assert 'value="talbote"' in page
    assert 'value="stummblatt"' not in page


def test_work_that_another_process_does_is_told_as_such(editor, archive, monkeypatch):
    def busy(*_arguments, **_fields):
        raise BusyError("Another process is at it.")

    monkeypatch.setattr(archive.index, "search", busy)
    answer = editor.get("/desk/search/?q=x")
    assert answer.status_code == 503
    assert "Another process is at it." in text_of(answer)


def test_a_slow_site_does_not_hold_the_desk(editor, archive, clock, monkeypatch):
    def slow(ask):
        clock.advance(seconds=20)
        return fetch(ask)

    fetch = FakeFetch({"https://talbote.example/": "<html><p>kein Feed</p></html>"})
    monkeypatch.setattr(wiring, "current", lambda: replace(archive, fetch=slow))
    answer = editor.post("/desk/feeds/follow/", {"url": "https://talbote.example/"})
    assert answer.status_code == 422
    assert "too slowly" in text_of(answer)
    assert len(fetch.asked) == 2
