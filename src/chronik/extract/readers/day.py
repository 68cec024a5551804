"""Wraps htmldate: the day of publication where a page does not declare it (decides)."""

from __future__ import annotations

from importlib.metadata import version

from htmldate import find_date

VERSION = f"htmldate {version('htmldate')}"


def day(html: str, *, url: str = "", latest: str = "") -> str:
    """The day, or empty."""
    found = find_date(html, original_date=True, url=url or None, max_date=latest or None, extensive_search=True)
    return found or ""
