"""Serves desk and public pages with waitress, plays the sample newsroom, and keeps a worker running. Wraps waitress."""

from __future__ import annotations

import errno
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from contextlib import ExitStack, contextmanager
from typing import TYPE_CHECKING, NoReturn

from chronik.cli import output
from chronik.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from types import FrameType

    from chronik.archive import Archive
    from chronik.config import Config

THREADS = 8
BODY_BYTES_MAX = 16 * 2**20
STOP_TIMEOUT_S = 10.0
RESTART_PAUSE_S = 5.0
READ_BYTES = 4096
BACKLOG = 128
STOPPING = (signal.SIGINT, signal.SIGTERM)


def serve(archive: Archive, *, host: str, port: int, worker: bool, sign_in: bool, person: str = "") -> None:
    """Serve until stopped. `sign_in` asks for a link, for the first editor or the person named.

    Raises UsageError when the port is taken, unless a link was asked for: then only that is printed.
    """
    import waitress

    from chronik.web.wsgi import application

    listening = _bound(host, port)
    if listening is None:
        if not sign_in:
            raise UsageError(f"Cannot serve on {host}:{port}: something does already. Name another port with --port.")
        _print_sign_in_link(archive, f"http://{_shown(host)}:{port}", person)
        return
    address = f"http://{_shown(host)}:{listening.getsockname()[1]}"
    _stop_on_signals()
    with ExitStack() as stack:
        stack.enter_context(sample_played(archive.config))
        stack.enter_context(_worker_running(archive.config) if worker else _recording(archive))
        output.say(f"Public pages: {address}/\nDesk:         {address}/desk/")
        if sign_in or _nobody_has_signed_in():
            _print_sign_in_link(archive, address, person)
        output.say("Stop with Ctrl+C.")
        sys.stdout.flush()
        stack.enter_context(_getting_ready())
        waitress.serve(
            application,
            sockets=[listening],
            threads=THREADS,
            ident=None,
            max_request_body_size=BODY_BYTES_MAX,
            clear_untrusted_proxy_headers=True,
            _quiet=True,
        )


@contextmanager
def _getting_ready() -> Iterator[None]:
    """Load what pages need beside the server. A signal comes to the main thread: there it must not meet an import."""
    from chronik.web import warming

    loading = threading.Thread(target=warming.get_ready, daemon=True)
    loading.start()
    try:
        yield
    finally:
        loading.join(STOP_TIMEOUT_S)


def _nobody_has_signed_in() -> bool:
    from chronik.desk import sign_in

    return sign_in.nobody_has_signed_in()


def _print_sign_in_link(archive: Archive, address: str, name: str) -> None:
    from chronik.desk import sign_in, sign_in_log

    secret = sign_in.sign_in_link(name or sign_in.FIRST_USER_NAME, archive.clock())
    sign_in_log.note(sign_in_log.How.LINK_MADE, name or sign_in.FIRST_USER_NAME)
    output.say(f"Sign in once with this link (valid for one day):\n{address}/desk/enter/{secret}")


def work(archive: Archive, *, once: bool, attached: bool = False) -> None:
    """Collect what is due, again and again. A fault of one round is told, and the next round goes on.

    An attached worker ends when its standard input does: whoever started it is gone then.
    """
    _stop_on_signals()
    if attached:
        threading.Thread(target=_end_with_standard_input, daemon=True).start()
    with sample_played(archive.config), _recording(archive):
        while True:
            _round(archive)
            if once:
                return
            time.sleep(archive.config.collect_every_s)


def _round(archive: Archive) -> None:
    """What fails keeps nothing else from being done; while another process is at it, or once stopped, all waits."""
    for step in (_collect, _tell, _prove):
        if not _attempted(step, archive):
            return


def _attempted(step: Callable[[Archive], None], archive: Archive) -> bool:
    """Whether the round goes on after this step."""
    from chronik.errors import BusyError, ChronikError, JobStoppedError

    try:
        step(archive)
    except BusyError:
        return False
    except JobStoppedError as stopped:
        output.complain(f"{stopped} asked to stop this round. The next one begins in a while.")
        return False
    except ChronikError as error:
        output.complain(str(error))
    except Exception as error:  # noqa: BLE001 - the one place: around the step loop
        output.complain(f"This round failed ({type(error).__name__}: {error}); trying again later.")
    return True


def _collect(archive: Archive) -> None:
    """Collect what is due, seen at the desk if it takes a while."""
    from chronik.archive import jobs
    from chronik.archive.collecting import collect
    from chronik.web import sampling

    with jobs.working(archive.config.archive, kind="worker", who="worker", clock=archive.clock) as reporting:
        collect(archive, progress=reporting)
    sampling.prepare(archive)


