"""Names that no list knows: words that are written, or sound, as names do (decides)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from chronik.relate.bridge.bare import bare
from chronik.relate.bridge.everyday import everyday
from chronik.relate.bridge.named import Kind, Named
from chronik.relate.bridge.skeleton import KEYS_MAX, MARK, skeletons
from chronik.relate.bridge.words import Capitals

if TYPE_CHECKING:
    from chronik.relate.bridge.words import Word

LETTERS_MIN = 3
SURE, LIKELY, POSSIBLE, OPENING, DOUBTFUL, HARDLY = 1.0, 0.8, 0.6, 0.45, 0.3, 0.15
_UNSPACED = frozenset({"Hani", "Kana"})
_NOUNS_WITH_CAPITALS = frozenset({"de", "lb"})
_NOUN_ENDINGS = (
    "ung ungen heit heiten keit keiten schaft schaften tion tionen ismus tat taten tum chen lein sache sport "
    "mannschaft spieler spiele spiel sieg medaille minister ministerin prasident chef gesetz politik krise krieg"
)
_ENGLISH = frozenset({"en", ""})
_ABSTRACT = (
    "tion",
    "tions",
    "ness",
    "ment",
    "ments",
    "ship",
    "less",
    "able",
    "ously",
    "ingly",
    "boarding",
    "girl",
    "boy",
)
_DERIVED = (
    ("s", ""),
    ("es", ""),
    ("ed", ""),
    ("ed", "e"),
    ("ing", ""),
    ("ing", "e"),
    ("er", ""),
    ("ers", ""),
    ("ly", ""),
)
_ROMAN = re.compile("[IVXLCХ]+")
_ENDINGS = tuple(_NOUN_ENDINGS.split())
_VERBS = ("다", "는", "던", "려면", "지만", "하고", "있고", "하는", "ებს", "ობს")
"""Endings that Korean and Georgian give to verbs, and to no name."""
_COMPOUND_LETTERS = 5


def name(word: Word, *, language: str, said: Capitals, told: bool) -> Named | None:
    """A word as a name, if it may be one; `told` says that a reader took it for one."""
    weight = SURE if told else _weight(word, language, said)
    if not weight:
        return None
    plain = bare(word.text, language=language, script=word.script)
    keys = tuple(dict.fromkeys(key for part in plain for key in skeletons(part, language)))[:KEYS_MAX]
    if capitals := word.capitals:
        keys = (MARK + capitals, *keys) if len(capitals) > LETTERS_MIN else (MARK + capitals,)
    if not keys:
        return None
    return Named(key=keys[0], surface=word.text, kind=Kind.UNKNOWN, keys=keys, weight=weight, start=word.start)


def _weight(word: Word, language: str, said: Capitals) -> float:
    if len(word.folded) < LETTERS_MIN or word.script in _UNSPACED:
        return 0.0
    common = word.folded in everyday(language)
    if not word.cased:
        return 0.0 if common or word.text.endswith(_VERBS) else DOUBTFUL
    if not word.capital:
        return 0.0
    if word.capitals and said is not Capitals.SHOUT:
        return 0.0 if common or _ROMAN.fullmatch(word.text) else LIKELY
    if language in _NOUNS_WITH_CAPITALS:
        return _of_noun(word, common, language)
    if said is Capitals.TELL and not word.opens:
        return DOUBTFUL if common else LIKELY
    if common:
        return 0.0
    if language in _ENGLISH and _derived(word.folded, language):
        return DOUBTFUL
    return OPENING if said is Capitals.TELL else POSSIBLE


def _derived(word: str, language: str) -> bool:
    """Whether an English word is an everyday one with an ending, or ends as names do not."""
    usual = everyday(language)
    return word.endswith(_ABSTRACT) or any(
        word.endswith(ending) and word[: -len(ending)] + instead in usual for ending, instead in _DERIVED
    )


def _of_noun(word: Word, common: bool, language: str) -> float:
    """Where every noun has a capital, one that is made of everyday words, or ends like a noun, is hardly a name."""
    if common:
        return 0.0
    plain = word.folded
    if plain.endswith(_ENDINGS):
        return HARDLY
    usual = everyday(language)
    compound = any(plain[cut:] in usual for cut in range(3, len(plain) - _COMPOUND_LETTERS + 1))
    return HARDLY if compound else DOUBTFUL if word.opens else POSSIBLE
