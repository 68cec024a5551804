"""What a captured page says as an article (decides): several readers propose, one decider picks field by field."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from chronik import __version__
from chronik.extract import burden, bylines, dates, framing, pagekind, structured, titles
from chronik.extract.assembly import assembled, cleaned
from chronik.extract.candidates import Body, Declared, TextBlock
from chronik.extract.encoding import clean, clean_line, decoded, media_type_of
from chronik.extract.language import language
from chronik.extract.readers import body as body_reader
from chronik.extract.readers import day as day_reader
from chronik.extract.tree import parsed
from chronik.model import Article, ArticleKind, Failure, FailureKind, Page, article_id

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime

    from chronik.extract.candidates import Names

SIZE_BYTES_MAX = 16 * 2**20
"""A page with one article is a hundredth of this."""

_HTML = frozenset({"text/html", "application/xhtml+xml", "application/xml", "text/xml"})
_UNSAID = frozenset({"", "application/octet-stream", "application/x-unknown", "binary/octet-stream"})
_PLAIN = frozenset({"text/plain", "text/markdown"})
_TAG = re.compile(r"<(?:!doctype|!--|/?[a-z][a-z0-9]*[\s/>])", re.IGNORECASE)
_SAVED_FROM = re.compile(r"<!-- saved from url=\(\d{1,6}\)(https?://[^\s<>\"]{1,4000})", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Reading:
    """What the readers made of one page."""

    url: str
    declared: Declared
    body: Body
    day: str = ""
    kind: ArticleKind = ArticleKind.ARTICLE

    @property
    def paragraphs(self) -> tuple[str, ...]:
        """The body's texts."""
        return tuple(block.text for block in self.body.blocks)


def article(
    page: Page, *, capture_id: str = "", given_id: str = "", read_at: datetime | None = None
) -> Article | Failure:
    """The article on a page, or why there is none. The same page gives the same article, whatever the machine."""
    text = _characters(page)
    if isinstance(text, Failure):
        return text
    try:
        reading = _reading(text, page)
        if isinstance(reading, Failure):
            return reading
        return _decided(reading, page, capture_id=capture_id, given_id=given_id, read_at=read_at)
    except MemoryError:
        raise
    except Exception as error:  # noqa: BLE001 - hostile bytes may break any parser in any way; that is the page's failure
        detail = f"The page breaks its reader: {type(error).__name__}: {error}"[:300]
        return Failure(kind=FailureKind.UNREADABLE, detail=detail)


def warm_up() -> None:
    """Load what every page needs, so that the first page is read as fast as the others."""
    language("Nothing but a text of some length that makes the models load.")


def _media(page: Page) -> str:
    return page.media_type.partition(";")[0].strip().lower()


def _characters(page: Page) -> str | Failure:
    """The page's characters, if it is of a kind and size that can be read."""
    media = _media(page)
    found = media_type_of(page.body)
    if media not in _HTML | _PLAIN | _UNSAID or found:
        detail = f"This is {found or media}; Chronik reads web pages and plain text."
        return Failure(kind=FailureKind.UNSUPPORTED_MEDIA, detail=detail)
    if len(page.body) > SIZE_BYTES_MAX:
        detail = f"The page has {len(page.body):,} bytes; the limit is {SIZE_BYTES_MAX:,}."
        return Failure(kind=FailureKind.TOO_LARGE, detail=detail)
    if not page.body.strip():
        return Failure(kind=FailureKind.NO_TEXT, detail="The page is empty.")
    return decoded(page.body, page.charset)


def _reading(text: str, page: Page) -> _Reading | Failure:
    """What the readers say, where the page is one for readers at all."""
    other = pagekind.not_a_page(text)
    if other:
        return Failure(kind=FailureKind.NOT_AN_ARTICLE, detail=other)
    is_html = _media(page) not in _PLAIN and _TAG.search(text) is not None
    return _html(text, page) if is_html else _plain(text, page)


def _plain(text: str, page: Page) -> _Reading | Failure:
    blocks = tuple(TextBlock(text=block) for block in re.split(r"\n[ \t]*\n", clean(text)))
    if not any(map(str.isalpha, text)):
        return Failure(kind=FailureKind.NO_TEXT, detail="The file holds no words.")
    body = cleaned(Body(blocks=blocks, origin="plain text"))
    return _Reading(url=page.url, declared=Declared(), body=body, kind=ArticleKind.DOCUMENT)


