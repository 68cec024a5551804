"""How well statements and dates are found in sentences of our own: no figure falls below its floor."""

import json
from pathlib import Path

import pytest
from bench.annotations import Count, date_counts, date_sentences, statement_counts, statement_texts

FLOORS = json.loads((Path(__file__).parent / "annotations.json").read_text(encoding="utf-8"))
SENTENCES_MIN = 15


def whole(counts):
    parts = counts.values()
    return Count(
        wanted=sum(one.wanted for one in parts),
        found=sum(one.found for one in parts),
        right=sum(one.right for one in parts),
    )


def assert_not_below(name, counts):
    weakest = min(min(one.precision(), one.recall()) for one in counts.values())
    one = whole(counts)
    figures = {"precision": one.precision(), "recall": one.recall(), "weakest_language": weakest}
    low = {key: (round(figures[key], 4), floor) for key, floor in FLOORS[name].items() if figures[key] < floor}
    assert low == {}, f"{name}: figure, floor"
    assert set(figures) == set(FLOORS[name])


def test_statements_and_their_speakers_are_found_as_well_as_before():
    assert_not_below("statements", statement_counts()[1])


def test_dates_are_found_as_well_as_before():
    assert_not_below("dates", date_counts())


@pytest.mark.parametrize("sentences", [statement_texts, date_sentences])
def test_every_language_has_as_many_sentences(sentences):
    languages = [one.language for one in sentences()]
    assert len(set(languages)) == 16
    assert {languages.count(language) for language in languages} == {SENTENCES_MIN}
