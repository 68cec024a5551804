"""Tells the archive of long commands, so that the desk shows them, and ends them between two items when asked."""

from __future__ import annotations

import getpass
import signal
import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING

import typer

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path
    from types import FrameType

    from chronik.archive import Step
    from chronik.archive.jobs import Reporting

OWN_KEY = "Ctrl+C"
"""Who stops a command at its keyboard."""
_called = [""]
"""Names of commands, the one at work last."""
_archives: list[Path] = []
"""Where the command works, the innermost last; nothing is told of commands that open no archive."""


def call(command: str) -> None:
    """The program was called with this command."""
    _called.append(command)


@contextmanager
def within(archive: Path) -> Iterator[None]:
    """The command works in this archive."""
    _archives.append(archive)
    try:
        yield
    finally:
        _archives.pop()


@contextmanager
def reported(*, complain: Callable[[str], None]) -> Iterator[Callable[[Step], None]]:
    """What a long command tells its steps to. The first Ctrl+C lets it end its item, the second ends it at once."""
    if not _archives:
        yield _untold
        return
    from chronik import wiring
    from chronik.archive import jobs
    from chronik.errors import JobStoppedError

    with (
        jobs.working(_archives[-1], kind=_called[-1], who=person(), clock=wiring.now) as reporting,
        _ended_by_key(reporting, complain) as told,
    ):
        try:
            yield told
        except JobStoppedError as stopped:
            by = "" if str(stopped) == OWN_KEY else f"{stopped} asked to stop this. "
            complain(f"{by}Stopped. What was done is kept; call the command again to go on.")
            raise
        except typer.Exit:
            reporting.end(jobs.JobState.DONE)
            raise


def person() -> str:
    """The operator's login name."""
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return "operator"


def _untold(step: Step) -> None:
    """Nobody wants to know."""


@contextmanager
def _ended_by_key(reporting: Reporting, complain: Callable[[str], None]) -> Iterator[Callable[[Step], None]]:
    """From the first step on, the key is heard; it is Python's own again afterwards."""
    before = signal.getsignal(signal.SIGINT)
    if threading.current_thread() is not threading.main_thread() or before is not signal.default_int_handler:
        yield reporting
        return

    def heard(number: int, frame: FrameType | None) -> None:  # noqa: ARG001 - signal's signature
        signal.signal(signal.SIGINT, signal.default_int_handler)
        reporting.stop(OWN_KEY)
        complain("Stopping after this item. Press Ctrl+C again to stop at once.")

    def told(step: Step) -> None:
        if not listening:
            listening.append(True)
            signal.signal(signal.SIGINT, heard)
        reporting(step)

    listening: list[bool] = []
    try:
        yield told
    finally:
        signal.signal(signal.SIGINT, before)
