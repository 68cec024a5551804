"""Decides what each role may do, and which right each address asks for: the one place that knows.

An address without a row is for operators only.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

from chronik.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Mapping


class Role(StrEnum):
    """What a person is here, the one who may least first; each may what those before it may."""

    READER = "reader"
    EDITOR = "editor"
    CHIEF_EDITOR = "chief-editor"
    OPERATOR = "operator"


class Right(StrEnum):
    """What one may do."""

    OWN_ACCOUNT = "own_account"
    """One's own password, sessions and language."""
    READ = "read"
    """Look at everything that the desk shows."""
    EDIT = "edit"
    """Clip, judge, edit dossiers, put reports aside, ask for a takedown."""
    PUBLISH = "publish"
    """Publish and withdraw dossiers."""
    DOSSIER_ACCESS = "dossier_access"
    """Say who may read, edit and publish a dossier, and remove it."""
    MERGE_SOURCES = "merge_sources"
    """Say that two sources are one."""
    DECIDE_TAKEDOWN = "decide_takedown"
    """Confirm or refuse a takedown, and show again what was hidden."""
    INVITE = "invite"
    """Invite people to roles below one's own."""
    AUDIT = "audit"
    """See who did what."""
    FEEDS = "feeds"
    """Say what is collected."""
    ACCOUNTS = "accounts"
    """Change roles, close accounts, end sessions of others."""
    SETTINGS = "settings"
    """Everything else that concerns the archive as a whole."""


LEAST: Mapping[Right, Role] = {
    Right.OWN_ACCOUNT: Role.READER,
    Right.READ: Role.READER,
    Right.EDIT: Role.EDITOR,
    Right.PUBLISH: Role.CHIEF_EDITOR,
    Right.DOSSIER_ACCESS: Role.CHIEF_EDITOR,
    Right.MERGE_SOURCES: Role.CHIEF_EDITOR,
    Right.DECIDE_TAKEDOWN: Role.CHIEF_EDITOR,
    Right.INVITE: Role.CHIEF_EDITOR,
    Right.AUDIT: Role.CHIEF_EDITOR,
    Right.FEEDS: Role.CHIEF_EDITOR,
    Right.ACCOUNTS: Role.OPERATOR,
    Right.SETTINGS: Role.OPERATOR,
}
"""The table: which role one must have at least."""
_ORDER = tuple(Role)
DESK_PREFIX = "/desk/"
"""Paths that begin so are the desk’s."""
SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Needs:
    """Which rights an address asks for."""

    look: Right
    act: Right
    """For any method that changes something."""
    told_by: str = ""
    """The field of the form that says what is done, where that matters."""
    deeds: Mapping[str, Right] = field(default_factory=dict)
    """Its values that ask for another right than `act`."""


def role(name: str) -> Role:
    """The role of this name. Raises UsageError."""
    try:
        return Role(name)
    except ValueError:
        raise UsageError(f"{name[:40]!r} is no role. Roles are: {', '.join(Role)}.") from None


def may(who: Role, right: Right) -> bool:
    """Whether somebody of this role may do this."""
    return at_least(who, LEAST[right])


def at_least(who: Role, least: Role) -> bool:
    """Whether a role may all that another may."""
    return _ORDER.index(who) >= _ORDER.index(least)


def may_invite(who: Role) -> tuple[Role, ...]:
    """The roles to which somebody may invite: an operator to each, others to those below their own."""
    if not may(who, Right.INVITE):
        return ()
    return tuple(one for one in Role if who is Role.OPERATOR or not at_least(one, who))


def needed(address: str, method: str | None, *, form: Mapping[str, str]) -> Right:
    """The right that a request asks for; `address` is the name of its path."""
    needs = ADDRESSES.get(address)
    if needs is None:
        return Right.SETTINGS
    if method in SAFE_METHODS:
        return needs.look
    return needs.deeds.get(form.get(needs.told_by, ""), needs.act)


def _same(right: Right) -> Needs:
    return Needs(look=right, act=right)


