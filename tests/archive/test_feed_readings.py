"""What a feed itself says of its pages is kept as readings, behind those of the pages."""

import time
from datetime import timedelta

import pytest
from tests.fakes.catalogue import MemoryCatalogue
from tests.fakes.fetch import FakeFetch, FakePage
from tests.fakes.index import MemoryIndex
from tests.fakes.readers import HereAndNow
from tests.fakes.vault import MemoryVault
from tests.preserve.material import NOW

from chronik import config as configuration
from chronik.archive import Archive, feed_readings, polling
from chronik.collect.entries import Content, Entry, ParsedFeed
from chronik.extract.work import EntryText, Said
from chronik.extract.workers import Pool
from chronik.model import Article, ArticleKind, BlockKind, Failure, FailureKind, Feed, FeedKind, article_id

FEED = "https://talbote.example/feed.xml"
PAGE = "https://talbote.example/artikel/1"
SENTENCE = "Der Rat der Stadt hat am Abend lange über die alte Brücke am Markt beraten. "
WHOLE = f"<h2>Die Lage</h2><p>{SENTENCE * 3}<a href='/plan'>Der Plan</a>.</p><p>{SENTENCE * 2}</p>"


def item(content=WHOLE, *, number=1, title="Streit um die Brücke", more=""):
    return (
        f"<item><title>{title}</title><link>https://talbote.example/artikel/{number}</link>"
        "<pubDate>Fri, 01 May 2026 09:30:00 +0200</pubDate><author>redaktion@talbote.example (Jana Böhm)</author>"
        f"{more}<content:encoded><![CDATA[{content}]]></content:encoded></item>"
    )


def rss(items):
    return FakePage(
        body=(
            "<rss version='2.0' xmlns:content='http://purl.org/rss/1.0/modules/content/'><channel><title>Talbote</title>"
            f"<language>de</language>{items}</channel></rss>"
        ).encode()
    )


class Clock:
    now = NOW

    def __call__(self):
        return self.now


def archive_with(folder, *answers):
    clock = Clock()
    archive = Archive(
        config=configuration.from_table(folder, {"pace_s": 0}),
        catalogue=MemoryCatalogue(),
        vault=MemoryVault(),
        sample_vault=MemoryVault(),
        index=MemoryIndex(),
        fetch=FakeFetch({FEED: list(answers)}, clock=clock),
        clock=clock,
    )
    archive.catalogue.add_feed(Feed(url=FEED), due_at=NOW)
    return archive, clock


def polled(archive, clock, *, times=1):
    for _ in range(times):
        polling.poll(archive, pool=HereAndNow())
        clock.now += timedelta(days=2)
    return list(archive.catalogue.article_map.values())


def test_a_whole_article_in_a_feed_becomes_a_reading_of_the_feeds_capture(tmp_path):
    archive, clock = archive_with(tmp_path, rss(item()))
    ((state),) = polled(archive, clock)
    article = state.article
    assert article.kind is ArticleKind.FEED_ENTRY
    assert (article.url, article.title, article.language) == (PAGE, "Streit um die Brücke", "de")
    assert article.authors == ("Jana Böhm",)
    assert article.published == "2026-05-01T09:30:00+02:00"
    assert article.paragraphs[0] == "Die Lage"
    assert article.blocks[0].kind is BlockKind.HEADING
    assert [article.text[link.start : link.end] for link in article.links] == ["Der Plan"]
    assert article.links[0].url == "https://talbote.example/plan"
    assert archive.catalogue.capture(article.capture_id).url == FEED
    assert article.made_by.startswith("chronik ")
    assert article.made_by.endswith(": feed")


def test_the_same_entry_in_a_later_capture_is_the_same_reading(tmp_path):
    later = rss(item(number=2, title="Neues") + item())
    archive, clock = archive_with(tmp_path, rss(item()), later, rss(item()), later)
    states = polled(archive, clock, times=4)
    assert sorted(state.article.url[-1] for state in states) == ["1", "2"]


def test_a_changed_entry_is_a_new_version(tmp_path):
    archive, clock = archive_with(tmp_path, rss(item()), rss(item(WHOLE + "<p>Am Morgen kam ein Nachtrag dazu.</p>")))
    first, second = polled(archive, clock, times=2)
    assert first.superseded
    assert not second.superseded
    assert second.article.text.endswith("Nachtrag dazu.")


MORE = WHOLE + "<p>Am Morgen kam ein Nachtrag dazu.</p>"


def shown(archive):
    return [state.article for state in archive.catalogue.article_map.values() if not state.superseded]


