"""Decides: puts what an editor does to whole stories into words on pairs of reports, which last."""

from __future__ import annotations

from typing import TYPE_CHECKING

from chronik.errors import RefusedInputError
from chronik.model import Judgement, Reason, ReasonKind, Verdict

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from datetime import datetime

    from chronik.model import Story


def said(pair: tuple[str, str], verdict: Verdict, *, editor: str, at: datetime) -> Judgement:
    """An editor's word on two reports. Raises RefusedInputError for a word on one and the same."""
    first, second = sorted(pair)
    if first == second:
        raise RefusedInputError("A report cannot be judged against itself. Give two different articles.")
    return Judgement(
        first=first,
        second=second,
        verdict=verdict,
        score=1.0 if verdict is Verdict.SAME else 0.0,
        reasons=(Reason(kind=ReasonKind.EDITOR, words=(editor,)),),
        made_by=editor,
        by_editor=True,
        judged_at=at,
    )


def merged(stories: Sequence[Story], *, editor: str, at: datetime) -> list[Judgement]:
    """Words that make one story of several: each first report tells the same as the first of the first story."""
    heads = [story.members[0] for story in stories]
    if len(set(heads)) < 2:
        raise RefusedInputError("Merging takes two different stories.")
    return [said((heads[0], head), Verdict.SAME, editor=editor, at=at) for head in dict.fromkeys(heads[1:])]


def split(story: Story, out: Collection[str], *, editor: str, at: datetime) -> list[Judgement]:
    """Words that hold each of the two sides together and then part them, whatever links lay across.

    Raises RefusedInputError unless some, and not all, of the story's reports are to go.
    """
    going = [member for member in story.members if member in out]
    staying = [member for member in story.members if member not in out]
    if not going or not staying:
        raise RefusedInputError("Splitting takes some reports of the story, not none and not all of them.")
    words = [
        said((side[0], member), Verdict.SAME, editor=editor, at=at) for side in (staying, going) for member in side[1:]
    ]
    return [*words, said((going[0], staying[0]), Verdict.DIFFERENT, editor=editor, at=at)]
