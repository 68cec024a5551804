"""Decides what an editor should look at before a dossier is published. None of it forbids publishing."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

from chronik.model import PassageState

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence
    from datetime import date

    from chronik.model import Clip, Dossier


class CheckKind(StrEnum):
    """What there may be to look at, the gravest first."""

    NO_CLIPS = "no-clips"
    UNREAD = "unread"
    """Entries of an imported page that are not mended."""
    HIDDEN = "hidden"
    """Clips that are taken down: readers will not see them."""
    REMOVED = "removed"
    """The passage stands at its address no more, or the page is gone."""
    CHANGED = "changed"
    """The words were changed at their address."""
    NO_CAPTURE = "no-capture"
    """Nothing but the archive's word says that this was there."""
    NOT_VERBATIM = "not-verbatim"
    """The excerpt was changed by hand and is not found in the text any more."""
    OVER_QUOTED = "over-quoted"
    """More of a report is quoted than its source's limit allows, and nobody said why."""
    NO_CREDIT = "no-credit"
    TWICE = "twice"
    """The same words from the same address."""
    UNDOCUMENTED = "undocumented"
    """No clip that readers see documents this event of the timeline."""
    UNTRANSLATED = "untranslated"
    """This section or event has no words in a language of the dossier."""
    AHEAD = "ahead"
    """Happened later than today."""
    SILENT_SIDE = "silent-side"
    """No clip is by this side's sources or speakers."""
    NO_NAME = "no-name"
    NO_INTRODUCTION = "no-introduction"


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """One thing to look at."""

    kind: CheckKind
    subjects: tuple[str, ...] = ()
    """Ids of clips or of entries, languages, or keys of sides."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Around:
    """What is known around a dossier's clips."""

    states: Mapping[str, str] = field(default_factory=dict)
    """Clip → how its passage was seen last; clips that were not looked at are left out."""
    unread: Collection[str] = ()
    hidden: Collection[str] = ()
    over_quoted: Collection[str] = ()
    """Clips by which more is quoted than may be."""
    silent: Sequence[str] = ()


def checks(dossier: Dossier, clips: Sequence[Clip], *, around: Around, today: date) -> tuple[Check, ...]:
    """All that there is to look at, in the order of its kinds; empty where nothing is."""
    found = {kind: tuple(subjects) for kind, subjects in _found(dossier, clips, around, today)}
    empty = [Check(kind=CheckKind.NO_CLIPS)] if not clips else []
    return (*empty, *(Check(kind=kind, subjects=found[kind]) for kind in CheckKind if found.get(kind)))


def _found(
    dossier: Dossier, clips: Sequence[Clip], around: Around, today: date
) -> Iterator[tuple[CheckKind, Sequence[str]]]:
    yield CheckKind.UNREAD, list(around.unread)
    yield CheckKind.HIDDEN, [clip.id for clip in clips if clip.id in around.hidden]
    gone = {PassageState.REMOVED, PassageState.GONE}
    yield CheckKind.REMOVED, [clip.id for clip in clips if around.states.get(clip.id) in gone]
    yield CheckKind.CHANGED, [clip.id for clip in clips if around.states.get(clip.id) == PassageState.CHANGED]
    yield CheckKind.NO_CAPTURE, [clip.id for clip in clips if not clip.capture_id]
    yield CheckKind.NOT_VERBATIM, [clip.id for clip in clips if clip.article_id and not clip.passage and clip.excerpt]
    yield CheckKind.OVER_QUOTED, [clip.id for clip in clips if clip.id in around.over_quoted]
    yield CheckKind.NO_CREDIT, [clip.id for clip in clips if not clip.credit and not clip.source_id]
    yield CheckKind.TWICE, _twice(clips)
    seen = {clip.id for clip in clips} - set(around.hidden)
    yield CheckKind.UNDOCUMENTED, [event.id for event in dossier.timeline if not seen & set(event.clips)]
    yield CheckKind.UNTRANSLATED, _untranslated(dossier)
    yield CheckKind.AHEAD, [clip.id for clip in clips if clip.happened and clip.happened > today]
    yield CheckKind.SILENT_SIDE, around.silent
    languages = list(dict.fromkeys([*dossier.names, *dossier.introductions]))
    yield CheckKind.NO_NAME, [tag for tag in languages if not dossier.names.get(tag)]
    yield CheckKind.NO_INTRODUCTION, [tag for tag in languages if not dossier.introductions.get(tag)]


def _untranslated(dossier: Dossier) -> list[str]:
    """Sections and events that lack words in a language in which the dossier has a name."""
    words = [(one.id, one.names) for one in dossier.sections] + [(one.id, one.labels) for one in dossier.timeline]
    return [identity for identity, texts in words if dossier.names.keys() - texts.keys()]


def _twice(clips: Sequence[Clip]) -> list[str]:
    """Clips that say what an earlier one says."""
    seen: Counter[tuple[str, str]] = Counter()
    twice = []
    for clip in clips:
        key = (clip.url or clip.article_id, " ".join(clip.excerpt.split()))
        seen[key] += 1
        if all(key) and seen[key] > 1:
            twice.append(clip.id)
    return twice
