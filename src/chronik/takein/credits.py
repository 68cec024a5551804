"""Who a credit names: from `Hurriyet (Türkei)` or `Rick Rozoff / ` to a source. Decides.

A credit is written by hand. It is kept as it stands; here it is only compared, with case, accents, blanks and
punctuation put aside. What names nobody stays without a source.
"""

from __future__ import annotations

import re
import tomllib
from functools import cache, lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from chronik.model import UNDETERMINED, Source, SourceKind
from chronik.takein.spelling import KEYS_KEPT, key, slug

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

MADE_BY = "credit"

SEPARATOR = re.compile(r"\s+[/|–—-]\s+|\s+via\s+", re.IGNORECASE)
LOOSE_ENDS = " /|–—,;:-"


@lru_cache(maxsize=KEYS_KEPT)
def cleaned(credit: str) -> str:
    """The credit without loose separators at its ends and without a country in parentheses."""
    text = _trimmed(credit)
    outside, inside = _apart(text)
    while key(inside) in _countries() and outside:
        text = _trimmed(outside)
        outside, inside = _apart(text)
    return text


def source_of(credit: str, sources: Iterable[Source]) -> Source | None:
    """The source that a credit names by any of its names or aliases, or None.

    The whole credit counts first; of a credit in parts (`A / B`), the one source that the parts name, if they name
    only one. A platform (`ISCResearch / Twitter`) is no part, and a source of another country than the credit says
    (`Kurier (Polen)`) is not meant.
    """
    index = _index(sources)
    if whole := index.get(key(credit)):
        return whole
    country = _country_in(credit)
    text = cleaned(credit)
    for spelling in (text, _apart(text)[0]):
        found = index.get(key(spelling))
        if found and _fits(found, country):
            return found
    parts = (cleaned(part) for part in _parts(text) if key(part) not in _platforms())
    named = {found.id: found for part in parts if (found := index.get(key(part))) and _fits(found, country)}
    return next(iter(named.values())) if len(named) == 1 else None


def proposed(credit: str) -> Source | None:
    """A new source for a credit that names nobody we know; None where it names nobody, or only a platform."""
    name = _trimmed(credit)
    parts = _parts(name)
    voices = [part for part in parts if key(part) not in _platforms()]
    if not voices:
        return None
    is_account = len(voices) < len(parts)
    slug_of_name = source_id(name)
    taken = any(source.id == slug_of_name for source in known_sources())
    return Source(
        id=source_id(f"{name} {MADE_BY}") if taken else slug_of_name,
        names={UNDETERMINED: " / ".join(voices) if is_account else name},
        aliases=(name,) if is_account else (),
        kind=SourceKind.ACCOUNT if is_account else SourceKind.UNKNOWN,
        country=_country_in(credit),
        made_by=MADE_BY,
    )


def source_for_host(host: str, sources: Iterable[Source]) -> Source | None:
    """The source whose pages a host serves: the one with the longest host name that the host is or lies under."""
    labels = host.strip().rstrip(".").lower().split(".")
    by_host = {known.lower(): source for source in sources for known in source.hosts}
    candidates = (".".join(labels[start:]) for start in range(len(labels) - 1))
    return next((by_host[name] for name in candidates if name in by_host), None)


def source_id(name: str) -> str:
    """A readable key for a source of this name, the same on every machine."""
    return slug(name)


@cache
def known_sources() -> tuple[Source, ...]:
    """The much-credited voices that ship with the program."""
    return tuple(
        Source(
            id=source_key,
            names=facts["names"],
            aliases=tuple(facts.get("aliases", ())),
            kind=SourceKind(facts["kind"]),
            country=facts.get("country", ""),
            home_page=facts.get("home", ""),
            hosts=tuple(facts.get("hosts", ())),
            made_by="chronik",
        )
        for source_key, facts in _facts()["sources"].items()
    )


@cache
def _facts() -> Mapping[str, Any]:
    """What `known_sources.toml` says."""
    return tomllib.loads(files("chronik.takein").joinpath("known_sources.toml").read_text("utf-8"))


@cache
def _countries() -> Mapping[str, str]:
    """Key of a country's name → its code."""
    return {key(name): code for code, names in _facts()["countries"].items() for name in names}


@cache
def _platforms() -> frozenset[str]:
    """Keys of the places where voices speak, which are never who speaks."""
    return frozenset(key(name) for name in _facts()["platforms"])


def _country_in(credit: str) -> str:
    """Code of the country that a credit names in parentheses at its end, or empty."""
    return _countries().get(key(_apart(_trimmed(credit))[1]), "")


def _trimmed(credit: str) -> str:
    """The credit in one line, without blanks and separators at its ends."""
    return " ".join(credit.split()).strip(LOOSE_ENDS)


def _apart(credit: str) -> tuple[str, str]:
    """What stands before the parentheses at the end of a credit, and what stands in them."""
    if not credit.endswith(")") or "(" not in credit:
        return credit, ""
    outside, _, inside = credit[:-1].rpartition("(")
    return outside.rstrip(), inside


def _parts(credit: str) -> list[str]:
    return [part for part in SEPARATOR.split(credit) if key(part)]


def _index(sources: Iterable[Source]) -> dict[str, Source]:
    """Key of each name and alias → source; who comes first keeps a name that two claim.

    What a name says without its country counts too, where no name says just that.
    """
    known = list(sources)
    named = [(name, source) for source in known for name in (*source.names.values(), *source.aliases)]
    named += [(source.credit_style, source) for source in known]
    index: dict[str, Source] = {}
    for spelling in (str, cleaned):
        for name, source in named:
            index.setdefault(key(spelling(name)), source)
    index.pop("", None)
    return index


def _fits(source: Source, country: str) -> bool:
    return not country or not source.country or source.country == country
