"""Entities that the data know, by any of their names (decides).

The lists of one script are unpacked when the first text in it comes.
"""

from __future__ import annotations

import gzip
from dataclasses import dataclass, field
from functools import cache, lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING

from chronik.relate.bridge.folding import folded, folded_lines
from chronik.relate.bridge.named import Kind
from chronik.relate.bridge.sounds import script

if TYPE_CHECKING:
    from collections.abc import Iterator

SCRIPTS = ("Arab", "Armn", "Cyrl", "Deva", "Geor", "Grek", "Hang", "Hani", "Hebr", "Kana", "Latn")
NAMESAKES_MAX = 3
"""So many entities of one name are told."""
ACRONYM_LETTERS_MAX = 5
_WEAK, _SMALL, _STEM, _ONLY_IN = "?", "~", "*", "@"
_SIGNS = _WEAK + _SMALL
_DATA = files("chronik.relate.bridge") / "data"
_RANK_OF_OWN = 10


@dataclass(slots=True)
class Shelf:
    """Names of one script."""

    names: dict[str, tuple[str, ...]] = field(default_factory=dict)
    """Folded name → identities, the likeliest first."""
    beginnings: set[str] = field(default_factory=set)
    """What names of several words begin with."""
    weak: set[str] = field(default_factory=set)
    """Names that are everyday words too."""
    small: set[str] = field(default_factory=set)
    """Names of small places."""
    stems: dict[str, str] = field(default_factory=dict)
    acronyms: dict[str, tuple[tuple[str, frozenset[str]], ...]] = field(default_factory=dict)
    """Capitals → identities, each with the languages it is said in; none says all."""
    longest: int = 1
    """Letters of the longest name: what a text without spaces is searched with."""

    def add(self, name: str, keys: tuple[str]) -> None:
        """One more name, already folded, of the one entity in `keys`."""
        known = self.names.setdefault(name, keys)
        if known is not keys and keys[0] not in known and len(known) < NAMESAKES_MAX:
            self.names[name] = known + keys
        self.longest = max(self.longest, len(name))
        place = name.find(" ")
        while place > 0:
            self.beginnings.add(name[:place])
            place = name.find(" ", place + 1)


@cache
def shelf(code: str) -> Shelf:
    """All names in a script that the package knows."""
    found = Shelf()
    for key, name in own():
        put(found, name, key=key, code=code)
    for key, names in _places(code) if code in SCRIPTS else ():
        keys = (key,)
        for name in names:
            plain = name.lstrip(_SIGNS)
            if plain != name and plain not in found.names:
                (found.weak if name[0] == _WEAK else found.small).add(plain)
            found.add(plain, keys)
    return found


def put(found: Shelf, name: str, *, key: str, code: str) -> None:
    """A name as the hand-written lists have it, if it is of this script."""
    name, _, languages = name.partition(_ONLY_IN)
    if not name or next((script(letter) for letter in name if letter.isalpha()), "") != code:
        return
    capitals = name.replace(".", "").replace("-", "").replace(" ", "")
    if name.endswith(_STEM):
        found.stems.setdefault(folded(name.rstrip(_STEM)), key)
    elif capitals.isupper() and len(capitals) <= ACRONYM_LETTERS_MAX and capitals != capitals.lower():
        said = frozenset(languages.split(",")) - {""}
        found.acronyms[capitals] = (*found.acronyms.get(capitals, ()), (key, said))
    else:
        found.add(folded(name), (key,))


@cache
def own() -> tuple[tuple[str, str], ...]:
    """Identity and name, as the hand-written lists have them."""
    rows: list[tuple[str, str]] = []
    for listed in ("entities", "persons"):
        for key, names in _lines(listed):
            rows += [(key, name.strip()) for name in names.split("|")]
    for code, text in _lines("nations"):
        rows += [(f"place:{code}", name) for name in _words_of_nation(text)]
    return tuple(rows)


def _words_of_nation(text: str) -> Iterator[str]:
    """Stems are set apart by spaces, names of several words by bars."""
    for part in text.split("|"):
        words = part.split(" ")
        starred = [place for place, word in enumerate(words) if word.endswith(_STEM)]
        last = starred[-1] + 1 if starred else 0
        yield from words[:last]
        if rest := " ".join(words[last:]):
            yield rest


def _lines(name: str) -> Iterator[tuple[str, str]]:
    for line in (_DATA / f"{name}.txt").read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            key, _, names = line.partition("\t")
            yield key, names


def _places(code: str) -> Iterator[tuple[str, list[str]]]:
    text = places_text(code)
    for line, plain in zip(text.split("\n"), folded_lines(text).split("\n"), strict=True):
        if plain:
            yield line.partition("\t")[0], plain.rpartition("\t")[2].split("|")


def places_text(code: str) -> str:
    """The list of places in a script as it is kept: identity, rank and names, set apart by tabs and bars."""
    return gzip.decompress((_DATA / f"places-{code.lower()}.txt.gz").read_bytes()).decode()


@cache
def _kept_text(code: str) -> str:
    return "\n" + places_text(code)


def kind_of(key: str) -> Kind:
    """What an identity is the identity of."""
    what = key.partition(":")[0]
    return Kind.PLACE if what in {"place", "city"} else Kind(what) if what in set(Kind) else Kind.UNKNOWN


@lru_cache(maxsize=1_024)
def given_names(key: str) -> tuple[str, ...]:
    """What stands before a person's last name in the lists."""
    spelled = (name.replace("·", " ").replace("・", " ").split() for listed, name in own() if listed == key)
    return tuple(dict.fromkeys(word for words in spelled for word in words[:-1]))


@lru_cache(maxsize=1_024)
def spellings_of(key: str) -> tuple[str, ...]:
    """Every name of an entity, as the lists spell them."""
    found = [name.partition(_ONLY_IN)[0] for listed, name in own() if listed == key and not name.endswith(_STEM)]
    for code in SCRIPTS:
        text = _kept_text(code)
        start = text.find(f"\n{key}\t") + 1
        if start:
            line = text[start : text.find("\n", start)]
            found += [name.lstrip(_SIGNS) for name in line.rpartition("\t")[2].split("|")]
    return tuple(dict.fromkeys(found))
