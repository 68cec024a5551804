"""Decides how statements stand side by side: parties in columns, who says it and how, links to the very place."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING
from urllib.parse import quote, urlencode

from django.urls import reverse

from chronik.desk import reading

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from chronik.model import Article
    from chronik.relate.accounts import Account, Utterance

SPEAKERS_APART_MAX = 6
"""Where no sides are defined, so many speakers have a column of their own."""
STATEMENTS_A_SPEAKER_MIN = 2
SHOWN_AT_ONCE = 12
"""Of a party's statements; the others on demand."""
SHOWN_MAX = 1_000
WHOLLY_SURE_PERCENT = 100
"""The very same words."""
FRAGMENT_CHARACTERS_MAX = 60
"""A longer passage is pointed at by its first and last words."""
FRAGMENT_WORDS = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Elsewhere:
    """Another place that has the same statement."""

    credit: str
    language: str
    published: datetime | None
    address: str
    words: str = ""
    """In another language; empty where they are the same."""
    clip_address: str = ""
    sure_percent: int = WHOLLY_SURE_PERCENT
    """How surely it is the same statement."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """A passage as it is shown."""

    key: str
    pieces: tuple[tuple[str, str], ...]
    """The passage in runs of text, each with what it is: empty, `speaker` or `cue`."""
    language: str
    quoted: bool
    own_words: bool
    speaker: str
    """By the fullest name."""
    cue: str
    credit: str
    published: datetime | None
    address: str
    """Its place in the article."""
    clip_address: str
    """The form that clips it."""
    again: tuple[Elsewhere, ...]
    translations: tuple[Elsewhere, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Party:
    """A side, a speaker, or the others, with what they say, oldest first."""

    name: str
    """Empty for the others."""
    shown: tuple[Statement, ...]
    count: int
    """Of all statements."""

    @property
    def more(self) -> int:
        """Statements that are left out."""
        return self.count - len(self.shown)


def parties(
    accounts: Sequence[Account],
    articles: Mapping[str, Article],
    *,
    dossier: str = "",
    statements_max: int = SHOWN_AT_ONCE,
) -> tuple[Party, ...]:
    """The sides in their order, then the others; without sides those who say most, then the others."""
    sides = [account for account in accounts if account.side]
    apart = sides or _speakers(accounts)
    others = [account for account in accounts if account not in apart]
    rest = sorted(chain.from_iterable(account.utterances for account in others), key=_order)
    columns = [(account.side or account.speaker, account.utterances) for account in apart]
    return tuple(
        _party(name, utterances, articles, dossier=dossier, statements_max=statements_max)
        for name, utterances in [*columns, ("", rest)]
        if utterances
    )


def _speakers(accounts: Sequence[Account]) -> list[Account]:
    often = [one for one in accounts if one.speaker and len(one.utterances) >= STATEMENTS_A_SPEAKER_MIN]
    return often[:SPEAKERS_APART_MAX]


def _order(one: Utterance) -> tuple[bool, float, str, int]:
    published = one.published.timestamp() if one.published else 0.0
    return (one.published is None, published, one.article, one.start)


def _party(
    name: str, utterances: Sequence[Utterance], articles: Mapping[str, Article], *, dossier: str, statements_max: int
) -> Party:
    shown = [_statement(one, articles, dossier=dossier) for one in utterances[:statements_max]]
    return Party(name=name, shown=tuple(shown), count=len(utterances))


def _statement(one: Utterance, articles: Mapping[str, Article], *, dossier: str) -> Statement:
    again = [
        Elsewhere(
            credit=place.credit,
            language=place.language,
            published=place.published,
            address=_address(articles, place.article, place.start, place.end),
            sure_percent=_percent(place.confidence),
        )
        for place in one.again
    ]
    translations = [
        Elsewhere(
            credit=other.credit,
            language=other.language,
            published=other.published,
            address=_address(articles, other.article, other.start, other.end),
            words=other.words,
            clip_address=clip_address(other.article, start=other.start, end=other.end, dossier=dossier),
            sure_percent=_percent(other.confidence),
        )
        for other in one.translations
    ]
    return Statement(
        key=f"{one.article[:12]}-{one.start}",
        pieces=tuple(_pieces(one.words, speaker=one.speaker, cue=one.cue)),
        language=one.language,
        quoted=one.quoted,
        own_words=one.own_words,
        speaker=one.name or one.speaker,
        cue="" if one.cue in one.words else one.cue,
        credit=one.credit,
        published=one.published,
        address=_address(articles, one.article, one.start, one.end),
        clip_address=clip_address(one.article, start=one.start, end=one.end, dossier=dossier),
        again=tuple(again),
        translations=tuple(translations),
    )


def _percent(confidence: float) -> int:
    """Rounded down: only the very same words are wholly sure."""
    return int(confidence * WHOLLY_SURE_PERCENT)


def _pieces(words: str, *, speaker: str, cue: str) -> list[tuple[str, str]]:
    """The passage, with the speaker and the cue set apart where they stand in it."""
    spans = sorted(
        (at, at + len(part), kind)
        for part, kind in ((speaker, "speaker"), (cue, "cue"))
        if part and (at := words.find(part)) >= 0
    )
    pieces, at = [], 0
    for start, end, kind in spans:
        if start < at:
            continue
        pieces += [(words[at:start], ""), (words[start:end], kind)]
        at = end
    return [piece for piece in (*pieces, (words[at:], "")) if piece[0]]


def clip_address(article: str, *, start: int, end: int, dossier: str = "") -> str:
    """The form that clips a passage of an article, the passage filled in."""
    asked = {"start": start, "end": end, **({"dossier": dossier} if dossier else {})}
    return f"{reverse('desk:article', args=[article])}?{urlencode(asked)}"


def _address(articles: Mapping[str, Article], article: str, start: int, end: int) -> str:
    text = articles[article].text if article in articles else ""
    return reverse("desk:article", args=[article]) + fragment(text, start=start, end=end)


def fragment(text: str, *, start: int, end: int) -> str:
    """The part of an address that leads to a passage: its paragraph, and, where browsers know it, its very words."""
    number = reading.paragraph_at(text, start)
    passage = text[start:end].strip()
    words = passage.split()
    if not number or not words:
        return ""
    if len(passage) <= FRAGMENT_CHARACTERS_MAX and "\n" not in passage:
        directive = _quoted(passage)
    else:
        directive = f"{_quoted(' '.join(words[:FRAGMENT_WORDS]))},{_quoted(' '.join(words[-FRAGMENT_WORDS:]))}"
    return f"#p{number}:~:text={directive}"


def _quoted(words: str) -> str:
    return quote(words[:FRAGMENT_CHARACTERS_MAX], safe="", errors="replace").replace("-", "%2D")
