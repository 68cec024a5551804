"""What every catalogue promises, tried on the SQL one and on the fake."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from tests.fakes.catalogue import MemoryCatalogue

from chronik.errors import ConflictError, NotFoundError
from chronik.model import (
    Act,
    Alternate,
    Article,
    ArticleKind,
    Block,
    BlockKind,
    Capture,
    Clip,
    DateMention,
    Dossier,
    Failure,
    FailureKind,
    Feed,
    FeedHealth,
    Lead,
    Link,
    Location,
    Mention,
    NameKind,
    Passage,
    Picture,
    RecordKind,
    Source,
    SourceKind,
    Span,
    Statement,
    UnreadEntry,
    Verb,
    article_id,
)
from chronik.ports import HostState, Poll

NOW = datetime(2026, 5, 1, 12, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)
PAGE = "https://talbote.example/a.html"


@pytest.fixture(params=["memory", "sql"])
def catalogue(request):
    if request.param == "memory":
        return MemoryCatalogue()
    request.getfixturevalue("db")
    from chronik.catalogue.store import DjangoCatalogue

    return DjangoCatalogue()


def act(verb=Verb.CLIP, subject="mill", minute=0):
    return Act(at=NOW + timedelta(minutes=minute), by="eva", verb=verb, subject=subject)


def capture(key="a", url=PAGE, at=NOW, asked_url=""):
    return Capture(
        id=key * 64,
        url=url,
        captured_at=at,
        record=RecordKind.RESPONSE,
        status=200,
        media_type="text/html",
        block_digest="b" * 64,
        payload_digest="c" * 64,
        location=Location(file="x.warc.gz", offset=10, length=20),
        asked_url=asked_url,
    )


def article(capture_key="a", text="One.\n\nTwo.", url=PAGE, title="The sluice"):
    capture_id = capture_key * 64 if capture_key else ""
    return Article(
        id=article_id(capture_id=capture_id, made_by="test", given_id=text if not capture_id else ""),
        capture_id=capture_id,
        url=url,
        title=title,
        authors=("Eva Brand",),
        published="2026-04-30T08:00:00+02:00",
        language="en",
        text=text,
        made_by="test",
        read_at=NOW,
    )


def clip(key="1", position=0, dossier="mill", **changes):
    fields = {"title": "Title", "language": "en", "excerpt": "One.", "clipped_at": NOW, "credit": "Talbote"}
    return Clip(id=key * 64, dossier=dossier, position=position, **{**fields, **changes})


@pytest.fixture
def with_dossier(catalogue):
    dossier = Dossier(slug="mill", names={"en": "The mill", "de": "Die Mühle"}, created_at=NOW)
    catalogue.add_dossier(dossier, act(Verb.CREATE_DOSSIER))
    return catalogue


def test_a_source_is_added_once_and_comes_back_whole(catalogue):
    source = Source(id="tass", names={"und": "TASS"}, aliases=("ТАСС",), kind=SourceKind.AGENCY, hosts=("tass.com",))
    assert catalogue.add_sources([source]) == 1
    assert catalogue.add_sources([source]) == 0
    assert catalogue.sources() == [source]


def test_a_feed_is_followed_once(catalogue):
    feed = Feed(url="https://talbote.example/feed", title="Talbote", added_at=NOW)
    assert catalogue.add_feed(feed, due_at=NOW)
    assert not catalogue.add_feed(feed, due_at=NOW)
    assert [health.feed for health in catalogue.feeds()] == [feed]


def test_a_feed_is_due_when_its_time_has_come_and_not_when_stopped(catalogue):
    for number in range(3):
        catalogue.add_feed(Feed(url=f"https://f{number}.example/"), due_at=NOW + number * HOUR)
    assert [h.feed.url for h in catalogue.due_feeds(NOW + HOUR, limit=9)] == [
        "https://f0.example/",
        "https://f1.example/",
    ]
    assert len(catalogue.due_feeds(NOW + HOUR, limit=1)) == 1
    first = catalogue.due_feeds(NOW, limit=1)[0]
    catalogue.record_poll(Poll(health=replace(first, stopped=True, failure="gone")))
    assert catalogue.due_feeds(NOW, limit=9) == []


def test_following_a_stopped_feed_asks_it_again(catalogue):
    feed = Feed(url="https://talbote.example/feed")
    catalogue.add_feed(feed, due_at=NOW)
    gone = FeedHealth(feed=feed, next_due=NOW, stopped=True, failures=3, failure="gone", asks_url=PAGE)
    catalogue.record_poll(Poll(health=gone))
    assert catalogue.add_feed(feed, due_at=NOW)
    assert [health.address for health in catalogue.feeds()] == [feed.url]
    assert [health.failure for health in catalogue.due_feeds(NOW, limit=9)] == [""]


def test_a_poll_keeps_health_and_leads_together(catalogue):
    feed = Feed(url="https://talbote.example/feed")
    catalogue.add_feed(feed, due_at=NOW)
    health = FeedHealth(
        feed=feed,
        next_due=NOW + HOUR,
        etag='"x"',
        last_polled=NOW,
        last_success=NOW,
        asks_url="https://talbote.example/rss",
        moved_url="https://talbote.example/atom",
        moved_since=NOW - HOUR,
        moved_times=2,
    )
    lead = Lead(url=PAGE, found_in=feed.url, title="T", found_at=NOW)
    assert catalogue.record_poll(Poll(health=health, leads=(lead,))) == 1
    assert catalogue.record_poll(Poll(health=health, leads=(lead,))) == 0
    assert catalogue.feeds() == [health]
    assert [due.lead for due in catalogue.due_leads(NOW, limit=9)] == [lead]


def test_a_fetched_lead_is_due_again_only_when_it_was_updated_or_named_by_hand(catalogue):
    catalogue.add_leads([Lead(url=PAGE, updated=NOW)])
    catalogue.record_capture(capture())
    assert catalogue.due_leads(NOW, limit=9) == []
    assert catalogue.add_leads([Lead(url=PAGE, updated=NOW)]) == 0
    assert catalogue.add_leads([Lead(url=PAGE, updated=NOW + HOUR)]) == 1
    catalogue.record_capture(capture("b"))
    assert catalogue.add_leads([Lead(url=PAGE, by_hand=True)]) == 1
    assert catalogue.due_leads(NOW, limit=9)[0].lead.by_hand


def test_a_failed_lead_waits_for_its_next_try_and_is_given_up_without_one(catalogue):
    catalogue.add_leads([Lead(url=PAGE)])
    failure = Failure(kind=FailureKind.TIMEOUT, detail="no answer in 30 s")
    catalogue.record_lead_failure(PAGE, failure, next_try=NOW + HOUR)
    assert catalogue.due_leads(NOW, limit=9) == []
    assert [due.tries for due in catalogue.due_leads(NOW + HOUR, limit=9)] == [1]
    catalogue.record_lead_failure(PAGE, failure, next_try=None)
    assert catalogue.due_leads(NOW + 99 * HOUR, limit=9) == []
    problems = catalogue.standing(NOW, silent_after=HOUR).problems
    assert [(p["kind"], p["subject"], p["next_try"]) for p in problems] == [("lead", PAGE, None)]
    assert "no answer in 30 s" in problems[0]["reason"]


def test_being_left_alone_is_no_try(catalogue):
    catalogue.add_leads([Lead(url=PAGE)])
    resting = Failure(kind=FailureKind.RATE_LIMITED, retry_after_s=60.0)
    for _ in range(9):
        catalogue.record_lead_failure(PAGE, resting, next_try=NOW, is_try=False)
    assert [due.tries for due in catalogue.due_leads(NOW, limit=9)] == [0]


def test_a_feed_that_is_stopped_during_a_round_stays_stopped(catalogue):
    feed = Feed(url="https://talbote.example/feed")
    catalogue.add_feed(feed, due_at=NOW)
    before = catalogue.feeds()[0]
    catalogue.record_poll(Poll(health=replace(before, stopped=True)))
    catalogue.record_poll(Poll(health=replace(before, last_polled=NOW)))
    assert catalogue.feeds()[0].stopped


def test_a_redirected_lead_counts_as_fetched_by_the_address_that_was_asked(catalogue):
    catalogue.add_leads([Lead(url="https://talbote.example/short")])
    catalogue.record_capture(capture(asked_url="https://talbote.example/short"))
    assert catalogue.due_leads(NOW, limit=9) == []


def test_hosts_are_remembered(catalogue):
    state = HostState(host="talbote.example", not_before=NOW, robots="User-agent: *", robots_fetched_at=NOW)
    catalogue.record_host(state)
    catalogue.record_host(replace(state, not_before=None))
    found = catalogue.hosts(["talbote.example", "other.example"])
    assert found == {"talbote.example": replace(state, not_before=None)}


def test_a_capture_is_recorded_once_and_comes_back_whole(catalogue):
    assert catalogue.record_capture(capture())
    assert not catalogue.record_capture(capture())
    assert catalogue.capture("a" * 64) == capture()
    assert catalogue.known_captures(["a" * 64, "z" * 64]) == {"a" * 64}
    assert list(catalogue.captures()) == [capture()]
    assert catalogue.capture("z" * 64) is None


def test_captures_of_feeds_are_not_read_as_articles(catalogue):
    catalogue.add_feed(Feed(url=PAGE), due_at=NOW)
    catalogue.record_capture(capture())
    catalogue.record_capture(capture("b", url="urn:x"), to_read=False)
    assert catalogue.unread_captures(limit=9) == []


def test_reading_marks_the_capture_and_keeps_the_article(catalogue):
    catalogue.record_capture(capture())
    assert [c.id for c in catalogue.unread_captures(limit=9)] == ["a" * 64]
    assert catalogue.record_reading("a" * 64, article())
    assert not catalogue.record_reading("a" * 64, article())
    assert catalogue.unread_captures(limit=9) == []
    assert catalogue.article(article().id) == article()


def test_a_capture_read_again_keeps_one_reading_that_stands(catalogue):
    catalogue.record_capture(capture())
    catalogue.record_capture(capture("f", url="urn:unread"), to_read=False)
    first = article()
    better = replace(article(text="One.\n\nTwo.\n\nThree."), id=article_id(capture_id="a" * 64, made_by="better"))
    catalogue.record_reading("a" * 64, first)
    catalogue.mark_indexed(catalogue.unindexed(limit=9))
    assert catalogue.due_again() == 1
    assert catalogue.due_again() == 0
    assert [c.id for c in catalogue.unread_captures(limit=9)] == ["a" * 64]
    assert catalogue.record_reading("a" * 64, better)
    assert catalogue.article(PAGE) == better
    assert catalogue.versions(better.id) == [better]
    assert catalogue.withdrawn(limit=9) == [first.id]
    assert catalogue.article(first.id) == first


def test_reading_again_does_not_bring_back_an_old_version(catalogue):
    for key, minutes in (("a", 0), ("b", 60)):
        catalogue.record_capture(capture(key, at=NOW + timedelta(minutes=minutes)))
        catalogue.record_reading(key * 64, article(key, text=f"Version {key}, long enough to be one."))
    again = replace(article("a", text="Version a, read better."), id=article_id(capture_id="a" * 64, made_by="better"))
    assert catalogue.record_reading("a" * 64, again)
    assert catalogue.article(PAGE).text == "Version b, long enough to be one."
    assert len(catalogue.versions(again.id)) == 2


def test_a_reader_that_fails_takes_no_reading_away(catalogue):
    catalogue.record_capture(capture())
    catalogue.record_reading("a" * 64, article())
    catalogue.due_again()
    catalogue.record_reading("a" * 64, Failure(kind=FailureKind.NO_TEXT, detail="nothing"))
    assert catalogue.article(PAGE) == article()
    assert catalogue.unread_captures(limit=9) == []
    assert not catalogue.standing(NOW, silent_after=HOUR).problems


def test_what_no_reader_could_read_is_due_again(catalogue):
    catalogue.record_capture(capture())
    catalogue.record_reading("a" * 64, Failure(kind=FailureKind.NO_TEXT, detail="nothing"))
    assert catalogue.due_again() == 1


def test_all_that_was_found_in_a_text_is_kept(catalogue):
    full = replace(
        article(""),
        kind=ArticleKind.LIVE_BLOG,
        truncated="ends with “Continue reading”",
        amp_url=f"{PAGE}/amp",
        alternates=(Alternate(url=f"{PAGE}/de", language="de"),),
        blocks=(Block(), Block(kind=BlockKind.HEADING, level=2)),
        links=(Link(start=0, end=3, url=PAGE),),
        pictures=(Picture(url=f"{PAGE}/sluice.jpg", caption="The sluice", credit="Ada Moll", before=1),),
        mentions=(Mention(start=0, end=3, kind=NameKind.PLACE),),
        statements=(
            Statement(start=0, end=3, quoted=True, speaker=Span(start=5, end=8), cue=None),
            Statement(start=5, end=8, quoted=False),
        ),
        dates=(DateMention(start=0, end=3, date="2026-05-01/2026-05-03", relative=True),),
    )
    assert catalogue.add_article(full)
    assert catalogue.article(full.id) == full


def test_a_failed_reading_is_kept_with_its_reason(catalogue):
    catalogue.record_capture(capture())
    catalogue.record_reading("a" * 64, Failure(kind=FailureKind.NO_TEXT, detail="only pictures"))
    assert catalogue.unread_captures(limit=9) == []
    problems = catalogue.standing(NOW, silent_after=HOUR).problems
    assert [(p["kind"], p["subject"]) for p in problems] == [("capture", PAGE)]


def test_an_article_is_found_by_id_by_its_beginning_and_by_address(catalogue):
    catalogue.record_capture(capture())
    catalogue.record_reading("a" * 64, article())
    for key in (article().id, article().id[:8], PAGE):
        assert catalogue.article(key) == article()
    assert catalogue.article(article().id[:7]) is None
    assert catalogue.article("https://nowhere.example/") is None


def test_of_two_texts_of_one_address_the_later_capture_is_shown(catalogue):
    early, late = capture("a"), capture("b", at=NOW + HOUR)
    for one in (late, early):
        catalogue.record_capture(one)
    catalogue.record_reading("b" * 64, article("b", text="New."))
    catalogue.record_reading("a" * 64, article("a", text="Old."))
    assert catalogue.article(PAGE).text == "New."
    assert [d.text for d in catalogue.unindexed(limit=9)] == ["New."]


def test_the_same_text_at_the_same_address_is_no_new_version(catalogue):
    for key, minutes in (("a", 0), ("b", 60)):
        catalogue.record_capture(capture(key, at=NOW + timedelta(minutes=minutes)))
    assert catalogue.record_reading("a" * 64, article("a"))
    assert not catalogue.record_reading("b" * 64, article("b"))
    assert catalogue.unread_captures(limit=9) == []
    assert catalogue.standing(NOW, silent_after=HOUR).counts["articles"] == 1


def test_a_page_whose_furniture_changed_is_no_new_version_and_a_changed_number_is(catalogue):
    texts = ("12 boats wait.\n\n3 comments", "12 boats wait.\n\n17 comments", "13 boats wait.\n\n17 comments")
    kept = []
    for hours, (key, text) in enumerate(zip("abc", texts, strict=True)):
        one = capture(key, at=NOW + hours * HOUR)
        catalogue.record_capture(one)
        kept.append(catalogue.record_reading(one.id, article(key, text=text)))
    assert kept == [True, False, True]
    assert [one.text for one in catalogue.versions(article("c", text=texts[2]).id)] == [texts[2], texts[0]]


def test_a_capture_of_a_feed_that_moved_is_no_page(catalogue):
    moved = "https://talbote.example/rss"
    feed = Feed(url="https://talbote.example/feed")
    catalogue.add_feed(feed, due_at=NOW)
    catalogue.record_poll(Poll(health=FeedHealth(feed=feed, next_due=NOW, asks_url=moved)))
    catalogue.record_capture(capture("f", url=moved))
    assert catalogue.unread_captures(limit=9) == []


def test_a_text_that_came_back_is_a_version_again(catalogue):
    for hours, (key, text) in enumerate([("a", "Open."), ("b", "Closed."), ("c", "Open.")]):
        one = capture(key, at=NOW + hours * HOUR)
        catalogue.record_capture(one)
        assert catalogue.record_reading(one.id, article(key, text=text))
    assert [one.text for one in catalogue.versions(article("a", text="Open.").id)] == ["Open.", "Closed.", "Open."]


def entry(key, text, **fields):
    return replace(article(key, text=text), kind=ArticleKind.FEED_ENTRY, **fields)


@pytest.mark.parametrize("entry_first", [True, False])
@pytest.mark.parametrize("entry_hours", [0, 5])
def test_what_a_feed_says_of_a_page_never_stands_before_the_page(catalogue, entry_first, entry_hours):
    of_feed = capture("f", at=NOW + entry_hours * HOUR, url="https://talbote.example/feed")
    of_page = capture("a", at=NOW + HOUR)
    for one in (of_feed, of_page):
        catalogue.record_capture(one)
    readings = [(of_feed, entry("f", "The page.")), (of_page, article("a", text="The page."))]
    for one, reading in readings if entry_first else readings[::-1]:
        assert catalogue.record_reading(one.id, reading)
    assert catalogue.article(PAGE).id == readings[1][1].id
    assert [document.id for document in catalogue.unindexed(limit=9)] == [readings[1][1].id]
    assert len(catalogue.versions(readings[0][1].id)) == 2


@pytest.mark.parametrize("with_page", [True, False])
def test_two_texts_of_a_feed_for_one_page_are_versions_of_each_other(catalogue, with_page):
    if with_page:
        catalogue.record_capture(capture("p"))
        catalogue.record_reading("p" * 64, article("p", text="The page itself."))
    kept = []
    for hours, (key, text) in enumerate([("a", "12 boats."), ("b", "12 boats."), ("c", "13 boats.")]):
        catalogue.record_capture(capture(key, at=NOW + hours * HOUR, url="https://talbote.example/feed"))
        kept.append(catalogue.record_reading(key * 64, entry(key, text)))
    assert kept == [True, False, True]
    assert catalogue.article(PAGE).text == ("The page itself." if with_page else "13 boats.")


def test_readings_that_no_page_gave_are_listed_to_be_read_again(catalogue):
    for key, url in (("a", PAGE), ("f", "https://talbote.example/feed")):
        catalogue.record_capture(capture(key, url=url))
    given = [replace(article("", text=f"{n}."), url=f"urn:{n}") for n in range(3)]
    for one in (*given, article("a", text="Page."), replace(entry("f", "Entry."), url="https://talbote.example/b")):
        catalogue.add_article(one)
    assert catalogue.captures_of_entries() == ["f" * 64]
    assert [one.text for one in catalogue.entries_in("f" * 64)] == ["Entry."]
    ids = sorted(one.id for one in given)
    assert [one.id for one in catalogue.without_capture(after="", limit=2)] == ids[:2]
    assert [one.id for one in catalogue.without_capture(after=ids[1], limit=2)] == ids[2:]


def test_a_reading_is_renewed_in_its_place(catalogue):
    catalogue.record_capture(capture("f", url="https://talbote.example/feed"))
    first = entry("f", "Entry.")
    catalogue.add_article(first)
    catalogue.mark_indexed(catalogue.unindexed(limit=9))
    found = replace(first, mentions=(Mention(start=0, end=5, kind=NameKind.PERSON),))
    assert catalogue.renew(first.id, found)
    assert catalogue.article(first.id) == found
    assert catalogue.unindexed(limit=9) == []
    assert catalogue.renew(first.id, replace(found, language="de"))
    assert len(catalogue.unindexed(limit=9)) == 1
    better = replace(first, id="9" * 64, text="The whole entry.")
    assert catalogue.renew(first.id, better)
    assert catalogue.article(PAGE) == better
    assert catalogue.article(first.id).text == "Entry."
    assert [one.id for one in catalogue.entries_in("f" * 64)] == [better.id]
    assert not catalogue.renew(first.id, better)
    assert not catalogue.renew("0" * 64, better)


def test_the_last_that_a_feed_said_of_a_page_is_told_by_the_feeds_addresses(catalogue):
    feed, moved, other = (f"https://talbote.example/{name}" for name in ("feed", "moved", "other"))
    for hours, (key, url, asked) in enumerate([("a", feed, ""), ("b", moved, feed), ("c", other, ""), ("d", PAGE, "")]):
        catalogue.record_capture(capture(key, at=NOW + hours * HOUR, url=url, asked_url=asked))
        read = article(key, text=f"{key}.") if key == "d" else entry(key, f"{key}.")
        assert catalogue.record_reading(key * 64, read)
    assert catalogue.last_said([PAGE, "https://b.example/"], by=[feed])[PAGE].text == "b."
    assert catalogue.last_said([PAGE], by=[other, moved])[PAGE].text == "c."
    assert catalogue.last_said([PAGE], by=["https://talbote.example/none"]) == {}
    assert catalogue.last_said(["https://b.example/"], by=[feed]) == {}


def test_one_capture_read_anew_shows_the_newer_reading(catalogue):
    catalogue.record_capture(capture("a"))
    first = article("a", text="The text.\n\n3 comments")
    anew = replace(first, id="9" * 64, made_by="reader 2", text="The text.")
    assert catalogue.record_reading("a" * 64, first)
    assert catalogue.record_reading("a" * 64, anew)
    assert catalogue.article(PAGE).text == "The text."


def test_an_unknown_article_has_no_versions(catalogue):
    assert catalogue.versions("0" * 64) == []


def test_pages_that_all_name_the_front_page_as_canonical_stay_apart(catalogue):
    for key, title in (("a", "Sluice"), ("b", "Mill")):
        one = capture(key, url=f"https://talbote.example/{key}")
        catalogue.record_capture(one)
        front = replace(article(key, text=title, url=one.url, title=title), canonical_url="https://talbote.example/")
        assert catalogue.record_reading(one.id, front)
    assert len(catalogue.unindexed(limit=9)) == 2


def test_a_lead_is_left_to_whoever_added_it_until_its_time(catalogue):
    catalogue.add_leads([Lead(url=PAGE, by_hand=True)], not_before=NOW + HOUR)
    assert catalogue.due_leads(NOW, limit=9) == []
    assert len(catalogue.due_leads(NOW + HOUR, limit=9)) == 1


def test_a_replaced_version_leaves_the_index(catalogue):
    catalogue.record_capture(capture("a"))
    catalogue.record_reading("a" * 64, article("a", text="Old."))
    catalogue.mark_indexed(catalogue.unindexed(limit=9))
    catalogue.record_capture(capture("b", at=NOW + HOUR))
    catalogue.record_reading("b" * 64, article("b", text="New."))
    assert catalogue.withdrawn(limit=9) == [article("a", text="Old.").id]
    catalogue.mark_withdrawn(catalogue.withdrawn(limit=9))
    assert catalogue.withdrawn(limit=9) == []


def test_an_article_without_capture_is_added_once(catalogue):
    assert catalogue.add_article(article("", url="urn:given:1"))
    assert not catalogue.add_article(article("", url="urn:given:1"))


def test_what_is_indexed_is_not_due_until_it_changes(with_dossier):
    with_dossier.add_clip(clip(), act())
    with_dossier.mark_indexed(with_dossier.unindexed(limit=9))
    assert with_dossier.unindexed(limit=9) == []
    with_dossier.change_clip(clip(title="Other"), act(Verb.EDIT_CLIP))
    assert [d.title for d in with_dossier.unindexed(limit=9)] == ["Other"]
    with_dossier.mark_indexed(with_dossier.unindexed(limit=9))
    with_dossier.forget_indexed()
    assert len(with_dossier.unindexed(limit=9)) == 1


def test_a_dossier_comes_back_whole_and_its_slug_is_taken(with_dossier):
    assert with_dossier.dossier("mill").names == {"en": "The mill", "de": "Die Mühle"}
    assert list(with_dossier.dossier("mill").names) == ["en", "de"]
    with pytest.raises(ConflictError):
        with_dossier.add_dossier(Dossier(slug="mill", names={"en": "Another"}), act(Verb.CREATE_DOSSIER, minute=1))


def test_changing_what_is_not_there_is_refused(with_dossier):
    with pytest.raises(NotFoundError):
        with_dossier.change_dossier(Dossier(slug="none", names={"en": "N"}), act())
    for call in (with_dossier.remove_clip, with_dossier.restore_clip):
        with pytest.raises(NotFoundError):
            call("9" * 64, act())
    with pytest.raises(NotFoundError):
        with_dossier.change_clip(clip("9"), act())
    with pytest.raises(NotFoundError):
        with_dossier.add_clip(clip(dossier="none"), act())


def test_a_removed_dossier_is_out_of_sight_and_its_slug_stays_taken(with_dossier):
    with_dossier.add_clip(clip(), act())
    with_dossier.remove_dossier("mill", act(Verb.REMOVE_DOSSIER))
    assert with_dossier.dossier("mill") is None
    assert with_dossier.dossiers() == []
    assert with_dossier.clips("mill") == []
    with pytest.raises(ConflictError):
        with_dossier.add_dossier(Dossier(slug="mill", names={"en": "M"}), act(Verb.CREATE_DOSSIER, minute=1))


def test_a_clip_comes_back_whole(with_dossier):
    whole = clip(
        passage=Passage(exact="One.", prefix="", suffix="Two", start=0, end=4),
        happened=datetime(2026, 4, 29, tzinfo=UTC).date(),
        published="2026-04-30",
        note="private",
        as_received="29.04.2026 …",
        url=PAGE,
        text_digest="d" * 64,
    )
    with_dossier.add_clip(whole, act())
    assert with_dossier.clip(whole.id) == whole
    assert with_dossier.clips("mill") == [whole]
    with pytest.raises(ConflictError):
        with_dossier.add_clip(whole, act(minute=1))


def test_a_removed_clip_can_be_put_back_in_its_place(with_dossier):
    for number, key in enumerate("123"):
        with_dossier.add_clip(clip(key, position=number), act(minute=number))
    with_dossier.remove_clip("2" * 64, act(Verb.REMOVE_CLIP))
    assert [c.id[0] for c in with_dossier.clips("mill")] == ["1", "3"]
    with_dossier.restore_clip("2" * 64, act(Verb.RESTORE_CLIP))
    assert [c.id[0] for c in with_dossier.clips("mill")] == ["1", "2", "3"]


def test_clips_are_ordered_by_hand_only_as_a_whole(with_dossier):
    for key in "123":
        with_dossier.add_clip(clip(key), act(subject=key))
    wanted = [key * 64 for key in "312"]
    with_dossier.order_clips("mill", wanted, act(Verb.MOVE_CLIP))
    assert [c.id for c in with_dossier.clips("mill")] == wanted
    with pytest.raises(ConflictError):
        with_dossier.order_clips("mill", wanted[:2], act(Verb.MOVE_CLIP))


def test_a_clip_comes_back_as_it_is_wanted_now_in_one_act(with_dossier):
    made = clip("1")
    with_dossier.add_clip(made, act(Verb.CLIP))
    with_dossier.remove_clip(made.id, act(Verb.REMOVE_CLIP))
    wanted = replace(made, note="neu", position=9)
    with_dossier.restore_clip(made.id, act(Verb.RESTORE_CLIP), new=wanted)
    assert with_dossier.clip(made.id) == wanted
    with pytest.raises(NotFoundError):
        with_dossier.restore_clip(made.id, act(Verb.RESTORE_CLIP, minute=1), new=replace(wanted, note="anders"))
    assert with_dossier.clip(made.id) == wanted
    assert [known.verb for known in with_dossier.acts()].count(Verb.RESTORE_CLIP) == 1


def test_taking_in_twice_adds_nothing_and_an_editors_word_stays(catalogue):
    dossier = Dossier(slug="mill", names={"en": "The mill"}, created_at=NOW)
    entry = UnreadEntry(id="e" * 64, dossier="mill", position=1, line=7, reason="no such day", text="31.02.")
    clips = [clip("1"), clip("2", position=2)]
    assert catalogue.take_in(dossier, clips, [entry], act(Verb.IMPORT)) == (2, 1)
    assert catalogue.unread_entries("mill") == [entry]
    catalogue.remove_clip("1" * 64, act(Verb.REMOVE_CLIP))
    catalogue.change_clip(clip("2", position=2, title="Mended"), act(Verb.EDIT_CLIP))
    assert catalogue.take_in(dossier, clips, [entry], act(Verb.IMPORT, minute=5)) == (0, 0)
    assert [c.title for c in catalogue.clips("mill")] == ["Mended"]
    assert [a.verb for a in catalogue.acts(subject="mill")] == [Verb.EDIT_CLIP, Verb.REMOVE_CLIP, Verb.IMPORT]


def test_what_nobody_touched_follows_a_longer_later_page(catalogue):
    dossier = Dossier(slug="mill", names={"en": "The mill"}, heading_as_received="Archiv: The mill\n\n")
    old = [clip("1", position=1, as_received="one"), clip("2", position=2, as_received="two")]
    catalogue.take_in(dossier, old, [], act(Verb.IMPORT))
    later = [
        clip("3", position=1),
        clip("1", position=2, as_received="one\n"),
        clip("2", position=3, as_received="two"),
    ]
    page = replace(dossier, heading_as_received="Archiv: The mill \n\n")
    assert catalogue.take_in(page, later, [], act(Verb.IMPORT, minute=1)) == (1, 0)
    assert [(c.id[0], c.as_received) for c in catalogue.clips("mill")] == [("3", ""), ("1", "one\n"), ("2", "two")]
    assert catalogue.dossier("mill").heading_as_received == page.heading_as_received


def test_an_entry_that_was_mended_in_the_file_is_mended(catalogue):
    dossier = Dossier(
        slug="mill", names={"en": "The mill"}, years="2025", heading_as_received="Archiv: The mill 2025\n"
    )
    entry = UnreadEntry(id="e" * 64, dossier="mill", position=1, line=3, reason="no such day", text="31.02.")
    catalogue.take_in(dossier, [clip("2", position=2)], [entry], act(Verb.IMPORT))
    later = replace(dossier, years="2025-2026", heading_as_received="Archiv: The mill 2025-2026\n")
    both = [clip("1", position=1), clip("2", position=2)]
    assert catalogue.take_in(later, both, [], act(Verb.IMPORT, minute=1)) == (1, 0)
    assert catalogue.unread_entries("mill") == []
    assert catalogue.dossier("mill").years == "2025-2026"


def test_places_that_an_editor_chose_stay_when_a_later_page_comes(catalogue):
    dossier = Dossier(slug="mill", names={"en": "The mill"})
    old = [clip("1", position=1), clip("2", position=2)]
    catalogue.take_in(dossier, old, [], act(Verb.IMPORT))
    catalogue.order_clips("mill", ["2" * 64, "1" * 64], act(Verb.MOVE_CLIP))
    catalogue.take_in(dossier, [clip("3", position=1), *old], [], act(Verb.IMPORT, minute=1))
    order = [c.id[0] for c in catalogue.clips("mill")]
    assert order.index("2") < order.index("1")


def test_a_mended_entry_becomes_a_clip_once(catalogue):
    dossier = Dossier(slug="mill", names={"en": "The mill"}, created_at=NOW)
    entry = UnreadEntry(id="e" * 64, dossier="mill", position=1, line=7, reason="no such day", text="31.02.")
    catalogue.take_in(dossier, [], [entry], act(Verb.IMPORT))
    catalogue.mend_entry(entry.id, clip(position=1), act(Verb.MEND_ENTRY))
    assert catalogue.unread_entries("mill") == []
    assert len(catalogue.clips("mill")) == 1
    with pytest.raises(NotFoundError):
        catalogue.mend_entry(entry.id, clip("2"), act(Verb.MEND_ENTRY, minute=1))


def test_acts_come_newest_first_and_a_repeated_one_is_kept_once(catalogue):
    for minute, subject in enumerate(["a", "b", "a"]):
        catalogue.record_act(act(subject=subject, minute=minute))
    catalogue.record_act(act(subject="a", minute=2))
    assert [a.subject for a in catalogue.acts()] == ["a", "b", "a"]
    assert len(catalogue.acts(subject="a")) == 2
    assert len(catalogue.acts(limit=1)) == 1
    assert catalogue.acts()[0] == act(subject="a", minute=2)


def test_the_sample_goes_without_a_trace_and_the_rest_stays(with_dossier):
    own = "http://talbote.localhost:8471/a"
    with_dossier.add_feed(Feed(url="http://talbote.localhost:8471/feed"), due_at=NOW)
    with_dossier.add_leads([Lead(url=own), Lead(url=PAGE)])
    with_dossier.add_sources(
        [Source(id="sample-talbote", names={"de": "T"}, home_page="http://talbote.localhost:8471/")]
    )
    for one, key in ((capture("a", url=own), "a"), (capture("b"), "b")):
        with_dossier.record_capture(one)
        with_dossier.record_reading(one.id, article(key, url=one.url))
    with_dossier.add_clip(clip("1", article_id=article("a", url=own).id), act())
    with_dossier.add_clip(clip("2", article_id=article("b").id), act(minute=1))
    documents = with_dossier.documents_of_hosts(["talbote.localhost"])
    assert sorted(documents) == sorted([article("a", url=own).id, "1" * 64])
    assert with_dossier.remove_hosts(["talbote.localhost"], dossiers=["sample-mill"], act=act(Verb.REMOVE_SAMPLE)) > 0
    counts = with_dossier.standing(NOW, silent_after=HOUR).counts
    expected = {"sources": 0, "feeds": 0, "leads": 1, "captures": 1, "articles": 1, "dossiers": 1, "clips": 1}
    assert {key: counts[key] for key in expected} == expected
    assert with_dossier.remove_hosts(["talbote.localhost"], dossiers=[], act=act(Verb.REMOVE_SAMPLE, minute=9)) == 0


def test_standing_counts_what_is_there_and_what_is_due(catalogue):
    catalogue.add_feed(Feed(url="https://talbote.example/feed"), due_at=NOW)
    catalogue.add_leads([Lead(url="https://talbote.example/b")])
    catalogue.record_capture(capture())
    standing = catalogue.standing(NOW, silent_after=HOUR)
    assert standing.due == {"feeds": 1, "leads": 1, "readings": 1, "indexing": 0, "relating": 0}
    assert standing.first_capture_at == standing.last_capture_at == NOW
    catalogue.record_reading("a" * 64, article())
    assert catalogue.standing(NOW, silent_after=HOUR).due["indexing"] == 1


@pytest.mark.django_db
def test_the_database_itself_refuses_to_change_acts():
    from django.db import DatabaseError, transaction

    from chronik.catalogue.models import ActRow
    from chronik.catalogue.store import DjangoCatalogue

    DjangoCatalogue().record_act(act())
    for change in (lambda: ActRow.objects.update(by="other"), lambda: ActRow.objects.all().delete()):
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
            change()