def _tell(archive: Archive) -> None:
    """Tell people what is new, and of what is wrong."""
    from chronik.desk import notices_round

    notices_round.tell(archive)


def _prove(archive: Archive) -> None:
    """Have what was recorded stamped and co-signed, and read again what lies in the vault, each when it is time."""
    from chronik import wiring
    from chronik.archive import cosigning, fixing, jobs, stamping
    from chronik.web import publishing

    stamped = any(reply.stamp for reply in stamping.stamp_due(archive, post=wiring.stamp_post(archive.config)))
    with jobs.working(archive.config.archive, kind="fixity", who="worker", clock=archive.clock) as reporting:
        fixing.look_again(archive, progress=reporting)
    # What was stamped is co-signed as well: one checkpoint that carries both proves most.
    cosigning.ask_due(archive, post=wiring.witness_post(archive.config).answer, at_once=stamped)
    if stamped or _heard_anew(archive):
        publishing.renew_proofs(archive)


def _heard_anew(archive: Archive) -> bool:
    """Whether witnesses said anything since this was asked last."""
    from chronik.model import Verb

    latest = [act.id for act in archive.catalogue.acts_of({Verb.HEAR_WITNESS, Verb.SETTLE_WITNESS}, limit=1)]
    before = archive.kept.get("heard of witnesses", latest)
    archive.kept["heard of witnesses"] = latest
    return bool(before != latest)


@contextmanager
def _recording(archive: Archive) -> Iterator[None]:
    """Record in the ledger what is done while the block runs, also by other processes, within seconds."""
    end = threading.Event()
    recording = threading.Thread(target=_keep_recording, args=[archive, end], daemon=True)
    recording.start()
    try:
        yield
    finally:
        end.set()
        recording.join(STOP_TIMEOUT_S)


def _keep_recording(archive: Archive, end: threading.Event) -> None:
    from django.db import connection

    from chronik.archive.recording import keep_recording

    while not end.is_set():
        try:
            keep_recording(archive, until=end, tell=output.complain)
        except Exception as error:  # noqa: BLE001 - a round of its own, beside the one of collecting
            output.complain(f"Recording in the ledger failed ({type(error).__name__}: {error}); trying again later.")
            end.wait(RESTART_PAUSE_S)
    connection.close()


def _end_with_standard_input() -> None:
    while os.read(sys.stdin.fileno(), READ_BYTES):
        continue
    os.kill(os.getpid(), signal.SIGTERM)


def _stop_on_signals() -> None:
    for number in STOPPING:
        signal.signal(number, _stop)


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
    """A `chronik worker` beside the server, begun again when it dies; it ends with the server, also a killed one."""
    keeper = _WorkerKeeper([sys.executable, "-m", "chronik", "--archive", str(config.archive), "worker", "--attached"])
    watching = threading.Thread(target=keeper.keep, daemon=True)
    watching.start()
    try:
        yield
    finally:
        keeper.end()
        watching.join(STOP_TIMEOUT_S)


class _WorkerKeeper:
    """Keeps one worker process running until told to end it."""

    def __init__(self, command: list[str]) -> None:
        self._command = command
        self._ending = threading.Event()
        self._process: subprocess.Popen[bytes] | None = None

    def keep(self) -> None:
        """Start the worker, and again after a pause whenever it ends by itself."""
        while not self._ending.is_set():
            self._process = subprocess.Popen(  # noqa: S603 - our own program
                self._command, stdin=subprocess.PIPE, start_new_session=True
            )
            code = self._process.wait()
            if not self._ending.is_set():
                output.complain(f"The worker ended (exit code {code}); it is started again in {RESTART_PAUSE_S:.0f} s.")
                self._ending.wait(RESTART_PAUSE_S)

    def end(self) -> None:
        """End the worker and start no other."""
        self._ending.set()
        process = self._process
        if process is None:
            return
        process.terminate()
        try:
            process.wait(STOP_TIMEOUT_S)
        except subprocess.TimeoutExpired:
            process.kill()


def _bound(host: str, port: int) -> socket.socket | None:
    """A socket on this port, or None where it is taken. Raises UsageError where there is no such interface."""
    try:
        family = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0][0]
        listening = socket.socket(family, socket.SOCK_STREAM)
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind((host, port))
        listening.listen(BACKLOG)
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            return None
        raise UsageError(
            f"Cannot serve on {host}:{port}: {error.strerror}. Name another with --host or --port."
        ) from error
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
    """End once: further signals must not disturb the closing."""
    for one in STOPPING:
        signal.signal(one, _go_on)
    raise KeyboardInterrupt


def _go_on(number: int, frame: FrameType | None) -> None:
    """What a signal does while the program is closing already: nothing."""
