"""A text in any of the forms in which content systems keep it, as HTML (decides).

They keep one piece of HTML; or a row of blocks that name their kind and hold texts (Arc, Gutenberg, Editor.js,
Draft.js, Contentful, Portable Text, ProseMirror); or the elements that their scripts will make (React, hast).
"""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

DEPTH_MAX = 40
VALUES_MAX = 60_000
CHARACTERS_MAX = 2_000_000

TYPE_KEYS = ("type", "nodeType", "_type", "tagName", "tag", "kind", "name", "__typename", "blockType", "component")
_CHILD_KEYS = (
    *("children", "content", "content_elements", "blocks", "items", "paragraphs", "elements", "nodes", "root"),
    *("html", "text", "value", "body", "bodyHtml", "markup", "richText", "paragraph", "innerHTML", "contentHtml"),
    *("model", "data", "attributes", "attrs", "props", "fields"),
)
_ADDRESS_KEYS = ("href", "url", "uri")
_HOLDERS = frozenset({"<li>", "<blockquote>"})
_HOLDER_KEYS = ("data", "attrs", "attributes", "props")
_WORD = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])|[\d]")
_HEADING = re.compile(r"h([1-6])|(?:heading|header)[-_]?([1-6])")
_ELEMENT = re.compile(r"<(?:/?[a-zA-Z][\w-]{0,15}[\s>/])")
_LINES = re.compile(r"\s*\n\s*")

_OMITTED = frozenset(
    (
        *(
            "image",
            "images",
            "img",
            "picture",
            "pictures",
            "photo",
            "video",
            "audio",
            "podcast",
            "embed",
            "oembed",
            "ad",
        ),
        *("ads", "advert", "advertisement", "banner", "promo", "related", "teaser", "newsletter", "gallery", "author"),
        *("byline", "credit", "caption", "social", "tweet", "instagram", "youtube", "iframe", "script", "style", "raw"),
        *("recommendation", "recommendations", "interstitial", "topic", "topics", "button", "poll", "form", "paywall"),
        *("comment", "comments", "divider", "separator", "nav", "footer", "aside", "svg", "media", "asset", "figure"),
        *("noscript", "input", "timestamp", "metadata", "seo", "breadcrumb", "breadcrumbs", "ticker"),
    )
)
_HEADINGS = frozenset({"heading", "header", "headline", "subheadline", "crosshead", "subhead", "subheading", "title"})
_QUOTES = frozenset({"quote", "blockquote", "pullquote"})
_INLINE = frozenset({"span", "leaf", "fragment", "strong", "em", "b", "i", "bold", "italic", "u", "mark", "sup", "sub"})
_LINKS = frozenset({"a", "link", "hyperlink", "anchor"})


