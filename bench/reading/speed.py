"""How fast pages are read whole (text, metadata, language) against trafilatura's bare_extraction with metadata.

Both read the same pages in the same run, round by round in turns, each in a process of its own; the first round of each
loads what it needs and does not count.
"""

import statistics
import sys

from bench.reading.ours import NAME, progress
from bench.reading.peers.process import Reader

PEER = "trafilatura"
ROUNDS = 3
LEAK_ROUNDS = 20
LEAK_TOLD = (1, 2, 5, 10, 15, 20)


def speed(python, pages):
    """Pages a CPU second of both, and the median of the ratios of neighbouring rounds."""
    with Reader(sys.executable, NAME) as ours, Reader(python, PEER) as peer:
        rounds = []
        for number in range(ROUNDS + 1):
            pair = ours.timed_round(pages), peer.timed_round(pages)
            if None in pair:
                return {}
            rounds += [tuple(one["cpu_s"] for one in pair)] if number else []
            progress("speed", number, ROUNDS)
    mine, theirs = (statistics.median(times) for times in zip(*rounds, strict=True))
    return {
        "pages": len(pages),
        "peer": f"{PEER} {peer.version}",
        "chronik_pages_per_cpu_s": len(pages) / mine,
        "peer_pages_per_cpu_s": len(pages) / theirs,
        "ratio": statistics.median(theirs / mine for mine, theirs in rounds),
    }


def leak(pages):
    """MiB that one process of ours holds after reading all pages once, twice and so on."""
    held = {}
    with Reader(sys.executable, NAME) as ours:
        for number in range(1, LEAK_ROUNDS + 1):
            found = ours.timed_round(pages)
            if found is None:
                return held
            if number in LEAK_TOLD:
                held[number] = found["resident_bytes"] / 2**20
            progress("leak", number, LEAK_ROUNDS)
    return held


def pages_a_second(python, name, pages):
    """Pages a CPU second of one reader that is warm."""
    with Reader(python, name) as reader:
        first, second = reader.timed_round(pages), reader.timed_round(pages)
    return len(pages) / second["cpu_s"] if first and second else None
