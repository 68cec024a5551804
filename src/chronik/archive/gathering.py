"""Acts: gathers what is known of a dossier or a story for those who decide about it: replay, gaps, accounts."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from chronik.archive.archive import Archive, Progress, Step, unseen
from chronik.archive.judging import the_story
from chronik.archive.neighbours import bridge
from chronik.archive.reading import index_due
from chronik.archive.searching import DOCUMENTS_BEFORE_SEARCH_MAX
from chronik.archive.statements import vectors
from chronik.archive.suggesting import clipped, pieces_of, pieces_of_clips, texts_of
from chronik.errors import NotFoundError
from chronik.ports.relating import SuggestionState
from chronik.relate import accounts as side_by_side
from chronik.relate.backtest import Backtest, Decided, History, backtest
from chronik.relate.gaps import Gap, Held, gaps
from chronik.relate.speaking.parties import Parties
from chronik.relate.speaking.question_words import content

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from chronik.model import Article, Clip, Source
    from chronik.ports.looking_up import Spot, Voices
    from chronik.ports.relating import Side, WholeStory
    from chronik.relate.accounts import Account
    from chronik.relate.suggest import Piece

WEEK = timedelta(days=7)
WEEKS_MAX = 52 * 200
ARTICLES_ASKED_MAX = 100
"""Of a question in free words the best matches are read."""
WORDS_ASKED_MAX = 16
SUGGESTIONS_MAX = 2_000
DECIDED_MAX = 1_000
VOICES = "voices"
VOICES_KEPT_MAX = 50_000
_WORD = re.compile(r"\w{4,}")
"""Shorter words stand in nearly every article."""


def replay(archive: Archive, slug: str, *, progress: Progress = unseen) -> Backtest:
    """Replay a dossier's own history in time order, without peeking. Raises NotFoundError."""
    dossier = archive.the_dossier(slug)
    pairs = clipped(archive, archive.catalogue.clips(slug))
    decided = [Decided(piece=piece, at=clip.clipped_at) for clip, piece in pairs]
    decided += list(_refused(archive, slug))
    history = History(dossier=slug, texts=tuple(texts_of(archive, dossier)), decided=tuple(decided))
    own = [piece for clip, piece in pairs if not clip.article_id]
    done = iter(range(1, WEEKS_MAX))
    return backtest(
        history,
        _corpus(archive, own),
        progress=lambda _: progress(Step(stage="backtest", done=next(done), total=0)),
    )


def _refused(archive: Archive, slug: str) -> Iterator[Decided]:
    for one in archive.catalogue.proposed(slug, state=SuggestionState.REFUSED, limit=DECIDED_MAX):
        relation = archive.catalogue.relation(one.report)
        if relation and one.decided_at:
            (piece,) = pieces_of_clips(archive, [relation])
            yield Decided(piece=piece, at=one.decided_at, refused=True)


def _corpus(archive: Archive, own: Sequence[Piece]) -> Iterator[Piece]:
    """All placed articles week by week, and clips that have none, in the order of time."""
    span = archive.catalogue.span()
    times = [piece.published for piece in own if piece.published] + list(span or ())
    if not times:
        return
    begin, end = _monday(min(times)), max(times)
    waiting = sorted((piece for piece in own if piece.published), key=_time)
    while begin <= end:
        until = begin + WEEK
        placed = pieces_of(archive, list(archive.catalogue.relations(begin, until))) if span else []
        clips = [piece for piece in waiting if _time(piece) < until]
        waiting = waiting[len(clips) :]
        yield from sorted([*placed, *clips], key=_time)
        begin = until


def _monday(instant: datetime) -> datetime:
    day = instant.astimezone(UTC).replace(hour=0, minute=0, second=0, microsecond=0)
    return day - timedelta(days=day.weekday())


def _time(piece: Piece) -> datetime:
    assert piece.published is not None, "placed reports have a time"
    return piece.published


