"""How a page lays out what editors arranged: sections, key documents, the timeline. Decides."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import groupby
from typing import TYPE_CHECKING

from chronik.public import dates
from chronik.public.reading import Text

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from chronik.model import Edition
    from chronik.public.dates import Moment
    from chronik.public.reading import ClipShown


@dataclass(frozen=True, slots=True, kw_only=True)
class PartShown:
    """A section with its clips."""

    anchor: str
    name: Text | None
    """None for the clips that stand in no section."""
    clips: tuple[ClipShown, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class EventShown:
    """An event of the timeline."""

    anchor: str
    begins: Moment
    ends: Moment | None
    label: Text
    clips: tuple[ClipShown, ...]
    """Those that document it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrangement:
    """Everything that editors arranged; empty where they did not."""

    parts: tuple[PartShown, ...]
    key_documents: tuple[ClipShown, ...]
    events: tuple[EventShown, ...]

    @property
    def pinned(self) -> frozenset[str]:
        """Names of the clips that stand on top, so that only a line stands in their place."""
        return frozenset(clip.name for clip in self.key_documents)

    @property
    def has_contents(self) -> bool:
        """Whether there is anything to be listed as contents."""
        return bool(self.parts or self.key_documents or self.events)


def arrangement(edition: Edition, shown: Sequence[ClipShown], *, language: str) -> Arrangement:
    """What editors arranged of an edition, `shown` being its clips in their order."""
    by_id = {clip.id: laid_out for clip, laid_out in zip(edition.clips, shown, strict=True)}
    return Arrangement(
        parts=_parts(edition, shown, language),
        # The anchor of a month stays where the clip stands by its time.
        key_documents=tuple(replace(by_id[clip], first_of_month="") for clip in edition.dossier.pinned),
        events=tuple(
            EventShown(
                anchor=f"e-{event.id}",
                begins=dates.partial(event.begins, language),
                ends=dates.partial(event.ends, language) if event.ends else None,
                label=_in_language(event.labels, language, edition.languages),
                clips=tuple(by_id[clip] for clip in event.clips),
            )
            for event in edition.dossier.timeline
        ),
    )


def _parts(edition: Edition, shown: Sequence[ClipShown], language: str) -> tuple[PartShown, ...]:
    if not edition.dossier.sections:
        return ()
    names = {section.id: section.names for section in edition.dossier.sections}
    together = groupby(zip(edition.clips, shown, strict=True), key=lambda pair: pair[0].section)
    return tuple(
        PartShown(
            anchor=f"s-{section}" if section else "s-none",
            name=_in_language(names[section], language, edition.languages) if section else None,
            clips=tuple(laid_out for _, laid_out in pairs),
        )
        for section, pairs in together
    )


def _in_language(texts: Mapping[str, str], language: str, languages: Sequence[str]) -> Text:
    """The words in this language, else in the first of the dossier's that has them, else in any."""
    tag = next(tag for tag in (language, *languages, *texts) if tag in texts)
    return Text(text=texts[tag], language=tag)
