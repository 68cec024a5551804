"""In which direction a language is written. Decides."""

from __future__ import annotations

from chronik.model import UNDETERMINED

# Unicode CLDR: languages whose usual script runs from right to left, and the scripts that do.
_RIGHT_TO_LEFT = frozenset(
    {"ar", "arc", "arz", "azb", "bal", "bgn", "bqi", "ckb", "dv", "fa", "glk", "he", "iw", "ji", "khw", "ks"}
    | {"lrc", "luz", "mzn", "nqo", "pnb", "ps", "sd", "syr", "ug", "ur", "yi"}
)
_RIGHT_TO_LEFT_SCRIPTS = frozenset(
    {"adlm", "arab", "hebr", "mand", "mend", "nkoo", "rohg", "samr", "syrc", "thaa"},
)
_SCRIPT_LENGTH = 4


def direction(language: str) -> str:
    """`ltr` or `rtl` as HTML's dir attribute has it; `auto` where the language is not known."""
    first, *rest = language.lower().split("-")
    if first in {"", UNDETERMINED}:
        return "auto"
    scripts = [part for part in rest if len(part) == _SCRIPT_LENGTH and part.isalpha()]
    if scripts:
        return "rtl" if scripts[0] in _RIGHT_TO_LEFT_SCRIPTS else "ltr"
    return "rtl" if first in _RIGHT_TO_LEFT else "ltr"
