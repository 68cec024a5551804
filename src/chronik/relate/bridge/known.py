"""Names that the lists know, in whatever form they stand in a text (decides)."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING

from chronik.relate.bridge.endings import forms, stems
from chronik.relate.bridge.everyday import everyday
from chronik.relate.bridge.folding import folded
from chronik.relate.bridge.gazetteer import kind_of, shelf
from chronik.relate.bridge.named import Kind, Named
from chronik.relate.bridge.skeleton import skeletons
from chronik.relate.bridge.words import Capitals, words

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from chronik.relate.bridge.gazetteer import Shelf
    from chronik.relate.bridge.words import Word

PHRASE_WORDS_MAX = 6
_WEIGHTS = {Kind.PERSON: 1.0, Kind.ORGANISATION: 0.7, Kind.PLACE: 0.7, Kind.UNKNOWN: 0.7}
_COUNTRY_WEIGHT, _NATION_WEIGHT, _WEAK_WEIGHT = 0.6, 0.5, 0.4
_FORM_LETTERS_MIN = 4
_STEM_LETTERS_MIN = 3
_PHRASES_AT_ONCE = 8


@dataclass(frozen=True, slots=True)
class Found:
    """Identities, and how many words they take."""

    keys: tuple[str, ...]
    words: int
    weight: float
    heard: bool = True
    """Whether the words are the name itself, so that how it sounds tells something."""
    weak: bool = False
    """Whether an everyday word is written like it."""


def find(
    text: Sequence[Word], place: int, *, language: str, said: Capitals, extra: Mapping[str, tuple[str, ...]]
) -> Found | None:
    """The longest known name that begins at a word."""
    word = text[place]
    if word.capital and (found := _acronym(word, language=language, said=said)):
        return found
    if not word.cased or word.capital:
        found = _phrase(text, place, language, extra)
        if found and _meant(word, found, language=language, said=said):
            return found
    return _nation(word)


def named(found: Found, run: Sequence[Word], *, text: str, language: str) -> Named:
    """A known name as it is told: its identities, and the skeletons of its last word."""
    first, last = run[0], run[found.words - 1]
    kind = kind_of(found.keys[0])
    heard = found.heard and (kind is Kind.PERSON or found.words == 1)
    bones = skeletons(last.text, language) if heard else ()
    return Named(
        key=found.keys[0],
        surface=text[first.start : last.end],
        kind=kind,
        keys=(*found.keys, *bones),
        weight=found.weight,
        start=first.start,
    )


def _acronym(word: Word, *, language: str, said: Capitals) -> Found | None:
    """Capitals, or as many papers write it, the first one only: `Onu`, `Nato`."""
    capitals = word.capitals or (word.text.upper() if word.capital and len(word.text) >= _SPELLED_OUT_MIN else "")
    listed = shelf(word.script).acronyms.get(capitals, ())
    keys = tuple(dict.fromkeys(key for key, languages in listed if not languages or language in languages))
    doubtful = said is Capitals.SHOUT or not word.capitals
    if not keys or (doubtful and word.folded in everyday(language)):
        return None
    return Found(keys, 1, _weight(keys[0]), heard=False)


_SPELLED_OUT_MIN = 3


def _weight(key: str) -> float:
    country = key.startswith("place:") and len(key) == len("place:xx")
    return _COUNTRY_WEIGHT if country else _WEIGHTS[kind_of(key)]


@lru_cache(maxsize=65_536)
def _forms(word: str, language: str, script: str) -> tuple[str, ...]:
    """What a word may be a form of that stands on a list, or begins a name there."""
    known = shelf(script)
    tries = (word,) if len(word) < _FORM_LETTERS_MIN else dict.fromkeys(forms(word, language=language, script=script))
    return tuple(form for form in tries if form in known.names or form in known.beginnings)


def _phrase(text: Sequence[Word], place: int, language: str, extra: Mapping[str, tuple[str, ...]]) -> Found | None:
    word = text[place]
    known = shelf(word.script)
    best: Found | None = None
    begun = [*_forms(word.folded, language, word.script)]
    if extra:
        begun += [
            form for form in _all_forms(word.folded, language, word.script) if form in extra and form not in begun
        ]
    for length in range(1, PHRASE_WORDS_MAX + 1):
        plain = " ".join(part.folded for part in text[place : place + length])
        best = next((found for phrase in begun if (found := _listed(phrase, plain, known, extra))), None) or best
        if best and best.words == 0:
            best = replace(best, words=length)
        if place + length >= len(text):
            break
        begun = _longer(begun, text[place + length], language, extra)
        if not begun:
            break
    return best


def _listed(phrase: str, plain: str, known: Shelf, extra: Mapping[str, tuple[str, ...]]) -> Found | None:
    """What the lists say of a phrase that stands in the text, or that what stands there is a form of."""
    keys = tuple(dict.fromkeys(extra.get(phrase, ()) + known.names.get(phrase, ())))
    if not keys or (phrase != plain and phrase in known.small):
        return None
    weight = _WEAK_WEIGHT if phrase in known.small else _weight(keys[0])
    return Found(keys, 0, weight, weak=phrase in known.weak)


def _longer(begun: Sequence[str], word: Word, language: str, extra: Mapping[str, tuple[str, ...]]) -> list[str]:
    known = shelf(word.script)
    endings = dict.fromkeys((word.folded, *_all_forms(word.folded, language, word.script)))
    tries = (f"{first} {last}" for first in begun for last in endings if first in known.beginnings or first in extra)
    return [phrase for phrase in tries if phrase in known.names or phrase in known.beginnings or phrase in extra][
        :_PHRASES_AT_ONCE
    ]


@lru_cache(maxsize=16_384)
def _all_forms(word: str, language: str, script: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(forms(word, language=language, script=script)))


def _meant(word: Word, found: Found, *, language: str, said: Capitals) -> bool:
    """Whether the name is meant: an everyday word with a capital that tells nothing is not."""
    common = word.folded in everyday(language)
    if found.words == 1 and word.capitals and said is not Capitals.SHOUT and found.keys[0].startswith("city:"):
        return False
    if found.words > 1 or not common:
        return True
    tells = said is Capitals.TELL and not word.opens and language != "de"
    if found.weak:
        return word.cased and tells
    return tells or found.keys[0].startswith("place:")


def _nation(word: Word) -> Found | None:
    if len(word.folded) < _STEM_LETTERS_MIN:
        return None
    key = _nation_of(word.folded, word.script)
    return Found((key,), 1, _NATION_WEIGHT, heard=False) if key else None


@lru_cache(maxsize=65_536)
def _nation_of(word: str, script: str) -> str:
    known = shelf(script).stems
    return next((known[stem] for stem in stems(word, script) if stem in known), "") if known else ""


def entities(phrase: str) -> tuple[str, ...]:
    """Identities of a name told by itself, in any form and without regard to capitals; empty where no list knows it."""
    listed = words(phrase)
    if not listed:
        return ()
    code = listed[0].script
    plain = folded(phrase)
    if keys := _acronyms(phrase, code) or shelf(code).names.get(plain, ()):
        return keys
    whole = _phrase(listed, 0, _LANGUAGE_OF_FORMS.get(code, ""), {})
    if whole and whole.words == len(listed):
        return whole.keys
    nation = _nation(listed[0]) if len(listed) == 1 else None
    return nation.keys if nation else ()


_LANGUAGE_OF_FORMS = {"Cyrl": "ru", "Armn": "hy", "Geor": "ka"}
_LATIN_FORMS = ("tr", "pl", "hu", "fi", "de")
"""Languages with many cases in Latin letters, one of each kind."""
_INFLECTED_LETTERS_MIN = 5
_ACRONYM = re.compile(r"((?:[^\W\d_]\.?){2,})(?:[-’'ʼ][^\W\d_]{1,4})?")
_COMMON_IN = ("en", "de", "fr", "es", "it", "pl", "tr", "ru")


def _acronyms(phrase: str, code: str) -> tuple[str, ...]:
    """What capitals stand for, with an ending set off or not: `ООН`, `ABD'de`, `WHO-s`, `Otan`."""
    match = _ACRONYM.fullmatch(phrase.strip())
    capitals = match[1].replace(".", "") if match else ""
    listed = shelf(code).acronyms
    if capitals.isupper():
        return tuple(dict.fromkeys(key for key, _ in listed.get(capitals, ())))
    word = folded(capitals)
    if len(capitals) < _SPELLED_OUT_MIN or not capitals.istitle() or any(word in everyday(one) for one in _COMMON_IN):
        return ()
    return tuple(dict.fromkeys(key for key, _ in listed.get(capitals.upper(), ())))


@lru_cache(maxsize=16_384)
def inflected(phrase: str) -> tuple[str, ...]:
    """Identities of a name in Latin letters that stands in a case of whatever language; empty where none is known."""
    listed = words(phrase)
    if not listed or listed[0].script != "Latn" or len(phrase) < _INFLECTED_LETTERS_MIN:
        return ()
    whole = (_phrase(listed, 0, language, {}) for language in _LATIN_FORMS)
    return next((found.keys for found in whole if found and found.words == len(listed) and not found.weak), ())
