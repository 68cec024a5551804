"""Which pages are no articles, as far as a page shows it by cheap signs (decides)."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from collections.abc import Sequence

    from chronik.extract.candidates import Declared

STUB_CHARACTERS_MAX = 1_500
"""Error pages and consent walls say little."""
CONSENT_SIGNS_MIN = 3

_ARTICLE = re.compile(r"article|posting|^report$|^review$")
_LISTING = frozenset({"collectionpage", "searchresultspage", "profilepage"})
_FEED = re.compile(
    r"\s*(?:<\?xml[^>]{0,200}\?>\s*)?(?:<!--.{0,2000}?-->\s*)*<(?:rss|feed|rdf:RDF|urlset|sitemapindex|opml)\b",
    re.DOTALL,
)
_ERROR_TITLES = (
    r"^\W*(?:error\s*)?(?:40\d|410|429|50\d)\b",
    r"\b(?:page|site|article|document)\b.{0,25}\b(?:not found|unavailable|does(?:n.t| not) exist)",
    r"\b(?:seite|artikel)\b.{0,25}\b(?:nicht gefunden|nicht mehr verfügbar|existiert nicht)",
    r"\b(?:not found|nicht gefunden|page introuvable|página no encontrada)\b|страница не найдена",
    r"\b(?:access denied|zugriff verweigert|accès refusé|forbidden|service unavailable|bad gateway|captcha)\b",
    r"^just a moment\b|^attention required|\bare you (?:a )?(?:human|robot)|\bverify(?:ing)? you are human",
    r"\bsecurity check\b|\bbot (?:check|detection)\b",
    r"^before you continue\b|^bevor sie (?:fortfahren|weiter)|\bcookie.?(?:consent|wall|einstellungen)\b",
    r"^(?:privacy|datenschutz).?(?:settings|einstellungen|gate)",
)
_CONSENT_SIGNS = (
    r"cookies?|consent|tracking|accept all|privacy policy|our partners|legitimate interest|personali[sz]ed ads?",
    r"zustimm\w*|einwillig\w*|einverstanden|akzeptieren|werbefrei\w*|datenschutz\w*|unsere partnern?",
    r"personalisierte werbung|berechtigte\w* interesse\w*",
    r"accepter|consentement|traceurs|nos partenaires|publicités? personnalisées?",
)
_ERROR_TITLE = re.compile("|".join(_ERROR_TITLES), re.IGNORECASE)
_CONSENT = re.compile(rf"\b(?:{'|'.join(_CONSENT_SIGNS)})\b", re.IGNORECASE)


def not_a_page(text: str) -> str:
    """What machine-readable thing this is instead of a page, in one sentence; empty for pages and prose."""
    if _FEED.match(text[:4_000]):
        return "This is a feed or a sitemap, not an article. To follow it: chronik follow ADDRESS"
    if text.lstrip()[:1] in {"{", "["} and _is_json(text):
        return "This is JSON data, not an article."
    return ""


def not_an_article(declared: Declared, *, status: int | None, title: str, paragraphs: Sequence[str], url: str) -> str:
    """Why the page is no article, in one sentence; empty where it may be one."""
    if status is not None and status >= 400:
        return f"The server answered with an error page (status {status})."
    if any(_ARTICLE.search(kind) for kind in declared.types):
        return ""
    length = sum(map(len, paragraphs))
    if length < STUB_CHARACTERS_MAX and _ERROR_TITLE.search(title):
        return f'The page is a notice, not an article: "{title[:80]}".'
    if (
        length < STUB_CHARACTERS_MAX
        and len(set(map(str.lower, _CONSENT.findall(" ".join(paragraphs))))) >= CONSENT_SIGNS_MIN
    ):
        return "The page asks for consent to cookies; the article is behind it."
    if declared.types & _LISTING or _is_front(url):
        return "The page lists articles; it is none itself."
    return ""


def _is_front(url: str) -> bool:
    """Whether the address is a site's front page."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return parts.scheme in {"http", "https"} and parts.path in {"", "/"} and not parts.query


def _is_json(text: str) -> bool:
    try:
        json.loads(text)
    except (ValueError, RecursionError):
        return False
    return True
