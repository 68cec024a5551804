"""A sketch is small, the same everywhere, and made of any string."""

import pytest

from chronik.relate.fingerprint import sketch, unpacked


@pytest.mark.parametrize(
    "text", ["", "\0" * 10**5, "\ud800 \udfff" * 10**4, "a" * 10**6, "一二三" * 10**5, "a b c " * 10**5]
)
def test_any_string_has_a_small_sketch(text):
    made = sketch(text)
    assert len(made.packed()) <= 2_048
    assert unpacked(made.packed()) == made
