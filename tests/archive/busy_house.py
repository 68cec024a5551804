"""An archive in which everything was done that people do, on the real tables, vault and ledger."""

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from tests.fakes.encode import FakeEncode
from tests.fakes.fetch import FakeFetch, FakePage
from tests.fakes.index import MemoryIndex
from tests.test_walk import FEED, PAGE, PAGE_HTML, QUOTE, pages, real_parts

from chronik import config as configuration
from chronik.archive import (
    Archive,
    adding,
    collecting,
    credits_unknown,
    following,
    hiding,
    importing,
    judging,
    merging,
    recalling,
    recording,
    relating,
    sources,
    suggesting,
    watching,
)
from chronik.desk import access_acts, actions, arrangement, feeds, reverting, timeline
from chronik.model import Access, Act, TakedownReason, Verb, Verdict
from chronik.ports.relating import Side, StoryQuery, SuggestionState
from chronik.takein import credits as known
from chronik.web import publishing

NOON = datetime(2026, 5, 1, 12, 0, tzinfo=UTC)
SECOND_QUOTE = "Die Mühle steht seit März still"
OPML = b"""<?xml version="1.0"?><opml version="2.0"><body>
<outline type="rss" text="Bote" xmlUrl="https://bote.example/feed"/></body></opml>"""
PRESS_PAGE = (
    b"Archiv: Die Schleuse 2026\n\n12.04.2026 - 23:53 [ A ]\n\nTitle\n\nA passage.\n\n12.34.2026 - 23:59 [ B ]\n\nX\n"
)
MENDED = "12.04.2026 - 23:59 [ Bote ]\n\nMended title\n\nA mended passage."
OTHER = "https://morgenblatt.example/zug"
OTHER_HTML = PAGE_HTML.replace("Schleuse", "Brücke").replace("Talbote", "Morgenblatt")
REPORTS = {
    "Anglers find dead fish": (
        "Anglers counted 300 kilograms of dead fish below the gates of Hallwerd on Monday morning."
    ),
    "Pontavelle wins the cup": (
        "Football club Pontavelle won the cup after three goals in pouring rain before 2,000 people."
    ),
    "Early wine harvest": (
        "Vintners of the valley began picking grapes on 12 August, three weeks sooner than in any year."
    ),
    "New tram for Orvenne": (
        "A tram of five carriages runs from Orvenne station to the hospital every eleven minutes now."
    ),
    "Library burns": "Flames destroyed 40,000 volumes when lightning struck the library's wooden roof at midnight.",
    "Bakers strike": (
        "Nineteen bakeries stayed closed as journeymen demanded a wage of 21 crowns an hour and free Sundays."
    ),
    "Comet seen": (
        "Astronomers photographed a green comet whose tail stretches across twelve degrees of the southern sky."
    ),
}


class Clock:
    """Each look at it is a second later."""

    def __init__(self):
        self.now = NOON

    def __call__(self):
        self.now += timedelta(seconds=1)
        return self.now


def house(folder):
    """An empty archive on real tables."""
    clock = Clock()
    known = pages() | {OTHER: FakePage(body=OTHER_HTML.encode())}
    return Archive(
        config=configuration.from_table(folder, {"pace_s": 0, "state_directory": str(folder.parent / "state")}),
        fetch=FakeFetch(known, clock=clock),
        clock=clock,
        encode=FakeEncode(),
        **(real_parts(folder, clock) | {"index": MemoryIndex()}),
    )


def live(archive, folder):
    """Do everything."""
    archive.config.archive.mkdir(exist_ok=True)
    archive.catalogue.add_sources(known.known_sources())
    come_in(archive, folder)
    keep_dossiers(archive)
    judge_stories(archive)
    decide(archive)
    look_again(archive)
    remember(archive)
    say_of_sources(archive)
    recording.record_due(archive)


def come_in(archive, folder):
    following.follow(archive, FEED, by="eva")
    collecting.collect(archive)
    adding.add(archive, [OTHER], by="eva")
    rows = [
        {"id": title, "title": title, "text": text, "published": f"2026-04-{number:02}"}
        for number, (title, text) in enumerate(REPORTS.items(), start=1)
    ]
    files = {
        "feeds.opml": OPML,
        "list.txt": b"https://nirgends.example/1\nhttps://nirgends.example/2\n",
        "reports.jsonl": "\n".join(map(json.dumps, rows)).encode(),
        "archiv.txt": PRESS_PAGE,
    }
    for name, data in files.items():
        (folder / name).write_bytes(data)
        importing.import_file(archive, folder / name, by="eva")
    feeds.unfollow(archive.catalogue, FEED, by="eva", now=archive.clock())
    feeds.follow_again(archive.catalogue, FEED, by="eva", now=archive.clock())
    feeds.unfollow(archive.catalogue, "https://bote.example/feed", by="eva", now=archive.clock())


