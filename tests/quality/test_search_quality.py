"""How well search ranks judged questions: no figure falls below its floor."""

from bench import search_quality
from tests.quality.floors import assert_not_below, corpus


def test_questions_are_answered_as_well_as_before():
    corpus(search_quality.FOLDER)
    assert_not_below("search_in_words", search_quality.figures(search_quality.rankings(most=True)))
