"""The socket towards the network."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from chronik.model import Exchange


@dataclass(frozen=True, slots=True, kw_only=True)
class Ask:
    """One thing to ask of the network."""

    url: str
    etag: str = ""
    """Sent back verbatim as If-None-Match."""
    last_modified: str = ""
    """Sent back verbatim as If-Modified-Since."""
    accept: str = "*/*"
    accept_datetime: str = ""
    """Sent as Accept-Datetime to who keeps several states of a page (RFC 7089 §2.1.1)."""
    size_bytes_max: int | None = None
    """Limit on the decoded body; None takes the fetcher's own."""
    on_host: bool = False
    """A redirect to another host is not followed but handed back as the last hop: who asks has to see to that host."""


class Fetch(Protocol):
    """Asks one address. Never raises for what the network does: that is `Exchange.failure`."""

    def __call__(self, ask: Ask) -> Exchange:
        """Follow redirects, checking each hop; give back every hop as it went over the wire."""
        ...
