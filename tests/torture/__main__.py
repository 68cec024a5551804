"""`python -m tests.torture [KILLS]`: kills, looks, prints figures; exit code 1 when anything was lost."""

import argparse
import sys
import tempfile
import time
from pathlib import Path

from tests.torture.killing import torture


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.torture")
    parser.add_argument("kills", nargs="?", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    begun = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="chronik-torture-") as folder:
        report = torture(Path(folder), kills=asked.kills, seed=asked.seed)
    sys.stdout.write("".join(f"{words}\n" for words in report.wrong))
    sys.stdout.write(
        f"{report.kills} kills ({report.at_their_place} at the place meant), {report.promises} captures, acts, clips "
        f"and leaves acknowledged, {len(report.wrong)} faults; slowest restart {report.slowest_s:.2f} s; "
        f"{report.cpu_s:.0f} s of processor, {time.monotonic() - begun:.0f} s in all.\n"
    )
    return 1 if report.wrong or report.kills < asked.kills else 0


if __name__ == "__main__":
    sys.exit(main())
