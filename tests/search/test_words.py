"""How text is cut into words that can be compared."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chronik.search.words import WORD_CHARACTERS_MAX, compounds, folded, words


def plain(text):
    return [word.text for word in words(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Die Häuser, die Straße!", ["die", "hauser", "die", "strasse"]),
        ("İstanbul IĞDIR ılık", ["istanbul", "igdir", "ilik"]),
        ("ёлка Ба́ку Київ йод", ["елка", "баку", "київ", "йод"]),
        ("Ελλάδα ΕΚΛΟΓΈΣ", ["ελλαδα", "εκλογεσ"]),
        ("المُفاوَضات أحمد", ["المفاوضات", "احمد"]),
        ("١٢٣ ۴۵", ["123", "45"]),
        ("l'aube snake_case A&B", ["l", "aube", "snake", "case", "a", "b"]),
        ("東京都", ["東京", "京都", "都"]),
        ("2020年", ["2020", "年"]),
        ("Kara\u00adbach Kara\u200bbach", ["karabach", "karabach"]),
        ("Łódź Þór Æsir Œuvre", ["lodz", "thor", "aesir", "oeuvre"]),
        ("हिन्दी", ["हिन्दी"]),
        ("", []),
        ("—…!?", []),
    ],
)
def test_words_are_folded_in_every_script(text, expected):
    assert plain(text) == expected


def test_composed_and_decomposed_letters_are_one():
    assert plain("Ärzte Ёлка") == plain("A\u0308rzte Е\u0308лка")


def test_a_word_knows_where_it_stands():
    text = "In Berg-Karabach, צה״ל 東京"
    assert [text[word.start : word.end] for word in words(text)] == ["In", "Berg", "Karabach", "צה״ל", "東京", "京"]


def test_a_compound_is_one_word_too_unless_it_is_a_chain():
    for text, expected in (("Berg-Karabach", ["bergkarabach"]), ("a-b-c-d-e-f", []), ("a - b", []), ("x", [])):
        assert [word.text for word in compounds(text, list(words(text)))] == expected


def test_a_long_word_is_cut_everywhere_alike():
    assert plain("a" * 1000) == ["a" * WORD_CHARACTERS_MAX]


@given(st.text(max_size=80))
def test_positions_lie_in_the_text_and_words_hold_no_blank(text):
    for word in words(text):
        assert 0 <= word.start < word.end <= len(text)
        assert word.text
        assert not any(character.isspace() for character in word.text)


@given(st.text(max_size=30))
def test_folding_twice_is_folding_once(text):
    for word in words(text):
        assert folded(word.text) == word.text
