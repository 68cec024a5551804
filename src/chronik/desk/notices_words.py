"""Decides how notices read: in a mail, in the reader's language, and in a webhook's JSON."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from chronik.desk import alarms
from chronik.desk.choices import name_in
from chronik.model.saved import NoticeKind

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from chronik.catalogue.models import ArticleRow, NoticeRow

LISTED_MAX = 50
TITLE_CHARACTERS_MAX = 300


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """Subject and text of a mail."""

    subject: str
    text: str


def letter(  # noqa: PLR0913 - each named by the caller
    rows: Sequence[NoticeRow],
    articles: Mapping[str, ArticleRow],
    *,
    language: str,
    archive_name: str,
    desk_url: str,
    unsubscribe_url: str,
) -> Letter:
    """What a person is written about these notices."""
    with translation.override(language):
        matches = sum(row.kind == NoticeKind.MATCH for row in rows)
        alarmed = len(rows) - matches
        told = [
            ngettext("%(count)d new report", "%(count)d new reports", matches) % {"count": matches} if matches else "",
            ngettext("%(count)d alarm", "%(count)d alarms", alarmed) % {"count": alarmed} if alarmed else "",
        ]
        names = sorted({row.view.name for row in rows if row.view})
        about = f": {', '.join(names)}" if names else ""
        parts = _listed(rows[:LISTED_MAX], articles, desk_url)
        if len(rows) > LISTED_MAX:
            more = len(rows) - LISTED_MAX
            parts.append(ngettext("%(count)d more at the desk.", "%(count)d more at the desk.", more) % {"count": more})
        parts.append(_("All notices: %(address)s") % {"address": f"{desk_url}/desk/notices/"})
        parts.append(_("No more mails: %(address)s") % {"address": unsubscribe_url})
        subject = f"[{archive_name}] {', '.join(part for part in told if part)}{about}"
        return Letter(subject=subject, text="\n\n".join(parts) + "\n")


def _listed(rows: Sequence[NoticeRow], articles: Mapping[str, ArticleRow], desk_url: str) -> list[str]:
    parts, heading = [], ""
    for row in rows:
        if row.kind == NoticeKind.MATCH and row.view and row.view.name != heading:
            heading = row.view.name
            parts.append(f"== {heading} ==")
        parts.append(_item(row, articles.get(row.article), desk_url))
    return parts


def _item(row: NoticeRow, article: ArticleRow | None, desk_url: str) -> str:
    if row.kind != NoticeKind.MATCH:
        return f"{words(row)}\n{row.reason}"
    if article is None:
        return _("A report that is gone since.")
    title = " ".join(article.title.split())[:TITLE_CHARACTERS_MAX] or _("Without title")
    about = " · ".join(part for part in (source_name(article), article.language, article.published[:10]) if part)
    return "\n".join((title, about, article.url, f"{desk_url}/desk/articles/{article.id}/"))


def words(row: NoticeRow) -> str:
    """What a notice that is about no article says."""
    if row.kind == NoticeKind.TROUBLE:
        told = {"mail": _("Mails to you do not arrive."), "webhook": _("Calls of your webhook do not arrive.")}
        return told.get(row.subject, row.subject)
    known = {str(kind): str(said) for kind, said in alarms.WORDS.items()}
    return known.get(row.subject, row.subject)


def source_name(article: ArticleRow) -> str:
    """Who speaks, in the language of the interface."""
    named = name_in(article.source.names) if article.source else ""
    return named or article.source_name


def body(rows: Sequence[NoticeRow], articles: Mapping[str, ArticleRow], *, at: datetime, desk_url: str) -> bytes:
    """What a webhook is called with: type, timestamp, data (Standard Webhooks)."""
    listed = [_fields(row, articles.get(row.article), desk_url) for row in rows]
    value = {"type": "chronik.notices", "timestamp": at.isoformat(), "data": {"notices": listed}}
    return json.dumps(value, ensure_ascii=True).encode()


def _fields(row: NoticeRow, article: ArticleRow | None, desk_url: str) -> dict[str, Any]:
    told: dict[str, Any] = {"kind": row.kind, "at": row.made_at.isoformat()}
    if row.kind != NoticeKind.MATCH:
        return told | {"subject": row.subject, "words": row.reason}
    told["view"] = {"id": row.view.id, "name": row.view.name} if row.view else None
    if article is None:
        return told | {"article": None}
    return told | {
        "article": {
            "id": article.id,
            "title": article.title[:TITLE_CHARACTERS_MAX],
            "url": article.url,
            "desk_url": f"{desk_url}/desk/articles/{article.id}/",
            "source": source_name(article),
            "language": article.language,
            "published": article.published or None,
        }
    }