def keep_dossiers(archive):
    catalogue, clock = archive.catalogue, archive.clock
    dossier = actions.new_dossier(catalogue, names={"fr": "L’écluse", "de": "Die Schleuse"}, by="eva", now=clock())
    by = {"by": "eva", "dossier": dossier.slug}
    first = actions.clip(catalogue, article_id=PAGE, quote=QUOTE, now=clock(), **by)
    second = actions.clip(catalogue, article_id=PAGE, quote=SECOND_QUOTE, now=clock(), **by)
    parts = [SECOND_QUOTE, "Die Schleuse blieb bis zum Abend"]
    several = actions.clip(catalogue, article_id=PAGE, quote=parts, quotation_reason="licence", now=clock(), **by)
    actions.edit_clip(catalogue, several.id, excerpt=["Die Schleuse blieb", SECOND_QUOTE], by="eva", now=clock())
    third = actions.clip(catalogue, article_id=OTHER, quote="Die Brücke blieb", now=clock(), **by)
    actions.edit_clip(catalogue, first.id, note="look again", excerpt="sagte die Sprecherin", by="eva", now=clock())
    actions.move_clip(catalogue, second.id, places=2, by="eva", now=clock())
    actions.remove_clip(catalogue, third.id, by="eva", now=clock())
    actions.restore_clip(catalogue, third.id, by="eva", now=clock())
    actions.remove_clip(catalogue, second.id, by="eva", now=clock())
    actions.clip(catalogue, article_id=PAGE, quote=SECOND_QUOTE, now=clock(), note="back", **by)
    actions.edit_dossier(catalogue, dossier.slug, names={"de": "Schleuse", "fr": "Écluse"}, by="eva", now=clock())
    arrange(archive, dossier.slug, [first.id, second.id, third.id])
    access = Access(readers=None, editors=("eva",), publishers=())
    access_acts.set_access(catalogue, dossier.slug, access=access, by="eva", now=clock())
    publishing.publish(archive, dossier.slug, by="eva", now=clock())
    actions.edit_dossier(catalogue, dossier.slug, years="2026", by="eva", now=clock())
    page = next(one for one in catalogue.dossiers() if one.slug != dossier.slug)
    entry = catalogue.unread_entries(page.slug)[0]
    actions.mend_entry(catalogue, entry, text=MENDED, zone=ZoneInfo("Europe/Berlin"), by="eva", now=clock())
    publishing.publish(archive, page.slug, by="eva", now=clock())
    publishing.unpublish(archive, page.slug, by="eva", now=clock())
    gone = actions.new_dossier(catalogue, names={"en": "Gone"}, by="eva", now=clock())
    actions.remove_dossier(catalogue, gone.slug, by="eva", now=clock())


def arrange(archive, slug, clips):
    catalogue, clock = archive.catalogue, archive.clock
    names = ({"de": "Ursachen", "fr": "Causes"}, {"de": "Folgen"}, {"de": "Fort"})
    ids = [arrangement.add_section(catalogue, slug, names=one, by="eva", now=clock()).detail["item"] for one in names]
    arrangement.edit_section(catalogue, slug, section=ids[1], names={"fr": "Suites"}, by="eva", now=clock())
    arrangement.move_section(catalogue, slug, section=ids[1], places=-1, by="eva", now=clock())
    for clip, section in zip(clips, ids, strict=True):
        arrangement.file_clip(catalogue, clip, section=section, by="eva", now=clock())
        arrangement.pin_clip(catalogue, clip, by="eva", now=clock())
    arrangement.move_pin(catalogue, clips[2], places=-2, by="eva", now=clock())
    arrangement.unpin_clip(catalogue, clips[1], by="eva", now=clock())
    arrangement.remove_section(catalogue, slug, section=ids[2], by="eva", now=clock())
    words = timeline.EventWords(begins="2026-03", ends="2026", labels={"de": "Die Mühle steht"}, clips=clips[:1])
    events = [timeline.add_event(catalogue, slug, words=words, by="eva", now=clock()).detail["item"] for _ in range(3)]
    earlier = replace(words, begins="2025-12-31")
    timeline.edit_event(catalogue, slug, event=events[2], words=earlier, by="eva", now=clock())
    timeline.move_event(catalogue, slug, event=events[1], places=-1, by="eva", now=clock())
    timeline.remove_event(catalogue, slug, event=events[0], by="eva", now=clock())
    for act in catalogue.acts(limit=3):
        reverting.revert(archive, act.id, by="eva")
    reverting.revert(archive, catalogue.acts(limit=1)[0].id, by="eva")


