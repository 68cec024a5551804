"""Decides what the forms for sections and events of a timeline ask for: words in each language."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from chronik.desk import checks

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping


class WordsForm(forms.Form):
    """A text in each language; one of them at least."""

    label: Any = _("Name (%(language)s)")
    characters_max = checks.NAME_CHARACTERS_MAX

    def __init__(self, *args: Any, languages: Iterable[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.languages = list(languages)
        for tag, title in self.languages:
            self.fields[f"words-{tag}"] = forms.CharField(
                label=self.label % {"language": title},
                required=False,
                max_length=self.characters_max,
                widget=self.widget(tag),
            )

    @staticmethod
    def widget(tag: str) -> forms.Widget:
        """The field for words in a language."""
        return forms.TextInput(attrs={"lang": tag, "dir": "auto"})

    @property
    def columns(self) -> list[Any]:
        """The fields, one a language."""
        return [self[f"words-{tag}"] for tag, _title in self.languages]

    @property
    def words(self) -> dict[str, str]:
        """Language → text, as far as something was written."""
        given = {tag: self.cleaned_data[f"words-{tag}"].strip() for tag, _title in self.languages}
        return {tag: text for tag, text in given.items() if text}

    def clean(self) -> dict[str, Any]:
        """Some language must have words."""
        cleaned = super().clean() or {}
        if not any(str(cleaned.get(f"words-{tag}", "")).strip() for tag, _title in self.languages):
            raise forms.ValidationError(_("Write it in at least one language."))
        return cleaned

    @staticmethod
    def of(words: Mapping[str, str]) -> dict[str, str]:
        """The form's first values."""
        return {f"words-{tag}": text for tag, text in words.items()}
