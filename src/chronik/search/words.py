"""Cuts text into comparable words, the same way for documents, queries and snippets, in every script.

Decides. A word is folded: case, accents, ligatures, Arabic and Hebrew marks and the Turkish i make no difference.
Runs of Chinese, Japanese, Korean, Thai, Lao, Khmer and Burmese are cut into overlapping pairs of characters.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

WORD_CHARACTERS_MAX = 64
"""Longer words are cut here, in documents and queries alike."""
RAW_CHARACTERS_MAX = 4 * WORD_CHARACTERS_MAX
"""As many are folded of a word, accents and invisible marks included."""
COMPOUND_PARTS_MAX = 4
"""Hyphenated compounds of more parts are found by their parts only."""
FOLDED_WORDS_REMEMBERED = 65_536


class Word(NamedTuple):
    """A folded word and where it stands in the text: start and end in characters.

    A tuple, because a search makes tens of thousands of them and a dataclass takes four times as long.
    """

    text: str
    start: int
    end: int


def _class_of(kinds: str, *, low: int, high: int) -> str:
    """Regular-expression class of the characters whose category begins with one of these letters."""
    points = [point for point in range(low, high) if unicodedata.category(chr(point))[0] in kinds]
    ranges: list[list[int]] = []
    for point in points:
        if ranges and ranges[-1][1] == point - 1:
            ranges[-1][1] = point
        else:
            ranges.append([point, point])
    return "".join(f"\\u{first:04x}-\\u{last:04x}" for first, last in ranges)


# Marks belong to the letter before them; Python's \w leaves them out.
_MARKS = _class_of("M", low=0x0300, high=0x1C00) + r"\u1dc0-\u1dff\u20d0-\u20ff\u302a-\u302f\u3099\u309a\ufe00-\ufe2f"
# Invisible characters that pages put inside words: soft hyphen, zero-width spaces and joiners, directional marks.
_INVISIBLE = r"\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff"
_INVISIBLES = re.compile(f"[{_INVISIBLE}]+")
_RUN_SCRIPTS = (
    r"\u0e01-\u0eff"  # Thai, Lao
    r"\u1000-\u109f\u1780-\u17ff"  # Burmese, Khmer
    r"\u1100-\u11ff\u3005-\u3007\u3040-\u318f\u31a0-\u31bf\u31f0-\u31ff"  # Hangul jamo, kana, bopomofo
    r"\u3400-\u4dbf\u4e00-\u9fff\ua960-\ua97f\uac00-\ud7ff\uf900-\ufaff\uff66-\uffdc"  # Han, Hangul
    r"\U00020000-\U0003ffff"
)
_WORD = re.compile(rf"\w[\w{_MARKS}{_INVISIBLE}]*")
_RUN = re.compile(rf"[{_RUN_SCRIPTS}]+")
_PIECES = re.compile(rf"[{_RUN_SCRIPTS}]+|[^{_RUN_SCRIPTS}]+")
_HYPHENS = frozenset("-\u2010\u2011")
_HEBREW_INITIALISM = re.compile("(?<=[\u05d0-\u05ea])[\"\u05f4\u2019'\u05f3](?=[\u05d0-\u05ea])")

# Accents go, but not where they make another letter: Cyrillic й, ў and ї keep theirs (ё loses it before).
_ACCENT = re.compile(
    "(?<![\u0400-\u052f])[\u0300-\u036f]+|(?<=[\u0400-\u052f])[\u0300\u0301]+"
    "|[\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0610-\u061a\u0640\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06ed]"
)
_LETTERS = str.maketrans(
    {
        "ё": "е", "ı": "i", "æ": "ae", "œ": "oe", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "ł": "l", "ħ": "h",
        "ŋ": "ng", "ŧ": "t", "ə": "e",
        "ى": "ی", "ي": "ی", "ئ": "ی", "ك": "ک", "ؤ": "و", "ة": "ه", "ۀ": "ه", "ٱ": "ا", "ۆ": "و",
    }
)  # fmt: skip
_NOT_OF_A_WORD = re.compile(rf"[^\w{_MARKS}]|_")


@lru_cache(maxsize=FOLDED_WORDS_REMEMBERED)
def folded(word: str) -> str:
    """The form of a word in which it is compared; may be empty for a word of nothing but invisible characters."""
    whole = unicodedata.normalize("NFKC", word).casefold().translate(_LETTERS)
    bare = _ACCENT.sub("", unicodedata.normalize("NFD", whole))
    letters = unicodedata.normalize("NFC", bare).translate(_LETTERS)
    digits = "".join(_digit(character) for character in letters) if not letters.isascii() else letters
    return _NOT_OF_A_WORD.sub("", digits)[:WORD_CHARACTERS_MAX]


def _digit(character: str) -> str:
    value = unicodedata.decimal(character, None)
    return character if value is None else str(value)


def encodable(text: str) -> str:
    """The text with a question mark for each half of a character, which no file can hold."""
    return text if text.isascii() else text.encode(errors="replace").decode()


def lowered(text: str, language: str) -> str:
    """Words in lower case for a stemmer, which wants accents, but neither Turkish surprises nor invisible marks."""
    plain = text if text.isascii() else _INVISIBLES.sub("", unicodedata.normalize("NFC", text))
    if language in {"tr", "az"}:
        plain = plain.replace("İ", "i").replace("I", "ı")
    return plain.lower()


def words(text: str, *, ends_of_runs: bool = True) -> Iterator[Word]:
    """Every word of a text in order.

    With `ends_of_runs` the last character of a run of pairs stands alone too, so that single characters are found;
    queries leave it out, because a phrase may go on behind it.
    """
    whole = joined_initialisms(text.replace("_", " "))
    has_runs = not whole.isascii() and _RUN.search(whole) is not None
    for match in _WORD.finditer(whole):
        raw = match.group()
        if has_runs and _RUN.search(raw):
            yield from _pieces(raw, start=match.start(), ends_of_runs=ends_of_runs)
        elif plain := folded(raw[:RAW_CHARACTERS_MAX]):
            yield Word(plain, match.start(), match.end())


def joined_initialisms(text: str) -> str:
    """Hebrew initialisms carry a quotation mark inside: it becomes a mark, so that positions stay as they are."""
    return _HEBREW_INITIALISM.sub("\u05bd", text) if not text.isascii() else text


def _pieces(raw: str, *, start: int, ends_of_runs: bool) -> Iterator[Word]:
    for match in _PIECES.finditer(raw):
        piece, offset = match.group(), start + match.start()
        if _RUN.match(piece):
            yield from _pairs(piece, start=offset, ends_of_runs=ends_of_runs)
        elif plain := folded(piece[:RAW_CHARACTERS_MAX]):
            yield Word(plain, offset, offset + len(piece))


def _pairs(run: str, *, start: int, ends_of_runs: bool) -> Iterator[Word]:
    letters = [(at, plain) for at, character in enumerate(run) if (plain := folded(character))]
    for (at, first), (next_at, second) in pairwise(letters):
        yield Word(first + second, start + at, start + next_at + 1)
    if letters and (ends_of_runs or len(letters) == 1):
        at, last = letters[-1]
        yield Word(last, start + at, start + at + 1)


def compounds(text: str, parts: Sequence[Word]) -> Iterator[Word]:
    """Hyphenated compounds written as one word: `Berg-Karabach` is found as `Bergkarabach` too."""
    if not any(hyphen in text for hyphen in _HYPHENS):
        return
    first = 0
    for index in range(1, len(parts) + 1):
        if index < len(parts) and _is_hyphenated(text, parts[index - 1].end, parts[index].start):
            continue
        chain = parts[first:index]
        first = index
        if 1 < len(chain) <= COMPOUND_PARTS_MAX:
            joined = "".join(word.text for word in chain)[:WORD_CHARACTERS_MAX]
            yield Word(joined, chain[0].start, chain[-1].end)


def _is_hyphenated(text: str, end: int, start: int) -> bool:
    return start == end + 1 and text[end] in _HYPHENS


def is_run_character(word: str) -> bool:
    """Whether a query word is one single character of a script that is cut into pairs."""
    return len(word) == 1 and _RUN.fullmatch(word) is not None
