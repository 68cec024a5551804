"""Decides what people call what was done, and the fields that were changed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from chronik.model import Verb

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django.utils.functional import _StrPromise

SENTENCES: Mapping[Verb, _StrPromise] = {
    Verb.CREATE_DOSSIER: pgettext_lazy("somebody", "opened the dossier"),
    Verb.EDIT_DOSSIER: pgettext_lazy("somebody", "changed the dossier"),
    Verb.REMOVE_DOSSIER: pgettext_lazy("somebody", "removed the dossier"),
    Verb.SET_ACCESS: pgettext_lazy("somebody", "changed who may read, edit and publish it"),
    Verb.CLIP: pgettext_lazy("somebody", "clipped"),
    Verb.EDIT_CLIP: pgettext_lazy("somebody", "changed the clip"),
    Verb.MOVE_CLIP: pgettext_lazy("somebody", "moved the clip"),
    Verb.REMOVE_CLIP: pgettext_lazy("somebody", "removed the clip"),
    Verb.RESTORE_CLIP: pgettext_lazy("somebody", "brought back the clip"),
    Verb.MEND_ENTRY: pgettext_lazy("somebody", "mended the entry"),
    Verb.FILE_CLIP: pgettext_lazy("somebody", "put into another section the clip"),
    Verb.PIN_CLIP: pgettext_lazy("somebody", "pinned as a key document the clip"),
    Verb.MOVE_PIN: pgettext_lazy("somebody", "moved among the key documents the clip"),
    Verb.UNPIN_CLIP: pgettext_lazy("somebody", "unpinned the clip"),
    Verb.ADD_SECTION: pgettext_lazy("somebody", "added the section"),
    Verb.EDIT_SECTION: pgettext_lazy("somebody", "renamed the section"),
    Verb.MOVE_SECTION: pgettext_lazy("somebody", "moved the section"),
    Verb.REMOVE_SECTION: pgettext_lazy("somebody", "removed the section"),
    Verb.ADD_EVENT: pgettext_lazy("somebody", "added to the timeline"),
    Verb.EDIT_EVENT: pgettext_lazy("somebody", "changed in the timeline"),
    Verb.MOVE_EVENT: pgettext_lazy("somebody", "moved in the timeline"),
    Verb.REMOVE_EVENT: pgettext_lazy("somebody", "removed from the timeline"),
    Verb.PUBLISH: pgettext_lazy("somebody", "published"),
    Verb.UNPUBLISH: pgettext_lazy("somebody", "withdrew from the public"),
    Verb.SEAL_EDITION: pgettext_lazy("somebody", "sealed an edition"),
    Verb.FOLLOW: pgettext_lazy("somebody", "followed"),
    Verb.UNFOLLOW: pgettext_lazy("somebody", "stopped following"),
    Verb.ADD: pgettext_lazy("somebody", "added"),
    Verb.IMPORT: pgettext_lazy("somebody", "took in"),
    Verb.ADD_SOURCE: pgettext_lazy("somebody", "added the source"),
    Verb.EDIT_SOURCE: pgettext_lazy("somebody", "changed the source"),
    Verb.MERGE_SOURCES: pgettext_lazy("somebody", "merged sources"),
    Verb.NAME_CREDIT: pgettext_lazy("somebody", "said whom a credit names"),
    Verb.PUT_CREDIT_ASIDE: pgettext_lazy("somebody", "said that a credit is no source"),
    Verb.REMOVE_SAMPLE: pgettext_lazy("somebody", "removed the sample newsroom"),
    Verb.REPAIR: pgettext_lazy("somebody", "repaired the vault’s file"),
    Verb.JUDGE: pgettext_lazy("somebody", "judged two reports"),
    Verb.MERGE_STORIES: pgettext_lazy("somebody", "merged stories"),
    Verb.SPLIT_STORY: pgettext_lazy("somebody", "split a story"),
    Verb.LINK_STORIES: pgettext_lazy("somebody", "said that a story goes on from another"),
    Verb.UNLINK_STORIES: pgettext_lazy("somebody", "said that a story does not go on from another"),
    Verb.ACCEPT_SUGGESTION: pgettext_lazy("somebody", "accepted a suggestion"),
    Verb.REFUSE_SUGGESTION: pgettext_lazy("somebody", "refused a suggestion"),
    Verb.DEFINE_SIDE: pgettext_lazy("somebody", "defined a side"),
    Verb.REMOVE_SIDE: pgettext_lazy("somebody", "removed a side"),
    Verb.ADD_SPELLINGS: pgettext_lazy("somebody", "said which spellings are one name"),
    Verb.REMOVE_SPELLINGS: pgettext_lazy("somebody", "took back what was said of spellings"),
    Verb.NOTE_SIGHTING: pgettext_lazy("somebody", "noted what became of the passage"),
    Verb.TRUST_WITNESS: pgettext_lazy("somebody", "trusted a witness’s key"),
    Verb.DISTRUST_WITNESS: pgettext_lazy("somebody", "trusted a witness’s key no more"),
    Verb.HEAR_WITNESS: pgettext_lazy("somebody", "compared with what a witness keeps"),
    Verb.SETTLE_WITNESS: pgettext_lazy("somebody", "judged what a witness says otherwise"),
    Verb.HIDE: pgettext_lazy("somebody", "hid from readers"),
    Verb.UNHIDE: pgettext_lazy("somebody", "showed again"),
    Verb.ASK_REDACTION: pgettext_lazy("somebody", "asked for a redaction"),
    Verb.REFUSE_REDACTION: pgettext_lazy("somebody", "refused a redaction"),
    Verb.REDACT: pgettext_lazy("somebody", "redacted"),
    Verb.SEND_PAGE: pgettext_lazy("somebody", "sent a page out of the browser"),
    Verb.MAKE_TOKEN: pgettext_lazy("somebody", "made a token"),
    Verb.REVOKE_TOKEN: pgettext_lazy("somebody", "revoked a token"),
    Verb.INVITE: pgettext_lazy("somebody", "invited to the role"),
    Verb.WITHDRAW_INVITATION: pgettext_lazy("somebody", "withdrew the invitation"),
    Verb.JOIN: pgettext_lazy("somebody", "accepted an invitation"),
    Verb.ADD_ACCOUNT: pgettext_lazy("somebody", "made the account of"),
    Verb.CHANGE_ROLE: pgettext_lazy("somebody", "changed the role of"),
    Verb.CLOSE_ACCOUNT: pgettext_lazy("somebody", "closed the account of"),
    Verb.REOPEN_ACCOUNT: pgettext_lazy("somebody", "opened again the account of"),
    Verb.RESET_PASSWORD: pgettext_lazy("somebody", "let somebody choose a new password:"),
    Verb.END_SESSIONS: pgettext_lazy("somebody", "ended the sessions of"),
    Verb.LINK_SIGN_ON: pgettext_lazy("somebody", "linked a provider’s account with that of"),
    Verb.UNLINK_SIGN_ON: pgettext_lazy("somebody", "took away the provider’s account of"),
    Verb.ADD_FACTOR: pgettext_lazy("somebody", "switched on the second factor of"),
    Verb.REMOVE_FACTOR: pgettext_lazy("somebody", "removed the second factor of"),
    Verb.UNDO: pgettext_lazy("somebody", "took something back"),
}
FIELDS: Mapping[str, _StrPromise] = {
    "names": _("Names"),
    "introductions": _("Introductions"),
    "years": _("Years"),
    "order": _("Order of the clips"),
    "notes": _("Notes"),
    "title": _("Title"),
    "language": _("Language"),
    "credit": _("Credit"),
    "excerpt": _("Passage"),
    "url": _("Address of the original"),
    "happened": _("Happened on"),
    "published": _("Published"),
    "note": _("Note"),
    "quotation_reason": _("Why more is quoted than the limit"),
    "section": _("Section"),
    "begins": _("Begins"),
    "ends": _("Ends"),
    "labels": _("What happened"),
    "clips": _("Clips"),
    "speakers": _("Speakers"),
    "words": _("Words"),
    "sources": _("Sources"),
    "place": _("Place"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One field, before and after."""

    field: str
    old: str
    new: str
