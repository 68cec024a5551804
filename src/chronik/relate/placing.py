"""Decides: places each report when it comes, without looking ahead: into a story, or at the beginning of a new one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

import numpy as np

from chronik.model import Judgement, Placement, Reason, ReasonKind, StoryLink, Verdict, story_id
from chronik.relate import keeping
from chronik.relate.curves import TEXT_WORDS, logistic
from chronik.relate.folding_copies import Fold, Folds
from chronik.relate.gists import gist_of
from chronik.relate.origins import Told, copied
from chronik.relate.reasons import reasons
from chronik.relate.threads import Stories, fitting
from chronik.relate.weights import shipped
from chronik.relate.window import DAYS, EPOCH, NONE, Window, hours_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from numpy.typing import NDArray

    from chronik.relate.copies import Copy
    from chronik.relate.gists import Gist
    from chronik.relate.threads import Fitting
    from chronik.relate.traits import Traits
    from chronik.relate.weights import Weights
    from chronik.relate.window import Near

JUDGED_MAX = 6
"""Neighbours whose judgement is kept with a placement."""
FOLLOWED_MAX = 3
FOLLOWED_AFTER_HOURS = 12.0
FORGOTTEN_EVERY = 500
COPY_WEIGHT = 9.0
SAME_WORDS_MIN = 4
NAME = "relate"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Judged:
    """A new report with what was found out about it."""

    near: Near
    added: NDArray[np.float64]
    """What each feature of each pair added to its log-odds."""
    odds: NDArray[np.float64]
    """Log-odds of each pair."""
    fits: Fitting
    scores: NDArray[np.float64]
    """Probability of each story of `fits`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Choice:
    """A story for a report, or none."""

    story: str = ""
    score: float = 1.0
    anchor: int | None = None
    """Row of `Near`."""
    original: Copy | None = None
    editor: Judgement | None = None


