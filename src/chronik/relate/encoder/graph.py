"""Decides: the bytes of an ONNX model (protocol buffers, onnx.proto3), written as far as one transformer needs it.

The package `onnx` would do this too, for thirty megabytes more.
"""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

STANDARD = ""
CONTRIBUTED = "com.microsoft"
"""The operators that onnxruntime adds to the standard's."""
IR_VERSION = 8
STANDARD_VERSION = 17
CONTRIBUTED_VERSION = 1

_KINDS = {np.dtype("f4"): 1, np.dtype("u1"): 2, np.dtype("i4"): 6, np.dtype("i8"): 7}
_VARINT, _BYTES, _FOUR_BYTES = 0, 2, 5
_FLOAT_ATTRIBUTE, _INTEGER_ATTRIBUTE = 1, 2


class Graph:
    """A graph that is being put together: inputs, constants and nodes in the order in which they are computed."""

    def __init__(self) -> None:
        self._nodes: list[bytes] = []
        self._constants: list[bytes] = []

    def constant(self, name: str, values: NDArray[np.generic]) -> str:
        """Add an array; gives its name back."""
        kept = np.ascontiguousarray(values)
        sizes = b"".join(_number(1, size) for size in kept.shape)
        self._constants.append(sizes + _number(2, _KINDS[kept.dtype]) + _text(8, name) + _field(9, kept.tobytes()))
        return name

    def node(
        self,
        operator: str,
        inputs: Sequence[str],
        *,
        outputs: Sequence[str],
        domain: str = STANDARD,
        **attributes: float,
    ) -> str:
        """Add a computation; gives the name of its first output back."""
        parts = [_text(1, name) for name in inputs]
        parts += [_text(2, name) for name in outputs]
        parts.append(_text(4, operator))
        parts += [_field(5, _attribute(name, value)) for name, value in attributes.items()]
        parts.append(_text(7, domain))
        self._nodes.append(b"".join(parts))
        return outputs[0]

    def model(self, *, inputs: Sequence[bytes], outputs: Sequence[bytes]) -> bytes:
        """The whole model; inputs and outputs are of `value`."""
        parts = [_field(1, node) for node in self._nodes]
        parts.append(_text(2, "chronik"))
        parts += [_field(5, constant) for constant in self._constants]
        parts += [_field(11, value) for value in inputs]
        parts += [_field(12, value) for value in outputs]
        versions = ((STANDARD, STANDARD_VERSION), (CONTRIBUTED, CONTRIBUTED_VERSION))
        opsets = [_field(8, _text(1, domain) + _number(2, version)) for domain, version in versions]
        return _number(1, IR_VERSION) + _field(7, b"".join(parts)) + b"".join(opsets)


def value(name: str, *, kind: str, sizes: Sequence[int | str]) -> bytes:
    """An input or output; a size with a name may differ from call to call."""
    shape = b"".join(_field(1, _text(2, size) if isinstance(size, str) else _number(1, size)) for size in sizes)
    tensor = _number(1, _KINDS[np.dtype(kind)]) + _field(2, shape)
    return _text(1, name) + _field(2, _field(1, tensor))


def _attribute(name: str, value: float) -> bytes:
    if isinstance(value, int):
        return _text(1, name) + _number(3, value) + _number(20, _INTEGER_ATTRIBUTE)
    return _text(1, name) + _key(2, _FOUR_BYTES) + struct.pack("<f", value) + _number(20, _FLOAT_ATTRIBUTE)


def _key(field: int, wire: int) -> bytes:
    return _varint(field << 3 | wire)


def _number(field: int, number: int) -> bytes:
    return _key(field, _VARINT) + _varint(number)


def _text(field: int, text: str) -> bytes:
    return _field(field, text.encode())


def _field(field: int, data: bytes) -> bytes:
    return _key(field, _BYTES) + _varint(len(data)) + data


def _varint(number: int) -> bytes:
    found = bytearray()
    while number > 0x7F:
        found.append(number & 0x7F | 0x80)
        number >>= 7
    found.append(number)
    return bytes(found)
