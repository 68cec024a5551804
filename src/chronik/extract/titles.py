"""The title of an article out of its candidates, without the site's name or a section in it (decides)."""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from chronik.extract.candidates import Candidate
from chronik.extract.headlines import comparable
from chronik.extract.states import ORIGIN as SCRIPTS

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Sequence

__all__ = ["comparable", "host_names", "site_name", "squeezed", "title", "without_site"]

TITLE_CHARACTERS_MAX = 500
NAME_CHARACTERS_MAX = 120
CANDIDATES_MAX = 40
LABEL_CHARACTERS_MIN = 4
SITE_WORDS_MAX = 5
HEADLINE_WORDS_MIN = 4
SECTION_WORDS_MAX = 3

_SLOGAN = re.compile(r"\s+[|–—·•»:]+\s+|\s+-\s+|\s*\|\s*")
_ADDRESS = re.compile(r"^https?://(?:www\.)?", re.IGNORECASE)
_TAG = re.compile(
    r"</?(?:a|abbr|b|br|cite|em|font|i|mark|p|q|s|small|span|strong|sub|sup|u)\b[^<>]{0,300}>", re.IGNORECASE
)
# Soft hyphens and the like are for typesetting; marks of direction would turn what stands beside the title.
_UNSEEN = re.compile("[\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]")
_BREAK = re.compile(r"\s+[|–—·•»«›‹:/~*]+\s+|\s+-{1,2}\s+|\s*[|｜]\s*")
_NAMED = re.compile(r"\s*[:：]\s+")
"""Behind a site's name a colon parts as well, which stands in headlines otherwise."""
_LEVELS = re.compile(r"\s*[|｜]\s*|\s+[»«›‹]\s+")
"""Between headline, section and site, where a title names all three."""
_KICKER = re.compile(r"\s*[:|]\s+|\s*：\s*|\s+[-–—+*]+\s+")
# What editors wrote as a headline counts; what is derived from it for a window's title or a network hardly does.
# `heading`: the headline that readers see; `trail`: a heading for search engines (see `headlines`).
_WEIGHTS = {"h1": 1.0, "heading": 1.3, "json-ld": 1.3, "og:title": 1.15}
_WEIGHT_OTHER = 0.1
_DECLARED = frozenset({"json-ld", "og:title"})
_SHOWN = frozenset({"h1", "heading", "trail"})


def title(candidates: Iterable[Candidate], *, sources: Sequence[str] = (), url: str = "") -> tuple[str, str]:
    """The title most of the candidates agree on, and its origin; empty where there is none."""
    sites = _Sites(sources, url)
    offered = tuple(_offered(candidates, sites))
    declared = {comparable(candidate.value) for candidate in offered if candidate.origin in _DECLARED}
    declared |= _common_ends(offered)
    shown = declared | {comparable(candidate.value) for candidate in offered if candidate.origin in _SHOWN}
    has_heading = any(candidate.origin == "heading" for candidate in offered)
    votes: dict[str, float] = {}
    first: dict[str, Candidate] = {}
    for candidate in offered:
        text = _bare(candidate.value, declared=declared, shown=shown)
        key = comparable(text)
        votes[key] = votes.get(key, 0.0) + _weight(candidate.origin, has_heading=has_heading)
        known = first.get(key)
        if known is None or known.origin == "heading":  # whose kicker stands in an element of its own, without a colon
            first[key] = Candidate(value=text, origin=candidate.origin)
    if not votes:
        return "", ""
    best = first[max(votes, key=lambda key: votes[key])]
    return best.value, best.origin


def _weight(origin: str, *, has_heading: bool) -> float:
    if origin == "trail" and not has_heading:
        return _WEIGHTS["h1"]
    return _WEIGHTS["h1"] if origin.startswith(SCRIPTS) else _WEIGHTS.get(origin, _WEIGHT_OTHER)


def _offered(candidates: Iterable[Candidate], sites: _Sites) -> Iterator[Candidate]:
    """The candidates that say something, tidied up."""
    for number, candidate in enumerate(candidates):
        text = sites.without(_tidy(candidate.value))
        if number < CANDIDATES_MAX and comparable(text) and not sites.named(text):
            yield Candidate(value=text, origin=candidate.origin)