def judge_stories(archive):
    stories = [head.id for head in archive.catalogue.stories(StoryQuery(limit=9))]
    articles = [head.article for head in archive.catalogue.stories(StoryQuery(limit=9))]
    judging.judge(archive, (articles[0], articles[1]), verdict=Verdict.DIFFERENT, by="eva")
    taken_back = judging.judge(archive, (articles[1], articles[2]), verdict=Verdict.SAME, by="eva")
    judging.undo(archive, taken_back.id, by="eva")
    merged = judging.merge(archive, stories[2:5], by="eva")
    judging.split_off(archive, merged.subject, articles=[articles[3]], by="eva")
    recalling.say_link(archive, (stories[0], stories[1]), goes_on=True, by="eva")
    recalling.say_link(archive, (stories[0], stories[5]), goes_on=False, by="eva")
    slug = archive.catalogue.dossiers()[-1].slug
    for key in ("board", "anglers"):
        side = Side(dossier=slug, key=key, names={"fr": key.upper(), "de": key}, words=("Wasserverband",))
        judging.define_side(archive, side, by="eva")
    judging.remove_side(archive, slug, key="anglers", by="eva")
    judging.add_spellings(archive, ["Hallwerd", "Халверд"], same=True, by="eva")
    kept = judging.add_spellings(archive, ["Orvenne", "Orven"], same=False, by="eva")
    judging.remove_spellings(archive, kept.number, by="eva")


def decide(archive):
    slug = archive.catalogue.dossiers()[-1].slug
    articles = [head.article for head in archive.catalogue.stories(StoryQuery(limit=9))]
    states = (SuggestionState.ACCEPTED, SuggestionState.REFUSED, SuggestionState.REFUSED, SuggestionState.ACCEPTED)
    acts = [
        suggesting.decide(archive, slug, articles=[one], state=state, by="eva")
        for one, state in zip(articles, states, strict=False)
    ]
    judging.undo(archive, acts[2].id, by="eva")
    suggesting.decide(archive, slug, articles=[articles[3]], state=SuggestionState.OPEN, by="eva")


def look_again(archive):
    archive.clock.now += timedelta(days=1)
    changed = PAGE_HTML.replace("Die Mühle steht seit März still", "Die Mühle dreht sich wieder")
    archive.fetch.pages[PAGE] = FakePage(body=changed.encode())
    watching.watch_due(archive)
    for sighting in archive.catalogue.altered(limit=9):
        watching.note(archive, sighting, by="eva")
    relating.relate_due(archive)


def say_of_sources(archive):
    held = {source.id for source in archive.catalogue.sources()}
    assert {"talbote", "morgenblatt"} <= held
    sources.edit(archive, "talbote", by="eva", names={"de": "Talbote", "fr": "Le Messager"}, owner="Verlag Tal")
    taken_back = sources.edit(archive, "talbote", by="eva", country="CH")
    judging.undo(archive, taken_back.id, by="eva")
    credits_unknown.name_credit(archive, "Morgenblatt", source="taz", by="eva")
    sources.add(archive, by="eva", names={"de": "Bachbote"}, hosts=["bote.example"])
    other = sources.add(archive, by="eva", names={"de": "Bach-Kurier"}, aliases=["BK"])
    merging.merge(archive, "bachbote", other=other.subject, by="eva")
    credits_unknown.put_aside(archive, "Telegram", by="eva")


def remember(archive):
    article = archive.catalogue.article(OTHER)
    hiding.hide(archive, article.id, reason=TakedownReason.PRIVACY, by="eva")
    hiding.unhide(archive, article.id, by="eva")
    hiding.hide(archive, article.id, reason=TakedownReason.ERROR, by="eva")
    for verb in (Verb.REPAIR, Verb.TRUST_WITNESS, Verb.DISTRUST_WITNESS, Verb.REFUSE_REDACTION):
        archive.catalogue.record_act(Act(at=archive.clock(), by="eva", verb=verb, subject="x"))
