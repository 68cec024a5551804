"""Decides: turns a query that was understood into tantivy's terms, and documents found into hits. Wraps tantivy."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import tantivy

from chronik.ports import Hit, bounds
from chronik.search.fields import LAST_DAY, TIE_BITS, day_number
from chronik.search.query import FILTERS, Clause, Scope, Term
from chronik.search.snippet import Wanted, snippet
from chronik.search.stems import STEMMERS, stemmed, stemmer
from chronik.search.words import encodable, is_run_character

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

BEGINNING_WORDS_MAX = 500
"""Words that one beginning (`karab*`) stands for, the most frequent first."""
LANGUAGES_MAX = 64
"""Languages of an index whose stemmers are tried on a query."""

TITLE_BOOST = 3.0
CREDIT_BOOST = 0.4
STEM_BOOST = 1.0

WORDS_MIN = 3
"""Of fewer words each must be there."""
MOST = 0.25
"""This part of the words is enough where few documents have all."""
COMMON_SHARE = 0.4
"""A word in more than this part of a language's documents says little: it need not be there."""
COMMON_BOOST = 0.1
HELD_MIN = 20
"""Documents, all or of a language, before words can be common."""

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


class Finder:
    """Turns one understood query into tantivy's terms, and documents found into hits."""

    def __init__(self, schema: tantivy.Schema, searcher: tantivy.Searcher) -> None:
        self._schema = schema
        self._searcher = searcher
        self.notices: list[str] = []
        present = searcher.terms_with_prefix("language", "", limit=LANGUAGES_MAX)
        self._languages = [language for language, _ in present if language in STEMMERS]
        self._phrases: set[tuple[str, ...]] = set()
        self._beginnings: set[str] = set()
        self._stems: set[str] = set()

    def query(self, clauses: Sequence[Clause], *, among: Collection[str] | None = None) -> tantivy.Query:
        """All clauses at once."""
        return self._within([self._part(clause) for clause in clauses], among)

    def most(self, clauses: Sequence[Clause], *, among: Collection[str] | None = None) -> tantivy.Query | None:
        """What has some of the words, best first by what each says; None where the words are too few for that.

        Words that stand in a great part of all documents of a language need not be there: they only count.
        """
        asked = [clause for clause in clauses if _is_of_words(clause)]
        words = [part for clause in asked for part in _parted(clause)]
        telling = [clause for clause in words if not self._is_common(clause)]
        if len(asked) < WORDS_MIN or not telling:
            return None
        needed = max(1, round(len(telling) * MOST))
        found = [(tantivy.Occur.Should, self._any_term(clause)) for clause in telling]
        parts = [self._part(clause) for clause in clauses if clause not in asked]
        parts.append((tantivy.Occur.Must, tantivy.Query.boolean_query(found, minimum_number_should_match=needed)))
        common = [self._any_term(clause, shown=False) for clause in words if clause not in telling]
        parts += [(tantivy.Occur.Should, tantivy.Query.boost_query(query, COMMON_BOOST)) for query in common]
        return self._within(parts, among)

    def _part(self, clause: Clause) -> tuple[tantivy.Occur, tantivy.Query]:
        return tantivy.Occur.MustNot if clause.excluded else tantivy.Occur.Must, self._any_term(clause)

    def _any_term(self, clause: Clause, *, shown: bool = True) -> tantivy.Query:
        return _any_of([self._term(term, shown=shown and not clause.excluded) for term in clause.alternatives])

    def _is_common(self, clause: Clause) -> bool:
        """Whether a word is one of those that hold a language together, by what the index itself holds."""
        if len(clause.alternatives) > 1 or len(clause.alternatives[0].words) > 1:
            return False
        term = clause.alternatives[0]
        if _is_much(self._searcher.doc_freq("text", term.words[0]), self._searcher.num_docs):
            return True
        for language in self._languages:
            held = self._searcher.doc_freq("language", language)
            stem = stemmed([term.raw], language)[0]
            if _is_much(self._searcher.doc_freq("text_stems", f"{language}:{stem}"), held):
                return True
        return False

    def _within(self, parts: list[tuple[tantivy.Occur, tantivy.Query]], among: Collection[str] | None) -> tantivy.Query:
        """Nothing of dossiers that the work at hand may not see, and of these documents only."""
        if all(occur is not tantivy.Occur.Must for occur, _ in parts):
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
        language = next((language for language in languages if language in STEMMERS), "")
        wanted = Wanted(
            phrases=frozenset(self._phrases),
            beginnings=tuple(sorted(self._beginnings)),
            stems=frozenset(stem.partition(":")[2] for stem in self._stems if stem.startswith(f"{language}:")),
            stem=stemmer(language),
        )
        stored: dict[str, Any] = {name: values[0] for name, values in document.to_dict().items()}
        text, marks = snippet(bytes(stored.get("shown", b"")).decode(), wanted)
        return Hit(id=stored["id"], kind=stored["kind"], score=score, snippet=text, marks=marks)


def _is_much(found: int, held: int) -> bool:
    return held >= HELD_MIN and found > COMMON_SHARE * held


def _is_of_words(clause: Clause) -> bool:
    """Whether somebody typed a plain word, or a name for which other spellings stand in."""
    return not clause.excluded and all(term.scope is Scope.ANYWHERE and not term.prefix for term in clause.alternatives)


def _parted(clause: Clause) -> list[Clause]:
    """The clause, and each word of what was typed as one with hyphens or points; what stood in quotes stays whole."""
    term = clause.alternatives[0]
    if len(clause.alternatives) > 1 or len(term.words) == 1 or " " in term.raw:
        return [clause]
    whole = [word for word in term.words if len(word) > 1]
    return [clause, *(Clause(alternatives=(Term(words=(word,), raw=word),)) for word in whole)]


def _any_of(queries: list[tantivy.Query]) -> tantivy.Query:
    if len(queries) == 1:
        return queries[0]
    return tantivy.Query.boolean_query([(tantivy.Occur.Should, query) for query in queries])
