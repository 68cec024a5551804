"""Acts: counts failed sign-ins in this process's memory, so that passwords cannot be tried by the thousand."""

from __future__ import annotations

from django.core.cache import cache

from chronik.model import content_id

ATTEMPTS_MAX = 10
WINDOW_S = 15 * 60


def key(user_name: str, address: str) -> str:
    """Under which name and address attempts are counted together."""
    return f"sign-in-{content_id([user_name[:150].encode('utf-8', 'replace').decode(), address])}"


def too_many(counted: str) -> bool:
    """Whether no more attempts are taken for now."""
    return bool(cache.get(counted, 0) >= ATTEMPTS_MAX)


def count(counted: str) -> None:
    """One more failed attempt."""
    cache.set(counted, cache.get(counted, 0) + 1, WINDOW_S)


def forget(counted: str) -> None:
    """It went well: start anew."""
    cache.delete(counted)
