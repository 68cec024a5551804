"""Acts: gathers what stands in a dossier and around it, so that it can be counted and drawn.

What was gathered and counted is kept in the process as long as nothing changes, since a page asks for it once a chart.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import cached_property
from itertools import islice
from typing import TYPE_CHECKING, Any

from chronik.archive.gathering import side_told
from chronik.archive.neighbours import bridge
from chronik.model import SourceKind, content_id
from chronik.relate.geography import Place, place
from chronik.relate.overview import counting, lacks, lanes
from chronik.relate.overview.items import TRAITS, Items
from chronik.relate.overview.narrowing import Clock, Narrowing
from chronik.relate.overview.periods import day
from chronik.relate.overview.words import word_count
from chronik.relate.speaking.parties import Parties

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import date, datetime, tzinfo

    from chronik.archive.archive import Archive
    from chronik.model import Source, StoryLink
    from chronik.ports.overview import Belonging, Clipped, Heard, Saying
    from chronik.ports.relating import Side, StoryHead
    from chronik.relate.gaps import Gap

REPORTS_MAX, CLIPS_MAX = 60_000, 20_000
HEARD_MAX = 600
"""Of so many texts, those clipped first, it is looked up who is quoted and which places are named."""
HEARD_KEPT_MAX = 20_000
NAMES_KEPT_MAX = 20_000
KEPT_MAX = 6
"""Overviews, each by one clock and narrowing, are kept beside one another."""
KEPT_FOR = timedelta(seconds=60)
PLACES_MAX = 100
GAPS_MAX = 60
KEPT, GATHERED, HEARD, PLACED = "overview", "overview-gathered", "overview-heard", "overview-placed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Voice:
    """Who is quoted in a dossier's clips."""

    speaker: str
    """By the fullest name; empty where the text names nobody."""
    side: str
    """Key of the side, or empty."""
    statements: int
    words: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """A place, and how many of the texts that were looked at name it."""

    place: Place
    texts: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Gathered:
    """Everything that an overview of one dossier counts, by whatever clock and in whatever language."""

    token: str
    at: datetime
    belonging: Belonging
    clipped: Sequence[Clipped]
    words: Sequence[int]
    """Of each clip."""
    sources: dict[str, Source]
    sides: tuple[Side, ...]


