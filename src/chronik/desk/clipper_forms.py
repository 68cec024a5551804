"""Decides what the clipper's forms ask for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import forms
from django.utils.translation import gettext_lazy as _

from chronik.collect import addresses
from chronik.desk.clipper import NAME_CHARACTERS_MAX
from chronik.errors import RefusedInputError

if TYPE_CHECKING:
    from collections.abc import Mapping

QUOTE_CHARACTERS_MAX = 20_000
TITLE_CHARACTERS_MAX = 1_000


class TokenForm(forms.Form):
    """A token to be made."""

    name = forms.CharField(
        label=_("Name of the browser"),
        help_text=_("So that you know later which token to revoke, such as “Firefox at home”."),
        max_length=NAME_CHARACTERS_MAX,
        widget=forms.TextInput(attrs={"dir": "auto", "autocomplete": "off"}),
    )


class ClipPageForm(forms.Form):
    """A page that the bookmarklet names, and the passage that was selected there."""

    url = forms.CharField(widget=forms.HiddenInput, max_length=addresses.URL_CHARACTERS_MAX)
    title = forms.CharField(widget=forms.HiddenInput, required=False)
    quote = forms.CharField(widget=forms.HiddenInput, required=False, strip=True)

    @staticmethod
    def asked(given: Mapping[str, str]) -> dict[str, str]:
        """What an address asks for, cut to what fits."""
        return {
            "url": given.get("url", ""),
            "title": given.get("title", "")[:TITLE_CHARACTERS_MAX],
            "quote": given.get("quote", "")[:QUOTE_CHARACTERS_MAX],
        }

    def clean_url(self) -> str:
        """The address in normal form."""
        try:
            return addresses.normal(self.cleaned_data["url"])
        except RefusedInputError as error:
            raise forms.ValidationError(_("This is no address of a web page that can be fetched.")) from error

    def clean_title(self) -> str:
        """One line."""
        return " ".join(str(self.cleaned_data["title"]).split())[:TITLE_CHARACTERS_MAX]

    def clean_quote(self) -> str:
        """No longer than what is looked for."""
        return str(self.cleaned_data["quote"])[:QUOTE_CHARACTERS_MAX]
