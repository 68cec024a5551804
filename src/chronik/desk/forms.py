"""Decides what the desk's forms ask for; what they mean is checked by `actions`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from django import forms
from django.contrib.auth.forms import AuthenticationForm
from django.utils.translation import gettext_lazy as _

from chronik.desk import checks
from chronik.desk.passage_fields import PassagesField, Quote
from chronik.model import DossierOrder

if TYPE_CHECKING:
    from collections.abc import Iterable

    from chronik.desk.changes import ClipChanges, DossierChanges
    from chronik.model import Clip, Dossier

MAIN_ROWS = 5
ORDER_NAMES = {
    DossierOrder.NEWEST_FIRST: _("Newest first"),
    DossierOrder.OLDEST_FIRST: _("Oldest first"),
    DossierOrder.BY_HAND: _("By hand"),
}


class SignInForm(AuthenticationForm):
    """Name and password."""

    error_messages = {  # noqa: RUF012 - Django's own shape
        "invalid_login": _("User name and password do not belong together."),
        "inactive": _("User name and password do not belong together."),
    }


def _day(label: Any, help_text: Any = "") -> forms.DateField:
    return forms.DateField(
        label=label,
        help_text=help_text,
        required=False,
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
    )


def _text(label: Any, *, rows: int, help_text: Any = "", required: bool = False) -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=help_text,
        required=required,
        max_length=checks.TEXT_CHARACTERS_MAX,
        widget=forms.Textarea(attrs={"rows": rows, "dir": "auto"}),
    )


def _line(label: Any, *, characters_max: int = checks.LINE_CHARACTERS_MAX, help_text: Any = "") -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=help_text,
        required=False,
        max_length=characters_max,
        widget=forms.TextInput(attrs={"dir": "auto"}),
    )


WHY_MORE = _("Why more is quoted than the limit")
NEW_DOSSIER = ""
"""The choice that means: one that is not there yet."""


class ClipForm(forms.Form):
    """A passage for a dossier."""

    quote = PassagesField(label=_("Passage"), rows=6, help_text=_("Verbatim, as the article has it."))
    dossier = forms.ChoiceField(label=_("Dossier"), required=False)
    new_name = _line(_("Name of the new dossier"), characters_max=checks.NAME_CHARACTERS_MAX)
    happened = _day(_("Happened on"), _("Where it is known and differs from the day of publication."))
    credit = _line(_("Credit"))
    note = _text(_("Note"), rows=2, help_text=_("Private: never published."))
    quotation_reason = _text(WHY_MORE, rows=2, help_text=_("Private: never published."))

    def __init__(self, *args: Any, dossiers: Iterable[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [*dossiers, (NEW_DOSSIER, _("New dossier …"))]
        cast("forms.ChoiceField", self.fields["dossier"]).choices = choices

    def clean(self) -> dict[str, Any]:
        """A new dossier needs a name."""
        cleaned = super().clean() or {}
        if not cleaned.get("dossier") and not cleaned.get("new_name") and "dossier" in cleaned:
            self.add_error("new_name", _("Choose a dossier, or name a new one."))
        return cleaned


class ClipEditForm(forms.Form):
    """What can be changed of a clip."""

    title = _line(_("Title"))
    credit = _line(_("Credit"))
    excerpt = PassagesField(label=_("Passage"), rows=8, required=False)
    language = _line(_("Language"), characters_max=35, help_text=_("A code like de, en or fr."))
    url = _line(_("Address of the original"), characters_max=4_000)
    happened = _day(_("Happened on"))
    published = _line(_("Published"), characters_max=40, help_text=_("A day like 2020-09-27, or empty."))
    note = _text(_("Note"), rows=3, help_text=_("Private: never published."))
    quotation_reason = _text(WHY_MORE, rows=2, help_text=_("Private: never published."))

    @property
    def changes(self) -> ClipChanges:
        """What the form says, in the words of `actions.edit_clip`."""
        quotes = [quote.text for quote in self.cleaned_data["excerpt"]]
        return cast("ClipChanges", {**self.cleaned_data, "excerpt": quotes or ""})

    @staticmethod
    def of(clip: Clip) -> dict[str, Any]:
        """The form's first values."""
        values = {field: getattr(clip, field) for field in ClipEditForm.base_fields}
        return {**values, "excerpt": [Quote(one.exact) for one in clip.passages if clip.further] or clip.excerpt}


