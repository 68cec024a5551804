"""A server on the loopback that says, byte for byte, what a test tells it to."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field

Script = Callable[[socket.socket, bytes], None]
"""Given the connection and the request's head, says what it says; the connection is closed afterwards."""

HEAD_BYTES_MAX = 2**20


@dataclass(slots=True)
class Loopback:
    """What a server heard."""

    port: int
    requests: list[bytes] = field(default_factory=list)
    started: list[float] = field(default_factory=list)
    accepts: int = 0

    @property
    def endpoint(self) -> tuple[str, int]:
        return ("127.0.0.1", self.port)

    def url(self, path: str = "/", *, host: str = "127.0.0.1") -> str:
        return f"http://{host}:{self.port}{path}"


@contextmanager
def loopback(
    script: Script | bytes, *, wrap: Callable[[socket.socket], socket.socket] | None = None
) -> Iterator[Loopback]:
    """Serve until the block ends. Bytes are sent as they are to everyone."""
    say = script if callable(script) else lambda wire, _head: wire.sendall(script)
    with socket.create_server(("127.0.0.1", 0)) as listener:
        heard = Loopback(port=listener.getsockname()[1])
        threads: list[threading.Thread] = []

        def serve(wire: socket.socket) -> None:
            with suppress(OSError), wire:
                wire.settimeout(10)
                with wrap(wire) if wrap else wire as spoken:
                    head = _head(spoken)
                    heard.requests.append(head)
                    say(spoken, head)
                    with suppress(OSError):
                        spoken.shutdown(socket.SHUT_WR)
                        while spoken.recv(2**16):
                            pass

        def accept() -> None:
            while True:
                try:
                    wire, _ = listener.accept()
                except OSError:
                    return
                heard.accepts += 1
                heard.started.append(time.monotonic())
                threads.append(threading.Thread(target=serve, args=(wire,), daemon=True))
                threads[-1].start()

        acceptor = threading.Thread(target=accept, daemon=True)
        acceptor.start()
        try:
            yield heard
        finally:
            with suppress(OSError):
                listener.shutdown(socket.SHUT_RDWR)
            acceptor.join(5)
            for thread in threads:
                thread.join(10)


def _head(wire: socket.socket) -> bytes:
    head = b""
    while b"\r\n\r\n" not in head and len(head) < HEAD_BYTES_MAX:
        data = wire.recv(2**16)
        if not data:
            break
        head += data
    return head


def answer(body: bytes = b"", *headers: str, status: str = "200 OK") -> bytes:
    """A whole answer, with its length."""
    lines = [f"HTTP/1.1 {status}", *headers, f"Content-Length: {len(body)}", "", ""]
    return "\r\n".join(lines).encode("latin-1") + body
