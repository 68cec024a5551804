"""Decides: takes a compression off within a stated size, so that a small bomb stays small.

Wraps zlib, brotli and zstandard. Every decoder is stopped from inside: output beyond the limit is never made.
"""

from __future__ import annotations

import zlib
from typing import TYPE_CHECKING

import brotli
import zstandard

from chronik.errors import RefusedInputError, TooLargeError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

CODINGS = ("gzip", "deflate", "br", "zstd")
"""What can be taken off, in the words of the IANA content coding registry; `x-gzip` is gzip (RFC 9110 §8.4.1.3)."""

SLICE_BYTES = 64 * 2**10
"""Input that a decoder is given, and output that it is asked for, at once."""
MEMBERS_MAX = 4096
"""Gzip members or zstd frames in one piece of data."""
ZSTD_WINDOW_BYTES_MAX = 8 * 2**20
"""RFC 9659 §3: what a receiver of the `zstd` coding has to support, and no more."""

_GZIP_WINDOW = zlib.MAX_WBITS | 16
_DAMAGED = "The data is cut off or damaged: it does not unpack as {coding}."


def decoded(data: bytes, coding: str, *, size_bytes_max: int) -> bytes:
    """Take one coding off. Raises TooLargeError beyond the size, RefusedInputError for what does not unpack."""
    names = [name.strip().lower() for name in coding.split(",")]
    if len(names) > 1:
        raise RefusedInputError("The data is compressed more than once; at most one coding is accepted.")
    name = names[0]
    if name in {"", "identity"}:
        if len(data) > size_bytes_max:
            raise _too_large(size_bytes_max)
        return data
    if name not in _DECODERS:
        raise RefusedInputError(f"The data is compressed in an unknown way ({name[:40]!r}).")
    return b"".join(_limited(_DECODERS[name](data, size_bytes_max), size_bytes_max))


def _limited(pieces: Iterator[bytes], size_bytes_max: int) -> Iterator[bytes]:
    size = 0
    for piece in pieces:
        size += len(piece)
        if size > size_bytes_max:
            raise _too_large(size_bytes_max)
        yield piece


def _too_large(size_bytes_max: int) -> TooLargeError:
    return TooLargeError(f"The data is larger than {size_bytes_max} bytes once unpacked.")


def _damaged(coding: str) -> RefusedInputError:
    return RefusedInputError(_DAMAGED.format(coding=coding))


def _slices(data: bytes) -> Iterator[bytes]:
    for start in range(0, len(data), SLICE_BYTES):
        yield data[start : start + SLICE_BYTES]


def _gzip(data: bytes, _size_bytes_max: int) -> Iterator[bytes]:
    """Members one after another (RFC 1952 §2.2); zeros may pad the end."""
    decoder = zlib.decompressobj(_GZIP_WINDOW)
    members = 0
    for piece in _slices(data):
        rest = piece
        while rest:
            if decoder.eof:
                rest = rest.lstrip(b"\0")
                if not rest:
                    break
                members += 1
                if members >= MEMBERS_MAX:
                    raise RefusedInputError(f"The data has more than {MEMBERS_MAX} gzip members.")
                decoder = zlib.decompressobj(_GZIP_WINDOW)
            yield from _inflated(decoder, rest, "gzip")
            rest = decoder.unused_data
    if not decoder.eof:
        raise _damaged("gzip")


def _deflate(data: bytes, _size_bytes_max: int) -> Iterator[bytes]:
    """In the zlib wrapping of RFC 9110 §8.4.1.2, or bare, as many servers send it."""
    wrapped = len(data) > 1 and data[0] & 0x0F == zlib.DEFLATED and int.from_bytes(data[:2], "big") % 31 == 0
    decoder = zlib.decompressobj(zlib.MAX_WBITS if wrapped else -zlib.MAX_WBITS)
    for piece in _slices(data):
        if decoder.eof:
            raise _damaged("deflate")
        yield from _inflated(decoder, piece, "deflate")
    if not decoder.eof or decoder.unused_data:
        raise _damaged("deflate")


def _inflated(decoder: zlib._Decompress, data: bytes, coding: str) -> Iterator[bytes]:
    try:
        piece = decoder.decompress(data, SLICE_BYTES)
        while piece:
            yield piece
            piece = b"" if decoder.eof else decoder.decompress(decoder.unconsumed_tail, SLICE_BYTES)
    except zlib.error as error:
        raise _damaged(coding) from error


def _brotli(data: bytes, _size_bytes_max: int) -> Iterator[bytes]:
    decoder = brotli.Decompressor()
    try:
        for piece in _slices(data):
            output = decoder.process(piece, output_buffer_limit=SLICE_BYTES)
            while output:
                yield output
                output = b"" if decoder.is_finished() else decoder.process(b"", output_buffer_limit=SLICE_BYTES)
    except brotli.error as error:
        raise _damaged("br") from error
    if not decoder.is_finished():
        raise _damaged("br")


def _zstd(data: bytes, size_bytes_max: int) -> Iterator[bytes]:
    """Frames one after another (RFC 8878 §3).

    The bounded reader of the library does not tell a cut frame from a whole one, and the decoder that does has no
    bound: so the reader measures first, and the decoder unpacks what was found to be small enough.
    """
    unpacker = zstandard.ZstdDecompressor(max_window_size=ZSTD_WINDOW_BYTES_MAX)
    try:
        with unpacker.stream_reader(data, read_across_frames=True) as reader:
            size = 0
            while piece := reader.read(SLICE_BYTES):
                size += len(piece)
                if size > size_bytes_max:
                    raise _too_large(size_bytes_max)
        rest = data
        for _frame in range(MEMBERS_MAX):
            frame = unpacker.decompressobj()
            yield frame.decompress(rest)
            rest = frame.unused_data
            if not frame.eof:
                raise _damaged("zstd")
            if not rest:
                return
    except zstandard.ZstdError as error:
        raise _damaged("zstd") from error
    raise RefusedInputError(f"The data has more than {MEMBERS_MAX} zstd frames.")


_DECODERS: dict[str, Callable[[bytes, int], Iterator[bytes]]] = {
    "gzip": _gzip,
    "x-gzip": _gzip,
    "deflate": _deflate,
    "br": _brotli,
    "zstd": _zstd,
}
