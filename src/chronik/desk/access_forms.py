"""Decides what the form asks that says who may read, edit and publish a dossier."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from chronik.model import Access

if TYPE_CHECKING:
    from collections.abc import Sequence

EVERYBODY, NAMED = "everybody", "named"


class AccessForm(forms.Form):
    """Two choices, and for each person three boxes."""

    reading = forms.ChoiceField(
        label=_("Who may read it"),
        choices=[(EVERYBODY, _("Everybody at the desk")), (NAMED, _("Only those ticked below"))],
        widget=forms.RadioSelect,
    )
    editing = forms.ChoiceField(
        label=_("Who may edit it"),
        choices=[(EVERYBODY, _("Every editor who may read it")), (NAMED, _("Only those ticked below"))],
        widget=forms.RadioSelect,
    )
    readers = forms.MultipleChoiceField(required=False)
    editors = forms.MultipleChoiceField(required=False)
    publishers = forms.MultipleChoiceField(required=False)

    def __init__(self, *args: Any, names: Sequence[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for column in ("readers", "editors", "publishers"):
            field = self.fields[column]
            assert isinstance(field, forms.MultipleChoiceField), "declared above"
            field.choices = [(name, name) for name in names]

    @staticmethod
    def of(access: Access) -> dict[str, Any]:
        """What the form shows of what holds."""
        return {
            "reading": EVERYBODY if access.readers is None else NAMED,
            "editing": EVERYBODY if access.editors is None else NAMED,
            "readers": list(access.readers or ()),
            "editors": list(access.editors or ()),
            "publishers": list(access.publishers),
        }

    @property
    def access(self) -> Access:
        """What was chosen, once the form is valid. Who is ticked where it does not matter is not kept."""
        given = self.cleaned_data
        return Access(
            readers=tuple(sorted(given["readers"])) if given["reading"] == NAMED else None,
            editors=tuple(sorted(given["editors"])) if given["editing"] == NAMED else None,
            publishers=tuple(sorted(given["publishers"])),
        )
