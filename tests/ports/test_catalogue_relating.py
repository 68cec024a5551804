"""What every catalogue promises to relating, tried on the SQL one and on the fake."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from tests.fakes.catalogue import MemoryCatalogue

from chronik.errors import NotFoundError
from chronik.model import (
    Act,
    Article,
    Clip,
    Dossier,
    Judgement,
    Placement,
    Reason,
    ReasonKind,
    StoryLink,
    Suggestion,
    Verb,
    Verdict,
    story_id,
)
from chronik.ports.relating import KeptGist, LinkWord, Related, Side, StoryQuery, Suggesting, SuggestionState, Traced
from chronik.relate.editing import said

NOW = datetime(2026, 5, 1, 12, 0, tzinfo=UTC)
DAY = timedelta(days=1)
REASONS = (
    Reason(kind=ReasonKind.NAMES, words=("Mill/Мельница",), weight=1.5),
    Reason(kind=ReasonKind.VECTORS, value=0.9),
)


@pytest.fixture(params=["memory", "sql"])
def catalogue(request):
    if request.param == "memory":
        return MemoryCatalogue()
    request.getfixturevalue("db")
    from chronik.catalogue.store import DjangoCatalogue

    return DjangoCatalogue()


def identity(key):
    return key * 64


def act(verb=Verb.JUDGE, subject="story", minute=0):
    return Act(at=NOW + timedelta(minutes=minute), by="eva", verb=verb, subject=subject)


def article(key, *, day=1, url="", text="", language="en"):
    return Article(
        id=identity(key),
        url=url or f"https://talbote.example/{key}",
        title=f"Report {key}",
        text=text or f"Text of {key}, which nobody else has written like this.",
        language=language,
        published=f"2026-05-{day:02}",
        source="Talbote",
        read_at=NOW + timedelta(minutes=ord(key[0])),
    )


def place(catalogue, key, *, anchor="", copy_of="", judgements=(), follows=(), score=0.8, **fields):
    """An article that is added, and placed at the anchor or alone."""
    catalogue.add_article(article(key, **fields))
    related(catalogue, key, anchor=anchor, copy_of=copy_of, judgements=judgements, follows=follows, score=score)


def related(catalogue, key, *, anchor="", copy_of="", judgements=(), follows=(), score=0.8):
    due = next(one for one in catalogue.unrelated(limit=99) if one.article.id == identity(key))
    placement = Placement(
        report=due.report,
        story=story_id(identity(anchor) if anchor else due.report),
        score=score if anchor else 1.0,
        anchor=identity(anchor) if anchor else "",
        copy_of=identity(copy_of) if copy_of else "",
        certain=bool(anchor),
        reasons=REASONS if anchor else (),
        judgements=judgements,
        follows=follows,
        made_by="test",
    )
    traced = Traced(traits=b"\0traits", vector=b"\x01\x02", encoder="test")
    catalogue.record_related([Related(due=due, traced=traced, placement=placement)], at=NOW)


def stories(catalogue):
    """Keys of the reports of each story, by id."""
    heads = catalogue.stories(StoryQuery())
    wholes = [catalogue.story(head.id) for head in heads]
    return {whole.head.id: "".join(report.report[0] for report in whole.reports) for whole in wholes}


def word(first, second, verdict=Verdict.SAME):
    return said((identity(first), identity(second)), verdict, editor="eva", at=NOW)


def test_articles_are_due_oldest_first_until_they_are_placed(catalogue):
    for key, day in (("a", 3), ("b", 1), ("c", 2)):
        catalogue.add_article(article(key, day=day))
    assert [one.report[0] for one in catalogue.unrelated(limit=9)] == ["b", "c", "a"]
    assert len(catalogue.unrelated(limit=1)) == 1
    related(catalogue, "b")
    assert [one.report[0] for one in catalogue.unrelated(limit=9)] == ["c", "a"]
    assert catalogue.standing(NOW, silent_after=DAY).due["relating"] == 2


def test_a_place_comes_back_as_it_was_recorded(catalogue):
    place(catalogue, "a")
    place(catalogue, "b", anchor="a", copy_of="a", day=2)
    relation = catalogue.relation(identity("b"))
    assert relation.placement.story == story_id(identity("a"))
    assert relation.placement.anchor == relation.placement.copy_of == identity("a")
    assert relation.placement.reasons == REASONS
    assert relation.placement.certain
    assert relation.traced == Traced(traits=b"\0traits", vector=b"\x01\x02", encoder="test")
    assert relation.when == datetime(2026, 5, 2, tzinfo=UTC)
    assert catalogue.relation(identity("z")) is None


def test_relations_are_found_by_time_and_number(catalogue):
    for key, day in (("a", 5), ("b", 1), ("c", 9)):
        place(catalogue, key, day=day)
    early, late = datetime(2026, 5, 1, tzinfo=UTC), datetime(2026, 5, 9, tzinfo=UTC)
    found = list(catalogue.relations(early, late))
    assert [relation.report[0] for relation in found] == ["a", "b"]
    assert [relation.report[0] for relation in catalogue.relations(early, late, after=found[0].number)] == ["b"]
    assert [relation.report[0] for relation in catalogue.latest_relations(limit=2)] == ["b", "c"]
    assert catalogue.span() == (datetime(2026, 5, 1, tzinfo=UTC), datetime(2026, 5, 9, tzinfo=UTC))
    assert set(catalogue.articles([identity("a"), identity("z")])) == {identity("a")}
    assert catalogue.marks().placed == catalogue.latest_relations(limit=1)[0].number


def test_a_story_counts_reports_origins_and_languages(catalogue):
    place(catalogue, "a", language="de")
    place(catalogue, "b", anchor="a", copy_of="a", language="de", day=2)
    place(catalogue, "c", anchor="b", language="fr", day=3)
    head = catalogue.stories(StoryQuery())[0]
    assert (head.reports, head.origins, head.languages) == (3, 2, ("de", "fr"))
    assert (head.title, head.article, head.language) == ("Report a", identity("a"), "de")
    assert (head.first_at.day, head.last_at.day) == (1, 3)


def test_stories_are_listed_by_time_language_size_and_dossier(catalogue):
    place(catalogue, "a", language="de", day=1)
    place(catalogue, "b", anchor="a", language="fr", day=4)
    place(catalogue, "c", language="ru", day=3)

    def listed(**fields):
        return [head.title[-1] for head in catalogue.stories(StoryQuery(**fields))]

    assert listed() == ["a", "c"]
    assert listed(language="fr") == ["a"]
    assert listed(reports_min=2) == ["a"]
    assert listed(since=datetime(2026, 5, 4, tzinfo=UTC)) == ["a"]
    assert listed(until=datetime(2026, 5, 2, tzinfo=UTC)) == ["a"]
    assert listed(limit=1, offset=1) == ["c"]
    catalogue.add_dossier(Dossier(slug="mill", names={"en": "The mill"}), act(Verb.CREATE_DOSSIER))
    catalogue.add_clip(Clip(id=identity("1"), dossier="mill", article_id=identity("c"), clipped_at=NOW), act(Verb.CLIP))
    assert listed(dossier="mill") == ["c"]


def test_the_beginning_of_an_id_is_enough(catalogue):
    place(catalogue, "a")
    whole = story_id(identity("a"))
    assert catalogue.story(whole[:8]).head.id == whole
    assert catalogue.story(whole[:7]) is None
    assert catalogue.story("") is None


def test_a_later_version_takes_over_the_place_of_the_earlier(catalogue):
    place(catalogue, "a")
    place(catalogue, "b", anchor="a", day=2)
    changed = article("n", url=article("a").url, text="Something else is said here now, and it is much longer.")
    catalogue.add_article(changed)
    (due,) = catalogue.unrelated(limit=9)
    assert (due.report, due.placed) == (identity("a"), True)
    catalogue.record_related([Related(due=due, traced=Traced(traits=b"new"), placement=None)], at=NOW)
    assert catalogue.unrelated(limit=9) == []
    assert catalogue.relation(identity("n")).report == identity("a")
    assert catalogue.relation(identity("a")).article == identity("n")
    assert {report.article[0] for report in catalogue.story(story_id(identity("a"))).reports} == {"n", "b"}


def test_machine_judgements_are_kept_best_first(catalogue):
    def judged(first, second, score):
        return Judgement(
            first=identity(first), second=identity(second), verdict=Verdict.UNSURE, score=score, reasons=REASONS
        )

    place(catalogue, "a")
    place(catalogue, "b")
    place(catalogue, "c", judgements=(judged("b", "c", 0.4), judged("a", "c", 0.3)))
    assert [judgement.score for judgement in catalogue.judgements(identity("c"))] == [0.4, 0.3]
    assert catalogue.judgements(identity("a"))[0].reasons == REASONS


def test_merged_stories_keep_the_earlier_id_and_the_other_leads_there(catalogue):
    place(catalogue, "a")
    place(catalogue, "b", day=2)
    place(catalogue, "c", anchor="b", day=3)
    merge = act(Verb.MERGE_STORIES)
    catalogue.say([word("a", "b")], merge)
    first, second = story_id(identity("a")), story_id(identity("b"))
    assert stories(catalogue) == {first: "abc"}
    assert catalogue.story(second).head.id == first
    assert catalogue.story_now(second) == first
    assert catalogue.unsay(merge.id, act(Verb.UNDO, minute=1)) == 1
    assert stories(catalogue) == {first: "a", second: "bc"}
    assert catalogue.story(second).head.id == second
    assert catalogue.words() == []


def test_a_split_parts_a_story_and_undo_restores_it(catalogue):
    place(catalogue, "a")
    place(catalogue, "b", anchor="a", day=2)
    place(catalogue, "c", anchor="b", day=3)
    before = stories(catalogue)
    split = act(Verb.SPLIT_STORY)
    catalogue.say([word("c", "a", Verdict.DIFFERENT)], split)
    assert sorted(stories(catalogue).values()) in (["a", "bc"], ["ab", "c"])
    catalogue.unsay(split.id, act(Verb.UNDO, minute=1))
    assert stories(catalogue) == before
    assert catalogue.unsay(split.id, act(Verb.UNDO, minute=2)) == 0


def test_a_new_report_goes_where_its_anchor_is_now(catalogue):
    place(catalogue, "a")
    place(catalogue, "b")
    catalogue.say([word("a", "b")], act())
    place(catalogue, "c", anchor="b")
    assert list(stories(catalogue).values()) == ["abc"]


def test_editors_words_outlast_that_places_are_forgotten(catalogue):
    for key in "ab":
        place(catalogue, key)
    catalogue.say([word("a", "b")], act())
    assert catalogue.forget_places() == 2
    assert catalogue.stories(StoryQuery()) == []
    assert set(catalogue.traced([identity("a"), identity("z")])) == {identity("a")}
    assert [one.report[0] for one in catalogue.unrelated(limit=9)] == ["a", "b"]
    related(catalogue, "a")
    related(catalogue, "b")
    assert stories(catalogue) == {story_id(identity("a")): "ab"}
    assert [one.verdict for one in catalogue.words()] == [Verdict.SAME]


def test_a_taken_over_report_keeps_its_id_when_it_is_placed_again(catalogue):
    place(catalogue, "a")
    catalogue.add_article(article("n", url=article("a").url, text="Something else is said here now, at some length."))
    (due,) = catalogue.unrelated(limit=9)
    catalogue.record_related([Related(due=due, traced=Traced(), placement=None)], at=NOW)
    catalogue.forget_places()
    (again,) = catalogue.unrelated(limit=9)
    assert (again.report, again.article.id, again.placed) == (identity("a"), identity("n"), False)


def test_what_is_said_twice_counts_once(catalogue):
    place(catalogue, "a")
    place(catalogue, "b")
    for _ in range(2):
        catalogue.say([word("a", "b")], act())
    assert len(catalogue.words()) == 1
    assert catalogue.act(act().id[:12]) == act()
    assert catalogue.act("0" * 64) is None


def test_the_marks_change_with_words_taken_back(catalogue):
    place(catalogue, "a")
    place(catalogue, "b")
    seen = [catalogue.marks()]
    catalogue.say([word("a", "b")], act())
    seen.append(catalogue.marks())
    catalogue.unsay(act().id, act(Verb.UNDO, minute=1))
    seen.append(catalogue.marks())
    assert len(set(seen)) == 3


def test_links_between_stories_follow_merges(catalogue):
    for key in "abx":
        place(catalogue, key)
    ids = {key: story_id(identity(key)) for key in "abx"}
    link = StoryLink(earlier=ids["b"], later=story_id(identity("c")), score=0.7, reasons=REASONS)
    place(catalogue, "c", follows=(link,))
    assert catalogue.story(ids["b"]).later == (link,)
    assert catalogue.story(story_id(identity("c"))).earlier == (link,)
    catalogue.say([word("a", "b")], act())
    assert catalogue.story(ids["a"]).later == (replace(link, earlier=ids["a"]),)
    catalogue.say([word("a", "c")], act(minute=1))
    assert catalogue.story(ids["a"]).later == ()


@pytest.fixture
def with_dossier(catalogue):
    catalogue.add_dossier(Dossier(slug="mill", names={"en": "The mill"}), act(Verb.CREATE_DOSSIER))
    for key in "abc":
        place(catalogue, key)
    return catalogue


def suggest(catalogue, *keys, anew=False):
    found = [Suggestion(dossier="mill", article=identity(key), score=0.5, reasons=REASONS) for key in keys]
    catalogue.record_suggestions("mill", found, seen=Suggesting(number=3, knew="k"), anew=anew, at=NOW)


def suggested(catalogue, state=SuggestionState.OPEN):
    return sorted(one.report[0] for one in catalogue.proposed("mill", state=state))


def test_suggestions_are_open_until_somebody_decides(with_dossier):
    suggest(with_dossier, "a", "b")
    assert with_dossier.suggesting("mill") == Suggesting(number=3, knew="k")
    assert with_dossier.proposed("mill")[0].suggestion.reasons == REASONS
    refusal = act(Verb.REFUSE_SUGGESTION, "mill")
    with_dossier.decide("mill", [identity("a")], state=SuggestionState.REFUSED, act=refusal)
    suggest(with_dossier, "a", "c", anew=True)
    assert suggested(with_dossier) == ["c"]
    assert suggested(with_dossier, SuggestionState.REFUSED) == ["a"]
    assert with_dossier.proposed_scores("mill", state=SuggestionState.OPEN, limit=9) == {identity("c"): 0.5}
    states = with_dossier.suggestion_states("mill", [identity("a"), identity("b"), identity("c")])
    assert states == {identity("a"): SuggestionState.REFUSED, identity("c"): SuggestionState.OPEN}
    with_dossier.decide("mill", [identity("a")], state=SuggestionState.OPEN, act=act(Verb.UNDO, "mill", minute=1))
    assert suggested(with_dossier) == ["a", "c"]


def test_what_was_clipped_is_not_suggested(with_dossier):
    suggest(with_dossier, "a", "b")
    clip = Clip(id=identity("1"), dossier="mill", article_id=identity("a"), clipped_at=NOW)
    with_dossier.add_clip(clip, act(Verb.CLIP))
    assert suggested(with_dossier) == ["b"]


def test_deciding_on_what_is_not_there_is_refused(with_dossier):
    for dossier, report in (("none", identity("a")), ("mill", identity("z"))):
        with pytest.raises(NotFoundError):
            with_dossier.decide(dossier, [report], state=SuggestionState.ACCEPTED, act=act(Verb.ACCEPT_SUGGESTION))


def test_sides_are_defined_and_removed(with_dossier):
    side = Side(
        dossier="mill",
        key="board",
        names={"en": "Water board"},
        sources=("x",),
        speakers=("R. Eschlohe",),
        words=("board",),
    )
    with_dossier.put_side(side, act(Verb.DEFINE_SIDE, "mill"))
    with_dossier.put_side(replace(side, sources=()), act(Verb.DEFINE_SIDE, "mill", minute=1))
    assert with_dossier.sides("mill") == [replace(side, sources=())]
    with_dossier.remove_side("mill", "board", act=act(Verb.REMOVE_SIDE, "mill"))
    assert with_dossier.sides("mill") == []
    with pytest.raises(NotFoundError):
        with_dossier.remove_side("mill", "board", act=act(Verb.REMOVE_SIDE, "mill"))
    with pytest.raises(NotFoundError):
        with_dossier.put_side(replace(side, dossier="none"), act(Verb.DEFINE_SIDE, "none"))


def test_spellings_are_said_taken_back_and_said_again(catalogue):
    kept = catalogue.add_spellings(["Mill", "Мельница"], same=True, act=act(Verb.ADD_SPELLINGS))
    assert catalogue.spellings() == [kept]
    assert (kept.spellings, kept.same, kept.by) == (("Mill", "Мельница"), True, "eva")
    catalogue.remove_spellings(kept.number, act(Verb.REMOVE_SPELLINGS))
    assert catalogue.spellings() == []
    with pytest.raises(NotFoundError):
        catalogue.remove_spellings(kept.number, act(Verb.REMOVE_SPELLINGS))
    catalogue.restore_spellings(kept.number, act(Verb.UNDO))
    assert catalogue.spellings() == [kept]


def test_what_waits_is_a_problem_until_it_goes_on(catalogue):
    catalogue.record_waiting("relating", "the encoder cannot be asked", at=NOW)
    problems = catalogue.standing(NOW, silent_after=DAY).problems
    assert [(problem["kind"], problem["reason"]) for problem in problems] == [("step", "the encoder cannot be asked")]
    catalogue.record_waiting("relating", "", at=NOW)
    assert catalogue.standing(NOW, silent_after=DAY).problems == []


def test_what_is_forgotten_leaves_its_stories(catalogue):
    place(catalogue, "a", url="http://talbote.localhost:8471/a")
    place(catalogue, "b", anchor="a")
    catalogue.remove_hosts(["talbote.localhost"], dossiers=[], act=act(Verb.REMOVE_SAMPLE))
    assert list(stories(catalogue).values()) == ["b"]
    assert catalogue.relation(identity("a")) is None


def gist(key, *, day, keys=(1, 2), content=b"gist"):
    when = NOW + timedelta(days=day)
    return KeptGist(
        story=story_id(identity(key)),
        first_at=when,
        last_at=when,
        keys=keys,
        content=content,
        vector=b"\1\2",
        encoder="e",
    )


def keep(catalogue, key, kept, *, follows=()):
    catalogue.add_article(article(key))
    due = next(one for one in catalogue.unrelated(limit=99) if one.article.id == identity(key))
    placement = Placement(report=due.report, story=story_id(due.report), score=1.0, follows=follows)
    catalogue.record_related([Related(due=due, traced=Traced(), placement=placement, gist=kept)], at=NOW)


def found(catalogue, *keys, ended=NOW, begun=NOW + 99 * DAY, limit=9):
    holding = catalogue.gists_holding(keys, limit=limit)
    numbers = list(dict.fromkeys(number for key in keys for number in holding.get(key, ())))
    return catalogue.gists(numbers, ended=ended, begun=begun)


def test_gists_are_found_by_their_keys_and_time(catalogue):
    kept = {key: gist(key, day=day, keys=keys) for key, day, keys in (("a", -50, (1, 2**62)), ("b", -10, (1, 3)))}
    for key, one in kept.items():
        keep(catalogue, key, one)
    assert found(catalogue, 2**62) == [kept["a"]]
    assert found(catalogue, 1) == [kept["b"], kept["a"]]
    assert found(catalogue, 1, limit=1) == [kept["b"]]
    assert found(catalogue, 1, ended=NOW - 40 * DAY) == [kept["a"]]
    assert found(catalogue, 1, ended=NOW - 99 * DAY, begun=NOW - 20 * DAY) == [kept["b"]]
    assert found(catalogue, 7) == []
    assert catalogue.gist_count() == 2
    catalogue.forget_places()
    assert found(catalogue, 1, 3) == []


def test_a_story_that_grew_has_its_gist_and_its_links_anew(catalogue):
    for key in "ab":
        keep(catalogue, key, gist(key, day=-90))
    ids = {key: story_id(identity(key)) for key in "abc"}
    first, second = (
        StoryLink(earlier=ids[key], later=ids["c"], score=0.8, reasons=REASONS, made_by="recall 1") for key in "ab"
    )
    keep(catalogue, "c", gist("c", day=1, keys=(1, 5)), follows=(first,))
    assert catalogue.story(ids["c"]).earlier == (first,)
    catalogue.add_article(article("d"))
    (due,) = catalogue.unrelated(limit=9)
    grown = gist("c", day=2, keys=(5, 6), content=b"more")
    placement = Placement(report=due.report, story=ids["c"], score=0.9, anchor=identity("c"), follows=(second,))
    catalogue.record_related([Related(due=due, traced=Traced(), placement=placement, gist=grown)], at=NOW)
    assert catalogue.story(ids["c"]).earlier == (second,)
    assert found(catalogue, 5, 6, begun=NOW) == [grown]


def test_an_editors_word_on_a_link_wins_and_can_be_taken_back(catalogue):
    for key in "ab":
        place(catalogue, key)
    ids = {key: story_id(identity(key)) for key in "abc"}
    link = StoryLink(earlier=ids["a"], later=ids["c"], score=0.8, reasons=REASONS, made_by="recall 1")
    place(catalogue, "c", follows=(link,))
    refusal, linking = act(Verb.UNLINK_STORIES, ids["c"]), act(Verb.LINK_STORIES, ids["c"], minute=1)
    for _ in range(2):
        catalogue.say_link(LinkWord(earlier=ids["a"], later=ids["c"], goes_on=False), refusal)
    catalogue.say_link(LinkWord(earlier=ids["b"], later=ids["c"], goes_on=True), linking)
    (said_link,) = catalogue.story(ids["c"]).earlier
    assert (said_link.earlier, said_link.by_editor, said_link.made_by) == (ids["b"], True, "eva")
    assert catalogue.story(ids["a"]).later == ()
    assert catalogue.unsay_link(linking.id, act(Verb.UNDO, minute=2)) == 1
    assert catalogue.unsay_link(linking.id, act(Verb.UNDO, minute=3)) == 0
    assert catalogue.story(ids["c"]).earlier == ()
    assert catalogue.unsay_link(refusal.id, act(Verb.UNDO, minute=4)) == 1
    assert catalogue.story(ids["c"]).earlier == (link,)


def test_a_refused_link_stays_refused_when_stories_are_merged_and_places_forgotten(catalogue):
    for key in "ab":
        place(catalogue, key)
    ids = {key: story_id(identity(key)) for key in "abc"}
    link = StoryLink(earlier=ids["b"], later=ids["c"], score=0.8, made_by="recall 1")
    place(catalogue, "c", follows=(link,))
    catalogue.say_link(LinkWord(earlier=ids["b"], later=ids["c"], goes_on=False), act(Verb.UNLINK_STORIES))
    catalogue.say([word("a", "b")], act())
    assert catalogue.story(ids["c"]).earlier == ()
    catalogue.forget_places()
    related(catalogue, "a")
    related(catalogue, "b")
    related(catalogue, "c", follows=(link,))
    assert catalogue.story(ids["c"]).earlier == ()