class DossierForm(forms.Form):
    """A dossier in all its languages: one name and one introduction each."""

    main = forms.ChoiceField(label=_("Main language"))
    years = _line(_("Years"), characters_max=checks.YEARS_CHARACTERS_MAX, help_text=_("Such as 2020 or 2014–2022."))
    order = forms.ChoiceField(
        label=_("Order of the clips"), choices=[(str(key), name) for key, name in ORDER_NAMES.items()]
    )
    notes = _text(_("Notes"), rows=4, help_text=_("Private: never published."))

    def __init__(self, *args: Any, languages: Iterable[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.languages = list(languages)
        cast("forms.ChoiceField", self.fields["main"]).choices = self.languages
        for tag, _name in self.languages:
            name = _line(_("Name"), characters_max=checks.NAME_CHARACTERS_MAX)
            introduction = _text(_("Introduction"), rows=MAIN_ROWS)
            for field in (name, introduction):
                field.widget.attrs["lang"] = tag
            self.fields[f"name-{tag}"] = name
            self.fields[f"introduction-{tag}"] = introduction

    @property
    def columns(self) -> list[dict[str, Any]]:
        """One column a language."""
        return [
            {"tag": tag, "title": title, "name": self[f"name-{tag}"], "introduction": self[f"introduction-{tag}"]}
            for tag, title in self.languages
        ]

    def clean(self) -> dict[str, Any]:
        """The main language needs a name: it is the one that readers meet first."""
        cleaned = super().clean() or {}
        main = cleaned.get("main")
        if main and not cleaned.get(f"name-{main}", "").strip():
            self.add_error(f"name-{main}", _("The main language needs a name."))
        return cleaned

    @property
    def names(self) -> dict[str, str]:
        """Language → name, the main one first."""
        return self._texts("name")

    @property
    def introductions(self) -> dict[str, str]:
        """Language → introduction."""
        return self._texts("introduction")

    @property
    def settings(self) -> DossierChanges:
        """What the form says beside names and introductions."""
        cleaned = self.cleaned_data
        return {"years": cleaned["years"], "order": DossierOrder(cleaned["order"]), "notes": cleaned["notes"]}

    @property
    def changes(self) -> DossierChanges:
        """What the form says, in the words of `actions.edit_dossier`."""
        return {**self.settings, "names": self.names, "introductions": self.introductions}

    def _texts(self, kind: str) -> dict[str, str]:
        main = self.cleaned_data["main"]
        tags = [main, *(tag for tag, _name in self.languages if tag != main)]
        return {tag: self.cleaned_data.get(f"{kind}-{tag}", "") for tag in tags}

    @staticmethod
    def of(dossier: Dossier) -> dict[str, Any]:
        """The form's first values."""
        values: dict[str, Any] = {"years": dossier.years, "order": str(dossier.order), "notes": dossier.notes}
        values["main"] = next(iter(dossier.names), "")
        values.update({f"name-{tag}": name for tag, name in dossier.names.items()})
        values.update({f"introduction-{tag}": text for tag, text in dossier.introductions.items()})
        return values


class NewDossierForm(DossierForm):
    """A dossier that is opened, for everybody or for oneself."""

    private = forms.BooleanField(
        required=False,
        label=_("Only I may see it at first"),
        help_text=_("Chief editors and operators see it as well, and can let others in."),
    )


class FollowForm(forms.Form):
    """An address to follow."""

    url = forms.CharField(
        label=_("Address of a feed or a site"),
        max_length=4_000,
        widget=forms.TextInput(attrs={"inputmode": "url", "placeholder": "https://", "autocomplete": "off"}),
    )


class MendForm(forms.Form):
    """The text of an entry that could not be understood."""

    text = _text(_("Entry"), rows=14, required=True)
