"""Counterparts by margin: what a plain cosine confuses, and sets of every size."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from chronik.relate import margin
from chronik.relate.margin import centred, counterparts


def unit(rows):
    rows = np.array(rows, dtype=np.float32)
    return rows / np.linalg.norm(rows, axis=1, keepdims=True)


def random(rows, seed, dimensions=16):
    return unit(np.random.default_rng(seed).standard_normal((rows, dimensions)))


def naive(first, second, neighbours):
    """By the definition, on the whole matrix."""
    cosines = first @ second.T
    own = np.sort(cosines, axis=1)[:, -neighbours:].mean(axis=1, keepdims=True)
    other = np.sort(cosines, axis=0)[-neighbours:].mean(axis=0, keepdims=True)
    margins = cosines - (own + other) / 2
    return {
        (row, column): margins[row, column]
        for row, column in enumerate(margins.argmax(axis=1))
        if margins[:, column].argmax() == row
    }


def test_translations_find_each_other_in_any_order():
    said = random(40, 1)
    order = np.random.default_rng(2).permutation(40)
    told = unit(said[order] + 0.05 * random(40, 3))
    found = counterparts(said, told)
    assert {(pair.first, pair.second) for pair in found} == {(int(order[n]), n) for n in range(40)}
    assert all(pair.cosine > 0.9 for pair in found)


def test_a_text_that_is_near_to_everything_is_nobodys_counterpart():
    said = unit([[1, 0.0, 0.2], [0, 1, 0.2], [0.6, 0.6, 0.6]])
    told = unit([[1, 0.1, 0.4], [0.1, 1, 0.4], [0.1, 0.2, -1]])
    assert {(pair.first, pair.second) for pair in counterparts(said, told, neighbours=2)} >= {(0, 0), (1, 1)}
    assert {pair.first for pair in counterparts(said, told, neighbours=2, margin_min=0.1)} == {0, 1}


@pytest.mark.parametrize("block", [3, 1024])
def test_blocks_give_what_the_definition_gives(monkeypatch, block):
    monkeypatch.setattr(margin, "BLOCK_ROWS", block)
    first, second = random(17, 4), random(23, 5)
    found = {(pair.first, pair.second): pair.margin for pair in counterparts(first, second, margin_min=-9)}
    assert found == pytest.approx(naive(first, second, margin.NEIGHBOURS), abs=1e-5)


def test_no_link_is_below_the_least_margin():
    first, second = random(30, 6), random(30, 7)
    assert all(pair.margin >= 0.2 for pair in counterparts(first, second, margin_min=0.2))


@given(st.integers(0, 9), st.integers(0, 9), st.integers(0, 3))
def test_sets_of_every_size_have_links_that_are_one_to_one(first_count, second_count, seed):
    found = counterparts(random(first_count, seed), random(second_count, seed + 1), margin_min=-9)
    assert len({pair.first for pair in found}) == len({pair.second for pair in found}) == len(found)


def test_texts_without_a_vector_have_no_counterpart():
    nothing = np.zeros((2, 16), np.float32)
    assert counterparts(nothing, nothing) == []
    assert counterparts(nothing, random(3, 1), margin_min=-9) == []


def test_what_all_have_in_common_is_taken_off():
    shared = 3 * random(1, 8)
    plain = random(200, 9)
    found = centred(unit(plain + shared))
    assert np.linalg.norm(found, axis=1) == pytest.approx(np.ones(200), abs=1e-5)
    assert np.abs(found.mean(axis=0)).max() < 0.2
    assert (found * plain).sum(axis=1).mean() > 0.7


def test_texts_without_a_vector_stay_without_one():
    found = centred(np.vstack([random(5, 1), np.zeros((1, 16), np.float32)]))
    assert not found[-1].any()
    assert centred(np.zeros((3, 16), np.float32)).any() == np.False_
    assert len(centred(np.zeros((0, 16), np.float32))) == 0
