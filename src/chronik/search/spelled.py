"""Decides: lets a name be found under its other spellings, in every language and script.

What a name's spellings are, the caller knows. Words that stand side by side are tried together first, the longest name
counts. What is excluded, a filter or a beginning stays as it was typed.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from chronik.search.query import Clause, Query, Scope, understood

if TYPE_CHECKING:
    from collections.abc import Sequence

    from chronik.search.query import Term

Spellings = Callable[[str], "Sequence[str]"]
"""Gives every spelling of a name, itself first; that alone where no other is known."""

NAME_WORDS_MAX = 4
SPELLINGS_MAX = 32
"""Of one name."""
_SCOPES = frozenset({Scope.ANYWHERE, Scope.TITLE})


def spelled(query: Query, spellings_of: Spellings) -> Query:
    """The query with the other spellings of each name beside it; `spellings_of` gives a name's, itself first."""
    clauses: list[Clause] = []
    place = 0
    while place < len(query.clauses):
        clause, taken = _named(query.clauses, place, spellings_of)
        clauses.append(clause)
        place += taken
    return Query(clauses=tuple(clauses), notices=query.notices)


def _named(clauses: Sequence[Clause], place: int, spellings_of: Spellings) -> tuple[Clause, int]:
    """The longest name that begins here under all its spellings, else the clause as it stands; clauses taken."""
    run = _run(clauses[place : place + NAME_WORDS_MAX])
    for count in range(len(run), 1, -1):
        found = spellings_of(" ".join(term.raw for term in run[:count]))
        if len(found) > 1:
            return Clause(alternatives=_terms(found, run[0].scope)), count
    clause = clauses[place]
    if clause.excluded:
        return clause, 1
    more = [term for one in clause.alternatives if _is_plain(one) for term in _others(one, spellings_of)]
    return Clause(alternatives=tuple(dict.fromkeys([*clause.alternatives, *more]))), 1


def _run(clauses: Sequence[Clause]) -> list[Term]:
    """Plain words side by side."""
    run: list[Term] = []
    for clause in clauses:
        term = clause.alternatives[0]
        if (
            clause.excluded
            or len(clause.alternatives) > 1
            or not _is_plain(term)
            or (run and term.scope != run[0].scope)
        ):
            break
        run.append(term)
    return run


def _is_plain(term: Term) -> bool:
    return term.scope in _SCOPES and not term.prefix and bool(term.raw)


def _others(term: Term, spellings_of: Spellings) -> tuple[Term, ...]:
    found = spellings_of(term.raw)
    return _terms(found[1:], term.scope) if len(found) > 1 else ()


def _terms(spellings: Sequence[str], scope: Scope) -> tuple[Term, ...]:
    field = "" if scope is Scope.ANYWHERE else f"{scope}:"
    asked = [understood(f'{field}"{spelling}"') for spelling in spellings[:SPELLINGS_MAX]]
    return tuple(dict.fromkeys(term for query in asked for clause in query.clauses for term in clause.alternatives))
