"""How well articles are proposed and statements find their sides: no figure falls below its floor."""

from bench import accounts, suggest
from bench import suggesting_sets as sets
from bench.suggesting_vectors import pieces
from tests.quality.floors import assert_not_below, corpus

EVERY_HEADLINE, EVERY_ARTICLE = 8, 6


def test_the_press_archive_finds_its_own_clips_among_other_articles_as_well_as_before():
    for folder in ("press-archive", "stories", "timelines"):
        corpus(folder)
    names, clips = suggest.press_archive()
    others = [*sets.games()[::EVERY_HEADLINE], *sets.timelines()[::EVERY_ARTICLE]]
    result = suggest.replayed(names, clips, suggest.mixed(clips, pieces([one.report for one in others])))
    assert result.relevant == len(clips)
    figures = {
        "precision_at_10": result.precision_at_10,
        "ranked_first": result.ranked_first,
        "recall_at_50": result.recall_at_50,
        "recall": result.recall,
    }
    assert_not_below("suggesting_press_archive", figures)


def test_statements_of_the_press_archive_stand_on_their_sides_as_well_as_before():
    corpus("press-archive")
    found = accounts.sides()
    figures = {
        "precision": found["given the right side"] / found["given a side"],
        "recall": found["given the right side"] / found["with a side"],
    }
    assert_not_below("sides_press_archive", figures)
