"""Decides how forms for sides and spellings are understood: one entry a line."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from chronik.desk import checks
from chronik.ports.relating import Side

if TYPE_CHECKING:
    from collections.abc import Iterable

LINES_MAX = 200
SPELLINGS_CHARACTERS_MAX = 5_000
NO_LETTERS = "dossier"
"""What `checks.slug_from` makes of names that no address can hold."""


def _lines(label: Any, *, help_text: Any = "", rows: int = 3) -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=help_text,
        required=False,
        max_length=checks.TEXT_CHARACTERS_MAX,
        widget=forms.Textarea(attrs={"rows": rows, "dir": "auto"}),
    )


def lines(given: str) -> tuple[str, ...]:
    """The entries of a field, each once."""
    said = (checks.line(one, what="Entry") for one in given.splitlines())
    return tuple(dict.fromkeys(one for one in said if one))[:LINES_MAX]


class SideForm(forms.Form):
    """A party of a dossier: its name in each language, and how it is known."""

    speakers = _lines(_("Speakers"), help_text=_("Persons and bodies that speak for it, one a line, in any spelling."))
    words = _lines(
        _("Words"), help_text=_("Its country or party, one a line: whoever is introduced with it speaks for this side.")
    )
    sources = _lines(_("Sources"), help_text=_("Names of sources that speak for it, one a line, as they are credited."))

    def __init__(self, *args: Any, languages: Iterable[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.languages = list(languages)
        for tag, title in self.languages:
            widget = forms.TextInput(attrs={"lang": tag, "dir": "auto"})
            self.fields[f"name-{tag}"] = forms.CharField(
                label=_("Name (%(language)s)") % {"language": title},
                required=False,
                max_length=checks.NAME_CHARACTERS_MAX,
                widget=widget,
            )

    @property
    def names(self) -> list[Any]:
        """The fields for names."""
        return [self[f"name-{tag}"] for tag, _title in self.languages]

    def side(self, dossier: str, *, key: str) -> Side:
        """What the form says; a new side gets a key out of its first name."""
        names = {tag: self.cleaned_data[f"name-{tag}"].strip() for tag, _title in self.languages}
        given = {tag: name for tag, name in names.items() if name}
        return Side(
            dossier=dossier,
            key=key or key_of(given.values()),
            names=checks.texts(given, what="Name", characters_max=checks.NAME_CHARACTERS_MAX, one_line=True),
            sources=lines(self.cleaned_data["sources"]),
            speakers=lines(self.cleaned_data["speakers"]),
            words=lines(self.cleaned_data["words"]),
        )

    @staticmethod
    def of(side: Side) -> dict[str, Any]:
        """The form's first values."""
        held = {name: "\n".join(getattr(side, name)) for name in ("sources", "speakers", "words")}
        return {**held, **{f"name-{tag}": name for tag, name in side.names.items()}}


def key_of(names: Iterable[str]) -> str:
    """A short name for a side."""
    made = checks.slug_from({str(number): name for number, name in enumerate(names)})
    return "side" if made == NO_LETTERS else made


class SpellingsForm(forms.Form):
    """Spellings of one name, or two names that are apart."""

    spellings = forms.CharField(
        label=_("Spellings"),
        help_text=_("One a line."),
        max_length=SPELLINGS_CHARACTERS_MAX,
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
    )
    apart = forms.BooleanField(label=_("These two name different things"), required=False)

    @property
    def entries(self) -> tuple[str, ...]:
        """The spellings, each once."""
        return lines(self.cleaned_data["spellings"])
