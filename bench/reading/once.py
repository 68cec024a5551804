"""Reads the two sets of articles once, in as many processes as the argument says, and says how long that took.

Run by `parallel`, which looks at its memory meanwhile. The time counts from the first result on, for
starting is not reading.
"""

import json
import sys
import time

from bench.reading import ours, sets
from bench.reading.peers.environment import OUT
from chronik.extract import workers


def main(worker_count):
    """Read, keep nothing."""
    pages = sets.articles(OUT / "sample")
    items = ((gold.page, ours.page(gold)) for gold in pages)
    start, done = None, 0
    for _ in workers.readings(items, workers=worker_count, timeout_s=ours.TIMEOUT_S):
        start = start or time.monotonic()
        done += 1
    print(json.dumps({"wall_s": time.monotonic() - start, "pages": done}))


if __name__ == "__main__":
    main(int(sys.argv[1]))
