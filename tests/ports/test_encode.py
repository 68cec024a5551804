"""The contract of `ports.Encode`, held against the fake and the real ones."""

from contextlib import contextmanager

import numpy as np
import pytest
from tests.fakes.embeddings import endpoint
from tests.fakes.encode import FakeEncode

from chronik.relate.encode import E5Encode

FLOOD = "Nach dem Hochwasser bleiben die Schulen geschlossen"
FLOOD_AGAIN = "Schulen bleiben nach dem Hochwasser geschlossen"
CHESS = "Zweite Partie der Schachweltmeisterschaft endet remis"
STRANGE = ["\0", "a\0b", "\ud800", "x\udfff", "a" * 10**6, "漢" * 10**6, "\u0301" * 10**5, "a " * 10**5, "\n\t "]


@contextmanager
def behind_an_endpoint():
    with endpoint() as (encode, _server):
        yield encode


@contextmanager
def as_it_is(make):
    yield make()


@pytest.fixture(params=["fake", "e5", "endpoint"])
def encode(request):
    kinds = {"fake": as_it_is(FakeEncode), "e5": as_it_is(E5Encode), "endpoint": behind_an_endpoint()}
    with kinds[request.param] as encode:
        yield encode


def test_each_text_has_a_row_of_length_one(encode):
    found = encode.vectors([FLOOD, CHESS])
    assert found.shape == (2, encode.dimensions)
    assert found.dtype == np.float32
    assert np.linalg.norm(found, axis=1) == pytest.approx([1, 1], abs=1e-5)


def test_no_texts_give_no_rows(encode):
    assert encode.vectors([]).shape == (0, encode.dimensions)


def test_an_empty_text_is_zeros_and_keeps_its_place(encode):
    found = encode.vectors(["", FLOOD, ""])
    assert np.linalg.norm(found, axis=1) == pytest.approx([0, 1, 0], abs=1e-5)


def test_texts_that_say_alike_are_nearer_than_others(encode):
    first, again, other = encode.vectors([FLOOD, FLOOD_AGAIN, CHESS])
    assert first @ again > first @ other


def test_a_text_has_the_same_vector_alone_and_among_others(encode):
    among = encode.vectors([CHESS * 5, FLOOD, "Kurz", CHESS])[1]
    assert encode.vectors([FLOOD])[0] == pytest.approx(among, abs=1e-5)


def test_any_string_has_a_finite_vector(encode):
    found = encode.vectors(STRANGE)
    assert np.isfinite(found).all()
    assert (np.linalg.norm(found, axis=1) < 1 + 1e-5).all()


def test_the_maker_has_a_name(encode):
    assert encode.made_by.strip() == encode.made_by != ""
