"""Who a credit names: from `Hurriyet (Türkei)` or `Rick Rozoff / ` to a source. Decides.

A credit is written by hand. It is kept as it stands; here it is only compared, with case, accents, blanks and
punctuation put aside. What names nobody stays without a source.
"""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from chronik.model import UNDETERMINED, Source, SourceKind
from chronik.takein.spelling import key, slug

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

MADE_BY = "credit"

SEPARATOR = re.compile(r"\s+[/|–—-]\s+|\s+via\s+", re.IGNORECASE)
LOOSE_END = re.compile(r"^[\s/|–—,;:-]+|[\s/|–—,;:-]+$")
IN_PARENTHESES = re.compile(r"\s*\((?P<inside>[^()]*)\)$")


def cleaned(credit: str) -> str:
    """The credit without loose separators at its ends and without a country in parentheses."""
    text = " ".join(credit.split())
    while True:
        text = LOOSE_END.sub("", text)
        match = IN_PARENTHESES.search(text)
        if match is None or match.start() == 0 or key(match["inside"]) not in _countries():
            return text
        text = text[: match.start()]


def source_of(credit: str, sources: Iterable[Source]) -> Source | None:
    """The source that a credit names by any of its names or aliases, or None.

    The whole credit counts first; of a credit in parts (`A / B`), the one source that the parts name, if they name
    only one. A platform (`ISCResearch / Twitter`) is no source.
    """
    index = _index(sources)
    text = cleaned(credit)
    for spelling in (credit, text, IN_PARENTHESES.sub("", text)):
        if (found := index.get(key(spelling))) and key(spelling):
            return found
    named = {found.id: found for part in _parts(text) if (found := index.get(key(cleaned(part))))}
    return next(iter(named.values())) if len(named) == 1 else None


def proposed(credit: str) -> Source | None:
    """A new source for a credit that names nobody we know; None where it names nobody at all."""
    name = cleaned(credit)
    parts = _parts(name)
    voices = [part for part in parts if key(part) not in _platforms()]
    if not key(name) or not voices:
        return None
    speaks_on_platform = len(voices) < len(parts)
    return Source(
        id=source_id(name),
        names={UNDETERMINED: " / ".join(voices) if speaks_on_platform else name},
        aliases=(name,) if speaks_on_platform else (),
        kind=SourceKind.ACCOUNT if speaks_on_platform else SourceKind.UNKNOWN,
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
    match = IN_PARENTHESES.search(LOOSE_END.sub("", credit))
    return _countries().get(key(match["inside"]), "") if match else ""


def _parts(credit: str) -> list[str]:
    return [part for part in SEPARATOR.split(credit) if key(part)]


def _index(sources: Iterable[Source]) -> dict[str, Source]:
    """Key of each name and alias → source; who comes first keeps a name that two claim."""
    index: dict[str, Source] = {}
    for source in sources:
        for name in (*source.names.values(), *source.aliases):
            index.setdefault(key(name), source)
    return index