class Placer:
    """Keeps the reports of the last days and their stories, and places each new one.

    `words` are what editors said of pairs: they are followed when the second of a pair comes.
    """

    def __init__(
        self,
        *,
        weights: Weights | None = None,
        made_by: str = "",
        words: Iterable[Judgement] = (),
        days: int = DAYS,
        text_of: Callable[[str], str] | None = None,
    ) -> None:
        """`made_by` names the maker of the vectors; `text_of` gives an earlier report's text, where there is one."""
        self.weights = weights or shipped()
        self.made_by = f"{NAME} {self.weights.version}" + (f" ({made_by})" if made_by else "")
        self._window = Window(mean=self.weights.mean_for(made_by), days=days)
        self._stories = Stories()
        self._place_of: dict[str, int] = {}
        self._folds = Folds(text_of=text_of)
        self._latest = EPOCH
        self._words: dict[str, dict[str, Judgement]] = {}
        self._days = days
        for word in words:
            self.say(word)

    def say(self, word: Judgement) -> None:
        """Follow an editor's word from now on; the last on a pair counts."""
        self._words.setdefault(word.first, {})[word.second] = word
        self._words.setdefault(word.second, {})[word.first] = word

    def place(self, traits: Traits, *, told: Told | None = None, text: str = "") -> Placement:
        """Judge a report against its neighbours, place it, and remember it.

        `told` says which agencies it credits; with its `text`, doubtful copies are looked into.
        """
        judged = self._judged(traits)
        told = told or told_of(traits)
        copies = self._folds.found(traits, text=text, known=self._place_of.__contains__)
        near = [self._window.reports[place].traits for place in judged.near.places]
        translated = self._folds.translated(told, traits, near=near)
        choice = self._choice(judged, original=copied(copies), translated=translated)
        in_story = [copy for copy in copies if self.story_of(copy.of) == choice.story]
        spoken = [report for report in translated if self.story_of(report) == choice.story]
        fold = self._folds.fold(told, copies=in_story, translated=spoken) if choice.story else Fold()
        placement = self._placement(judged, choice, fold)
        self._remember(judged.near, placement.story)
        self._folds.remember(told, fold)
        return placement

    def _judged(self, traits: Traits) -> _Judged:
        near = self._window.near(traits)
        added = self.weights.pair.added(near.features)
        odds = self.weights.pair.odds(near.features, added)
        fits = fitting(near, odds, window=self._window, stories=self._stories)
        scores = self.weights.thread.probabilities(fits.features)
        return _Judged(near=near, added=added, odds=odds, fits=fits, scores=scores)

    def remember(
        self, traits: Traits, *, story: str, weights: bytes = b"", told: Told | None = None, copy_of: str = ""
    ) -> None:
        """Put back a report that was placed before, in the order of placing; quickly with the `weights` of then."""
        weighed = keeping.put_back(traits, weights)
        near = self._window.near(traits, compared=False) if weighed is None else self._window.again(weighed)
        self._remember(near, story)
        self._folds.remember(told or told_of(traits), Fold(copy_of=copy_of))

    def weights_of(self, report: str) -> bytes:
        """What is to be kept of a report that is remembered, to put it back quickly."""
        return keeping.kept_weights(self._window.reports[self._place_of[report]])

    def arrange(self, stories: Mapping[str, str]) -> None:
        """Report → story, after editors changed them; reports that are not named stay where they are."""
        given = [stories.get(report.traits.id, self._stories.of[place])
                 for place, report in enumerate(self._window.reports)]  # fmt: skip
        self._stories.arrange(given, self._window)

    def story_of(self, report: str) -> str:
        """The story of a report that is remembered, else an empty string."""
        return self._stories.of[self._place_of[report]] if report in self._place_of else ""

    def reports_of(self, story: str) -> int:
        """How many reports of a story are remembered."""
        thread = self._stories.threads.get(story)
        return len(thread.places) if thread else 0

    def gist(self, story: str) -> Gist:
        """What is to be kept of a story that is remembered."""
        thread = self._stories.threads[story]
        reports = [self._window.reports[place].traits for place in thread.places]
        return gist_of(story, reports, middle=thread.middle, background=self._window.background)

    def _remember(self, near: Near, story: str) -> None:
        place = self._window.add(near)
        self._stories.put(place, story, window=self._window)
        traits = near.new.traits
        self._place_of[traits.id] = place
        if traits.sketch is not None:
            self._latest = max(self._latest, traits.published or self._latest)
            self._folds.copies.add(
                traits.id, traits.sketch, when=traits.published or self._latest, source=traits.source
            )
        if len(self._window) % FORGOTTEN_EVERY == 0:
            self._forget()

    def _forget(self) -> None:
        hours = self._window.hours[: len(self._window)]
        latest = float(np.nanmax(hours)) if not np.isnan(hours).all() else float("nan")
        before = latest - 2 * 24 * self._days
        if (hours < before).any():
            self._stories.keep(self._window.forget_before(before), self._window)
            self._folds.copies.forget_before(EPOCH + timedelta(hours=before))
            self._place_of = {report.traits.id: place for place, report in enumerate(self._window.reports)}
            self._folds.keep(self._place_of)

    def _choice(self, judged: _Judged, *, original: Copy | None, translated: Sequence[str]) -> _Choice:
        near, fits, scores = judged.near, judged.fits, judged.scores
        said = self._said(near)
        for word, other in said:
            if word.verdict is Verdict.SAME:
                return _Choice(story=self.story_of(other), editor=word)
        barred = {self.story_of(other) for word, other in said if word.verdict is Verdict.DIFFERENT}
        if original is not None and (story := self.story_of(original.of)) not in barred:
            return _Choice(story=story, original=original)
        for report in translated:
            if (story := self.story_of(report)) not in barred:
                row = near.places.index(self._place_of[report])
                return _Choice(story=story, score=self.weights.certain, anchor=row)
        open_stories = [at for at, story in enumerate(fits.stories) if story not in barred]
        best = max(open_stories, key=lambda at: scores[at], default=None)
        if best is not None and self._joins(judged, best):
            return _Choice(story=fits.stories[best], score=float(scores[best]), anchor=fits.anchors[best])
        return _Choice()

    def _joins(self, judged: _Judged, at: int) -> bool:
        """Whether the report is to join this story: texts on one long war are near to each other, so more is asked.

        The models were learned with vectors: without them only the same words again are trusted.
        """
        score, pair = judged.scores[at], logistic(judged.odds[judged.fits.anchors[at]])
        if judged.near.centred is None:
            old = self._window.reports[judged.near.places[judged.fits.anchors[at]]]
            words = judged.near.new.words.keys()
            return len(words) >= SAME_WORDS_MIN and words == old.words.keys()
        if len(judged.near.new.words) < TEXT_WORDS:
            return bool(score >= self.weights.join)
        return bool(score >= self.weights.join_text and pair >= self.weights.pair_text)

    def _said(self, near: Near) -> list[tuple[Judgement, str]]:
        words = self._words.get(near.new.traits.id, {})
        return [(word, other) for other, word in words.items() if other in self._place_of]

    def _placement(self, judged: _Judged, choice: _Choice, fold: Fold) -> Placement:
        near = judged.near
        story = choice.story or story_id(near.new.traits.id)
        return Placement(
            report=near.new.traits.id,
            story=story,
            score=round(choice.score, 4),
            anchor=self._anchor(near, choice),
            certain=bool(choice.story) and (choice.anchor is None or choice.score >= self.weights.certain),
            copy_of=fold.copy_of,
            original_of=fold.original_of,
            reasons=self._why(judged, choice),
            judgements=self._judgements(judged),
            follows=() if choice.story else self._follows(judged, story),
            made_by=self.made_by,
        )

    def _anchor(self, near: Near, choice: _Choice) -> str:
        if choice.editor is not None:
            return choice.editor.second if choice.editor.first == near.new.traits.id else choice.editor.first
        if choice.original is not None:
            return choice.original.of
        return "" if choice.anchor is None else self._window.reports[near.places[choice.anchor]].traits.id

    def _why(self, judged: _Judged, choice: _Choice) -> tuple[Reason, ...]:
        if choice.editor is not None:
            return choice.editor.reasons
        if choice.original is not None:
            share = round(choice.original.share, 3)
            return (Reason(kind=ReasonKind.COPY, words=(choice.original.of,), value=share, weight=COPY_WEIGHT),)
        return () if choice.anchor is None else self._reasons(judged, choice.anchor)

    def _reasons(self, judged: _Judged, row: int) -> tuple[Reason, ...]:
        place = judged.near.places[row]
        cosine = float(judged.near.cosines[place])
        old = self._window.reports[place]
        added = judged.added[row].tolist()
        return reasons(judged.near.new, old, added=added, cosine=cosine if cosine > NONE else None)

    def _judgements(self, judged: _Judged) -> tuple[Judgement, ...]:
        best = np.argsort(-judged.odds, kind="stable")[:JUDGED_MAX]
        return tuple(self._judgement(judged, int(row)) for row in best)

    def _judgement(self, judged: _Judged, row: int) -> Judgement:
        score = float(logistic(judged.odds[row : row + 1])[0])
        other = self._window.reports[judged.near.places[row]].traits.id
        first, second = sorted((judged.near.new.traits.id, other))
        return Judgement(
            first=first,
            second=second,
            verdict=self._verdict(judged.near.features[row], score),
            score=round(score, 4),
            reasons=self._reasons(judged, row),
            made_by=self.made_by,
        )

    def _verdict(self, features: NDArray[np.float32], score: float) -> Verdict:
        if score >= self.weights.same_from(features):
            return Verdict.SAME
        return Verdict.DIFFERENT if score <= self.weights.different else Verdict.UNSURE

    def _follows(self, judged: _Judged, story: str) -> tuple[StoryLink, ...]:
        """Earlier stories that are near, but too far to be one with the new."""
        hour = hours_of(judged.near.new.traits)
        links = []
        for at in np.argsort(-judged.scores, kind="stable")[:FOLLOWED_MAX]:
            score, earlier = float(judged.scores[at]), judged.fits.stories[at]
            last = float(self._window.hours[self._stories.threads[earlier].places[-1]])
            if score >= self.weights.follow and hour - last >= FOLLOWED_AFTER_HOURS:
                why = self._reasons(judged, judged.fits.anchors[at])
                links.append(StoryLink(earlier=earlier, later=story, score=round(score, 4), reasons=why))
        return tuple(links)


def told_of(traits: Traits, *, credited: Sequence[str] = (), agency: str = "") -> Told:
    """What counting origins has to know of a report that was read."""
    return Told(id=traits.id, when=traits.published, language=traits.language, credits=tuple(credited), agency=agency)
