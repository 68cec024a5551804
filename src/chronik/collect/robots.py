"""Decides: what a host's robots.txt asks of us (RFC 9309).

Wraps Protego, and gives it only what the standard says a robot must read.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta
from functools import lru_cache
from typing import TYPE_CHECKING

from protego import Protego

from chronik.model import FailureKind
from chronik.ports import HostState

if TYPE_CHECKING:
    from datetime import datetime

    from chronik.model import Exchange

PRODUCT_TOKEN = "Chronik"  # noqa: S105 - the name of a robot in the words of RFC 9309 §2.2.1, no secret
TEXT_BYTES_MAX = 500 * 2**10
"""RFC 9309 §2.5: what a robot has to read; the rest is cut off."""
FETCHED_BYTES_MAX = 8 * 2**20
"""What is fetched of a robots.txt before it is given up as broken."""
FRESH_FOR = timedelta(hours=24)
"""RFC 9309 §2.4."""
FAILURE_FRESH_FOR = timedelta(minutes=5)
"""A host that could not be asked is asked again sooner: it may have been our own line that was down."""
CRAWL_DELAY_S_MAX = 30.0
PARSED_KEPT_MAX = 64

_USER_AGENT_LINE = re.compile(r"^([ \t]*user[ -]?agent[ \t]*:)[ \t]*([^\r\n]*)", re.IGNORECASE | re.MULTILINE)
_TOKEN = re.compile(r"\*|[A-Za-z_-]*")
_ANOTHER_ROBOT = "another-robot"


def state(host: str, exchange: Exchange, now: datetime) -> HostState:
    """What is to be remembered of a host after asking for its robots.txt."""
    text, disallow_all = _text(exchange)
    wait_s = exchange.failure.retry_after_s if exchange.failure else None
    remembered = HostState(host=host, robots=text, robots_disallow_all=disallow_all, robots_fetched_at=now)
    return replace(remembered, not_before=now + timedelta(seconds=wait_s)) if wait_s else remembered


def _text(exchange: Exchange) -> tuple[str, bool]:
    """The rules, and whether everything is disallowed (§2.3.1)."""
    if exchange.failure is None:
        return _cut(exchange.body), False
    answered = exchange.last is not None and exchange.failure.kind in {
        FailureKind.HTTP_ERROR,
        FailureKind.GONE,
        FailureKind.RATE_LIMITED,
    }
    unavailable = answered and exchange.last is not None and 400 <= exchange.last.status < 500
    # §2.3.1.2: a crawler may take a robots.txt that redirects without end as unavailable.
    looping = exchange.failure.kind is FailureKind.TOO_MANY_REDIRECTS
    return "", not (unavailable or looping)


def _cut(body: bytes) -> str:
    """The part that counts, without a byte order mark, which would hide the first group; whole lines only."""
    part = body.removeprefix(b"\xef\xbb\xbf")
    if len(part) > TEXT_BYTES_MAX:
        part = part[:TEXT_BYTES_MAX]
        part = part[: max(part.rfind(b"\n"), part.rfind(b"\r")) + 1] or part
    return part.decode("utf-8", errors="replace").replace("\0", "")


def is_fresh(state: HostState, now: datetime) -> bool:
    """Whether what is remembered may still be relied on."""
    if state.robots_fetched_at is None or state.robots is None:
        return False
    lasts = FAILURE_FRESH_FOR if state.robots_disallow_all else FRESH_FOR
    return timedelta(0) <= now - state.robots_fetched_at < lasts


def allows(state: HostState, url: str) -> bool:
    """Whether the host lets us fetch this address (in normal form)."""
    if state.robots_disallow_all:
        return False
    return not state.robots or bool(_rules(state.robots).can_fetch(url, PRODUCT_TOKEN))


def crawl_delay_s(state: HostState) -> float:
    """The pause between two requests that the host asks for, at most 30 s; 0 where it asks for none."""
    delay = _rules(state.robots).crawl_delay(PRODUCT_TOKEN) if state.robots else None
    return min(max(float(delay or 0.0), 0.0), CRAWL_DELAY_S_MAX)


@lru_cache(maxsize=PARSED_KEPT_MAX)
def _rules(text: str) -> Protego:
    return Protego.parse(_USER_AGENT_LINE.sub(_named_exactly, text))


def _named_exactly(line: re.Match[str]) -> str:
    """Groups apply by whole product token (§2.2.1); the library would take `chron` or `c` for us as well."""
    token = _TOKEN.match(line[2])
    name = token[0] if token else ""
    if name != "*" and name.lower() != PRODUCT_TOKEN.lower():
        name = _ANOTHER_ROBOT
    return f"{line[1]} {name}"
