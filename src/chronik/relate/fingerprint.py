"""Decides: a small sketch of a text, by which copies of it are told in any language.

A text is folded (case, accents, punctuation and typography put aside) and cut into shingles: every run of four words,
or of six signs where a script writes words together. Each shingle has a hash, the same on every machine. A sketch keeps
the smallest of them, about one in four (Broder 1997: what lies below a common bound is a fair sample of both texts).
So it tells two things: how much two texts resemble each other, and which share of the shorter one stands in the longer
one. MinHash of fixed length tells the first only, which is why half an article is lost on it.
"""

from __future__ import annotations

import struct
import unicodedata
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING
from zlib import crc32

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Hashes = NDArray[np.uint32]
    Codes = NDArray[np.uint64]

CHARACTERS_MAX = 200_000
"""A longer text is known by its beginning."""
WORD_CHARACTERS_MAX = 64
SHINGLE_WORDS = 4
SHINGLE_SIGNS = 6
SHINGLES_A_HASH = 4
HASHES_MIN = 64
HASHES_MAX = 448
NUMBERS_MAX = 24
NUMBERS_A_ROW_MAX = 16
EDGE_WORDS_MAX, WORDS_AN_EDGE_WORD = 15, 10
"""Dates and times at both ends of a text change with each house that prints it."""
HASH_MAX = 2**32 - 1

VERSION = 1
_HEAD = struct.Struct("<BIIIHB")
_LETTERS_KEPT = 30_000
_WORDS_KEPT = 60_000
_SIGN, _NUMBER = 2**32, 2**33
"""Flags beside the hash of a word."""
_MULTIPLIERS = np.array(
    [
        0x9E3779B97F4A7C15,
        0xC2B2AE3D27D4EB4F,
        0x165667B19E3779F9,
        0xD6E8FEB86659FD93,
        0xA0761D6478BD642F,
        0xE7037ED1A0B428DB,
    ],
    dtype=np.uint64,
)
_FINISH = np.uint64(0xFF51AFD7ED558CCD)
_ALIKE = {
    "ø": "o", "đ": "d", "ð": "d", "ł": "l", "ı": "i", "ħ": "h", "ŧ": "t", "æ": "ae", "œ": "oe", "þ": "th",
    "ي": "ی", "ى": "ی", "ك": "ک", "ة": "ه", "ـ": "",
}  # fmt: skip
"""Letters that Unicode does not take apart, and Arabic ones that stand for one another."""
_TOGETHER = (
    (0x0E00, 0x0EFF), (0x0F00, 0x0FFF), (0x1000, 0x109F), (0x1780, 0x17FF), (0x3040, 0x30FF), (0x31F0, 0x31FF),
    (0x3400, 0x4DBF), (0x4E00, 0x9FFF), (0xF900, 0xFAFF), (0x20000, 0x3FFFF),
)  # fmt: skip
"""Scripts that put no blank between words: Thai, Lao, Tibetan, Burmese, Khmer, kana, Han."""
_MARK = "\ue000"
"""Stands before a sign of such a script: no letter of any text, since private signs are folded to blanks."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sketch:
    """What is kept of a text to find its copies; at most 2 kB."""

    words: int
    """Words that were read; signs where a script writes words together."""
    shingles: int
    """Different shingles of the text."""
    hashes: bytes
    """The smallest hashes of shingles, ascending, four bytes each, little-endian."""
    number_count: int
    """Different numbers in the text."""
    numbers: bytes
    """The smallest hashes of numbers, in the same form; odd ones stand within the text, even ones at its ends."""

    def packed(self) -> bytes:
        """As bytes to keep; `unpacked` reads them."""
        counts = (self.words, self.shingles, self.number_count, len(self.hashes) // 4, len(self.numbers) // 4)
        return _HEAD.pack(VERSION, *counts) + self.hashes + self.numbers


@dataclass(frozen=True, slots=True, kw_only=True)
class Likeness:
    """How much two texts have in common, as far as their sketches tell."""

    first: float
    """Share of the first text's shingles that the second has."""
    second: float
    """Share of the second text's shingles that the first has."""
    resemblance: float
    """Share of all their shingles that both have (Jaccard)."""
    seen: int
    """Hashes of the shorter text that were compared: the more, the surer."""
    numbers: float
    """Share of the numbers within the text with fewer of them that the other has too; 1 where it has none."""
    numbers_seen: int


