"""The sockets of the pipeline: what it needs from the outside, in types.

One contract test a socket holds every adapter and every fake to it.
"""

from chronik.ports.catalogue import Catalogue, DueLead, HostState, Poll, Standing
from chronik.ports.encode import Encode
from chronik.ports.fetch import Ask, Fetch
from chronik.ports.index import Document, Hit, Index, Results
from chronik.ports.vault import ForeignRecord, Vault

__all__ = [
    "Ask",
    "Catalogue",
    "Document",
    "DueLead",
    "Encode",
    "Fetch",
    "ForeignRecord",
    "Hit",
    "HostState",
    "Index",
    "Poll",
    "Results",
    "Standing",
    "Vault",
]
