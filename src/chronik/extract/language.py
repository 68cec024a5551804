"""Wraps eldc and py3langid: the language in which a text is written (decides).

Two opinions: eldc knows 60 languages and is nearly always right about them, even on a headline; py3langid is asked
whether the text is in one of the many that eldc does not know, and where eldc is unsure.
"""

from __future__ import annotations

import re
from functools import cache
from itertools import product
from typing import TYPE_CHECKING, Any

from chronik.model import UNDETERMINED

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

SAMPLE_CHARACTERS = 2_000
LETTERS_MIN = 3
"""Fewer letters of an alphabet tell nothing; of a script that writes words with one sign each, one is enough."""
NAMES_MAX = 6
"""More alternative names of one thing than this are each looked at alone."""

_SURE_OF_UNKNOWN = 0.6
_SURE_AGAINST = 0.9
_WEAK_SCORE = 0.35
"""Below this, eldc has seen nothing like it."""
_OPINIONS_EACH = 8
_USUAL = {"de": 0.3, "en": 0.3, "fr": 0.3}
"""A name of two words may be in any of ten languages; those that the desk speaks are the likeliest."""
_SAID = 0.1
_NOT_WORDS = re.compile(r"(?:https?://|www\.|[@#])\S+|[\d\x00-\x1f!-/:-@\[-`{-~\x7f-\x9f]+")
_LETTER = re.compile(r"[^\W\d_]")
_WORD_SIGN = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
# py3langid also knows dialects and creoles; on short texts they are next to always the large language beside them.
_LARGER = {
    "ary": "ar",
    "arz": "ar",
    "gcf": "fr",
    "gcr": "fr",
    "nb": "no",
    "nn": "no",
    "pcm": "en",
    "sdh": "ku",
    "wuu": "zh",
    "yue": "zh",
}
_KIN = (
    frozenset({"bs", "hr", "sr"}),
    frozenset({"id", "ms"}),
    frozenset({"nb", "nn", "no"}),
    frozenset({"xh", "zu"}),
    frozenset({"ckb", "ku"}),
    frozenset({"am", "ti"}),
)
_TWO_LETTERS = 2
_RIGHT_TO_LEFT = frozenset(
    {"ar", "arc", "arz", "ckb", "dv", "fa", "he", "ks", "nqo", "ps", "sd", "syr", "ug", "ur", "yi"}
)
_RIGHT_TO_LEFT_SCRIPTS = frozenset({"adlm", "arab", "hebr", "nkoo", "syrc", "thaa"})


def language(text: str, *, declared: str = "") -> str:
    """ISO 639-1 code of the language, `und` where there is too little to tell.

    What a page declares decides only between languages that short texts do not tell apart.
    """
    sample = _sample(text)
    if not sample:
        return UNDETERMINED
    found = _by_its_words(sample)
    claimed = declared.lower().replace("_", "-").partition("-")[0]
    return claimed if any({found, claimed} <= kin for kin in _KIN) else found


def _by_its_words(sample: str) -> str:
    first = _first_opinion().detect_details(sample)
    second, sure = _second_opinion(sample)
    if second in {first.language, UNDETERMINED}:
        return str(first.language)
    if second not in _known_first():
        weak = max(first.scores.values(), default=0.0) < _WEAK_SCORE
        needed = 0.0 if weak else _SURE_OF_UNKNOWN
        return second if sure > needed else str(first.language)
    return str(first.language) if first.reliable or sure < _SURE_AGAINST else second


def languages_of(names: Sequence[str]) -> list[str]:
    """The languages of alternative names of one thing, in their order: no two the same where that can be."""
    if not 1 < len(names) <= NAMES_MAX:
        return [language(name) for name in names]
    opinions = [_opinions(name) for name in names]
    best = max(product(*opinions), key=lambda choice: _likelihood(choice, opinions))
    return list(best)


def direction(tag: str) -> str:
    """`rtl` for languages written from right to left, else `ltr`; a script in the tag decides (`ku-Arab`)."""
    primary, *rest = tag.lower().replace("_", "-").split("-")
    script = next((part for part in rest if len(part) == len("arab")), "")
    return "rtl" if (script in _RIGHT_TO_LEFT_SCRIPTS if script else primary in _RIGHT_TO_LEFT) else "ltr"


def _sample(text: str) -> str:
    """The words of the text's beginning, or empty where they are too few."""
    sample = " ".join(_NOT_WORDS.sub(" ", text[:SAMPLE_CHARACTERS]).split())
    letters = len(_LETTER.findall(sample))
    return sample if letters >= LETTERS_MIN or _WORD_SIGN.search(sample) else ""


def _opinions(name: str) -> Mapping[str, float]:
    """Languages that a name may be in, with how likely each is."""
    sample = _sample(name)
    scores = dict(_many_opinions().detect_details(sample).scores) if sample else {UNDETERMINED: 0.0}
    said = language(name)
    for tag in {said, *scores}:
        scores[tag] = scores.get(tag, 0.0) + _USUAL.get(tag, 0.0) + (_SAID if tag == said else 0.0)
    likely = sorted(scores, key=lambda tag: (-scores[tag], tag))[:_OPINIONS_EACH]
    return {tag: scores[tag] for tag in likely}


def _likelihood(choice: Sequence[str], opinions: Sequence[Mapping[str, float]]) -> tuple[int, float]:
    """First by how many languages there are, then by how well each fits."""
    return len(set(choice)), sum(scores[tag] for tag, scores in zip(choice, opinions, strict=True))


@cache
def _first_opinion() -> Any:
    import eldc  # noqa: PLC0415 - a large table

    eldc.init()
    return eldc.instance()


@cache
def _many_opinions() -> Any:
    import eldc  # noqa: PLC0415 - see above

    eldc.init()
    instance = eldc.instance()
    instance.set_scores(20)
    return instance


@cache
def _known_first() -> frozenset[str]:
    import eldc  # noqa: PLC0415 - see above

    return frozenset(eldc.LANGUAGES)


def _second_opinion(sample: str) -> tuple[str, float]:
    """The most likely language of those with a code of two letters, and how sure that is."""
    for tag, sure in _identifier().rank(sample):
        larger = _LARGER.get(tag, tag)
        if len(larger) == _TWO_LETTERS:
            return larger, float(sure)
    return UNDETERMINED, 0.0


@cache
def _identifier() -> Any:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier  # noqa: PLC0415 - loads numpy and a large model

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
