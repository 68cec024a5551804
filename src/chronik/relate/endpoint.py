"""Acts: sentence vectors from a server that speaks OpenAI's /v1/embeddings; it opens no connection of its own."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Sequence
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from chronik.errors import EncoderError
from chronik.model import Failure

if TYPE_CHECKING:
    from numpy.typing import NDArray

Headers = Sequence[tuple[str, str]]
Post = Callable[[str, Headers, bytes], bytes | Failure]
"""Sends a body to an address with these headers; gives back the body of a good answer, or what went wrong."""

PATH_END = "/embeddings"
TEXTS_MAX = 64
"""Texts in one request."""
TEXT_CHARACTERS_MAX = 2000
"""Of one text: about 500 tokens, as many as most models read."""
DIMENSIONS_MAX = 8192
SMALLEST = np.finfo(np.float64).tiny
"""Keeps a vector of zeros, which some servers give for a text of signs only, from being divided by zero."""
PROBE = "Chronik"
"""A text that is encoded to learn how long the server's vectors are."""

_UNREADABLE = re.compile(r"[\0\ud800-\udfff]")


class EndpointEncode:
    """A `ports.Encode` that asks a server; texts are sent as they are, without a prefix."""

    def __init__(self, *, url: str, model: str, key: str, post: Post) -> None:
        self._url = url if url.endswith(PATH_END) else url.rstrip("/") + PATH_END
        self._model = model
        self._key = key
        self._post = post

    @property
    def made_by(self) -> str:
        """The model and who runs it: the same name may mean other weights elsewhere."""
        return f"{self._model} at {self._url}"

    @cached_property
    def dimensions(self) -> int:
        """Length of each vector, learned from the server's answer to one word."""
        return int(self._answered([PROBE]).shape[1])

    def vectors(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """One row of length 1 for each text; zeros where a text holds nothing to read."""
        found = np.zeros((len(texts), self.dimensions), dtype=np.float32)
        readable = [_UNREADABLE.sub(" ", text[:TEXT_CHARACTERS_MAX]).strip() for text in texts]
        places = [place for place, text in enumerate(readable) if text]
        for start in range(0, len(places), TEXTS_MAX):
            batch = places[start : start + TEXTS_MAX]
            rows = self._answered([readable[place] for place in batch])
            if rows.shape[1] != self.dimensions:
                raise self._wrong(f"vectors of {rows.shape[1]} numbers, where it gave {self.dimensions} before")
            found[batch] = rows
        return found

    def _answered(self, texts: list[str]) -> NDArray[np.float64]:
        """What the server says to a handful of texts, in their order."""
        headers = [("Content-Type", "application/json"), ("Accept", "application/json")]
        if self._key:
            headers.append(("Authorization", f"Bearer {self._key}"))
        body = {"model": self._model, "input": texts, "encoding_format": "float"}
        answer = self._post(self._url, headers, json.dumps(body).encode())
        if isinstance(answer, Failure):
            detail = answer.detail.replace(self._key, "…") if self._key else answer.detail  # some servers repeat it
            raise EncoderError(
                f"The encoder at {self._url} cannot be asked: {detail}. "
                "Nothing is lost; look at the settings encoder, encoder_model and encoder_key, or try again later."
            )
        return self._rows(answer, count=len(texts))

    def _rows(self, answer: bytes, *, count: int) -> NDArray[np.float64]:
        try:
            data = json.loads(answer)["data"]
            by_place = {entry["index"]: entry["embedding"] for entry in data}
            rows = np.array([by_place[place] for place in range(count)], dtype=np.float64)
        except (ValueError, TypeError, KeyError, OverflowError, RecursionError) as error:
            raise self._wrong("no list of vectors, one for each text") from error
        if rows.ndim != 2 or not 0 < rows.shape[1] <= DIMENSIONS_MAX:
            raise self._wrong(f"vectors of a shape that is none: {rows.shape}")
        if not np.isfinite(rows).all():
            raise self._wrong("vectors with numbers that are none")
        rows /= np.abs(rows).max(axis=1, keepdims=True).clip(min=SMALLEST)
        return np.asarray(rows / np.linalg.norm(rows, axis=1, keepdims=True).clip(min=SMALLEST))

    def _wrong(self, what: str) -> EncoderError:
        return EncoderError(
            f"The encoder at {self._url} answered with {what}. "
            "Look at the settings encoder and encoder_model: the address must speak OpenAI's /v1/embeddings."
        )
