"""How a name may sound, whatever its script (decides).

Wraps anyascii: it spells scripts in Latin letters that have no table of their own here.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import TYPE_CHECKING

from anyascii import anyascii

from chronik.relate.bridge import latin, letters

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from chronik.relate.bridge.letters import Sounds

LETTERS_MAX = 40
"""Letters of a word behind these are not heard."""
READINGS_MAX = 8
_HANGUL, _HANGUL_END = 0xAC00, 0xD7A4
_LAST, _VOWELS = 28, 21
_SYLLABLE = re.compile(r"([bpmfdtnlgkhjqxrzcsyw]?h?)([aeiouv]+)(ng|n|r)?")
_BLOCKS = (
    (0x370, "Latn"),
    (0x400, "Grek"),
    (0x530, "Cyrl"),
    (0x590, "Armn"),
    (0x600, "Hebr"),
    (0x780, "Arab"),
    (0x900, ""),
    (0x980, "Deva"),
    (0x10A0, ""),
    (0x1100, "Geor"),
    (0x3040, ""),
    (0x3100, "Kana"),
    (0x3400, ""),
    (0xA000, "Hani"),
    (_HANGUL, ""),
    (_HANGUL_END, "Hang"),
)
"""Where the letters of each script end, and its code of ISO 15924."""


def script(character: str) -> str:
    """Code of the script of a letter, as far as it matters here; empty for others."""
    point = ord(character)
    return next((code for end, code in _BLOCKS if point < end), "")


def _pattern(table: Mapping[str, Sounds]) -> re.Pattern[str]:
    return re.compile("|".join(map(re.escape, sorted(table, key=len, reverse=True))))


_TABLES = {
    "Cyrl": letters.CYRILLIC,
    "Grek": letters.GREEK,
    "Armn": letters.ARMENIAN,
    "Geor": letters.GEORGIAN,
    "Hebr": letters.HEBREW,
    "Arab": letters.ARABIC,
    "Pers": letters.PERSIAN,
    "Kana": letters.KANA,
}
_PATTERNS = {code: _pattern(table) for code, table in _TABLES.items()}
_KATAKANA = {point: point + 0x60 for point in range(0x3041, 0x3097)}
_PERSIAN_LETTERS = frozenset("یکگپچژ")
_PERSIAN = frozenset({"fa", "ur", "ku", "ckb", "ps", "ug", "sd"})


@lru_cache(maxsize=131_072)
def readings(word: str, language: str = "") -> tuple[str, ...]:
    """Sounds of a word as strings of the signs in `letters`, the likeliest first."""
    word = unicodedata.normalize("NFC", word[:LETTERS_MAX].lower())
    code = next((script(letter) for letter in word if letter.isalpha()), "")
    if code == "Arab" and (language in _PERSIAN or not _PERSIAN_LETTERS.isdisjoint(word)):
        code = "Pers"
    if code in _TABLES:
        return _by_table(word.translate(_KATAKANA) if code == "Kana" else _without_marks(word), code)
    if code == "Hang":
        return _expanded(part for letter in word for part in _hangul(letter))
    if code == "Hani":
        return _expanded(part for letter in word for part in _han(letter))
    return _expanded(latin.sounds(word if code == "Latn" else anyascii(word).lower()))


def _by_table(word: str, code: str) -> tuple[str, ...]:
    heard = [_TABLES[code][match.group()] for match in _PATTERNS[code].finditer(word)]
    if code in _VOWELLESS and heard:
        if word[0] in _MUTE or (heard[0][0] in {"h", "x"} and heard[1:] and heard[1][0] not in _SUNG):
            heard.insert(0 if word[0] in _MUTE else 1, ("a",))
        if word.startswith(_ARTICLE) and len(word) > _ARTICLE_FROM:
            return (*_expanded(heard[len(_ARTICLE) :]), *_expanded(heard)[:1])
    return _expanded(heard)


_VOWELLESS = frozenset({"Arab", "Pers", "Hebr"})
_MUTE = frozenset("אעعء")
"""Letters that begin a name with a vowel which is not written."""
_SUNG = frozenset("aeiou")
_ARTICLE, _ARTICLE_FROM = "ال", 4


def _without_marks(word: str) -> str:
    """Vowel points and accents off, where they do not make another letter."""
    if word.isascii():
        return word
    parts = unicodedata.normalize("NFD", word.replace("й", "\0"))
    return "".join(p for p in parts if not unicodedata.combining(p)).replace("\0", "й")


def _expanded(options: Iterable[Sounds]) -> tuple[str, ...]:
    """All ways through the options, the first of each first, no more than are worth comparing."""
    ways = [""]
    for choices in options:
        if len(choices) == 1 or len(ways) * len(choices) > READINGS_MAX:
            choice = choices[0]
            ways = [way + choice for way in ways]
        else:
            ways = [way + choice for choice in choices for way in ways]
    return tuple(dict.fromkeys(_TWICE.sub(r"\1", way) for way in ways))


_TWICE = re.compile(r"([^aeiou])\1+")


def _hangul(syllable: str) -> tuple[Sounds, ...]:
    place = ord(syllable) - _HANGUL
    if not 0 <= place < _HANGUL_END - _HANGUL:
        return ()
    first, rest = divmod(place, _LAST * _VOWELS)
    vowel, last = divmod(rest, _LAST)
    parts = (letters.HANGUL_FIRST[first], (letters.HANGUL_VOWELS[vowel],), (letters.HANGUL_LAST[last],))
    return tuple(part for part in parts if part != ("_",))


def _han(sign: str) -> tuple[Sounds, ...]:
    if sign in letters.HAN_SIGNS:
        return (letters.HAN_SIGNS[sign],)
    syllable = anyascii(sign).lower()
    match = _SYLLABLE.match(syllable)
    if not match:
        return ()
    first, vowel, last = match.groups()
    parts: list[Sounds] = [letters.HAN_INITIALS[first]] if first in letters.HAN_INITIALS else []
    parts.append((vowel[0],))
    if last:
        parts.append(("n",))
    return tuple(parts)
