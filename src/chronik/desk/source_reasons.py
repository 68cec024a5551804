"""Decides how it is told why a credit may name a source, and why two sources look like one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from chronik.archive.credits_proposals import Ground
from chronik.archive.source_duplicates import Ground as PairGround

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django.utils.functional import _StrPromise

    from chronik.archive.credits_proposals import Proposal
    from chronik.archive.source_duplicates import Duplicate

GROUNDS: Mapping[Ground, _StrPromise] = {
    Ground.HOST: _("its pages are at %(name)s"),
    Ground.NAME: _("it is called %(name)s"),
    Ground.SCRIPT: _("%(name)s in other letters"),
    Ground.TRANSLATION: _("%(name)s in another language"),
    Ground.OFFICE: _("the same office of the same country as %(name)s"),
    Ground.PART: _("a part of it reads %(name)s"),
    Ground.COUNTRY: _("it is called %(name)s, and the credit names a country"),
    Ground.SOUND: _("it sounds like %(name)s"),
    Ground.INITIALS: _("these are initials of %(name)s, or the other way round"),
    Ground.WORDS: _("it shares words with %(name)s"),
    Ground.SPELLING: _("it is spelled almost like %(name)s"),
}
PAIR_GROUNDS: Mapping[PairGround, _StrPromise] = {
    PairGround.NAME: _("both are called %(shared)s"),
    PairGround.HOST: _("both have pages at %(shared)s"),
    PairGround.SCRIPT: _("%(shared)s is the other’s name in other letters"),
}


def reason(proposal: Proposal) -> str:
    """Why a credit may name a source."""
    return str(GROUNDS[proposal.ground]) % {"name": proposal.name}


def pair_reason(duplicate: Duplicate) -> str:
    """Why two sources look like one."""
    return str(PAIR_GROUNDS[duplicate.ground]) % {"shared": duplicate.shared}
