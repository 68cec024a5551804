"""What a captured page says as an article (decides): several readers propose, one decider picks field by field."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from chronik.extract import burden, emptiness, pagekind, publication, structured, unscripted, walls
from chronik.extract.assembly import cleaned
from chronik.extract.candidates import Candidate
from chronik.extract.decider import Reading, better, decided
from chronik.extract.encoding import clean_line, readable
from chronik.extract.forms import posts
from chronik.extract.forms.finish import finished
from chronik.extract.forms.reading import FormReading
from chronik.extract.forms.recognise import recognised
from chronik.extract.language import language
from chronik.extract.publishers import reading as publishers
from chronik.extract.readers.cascade import best_body
from chronik.extract.tree import parsed
from chronik.model import Article, ArticleKind, Failure, FailureKind, Page

if TYPE_CHECKING:
    from datetime import datetime

    from chronik.extract.candidates import Body, Declared
    from chronik.extract.publishers.reading import Proposal
    from chronik.extract.publishers.shelf import Shelf
    from chronik.extract.tree import Tree


def article(
    page: Page,
    *,
    capture_id: str = "",
    given_id: str = "",
    read_at: datetime | None = None,
    rules_from: Shelf | None = None,
) -> Article | Failure:
    """The article on a page, or why there is none. The same page gives the same article, whatever the machine.

    The rules of newspapers are those that come with Chronik, unless another shelf of them is given.
    """
    try:
        found = recognised(page)
        page = found if isinstance(found, Page) else page
        reading = _reading(page, rules_from) if isinstance(found, Page) else found
        if isinstance(reading, Failure):
            return reading
        if isinstance(reading, FormReading):
            return finished(reading, url=page.url, capture_id=capture_id, given_id=given_id, read_at=read_at)
        return decided(reading, capture_id=capture_id, given_id=given_id, read_at=read_at)
    except MemoryError:
        raise
    except Exception as error:  # noqa: BLE001 - hostile bytes may break any parser in any way; that is the page's failure
        detail = f"The page breaks its reader: {type(error).__name__}: {error}"[:300]
        return Failure(kind=FailureKind.UNREADABLE, detail=detail)


def warm_up() -> None:
    """Load what every page needs, so that the first page is read as fast as the others."""
    language("Nothing but a text of some length that makes the models load.")


def _reading(page: Page, rules_from: Shelf | None) -> Reading | FormReading | Failure:
    """What the readers say, where the page is one for readers at all."""
    found = readable(page.body, page.charset)
    if isinstance(found, Failure):
        return found
    html, octets = found
    other = pagekind.not_a_page(html)
    if other:
        return Failure(kind=FailureKind.NOT_AN_ARTICLE, detail=other)
    heavy = burden.too_heavy(octets)
    if heavy:
        return Failure(kind=FailureKind.TOO_LARGE, detail=heavy)
    tree = parsed(octets)
    declared = structured.declared(tree, url=page.url)
    return posts.post(tree, html=html, url=page.url) or _of_page(
        html, page, tree=tree, declared=declared, rules_from=rules_from
    )


def _of_page(html: str, page: Page, *, tree: Tree, declared: Declared, rules_from: Shelf | None) -> Reading | Failure:
    url = page.url or (declared.canonical[0].value if declared.canonical else "")
    proposal = publishers.reading(tree, url=url, declared=declared, captured_at=page.captured_at, rules_from=rules_from)
    body = _body(html, tree, url=url, declared=declared, proposal=proposal)
    body, declared = unscripted.completed(tree, body, declared=declared, url=url)
    texts = tuple(block.text for block in body.blocks)
    why_not = _why_not(tree, page, declared=declared, paragraphs=texts)
    if why_not is not None:
        return why_not
    known = proposal is not None and bool(proposal.published)
    reading = Reading(
        url=url,
        declared=declared,
        body=body,
        proposal=proposal,
        published=None if known else _published(html, tree, page, url=url, declared=declared),
        modified=publication.modified(declared, captured_at=page.captured_at),
        kind=pagekind.kind_of(tree, declared=declared, paragraphs=texts, url=url),
        paywalled=walls.paywalled(tree, html=html, declared=declared, paragraphs=texts),
        truncated=walls.truncated(declared=declared, paragraphs=texts),
    )
    return _by_rules(reading, proposal)


def _body(html: str, tree: Tree, *, url: str, declared: Declared, proposal: Proposal | None) -> Body:
    """The text; the general readers are asked where no rules found it, or too little of it."""
    proposed = cleaned(proposal.body) if proposal and proposal.body else None
    if proposed is not None and proposed.trusted:
        return proposed
    return better(proposed, cleaned(best_body(tree, html, url=url, declared=declared)))


def _by_rules(reading: Reading, proposal: Proposal | None) -> Reading:
    """What the newspaper's rules say of the page's form goes before what is true of pages in general."""
    if proposal is None:
        return reading
    return replace(
        reading,
        kind=ArticleKind.LIVE_BLOG if proposal.live_blog else reading.kind,
        paywalled=reading.paywalled if proposal.paywalled is None else proposal.paywalled,
    )


def _published(html: str, tree: Tree, page: Page, *, url: str, declared: Declared) -> Candidate | None:
    told, origin = publication.published(declared, tree, html=html, url=url, captured_at=page.captured_at)
    return Candidate(value=told, origin=origin) if told else None


def _why_not(tree: Tree, page: Page, *, declared: Declared, paragraphs: tuple[str, ...]) -> Failure | None:
    """Why there is no article on the page, if there is none."""
    if page.status is not None and page.status >= 400:
        detail = f"The server answered with an error page (status {page.status})."
        return Failure(kind=FailureKind.NOT_AN_ARTICLE, detail=detail)
    canonical = declared.canonical[0].value if declared.canonical else ""
    address = page.url if page.url.startswith(("http:", "https:")) else canonical
    title = next((candidate.value for candidate in declared.titles if candidate.origin == "title"), "")
    why_not = pagekind.not_an_article(tree, declared=declared, title=title, paragraphs=paragraphs, url=address)
    if why_not:
        return Failure(kind=FailureKind.NOT_AN_ARTICLE, detail=clean_line(why_not))
    if not paragraphs:
        return Failure(kind=FailureKind.NO_TEXT, detail=clean_line(emptiness.why(tree, url=page.url)))
    return None
