"""Decides the JSON shape of an article that `read --json` prints."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from chronik.extract.script import direction, script

if TYPE_CHECKING:
    from chronik.model import Article, Span


def fields(article: Article) -> dict[str, Any]:
    """Every field of an article; places are offsets in characters of `text`, the end exclusive."""
    return {
        "url": article.url,
        "canonical_url": article.canonical_url,
        "amp_url": article.amp_url or None,
        "alternates": [{"language": other.language, "url": other.url} for other in article.alternates],
        "kind": str(article.kind),
        "title": article.title,
        "authors": list(article.authors),
        "published": _instant(article.published),
        "modified": _instant(article.modified),
        "language": article.language,
        "script": script(article.text),
        "direction": direction(article.text),
        "source": article.source,
        "text": article.text,
        "paragraphs": list(article.paragraphs),
        **_form(article),
        **_annotations(article),
        "paywalled": article.paywalled,
        "truncated": article.truncated or None,
        "made_by": article.made_by,
    }


def _instant(stated: str) -> str | None:
    """ISO 8601 with offset, or None. A page that states a day only is given that day's first moment in UTC."""
    if not stated:
        return None
    return stated if "T" in stated else f"{stated}T00:00:00+00:00"


def _form(article: Article) -> dict[str, Any]:
    return {
        "blocks": [{"kind": str(block.kind), "level": block.level} for block in article.blocks],
        "links": [{"start": link.start, "end": link.end, "url": link.url} for link in article.links],
        "pictures": [
            {"url": picture.url, "caption": picture.caption, "credit": picture.credit, "before": picture.before}
            for picture in article.pictures
        ],
    }


def _annotations(article: Article) -> dict[str, Any]:
    text = article.text
    return {
        "names": [
            {"start": name.start, "end": name.end, "kind": str(name.kind), "text": text[name.start : name.end]}
            for name in article.mentions
        ],
        "statements": [
            {
                "start": said.start,
                "end": said.end,
                "text": text[said.start : said.end],
                "quoted": said.quoted,
                "speaker": _span(text, said.speaker),
                "cue": _span(text, said.cue),
            }
            for said in article.statements
        ],
        "dates": [
            {
                "start": date.start,
                "end": date.end,
                "text": text[date.start : date.end],
                "date": date.date,
                "relative": date.relative,
            }
            for date in article.dates
        ],
    }


def _span(text: str, span: Span | None) -> dict[str, Any] | None:
    return {"start": span.start, "end": span.end, "text": text[span.start : span.end]} if span else None
