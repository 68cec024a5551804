"""Decides how what was found in an article's text becomes JSON columns, and nouns again."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from chronik.model import (
    Alternate,
    Block,
    BlockKind,
    DateMention,
    Link,
    Mention,
    NameKind,
    Picture,
    Span,
    Statement,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from chronik.model import Article


def form_fields(article: Article) -> dict[str, Any]:
    """The text's form and the page's other addresses, as JSON holds them; what is empty is left out."""
    form = {
        "blocks": [[str(block.kind), block.level] for block in article.blocks],
        "links": [[link.start, link.end, link.url] for link in article.links],
        "pictures": [asdict(picture) for picture in article.pictures],
        "alternates": [asdict(alternate) for alternate in article.alternates],
        "amp_url": article.amp_url,
    }
    return {name: value for name, value in form.items() if value}


def formed(stored: Mapping[str, Any]) -> dict[str, Any]:
    """The fields of an article that `form_fields` stored."""
    return {
        "blocks": tuple(Block(kind=BlockKind(kind), level=level) for kind, level in stored.get("blocks", ())),
        "links": tuple(Link(start=start, end=end, url=url) for start, end, url in stored.get("links", ())),
        "pictures": tuple(Picture(**picture) for picture in stored.get("pictures", ())),
        "alternates": tuple(Alternate(**alternate) for alternate in stored.get("alternates", ())),
        "amp_url": stored.get("amp_url", ""),
    }


def annotation_fields(article: Article) -> dict[str, Any]:
    """Names, statements and dates of a text, as JSON holds them; what is empty is left out."""
    annotations = {
        "mentions": [[mention.start, mention.end, str(mention.kind)] for mention in article.mentions],
        "statements": [
            [said.start, said.end, said.quoted, _place(said.speaker), _place(said.cue)] for said in article.statements
        ],
        "dates": [[date.start, date.end, date.date, date.relative] for date in article.dates],
    }
    return {name: value for name, value in annotations.items() if value}


def annotated(stored: Mapping[str, Any]) -> dict[str, Any]:
    """The fields of an article that `annotation_fields` stored."""
    return {
        "mentions": tuple(
            Mention(start=start, end=end, kind=NameKind(kind)) for start, end, kind in stored.get("mentions", ())
        ),
        "statements": tuple(_statements(stored.get("statements", ()))),
        "dates": tuple(
            DateMention(start=start, end=end, date=date, relative=relative)
            for start, end, date, relative in stored.get("dates", ())
        ),
    }


def _statements(stored: Iterable[Any]) -> Iterable[Statement]:
    for start, end, quoted, speaker, cue in stored:
        yield Statement(start=start, end=end, quoted=quoted, speaker=_span(speaker), cue=_span(cue))


def _place(span: Span | None) -> list[int] | None:
    return [span.start, span.end] if span else None


def _span(stored: Any) -> Span | None:
    return Span(start=stored[0], end=stored[1]) if stored else None
