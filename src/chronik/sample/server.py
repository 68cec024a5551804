"""Serve the sample newsroom on the loopback interface. Acts: binds a port, runs a thread."""

from __future__ import annotations

import sys
import threading
from http.server import BaseHTTPRequestHandler
from socketserver import ThreadingTCPServer
from typing import TYPE_CHECKING, Any, Self

from chronik.errors import ConfigError
from chronik.sample.newsroom import Play
from chronik.sample.site import Answer, Request, answer

if TYPE_CHECKING:
    from types import TracebackType

ADDRESS = "127.0.0.1"
IDLE_TIMEOUT_S = 10
STOP_TIMEOUT_S = 5


class SampleServer:
    """The six outlets behind one port of 127.0.0.1, told apart by the Host header."""

    def __init__(self, port: int = 0) -> None:
        """Port 0 takes a free one; `port` tells which once started."""
        self.port = port
        self._server: _Server | None = None
        self._thread: threading.Thread | None = None

    def start(self) -> None:
        """Bind and begin to answer. Raises ConfigError when the port is taken."""
        if self._server:
            return
        try:
            self._server = _Server(self.port)
        except (OSError, OverflowError) as error:
            raise ConfigError(
                f"Port {self.port} for the sample newsroom cannot be used ({error}). Set another: sample_port in "
                "chronik.toml."
            ) from error
        self.port = self._server.server_address[1]
        self._thread = threading.Thread(target=self._server.serve_forever, name="sample-newsroom", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """Stop answering and free the port. May be called twice."""
        if self._server and self._thread:
            self._server.shutdown()
            self._server.server_close()
            self._thread.join(timeout=STOP_TIMEOUT_S)
        self._server = self._thread = None

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()


class _Server(ThreadingTCPServer):
    """Remembers which pieces were shown: from then on a reworded piece appears in its later wording.

    ThreadingTCPServer rather than ThreadingHTTPServer, which asks the name service for the host's name at start.
    """

    allow_reuse_address = True
    daemon_threads = True
    block_on_close = False

    def __init__(self, port: int) -> None:
        super().__init__((ADDRESS, port), _Handler)
        self._shown: frozenset[str] = frozenset()
        self._lock = threading.Lock()

    def play(self) -> Play:
        """The run as it stands."""
        return Play(port=self.server_address[1], shown=self._shown)

    def mark_shown(self, path: str) -> None:
        """Remember that a piece was asked for."""
        with self._lock:
            self._shown |= {path}

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Stay silent about visitors who hang up; report the rest as usual."""
        if not isinstance(sys.exception(), ConnectionError | TimeoutError):
            super().handle_error(request, client_address)


class _Handler(BaseHTTPRequestHandler):
    """One connection."""

    server: _Server
    protocol_version = "HTTP/1.1"
    timeout = IDLE_TIMEOUT_S

    def version_string(self) -> str:
        """Value of the Server header."""
        return "SampleNewsroom"

    def do_GET(self) -> None:
        """Answer; whoever asks for a reworded piece next sees its later wording."""
        result = self._answered()
        self.wfile.write(result.body)
        if result.piece_path:
            self.server.mark_shown(result.piece_path)

    def do_HEAD(self) -> None:
        """Answer without a body; does not count as having read."""
        self._answered()

    def _answered(self) -> Answer:
        """What was found, its head already sent."""
        request = Request(
            host=self.headers.get("Host", ""),
            target=self.path,
            if_none_match=self.headers.get("If-None-Match", ""),
            if_modified_since=self.headers.get("If-Modified-Since", ""),
        )
        result = answer(request, self.server.play())
        self.send_response(result.status)
        for name, value in result.headers:
            self.send_header(name, value)
        if result.status != 304:
            self.send_header("Content-Length", str(len(result.body)))
        self.end_headers()
        return result

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the name is the base class's
        """Say nothing: the operator's terminal belongs to the archive."""
