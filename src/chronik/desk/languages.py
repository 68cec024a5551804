"""Decides what languages and kinds of sources are called in the interface."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import get_language_info, gettext
from django.utils.translation import gettext_lazy as _

from chronik.model import UNDETERMINED, SourceKind

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django.utils.functional import _StrPromise

KINDS: Mapping[str, _StrPromise] = {
    SourceKind.AGENCY: _("agency"),
    SourceKind.NEWSPAPER: _("newspaper"),
    SourceKind.BROADCASTER: _("broadcaster"),
    SourceKind.MAGAZINE: _("magazine"),
    SourceKind.GOVERNMENT: _("government"),
    SourceKind.PARLIAMENT: _("parliament"),
    SourceKind.ORGANISATION: _("organisation"),
    SourceKind.THINK_TANK: _("think tank"),
    SourceKind.ENCYCLOPEDIA: _("encyclopedia"),
    SourceKind.ACCOUNT: _("account"),
    SourceKind.PERSON: _("person"),
    SourceKind.UNKNOWN: _("kind unknown"),
}


def language_name(tag: str) -> str:
    """The language's name in the language of the interface; the tag itself where Django knows no name."""
    if tag in {"", UNDETERMINED}:
        return gettext("unknown language")
    try:
        return str(get_language_info(tag)["name_translated"])
    except KeyError:
        return tag


def source_kind(kind: str) -> str:
    """What sort of voice a source is, in a word."""
    return str(KINDS.get(kind, kind))