class Overview:
    """A dossier's figures, each counted when it is asked for first."""

    def __init__(self, archive: Archive, gathered: Gathered, *, narrowing: Narrowing) -> None:
        self._archive, self._gathered, self.narrowing = archive, gathered, narrowing
        self.sides = gathered.sides
        self._traits = _Traits(gathered)
        self._over_time: dict[str, counting.OverTime | None] = {}
        self._balance: dict[str, tuple[counting.Line, ...]] = {}

    @cached_property
    def clips(self) -> Items:
        """The clips, the last clipped first."""
        return self.narrowing.kept(self._all_clips)

    @cached_property
    def reports(self) -> Items:
        """The reports that belong to it; a clip whose page was never placed counts as one."""
        return self.narrowing.kept(self._all_reports)

    @cached_property
    def languages(self) -> list[str]:
        """Every language that something is in, whatever is narrowed to."""
        return sorted({*self._gathered.belonging.languages, *self._all_clips.languages})

    @property
    def is_cut(self) -> bool:
        """Whether there is more than is counted."""
        return len(self._gathered.belonging.reports) >= REPORTS_MAX or len(self._gathered.clipped) >= CLIPS_MAX

    @cached_property
    def undated(self) -> int:
        """Reports and clips without a day by this clock."""
        return sum(one is None for one in (*self.reports.days, *self.clips.days))

    def over_time(self, trait: str) -> counting.OverTime | None:
        """Reports over time by a trait, and clips beside them."""
        assert trait in TRAITS, "items are told apart by these"
        if trait not in self._over_time:
            self._over_time[trait] = counting.over_time(self.reports, self.clips, trait=trait)
        return self._over_time[trait]

    @cached_property
    def origins(self) -> counting.Origins | None:
        """Reports and independent origins over time."""
        return counting.origins(self.reports)

    @cached_property
    def origin_count(self) -> int:
        """Independent origins of the reports."""
        return len(set(self.reports.origins))

    def balance(self, trait: str) -> tuple[counting.Line, ...]:
        """Reports, origins, clips and quoted words by a trait; by side the quoted words are those of its speakers."""
        if trait not in self._balance:
            spoken: Counter[str] = Counter()
            for voice in self.voices if trait == "side" else ():
                spoken[voice.side] += voice.words
            quoted = spoken if trait == "side" else None
            self._balance[trait] = counting.balance(self.reports, self.clips, trait=trait, quoted=quoted)
        return self._balance[trait]

    @cached_property
    def voices(self) -> tuple[Voice, ...]:
        """Who is quoted in the clips, whoever has most words first."""
        speaking = Parties([replace(side_told(side), name=side.key) for side in self.sides], bridge(self._archive))
        said = [
            (saying.speaker, count, self._traits.side(one.source_id, one.credit))
            for one in self._clipped
            for saying, count in _within(one, self._heard.get(one.article))
        ]
        names = speaking.grouped(speaker for speaker, _, _ in said)
        words: Counter[tuple[str, str]] = Counter()
        statements: Counter[tuple[str, str]] = Counter()
        for speaker, count, own in said:
            who = names.get(speaker, speaker), speaking.side(speaker, "", source=()) if speaker else own
            words[who] += count
            statements[who] += 1
        return tuple(
            Voice(speaker=who[0], side=who[1], statements=statements[who], words=count)
            for who, count in sorted(words.items(), key=lambda item: (-item[1], item[0]))
        )

    @cached_property
    def places(self) -> tuple[Named, ...]:
        """Places that the texts name and that lists know, those named by most texts first."""
        names, known = bridge(self._archive), _kept(self._archive, PLACED, entries_max=NAMES_KEPT_MAX)
        found: dict[str, Place] = {}
        texts: Counter[str] = Counter()
        for heard in self._heard.values():
            in_text = set()
            for name in heard.places:
                if name not in known:
                    known[name] = next(filter(None, map(place, names.entities(name))), None)
                if known[name]:
                    in_text.add(known[name].key)
                    found[known[name].key] = known[name]
            texts.update(in_text)
        order = sorted(texts, key=lambda key: (-texts[key], key))
        return tuple(Named(place=found[key], texts=texts[key]) for key in order[:PLACES_MAX])

    @property
    def texts_heard(self) -> tuple[int, int]:
        """How many texts were looked at for voices and places, and how many there are."""
        return len(self._heard), len(self._texts)

    @cached_property
    def stories(self) -> tuple[lanes.Told, ...]:
        """The stories with most reports, the one that began first before the others."""
        return lanes.stories(self.reports)

    @cached_property
    def heads(self) -> dict[str, StoryHead]:
        """What those stories are called."""
        return self._archive.catalogue.story_heads(one.story for one in self.stories)

    @cached_property
    def links(self) -> list[StoryLink]:
        """Which of those stories goes on from which."""
        return self._archive.catalogue.links_within(one.story for one in self.stories)

    @cached_property
    def gaps(self) -> tuple[Gap, ...]:
        """What the reports have and the clips lack; sides by their sources only."""
        return lacks.gaps(self.clips, self.reports)[:GAPS_MAX]

    @cached_property
    def _all_clips(self) -> Items:
        clipped = self._gathered.clipped
        ids = [one.report or one.clip for one in clipped]
        return self._traits.items(
            ids=ids,
            origins=[one.copy_of or identity for one, identity in zip(clipped, ids, strict=True)],
            stories=[one.story for one in clipped],
            days=[self._day_of_clip(one) for one in clipped],
            languages=[one.language for one in clipped],
            sources=[(one.source_id, one.credit) for one in clipped],
            words=self._gathered.words,
            quoted=[self._quoted.get(one.clip, 0) for one in clipped],
        )

    @cached_property
    def _all_reports(self) -> Items:
        alone = self._all_clips.only([not one.report for one in self._gathered.clipped])
        if self.narrowing.clock is Clock.HAPPENED:
            first = {one.report: number for number, one in reversed(list(enumerate(self._gathered.clipped)))}
            placed = [bool(one.report) and first[one.report] == n for n, one in enumerate(self._gathered.clipped)]
            return self._all_clips.only(placed).joined(alone)
        there, zone = self._gathered.belonging, self._archive.config.zone
        if self.narrowing.clock is Clock.CAPTURED:
            days = [_day_of(moment, zone) for moment in there.captured_at]
        else:
            days = [day(said, zone) for said in there.published]
        placed_reports = self._traits.items(
            ids=there.reports,
            origins=[of or identity for of, identity in zip(there.copies_of, there.reports, strict=True)],
            stories=there.stories,
            days=days,
            languages=there.languages,
            sources=list(zip(there.source_ids, there.credits, strict=True)),
        )
        return placed_reports.joined(alone)

    def _day_of_clip(self, one: Clipped) -> date | None:
        zone = self._archive.config.zone
        if self.narrowing.clock is Clock.HAPPENED:
            return one.happened
        return day(one.published, zone) if self.narrowing.clock is Clock.PUBLISHED else _day_of(one.captured_at, zone)

    @cached_property
    def _quoted(self) -> dict[str, int]:
        """Clip → words in quotation marks."""
        heard = self._listen(one.article for one in self._gathered.clipped if one.article)
        return {
            one.clip: sum(words for _, words in _within(one, heard.get(one.article)))
            for one in self._gathered.clipped
            if one.article in heard
        }

    @cached_property
    def _clipped(self) -> list[Clipped]:
        """The clips that are not narrowed away."""
        kept = self.narrowing.lets_through(self._all_clips)
        return [one for one, is_kept in zip(self._gathered.clipped, kept, strict=True) if is_kept]

    @cached_property
    def _texts(self) -> dict[str, None]:
        """Articles of the clips, then of the reports that are origins of their own."""
        there, now = self._gathered.belonging, self.reports
        wanted = {identity for identity, origin in zip(now.ids, now.origins, strict=True) if identity == origin}
        reported = zip(there.reports, there.articles, strict=True)
        clipped = [one.article for one in self._clipped if one.article]
        return dict.fromkeys([*clipped, *(article for report, article in reported if report in wanted)])

    @cached_property
    def _heard(self) -> dict[str, Heard]:
        return self._listen(self._texts)

    def _listen(self, articles: Iterable[str]) -> dict[str, Heard]:
        """What was found in the first of these texts: a reading does not change, so each is looked at once."""
        held: dict[str, Heard] = _kept(self._archive, HEARD, entries_max=HEARD_KEPT_MAX)
        wanted = list(islice(dict.fromkeys(articles), HEARD_MAX))
        found = {article: held[article] for article in wanted if article in held}
        fresh = self._archive.catalogue.heard([article for article in wanted if article not in found])
        held.update(fresh)
        return found | fresh


