"""Acts: says to other archives, signed, which captures of an address this one holds.

Only what readers see anyway is told: captures that this archive fetched itself and of which a clip stands in a
published dossier, and of those clips the digests of their words. Of anything else it is not even told that it is there.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from chronik.archive import trusting
from chronik.archive.hiding import shown
from chronik.archive.recording import ledger
from chronik.archive.same_page import same_page
from chronik.errors import NotFoundError
from chronik.extract.sealed import sealed
from chronik.extract.standing import stretches, wanted
from chronik.model import LeafKind, Opening, RecordKind
from chronik.preserve.witness import deposition
from chronik.preserve.witness.deposition import CAPTURES_MAX, PASSAGES_MAX, Draft

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from chronik.archive.archive import Archive
    from chronik.model import Capture, Clip
    from chronik.preserve.ledger import Ledger

CLIPS_MAX = 200


def deposed(archive: Archive, url: str) -> bytes:
    """What this archive says of an address. Raises NotFoundError where it has published nothing of it."""
    clips = [] if archive.is_sample(url) else shown(archive, archive.catalogue.published_clips(url, limit=CLIPS_MAX))
    book = ledger(archive)
    head = book.checkpoint()
    found = _own_captures(archive, url, clips)
    drafts = [draft for capture in found if (draft := _draft(archive, book, capture, clips))]
    if head is None or not drafts:
        raise NotFoundError("This archive has published nothing of this address.")
    trusting.cosigning_key(archive)
    return deposition.written(
        drafts,
        key=trusting.cosigner(archive).key(),
        address=url,
        at=archive.clock(),
        terms=[term for term in book.terms() if term.size <= head.size],
        checkpoint=head,
    )


def _own_captures(archive: Archive, url: str, clips: Sequence[Clip]) -> list[Capture]:
    """Captures behind clips, latest first: fetched by this archive, under this address and not by way of another."""
    found = [archive.catalogue.capture(identity) for identity in {clip.capture_id for clip in clips if clip.capture_id}]
    own = [
        one
        for one in found
        if one is not None
        and one.record is RecordKind.RESPONSE
        and not one.origin
        and one.url == url
        and (not one.asked_url or same_page(one.asked_url, url))
    ]
    return sorted(own, key=lambda one: (one.captured_at, one.id), reverse=True)[:CAPTURES_MAX]


def _draft(archive: Archive, book: Ledger, capture: Capture, clips: Sequence[Clip]) -> Draft | None:
    mark = archive.catalogue.leaf_mark(LeafKind.CAPTURE, capture.id)
    if mark is None or mark.index is None or mark.index >= book.size:
        return None
    opening = book.openings.at(mark.index)
    if not isinstance(opening, Opening):
        return None
    passages = tuple(dict.fromkeys(_passages(clip for clip in clips if clip.capture_id == capture.id)))
    return Draft(opening=opening, path=book.inclusion_proof(mark.index), passages=passages[:PASSAGES_MAX])


def _passages(clips: Iterator[Clip]) -> Iterator[tuple[int, str]]:
    for clip in clips:
        found = (sealed(stretch) for stretch in stretches(wanted(clip)))
        yield from ((one.words, one.digest) for one in found if one)
