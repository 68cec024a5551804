"""A page that shows one post of a network (Telegram, Mastodon, Bluesky, X and others) as an article (decides).

What a page shows goes before what its head declares, for networks shorten what they declare.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from chronik.extract import dates
from chronik.extract.candidates import TextBlock
from chronik.extract.encoding import clean, clean_line
from chronik.extract.forms.fragment import node_blocks
from chronik.extract.forms.reading import FormReading
from chronik.model import ArticleKind, Failure, FailureKind

if TYPE_CHECKING:
    from collections.abc import Mapping

    from chronik.extract.tree import Node, Tree

MESSAGES_MAX = 500
METAS_MAX = 200

_TELEGRAM = frozenset({"t.me", "telegram.me", "telegram.dog"})
_TELEGRAM_POST = re.compile(r"/(?:s/)?([A-Za-z]\w{3,40})/(\d{1,12})/?$")
_HOSTS = {
    "bsky.app": "Bluesky",
    "x.com": "X",
    "twitter.com": "X",
    "mobile.twitter.com": "X",
    "threads.net": "Threads",
    "threads.com": "Threads",
    "instagram.com": "Instagram",
    "facebook.com": "Facebook",
    "m.facebook.com": "Facebook",
}
_VK = frozenset({"vk.com", "m.vk.com", "vk.ru", "m.vk.ru"})
_KNOWN = frozenset(_HOSTS) | _TELEGRAM | _VK
_POST_PATHS = re.compile(r"/(?:status|post|posts|p|reel|permalink\.php|story\.php|notes)(?:/|$)")
_HANDLE = re.compile(
    r"^(?P<name>.{1,200}?)\s*\(@(?P<handle>[\w.@-]{1,200})\)(?:\s+(?:on|auf|sur|en)\s+\w+)?$", re.DOTALL
)
_QUOTED = re.compile(
    r"^(?P<name>.{1,100}?) (?:on|auf|sur|en|в|w|su) (?:X|Instagram|Twitter|Facebook): "
    r"[\"“„«](?P<text>.+?)[\"”“»]?(?: / X)?$",
    re.DOTALL,
)
_ATTACHED = re.compile(r"^Attached: [^\n]{1,100}\n+")
_MARKS = ("tgme_widget_message", "activity+json", "detailed-status", 'data-testid="tweet"', "bsky_post_summary")
_LIST = Failure(
    kind=FailureKind.NOT_AN_ARTICLE,
    detail="The page lists a channel's posts. Take the address of one post: t.me/CHANNEL/NUMBER",
)


def post(tree: Tree, *, html: str, url: str) -> FormReading | Failure | None:
    """The post; a list of posts is refused; None where the page is of no network, or shows no text."""
    url = url or _own_address(tree)
    host = _host(url)
    if host not in _KNOWN and not any(mark in html for mark in _MARKS):
        return None
    metas = _metas(tree)
    found = _telegram(tree, metas, url) if host in _TELEGRAM or _MARKS[0] in html else None
    found = found or _tweet(tree, url=url, html=html) or _bluesky(tree, url) or _shown(tree, metas, url)
    found = found or _vk(tree, url) or _declared(metas, url)
    if isinstance(found, FormReading):
        found = replace(found, kind=ArticleKind.POST)
        return found if any(block.text for block in found.blocks) else None
    return found


def _own_address(tree: Tree) -> str:
    """Where a page that was given as a file says that it is from."""
    for node in tree.css('link[rel="canonical"][href], meta[property="og:url"][content]')[:METAS_MAX]:
        address = node.attributes.get("href") or node.attributes.get("content") or ""
        if address.startswith(("http://", "https://")):
            return address
    return ""


def _host(url: str) -> str:
    try:
        return (urlsplit(url).hostname or "").removeprefix("www.")
    except ValueError:
        return ""


def _metas(tree: Tree) -> Mapping[str, str]:
    """The properties that the head declares, line breaks kept."""
    found: dict[str, str] = {}
    for node in tree.css("meta")[:METAS_MAX]:
        name = node.attributes.get("property") or node.attributes.get("name") or ""
        found.setdefault(name.lower(), clean(node.attributes.get("content") or "").strip())
    return found


def _telegram(tree: Tree, metas: Mapping[str, str], url: str) -> FormReading | Failure | None:
    """A message on the page of a channel or alone in its frame (t.me/CHANNEL/NUMBER?embed=1)."""
    messages = tree.css(".tgme_widget_message[data-post]")[:MESSAGES_MAX]
    asked = _TELEGRAM_POST.search(urlsplit(url).path) if url else None
    if messages:
        wanted = f"{asked[1]}/{asked[2]}".lower() if asked else ""
        own = [node for node in messages if (node.attributes.get("data-post") or "").lower() == wanted]
        if not own and len(messages) > 1:
            return _LIST
        return _message((own or messages)[0], url)
    if tree.css_first(".tgme_channel_info, .tgme_channel_history") is not None:
        return _LIST
    text = metas.get("og:description", "")
    if not asked or not text or _host(url) not in _TELEGRAM:
        return None
    name = clean_line(metas.get("og:title", ""))
    return FormReading(origin="Telegram", url=url, authors=(name,), source="Telegram", blocks=_text_blocks(text))


def _message(node: Node, url: str) -> FormReading:
    name = _first(node, ".tgme_widget_message_owner_name") or _first(node, ".tgme_widget_message_author")
    texts = [
        each
        for each in node.css(".tgme_widget_message_text.js-message_text, .tgme_widget_message_text")
        if "js-message_reply_text" not in (each.attributes.get("class") or "") and not _within_text(each)
    ]
    time = node.css_first(".tgme_widget_message_date time[datetime]") or node.css_first("time.time[datetime]")
    number = node.attributes.get("data-post") or ""
    return FormReading(
        origin="Telegram",
        url=url or f"https://t.me/{number}",
        authors=(name,) if name else (),
        published=_moment(time),
        source="Telegram",
        blocks=tuple(block for each in texts[:1] for block in node_blocks(each, url=url, lines=True)),
    )


def _within_text(node: Node) -> bool:
    """Whether an element stands within another that holds a message's text: then that one is taken."""
    parent = node.parent
    return parent is not None and "tgme_widget_message_text" in (parent.attributes.get("class") or "")


