"""An in-memory `ports.Fetch`: a small web out of a dict, with hops as the real one would bring them."""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from http import HTTPStatus
from typing import TYPE_CHECKING

from chronik import bounded
from chronik.collect import addresses, answers
from chronik.errors import RefusedInputError, TooLargeError
from chronik.model import Exchange, Failure, FailureKind, Hop

if TYPE_CHECKING:
    from chronik.ports import Ask

HOPS_MAX = 10
SIZE_BYTES_MAX = 32 * 2**20
NOON = datetime(2020, 6, 1, 12, 0, tzinfo=UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class FakePage:
    """What one address answers. Content-Length, and ETag if given, are added to the headers."""

    body: bytes = b""
    """As sent: content coding, if any, already on."""
    status: int = 200
    headers: tuple[tuple[str, str], ...] = (("Content-Type", "text/html; charset=utf-8"),)
    etag: str = ""
    last_modified: str = ""


Answer = bytes | str | FakePage | Failure
"""A page, its body alone, or what goes wrong before a byte comes back."""


@dataclass(slots=True)
class FakeFetch:
    """Answers out of `pages`; a list is used up one answer a time, its last one staying. Unknown addresses are 404."""

    pages: Mapping[str, Answer | Sequence[Answer]]
    clock: Callable[[], datetime] = lambda: NOON
    asked: list[Ask] = field(default_factory=list)
    """Everything asked, in order."""
    _served: dict[str, int] = field(default_factory=dict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def __call__(self, ask: Ask) -> Exchange:
        with self._lock:
            self.asked.append(ask)
        hops: list[Hop] = []
        body, failure = self._followed(ask, hops)
        asked_url = addresses.without_user_information(ask.url)
        return Exchange(asked_url=asked_url, hops=tuple(hops), body=body, failure=failure)

    @property
    def asked_urls(self) -> list[str]:
        return [ask.url for ask in self.asked]

    def _followed(self, ask: Ask, hops: list[Hop]) -> tuple[bytes, Failure | None]:
        try:
            url = addresses.normal(ask.url)
            while len(hops) < HOPS_MAX:
                answer = self._answer(url)
                if isinstance(answer, Failure):
                    return b"", answer
                hops.append(self._hop(url, answer, ask))
                if not answers.is_redirect(hops[-1]):
                    return self._read(hops[-1], ask)
                url = answers.redirect_target(hops[-1])
                if ask.on_host and answers.leaves_host(hops[-1]):
                    return b"", None
        except RefusedInputError as error:
            return b"", Failure(kind=FailureKind.BAD_ADDRESS, detail=str(error))
        return b"", Failure(kind=FailureKind.TOO_MANY_REDIRECTS)

    def _answer(self, url: str) -> FakePage | Failure:
        found = self.pages.get(url, FakePage(status=404, body=b"not here"))
        if isinstance(found, Sequence) and not isinstance(found, bytes | str):
            with self._lock:
                turn = self._served.get(url, 0)
                self._served[url] = turn + 1
            found = found[min(turn, len(found) - 1)]
        if isinstance(found, str):
            found = found.encode()
        return FakePage(body=found) if isinstance(found, bytes) else found

    def _hop(self, url: str, page: FakePage, ask: Ask) -> Hop:
        known = (page.etag and page.etag == ask.etag) or (
            page.last_modified and page.last_modified == ask.last_modified
        )
        status, body = (304, b"") if known else (page.status, page.body)
        headers = list(page.headers)
        headers += [("ETag", page.etag)] if page.etag else []
        headers += [("Last-Modified", page.last_modified)] if page.last_modified else []
        headers += [] if status == 304 else [("Content-Length", str(len(body)))]
        head = "".join(f"{name}: {value}\r\n" for name, value in headers)
        return Hop(
            url=url,
            request=_request(url, ask),
            response=f"HTTP/1.1 {status} {HTTPStatus(status).phrase}\r\n{head}\r\n".encode("latin-1") + body,
            status=status,
            headers=tuple((name.lower(), value) for name, value in headers),
            started_at=self.clock(),
            elapsed_s=0.01,
            address="192.0.2.1",
        )

    def _read(self, hop: Hop, ask: Ask) -> tuple[bytes, Failure | None]:
        failure = answers.failure(hop, ask, now=self.clock())
        body = hop.response.partition(b"\r\n\r\n")[2]
        if failure is not None or not body:
            return b"", failure
        limit = SIZE_BYTES_MAX if ask.size_bytes_max is None else ask.size_bytes_max
        try:
            return bounded.decoded(body, answers.content_coding(hop), size_bytes_max=limit), None
        except TooLargeError as error:
            return b"", Failure(kind=FailureKind.TOO_LARGE, detail=str(error))
        except RefusedInputError as error:
            return b"", Failure(kind=FailureKind.BAD_ENCODING, detail=str(error))


def _request(url: str, ask: Ask) -> bytes:
    lines = [f"GET {addresses.target(url)} HTTP/1.1", f"Host: {addresses.authority(url)}", "User-Agent: Chronik/fake"]
    lines += [f"Accept: {ask.accept}"]
    lines += [f"If-None-Match: {ask.etag}"] if ask.etag else []
    lines += [f"If-Modified-Since: {ask.last_modified}"] if ask.last_modified else []
    return "\r\n".join([*lines, "Connection: close", "", ""]).encode("latin-1")
