"""What every catalogue promises to pages about stories, tried on the SQL one and on the fake."""

import pytest
from tests.fakes.catalogue import MemoryCatalogue
from tests.ports.test_catalogue_relating import NOW, act, identity, place, word

from chronik.model import Act, Article, Clip, Dossier, Judgement, Span, Statement, Verb, Verdict, story_id
from chronik.ports.looking_up import Voices
from chronik.ports.relating import Side


@pytest.fixture(params=["memory", "sql"])
def catalogue(request):
    if request.param == "memory":
        return MemoryCatalogue()
    request.getfixturevalue("db")
    from chronik.catalogue.store import DjangoCatalogue

    return DjangoCatalogue()


@pytest.fixture
def three(catalogue):
    """A story of two reports, and one of one that is near."""
    near = Judgement(first=identity("b"), second=identity("c"), verdict=Verdict.UNSURE, score=0.4)
    inside = Judgement(first=identity("a"), second=identity("b"), verdict=Verdict.SAME, score=0.9)
    place(catalogue, "a", language="de")
    place(catalogue, "b", anchor="a", copy_of="a", judgements=(inside,))
    place(catalogue, "c", judgements=(near,))
    return catalogue


def test_spots_are_found_by_report_and_by_article(three):
    spots = three.spots([identity("b"), identity("z"), "", "\0"])
    assert list(spots) == [identity("b")]
    spot = spots[identity("b")]
    assert (spot.story, spot.copy_of, spot.article) == (story_id(identity("a")), identity("a"), identity("b"))
    assert spot.number > three.spots([identity("a")])[identity("a")].number


def test_every_spot_of_a_story_is_found_by_its_id(three):
    spots = three.spots_in([story_id(identity("a")), story_id(identity("b")), "", "\0"])
    assert sorted(spots) == [identity("a"), identity("b")]
    assert spots == three.spots(spots)


def test_who_speaks_in_an_article_is_told_without_the_rest(catalogue):
    text = "Nothing yet. “We wait”, said Eva Mol. “They wait”, it was said."
    named = Span(start=text.index("Eva"), end=text.index("Eva") + len("Eva Mol"))
    said = (Statement(start=14, end=21, quoted=True, speaker=named), Statement(start=40, end=49, quoted=True))
    article = Article(
        id=identity("v"), url="https://a.example/v", text=text, source="A", language="en", statements=said, read_at=NOW
    )
    catalogue.add_article(article)
    plain = Article(id=identity("w"), url="https://a.example/w", text="Nothing.", language="de", read_at=NOW)
    catalogue.add_article(plain)
    assert catalogue.voices([article.id, plain.id, identity("z"), "\0"]) == {
        article.id: Voices(language="en", source="A", source_id="", speakers=("Eva Mol",)),
        plain.id: Voices(language="de", source="", source_id=""),
    }


def test_heads_and_reports_are_found_together(three):
    heads = three.story_heads([story_id(identity("a")), story_id(identity("c")), story_id(identity("b"))])
    assert {head.title: head.reports for head in heads.values()} == {"Report a": 2, "Report c": 1}
    found = three.story_reports([identity("a"), identity("b"), identity("z")])
    assert {key[0]: report.title for key, report in found.items()} == {"a": "Report a", "b": "Report b"}
    assert found[identity("b")].anchor == identity("a")


def test_judgements_on_a_story_lead_out_of_it(three):
    (found,) = three.judgements_on([identity("a"), identity("b")])
    assert (found.second, found.score) == (identity("c"), 0.4)
    assert three.judgements_on([identity("a"), identity("b"), identity("c")]) == []


def test_what_editors_said_is_told_latest_first_and_who_took_it_back(three):
    first, later = act(subject=identity("a"), minute=1), act(subject=identity("b"), minute=2)
    three.say([word("a", "c")], first)
    three.say([word("b", "c", Verdict.DIFFERENT)], later)
    undoing = Act(at=later.at, by="ivo", verb=Verb.UNDO, subject=first.subject, detail={"undoes": first.id})
    three.unsay(first.id, undoing)
    told = three.said_on([identity("c")])
    assert [(one.act, one.standing, one.undone) for one in told] == [(later, True, None), (first, False, undoing)]
    assert [one.act for one in three.said_on([identity("a")])] == [first]
    assert [one.act for one in three.said_on([identity("c")], limit=1)] == [later]
    assert three.said_on([identity("z")]) == []


def test_the_sides_of_the_dossiers_that_clipped_an_article_are_found_at_once(three):
    for slug in ("mill", "weir", "none"):
        three.add_dossier(Dossier(slug=slug, names={"en": slug}), act(Verb.CREATE_DOSSIER, slug))
        three.put_side(Side(dossier=slug, key="board", names={"en": "Board"}, words=("board",)), act(minute=9))
    for slug, article in (("weir", "b"), ("mill", "a"), ("mill", "b")):
        clip = Clip(id=identity(slug[0] + article)[:64], dossier=slug, article_id=identity(article), clipped_at=NOW)
        three.add_clip(clip, act(Verb.CLIP, slug + article))
    found = three.sides_on([identity("a"), identity("b")])
    assert [side.dossier for side in found] == ["mill", "weir"]
    assert [side.dossier for side in three.sides_on([identity("a")])] == ["mill"]
    three.remove_clip(identity("ma")[:64], act(Verb.REMOVE_CLIP))
    assert three.sides_on([identity("a")]) == []
    assert three.sides_on([identity("c")]) == []


def test_clips_are_found_by_their_ids_unless_they_were_removed(three):
    three.add_dossier(Dossier(slug="mill", names={"en": "mill"}), act(Verb.CREATE_DOSSIER, "mill"))
    kept, gone = (Clip(id=identity(key), dossier="mill", excerpt=key, clipped_at=NOW) for key in "kg")
    for minute, clip in enumerate((kept, gone)):
        three.add_clip(clip, act(Verb.CLIP, clip.id, minute=minute))
    three.remove_clip(gone.id, act(Verb.REMOVE_CLIP, gone.id))
    assert three.clips_by_id([kept.id, gone.id, identity("z")]) == {kept.id: three.clip(kept.id)}
