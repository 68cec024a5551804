"""Acts: gathers what stands in a dossier and around it, so that it can be counted and drawn.

What was gathered is kept in the process as long as nothing changes, since a page asks for it once for each chart.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, time, timedelta
from functools import cached_property
from itertools import islice
from typing import TYPE_CHECKING

from chronik.archive.gathering import side_told
from chronik.archive.neighbours import bridge
from chronik.model import SourceKind, content_id
from chronik.relate.gaps import Gap, Held, gaps
from chronik.relate.geography import Place, place
from chronik.relate.overview import counting, lanes
from chronik.relate.overview.counting import Item
from chronik.relate.overview.narrowing import Clock, Narrowing
from chronik.relate.overview.periods import day
from chronik.relate.overview.words import word_count
from chronik.relate.speaking.parties import Parties

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from datetime import date, tzinfo

    from chronik.archive.archive import Archive
    from chronik.model import Source, StoryLink
    from chronik.ports.overview import Belonging, Clipped, Heard, Saying
    from chronik.ports.relating import Side, StoryHead

REPORTS_MAX, CLIPS_MAX = 60_000, 20_000
HEARD_MAX = 600
"""Of so many texts, those clipped first, it is looked up who is quoted and which places are named."""
HEARD_KEPT_MAX = 20_000
GATHERED_KEPT_MAX = 4
KEPT_FOR = timedelta(seconds=60)
PLACES_MAX = 100
GAPS_MAX = 60
KEPT, HEARD, PLACED = "overview", "overview-heard", "overview-placed"


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
    zone: tzinfo
    belonging: tuple[Belonging, ...]
    clipped: tuple[Clipped, ...]
    sources: Mapping[str, Source]
    sides: tuple[Side, ...]
    side_of: dict[tuple[str, str], str] = field(default_factory=dict)


class Overview:
    """A dossier's figures, each counted when it is asked for."""

    def __init__(self, archive: Archive, gathered: Gathered, *, narrowing: Narrowing) -> None:
        self._archive, self._gathered, self.narrowing = archive, gathered, narrowing
        self.sides = gathered.sides

    @cached_property
    def clips(self) -> list[Item]:
        """The clips, the last clipped first."""
        return self.narrowing.kept(self._all_clips)

    @cached_property
    def reports(self) -> list[Item]:
        """The reports that belong to it; a clip whose page was never placed counts as one."""
        return self.narrowing.kept(self._all_reports)

    @cached_property
    def languages(self) -> list[str]:
        """Every language that something is in, whatever is narrowed to."""
        return sorted({one.language for one in (*self._all_reports, *self._all_clips)})

    @property
    def cut(self) -> bool:
        """Whether there is more than is counted."""
        return len(self._gathered.belonging) >= REPORTS_MAX or len(self._gathered.clipped) >= CLIPS_MAX

    @property
    def undated(self) -> int:
        """Reports and clips without a day by this clock."""
        return sum(one.day is None for one in (*self.reports, *self.clips))

    def over_time(self, trait: str) -> counting.OverTime | None:
        """Reports over time by a trait, and clips beside them."""
        return counting.over_time(self.reports, self.clips, trait=trait)

    @cached_property
    def origins(self) -> counting.Origins | None:
        """Reports and independent origins over time."""
        return counting.origins(self.reports)

    @cached_property
    def origin_count(self) -> int:
        """Independent origins of the reports."""
        return counting.origin_count(self.reports)

    def balance(self, trait: str) -> tuple[counting.Line, ...]:
        """Reports, origins, clips and quoted words by a trait; by side the quoted words are those of its speakers."""
        quoted = None
        if trait == "side":
            quoted = Counter[str]()
            for voice in self.voices:
                quoted[voice.side] += voice.words
        return counting.balance(self.reports, self.clips, trait=trait, quoted=quoted)

    @cached_property
    def voices(self) -> tuple[Voice, ...]:
        """Who is quoted in the clips, whoever has most words first."""
        speaking = Parties([replace(side_told(side), name=side.key) for side in self.sides], bridge(self._archive))
        said = [
            (saying.speaker, words, one)
            for one in self._clips_now
            for saying, words in _within(one, self._heard.get(one.article))
        ]
        names = speaking.grouped(speaker for speaker, _, _ in said)
        words: Counter[tuple[str, str]] = Counter()
        statements: Counter[tuple[str, str]] = Counter()
        for speaker, count, one in said:
            own = self._side(one.source_id, one.credit)
            side = speaking.side(speaker, "", source=()) if speaker else own
            words[names.get(speaker, speaker), side] += count
            statements[names.get(speaker, speaker), side] += 1
        return tuple(
            Voice(speaker=key[0], side=key[1], statements=statements[key], words=count)
            for key, count in sorted(words.items(), key=lambda item: (-item[1], item[0]))
        )

    @cached_property
    def places(self) -> tuple[Named, ...]:
        """Places that the texts name and that lists know, those named by most texts first."""
        names, known = bridge(self._archive), self._archive.kept.setdefault(PLACED, {})
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
        return gaps(map(_held, self.clips), map(_held, self.reports))[:GAPS_MAX]

    @cached_property
    def _all_clips(self) -> list[Item]:
        return [self._clip_item(one) for one in self._gathered.clipped]

    @cached_property
    def _all_reports(self) -> list[Item]:
        alone = [item for item, one in zip(self._all_clips, self._gathered.clipped, strict=True) if not one.report]
        if self.narrowing.clock is Clock.HAPPENED:
            placed = {one.report for one in self._gathered.clipped if one.report}
            return [*{item.id: item for item in self._all_clips if item.id in placed}.values(), *alone]
        days: dict[str, date | None] = {}
        zone, by_capture = self._gathered.zone, self.narrowing.clock is Clock.CAPTURED
        found = []
        for one in self._gathered.belonging:
            if by_capture:
                when = _day_of(one.captured_at, zone)
            else:
                if one.published not in days:
                    days[one.published] = day(one.published, zone)
                when = days[one.published]
            found.append(self._item(one, one.report, when))
        return found + alone

    def _item(self, one: Belonging | Clipped, key: str, when: date | None) -> Item:
        source = self._gathered.sources.get(one.source_id)
        return Item(
            key,
            one.copy_of or key,
            one.story,
            when,
            one.language,
            str(source.kind) if source and source.kind is not SourceKind.UNKNOWN else "",
            source.country if source else "",
            self._side(one.source_id, one.credit),
        )

    def _clip_item(self, one: Clipped) -> Item:
        zone, clock = self._gathered.zone, self.narrowing.clock
        when = one.happened
        if clock is not Clock.HAPPENED:
            when = day(one.published, zone) if clock is Clock.PUBLISHED else _day_of(one.captured_at, zone)
        item = self._item(one, one.report or one.clip, when)
        return item._replace(words=word_count(one.excerpt), quoted=self._quoted.get(one.clip, 0))

    def _side(self, source_id: str, credit: str) -> str:
        """The side that a source speaks for, by its key."""
        known = self._gathered.side_of
        if (source_id, credit) not in known:
            names = {source_id, credit} - {""}
            known[source_id, credit] = next((one.key for one in self.sides if names & set(one.sources)), "")
        return known[source_id, credit]

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
    def _clips_now(self) -> list[Clipped]:
        """The clips that are not narrowed away."""
        pairs = zip(self._all_clips, self._gathered.clipped, strict=True)
        return [one for item, one in pairs if self.narrowing.kept([item])]

    @cached_property
    def _texts(self) -> dict[str, None]:
        """Articles of the clips, then of the reports that are origins of their own."""
        wanted = {one.id for one in self.reports if one.id == one.origin}
        articles = [one.article for one in self._clips_now if one.article]
        articles += [one.article for one in self._gathered.belonging if one.report in wanted]
        return dict.fromkeys(articles)

    @cached_property
    def _heard(self) -> dict[str, Heard]:
        return self._listen(self._texts)

    def _listen(self, articles: Iterable[str]) -> dict[str, Heard]:
        """What was found in the first of these texts: a reading does not change, so each is looked at once."""
        held: dict[str, Heard] = self._archive.kept.setdefault(HEARD, {})
        wanted = list(islice(dict.fromkeys(articles), HEARD_MAX))
        found = {article: held[article] for article in wanted if article in held}
        fresh = self._archive.catalogue.heard([article for article in wanted if article not in found])
        if len(held) + len(fresh) > HEARD_KEPT_MAX:
            held.clear()
        held.update(fresh)
        return found | fresh


