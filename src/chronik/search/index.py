"""Full-text search over articles and clips in a folder: wraps tantivy.

Acts. Words are folded and cut by `words` before tantivy sees them: its own tokenizers know neither Turkish nor Greek
nor scripts without blanks. One process writes at a time; readers never wait.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import uuid
from functools import lru_cache, partial
from typing import TYPE_CHECKING, Any

import tantivy

from chronik.errors import ChronikError, IndexBusyError
from chronik.ports import Hit, Results, bounds
from chronik.search.fields import LAST_DAY, TIE_BITS, day_number, fields, primary_language
from chronik.search.query import FILTERS, Clause, Scope, Term, understood
from chronik.search.snippet import Wanted, snippet
from chronik.search.spelled import spelled
from chronik.search.words import encodable, folded, is_run_character, lowered

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
    from pathlib import Path

    from chronik.ports import Document
    from chronik.search.spelled import Spellings

LAYOUT = "2"
"""Changes whenever documents are indexed in another way: then an older index is thrown away and built anew."""
HITS_MAX = 500
"""Hits in one page of results."""
OFFSET_MAX = 100_000
BEGINNING_WORDS_MAX = 500
"""Words that one beginning (`karab*`) stands for, the most frequent first."""
LANGUAGES_MAX = 64
"""Languages of an index whose stemmers are tried on a query."""
WRITER_MEMORY_BYTES = 48 * 2**20

TITLE_BOOST = 3.0
CREDIT_BOOST = 0.4
STEM_BOOST = 0.6

_STEMMERS = {
    "ar": "arabic", "da": "danish", "nl": "dutch", "en": "english", "fi": "finnish", "fr": "french", "de": "german",
    "el": "greek", "hu": "hungarian", "it": "italian", "no": "norwegian", "nb": "norwegian", "nn": "norwegian",
    "pt": "portuguese", "ro": "romanian", "ru": "russian", "es": "spanish", "sv": "swedish", "ta": "tamil",
    "tr": "turkish",
}  # fmt: skip
_META = "meta.json"
"""Tantivy's list of what belongs to the index."""
_COMMITTED = "committed"
"""File that says: this index has been filled since it was made."""
_WORD_FIELDS = {
    Scope.ANYWHERE: {"title": TITLE_BOOST, "text": 1.0, "credit": CREDIT_BOOST, "author": CREDIT_BOOST},
    Scope.TITLE: {"title": TITLE_BOOST},
    Scope.SOURCE: {"credit": 1.0},
    Scope.AUTHOR: {"author": 1.0},
}
_STEM_FIELDS = {
    Scope.ANYWHERE: {"title_stems": TITLE_BOOST * STEM_BOOST, "text_stems": STEM_BOOST},
    Scope.TITLE: {"title_stems": TITLE_BOOST * STEM_BOOST},
}


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
    ) -> Results:
        """Any string gives results or an empty page, never an error. Without snippets hundreds of hits cost little."""
        asked = understood(query)
        asked = spelled(asked, self._spellings) if self._spellings else asked
        if not asked.clauses:
            return Results(total=0, hits=(), notice=asked.notice)
        with self._searcher() as searcher:
            finder = _Finder(self._schema, searcher)
            found = searcher.search(
                finder.query(asked.clauses, among=among),
                limit=min(max(limit, 1), HITS_MAX),
                offset=min(max(offset, 0), OFFSET_MAX),
                order_by_field="order" if newest_first else None,
            )
            hits = tuple(
                finder.hit(searcher.doc(address), score=0.0 if newest_first else float(score), snippets=snippets)
                for score, address in found.hits[: max(limit, 0)]
            )
        total: int = found.count  # type: ignore[attr-defined]  # missing in tantivy's own stubs
        return Results(total=total, hits=hits, notice=" ".join((*asked.notices, *finder.notices)))


def _is_damage(error: BaseException) -> bool:
    """Tantivy's two ways to say that it cannot read its files; the second is of a type that cannot be imported."""
    return isinstance(error, ValueError) or type(error).__name__ == "PanicException"


