"""What suggesting would have proposed for a dossier, week by week, without looking ahead (decides).

In each week only what was clipped or refused before it is known. What was published in it is ranked; the articles
that an editor then clipped, whenever that was, are the ones to be found.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from itertools import groupby
from typing import TYPE_CHECKING

import numpy as np

from chronik.relate.suggest import scores
from chronik.relate.suggesting.background import Background
from chronik.relate.suggesting.candidates import candidates
from chronik.relate.suggesting.profile import profile
from chronik.relate.suggesting.weights import shipped

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from numpy.typing import NDArray

    from chronik.relate.suggesting.candidates import Candidates
    from chronik.relate.suggesting.pieces import Piece
    from chronik.relate.suggesting.profile import Profile
    from chronik.relate.suggesting.weights import Weights

FIRST = 10
FURTHER = 50
WEEK_DAYS = 7


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Decided:
    """What an editor did with an article."""

    piece: Piece
    at: datetime
    refused: bool = False


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class History:
    """A dossier and what was decided for it."""

    dossier: str
    texts: tuple[Piece, ...]
    """Its names and introductions."""
    decided: tuple[Decided, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Week:
    """How suggesting would have done in one week."""

    begins: date
    """A Monday."""
    articles: int
    """Came in this week."""
    relevant: int
    """Of them those that were clipped for the dossier, sooner or later."""
    proposed: int
    found: int
    """Relevant ones among the proposed."""
    shown_of_first: int
    """Proposed, at most 10."""
    found_in_first: int
    """Relevant ones among those."""
    first_of_ranking: int
    """Relevant ones among the first 10 of the ranking, proposed or not."""
    found_in_further: int
    """Relevant ones among the first 50 of the ranking, proposed or not."""
    looked_at: int
    """Articles down the ranking until every relevant one was seen."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Backtest:
    """How suggesting would have done over all weeks."""

    weeks: tuple[Week, ...]
    articles: int
    relevant: int
    proposed: int
    found: int
    precision_at_10: float | None
    """Relevant share of what was shown first, at most 10 a week; None where nothing was."""
    ranked_first: float | None
    """Of the relevant articles that can stand among the first 10 of their week, so many do, proposed or not."""
    recall_at_50: float | None
    recall: float | None
    """Relevant share that was proposed at all."""
    looked_at: int
    """Articles that an editor who follows the ranking looks at to see every relevant one."""


def backtest(
    history: History,
    corpus: Iterable[Piece],
    *,
    copies_count: bool = False,
    weights: Weights | None = None,
    progress: Callable[[Week], None] | None = None,
) -> Backtest:
    """Replay a dossier's history over a corpus that comes in time order; `progress` hears of each week when it is done.

    Articles without a day of publication are left out. With `copies_count` what copies a clipped article counts as
    relevant too.
    """
    weeks = []
    for week in replayed(history, corpus, copies_count=copies_count, weights=weights):
        weeks.append(week)
        if progress:
            progress(week)
    return summed(weeks)


def replayed(
    history: History, corpus: Iterable[Piece], *, copies_count: bool = False, weights: Weights | None = None
) -> Iterator[Week]:
    """The weeks one after another; of the corpus one week is held at a time."""
    background, used = Background(), weights or shipped()
    wanted = _wanted(history, copies_count=copies_count)
    dated = (one for one in corpus if one.published)
    for begins, arrived in groupby(dated, key=_week):
        pieces = list(arrived)
        background.learn(pieces)
        known = _known(history, before=datetime.combine(begins, datetime.min.time(), UTC))
        fresh = candidates([one for one in pieces if not known.settled(one)], background=background)
        certain = scores(known, fresh, weights=used)
        right = [wanted(one) for one in fresh.pieces]
        yield _week_of(begins, fresh, certain, right=right, line=used.threshold)


def summed(weeks: Sequence[Week]) -> Backtest:
    """The weeks taken together, each article weighing alike."""
    relevant = sum(week.relevant for week in weeks)
    shown = sum(week.shown_of_first for week in weeks)
    proposed, found = sum(week.proposed for week in weeks), sum(week.found for week in weeks)
    return Backtest(
        weeks=tuple(weeks),
        articles=sum(week.articles for week in weeks),
        relevant=relevant,
        proposed=proposed,
        found=found,
        precision_at_10=_share(sum(week.found_in_first for week in weeks), shown),
        ranked_first=_share(
            sum(week.first_of_ranking for week in weeks), sum(min(FIRST, week.relevant) for week in weeks)
        ),
        recall_at_50=_share(sum(week.found_in_further for week in weeks), relevant),
        recall=_share(found, relevant),
        looked_at=sum(week.looked_at for week in weeks),
    )


def _share(part: int, whole: int) -> float | None:
    return part / whole if whole else None


def _week(one: Piece) -> date:
    assert one.published is not None, "articles without a day are left out before"
    day = one.published.astimezone(UTC).date()
    return day - timedelta(days=day.weekday())


def _wanted(history: History, *, copies_count: bool) -> Callable[[Piece], bool]:
    clipped = {one.piece.id for one in history.decided if not one.refused}
    if not copies_count:
        return lambda one: one.id in clipped
    origins = clipped | {one.piece.copy_of for one in history.decided if not one.refused and one.piece.copy_of}
    return lambda one: one.id in clipped or one.id in origins or one.copy_of in origins


def _known(history: History, *, before: datetime) -> Profile:
    """What was known of the dossier at that time."""
    done = sorted((one for one in history.decided if one.at < before), key=lambda one: one.at)
    return profile(
        history.dossier,
        texts=history.texts,
        clips=(one.piece for one in done if not one.refused),
        refused=(one.piece for one in done if one.refused),
    )


def _week_of(begins: date, found: Candidates, certain: NDArray[np.float32], *, right: list[bool], line: float) -> Week:
    order = np.argsort(-certain, kind="stable").tolist()
    ranked = [right[row] for row in order]
    proposed = int((certain >= line).sum())
    return Week(
        begins=begins,
        articles=len(found.pieces),
        relevant=sum(ranked),
        proposed=proposed,
        found=sum(ranked[:proposed]),
        shown_of_first=min(FIRST, proposed),
        found_in_first=sum(ranked[: min(FIRST, proposed)]),
        first_of_ranking=sum(ranked[:FIRST]),
        found_in_further=sum(ranked[:FURTHER]),
        looked_at=max((place for place, is_right in enumerate(ranked, start=1) if is_right), default=0),
    )
