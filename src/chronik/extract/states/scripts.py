"""The data that a page hands to its scripts (decides): JSON, and what differs from it only by a slip of JavaScript."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

from chronik.extract.states import flattened, flight

if TYPE_CHECKING:
    from collections.abc import Iterator

    from chronik.extract.tree import Node, Tree

SCRIPTS_MAX = 300
SCRIPT_CHARACTERS_MIN = 300
SCRIPT_CHARACTERS_MAX = 8_000_000
"""Of all scripts of one page together."""
STARTS_MAX = 300
"""Places in one script where a value may begin."""
NAME_CHARACTERS_MAX = 60
LITERALS_MAX = 20_000

_START = re.compile(r"=\s{0,5}(?=[\[{])|JSON\.parse\(\s{0,5}(?:decodeURIComponent\(\s{0,5})?(?=[\"'`])")
_NAME = re.compile(r"([A-Za-z_$][\w$]*)(?:[\"']\s?\])?\s{0,5}=?\s{0,5}$")
_LITERAL = re.compile(r"\"(?:[^\"\\\n]++|\\.)*+\"|'(?:[^'\\\n]++|\\.)*+'|`(?:[^`\\]++|\\.)*+`", re.DOTALL)
_ESCAPE = re.compile(r"\\(?:x([0-9a-fA-F]{2})|(u\{?[0-9a-fA-F]{4,6}\}?)|(\n)|(.))", re.DOTALL)
_PLAIN_ESCAPES = {"n": "\n", "t": "\t", "r": "\r", "b": "", "f": "", "v": "", "0": ""}
_BARE = re.compile(r"(?<=[:,\[])\s?(?:undefined|void 0|NaN)(?=\s?[,}\]])")
_DATE = re.compile(r"new Date\((\"[^\"\\]{4,40}\"|\d{9,13})\)")
_HEXADECIMAL = re.compile(r"\\x([0-9a-fA-F]{2})")


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """What one script holds."""

    name: str
    """As pages call it: `__NEXT_DATA__`, `__INITIAL_STATE__`."""
    value: Any
    literals: bool = False
    """Whether it is only the row of all strings in a script that is a program."""


def states(tree: Tree) -> Iterator[State]:
    """The data of a page's scripts, in the order of the page."""
    budget = SCRIPT_CHARACTERS_MAX
    pushed: list[str] = []
    for node in tree.css("script:not([src])")[:SCRIPTS_MAX]:
        text = node.text(deep=True)
        budget -= len(text)
        if budget < 0:
            break
        if flight.MARK in text:
            pushed.extend(flight.pieces(text))
        elif len(text) >= SCRIPT_CHARACTERS_MIN:
            yield from _of_script(node, text)
    if pushed:
        yield State(name=flight.NAME, value=flight.rows("".join(pushed)))


def _of_script(node: Node, text: str) -> Iterator[State]:
    kind = (node.attributes.get("type") or "").lower()
    if "ld+json" in kind or "importmap" in kind:
        return
    if "json" in kind:
        value = _value(text, 0)
        name = (node.attributes.get("id") or "JSON")[:NAME_CHARACTERS_MAX]
        if value is not None:
            yield State(name=name, value=flattened.unflattened(value))
        return
    found = list(_assigned(text))
    yield from found
    if not found:
        yield from _strings(text)


def _assigned(text: str) -> Iterator[State]:
    """The values that a script assigns to names."""
    at = 0
    for _ in range(STARTS_MAX):
        start = _START.search(text, at)
        if start is None or len(text) - start.end() < SCRIPT_CHARACTERS_MIN:
            return
        at = start.end()
        value, end = _parsed(text, start) if "(" in start[0] else _decoded(text, at)
        if end - at >= SCRIPT_CHARACTERS_MIN and isinstance(value, dict | list):
            yield State(name=_name(text, start.start()), value=flattened.unflattened(value))
            at = end


def _name(text: str, at: int) -> str:
    found = _NAME.search(text[max(0, at - NAME_CHARACTERS_MAX) : at])
    return found[1] if found else "script"


def _parsed(text: str, start: re.Match[str]) -> tuple[Any, int]:
    """The value in the string that a script hands to `JSON.parse`."""
    literal = _LITERAL.match(text, start.end())
    if literal is None:
        return None, start.end()
    told = unescaped(literal[0])
    return _value(unquote(told) if "decodeURI" in start[0] else told, 0), literal.end()


def _value(text: str, at: int) -> Any:
    return _decoded(text.strip(), at)[0]


def _decoded(text: str, at: int) -> tuple[Any, int]:
    """The value that begins at a place, and where it ends; none where it is no JSON, even when mended."""
    decoder = json.JSONDecoder(strict=False)
    try:
        return decoder.raw_decode(text, at)
    except (ValueError, RecursionError):
        pass
    if not (_BARE.search(text, at) or "\\x" in text or "new Date(" in text):
        return None, at
    mended = _HEXADECIMAL.sub(r"\\u00\1", _BARE.sub("null", _DATE.sub(r"\1", text[at:])))
    try:
        value, end = decoder.raw_decode(mended)
    except (ValueError, RecursionError):
        return None, at
    return value, min(len(text), at + end)


def _strings(text: str) -> Iterator[State]:
    """All strings of a script that is a program: what it will build the page of stands among them."""
    if "<p" not in text and "\\u003Cp" not in text and "\\x3Cp" not in text and "\\u003cp" not in text:
        return
    found = [literal[0] for _, literal in zip(range(LITERALS_MAX), _LITERAL.finditer(text), strict=False)]
    name = re.search(r"\b(__[A-Z]\w{2,40})\b", text)
    yield State(name=name[1] if name else "script", value=[unescaped(literal) for literal in found], literals=True)


def unescaped(literal: str) -> str:
    """What a string of JavaScript says, its quotation marks off."""
    if literal[0] == '"':
        try:
            return str(json.loads(literal, strict=False))
        except ValueError:
            pass
    return _ESCAPE.sub(_character, literal[1:-1]).encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def _character(found: re.Match[str]) -> str:
    code = found[1] or (found[2] or "").strip("u{}")
    if code:
        number = int(code, 16)
        return chr(number) if number <= 0x10FFFF else ""
    return "" if found[3] else _PLAIN_ESCAPES.get(found[4], found[4])
