"""Decides how the checklist before publishing is worded, and where each of its lines leads."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _

from chronik.desk.choices import name_in
from chronik.desk.languages import language_name
from chronik.publish.checklist import CheckKind

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from django.utils.functional import _StrPromise

    from chronik.publish.checklist import Check

SHOWN_MAX = 20
LABEL_CHARACTERS_MAX = 90
WORDS: Mapping[CheckKind, _StrPromise] = {
    CheckKind.NO_CLIPS: _("There are no clips yet: readers would find an empty page."),
    CheckKind.UNREAD: _("Entries of an imported page wait to be mended. Readers do not see them."),
    CheckKind.HIDDEN: _("Clips are taken down. Readers do not see them."),
    CheckKind.REMOVED: _("The passage stands at its address no more, or the page is gone. The capture proves it."),
    CheckKind.CHANGED: _("The words were changed at their address since they were clipped."),
    CheckKind.NO_CAPTURE: _("These clips rest on no capture: nothing but your word says that this was there."),
    CheckKind.NOT_VERBATIM: _("The excerpt was changed by hand, and the article does not say it word for word."),
    CheckKind.OVER_QUOTED: _("More of these reports is quoted than the limit allows, and nobody has said why."),
    CheckKind.NO_CREDIT: _("No source is credited."),
    CheckKind.TWICE: _("The same words from the same address were clipped before."),
    CheckKind.UNDOCUMENTED: _("No published clip documents this event of the timeline. Readers do not see it."),
    CheckKind.UNTRANSLATED: _("This section or event has no words in one of the dossier’s languages."),
    CheckKind.AHEAD: _("The day on which it happened lies ahead."),
    CheckKind.SILENT_SIDE: _("No clip is by a source or speaker of this side."),
    CheckKind.NO_NAME: _("The dossier has no name in this language."),
    CheckKind.NO_INTRODUCTION: _("The dossier has no introduction in this language."),
}
OF_LANGUAGES = frozenset({CheckKind.NO_NAME, CheckKind.NO_INTRODUCTION})


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One thing that a line of the checklist is about."""

    label: str
    language: str
    """In which the label is written; empty for words of the interface."""
    address: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One line of the checklist."""

    kind: CheckKind
    words: _StrPromise
    number: int
    items: tuple[Item, ...]

    @property
    def more(self) -> int:
        """How many are not listed."""
        return self.number - len(self.items)


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What labels and addresses are made of."""

    slug: str
    clips: Mapping[str, tuple[str, str]]
    """Clip → title and its language."""
    sides: Mapping[str, Mapping[str, str]]
    """Side's key → names."""
    entries: Mapping[str, str]
    """Entry that is not mended → its first line."""
    events: Mapping[str, str]
    """Event of the timeline → what happened."""
    sections: Mapping[str, str]
    """Section → its name."""
    place: Callable[[str], str]
    """Clip → where it stands."""


def lines(checks: Sequence[Check], known: Known) -> list[Line]:
    """The checklist in the words of the interface."""
    return [
        Line(
            kind=check.kind,
            words=WORDS[check.kind],
            number=len(check.subjects),
            items=tuple(_item(check.kind, subject, known) for subject in check.subjects[:SHOWN_MAX]),
        )
        for check in checks
    ]


def _item(kind: CheckKind, subject: str, known: Known) -> Item:
    edit = reverse("desk:edit-dossier", args=[known.slug])
    if kind in OF_LANGUAGES:
        return Item(label=language_name(subject), language="", address=edit)
    if kind is CheckKind.SILENT_SIDE:
        label = name_in(known.sides.get(subject, {})) or subject
        return Item(label=label, language="", address=reverse("desk:sides", args=[known.slug]))
    if kind is CheckKind.UNREAD:
        label = Truncator(known.entries.get(subject, subject)).chars(LABEL_CHARACTERS_MAX)
        return Item(label=label, language="", address=reverse("desk:mend", args=[known.slug, subject]))
    if subject in known.events:
        label = Truncator(known.events[subject]).chars(LABEL_CHARACTERS_MAX)
        return Item(label=label, language="", address=reverse("desk:edit-event", args=[known.slug, subject]))
    if subject in known.sections:
        return Item(label=known.sections[subject], language="", address=reverse("desk:sections", args=[known.slug]))
    title, language = known.clips.get(subject, (subject, ""))
    return Item(
        label=Truncator(title or "–").chars(LABEL_CHARACTERS_MAX), language=language, address=known.place(subject)
    )
