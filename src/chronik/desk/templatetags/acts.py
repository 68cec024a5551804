"""Decides how an act that can be taken back is named beside the button that does it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import template
from django.utils.translation import gettext_lazy as _

from chronik.model import Verb

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django.utils.functional import _StrPromise

register = template.Library()

DONE: Mapping[Verb, _StrPromise] = {
    Verb.ACCEPT_SUGGESTION: _("Accepted."),
    Verb.REFUSE_SUGGESTION: _("Refused."),
    Verb.DEFINE_SIDE: _("The side is defined."),
    Verb.REMOVE_SIDE: _("The side was removed."),
    Verb.ADD_SPELLINGS: _("Added."),
    Verb.REMOVE_SPELLINGS: _("Taken back."),
    Verb.ADD_SOURCE: _("The source is added."),
    Verb.EDIT_SOURCE: _("Saved."),
    Verb.MERGE_SOURCES: _("The two are one source now."),
    Verb.NAME_CREDIT: _("The credit is one of its names now."),
    Verb.PUT_CREDIT_ASIDE: _("Put aside."),
}


@register.filter
def done_in_words(verb: Verb) -> str:
    """What was done just now."""
    return str(DONE.get(verb, ""))
