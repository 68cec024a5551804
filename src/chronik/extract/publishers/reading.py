"""What a newspaper's own rules read on one of its pages (decides, with the rules of `shelf`)."""

from __future__ import annotations

import html
from bisect import bisect_left
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from chronik.extract import bylines, dates
from chronik.extract.candidates import Candidate
from chronik.extract.encoding import clean_line
from chronik.extract.publishers.shelf import shelf
from chronik.extract.readers.rendering import rendered
from chronik.model import BlockKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from chronik.extract.candidates import Body, Declared, TextBlock
    from chronik.extract.publishers.rules import BodyRule, Field, Rules, Version
    from chronik.extract.publishers.shelf import Shelf
    from chronik.extract.tree import Node, Tree

NODES_MAX = 5_000
"""Elements that one list of selectors may find on a page."""
FIELD_NODES_MAX = 30
TITLE_CHARACTERS_MAX = 500
TRUSTED_CHARACTERS_MIN = 250
"""Of a text: a shorter one may be what a redesign left of it."""
TRUSTED_SHARE_MIN = 0.15
"""Of the page's running text, comments included: of a live blog, rules may know the introduction only."""
RUNNING_CHARACTERS_MIN = 100
"""Paragraphs of menus and teasers are shorter."""
STRIP_MAX = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """What the rules read; an empty field is for the general readers to fill."""

    origin: str
    """Newspaper, and since when its pages are built so; whose rules, if not ours; whether the text was not found."""
    title: str = ""
    authors: tuple[str, ...] | None = None
    """None where the rules do not say; empty where they find that the page names nobody."""
    published: str = ""
    modified: str = ""
    body: Body | None = None
    """Not `trusted` where it is so short, or so little of the page, that the general reader should be asked too."""
    paywalled: bool | None = None
    live_blog: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class _Page:
    tree: Tree
    url: str
    declared: Declared
    captured_at: datetime | None

    def nodes(self, selectors: Sequence[str]) -> tuple[Node, ...]:
        """The elements that the selectors find, each once, in the page's order."""
        found = self.tree.css(", ".join(selectors))[:NODES_MAX] if selectors else ()
        return tuple({node.mem_id: node for node in found}.values())

    def has(self, selectors: Sequence[str]) -> bool:
        return any(self.tree.css_first(selector) is not None for selector in selectors)


def reading(
    tree: Tree, *, url: str, declared: Declared, captured_at: datetime | None = None, rules_from: Shelf | None = None
) -> Proposal | None:
    """What the rules of the page's newspaper read on it; none where there are no rules, or nothing of them fits.

    The version of the rules that held on the day of the capture is tried first. A page may also have been built
    before or after its time, so the first version that finds a text is the one that counts. The tree is not changed.
    Raises `ConfigError` for a rule file that cannot be used; see `Shelf.check`.
    """
    rules = (rules_from or shelf()).rules_for(url)
    if rules is None:
        return None
    page = _Page(tree=tree, url=url, declared=declared, captured_at=captured_at)
    versions = _by_likelihood(rules.versions, _day(page))
    for version in versions:
        origin = _origin(rules, version)
        body = _body(page, version.body, origin) if version.body else None
        if body is not None:
            return _proposal(page, version, origin=origin, body=body)
    lost = " (text not found)" if versions[0].body else ""
    found = _proposal(page, versions[0], origin=_origin(rules, versions[0]) + lost, body=None)
    return found if _says_something(found) else None


def _day(page: _Page) -> date | None:
    """The day of the capture; where nobody knows it, that on which the page says it was published."""
    if page.captured_at:
        return page.captured_at.date()
    published, _ = dates.first_moment(page.declared.published)
    return datetime.fromisoformat(published).date() if published else None


def _by_likelihood(versions: Iterable[Version], day: date | None) -> list[Version]:
    """Those that held on the day first, then the newest."""
    newest_first = sorted(versions, key=lambda version: version.since or date.min, reverse=True)
    return sorted(newest_first, key=lambda version: day is None or not _held(version, day))


def _held(version: Version, day: date) -> bool:
    return (version.since or date.min) <= day and (version.until is None or day < version.until)


def _origin(rules: Rules, version: Version) -> str:
    since = f" {version.since:%Y-%m}" if version.since else ""
    return f"publishers/{rules.name}{since}" + (f" of {rules.digest}" if rules.digest else "")


def _proposal(page: _Page, version: Version, *, origin: str, body: Body | None) -> Proposal:
    return Proposal(
        origin=origin,
        title=_title(page, version.title) if version.title else "",
        authors=_authors(page, version.authors) if version.authors else None,
        published=_moment(page, version.published, page.declared.published) if version.published else "",
        modified=_moment(page, version.modified, page.declared.modified) if version.modified else "",
        body=body,
        paywalled=True if page.has(version.marks.paywalled) else None,
        live_blog=page.has(version.marks.live_blog),
    )


def _says_something(found: Proposal) -> bool:
    said = (found.title, found.published, found.modified, found.body, found.paywalled, found.live_blog)
    return found.authors is not None or any(said)


