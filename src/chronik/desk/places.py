"""Decides under which address an article opens with a passage of it chosen for clipping."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from chronik.model import Passage


def place(address: str, passage: Passage | None) -> str:
    """The article's address, with the passage in the clip panel where there is one."""
    return f"{address}?start={passage.start}&end={passage.end}#clip" if passage else address
