"""Puts the pictures and style sheets that were captured with a page into it (decides), so that nothing is asked for.

The page is not parsed, like in `inert`. A picture becomes a `data:` address as one more attribute in front of the tag's
own: of two attributes of one name browsers take the first (HTML Living Standard, section 13.2.5.33). A style sheet
becomes a `style` element in which no `<` stands. So no tag can begin that did not begin there before, wherever it is:
in a comment, a script, an attribute.
"""

from __future__ import annotations

import re
from base64 import b64encode
from dataclasses import dataclass, field
from functools import partial
from html import unescape
from itertools import islice
from operator import itemgetter
from typing import TYPE_CHECKING
from urllib.parse import urldefrag, urljoin

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    Replace = Callable[["_Filling"], str | None]

TAGS_MAX, TAG_CHARACTERS_MAX = 5_000, 4_000
"""Further tags, and longer ones, stay as they are."""
ADDRESS_CHARACTERS_MAX = 2_000
ADDRESSES_MAX = 20_000
"""So many are looked up in one page, style sheets included."""
IMPORTS_DEEP_MAX, IMPORTS_MAX = 3, 200
ADDED_CHARACTERS_MAX = 48 * 2**20
"""Of pictures and style sheets together, each counted as often as it stands there."""
_END = r"(?=[\s/>])"
_TAG = re.compile(rf"<(link|img|source|base){_END}", re.IGNORECASE | re.ASCII)
_REST = re.compile(r"""(?:[^<>"']++|"[^"]*+"|'[^']*+')*+>""")
_ATTRIBUTE = re.compile(r"""(?<![^\s"'>/])([^\s"'>/=]++)\s*+=\s*+(?:"([^"]*+)"|'([^']*+)'|([^\s"'>]++))""")
_STYLE = re.compile(rf"<style{_END}[^<>]{{0,1000}}>", re.IGNORECASE | re.ASCII)
_STYLE_END = re.compile(r"</style", re.IGNORECASE | re.ASCII)
_URL = re.compile(
    r"""url\(\s{0,20}+(?:"([^"\\\n<>]{1,2000}+)"|'([^'\\\n<>]{1,2000}+)'|([^"'()\\\s<>]{1,2000}+))\s{0,20}+\)""",
    re.IGNORECASE,
)
_IMPORT = re.compile(
    r"""@import\s{1,20}+(?:url\(\s{0,20}+)?+["']?+([^"'()\\\s;<>]{1,2000}+)["']?+\s{0,20}+\)?+([^;{}"'<>]{0,200}+);""",
    re.IGNORECASE,
)
_MEDIA = re.compile(r"[\w\s,:().-]{1,200}", re.ASCII)
_SOURCES = ("src", "data-src", "data-lazy-src", "data-original")
_SETS = ("srcset", "data-srcset")


@dataclass(frozen=True, slots=True, kw_only=True)
class Parts:
    """What was captured with a page, by address."""

    pictures: Mapping[str, str] = field(default_factory=dict)
    """As `data:` addresses."""
    styles: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Addresses that a page or a style sheet names."""

    pictures: tuple[str, ...] = ()
    styles: tuple[str, ...] = ()


def data_address(media_type: str, body: bytes) -> str:
    """A picture as an address that holds it."""
    return f"data:{media_type};base64,{b64encode(body).decode()}"


def base_of(html: str, address: str) -> str:
    """The address that the page's other addresses are told from."""
    for tag in _tags(html):
        if tag.name == "base" and (told := tag.attributes.get("href")):
            return _joined(address, told) or address
    return address


def wanted_by_page(html: str, base: str) -> Wanted:
    """What a page takes from other addresses, as far as it can be shown."""
    pictures: dict[str, None] = {}
    styles: dict[str, None] = {}
    for tag in _tags(html):
        if tag.name == "img":
            pictures |= dict.fromkeys(_candidates(tag, base))
        elif address := _style_address(tag, base):
            styles[address] = None
    pictures |= dict.fromkeys(_urls(html, base))
    for start, end in _style_elements(html):
        styles |= dict.fromkeys(_imports(html[start:end], base))
    return Wanted(pictures=tuple(pictures), styles=tuple(styles))


def wanted_by_style(css: str, base: str) -> Wanted:
    """What a style sheet takes from other addresses."""
    return Wanted(pictures=tuple(dict.fromkeys(_urls(css, base))), styles=tuple(dict.fromkeys(_imports(css, base))))


def filled(html: str, base: str, *, parts: Parts) -> str:
    """The page with what was captured of it put into it."""
    filling = _Filling(parts=parts)
    pieces, at = [], 0
    for start, end, replace in sorted([*_tags_to_fill(html, base), *_styles_to_fill(html, base)], key=itemgetter(0, 1)):
        if start >= at and (text := replace(filling)) is not None:
            pieces += [filling.with_pictures(html[at:start], base), text]
            at = end
    return "".join([*pieces, filling.with_pictures(html[at:], base)])


@dataclass(frozen=True, slots=True, kw_only=True)
class _Tag:
    name: str
    start: int
    end: int
    attributes: Mapping[str, str]


def _tags(html: str) -> Iterator[_Tag]:
    for number, found in enumerate(_TAG.finditer(html)):
        if number >= TAGS_MAX:
            return
        rest = _REST.match(html, found.end(), found.end() + TAG_CHARACTERS_MAX)
        if rest is None:
            continue
        attributes: dict[str, str] = {}
        for name, *values in _ATTRIBUTE.findall(rest.group()):
            attributes.setdefault(name.lower(), unescape("".join(values)))
        yield _Tag(name=found[1].lower(), start=found.start(), end=rest.end(), attributes=attributes)


