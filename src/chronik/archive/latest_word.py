"""Acts: holds published dossiers against the archive that published them, to see whether they are its latest word.

Who has the files alone cannot know that: an older edition is as genuine as the newest.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from chronik.archive.recording import ledger
from chronik.model import Verb

if TYPE_CHECKING:
    from chronik.archive.archive import Archive
    from chronik.archive.checking_published import Checked


def compare(archive: Archive, found: Checked) -> None:
    """Note as faults what another ledger sealed, what was withdrawn, and editions that are not the latest.

    Raises LedgerError.
    """
    terms = ledger(archive).terms()
    for one in found.dossiers:
        file = f"{one.slug}/manifest.json"
        if one.seal is not None and (not terms or one.seal.ledger != str(terms[0].key)):
            one.fault("is sealed by another ledger than this archive's", file=file, leaf=one.seal.leaf)
        said = archive.catalogue.acts_of({Verb.PUBLISH, Verb.UNPUBLISH}, subject=one.slug, limit=1)
        if not said:
            one.fault("is nothing that this archive published", file=file)
        elif said[0].verb is Verb.UNPUBLISH:
            one.fault(f"was withdrawn on {said[0].at.isoformat()}", file=file)
        elif one.manifest and said[0].detail.get("edition") != one.manifest.edition:
            words = f"is an older edition, or another: the latest was published on {said[0].at.isoformat()}"
            one.fault(words, file=file)
