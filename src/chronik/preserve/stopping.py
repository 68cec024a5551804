"""Named places at which the process is killed, for the tests of crashes. Acts only where `CHRONIK_STOP_AT` names one.

The variable is `PLACE` or `PLACE:N`; at the N-th passing the process gets the signal that nobody can catch.
"""

from __future__ import annotations

import os
import signal

VARIABLE = "CHRONIK_STOP_AT"

_passed: dict[str, int] = {}


def passing(place: str) -> None:
    """Say that this place is reached; mostly that does nothing."""
    wanted = os.environ.get(VARIABLE)
    if not wanted:
        return
    name, _, number = wanted.partition(":")
    if name == place:
        _passed[place] = _passed.get(place, 0) + 1
        if _passed[place] == int(number or 1):
            os.kill(os.getpid(), signal.SIGKILL)
