"""The choice among what the readers of one page propose, field by field (decides)."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from chronik import __version__
from chronik.extract import bylines, framing, titles
from chronik.extract.assembly import assembled
from chronik.extract.candidates import Body, Candidate, Declared
from chronik.extract.encoding import clean_line
from chronik.extract.language import language
from chronik.model import Article, ArticleKind, article_id

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime

    from chronik.extract.candidates import Names
    from chronik.extract.publishers.reading import Proposal

SHORTER_MAX = 2
"""A newspaper's rule that found less than this part of what the general reader found has lost the text."""

_WITHIN = frozenset({"heading", "piece", "trail"})
"""Origins of titles that may as well be headings within the text."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What the readers made of one page."""

    url: str
    declared: Declared = field(default_factory=Declared)
    body: Body
    proposal: Proposal | None = None
    """What the newspaper's own rules say."""
    published: Candidate | None = None
    """When the general readers hold the page to be published."""
    modified: str = ""
    kind: ArticleKind = ArticleKind.ARTICLE
    paywalled: bool | None = None
    truncated: str = ""

    @property
    def paragraphs(self) -> tuple[str, ...]:
        """The body's texts."""
        return tuple(block.text for block in self.body.blocks)

    @property
    def canonical(self) -> str:
        """The address that the page gives as its own, or empty."""
        return self.declared.canonical[0].value if self.declared.canonical else ""


def better(proposed: Body | None, found: Body) -> Body:
    """The text that a newspaper's rules found, unless they lost most of it."""
    if proposed is None or _characters(proposed) * SHORTER_MAX < _characters(found):
        return found
    return proposed


def decided(reading: Reading, *, capture_id: str, given_id: str, read_at: datetime | None) -> Article:
    """The article: of each field the first candidate that holds."""
    declared = reading.declared
    sources = tuple(name for name in (titles.site_name(clean_line(c.value)) for c in declared.sources) if name)
    title, title_from = _title(reading, sources)
    authors, authors_from = _authors(reading, sources)
    published, published_from = _published(reading)
    headlines = {title, *(candidate.value for candidate in declared.titles if candidate.origin not in _WITHIN)}
    kept = framing.unframed(reading.paragraphs, titles=headlines, authors=authors)
    form = assembled(reading.body, kept=kept)
    made_by = _made_by(text=reading.body.origin, title=title_from, authors=authors_from, published=published_from)
    declared_language = next((candidate.value for candidate in declared.languages), "")
    return Article(
        id=article_id(capture_id=capture_id, made_by=made_by, given_id=given_id),
        capture_id=capture_id,
        url=reading.url,
        canonical_url=clean_line(reading.canonical),
        title=clean_line(title),
        authors=tuple(map(clean_line, authors)),
        published=published,
        modified=(reading.proposal.modified if reading.proposal else "") or reading.modified,
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


def _characters(body: Body) -> int:
    return sum(len(block.text) for block in body.blocks)


def _title(reading: Reading, sources: Sequence[str]) -> tuple[str, str]:
    if reading.proposal and reading.proposal.title:
        return reading.proposal.title, reading.proposal.origin
    return titles.title(reading.declared.titles, sources=sources, url=reading.canonical or reading.url)


def _authors(reading: Reading, sources: Sequence[str]) -> tuple[tuple[str, ...], str]:
    if reading.proposal and reading.proposal.authors is not None:
        return reading.proposal.authors, reading.proposal.origin
    return _named(reading.declared.authors, sources)


def _published(reading: Reading) -> tuple[str, str]:
    if reading.proposal and reading.proposal.published:
        return reading.proposal.published, reading.proposal.origin
    return (reading.published.value, reading.published.origin) if reading.published else ("", "")


def _named(groups: Iterable[Names], sources: Sequence[str]) -> tuple[tuple[str, ...], str]:
    """The first bylines that name somebody else than the site, else the first that name anybody, and their origin."""
    site = {name.casefold() for name in sources}
    found = [(bylines.names(group.values), group.origin) for group in groups]
    named = [(names, origin) for names, origin in found if names]
    persons = [(names, origin) for names, origin in named if any(name.casefold() not in site for name in names)]
    return next(iter(persons or named), ((), ""))


def _made_by(**origins: str) -> str:
    """Reader, and where each field comes from: the same for the same code and page."""
    fields = (f"{name} from {origin}" for name, origin in origins.items() if origin)
    return f"chronik {__version__}: {', '.join(fields)}"
