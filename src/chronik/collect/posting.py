"""Acts: sends a body to an address that the operator has named; follows no redirect, so that a key stays there."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

from chronik import bounded
from chronik.collect import addresses, answers
from chronik.collect.conversation import Request
from chronik.collect.network import Network, system_resolve
from chronik.errors import RefusedInputError, TooLargeError
from chronik.model import Failure, FailureKind
from chronik.ports import Ask

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import datetime

    from chronik.collect.network import Resolve
    from chronik.model import Hop

SAID_CHARACTERS_MAX = 200
"""Of what a server says about its refusal."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Posted:
    """What a server answered, good or not."""

    status: int
    body: bytes


class Poster:
    """Posts to public addresses and those expressly permitted. Holds no state between calls."""

    def __init__(  # noqa: PLR0913 - each is a setting of its own, named by the caller
        self,
        *,
        user_agent: str,
        timeout_s: float,
        size_bytes_max: int,
        clock: Callable[[], datetime],
        permitted_endpoints: frozenset[tuple[str, int]] = frozenset(),
        resolve: Resolve = system_resolve,
    ) -> None:
        self._user_agent = user_agent
        self._timeout_s = timeout_s
        self._size_bytes_max = size_bytes_max
        self._clock = clock
        self._network = Network(permitted_endpoints=permitted_endpoints, resolve=resolve, clock=clock)

    def __call__(self, url: str, headers: Sequence[tuple[str, str]], body: bytes) -> bytes | Failure:
        """The body of a good answer, content coding taken off, or why there is none."""
        found = self._asked(url, headers, body)
        return found if isinstance(found, Failure) else self._read(*found)

    def answer(self, url: str, body: bytes, *, headers: Sequence[tuple[str, str]]) -> Posted | Failure:
        """Status and body of whatever is answered, content coding taken off, or why nothing is."""
        found = self._asked(url, headers, body)
        if isinstance(found, Failure):
            return found
        hop, answered = found
        text = self._decoded(hop, answered)
        return text if isinstance(text, Failure) else Posted(status=hop.status, body=text)

    def _asked(self, url: str, headers: Sequence[tuple[str, str]], body: bytes) -> tuple[Hop, bytes] | Failure:
        try:
            request = Request(
                url=addresses.normal(url),
                method="POST",
                headers=[("User-Agent", self._user_agent), ("Accept-Encoding", ", ".join(bounded.CODINGS)), *headers],
                body=body,
                size_bytes_max=self._size_bytes_max,
                deadline=time.monotonic() + self._timeout_s,
            )
        except RefusedInputError as error:
            return Failure(kind=FailureKind.BAD_ADDRESS, detail=str(error))
        answer = self._network.ask(request)
        if answer.failure is not None:
            return answer.failure
        assert answer.hop is not None, "an answer without a failure has a hop"
        return answer.hop, answer.body

    def _decoded(self, hop: Hop, body: bytes) -> bytes | Failure:
        try:
            return bounded.decoded(body, answers.content_coding(hop), size_bytes_max=self._size_bytes_max)
        except TooLargeError as error:
            return Failure(kind=FailureKind.TOO_LARGE, detail=str(error))
        except RefusedInputError as error:
            return Failure(kind=FailureKind.BAD_ENCODING, detail=str(error))

    def _read(self, hop: Hop, body: bytes) -> bytes | Failure:
        text = self._decoded(hop, body)
        if isinstance(text, Failure):
            return text
        failure = answers.failure(hop, Ask(url=hop.url), now=self._clock())
        if failure is None:
            return text
        said = " ".join(text[: 4 * SAID_CHARACTERS_MAX].decode(errors="replace").split())[:SAID_CHARACTERS_MAX]
        shown = "".join(sign for sign in said if sign.isprintable())
        detail = f"{failure.detail} and says: {shown}" if shown else failure.detail
        return Failure(kind=failure.kind, detail=detail, retry_after_s=failure.retry_after_s)
