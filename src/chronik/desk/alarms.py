"""Acts: looks, once a minute, for what somebody has to do something about, and says it in the editor's language."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from chronik.archive import alarming
from chronik.archive.alarming import AlarmKind

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from django.utils.functional import _StrPromise

    from chronik.archive import Archive
    from chronik.archive.alarming import Alarm

LOOK_EVERY = timedelta(minutes=1)
SHOWN_MAX = 20
KEPT = "alarms of the desk"

WORDS: Mapping[AlarmKind, _StrPromise] = {
    AlarmKind.DISK: _("The disk failed, and the archive is read-only."),
    AlarmKind.LEDGER: _("The ledger records nothing."),
    AlarmKind.FIXITY: _("The vault was not read again in time."),
    AlarmKind.VAULT: _("Something in the vault is damaged."),
    AlarmKind.UNSEALED: _("A file of the vault lies unsealed."),
    AlarmKind.TIME_STAMP: _("The time-stamp authorities do not answer."),
    AlarmKind.CLOCK: _("The clock of this machine is doubtful."),
    AlarmKind.WITNESS: _("A witness needs to be looked at."),
    AlarmKind.SILENT: _("A source has fallen silent."),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """One alarm as a page shows it."""

    words: _StrPromise
    subject: str
    reason: str
    """In English, as `chronik status` says it."""


def shown(archive: Archive) -> list[Shown]:
    """What somebody has to look at, as it was found within the last minute."""
    found = [Shown(words=WORDS[one.kind], subject=one.subject, reason=one.reason) for one in _recent(archive)]
    return found[:SHOWN_MAX]


def _recent(archive: Archive) -> Sequence[Alarm]:
    now = archive.clock()
    before: tuple[datetime, Sequence[Alarm]] | None = archive.kept.get(KEPT)
    if before is None or abs(now - before[0]) >= LOOK_EVERY:
        before = archive.kept[KEPT] = (now, alarming.alarms(archive))
    return before[1]
