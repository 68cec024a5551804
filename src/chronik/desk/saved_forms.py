"""Decides what the forms of saved views ask for."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from chronik.desk import saved, saved_terms
from chronik.model.saved import Pace, ViewKind, Way

WAYS = ((str(Way.DESK), _("at the desk")), (str(Way.MAIL), _("by mail")), (str(Way.WEBHOOK), _("by webhook")))
PACES = ((str(Pace.AT_ONCE), _("at once")), (str(Pace.HOURLY), _("every hour")), (str(Pace.DAILY), _("every morning")))
REVISION_MAX = 2**31 - 1


class SavedViewForm(forms.Form):
    """Name of a view, and who sees it."""

    name = forms.CharField(
        label=_("Name"), max_length=saved.NAME_CHARACTERS_MAX, widget=forms.TextInput(attrs={"dir": "auto"})
    )
    shared = forms.BooleanField(
        label=_("Everybody at the desk sees it"), help_text=_("Only you change it."), required=False
    )
    revision = forms.IntegerField(min_value=0, max_value=REVISION_MAX, required=False, widget=forms.HiddenInput)


class SaveForm(forms.Form):
    """What a page shows, to be kept under a name, or in the place of what a view asked for."""

    kind = forms.ChoiceField(choices=[(str(kind), str(kind)) for kind in ViewKind])
    terms = forms.CharField(max_length=saved_terms.ADDRESS_CHARACTERS_MAX, required=False)
    name = forms.CharField(max_length=saved.NAME_CHARACTERS_MAX, required=False)
    shared = forms.BooleanField(required=False)
    into = forms.RegexField(r"[0-9a-f]{1,32}:[0-9]{1,9}", required=False)
    """The view that is changed, and its revision; empty makes a new one."""

    @property
    def target(self) -> tuple[str, int]:
        """Id and revision of the view that is changed; no id for a new one."""
        identity, _colon, revision = self.cleaned_data["into"].partition(":")
        return identity, int(revision or 0)


class AlertForm(forms.Form):
    """How somebody is told of a view, and how soon."""

    way = forms.ChoiceField(label=_("How"), choices=[("", _("not at all")), *WAYS], required=False)
    pace = forms.ChoiceField(label=_("When"), choices=PACES)

    @property
    def chosen_way(self) -> Way | None:
        """None where they are not told."""
        return Way(self.cleaned_data["way"]) if self.cleaned_data["way"] else None

    @property
    def chosen_pace(self) -> Pace:
        """How soon."""
        return Pace(self.cleaned_data["pace"])
