"""Each act on a dossier can be taken back: then everything is what it was, and nothing was deleted."""

import json
from datetime import date

import pytest
from tests.desk.material import make_article, place

from chronik.archive import judging, suggesting
from chronik.archive.replaying import dossier_faults
from chronik.catalogue.dumping import dump
from chronik.catalogue.models import ActRow, DossierRow
from chronik.desk import actions, arrangement, reverting, timeline
from chronik.errors import ConflictError, NotFoundError
from chronik.model import DossierOrder, Verb
from chronik.ports.relating import Side, SuggestionState
from chronik.publish.as_known import as_known

QUOTES = ("Die Schleuse blieb geschlossen.", "Der Bach stand still.", "Niemand wusste davon.")
WORDS = timeline.EventWords(begins="2020-09", labels={"de": "Der Bach steht", "fr": "Le ruisseau stagne"})


class House:
    """A dossier with everything that can be changed."""

    def __init__(self, archive, dossier):
        self.archive, self.catalogue, self.slug = archive, archive.catalogue, dossier.slug
        self.report = make_article(7, text="\n\n".join(QUOTES))
        self.catalogue.add_article(self.report)
        place(self.catalogue, self.report)
        self.clips = [self.clip(quote) for quote in QUOTES[:2]]
        self.sections = [self.act(arrangement.add_section, self.slug, names={"de": name}) for name in ("Eins", "Zwei")]
        self.act(arrangement.file_clip, self.clips[0], section=self.sections[0])
        for clip in self.clips:
            self.act(arrangement.pin_clip, clip)
        self.events = [self.act(timeline.add_event, self.slug, words=WORDS) for _ in range(2)]
        self.side = Side(dossier=self.slug, key="board", names={"de": "Amt"}, speakers=("Anna Berg",))
        judging.define_side(archive, self.side, by="eva")

    def act(self, done, *about, **how):
        made = done(self.catalogue, *about, by="eva", now=self.tick(), **how)
        return getattr(made, "detail", {}).get("item", made)

    def tick(self):
        self.archive.clock.advance(minutes=1)
        return self.archive.clock()

    def clip(self, quote):
        about = {"article_id": self.report.id, "dossier": self.slug, "quote": quote}
        return actions.clip(self.catalogue, by="eva", now=self.tick(), **about).id

    def last(self):
        return self.catalogue.acts(limit=1)[0]

    def state(self):
        """What is known of dossiers, clips that stand, sides and decisions; acts and leaves apart."""
        lines = [json.loads(line) for line in dump()]
        told = [one for one in lines if one["kind"] not in {"act", "leaf"}]
        return [one for one in told if not (one["kind"] == "clip" and one["fields"]["removed"])]

    def revert(self, act=None):
        self.tick()
        return reverting.revert(self.archive, (act or self.last()).id, by="bob")


@pytest.fixture
def house(archive, dossier):
    return House(archive, dossier)


def edit_dossier(house):
    changes = {
        "names": {"fr": "L’écluse", "de": "Schleuse"},
        "introductions": {"de": "Worum es geht."},
        "years": "2020",
        "order": DossierOrder.BY_HAND,
        "notes": "Nachfragen",
    }
    house.act(actions.edit_dossier, house.slug, **changes)


def edit_clip(house):
    changes = {
        "title": "Anders",
        "credit": "Bote",
        "excerpt": QUOTES[2],
        "happened": date(2020, 9, 27),
        "note": "prüfen",
        "language": "fr",
        "url": "https://anders.example/",
        "published": "2020-09-28",
    }
    house.act(actions.edit_clip, house.clips[0], **changes)


def decide(house, state):
    return suggesting.decide(house.archive, house.slug, articles=[house.report.id], state=state, by="eva")


DEEDS = {
    Verb.EDIT_DOSSIER: edit_dossier,
    Verb.CLIP: lambda house: house.clip(QUOTES[2]),
    Verb.EDIT_CLIP: edit_clip,
    Verb.MOVE_CLIP: lambda house: house.act(actions.move_clip, house.clips[0], places=-1),
    Verb.REMOVE_CLIP: lambda house: house.act(actions.remove_clip, house.clips[0]),
    Verb.FILE_CLIP: lambda house: house.act(arrangement.file_clip, house.clips[1], section=house.sections[1]),
    Verb.PIN_CLIP: lambda house: house.act(arrangement.pin_clip, house.third),
    Verb.MOVE_PIN: lambda house: house.act(arrangement.move_pin, house.clips[1], places=-1),
    Verb.UNPIN_CLIP: lambda house: house.act(arrangement.unpin_clip, house.clips[0]),
    Verb.ADD_SECTION: lambda house: house.act(arrangement.add_section, house.slug, names={"de": "Drei"}),
    Verb.EDIT_SECTION: lambda house: house.act(
        arrangement.edit_section, house.slug, section=house.sections[0], names={"fr": "Un", "de": "1"}
    ),
    Verb.MOVE_SECTION: lambda house: house.act(
        arrangement.move_section, house.slug, section=house.sections[0], places=1
    ),
    Verb.REMOVE_SECTION: lambda house: house.act(arrangement.remove_section, house.slug, section=house.sections[0]),
    Verb.ADD_EVENT: lambda house: house.act(timeline.add_event, house.slug, words=WORDS),
    Verb.EDIT_EVENT: lambda house: house.act(
        timeline.edit_event,
        house.slug,
        event=house.events[0],
        words=timeline.EventWords(begins="2021", ends="2022", labels={"de": "Er steht"}, clips=house.clips),
    ),
    Verb.MOVE_EVENT: lambda house: house.act(timeline.move_event, house.slug, event=house.events[1], places=-1),
    Verb.REMOVE_EVENT: lambda house: house.act(timeline.remove_event, house.slug, event=house.events[0]),
    Verb.DEFINE_SIDE: lambda house: judging.define_side(
        house.archive, Side(dossier=house.slug, key="board", names={"de": "Verband"}, words=("Amt",)), by="eva"
    ),
    Verb.ACCEPT_SUGGESTION: lambda house: decide(house, SuggestionState.ACCEPTED),
    Verb.REFUSE_SUGGESTION: lambda house: decide(house, SuggestionState.REFUSED),
    Verb.REMOVE_SIDE: lambda house: judging.remove_side(house.archive, house.slug, key="board", by="eva"),
}
RESTORED = {Verb.RESTORE_CLIP}
"""Needs something that was removed."""


