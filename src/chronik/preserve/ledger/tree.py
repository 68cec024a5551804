"""The Merkle tree of RFC 6962 §2.1: roots, proofs and their checking. Decides: hashes in, hashes out.

A tree is given as a `Read`: the hash of the whole subtree of 2**level leaves at an index of that level.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence

HASH_BYTES = 32
PROOF_HASHES_MAX = 64
"""A tree of 2**63 leaves is no deeper."""
EMPTY_ROOT = hashlib.sha256().digest()

Read = Callable[[int, int], bytes]


def leaf_hash(entry: bytes) -> bytes:
    """The hash of a leaf."""
    return hashlib.sha256(b"\x00" + entry).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """The hash of an inner node."""
    return hashlib.sha256(b"\x01" + left + right).digest()


def root_of(hashes: Sequence[bytes]) -> bytes:
    """The root over leaf hashes (or over the hashes of whole subtrees of one size)."""
    if not hashes:
        return EMPTY_ROOT
    level = list(hashes)
    while len(level) > 1:
        pairs = [node_hash(left, right) for left, right in zip(level[::2], level[1::2], strict=False)]
        level = [*pairs, level[-1]] if len(level) % 2 else pairs
    return level[0]


def root(read: Read, size: int) -> bytes:
    """The root of the tree's first `size` leaves."""
    return _root(read, 0, size) if size else EMPTY_ROOT


def _root(read: Read, start: int, end: int) -> bytes:
    width = end - start
    if width & (width - 1) == 0:
        level = width.bit_length() - 1
        return read(level, start >> level)
    split = start + _split(width)
    return node_hash(_root(read, start, split), _root(read, split, end))


def _split(width: int) -> int:
    """The largest power of two below `width`."""
    return 1 << ((width - 1).bit_length() - 1)


def inclusion_proof(read: Read, index: int, *, size: int) -> tuple[bytes, ...]:
    """The audit path of a leaf in the tree of this size, from its sibling up (RFC 6962 §2.1.1)."""
    assert 0 <= index < size, "a proof is asked for a leaf of the tree"
    start, end = 0, size
    path: list[bytes] = []
    while end - start > 1:
        split = start + _split(end - start)
        if index < split:
            path.append(_root(read, split, end))
            end = split
        else:
            path.append(_root(read, start, split))
            start = split
    return tuple(reversed(path))


def consistency_proof(read: Read, first: int, *, second: int) -> tuple[bytes, ...]:
    """That the tree of size `second` begins with that of size `first` (RFC 6962 §2.1.2)."""
    assert 0 <= first <= second, "a tree only grows"
    if first in {0, second}:
        return ()
    start, end, is_known = 0, second, True
    path: list[bytes] = []
    while first != end:
        split = start + _split(end - start)
        if first <= split:
            path.append(_root(read, split, end))
            end = split
        else:
            path.append(_root(read, start, split))
            start, is_known = split, False
    return tuple(reversed(path if is_known else [*path, _root(read, start, end)]))


def includes(entry_hash: bytes, index: int, *, size: int, root_hash: bytes, proof: Sequence[bytes]) -> bool:
    """Whether an audit path leads from this leaf to this root (RFC 9162 §2.1.3.2)."""
    if not 0 <= index < size or len(proof) > PROOF_HASHES_MAX:
        return False
    place, last, found = index, size - 1, entry_hash
    for sibling in proof:
        if last == 0:
            return False
        if place & 1 or place == last:
            found = node_hash(sibling, found)
            while not place & 1 and place:
                place, last = place >> 1, last >> 1
        else:
            found = node_hash(found, sibling)
        place, last = place >> 1, last >> 1
    return last == 0 and found == root_hash


def extends(first: int, second: int, *, first_root: bytes, second_root: bytes, proof: Sequence[bytes]) -> bool:
    """Whether the second tree begins with the first (RFC 9162 §2.1.4.2)."""
    if first in {0, second}:
        same = first_root == (second_root if first else EMPTY_ROOT)
        return first <= second and not proof and same
    if not 0 < first < second or not proof or len(proof) > PROOF_HASHES_MAX:
        return False
    path = [first_root, *proof] if first & (first - 1) == 0 else list(proof)
    place, last = first - 1, second - 1
    while place & 1:
        place, last = place >> 1, last >> 1
    old = new = path[0]
    for sibling in path[1:]:
        if last == 0:
            return False
        if place & 1 or place == last:
            old, new = node_hash(sibling, old), node_hash(sibling, new)
            while not place & 1 and place:
                place, last = place >> 1, last >> 1
        else:
            new = node_hash(new, sibling)
        place, last = place >> 1, last >> 1
    return last == 0 and old == first_root and new == second_root
