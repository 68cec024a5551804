"""Decides what a saved view asks for: which part of an address is kept, and in which form."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import parse_qsl, urlencode

from django.utils.translation import gettext as _

from chronik.desk import checks, inbox, languages
from chronik.desk.choices import name_in
from chronik.errors import RefusedInputError
from chronik.model.saved import SavedView, ViewKind
from chronik.search.query import QUERY_CHARACTERS_MAX

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

ADDRESS_CHARACTERS_MAX = 20_000
FIELDS_MAX = 30
INBOX_TERMS = ("show", "dossier", "language", "source", "kind", "day", "words")
NEWEST = "newest"


def terms(kind: ViewKind, given: Mapping[str, str]) -> dict[str, str]:
    """What of an address a view keeps; what says nothing is left out, so that like views are alike.

    Raises RefusedInputError.
    """
    if kind is ViewKind.SEARCH:
        query = _line(given.get("q", ""))
        if not query:
            raise RefusedInputError("A saved search needs words to look for.")
        order = {"order": NEWEST} if given.get("order") == NEWEST else {}
        return {"q": query, **order}
    wanted = inbox.filters(given)
    kept = {name: _line(str(getattr(wanted, name))) for name in INBOX_TERMS}
    return {name: value for name, value in kept.items() if value and (name, value) != ("show", "inbox")}


def told(address: str) -> dict[str, str]:
    """The part of an address behind the question mark, as a mapping; what is no such thing is empty."""
    if len(address) > ADDRESS_CHARACTERS_MAX:
        return {}
    try:
        return dict(parse_qsl(address.lstrip("?"), max_num_fields=FIELDS_MAX))
    except ValueError:
        return {}


def query(view: SavedView) -> str:
    """The terms as part of an address."""
    return urlencode(view.terms)


def words(view: SavedView, *, source_names: Mapping[str, Mapping[str, str]] | None = None) -> str:
    """What a view asks for, in the language of the interface."""
    if view.kind is ViewKind.SEARCH:
        return _("Search: %(query)s") % {"query": view.terms.get("q", "")}
    shown: dict[str, Callable[[str], str]] = {
        "show": lambda value: {"starred": _("Starred"), "done": _("Done")}.get(value, value),
        "language": languages.language_name,
        "kind": languages.source_kind,
        "source": lambda value: name_in((source_names or {}).get(value, {})) or value,
        "dossier": lambda value: _("suggested for %(dossier)s") % {"dossier": value},
        "words": lambda value: f"“{value}”",
    }
    told_terms = [shown.get(name, str)(view.terms[name]) for name in INBOX_TERMS if view.terms.get(name)]
    return " · ".join(told_terms) or _("Everything new")


def _line(value: str) -> str:
    return checks.line(value, what="What is asked for", characters_max=QUERY_CHARACTERS_MAX)
