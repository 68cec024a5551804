"""`make bench`: runs every measurement, or those named, and prints one table each.

What follows the name of one measurement are its options: `python -m bench reading --worst 30`. A measurement is a
module of this package with a function `measure` that gives the lines to print; it takes the options, if it has any.
Figures are CPU seconds of this process where it does the work alone, else wall seconds, as each row says.
"""

import sys
from importlib import import_module

MEASUREMENTS = {
    "reading": ("--only", "speed"),
    "feeds": (),
    "keeping": (),
    "evidence": (),
    "searching": (),
    "search_quality": (),
    "language": (),
    "names": (),
    "annotations": (),
    "bridge": (),
    "credits": (),
    "encoding": (),
    "copies": (),
    "followups": (),
    "stories": (),
    "suggest": (),
    "accounts": (),
    "desk": (),
    "desk_pages": (),
}
"""Module → its options when all are asked for. Each is imported when its turn comes: what it loads must not weigh on
another one."""


def main(arguments):
    """Measure what is named, or all."""
    names = [argument for argument in arguments if argument in MEASUREMENTS]
    rest = (
        arguments[1:] if len(names) == 1 and arguments[0] in MEASUREMENTS else [a for a in arguments if a not in names]
    )
    if rest and len(names) != 1:
        print(f"There is no measurement {rest[0]!r}. Known: {', '.join(MEASUREMENTS)}", file=sys.stderr)
        return 2
    for name in names or MEASUREMENTS:
        print(f"\n## {name}\n", file=sys.stderr if "--json" in rest else sys.stdout, flush=True)
        measure = import_module(f"bench.{name}").measure
        options = rest if names else MEASUREMENTS[name]
        for row in measure(options) if options else measure():
            print(row, flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
