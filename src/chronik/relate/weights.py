"""Decides: what the evidence weighs, as learned from open data by `make train-relate` (weights.json)."""

from __future__ import annotations

import base64
import json
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

import numpy as np

from chronik.relate.curves import TEXT_WORDS, Curves, Pairs, curves_of
from chronik.relate.features import PAIR
from chronik.relate.threads import THREAD

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

FILE = "weights.json"
BARS = ("same", "same_text", "different", "join", "join_text", "pair_text", "certain", "linked", "follow")


@dataclass(frozen=True, slots=True, kw_only=True)
class Weights:
    """Models of pairs and of stories, and the bars that their probabilities are held against."""

    version: str
    pair: Pairs
    thread: Curves
    same: float
    """A pair of headlines is SAME from here on."""
    same_text: float
    """And a pair of texts from here on: those on one running topic are near to each other."""
    different: float
    """And DIFFERENT up to here; between them it is UNSURE."""
    join: float
    """A headline joins a story from here on."""
    join_text: float
    """And a report with a text from here on, where"""
    pair_text: float
    """the report of the story that goes best with it does so from here on."""
    certain: float
    """A report's place is shown as certain from here on."""
    linked: float
    """Groups of a whole set are one from this mean probability on."""
    follow: float
    """A story is said to go on from an earlier one from here on."""
    mean: NDArray[np.float32] | None = None
    """Mean vector of short news texts by the encoder `mean_made_by`."""
    mean_made_by: str = ""

    def same_from(self, features: NDArray[np.float32]) -> float:
        """The probability from which a pair with these features is SAME."""
        return self.same_text if features[self.pair.length_column] >= TEXT_WORDS else self.same

    def mean_for(self, made_by: str) -> NDArray[np.float32] | None:
        """The mean vector to begin with, where vectors are of the maker that it is known for."""
        return self.mean if made_by == self.mean_made_by else None


def pairs_of(content: Mapping[str, Any]) -> Pairs:
    """The model of pairs out of JSON. Raises KeyError when something is missing."""
    headlines, texts = (curves_of(content[kind], PAIR) for kind in ("headlines", "texts"))
    return Pairs(headlines=headlines, texts=texts, length_column=PAIR.index("words-short"))


@cache
def shipped() -> Weights:
    """The weights that come with Chronik."""
    return weights_of(json.loads(files("chronik.relate").joinpath(FILE).read_text(encoding="utf-8")))


def weights_of(content: Mapping[str, Any]) -> Weights:
    """Weights out of JSON. Raises KeyError when something is missing."""
    mean = base64.b64decode(content["mean"]) if content["mean"] else b""
    return Weights(
        version=content["version"],
        pair=pairs_of(content["pair"]),
        thread=curves_of(content["thread"], THREAD),
        **{bar: float(content["bars"][bar]) for bar in BARS},
        mean=np.frombuffer(mean, "<f2").astype(np.float32) if mean else None,
        mean_made_by=content["mean_made_by"],
    )
