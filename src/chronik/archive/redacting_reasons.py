"""Decides in which words the class of a reason is told; readers' pages and the desk translate them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from chronik.archive.grounds import gettext_noop
from chronik.model import TakedownReason

if TYPE_CHECKING:
    from collections.abc import Mapping

REASONS: Mapping[TakedownReason, str] = {
    TakedownReason.COURT_ORDER: gettext_noop("a court’s order"),
    TakedownReason.PRIVACY: gettext_noop("a person’s privacy"),
    TakedownReason.COPYRIGHT: gettext_noop("copyright"),
    TakedownReason.SAFETY: gettext_noop("somebody’s safety"),
    TakedownReason.ERROR: gettext_noop("an error of ours"),
}
