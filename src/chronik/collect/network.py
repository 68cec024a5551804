"""Acts: opens connections to the outside, and is the only module that does.

A name is resolved once, all its answers are checked, and what was checked is connected to.
"""

from __future__ import annotations

import contextlib
import hashlib
import ipaddress
import socket
import ssl
import threading
import time
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from queue import Empty, SimpleQueue
from typing import TYPE_CHECKING, Any

import certifi

from chronik.collect import addresses
from chronik.collect.conversation import Request, StoppedError, Tape, converse, kept
from chronik.model import Failure, FailureKind, Hop

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import datetime

    Resolve = Callable[[str], Sequence[str]]
    """IP addresses of a host name; raises OSError."""

ATTEMPTS_MAX = 4
"""Addresses of one name that are tried, one after another."""
CERTIFICATES_MAX = 10
"""Of one chain; real ones have up to five."""
CHAIN_BYTES_MAX = 64 * 2**10
_DER = 2
"""Of the ssl module's own certificates: their bytes, not their PEM."""
LOOKUPS_MAX = 64
"""Names being resolved at the same time; a resolver that hangs holds its place until it gives up."""


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


def mail_tls_context() -> ssl.SSLContext:
    """Checks certificates as for pages; says nothing of HTTP."""
    context = tls_context()
    context.set_alpn_protocols([])
    return context


def named_server(host: str, port: int, *, timeout_s: float) -> socket.socket:
    """A connection to a server that the operator names in the settings, wherever it stands. Raises OSError."""
    return socket.create_connection((host, port), timeout=timeout_s)


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What one request brought: the hop, if any byte came back, and its body or why there is none."""

    hop: Hop | None
    body: bytes = b""
    """Transfer coding taken off, content coding still on."""
    failure: Failure | None = None


class Network:
    """Opens connections to public addresses and those expressly permitted, one for each request."""

    def __init__(
        self, *, permitted_endpoints: frozenset[tuple[str, int]], resolve: Resolve, clock: Callable[[], datetime]
    ) -> None:
        self._permitted = permitted_endpoints
        self._resolve = resolve
        self._clock = clock
        self._lookups = threading.BoundedSemaphore(LOOKUPS_MAX)

    @cached_property
    def _tls(self) -> ssl.SSLContext:
        """Made at the first https address: reading the store takes longer than many a command."""
        return tls_context()

    def ask(self, request: Request) -> Answer:
        """Make one request. What goes wrong on the way is the answer's failure."""
        tape = Tape()
        started_at, started = self._clock(), time.monotonic()
        failure = None
        try:
            with self._connected(request, tape) as wire:
                converse(wire, request, tape)
        except StoppedError as stopped:
            failure, tape.truncated = stopped.failure, stopped.truncated
        except OSError as error:
            failure = Failure(kind=FailureKind.UNREACHABLE, detail=f"the connection broke off: {error.strerror}")
        if failure is not None:
            tape.body.clear()
        hop = None
        if tape.response:
            hop = kept(tape, url=request.url, started_at=started_at, elapsed_s=time.monotonic() - started)
        return Answer(hop=hop, body=bytes(tape.body), failure=failure)

    def _connected(self, request: Request, tape: Tape) -> contextlib.closing[socket.socket]:
        """An open connection, TLS included."""
        host, port = addresses.host(request.url), addresses.port(request.url)
        wire = self._reached(self._allowed(host, port, request), port, request)
        try:
            tape.address = self._checked_peer(wire, host, port)
            if addresses.scheme(request.url) == "https":
                wire = self._secured(wire, host, request)
                _identified(wire, tape)
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
            raise StoppedError(FailureKind.UNREACHABLE, f"the name {host} has no address")
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

        slow = StoppedError(FailureKind.TIMEOUT, f"the name {host} could not be resolved in the time allowed")
        if not self._lookups.acquire(timeout=request.remaining_s()):
            raise slow
        threading.Thread(target=look_up, name="chronik-lookup", daemon=True).start()
        try:
            found = outcome.get(timeout=request.remaining_s())
        except Empty as error:
            raise slow from error
        if isinstance(found, OSError | UnicodeError):
            raise StoppedError(FailureKind.UNREACHABLE, f"the name {host} could not be resolved") from found
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
            raise StoppedError(FailureKind.TIMEOUT, f"{attempts[-1]} port {port} did not answer") from reason
        detail = f"no connection to {attempts[-1]} port {port}: {(reason and reason.strerror) or 'refused'}"
        raise StoppedError(FailureKind.UNREACHABLE, detail) from reason

    def _secured(self, wire: socket.socket, host: str, request: Request) -> ssl.SSLSocket:
        try:
            wire.settimeout(request.remaining_s())
            return self._tls.wrap_socket(wire, server_hostname=host.rstrip("."))
        except TimeoutError as error:
            raise StoppedError(FailureKind.TIMEOUT, "the TLS handshake took too long") from error
        except ssl.SSLCertVerificationError as error:
            raise StoppedError(FailureKind.TLS, f"the certificate is not valid: {error.verify_message}") from error
        except (ssl.SSLError, ValueError) as error:
            raise StoppedError(FailureKind.TLS, "no secure connection could be agreed on") from error
        except OSError as error:
            raise StoppedError(FailureKind.TLS, "the connection broke off in the TLS handshake") from error


def _identified(wire: ssl.SSLSocket, tape: Tape) -> None:
    """Note what the other end showed of itself in the TLS handshake."""
    certificate = wire.getpeercert(binary_form=True) or b""
    tape.certificate = hashlib.sha256(certificate).hexdigest()
    tape.chain = _within_bounds(_sent_chain(wire)) or (certificate,)
    tape.tls_version = wire.version() or ""


def _sent_chain(wire: ssl.SSLSocket) -> tuple[bytes, ...]:
    """Every certificate that the site sent, its own first; none where this Python cannot tell."""
    if hasattr(wire, "get_unverified_chain"):  # Python 3.13
        return tuple(wire.get_unverified_chain())
    inner: Any = getattr(wire, "_sslobj", None)
    found = inner.get_unverified_chain() if hasattr(inner, "get_unverified_chain") else None
    return tuple(one.public_bytes(_DER) for one in found or ())


def _within_bounds(sent: Sequence[bytes]) -> tuple[bytes, ...]:
    """The certificates that are kept of a chain: the site's own always, the others while there is room."""
    room, kept = CHAIN_BYTES_MAX, list[bytes]()
    for one in sent[:CERTIFICATES_MAX]:
        room -= len(one)
        if kept and room < 0:
            break
        kept.append(one)
    return tuple(kept)


def _opened(ip: str, port: int, *, timeout_s: float) -> socket.socket:
    wire = socket.socket(socket.AF_INET6 if ":" in ip else socket.AF_INET, socket.SOCK_STREAM)
    try:
        wire.settimeout(timeout_s)
        wire.connect((ip, port))
    except BaseException:
        wire.close()
        raise
    return wire


def _blocked(host: str, ip: str) -> StoppedError:
    return StoppedError(FailureKind.BLOCKED_ADDRESS, f"{host} is at {ip}, which is not a public address")
