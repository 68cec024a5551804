"""Acts on an open connection: says one request, hears one answer, and keeps every byte of both.

Wraps h11. How much may come back, and until when, is part of the request.
"""

from __future__ import annotations

import re
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

import h11

from chronik.collect import addresses, answers
from chronik.model import Failure, FailureKind, Hop

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

HEAD_BYTES_MAX = 100 * 2**10
READ_BYTES = 64 * 2**10
INTERIM_ANSWERS_MAX = 8
"""Answers of status 1xx before the real one."""

_STATUS_LINE = re.compile(rb"HTTP/1\.[01] ([1-9][0-9]{2})[ \r\n]")
_HEAD_END = re.compile(rb"\n\r?\n")


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """One request to be made: an address in normal form, headers, and how much may come back until when."""

    url: str
    headers: Sequence[tuple[str, str]]
    size_bytes_max: int
    """Limit on the body, content coding still on."""
    deadline: float
    """By the monotonic clock."""
    method: str = "GET"
    body: bytes = b""
    """What is sent after the head."""

    def remaining_s(self) -> float:
        """Time left; stops the exchange when there is none."""
        left = self.deadline - time.monotonic()
        if left <= 0:
            raise StoppedError(FailureKind.TIMEOUT, "no full answer in the time allowed", truncated="time")
        return left


class StoppedError(Exception):
    """An expected end of an exchange before its time."""

    def __init__(self, kind: FailureKind, detail: str, *, truncated: str = "") -> None:
        super().__init__(detail)
        self.failure = Failure(kind=kind, detail=detail)
        self.truncated = truncated


class Wire(Protocol):
    """What is needed of a socket."""

    def settimeout(self, value: float | None, /) -> None:
        """Let each of the following calls take so long."""

    def sendall(self, data: bytes, /) -> None:
        """Send everything, or raise OSError."""

    def recv(self, bufsize: int, /) -> bytes:
        """Some bytes; none at the end."""
        ...


@dataclass(slots=True, kw_only=True)
class Tape:
    """Everything seen of one exchange so far."""

    address: str = ""
    certificate: str = ""
    chain: tuple[bytes, ...] = ()
    tls_version: str = ""
    request: bytes = b""
    response: bytearray = field(default_factory=bytearray)
    received_bytes: int = 0
    ended: bool = False
    head: h11.Response | None = None
    body: bytearray = field(default_factory=bytearray)
    interim_answers: int = 0
    truncated: str = ""


def converse(wire: Wire, request: Request, tape: Tape) -> None:
    """Send the request, and read the answer up to its end or a limit."""
    connection = h11.Connection(our_role=h11.CLIENT, max_incomplete_event_size=HEAD_BYTES_MAX)
    tape.request = _request_bytes(connection, request)
    try:
        wire.settimeout(request.remaining_s())
        wire.sendall(tape.request)
    except TimeoutError as error:
        raise StoppedError(FailureKind.TIMEOUT, "the server did not take the request") from error
    except OSError:
        pass  # a server may answer and hang up before it has read everything
    try:
        while not _finished(connection, tape):
            connection.receive_data(_read(wire, request, tape))
    except h11.RemoteProtocolError as error:
        raise _why_unreadable(tape, error) from error
    trailing = len(connection.trailing_data[0])
    if trailing:
        del tape.response[-trailing:]
    _check_head(tape)


def _request_bytes(connection: h11.Connection, request: Request) -> bytes:
    length = [("Content-Length", str(len(request.body)))] if request.body else []
    headers = [("Host", addresses.authority(request.url)), *request.headers, *length, ("Connection", "close")]
    encoded = [(name.encode("ascii"), value.encode("latin-1")) for name, value in headers]
    head = h11.Request(method=request.method, target=addresses.target(request.url), headers=encoded)
    said = [head, h11.Data(data=request.body), h11.EndOfMessage()] if request.body else [head, h11.EndOfMessage()]
    return b"".join(connection.send(event) or b"" for event in said)


