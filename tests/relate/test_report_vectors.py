"""A report's vector hears its title beside its text."""

import numpy as np
import pytest

from chronik.model import Report
from chronik.relate.report_vectors import report_vectors


class _Encode:
    made_by = "fake"
    dimensions = 2

    def vectors(self, texts):
        """East for what is a title alone, north for title and text, nothing for nothing."""
        rows = [(0, 0) if not text else (0, 1) if "." in text else (1, 0) for text in texts]
        return np.array(rows, np.float32).reshape(len(rows), 2)


def vector(title="", text=""):
    return report_vectors([Report(id="a", title=title, text=text)], encode=_Encode())[0].tolist()


def test_a_report_with_title_and_text_lies_between_both():
    east, north = vector(title="Flood in the harbour", text="The river rose at night.")
    assert (east / north, east**2 + north**2) == (pytest.approx(0.4 / 0.6), pytest.approx(1))


def test_a_title_alone_keeps_its_vector():
    assert vector(title="Flood in the harbour") == [1, 0]


def test_a_text_alone_keeps_its_vector():
    assert vector(text="The river rose at night.") == [0, 1]


@pytest.mark.parametrize("empty", ["", " ", "\n\t"])
def test_nothing_to_read_gives_zeros(empty):
    assert vector(title=empty, text=empty) == [0, 0]


def test_no_reports_give_no_rows():
    assert report_vectors([], encode=_Encode()).shape == (0, 2)


@pytest.mark.parametrize("hostile", ["\0", "\ud800", "x" * 1_000_000])
def test_any_string_gives_a_vector_of_length_one_or_none(hostile):
    length = float(np.linalg.norm(vector(title=hostile, text=hostile)))
    assert length == pytest.approx(1) or length == 0
