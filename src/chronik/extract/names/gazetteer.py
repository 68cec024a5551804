"""Places of the world, and given names and surnames, as lists in each script (decides).

Places: cities of 15,000 people or more with their other names (GeoNames, CC BY 4.0), countries and their parts
(rigour, MIT; Babel's CLDR, Unicode licence). Names of persons: Wikidata (CC0) by way of rigour. `tools/names_data.py`
makes the lists anew.
"""

from __future__ import annotations

import gzip
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

COUNTRY = 9
"""The weight of a country or a part of the world; of a city it is how many digits the number of its people has."""
_SCRIPTS = frozenset({"Arab", "Armn", "Cyrl", "Geor", "Grek", "Hani", "Hebr", "Latn"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Persons:
    """Words that occur in names of persons, in small letters."""

    usual: frozenset[str]
    """Known in many languages: nearly all of them are given names and much-borne surnames."""
    rare: frozenset[str]


CITY = 6
"""The weight of a city of 100,000 people or more."""
_ALIKE = str.maketrans({"أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا", "ى": "ي", "ی": "ي", "ک": "ك", "ة": "ه", "\u200c": " "})
_MARKS = str.maketrans(dict.fromkeys("\u0640\u064b\u064c\u064d\u064e\u064f\u0650\u0651\u0652\u0654\u0670"))


def plain_arabic(word: str) -> str:
    """A word in Arabic letters without what writers of Arabic and Persian do differently."""
    return word.translate(_MARKS).translate(_ALIKE)


@cache
def places(script: str) -> Mapping[str, int]:
    """The names of places in a script, each with its weight."""
    rows = (row.split("\t") for row in _lines(f"places-{script.lower()}", script))
    named = {name: int(weight) for name, weight in rows}
    return {plain_arabic(name): weight for name, weight in named.items()} if script == "Arab" else named


@cache
def beginnings(script: str) -> frozenset[str]:
    """The first words of names of places that have several."""
    return frozenset(name.partition(" ")[0] for name in places(script) if " " in name)


@cache
def persons(script: str) -> Persons:
    """The words in names of persons in a script."""
    lines = _lines(f"persons-{script.lower()}", script)
    if script == "Arab":
        lines = [plain_arabic(line) for line in lines]
    border = lines.index("") if "" in lines else 0
    return Persons(usual=frozenset(lines[:border]), rare=frozenset(lines[border + 1 :]))


def _lines(name: str, script: str) -> list[str]:
    """The lines of a list; none where the script has no list."""
    if script not in _SCRIPTS:
        return []
    packed = files("chronik.extract.names").joinpath("data", f"{name}.txt.gz").read_bytes()
    return gzip.decompress(packed).decode().rstrip("\n").replace("i\u0307", "i").split("\n")
