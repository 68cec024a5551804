"""The script in which a text is written, and in which direction that runs (decides).

Scripts have their four-letter codes of ISO 15924. Japanese and Korean mix scripts by rule and have codes for the
mixture: `Jpan` and `Kore`. Han characters alone are `Hani`; simplified and traditional ones are not told apart.
"""

from __future__ import annotations

import unicodedata
from bisect import bisect_right
from collections import Counter
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

SAMPLE_CHARACTERS = 4_000
UNKNOWN = "Zyyy"
"""No letters at all."""

_HAN_WEIGHT = 3
"""One sign of Han or Hangul says as much as three letters."""
_BLOCKS = (
    (0x41, "Latn"),
    (0x370, "Grek"),
    (0x400, "Cyrl"),
    (0x530, "Armn"),
    (0x590, "Hebr"),
    (0x600, "Arab"),
    (0x700, "Syrc"),
    (0x750, "Arab"),
    (0x780, "Thaa"),
    (0x7C0, "Nkoo"),
    (0x800, "Samr"),
    (0x840, "Mand"),
    (0x860, "Syrc"),
    (0x870, "Arab"),
    (0x900, "Deva"),
    (0x980, "Beng"),
    (0xA00, "Guru"),
    (0xA80, "Gujr"),
    (0xB00, "Orya"),
    (0xB80, "Taml"),
    (0xC00, "Telu"),
    (0xC80, "Knda"),
    (0xD00, "Mlym"),
    (0xD80, "Sinh"),
    (0xE00, "Thai"),
    (0xE80, "Laoo"),
    (0xF00, "Tibt"),
    (0x1000, "Mymr"),
    (0x10A0, "Geor"),
    (0x1100, "Hang"),
    (0x1200, "Ethi"),
    (0x13A0, "Cher"),
    (0x1400, "Cans"),
    (0x1680, "Ogam"),
    (0x16A0, "Runr"),
    (0x1700, UNKNOWN),
    (0x1780, "Khmr"),
    (0x1800, "Mong"),
    (0x18B0, "Cans"),
    (0x1900, UNKNOWN),
    (0x19E0, "Khmr"),
    (0x1A00, UNKNOWN),
    (0x1C50, "Olck"),
    (0x1C80, "Cyrl"),
    (0x1C90, "Geor"),
    (0x1CC0, UNKNOWN),
    (0x1D00, "Latn"),
    (0x1F00, "Grek"),
    (0x2000, UNKNOWN),
    (0x2071, "Latn"),
    (0x20A0, UNKNOWN),
    (0x2C60, "Latn"),
    (0x2C80, "Copt"),
    (0x2D00, "Geor"),
    (0x2D30, "Tfng"),
    (0x2D80, "Ethi"),
    (0x2DE0, "Cyrl"),
    (0x2E00, UNKNOWN),
    (0x2E80, "Hani"),
    (0x3000, UNKNOWN),
    (0x3005, "Hani"),
    (0x3008, UNKNOWN),
    (0x3041, "Hira"),
    (0x30A0, "Kana"),
    (0x3100, "Bopo"),
    (0x3130, "Hang"),
    (0x3190, "Hani"),
    (0x31A0, "Bopo"),
    (0x31C0, "Hani"),
    (0x31F0, "Kana"),
    (0x3200, UNKNOWN),
    (0x3400, "Hani"),
    (0xA000, "Yiii"),
    (0xA4D0, UNKNOWN),
    (0xA640, "Cyrl"),
    (0xA6A0, UNKNOWN),
    (0xA720, "Latn"),
    (0xA800, UNKNOWN),
    (0xA8E0, "Deva"),
    (0xA900, UNKNOWN),
    (0xA960, "Hang"),
    (0xA980, UNKNOWN),
    (0xA9E0, "Mymr"),
    (0xAA00, UNKNOWN),
    (0xAA60, "Mymr"),
    (0xAA80, UNKNOWN),
    (0xAB01, "Ethi"),
    (0xAB30, "Latn"),
    (0xAB70, "Cher"),
    (0xABC0, UNKNOWN),
    (0xAC00, "Hang"),
    (0xD800, UNKNOWN),
    (0xF900, "Hani"),
    (0xFB00, "Latn"),
    (0xFB13, "Armn"),
    (0xFB1D, "Hebr"),
    (0xFB50, "Arab"),
    (0xFE00, UNKNOWN),
    (0xFE70, "Arab"),
    (0xFF00, UNKNOWN),
    (0xFF21, "Latn"),
    (0xFF66, "Kana"),
    (0xFFA0, "Hang"),
    (0xFFE0, UNKNOWN),
    (0x1E900, "Adlm"),
    (0x1E960, UNKNOWN),
    (0x20000, "Hani"),
    (0x323B0, UNKNOWN),
)
"""First code point of each stretch of the Unicode blocks, and its script (Unicode 16, Blocks.txt)."""
_STARTS = [start for start, _ in _BLOCKS]
_SIGNS = frozenset({"Hani", "Hira", "Kana", "Hang"})
_RIGHT_TO_LEFT = frozenset({"Adlm", "Arab", "Hebr", "Mand", "Nkoo", "Samr", "Syrc", "Thaa"})


def script(text: str) -> str:
    """ISO 15924 code of the script that most of the text is written in, `Zyyy` where it has no letters."""
    counts = script_counts(text)
    if not counts:
        return UNKNOWN
    best = max(counts, key=lambda code: (counts[code], code))
    return best if best not in _SIGNS else _east_asian(counts)


def script_counts(text: str) -> Mapping[str, int]:
    """How much of the text's beginning is in which script, in letters."""
    counts: Counter[str] = Counter()
    for character, times in Counter(text[:SAMPLE_CHARACTERS]).items():
        code = script_of(character)
        if code != UNKNOWN:
            counts[code] += times * (_HAN_WEIGHT if code in _SIGNS else 1)
    return counts


@lru_cache(maxsize=8_192)
def script_of(character: str) -> str:
    """Script of one letter or vowel sign; `Zyyy` for everything else."""
    category = unicodedata.category(character)
    if category[0] != "L" and category != "Mc":
        return UNKNOWN
    place = bisect_right(_STARTS, ord(character)) - 1
    return _BLOCKS[place][1] if place >= 0 else UNKNOWN


def direction(text: str) -> str:
    """`rtl` where most of a text is in a script that runs from right to left, whatever its first word; else `ltr`."""
    return "rtl" if script(text) in _RIGHT_TO_LEFT else "ltr"


def _east_asian(counts: Mapping[str, int]) -> str:
    """Which mixture of Han and the syllabaries it is."""
    kana, hangul, han = counts.get("Hira", 0) + counts.get("Kana", 0), counts.get("Hang", 0), counts.get("Hani", 0)
    if hangul > max(kana, han) or (hangul and not kana and hangul * 2 > han):
        return "Kore"
    return "Jpan" if kana * 20 > han or not han else "Hani"
