"""Which languages the letters of a text leave open (decides)."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from chronik.extract.script import script_of

if TYPE_CHECKING:
    from collections.abc import Mapping

_OF_SCRIPT: Mapping[str, str] = {
    "Arab": "ar az ckb fa ps sd ug ur",
    "Armn": "hy",
    "Beng": "as bn",
    "Cyrl": "ba be bg kk ky mk mn ru sr tg tt uk uz",
    "Deva": "hi mr ne sa",
    "Ethi": "am ti",
    "Geor": "ka",
    "Grek": "el",
    "Gujr": "gu",
    "Guru": "pa",
    "Hang": "ko",
    "Hebr": "he yi",
    "Hira": "ja",
    "Kana": "ja",
    "Khmr": "km",
    "Knda": "kn",
    "Laoo": "lo",
    "Mlym": "ml",
    "Mymr": "my",
    "Orya": "or",
    "Sinh": "si",
    "Taml": "ta",
    "Telu": "te",
    "Thaa": "dv",
    "Thai": "th",
    "Tibt": "bo",
}
"""The languages that the press writes in each script; where it is one, the script decides."""
_LATIN_WEIGHT = 0.5
"""Texts in every script quote firms and products in Latin letters; the other way round is rare."""
_SIGN_WEIGHT = 3.0
_SIGNS = frozenset({"Hani", "Hira", "Kana", "Hang"})
_HARDLY = 0.02
"""A share of letters below this is a name or a slip."""

# Letters that are written in these languages of the script and in no other of them.
_ONLY_IN: tuple[tuple[str, str], ...] = (
    ("їєґ", "uk"),
    ("і", "be kk uk"),
    ("ў", "be uz"),
    ("ыэ", "ba be kk ky mn ru tg tt"),
    ("ұ", "kk"),
    ("ә", "ba kk tt"),
    ("ө", "ba kk ky mn tt"),
    ("ү", "ba kk ky mn tt"),
    ("ң", "ba kk ky tt"),
    ("қ", "kk tg uz"),
    ("ғ", "ba kk tg uz"),
    ("һ", "ba kk tt"),
    ("ҙҫҡ", "ba"),
    ("җ", "tt"),
    ("ҷӣӯ", "tg"),
    ("ҳ", "tg uz"),
    ("ђћ", "sr"),
    ("јљњџ", "mk sr"),
    ("ѓќѕ", "mk"),
    ("щъ", "ba be bg kk ky mn ru tg tt uk uz"),
    ("яю", "ba be bg kk ky mn ru tg tt uk uz"),
    ("ټډړښځڅېۍ", "ps"),
    ("ٹڈڑےں", "ur"),
    ("ڕڵێ", "ckb"),
    ("ۆ", "ckb ug"),
    ("ۇۈۋې", "ps ug"),
    ("ڭ", "ug"),
    ("ٿٽڄڃڇڊڏڌڙڪڳڱڻڦڀ", "sd"),
    ("پچژگ", "az ckb fa ps sd ug ur"),
    ("یک", "az ckb fa ps sd ur"),
    ("ة", "ar ps ug"),
    ("ৰৱ", "as"),
    ("ኣቐኸ", "ti"),
    ("װײױ", "yi"),
    ("ळ", "mr ne sa"),
)
_LETTERS = {letter: frozenset(languages.split()) for letters, languages in _ONLY_IN for letter in letters}
_HAN_OF_JAPAN = re.compile("[発気対図関経済検広変総県両価単実転労営権応続駅団囲圧駆歳沢桜]")
_HAN_OF_CHINA = re.compile(
    "[们这说为国对发经济关东车长见问进过还让后总统众议会员记时间们]|[們這說對發經濟關與從讓總統]"
)


def open_languages(text: str) -> frozenset[str] | None:
    """The languages that script and letters leave open; None where they say nothing (Latin letters)."""
    counts = Counter(text)
    dominant = _dominant(counts)
    if dominant == "Latn":
        return None
    if dominant == "Hani":
        return frozenset({"zh", "ja"}) if _may_be_japanese(text) else frozenset({"zh"})
    languages = _OF_SCRIPT.get(dominant)
    return _by_letters(frozenset(languages.split()), counts) if languages else frozenset()


def _dominant(counts: Counter[str]) -> str:
    """The script that most of the text is in; kana make Japanese of Han."""
    weights: Counter[str] = Counter()
    for character, times in counts.items():
        weights[script_of(character)] += times
    weights.pop("Zyyy", None)
    kana = weights["Hira"] + weights["Kana"]
    if kana * 20 > weights["Hani"]:
        weights["Hira"] = kana + weights.pop("Hani", 0)
    scale = {"Latn": _LATIN_WEIGHT} | dict.fromkeys(_SIGNS, _SIGN_WEIGHT)
    return max(weights, key=lambda code: (weights[code] * scale.get(code, 1.0), code), default="Latn")


def _by_letters(languages: frozenset[str], counts: Counter[str]) -> frozenset[str]:
    """Those of the script's languages that write all the letters that are not rare here."""
    marked = {letter: times for letter, times in counts.items() if letter.lower() in _LETTERS}
    least = _HARDLY * sum(times for letter, times in counts.items() if letter.isalpha())
    misfits = dict.fromkeys(languages, 0)
    for letter, times in marked.items():
        for language in languages - _LETTERS[letter.lower()]:
            misfits[language] += times
    fitting = frozenset(language for language, times in misfits.items() if times <= least)
    fewest = min(misfits.values())
    return fitting or frozenset(language for language, times in misfits.items() if times == fewest)


def _may_be_japanese(text: str) -> bool:
    return bool(_HAN_OF_JAPAN.search(text)) and not _HAN_OF_CHINA.search(text)
