"""What was heard of a witness outside this archive: one comparison of a capture with what somebody else keeps."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from chronik.model.evidence import Witness

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True, kw_only=True)
class Hearing:
    """What came of comparing a capture with what a witness keeps of the same address. It is kept as an act."""

    capture: str
    """Id of our capture."""
    witness: Witness
    name: str
    evidence: str
    """Id of the capture that holds what the witness showed, byte for byte."""
    seen_at: datetime
    """When the witness saw the page, as it says itself."""
    address: str = ""
    agrees: bool | None = None
    """None where nothing could be compared, or the two are too far apart in time to differ."""
    passage: str = ""
    """SHA-256 of what was looked for, in plain form; empty where no passage was asked about."""
    clip: str = ""
    """Id of the clip whose passage it is."""
    wording: str = ""
    """What stands in the passage's place at the witness; empty where it stands, or nothing like it does."""
    detail: str = ""
    """One line for people."""

    @property
    def act_detail(self) -> dict[str, Any]:
        """The JSON object by which an act keeps it; the act's subject is our capture."""
        return {
            "witness": str(self.witness),
            "name": self.name,
            "evidence": self.evidence,
            "seen_at": self.seen_at.isoformat(),
            "address": self.address,
            "agrees": self.agrees,
            "passage": self.passage,
            "clip": self.clip,
            "wording": self.wording,
            "detail": self.detail,
        }


def hearing(capture: str, detail: Mapping[str, Any]) -> Hearing:
    """What an act keeps of a hearing. Raises KeyError, TypeError or ValueError where it is none."""
    seen_at = datetime.fromisoformat(detail["seen_at"])
    agrees = detail["agrees"]
    if seen_at.tzinfo is None or agrees not in {True, False, None}:
        raise ValueError("no hearing")
    texts = {
        name: str(detail[name]) for name in ("name", "evidence", "address", "passage", "clip", "wording", "detail")
    }
    return Hearing(capture=capture, witness=Witness(detail["witness"]), seen_at=seen_at, agrees=agrees, **texts)
