"""A name without what the grammar of its language put before or behind it (decides)."""

from __future__ import annotations

_LETTERS_MIN = 3
_SLAVIC = "om em ym im am ach ech ih oma ema ov ami ega emu"
_ENDINGS = {
    **dict.fromkeys(
        ("ru", "uk", "be"), "ом ем ём ым им ам ах ями ами ого ому ых их ів ім ові еві ским ском ской ского"
    ),
    **dict.fromkeys(("pl", "cs", "sk", "sl", "hr", "bs", "sr", "sh"), _SLAVIC),
    **dict.fromkeys(
        ("az", "tr", "uz", "tk"), "ın in un ün nın nin nun nün da də de ta te dan dən den tan ten la lə le"
    ),
    "hy": "ը ն ի ին ում ից ով",
    "ka": "ის მა ს ით თან ზე ისთვის",
    "el": "ου ς",
    "hu": "nak nek ban ben val vel t ra re ról ről tól től",
    "fi": "n lla lle lta ssa sta",
    "et": "s ga le lt",
    "lt": "as is us ui ą o",
    "lv": "s m",
    **dict.fromkeys(("de", "nl", "sv", "da", "nb", "no"), "s"),
    "ko": "은 는 이 가 을 를 의 에 에서 에게 와 과 도 로 으로 씨",
}
_LISTED = {language: tuple(sorted(endings.split(), key=len, reverse=True)) for language, endings in _ENDINGS.items()}
_LEADS = {
    "Arab": ("وال", "بال", "فال", "كال", "لل", "ال", "و", "ب", "ل", "ف"),
    "Hebr": ("ו", "ב", "ל", "מ", "ה", "ש", "כ"),
}
BARE_MAX = 3


def bare(word: str, *, language: str, script: str) -> tuple[str, ...]:
    """The word itself, and what may be left of it."""
    found = [word]
    for lead in _LEADS.get(script, ()):
        if word.startswith(lead) and len(word) - len(lead) >= _LETTERS_MIN:
            found.append(word[len(lead) :])
            break
    for ending in _LISTED.get(language, ()):
        least = _LETTERS_MIN - (script == "Hang")
        if word.endswith(ending) and len(word) - len(ending) >= least:
            found.append(word[: -len(ending)])
            break
    return tuple(found[:BARE_MAX])
