"""Makes a large archive for `python -m bench desk`: made-up articles, stories, dossiers, put into the tables in bulk.

No reader and no relating runs. A tenth of the articles is open, most of them new, the others scattered over the years.
"""

from __future__ import annotations

import hashlib
import random
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from chronik.catalogue import convert, relating_fields
from chronik.model import (
    Article,
    Mention,
    NameKind,
    Reason,
    ReasonKind,
    Source,
    SourceKind,
    Span,
    Statement,
    Verdict,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

NOW = datetime(2026, 5, 1, 12, tzinfo=UTC)
YEARS = timedelta(days=5 * 365)
LANGUAGES = {
    "de": ("aber", "en", "sch", "ung", "ver", "ter", "lich", "ge", "ra", "mo"),
    "en": ("the", "ing", "er", "ment", "con", "sta", "ly", "re", "po", "nal"),
    "fr": ("le", "tion", "ment", "é", "par", "qu", "ou", "ai", "re", "des"),
    "es": ("el", "ción", "do", "es", "par", "ra", "con", "mi", "to", "los"),
    "it": ("la", "zione", "mente", "to", "per", "gli", "re", "ca", "no", "so"),
    "ru": ("пра", "ви", "тель", "ство", "го", "во", "ный", "при", "раз", "ен"),
    "tr": ("lar", "da", "mış", "kar", "ın", "ye", "baş", "ka", "ol", "du"),
    "pl": ("nie", "pow", "ski", "rz", "ego", "ła", "czy", "pra", "wa", "owo"),
    "hy": ("հայ", "ակ", "ան", "ում", "եր", "պետ", "ու", "թյ", "նա", "կա"),
}
RARE_LANGUAGE = "hy"
SOURCES = 40
RARE_SOURCE = f"source-{SOURCES - 1}"
SPEAKERS = ("Anna Sluss", "Pero Mallik", "Iwan Torow", "Lea Ponti", "Aram Kevo", "Jan Wolsk", "Ece Darin", "Tom Hale")
REPORTS_A_STORY_MAX = 40
SENTENCES = 2_000
ROWS_AT_ONCE = 500
ENCODER = "bench"


@dataclass(slots=True, kw_only=True)
class Drawn:
    """A report before it is put down."""

    number: int
    story: str
    place: int
    """In the story, from 0."""
    when: datetime
    source: int
    article: str = ""
    copy_of: str = ""
    anchor: str = ""


@dataclass(slots=True, kw_only=True)
class Filled:
    """What was put down, for those who ask for it."""

    drawn: list[Drawn] = field(default_factory=list)
    stories: dict[str, list[Drawn]] = field(default_factory=dict)


def identity(*parts: object) -> str:
    """An id as long as those of the archive."""
    return hashlib.sha256(" ".join(map(str, parts)).encode()).hexdigest()


def fill(*, articles: int, seed: int = 7) -> Filled:
    """Fill the tables of the archive that is open."""
    dice = random.Random(seed)
    filled = Filled()
    for story in _stories(articles, dice):
        filled.stories[story[0].story] = story
        filled.drawn += story
    filled.drawn.sort(key=lambda one: one.when)
    for number, one in enumerate(filled.drawn, start=1):
        one.number = number
    kept(_sources())
    kept(_feeds())
    _keep_articles(filled, dice)
    _keep_places(filled, dice)
    return filled


def _stories(articles: int, dice: random.Random) -> Iterator[list[Drawn]]:
    """Reports story by story; every hundredth story is as large as they come."""
    left, number = articles, 0
    while left > 0:
        large = number % 400 == 399
        size = REPORTS_A_STORY_MAX if large else min(1 + int(dice.expovariate(1 / 2.6)), REPORTS_A_STORY_MAX)
        size = min(size, left)
        begun = NOW - YEARS * dice.random()
        ids = [identity("article", number, place) for place in range(size)]
        times = sorted(min(begun + timedelta(hours=dice.expovariate(1 / 14)), NOW) for _ in range(size))
        yield [
            Drawn(
                number=0,
                story=identity("story", number),
                place=place,
                when=times[place],
                source=_source(dice),
                article=ids[place],
                anchor=ids[dice.randrange(place)] if place else "",
                copy_of=ids[0] if place and dice.random() < 0.3 else "",
            )
            for place in range(size)
        ]
        left -= size
        number += 1


def _source(dice: random.Random) -> int:
    """The last one speaks rarely."""
    return SOURCES - 1 if dice.random() < 0.001 else int((SOURCES - 1) * dice.random() ** 1.6)


def language_of(source: int) -> str:
    """Each source speaks one."""
    tags = [tag for tag in LANGUAGES if tag != RARE_LANGUAGE]
    return RARE_LANGUAGE if source == SOURCES - 1 else tags[source % len(tags)]


def kept(rows: Iterable[object]) -> None:
    """Put rows of one table down."""
    listed = list(rows)
    if listed:
        type(listed[0]).objects.bulk_create(listed, batch_size=ROWS_AT_ONCE, ignore_conflicts=True)


def _sources() -> Iterator[object]:
    from chronik.catalogue.models import SourceRow

    kinds = [kind for kind in SourceKind if kind != SourceKind.UNKNOWN]
    for number in range(SOURCES):
        noun = Source(
            id=f"source-{number}",
            names={language_of(number): f"Paper {number}"},
            kind=kinds[number % len(kinds)],
            country=("de", "am", "az", "ru", "fr")[number % 5],
            home_page=f"https://paper{number}.example/",
            hosts=(f"paper{number}.example",),
        )
        yield SourceRow(id=noun.id, **convert.source_fields(noun))


def _feeds() -> Iterator[object]:
    from chronik.catalogue.models import FeedRow

    for number in range(SOURCES):
        url = f"https://paper{number}.example/feed"
        yield FeedRow(url=url, title=f"Paper {number}", source_id=f"source-{number}", next_due=NOW + YEARS)


class Texts:
    """Sentences of a language out of made-up words, common and rare."""

    def __init__(self, language: str, dice: random.Random) -> None:
        self._dice = dice
        parts = LANGUAGES[language]
        words = ["".join(dice.choices(parts, k=dice.randint(1, 4))) for _ in range(6_000)]
        weights = [1 / (place + 5) for place in range(len(words))]
        lengths = [dice.randint(6, 16) for _ in range(SENTENCES)]
        self._sentences = [" ".join(dice.choices(words, weights, k=length)).capitalize() + "." for length in lengths]

    def title(self) -> str:
        """A line."""
        return self._dice.choice(self._sentences)[:90].rstrip(".")

    def text(self) -> tuple[str, list[Statement], list[Mention]]:
        """Paragraphs, what is said in them, and who is named."""
        dice = self._dice
        text, statements, mentions = "", [], []
        for _ in range(dice.randint(4, 9)):
            text += " ".join(dice.choices(self._sentences, k=dice.randint(2, 5)))
            if dice.random() < 0.4:
                who, said = dice.choice(SPEAKERS), dice.choice(self._sentences)[:-1]
                start = len(text) + len(" “")
                text += f" “{said}”, said {who}."
                named = Span(start=len(text) - 1 - len(who), end=len(text) - 1)
                statements.append(Statement(start=start, end=start + len(said), quoted=True, speaker=named))
                mentions.append(Mention(start=named.start, end=named.end, kind=NameKind.PERSON))
            text += "\n\n"
        return text.rstrip(), statements, mentions


def _keep_articles(filled: Filled, dice: random.Random) -> None:
    """Captures, leads and articles, the newest tenth and a bit mostly open."""
    texts = {tag: Texts(tag, dice) for tag in LANGUAGES}
    count = len(filled.drawn)
    fresh = count - count * 8 // 100
    for start in range(0, count, ROWS_AT_ONCE * 10):
        part = filled.drawn[start : start + ROWS_AT_ONCE * 10]
        kept(_captures(part))
        kept(_leads(part))
        kept(_article(one, texts, dice, fresh=one.number > fresh) for one in part)


def _address(one: Drawn) -> str:
    return f"https://paper{one.source}.example/{one.when:%Y/%m/%d}/{one.article[:16]}"


def _captures(part: Sequence[Drawn]) -> Iterator[object]:
    from chronik.catalogue.models import CaptureRow

    for one in part:
        yield CaptureRow(
            id=identity("capture", one.article),
            url=_address(one),
            asked_url=_address(one),
            captured_at=one.when,
            record="response",
            status=200,
            media_type="text/html",
            block_digest=identity("block", one.article),
            payload_digest=identity("payload", one.article),
            file=f"{one.when:%Y%m}.warc.gz",
            offset=one.number,
            length=20_000,
            reading="read",
        )


def _leads(part: Sequence[Drawn]) -> Iterator[object]:
    from chronik.catalogue.models import LeadRow

    for one in part:
        feed = f"https://paper{one.source}.example/feed"
        yield LeadRow(url=_address(one), found_in=feed, found_at=one.when, state="fetched")


def _article(one: Drawn, texts: dict[str, Texts], dice: random.Random, *, fresh: bool) -> object:
    from chronik.catalogue.models import ArticleRow

    language = language_of(one.source)
    text, statements, mentions = texts[language].text()
    noun = Article(
        id=one.article,
        capture_id=identity("capture", one.article),
        url=_address(one),
        title=texts[language].title(),
        authors=("N. N.",),
        published=one.when.isoformat(),
        language=language,
        source=f"Paper {one.source}",
        source_id=f"source-{one.source}",
        text=text,
        made_by="bench",
        read_at=one.when,
        statements=tuple(statements),
        mentions=tuple(mentions),
    )
    is_open = dice.random() < (0.9 if fresh else 0.03)
    return ArticleRow(
        **convert.article_fields(noun),
        sort_at=one.when,
        related=True,
        superseded=dice.random() < 0.02,
        done_at=None if is_open else one.when + timedelta(hours=9),
        starred=dice.random() < 0.004,
    )


REASONS = relating_fields.reason_fields(
    [
        Reason(kind=ReasonKind.HOURS_APART, value=5.0, weight=0.4),
        Reason(kind=ReasonKind.NAMES, words=("Sluss/Слусс", "Mallik"), weight=1.7),
        Reason(kind=ReasonKind.VECTORS, value=0.91, weight=2.2),
        Reason(kind=ReasonKind.NUMBERS, words=("300 000",), weight=0.6),
    ]
)


def _keep_places(filled: Filled, dice: random.Random) -> None:
    """Relations, stories, judgements, links and former ids."""
    from chronik.catalogue.models import JudgementRow

    material = dice.randbytes(4_096)
    kept(_relations(filled, material, dice))
    kept(_story_rows(filled))
    before: list[Drawn] = []
    for one in filled.drawn:
        pairs = {tuple(sorted((one.article, other.article))) for other in dice.sample(before, min(2, len(before)))}
        if one.anchor:
            pairs.add(tuple(sorted((one.article, one.anchor))))
        before = [*before[-40:], one]
        _pending.extend(
            JudgementRow(
                first=first,
                second=second,
                verdict=str(Verdict.UNSURE),
                score=dice.random(),
                reasons=REASONS,
                made_by="bench",
                judged_at=one.when,
            )
            for first, second in pairs
        )
        if len(_pending) > ROWS_AT_ONCE * 10:
            kept(_pending)
            _pending.clear()
    kept(_pending)
    _pending.clear()
    kept(_links(filled, dice))
    kept(_former(filled))


_pending: list[object] = []


def _relations(filled: Filled, material: bytes, dice: random.Random) -> Iterator[object]:
    from chronik.catalogue.models import RelationRow

    for one in filled.drawn:
        at = dice.randrange(2_000)
        yield RelationRow(
            report=one.article,
            article_id=one.article,
            number=one.number,
            sort_at=one.when,
            story=one.story,
            anchor=one.anchor,
            score=0.9 if one.anchor else 1.0,
            certain=dice.random() < 0.7,
            copy_of=one.copy_of,
            reasons=REASONS if one.anchor else [],
            made_by="bench",
            related_at=one.when,
            traits=material[at : at + 900],
            vector=material[at : at + 768],
            encoder=ENCODER,
            weighed=material[at : at + 160],
        )


def _story_rows(filled: Filled) -> Iterator[object]:
    from chronik.catalogue.models import StoryRow

    for story, reports in filled.stories.items():
        tags = sorted({language_of(one.source) for one in reports})
        yield StoryRow(
            id=story,
            founder=reports[0].article,
            first_at=reports[0].when,
            last_at=reports[-1].when,
            reports=len(reports),
            origins=sum(not one.copy_of for one in reports),
            languages=f" {' '.join(tags)} ",
        )


def _links(filled: Filled, dice: random.Random) -> Iterator[object]:
    """A third of the stories goes on from an earlier one; some large ones have many that go on from them."""
    from chronik.catalogue.models import StoryLinkRow

    ids = list(filled.stories)
    large = [story for story, reports in filled.stories.items() if len(reports) == REPORTS_A_STORY_MAX]
    pairs = {(earlier, dice.choice(ids)) for earlier in dice.choices(ids, k=len(ids) // 3)}
    pairs |= {(story, dice.choice(ids)) for story in large[:50] for _ in range(60)}
    pairs |= {(dice.choice(ids), story) for story in large[:50] for _ in range(60)}
    for earlier, later in sorted(pairs):
        yield StoryLinkRow(earlier=earlier, later=later, score=dice.random(), reasons=REASONS, made_by="bench")


def _former(filled: Filled) -> Iterator[object]:
    from chronik.catalogue.models import FormerStoryRow

    for number, reports in enumerate(filled.stories.values()):
        if len(reports) > 1 and number % 5 == 0:
            yield FormerStoryRow(id=identity("former", number), founder=reports[1].article)
