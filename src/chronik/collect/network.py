"""Acts: sends one request to one checked address, and keeps every byte of the way.

Wraps h11, and with `fetch` is the only place that opens connections to the outside. A name is resolved once, all its
answers are checked, and what was checked is connected to.
"""

from __future__ import annotations

import contextlib
import hashlib
import ipaddress
import re
import socket
import ssl
import threading
import time
from dataclasses import dataclass, field
from pathlib import Path
from queue import Empty, SimpleQueue
from typing import TYPE_CHECKING

import certifi
import h11

from chronik.collect import addresses, answers
from chronik.model import Failure, FailureKind, Hop

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import datetime

    Resolve = Callable[[str], Sequence[str]]
    """IP addresses of a host name; raises OSError."""

HEAD_BYTES_MAX = 100 * 2**10
READ_BYTES = 64 * 2**10
INTERIM_ANSWERS_MAX = 8
"""Answers of status 1xx before the real one."""
ATTEMPTS_MAX = 4
"""Addresses of one name that are tried, one after another."""
LOOKUPS_MAX = 64
"""Names being resolved at the same time; a resolver that hangs holds its place until it gives up."""

_STATUS_LINE = re.compile(rb"HTTP/1\.[01] ([1-9][0-9]{2})[ \r\n]")


def system_resolve(host: str) -> Sequence[str]:
    """What the system's resolver says, in its order."""
    found = socket.getaddrinfo(host.encode("ascii"), None, type=socket.SOCK_STREAM, proto=socket.IPPROTO_TCP)
    return tuple(dict.fromkeys(str(entry[4][0]) for entry in found))


