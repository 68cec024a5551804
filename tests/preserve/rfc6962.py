"""RFC 6962 §2.1 word for word, apart from Chronik's own code; each subtree is hashed once and remembered."""

import hashlib


class Reference:
    """The Merkle tree over the first leaves of a list, for any number of them."""

    def __init__(self, entries):
        self.leaves = [hashlib.sha256(b"\x00" + entry).digest() for entry in entries]
        self.known = {}

    def root(self, start, end):
        """MTH(D[start:end])."""
        if end - start == 0:
            return hashlib.sha256(b"").digest()
        if end - start == 1:
            return self.leaves[start]
        if (start, end) not in self.known:
            middle = start + split(end - start)
            both = self.root(start, middle) + self.root(middle, end)
            self.known[start, end] = hashlib.sha256(b"\x01" + both).digest()
        return self.known[start, end]

    def path(self, index, start, end):
        """PATH(index, D[start:end])."""
        if end - start <= 1:
            return []
        middle = start + split(end - start)
        if index < middle - start:
            return [*self.path(index, start, middle), self.root(middle, end)]
        return [*self.path(index - (middle - start), middle, end), self.root(start, middle)]

    def subproof(self, first, start, end, *, whole=True):
        """SUBPROOF(first, D[start:end], whole); PROOF where everything begins with `whole`."""
        if first == end - start:
            return [] if whole else [self.root(start, end)]
        middle = start + split(end - start)
        if first <= middle - start:
            return [*self.subproof(first, start, middle, whole=whole), self.root(middle, end)]
        inside = self.subproof(first - (middle - start), middle, end, whole=False)
        return [*inside, self.root(start, middle)]


def split(size):
    """The largest power of two smaller than the size."""
    return 1 << (size - 1).bit_length() - 1