_OWN, _READ, _EDIT, _PUBLISH, _FEEDS = (
    _same(right) for right in (Right.OWN_ACCOUNT, Right.READ, Right.EDIT, Right.PUBLISH, Right.FEEDS)
)
_INVITE, _ACCOUNTS, _AUDIT = (_same(right) for right in (Right.INVITE, Right.ACCOUNTS, Right.AUDIT))
_READ_OR_EDIT = Needs(look=Right.READ, act=Right.EDIT)
_TAKEDOWN = Needs(
    look=Right.EDIT,
    act=Right.EDIT,
    told_by="do",
    deeds=dict.fromkeys(("unhide", "confirm", "refuse"), Right.DECIDE_TAKEDOWN),
)
ADDRESSES: Mapping[str, Needs] = {
    "desk:sign-in": _OWN,
    "desk:sign-out": _OWN,
    "desk:enter": _OWN,
    "desk:language": _OWN,
    "desk:end-tour": _OWN,
    "desk:account": _OWN,
    "desk:password": _OWN,
    "desk:time-zone": _OWN,
    "desk:sign-out-everywhere": _OWN,
    "desk:end-own-session": _OWN,
    "desk:sign-in-code": _OWN,
    "desk:provider": _OWN,
    "desk:provider-back": _OWN,
    "desk:link-provider": _OWN,
    "desk:unlink-provider": _OWN,
    "desk:second-factor": _OWN,
    "desk:recovery-codes": _OWN,
    "desk:remove-second-factor": _OWN,
    "desk:passkey-options": _OWN,
    "desk:add-passkey": _OWN,
    "desk:remove-passkey": _OWN,
    "desk:join": _OWN,
    "desk:inbox": _READ,
    "desk:article": _READ,
    "desk:changes": _READ,
    "desk:capture": _READ,
    "desk:capture-frame": _READ,
    "desk:capture-file": _READ,
    "desk:dossiers": _READ,
    "desk:dossier": _READ,
    "desk:history": _READ,
    "desk:story": _READ,
    "desk:accounts": _READ,
    "desk:suggestions": _READ,
    "desk:missing": _READ,
    "desk:checklist": _READ,
    "desk:altered": _READ,
    "desk:witnesses": _READ,
    "desk:feeds": _READ,
    "desk:sources": _READ,
    "desk:source": _READ,
    "desk:unknown-credits": _READ,
    "desk:merge-sources": Needs(look=Right.READ, act=Right.MERGE_SOURCES),
    "desk:undo-merging": _same(Right.MERGE_SOURCES),
    "desk:edit-source": _EDIT,
    "desk:new-source": _EDIT,
    "desk:name-credit": _EDIT,
    "desk:put-credit-aside": _EDIT,
    "desk:search": _READ,
    "desk:work": Needs(look=Right.READ, act=Right.SETTINGS),
    "desk:notices": _READ,
    "desk:notice-settings": _READ,
    "desk:saved": _READ,
    "desk:save-view": _READ,
    "desk:saved-view": _READ,
    "publishing:preview": _READ,
    "desk:overview": _READ,
    "desk:overview-csv": _READ,
    "desk:overview-png": _READ,
    "desk:overview-svg": _READ,
    "desk:sides": _READ_OR_EDIT,
    "desk:sections": _READ_OR_EDIT,
    "desk:timeline": _READ_OR_EDIT,
    "desk:edit-event": _READ_OR_EDIT,
    "desk:names": _READ_OR_EDIT,
    "desk:row-act": _EDIT,
    "desk:clip": _EDIT,
    "desk:done": _EDIT,
    "desk:star": _EDIT,
    "desk:new-dossier": _EDIT,
    "desk:edit-dossier": _EDIT,
    "desk:mend": _EDIT,
    "desk:edit-clip": _EDIT,
    "desk:move-clip": _EDIT,
    "desk:file-clip": _EDIT,
    "desk:revert": _EDIT,
    "desk:pin-clip": _EDIT,
    "desk:remove-clip": _EDIT,
    "desk:restore-clip": _EDIT,
    "desk:note-altered": _EDIT,
    "desk:look-again": _EDIT,
    "desk:settle-witness": _EDIT,
    "desk:ask-witnesses": _EDIT,
    "desk:judge-report": _EDIT,
    "desk:split-story": _EDIT,
    "desk:merge-stories": _EDIT,
    "desk:undo": _EDIT,
    "desk:decide": _EDIT,
    "desk:remove-side": _EDIT,
    "desk:remove-name": _EDIT,
    "desk:learned-name": _EDIT,
    "desk:clipper": _EDIT,
    "desk:make-token": _EDIT,
    "desk:revoke-token": _EDIT,
    "desk:clip-page": _EDIT,
    "receive-page": _EDIT,
    "takedown:page": _EDIT,
    "takedown:act": _TAKEDOWN,
    "publishing:publish": _PUBLISH,
    "publishing:unpublish": _PUBLISH,
    "publishing:remove": _same(Right.DOSSIER_ACCESS),
    "desk:access": _same(Right.DOSSIER_ACCESS),
    "desk:people": _INVITE,
    "desk:invite": _INVITE,
    "desk:withdraw-invitation": _INVITE,
    "desk:person": _ACCOUNTS,
    "desk:change-role": _ACCOUNTS,
    "desk:close-account": _ACCOUNTS,
    "desk:reopen-account": _ACCOUNTS,
    "desk:end-sessions": _ACCOUNTS,
    "desk:forget-factor": _ACCOUNTS,
    "desk:audit": _AUDIT,
    "desk:audit-csv": _AUDIT,
    "desk:audit-json": _AUDIT,
    "desk:feed-list": _READ,
    "desk:try-feed": _FEEDS,
    "desk:take-in-feeds": _FEEDS,
    "desk:follow": _FEEDS,
    "desk:stop-feed": _FEEDS,
    "desk:follow-again": _FEEDS,
    "desk:ask-feed": _FEEDS,
    "remove-sample": _same(Right.SETTINGS),
}
