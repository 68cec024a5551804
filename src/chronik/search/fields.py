"""Says under which words, stems and numbers a document is found.

Decides.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from chronik.model import sha256_hex
from chronik.search.words import compounds, encodable, words

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from chronik.ports import Document
    from chronik.search.words import Word

    Stemmer = Callable[[Sequence[str]], Sequence[str]]

TEXT_CHARACTERS_MAX = 2_000_000
"""Of a longer text only the beginning is found."""
GAP = "·"
"""Stands between words that do not follow each other; no query can contain it."""
TIE_BITS = 32
"""Of the number by which documents are ordered, as many stand behind the day."""
LAST_DAY = 9999_12_31
_DAY = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?", re.ASCII)


def primary_language(document: Document) -> str:
    """The language without region or script."""
    return encodable(document.language.casefold()).partition("-")[0]


def fields(document: Document, stemmed: Stemmer | None) -> dict[str, Any]:
    """What the index keeps of a document, by field; with stems where its language has a stemmer."""
    text = document.text[:TEXT_CHARACTERS_MAX]
    tag = encodable(document.language.casefold())
    language = primary_language(document)
    fields: dict[str, Any] = {
        "id": encodable(document.id),
        "kind": encodable(document.kind),
        "language": sorted({tag, language}),
        "dossier": encodable(document.dossier.casefold()),
        "is": [*document.states],
        "credit": _apart(document.source, document.source_id),
        "author": _apart(*document.authors),
        "order": _order(document),
        "shown": encodable(text).encode(),
    }
    for field, value in (("title", document.title), ("text", text)):
        standing = list(words(value))
        fields[field] = _searchable(value, standing)
        if stemmed:
            raw = [value[word.start : word.end] for word in standing]
            different = list(set(raw))
            stems = dict(zip(different, stemmed(different), strict=True))
            fields[f"{field}_stems"] = " ".join(f"{language}:{stems[word]}" for word in raw)
    return fields


def _apart(*texts: str) -> str:
    """Searchable texts of which no phrase reaches from one into the next."""
    return f" {GAP} ".join(_searchable(text, list(words(text))) for text in texts)


def _searchable(text: str, standing: Sequence[Word]) -> str:
    """The folded words of a text, and behind a gap its compounds written as one word."""
    joined = [f"{GAP} {word.text}" for word in compounds(text, standing)]
    return " ".join([*(word.text for word in standing), *joined])


def day_number(day: str) -> int:
    """20200927 for 2020-09-27; 0 where there is no day."""
    parts = _DAY.match(day)
    return int("".join(part or "00" for part in parts.groups())) if parts else 0


def _order(document: Document) -> int:
    """By day, then by a digest of the id, so that the order is the same on every machine."""
    return (day_number(document.day) << TIE_BITS) | int(sha256_hex(encodable(document.id).encode())[:8], 16)
