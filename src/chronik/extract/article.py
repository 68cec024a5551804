"""What a captured page says as an article (decides): several readers propose, one decider picks field by field."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from chronik import __version__
from chronik.extract import bylines, dates, structured, titles
from chronik.extract.candidates import Declared
from chronik.extract.encoding import decoded
from chronik.extract.language import language
from chronik.extract.readers import body as body_reader
from chronik.extract.readers import day as day_reader
from chronik.model import Article, Failure, FailureKind, Page, article_id

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from chronik.extract.candidates import Names

SIZE_BYTES_MAX = 16 * 2**20
"""A page with one article is a hundredth of this."""

_HTML = frozenset({"", "text/html", "application/xhtml+xml", "application/xml", "text/xml", "application/octet-stream"})
_PLAIN = frozenset({"text/plain", "text/markdown"})
_CONTROLS = re.compile(r"[\x00-\x08\x0b-\x0c\x0e-\x1f\x7f-\x9f\ufffe\uffff]")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Reading:
    """What the readers made of one page."""

    declared: Declared
    paragraphs: tuple[str, ...]
    text_from: str
    day: str = ""


def article(
    page: Page, *, capture_id: str = "", given_id: str = "", read_at: datetime | None = None
) -> Article | Failure:
    """The article on a page, or why there is none. The same page gives the same article, whatever the machine."""
    text = _characters(page)
    if isinstance(text, Failure):
        return text
    try:
        reading = _plain(text) if _media(page) in _PLAIN else _html(text, page)
    except MemoryError:
        raise
    except Exception as error:  # noqa: BLE001 - hostile bytes may break any parser in any way; that is the page's failure
        return Failure(
            kind=FailureKind.UNREADABLE, detail=f"The page breaks its reader: {type(error).__name__}: {error}"
        )
    if isinstance(reading, Failure):
        return reading
    return _decided(reading, page, capture_id=capture_id, given_id=given_id, read_at=read_at)


def warm_up() -> None:
    """Load every model, so that the first page is read as fast as the others."""
    language("Nothing but a text of some length that makes the first model load.")
    language("Ne")


def _media(page: Page) -> str:
    return page.media_type.partition(";")[0].strip().lower()


def _characters(page: Page) -> str | Failure:
    """The page's characters, if it is of a kind and size that can be read."""
    if _media(page) not in _HTML | _PLAIN:
        detail = f"This is {_media(page)}; Chronik reads web pages and plain text."
        return Failure(kind=FailureKind.UNSUPPORTED_MEDIA, detail=detail)
    if len(page.body) > SIZE_BYTES_MAX:
        detail = f"The page has {len(page.body):,} bytes; the limit is {SIZE_BYTES_MAX:,}."
        return Failure(kind=FailureKind.TOO_LARGE, detail=detail)
    if not page.body.strip():
        return Failure(kind=FailureKind.NO_TEXT, detail="The page is empty.")
    text = decoded(page.body, page.charset)
    return text if isinstance(text, Failure) else _CONTROLS.sub(" ", text)


def _plain(text: str) -> _Reading | Failure:
    blocks = (" ".join(block.split()) for block in re.split(r"\n[ \t]*\n", text.replace("\r\n", "\n")))
    paragraphs = tuple(block for block in blocks if block)
    return _Reading(declared=Declared(), paragraphs=paragraphs, text_from="plain text")


def _html(html: str, page: Page) -> _Reading | Failure:
    declared = structured.declared(html, url=page.url)
    paragraphs = body_reader.body(html)
    if not paragraphs:
        return Failure(kind=FailureKind.NO_TEXT, detail="The page holds no article text.")
    published, _ = dates.first_moment(declared.published, captured_at=page.captured_at)
    day = "" if published else day_reader.day(html, url=page.url)
    return _Reading(declared=declared, paragraphs=paragraphs, text_from=body_reader.VERSION, day=day)


def _decided(reading: _Reading, page: Page, *, capture_id: str, given_id: str, read_at: datetime | None) -> Article:
    """The choice among the candidates of each field."""
    declared = reading.declared
    sources = tuple(candidate.value for candidate in declared.sources)
    title, title_from = titles.title(declared.titles, sources=sources, url=page.url)
    authors, authors_from = _authors(declared.authors)
    published, published_from = dates.first_moment(declared.published, captured_at=page.captured_at)
    if not published:
        published, published_from = reading.day, day_reader.VERSION
    modified, _ = dates.first_moment(declared.modified, captured_at=page.captured_at)
    text = "\n\n".join(reading.paragraphs)
    made_by = _made_by(
        text=reading.text_from, title=title_from, authors=authors_from, published=published_from if published else ""
    )
    return Article(
        id=article_id(capture_id=capture_id, made_by=made_by, given_id=given_id),
        capture_id=capture_id,
        url=page.url,
        canonical_url=declared.canonical[0].value if declared.canonical else "",
        title=title,
        authors=authors,
        published=published,
        modified=modified,
        language=language(text),
        source=sources[0] if sources else "",
        text=text,
        paywalled=declared.paywalled,
        made_by=made_by,
        read_at=read_at,
    )


def _authors(groups: Iterable[Names]) -> tuple[tuple[str, ...], str]:
    """The first group of bylines that holds a name, and its origin."""
    for group in groups:
        names = bylines.names(group.values)
        if names:
            return names, group.origin
    return (), ""


def _made_by(**origins: str) -> str:
    """Reader, and where each field comes from: the same for the same code and page."""
    fields = (f"{field} from {origin}" for field, origin in origins.items() if origin)
    return f"chronik {__version__}: {', '.join(fields)}"
