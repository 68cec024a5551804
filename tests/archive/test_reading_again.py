"""Kept pages are read again by better readers: what people did stays."""

from dataclasses import replace

from tests.archive.test_feed_readings import FEED, WHOLE, archive_with, item, polled, rss
from tests.archive.test_feed_readings import PAGE as ENTRY
from tests.archive.test_losing_nothing import archive_in
from tests.fakes.readers import HereAndNow
from tests.preserve.material import NOW, URL, exchange

from chronik.archive import reading, rereading
from chronik.model import Article, article_id

SENTENCE = b"The sluice at the mill stayed shut until the evening, said the union's speaker on Thursday. "
PAGE = (
    b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<html><body><article><h1>The sluice stays shut</h1><p>"
    + b"</p><p>".join(str(number).encode() + b". " + SENTENCE * 2 for number in range(5))
    + b"</p></article></body></html>"
)


def test_pages_are_read_again_and_stay_one_article_each(tmp_path):
    with archive_in(tmp_path) as archive:
        archive.catalogue.record_capture(archive.vault.keep(exchange(PAGE, url=URL)))
        first = reading.read_due(archive)
        catalogue = archive.catalogue
        state = next(iter(catalogue.article_map.values()))
        old = replace(state.article, made_by="an older reader", id="0" * 64, title="Older")
        state.article = old
        catalogue.article_map = {old.id: state}
        again = rereading.read_again(archive)
        assert (first.articles, again.articles) == (1, 1)
        assert catalogue.article(old.url).title != "Older"
        assert catalogue.article(old.id).title == "Older"
        assert rereading.read_again(archive).articles == 1
        assert len(catalogue.article_map) == 2


MORE = WHOLE + "<p>„Wir warten“, sagte Anna Berg am 3. Mai 2024 in Hamburg.</p>"


def read_given_again(archive):
    return rereading.read_given_again(archive, pool=HereAndNow())


def test_what_a_feed_says_is_read_again_out_of_its_capture(tmp_path):
    archive, clock = archive_with(tmp_path, rss(item(MORE) + item(number=2)))
    (state, other) = polled(archive, clock)
    whole = state.article
    state.article = replace(whole, mentions=(), dates=(), language="und", made_by="chronik 0.1: feed", authors=())
    assert read_given_again(archive) == 2
    assert state.article == whole
    assert len(archive.catalogue.article_map) == 2
    assert archive.catalogue.article(other.article.url).mentions == other.article.mentions


def test_an_entry_that_is_read_better_now_keeps_its_earlier_reading_for_its_clips(tmp_path):
    archive, clock = archive_with(tmp_path, rss(item()))
    ((state),) = polled(archive, clock)
    old = replace(state.article, id="0" * 64, text="Die Lage", title="Streit um die Brücke")
    state.article, archive.catalogue.article_map = old, {old.id: state}
    assert read_given_again(archive) == 1
    assert archive.catalogue.article(old.id).text == "Die Lage"
    assert archive.catalogue.article(ENTRY).text.startswith("Die Lage\n\nDer Rat")
    assert len(archive.catalogue.versions(archive.catalogue.article(ENTRY).id)) == 1
    assert read_given_again(archive) == 1
    assert len(archive.catalogue.article_map) == 2


def test_a_text_that_came_back_stays_the_version_that_it_is(tmp_path):
    archive, clock = archive_with(tmp_path, rss(item()), rss(item(MORE)), rss(item()))
    before = {state.article.id for state in polled(archive, clock, times=3)}
    assert read_given_again(archive) == 3
    assert set(archive.catalogue.article_map) == before
    assert archive.catalogue.article(ENTRY).text.endswith("beraten.")


def test_a_feed_that_cannot_be_read_any_more_leaves_its_readings(tmp_path):
    archive, clock = archive_with(tmp_path, rss(item()))
    ((state),) = polled(archive, clock)
    (capture,) = [capture for capture in archive.catalogue.captures() if capture.url == FEED]
    archive.catalogue.capture_map[capture.id] = replace(capture, location=replace(capture.location, offset=10**9))
    assert read_given_again(archive) == 0
    assert not state.replaced


def test_what_was_taken_in_without_a_page_is_annotated_again(tmp_path):
    archive, _ = archive_with(tmp_path)
    given = Article(
        id=article_id(capture_id="", made_by="test"),
        url="urn:x",
        text="„Wir warten“, sagte Anna Berg am 3. Mai 2024 in Hamburg.",
        language="de",
        read_at=NOW,
    )
    archive.catalogue.add_article(given)
    assert read_given_again(archive) == 1
    again = archive.catalogue.article(given.id)
    assert again.mentions
    assert replace(again, mentions=(), statements=(), dates=()) == given
