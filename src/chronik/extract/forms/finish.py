"""The article that a form's reading makes (decides)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from chronik import __version__
from chronik.extract.assembly import assembled, cleaned
from chronik.extract.candidates import Body
from chronik.extract.encoding import clean_line
from chronik.extract.forms.reading import BLOCKS_MAX, addressed
from chronik.extract.language import language
from chronik.model import Article, Failure, FailureKind, article_id

if TYPE_CHECKING:
    from datetime import datetime

    from chronik.extract.forms.reading import FormReading

TEXT_CHARACTERS_MAX = 8 * 2**20
"""Of all paragraphs together: the longest book that a person ever wrote has as many."""


def finished(
    reading: FormReading, *, url: str, capture_id: str = "", given_id: str = "", read_at: datetime | None = None
) -> Article | Failure:
    """The article, or why there is none; `url` is where the form was found, which goes before what it says itself."""
    size = sum(len(block.text) for block in reading.blocks)
    if len(reading.blocks) > BLOCKS_MAX or size > TEXT_CHARACTERS_MAX:
        detail = f"The text has {len(reading.blocks):,} paragraphs and {size:,} characters; that is no article."
        return Failure(kind=FailureKind.TOO_LARGE, detail=detail)
    body = cleaned(Body(blocks=reading.blocks, pictures=reading.pictures, origin=reading.origin))
    form = assembled(body, kept=[block.text for block in body.blocks])
    if not any(map(str.isalpha, form.text)):
        return Failure(kind=FailureKind.NO_TEXT, detail="The file holds no words.")
    made_by = _made_by(reading)
    return Article(
        id=article_id(capture_id=capture_id, made_by=made_by, given_id=given_id),
        capture_id=capture_id,
        url=addressed(url, reading.url),
        canonical_url=reading.url,
        title=clean_line(reading.title),
        authors=tuple(name for name in map(clean_line, reading.authors) if name),
        published=reading.published,
        modified=reading.modified,
        language=language(form.text, declared=reading.language),
        source=clean_line(reading.source),
        text=form.text,
        made_by=made_by,
        read_at=read_at,
        kind=reading.kind,
        truncated=clean_line(reading.truncated),
        blocks=form.blocks,
        links=form.links,
        pictures=form.pictures,
    )


def _made_by(reading: FormReading) -> str:
    given = (
        ("text", True),
        ("title", reading.title),
        ("authors", reading.authors),
        ("published", reading.published),
    )
    fields = (f"{field} from {reading.origin}" for field, value in given if value)
    return f"chronik {__version__}: {', '.join(fields)}"
