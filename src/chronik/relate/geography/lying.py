"""Where a place lies that the bridge knows by its identity, and what it is called (decides)."""

from __future__ import annotations

import gzip
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

LANGUAGES = ("en", "de", "fr")
"""Languages of names in the lists of countries and regions; a city has one name."""
_DATA = files("chronik.relate.geography") / "data"
_CITY, _PLACE = "city:", "place:"


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A place on the map."""

    key: str
    """Identity, as the bridge has it: `city:698740`, `place:am`."""
    latitude: float
    longitude: float
    """Degrees, east and north are positive."""
    names: Mapping[str, str]
    """Language → name; the one of a city stands under `und`."""

    def name(self, language: str) -> str:
        """What it is called in a language, else its first name."""
        return self.names.get(language) or next(iter(self.names.values()))


def place(key: str) -> Place | None:
    """The place of an identity; None where no list knows where it lies."""
    if key.startswith(_CITY):
        line = _cities().get(key.removeprefix(_CITY))
        return _city(key, line) if line else None
    return _named().get(key.removeprefix(_PLACE)) if key.startswith(_PLACE) else None


def country_name(code: str, language: str) -> str:
    """A country's name by its code of two letters; the code itself where no list has it."""
    found = _named().get(code.lower())
    return found.name(language) if found else code


@cache
def _named() -> dict[str, Place]:
    """Countries and regions."""
    return {one.key.removeprefix(_PLACE): one for name in ("countries", "regions") for one in _rows(name)}


def _rows(name: str) -> Iterator[Place]:
    for line in (_DATA / f"{name}.txt").read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            key, latitude, longitude, *names = line.split("\t")
            yield Place(
                key=f"{_PLACE}{key}",
                latitude=float(latitude),
                longitude=float(longitude),
                names=dict(zip(LANGUAGES, names, strict=True)),
            )


@cache
def _cities() -> dict[str, str]:
    """Number → what stands behind it, unread: a page shows some dozens of thirty thousand."""
    text = gzip.decompress((_DATA / "cities.txt.gz").read_bytes()).decode()
    return dict(line.split("\t", 1) for line in text.splitlines())


def _city(key: str, line: str) -> Place:
    latitude, longitude, _country, name = line.split("\t")
    return Place(key=key, latitude=float(latitude), longitude=float(longitude), names={"und": name})
