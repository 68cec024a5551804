"""Acts on the tables of gists and of links between stories, and of what editors said of links."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Q

from chronik.catalogue import relating_fields as convert
from chronik.catalogue.collecting import QUERY_IDS_MAX
from chronik.catalogue.dossiers import keep_act
from chronik.catalogue.story_models import GistKeyRow, GistRow, LinkWordRow, StoryLinkRow
from chronik.relate.recall import NAME

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime

    from chronik.model import Act, StoryLink
    from chronik.ports.relating import KeptGist, LinkWord

KEYS_A_QUERY = 200


class LinkTables:
    """The part of `ports.RelatingCatalogue` that links stories over months and years."""

    def gists_holding(self, keys: Iterable[int], *, limit: int) -> dict[int, list[int]]:
        """Key → numbers of the gists that have it, the latest first, `limit` a key at most."""
        found = {}
        for key in dict.fromkeys(keys):
            rows = GistKeyRow.objects.filter(key=key).order_by("-gist").values_list("gist", flat=True)
            found[key] = list(rows[:limit])
        return {key: numbers for key, numbers in found.items() if numbers}

    def gist_count(self) -> int:
        """About how many gists there are: the highest number, since counting takes long."""
        return GistRow.objects.order_by("-number").values_list("number", flat=True).first() or 0

    def gists(self, numbers: Sequence[int], *, ended: datetime, begun: datetime) -> list[KeptGist]:
        """Gists in the order given, of stories that had ended by `ended` or began after `begun`."""
        wanted = list(numbers)[:QUERY_IDS_MAX]
        rows = GistRow.objects.filter(Q(last_at__lte=ended) | Q(first_at__gte=begun), pk__in=wanted)
        found = {row.number: convert.gist(row) for row in rows}
        return [found[number] for number in wanted if number in found]

    @transaction.atomic
    def say_link(self, word: LinkWord, act: Act) -> None:
        """Keep what an editor said of a link; the last word on two stories counts."""
        if not LinkWordRow.objects.filter(act=act.id).exists():
            fields = {"earlier": word.earlier, "later": word.later, "goes_on": word.goes_on}
            LinkWordRow.objects.create(**fields, by=act.by, at=act.at, act=act.id)
            keep_act(act)

    @transaction.atomic
    def unsay_link(self, said: str, act: Act) -> int:
        """Take back the words on links of the act with this id; how many there were."""
        count = LinkWordRow.objects.filter(act=said, withdrawn=False).update(withdrawn=True)
        if count:
            keep_act(act)
        return count


def keep_gist(gist: KeptGist) -> None:
    """Write down what is kept of a story, in the place of what was; what it was found to go on from is found anew."""
    row, _ = GistRow.objects.get_or_create(story=gist.story, defaults=convert.gist_fields(gist))
    if convert.keys(bytes(row.keys)) != gist.keys:
        _forget_keys([row])
        GistRow.objects.filter(pk=row.pk).update(**convert.gist_fields(gist))
    elif bytes(row.content) != gist.content or row.last_at != gist.last_at:
        GistRow.objects.filter(pk=row.pk).update(**convert.gist_fields(gist))
    fresh = [GistKeyRow(key=key, gist=row.pk) for key in gist.keys]
    GistKeyRow.objects.bulk_create(fresh, ignore_conflicts=True, batch_size=QUERY_IDS_MAX // 2)
    StoryLinkRow.objects.filter(later=gist.story, made_by__startswith=f"{NAME} ").delete()


def keep_links(links: Iterable[StoryLink]) -> None:
    """Write links down; the last word of a machine on two stories counts."""
    for link in links:
        values = {"score": link.score, "reasons": convert.reason_fields(link.reasons), "made_by": link.made_by}
        StoryLinkRow.objects.update_or_create(earlier=link.earlier, later=link.later, defaults=values)


def forget_links() -> None:
    """Drop what machines derived; what editors said stays."""
    for table in (StoryLinkRow, GistKeyRow, GistRow):
        table.objects.all().delete()


def forget_gists(stories: Sequence[str]) -> None:
    """Drop what is kept of these stories."""
    rows = list(GistRow.objects.filter(story__in=stories).only("number", "keys"))
    _forget_keys(rows)
    GistRow.objects.filter(pk__in=[row.pk for row in rows]).delete()


def link_words(stories: Sequence[str]) -> list[LinkWord]:
    """What stands of editors' words on links of these stories, in the order of saying."""
    rows = LinkWordRow.objects.filter(Q(earlier__in=stories) | Q(later__in=stories), withdrawn=False)
    return [convert.link_word(row) for row in rows.order_by("number")]


def _forget_keys(rows: Iterable[GistRow]) -> None:
    for row in rows:
        keys = convert.keys(bytes(row.keys))
        for start in range(0, len(keys), KEYS_A_QUERY):
            GistKeyRow.objects.filter(key__in=keys[start : start + KEYS_A_QUERY], gist=row.pk).delete()
