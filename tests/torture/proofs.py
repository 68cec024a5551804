"""`python -m tests.torture.proofs [LEAVES]`: every root and proof up to so many leaves, beside the RFC's own words.

All pairs of leaf and size, and all pairs of two sizes; pymerkle, written by others, says each root once more.
"""

import argparse
import sys
import time

from pymerkle import InmemoryTree

from chronik.preserve.ledger import tree
from tests.preserve.rfc6962 import Reference

LEAVES = 1_025


def reading(hashes):
    """Hashes of whole subtrees, as the tiles hold them."""
    levels = [list(hashes)]
    while len(levels[-1]) > 1:
        below = levels[-1]
        levels.append([tree.node_hash(below[at], below[at + 1]) for at in range(0, len(below) - 1, 2)])
    return lambda level, index: levels[level][index]


def wrong_proofs(leaves: int) -> tuple[int, list[str]]:
    """How many roots and proofs were compared, and those that differ or do not hold."""
    entries = [f"leaf {number}".encode() for number in range(leaves)]
    hashes, other, theirs = [tree.leaf_hash(entry) for entry in entries], Reference(entries), InmemoryTree()
    theirs.append_entries(entries)
    read, wrong, compared = reading(hashes), [], 0
    roots = [other.root(0, size) for size in range(leaves + 1)]
    for size in range(leaves + 1):
        compared += 2
        if not tree.root(read, size) == roots[size] == theirs.get_root(size):
            wrong.append(f"root of {size}")
        for index in range(size):
            proof = tree.inclusion_proof(read, index, size=size)
            compared += 1
            same = list(proof) == other.path(index, 0, size)
            if not same or not tree.includes(hashes[index], index, size=size, root_hash=roots[size], proof=proof):
                wrong.append(f"leaf {index} in {size}")
        for first in range(1, size + 1):
            proof = tree.consistency_proof(read, first, second=size)
            compared += 1
            same = list(proof) == other.subproof(first, 0, size)
            if not same or not tree.extends(first, size, first_root=roots[first], second_root=roots[size], proof=proof):
                wrong.append(f"{first} within {size}")
    return compared, wrong


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.torture.proofs")
    parser.add_argument("leaves", nargs="?", type=int, default=LEAVES)
    begun = time.process_time()
    compared, wrong = wrong_proofs(parser.parse_args().leaves)
    sys.stdout.write("".join(f"{words}\n" for words in wrong[:20]))
    sys.stdout.write(
        f"{compared} roots and proofs compared, {len(wrong)} wrong; {time.process_time() - begun:.0f} s of processor.\n"
    )
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
