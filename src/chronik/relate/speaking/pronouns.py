"""Words that stand for a speaker named before, and those by which somebody speaks for himself (decides)."""

from __future__ import annotations


def _words(*lines: str) -> frozenset[str]:
    return frozenset(word for line in lines for word in line.split())


ONE_PERSON = _words(
    "er sie dieser diese letzterer he she il elle celui-ci él ella usted он она lui lei egli",
    "ele ela hij zij ona o він вона هو هي او նա",
)
"""Whoever was named last; also `sie`, which may be several: only a person named alone is taken for it."""
SEVERAL = _words("they we ils elles ellos ellas они wir nous nosotros мы who you ich i je yo я")
"""Nobody is made out for these."""
FIRST_PERSON = {
    "de": _words("ich wir mich mir uns mein meine meiner meinem meinen unser unsere unserer unserem unseren"),
    "en": _words("i we me us my our"),
    "fr": _words("je nous j moi mon ma mes notre nos"),
    "es": _words("yo nosotros mi mis nuestro nuestra nuestros nuestras me nos"),
    "ru": _words("я мы мне нам нас меня наш наша наше наши мой моя моё мои"),
    "it": _words("io noi mio mia nostro nostra nostri nostre"),
    "pt": _words("eu nós meu minha nosso nossa nossos nossas"),
    "uk": _words("я ми мені нам нас мене наш наша наше наші"),
}
ARTICLES = _words("the der die das le la l el il lo o")
