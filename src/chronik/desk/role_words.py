"""Decides what roles and rights are called on pages, and how a refusal is told."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from chronik.desk.rights import LEAST, Right, Role, may

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django.utils.functional import _StrPromise

ROLES: Mapping[Role, _StrPromise] = {
    Role.READER: pgettext_lazy("role", "Reader"),
    Role.EDITOR: pgettext_lazy("role", "Editor"),
    Role.CHIEF_EDITOR: pgettext_lazy("role", "Chief editor"),
    Role.OPERATOR: pgettext_lazy("role", "Operator"),
}
RIGHTS: Mapping[Right, _StrPromise] = {
    Right.OWN_ACCOUNT: gettext_lazy("Settle one’s own password, sessions and language"),
    Right.READ: gettext_lazy("Read everything at the desk"),
    Right.EDIT: gettext_lazy("Clip, judge, edit dossiers, ask for takedowns"),
    Right.PUBLISH: gettext_lazy("Publish and withdraw dossiers"),
    Right.DOSSIER_ACCESS: gettext_lazy("Say who may read, edit and publish a dossier; remove it"),
    Right.MERGE_SOURCES: gettext_lazy("Merge sources"),
    Right.DECIDE_TAKEDOWN: gettext_lazy("Decide on takedowns"),
    Right.INVITE: gettext_lazy("Invite people to roles below one’s own"),
    Right.AUDIT: gettext_lazy("See who did what"),
    Right.FEEDS: gettext_lazy("Follow and stop feeds"),
    Right.ACCOUNTS: gettext_lazy("Change roles, close accounts, end sessions of others"),
    Right.SETTINGS: gettext_lazy("Settle what concerns the whole archive"),
}
_WHO: Mapping[Role, _StrPromise] = {
    Role.READER: gettext_lazy("Everybody who may sign in can do this."),
    Role.EDITOR: gettext_lazy("Only editors, chief editors and operators can do this."),
    Role.CHIEF_EDITOR: gettext_lazy("Only chief editors and operators can do this."),
    Role.OPERATOR: gettext_lazy("Only operators can do this."),
}


def who_may(right: Right) -> str:
    """For whom this is."""
    return str(_WHO[LEAST[right]])


def refusal(right: Right, role: Role) -> str:
    """Why somebody of this role may not do this, and what to do about it."""
    told = {"who": who_may(right), "role": ROLES[role]}
    return _("%(who)s Your role: %(role)s. An operator can change it.") % told


def table() -> list[tuple[str, list[bool]]]:
    """What each role may, a line a right, in the order of the roles."""
    return [(str(RIGHTS[right]), [may(role, right) for role in Role]) for right in Right]