def missing(archive: Archive, slug: str) -> tuple[Gap, ...]:
    """What a dossier lacks that the archive holds. Raises NotFoundError."""
    archive.the_dossier(slug)
    clips = archive.catalogue.clips(slug)
    telling = _Telling(archive, slug)
    spots = _spots_of(archive, clips)
    kept = telling.clips(clips, spots)
    there = telling.suggested(slug) + telling.of_stories(spot.story for spot in spots.values())
    return gaps(kept, there)


def silent_sides(archive: Archive, slug: str) -> tuple[Side, ...]:
    """Sides of a dossier of whose sources and speakers no clip is."""
    clips = archive.catalogue.clips(slug)
    heard = {party for held in _Telling(archive, slug).clips(clips, {}) for party in held.parties}
    return tuple(side for side in archive.catalogue.sides(slug) if side.key not in heard)


def _spots_of(archive: Archive, clips: Iterable[Clip]) -> dict[str, Spot]:
    """Where the articles of clips stand, by the article's id; a clip of an earlier version stands where the page is."""
    ids = {clip.article_id for clip in clips if clip.article_id}
    found = archive.catalogue.spots(ids)
    earlier = {article: archive.catalogue.relation(article) for article in ids - set(found)}
    now = archive.catalogue.spots(relation.report for relation in earlier.values() if relation)
    return found | {article: now[one.report] for article, one in earlier.items() if one and one.report in now}


class _Telling:
    """Tells of articles and clips who speaks, in which language, from where."""

    def __init__(self, archive: Archive, slug: str) -> None:
        self._catalogue = archive.catalogue
        self._heard: dict[str, Voices] = archive.kept.setdefault(VOICES, {})
        self._sides = archive.catalogue.sides(slug)
        # By their keys: two sides may bear one name.
        keyed = [replace(side_told(side), name=side.key) for side in self._sides]
        self._speaking = Parties(keyed, bridge(archive))
        self._sources = {source.id: source for source in archive.catalogue.sources()}

    def clips(self, clips: Sequence[Clip], spots: Mapping[str, Spot]) -> list[Held]:
        """The clips of the dossier."""
        voices = self._voices(clip.article_id for clip in clips if clip.article_id)
        return [self._clip(clip, voices.get(clip.article_id), spots.get(clip.article_id)) for clip in clips]

    def _voices(self, articles: Iterable[str]) -> dict[str, Voices]:
        """Who speaks in these articles: a reading does not change, so it is looked at once."""
        wanted = set(articles)
        found = {article: self._heard[article] for article in wanted if article in self._heard}
        fresh = self._catalogue.voices(wanted - set(found))
        if len(self._heard) + len(fresh) > VOICES_KEPT_MAX:
            self._heard.clear()
        self._heard.update(fresh)
        return found | fresh

    def _clip(self, clip: Clip, voices: Voices | None, spot: Spot | None) -> Held:
        source = self._sources.get(clip.source_id)
        return Held(
            id=spot.report if spot else clip.id,
            origin=spot.copy_of if spot else "",
            parties=self._parties({clip.source_id, clip.credit}, voices.speakers if voices else ()),
            language=clip.language,
            source_kind=_kind(source),
            country=source.country if source else "",
            published=spot.when if spot else clip.clipped_at,
        )

    def suggested(self, slug: str) -> list[Held]:
        """What is suggested to the dossier, or was accepted."""
        scores: dict[str, float] = {}
        for state in (SuggestionState.OPEN, SuggestionState.ACCEPTED):
            scores |= self._catalogue.proposed_scores(slug, state=state, limit=SUGGESTIONS_MAX)
        return self._held(scores, self._catalogue.spots(scores))

    def of_stories(self, stories: Iterable[str]) -> list[Held]:
        """Every report of these stories."""
        spots = self._catalogue.spots_in(stories)
        return self._held(dict.fromkeys(spots, 1.0), spots)

    def _held(self, scores: Mapping[str, float], spots: Mapping[str, Spot]) -> list[Held]:
        voices = self._voices(spot.article for spot in spots.values())
        return [
            self._one(spots[report], voices[spots[report].article], score=score)
            for report, score in scores.items()
            if report in spots and spots[report].article in voices
        ]

    def _one(self, spot: Spot, voices: Voices, *, score: float) -> Held:
        source = self._sources.get(voices.source_id)
        return Held(
            id=spot.report,
            origin=spot.copy_of,
            parties=self._parties({voices.source_id, voices.source}, voices.speakers),
            language=voices.language,
            source_kind=_kind(source),
            country=source.country if source else "",
            published=spot.when,
            score=score,
        )

    def _parties(self, sources: set[str], speakers: Iterable[str]) -> frozenset[str]:
        speaking = {self._speaking.side(speaker, "", source=()) for speaker in speakers}
        of_sources = {side.key for side in self._sides if sources & set(side.sources)}
        return frozenset((of_sources | speaking) - {""})