def _body(page: _Page, rule: BodyRule, origin: str) -> Body | None:
    """The text where the rule expects it; none where there is none."""
    text = page.nodes(rule.select)
    if not text:
        return None
    lead = page.nodes(rule.lead)
    above = rendered(lead, url=page.url, origin=origin)
    below = rendered(text, url=page.url, origin=origin, without=(*lead, *page.nodes(rule.drop)))
    body = _chosen(_joined(above, below), rule)
    return replace(body, trusted=_is_trusted(page, body)) if body.blocks else None


def _is_trusted(page: _Page, body: Body) -> bool:
    characters = sum(len(block.text) for block in body.blocks)
    paragraphs = (len(node.text(deep=True)) for node in page.tree.css("p")[:NODES_MAX])
    running = sum(length for length in paragraphs if length >= RUNNING_CHARACTERS_MIN)
    return characters >= max(TRUSTED_CHARACTERS_MIN, TRUSTED_SHARE_MIN * running)


def _joined(above: Body, below: Body) -> Body:
    shift = len(above.blocks)
    pictures = (replace(picture, before=picture.before + shift) for picture in below.pictures)
    return replace(below, blocks=above.blocks + below.blocks, pictures=(*above.pictures, *pictures))


def _chosen(body: Body, rule: BodyRule) -> Body:
    """The body without what the rule names by its beginning, lists of links, and headings of nothing."""
    kept: list[int] = []
    for number, block in enumerate(body.blocks):
        if rule.end_starting and block.text.startswith(rule.end_starting):
            break
        if not (_is_only_link(block) or (rule.drop_starting and block.text.startswith(rule.drop_starting))):
            kept.append(number)
    while kept and body.blocks[kept[-1]].kind is BlockKind.HEADING:
        kept.pop()
    pictures = (replace(picture, before=bisect_left(kept, picture.before)) for picture in body.pictures)
    return replace(body, blocks=tuple(body.blocks[number] for number in kept), pictures=tuple(pictures))


def _is_only_link(block: TextBlock) -> bool:
    """Whether a list item is nothing but a link: it leads to other articles and says nothing of this one."""
    links = block.links
    return block.kind is BlockKind.ITEM and any(not link.start and link.end == len(block.text) for link in links)


def _title(page: _Page, field: Field) -> str:
    preferred = (
        candidate.value for origin in field.prefer for candidate in page.declared.titles if candidate.origin == origin
    )
    titles = (_stripped(_plain(value), field.strip) for value in (*_values(page, field), *preferred))
    return next((title for title in titles if title), "")[:TITLE_CHARACTERS_MAX]


def _authors(page: _Page, field: Field) -> tuple[str, ...] | None:
    preferred = (names.values for origin in field.prefer for names in page.declared.authors if names.origin == origin)
    nobody = tuple(f"{name.casefold()} " for name in field.leave_out)
    groups = [group for group in (_values(page, field), *preferred) if group]
    for group in groups:
        found = bylines.names(_stripped(_plain(value), field.strip) for value in group)
        names = tuple(name for name in found if not f"{name.casefold()} ".startswith(nobody))
        if names:
            return names
    return () if groups else None


def _moment(page: _Page, field: Field, declared: Sequence[Candidate]) -> str:
    shown = [Candidate(value=value, origin="select") for value in _values(page, field)]
    preferred = [candidate for origin in field.prefer for candidate in declared if candidate.origin == origin]
    zoned = [replace(found, value=_zoned(found.value, field.zone)) for found in (*shown, *preferred)]
    return dates.first_moment(zoned, captured_at=page.captured_at)[0]


def _zoned(value: str, zone: str) -> str:
    """A time without offset as an instant in the newspaper's zone."""
    try:
        instant = datetime.fromisoformat(value.strip())
    except ValueError:
        return value
    if not zone or instant.tzinfo or len(value.strip()) <= len("2026-05-01"):
        return value
    return instant.replace(tzinfo=ZoneInfo(zone)).isoformat()


def _plain(value: str) -> str:
    """In one line, with the characters that entities stand for; some publishers write them twice over."""
    return clean_line(html.unescape(html.unescape(value)))


def _stripped(text: str, words: Sequence[str]) -> str:
    for _ in range(STRIP_MAX):
        before = text
        for word in words:
            text = text.removesuffix(word).removeprefix(word).strip()
        if text == before:
            break
    return text


def _values(page: _Page, field: Field) -> tuple[str, ...]:
    """What the first of the selectors that finds anything finds."""
    unwanted = page.nodes(field.drop)
    for selector in field.select:
        nodes = page.nodes((selector,))[:FIELD_NODES_MAX]
        values = tuple(value for value in (_value(node, field.attribute, unwanted) for node in nodes) if value)
        if values:
            return values
    return ()


def _value(node: Node, attribute: str, unwanted: Sequence[Node]) -> str:
    name = attribute or {"meta": "content", "time": "datetime"}.get(node.tag or "", "")
    stated = clean_line(node.attributes.get(name) or "") if name else ""
    if stated or attribute:
        return stated
    return " ".join(block.text for block in rendered((node,), url="", origin="", without=unwanted).blocks)
