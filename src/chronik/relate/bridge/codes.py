"""The language of a text by its two letters, as the lists name it (decides)."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from chronik.relate.bridge.words import Word

_PAIRS = (
    "eng en deu de ger de fra fr fre fr spa es por pt ita it nld nl dut nl rus ru ukr uk bel be pol pl ces cs cze cs "
    "slk sk slo sk slv sl hrv hr srp sr bos bs hbs sh mkd mk mac mk bul bg ron ro rum ro hun hu ell el gre el tur tr "
    "aze az hye hy arm hy kat ka geo ka ara ar arb ar fas fa per fa prs fa heb he hin hi ben bn urd ur zho zh chi zh "
    "cmn zh yue zh jpn ja kor ko swe sv dan da nob nb nno nb nor nb no nb fin fi est et lav lv lit lt cat ca eus eu "
    "glg gl isl is ice is gle ga kaz kk kir ky uzb uz tgk tg tuk tk mon mn vie vi tha th ind id msa ms may ms swa sw "
    "afr af sqi sq alb sq mlt mt kur ku ckb ckb pus ps uig ug snd sd iw he in id"
)
_LONG = _PAIRS.split()
_SHORT = dict(zip(_LONG[::2], _LONG[1::2], strict=True))
_NONE = frozenset({"", "und", "mul", "zxx", "mis", "xx"})
_OF_SCRIPT = {
    "Cyrl": "ru",
    "Arab": "ar",
    "Hebr": "he",
    "Grek": "el",
    "Deva": "hi",
    "Hang": "ko",
    "Armn": "hy",
    "Geor": "ka",
    "Hani": "zh",
    "Kana": "ja",
}
CODE_CHARACTERS_MAX = 16


def short(language: str) -> str:
    """`de` for `de-AT` and `deu`; empty where no language is meant."""
    code = language[:CODE_CHARACTERS_MAX].lower().replace("_", "-").partition("-")[0]
    return "" if code in _NONE else _SHORT.get(code, code)


def likely(words: Sequence[Word]) -> str:
    """The language that a text is likeliest in by its script alone; empty for Latin letters."""
    scripts = Counter(word.script for word in words)
    return _OF_SCRIPT.get(scripts.most_common(1)[0][0], "") if scripts else ""
