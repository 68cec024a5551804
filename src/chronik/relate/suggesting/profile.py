"""What a dossier is about: its names and introductions, what was clipped for it, what was refused (decides)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from chronik.relate.suggesting.pieces import Piece

TEXTS_MAX = 60
CLIPS_MAX = 600
"""Of more clips the latest are compared with, and of the earlier ones every second, fourth …"""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Profile:
    """What is known of one dossier when articles are ranked for it."""

    dossier: str
    texts: tuple[Piece, ...] = ()
    """One for each name and each introduction, in its language."""
    clips: tuple[Piece, ...] = ()
    """What was clipped: the articles, or the clips themselves where no article is known; latest last."""
    refused: tuple[Piece, ...] = ()
    """Articles that an editor refused for it."""
    decided: frozenset[str] = frozenset()
    """Ids of all articles that were clipped or refused: they are not suggested again."""
    refused_origins: frozenset[str] = frozenset()
    """Ids of what was refused, and of what that copies: no copy of it is suggested either."""

    def settled(self, one: Piece) -> bool:
        """Whether an editor has decided on this article, or refused what it copies."""
        return one.id in self.decided or one.id in self.refused_origins or one.copy_of in self.refused_origins


def profile(
    dossier: str, *, texts: Sequence[Piece] = (), clips: Iterable[Piece] = (), refused: Iterable[Piece] = ()
) -> Profile:
    """A dossier's profile; each article counts once, and what was clipped is not held to be refused."""
    kept = {one.id: one for one in clips}
    against = {one.id: one for one in refused if one.id not in kept}
    return Profile(
        dossier=dossier,
        texts=tuple(texts)[:TEXTS_MAX],
        clips=_thinned(tuple(kept.values())),
        refused=_thinned(tuple(against.values())),
        decided=frozenset(kept) | frozenset(against),
        refused_origins=frozenset(against) | frozenset(one.copy_of for one in against.values() if one.copy_of),
    )


def _thinned(pieces: tuple[Piece, ...]) -> tuple[Piece, ...]:
    """The latest half of what fits, and as many of the earlier ones, evenly."""
    if len(pieces) <= CLIPS_MAX:
        return pieces
    half = CLIPS_MAX // 2
    earlier = pieces[:-half]
    return tuple(earlier[index * len(earlier) // half] for index in range(half)) + pieces[-half:]
