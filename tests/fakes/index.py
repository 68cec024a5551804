"""An index in memory that keeps the contract with the simplest means: it looks at every document."""

from chronik.ports import Hit, Results, bounds
from chronik.search.query import Scope, understood
from chronik.search.snippet import Wanted, snippet
from chronik.search.words import compounds, is_run_character, words


class MemoryIndex:
    """Finds folded words; knows no stems and no ranks."""

    needs_rebuild = False

    def __init__(self):
        self.documents = {}

    def add(self, documents):
        for document in list(documents):
            self.documents[document.id] = document

    def clear(self):
        self.documents.clear()

    def remove(self, ids):
        for id_ in list(ids):
            self.documents.pop(id_, None)

    def count(self):
        return len(self.documents)

    def search(self, query, *, limit=20, offset=0, newest_first=False, snippets=True, among=None, most=False):
        asked = understood(query)
        seen = [d for d in self.documents.values() if d.dossier not in bounds.present().hidden]
        seen = [d for d in seen if among is None or d.id in among]
        found = [d for d in seen if asked.clauses and fits(d, asked.clauses)]
        found.sort(key=lambda d: (d.day, d.id) if newest_first else ("", d.id), reverse=newest_first)
        wanted = wanted_in(asked.clauses)
        page = found[max(offset, 0) :][: max(limit, 0)]
        hits = tuple(hit(d, wanted) if snippets else Hit(id=d.id, kind=d.kind, score=0.0) for d in page)
        return Results(total=len(found), hits=hits, notice=asked.notice)


def hit(document, wanted):
    text, marks = snippet(document.text, wanted)
    return Hit(id=document.id, kind=document.kind, score=0.0, snippet=text, marks=marks)


def fits(document, clauses):
    return all(any(meets(document, term) for term in c.alternatives) is not c.excluded for c in clauses)


def meets(document, term):
    value = term.words[0]
    match term.scope:
        case Scope.KIND:
            return document.kind == value
        case Scope.STATE:
            return value in document.states
        case Scope.DOSSIER:
            return document.dossier.casefold() == value
        case Scope.LANGUAGE:
            return value in {document.language.casefold(), document.language.casefold().split("-")[0]}
        case Scope.FROM:
            return document.day[:10] >= value
        case Scope.TO:
            return "" < document.day[:10] <= value
    return any(in_text(text, term) for text in texts(document, term.scope))


def texts(document, scope):
    credit = [document.source, document.source_id]
    by_scope = {Scope.TITLE: [document.title], Scope.SOURCE: credit, Scope.AUTHOR: document.authors}
    return by_scope.get(scope, [document.title, document.text, *credit, *document.authors])


def in_text(text, term):
    standing = list(words(text))
    plain = [word.text for word in standing]
    joined = {word.text for word in compounds(text, standing)}
    if term.joined and term.joined in {*plain, *joined}:
        return True
    if len(term.words) == 1:
        word = term.words[0]
        return any(
            w.startswith(word) if term.prefix or is_run_character(word) else w == word for w in (*plain, *joined)
        )
    *first, last = term.words
    for at in range(len(plain)):
        stretch = plain[at : at + len(term.words)]
        ends = stretch[-1:] and (stretch[-1].startswith(last) if term.prefix else stretch[-1] == last)
        if len(stretch) == len(term.words) and stretch[:-1] == first and ends:
            return True
    return False


def wanted_in(clauses):
    terms = [t for c in clauses if not c.excluded for t in c.alternatives if t.scope is Scope.ANYWHERE]
    phrases = {t.words for t in terms if not t.prefix} | {(t.joined,) for t in terms if t.joined}
    return Wanted(phrases=frozenset(phrases), beginnings=tuple(t.words[0] for t in terms if t.prefix))
