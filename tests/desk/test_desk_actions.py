"""What editors do, on the SQL catalogue and on the fake."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.desk.material import NOW, TEXT, make_article
from tests.fakes.catalogue import MemoryCatalogue

from chronik.config import from_table
from chronik.desk import actions, checks, feeds
from chronik.errors import ConflictError, NotFoundError, QuoteNotFoundError, RefusedInputError
from chronik.model import Act, Clip, Dossier, DossierOrder, Feed, UnreadEntry, Verb

ZONE = from_table(".", {}).zone
LATER = NOW + timedelta(hours=1)


@pytest.fixture(params=["memory", "sql"])
def catalogue(request):
    if request.param == "memory":
        return MemoryCatalogue()
    request.getfixturevalue("db")
    from chronik.catalogue.store import DjangoCatalogue

    return DjangoCatalogue()


@pytest.fixture
def dossier(catalogue):
    return actions.new_dossier(catalogue, names={"de": "Die Schleuse"}, by="eva", now=NOW)


@pytest.fixture
def article(catalogue):
    made = make_article(1)
    catalogue.add_article(made)
    return made


def clipped(catalogue, quote="Die Schleuse blieb geschlossen.", **given):
    fields = {"article_id": make_article(1).id, "dossier": "die-schleuse", "by": "eva", "now": NOW}
    return actions.clip(catalogue, quote=quote, **(fields | given))


def last_act(catalogue):
    return catalogue.acts(limit=1)[0]


# Dossiers


def test_a_new_dossier_has_a_slug_made_of_its_main_name(catalogue):
    made = actions.new_dossier(
        catalogue, names={"de": "Überfälle & Ölkrise", "en": "Raids"}, by="eva", now=NOW, years="1973"
    )
    assert made.slug == "ueberfaelle-oelkrise"
    assert catalogue.dossier(made.slug) == made
    assert (last_act(catalogue).verb, last_act(catalogue).subject) == (Verb.CREATE_DOSSIER, made.slug)


def test_two_dossiers_of_one_name_have_two_slugs(catalogue, dossier):
    second = actions.new_dossier(catalogue, names={"de": "Die Schleuse"}, by="eva", now=NOW)
    third = actions.new_dossier(catalogue, names={"de": "Die Schleuse"}, by="eva", now=NOW)
    assert [dossier.slug, second.slug, third.slug] == ["die-schleuse", "die-schleuse-2", "die-schleuse-3"]


def test_a_slug_that_is_taken_is_refused_when_it_was_asked_for(catalogue, dossier):
    with pytest.raises(ConflictError):
        actions.new_dossier(catalogue, names={"de": "Anderes"}, slug="die-schleuse", by="eva", now=NOW)


@pytest.mark.parametrize("slug", ["c", "index", "desk", "static", "Groß", "a b", "../x", "-a", "a--b", "x" * 81, "ü"])
def test_a_slug_that_cannot_be_an_address_is_refused(catalogue, slug):
    with pytest.raises(RefusedInputError):
        actions.new_dossier(catalogue, names={"de": "Name"}, slug=slug, by="eva", now=NOW)


@pytest.mark.parametrize("name", ["C", "Index", "desk", "Static", "سدّ النهضة", "水", "…", "x" * 300, "a " * 150])
def test_every_name_makes_a_slug_that_can_be_an_address(catalogue, name):
    made = actions.new_dossier(catalogue, names={"de": name}, by="eva", now=NOW)
    assert checks.slug(made.slug) == made.slug


@given(st.dictionaries(st.sampled_from(["de", "en", "ar"]), st.text(), min_size=1))
def test_slugs_fit_addresses_whatever_the_names(names):
    assert checks.slug(checks.slug_from(names))


@pytest.mark.parametrize("names", [{}, {"de": "  "}, {"deutsch!": "Name"}, {"de": "x" * 301}])
def test_names_that_cannot_be_kept_are_refused(catalogue, names):
    with pytest.raises(RefusedInputError):
        actions.new_dossier(catalogue, names=names, by="eva", now=NOW)
    assert catalogue.dossiers() == []


def test_characters_that_no_text_holds_are_left_out(catalogue):
    made = actions.new_dossier(
        catalogue, names={"de": "Na\0me\ud800"}, introductions={"de": "Eins\r\nZwei\x07"}, by="eva", now=NOW
    )
    assert made.names == {"de": "Name"}
    assert made.introductions == {"de": "Eins\nZwei"}


def test_an_edit_tells_old_and_new(catalogue, dossier):
    changed = actions.edit_dossier(
        catalogue, dossier.slug, by="ali", now=LATER, order=DossierOrder.BY_HAND, notes="geheim"
    )
    assert (changed.order, changed.notes, changed.names) == (DossierOrder.BY_HAND, "geheim", dossier.names)
    act = last_act(catalogue)
    assert (act.by, act.verb) == ("ali", Verb.EDIT_DOSSIER)
    assert act.detail == {
        "old": {"order": "newest-first", "notes": ""},
        "new": {"order": "by-hand", "notes": "geheim"},
    }


def test_an_edit_that_changes_nothing_leaves_no_act(catalogue, dossier):
    before = len(catalogue.acts())
    actions.edit_dossier(catalogue, dossier.slug, by="ali", now=LATER, names={"de": " Die  Schleuse "}, notes="")
    assert len(catalogue.acts()) == before


def test_the_order_of_the_names_is_an_edit(catalogue):
    names = {"de": "Schleuse", "en": "Sluice"}
    made = actions.new_dossier(catalogue, names=names, by="eva", now=NOW)
    actions.edit_dossier(catalogue, made.slug, by="eva", now=LATER, names={"en": "Sluice", "de": "Schleuse"})
    assert list(catalogue.dossier(made.slug).names) == ["en", "de"]
    assert last_act(catalogue).verb is Verb.EDIT_DOSSIER


def test_a_new_name_ends_the_heading_as_received(catalogue):
    taken_in = Dossier(slug="alt", names={"de": "Alt"}, years="2020", heading_as_received="Archiv: Alt 2020\n\n")
    catalogue.add_dossier(taken_in, Act(at=NOW, by="eva", verb=Verb.CREATE_DOSSIER, subject="alt"))
    actions.edit_dossier(catalogue, "alt", by="eva", now=LATER, notes="geheim")
    assert catalogue.dossier("alt").heading_as_received == "Archiv: Alt 2020\n\n"
    actions.edit_dossier(catalogue, "alt", by="eva", now=LATER, names={"de": "Neu"})
    assert catalogue.dossier("alt").heading_as_received == ""


def test_a_dossier_that_is_not_there_cannot_be_edited(catalogue):
    with pytest.raises(NotFoundError):
        actions.edit_dossier(catalogue, "nirgends", by="eva", now=NOW, notes="x")


def test_a_removed_dossier_tells_which_clips_went_with_it(catalogue, dossier, article):
    clip = clipped(catalogue)
    actions.remove_dossier(catalogue, dossier.slug, by="eva", now=LATER)
    assert catalogue.dossier(dossier.slug) is None
    assert last_act(catalogue).detail["clips"] == [clip.id]


# Clips


def test_a_clip_is_verbatim_and_knows_where_it_stands(catalogue, dossier, article):
    clip = clipped(catalogue, quote='  Der Müller hatte "einen\nguten Grund"', happened=date(2026, 4, 1), note="n")
    assert clip.excerpt == "Der Müller hatte „einen guten Grund“"
    assert TEXT[clip.passage.start : clip.passage.end] == clip.excerpt
    assert (clip.title, clip.language, clip.credit, clip.url) == ("Meldung 1", "de", "Talbote", article.url)
    assert (clip.published, clip.happened, clip.clipped_at) == (article.published, date(2026, 4, 1), NOW)
    assert clip.text_digest == article.text_digest
    assert catalogue.clip(clip.id) == clip
    act = last_act(catalogue)
    assert (act.verb, act.subject, act.detail["dossier"]) == (Verb.CLIP, clip.id, dossier.slug)
    assert act.detail["new"]["excerpt"] == clip.excerpt


def test_a_clip_may_run_over_paragraphs(catalogue, dossier, article):
    clip = clipped(catalogue, quote="Niemand wusste, warum. Der Bach stand still.")
    assert clip.paragraphs == ("Niemand wusste, warum.", "Der Bach stand still.")


def test_the_latest_clip_stands_first(catalogue, dossier, article):
    first = clipped(catalogue)
    second = clipped(catalogue, quote="Der Bach stand still.", now=LATER)
    assert [clip.id for clip in catalogue.clips(dossier.slug)] == [second.id, first.id]


@pytest.mark.parametrize("quote", ["Das steht da nicht.", "", "   ", "\0"])
def test_a_quote_that_the_text_does_not_hold_is_refused(catalogue, dossier, article, quote):
    with pytest.raises(QuoteNotFoundError):
        clipped(catalogue, quote=quote)
    assert catalogue.clips(dossier.slug) == []


def test_a_passage_is_clipped_once_a_dossier(catalogue, dossier, article):
    clipped(catalogue)
    with pytest.raises(ConflictError):
        clipped(catalogue, now=LATER)
    other = actions.new_dossier(catalogue, names={"de": "Anderes"}, by="eva", now=NOW)
    clipped(catalogue, dossier=other.slug)


def test_a_removed_clip_can_be_clipped_again(catalogue, dossier, article):
    clip = clipped(catalogue)
    actions.remove_clip(catalogue, clip.id, by="eva", now=NOW)
    again = clipped(catalogue, note="doch", now=LATER)
    assert (again.id, catalogue.clip(clip.id).note) == (clip.id, "doch")


@pytest.mark.parametrize("missing", [{"article_id": "nirgends"}, {"dossier": "nirgends"}])
def test_a_clip_needs_an_article_and_a_dossier(catalogue, dossier, article, missing):
    with pytest.raises(NotFoundError):
        clipped(catalogue, **missing)


def test_a_credit_of_ones_own_names_its_own_source(catalogue, dossier, article):
    assert clipped(catalogue, credit="Niemand Bestimmtes").source_id == ""
    assert clipped(catalogue, quote="Der Bach stand still.", credit="").credit == ""


def test_an_edit_ends_being_as_received(catalogue, dossier):
    clip = Clip(id="x" * 64, dossier=dossier.slug, title="Alt", excerpt="a\n\nb", clipped_at=NOW, as_received="roh")
    catalogue.add_clip(clip, Act(at=NOW, by="eva", verb=Verb.CLIP, subject=clip.id))
    unchanged = actions.edit_clip(catalogue, clip.id, by="ali", now=LATER, title="Alt", excerpt="a\r\n\r\nb", note="")
    assert unchanged.as_received == "roh"
    changed = actions.edit_clip(
        catalogue, clip.id, by="ali", now=LATER, title="Neu", excerpt="c", url="https://x.example/", language="fr"
    )
    assert (changed.title, changed.excerpt, changed.as_received) == ("Neu", "c", "")
    act = last_act(catalogue)
    assert (act.detail["dossier"], act.detail["old"]["title"], act.detail["new"]["title"]) == (
        dossier.slug,
        "Alt",
        "Neu",
    )
    assert act.detail["old"]["as_received"] == "roh"


def test_the_passage_of_an_article_stays_verbatim(catalogue, dossier, article):
    clip = clipped(catalogue)
    with pytest.raises(QuoteNotFoundError):
        actions.edit_clip(catalogue, clip.id, by="eva", now=LATER, excerpt="Die Schleuse blieb offen.")
    longer = actions.edit_clip(
        catalogue, clip.id, by="eva", now=LATER, excerpt="Die Schleuse blieb geschlossen. Niemand wusste, warum."
    )
    assert TEXT[longer.passage.start : longer.passage.end] == longer.excerpt
    assert catalogue.clip(clip.id).passage == longer.passage


@pytest.mark.parametrize(
    "bad",
    [
        {"published": "gestern"},
        {"published": "2026-04-01T10:00"},
        {"published": "2026-13-01"},
        {"url": "javascript:alert(1)"},
        {"url": "talbote.example/a"},
        {"language": "german!"},
        {"title": "x" * 1_001},
        {"note": "x" * 50_001},
    ],
)
def test_what_a_clip_cannot_say_is_refused(catalogue, dossier, article, bad):
    clip = clipped(catalogue)
    with pytest.raises(RefusedInputError):
        actions.edit_clip(catalogue, clip.id, by="eva", now=LATER, **bad)
    assert catalogue.clip(clip.id) == clip


@pytest.mark.parametrize("good", ["2026-04-01", "2026-04-01T10:00:00+02:00", "", "2026-04-01T08:00:00Z"])
def test_a_publication_date_is_a_day_or_an_instant(catalogue, dossier, article, good):
    clip = clipped(catalogue)
    changed = actions.edit_clip(catalogue, clip.id, by="eva", now=LATER, published=good, happened=date(2026, 3, 31))
    assert changed.published == good.replace("Z", "+00:00")


def test_clips_are_moved_by_hand(catalogue, dossier, article):
    words = ["Der Müller", "Die Schleuse", "Niemand", "Der Bach"]
    ids = {word: clipped(catalogue, quote=word).id for word in words}

    def order():
        names = {identity: word for word, identity in ids.items()}
        return [names[clip.id] for clip in catalogue.clips(dossier.slug)]

    assert order() == ["Der Bach", "Niemand", "Die Schleuse", "Der Müller"]
    actions.move_clip(catalogue, ids["Der Müller"], places=-2, by="eva", now=LATER)
    assert order() == ["Der Bach", "Der Müller", "Niemand", "Die Schleuse"]
    actions.move_clip(catalogue, ids["Der Bach"], places=99, by="eva", now=LATER)
    assert order() == ["Der Müller", "Niemand", "Die Schleuse", "Der Bach"]
    acts = len(catalogue.acts())
    actions.move_clip(catalogue, ids["Der Bach"], places=1, by="eva", now=LATER)
    assert len(catalogue.acts()) == acts


def test_a_removed_clip_comes_back_where_it_was(catalogue, dossier, article):
    first, second, third = (clipped(catalogue, quote=word) for word in ("Der Müller", "Die Schleuse", "Niemand"))
    actions.remove_clip(catalogue, second.id, by="eva", now=LATER)
    assert last_act(catalogue).detail["old"]["excerpt"] == "Die Schleuse"
    with pytest.raises(NotFoundError):
        actions.remove_clip(catalogue, second.id, by="eva", now=LATER)
    actions.restore_clip(catalogue, second.id, by="eva", now=LATER)
    actions.restore_clip(catalogue, second.id, by="eva", now=LATER)
    assert [clip.id for clip in catalogue.clips(dossier.slug)] == [third.id, second.id, first.id]


def test_a_removed_passage_that_is_clipped_again_comes_back_as_it_is_wanted_now(catalogue, dossier, article):
    first = clipped(catalogue, note="alt")
    actions.remove_clip(catalogue, first.id, by="eva", now=LATER)
    again = clipped(catalogue, note="neu", now=LATER)
    assert (again.id, catalogue.clip(first.id).note) == (first.id, "neu")
    acts = [act for act in catalogue.acts(subject=first.id) if act.at == LATER]
    assert {act.verb for act in acts} == {Verb.REMOVE_CLIP, Verb.RESTORE_CLIP}
    with pytest.raises(ConflictError, match="already"):
        clipped(catalogue, now=LATER)


def test_a_clip_that_shows_another_passage_now_leaves_its_first_one_free(catalogue, dossier, article):
    first = clipped(catalogue)
    moved = actions.edit_clip(catalogue, first.id, by="eva", now=LATER, excerpt="Der Bach")
    with pytest.raises(ConflictError):
        clipped(catalogue, quote="Der Bach", now=LATER)
    second = clipped(catalogue, now=LATER)
    assert second.id != first.id
    assert {clip.excerpt for clip in catalogue.clips(dossier.slug)} == {moved.excerpt, first.excerpt}
    with pytest.raises(ConflictError):
        clipped(catalogue, now=LATER + timedelta(hours=1))


@pytest.mark.parametrize("act", [actions.remove_clip, actions.restore_clip, actions.edit_clip])
def test_a_clip_that_never_was_is_not_found(catalogue, act):
    with pytest.raises(NotFoundError):
        act(catalogue, "0" * 64, by="eva", now=NOW)


# Mending


@pytest.fixture
def entry(catalogue, dossier):
    broken = UnreadEntry(
        id="e" * 64, dossier=dossier.slug, position=7, line=41, reason="no time", text="01.04.2026 [ dpa ]\n\nTitel\n"
    )
    act = Act(at=NOW, by="eva", verb=Verb.IMPORT, subject=dossier.slug)
    catalogue.take_in(dossier, [], [broken], act)
    return broken


def test_a_mended_entry_is_a_clip_in_its_place(catalogue, entry):
    mended = "01.04.2026 - 10:15 [ dpa ]\r\n\r\nTitel\r\n\r\nEin Absatz.\r\n\r\nNoch einer.\r\n"
    clip = actions.mend_entry(catalogue, entry, text=mended, zone=ZONE, by="eva", now=LATER)
    assert (clip.title, clip.credit, clip.position) == ("Titel", "dpa", 7)
    assert clip.paragraphs == ("Ein Absatz.", "Noch einer.")
    assert clip.clipped_at == datetime(2026, 4, 1, 8, 15, tzinfo=UTC)
    assert catalogue.unread_entries(entry.dossier) == []
    assert last_act(catalogue).detail["old"]["text"] == entry.text
    assert clip.as_received == mended.replace("\r\n", "\n")
    with pytest.raises((NotFoundError, ConflictError)):
        actions.mend_entry(catalogue, entry, text=mended, zone=ZONE, by="eva", now=LATER)


@pytest.mark.parametrize("text", ["", "kein Kopf", "01.04.2026 - 25:15 [ dpa ]\n\nTitel", "01.04.2026 - 10:15 [ dpa ]"])
def test_an_entry_that_is_still_broken_stays(catalogue, entry, text):
    with pytest.raises(RefusedInputError):
        actions.mend_entry(catalogue, entry, text=text, zone=ZONE, by="eva", now=LATER)
    assert catalogue.unread_entries(entry.dossier) == [entry]


# Feeds


def test_a_feed_is_stopped_hurried_and_followed_again(catalogue):
    url = "https://talbote.example/feed.xml"
    catalogue.add_feed(Feed(url=url), due_at=NOW + timedelta(days=1))
    feeds.ask_now(catalogue, url, now=NOW)
    assert [health.feed.url for health in catalogue.due_feeds(NOW, limit=9)] == [url]
    feeds.unfollow(catalogue, url, by="eva", now=NOW)
    feeds.unfollow(catalogue, url, by="eva", now=LATER)
    assert catalogue.due_feeds(LATER, limit=9) == []
    assert [act.verb for act in catalogue.acts()] == [Verb.UNFOLLOW]
    with pytest.raises(ConflictError):
        feeds.ask_now(catalogue, url, now=NOW)
    feeds.follow_again(catalogue, url, by="eva", now=LATER)
    assert catalogue.due_feeds(LATER, limit=9)[0] == replace(catalogue.feeds()[0], stopped=False)


def test_a_feed_that_is_not_followed_is_not_found(catalogue):
    with pytest.raises(NotFoundError):
        feeds.unfollow(catalogue, "https://x.example/", by="eva", now=NOW)
