"""Serves desk and public pages with waitress, plays the sample newsroom, and keeps a worker running. Wraps waitress."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import threading
from contextlib import ExitStack, contextmanager
from typing import TYPE_CHECKING, NoReturn

from chronik.cli import output
from chronik.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import FrameType

    from chronik.archive import Archive
    from chronik.config import Config

THREADS = 8
BODY_BYTES_MAX = 16 * 2**20
STOP_TIMEOUT_S = 10.0


def serve(archive: Archive, *, host: str, port: int, worker: bool, sign_in: bool) -> None:
    """Serve until stopped. Raises UsageError when the port is taken."""
    import waitress

    from chronik.desk import sign_in as signing_in
    from chronik.web.wsgi import application

    listening = _bound(host, port)
    address = f"http://{_shown(host)}:{listening.getsockname()[1]}"
    signal.signal(signal.SIGTERM, _stop)
    with ExitStack() as stack:
        stack.enter_context(sample_played(archive.config))
        if worker:
            stack.enter_context(_worker_running(archive.config))
        output.say(f"Public pages: {address}/\nDesk:         {address}/desk/")
        if sign_in or signing_in.nobody_has_signed_in():
            secret = signing_in.sign_in_link(signing_in.FIRST_USER_NAME, archive.clock())
            output.say(f"Sign in once with this link (valid for one day):\n{address}/desk/enter/{secret}")
        output.say("Stop with Ctrl+C.")
        sys.stdout.flush()
        waitress.serve(
            application,
            sockets=[listening],
            threads=THREADS,
            ident=None,
            max_request_body_size=BODY_BYTES_MAX,
            clear_untrusted_proxy_headers=True,
            _quiet=True,
        )


def work(archive: Archive, *, once: bool) -> None:
    """Collect what is due, again and again. A fault of one round is told, and the next round goes on."""
    from chronik.archive.collecting import collect
    from chronik.errors import ChronikError
    from chronik.web import sampling

    stopping = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stopping.set())
    with ExitStack() as stack:
        stack.enter_context(sample_played(archive.config))
        while True:
            try:
                collect(archive)
                sampling.prepare(archive)
            except ChronikError as error:
                output.complain(str(error))
            except Exception as error:  # noqa: BLE001 - the one place: around the step loop
                output.complain(
                    f"This round of collecting failed ({type(error).__name__}: {error}); trying again later."
                )
            if once or stopping.wait(archive.config.collect_every_s) or os.getppid() == 1:
                return


@contextmanager
def sample_played(config: Config) -> Iterator[None]:
    """Play the sample newsroom while the block runs, unless the archive has none or another process plays it."""
    from chronik.sample.server import SampleServer

    with ExitStack() as stack:
        if config.sample and _is_free("127.0.0.1", config.sample_port):
            stack.enter_context(SampleServer(config.sample_port))
        yield


@contextmanager
def _worker_running(config: Config) -> Iterator[None]:
    """A `chronik worker` beside the server, ended with it."""
    command = [sys.executable, "-m", "chronik", "--archive", str(config.archive), "worker"]
    process = subprocess.Popen(command, stdin=subprocess.DEVNULL)  # noqa: S603 - our own program
    try:
        yield
    finally:
        process.terminate()
        try:
            process.wait(STOP_TIMEOUT_S)
        except subprocess.TimeoutExpired:
            process.kill()


def _bound(host: str, port: int) -> socket.socket:
    try:
        family = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0][0]
        listening = socket.socket(family, socket.SOCK_STREAM)
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind((host, port))
    except OSError as error:
        raise UsageError(f"Cannot serve on {host}:{port}: {error.strerror}. Name another port with --port.") from error
    return listening


def _is_free(host: str, port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return False
    return True


def _shown(host: str) -> str:
    return "localhost" if host in {"127.0.0.1", "0.0.0.0", "::1", "::"} else host  # noqa: S104 - only for display


def _stop(number: int, frame: FrameType | None) -> NoReturn:  # noqa: ARG001 - signal's signature
    raise KeyboardInterrupt
