"""The one thing that a reading process does: a piece of work in, an article or a failure out (decides)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from chronik.extract.annotations import annotated
from chronik.extract.article import article
from chronik.extract.feed_entry import entry_article
from chronik.extract.work import EntryText
from chronik.model import Article, Failure

if TYPE_CHECKING:
    from chronik.extract.publishers.shelf import Shelf
    from chronik.extract.work import Work


def answer(key: str, work: Work, *, rules_from: Shelf) -> Article | Failure:
    """A page read and annotated, an entry read, an article annotated. The key of a page is the id of its capture."""
    if isinstance(work, EntryText):
        return entry_article(work)
    read = work if isinstance(work, Article) else article(work, capture_id=key, rules_from=rules_from)
    return annotated(read) if isinstance(read, Article) else read
