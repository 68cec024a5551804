"""Acts: knows what this person did last in the inbox, so that it can be taken back, also after a reload.

Acts are in the catalogue; putting aside leaves none and is remembered in the session.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from chronik.catalogue import convert
from chronik.catalogue.models import ActRow, ArticleRow, DossierRow
from chronik.desk.choices import name_in
from chronik.model import Verb

if TYPE_CHECKING:
    from django.http import HttpRequest

    from chronik.archive import Archive
    from chronik.model import Act

ACTS_LOOKED_AT_MAX = 100
"""Of one person, the latest."""
ASIDE_KEPT_MAX = 20
ASIDE = "put-aside"
"""Key in the session, and what is sent to take it back."""
UNDOABLE = (
    Verb.ACCEPT_SUGGESTION,
    Verb.REFUSE_SUGGESTION,
    Verb.JUDGE,
    Verb.MERGE_STORIES,
    Verb.SPLIT_STORY,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Doing:
    """Something that can be taken back."""

    words: str
    undo: str
    """What the form sends to take it back: the id of an act, or `put-aside`."""
    at: datetime


def last(request: HttpRequest) -> Doing | None:
    """What this person did last and has not taken back."""
    found = [one for one in (_last_act(request.user.get_username()), _last_aside(request)) if one]
    return max(found, key=lambda one: one.at, default=None)


def told(act: Act) -> Doing:
    """An act in words."""
    return Doing(words=_words(act), undo=act.id, at=act.at)


def aside(request: HttpRequest, *, key: str, at: datetime, reports: int) -> Doing:
    """Remember that a row was put aside."""
    kept = request.session.get(ASIDE, [])
    fresh = {"key": key, "at": at.isoformat(), "reports": reports}
    request.session[ASIDE] = [*kept, fresh][-ASIDE_KEPT_MAX:]
    return Doing(words=_aside_words(reports), undo=ASIDE, at=at)


def take_back_aside(request: HttpRequest, archive: Archive) -> str:
    """Bring back what was put aside last; id of its story, or article, or empty where there is nothing."""
    kept = request.session.get(ASIDE, [])
    if not kept:
        return ""
    request.session[ASIDE] = kept[:-1]
    key, at = str(kept[-1]["key"]), datetime.fromisoformat(kept[-1]["at"])
    story = archive.catalogue.story_now(key)
    rows = ArticleRow.objects.filter(relation__story=story) if story else ArticleRow.objects.filter(pk=key)
    rows.filter(done_at=at).update(done_at=None)
    return story or key


def _last_act(name: str) -> Doing | None:
    rows = list(ActRow.objects.filter(by=name, verb__in=UNDOABLE).order_by("-number")[:ACTS_LOOKED_AT_MAX])
    if not rows:
        return None
    undoing = ActRow.objects.filter(
        verb=Verb.UNDO, subject__in={row.subject for row in rows}, number__gt=rows[-1].number
    )
    taken_back = set(undoing.values_list("detail__undoes", flat=True))
    return next((told(convert.act(row)) for row in rows if row.id not in taken_back), None)


def _last_aside(request: HttpRequest) -> Doing | None:
    kept = request.session.get(ASIDE, [])
    if not kept:
        return None
    return Doing(words=_aside_words(kept[-1]["reports"]), undo=ASIDE, at=datetime.fromisoformat(kept[-1]["at"]))


def _aside_words(reports: int) -> str:
    return ngettext("Done: %(count)d report.", "Done: %(count)d reports.", reports) % {"count": reports}


def _words(act: Act) -> str:
    if act.verb is Verb.ACCEPT_SUGGESTION:
        return _("Accepted for “%(dossier)s”.") % {"dossier": _dossier(act.subject)}
    if act.verb is Verb.REFUSE_SUGGESTION:
        return _("Refused for “%(dossier)s”.") % {"dossier": _dossier(act.subject)}
    if act.verb is Verb.MERGE_STORIES:
        return _("Merged into one story.")
    if act.verb is Verb.SPLIT_STORY:
        return _("Split off into a story of its own.")
    return _("Judged whether two reports tell one story.")


def _dossier(slug: str) -> str:
    row = DossierRow.objects.filter(pk=slug).first()
    return (name_in(row.names) if row else "") or slug
