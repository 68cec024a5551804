"""The article that a page only hands to its scripts (decides): its text, and what stands beside it.

Such data hold much else: menus, other articles, notices on privacy. So a text counts only where it has the length of an
article and stands with a title that the page shows or declares as its own.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from chronik.extract.candidates import Body, Candidate, Names
from chronik.extract.forms.fragment import blocks
from chronik.extract.headlines import comparable
from chronik.extract.states import ORIGIN, flight
from chronik.extract.states.markup import TYPE_KEYS, Writer, is_element
from chronik.extract.states.scripts import states
from chronik.model import BlockKind

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from chronik.extract.candidates import Declared, TextBlock
    from chronik.extract.states.scripts import State
    from chronik.extract.tree import Tree

VALUES_MAX = 300_000
TRIED_MAX = 400
"""Values of one page that are read as texts."""
CHARACTERS_TRIED_MAX = 6_000_000
TEXT_CHARACTERS_MIN = 250
RUNNING_CHARACTERS_MIN = 40
"""A shorter piece is a label."""
OWNERS_MAX = 4
"""Values around a text among which its title stands."""
TITLE_CHARACTERS_MIN, TITLE_CHARACTERS_MAX = 8, 300
NEARLY = 0.8
"""Of two writings of one text, the one in more paragraphs is taken where it has so much of the other's length."""

