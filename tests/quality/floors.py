"""Floors hold for one corpus, which is known by its digest: where another one stands beside the checkout, none do."""

import pytest
from bench.reading import floors, sets

FLOORS = floors.floors()


def corpus(folder):
    """The folder of the shared data, or a skip that says why."""
    path = sets.DATA / folder
    if not path.is_dir():
        pytest.skip(f"{folder} of the shared data is not beside this checkout")
    if sets.digest(folder) != FLOORS[floors.CORPORA][folder]:
        pytest.skip(f"{folder} of the shared data is not the corpus that the floors were measured on")
    return path


def assert_not_below(name, figures):
    """Every figure that the floors hold under this name, and no other, is at its floor or above."""
    assert set(figures) == set(FLOORS[name])
    low = {key: (round(value, 4), FLOORS[name][key]) for key, value in figures.items() if value < FLOORS[name][key]}
    assert low == {}, f"{name}: figure, floor"
