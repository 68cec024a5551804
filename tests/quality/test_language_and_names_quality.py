"""How well languages are told and names are found: no figure falls below its floor, and floors only rise."""

import json
from collections import Counter
from statistics import mean

from bench import language as languages
from bench import names as named
from tests.quality.floors import assert_not_below, corpus

from chronik.extract.language import language
from chronik.model.readings import NameKind

EVERY = 25


def test_sentences_are_told_by_language_as_well_as_before():
    corpus("language/ntrex")
    rows = languages.sentences(EVERY)
    whole = languages.shares(rows, [language(text) for _, text in rows])
    begun = languages.shares(rows, [language(languages.beginning(text)) for _, text in rows])
    figures = {
        "sentences": mean(share for file, share in whole.items() if file not in languages.SOUTH_SLAVIC),
        "sentences_with_south_slavic": mean(whole.values()),
        "five_words_of_twenty": mean(begun[file] for file in languages.TWENTY),
    }
    assert_not_below("language_of_sentences", figures)


def test_names_are_found_as_well_as_before():
    corpus("language/ntrex")
    gold = json.loads(named.GOLD.read_text(encoding="utf-8"))
    assert set(gold["looked_at"]) < {int(line) for line in gold["names"]}
    found = sum((named.counts(gold, file, held_out=True) for file in named.LANGUAGES), Counter())
    figures = {str(kind): named.figures(found, [kind])[2] for kind in NameKind}
    assert_not_below("names_in_sentences", figures | {"all": named.figures(found, NameKind)[2]})


def test_english_places_are_found_as_well_as_before():
    corpus("places")
    right = told = there = 0
    for text, marked in named.articles("GeoVirus"):
        found = {(m.start, m.end) for m in named.names(text, language="en") if m.kind is NameKind.PLACE}
        right, told, there = right + len(found & marked), told + len(found), there + len(marked)
    assert_not_below("names_of_places", {"f1": 2 * right / (told + there)})
