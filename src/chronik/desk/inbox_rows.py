"""Acts: asks what stands in a row of the inbox: a story, copies under their originals, and why it is here."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from chronik.catalogue import open_stories
from chronik.catalogue.models import ArticleRow, DossierRow
from chronik.desk import reasons
from chronik.desk.choices import name_in

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from chronik.catalogue.models import ArticleQuerySet, FeedRow, LeadRow, StoryRow
    from chronik.ports.relating import Proposed

    Origins = Callable[[list[ArticleRow]], Mapping[str, FeedRow | LeadRow]]

REPORTS_LOOKED_AT_MAX = 24
"""Of one story, the newest."""
REPORTS_SHOWN_MAX = 8
PROPOSALS_SHOWN_MAX = 3
REASONS_SHOWN_MAX = 2
"""A row has room for the two that weigh most; the page of suggestions tells all."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """A report, with those that copy it."""

    article: ArticleRow
    copies: tuple[ArticleRow, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """A dossier to which reports of the story are suggested."""

    slug: str
    name: str
    why: str
    reports: str
    """Ids of the reports, between blanks."""
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class InboxRow:
    """A story, or an article that was not related yet."""

    key: str
    """Id of the story, or of the article."""
    head: ArticleRow
    """The newest report that is wanted."""
    story: StoryRow | None
    origin: FeedRow | LeadRow | None
    reports: tuple[Told, ...] = ()
    """Of this story, as far as they are new, starred or done as asked; the newest first. Empty where there is one."""
    open_reports: int = 1
    """How many those are."""
    more: int = 0
    """Reports that are left out."""
    copies: int = 0
    """Of the reports that are shown."""
    proposals: tuple[Proposal, ...] = ()

    @property
    def languages(self) -> list[str]:
        """Of the whole story."""
        return self.story.languages.split() if self.story else []


def made(heads: Mapping[str, str], rows: ArticleQuerySet, *, origins_of: Origins) -> list[InboxRow]:
    """Rows of stories, or articles, by the article that stands for each; the rest out of these articles."""
    first = ArticleRow.objects.filter(pk__in=heads.values()).select_related("capture")
    articles = {row.id: row for row in open_stories.with_places(first).select_related("capture", "source")}
    stories = open_stories.story_rows(heads)
    several = [key for key, story in stories.items() if story.reports > 1]
    reports = open_stories.reports_of(rows, several, reports_max=REPORTS_LOOKED_AT_MAX) if several else {}
    proposals = _proposals(open_stories.suggested(stories)) if stories else {}
    origins = origins_of(list(articles.values()))
    return [
        _row(
            key,
            articles[article],
            stories.get(key),
            origin=origins.get(article),
            reports=reports.get(key, []),
            proposals=proposals.get(key, ()),
        )
        for key, article in heads.items()
        if article in articles
    ]


def _row(  # noqa: PLR0913 - one argument a table that was asked
    key: str,
    head: ArticleRow,
    story: StoryRow | None,
    *,
    origin: FeedRow | LeadRow | None,
    reports: Sequence[ArticleRow],
    proposals: tuple[Proposal, ...],
) -> InboxRow:
    told = folded(reports) if len(reports) > 1 else ()
    open_reports = int(vars(reports[0])["open_reports"]) if reports else 1
    within = sum(1 + len(one.copies) for one in told[:REPORTS_SHOWN_MAX])
    return InboxRow(
        key=key,
        head=head,
        story=story,
        origin=origin,
        reports=told[:REPORTS_SHOWN_MAX],
        open_reports=open_reports,
        more=open_reports - within if told else 0,
        copies=sum(len(one.copies) for one in told[:REPORTS_SHOWN_MAX]),
        proposals=proposals,
    )


def folded(articles: Sequence[ArticleRow]) -> tuple[Told, ...]:
    """Copies under what they copy, through copies of copies; what it copies is not here: under the first of them."""
    known = {vars(row)["report"]: row for row in articles}
    groups: dict[str, list[ArticleRow]] = {}
    for row in articles:
        groups.setdefault(_original(row, known), []).append(row)
    told = []
    for original, rows in groups.items():
        first = known[original] if original in known else rows[-1]
        told.append(Told(article=first, copies=tuple(row for row in rows if row is not first)))
    return tuple(told)


def _original(row: ArticleRow, known: Mapping[str, ArticleRow]) -> str:
    """What it copies; the least id where copies go in a circle."""
    passed: set[str] = set()
    report = str(vars(row)["report"])
    while True:
        passed.add(report)
        copied = str(vars(known[report])["copy_of"]) if report in known else ""
        if not copied:
            return report
        if copied in passed:
            return min(passed)
        report = copied


def _proposals(suggested: Mapping[str, Sequence[Proposed]]) -> dict[str, tuple[Proposal, ...]]:
    names = _names(one for listed in suggested.values() for one in listed)
    return {key: _by_dossier(listed, names) for key, listed in suggested.items()}


def proposals(listed: Sequence[Proposed]) -> tuple[Proposal, ...]:
    """One for each dossier, the likeliest first, with the reason of its likeliest report."""
    return _by_dossier(listed, _names(listed))


def _names(suggested: Iterable[Proposed]) -> dict[str, dict[str, str]]:
    slugs = {one.suggestion.dossier for one in suggested}
    return dict(DossierRow.objects.filter(pk__in=slugs).values_list("slug", "names")) if slugs else {}


def _by_dossier(listed: Sequence[Proposed], names: Mapping[str, Mapping[str, str]]) -> tuple[Proposal, ...]:
    by_dossier: dict[str, list[Proposed]] = {}
    for one in listed:
        by_dossier.setdefault(one.suggestion.dossier, []).append(one)
    return tuple(
        Proposal(
            slug=slug,
            name=name_in(names.get(slug, {})) or slug,
            why=_briefly(reasons.told(ones[0].suggestion.reasons)),
            reports=" ".join(one.report for one in ones),
            count=len(ones),
        )
        for slug, ones in list(by_dossier.items())[:PROPOSALS_SHOWN_MAX]
    )


def _briefly(why: str) -> str:
    return "; ".join(why.split("; ")[:REASONS_SHOWN_MAX])
