"""Whether two addresses mean one page. Decides."""

from __future__ import annotations

from chronik.collect import addresses
from chronik.errors import RefusedInputError


def same_page(one: str, other: str) -> bool:
    """Whether two addresses mean one page to web archives, which take http and https for the same."""
    try:
        pair = [addresses.normal(url).partition("://")[2].rstrip("/") for url in (one, other)]
    except RefusedInputError:
        return False
    return pair[0] == pair[1]
