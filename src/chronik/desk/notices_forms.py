"""Decides what the form of how somebody is told asks for."""

from __future__ import annotations

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from chronik.desk import notices
from chronik.desk.saved_forms import WAYS
from chronik.errors import RefusedInputError
from chronik.model.saved import Way


class ToldForm(forms.Form):
    """Where mails and webhooks go, in which language, and how alarms are told."""

    mail = forms.CharField(
        label=_("Address for mails"),
        required=False,
        max_length=notices.ADDRESS_CHARACTERS_MAX,
        help_text=_("Empty sends no mails."),
        widget=forms.TextInput(attrs={"inputmode": "email", "autocomplete": "email", "dir": "ltr"}),
    )
    webhook = forms.CharField(
        label=_("Address of a webhook"),
        required=False,
        max_length=notices.ADDRESS_CHARACTERS_MAX,
        help_text=_("Begins with https://. A new address gets a new secret, which is shown once."),
        widget=forms.TextInput(attrs={"inputmode": "url", "autocomplete": "off", "dir": "ltr"}),
    )
    language = forms.ChoiceField(label=_("Language of mails"), choices=settings.LANGUAGES)
    alarms = forms.ChoiceField(label=_("Alarms of the archive"), choices=[("", _("not at all")), *WAYS], required=False)

    def clean_mail(self) -> str:
        """A plain address, or none."""
        return self._checked("mail", Way.MAIL)

    def clean_webhook(self) -> str:
        """An address that may be called, or none."""
        return self._checked("webhook", Way.WEBHOOK)

    def _checked(self, name: str, way: Way) -> str:
        given = str(self.cleaned_data[name]).strip()
        try:
            return notices.channel_address(way, given) if given else ""
        except RefusedInputError:
            wrong = {
                Way.MAIL: _("This is no address of mail like eva@example.org."),
                Way.WEBHOOK: _("This is no address that may be called. It begins with https://."),
            }
            raise forms.ValidationError(wrong[way]) from None

    def way_of_alarms(self) -> Way | None:
        """How alarms are told; None where they are not."""
        return Way(self.cleaned_data["alarms"]) if self.cleaned_data["alarms"] else None

    def clean(self) -> dict[str, object]:
        """Alarms go where there is an address."""
        cleaned = super().clean() or {}
        way = cleaned.get("alarms")
        if way in {str(Way.MAIL), str(Way.WEBHOOK)} and not cleaned.get(way):
            self.add_error("alarms", _("Give an address first."))
        return cleaned
