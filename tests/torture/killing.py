"""Kills the worker of an archive again and again, and looks each time at what is left."""

import json
import os
import select
import shutil
import signal
import sys
import time
import traceback
from dataclasses import dataclass, field
from pathlib import Path

from tests.torture.dying import MIGRATING, OF_OFFICE, OF_REDACTION, Death, deaths
from tests.torture.house import Promises, examine, prepare, said, work
from tests.torture.office import bring_up_to_date, publish_and_back_up, redact

LIVES_AN_ARCHIVE = 25
"""Then a fresh one: every look reads the whole archive."""
LIFE_S_MAX = 0.4
"""Who has not come to the place of its death by then is killed anyway."""
OFFICE_S_MAX = 4.0
RESTART_S_MAX = 10.0


@dataclass
class Report:
    """What came of it."""

    kills: int = 0
    at_their_place: int = 0
    promises: int = 0
    slowest_s: float = 0.0
    cpu_s: float = 0.0
    wrong: list[str] = field(default_factory=list)


def torture(folder: Path, *, kills: int, seed: int) -> Report:
    """Kill so many lives. One archive has a process of its own, and each of its lives another."""
    report, wanted = Report(), deaths(kills, seed)
    for start in range(0, kills, LIVES_AN_ARCHIVE):
        house = folder / f"archive-{start}"
        part = wanted[start : start + LIVES_AN_ARCHIVE]
        found = _in_child(lambda pipe, house=house, part=part, start=start: said(_lives(house, part, start), pipe))
        report.kills += found.get("kills", 0)
        report.at_their_place += found.get("at_their_place", 0)
        report.promises += found.get("promises", 0)
        report.slowest_s = max(report.slowest_s, found.get("slowest_s", 0.0))
        report.wrong += found["wrong"]
        if not found["wrong"]:
            shutil.rmtree(house, ignore_errors=True)
    times = os.times()
    report.cpu_s = times.user + times.system + times.children_user + times.children_system
    return report


def _lives(house: Path, wanted: list[Death], start: int) -> dict:
    from django.db import connections

    os.environ["XDG_STATE_HOME"] = str(house.with_name(f"{house.name}-state"))
    prepare(house)
    connections.close_all()
    promises, wrong, slowest, at_their_place = Promises(), [], 0.0, 0
    for number, death in enumerate(wanted, start):
        at_their_place += _life(house, number, death, promises)
        found = _in_child(lambda pipe: said(examine(house, promises), pipe))
        slowest = max(slowest, found.get("elapsed_s", 0.0))
        if found.get("elapsed_s", 0.0) > RESTART_S_MAX:
            found["wrong"].append(f"the restart took {found['elapsed_s']:.1f} s")
        wrong += [f"life {number} ({death}): {words}" for words in found["wrong"]]
        if wrong:
            break
    return {
        "kills": number - start + 1,
        "at_their_place": at_their_place,
        "promises": promises.total,
        "slowest_s": slowest,
        "wrong": wrong,
    }


def _life(house: Path, number: int, death: Death, promises: Promises) -> bool:
    """One worker from its start to its death; whether it died where it should."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reading)
        _child(lambda: _armed_work(death, house, number, writing))
    os.close(writing)
    text, waited = _listened(reading, child, death)
    _, status = os.waitpid(child, 0)
    for line in text.decode().split("\n")[:-1]:
        promises.add(line)
    if not os.WIFSIGNALED(status):
        raise RuntimeError(f"life {number} ({death}) ended by itself: {text[-2000:]!r}")
    return death.kind == "time" or not waited


def _armed_work(death: Death, house: Path, number: int, pipe: int) -> None:
    if death.kind == MIGRATING:
        bring_up_to_date(house, number, pipe, arm=death.arm)
        return
    death.arm()
    life = redact if death.kind in OF_REDACTION else publish_and_back_up if death.kind in OF_OFFICE else work
    life(house, number, pipe)


def _listened(reading: int, child: int, death: Death) -> tuple[bytes, bool]:
    """What was promised until the death, and whether it lived too long, or was to die by the clock, and was killed."""
    text, until, killed = b"", None, False
    with os.fdopen(reading, "rb", buffering=0) as pipe:
        while True:
            left = None if until is None else max(0.0, until - time.monotonic())
            if not select.select([pipe], [], [], left)[0]:
                os.kill(child, signal.SIGKILL)
                until, killed = None, True
                continue
            data = pipe.read(2**16)
            if not data:
                return text, killed
            if until is None and not killed and b"ready" in data:
                longer = death.kind in {MIGRATING, *OF_OFFICE, *OF_REDACTION}
                life_s = OFFICE_S_MAX if longer else LIFE_S_MAX
                life_s = death.number / 1000 if death.kind == "time" else life_s
                until = time.monotonic() + life_s
            text += data


def _in_child(do) -> dict:
    """What a child process says of itself, JSON."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reading)
        _child(lambda: do(writing))
    os.close(writing)
    with os.fdopen(reading, "rb") as pipe:
        text = pipe.read()
    os.waitpid(child, 0)
    try:
        return json.loads(text)
    except ValueError:
        return {"wrong": [f"a process that looked said nothing ({text[:200]!r})"]}


def _child(do) -> None:
    """Do this, and end without what the parent would do at its end."""
    code = 1
    try:
        do()
        code = 0
    except BaseException:  # noqa: BLE001 - the child ends here, whatever it was
        traceback.print_exc()
    finally:
        sys.stderr.flush()
        os._exit(code)