def test_a_text_that_comes_back_is_shown_again_and_nothing_of_the_history_is_lost(tmp_path):
    answers = (
        rss(item()),
        rss(item(MORE)),
        rss(item()),
        rss(item() + item(number=2)),
        rss(item(MORE) + item(number=2)),
    )
    archive, clock = archive_with(tmp_path, *answers)
    polled(archive, clock, times=4)
    assert archive.catalogue.article(PAGE).text.endswith("beraten.")
    assert len(archive.catalogue.versions(archive.catalogue.article(PAGE).id)) == 3
    polled(archive, clock)
    assert archive.catalogue.article(PAGE).text.endswith("Nachtrag dazu.")
    assert len(archive.catalogue.versions(archive.catalogue.article(PAGE).id)) == 4


def test_two_entries_for_one_page_in_every_poll_are_two_versions_for_good(tmp_path):
    both = [rss(item() + item(MORE) + item(number=number)) for number in range(2, 8)]
    archive, clock = archive_with(tmp_path, *both)
    states = polled(archive, clock, times=6)
    assert sum(state.article.url == PAGE for state in states) == 2


def test_a_feed_that_gives_two_texts_by_turns_fills_nothing(tmp_path, monkeypatch):
    monkeypatch.setattr(feed_readings, "VERSIONS_MAX", 5)
    archive, clock = archive_with(tmp_path, *[rss(item(text)) for text in (WHOLE, MORE)] * 6)
    polled(archive, clock, times=12)
    assert len(archive.catalogue.article_map) == 5


def test_what_another_feed_said_before_is_no_text_that_came_back(tmp_path):
    other = "https://talbote.example/kultur.xml"
    archive, clock = archive_with(tmp_path, rss(item()))
    archive.fetch.pages[other] = [rss(item(MORE)), rss(item(MORE) + item(number=2)), rss(item(MORE) + item(number=3))]
    polled(archive, clock)
    archive.catalogue.add_feed(Feed(url=other), due_at=clock.now)
    polled(archive, clock, times=3)
    assert len(archive.catalogue.versions(archive.catalogue.article(PAGE).id)) == 2


def test_a_page_takes_precedence_over_what_its_feed_says(tmp_path):
    archive, clock = archive_with(tmp_path, rss(item()), rss(item(WHOLE + "<p>Noch mehr aus dem Feed dazu.</p>")))
    polled(archive, clock)
    page = Article(
        id=article_id(capture_id="x", made_by="test"),
        url=PAGE,
        title="Streit um die Brücke",
        text=SENTENCE * 9,
        read_at=NOW,
    )
    archive.catalogue.add_article(page)
    states = polled(archive, clock)
    assert [state.article.kind for state in states if not state.superseded] == [ArticleKind.ARTICLE]


@pytest.mark.parametrize(
    ("entry", "kept"),
    [
        (item("<p>Kurz.</p>"), False),
        (item("", more=f"<description>{SENTENCE * 5}</description>"), False),
        (item("", more=f"<description>{SENTENCE * 10}</description>"), True),
        (item("<img src='x.png'>" * 40), False),
        (item("<p>" + "&nbsp;" * 300), False),
    ],
)
def test_a_teaser_is_no_reading(tmp_path, entry, kept):
    archive, clock = archive_with(tmp_path, rss(entry))
    assert bool(polled(archive, clock)) is kept
    assert len(archive.catalogue.lead_map) == 1


def test_what_a_feed_says_in_markup_never_becomes_markup(tmp_path):
    evil = f"<p onclick='x()'>{SENTENCE * 4}</p><script>alert(1)</script><a href='javascript:x'>hier</a>"
    archive, clock = archive_with(tmp_path, rss(item(evil)))
    ((state),) = polled(archive, clock)
    assert "<" not in state.article.text
    assert "alert" not in state.article.text
    assert state.article.links == ()


def test_dates_that_lie_ahead_or_name_no_day_are_left_out():
    entry = Entry(url=PAGE, content=Content(text=WHOLE), published=NOW + timedelta(days=9), published_told="2026-05-10")
    vague = Entry(url=PAGE + "2", content=Content(text=WHOLE), published=NOW, published_told="2026-05")
    feed = ParsedFeed(kind=FeedKind.RSS, entries=(entry, vague))
    texts = feed_readings.entry_texts(feed, capture=capture(), read_at=NOW)
    assert [text.head.published for text in texts] == ["", ""]


def capture():
    from chronik.model import Capture, Location, RecordKind

    location = Location(file="a.warc.gz", offset=0, length=1)
    return Capture(id="c", url=FEED, captured_at=NOW, record=RecordKind.RESPONSE, location=location)