def _kind(source: Source | None) -> str:
    return str(source.kind) if source else ""


def accounts(
    archive: Archive, *, story: str | WholeStory = "", question: str = "", dossier: str = "", encode: bool = False
) -> tuple[tuple[Account, ...], dict[str, Article]]:
    """What the parties say of a story, or on a question in free words, and the articles that say it, by id.

    Sides are those of the dossier, or of every dossier that has a clip of these articles. With `encode` translations
    of statements are looked for, which takes seconds; those found before are known without. Raises NotFoundError,
    EncoderError.
    """
    whole = (the_story(archive, story) if story else None) if isinstance(story, str) else story
    articles = _of_story(archive, whole) if whole else _asked(archive, question)
    by_id = {article.id: article for article in articles}
    sides = _sides(archive, by_id, dossier)
    told = [_told(article) for article in articles]
    asked = "" if whole else question
    found = side_by_side.accounts(
        told,
        question=asked,
        sides=[side_told(side) for side in sides],
        bridge=bridge(archive),
        vectors=vectors(archive, told, question=asked, encode=encode),
    )
    return found, by_id


def _of_story(archive: Archive, whole: WholeStory) -> list[Article]:
    found = archive.catalogue.articles(report.article for report in whole.reports)
    return [found[report.article] for report in whole.reports if report.article in found]


def _asked(archive: Archive, question: str) -> list[Article]:
    """Articles that hold all words of a question, or else some, oldest first."""
    index_due(archive, documents_max=DOCUMENTS_BEFORE_SEARCH_MAX)
    asked = content(question)
    some = " OR ".join(_WORD.findall(asked)[:WORDS_ASKED_MAX])
    ids: dict[str, None] = {}
    for query in (asked, some):
        if query and len(ids) < ARTICLES_ASKED_MAX:
            results = archive.index.search(f"kind:article {query}", limit=ARTICLES_ASKED_MAX, snippets=False)
            ids |= dict.fromkeys(hit.id for hit in results.hits if hit.kind == "article")
    articles = archive.catalogue.articles(list(ids)[:ARTICLES_ASKED_MAX]).values()
    if not articles:
        raise NotFoundError(f"No article holds these words: {question[:100]}. Try fewer, or other ones.")
    return sorted(articles, key=lambda article: article.published)


def _sides(archive: Archive, articles: Iterable[str], dossier: str) -> list[Side]:
    if dossier:
        archive.the_dossier(dossier)
        return archive.catalogue.sides(dossier)
    return archive.catalogue.sides_on(articles)


def side_told(side: Side) -> side_by_side.Side:
    """A dossier's side as accounts know it."""
    name = next(iter(side.names.values()), side.key)
    return side_by_side.Side(name=name, sources=frozenset(side.sources), speakers=side.speakers, words=side.words)


def _told(article: Article) -> side_by_side.Told:
    try:
        published = datetime.fromisoformat(article.published) if article.published else None
    except ValueError:
        published = None
    return side_by_side.Told(
        article=article.id,
        text=article.text,
        title=article.title,
        language=article.language,
        published=published.replace(tzinfo=UTC) if published and not published.tzinfo else published,
        credit=article.source,
        source_id=article.source_id,
        statements=article.statements,
        mentions=article.mentions,
    )
