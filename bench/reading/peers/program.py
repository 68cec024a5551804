"""Reads pages with one reader: a line of JSON in, a line of JSON out. Run as a file, in the reader's own environment.

A request names one page (`file`, `url`) and is answered with the finding, or several (`round`), which are only read and
timed. Each answer holds `cpu_s`, the CPU seconds of this process, without the unpacking.
"""

import gzip
import json
import os
import resource
import sys
import time
from pathlib import Path

MEMORY_BYTES_MAX = 4 * 2**30
RECURSION_MAX = 10_000


def main(name):
    """Answer until no more is asked."""
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)  # what a reader prints is not an answer
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES_MAX, MEMORY_BYTES_MAX))
    sys.setrecursionlimit(RECURSION_MAX)
    from readers import READERS, version_of

    read = READERS[name][1]()
    answer(answers, {"version": version_of(name)})
    bodies = {}
    for line in sys.stdin:
        request = json.loads(line)
        if "round" in request:
            bodies = bodies or {file: unpacked(file) for file, _ in request["round"]}
            answer(answers, timed_round(read, request["round"], bodies))
        else:
            answer(answers, one(read, request["file"], request["url"]))


def one(read, file, url):
    """The finding of one page; a reader that breaks down on it has found nothing."""
    body = unpacked(file)
    start = time.process_time()
    try:
        found = read(body, url)
    except Exception as error:  # noqa: BLE001 - whatever goes wrong in a reader is its finding
        found = {"failure": f"{type(error).__name__}: {error}"[:200]}
    return {**found, "cpu_s": time.process_time() - start}


def timed_round(read, pages, bodies):
    """All pages once, with what the process weighs afterwards."""
    start = time.process_time()
    for file, url in pages:
        try:
            read(bodies[file], url)
        except Exception:  # noqa: BLE001 - only the time counts
            continue
    return {"cpu_s": time.process_time() - start, "resident_bytes": resident_bytes()}


def unpacked(file):
    """A page's bytes."""
    return gzip.decompress(Path(file).read_bytes())


def resident_bytes():
    """Memory that this process holds now."""
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * resource.getpagesize()


def answer(answers, value):
    """One line; a lone surrogate of a broken page must not break it."""
    answers.write(json.dumps(value) + "\n")
    answers.flush()


if __name__ == "__main__":
    main(sys.argv[1])
