"""What every catalogue promises to an overview, tried on the SQL one and on the fake."""

from dataclasses import replace

import pytest
from tests.fakes.catalogue import MemoryCatalogue
from tests.ports.test_catalogue_relating import NOW, act, identity, place

from chronik.model import (
    Article,
    Clip,
    Dossier,
    Mention,
    NameKind,
    Passage,
    Span,
    Statement,
    Suggestion,
    Verb,
    story_id,
)
from chronik.ports.overview import Heard, Saying
from chronik.ports.relating import LinkWord, Suggesting, SuggestionState


@pytest.fixture(params=["memory", "sql"])
def catalogue(request):
    if request.param == "memory":
        return MemoryCatalogue()
    request.getfixturevalue("db")
    from chronik.catalogue.store import DjangoCatalogue

    return DjangoCatalogue()


@pytest.fixture
def held(catalogue):
    """A clip of the first of two reports of a story; a report suggested, one refused, one that is neither."""
    place(catalogue, "a", language="de")
    place(catalogue, "b", anchor="a", copy_of="a")
    for key in "cde":
        place(catalogue, key)
    catalogue.add_dossier(Dossier(slug="mill", names={"en": "Mill"}, created_at=NOW), act(Verb.CREATE_DOSSIER, "mill"))
    passage = Passage(exact="Text", start=0, end=4)
    clip = Clip(
        id="f" * 64,
        dossier="mill",
        article_id=identity("a"),
        excerpt="Text",
        passage=passage,
        language="de",
        clipped_at=NOW,
    )
    catalogue.add_clip(clip, act(Verb.CLIP, clip.id))
    plain = replace(clip, id="9" * 64, article_id="", passage=None, credit="Talbote", published="2026-05-01")
    catalogue.add_clip(plain, act(Verb.CLIP, plain.id, minute=1))
    made = [Suggestion(dossier="mill", article=identity(key), score=score) for key, score in (("c", 0.4), ("d", 0.9))]
    catalogue.record_suggestions("mill", made, seen=Suggesting(), anew=True, at=NOW)
    catalogue.decide("mill", [identity("d")], state=SuggestionState.REFUSED, act=act(Verb.REFUSE_SUGGESTION, "mill"))
    return catalogue


def test_what_was_suggested_and_not_refused_and_what_is_in_stories_of_clips_belongs(held):
    found = held.belonging("mill", limit=99, captured=True)
    assert sorted(report[0] for report in found.reports) == ["a", "b", "c"]
    first, second = (found.reports.index(identity(key)) for key in "ab")
    assert (found.copies_of[first], found.copies_of[second]) == ("", identity("a"))
    assert found.stories[first] == found.stories[second] == story_id(identity("a"))
    assert (found.languages[first], found.source_ids[first], found.captured_at[first]) == ("de", "", None)
    assert len(held.belonging("mill", limit=2).reports) == 2
    assert list(held.belonging("mill", limit=9).captured_at) == []
    assert list(held.belonging("nirgends", limit=9).reports) == []


def test_clips_are_told_with_the_place_of_their_page(held):
    clips = {one.clip[0]: one for one in held.clipped("mill", limit=9)}
    assert set(clips) == {"f", "9"}
    assert (clips["f"].report, clips["f"].start, clips["f"].end) == (identity("a"), 0, 4)
    assert (clips["9"].report, clips["9"].article, clips["9"].start, clips["9"].credit) == ("", "", -1, "Talbote")
    assert len(held.clipped("mill", limit=1, captured=True)) == 1


def test_what_is_quoted_and_which_places_are_named_is_heard(catalogue):
    text = "“We wait here”, said Eva Mol in Paris. He said that it is late."
    said = (
        Statement(start=1, end=13, quoted=True, speaker=Span(start=21, end=28)),
        Statement(start=47, end=62, quoted=False),
    )
    mentions = (
        Mention(start=21, end=28, kind=NameKind.PERSON),
        Mention(start=32, end=37, kind=NameKind.PLACE),
    )
    article = Article(
        id=identity("v"),
        url="https://a.example/v",
        text=text,
        language="en",
        statements=said,
        mentions=mentions,
        read_at=NOW,
    )
    catalogue.add_article(article)
    catalogue.add_article(Article(id=identity("w"), url="https://a.example/w", text="x", language="en", read_at=NOW))
    assert catalogue.heard([identity("v"), identity("w"), "nirgends", "\0"]) == {
        identity("v"): Heard(sayings=(Saying(start=1, end=13, speaker="Eva Mol", words=3),), places=("Paris",)),
        identity("w"): Heard(sayings=(), places=()),
    }


def test_links_between_the_stories_asked_for_are_told_and_no_others(held):
    ids = {key: story_id(identity(key)) for key in "ace"}
    for earlier, later in (("a", "c"), ("c", "e")):
        word = LinkWord(earlier=ids[earlier], later=ids[later], goes_on=True, by="eva")
        held.say_link(word, act(Verb.LINK_STORIES, ids[later]))
    found = held.links_within([ids["a"], ids["c"], "\0"])
    assert [(link.earlier, link.later, link.by_editor) for link in found] == [(ids["a"], ids["c"], True)]