def tls_context() -> ssl.SSLContext:
    """Checks certificates against the system's store, or certifi's where the system has none."""
    context = ssl.create_default_context()
    folder = ssl.get_default_verify_paths().capath
    if not context.cert_store_stats()["x509_ca"] and not (folder and any(Path(folder).iterdir())):
        context.load_verify_locations(certifi.where())
    context.set_alpn_protocols(["http/1.1"])
    return context


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """One request to be made: an address in normal form, headers, and how much may come back until when."""

    url: str
    headers: Sequence[tuple[str, str]]
    size_bytes_max: int
    """Limit on the body, content coding still on."""
    deadline: float
    """By the monotonic clock."""

    def remaining_s(self) -> float:
        """Time left; stops the exchange when there is none."""
        left = self.deadline - time.monotonic()
        if left <= 0:
            raise _StoppedError(FailureKind.TIMEOUT, "no full answer in the time allowed", truncated="time")
        return left


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What one request brought: the hop, if any byte came back, and its body or why there is none."""

    hop: Hop | None
    body: bytes = b""
    """Transfer coding taken off, content coding still on."""
    failure: Failure | None = None


class _StoppedError(Exception):
    """An expected end of an exchange before its time."""

    def __init__(self, kind: FailureKind, detail: str, *, truncated: str = "") -> None:
        super().__init__(detail)
        self.failure = Failure(kind=kind, detail=detail)
        self.truncated = truncated


@dataclass(slots=True, kw_only=True)
class _Tape:
    """Everything seen on one connection so far."""

    address: str = ""
    certificate: str = ""
    request: bytes = b""
    response: bytearray = field(default_factory=bytearray)
    received_bytes: int = 0
    ended: bool = False
    head: h11.Response | None = None
    body: bytearray = field(default_factory=bytearray)
    interim_answers: int = 0
    truncated: str = ""


class Network:
    """Opens connections to public addresses and those expressly permitted, one for each request."""

    def __init__(
        self, *, permitted_endpoints: frozenset[tuple[str, int]], resolve: Resolve, clock: Callable[[], datetime]
    ) -> None:
        self._permitted = permitted_endpoints
        self._resolve = resolve
        self._clock = clock
        self._tls = tls_context()
        self._lookups = threading.BoundedSemaphore(LOOKUPS_MAX)

    def ask(self, request: Request) -> Answer:
        """Make one request. What goes wrong on the way is the answer's failure."""
        tape = _Tape()
        started_at, started = self._clock(), time.monotonic()
        failure = None
        try:
            with self._connected(request, tape) as wire:
                _converse(wire, request, tape)
        except _StoppedError as stopped:
            failure, tape.truncated = stopped.failure, stopped.truncated
        hop = None
        if tape.response:
            hop = _hop(tape, url=request.url, started_at=started_at, elapsed_s=time.monotonic() - started)
        return Answer(hop=hop, body=bytes(tape.body) if failure is None else b"", failure=failure)

    def _connected(self, request: Request, tape: _Tape) -> contextlib.closing[socket.socket]:
        """An open connection, TLS included."""
        host, port = addresses.host(request.url), addresses.port(request.url)
        wire = self._reached(self._allowed(host, port, request), port, request)
        try:
            tape.address = self._checked_peer(wire, host, port)
            if addresses.scheme(request.url) == "https":
                wire = self._secured(wire, host, request)
                certificate = wire.getpeercert(binary_form=True)
                tape.certificate = hashlib.sha256(certificate or b"").hexdigest()
        except BaseException:
            wire.close()
            raise
        return contextlib.closing(wire)

    def _checked_peer(self, wire: socket.socket, host: str, port: int) -> str:
        """The IP address at the other end, looked at once more now that the connection stands."""
        peer = str(wire.getpeername()[0])
        if addresses.off_limits([peer], port, permitted=self._permitted):
            raise _blocked(host, peer)
        return peer

    def _allowed(self, host: str, port: int, request: Request) -> Sequence[str]:
        """The IP addresses of a host, all of which may be connected to."""
        if addresses.is_ip(host):
            found: Sequence[str] = (str(ipaddress.ip_address(host)),)
        elif addresses.is_localhost(host):
            found = (addresses.LOCALHOST,)
        else:
            found = self._looked_up(host, request)
        if not found:
            raise _StoppedError(FailureKind.UNREACHABLE, f"the name {host} has no address")
        refused = addresses.off_limits(found, port, permitted=self._permitted)
        if refused:
            raise _blocked(host, refused)
        return found

    def _looked_up(self, host: str, request: Request) -> Sequence[str]:
        """Ask the resolver in a thread of its own, since it knows no deadline."""
        outcome: SimpleQueue[Sequence[str] | OSError | UnicodeError] = SimpleQueue()

        def look_up() -> None:
            try:
                outcome.put(tuple(self._resolve(host)))
            except (OSError, UnicodeError) as error:
                outcome.put(error)
            finally:
                self._lookups.release()

        slow = _StoppedError(FailureKind.TIMEOUT, f"the name {host} could not be resolved in the time allowed")
        if not self._lookups.acquire(timeout=request.remaining_s()):
            raise slow
        threading.Thread(target=look_up, name="chronik-lookup", daemon=True).start()
        try:
            found = outcome.get(timeout=request.remaining_s())
        except Empty as error:
            raise slow from error
        if isinstance(found, OSError | UnicodeError):
            raise _StoppedError(FailureKind.UNREACHABLE, f"the name {host} could not be resolved") from found
        return found

    def _reached(self, found: Sequence[str], port: int, request: Request) -> socket.socket:
        """Connect to the first of the addresses that answers, sharing out the time left among them."""
        attempts = found[:ATTEMPTS_MAX]
        reason: OSError | None = None
        for position, ip in enumerate(attempts):
            try:
                return _opened(ip, port, timeout_s=request.remaining_s() / (len(attempts) - position))
            except OSError as error:
                reason = error
        request.remaining_s()
        if isinstance(reason, TimeoutError):
            raise _StoppedError(FailureKind.TIMEOUT, f"{attempts[-1]} port {port} did not answer") from reason
        detail = f"no connection to {attempts[-1]} port {port}: {reason.strerror if reason else 'refused'}"
        raise _StoppedError(FailureKind.UNREACHABLE, detail) from reason

    def _secured(self, wire: socket.socket, host: str, request: Request) -> ssl.SSLSocket:
        try:
            wire.settimeout(request.remaining_s())
            return self._tls.wrap_socket(wire, server_hostname=host.rstrip("."))
        except TimeoutError as error:
            raise _StoppedError(FailureKind.TIMEOUT, "the TLS handshake took too long") from error
        except ssl.SSLCertVerificationError as error:
            raise _StoppedError(FailureKind.TLS, f"the certificate is not valid: {error.verify_message}") from error
        except (ssl.SSLError, ValueError) as error:
            raise _StoppedError(FailureKind.TLS, "no secure connection could be agreed on") from error
        except OSError as error:
            raise _StoppedError(FailureKind.TLS, "the connection broke off in the TLS handshake") from error


