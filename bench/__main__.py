"""`make bench`: runs every measurement, or those named, and prints one table each.

Figures are CPU seconds of this process where it does the work alone, else wall seconds, as each row says.
"""

import sys

from bench import keeping, reading, searching

MEASUREMENTS = {"reading": reading.measure, "keeping": keeping.measure, "searching": searching.measure}


def main(names):
    """Measure what is named, or all."""
    unknown = sorted(set(names) - set(MEASUREMENTS))
    if unknown:
        print(f"There is no measurement {unknown[0]!r}. Known: {', '.join(MEASUREMENTS)}", file=sys.stderr)
        return 2
    for name in names or MEASUREMENTS:
        print(f"\n## {name}\n")
        for row in MEASUREMENTS[name]():
            print(row)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
