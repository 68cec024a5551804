"""Decides: what relating reads in one report, once: its names, numbers, words and vector, and a sketch of its text.

Headlines and what a report says first are looked at: news say first what happened.
"""

from __future__ import annotations

import json
import math
import re
import unicodedata
import zlib
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import numpy as np

from chronik.errors import RefusedInputError
from chronik.model import UNDETERMINED
from chronik.relate import fingerprint
from chronik.relate.bridge.folding import folded
from chronik.relate.headline import without_tail
from chronik.relate.numbers import numbers_in

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    from chronik.model import Report
    from chronik.relate.bridge import Bridge, Named

BEGINNING_CHARACTERS = 1_200
"""Of title and text together."""
STEM_CHARACTERS = 6
"""Words that begin alike are taken for one: endings differ in most languages."""
WORD_CHARACTERS_MIN = 3
WORDS_MAX = 160
NAMES_MAX = 60
NUMBERS_MAX = 40
DATES_MAX = 40
DATE_CHARACTERS = (4, 10)
"""Of `2020` and `2020-09-27`: months alone say little."""
FIRST_CHARACTERS = 250
"""Names in them are what the report is about."""
FIRST_PROMINENCE, LATE_PROMINENCE = 1.0, 0.6
SKETCHED_CHARACTERS_MIN = 200
"""A shorter text says too little to be told for a copy."""
UNPACKED_BYTES_MAX = 1_000_000
_WORD = re.compile(r"[^\W_]+")
_UNSPACED = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class NameTrait:
    """A name as it stands in the report, and what it may be called elsewhere."""

    surface: str
    keys: tuple[str, ...]
    prominence: float = 1.0
    """1 where it stands once and at the beginning; more where it comes again, less where it comes late."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Traits:
    """What relating knows of one report."""

    id: str
    title: str = ""
    language: str = UNDETERMINED
    source: str = ""
    published: datetime | None = None
    names: tuple[NameTrait, ...] = ()
    numbers: Mapping[str, str] = field(default_factory=dict)
    """Value → as written."""
    dates: tuple[str, ...] = ()
    """Days that the report names, ISO 8601, and years alone."""
    words: Mapping[str, str] = field(default_factory=dict)
    """Beginning of each folded word → the word as written."""
    vector: NDArray[np.float32] | None = None
    """Of length 1; None where there is none."""
    sketch: fingerprint.Sketch | None = None


def beginning(report: Report) -> str:
    """The part of a report that is looked at and encoded: its title and what the text says first."""
    title = title_of(report)
    text = " ".join(report.text[:BEGINNING_CHARACTERS].split())
    return f"{title}. {text}"[:BEGINNING_CHARACTERS] if title and text else title or text


def title_of(report: Report) -> str:
    """The title on one line, without the name of the house."""
    return without_tail(" ".join(report.title[:BEGINNING_CHARACTERS].split()))


def traits_of(report: Report, *, bridge: Bridge, vector: NDArray[np.float32] | None = None) -> Traits:
    """What stands in a report; any text gives traits. A vector of zeros counts as none."""
    text = _clean(beginning(report))
    language = report.language.lower().partition("-")[0]
    named = bridge.names_in(text, language=language, known=report.names[:NAMES_MAX])
    names = sorted(named, key=lambda name: -name.weight)[:NAMES_MAX]
    numbers = dict(list(numbers_in(text, language=language).items())[:NUMBERS_MAX])
    long_enough = len(report.text) >= SKETCHED_CHARACTERS_MIN
    return Traits(
        id=report.id,
        title=_clean(report.title[:BEGINNING_CHARACTERS]),
        language=language,
        source=report.source,
        published=report.published,
        names=tuple(_name(name, text.casefold()) for name in names),
        numbers=numbers,
        dates=tuple(dict.fromkeys(date for date in report.dates[:DATES_MAX] if len(date) in DATE_CHARACTERS)),
        words=words_of(text),
        vector=vector if vector is not None and bool(np.any(vector)) else None,
        sketch=fingerprint.sketch(report.text) if long_enough else None,
    )


def _name(name: Named, text: str) -> NameTrait:
    again = text.count(name.surface.casefold())
    place = FIRST_PROMINENCE if name.start < FIRST_CHARACTERS else LATE_PROMINENCE
    prominence = place * (1 + math.log(max(1, again)))
    return NameTrait(surface=name.surface, keys=name.keys or (name.key,), prominence=round(prominence, 3))


def words_of(text: str) -> dict[str, str]:
    """Beginnings of the words of a text, folded, with the words; of scripts without spaces, pairs of signs."""
    found: dict[str, str] = {}
    for match in _WORD.finditer(text):
        word = match.group()[:64]
        pieces = [word] if not _UNSPACED.match(word) else [word[at : at + 2] for at in range(len(word) - 1)]
        for piece in pieces:
            if len(piece) >= WORD_CHARACTERS_MIN or _UNSPACED.match(piece):
                found.setdefault(folded(piece)[:STEM_CHARACTERS], piece)
        if len(found) >= WORDS_MAX:
            break
    return {stem: word for stem, word in found.items() if not stem.isdigit()}


def packed(traits: Traits) -> bytes:
    """Traits as bytes to be kept, without the vector, which is kept apart."""
    content = {
        "id": traits.id,
        "title": traits.title,
        "language": traits.language,
        "source": traits.source,
        "published": traits.published.isoformat() if traits.published else "",
        "names": [[name.surface, name.prominence, *name.keys] for name in traits.names],
        "numbers": dict(traits.numbers),
        "dates": list(traits.dates),
        "words": dict(traits.words),
        "sketch": traits.sketch.packed().hex() if traits.sketch else "",
    }
    return zlib.compress(json.dumps(content, ensure_ascii=True, separators=(",", ":")).encode(), 6)


def unpacked(data: bytes, *, vector: NDArray[np.float32] | None = None) -> Traits:
    """Traits out of what `packed` made. Raises RefusedInputError for anything else."""
    try:
        content: dict[str, Any] = json.loads(zlib.decompressobj().decompress(data, UNPACKED_BYTES_MAX))
        return Traits(
            id=content["id"],
            title=content["title"],
            language=content["language"],
            source=content["source"],
            published=_instant(content["published"]),
            names=tuple(
                NameTrait(surface=row[0], prominence=float(row[1]), keys=tuple(row[2:])) for row in content["names"]
            ),
            dates=tuple(content["dates"]),
            numbers=content["numbers"],
            words=content["words"],
            vector=vector,
            sketch=fingerprint.unpacked(bytes.fromhex(content["sketch"])) if content["sketch"] else None,
        )
    except (zlib.error, ValueError, KeyError, IndexError, TypeError) as error:
        raise RefusedInputError(
            "What relating kept of an article is damaged. Make it anew: chronik relate --again"
        ) from error


def _instant(text: str) -> datetime | None:
    return datetime.fromisoformat(text).astimezone(UTC) if text else None


def _clean(text: str) -> str:
    """Composed, without what cannot be written as UTF-8, and without NUL."""
    return unicodedata.normalize("NFC", text.replace("\0", " ").encode("utf-8", "ignore").decode())