def sketch(text: str) -> Sketch:
    """The sketch of a text: the same on every machine, for any string."""
    codes = _codes(text)
    _, shingles = _shingles(codes)
    hashes, numbers = np.unique(shingles), np.unique(_numbers(codes))
    kept = min(len(hashes), max(HASHES_MIN, min(HASHES_MAX, len(hashes) // SHINGLES_A_HASH)))
    return Sketch(
        words=len(codes),
        shingles=len(hashes),
        hashes=hashes[:kept].astype("<u4").tobytes(),
        number_count=len(numbers),
        numbers=numbers[:NUMBERS_MAX].astype("<u4").tobytes(),
    )


def unpacked(data: bytes) -> Sketch:
    """The sketch that was packed. Raises ValueError for bytes that no sketch of this version gave."""
    if len(data) < _HEAD.size or data[0] != VERSION:
        raise ValueError("These bytes are no sketch of a text, or one of another version. Make it again.")
    _, words, shingles, number_count, hashes, numbers = _HEAD.unpack_from(data)
    middle, end = _HEAD.size + 4 * hashes, _HEAD.size + 4 * (hashes + numbers)
    if end != len(data):
        raise ValueError("The sketch is cut short. Make it again.")
    return Sketch(
        words=words,
        shingles=shingles,
        hashes=data[_HEAD.size : middle],
        number_count=number_count,
        numbers=data[middle:end],
    )


def compared(first: Sketch, second: Sketch) -> Likeness:
    """What the sketches of two texts have in common."""
    common, of_first, of_second = _overlap(first.hashes, first.shingles, second.hashes, second.shingles)
    numbers, numbers_seen = _numbers_agreeing(first, second)
    return Likeness(
        first=common / max(of_first, 1),
        second=common / max(of_second, 1),
        resemblance=common / max(of_first + of_second - common, 1),
        seen=of_first if first.shingles <= second.shingles else of_second,
        numbers=numbers / numbers_seen if numbers_seen else 1.0,
        numbers_seen=numbers_seen,
    )


def reach(whole: Sketch) -> int:
    """The hash up to which all of the text's are known."""
    return _bound(values(whole.hashes), whole.shingles)


def without(whole: Sketch, furniture: Hashes, *, up_to: int = HASH_MAX) -> Sketch:
    """The sketch of what is left of a text when these shingles are taken out, known up to this hash."""
    hashes = values(whole.hashes)
    known = hashes[: np.searchsorted(hashes, up_to, side="right")]
    left = known[~np.isin(known, furniture)] if len(furniture) else known
    if len(left) == len(hashes):
        return whole
    shingles = whole.shingles * len(left) // len(hashes)
    return replace(whole, hashes=left.tobytes(), shingles=max(shingles, len(left) + (len(known) < len(hashes))))


def values(packed: bytes) -> Hashes:
    """The hashes of a sketch as an array."""
    return np.frombuffer(packed, dtype="<u4")


def verified(first_text: str, second_text: str) -> float:
    """Share of the shorter text's words that stand in the longer one too, in unbroken runs of a shingle's length."""
    shorter, longer = sorted((_codes(first_text), _codes(second_text)), key=len)
    places, spans = _shingles(shorter)
    if not len(spans):
        return float(len(shorter) > 0 and np.array_equal(shorter, longer))
    begins = places[np.isin(spans, _shingles(longer)[1])]
    steps = np.zeros(len(shorter) + 1, dtype=np.int64)
    steps[begins] += 1
    np.add.at(steps, begins + _widths(shorter)[begins], -1)
    return float(np.count_nonzero(np.cumsum(steps[:-1]))) / len(shorter)


class _Folding(dict[int, str]):
    """Each character as it is compared, found when it first occurs."""

    def __missing__(self, code: int) -> str:
        shown = _fold(chr(code))
        if len(self) < _LETTERS_KEPT:
            self[code] = shown
        return shown


def _fold(character: str) -> str:
    if unicodedata.category(character) == "Cf":
        return ""
    plain = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", character).casefold())
    letters = "".join(_letter(_ALIKE.get(each, each)) for each in plain)
    together = any(start <= ord(character) <= end for start, end in _TOGETHER) and not letters.isdecimal()
    return f" {_MARK}{letters} " if together and letters.strip() else letters


def _letter(letters: str) -> str:
    if letters.isdecimal():
        return str(unicodedata.decimal(letters))
    if letters and unicodedata.category(letters[0])[0] == "M":
        return ""
    return letters if letters.isalnum() or not letters else " "


class _Coding(dict[str, int]):
    """Each word as a number: its hash, and whether it is a sign or a number."""

    def __missing__(self, word: str) -> int:
        code = crc32(word[:WORD_CHARACTERS_MAX].encode())
        code |= _SIGN * (word[0] == _MARK) | _NUMBER * word[0].isdecimal()
        if len(self) >= _WORDS_KEPT:
            self.clear()
        if len(word) <= WORD_CHARACTERS_MAX:
            self[word] = code
        return code


_FOLDED = _Folding()
_CODED = _Coding()


def _codes(text: str) -> Codes:
    words = text[:CHARACTERS_MAX].translate(_FOLDED).split()
    return np.fromiter(map(_CODED.__getitem__, words), dtype=np.uint64, count=len(words))


def _widths(codes: Codes) -> NDArray[np.int64]:
    return np.where(codes & np.uint64(_SIGN), SHINGLE_SIGNS, SHINGLE_WORDS)


def _shingles(codes: Codes) -> tuple[NDArray[np.int64], Hashes]:
    """Where in the text a shingle begins, and its hash; nothing for a text shorter than one."""
    widths = _widths(codes)
    places = np.flatnonzero(np.arange(len(codes)) + widths <= len(codes))
    sums = codes * _MULTIPLIERS[0]
    for step in range(1, min(SHINGLE_SIGNS, len(codes))):
        after = codes[step:] * _MULTIPLIERS[step]
        sums[:-step] += np.where(widths[:-step] > step, after, np.uint64(0))
    return places, _mixed(sums[places])


def _numbers(codes: Codes) -> Hashes:
    """Each number, or row of numbers as in a date, with the word after it: three goals are not three dead.

    The lowest bit says whether it stands within the text, not in its header or footer.
    """
    places = np.flatnonzero(codes & np.uint64(_NUMBER))
    edge = min(EDGE_WORDS_MAX, len(codes) // WORDS_AN_EDGE_WORD)
    rows = np.split(places, np.flatnonzero(np.diff(places) > 1) + 1) if len(places) else []
    hashes = []
    for row in rows:
        begin, after = int(row[0]), int(row[-1]) + 1
        value = crc32(codes[begin : min(after + 1, begin + NUMBERS_A_ROW_MAX)].astype("<u8").tobytes())
        is_within = edge <= begin and after <= len(codes) - edge
        hashes.append((value & ~1) | is_within)
    return np.array(hashes, dtype=np.uint32)


def _mixed(sums: Codes) -> Hashes:
    return (((sums ^ (sums >> np.uint64(32))) * _FINISH) >> np.uint64(32)).astype(np.uint32)


def _overlap(first: bytes, first_count: int, second: bytes, second_count: int) -> tuple[int, int, int]:
    """How many hashes both have below the bound up to which both are known, and how many each has there."""
    here, there = _below_one_bound(first, first_count, second, second_count)
    if not len(here) or not len(there):
        return 0, len(here), len(there)
    places = np.minimum(np.searchsorted(there, here), len(there) - 1)
    return int(np.count_nonzero(there[places] == here)), len(here), len(there)


def _numbers_agreeing(first: Sketch, second: Sketch) -> tuple[int, int]:
    """Of the numbers within the text that has fewer: how many the other has anywhere, and how many there are."""
    known = _below_one_bound(first.numbers, first.number_count, second.numbers, second.number_count)
    (fewer, _), (_, others) = sorted(((each[each & 1 == 1], each) for each in known), key=lambda pair: len(pair[0]))
    return int(np.count_nonzero(np.isin(fewer >> 1, others >> 1))), len(fewer)


def _below_one_bound(first: bytes, first_count: int, second: bytes, second_count: int) -> tuple[Hashes, Hashes]:
    here, there = values(first), values(second)
    bound = min(_bound(here, first_count), _bound(there, second_count))
    return here[: np.searchsorted(here, bound, side="right")], there[: np.searchsorted(there, bound, side="right")]


def _bound(hashes: Hashes, count: int) -> int:
    if len(hashes) >= count:
        return HASH_MAX
    return int(hashes[-1]) if len(hashes) else 0
