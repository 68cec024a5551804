"""Acts: asks one address, following redirects, within limits of place, time and size. The only way out."""

from __future__ import annotations

import re
import time
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from chronik import bounded
from chronik.collect import addresses, answers
from chronik.collect.conversation import Request
from chronik.collect.network import Network, system_resolve
from chronik.errors import ConfigError, RefusedInputError, TooLargeError
from chronik.model import Exchange, Failure, FailureKind

if TYPE_CHECKING:
    from collections.abc import Callable

    from chronik.collect.network import Resolve
    from chronik.model import Hop
    from chronik.ports import Ask

HOPS_MAX = 10
"""Requests for one address, redirects included."""
CONTACT_CHARACTERS_MAX = 200
ASKED_CODINGS = "gzip, br"
"""What players of web archives take off; of a page sent with `deflate` or `zstd` they show nothing readable."""

_HEADER_VALUE = re.compile(r"[\x21-\x7e\x80-\xff]([\t\x20-\x7e\x80-\xff]*[\x21-\x7e\x80-\xff])?")
_NOT_IN_COMMENT = re.compile(r"[^\x20-\x7e]|[()\\]")
_NOT_IN_TOKEN = re.compile(r"[^A-Za-z0-9.+-]")


def user_agent(*, version: str, contact: str) -> str:
    """How Chronik names itself to servers (RFC 9110 §10.1.5); nothing in it can end the header."""
    product = f"Chronik/{_NOT_IN_TOKEN.sub('', version) or '0'}"
    reachable = _NOT_IN_COMMENT.sub("", contact).strip()[:CONTACT_CHARACTERS_MAX]
    return f"{product} (+{reachable})" if reachable else product


def _now() -> datetime:
    return datetime.now(UTC)


class Fetcher:
    """The real `ports.Fetch`. Holds no state between calls, so that threads can share it."""

    def __init__(  # noqa: PLR0913 - each is a setting of its own, named by the caller
        self,
        *,
        user_agent: str,
        timeout_s: float,
        size_bytes_max: int,
        permitted_endpoints: frozenset[tuple[str, int]] = frozenset(),
        resolve: Resolve = system_resolve,
        clock: Callable[[], datetime] = _now,
    ) -> None:
        if not _HEADER_VALUE.fullmatch(user_agent):
            raise ConfigError(f"{user_agent!r} cannot be sent as a name to servers; use plain letters.")
        self._user_agent = user_agent
        self._timeout_s = timeout_s
        self._size_bytes_max = size_bytes_max
        self._clock = clock
        self._network = Network(permitted_endpoints=permitted_endpoints, resolve=resolve, clock=clock)

    def __call__(self, ask: Ask) -> Exchange:
        """Follow redirects, checking each hop; give back every hop as it went over the wire."""
        hops: list[Hop] = []
        body, failure = self._followed(ask, hops)
        asked_url = addresses.without_user_information(ask.url)
        return Exchange(asked_url=asked_url, hops=tuple(hops), body=body, failure=failure)

    def _followed(self, ask: Ask, hops: list[Hop]) -> tuple[bytes, Failure | None]:
        """Ask hop after hop, adding each to the list, until there is a body or a failure."""
        deadline = time.monotonic() + self._timeout_s
        size_bytes_max = self._size_bytes_max if ask.size_bytes_max is None else ask.size_bytes_max
        try:
            url = addresses.normal(ask.url)
            while url not in {hop.url for hop in hops} and len(hops) < HOPS_MAX:
                request = Request(url=url, headers=self._headers(ask), size_bytes_max=size_bytes_max, deadline=deadline)
                answer = self._network.ask(request)
                if answer.hop is not None:
                    hops.append(answer.hop)
                if answer.failure is not None or answer.hop is None:
                    return b"", answer.failure
                if not answers.is_redirect(answer.hop):
                    return self._read(answer.hop, answer.body, ask)
                url = answers.redirect_target(answer.hop)
                if ask.on_host and answers.leaves_host(answer.hop):
                    return b"", None
        except RefusedInputError as error:
            return b"", Failure(kind=FailureKind.BAD_ADDRESS, detail=str(error))
        detail = f"the server sends on and on, last to {addresses.shown(url)}"
        return b"", Failure(kind=FailureKind.TOO_MANY_REDIRECTS, detail=detail)

    def _read(self, hop: Hop, body: bytes, ask: Ask) -> tuple[bytes, Failure | None]:
        """The body of the final answer, content coding taken off, or why it is not what was asked for."""
        failure = answers.failure(hop, ask, now=self._clock())
        if failure is not None or not body:
            return b"", failure
        size_bytes_max = self._size_bytes_max if ask.size_bytes_max is None else ask.size_bytes_max
        try:
            return bounded.decoded(body, answers.content_coding(hop), size_bytes_max=size_bytes_max), None
        except TooLargeError as error:
            return b"", Failure(kind=FailureKind.TOO_LARGE, detail=str(error))
        except RefusedInputError as error:
            return b"", Failure(kind=FailureKind.BAD_ENCODING, detail=str(error))

    def _headers(self, ask: Ask) -> list[tuple[str, str]]:
        """Ours; and the page's own words from last time, where they can be sent back verbatim."""
        headers = [
            ("User-Agent", self._user_agent),
            ("Accept", ask.accept),
            ("Accept-Datetime", ask.accept_datetime),
            ("Accept-Encoding", ASKED_CODINGS),
            ("If-None-Match", ask.etag),
            ("If-Modified-Since", ask.last_modified),
        ]
        return [(name, value) for name, value in headers if _HEADER_VALUE.fullmatch(value)]
