"""Acts: hides and redacts, and publishes anew what readers had of it, in every folder that the archive knows of."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from chronik.archive import hiding, redacting
from chronik.catalogue.models import DossierRow
from chronik.errors import ChronikError
from chronik.model import Verb
from chronik.model.redaction import redaction_of
from chronik.publish.exports import DATA
from chronik.web import publishing

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from chronik.archive import Archive
    from chronik.archive.redacting import Request
    from chronik.model import Act, Reach, TakedownReason

ACTS_MAX = 100_000


def hide(archive: Archive, identity: str, *, reason: TakedownReason, by: str) -> Reach:
    """Keep something from readers, also on the pages that are published. Raises NotFoundError or ConflictError."""
    found = hiding.hide(archive, identity, reason=reason, by=by)
    _publish(archive, found.dossiers, by=by)
    return found


def unhide(archive: Archive, identity: str, *, by: str) -> Reach:
    """Show something again, also on the pages that are published. Raises NotFoundError or ConflictError."""
    found = hiding.unhide(archive, identity, by=by)
    _publish(archive, found.dossiers, by=by)
    return found


def ask(archive: Archive, identity: str, *, reason: TakedownReason, by: str, note: str = "") -> Request:
    """Ask for a redaction; readers see nothing of it from now on. Raises as `redacting.ask`."""
    request = redacting.ask(archive, identity, reason=reason, by=by, note=note)
    _publish(archive, hiding.reached(archive, request.ids[0]).dossiers, by=by)
    return request


def confirm(archive: Archive, name: str, *, by: str) -> Act:
    """Redact, and publish what is left. Raises as `redacting.confirm`."""
    act = redacting.confirm(archive, name, by=by)
    _publish(archive, sorted({clip.dossier for clip in redaction_of(act).clips}), by=by)
    return act


def publish_again(archive: Archive, *, by: str) -> int:
    """Publish dossiers whose pages a redaction took away before it was killed; counted."""
    acts = archive.catalogue.acts_of({Verb.REDACT}, limit=ACTS_MAX)
    slugs = {clip.dossier for act in acts for clip in redaction_of(act).clips}
    missing = [
        slug for slug in sorted(slugs) if any(not (to / slug / DATA).exists() for _, to in _places(archive, slug))
    ]
    _publish(archive, missing, by=by)
    return len(missing)


def _publish(archive: Archive, slugs: Iterable[str], *, by: str) -> None:
    for slug in slugs:
        for folder, _ in _places(archive, slug):
            with suppress(ChronikError):  # its pages were taken away, so that nothing shows what is hidden
                publishing.publish(archive, slug, by=by, now=archive.clock(), to=folder)


def _places(archive: Archive, slug: str) -> Iterator[tuple[Path | None, Path]]:
    """Where a dossier is published now: None for the archive's own site, and the folder."""
    row = DossierRow.objects.filter(slug=slug, removed=False).first()
    if row is None:
        return
    if row.published_at is not None:
        yield None, archive.config.site
    seen = set()
    for act in archive.catalogue.acts_of({Verb.PUBLISH, Verb.UNPUBLISH}, subject=slug, limit=ACTS_MAX):
        folder = str(act.detail.get("folder", ""))
        if folder and folder not in seen:
            seen.add(folder)
            if act.verb is Verb.PUBLISH and Path(folder).is_dir():
                yield Path(folder), Path(folder)
