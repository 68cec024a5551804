"""Acts: seals editions in the ledger, so that whoever holds the published files can check them without us.

The act is the archive's own and says two digests, nothing else: its opening is public. One manifest is sealed once.
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from chronik.archive import proving, recording
from chronik.errors import BusyError
from chronik.model import Act, Verb
from chronik.preserve.ledger import bundle

if TYPE_CHECKING:
    from datetime import datetime

    from chronik.archive.archive import Archive

BY = "chronik"
SEALS_MAX = 100_000
TRIES_MAX, PAUSE_S = 20, 0.25
"""So often, and so far apart, the ledger is asked for while another process writes it."""


def seal(archive: Archive, slug: str, *, edition: str, manifest: str, at: datetime) -> Act:
    """The act that seals the manifest with this digest; one that is there already, else a new one."""
    found = the_seal(archive, slug, edition=edition, manifest=manifest)
    if found is not None:
        return found
    detail = {"edition": edition, "manifest": manifest}
    act = Act(at=at, by=BY, verb=Verb.SEAL_EDITION, subject=slug, detail=detail)
    archive.catalogue.record_act(act)
    return act


def the_seal(archive: Archive, slug: str, *, edition: str, manifest: str) -> Act | None:
    """The first act that sealed this manifest, or None."""
    detail = {"edition": edition, "manifest": manifest}
    sealed = archive.catalogue.acts_of({Verb.SEAL_EDITION}, subject=slug, limit=SEALS_MAX)
    return next((act for act in reversed(sealed) if act.detail == detail), None)


def record(archive: Archive) -> None:
    """Have the ledger sign over what is due; waits while another process writes it.

    Raises BusyError, LedgerError, ReadOnlyError, RefusesToSignError.
    """
    for _ in range(TRIES_MAX - 1):
        try:
            recording.record_due(archive)
        except BusyError:
            time.sleep(PAUSE_S)
        else:
            return
    recording.record_due(archive)


def proof(archive: Archive, act: Act) -> bytes:
    """The bundle that proves this act, out of what is recorded already. Raises as `proving.bundle`."""
    return bundle.written(proving.bundle_as_recorded(archive, act.id))
