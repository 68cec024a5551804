"""What rebuilding does to a catalogue beyond what everybody does: it puts back what an act says came of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from datetime import datetime

    from chronik.model import Act, Clip, Dossier, LeafKind, UnreadEntry


class Rebuilding(Protocol):
    """The tables of an archive that is being made anew."""

    def take_in_again(
        self, dossier: Dossier, clips: Sequence[Clip], *, unread: Sequence[UnreadEntry], act: Act
    ) -> None:
        """Take a press page in as it was taken in: dossier and clips become what the act says they were then."""
        ...

    def put_published(self, dossier: str, at: datetime | None) -> None:
        """Since when readers see a dossier as they do; None where they do not."""
        ...

    def forget_clips(self, clips: Collection[str]) -> None:
        """Take clips out as if they had never been there."""
        ...

    def mark_redacted(self, kind: LeafKind, subject: str, *, index: int) -> None:
        """A leaf whose opening was destroyed is of this."""
        ...

    def know_report(self, report: str, article: str) -> bool:
        """Have an article's report placed under this id; False where there is no such article."""
        ...

    def known_reports(self, reports: Collection[str]) -> set[str]:
        """Which of these are placed, or are to be."""
        ...

    def remember_stories(self) -> None:
        """Let every id that a story may have had lead to where its first report is now."""
        ...
