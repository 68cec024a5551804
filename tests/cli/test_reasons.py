"""Reasons in English words."""

import pytest

from chronik.cli.reasons import told
from chronik.model import REASONS_IN_ORDER, Reason, ReasonKind


def test_reasons_are_told_as_people_expect_them():
    reasons = (
        Reason(kind=ReasonKind.VECTORS, value=0.914),
        Reason(kind=ReasonKind.NUMBERS, words=("300 000",)),
        Reason(kind=ReasonKind.NAMES, words=("Stepanakert/Степанакерт",)),
        Reason(kind=ReasonKind.HOURS_APART, value=3.0),
        Reason(kind=ReasonKind.OTHER_NAMES, words=("Baku / Tiflis",)),
    )
    expected = "same day; shares Stepanakert/Степанакерт, 300 000; vectors 0.91; but: Baku / Tiflis"
    assert told(reasons) == expected


@pytest.mark.parametrize("kind", list(ReasonKind))
@pytest.mark.parametrize("words", [(), ("a\x1b[31m\n", "b" * 1000)])
@pytest.mark.parametrize("value", [None, 0.0, 55.0])
def test_every_kind_has_words_and_its_place(kind, words, value):
    said = told((Reason(kind=kind, words=words, value=value),))
    assert kind in REASONS_IN_ORDER
    assert "\x1b" not in said
    assert "\n" not in said
    assert len(said) < 1000


def test_a_copy_is_named_by_its_title():
    reason = Reason(kind=ReasonKind.COPY, words=("0" * 64,), value=1.0)
    assert told((reason,), titles={"0" * 64: "“Sluice closed”"}) == "copy of “Sluice closed”"
    assert told((reason,)) == "copy of 000000000000"
