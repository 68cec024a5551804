"""A passage is found by its digest where it stands, and nowhere else."""

import pytest

from chronik.extract.sealed import holds, sealed, spoken, stretch

TEXT = "The keeper opened both gates at dawn.\n\nNobody had noticed “before half past four”, he said — not one."


def test_a_passage_is_found_whatever_its_marks_and_spaces():
    said = spoken(TEXT)
    for passage in ('before  half past four", he said', "gates at dawn. Nobody had noticed", TEXT):
        start, end = stretch(said, sealed(passage))
        assert holds(said[start:end], spoken(passage))


def test_a_changed_word_is_not_found():
    said = spoken(TEXT)
    assert stretch(said, sealed("The keeper opened three gates at dawn")) is None
    assert stretch((), sealed("The keeper opened both gates")) is None


@pytest.mark.parametrize("passage", ["", "—", "three words only", "word " * 3_000])
def test_what_is_too_short_or_too_long_is_not_sealed(passage):
    assert sealed(passage) is None


def test_scripts_without_spaces_are_compared_sign_by_sign():
    said = spoken("守闸人在黎明时分打开了两扇闸门。")
    assert stretch(said, sealed("黎明时分打开")) is not None
    assert stretch(said, sealed("黎明时分关闭")) is None


def test_a_part_stands_in_a_stretch_only_in_a_row():
    assert holds(spoken("a b c d e f"), spoken("b c d"))
    assert not holds(spoken("a b c d e f"), spoken("b d"))
    assert not holds(spoken("a b"), ())
