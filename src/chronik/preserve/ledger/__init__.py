"""The ledger: an append-only Merkle tree (RFC 6962) of captures and acts, laid out and signed as C2SP says."""

from chronik.preserve.ledger.store import Ledger

__all__ = ["Ledger"]
