"""What was taken out of a sequence and put into it, within a bound."""

import random
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chronik.extract import differences as module
from chronik.extract.differences import differences

ITEMS = st.lists(st.integers(0, 9), max_size=40)


def rebuilt(one, other):
    """Both sequences out of the runs, and the shares that stayed."""
    mine, theirs, kept, same = [], [], 0, None
    for run in differences(one, other):
        assert run.same is not same
        same = run.same
        assert run.start == len(mine)
        assert run.other_start == len(theirs)
        mine += one[run.start : run.end]
        theirs += other[run.other_start : run.other_end]
        if run.same:
            assert one[run.start : run.end] == other[run.other_start : run.other_end]
            kept += run.end - run.start
    assert (mine, theirs) == (list(one), list(other))
    return kept


@given(ITEMS, ITEMS)
def test_the_runs_hold_both_sequences_in_turns(one, other):
    rebuilt(one, other)


@given(ITEMS, ITEMS)
def test_beyond_the_bound_the_runs_still_hold_both(one, other):
    before = module.DIFFERENT_MAX
    module.DIFFERENT_MAX = 2
    try:
        rebuilt(one, other)
    finally:
        module.DIFFERENT_MAX = before


@given(st.permutations(range(30)))
def test_beyond_the_bound_the_longest_row_of_single_items_stays(other):
    before = module.DIFFERENT_MAX
    module.DIFFERENT_MAX = 0
    try:
        kept = rebuilt(list(range(30)), list(other))
    finally:
        module.DIFFERENT_MAX = before
    longest = [1] * 30
    for at, item in enumerate(other):
        longest[at] += max((longest[earlier] for earlier in range(at) if other[earlier] < item), default=0)
    assert kept == max(longest)


@pytest.mark.parametrize(("size", "edits"), [(20_000, 10), (20_000, 3_000), (20_000, 20_000)])
def test_few_and_many_edits_of_a_long_sequence_are_found_in_little_time(size, edits):
    chance = random.Random(7)
    one = [chance.randrange(10**9) for _ in range(size)]
    other = list(one)
    for _ in range(edits):
        other[chance.randrange(size)] = chance.randrange(10**9)
    left = sum(mine == theirs for mine, theirs in zip(one, other, strict=True))
    started = time.process_time()
    assert rebuilt(one, other) == left
    assert time.process_time() - started < 5


def test_a_sequence_of_the_same_few_items_is_given_up_in_bounded_time():
    one, other = [1, 2, 3] * 20_000, [3, 1, 1] * 20_000
    started = time.process_time()
    rebuilt(one, other)
    assert time.process_time() - started < 10