class Writer:
    """Writes one value as HTML, within limits; `resolve` follows what only refers to another value."""

    def __init__(self, resolve: Callable[[Any], Any]) -> None:
        self._resolve = resolve
        self._pieces: list[str] = []
        self._values = 0
        self._characters = 0
        self._holders = 0
        """Items and quotations that are open: paragraphs in them are their lines."""

    def written(self, value: Any) -> str:
        """The value's text; empty where it holds none, or more than any article does."""
        value = self._resolve(value)
        self._children(value if isinstance(value, list) else [value], depth=0)
        return "".join(self._pieces) if self._values <= VALUES_MAX and self._characters <= CHARACTERS_MAX else ""

    def _children(self, values: list[Any], *, depth: int) -> None:
        """The outermost values are blocks, whatever they say of themselves."""
        for value in values[:VALUES_MAX]:
            if depth == 0:
                self._put("<p>")
            self._any(value, depth=depth)
            if depth == 0:
                self._put("</p>")

    def _any(self, given: Any, *, depth: int) -> bool:
        """Write a value; whether it had any text."""
        value = self._resolve(given)
        self._values += 1
        if depth > DEPTH_MAX or self._values > VALUES_MAX or self._characters > CHARACTERS_MAX:
            return False
        before = self._characters
        if isinstance(value, str):
            self._text(value, is_block=depth == 0)
        elif isinstance(value, list) and is_element(value):
            self._element(str(value[1]), value[3] if len(value) > 3 else None, depth=depth)
        elif isinstance(value, list):
            self._children(value, depth=depth + 1)
        elif isinstance(value, dict):
            self._element(_type(value), value, depth=depth)
        return self._characters > before

    def _text(self, text: str, *, is_block: bool) -> None:
        if text.startswith("$") and len(text) < 20 and " " not in text:  # a reference that leads nowhere
            return
        self._characters += len(text)
        if _ELEMENT.search(text):
            self._put(text)
        elif is_block:
            self._put("</p><p>".join(map(html.escape, _LINES.split(text))))
        else:
            self._put(html.escape(text, quote=False))

    def _element(self, kind: str, value: Any, *, depth: int) -> None:
        words = frozenset(map(str.lower, _WORD.findall(kind)))
        if words & _OMITTED or not isinstance(value, dict):
            return
        start, end = _tags(kind, words, value)
        is_holder = start in _HOLDERS
        if start == "<p>" and self._holders:
            start, end = "", "<br><br>"
        self._holders += is_holder
        self._put(start)
        for key in _CHILD_KEYS:
            held = value.get(key)
            if held and isinstance(held, str | list | dict) and self._held(key, held, depth=depth + 1):
                break
        self._holders -= is_holder
        self._put(end)

    def _held(self, key: str, held: Any, *, depth: int) -> bool:
        """Write what a block holds; whether it had any text."""
        if key != "items" or not isinstance(held, list):
            return self._any(held, depth=depth)
        before = self._characters
        self._holders += 1
        for item in held:
            self._put("<li>")
            self._any(item, depth=depth + 1)
            self._put("</li>")
        self._holders -= 1
        return self._characters > before

    def _put(self, text: str) -> None:
        self._pieces.append(text)


def is_element(value: list[Any]) -> bool:
    """Whether a list is an element as React's server components write it."""
    return len(value) >= 3 and value[0] == "$" and isinstance(value[1], str)


def kind(value: dict[str, Any]) -> str:
    """What a block says that it is, in lower case; empty where it says nothing."""
    return _type(value).lower()


def _type(value: dict[str, Any]) -> str:
    style = value.get("style")
    if isinstance(style, str) and _HEADING.fullmatch(style):
        return style
    for key in TYPE_KEYS:
        told = value.get(key)
        if isinstance(told, str) and told:
            return told.rpartition("/")[2][:60]
    return ""


def _tags(kind: str, words: frozenset[str], value: dict[str, Any]) -> tuple[str, str]:
    """The element as which a block of some kind is shown."""
    level = _HEADING.fullmatch(kind.lower())
    if level or words & _HEADINGS:
        tag = f"h{level[1] or level[2] if level else _level(value)}"
    elif words & _QUOTES:
        tag = "blockquote"
    elif ("list" in words and "item" in words) or words == {"li"} or "listItem" in value:
        tag = "li"
    elif words & {"list", "ul", "ol"}:
        tag = "ul"
    elif words & _LINKS:
        address = _address(value)
        return (f'<a href="{html.escape(address)}">', "</a>") if address else ("", "")
    elif words & {"paragraph", "unstyled", "block", "p"} or kind == "p":
        tag = "p"
    elif kind == "br":
        return "<br>", ""
    else:
        return "", "" if words & _INLINE or not words else " "
    return f"<{tag}>", f"</{tag}>"


def _level(value: dict[str, Any]) -> int:
    for holder in (value, *(value.get(key) for key in _HOLDER_KEYS)):
        level = holder.get("level") if isinstance(holder, dict) else None
        if isinstance(level, int) and 1 <= level <= 6:
            return level
    return 2


def _address(value: dict[str, Any]) -> str:
    for holder in (value, *(value.get(key) for key in _HOLDER_KEYS)):
        for key in _ADDRESS_KEYS:
            if isinstance(holder, dict) and isinstance(holder.get(key), str):
                return str(holder[key])
    return ""
