"""What is understood of what people type."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chronik.search.query import QUERY_CHARACTERS_MAX, TERMS_MAX, understood


def shape(text):
    return [
        ("-" if clause.excluded else "")
        + "|".join(f"{term.scope}:{' '.join(term.words)}" for term in clause.alternatives)
        for clause in understood(text).clauses
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("haus hof", ["anywhere:haus", "anywhere:hof"]),
        ("haus AND hof", ["anywhere:haus", "anywhere:hof"]),
        ("haus OR hof garten", ["anywhere:haus|anywhere:hof", "anywhere:garten"]),
        ("OR haus OR", ["anywhere:haus"]),
        ("haus or hof", ["anywhere:haus", "anywhere:or", "anywhere:hof"]),
        ('"ein haus" -hof', ["anywhere:ein haus", "-anywhere:hof"]),
        ('-"ein haus"', ["-anywhere:ein haus"]),
        ("«maison brûlée»", ["anywhere:maison brulee"]),
        ('"nicht geschlossen', ["anywhere:nicht geschlossen"]),
        ("NOT haus", ["-anywhere:haus"]),
        ("+haus", ["anywhere:haus"]),
        ("haus - hof", ["anywhere:haus", "anywhere:hof"]),
        ("Lang:DE", ["lang:de"]),
        ("language:de", ["lang:de"]),
        ("lang:de lang:en", ["lang:de|lang:en"]),
        ("-lang:de -lang:en", ["-lang:de", "-lang:en"]),
        ('title:"ein haus"', ["title:ein haus"]),
        ("source:auswaertiges-amt", ["source:auswaertiges amt"]),
        ("from:2020-02 to:2020-02", ["from:2020-02-01", "to:2020-02-29"]),
        ("from:2020", ["from:2020-01-01"]),
        ("to:2020", ["to:2020-12-31"]),
        ("from:1.2.2020", ["from:2020-02-01"]),
        ("https://example.org/a", ["anywhere:https example org a"]),
        ("12:30", ["anywhere:12 30"]),
    ],
)
def test_a_query_is_read_as_people_mean_it(text, expected):
    assert shape(text) == expected
    if "https" not in text:
        assert understood(text).notices == ()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("from:2020-13-01", "from:2020-13-01"),
        ("from:2020-02-30", "2020-09-27"),
        ("to:0000", "to:0000"),
        ("kind:book", "article or clip"),
        ("lang:deutsch", "de, en or fr"),
        ("colour:red", "not a field"),
        ("ka*ch", "star"),
        ("*bach", "star"),
        ("a* haus", "too short"),
        ("(haus)", "Brackets"),
        ("!!!", "no word"),
        ("x" * (QUERY_CHARACTERS_MAX + 1), "characters"),
        ("x " * (TERMS_MAX + 1), "words"),
    ],
)
def test_what_is_not_understood_is_said_in_plain_words(text, said):
    assert said in understood(text).notice


def test_an_unknown_field_is_looked_for_as_words():
    assert shape("colour:red") == ["anywhere:colour red"]


def test_a_beginning_is_known_as_one():
    (clause,) = understood("karab*").clauses
    assert [(term.words, term.prefix) for term in clause.alternatives] == [(("karab",), True)]


def test_a_hyphenated_word_means_the_joined_one_too():
    (clause,) = understood("Berg-Karabach").clauses
    assert clause.alternatives[0].joined == "bergkarabach"


@given(st.text(alphabet=st.sampled_from('ab-"*:()|„“ ORNT1.лآ東\u0301\ud800'), max_size=120))
def test_any_string_is_understood(text):
    query = understood(text)
    assert sum(len(clause.alternatives) for clause in query.clauses) <= TERMS_MAX * 2
    for clause in query.clauses:
        assert clause.alternatives
        assert all(all(term.words) for term in clause.alternatives)
        assert all(term.words for term in clause.alternatives)


@pytest.mark.parametrize("part", ['"', "-", "a:", "(", "a OR ", "lang:de,", "*", "a-"])
def test_a_query_made_to_be_slow_is_not(part):
    started = time.process_time()
    understood(part * 1_000_000)
    assert time.process_time() - started < 1
