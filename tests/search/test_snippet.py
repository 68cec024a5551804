"""Which part of a text is shown, and what is marked in it."""

import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from chronik.search.snippet import DOTS, SNIPPET_CHARACTERS_MAX, Wanted, snippet

FILLER = "und so weiter " * 60


def marked(text, *phrases, **others):
    shown, marks = snippet(text, Wanted(phrases=frozenset(tuple(p.split()) for p in phrases), **others))
    return shown, [shown[start:end] for start, end in marks]


def test_the_found_word_is_shown_with_what_stands_before_it():
    shown, marks = marked(FILLER + "die Nadel im Heu " + FILLER, "nadel")
    assert marks == ["Nadel"]
    assert shown.startswith(DOTS)
    assert shown.endswith(DOTS)
    assert len(shown) <= SNIPPET_CHARACTERS_MAX + 2


def test_the_stretch_with_most_found_words_is_shown():
    _, marks = marked("Nadel " + FILLER + "Nadel im Heu " + FILLER, "nadel", "heu")
    assert marks == ["Nadel", "Heu"]


def test_without_found_words_the_beginning_is_shown():
    assert marked("Ein Anfang.\n\nUnd  mehr.") == ("Ein Anfang. Und mehr.", [])


def test_white_space_becomes_one_blank_and_marks_stay_right():
    shown, marks = marked("  Ein\n\n\tHaus \n am   See  ", "haus", "am see")
    assert shown == "Ein Haus am See"
    assert marks == ["Haus", "am See"]


def test_a_phrase_is_marked_only_where_it_stands_whole():
    assert marked("Berg und Tal, Berg Karabach", "berg karabach")[1] == ["Berg Karabach"]


def test_a_beginning_marks_the_whole_word():
    assert marked("der Karabachkonflikt", beginnings=("karab",))[1] == ["Karabachkonflikt"]


def test_a_compound_is_marked_whole():
    assert marked("in Berg-Karabach", "bergkarabach")[1] == ["Berg-Karabach"]


def test_a_text_of_one_endless_word_is_cut_without_harm():
    shown, marks = marked("a" * 5000, "b")
    assert len(shown) == SNIPPET_CHARACTERS_MAX + 1
    assert marks == []


def test_an_accent_stays_with_its_letter():
    shown, _ = marked("e\u0301" * 3000)
    assert len(unicodedata.normalize("NFC", shown.removesuffix(DOTS))) * 2 == len(shown.removesuffix(DOTS))


@given(st.text(alphabet=st.sampled_from("ab \n-é東\u0301"), max_size=400), st.sampled_from(["a", "ab", "b a", "東"]))
def test_marks_lie_in_the_snippet_in_order(text, phrase):
    shown, marks = snippet(text, Wanted(phrases=frozenset({tuple(phrase.split())})))
    assert "\n" not in shown
    edges = [edge for mark in marks for edge in mark]
    assert edges == sorted(edges)
    assert all(0 <= start < end <= len(shown) for start, end in marks)