def overview(archive: Archive, slug: str, *, narrowing: Narrowing) -> Overview:
    """The figures of a dossier. Raises NotFoundError."""
    archive.the_dossier(slug)
    return Overview(archive, gathered(archive, slug), narrowing=narrowing)


def gathered(archive: Archive, slug: str) -> Gathered:
    """What is counted of a dossier, as it was at most a minute ago where nobody did anything since."""
    now, token = archive.clock(), _token(archive, slug)
    kept: dict[str, Gathered] = archive.kept.setdefault(KEPT, {})
    before = kept.get(slug)
    if before and before.token == token and timedelta(0) <= now - before.at <= KEPT_FOR:
        return before
    catalogue = archive.catalogue
    made = Gathered(
        token=token,
        at=now,
        zone=archive.config.zone,
        belonging=tuple(catalogue.belonging(slug, limit=REPORTS_MAX)),
        clipped=tuple(catalogue.clipped(slug, limit=CLIPS_MAX)),
        sources={source.id: source for source in catalogue.sources()},
        sides=tuple(catalogue.sides(slug)),
    )
    kept.pop(slug, None)
    for oldest in list(islice(kept, max(len(kept) - GATHERED_KEPT_MAX + 1, 0))):
        kept.pop(oldest, None)
    kept[slug] = made
    return made


def _token(archive: Archive, slug: str) -> str:
    """Changes with every act, every report that is placed, every word on stories and every round of suggesting."""
    marks, suggesting = archive.catalogue.marks(), archive.catalogue.suggesting(slug)
    acts = [act.id for act in archive.catalogue.acts(limit=1)]
    return content_id([slug, marks.placed, list(marks.said), suggesting.number, suggesting.knew, acts])


def _day_of(moment: datetime | None, zone: tzinfo) -> date | None:
    return moment.astimezone(zone).date() if moment else None


def _within(clip: Clipped, heard: Heard | None) -> Iterator[tuple[Saying, int]]:
    """Statements word for word that stand in a clip's passage, and how many of their words do."""
    if heard is None or clip.start < 0:
        return
    for saying in heard.sayings:
        inside = min(saying.end, clip.end) - max(saying.start, clip.start)
        if inside > 0:
            yield saying, max(round(saying.words * inside / (saying.end - saying.start)), 1)


def _held(one: Item) -> Held:
    return Held(
        id=one.id,
        origin="" if one.origin == one.id else one.origin,
        parties=frozenset({one.side}) if one.side else frozenset(),
        language=one.language,
        source_kind=one.kind,
        country=one.country,
        published=datetime.combine(one.day, time(12), UTC) if one.day else None,
    )