def _tags_to_fill(html: str, base: str) -> Iterator[tuple[int, int, Replace]]:
    """Where a tag stands that may be filled, and how."""
    for tag in _tags(html):
        whole = html[tag.start : tag.end]
        if tag.name == "img":
            yield tag.start, tag.end, partial(_Filling.image, whole=whole, addresses=list(_candidates(tag, base)))
        elif tag.name == "source":
            yield tag.start, tag.end, partial(_Filling.source, whole=whole)
        elif address := _style_address(tag, base):
            yield tag.start, tag.end, partial(_Filling.link, address=address, media=tag.attributes.get("media", ""))


def _styles_to_fill(html: str, base: str) -> Iterator[tuple[int, int, Replace]]:
    """Where a `style` element of the page imports something."""
    for start, end in _style_elements(html):
        if _IMPORT.search(html, start, end):
            yield start, end, partial(_Filling.style, css=html[start:end], base=base)


def _style_elements(html: str) -> Iterator[tuple[int, int]]:
    """Where the text of each begins and ends."""
    at = 0
    for _ in range(TAGS_MAX):
        begun = _STYLE.search(html, at)
        ended = _STYLE_END.search(html, begun.end()) if begun else None
        if begun is None or ended is None:
            return
        yield begun.end(), ended.start()
        at = ended.end()


@dataclass(slots=True, kw_only=True)
class _Filling:
    """Puts parts in as long as there is room."""

    parts: Parts
    room: int = ADDED_CHARACTERS_MAX
    imports_left: int = IMPORTS_MAX
    addresses_left: int = ADDRESSES_MAX

    def image(self, *, whole: str, addresses: Sequence[str]) -> str | None:
        """The tag of a picture."""
        shown = next(filter(None, map(self.picture, addresses)), "")
        # Without quotation marks, so that no attribute around it ends here; the bare `srcset` outdoes the tag's own.
        return f"{whole[:4]} srcset src={shown} {whole[4:]}" if shown else None

    def source(self, *, whole: str) -> str | None:
        """The tag of another form of a picture: it would be taken before the one that is shown."""
        return f"</off-{whole[1:]}" if self.parts.pictures else None

    def link(self, *, address: str, media: str) -> str | None:
        """The tag of a link to a style sheet."""
        css = self.parts.styles.get(address)
        if css is None or not self._takes(len(css)):
            return None
        told = f' media="{media}"' if _MEDIA.fullmatch(media) else ""
        return f"<style{told}>{self.style(css=css, base=address)}</style>"

    def style(self, *, css: str, base: str, deep: int = 0) -> str:
        """A style sheet with its imports and pictures: no tag can begin in it, and no comment of the page end."""

        def imported(found: re.Match[str]) -> str:
            if deep >= IMPORTS_DEEP_MAX or self.imports_left <= 0:
                return ""
            self.imports_left -= 1
            address = _joined(base, found[1])
            inner = self.parts.styles.get(address, "")
            if not self._takes(len(inner)):
                return ""
            text, media = self.style(css=inner, base=address, deep=deep + 1), found[2].strip()
            return f"@media {media} {{{text}}}" if _MEDIA.fullmatch(media) else text

        text = self.with_pictures(_IMPORT.sub(imported, css), base)
        for mark in ("<!--", "--!>", "-->"):
            text = text.replace(mark, "")
        return text.replace("<", "\\3c ")

    def with_pictures(self, text: str, base: str) -> str:
        """The same with the pictures that `url()` names."""
        if not self.parts.pictures:
            return text

        def shown(found: re.Match[str]) -> str:
            self.addresses_left -= 1
            picture = self.picture(_joined(base, unescape(_told(found)))) if self.addresses_left > 0 else ""
            return f"url({picture})" if picture else found.group()

        return _URL.sub(shown, text)

    def picture(self, address: str) -> str:
        """What holds it; empty where it was not captured."""
        found = self.parts.pictures.get(address, "")
        return found if found and self._takes(len(found)) else ""

    def _takes(self, characters: int) -> bool:
        self.room -= characters if (fits := characters <= self.room) else 0
        return fits


def _urls(text: str, base: str) -> Iterator[str]:
    return _addresses(_URL, text, base=base, told=_told)


def _imports(css: str, base: str) -> Iterator[str]:
    return _addresses(_IMPORT, css, base=base, told=lambda found: found[1])


def _addresses(
    pattern: re.Pattern[str], text: str, *, base: str, told: Callable[[re.Match[str]], str]
) -> Iterator[str]:
    every = islice(pattern.finditer(text), ADDRESSES_MAX)
    return filter(None, (_joined(base, unescape(told(found))) for found in every))


def _told(found: re.Match[str]) -> str:
    return found[1] or found[2] or found[3]


def _candidates(tag: _Tag, base: str) -> Iterator[str]:
    """Where a picture may lie: what is shown first, and what scripts would put there later."""
    told = [tag.attributes.get(name, "") for name in _SOURCES]
    for name in _SETS:
        told += [part.split()[0] for part in tag.attributes.get(name, "").split(", ") if part.split()]
    return filter(None, (_joined(base, one) for one in told))


def _style_address(tag: _Tag, base: str) -> str:
    kinds = tag.attributes.get("rel", "").lower().split()
    if tag.name != "link" or "stylesheet" not in kinds or "alternate" in kinds:
        return ""
    return _joined(base, tag.attributes.get("href", ""))


def _joined(base: str, told: str) -> str:
    """A whole address of the web without its fragment; empty where there is none."""
    if not told or len(told) > ADDRESS_CHARACTERS_MAX:
        return ""
    try:
        address = urldefrag(urljoin(base, told.strip())).url
    except ValueError:
        return ""
    return address if address.startswith(("http://", "https://")) else ""