def _opened(ip: str, port: int, *, timeout_s: float) -> socket.socket:
    wire = socket.socket(socket.AF_INET6 if ":" in ip else socket.AF_INET, socket.SOCK_STREAM)
    try:
        wire.settimeout(timeout_s)
        wire.connect((ip, port))
    except BaseException:
        wire.close()
        raise
    return wire


def _blocked(host: str, ip: str) -> _StoppedError:
    return _StoppedError(FailureKind.BLOCKED_ADDRESS, f"{host} is at {ip}, which is not a public address")


def _converse(wire: socket.socket, request: Request, tape: _Tape) -> None:
    """Send the request, and read the answer up to its end or a limit."""
    connection = h11.Connection(our_role=h11.CLIENT, max_incomplete_event_size=HEAD_BYTES_MAX)
    tape.request = _request_bytes(connection, request)
    try:
        wire.settimeout(request.remaining_s())
        wire.sendall(tape.request)
    except TimeoutError as error:
        raise _StoppedError(FailureKind.TIMEOUT, "the server did not take the request") from error
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
    headers = [("Host", addresses.authority(request.url)), *request.headers, ("Connection", "close")]
    head = connection.send(h11.Request(method="GET", target=addresses.target(request.url), headers=headers))
    end = connection.send(h11.EndOfMessage())
    return (head or b"") + (end or b"")


def _finished(connection: h11.Connection, tape: _Tape) -> bool:
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


def _drop_interim(connection: h11.Connection, tape: _Tape) -> None:
    """An answer 1xx is a message of its own (RFC 9110 §15.2), not part of the one that is kept."""
    tape.interim_answers += 1
    if tape.interim_answers > INTERIM_ANSWERS_MAX:
        raise _StoppedError(FailureKind.MALFORMED_HTTP, f"more than {INTERIM_ANSWERS_MAX} interim answers")
    tape.response = bytearray(connection.trailing_data[0])


def _read(wire: socket.socket, request: Request, tape: _Tape) -> bytes:
    """The next bytes off the wire, put on the tape; empty at the end."""
    try:
        wire.settimeout(request.remaining_s())
        data = wire.recv(READ_BYTES)
    except TimeoutError as error:
        raise _StoppedError(FailureKind.TIMEOUT, "no full answer in the time allowed", truncated="time") from error
    except OSError as error:
        raise _cut_off(tape) from error
    tape.response += data
    tape.received_bytes += len(data)
    tape.ended = not data
    if tape.received_bytes > _wire_bytes_max(request) or len(tape.body) > request.size_bytes_max:
        detail = f"the answer is larger than {request.size_bytes_max} bytes"
        raise _StoppedError(FailureKind.TOO_LARGE, detail, truncated="length")
    return data


def _wire_bytes_max(request: Request) -> int:
    """Room for the head, and for what chunked coding adds to a body of the largest size."""
    return HEAD_BYTES_MAX + request.size_bytes_max + request.size_bytes_max // 8


def _cut_off(tape: _Tape) -> _StoppedError:
    if not tape.response:
        return _StoppedError(FailureKind.UNREACHABLE, "the server closed the connection without an answer")
    detail = "the connection broke off before the answer was complete"
    return _StoppedError(FailureKind.TRUNCATED, detail, truncated="disconnect")


def _why_unreadable(tape: _Tape, error: h11.RemoteProtocolError) -> _StoppedError:
    if tape.ended and (tape.head is not None or not tape.response or _STATUS_LINE.match(tape.response)):
        return _cut_off(tape)
    if tape.head is None and len(tape.response) > HEAD_BYTES_MAX:
        detail = f"the headers are larger than {HEAD_BYTES_MAX} bytes"
        return _StoppedError(FailureKind.TOO_LARGE, detail, truncated="length")
    return _StoppedError(FailureKind.MALFORMED_HTTP, f"the answer is not HTTP as it should be: {_plain(str(error))}")


def _plain(text: str) -> str:
    """The library's words without the server's bytes that it quotes."""
    return text.partition(":")[0]


def _check_head(tape: _Tape) -> None:
    head, _, _ = re.split(rb"(\r?\n\r?\n)", bytes(tape.response[: HEAD_BYTES_MAX * 2]), maxsplit=1)
    defect = answers.head_defect(head)
    if defect:
        raise _StoppedError(FailureKind.MALFORMED_HTTP, f"the answer cannot be trusted: {defect}")


def _hop(tape: _Tape, *, url: str, started_at: datetime, elapsed_s: float) -> Hop:
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
        truncated=tape.truncated,
    )
