"""The title of an article out of its candidates, without the site's name or a section in it (decides)."""

from __future__ import annotations

import html
import re
import unicodedata
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from chronik.extract.candidates import Candidate

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

TITLE_CHARACTERS_MAX = 500

_BREAK = re.compile(r"\s+[|–—·•»«›‹:/~]+\s+|\s+-{1,2}\s+|\s*\|\s*")
_WEIGHTS = {"h1": 1.0, "json-ld": 1.0, "og:title": 1.15, "twitter:title": 0.4, "title": 0.5}
_WEIGHT_OTHER = 0.3


def title(candidates: Iterable[Candidate], *, sources: Sequence[str] = (), url: str = "") -> tuple[str, str]:
    """The title most of the candidates agree on, and its origin; empty where there is none."""
    names = {_key(name) for name in (*sources, *_host_names(url)) if _key(name)}
    votes: dict[str, float] = {}
    first: dict[str, Candidate] = {}
    for candidate in candidates:
        text = without_site(_tidy(candidate.value), names)
        key = _key(text)
        if key and key not in names:
            votes[key] = votes.get(key, 0.0) + _WEIGHTS.get(candidate.origin, _WEIGHT_OTHER)
            first.setdefault(key, Candidate(value=text, origin=candidate.origin))
    if not votes:
        return "", ""
    best = first[max(votes, key=lambda key: votes[key])]
    return best.value, best.origin


def without_site(text: str, names: set[str]) -> str:
    """The text with the site's name taken off at either end."""
    for _ in range(3):
        breaks = list(_BREAK.finditer(text))
        if breaks and _names_site(text[breaks[-1].end() :], names):
            text = text[: breaks[-1].start()]
        elif breaks and _names_site(text[: breaks[0].start()], names):
            text = text[breaks[0].end() :]
        else:
            break
    return text


def _names_site(part: str, names: set[str]) -> bool:
    key = _key(part)
    return key in names or key.replace(" ", "") in {name.replace(" ", "") for name in names}


def _host_names(url: str) -> list[str]:
    """`www.example.co.uk` → that, `example.co.uk` and `example`."""
    try:
        host = urlsplit(url).hostname or ""
    except ValueError:
        return []
    host = host.removeprefix("www.")
    labels = host.split(".")
    return [host, max(labels, key=len)] if host else []


def _tidy(text: str) -> str:
    return " ".join(html.unescape(text).split())[:TITLE_CHARACTERS_MAX].strip()


def _key(text: str) -> str:
    return re.sub(r"\W+", " ", unicodedata.normalize("NFKC", text).lower()).strip()
