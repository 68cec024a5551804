"""Decides how forms ask for the passages of a clip: a field for each, and about where in the text it stands."""

from __future__ import annotations

from itertools import zip_longest
from typing import TYPE_CHECKING, Any, NamedTuple

from django import forms
from django.utils.translation import gettext_lazy as _

from chronik.desk import checks
from chronik.extract.passages import PASSAGES_MAX

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from django.utils.datastructures import MultiValueDict

PLACE_DIGITS_MAX = 9


class Quote(NamedTuple):
    """A passage as somebody chose it."""

    text: str
    near: int | None = None
    """About where it begins in the article's text, where the page told that."""


class PassagesInput(forms.Textarea):
    """A text field for each passage, and one more where it was asked for."""

    template_name = "desk/passages.html"

    def value_from_datadict(self, data: Mapping[str, Any], files: Any, name: str) -> list[Quote]:  # noqa: ARG002 - Django's own signature
        """Every passage of that name, empty ones left out; each with its place."""
        return [Quote(text, near) for text, near in _given(data, name) if text.strip()]

    def value_omitted_from_data(self, data: Mapping[str, Any], files: Any, name: str) -> bool:  # noqa: ARG002 - Django's own signature
        """Whether the form did not hold the field at all."""
        return name not in data

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """The fields, at least one."""
        context = super().get_context(name, "", attrs)
        quotes = value if isinstance(value, list) else [Quote(value or "")]
        context["quotes"] = quotes or [Quote("")]
        context["place_name"] = place_name(name)
        context["described_by"] = context["widget"]["attrs"].get("aria-describedby", "")
        return context


class PassagesField(forms.Field):
    """The passages of a clip."""

    widget = PassagesInput

    def __init__(self, *, rows: int, **kwargs: Any) -> None:
        super().__init__(widget=PassagesInput(attrs={"rows": rows, "dir": "auto"}), **kwargs)

    def clean(self, value: Any) -> list[Quote]:
        """Those that are there, all of a length that can be kept."""
        found: list[Quote] = super().clean(value) or []
        if sum(len(one.text) for one in found) > checks.TEXT_CHARACTERS_MAX:
            raise forms.ValidationError(_("The passages are longer than %d characters.") % checks.TEXT_CHARACTERS_MAX)
        if len(found) > PASSAGES_MAX:
            raise forms.ValidationError(_("A clip holds at most %d passages.") % PASSAGES_MAX)
        return found


def place_name(name: str) -> str:
    """What the hidden field is called that holds the place of a passage."""
    return f"{name}-at"


def with_one_more(data: MultiValueDict[str, Any], field: str) -> dict[str, Any]:
    """What a form held, as the first values of the next one, with another empty field for a passage."""
    values: dict[str, Any] = {name: data.get(name) for name in data}
    values[field] = [*PassagesInput().value_from_datadict(data, {}, field), Quote("")]
    return values


def _given(data: Mapping[str, Any], name: str) -> Iterable[tuple[str, int | None]]:
    texts = data.getlist(name) if hasattr(data, "getlist") else data.get(name, [])
    places = data.getlist(place_name(name)) if hasattr(data, "getlist") else []
    for text, place in zip_longest(texts, places[: len(texts)], fillvalue=""):
        told = place.isascii() and place.isdigit() and len(place) <= PLACE_DIGITS_MAX
        yield text, int(place) if told else None
