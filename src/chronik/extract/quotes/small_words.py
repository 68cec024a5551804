"""The small words by which the bounds of a speaker are known (decides)."""

from __future__ import annotations

from chronik.extract.quotes.wording import words

INSIDE = frozenset(words("of for de du des von vom der la di del della do da dos das van zu and und et y e"))
HELPING = frozenset(words("will would has have had is are was were can could should must"))
CLITICS = frozenset(words("nous vous me m te lui leur"))
WHICH = frozenset(words("que qui che qual quien"))
COMMA_TURNS = frozenset({"ru", "uk", "pl"})
"""Behind a comma and the verb stands the subject, if one stands there at all."""
RUSSIAN_PLACES = frozenset(words("в во на при по за"))
OF_SEVERAL = ("ли", "ют", "ят", "ут", "ат")
CONTRAST = frozenset(words("mais but aber pero ma mas но але ale"))
NOBODY = frozenset(
    words("ninguno ninguna ningún nadie aucun aucune personne kein keine keiner niemand nobody никто ни toi")
)
BETWEEN = frozenset(words("of de du des del van zu y e m d l à au que"))
"""Words that are no speaker by themselves."""
AUXILIARIES = frozenset(words("ont sont étaient avaient est était avait han fue fueron era eran sono hanno was were"))
DATIVE, DATIVE_LETTERS_MIN = frozenset({"ru", "uk"}), 4
DATIVE_ENDINGS = ("ам", "ям", "им", "ым", "ому", "ему", "ові", "еві")
ONE = frozenset(words("один одна одного одной одним одна jeden jedna jednego jednej"))
OUT_OF = frozenset({"из", "із", "з", "z"})
AS = frozenset(words("как як jak comme como come wie as zoals"))
"""`, как говорят`: whoever says it is named behind, or not at all."""
SUBORDINATING = frozenset(
    words(
        "after when while because since although though if before weil nachdem während wenn obwohl quand lorsque "
        "cuando puisque parce porque aunque mientras поскольку хотя пока если бо"
    )
)
ADDRESSED = frozenset(
    words(
        "журналистам журналістам reportern journalisten dziennikarzom газете изданию агентству телеканалу порталу "
        "корреспонденту полицейским"
    )
)
PERSIAN_PLACES = frozenset(words("در به با از طی"))
LOCATIVE = {
    "tr": ("da", "de", "ta", "te", "daki", "deki", "lara", "lere"),
    "az": ("da", "də", "dakı", "dəki", "lara", "lərə"),
}
OBLIQUE_FIRST = frozenset({"den", "dem", "des", "einen", "einem", "eines"})
GENITIVE = frozenset({"des", "der", "eines", "einer", "seiner", "ihrer", "dieser"})
OBLIQUE = frozenset(words("des dem den einer eines einem du"))
"""Articles with which no subject begins."""
CONJUNCTIONS = frozenset(
    words(
        "but aber sondern mais pero sino ma però mas но але ale lecz اما ولی ama amma lakin maar բայց "
        "and und et y e и і та i en və ve և و"
    )
)
LEADING = {
    "en": frozenset(words("in at on to from by with after before during since under over into about as")),
    "de": frozenset(words("in im am an auf bei beim vor nach zu zum zur mit während seit unter über aus durch")),
    "fr": frozenset(words("à au aux dans en sur sous par pour avec lors après avant depuis pendant")),
    "es": frozenset(words("a al en por con sobre tras durante desde ante para")),
    "it": frozenset(words("a al in nel nella su con per dopo durante da")),
    "pt": frozenset(words("em no na por com sobre após durante desde para")),
    "nl": frozenset(words("in op bij voor na naar met tijdens sinds tot")),
}
