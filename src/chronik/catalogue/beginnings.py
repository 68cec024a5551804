"""Decides which rows have an id that begins as somebody wrote it: asked so that the database uses its index.

SQLite answers a plain “starts with” by walking through the whole table.
"""

from __future__ import annotations

from django.db.models import Q

DIGITS = frozenset("0123456789abcdef")
BEHIND_DIGITS = "g"


def begins(identity: str, *, field: str = "pk") -> Q:
    """Ids, digests in hexadecimal digits, that begin so; none do where something else is written."""
    if not identity or not DIGITS.issuperset(identity):
        return Q(**{f"{field}__in": ()})
    return Q(**{f"{field}__gte": identity, f"{field}__lt": identity + BEHIND_DIGITS})
