"""Acts: looks up what is proved of clips and captures, in the words of the editor's language."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext

from chronik.archive import connecting, grading
from chronik.archive.grounds import Told, told
from chronik.errors import ChronikError

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from chronik.archive import Archive
    from chronik.archive.connecting import Seen
    from chronik.model import Article, Capture, Clip


@dataclass(frozen=True, slots=True, kw_only=True)
class Panel:
    """What a page shows of one capture: its grades, and the facts to check them by."""

    grades: tuple[Told, ...]
    capture: Capture | None
    connection: Seen | None = None
    identity: str = ""
    """What `chronik ledger bundle` is asked for."""

    @property
    def leaf(self) -> int | None:
        """Number of the capture's leaf."""
        return next((one.leaf for one in self.grades if one.leaf is not None), None)


def of_capture(archive: Archive, capture: Capture) -> Panel:
    """The panel of a capture."""
    grades = told(grading.proofs_of_capture(archive, capture), say=gettext)
    return Panel(grades=grades, capture=capture, connection=_connection(archive, capture), identity=capture.id)


def of_clip(archive: Archive, clip: Clip) -> Panel:
    """The panel of a clip."""
    capture = archive.catalogue.capture(clip.capture_id) if clip.capture_id else None
    grades = told(grading.proofs_of_clip(archive, clip), say=gettext)
    connection = _connection(archive, capture) if capture else None
    return Panel(grades=grades, capture=capture, connection=connection, identity=clip.id)


def of_clips(archive: Archive, clips: Sequence[Clip]) -> dict[str, tuple[Told, ...]]:
    """The grades of many clips, by their ids."""
    return {key: told(proofs, say=gettext) for key, proofs in grading.proofs_of_clips(archive, clips).items()}


def of_readings(archive: Archive, readings: Iterable[Article]) -> dict[str, tuple[Told, ...]]:
    """The grades of the captures that readings were made of, by the readings' ids."""
    captures = {one.id: archive.catalogue.capture(one.capture_id) for one in readings if one.capture_id}
    graded = grading.proofs_of_captures(archive, [capture for capture in captures.values() if capture])
    return {key: told(graded[capture.id], say=gettext) for key, capture in captures.items() if capture}


def _connection(archive: Archive, capture: Capture) -> Seen | None:
    try:
        return connecting.connection_of(archive, capture)
    except ChronikError:
        return None  # its grade says so
