"""Acts: asks for the saved views that a page offers, each with its count and the key that opens it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from django.shortcuts import resolve_url

from chronik.desk import saved, saved_counts, saved_terms
from chronik.errors import RefusedInputError
from chronik.model.saved import ViewKind

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from chronik.model.saved import SavedView
    from chronik.ports import Index

KEYS_MAX = 9
SHOWN_MAX = 12
"""On the inbox and the search; the page of saved views has them all."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """One saved view as a page offers it."""

    view: SavedView
    address: str
    count: str = ""
    """Reports that fit and are not put aside; empty where that was not counted."""
    key: str = ""
    current: bool = False
    own: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """What the inbox and the search show of saved views."""

    kind: ViewKind
    terms: str
    """What this page shows, as part of an address; empty where it cannot be saved."""
    views: Sequence[Shown]
    more: int
    mine: Sequence[SavedView]
    """Those that this page's terms could be put into."""
    is_saved: bool


def bar(user_name: str, index: Index, *, kind: ViewKind, given: Mapping[str, str]) -> Bar:
    """The views to offer on a page that shows what is given."""
    try:
        here = saved_terms.terms(kind, given)
    except RefusedInputError:
        here = {}
    found = saved.views(user_name)
    views = shown(found[:SHOWN_MAX], index, user_name=user_name, here=(kind, here))
    return Bar(
        kind=kind,
        terms=urlencode(here) if here or kind is ViewKind.INBOX else "",
        views=views,
        more=len(found) - len(views),
        mine=[view for view in found if view.owner == user_name and view.kind is kind],
        is_saved=any(one.current for one in views),
    )


def shown(
    views: Sequence[SavedView], index: Index, *, user_name: str, here: tuple[ViewKind, Mapping[str, str]] | None = None
) -> list[Shown]:
    """Views with address, count and key."""
    counts = saved_counts.unread(views, index)
    return [
        Shown(
            view=view,
            address=address(view),
            count=_count(counts.get(view.id)),
            key=str(number) if number <= KEYS_MAX else "",
            current=here is not None and view.kind is here[0] and dict(view.terms) == dict(here[1]),
            own=view.owner == user_name,
        )
        for number, view in enumerate(views, 1)
    ]


def address(view: SavedView) -> str:
    """Where a view is shown."""
    page = resolve_url("desk:inbox" if view.kind is ViewKind.INBOX else "desk:search")
    asked = saved_terms.query(view)
    return f"{page}?{asked}" if asked else page


def _count(number: int | None) -> str:
    if number is None:
        return ""
    return f"{saved_counts.COUNT_MAX}+" if number > saved_counts.COUNT_MAX else str(number)
