"""Acts: fetches pages that a person names, now."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING

from chronik.archive.collecting import fetched
from chronik.archive.reading import index_due, read_captures
from chronik.archive.relating import relate_due
from chronik.collect import addresses
from chronik.errors import RefusedInputError
from chronik.model import Act, Capture, Failure, FailureKind, Lead, Verb
from chronik.ports import DueLead

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from chronik.archive.archive import Archive

BY_HAND_LEASE = timedelta(minutes=10)
"""How long a page that a person named is left to the process that was asked for it."""
NO_TLS = frozenset({FailureKind.TLS, FailureKind.UNREACHABLE})


@dataclass(frozen=True, slots=True, kw_only=True)
class Added:
    """What came of one address that a person named."""

    asked: str
    """As it was typed."""
    url: str = ""
    """In normal form; empty when it is no address."""
    page: str = ""
    """Address of the page that came: redirects may have led elsewhere."""
    failure: Failure | None = None


def add(archive: Archive, typed: Sequence[str], *, by: str, ignore_robots: str = "") -> list[Added]:
    """Fetch pages that a person named, now, and read them: one outcome for each, in order.

    `ignore_robots` is the editor's reason to fetch although robots.txt asks not to; it goes into the act.
    """
    rows = [_addressed(text) for text in typed]
    outcomes = _fetched_by_hand(archive, rows, by=by, ignore_robots=ignore_robots)
    tried = [
        replace(row, url=row.url.replace("https://", "http://", 1)) if _may_lack_tls(row, outcomes) else row
        for row in rows
    ]
    again = [row for row, before in zip(tried, rows, strict=True) if row != before]
    outcomes |= _fetched_by_hand(archive, again, by=by, ignore_robots=ignore_robots)
    read_captures(archive, [came for came in outcomes.values() if isinstance(came, Capture)])
    index_due(archive)
    relate_due(archive)
    return [_told(row, outcomes) for row in tried]


def typed_address(text: str) -> str:
    """An address as a person types it, `https://` added where nothing says how. Raises RefusedInputError."""
    typed = text.strip()
    return addresses.normal(typed if "://" in typed else f"https://{typed}")


def _addressed(text: str) -> Added:
    try:
        return Added(asked=text, url=typed_address(text))
    except RefusedInputError as error:
        return Added(asked=text, failure=Failure(kind=FailureKind.BAD_ADDRESS, detail=str(error)))


def _may_lack_tls(row: Added, outcomes: Mapping[str, Capture | Failure]) -> bool:
    """Whether nobody said https, and the site does not speak it."""
    outcome = outcomes.get(row.url)
    return "://" not in row.asked and isinstance(outcome, Failure) and outcome.kind in NO_TLS


def _told(row: Added, outcomes: Mapping[str, Capture | Failure]) -> Added:
    outcome = outcomes.get(row.url)
    if isinstance(outcome, Capture):
        return replace(row, page=outcome.url)
    return replace(row, failure=row.failure or outcome)


def _fetched_by_hand(
    archive: Archive, rows: Iterable[Added], *, by: str, ignore_robots: str
) -> dict[str, Capture | Failure]:
    """Each address with its capture or failure. Until it is fetched it is left to this process."""
    now = archive.clock()
    leads = {row.url: Lead(url=row.url, by_hand=True, found_at=now) for row in rows if row.url}
    archive.catalogue.add_leads(leads.values(), not_before=now + BY_HAND_LEASE)
    detail = {"ignore_robots": ignore_robots} if ignore_robots else {}
    for url in leads:
        archive.catalogue.record_act(Act(at=now, by=by, verb=Verb.ADD, subject=url, detail=detail))
    due = [DueLead(lead=lead, tries=0) for lead in leads.values()]
    return dict(fetched(archive, due, obey_robots=not ignore_robots))
