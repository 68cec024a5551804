"""Full-text search over articles and clips in a folder: wraps tantivy.

Acts. Words are folded and cut by `words` before tantivy sees them: its own tokenizers know neither Turkish nor Greek
nor scripts without blanks. One process writes at a time; readers never wait.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import uuid
from functools import partial
from typing import TYPE_CHECKING

import tantivy

from chronik.errors import ChronikError, IndexBusyError
from chronik.ports import Results
from chronik.search.fields import fields, primary_language
from chronik.search.finding import Finder
from chronik.search.query import understood
from chronik.search.spelled import spelled
from chronik.search.stems import stemmer
from chronik.search.words import encodable

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator
    from pathlib import Path

    from chronik.ports import Document
    from chronik.search.spelled import Spellings

LAYOUT = "2"
"""Changes whenever documents are indexed in another way: then an older index is thrown away and built anew."""
HITS_MAX = 500
"""Hits in one page of results."""
OFFSET_MAX = 100_000
WRITER_MEMORY_BYTES = 48 * 2**20

FEW = 20
"""Where fewer documents have every word of a query, those that have some of them are shown as well."""

_META = "meta.json"
"""Tantivy's list of what belongs to the index."""
_COMMITTED = "committed"
"""File that says: this index has been filled since it was made."""


def _schema() -> tantivy.Schema:
    builder = tantivy.SchemaBuilder()
    for name in ("id", "kind", "language", "dossier", "is"):
        builder.add_text_field(name, stored=True, tokenizer_name="raw", index_option="basic")
    for name in ("title", "text", "credit", "author"):
        builder.add_text_field(name, tokenizer_name="blank", index_option="position")
    for name in ("title_stems", "text_stems"):
        builder.add_text_field(name, tokenizer_name="blank", index_option="freq")
    builder.add_unsigned_field("order", indexed=True, fast=True)
    builder.add_bytes_field("shown", stored=True)
    return builder.build()


