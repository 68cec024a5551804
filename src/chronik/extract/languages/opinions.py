"""Wraps eldc and py3langid: how likely a text is to be in each of the languages that they know (decides).

eldc knows 60 languages and is nearly always right between them, even on five words, yet it never says that a text is
in none of them. py3langid knows 140 and is the surer judge of that. Their scores are added with three weights, which
were fitted on half of the news documents of a parallel set and gave the same result on the other half.
"""

from __future__ import annotations

from functools import cache
from heapq import nlargest
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

SURE_CHARACTERS = 800
"""What a longer text begins with is asked about first."""
SURE_CHARACTERS_SECOND = 300
"""Of that, py3langid hears so much: it takes fifty times as long as eldc, and needs less to know its languages."""
SURE_MARGIN = 10.0
"""A language that is so far ahead of all others there is not overtaken in the rest."""
_ALONE = frozenset({"de", "en", "fr", "hu", "it", "pl", "tr"})
"""Languages for which eldc takes no language that it does not know: their nearest kin stay below both figures."""
_ALONE_SCORE_MIN, _ALONE_MARGIN_MIN = 0.75, 0.2
_ELDC_SCORES = 20
_ELDC_WEIGHT = 45.0
_UNKNOWN_WEIGHT = 2.0
_RANKED = 30
"""So many of py3langid's languages are looked at; the others are as unlikely as the last of them."""
_UNKNOWN_MARGIN = 3.0
_NOTHING_KNOWN = -1e30
"""Below this, py3langid knows no part of the text."""
_LIKELY = 40
"""More candidates than this are never in doubt."""

# py3langid also knows dialects and creoles; on short texts they are next to always the large language beside them.
_LARGER = {
    "ary": "ar",
    "arz": "ar",
    "gcf": "fr",
    "gcr": "fr",
    "nb": "no",
    "pcm": "en",
    "sdh": "ckb",
    "uzs": "uz",
    "wuu": "zh",
    "yue": "zh",
}
_SOUNDS_LIKE = {"bs": "hr", "id": "ms", "nn": "no"}
"""eldc knows the second alone, and takes the first for it."""
_TWO_LETTERS = 2
_ALSO = frozenset({"ckb"})


def opinions(sample: str, allowed: frozenset[str] | None) -> Mapping[str, float]:
    """Languages that a text may be in with a score each, the likeliest first; higher by one is e times as likely.

    `allowed` leaves only these open.
    """
    if len(sample) > SURE_CHARACTERS:
        first = _eldc_opinion(sample[:SURE_CHARACTERS])
        if allowed is None and _is_alone(first):
            return {tag: _ELDC_WEIGHT * score for tag, score in first.items()}
        likely = _heard(first, _second_opinion(sample[:SURE_CHARACTERS_SECOND]), allowed)
        two = nlargest(2, likely.values())
        if len(two) > 1 and two[0] - two[1] >= SURE_MARGIN:
            return likely
    return _heard(_eldc_opinion(sample), _second_opinion(sample), allowed)


def _is_alone(first: Mapping[str, float]) -> bool:
    """Whether eldc is so sure of a language that it needs nobody else's word."""
    two = nlargest(2, first, key=lambda tag: first[tag])
    if len(two) < 2 or two[0] not in _ALONE:
        return False
    return first[two[0]] >= _ALONE_SCORE_MIN and first[two[0]] - first[two[1]] >= _ALONE_MARGIN_MIN


def _heard(
    first: Mapping[str, float], second: Mapping[str, float], allowed: frozenset[str] | None
) -> Mapping[str, float]:
    tags = {*first, *second} if allowed is None else {*first, *second} & allowed
    if not tags:
        return {}
    floor = min(second.values(), default=0.0)
    heard = {tag: second.get(tag, floor) for tag in tags}
    known = {tag: _ELDC_WEIGHT * first.get(tag, 0.0) + heard[tag] for tag in tags & _known_first()}
    return _with_unknown(known, heard)


def _with_unknown(known: Mapping[str, float], heard: Mapping[str, float]) -> Mapping[str, float]:
    """Both lists as one: of a language that eldc does not know, py3langid alone tells how much likelier it is."""
    scores = dict(known)
    best = max(known, key=lambda tag: (known[tag], tag), default="")
    for tag in heard.keys() - known.keys():
        ahead = _UNKNOWN_WEIGHT * (heard[tag] - heard.get(best, 0.0)) - _UNKNOWN_MARGIN
        scores[tag] = known.get(best, 0.0) + ahead
    likely = sorted(scores, key=lambda tag: (-scores[tag], tag))[:_LIKELY]
    return {tag: scores[tag] for tag in likely}


def _eldc_opinion(sample: str) -> Mapping[str, float]:
    """Scores of eldc, from 0 to 1; of languages that it takes for another the other's."""
    scores = {_eldc_name(tag): float(score) for tag, score in _first_opinion().detect_details(sample).scores.items()}
    # It knows Serbian in Cyrillic letters only.
    like = _SOUNDS_LIKE if scores.get("sr", 0.0) > scores.get("hr", 0.0) else _SOUNDS_LIKE | {"sr": "hr"}
    return scores | {tag: scores[other] for tag, other in like.items() if other in scores}


def _eldc_name(tag: str) -> str:
    """Its Kurdish is Sorani, in Arabic letters."""
    return "ckb" if tag == "ku" else str(tag)


def _second_opinion(sample: str) -> Mapping[str, float]:
    """Logarithms of py3langid's likelihoods, scaled by length, of the languages that the press writes in."""
    scores: dict[str, float] = {}
    ranked = _identifier().rank(sample)[:_RANKED]
    if ranked[0][1] < _NOTHING_KNOWN:
        return {}
    for tag, score in ranked:
        larger = _LARGER.get(tag, tag)
        if len(larger) == _TWO_LETTERS or larger in _ALSO:
            scores.setdefault(larger, score)
    length = max(1, len(sample.encode("utf-8", "surrogatepass")))
    return {tag: float(score) / length**0.5 for tag, score in scores.items()}


@cache
def _known_first() -> frozenset[str]:
    import eldc  # noqa: PLC0415 - see below

    return frozenset(_eldc_name(tag) for tag in eldc.LANGUAGES) | frozenset(_SOUNDS_LIKE)


@cache
def _first_opinion() -> Any:
    import eldc  # noqa: PLC0415 - a large table

    eldc.init()
    instance = eldc.instance()
    instance.set_scores(_ELDC_SCORES)
    return instance


@cache
def _identifier() -> Any:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier  # noqa: PLC0415 - loads numpy and a large model

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=False)