def test_the_table_holds_each_act_that_can_be_taken_back():
    assert set(DEEDS) | RESTORED == reverting.EVERY


@pytest.mark.parametrize("verb", sorted(DEEDS))
def test_what_was_done_is_taken_back_and_done_again(verb, house):
    house.third = house.clip(QUOTES[2]) if verb is Verb.PIN_CLIP else ""
    before, acts = house.state(), ActRow.objects.count()
    DEEDS[verb](house)
    done, after = house.last(), house.state()
    assert done.verb is verb
    assert before != after
    back = house.revert()
    assert house.state() == before
    assert ActRow.objects.count() == acts + 2, "nothing is deleted"
    assert back.by == "bob"
    if verb not in reverting.OF_SIDES | reverting.OF_SUGGESTIONS:
        assert back.detail["reverts"] == done.id
        house.revert(back)
        assert house.state() == after, "taking back is taken back too"


def test_a_clip_that_was_brought_back_is_taken_out_again(house):
    house.act(actions.remove_clip, house.clips[0])
    before = house.state()
    house.act(actions.restore_clip, house.clips[0])
    house.revert()
    assert house.state() == before


def test_what_was_changed_again_is_not_put_back_and_says_so(house):
    house.act(actions.edit_clip, house.clips[0], title="Zweiter Titel")
    first = house.last()
    house.act(actions.edit_clip, house.clips[0], title="Dritter Titel", note="neu")
    with pytest.raises(ConflictError, match="title was changed again since and is now 'Dritter Titel'"):
        house.revert(first)
    house.revert()
    house.revert(first)
    assert house.catalogue.clip(house.clips[0]).title != "Zweiter Titel"


def test_what_was_changed_elsewhere_stays_as_it_is(house):
    house.act(actions.edit_dossier, house.slug, names={"de": "Schleuse", "fr": "Écluse"})
    first = house.last()
    house.act(actions.edit_dossier, house.slug, names={"de": "Schleuse", "fr": "L’écluse"}, years="2021")
    with pytest.raises(ConflictError, match=r"names\.fr"):
        house.revert(first)
    house.act(actions.edit_dossier, house.slug, names={"de": "Schleuse", "fr": "Écluse"}, notes="neu")
    house.revert(first)
    now = house.catalogue.dossier(house.slug)
    assert (dict(now.names), now.years, now.notes) == ({"de": "Die Schleuse"}, "2021", "neu")


def test_the_last_name_is_not_taken_away(house):
    house.act(actions.edit_dossier, house.slug, names={"de": "Die Schleuse", "fr": "L’écluse"})
    first = house.last()
    house.act(actions.edit_dossier, house.slug, names={"fr": "L’écluse"})
    with pytest.raises(ConflictError, match="names"):
        house.revert(first)
    house.revert()
    house.revert(first)
    assert house.catalogue.dossier(house.slug).names == {"de": "Die Schleuse"}


def test_a_move_is_taken_back_though_others_came_before_it(house):
    house.act(actions.move_clip, house.clips[0], places=-1)
    moved = house.last()
    house.clip(QUOTES[2])
    house.revert(moved)
    assert [clip.id for clip in house.catalogue.clips(house.slug)][1:] == [house.clips[1], house.clips[0]]


def test_what_is_not_there_or_cannot_be_taken_back_is_refused(house):
    opened = next(act for act in house.catalogue.acts(limit=99) if act.verb is Verb.CREATE_DOSSIER)
    with pytest.raises(ConflictError, match="cannot be taken back"):
        house.revert(opened)
    with pytest.raises(NotFoundError):
        reverting.revert(house.archive, "0" * 64, by="bob")
    house.act(actions.edit_dossier, house.slug, years="2020")
    with pytest.raises(NotFoundError):
        reverting.revert(house.archive, house.last().id, by="bob", dossier="another")
    house.act(actions.remove_clip, house.clips[0])
    removed = house.last()
    house.act(actions.restore_clip, house.clips[0])
    with pytest.raises(ConflictError, match="there already"):
        house.revert(removed)


def test_the_acts_alone_tell_the_same_with_all_that_was_taken_back(house):
    house.third = house.clip(QUOTES[2])
    for verb in (Verb.MOVE_SECTION, Verb.EDIT_EVENT, Verb.MOVE_PIN, Verb.REMOVE_CLIP, Verb.EDIT_DOSSIER):
        DEEDS[verb](house)
        house.revert()
        DEEDS[verb](house)
    house.act(arrangement.remove_section, house.slug, section=house.sections[1])
    known = as_known(house.catalogue.acts_on(house.slug), at=house.tick())
    assert known.dossier == house.catalogue.dossier(house.slug)
    assert list(known.clips) == house.catalogue.clips(house.slug)
    assert list(dossier_faults(house.archive)) == []
    DossierRow.objects.update(pinned=[])
    assert [subject for subject, _ in dossier_faults(house.archive)] == [f"dossier {house.slug}"]
