"""Acts on the tables of feeds, leads and hosts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Q

from chronik.catalogue import convert
from chronik.catalogue.models import FeedRow, HostRow, LeadRow
from chronik.ports import DueLead
from chronik.ports.watching import NEVER_SO_LATE

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from chronik.model import Failure, Feed, FeedHealth, Lead
    from chronik.ports import HostState, Poll

QUERY_IDS_MAX = 500


class CollectingTables:
    """The part of `ports.Catalogue` that collecting needs."""

    @transaction.atomic
    def add_feed(self, feed: Feed, *, due_at: datetime) -> bool:
        """Follow a feed; False if it was followed already. One that was stopped is asked again."""
        fields = {**convert.feed_fields(feed), "added_at": feed.added_at, "next_due": due_at}
        row, created = FeedRow.objects.get_or_create(url=feed.url, defaults=fields)
        if not created and row.stopped:
            afresh = {
                "asks_url": "",
                "moved_url": "",
                "moved_since": None,
                "moved_times": 0,
                "failures": 0,
                "failure": "",
            }
            FeedRow.objects.filter(pk=row.pk).update(stopped=False, next_due=due_at, **afresh)
            return True
        return created

    def feeds(self) -> list[FeedHealth]:
        """All feeds with their health, by address."""
        return [convert.feed_health(row) for row in FeedRow.objects.order_by("url")]

    def due_feeds(self, now: datetime, *, limit: int) -> list[FeedHealth]:
        """Feeds whose time has come, longest waiting first."""
        due = Q(next_due__lte=now) | Q(next_due__gt=now + NEVER_SO_LATE)
        rows = FeedRow.objects.filter(due, stopped=False).order_by("next_due", "url")[:limit]
        return [convert.feed_health(row) for row in rows]

    @transaction.atomic
    def record_poll(self, poll: Poll) -> int:
        """Keep a feed's health and its new leads together; give back how many leads were new or updated.

        A feed that somebody stopped meanwhile stays stopped.
        """
        health = poll.health
        fields = {**convert.feed_fields(health.feed), **convert.health_fields(health)}
        if not health.stopped:
            del fields["stopped"]
        FeedRow.objects.filter(url=health.feed.url).update(**fields)
        return self.add_leads(poll.leads)

    @transaction.atomic
    def add_leads(self, leads: Iterable[Lead], *, not_before: datetime | None = None) -> int:
        """Add leads; one that is known is due again only when its `updated` is later, or when named by hand."""
        return sum(_add_lead(lead, not_before) for lead in leads)

    def due_leads(self, now: datetime, *, limit: int) -> list[DueLead]:
        """Leads not yet fetched whose time has come, newest first."""
        due = Q(next_try=None) | Q(next_try__lte=now) | Q(next_try__gt=now + NEVER_SO_LATE)
        rows = LeadRow.objects.filter(due, state=LeadRow.State.WAITING)
        return [DueLead(lead=convert.lead(row), tries=row.tries) for row in rows.order_by("-id")[:limit]]

    @transaction.atomic
    def record_lead_failure(
        self, url: str, failure: Failure, *, next_try: datetime | None, is_try: bool = True
    ) -> None:
        """Keep why a lead could not be fetched; no next try means it is given up."""
        row = LeadRow.objects.filter(url=url).first()
        if row is None:
            return
        row.tries += is_try
        row.failure = str(failure)
        row.next_try = next_try
        row.state = LeadRow.State.WAITING if next_try else LeadRow.State.GIVEN_UP
        row.save(update_fields=["tries", "failure", "next_try", "state"])

    def hosts(self, names: Iterable[str]) -> dict[str, HostState]:
        """What is remembered of these hosts; unknown ones are left out."""
        wanted = sorted(set(names))
        found: dict[str, HostState] = {}
        for start in range(0, len(wanted), QUERY_IDS_MAX):
            rows = HostRow.objects.filter(host__in=wanted[start : start + QUERY_IDS_MAX])
            found.update({row.host: convert.host(row) for row in rows})
        return found

    @transaction.atomic
    def record_host(self, state: HostState) -> None:
        """Remember."""
        fields = {
            "not_before": state.not_before,
            "robots": state.robots,
            "robots_disallow_all": state.robots_disallow_all,
            "robots_fetched_at": state.robots_fetched_at,
        }
        HostRow.objects.update_or_create(host=state.host, defaults=fields)


def _add_lead(lead: Lead, not_before: datetime | None) -> bool:
    fields = {
        "next_try": not_before,
        "found_in": lead.found_in,
        "title": lead.title,
        "published": lead.published,
        "updated": lead.updated,
        "language": lead.language,
        "by_hand": lead.by_hand,
        "found_at": lead.found_at,
    }
    row, created = LeadRow.objects.get_or_create(url=lead.url, defaults=fields)
    if created:
        return True
    changed = lead.updated is not None and (row.updated is None or lead.updated > row.updated)
    if not (changed or lead.by_hand):
        return False
    if row.state == LeadRow.State.WAITING and not lead.by_hand:
        return False
    row.updated = lead.updated or row.updated
    row.by_hand = row.by_hand or lead.by_hand
    row.state, row.tries, row.next_try, row.failure = LeadRow.State.WAITING, 0, not_before, ""
    row.save(update_fields=["updated", "by_hand", "state", "tries", "next_try", "failure"])
    return True