def _html(html: str, page: Page) -> _Reading | Failure:
    heavy = burden.too_heavy(html)
    if heavy:
        return Failure(kind=FailureKind.TOO_LARGE, detail=heavy)
    html = clean(html)
    saved_from = _SAVED_FROM.search(html[:2_000])
    tree = parsed(html)
    declared = structured.declared(tree, url=page.url or (saved_from[1] if saved_from else ""))
    canonical = declared.canonical[0].value if declared.canonical else ""
    url = page.url or (saved_from[1] if saved_from else canonical)
    blocks = tuple(TextBlock(text=text) for text in body_reader.body(html))
    body = cleaned(Body(blocks=blocks, origin=body_reader.VERSION))
    published, _ = dates.first_moment(declared.published, captured_at=page.captured_at)
    latest = page.captured_at.date().isoformat() if page.captured_at else ""
    day = "" if published else day_reader.day(html, url=url, latest=latest)
    reading = _Reading(url=url, declared=declared, body=body, day=day)
    return _refused(reading, page) or reading


def _refused(reading: _Reading, page: Page) -> Failure | None:
    """Why there is no article on the page, if there is none."""
    address = reading.url if page.url.startswith(("http:", "https:")) or not page.url else _canonical(reading.declared)
    why_not = pagekind.not_an_article(
        reading.declared, status=page.status, title=_window_title(reading), paragraphs=reading.paragraphs, url=address
    )
    if why_not:
        return Failure(kind=FailureKind.NOT_AN_ARTICLE, detail=clean_line(why_not))
    if not reading.paragraphs:
        return Failure(kind=FailureKind.NO_TEXT, detail="The page holds no article text.")
    return None


def _window_title(reading: _Reading) -> str:
    return next((candidate.value for candidate in reading.declared.titles if candidate.origin == "title"), "")


def _canonical(declared: Declared) -> str:
    return declared.canonical[0].value if declared.canonical else ""


def _decided(reading: _Reading, page: Page, *, capture_id: str, given_id: str, read_at: datetime | None) -> Article:
    """The choice among the candidates of each field."""
    declared = reading.declared
    sources = tuple(name for name in (titles.site_name(clean_line(c.value)) for c in declared.sources) if name)
    title, title_from = titles.title(declared.titles, sources=sources, url=_canonical(declared) or reading.url)
    authors, authors_from = _authors(declared.authors, sources)
    published, published_from = dates.first_moment(declared.published, captured_at=page.captured_at)
    if not published:
        published, published_from = reading.day, day_reader.VERSION if reading.day else ""
    modified, _ = dates.first_moment(declared.modified, captured_at=page.captured_at)
    headlines = {title, *(candidate.value for candidate in declared.titles)}
    kept = framing.unframed(reading.paragraphs, titles=headlines, authors=authors)
    form = assembled(reading.body, kept=kept)
    made_by = _made_by(text=reading.body.origin, title=title_from, authors=authors_from, published=published_from)
    declared_language = next((candidate.value for candidate in declared.languages), "")
    return Article(
        id=article_id(capture_id=capture_id, made_by=made_by, given_id=given_id),
        capture_id=capture_id,
        url=reading.url,
        canonical_url=clean_line(_canonical(declared)),
        title=clean_line(title),
        authors=tuple(map(clean_line, authors)),
        published=published,
        modified=modified,
        language=language(form.text, declared=declared_language),
        source=sources[0] if sources else "",
        text=form.text,
        paywalled=declared.paywalled,
        made_by=made_by,
        read_at=read_at,
        kind=reading.kind,
        amp_url=declared.amp_url,
        alternates=declared.alternates,
        blocks=form.blocks,
        links=form.links,
        pictures=form.pictures,
    )


def _authors(groups: Iterable[Names], sources: Sequence[str]) -> tuple[tuple[str, ...], str]:
    """The first bylines that name somebody else than the site, else the first that name anybody, and their origin."""
    site = {name.casefold() for name in sources}
    found = [(bylines.names(group.values), group.origin) for group in groups]
    named = [(names, origin) for names, origin in found if names]
    persons = [(names, origin) for names, origin in named if any(name.casefold() not in site for name in names)]
    return next(iter(persons or named), ((), ""))


def _made_by(**origins: str) -> str:
    """Reader, and where each field comes from: the same for the same code and page."""
    fields = (f"{field} from {origin}" for field, origin in origins.items() if origin)
    return f"chronik {__version__}: {', '.join(fields)}"
