"""Names in texts that are huge, or made to be hard: found in time, in order and apart, or not at all."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chronik.extract.names import CHARACTERS_MAX, NAMES_MAX, names

LANGUAGES = ("en", "de", "ru", "ar", "fa", "zh", "hy", "az", "tr", "und", "")
SECONDS_MAX = 20
"""Each of these takes under three seconds on a quiet core."""


def well_formed(mentions, text):
    ends = [0]
    for mention in mentions:
        assert ends[-1] <= mention.start < mention.end <= len(text)
        ends.append(mention.end)
    return True


@pytest.mark.parametrize(
    ("language", "piece"),
    [
        ("en", "Angela "),
        ("en", "Xyzzyx "),
        ("en", "Bank of "),
        ("de", "Haus "),
        ("en", "A."),
        ("en", "a" * 100_000),
        ("en", "Angela-"),
        ("tr", "Ankaranın "),
        ("ru", "Северной Корее "),
        ("ar", "محمد "),
        ("ar", "وبال"),
        ("fa", "سازمان "),
        ("zh", "阿·"),
        ("zh", "王大学"),
        ("zh", "的" * 50),
        ("en", "\u0301A"),
        ("en", "\ud800 "),
        ("en", "\x00B"),
        ("hy", "Երևան "),
    ],
)
def test_a_megabyte_is_read_in_time(language, piece):
    text = (piece * (1_000_000 // len(piece) + 1))[:1_000_000]
    start = time.process_time()
    mentions = names(text, language=language)
    assert time.process_time() - start < SECONDS_MAX
    assert len(mentions) <= NAMES_MAX
    assert well_formed(mentions, text[:CHARACTERS_MAX])


@settings(max_examples=150, deadline=None)
@given(
    st.text(alphabet=st.sampled_from("aB eMÄß.'-·’,\n\u00a0В путин ибن محمد الو王说大学·Ա և İ\u200c1"), max_size=120),
    st.sampled_from(LANGUAGES),
)
def test_names_stand_in_order_apart_and_inside_the_text(text, language):
    assert well_formed(names(text, language=language), text)


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=200), st.sampled_from(LANGUAGES))
def test_any_text_can_be_asked_for_names(text, language):
    assert well_formed(names(text, language=language), text)


def test_the_same_text_gives_the_same_names():
    text = "Anna Kim met Bob Dylan in Paris. Kim left for Rome with the United Nations."
    assert names(text, language="en") == names(text, language="en")
