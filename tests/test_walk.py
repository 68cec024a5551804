"""One article's day: from a feed to a clip in a dossier that readers can open, on fakes and on the real adapters."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from chronik import config as configuration
from chronik.archive import Archive, adding, checking, collecting, following, searching
from chronik.desk import actions
from chronik.publish import exports
from chronik.publish.edition import edition
from tests.fakes.catalogue import MemoryCatalogue
from tests.fakes.fetch import FakeFetch, FakePage
from tests.fakes.index import MemoryIndex
from tests.fakes.vault import MemoryVault

NOW = datetime(2026, 5, 1, 12, 0, tzinfo=UTC)
FEED = "https://talbote.example/feed.xml"
PAGE = "https://talbote.example/2026/schleuse.html"
BROKEN = "https://talbote.example/2026/weg.html"
QUOTE = "Die Schleuse blieb bis zum Abend geschlossen"
PARAGRAPHS = [
    f"{QUOTE}, sagte die Sprecherin des Wasserverbands am Donnerstag. Der Bach führte kaum noch Wasser.",
    "Anwohner hatten seit Tagen auf die Entscheidung gewartet. Die Mühle steht seit März still, wie es hieß.",
    "Der Gemeinderat will in der kommenden Woche über den Antrag beraten und dann eine Frist setzen.",
]
FEED_XML = f"""<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0"><channel><title>Talbote</title><language>de</language><link>https://talbote.example/</link>
<item><title>Schleuse bleibt zu</title><link>{PAGE}</link><pubDate>Fri, 01 May 2026 08:00:00 +0200</pubDate></item>
<item><title>Weg</title><link>{BROKEN}</link><pubDate>Fri, 01 May 2026 07:00:00 +0200</pubDate></item>
</channel></rss>"""
PAGE_HTML = f"""<!doctype html><html lang="de"><head><meta charset="utf-8">
<title>Schleuse bleibt zu | Talbote</title>
<meta property="og:site_name" content="Talbote">
<meta property="og:title" content="Schleuse bleibt zu">
<meta property="article:published_time" content="2026-05-01T08:00:00+02:00"></head>
<body><nav><a href="/">Start</a></nav>
<article><h1>Schleuse bleibt zu</h1>{"".join(f"<p>{text}</p>" for text in PARAGRAPHS)}</article>
<footer>Impressum</footer></body></html>"""


class Clock:
    def __init__(self, now):
        self.now = now

    def __call__(self):
        return self.now


def pages():
    return {
        FEED: FakePage(body=FEED_XML.encode(), headers=(("Content-Type", "application/rss+xml"),), etag='"1"'),
        PAGE: FakePage(body=PAGE_HTML.encode()),
        "https://talbote.example/robots.txt": FakePage(body=b"User-agent: *\nAllow: /\n"),
    }


@pytest.fixture
def clock():
    return Clock(NOW)


@pytest.fixture(params=["fakes", "real"])
def archive(request, tmp_path, clock):
    settings = configuration.from_table(tmp_path, {"pace_s": 0.0})
    fetch = FakeFetch(pages(), clock=clock)
    if request.param == "fakes":
        parts = {"catalogue": MemoryCatalogue(), "index": MemoryIndex()}
        parts |= {"vault": MemoryVault(clock=clock), "sample_vault": MemoryVault(clock=clock)}
    else:
        request.getfixturevalue("db")
        parts = real_parts(tmp_path, clock)
    with Archive(config=settings, fetch=fetch, clock=clock, **parts) as archive:
        yield archive


def real_parts(folder, clock):
    from chronik.catalogue.store import DjangoCatalogue
    from chronik.preserve.vault import FolderVault
    from chronik.search.index import TantivyIndex

    return {
        "catalogue": DjangoCatalogue(),
        "index": TantivyIndex(folder / "index"),
        "vault": FolderVault(folder / "vault", software="test", clock=clock),
        "sample_vault": FolderVault(folder / "vault" / "sample", software="test", clock=clock),
    }


def test_an_article_goes_from_feed_to_dossier(archive, clock):
    followed = following.follow(archive, FEED, by="eva")
    assert followed.new

    collected = collecting.collect(archive)
    assert (collected.feeds, collected.leads, collected.pages, collected.pages_failed) == (1, 2, 1, 1)
    assert collected.articles == 1

    article = archive.catalogue.article(PAGE)
    assert article.title == "Schleuse bleibt zu"
    assert article.language == "de"
    assert article.published == "2026-05-01T08:00:00+02:00"
    assert article.paragraphs[-3:] == tuple(PARAGRAPHS)
    assert article.source_id

    dossier = actions.new_dossier(archive.catalogue, names={"de": "Der Mühlbach"}, by="eva", now=clock())
    clip = actions.clip(
        archive.catalogue, article_id=article.id, dossier=dossier.slug, quote=QUOTE, by="eva", now=clock()
    )
    assert clip.excerpt == QUOTE
    assert clip.capture_id == article.capture_id
    assert clip.text_digest == article.text_digest
    assert article.text[clip.passage.start : clip.passage.end] == QUOTE

    found = searching.search(archive, "schleuse")
    assert {type(item.noun).__name__ for item in found.found} == {"Article", "Clip"}

    whole = edition(dossier, archive.catalogue.clips(dossier.slug), archive.catalogue.sources(), published_at=clock())
    assert exports.as_json(whole)["clips"][0]["excerpt"] == QUOTE
    assert checking.verify(archive)[1] == ()


def test_a_second_round_finds_nothing_new_and_asks_conditionally(archive, clock):
    following.follow(archive, FEED, by="eva")
    collecting.collect(archive)
    clock.now += timedelta(days=2)
    again = collecting.collect(archive)
    assert (again.leads, again.pages, again.articles) == (0, 0, 0)
    assert archive.catalogue.standing(clock(), silent_after=timedelta(days=9)).counts["articles"] == 1


def test_a_failed_page_is_a_row_with_its_reason_and_next_try(archive, clock):
    following.follow(archive, FEED, by="eva")
    collecting.collect(archive)
    problems = archive.catalogue.standing(clock(), silent_after=timedelta(days=9)).problems
    assert [problem["subject"] for problem in problems] == [BROKEN]
    assert "404" in problems[0]["reason"]


def test_a_page_added_by_hand_twice_with_other_text_has_two_versions(archive, clock):
    adding.add(archive, [PAGE], by="eva")
    first = archive.catalogue.article(PAGE)
    clock.now += timedelta(hours=1)
    changed = PAGE_HTML.replace("bis zum Abend", "bis zum Mittag")
    later = replace(archive, fetch=FakeFetch({**pages(), PAGE: FakePage(body=changed.encode())}, clock=clock))
    adding.add(later, [PAGE], by="eva")
    second = archive.catalogue.article(PAGE)
    assert "bis zum Mittag" in second.text
    assert archive.catalogue.article(first.id) == first
