"""Leaves out of a question what only asks, so that what it asks about is left (decides)."""

from __future__ import annotations

import re

_BY_LANGUAGE = (
    "wer wen wem wessen was wann wo wohin woher warum wieso weshalb wie welche welcher welches welchem welchen wieviel",
    "who whom whose what when where why how which did does",
    "qui quoi quand où pourquoi comment quel quelle quels quelles combien",
    "quién quiénes qué cuándo dónde cómo cuál cuáles cuánto cuántos cuánta cuántas",
    "quem quando onde porquê como qual quais chi cosa dove perché quale quali",
    "кто кого кому кем что чего чему когда где куда откуда почему зачем как какой какая какое какие сколько чей чья",
    "хто кого що коли де куди звідки чому навіщо який яка яке які скільки",
    "kto kogo komu co kiedy gdzie dlaczego jak jaki jaka jakie ile kim ne nerede niçin neden nasıl hangi kaç",
    "من ماذا متى أين لماذا كيف هل کی چه چرا کجا چگونه",
)
_ASKING = frozenset(word for line in _BY_LANGUAGE for word in line.split())
_WORD = re.compile(r"[^\W_]+(?:-[^\W_]+)*")


def content(question: str) -> str:
    """The question without its question words; the whole where nothing else stands in it."""
    left = _WORD.sub(lambda found: "" if found[0].casefold() in _ASKING else found[0], question)
    return left if _WORD.search(left) else question
