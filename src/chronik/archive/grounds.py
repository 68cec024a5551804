"""What a grade of proof says, what it does not say, and why it stands as it does, in words for people. Decides.

A reason is one of the sentences of `Ground`, and behind it what it is about, where there is more to say. The words
stand here in English and are marked for translators; the desk and the public pages say them in their readers' language.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from chronik.model import Grade, ProofState

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from datetime import datetime

    from chronik.model import GradedProof


def gettext_noop(text: str) -> str:
    """Marks a text for translators; says it as it is."""
    return text


class Ground(StrEnum):
    """Everything that is said about grades; none of the sentences claims more than was looked at."""

    STAMPED = gettext_noop("The ledger holds it, under a checkpoint that was stamped from outside.")
    OWN_KEY_ONLY = gettext_noop(
        "The ledger holds it, signed by this archive’s own key only: no time-stamp authority is set, so nobody outside "
        "says since when."
    )
    LEAF_DUE = gettext_noop("The ledger does not hold it yet; that takes less than a minute while Chronik runs.")
    STAMP_DUE = gettext_noop(
        "The ledger holds it, signed by this archive’s own key; the time stamp from outside is due."
    )
    LEAF_MISSING = gettext_noop("The ledger lacks the leaf that the catalogue names.")
    LEAF_DIFFERS = gettext_noop("The leaf in the ledger says something else than the catalogue.")
    LEAF_REDACTED = gettext_noop("What the leaf commits to was redacted.")
    LEDGER_UNREADABLE = gettext_noop("The ledger cannot be read.")
    DAMAGED = gettext_noop("The bytes in the vault are damaged.")
    NO_CAPTURE = gettext_noop("It was taken in without a capture: no bytes of the page are kept here.")
    WITNESSED = gettext_noop("Somebody outside this archive saw the same.")
    NOBODY = gettext_noop("Nobody outside this archive has said anything about this page.")
    WITNESS_DIFFERS = gettext_noop("Somebody outside this archive saw something else.")
    CERTIFICATE_SHOWN = gettext_noop("The site showed its certificate when the page was fetched.")
    NOTHING_RECORDED = gettext_noop("Nothing was recorded of the connection.")
    TAKEN_IN = gettext_noop("The page was not fetched here but taken in from a file: nothing was recorded.")
    NO_TLS = gettext_noop("The page was fetched without TLS: the site showed no certificate.")
    DIGEST_ONLY = gettext_noop("Only the digest of the site’s certificate was recorded.")
    CERTIFICATE_UNREADABLE = gettext_noop("The certificate that was recorded cannot be read.")
    CERTIFICATE_OF_ANOTHER = gettext_noop("The certificate that was recorded is not the site’s.")
    CERTIFICATE_OUT_OF_DATE = gettext_noop("The certificate that was recorded was not valid on the day of the capture.")


TITLES = {
    Grade.UNCHANGED_SINCE: gettext_noop("Unchanged since"),
    Grade.SEEN_BY_OTHERS: gettext_noop("Seen by others"),
    Grade.SAID_BY_THE_SITE: gettext_noop("Said by the site"),
}
LIMITS = {
    Grade.UNCHANGED_SINCE: gettext_noop(
        "This says that what is kept here was not changed since then. It does not say that the page was genuine when "
        "it was captured, nor that what it says is true."
    ),
    Grade.SEEN_BY_OTHERS: gettext_noop(
        "This says that somebody who does not depend on this archive saw the same words. It does not say that they are "
        "true, nor that every other byte was the same."
    ),
    Grade.SAID_BY_THE_SITE: gettext_noop(
        "This says whose certificate stood at the other end when the page was fetched. A TLS connection is no "
        "signature: whoever runs this archive could have made up the page, and nobody else can check it."
    ),
}
LABELS = {
    (Grade.UNCHANGED_SINCE, ProofState.PROVED): gettext_noop("recorded and stamped"),
    (Grade.UNCHANGED_SINCE, ProofState.WAITING): gettext_noop("record on its way"),
    (Grade.UNCHANGED_SINCE, ProofState.NOTHING): gettext_noop("not recorded"),
    (Grade.UNCHANGED_SINCE, ProofState.CONTRADICTED): gettext_noop("altered or damaged"),
    (Grade.SEEN_BY_OTHERS, ProofState.PROVED): gettext_noop("seen by others"),
    (Grade.SEEN_BY_OTHERS, ProofState.WAITING): gettext_noop("others are being asked"),
    (Grade.SEEN_BY_OTHERS, ProofState.NOTHING): gettext_noop("seen by nobody else"),
    (Grade.SEEN_BY_OTHERS, ProofState.CONTRADICTED): gettext_noop("others saw something else"),
    (Grade.SAID_BY_THE_SITE, ProofState.PROVED): gettext_noop("certificate recorded"),
    (Grade.SAID_BY_THE_SITE, ProofState.WAITING): gettext_noop("certificate due"),
    (Grade.SAID_BY_THE_SITE, ProofState.NOTHING): gettext_noop("no certificate recorded"),
    (Grade.SAID_BY_THE_SITE, ProofState.CONTRADICTED): gettext_noop("certificate does not fit"),
}
OWN_TITLE = gettext_noop("By our own record, unchanged since")
BY_US_ALONE = gettext_noop("recorded by us alone")
MARKS = {
    ProofState.PROVED: "✓",
    ProofState.WAITING: "…",
    ProofState.NOTHING: "–",
    ProofState.CONTRADICTED: "!",
}
OWN_MARK = "○"
"""Of what this archive says alone, which is less than a proof."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """One grade in the words of a language."""

    grade: Grade
    state: ProofState
    own: bool
    """This archive says so alone."""
    title: str
    label: str
    """A few words, for a line with all three."""
    mark: str
    why: str
    detail: str
    """What the reason is about, as it was found: in English, or a name."""
    limit: str
    """What the grade says and what it does not say."""
    since: datetime | None
    leaf: int | None
    by: tuple[str, ...]


def told(proofs: Iterable[GradedProof], *, say: Callable[[str], str]) -> tuple[Told, ...]:
    """Grades in words; `say` translates a sentence."""
    return tuple(_told(one, say) for one in proofs)


def _told(proof: GradedProof, say: Callable[[str], str]) -> Told:
    ground, detail = ground_of(proof.reason)
    own = ground is Ground.OWN_KEY_ONLY
    return Told(
        grade=proof.grade,
        state=proof.state,
        own=own,
        title=say(OWN_TITLE if own else TITLES[proof.grade]),
        label=say(BY_US_ALONE if own else LABELS[proof.grade, proof.state]),
        mark=OWN_MARK if own else MARKS[proof.state],
        why=say(str(ground)) if ground else "",
        detail=detail,
        limit=say(LIMITS[proof.grade]),
        since=proof.since,
        leaf=proof.leaf,
        by=() if own else proof.by,
    )


def reason(ground: Ground, detail: str = "") -> str:
    """A ground as `GradedProof.reason` gives it."""
    return f"{ground} {detail}" if detail else str(ground)


def ground_of(given: str) -> tuple[Ground | None, str]:
    """The ground of a reason, and what stands behind it; a reason of somebody else's comes back as it is."""
    for ground in Ground:
        if given == ground:
            return ground, ""
        if given.startswith(f"{ground} "):
            return ground, given.removeprefix(f"{ground} ")
    return None, given
