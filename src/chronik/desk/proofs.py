"""Acts: looks up what is proved of clips and captures, in the words of the editor's language."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from chronik.archive import connecting, grading, packages_of_others
from chronik.archive.grounds import Told, told
from chronik.errors import ChronikError
from chronik.preserve.wacz.package import SignatureState

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from django.utils.functional import _StrPromise

    from chronik.archive import Archive
    from chronik.archive.connecting import Seen
    from chronik.archive.packages_of_others import Came
    from chronik.model import Article, Capture, Clip


OWN_SIGNATURE = _("It is signed by this archive’s own key, so it is this archive’s own word.")
COUNTED_KEY = _("It is signed by a key of which the operator has said whose it is.")
SIGNATURES: Mapping[SignatureState, _StrPromise] = {
    SignatureState.UNSIGNED: _("It is not signed: nobody vouches for it."),
    SignatureState.BY_KEY: _("It is signed by a key that names nobody: compare it with what its owner published."),
    SignatureState.BY_DOMAIN: _("It is signed for a domain, by the key of a certificate that a known authority gave."),
    SignatureState.WRONG: _("It is wrongly signed: the signature proves nothing."),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Wrapped:
    """The package in which a capture came, as a page shows it."""

    came: Came
    words: str
    """What its signature is worth."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Panel:
    """What a page shows of one capture: its grades, and the facts to check them by."""

    grades: tuple[Told, ...]
    capture: Capture | None
    connection: Seen | None = None
    identity: str = ""
    """What `chronik ledger bundle` is asked for."""
    packages: tuple[Wrapped, ...] = ()
    """In which WACZ files it was taken in, and who signed them."""

    @property
    def leaf(self) -> int | None:
        """Number of the capture's leaf."""
        return next((one.leaf for one in self.grades if one.leaf is not None), None)


def of_capture(archive: Archive, capture: Capture) -> Panel:
    """The panel of a capture."""
    grades = told(grading.proofs_of_capture(archive, capture), say=gettext)
    return Panel(
        grades=grades,
        capture=capture,
        connection=_connection(archive, capture),
        identity=capture.id,
        packages=_packages(archive, capture),
    )


def of_clip(archive: Archive, clip: Clip) -> Panel:
    """The panel of a clip."""
    capture = archive.catalogue.capture(clip.capture_id) if clip.capture_id else None
    grades = told(grading.proofs_of_clip(archive, clip), say=gettext)
    connection = _connection(archive, capture) if capture else None
    packages = _packages(archive, capture) if capture else ()
    return Panel(grades=grades, capture=capture, connection=connection, identity=clip.id, packages=packages)


def of_clips(archive: Archive, clips: Sequence[Clip]) -> dict[str, tuple[Told, ...]]:
    """The grades of many clips, by their ids."""
    return {key: told(proofs, say=gettext) for key, proofs in grading.proofs_of_clips(archive, clips).items()}


def of_readings(archive: Archive, readings: Iterable[Article]) -> dict[str, tuple[Told, ...]]:
    """The grades of the captures that readings were made of, by the readings' ids."""
    captures = {one.id: archive.catalogue.capture(one.capture_id) for one in readings if one.capture_id}
    graded = grading.proofs_of_captures(archive, [capture for capture in captures.values() if capture])
    return {key: told(graded[capture.id], say=gettext) for key, capture in captures.items() if capture}


def _packages(archive: Archive, capture: Capture) -> tuple[Wrapped, ...]:
    return tuple(Wrapped(came=one, words=_words(one)) for one in packages_of_others.came_in(archive, capture))


def _words(came: Came) -> str:
    if came.own:
        return str(OWN_SIGNATURE)
    counted_key = came.counts_as and came.signature.state is SignatureState.BY_KEY
    return str(COUNTED_KEY if counted_key else SIGNATURES[came.signature.state])


def _connection(archive: Archive, capture: Capture) -> Seen | None:
    try:
        return connecting.connection_of(archive, capture)
    except ChronikError:
        return None  # its grade says so
