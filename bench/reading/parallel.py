"""How much memory reading in several processes takes, and how much sooner it is done."""

import json
import subprocess
import sys
import time
from pathlib import Path

SAMPLES_EVERY_S = 0.05
TIMEOUT_S = 900.0
_KIB = 1024


def parallel():
    """Wall seconds with one process and with two, and the most memory that the second run held, helpers included."""
    one, _ = _run(1)
    two, peak = _run(2)
    one_again, _ = _run(1)
    return {
        "one_worker_s": min(one["wall_s"], one_again["wall_s"]),
        "two_workers_s": two["wall_s"],
        "ratio": min(one["wall_s"], one_again["wall_s"]) / two["wall_s"],
        "peak_mib": peak / 2**20,
        "pages": two["pages"],
    }


def _run(workers):
    """What the run said, and the most memory of its processes together (proportional set size)."""
    peak, deadline = 0, time.monotonic() + TIMEOUT_S
    command = [sys.executable, "-m", "bench.reading.once", str(workers)]
    root = Path(__file__).resolve().parents[2]
    with subprocess.Popen(command, cwd=root, stdout=subprocess.PIPE) as process:
        while process.poll() is None:
            peak = max(peak, sum(_proportional_bytes(pid) for pid in _family(process.pid)))
            if time.monotonic() > deadline:
                process.kill()
            time.sleep(SAMPLES_EVERY_S)
        return json.loads(process.stdout.read()), peak


def _family(pid):
    """A process and all that it started."""
    yield pid
    for task in Path(f"/proc/{pid}/task").glob("*/children"):
        try:
            children = task.read_text(encoding="ascii").split()
        except OSError:  # it ended while we looked
            continue
        for child in children:
            yield from _family(int(child))


def _proportional_bytes(pid):
    """What a process holds, memory that it shares counted by its share."""
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="ascii").splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) * _KIB for line in lines if line.startswith("Pss:")), 0)