def site_name(text: str) -> str:
    """A site's name as it gives it, without slogan and address."""
    name = _SLOGAN.split(html.unescape(text).strip(), maxsplit=1)[0].strip()
    return _ADDRESS.sub("", name).strip("/ ")[:NAME_CHARACTERS_MAX]


def _common_ends(offered: Sequence[Candidate]) -> set[str]:
    """What the headline shown and a declared one have behind kickers that share no word."""
    heads: dict[str, list[tuple[bool, set[str]]]] = {}
    for candidate in offered:
        found = _KICKER.search(candidate.value)
        if found and candidate.origin in _DECLARED | _SHOWN:
            head = set(comparable(candidate.value[: found.start()]).split())
            end = comparable(candidate.value[found.end() :])
            heads.setdefault(end, []).append((candidate.origin in _SHOWN, head))
    return {
        end
        for end, before in heads.items()
        if end and any(one[0] and not other[0] and one[1].isdisjoint(other[1]) for one in before for other in before)
    }


def _bare(text: str, *, declared: set[str], shown: set[str]) -> str:
    """The text without a kicker before it or a section behind it, where the page itself offers it without."""
    for found in _KICKER.finditer(text):
        if comparable(text[found.end() :]) in declared:
            return text[found.end() :]
        if not set(found[0]) & set(":：") and comparable(text[: found.start()]) in shown:
            return text[: found.start()]
    return text


def without_site(text: str, names: Collection[str]) -> str:
    """The text with the site's name taken off at either end."""
    return _without(text, lambda part: _is_one(comparable(part), names))


class _Sites:
    """The names under which a site may sign its titles."""

    def __init__(self, sources: Sequence[str], url: str) -> None:
        hosts = host_names(url)
        self._names = frozenset(comparable(name) for name in (*sources, *hosts) if comparable(name))
        label = squeezed(hosts[-1]) if hosts else ""
        self._label = label if len(label) >= LABEL_CHARACTERS_MIN else ""

    def named(self, text: str) -> bool:
        """Whether the text is nothing but such a name."""
        return comparable(text) in self._names

    def without(self, text: str) -> str:
        """The text with such names taken off at either end, and the sections before one at its end."""
        named = _NAMED.search(text)
        if named and _is_one(comparable(text[: named.start()]), self._names):
            text = text[named.end() :]
        levels = _LEVELS.split(text)
        if len(levels) > 2 and self._signs(levels[-1]) and _are_sections(levels[0], levels[1:-1]):
            return levels[0]
        return _without(text, self._signs)

    def _signs(self, part: str) -> bool:
        key = comparable(part)
        squeezed = key.replace(" ", "")
        begins = bool(self._label) and len(key.split()) <= SITE_WORDS_MAX and squeezed.startswith(self._label)
        return _is_one(key, self._names) or (begins and len(squeezed) <= 3 * len(self._label))


def _are_sections(headline: str, between: Sequence[str]) -> bool:
    """Whether what stands between a headline and the site's name is too short for another part of the headline."""
    long = len(headline.split()) >= HEADLINE_WORDS_MIN
    return long and all(len(part.split()) <= SECTION_WORDS_MAX and len(part) < len(headline) for part in between)


def _without(text: str, signs: Callable[[str], bool]) -> str:
    for _ in range(3):
        breaks = list(_BREAK.finditer(text))
        if breaks and signs(text[breaks[-1].end() :]):
            text = text[: breaks[-1].start()]
        elif breaks and signs(text[: breaks[0].start()]):
            text = text[breaks[0].end() :]
        else:
            break
    return text


def _is_one(key: str, names: Collection[str]) -> bool:
    return key in names or key.replace(" ", "") in {name.replace(" ", "") for name in names}


def squeezed(text: str) -> str:
    """The text's letters and figures alone, by which a name in an address and on a page are the same."""
    return comparable(text).replace(" ", "")


def host_names(url: str) -> list[str]:
    """`www.example.co.uk` → that, and `example`."""
    try:
        host = urlsplit(url).hostname or ""
    except ValueError:
        return []
    host = host.removeprefix("www.")
    return [host, max(host.split("."), key=len)] if host else []


def _tidy(text: str) -> str:
    plain = _TAG.sub("", html.unescape(html.unescape(text[: 4 * TITLE_CHARACTERS_MAX])))
    return " ".join(_UNSEEN.sub("", plain).split())[:TITLE_CHARACTERS_MAX].strip()
