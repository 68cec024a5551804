"""Why a grade of proof stands as it does, in sentences for people. Decides.

A reason is one of these sentences, and what it is about behind a colon where there is more to say. The desk and the
public pages say the same in their readers' language.
"""

from __future__ import annotations

from enum import StrEnum


class Ground(StrEnum):
    """Everything that is said about grades; none of the sentences claims more than was looked at."""

    STAMPED = "Recorded in the ledger, whose checkpoint was stamped from outside"
    OWN_KEY_ONLY = (
        "Recorded under this archive's own key only: no time-stamp authority is set, so that nobody outside says when"
    )
    LEAF_DUE = "The ledger has not recorded it yet; that takes less than a minute while Chronik runs"
    STAMP_DUE = "Recorded under this archive's own key; the time stamp from outside is due"
    LEAF_MISSING = "The ledger does not hold the leaf that the catalogue names"
    LEAF_DIFFERS = "The ledger's leaf says something else than the catalogue"
    LEAF_REDACTED = "The leaf was redacted"
    LEDGER_UNREADABLE = "The ledger cannot be read"
    DAMAGED = "The bytes in the vault are damaged"
    NO_CAPTURE = "It was taken in without a capture: there are no bytes of the page to prove anything of"
    WITNESSED = "Somebody outside this archive saw the same"
    NOBODY = "Nobody outside this archive has said anything about this page"
    WITNESS_DIFFERS = "A witness saw something else"
    CERTIFICATE_SHOWN = "The site showed its certificate when the page was fetched"
    NOTHING_RECORDED = "Nothing was recorded of the connection"
    TAKEN_IN = "The page was not fetched but taken in from a file: nothing was recorded of a connection"
    NO_TLS = "The page was fetched without TLS: the site showed no certificate"
    DIGEST_ONLY = "Only the digest of the site's certificate was recorded"
    CERTIFICATE_UNREADABLE = "The certificate that was recorded cannot be read"
    CERTIFICATE_OF_ANOTHER = "The certificate that was recorded is not the site's"
    CERTIFICATE_OUT_OF_DATE = "The certificate that was recorded was not valid when the page was captured"


def reason(ground: Ground, detail: str = "") -> str:
    """A ground as `GradedProof.reason` gives it."""
    return f"{ground}: {detail}" if detail else str(ground)


def ground_of(given: str) -> tuple[Ground | None, str]:
    """The ground of a reason, and what stands behind the colon; a reason of somebody else's comes back as it is."""
    for ground in Ground:
        if given == ground:
            return ground, ""
        if given.startswith(f"{ground}: "):
            return ground, given.removeprefix(f"{ground}: ")
    return None, given