class TantivyIndex:
    """The index in one folder. A cache of the catalogue: it can be deleted and rebuilt."""

    def __init__(self, folder: Path, *, spellings: Spellings | None = None) -> None:
        """Open the index or, where there is none that can be used, start an empty one.

        `spellings` gives every spelling of a name, the one asked for first: each of them is looked for.
        """
        self._spellings = spellings
        self._folder = folder / f"layout-{LAYOUT}"
        self._schema = _schema()
        self._index = self._opened_or_started()
        for other in (*folder.glob("layout-*"), *folder.glob("broken-*")):
            if other != self._folder:
                shutil.rmtree(other, ignore_errors=True)

    @property
    def needs_rebuild(self) -> bool:
        """Whether the index started empty and has not been filled since: every document is to be added again."""
        return not (self._folder / _COMMITTED).exists()

    def _present(self) -> tantivy.Index:
        """The open index; a new one where somebody has deleted the folder meanwhile."""
        if not (self._folder / _META).exists():
            self._index = self._opened_or_started()
        return self._index

    def _opened_or_started(self) -> tantivy.Index:
        try:
            self._folder.parent.mkdir(parents=True, exist_ok=True)
            return self._opened() or self._started()
        except OSError as error:
            where = self._folder.parent
            raise ChronikError(f"{where}: the search index cannot be opened: {error.strerror or error}") from error

    def _opened(self) -> tantivy.Index | None:
        """The index that is there, if it can be read."""
        if not (self._folder / _META).exists():
            return None
        try:
            index = tantivy.Index(self._schema, str(self._folder))
            index.config_reader("manual")
            index.reload()
        except (ValueError, OSError):
            return None
        return self._registered(index)

    def _started(self) -> tantivy.Index:
        """An empty index. Made aside and moved into its place, so that two who start at once get one index."""
        aside = self._folder.with_name(f"new-{uuid.uuid4().hex}")
        aside.mkdir()
        tantivy.Index(self._schema, str(aside))
        if self._folder.exists() and self._opened() is None:
            broken = self._folder.with_name(f"broken-{uuid.uuid4().hex}")
            self._folder.rename(broken)
            shutil.rmtree(broken, ignore_errors=True)
        with contextlib.suppress(OSError):
            aside.rename(self._folder)
        shutil.rmtree(aside, ignore_errors=True)
        index = tantivy.Index(self._schema, str(self._folder))
        index.config_reader("manual")
        return self._registered(index)

    @staticmethod
    def _registered(index: tantivy.Index) -> tantivy.Index:
        blank = tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.whitespace()).build()
        index.register_tokenizer("blank", blank)
        return index

    def add(self, documents: Iterable[Document]) -> None:
        """Add or replace by id; found by every reader once it returns. Raises IndexBusyError."""
        with self._writer() as writer:
            for document in documents:
                writer.delete_documents_by_term("id", encodable(document.id))
                kept = fields(document, stemmer(primary_language(document)))
                writer.add_document(tantivy.Document.from_dict(kept, self._schema))
        self._mark_as_filled()

    def clear(self) -> None:
        """Take every document out, and the files that held them: it starts empty. Raises OSError, IndexBusyError."""
        with self._writer() as writer:  # nobody else writes while the folder goes
            writer.delete_all_documents()
        if self._folder.exists():
            aside = self._folder.with_name(f"broken-{uuid.uuid4().hex}")
            self._folder.rename(aside)
            shutil.rmtree(aside)
        self._index = self._opened_or_started()

    def remove(self, ids: Iterable[str]) -> None:
        """Take documents out. Unknown ids are no error. Raises IndexBusyError."""
        with self._writer() as writer:
            for id_ in ids:
                writer.delete_documents_by_term("id", encodable(id_))

    @contextlib.contextmanager
    def _writer(self) -> Iterator[tantivy.IndexWriter]:
        """Holds the lock of the folder; commits at the end unless something went wrong."""
        try:
            writer = self._present().writer(WRITER_MEMORY_BYTES, 1)
            try:
                yield writer
                writer.commit()
                writer.garbage_collect_files()
            finally:
                writer.wait_merging_threads()
        except ValueError as error:
            if "LockBusy" in str(error):
                raise IndexBusyError(
                    "Another process is writing the search index. Nothing is lost: the work stays due."
                ) from error
            raise ChronikError(f"{self._folder}: the search index cannot be written: {error}") from error

    def _mark_as_filled(self) -> None:
        if self.needs_rebuild:
            with (self._folder / _COMMITTED).open("wb") as file:
                os.fsync(file.fileno())

    def count(self) -> int:
        """Documents held."""
        with self._searcher() as searcher:
            return int(searcher.num_docs)

    @contextlib.contextmanager
    def _searcher(self) -> Iterator[tantivy.Searcher]:
        """The newest state. A damage of the files is found when they are read."""
        index = self._present()
        try:
            index.reload()
            yield index.searcher()
        except BaseException as error:
            if not _is_damage(error):
                raise
            raise ChronikError(
                f"{self._folder}: the search index is damaged. Delete this folder; "
                f"the next `chronik collect` builds it anew from the catalogue."
            ) from error

    def search(  # noqa: PLR0913 - each named by the caller
        self,
        query: str,
        *,
        limit: int = 20,
        offset: int = 0,
        newest_first: bool = False,
        snippets: bool = True,
        among: Collection[str] | None = None,
        most: bool = False,
    ) -> Results:
        """Any string gives results or an empty page, never an error. Without snippets hundreds of hits cost little.

        `most` looks for documents that have some of the words, too, where few have every one; `Results.every` says so.
        """
        asked = understood(query)
        asked = spelled(asked, self._spellings) if self._spellings else asked
        if not asked.clauses:
            return Results(total=0, hits=(), notice=asked.notice)
        with self._searcher() as searcher:
            finder = Finder(self._schema, searcher)
            found_by = partial(
                searcher.search,
                limit=min(max(limit, 1), HITS_MAX),
                offset=min(max(offset, 0), OFFSET_MAX),
                order_by_field="order" if newest_first else None,
            )
            found = found_by(finder.query(asked.clauses, among=among))
            every = None
            if most and _count(found) < FEW:
                wider = Finder(self._schema, searcher)  # what it marks is not what the first one marked
                if (more := wider.most(asked.clauses, among=among)) is not None:
                    finder, every, found = wider, _count(found), found_by(more)
            hits = tuple(
                finder.hit(searcher.doc(address), score=0.0 if newest_first else float(score), snippets=snippets)
                for score, address in found.hits[: max(limit, 0)]
            )
        notice = " ".join((*asked.notices, *finder.notices))
        return Results(total=_count(found), hits=hits, notice=notice, every=every)


def _count(found: tantivy.SearchResult) -> int:
    """Documents found, those on other pages too."""
    count: int = found.count  # type: ignore[attr-defined]  # missing in tantivy's own stubs
    return count


def _is_damage(error: BaseException) -> bool:
    """Tantivy's two ways to say that it cannot read its files; the second is of a type that cannot be imported."""
    return isinstance(error, ValueError) or type(error).__name__ == "PanicException"
