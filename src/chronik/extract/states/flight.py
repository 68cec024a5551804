"""The rows in which React's server components write a page (decides)."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

NAME = "__next_f"
MARK = "__next_f.push("
PIECES_MAX = 5_000
ROWS_MAX = 20_000

_ROW = re.compile(rb"([0-9a-f]{1,8}):(?:T([0-9a-f]{1,8}),)?")
_REFERENCE = re.compile(r"\$[L@]?([0-9a-f]{1,8})")


def pieces(script: str) -> Iterator[str]:
    """The pieces of the rows that a script adds."""
    decoder = json.JSONDecoder(strict=False)
    at = 0
    for _ in range(PIECES_MAX):
        at = script.find(MARK, at)
        if at < 0:
            return
        at += len(MARK)
        try:
            value, at = decoder.raw_decode(script, at)
        except (ValueError, RecursionError):
            continue
        if isinstance(value, list) and len(value) > 1 and isinstance(value[1], str):
            yield value[1]


def rows(text: str) -> Mapping[str, Any]:
    """The values by the name of their row. The length of a row of plain text counts bytes."""
    octets = text.encode("utf-8", "surrogatepass")
    found: dict[str, Any] = {}
    at = 0
    while at < len(octets) and len(found) < ROWS_MAX:
        row = _ROW.match(octets, at)
        end = octets.find(b"\n", at) if row is None or row[2] is None else row.end() + int(row[2], 16)
        end = len(octets) if end < 0 else end
        if row is not None:
            found[row[1].decode()] = _value(octets[row.end() : end].decode("utf-8", "replace"), is_text=bool(row[2]))
        at = end if row is not None and row[2] else end + 1
    return found


def _value(text: str, *, is_text: bool) -> Any:
    if is_text:
        return text
    try:
        return json.loads(text, strict=False)
    except (ValueError, RecursionError):
        return None


def reference(value: str) -> str:
    """The name of the row that a value refers to, or empty."""
    found = _REFERENCE.fullmatch(value) if value.startswith("$") else None
    return found[1] if found else ""