def test_only_so_much_of_one_feed_is_kept(monkeypatch):
    entries = tuple(Entry(url=f"{PAGE}{number}", content=Content(text=WHOLE)) for number in range(20))
    feed = ParsedFeed(kind=FeedKind.RSS, entries=entries)
    monkeypatch.setattr(feed_readings, "ENTRIES_A_POLL_MAX", 7)
    assert len(list(feed_readings.entry_texts(feed, capture=capture(), read_at=NOW))) == 7
    monkeypatch.setattr(feed_readings, "CHARACTERS_A_POLL_MAX", 3 * len(WHOLE))
    assert len(list(feed_readings.entry_texts(feed, capture=capture(), read_at=NOW))) == 3


def test_only_so_much_of_one_feed_is_annotated_and_the_rest_is_kept_without(tmp_path, monkeypatch):
    said = f"<p>{SENTENCE * 5}</p><p>„Wir warten“, sagte Anna Berg am 3. Mai 2024 in Hamburg.</p>"
    monkeypatch.setattr(feed_readings, "ANNOTATED_CHARACTERS_A_POLL_MAX", len(said))
    archive, clock = archive_with(tmp_path, rss(item(said, number=1) + item(said, number=2)))
    polled(archive, clock)
    found = [archive.catalogue.article(f"https://talbote.example/artikel/{number}") for number in (1, 2)]
    assert [bool(article.mentions) for article in found] == [True, False]
    assert [article.text for article in found] == [found[0].text] * 2


def test_a_feed_whose_entries_name_no_page_says_so_and_is_no_failure(tmp_path):
    archive, clock = archive_with(tmp_path, rss("<item><title>ohne</title></item>" * 3))
    polling.poll(archive, pool=HereAndNow())
    (health,) = archive.catalogue.feeds()
    assert "None of its 3 entries" in health.failure
    assert health.failures == 0
    clock.now += timedelta(days=2)
    assert polling.poll(archive, pool=HereAndNow()).failed == 0
    (health,) = archive.catalogue.feeds()
    assert "None of its 3 entries" in health.failure


class Stuck(HereAndNow):
    """Its processes never get to the end of an entry that says so."""

    def read(self, lot):
        slow = Failure(kind=FailureKind.EXTRACT_TIMEOUT, detail="Reading took longer than 10 s and was stopped.")
        works = (
            (key, slow if isinstance(work, EntryText) and "endless" in work.head.url else work) for key, work in lot
        )
        return super().read(works)


def test_an_entry_that_is_stopped_costs_itself_and_is_told(tmp_path):
    archive, _ = archive_with(tmp_path, rss(item(number="endless") + item(number=2)))
    polling.poll(archive, pool=Stuck())
    assert [state.article.url for state in archive.catalogue.article_map.values()] == [PAGE[:-1] + "2"]
    (health,) = archive.catalogue.feeds()
    assert "of 1 of its entries" in health.failure
    assert health.failures == 0
    assert len(archive.catalogue.lead_map) == 2


def test_a_feed_made_to_be_slow_is_let_go_after_a_few_entries(tmp_path):
    many = "".join(item(number=f"endless-{number}") for number in range(9))
    archive, _ = archive_with(tmp_path, rss(item(number=1) + many + item(number=2)))
    polling.poll(archive, pool=Stuck())
    assert [state.article.url for state in archive.catalogue.article_map.values()] == [PAGE]
    (health,) = archive.catalogue.feeds()
    assert f"of {feed_readings.STOPPED_A_POLL_MAX} of its entries" in health.failure


def entry_text(number, markup):
    head = Article(id="", url=f"{PAGE}{number}")
    return head.url, EntryText(head=head, said=(Said(text=markup, characters_min=200),))


def test_a_poisonous_entry_is_stopped_and_the_others_are_kept():
    # Each paragraph opens all that stood open before: as a tree these 160 kB take many gigabytes.
    poison = WHOLE + "".join(f"<p><b id={number}>x" for number in range(11_000))
    started = time.process_time()
    with Pool(size=1, timeout_s=20) as pool:
        lot = [entry_text(number, text) for number, text in enumerate((WHOLE, poison, WHOLE))]
        outcomes = [outcome for _, outcome in pool.read(lot)]
        (again,) = pool.read([entry_text(3, WHOLE)])
    assert [isinstance(outcome, Article) for outcome in outcomes] == [True, False, True]
    assert outcomes[1].kind in {FailureKind.EXTRACT_TIMEOUT, FailureKind.UNREADABLE}
    assert again[1].text == outcomes[0].text
    assert time.process_time() - started < 2
