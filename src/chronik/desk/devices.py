"""Decides what a browser is called in a list of sessions; what it says of itself is taken for a hint, no more."""

from __future__ import annotations

BROWSERS = (
    ("Firefox/", "Firefox"),
    ("Edg", "Edge"),
    ("OPR/", "Opera"),
    ("Chrome/", "Chromium"),
    ("Safari/", "Safari"),
)
SYSTEMS = (
    ("Windows", "Windows"),
    ("Android", "Android"),
    ("iPhone", "iOS"),
    ("iPad", "iPadOS"),
    ("Mac OS X", "macOS"),
    ("CrOS", "ChromeOS"),
    ("Linux", "Linux"),
)
"""What stands in a browser's words, and what that is called; the first that fits counts."""


def device(user_agent: str) -> str:
    """Browser and system, such as `Firefox, Linux`; empty where neither is known."""
    known = (next((name for mark, name in listed if mark in user_agent), "") for listed in (BROWSERS, SYSTEMS))
    return ", ".join(name for name in known if name)