class _Finder:
    """Turns one understood query into tantivy's terms, and documents found into hits."""

    def __init__(self, schema: tantivy.Schema, searcher: tantivy.Searcher) -> None:
        self._schema = schema
        self._searcher = searcher
        self.notices: list[str] = []
        present = searcher.terms_with_prefix("language", "", limit=LANGUAGES_MAX)
        self._languages = [language for language, _ in present if language in _STEMMERS]
        self._phrases: set[tuple[str, ...]] = set()
        self._beginnings: set[str] = set()
        self._stems: set[str] = set()

    def query(self, clauses: Sequence[Clause], *, among: Collection[str] | None = None) -> tantivy.Query:
        """All clauses at once."""
        parts = [
            (
                tantivy.Occur.MustNot if clause.excluded else tantivy.Occur.Must,
                _any_of([self._term(term, shown=not clause.excluded) for term in clause.alternatives]),
            )
            for clause in clauses
        ]
        if all(clause.excluded for clause in clauses):
            parts.append((tantivy.Occur.Must, tantivy.Query.all_query()))
        hidden = bounds.present().hidden
        parts += [(tantivy.Occur.MustNot, self._filter(Scope.DOSSIER, slug.casefold())) for slug in hidden]
        if among is not None:
            ids = [encodable(one) for one in among]
            parts.append((tantivy.Occur.Must, tantivy.Query.term_set_query(self._schema, "id", ids)))
        return tantivy.Query.boolean_query(parts)

    def _term(self, term: Term, *, shown: bool) -> tantivy.Query:
        if term.scope in FILTERS:
            return self._filter(term.scope, term.words[0])
        single = len(term.words) == 1
        is_beginning = term.prefix or (single and is_run_character(term.words[0]))
        if shown and term.scope is Scope.ANYWHERE:
            self._show(term, is_beginning=is_beginning)
        if single and is_beginning:
            return _any_of([self._beginning(field, term, boost) for field, boost in _WORD_FIELDS[term.scope].items()])
        parts = [self._words(field, term, boost) for field, boost in _WORD_FIELDS[term.scope].items()]
        if single:
            parts += self._stemmed(term, shown=shown)
        return _any_of(parts)

    def _show(self, term: Term, *, is_beginning: bool) -> None:
        if is_beginning and len(term.words) == 1:
            self._beginnings.add(term.words[0])
        else:
            self._phrases.add(term.words)
        if term.joined:
            self._phrases.add((term.joined,))

    def _filter(self, scope: Scope, value: str) -> tantivy.Query:
        match scope:
            case Scope.FROM:
                return self._days(first=day_number(value), last=LAST_DAY)
            case Scope.TO:
                return self._days(first=1, last=day_number(value))
            case Scope.LANGUAGE:
                return tantivy.Query.term_query(self._schema, "language", value)
            case _:
                return tantivy.Query.term_query(self._schema, str(scope), value)

    def _days(self, *, first: int, last: int) -> tantivy.Query:
        low, high = first << TIE_BITS, (last + 1 << TIE_BITS) - 1
        return tantivy.Query.range_query(self._schema, "order", tantivy.FieldType.Unsigned, low, high)

    def _words(self, field: str, term: Term, boost: float) -> tantivy.Query:
        if len(term.words) == 1:
            query = tantivy.Query.term_query(self._schema, field, term.words[0])
        elif term.prefix:
            query = tantivy.Query.phrase_prefix_query(self._schema, field, list(term.words))
        else:
            query = tantivy.Query.phrase_query(self._schema, field, list(term.words))
        if term.joined:
            query = _any_of([query, tantivy.Query.term_query(self._schema, field, term.joined)])
        return tantivy.Query.boost_query(query, boost)

    def _beginning(self, field: str, term: Term, boost: float) -> tantivy.Query:
        found = self._searcher.terms_with_prefix(field, term.words[0], limit=BEGINNING_WORDS_MAX)
        if len(found) == BEGINNING_WORDS_MAX:
            typed = f"{term.raw}*" if term.prefix else term.raw
            notice = f"“{typed}” stands for very many words; only the {BEGINNING_WORDS_MAX} most frequent count."
            self.notices += [notice] if notice not in self.notices else []
        terms = [word for word, _ in found]
        return tantivy.Query.boost_query(tantivy.Query.term_set_query(self._schema, field, terms), boost)

    def _stemmed(self, term: Term, *, shown: bool) -> list[tantivy.Query]:
        # The word itself too: Russian takes the -ах of «Карабах» for an ending, but not in «Карабахе».
        stems = {
            f"{language}:{form}"
            for language in self._languages
            for form in (*stemmed([term.raw], language), term.words[0])
        }
        if shown and term.scope is Scope.ANYWHERE:
            self._stems |= stems
        return [
            tantivy.Query.boost_query(tantivy.Query.term_query(self._schema, field, stem), boost)
            for field, boost in _STEM_FIELDS.get(term.scope, {}).items()
            for stem in sorted(stems)
        ]

    def hit(self, document: tantivy.Document, *, score: float, snippets: bool) -> Hit:
        """A document found, with the part of its text that shows why if that is wanted."""
        if not snippets:
            return Hit(id=str(document.get_first("id")), kind=str(document.get_first("kind")), score=score)
        languages = document.get_all("language")
        language = next((language for language in languages if language in _STEMMERS), "")
        wanted = Wanted(
            phrases=frozenset(self._phrases),
            beginnings=tuple(sorted(self._beginnings)),
            stems=frozenset(stem.partition(":")[2] for stem in self._stems if stem.startswith(f"{language}:")),
            stem=stemmer(language),
        )
        stored: dict[str, Any] = {name: values[0] for name, values in document.to_dict().items()}
        text, marks = snippet(bytes(stored.get("shown", b"")).decode(), wanted)
        return Hit(id=stored["id"], kind=stored["kind"], score=score, snippet=text, marks=marks)


def _any_of(queries: list[tantivy.Query]) -> tantivy.Query:
    if len(queries) == 1:
        return queries[0]
    return tantivy.Query.boolean_query([(tantivy.Occur.Should, query) for query in queries])


@lru_cache(maxsize=len(_STEMMERS))
def _analyzer(language: str) -> tantivy.TextAnalyzer:
    builder = tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.whitespace())
    return builder.filter(tantivy.Filter.stemmer(_STEMMERS[language])).build()


def stemmer(language: str) -> Callable[[Sequence[str]], list[str]] | None:
    """What stems words of a language, one for one; None where there is no stemmer."""
    return partial(stemmed, language=language) if language in _STEMMERS else None


def stemmed(raw: Sequence[str], language: str) -> list[str]:
    """The folded stem of each word in one language that has a stemmer."""
    stems = _analyzer(language).analyze(lowered(" ".join(raw), language))
    assert len(stems) == len(raw), "a stemmer gives one stem a word"
    return [folded(stem) for stem in stems]
