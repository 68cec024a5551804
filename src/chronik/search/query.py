"""Understands what a person types into the search box; whatever is not understood is ignored with a notice.

Decides. Words must all occur; `"a phrase"` word for word; `-not`; `karab*` for beginnings; `a OR b`;
`lang:de source:tass dossier:slug kind:clip is:altered author:name title:word from:2020-09-27 to:2020-10-01`.
"""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import MAXYEAR, date
from enum import StrEnum

from chronik.model import PassageState
from chronik.search.words import compounds, encodable, joined_initialisms, words

QUERY_CHARACTERS_MAX = 2_000
TERMS_MAX = 32
"""Words, phrases and filters taken from one query."""
PHRASE_WORDS_MAX = 32
PREFIX_CHARACTERS_MIN = 2
"""Shorter beginnings stand for too much."""


class Scope(StrEnum):
    """Where a term is looked for."""

    ANYWHERE = "anywhere"
    TITLE = "title"
    SOURCE = "source"
    AUTHOR = "author"
    LANGUAGE = "lang"
    DOSSIER = "dossier"
    KIND = "kind"
    STATE = "is"
    FROM = "from"
    TO = "to"


FILTERS = frozenset({Scope.LANGUAGE, Scope.DOSSIER, Scope.KIND, Scope.STATE, Scope.FROM, Scope.TO})
"""Scopes whose value is compared as it stands; `Term.words` then holds that one value."""
_ALTERNATIVES = frozenset({Scope.LANGUAGE, Scope.DOSSIER, Scope.KIND, Scope.SOURCE})
"""Scopes of which a document has one: naming two means either."""
KINDS = frozenset({"article", "clip"})
ALTERED = "altered"
"""Of a clip: its passage does not stand on its page any more, whatever became of it."""
STATES = frozenset({ALTERED, *PassageState} - {PassageState.STANDS})


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """One thing to look for: a word, the words of a phrase in order, a beginning, or the value of a filter."""

    scope: Scope = Scope.ANYWHERE
    words: tuple[str, ...]
    """Folded words; for a filter its value: a slug, a language, a kind or an ISO day."""
    raw: str = ""
    """As it was typed, without operator."""
    prefix: bool = False
    """The last word is a beginning."""
    joined: str = ""
    """A hyphenated compound written as one word: `Berg-Karabach` means `Bergkarabach` too."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Clause:
    """Of these alternatives at least one must be met, or none if `excluded`."""

    alternatives: tuple[Term, ...]
    excluded: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Query:
    """What was asked for. Without clauses it asks for nothing."""

    clauses: tuple[Clause, ...] = ()
    notices: tuple[str, ...] = ()
    """What was not understood, in plain words."""

    @property
    def notice(self) -> str:
        """All notices in one line."""
        return " ".join(self.notices)


_TOKEN = re.compile(
    r"""
    (?P<sign>(?:[-−–+](?=[^\s\-−–+]))?)
    (?:(?P<scope>[A-Za-z]{2,12}):(?=\S))?
    (?:["“”„«»](?P<phrase>[^"“”„«»]*)["“”„«»]?(?P<behind>\*?)|(?P<plain>[^\s"“”„«»]+))
    """,
    re.VERBOSE,
)
_OR = frozenset({"OR", "|", "||"})
_AND = frozenset({"AND", "&", "&&", "+"})
_NOT = frozenset({"NOT", "!"})
_LANGUAGE = re.compile(r"[a-z]{2,3}(?:-[a-z0-9]{1,8}){0,3}")


def understood(text: str) -> Query:
    """The query that a person meant. Never fails."""
    reader = _Reader()
    if len(text) > QUERY_CHARACTERS_MAX:
        reader.notices.append(f"Only the first {QUERY_CHARACTERS_MAX} characters were looked at.")
    shown = joined_initialisms(encodable(text[:QUERY_CHARACTERS_MAX]))
    for match in _TOKEN.finditer(shown):
        if reader.terms >= TERMS_MAX:
            reader.notices.append(f"Only the first {TERMS_MAX} words and filters were looked for.")
            break
        reader.take(match)
    if not reader.clauses and not reader.notices and text.strip():
        reader.notices.append("There is no word in this to look for.")
    return Query(clauses=_merged(reader.clauses), notices=tuple(dict.fromkeys(reader.notices)))


class _Reader:
    """Walks over the tokens and remembers what the operators before them said."""

    def __init__(self) -> None:
        self.clauses: list[Clause] = []
        self.notices: list[str] = []
        self.terms = 0
        self._excluded = False
        self._joins = False

    def take(self, match: re.Match[str]) -> None:
        """Read one token: an operator, or what is looked for."""
        plain = match["plain"] or ""
        if not match["sign"] and not match["scope"] and self._operator(plain):
            return
        excluded = self._excluded or match["sign"] not in {"", "+"}
        found = self._terms(match)
        if found:
            self.terms += len(found)
            self._add(found, excluded=excluded)
        self._excluded = self._joins = False

    def _operator(self, plain: str) -> bool:
        if plain in _OR:
            self._joins = bool(self.clauses)
        elif plain in _NOT:
            self._excluded = True
        return plain in _OR | _AND | _NOT

    def _add(self, found: list[Term], *, excluded: bool) -> None:
        previous = self.clauses[-1] if self.clauses else None
        if self._joins and not excluded and previous and not previous.excluded:
            self.clauses[-1] = Clause(alternatives=(*previous.alternatives, *found))
        else:
            self.clauses.append(Clause(alternatives=tuple(found), excluded=excluded))

    def _terms(self, match: re.Match[str]) -> list[Term]:
        scope, phrase = _scope(match["scope"]), match["phrase"]
        value = match["plain"] if phrase is None else phrase
        if match["scope"] and scope is None:
            self.notices.append(f"“{match['scope']}:” is not a field; it was looked for as a word.")
            value = f"{match['scope']} {value}"
        if scope in FILTERS:
            return self._filter(scope, value)
        return self._words(scope or Scope.ANYWHERE, value, is_phrase=phrase is not None)

    def _filter(self, scope: Scope, value: str) -> list[Term]:
        found = []
        for part in value.strip("()").split(",")[:TERMS_MAX]:
            plain = part.strip().casefold()
            stands_for = plain and _filter_value(scope, plain)
            if stands_for:
                found.append(Term(scope=scope, words=(stands_for,), raw=part))
            else:
                self.notices.append(f"“{scope}:{part}” was ignored: {_EXPECTED[scope]}.")
        return found

    def _words(self, scope: Scope, value: str, *, is_phrase: bool) -> list[Term]:
        if not is_phrase and ("(" in value or ")" in value):
            self.notices.append("Brackets are ignored; “a OR b c” means: a or b, and c.")
        prefix = not is_phrase and value.rstrip(").,;").endswith("*")
        if "*" in value and (not prefix or value.rstrip(").,;*").count("*")):
            self.notices.append("A star only works at the end of a single word.")
        standing = list(words(value, ends_of_runs=False))[:PHRASE_WORDS_MAX]
        found = tuple(word.text for word in standing)
        if not found:
            return []
        if prefix and len(found) == 1 and len(found[0]) < PREFIX_CHARACTERS_MIN and found[0].isalpha():
            self.notices.append(f"“{value}” is too short a beginning; it was looked for as a word.")
            prefix = False
        whole = [] if is_phrase else list(compounds(value, standing))
        joined = whole[0].text if len(whole) == 1 and not prefix else ""
        raw = value[standing[0].start : standing[-1].end]
        return [Term(scope=scope, words=found, raw=raw, prefix=prefix, joined=joined)]


def _scope(name: str | None) -> Scope | None:
    known = {str(scope): scope for scope in Scope if scope is not Scope.ANYWHERE} | {"language": Scope.LANGUAGE}
    return known.get(name.lower()) if name else None


_EXPECTED = {
    Scope.LANGUAGE: "a language is a code such as de, en or fr",
    Scope.KIND: "a kind is article or clip",
    Scope.STATE: f"a state is one of {', '.join(sorted(STATES))}",
    Scope.DOSSIER: "a dossier is named by its short name",
    Scope.FROM: "a day is written like 2020-09-27",
    Scope.TO: "a day is written like 2020-09-27",
}


def _filter_value(scope: Scope, value: str) -> str:
    """The value in the form in which it is compared; empty when it is none."""
    match scope:
        case Scope.KIND:
            kind = value.removesuffix("s")
            return kind if kind in KINDS else ""
        case Scope.STATE:
            return value if value in STATES else ""
        case Scope.LANGUAGE:
            return value if _LANGUAGE.fullmatch(value) else ""
        case Scope.FROM | Scope.TO:
            return _day(value, last=scope is Scope.TO)
        case _:
            return value


def _day(value: str, *, last: bool) -> str:
    """ISO day; a year or month stands for its first or last day."""
    if german := re.fullmatch(r"(\d{1,2})\.(\d{1,2})\.(\d{4})", value, re.ASCII):
        value = "-".join(reversed(german.groups()))
    parts = re.fullmatch(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?", value, re.ASCII)
    if not parts or not 1 <= int(parts[1]) <= MAXYEAR:
        return ""
    year, month = int(parts[1]), int(parts[2] or (12 if last else 1))
    if not 1 <= month <= 12:
        return ""
    length = monthrange(year, month)[1]
    day = int(parts[3] or (length if last else 1))
    return date(year, month, day).isoformat() if 1 <= day <= length else ""


def _merged(clauses: list[Clause]) -> tuple[Clause, ...]:
    """Filters of which a document has only one value become alternatives: `lang:de lang:en` means either."""
    merged: dict[object, Clause] = {}
    for number, clause in enumerate(clauses):
        scopes = {term.scope for term in clause.alternatives}
        one = next(iter(scopes)) if len(scopes) == 1 else None
        key: object = one if one in _ALTERNATIVES and not clause.excluded else number
        before = merged[key].alternatives if key in merged else ()
        merged[key] = Clause(alternatives=before + clause.alternatives, excluded=clause.excluded)
    return tuple(merged.values())