_ELSEWHERE = re.compile(
    r"consent|cookie|privacy|gdpr|terms|legal|imprint|impressum|i18n|intl|locale|translation|messages|labels|faq|footer"
    r"|header|menu|navigation|sidebar|related|recommend|latest|trending|popular|mostread|most_read|comments?$|newsletter"
    r"|teasers?$|promo|widget|config|settings|advert|^ads?$|schema|seo|meta$|author|summary|excerpt|description",
    re.IGNORECASE,
)
_TITLES = ("title", "headline", "headlines", "heading", "head", "name", "subject", "webTitle", "articleTitle", "h1")
_AUTHORS = ("author", "authors", "byline", "bylines", "credits", "creator", "writer", "writers", "by", "contributors")
_NAMES = ("name", "fullName", "full_name", "displayName", "display_name", "byline", "title", "text", "fields", "by")
_PUBLISHED = re.compile(
    r"(?:first|date|time|display|original)?[-_]?(?:publi(?:sh(?:ed)?|cation)|display|pub|release|start)[-_]?"
    r"(?:ed)?[-_]?(?:at|on|date|time|datetime|timestamp|dateTime)?$|^date$",
    re.IGNORECASE,
)
_PROSE = re.compile(r"\S\s+\S+\s+\S+\s+\S|[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff]{12}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What the data of a page's scripts say of its article."""

    body: Body
    title: Candidate
    authors: Names | None = None
    published: Candidate | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Text:
    blocks: tuple[TextBlock, ...]
    title: str
    owners: tuple[dict[str, Any], ...]
    origin: str

    @property
    def length(self) -> int:
        return sum(len(block.text) for block in self.blocks)


def found(tree: Tree, *, declared: Declared, url: str = "") -> Found | None:
    """The article that stands in the data of a page's scripts; none where nothing there is certain to be it."""
    known = [comparable(candidate.value) for candidate in declared.titles]
    known = [title for title in known if len(title) >= TITLE_CHARACTERS_MIN]
    if not known:
        return None
    texts = [text for state in states(tree) for text in _Search(state, known, url).texts()]
    longest = max((text.length for text in texts), default=0)
    if longest < TEXT_CHARACTERS_MIN:
        return None
    best = max((text for text in texts if text.length >= NEARLY * longest), key=lambda text: len(text.blocks))
    return Found(
        body=Body(blocks=best.blocks, origin=best.origin, trusted=False),
        title=Candidate(value=best.title, origin=best.origin),
        authors=_authors(best),
        published=_published(best),
    )


class _Search:
    """Looks for texts with the page's title in one state."""

    def __init__(self, state: State, known: Sequence[str], url: str) -> None:
        self._state = state
        self._known = known
        self._url = url
        self._origin = f"{ORIGIN} ({state.name})"
        self._tried = 0
        self._characters = 0
        self._seen: set[int] = set()
        self._resolve = _resolver(state)

    def texts(self) -> Iterator[_Text]:
        """The texts of this state that stand with a title of the page."""
        if self._state.literals:
            yield from self._of_literals(self._state.value)
            return
        waiting: list[tuple[Any, tuple[dict[str, Any], ...]]] = [(self._state.value, ())]
        values = 0
        while waiting and values < VALUES_MAX and self._tried < TRIED_MAX:
            value, owners = waiting.pop()
            values += 1
            if not isinstance(value, dict | list) or id(value) in self._seen:
                continue
            self._seen.add(id(value))
            inner = (value, *owners[: OWNERS_MAX - 1]) if isinstance(value, dict) else owners
            if isinstance(value, list) and _has_blocks(value):
                yield from self._tested(value, owners)
            for key, part in value.items() if isinstance(value, dict) else ((None, part) for part in value):
                if key is not None and _ELSEWHERE.search(str(key)):
                    continue
                told = self._resolve(part)
                if isinstance(told, str) and _is_long(told):
                    yield from self._tested(told, inner)
                waiting.append((told, inner))

    def _of_literals(self, literals: Sequence[str]) -> Iterator[_Text]:
        title = next((text for text in literals if self._is_title(text)), "")
        for text in literals if title else ():
            if _is_long(text) and "<" in text:
                yield from self._tested(text, ({"title": title},))

    def _tested(self, value: Any, owners: tuple[dict[str, Any], ...]) -> Iterator[_Text]:
        """The text of one value, if a title of the page stands with it."""
        title = next((text for owner in owners for text in _under(owner, _TITLES) if self._is_title(text)), "")
        if not title and not isinstance(value, list):
            return
        self._tried += 1
        markup = Writer(self._resolve).written(value)
        self._characters += len(markup)
        if self._characters > CHARACTERS_TRIED_MAX or len(markup) < TEXT_CHARACTERS_MIN:
            return
        read = blocks(markup, url=self._url)
        heads = (block.text for block in read if block.kind is BlockKind.HEADING)
        title = title or next(filter(self._is_title, heads), "")
        running = sum(len(block.text) for block in read if len(block.text) >= RUNNING_CHARACTERS_MIN)
        if title and running >= TEXT_CHARACTERS_MIN:
            yield _Text(blocks=read, title=title, owners=owners, origin=self._origin)

    def _is_title(self, text: str) -> bool:
        """Whether a text is a title of the page, with or without what stands around it in the window."""
        if not TITLE_CHARACTERS_MIN <= len(text) <= TITLE_CHARACTERS_MAX:
            return False
        key = comparable(text)
        return len(key) >= TITLE_CHARACTERS_MIN and any(key in title or title in key for title in self._known)


def _resolver(state: State) -> Callable[[Any], Any]:
    """Follows a reference to another part of the same state: React's rows, Apollo's cache."""
    value = state.value if isinstance(state.value, dict) else {}

    def resolve(part: Any) -> Any:
        if state.name == flight.NAME and isinstance(part, str):
            row = flight.reference(part)
            return value.get(row, part)
        key = part.get("__ref") if isinstance(part, dict) else None
        return value.get(key, part) if isinstance(key, str) else part

    return resolve


def _is_long(text: str) -> bool:
    return len(text) >= TEXT_CHARACTERS_MIN and _PROSE.search(text) is not None


def _has_blocks(values: list[Any]) -> bool:
    """Whether a list looks like the blocks of a text: texts, elements, or what names its kind without an address."""
    if is_element(values):
        return False
    looked = values[:50]
    blocks = sum(_is_block(value) for value in looked)
    return blocks >= 2 and blocks * 2 >= len(looked)


def _is_block(value: Any) -> bool:
    if isinstance(value, str):
        return len(value) >= RUNNING_CHARACTERS_MIN and _PROSE.search(value) is not None
    if isinstance(value, list):
        return is_element(value)
    if not isinstance(value, dict):
        return False
    if "__ref" in value:
        return True
    told = any(isinstance(value.get(key), str) for key in (*TYPE_KEYS, "text", "html", "content"))
    return told and not ({"slug", "headline"} & value.keys()) and not ({"title", "url"} <= value.keys())


def _under(owner: dict[str, Any], keys: Sequence[str]) -> Iterator[str]:
    """Texts under one of the keys, or one step below."""
    for key in keys:
        value = owner.get(key)
        if isinstance(value, str):
            yield value
        elif isinstance(value, dict):
            yield from (part for part in list(value.values())[:20] if isinstance(part, str))


def _authors(text: _Text) -> Names | None:
    for owner in text.owners:
        for key in _AUTHORS:
            names = tuple(_names(owner.get(key), depth=0))
            if names:
                return Names(values=names, origin=text.origin)
    return None


def _names(value: Any, *, depth: int) -> Iterator[str]:
    if isinstance(value, str) and 1 < len(value) <= 200:
        yield value
    elif isinstance(value, list) and depth < 4:
        for part in value[:20]:
            yield from _names(part, depth=depth + 1)
    elif isinstance(value, dict) and depth < 4:
        for key in _NAMES:
            names = list(_names(value.get(key), depth=depth + 1))
            if names:
                yield from names
                return


def _published(text: _Text) -> Candidate | None:
    for owner in text.owners:
        for key, value in owner.items():
            told = str(value) if isinstance(value, int) and not isinstance(value, bool) else value
            if isinstance(told, str) and any(map(str.isdigit, told)) and _PUBLISHED.fullmatch(key):
                return Candidate(value=told, origin=text.origin)
    return None
