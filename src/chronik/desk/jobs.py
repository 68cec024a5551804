"""Decides what long work is called in the interface."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from chronik.archive.jobs import JobState

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django.utils.functional import _StrPromise

STATES: Mapping[JobState, _StrPromise] = {
    JobState.RUNNING: _("runs"),
    JobState.DONE: pgettext_lazy("job", "done"),
    JobState.STOPPED: _("stopped"),
    JobState.FAILED: _("failed"),
    JobState.KILLED: _("ended without a word"),
}
KINDS: Mapping[str, _StrPromise] = {
    "worker": _("Collecting"),
    "collect": _("Collecting"),
    "fixity": _("Reading the vault again"),
    "rebuild": _("Rebuilding"),
    "reread": _("Reading pages again"),
    "import": _("Taking in"),
    "publish": _("Publishing"),
    "relate": _("Relating"),
    "backup": _("Backing up"),
    "verify": _("Verifying"),
    "export": _("Exporting"),
}
STAGES: Mapping[str, _StrPromise] = {
    "feeds": _("Feeds"),
    "pages": _("Pages"),
    "import": _("Taking in"),
    "reading": _("Reading"),
    "index": _("Indexing"),
    "relating": _("Relating"),
    "suggesting": _("Suggesting"),
    "fixity": _("Files"),
    "backup": _("Backing up"),
    "publish": _("Publishing"),
    "leaves": _("Leaves of the ledger"),
    "watching": _("Clipped pages"),
}


def kind(name: str) -> str:
    """What a job does; commands that have no words here by their own name."""
    return str(KINDS.get(name, name or "chronik"))


def stage(name: str) -> str:
    """What it is at."""
    return str(STAGES.get(name, name))