def _finished(connection: h11.Connection, tape: Tape) -> bool:
    """Take what can be understood from the bytes received so far; whether the answer is complete."""
    while True:
        event = connection.next_event()
        if event is h11.NEED_DATA:
            return False
        if isinstance(event, h11.InformationalResponse):
            _drop_interim(connection, tape)
        elif isinstance(event, h11.Response):
            tape.head = event
        elif isinstance(event, h11.Data):
            tape.body += event.data
        else:
            return True


def _drop_interim(connection: h11.Connection, tape: Tape) -> None:
    """An answer 1xx is a message of its own (RFC 9110 §15.2), not part of the one that is kept."""
    tape.interim_answers += 1
    if tape.interim_answers > INTERIM_ANSWERS_MAX:
        raise StoppedError(FailureKind.MALFORMED_HTTP, f"more than {INTERIM_ANSWERS_MAX} interim answers")
    tape.response = bytearray(connection.trailing_data[0])


def _read(wire: Wire, request: Request, tape: Tape) -> bytes:
    """The next bytes off the wire, put on the tape; empty at the end."""
    try:
        wire.settimeout(request.remaining_s())
        data = wire.recv(READ_BYTES)
    except TimeoutError as error:
        raise StoppedError(FailureKind.TIMEOUT, "no full answer in the time allowed", truncated="time") from error
    except OSError as error:
        raise _cut_off(tape) from error
    tape.response += data
    tape.received_bytes += len(data)
    tape.ended = not data
    if tape.received_bytes > _wire_bytes_max(request) or len(tape.body) > request.size_bytes_max:
        detail = f"the answer is larger than {request.size_bytes_max} bytes"
        raise StoppedError(FailureKind.TOO_LARGE, detail, truncated="length")
    return data


def _wire_bytes_max(request: Request) -> int:
    """Room for the head, and for what chunked coding adds to a body of the largest size."""
    return HEAD_BYTES_MAX + request.size_bytes_max + request.size_bytes_max // 8


def _cut_off(tape: Tape) -> StoppedError:
    if not tape.response:
        return StoppedError(FailureKind.UNREACHABLE, "the server closed the connection without an answer")
    detail = "the connection broke off before the answer was complete"
    return StoppedError(FailureKind.TRUNCATED, detail, truncated="disconnect")


def _why_unreadable(tape: Tape, error: h11.RemoteProtocolError) -> StoppedError:
    if tape.ended and (tape.head is not None or not tape.response or _STATUS_LINE.match(tape.response)):
        return _cut_off(tape)
    if tape.head is None and len(tape.response) > HEAD_BYTES_MAX:
        detail = f"the headers are larger than {HEAD_BYTES_MAX} bytes"
        return StoppedError(FailureKind.TOO_LARGE, detail, truncated="length")
    return StoppedError(FailureKind.MALFORMED_HTTP, f"the answer is not HTTP as it should be: {_plain(str(error))}")


def _plain(text: str) -> str:
    """The library's words without the server's bytes that it quotes."""
    return text.partition(":")[0]


def _check_head(tape: Tape) -> None:
    end = _HEAD_END.search(tape.response)
    defect = answers.head_defect(bytes(tape.response[: end.end()])) if end else "it has no head"
    if defect:
        raise StoppedError(FailureKind.MALFORMED_HTTP, f"the answer cannot be trusted: {defect}")


def kept(tape: Tape, *, url: str, started_at: datetime, elapsed_s: float) -> Hop:
    """What the tape holds, to be kept; status 0 where no status line could be made out."""
    headers: tuple[tuple[str, str], ...] = ()
    if tape.head is not None:
        headers = tuple((name.decode("latin-1"), value.decode("latin-1")) for name, value in tape.head.headers)
    line = _STATUS_LINE.match(tape.response)
    return Hop(
        url=url,
        request=tape.request,
        response=bytes(tape.response),
        status=int(line[1]) if line else 0,
        headers=headers,
        started_at=started_at,
        elapsed_s=elapsed_s,
        address=tape.address,
        tls_certificate=tape.certificate,
        tls_chain=tape.chain,
        tls_version=tape.tls_version,
        truncated=tape.truncated,
    )
