"""Decides how what was found in a text is listed beside it: names, statements, dates."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from chronik.model import ArticleKind, NameKind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from chronik.desk.reading import Paragraph
    from chronik.model import Article

KIND_NAMES = {
    ArticleKind.LIVE_BLOG: _("live blog"),
    ArticleKind.GALLERY: _("picture gallery"),
    ArticleKind.VIDEO: _("video page"),
    ArticleKind.AUDIO: _("audio page"),
    ArticleKind.POST: _("post"),
    ArticleKind.DOCUMENT: _("document"),
    ArticleKind.SUBTITLES: _("subtitles"),
    ArticleKind.FEED_ENTRY: _("text of the feed; the page itself was not read"),
}
"""What a reading is called where it is no plain article."""
LISTED_MAX = 60
"""Of each kind, those that stand first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """Words of the text, and in which paragraph they first stand."""

    text: str
    paragraph: int
    times: int = 1
    date: str = ""
    """Of a date: the day, month or year that the words mean."""
    speaker: str = ""
    quoted: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Findings:
    """What a text names, most frequent names first, the rest in the order of the text."""

    persons: tuple[Listed, ...] = ()
    places: tuple[Listed, ...] = ()
    organisations: tuple[Listed, ...] = ()
    statements: tuple[Listed, ...] = ()
    dates: tuple[Listed, ...] = ()


def findings(article: Article, *, shown: Sequence[Paragraph]) -> Findings:
    """What was found in an article's text, with the paragraphs in which it is shown."""
    starts = [paragraph.start for paragraph in shown]
    return Findings(
        persons=_names(article, NameKind.PERSON, starts),
        places=_names(article, NameKind.PLACE, starts),
        organisations=_names(article, NameKind.ORGANISATION, starts),
        statements=_statements(article, starts),
        dates=_dates(article, starts),
    )


def _names(article: Article, kind: NameKind, starts: Sequence[int]) -> tuple[Listed, ...]:
    named = [(article.text[m.start : m.end], m.start) for m in article.mentions if m.kind is kind]
    first: dict[str, int] = {}
    for text, start in named:
        first.setdefault(text, start)
    times = Counter(text for text, _ in named)
    listed = [
        Listed(text=text, paragraph=_paragraph(start, starts), times=times[text]) for text, start in first.items()
    ]
    return tuple(sorted(listed, key=lambda one: -one.times)[:LISTED_MAX])


def _statements(article: Article, starts: Sequence[int]) -> tuple[Listed, ...]:
    return tuple(
        Listed(
            text=article.text[said.start : said.end],
            paragraph=_paragraph(said.start, starts),
            speaker=article.text[said.speaker.start : said.speaker.end] if said.speaker else "",
            quoted=said.quoted,
        )
        for said in article.statements[:LISTED_MAX]
    )


def _dates(article: Article, starts: Sequence[int]) -> tuple[Listed, ...]:
    listed: dict[str, Listed] = {}
    for named in article.dates:
        text = article.text[named.start : named.end]
        listed.setdefault(named.date, Listed(text=text, date=named.date, paragraph=_paragraph(named.start, starts)))
    return tuple(listed.values())[:LISTED_MAX]


def _paragraph(place: int, starts: Sequence[int]) -> int:
    """The number of the paragraph, from 1, in which a place lies."""
    return max(1, bisect_right(starts, place))
