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
NAME_CHARACTERS_MAX = 120

_SLOGAN = re.compile(r"\s+[|–—·•»:]+\s+|\s+-\s+|\s*\|\s*")
_ADDRESS = re.compile(r"^https?://(?:www\.)?", re.IGNORECASE)
_UNSEEN = re.compile("[\u00ad\u200b\u2060\ufeff]")
_BREAK = re.compile(r"\s+[|–—·•»«›‹:/~*]+\s+|\s+-{1,2}\s+|\s*\|\s*")
_KICKER = re.compile(r"\s*[:|]\s+|\s+[-–—+*]+\s+")
# What editors wrote as a headline counts; what is derived from it for a window's title or a network hardly does.
_WEIGHTS = {"h1": 1.0, "json-ld": 1.3, "og:title": 1.15, "twitter:title": 0.1, "title": 0.1}
_WEIGHT_OTHER = 0.1
_DECLARED = frozenset({"json-ld", "og:title"})


def title(candidates: Iterable[Candidate], *, sources: Sequence[str] = (), url: str = "") -> tuple[str, str]:
    """The title most of the candidates agree on, and its origin; empty where there is none."""
    names = {comparable(name) for name in (*sources, *_host_names(url)) if comparable(name)}
    offered: list[Candidate] = []
    for candidate in candidates:
        text = without_site(_tidy(candidate.value), names)
        if comparable(text) and comparable(text) not in names:
            offered.append(Candidate(value=text, origin=candidate.origin))
    declared = {comparable(candidate.value) for candidate in offered if candidate.origin in _DECLARED}
    shown = declared | {comparable(candidate.value) for candidate in offered if candidate.origin == "h1"}
    votes: dict[str, float] = {}
    first: dict[str, Candidate] = {}
    for candidate in offered:
        text = _bare(candidate.value, declared=declared, shown=shown)
        key = comparable(text)
        votes[key] = votes.get(key, 0.0) + _WEIGHTS.get(candidate.origin, _WEIGHT_OTHER)
        first.setdefault(key, Candidate(value=text, origin=candidate.origin))
    if not votes:
        return "", ""
    best = first[max(votes, key=lambda key: votes[key])]
    return best.value, best.origin


def site_name(text: str) -> str:
    """A site's name as it gives it, without slogan and address."""
    name = _SLOGAN.split(html.unescape(text).strip(), maxsplit=1)[0].strip()
    return _ADDRESS.sub("", name).strip("/ ")[:NAME_CHARACTERS_MAX]


def _bare(text: str, *, declared: set[str], shown: set[str]) -> str:
    """The text without a kicker before it or a section behind it, where the page itself offers it without."""
    for found in _KICKER.finditer(text):
        if comparable(text[found.end() :]) in declared:
            return text[found.end() :]
        if ":" not in found[0] and comparable(text[: found.start()]) in shown:
            return text[: found.start()]
    return text


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
    key = comparable(part)
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
    return " ".join(_UNSEEN.sub("", html.unescape(html.unescape(text))).split())[:TITLE_CHARACTERS_MAX].strip()


def comparable(text: str) -> str:
    """The text's words in lower case, by which two writings of one title are the same."""
    return re.sub(r"\W+", " ", unicodedata.normalize("NFKC", text).lower()).strip()
