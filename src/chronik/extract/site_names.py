"""The site's name as a page shows it, where it declares none (decides).

Logos, links to the front page and lines of copyright hold much else. So a name counts only where the window's title
bears it too, at one of its ends.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from chronik.extract.headlines import comparable

if TYPE_CHECKING:
    from collections.abc import Iterator

    from chronik.extract.tree import Node, Tree

LINKS_MAX = 400
SHOWN_MAX = 60
NAME_CHARACTERS_MAX = 60
FOOTER_CHARACTERS_MAX = 3_000
NAME_WORDS_MAX = 4
HEADLINE_TIMES_LONGER_MIN = 3

_BREAK = re.compile(r"\s+[-|–—·•»«›‹:/~*]{1,2}\s+|\s*[|｜]\s*|:\s+")
_PAPER = re.compile(
    r"\b(?:times|post|herald|tribune|gazette|courier|chronicle|observer|telegraph|journal|daily|press|zeitung|tageblatt"
    r"|anzeiger|kurier|rundschau|bote|courrier|dépêche|diario|periódico|gaceta|giornale|corriere|gazzetta|quotidiano"
    r"|jornal|folha|gazeta|dziennik|noviny|deník|dnevnik|gazetesi|вести|газета|правда|ведомости|вісник|новости"
    r"|новини|جريدة|صحيفة|وكالة|خبرگزاری|روزنامه)\b|\w(?:zeitung|blatt|anzeiger|kurier|post|bote)$|\bnews$"
    r"|(?:신문|일보|뉴스|新聞|新闻网|日報|日报|晚报|晚報|ニュース)$",
    re.IGNORECASE,
)
_SECTION = re.compile(
    r"\b(?:latest|breaking|top|world|local|fake|sports?|business|all|our|your|good|bad)\b", re.IGNORECASE
)
_SMALL = frozenset(("of", "the", "der", "die", "das", "de", "la", "le", "el", "di", "do", "da", "du", "und", "and"))
_COPYRIGHT = re.compile(
    r"(?:©|\(c\)|copyright)(?:\s*(?:©|\(c\)|copyright|by|19\d\d|20\d\d|[-–,]))*\s*([^©\n|•·.,;]{3,60})", re.IGNORECASE
)
_RIGHTS = re.compile(
    r"\s*[-–]?\s*(?:all rights|alle rechte|tous droits|todos los|tutti i|все права|ltd|inc|gmbh)\b.*$", re.IGNORECASE
)
_LOGO = '[class*="logo" i], [id*="logo" i], [class*="site-name" i], [id*="site-name" i], [class*="site-title" i]'


def shown(tree: Tree, *, title: str, url: str = "") -> str:
    """The name at an end of the window's title that the page also shows as its own; empty where none is certain."""
    ends = {comparable(part): part.strip() for part in _ends(title)}
    ends.pop("", None)
    if not ends:
        return ""
    named = next((ends[key] for key in map(comparable, _names(tree, url)) if key in ends), "")
    return named or next((end for end in ends.values() if _is_newspaper(end, title)), "")


def _ends(title: str) -> Iterator[str]:
    """What stands before the first and behind the last mark that parts a title."""
    breaks = list(_BREAK.finditer(title))
    for end in (title[: breaks[0].start()], title[breaks[-1].end() :]) if breaks else ():
        if len(end) <= NAME_CHARACTERS_MAX:
            yield end


def _is_newspaper(end: str, title: str) -> bool:
    """Whether an end of a title is called as newspapers are, and the rest is a headline."""
    words = end.split()
    proper = all(word[0].upper() == word[0] or word in _SMALL for word in (words if end.isascii() else words[:1]))
    short = len(words) <= NAME_WORDS_MAX and HEADLINE_TIMES_LONGER_MIN * len(end) <= len(title)
    return bool(short and proper and title.rstrip().endswith(end) and _PAPER.search(end) and not _SECTION.search(end))


def _names(tree: Tree, url: str) -> Iterator[str]:
    """What the page shows in its logo, in links to its front page, and behind the sign of copyright."""
    for node in tree.css("a[href]")[:LINKS_MAX]:
        if is_home(node.attributes.get("href") or "", url):
            yield from _shown(node)
    for node in tree.css(_LOGO)[:SHOWN_MAX]:
        yield from _shown(node)
    body = tree.body
    text = " ".join(body.text(deep=True, separator=" ").split()) if body is not None else ""
    for found in _COPYRIGHT.finditer(text[-FOOTER_CHARACTERS_MAX:]):
        yield _RIGHTS.sub("", found[1])


def _shown(node: Node) -> Iterator[str]:
    yield " ".join(node.text(deep=True, separator=" ").split())
    for attribute in ("title", "aria-label", "alt"):
        yield node.attributes.get(attribute) or ""
    for picture in node.css("img[alt]")[:2]:
        yield picture.attributes.get("alt") or ""


def is_home(address: str, url: str = "") -> bool:
    """Whether an address is that of the site's front page."""
    try:
        parts, own = urlsplit(address.strip()), urlsplit(url)
    except ValueError:
        return False
    if not parts.netloc and not parts.path:
        return False
    foreign = parts.netloc and own.netloc and parts.netloc.removeprefix("www.") != own.netloc.removeprefix("www.")
    return not foreign and not parts.query and parts.path in {"", "/", "/index.html", "/index.php", "/home"}
