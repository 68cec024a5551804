"""Acts: asks who did what and when: acts, and who signed in or was refused, the latest first."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from itertools import islice
from typing import TYPE_CHECKING, Any

from django.db.models import Q
from django.utils.translation import pgettext_lazy

from chronik.catalogue.models import ActRow, ClipRow, SignInRow
from chronik.desk.history import SENTENCES
from chronik.desk.sign_in_log import How
from chronik.model import Verb

if TYPE_CHECKING:
    from collections.abc import Mapping
    from zoneinfo import ZoneInfo

    from django.db.models import QuerySet
    from django.utils.functional import _StrPromise

SIGN_INS: Mapping[str, _StrPromise] = {
    How.PASSWORD: pgettext_lazy("somebody", "signed in with a password"),
    How.LINK: pgettext_lazy("somebody", "signed in with a link"),
    How.PROVIDER: pgettext_lazy("somebody", "signed in at the provider of identities"),
    How.INVITATION: pgettext_lazy("somebody", "signed in for the first time"),
    How.REFUSED: pgettext_lazy("somebody", "was refused: wrong name or password"),
    How.TOO_OFTEN: pgettext_lazy("somebody", "was refused: too many attempts"),
    How.CODE_REFUSED: pgettext_lazy("somebody", "was refused: wrong code of the second factor"),
    How.LINK_MADE: pgettext_lazy("somebody", "got a sign-in link from the command line"),
}
SIGN_IN = "sign-in-"
"""What the kinds of sign-ins begin with, so that they are told from verbs."""
VALUE_CHARACTERS_MAX = 300
EXPORTED_MAX = 100_000
PAGE_ENTRIES = 100
PAGES_MAX = 1_000
PAGE_DIGITS_MAX = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What is looked for; empty means everything."""

    person: str = ""
    kind: str = ""
    dossier: str = ""
    day: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """Somebody did something."""

    at: datetime
    by: str
    kind: str
    sentence: str
    subject: str
    detail: Mapping[str, Any]


def asked(given: Mapping[str, str]) -> Asked:
    """What an address asks for; what makes no sense is left out."""
    person, kind, dossier, day = (
        given.get(name, "").strip().replace("\0", "")[:VALUE_CHARACTERS_MAX]
        for name in ("person", "kind", "dossier", "day")
    )
    known = kind if kind in kinds() else ""
    return Asked(person=person, kind=known, dossier=dossier, day=_day(day))


def kinds() -> dict[str, str]:
    """Everything that can have been done, in words."""
    acts = {str(verb): str(words) for verb, words in SENTENCES.items()}
    return acts | {f"{SIGN_IN}{how}": str(words) for how, words in SIGN_INS.items()}


def entries(what: Asked, *, zone: ZoneInfo, start: int = 0, count: int = PAGE_ENTRIES) -> list[Entry]:
    """What was done, the latest first, from a place in the list on."""
    span = _span(what.day, zone)
    end = start + count
    found = [*map(_of_act, _acts(what, span)[:end]), *map(_of_sign_in, _sign_ins(what, span)[:end])]
    found.sort(key=lambda one: one.at, reverse=True)
    return list(islice(found, start, end))


def _acts(what: Asked, span: tuple[datetime, datetime] | None) -> QuerySet[ActRow]:
    rows = ActRow.objects.order_by("-number")
    if what.kind:
        rows = rows.filter(verb=what.kind)
    if what.person:
        rows = rows.filter(Q(by=what.person) | Q(subject=what.person))
    if what.dossier:
        clips = ClipRow.objects.filter(dossier_id=what.dossier).values("id")
        rows = rows.filter(Q(subject=what.dossier) | Q(subject__in=clips))
    return rows.filter(at__gte=span[0], at__lt=span[1]) if span else rows


def _sign_ins(what: Asked, span: tuple[datetime, datetime] | None) -> QuerySet[SignInRow]:
    rows = SignInRow.objects.order_by("-pk")
    if what.dossier or (what.kind and not what.kind.startswith(SIGN_IN)):
        return rows.none()
    if what.kind:
        rows = rows.filter(how=what.kind.removeprefix(SIGN_IN))
    if what.person:
        rows = rows.filter(user_name=what.person)
    return rows.filter(at__gte=span[0], at__lt=span[1]) if span else rows


def _of_act(row: ActRow) -> Entry:
    sentence = str(SENTENCES[Verb(row.verb)])
    return Entry(at=row.at, by=row.by, kind=row.verb, sentence=sentence, subject=row.subject, detail=row.detail)


def _of_sign_in(row: SignInRow) -> Entry:
    sentence = str(SIGN_INS[row.how])
    return Entry(at=row.at, by=row.user_name, kind=SIGN_IN + row.how, sentence=sentence, subject=row.device, detail={})


def _day(written: str) -> date | None:
    try:
        return date.fromisoformat(written)
    except ValueError:
        return None


def _span(day: date | None, zone: ZoneInfo) -> tuple[datetime, datetime] | None:
    """The first moment of a day where the archive is, and that of the next."""
    if day is None or not date.min < day < date.max - timedelta(days=1):
        return None
    first, following = (datetime(one.year, one.month, one.day, tzinfo=zone) for one in (day, day + timedelta(days=1)))
    return first.astimezone(UTC), following.astimezone(UTC)
