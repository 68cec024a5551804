"""Holds which dossiers the work at hand may see and change; nothing is kept from the command line and the worker.

The desk sets it for each request, and whatever lies below keeps to it: rows of dossiers that are hidden are not
found, and an act on a dossier that is closed is refused. Acts: sets a context variable.
"""

from __future__ import annotations

from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator


@dataclass(frozen=True, slots=True, kw_only=True)
class Bounds:
    """Slugs."""

    hidden: frozenset[str] = frozenset()
    """Not to be seen; each of them is closed, too."""
    closed: frozenset[str] = frozenset()
    """Not to be changed."""


NONE = Bounds()
_present: ContextVar[Bounds] = ContextVar("bounds", default=NONE)


def present() -> Bounds:
    """What holds now."""
    return _present.get()


@contextmanager
def within(bounds: Bounds) -> Iterator[None]:
    """Let these bounds hold for a while, in this thread."""
    before = _present.set(bounds)
    try:
        yield
    finally:
        _present.reset(before)
