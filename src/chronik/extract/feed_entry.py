"""What a feed says of a page at length, as an article (decides)."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from chronik.extract import bylines
from chronik.extract.fragment import fragment
from chronik.extract.language import language
from chronik.extract.work import ENTRY_READER
from chronik.model import ArticleKind, Failure, FailureKind, article_id, content_id

if TYPE_CHECKING:
    from chronik.extract.work import EntryText
    from chronik.model import Article

DETAIL_CHARACTERS_MAX = 300


def entry_article(entry: EntryText) -> Article | Failure:
    """The entry as an article, nothing in its text annotated yet; a failure where all it gives is a teaser."""
    try:
        return _article(entry)
    except MemoryError:
        raise
    except Exception as error:  # noqa: BLE001 - hostile markup may break any parser in any way; the entry's failure
        detail = f"The entry breaks its reader: {type(error).__name__}: {error}"[:DETAIL_CHARACTERS_MAX]
        return Failure(kind=FailureKind.UNREADABLE, detail=detail)


def _article(entry: EntryText) -> Article | Failure:
    for said in entry.said:
        form = fragment(said.text, url=said.base or entry.head.url, is_markup=said.is_markup)
        if len(form.text) >= said.characters_min:
            words = {"url": entry.head.url, "title": entry.head.title, "text": form.text}
            return replace(
                entry.head,
                # The same words in a later capture of the feed, or in another feed, are the same reading.
                id=article_id(capture_id="", made_by=ENTRY_READER, given_id=content_id(words)),
                kind=ArticleKind.FEED_ENTRY,
                authors=bylines.names(entry.head.authors),
                language=language(form.text, declared=entry.head.language),
                text=form.text,
                blocks=form.blocks,
                links=form.links,
                pictures=form.pictures,
            )
    return Failure(kind=FailureKind.NO_TEXT, detail="The feed gives a teaser only.")
