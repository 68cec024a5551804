"""Why an article is proposed: the evidence in words of the texts (decides)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from chronik.model import Reason, ReasonKind
from chronik.relate.side_by_side import both
from chronik.relate.suggesting.evidence import EVIDENCE
from chronik.relate.suggesting.pieces import keys_of, stems

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from chronik.relate.suggesting.candidates import Candidates
    from chronik.relate.suggesting.evidence import Evidence
    from chronik.relate.suggesting.pieces import Piece
    from chronik.relate.suggesting.profile import Profile
    from chronik.relate.suggesting.weights import Weights

WORDS_MAX = 6
"""So many names or words a reason."""
CLIPS_READ_MAX = 50
"""Names in common are looked for in so many of the latest clips."""
WORTH_SAYING = 0.1
"""What moved the score by less log-odds is not said."""


def reasons(row: int, *, profile: Profile, found: Candidates, of: Evidence, weights: Weights) -> tuple[Reason, ...]:
    """Why this candidate has its score, what moved it most first."""
    moved = dict(zip(EVIDENCE, (of.columns[row] * weights.weights).tolist(), strict=True))
    one = found.pieces[row]
    text, clip = int(of.nearest_text[row]), int(of.nearest_clip[row])
    said = [
        Reason(
            kind=ReasonKind.DOSSIER_NAMES,
            words=shared_names(one, profile.texts),
            weight=moved["dossier_names"],
        ),
        Reason(kind=ReasonKind.WORDS, words=_shared_words(one, profile, text), weight=moved["dossier_words"]),
        Reason(
            kind=ReasonKind.VECTORS,
            value=_cosine(one, profile.texts, text, found),
            weight=moved["dossier_vector"],
        ),
        Reason(
            kind=ReasonKind.NAMES,
            words=shared_names(one, profile.clips[-CLIPS_READ_MAX:]),
            weight=moved["clip_names"],
        ),
        Reason(
            kind=ReasonKind.LIKE_CLIPS,
            words=(profile.clips[clip].title,) if clip >= 0 and profile.clips[clip].title else (),
            value=float(of.clip_cosine[row]),
            weight=moved["clip_nearest"] + moved["clip_middle"] + moved["clip_words"],
        ),
        Reason(kind=ReasonKind.LIKE_REFUSED, value=float(of.refused_cosine[row]), weight=moved["refused"]),
        Reason(kind=ReasonKind.IN_STORY, weight=moved["in_story"]),
        Reason(kind=ReasonKind.LIKE_REFUSED, weight=moved["refused_story"]),
    ]
    worth = [reason for reason in said if abs(reason.weight) >= WORTH_SAYING]
    return tuple(sorted(worth, key=lambda reason: -abs(reason.weight)))


def shared_names(one: Piece, others: Iterable[Piece]) -> tuple[str, ...]:
    """Names in common, as both write them: `Stepanakert/Степанакерт`."""
    theirs: dict[str, str] = {}
    for other in others:
        for named in other.names:
            for key in keys_of(named):
                theirs.setdefault(key, named.surface)
    written = []
    for named in one.names:
        shown = (both(named.surface, theirs[key], key=key) for key in keys_of(named) if key in theirs)
        written.append(next(filter(None, shown), ""))
    return tuple(dict.fromkeys(filter(None, written)))[:WORDS_MAX]


def _shared_words(one: Piece, profile: Profile, text: int) -> tuple[str, ...]:
    """Words of the nearest name or introduction, as the article writes them."""
    if text < 0:
        return ()
    wanted = {stem for stem, _ in stems(f"{profile.texts[text].title}\n{profile.texts[text].text}")}
    mine = dict(reversed(list(stems(f"{one.title}\n{one.text}"))))
    return tuple(word for stem, word in reversed(mine.items()) if stem in wanted)[:WORDS_MAX]


def _cosine(one: Piece, others: Sequence[Piece], index: int, found: Candidates) -> float | None:
    if index < 0:
        return None
    rows = found.background.centred([one, others[index]], dimensions=found.vectors.shape[1])
    return float(rows[0] @ rows[1])
