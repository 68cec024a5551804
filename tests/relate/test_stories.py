"""Stories out of links and words."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chronik.errors import RefusedInputError
from chronik.model import Verdict, story_id
from chronik.relate.editing import merged, said, split
from chronik.relate.stories import Placed, derived, origin_count

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)


def placed(*links, score=0.8):
    """`a`, `b<a`: b is anchored at a."""
    parts = [link.partition("<") for link in links]
    return [Placed(report=report, anchor=anchor, score=score) for report, _, anchor in parts]


def word(first, second, verdict):
    return said((first, second), verdict, editor="ada", at=NOON)


def members(stories):
    return ["".join(story.members) for story in stories]


def test_reports_that_links_join_are_one_story_with_the_id_of_the_first():
    stories = derived(placed("a", "b<a", "c", "d<b"))
    assert members(stories) == ["abd", "c"]
    assert [story.id for story in stories] == [story_id("a"), story_id("c")]


def test_an_editors_same_joins_two_stories_under_the_earlier_id():
    stories = derived(placed("a", "b<a", "c", "d<c"), [word("d", "a", Verdict.SAME)])
    assert members(stories) == ["abcd"]
    assert stories[0].id == story_id("a")


def test_an_editors_different_cuts_the_weakest_link_between_the_two():
    links = [
        Placed(report="a"),
        Placed(report="b", anchor="a", score=0.9),
        Placed(report="c", anchor="b", score=0.6),
        Placed(report="d", anchor="c", score=0.8),
    ]
    assert members(derived(links, [word("a", "d", Verdict.DIFFERENT)])) == ["ab", "cd"]


def test_the_last_word_of_editors_wins():
    links = placed("a", "b")
    same, different = word("a", "b", Verdict.SAME), word("a", "b", Verdict.DIFFERENT)
    assert members(derived(links, [same, different])) == ["a", "b"]
    assert members(derived(links, [different, same])) == ["ab"]


def test_editors_links_outlast_machine_links():
    links = [Placed(report="a"), Placed(report="b", anchor="a", score=1.0), Placed(report="c")]
    said_so = [word("b", "c", Verdict.SAME), word("a", "c", Verdict.DIFFERENT)]
    assert members(derived(links, said_so)) == ["a", "bc"]


def test_words_on_reports_that_are_not_there_change_nothing():
    assert members(derived(placed("a"), [word("a", "gone", Verdict.SAME)])) == ["a"]


def test_copies_count_as_one_origin():
    links = [Placed(report="a"), Placed(report="b", anchor="a", copy_of="a"), Placed(report="c", anchor="a")]
    assert derived(links)[0].origins == 2


def test_copies_of_each_other_are_one_origin():
    assert origin_count(["a", "b", "c"], {"a": "b", "b": "a", "c": ""}) == 2


def test_a_report_cannot_be_judged_against_itself():
    with pytest.raises(RefusedInputError):
        word("a", "a", Verdict.SAME)


def test_a_split_needs_some_reports_and_leaves_some():
    story = derived(placed("a", "b<a"))[0]
    for out in ([], ["a", "b"], ["elsewhere"]):
        with pytest.raises(RefusedInputError):
            split(story, out, editor="ada", at=NOON)


def test_a_merge_needs_two_stories():
    story = derived(placed("a", "b<a"))[0]
    with pytest.raises(RefusedInputError):
        merged([story, story], editor="ada", at=NOON)


@st.composite
def forests(draw):
    names = [f"r{number}" for number in range(draw(st.integers(2, 12)))]
    return [
        Placed(report=name, anchor=draw(st.sampled_from(["", *names[:number]])), score=draw(st.floats(0.5, 1)))
        for number, name in enumerate(names)
    ]


@given(forests(), st.data())
def test_a_split_is_exact_whatever_the_links_are_and_stays_after_recomputing(links, data):
    names = [each.report for each in links]
    together = [word(names[0], name, Verdict.SAME) for name in names[1:]]
    story = derived(links, together)[0]
    out = data.draw(st.sets(st.sampled_from(names), min_size=1, max_size=len(names) - 1))
    words = [*together, *split(story, out, editor="ada", at=NOON)]
    relinked = [
        Placed(report=name, anchor=data.draw(st.sampled_from(["", *names[:n]]))) for n, name in enumerate(names)
    ]
    for state in (links, relinked):
        assert {frozenset(found.members) for found in derived(state, words)} == {
            frozenset(out),
            frozenset(names) - frozenset(out),
        }


@given(forests())
def test_a_merge_of_all_gives_one_story(links):
    stories = derived(links)
    words = merged(stories, editor="ada", at=NOON) if len(stories) > 1 else []
    assert len(derived(links, words)) == 1