class _Traits:
    """What sources tell of what they say."""

    def __init__(self, gathered: Gathered) -> None:
        self._sources, self._sides = gathered.sources, gathered.sides
        self._known: dict[tuple[str, str], tuple[str, str, str]] = {}

    def items(  # noqa: PLR0913 - the columns of `Items`
        self,
        *,
        ids: Sequence[str],
        origins: Sequence[str],
        stories: Sequence[str],
        days: Sequence[date | None],
        languages: Sequence[str],
        sources: Sequence[tuple[str, str]],
        words: Sequence[int] = (),
        quoted: Sequence[int] = (),
    ) -> Items:
        """Columns with what is known of the sources beside them; a source is its id and how it is credited."""
        known = {source: self._of(*source) for source in set(sources)}
        told = [known[source] for source in sources]
        return Items(
            ids=ids,
            origins=origins,
            stories=stories,
            days=days,
            languages=languages,
            kinds=[kind for kind, _, _ in told],
            countries=[country for _, country, _ in told],
            sides=[side for _, _, side in told],
            words=words,
            quoted=quoted,
        )

    def side(self, source_id: str, credit: str) -> str:
        """The side that a source speaks for, by its key."""
        return self._of(source_id, credit)[2]

    def _of(self, source_id: str, credit: str) -> tuple[str, str, str]:
        if (source_id, credit) not in self._known:
            source, names = self._sources.get(source_id), {source_id, credit} - {""}
            kind = str(source.kind) if source and source.kind is not SourceKind.UNKNOWN else ""
            side = next((one.key for one in self._sides if names & set(one.sources)), "")
            self._known[source_id, credit] = kind, source.country if source else "", side
        return self._known[source_id, credit]


