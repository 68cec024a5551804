"""Decides how the form of a source is filled in and understood; what it says is checked by `archive.source_checks`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from chronik.archive import source_checks as checks
from chronik.desk.languages import KINDS, language_name
from chronik.model import UNDETERMINED

if TYPE_CHECKING:
    from collections.abc import Iterable

    from chronik.archive.source_checks import SourceChanges
    from chronik.model import Source

LISTS_CHARACTERS_MAX = 50_000
INTERFACE_LANGUAGES = ("de", "en", "fr")
EVERYWHERE = _("the same everywhere")


def _line(label: Any, *, characters_max: int = checks.NAME_CHARACTERS_MAX, help_text: Any = "") -> forms.CharField:
    widget = forms.TextInput(attrs={"dir": "auto"})
    return forms.CharField(label=label, help_text=help_text, required=False, max_length=characters_max, widget=widget)


def _lines(label: Any, *, help_text: Any) -> forms.CharField:
    widget = forms.Textarea(attrs={"rows": 4, "dir": "auto"})
    return forms.CharField(
        label=label, help_text=help_text, required=False, max_length=LISTS_CHARACTERS_MAX, widget=widget
    )


def _number(label: Any, *, limit: int, help_text: Any) -> forms.IntegerField:
    return forms.IntegerField(label=label, help_text=help_text, required=False, min_value=0, max_value=limit)


class SourceForm(forms.Form):
    """A source in full: one name a language, and what is known of it."""

    kind = forms.ChoiceField(label=_("Kind"), choices=[(str(kind), name) for kind, name in KINDS.items()])
    country = _line(_("Country"), characters_max=2, help_text=_("Two letters, such as FR; empty where it has none."))
    owner = _line(_("Owner"), help_text=_("Whose it is: a company, a state, a party."))
    home_page = _line(_("Home page"), characters_max=checks.ADDRESS_CHARACTERS_MAX)
    aliases = _lines(_("Other names"), help_text=_("How it is credited elsewhere, one a line, in any script."))
    hosts = _lines(_("Hosts"), help_text=_("Pages of these hosts are its, one a line, such as example.org."))
    credit_style = _line(_("Credit style"), help_text=_("How clips credit it; empty for its name."))
    quotation_characters = _number(
        _("Characters that may be quoted of one report"),
        limit=checks.QUOTATION_CHARACTERS_MAX,
        help_text=_("0 for the usual limit of 200."),
    )
    quotation_percent = _number(
        _("Percent that may be quoted of one report"),
        limit=checks.PERCENT_MAX,
        help_text=_("0 for the usual limit of 10."),
    )
    quotation_reason = _line(
        _("Why more than the usual may be quoted"),
        characters_max=checks.REASON_CHARACTERS_MAX,
        help_text=_("A licence, a law, a letter. Private: never published."),
    )
    based_on = forms.CharField(required=False, max_length=200, widget=forms.HiddenInput())
    credit = forms.CharField(required=False, max_length=1_000, widget=forms.HiddenInput())

    def __init__(self, *args: Any, languages: Iterable[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.languages = list(dict.fromkeys(languages))[: checks.LANGUAGES_MAX]
        for tag in self.languages:
            label = EVERYWHERE if tag == UNDETERMINED else language_name(tag)
            field = _line(label)
            field.widget.attrs["lang"] = tag
            self.fields[f"name-{tag}"] = field

    @property
    def names(self) -> list[Any]:
        """The fields for names."""
        return [self[f"name-{tag}"] for tag in self.languages]

    @property
    def about(self) -> list[Any]:
        """The short fields that say what it is."""
        return [self[name] for name in ("kind", "country", "owner", "home_page", "credit_style")]

    @property
    def limits(self) -> list[Any]:
        """The fields for what may be quoted."""
        return [self[name] for name in ("quotation_characters", "quotation_percent", "quotation_reason")]

    @property
    def changes(self) -> SourceChanges:
        """What the form says."""
        said = self.cleaned_data
        names = {tag: said.get(f"name-{tag}") or "" for tag in self.languages}
        plain = {name: said[name] for name in ("kind", "country", "owner", "home_page", "credit_style")}
        numbers = {name: said[name] or 0 for name in ("quotation_characters", "quotation_percent")}
        lists = {name: said[name].splitlines() for name in ("aliases", "hosts")}
        told = {"names": names, **plain, **numbers, **lists, "quotation_reason": said["quotation_reason"]}
        return cast("SourceChanges", told)

    @staticmethod
    def of(source: Source) -> dict[str, Any]:
        """The form's first values."""
        plain = ("kind", "country", "owner", "home_page", "credit_style", "quotation_reason")
        held: dict[str, Any] = {name: str(getattr(source, name)) for name in plain}
        held |= {name: getattr(source, name) for name in ("quotation_characters", "quotation_percent")}
        held |= {name: "\n".join(getattr(source, name)) for name in ("aliases", "hosts")}
        return {**held, **{f"name-{tag}": name for tag, name in source.names.items()}}


def languages_of(names: Iterable[str], *, more: str = "") -> list[str]:
    """The languages that the form has a column for."""
    return list(dict.fromkeys((UNDETERMINED, *names, *INTERFACE_LANGUAGES, *([more] if more else []))))
