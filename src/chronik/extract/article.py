"""What a captured page says as an article (decides): several readers propose, one decider picks field by field."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from chronik import __version__
from chronik.extract import burden, bylines, dates, framing, pagekind, structured, titles, walls
from chronik.extract.assembly import assembled, cleaned
from chronik.extract.candidates import Body, Declared, TextBlock
from chronik.extract.encoding import clean, clean_line, decoded
from chronik.extract.forms import posts
from chronik.extract.forms.finish import finished
from chronik.extract.forms.reading import FormReading
from chronik.extract.forms.recognise import recognised
from chronik.extract.language import language
from chronik.extract.readers import body as body_reader
from chronik.extract.readers import day as day_reader
from chronik.extract.tree import parsed
from chronik.model import Article, ArticleKind, Failure, FailureKind, Page, article_id

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime

    from chronik.extract.candidates import Names
    from chronik.extract.tree import Tree


@dataclass(frozen=True, slots=True, kw_only=True)
class _Reading:
    """What the readers made of one page."""

    url: str
    declared: Declared
    body: Body
    day: str = ""
    kind: ArticleKind = ArticleKind.ARTICLE
    paywalled: bool | None = None
    truncated: str = ""

    @property
    def paragraphs(self) -> tuple[str, ...]:
        """The body's texts."""
        return tuple(block.text for block in self.body.blocks)


def article(
    page: Page, *, capture_id: str = "", given_id: str = "", read_at: datetime | None = None
) -> Article | Failure:
    """The article on a page, or why there is none. The same page gives the same article, whatever the machine."""
    try:
        found = recognised(page)
        page = found if isinstance(found, Page) else page
        reading = _reading(page) if isinstance(found, Page) else found
        if isinstance(reading, Failure):
            return reading
        if isinstance(reading, FormReading):
            return finished(reading, url=page.url, capture_id=capture_id, given_id=given_id, read_at=read_at)
        return _decided(reading, page, capture_id=capture_id, given_id=given_id, read_at=read_at)
    except MemoryError:
        raise
    except Exception as error:  # noqa: BLE001 - hostile bytes may break any parser in any way; that is the page's failure
        detail = f"The page breaks its reader: {type(error).__name__}: {error}"[:300]
        return Failure(kind=FailureKind.UNREADABLE, detail=detail)


def warm_up() -> None:
    """Load what every page needs, so that the first page is read as fast as the others."""
    language("Nothing but a text of some length that makes the models load.")


def _reading(page: Page) -> _Reading | FormReading | Failure:
    """What the readers say, where the page is one for readers at all."""
    text = decoded(page.body, page.charset)
    if isinstance(text, Failure):
        return text
    other = pagekind.not_a_page(text)
    if other:
        return Failure(kind=FailureKind.NOT_AN_ARTICLE, detail=other)
    return _html(text, page)


def _html(html: str, page: Page) -> _Reading | FormReading | Failure:
    heavy = burden.too_heavy(html)
    if heavy:
        return Failure(kind=FailureKind.TOO_LARGE, detail=heavy)
    html = clean(html)
    tree = parsed(html)
    declared = structured.declared(tree, url=page.url)
    post = posts.post(tree, html=html, url=page.url)
    if post is not None:
        return post
    canonical = declared.canonical[0].value if declared.canonical else ""
    url = page.url or canonical
    blocks = tuple(TextBlock(text=text) for text in body_reader.body(html))
    body = cleaned(Body(blocks=blocks, origin=body_reader.VERSION))
    published, _ = dates.first_moment(declared.published, captured_at=page.captured_at)
    latest = page.captured_at.date().isoformat() if page.captured_at else ""
    day = "" if published else day_reader.day(html, url=url, latest=latest)
    texts = tuple(block.text for block in body.blocks)
    reading = _Reading(
        url=url,
        declared=declared,
        body=body,
        day=day,
        kind=pagekind.kind_of(tree, declared=declared, paragraphs=texts, url=url),
        paywalled=walls.paywalled(tree, html=html, declared=declared, paragraphs=texts),
        truncated=walls.truncated(declared=declared, paragraphs=texts),
    )
    return _refused(reading, page, tree) or reading


def _refused(reading: _Reading, page: Page, tree: Tree) -> Failure | None:
    """Why there is no article on the page, if there is none."""
    address = reading.url if page.url.startswith(("http:", "https:")) or not page.url else _canonical(reading.declared)
    if page.status is not None and page.status >= 400:
        detail = f"The server answered with an error page (status {page.status})."
        return Failure(kind=FailureKind.NOT_AN_ARTICLE, detail=detail)
    why_not = pagekind.not_an_article(
        tree, declared=reading.declared, title=_window_title(reading), paragraphs=reading.paragraphs, url=address
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
        paywalled=reading.paywalled,
        made_by=made_by,
        read_at=read_at,
        kind=reading.kind,
        truncated=reading.truncated,
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
