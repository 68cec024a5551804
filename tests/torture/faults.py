"""`python -m tests.torture.faults`: a disk that cannot sync, and one that is full, under a working archive.

Starts itself again with a small library loaded before libc that makes the n-th sync or write fail (`shim.c`).
"""

import ctypes
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.torture.house import Promises, examine, one_page, prepare, said
from tests.torture.killing import _in_child
from tests.torture.power import CUTS, cut_power

SOURCE = Path(__file__).with_name("shim.c")
SYNCS = range(1, 51)
WRITES = (1, 2, 3, 5, 8, 13, 21, 34, 55, 89)
ROUNDS_MAX = 40
ROUNDS_AFTER = 3
LOOKED_AWAY_MAX = 1
"""SQLite syncs the folder of its log a second time and does not look at what comes of that."""
TIMEOUT_S = 600


def missing() -> str:
    """Why this cannot be tried here; empty where it can."""
    return "" if shutil.which("cc") else "there is no C compiler (cc) to make the failing disk with"


def run(folder: Path, syncs=SYNCS, writes=WRITES, cuts=CUTS) -> subprocess.CompletedProcess[str]:
    """Compile the shim and try each fault under it, in a process of its own."""
    library = folder / "shim.so"
    subprocess.run(["cc", "-shared", "-fPIC", "-O1", "-o", library, SOURCE, "-ldl"], check=True, timeout=60)
    environment = os.environ | {"LD_PRELOAD": str(library)}
    numbers = [",".join(map(str, one)) for one in (syncs, writes)]
    command = [sys.executable, "-m", "tests.torture.faults", str(folder), *numbers, str(cuts)]
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=False, timeout=TIMEOUT_S)


def _under_the_shim(folder: Path, syncs: list[int], writes: list[int]) -> int:
    from django.db import connections

    shim = ctypes.CDLL(os.environ["LD_PRELOAD"])
    os.environ["XDG_STATE_HOME"] = str(folder / "state")
    house = folder / "archive"
    prepare(house)
    connections.close_all()
    promises, wrong, looked_away = Promises(), [], 0
    cases = [("sync", n) for n in syncs] + [("write", n) for n in writes]
    for turn, (kind, n) in enumerate(cases):
        found = _in_child(lambda pipe, n=n, kind=kind, turn=turn: said(_suffer(shim, house, kind, n, turn), pipe))
        for name in ("captures", "acts", "clips"):
            getattr(promises, name).extend(found.get(name, ()))
        promises.leaves = max(promises.leaves, found.get("leaves", 0))
        looked_away += not found.get("failed")
        is_marked = kind == "sync" and bool(found.get("failed"))
        after = _in_child(lambda pipe, is_marked=is_marked: said(_look(house, promises, is_marked=is_marked), pipe))
        wrong += [f"{kind} {n}: {words}" for words in (*found["wrong"], *after["wrong"])]
    if looked_away > LOOKED_AWAY_MAX:
        wrong.append(f"{looked_away} failures were not noticed")
    tried = f"{len(syncs)} failed syncs, {len(writes)} full disks"
    sys.stdout.write("".join(f"{words}\n" for words in wrong))
    sys.stdout.write(f"{tried}, {promises.total} things acknowledged, {len(wrong)} faults\n")
    return 1 if wrong else 0


def _suffer(shim, folder: Path, kind: str, n: int, turn: int) -> dict:
    """Work until the disk fails, see that nothing more is promised, and with space again that work goes on."""
    from django.db import DatabaseError

    from chronik import wiring
    from chronik.errors import ChronikError
    from chronik.preserve import syncing

    house, said_, wrong = wiring.opened(folder), {"captures": [], "acts": [], "clips": [], "leaves": 0}, []
    failed = ""
    shim.torture_arm(*((n, 0) if kind == "sync" else (0, n)))
    for number in range(ROUNDS_MAX):
        try:
            _round(house, f"{turn}/{number}", said_)
        except (ChronikError, DatabaseError, OSError) as error:
            failed = str(error)
            house.release()
            break
    if not list(house.catalogue.captures()) and said_["captures"]:
        wrong.append("reading does not work on a full disk")
    if kind == "sync" and failed:
        if not syncing.fault(folder):
            wrong.append(f"the archive is not read-only after: {failed}")
        wrong += _refusals(house, turn)
    shim.torture_arm(0, 0)
    if kind == "write":
        wrong += _goes_on(house, turn, said_)
    return {**said_, "wrong": wrong, "failed": failed}


def _round(house, name: str, said_: dict) -> None:
    from chronik.archive import collecting, recording

    collecting.recover(house)
    one_page(house, name, lambda kind, value: said_[kind].append(value))
    said_["leaves"] = max(said_["leaves"], recording.record_due(house).size)


def _refusals(house, turn: int) -> list[str]:
    """Whatever would write in a read-only archive is refused."""
    from django.db import DatabaseError

    from chronik.errors import ChronikError

    empty = {"captures": [], "acts": [], "clips": [], "leaves": 0}
    try:
        _round(house, f"{turn}/after-{os.getpid()}", empty)
    except (ChronikError, DatabaseError):
        return ["a capture was acknowledged after the failure"] if empty["captures"] else []
    return ["everything was acknowledged after the failure"]


def _goes_on(house, turn: int, said_: dict) -> list[str]:
    try:
        for number in range(ROUNDS_AFTER):
            _round(house, f"{turn}/again-{number}", said_)
    except Exception as error:  # noqa: BLE001 - whatever it is, it is what was looked for
        return [f"with space again nothing goes on: {type(error).__name__}: {error}"]
    house.close()
    return []


def _look(folder: Path, promises: Promises, *, is_marked: bool) -> dict:
    """A restart refuses to write where the disk failed; the check finds nothing wrong and lifts that."""
    from chronik import wiring
    from chronik.preserve import syncing

    wrong = []
    if is_marked:
        with wiring.opened(folder) as house:
            wrong += [f"after a restart {words}" for words in _refusals(house, -1)]
    try:
        with syncing.examined(folder):
            from django.db import connections

            connections.close_all()
            wrong += examine(folder, promises)["wrong"]
    except Exception as error:  # noqa: BLE001 - whatever it is, it is what was looked for
        wrong.append(f"the check failed: {type(error).__name__}: {error}")
    if syncing.fault(folder):
        wrong.append("the mark is still there after the check")
    return {"wrong": wrong}


def main() -> int:
    if len(sys.argv) == 5:
        folder = Path(sys.argv[1])
        numbers = [[int(one) for one in text.split(",") if one] for text in sys.argv[2:4]]
        failing = (
            _in_child(lambda pipe: said({"code": _under_the_shim(folder, *numbers)}, pipe)) if any(numbers) else {}
        )
        cuts = int(sys.argv[4])
        return failing.get("code", 0) + (cut_power(folder, cuts=cuts) if cuts else 0)
    if missing():
        sys.stdout.write(f"Not tried: {missing()}.\n")
        return 0
    with tempfile.TemporaryDirectory(prefix="chronik-faults-") as folder:
        done = run(Path(folder))
    sys.stdout.write(done.stdout + done.stderr)
    return done.returncode


if __name__ == "__main__":
    sys.exit(main())