def _tweet(tree: Tree, *, url: str, html: str) -> FormReading | None:
    """A post as X shows it, in a page that a browser saved."""
    if _MARKS[3] not in html:
        return None
    shown = tree.css('article[data-testid="tweet"]')[:MESSAGES_MAX]
    number = re.search(r"/status/(\d{1,25})", url)
    own = [each for each in shown if number and each.css_first(f'a[href*="/status/{number[1]}"] time') is not None]
    own = (
        own or [each for each in shown if each.attributes.get("tabindex") == "-1"] or (shown if len(shown) == 1 else [])
    )
    text = own[0].css_first('[data-testid="tweetText"]') if own else None
    if not own or text is None:
        return None
    name = _first(own[0], '[data-testid="User-Name"] a') or _first(own[0], '[data-testid="User-Name"]')
    return FormReading(
        origin="X",
        url=url,
        authors=(name,) if name else (),
        published=_moment(own[0].css_first("time[datetime]")),
        source="X",
        blocks=node_blocks(text, url=url or "https://x.com/", lines=True),
    )


def _vk(tree: Tree, url: str) -> FormReading | None:
    """A post on a wall of VK, on its pages for computers and telephones."""
    text = tree.css_first(".wall_post_text, .wall_item .pi_text, .pi_text") if _host(url) in _VK else None
    if text is None:
        return None
    name = tree.css_first(".PostHeaderTitle__authorLink, .post_author a.author, .pi_author, .wi_author")
    time = tree.css_first("time[datetime], .wi_date, .rel_date")
    stated = "" if time is None else time.attributes.get("datetime") or clean_line(time.text(deep=True))
    return FormReading(
        origin="VK",
        url=url,
        authors=(clean_line(name.text(deep=True)),) if name is not None else (),
        published=dates.moment(stated),
        source="VK",
        blocks=node_blocks(text, url=url, lines=True),
    )


def _bluesky(tree: Tree, url: str) -> FormReading | None:
    """A post as Bluesky writes it for those who run no scripts."""
    summary = tree.css_first("#bsky_post_summary")
    text = summary.css_first("#bsky_post_text") if summary is not None else None
    if summary is None or text is None:
        return None
    name = _first(summary, "#bsky_display_name") or _first(summary, "#bsky_handle")
    return FormReading(
        origin="Bluesky",
        url=url,
        authors=(name,) if name else (),
        published=dates.moment(_first(summary, "#bsky_post_indexedat")),
        source="Bluesky",
        blocks=_text_blocks(text.text(deep=True)),
    )


def _shown(tree: Tree, metas: Mapping[str, str], url: str) -> FormReading | None:
    """A post as Mastodon shows it (microformats2 h-entry in a detailed status)."""
    status = tree.css_first(".detailed-status")
    text = status.css_first(".e-content, .status__content__text") if status is not None else None
    if status is None or text is None:
        return None
    given = _HANDLE.match(metas.get("og:title", ""))
    name = _first(status, ".p-name, .display-name__html, .display-name strong") or (given["name"] if given else "")
    time = status.css_first("time.dt-published[datetime], .detailed-status__datetime time[datetime], time[datetime]")
    stated = status.css_first("data.dt-published[value]")
    published = _moment(time) or dates.moment((stated.attributes.get("value") or "") if stated is not None else "")
    return FormReading(
        origin="Mastodon",
        url=metas.get("og:url", "") or url,
        authors=(name,) if name else (),
        published=published or dates.moment(metas.get("og:published_time", "")),
        source=metas.get("og:site_name", ""),
        blocks=node_blocks(text, url=url, lines=True),
    )


def _declared(metas: Mapping[str, str], url: str) -> FormReading | None:
    """A post by what its page's head declares: whose it is, and its text as the description."""
    network = _HOSTS.get(_host(url), "")
    named = _HANDLE.match(metas.get("og:title", ""))
    quoted = _QUOTED.match(metas.get("og:title", "")) if network else None
    is_post = bool(network and _POST_PATHS.search(urlsplit(url).path)) or "og:published_time" in metas
    text = quoted["text"] if quoted else _ATTACHED.sub("", metas.get("og:description", ""))
    if not is_post or not text or metas.get("og:type") == "profile" or not (named or quoted or network == "Facebook"):
        return None
    title = metas.get("og:title", "")
    name = clean_line(named["name"] if named else quoted["name"] if quoted else title)
    stated = metas.get("og:published_time") or metas.get("article:published_time", "")
    return FormReading(
        origin=network or "OpenGraph",
        url=metas.get("og:url", "") or url,
        authors=(name,) if name else (),
        published=dates.moment(stated),
        source=metas.get("og:site_name", "") or network,
        blocks=_text_blocks(text),
    )


def _text_blocks(text: str) -> tuple[TextBlock, ...]:
    return tuple(TextBlock(text=line) for line in map(clean_line, clean(text).split("\n")) if line)


def _first(node: Node, selector: str) -> str:
    found = node.css_first(selector)
    return clean_line(found.text(deep=True)) if found is not None else ""


def _moment(node: Node | None) -> str:
    return dates.moment(node.attributes.get("datetime") or "") if node is not None else ""
