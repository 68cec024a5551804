"""What kind of page it is (decides): an article in one of its forms, or none, and why.

Structure goes before words, and a miss before a false alarm: a page that describes itself as a news article is never
refused for what it looks like.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

from chronik.extract import listings, notices
from chronik.model import ArticleKind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from chronik.extract.candidates import Declared
    from chronik.extract.tree import Tree

SHORT_CHARACTERS_MAX = 1_500
"""Beside a video, a recording or pictures stands a short text."""
STAMPS_MIN = 4
"""Entries with a time of day that a live blog has at least."""
STAMPS_ALONE_MIN = 10
"""From here on they tell a live blog without any word for it."""
STAMPED_SHARE_MIN = 0.15
ENTRY_CHARACTERS_MIN = 120
"""What an entry tells; the lines of a timetable are shorter."""
PICTURES_MIN = 5
LONG_PARAGRAPH_CHARACTERS = 300
"""Teasers are shorter."""

_ARTICLE = re.compile(r"article|posting|^report$|^review$")
_VAGUE = frozenset({"article"})
"""What OpenGraph calls nearly every page."""
_FEED = re.compile(
    r"\s*(?:<\?xml[^>]{0,200}\?>\s*)?(?:<!--.{0,2000}?-->\s*)*<(?:rss|feed|rdf:RDF|urlset|sitemapindex|opml)\b",
    re.DOTALL,
)
_LIVE_ADDRESS = re.compile(
    r"live-?(?:blogg?|ticker|updates?|text|bericht|coverage|reporting|news)|-?ticker|/live(?:/|-|$)|-live(?:[/.-]|$)"
    r"|en-direct|en-vivo|minuto-a-minuto|ultima-hora|in-diretta|diretta-live|ao-vivo|na-zywo|relacja|onlain|canli"
    r"|online-translyac|dakika-dakika|direkte"
)
_LIVE_TITLE = re.compile(
    r"\blive\s?-?\s?(?:blog|ticker|updates?|text|bericht|coverage)|\bnewsticker\b|^\W*live\b|\blive:|\bas it happened\b"
    r"|\ben (?:direct|directo|vivo)\b|\bminuto a minuto\b|\bin diretta\b|\bao vivo\b|\bna żywo\b"
    r"|онлайн|прямая трансляция|текстовая трансляция|наживо|пряма трансляція|\bcanlı\b|dakika dakika"
    r"|مباشر|لحظة بلحظة|لحظه به لحظه|直播|实时更新|即時更新|滚动|ライブ|速報|リアルタイム",
    re.IGNORECASE,
)
_STAMP = re.compile(
    r"^\W{0,3}(?:(?:\d{1,2}[./]\d{1,2}\.?(?:\d{2,4})?|\d{4}-\d{2}-\d{2}),?\s+)?"
    r"(?:[01]?\d|2[0-3])\s?[:.h]\s?[0-5]\d\b(?![.:/]\d)(?!\s*(?:%|€|\$|prozent|euro|mio|km))"
)
_VIDEO_ADDRESS = re.compile(
    r"/(?:videos?|watch|player|mediathek|tv|webtv|vod|sendung|replay|wideo|vidéos?|відео|видео|filmy|video-?(?:galeri|gallery|strecke))(?:/|$|-\d)"
)
_AUDIO_ADDRESS = re.compile(
    r"/(?:podcasts?|audios?|hoeren|listen|ecouter|escuchar|radio-?(?:beitrag|player)|audiothek)(?:/|$|-\d)"
)
_GALLERY_ADDRESS = re.compile(
    r"(?:^|[/-])(?:fotostrecken?|bilderstrecken?|bildergalerien?|fotogalerien?|fotogaler(?:ia|ii|i|ie|ias|ía|ías)|photo-?galler(?:y|ies)"
    r"|picture-?galler(?:y|ies)|galler(?:y|ies|ia|ie)|galer(?:ie|i|ia|ias|ía|ías|ii)|diaporamas?|slide-?shows?|foto-?galeri|photo-?essay"
    r"|in-pictures|en-images|en-imagenes|photoreport|fotoreportazh|fotogallery|bilder)(?:[/.-]|$)"
)
_VIDEOS = frozenset(
    {
        "videoobject",
        "movie",
        "tvepisode",
        "clip",
        "video.other",
        "video.episode",
        "video.movie",
        "video",
        "video.tv_show",
    }
)
_AUDIOS = frozenset({"audioobject", "podcastepisode", "radioepisode", "music.song", "audio", "music.radio_station"})
_GALLERIES = frozenset({"imagegallery", "mediagallery", "gallery", "photogallery"})
_PLAYERS = (
    'video, iframe[src*="youtube"], iframe[src*="vimeo"], iframe[src*="dailymotion"], [class*="video-player"]'
    ', [class*="jwplayer"], [class*="videoplayer"], [class*="VideoPlayer"]'
)
_RECORDERS = 'audio, iframe[src*="soundcloud"], iframe[src*="spotify"], [class*="audio-player"], [class*="audioplayer"]'


def not_a_page(text: str) -> str:
    """What machine-readable thing this is instead of a page, in one sentence; empty for pages and prose."""
    if _FEED.match(text[:4_000]):
        return "This is a feed or a sitemap, not an article. To follow it: chronik follow ADDRESS"
    if text.lstrip()[:1] in {"{", "["} and _is_json(text):
        return "This is JSON data, not an article. Rows of articles are taken in with chronik import."
    return ""


def not_an_article(tree: Tree, *, declared: Declared, title: str, paragraphs: Sequence[str], url: str) -> str:
    """Why the page is no article, in one sentence; empty where it may be one. `title` is that of the window."""
    kinds = {kind for kind in declared.types if _ARTICLE.search(kind)}
    if kinds - _VAGUE:
        return ""
    headings = (candidate.value for candidate in declared.titles if candidate.origin == "h1")
    said = notices.notice((title, *headings), paragraphs, tree=tree, url=url)
    if said:
        return said
    if _lists(declared, paragraphs=paragraphs, url=url, tree=tree):
        return (
            "The page lists articles; it is none itself. Name one of them, or follow the page: chronik follow ADDRESS"
        )
    return ""


def kind_of(tree: Tree, *, declared: Declared, paragraphs: Sequence[str], url: str) -> ArticleKind:
    """In which form the article is told."""
    types = declared.types
    path = _path(url)
    length = sum(map(len, paragraphs))
    titles = [candidate.value for candidate in declared.titles]
    if "liveblogposting" in types or _is_live(tree, path=path, titles=titles, paragraphs=paragraphs):
        return ArticleKind.LIVE_BLOG
    is_article = any(_ARTICLE.search(kind) for kind in types - _VAGUE)
    if (types & _GALLERIES and not is_article) or (_GALLERY_ADDRESS.search(path) and _is_illustrated(tree)):
        return ArticleKind.GALLERY
    if length > SHORT_CHARACTERS_MAX:
        return ArticleKind.ARTICLE
    if (types & _VIDEOS and not is_article) or (
        _VIDEO_ADDRESS.search(path) and (types & _VIDEOS or _has(tree, _PLAYERS))
    ):
        return ArticleKind.VIDEO
    if (types & _AUDIOS and not is_article) or (
        _AUDIO_ADDRESS.search(path) and (types & _AUDIOS or _has(tree, _RECORDERS))
    ):
        return ArticleKind.AUDIO
    return ArticleKind.ARTICLE


def _lists(declared: Declared, *, paragraphs: Sequence[str], url: str, tree: Tree) -> bool:
    """Whether the page lists articles."""
    vague = bool(declared.types & _VAGUE)
    front = listings.is_front(url)
    if front and not vague and not declared.published:
        return True
    if sum(len(paragraph) >= LONG_PARAGRAPH_CHARACTERS for paragraph in paragraphs) > 2:
        return False
    dated = bool(declared.published) or (vague and not front)
    return listings.is_list(tree, types=declared.types, url=url, dated=dated)


def _is_live(tree: Tree, *, path: str, titles: Sequence[str], paragraphs: Sequence[str]) -> bool:
    """Whether entries with times of day follow one another."""
    stamped = [number for number, text in enumerate(paragraphs) if _STAMP.match(text[:40])]
    told = [number for number in stamped if max(map(len, paragraphs[number : number + 2])) >= ENTRY_CHARACTERS_MIN]
    if len(told) >= STAMPS_ALONE_MIN and len(told) >= STAMPED_SHARE_MIN * len(paragraphs):
        return True
    if not _LIVE_ADDRESS.search(path) and not any(_LIVE_TITLE.search(title) for title in titles):
        return False
    if len(stamped) >= STAMPS_MIN:
        return True
    entries = tree.css(
        '[itemprop="liveBlogUpdate"], [class*="liveblog"] time, [class*="live-blog"] time, [class*="live-feed"] time'
        ", article article time"
    )
    return len(entries) >= STAMPS_MIN


def _is_illustrated(tree: Tree) -> bool:
    return len(tree.css("figure img, figure picture, [class*=gallery] img, [class*=slide] img")) >= PICTURES_MIN


def _has(tree: Tree, selector: str) -> bool:
    return tree.css_first(selector) is not None


def _path(url: str) -> str:
    try:
        return unquote(urlsplit(url).path).lower()
    except ValueError:
        return ""


def _is_json(text: str) -> bool:
    try:
        json.loads(text)
    except (ValueError, RecursionError):
        return False
    return True
