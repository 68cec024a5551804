"""How well reports are placed into stories: no figure falls below its floor."""

import pytest
from bench import stories, stories_sets
from bench.stories_training import across, bcubed
from tests.quality.floors import assert_not_below, corpus

from chronik.relate.batch import grouped
from chronik.relate.encode import E5Encode

HEADLINES = 1_200
LOOK_ALIKES = 250
"""All of them take minutes."""
LANGUAGES = ("en", "es", "pt", "fr", "ru", "de")
LANGUAGE_PAIRS = ("en-es", "en-pt", "es-pt", "en-fr", "en-ru", "de-en")
TOGETHER = (
    ("Foreign Minister Maas on", "Außenminister Maas zu"),
    ("Trump, Putin and Macron call", "Déclaration des Présidents"),
    ("Trump, Putin and Macron call", "Putin, Macron und Trump fordern"),
    ("Israel Is Sending Weapons", "Israel schickt Waffen"),
)


@pytest.fixture(scope="module", autouse=True)
def _corpora():
    for folder in ("stories", "press-archive"):
        corpus(folder)


@pytest.fixture(scope="module")
def headlines():
    """Headlines, and the story of each as it was placed."""
    known = stories_sets.games(HEADLINES)
    return known, [placement.story for placement in stories.placed(known)]


def test_headlines_are_placed_as_people_did(headlines):
    known, found = headlines
    precision, recall, f1 = bcubed(known, found)
    over = across(known, found)
    figures = {"precision": precision, "recall": recall, "f1": f1, "across_precision": over[0], "across_f1": over[2]}
    assert_not_below("stories_of_headlines", figures)


def test_headlines_of_each_language_are_placed_as_people_did(headlines):
    figures = stories.by_language(*headlines)
    assert_not_below("stories_by_language", {one: figures[one][2] for one in LANGUAGES})


def test_headlines_of_each_two_languages_are_put_together_as_people_did(headlines):
    figures = stories.by_pair(*headlines)
    assert_not_below("stories_by_pair_of_languages", {pair: figures[pair][3] for pair in LANGUAGE_PAIRS})


def test_look_alike_events_are_told_apart_when_all_are_looked_at():
    known = stories_sets.ecb(LOOK_ALIKES)
    placements = grouped([each.traits for each in known], made_by=E5Encode().made_by)
    precision, recall, f1 = bcubed(known, [placement.story for placement in placements])
    assert_not_below("stories_of_look_alikes", {"precision": precision, "recall": recall, "f1": f1})


def test_texts_are_judged_in_pairs_as_people_did():
    assert_not_below("stories_of_judged_pairs", {"accuracy": stories.pairs_accuracy()})


def test_stories_told_in_several_languages_are_found_in_the_press_archive_and_nothing_is_merged_wrongly():
    known = stories_sets.press_archive()
    story_of = dict(zip([each.traits.title for each in known], stories.placed(known), strict=True))

    def story(beginning):
        return next(placement.story for title, placement in story_of.items() if title.startswith(beginning))

    assert [pair for pair in TOGETHER if story(pair[0]) != story(pair[1])] == []
    grouped_stories = [placement.story for placement in story_of.values() if placement.anchor]
    assert set(grouped_stories) <= {story(beginning) for beginning in (*dict(TOGETHER), "Schwere Gefechte")}
