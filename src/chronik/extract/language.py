"""Wraps eldc and py3langid: the language in which a text is written (decides)."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Any

from chronik.model import UNDETERMINED

if TYPE_CHECKING:
    from collections.abc import Sequence

SAMPLE_CHARACTERS = 4_000

_NO_LETTERS = re.compile(r"[\W\d_]+")
_RIGHT_TO_LEFT = frozenset(
    {"ar", "arc", "ckb", "dv", "fa", "he", "ks", "ku-arab", "nqo", "ps", "sd", "syr", "ug", "ur", "yi"}
)


def language(text: str) -> str:
    """ISO 639-1 code of the text's language, `und` where there is too little to tell."""
    sample = _NO_LETTERS.sub(" ", text[:SAMPLE_CHARACTERS]).strip()
    if len(sample) < 2:
        return UNDETERMINED
    first = _first_opinion().detect_details(sample)
    if first.reliable:
        return str(first.language)
    second, _ = _second_opinion().classify(sample)
    return str(first.language) if first.language != UNDETERMINED else str(second)


def languages_of(names: Sequence[str]) -> list[str]:
    """The languages of alternative names of one thing, in their order: no two the same as long as there is a choice."""
    return [language(name) for name in names]


def direction(tag: str) -> str:
    """`rtl` for languages written from right to left, else `ltr`."""
    return "rtl" if tag.lower() in _RIGHT_TO_LEFT or tag.lower().partition("-")[0] in _RIGHT_TO_LEFT else "ltr"


@cache
def _second_opinion() -> Any:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier  # noqa: PLC0415 - loads numpy and a large model

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)


@cache
def _first_opinion() -> Any:
    import eldc  # noqa: PLC0415 - a large table

    eldc.init()
    return eldc.instance()
