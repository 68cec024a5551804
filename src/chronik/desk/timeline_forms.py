"""Decides what the form for an event of a timeline asks for, and how dates are understood."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from chronik.desk.section_forms import WordsForm
from chronik.desk.timeline import LABEL_CHARACTERS_MAX, EventWords, checked_date
from chronik.errors import RefusedInputError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from chronik.model import Clip
    from chronik.model.arrangement import TimelineEvent

DATE_CHARACTERS_MAX = 20
_DAY_FIRST = re.compile(r"(?:([0-9]{1,2})[./] ?)?([0-9]{1,2})[./] ?([0-9]{4})")


def iso(written: str) -> str:
    """A date as people write it, day first, in ISO 8601; anything else as it is."""
    found = _DAY_FIRST.fullmatch(written.strip())
    if not found:
        return written.strip()
    day, month, year = found.groups()
    return "-".join([year, month.zfill(2), *([day.zfill(2)] if day else [])])


class DateField(forms.CharField):
    """A day, a month or a year."""

    default_error_messages = {  # noqa: RUF012 - Django's own shape
        "invalid": _("This is no date. Write a day like 2020-09-27, a month like 2020-09, or a year like 2020."),
    }

    def clean(self, value: Any) -> str:
        """The date in ISO 8601."""
        written = str(super().clean(value))
        if not written:
            return ""
        try:
            return checked_date(iso(written))
        except RefusedInputError as error:
            raise forms.ValidationError(self.error_messages["invalid"], code="invalid") from error


def _date(label: Any, *, required: bool, help_text: Any) -> DateField:
    widget = forms.TextInput(attrs={"autocomplete": "off", "placeholder": "2020-09-27"})
    return DateField(label=label, required=required, help_text=help_text, max_length=DATE_CHARACTERS_MAX, widget=widget)


class EventForm(WordsForm):
    """What happened when, and which clips document it."""

    label = _("What happened (%(language)s)")
    characters_max = LABEL_CHARACTERS_MAX
    begins = _date(
        _("Date"), required=True, help_text=_("A day, a month or a year, as it is known: 2020-09-27, 2020-09 or 2020.")
    )
    ends = _date(_("Until"), required=False, help_text=_("Only for a period."))
    clips = forms.MultipleChoiceField(
        label=_("Documented by"), required=False, widget=forms.CheckboxSelectMultiple(attrs={"class": "plain-list"})
    )

    def __init__(self, *args: Any, offered: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast("forms.MultipleChoiceField", self.fields["clips"]).choices = list(offered)

    @property
    def said(self) -> EventWords:
        """What the form says, in the words of `timeline`."""
        cleaned = self.cleaned_data
        return EventWords(
            begins=cleaned["begins"], ends=cleaned["ends"], labels=self.words, clips=tuple(cleaned["clips"])
        )

    @staticmethod
    def of_event(event: TimelineEvent) -> dict[str, Any]:
        """The first values of the form for an event that is there."""
        return {
            **WordsForm.of(event.labels),
            "begins": event.begins,
            "ends": event.ends,
            "clips": list(event.clips),
        }

    @staticmethod
    def of_clip(clip: Clip) -> dict[str, Any]:
        """The first values of the form for an event that a clip documents."""
        return {
            **WordsForm.of({clip.language: clip.title}),
            "begins": clip.happened.isoformat() if clip.happened else "",
            "clips": [clip.id],
        }
