"""The language in which a text is written (decides).

Script and letters first: they leave one language or a few open. Between those, two libraries and the telling words of
near kin are heard (`languages`), and the larger language is taken where a few words say nothing else.
"""

from __future__ import annotations

import re
from itertools import islice, product
from typing import TYPE_CHECKING

from chronik.extract.languages.kin import by_words
from chronik.extract.languages.letters import open_languages
from chronik.extract.languages.opinions import opinions
from chronik.model import UNDETERMINED

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

SAMPLE_CHARACTERS = 2_000
LETTERS_MIN = 3
"""Fewer letters of an alphabet tell nothing; of a script that writes words with one sign each, one is enough."""
INITIALS_MAX = 5
"""So many capitals and nothing else are initials, which are the same in many languages."""
NAMES_MAX = 6
"""More alternative names of one thing than this are each looked at alone."""

_OPINIONS_EACH = 8
_NOT_WORDS = re.compile(r"(?:https?://|www\.|[@#])\S+|[\d\x00-\x1f!-&(-/:-@\[-`{-~\x7f-\x9f]+")
_LETTER = re.compile(r"[^\W\d_]")
_WORD_SIGN = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_KIN = (
    frozenset({"bs", "hr", "sr"}),
    frozenset({"id", "ms"}),
    frozenset({"nb", "nn", "no"}),
    frozenset({"xh", "zu"}),
    frozenset({"ckb", "ku"}),
    frozenset({"am", "ti"}),
    frozenset({"fa", "prs"}),
)
_FAVOUR: Mapping[str, float] = {
    **dict.fromkeys(("de", "en", "es", "fr", "ru"), 0.8),
    **dict.fromkeys(("ar", "fa", "it", "nl", "pl", "pt", "tr", "uk", "hi", "zh", "ja"), 0.2),
    **dict.fromkeys(("an", "br", "eo", "fy", "gd", "ht", "jv", "la", "oc", "qu", "sa", "se", "vo", "wa"), -1.5),
    **dict.fromkeys(("ig", "lb", "lg", "ln", "rw", "sn"), -1.0),
}
"""How much more or less the press writes in a language than in most: it tells where the words hardly do."""
_FEW_WORDS = 10
"""Below so many words what the press writes in counts for more: for as many times more as there are fewer."""
_DESK = dict.fromkeys(("de", "en", "fr"), 12.0)
"""A name of two words may be in any of ten languages; those that the desk speaks are the likeliest."""


def language(text: str, *, declared: str = "") -> str:
    """ISO 639-1 code of the language (`ckb` for Sorani, `no` for Bokmål), `und` where there is too little to tell.

    What a page declares decides only between languages that short texts do not tell apart.
    """
    scores = _scores(_sample(text))
    found = max(scores, key=lambda tag: (scores[tag], tag), default=UNDETERMINED)
    claimed = declared.lower().replace("_", "-").partition("-")[0]
    return claimed if any({found, claimed} <= kin for kin in _KIN) else found


def languages_of(names: Sequence[str]) -> list[str]:
    """The languages of alternative names of one thing, in their order: no two the same where that can be."""
    if not 1 < len(names) <= NAMES_MAX:
        return [language(name) for name in names]
    opinions_each = [_opinions(name) for name in names]
    best = max(product(*opinions_each), key=lambda choice: _likelihood(choice, opinions_each))
    return list(best)


def _sample(text: str) -> str:
    """The words of the text's beginning, or empty where they are too few."""
    sample = " ".join(_NOT_WORDS.sub(" ", text[:SAMPLE_CHARACTERS]).split())
    letters = sum(1 for _ in islice(_LETTER.finditer(sample), INITIALS_MAX + 1))
    if letters < LETTERS_MIN and not _WORD_SIGN.search(sample):
        return ""
    if sample.isupper() and letters <= INITIALS_MAX and not _WORD_SIGN.search(sample):
        return ""
    return sample.lower() if sample.isupper() else sample


def _scores(sample: str) -> Mapping[str, float]:
    """Languages that the sample may be in, with a score each."""
    if not sample:
        return {}
    allowed = open_languages(sample)
    if allowed is not None and len(allowed) < 2:
        return dict.fromkeys(allowed, 0.0)
    weight = max(1.0, _FEW_WORDS / (1 + sample.count(" ")))
    heard = {tag: score + weight * _FAVOUR.get(tag, 0.0) for tag, score in opinions(sample, allowed).items()}
    return by_words(sample, heard, allowed=allowed) or dict.fromkeys(sorted(allowed or ())[:1], 0.0)


def _opinions(name: str) -> Mapping[str, float]:
    """Languages that a name may be in, with how likely each is."""
    scores = _scores(_sample(name)) or {UNDETERMINED: 0.0}
    raised = {tag: score + _DESK.get(tag, 0.0) for tag, score in scores.items()}
    likely = sorted(raised, key=lambda tag: (-raised[tag], tag))[:_OPINIONS_EACH]
    return {tag: raised[tag] for tag in likely}


def _likelihood(choice: Sequence[str], opinions_each: Sequence[Mapping[str, float]]) -> tuple[int, float]:
    """First by how many languages there are, then by how well each fits."""
    return len(set(choice)), sum(scores[tag] for tag, scores in zip(choice, opinions_each, strict=True))