def overview(archive: Archive, slug: str, *, narrowing: Narrowing) -> Overview:
    """The figures of a dossier, as they were at most a minute ago where nobody did anything. Raises NotFoundError."""
    archive.the_dossier(slug)
    made_of = _gathered(archive, slug, captured=narrowing.clock is Clock.CAPTURED)
    kept: dict[tuple[str, Narrowing], tuple[Gathered, Overview]] = archive.kept.setdefault(KEPT, {})
    gathered, found = kept.pop((slug, narrowing), (None, None))
    if found is None or gathered is not made_of:
        found = Overview(archive, made_of, narrowing=narrowing)
    for oldest in list(islice(kept, max(len(kept) - KEPT_MAX + 1, 0))):
        kept.pop(oldest, None)
    kept[slug, narrowing] = made_of, found
    return found


def _gathered(archive: Archive, slug: str, *, captured: bool) -> Gathered:
    now, token, catalogue = archive.clock(), _token(archive, slug), archive.catalogue
    kept = _kept(archive, GATHERED, entries_max=KEPT_MAX)
    before: Gathered | None = kept.get((slug, captured))
    if before and before.token == token and timedelta(0) <= now - before.at <= KEPT_FOR:
        return before
    clipped = catalogue.clipped(slug, limit=CLIPS_MAX, captured=captured)
    made = Gathered(
        token=token,
        at=now,
        belonging=catalogue.belonging(slug, limit=REPORTS_MAX, captured=captured),
        clipped=clipped,
        words=[word_count(one.excerpt) for one in clipped],
        sources={source.id: source for source in catalogue.sources()},
        sides=tuple(catalogue.sides(slug)),
    )
    kept[slug, captured] = made
    return made


def _kept(archive: Archive, name: str, *, entries_max: int) -> dict[Any, Any]:
    """What one page leaves to the next; begun anew where it has grown too large."""
    kept: dict[Any, Any] = archive.kept.setdefault(name, {})
    if len(kept) >= entries_max:
        kept = archive.kept[name] = {}
    return kept


def _token(archive: Archive, slug: str) -> str:
    """Changes with every act, every report that is placed, every word on stories and every round of suggesting."""
    marks, suggesting = archive.catalogue.marks(), archive.catalogue.suggesting(slug)
    acts = [act.id for act in archive.catalogue.acts(limit=1)]
    return content_id([slug, marks.placed, list(marks.said), suggesting.number, suggesting.knew, acts])


def _day_of(moment: datetime | None, zone: tzinfo) -> date | None:
    return moment.astimezone(zone).date() if moment else None


def _within(clip: Clipped, heard: Heard | None) -> Iterator[tuple[Saying, int]]:
    """Statements word for word that stand in a clip's passages, and how many of their words do."""
    if heard is None or clip.start < 0:
        return
    quoted = ((clip.start, clip.end), *clip.further)
    for saying in heard.sayings:
        inside = sum(max(min(saying.end, end) - max(saying.start, start), 0) for start, end in quoted)
        if inside:
            yield saying, max(round(saying.words * inside / (saying.end - saying.start)), 1)
