"""Bars that pairs are held against."""

import numpy as np
import pytest

from chronik.relate.curves import TEXT_WORDS
from chronik.relate.features import PAIR
from chronik.relate.weights import shipped


@pytest.mark.parametrize(("words", "bar"), [(TEXT_WORDS - 1, "same"), (TEXT_WORDS, "same_text")])
def test_a_pair_of_texts_is_held_against_a_higher_bar_than_one_with_a_headline(words, bar):
    features = np.zeros(len(PAIR), np.float32)
    features[PAIR.index("words-short")] = words
    assert shipped().same_from(features) == getattr(shipped(), bar)
    assert shipped().same_text > shipped().same
