"""Whether a document names the day on which its file was made (decides).

The date in a file's properties is that of the file, which may have been made long after the release: it counts as the
day of publication only where the text itself names that day, or one close to it.
"""

from __future__ import annotations

import re
from datetime import date, timedelta

HEAD_CHARACTERS = 6_000
DAYS_APART_MAX = 3
"""A release is often set a day or two before or after its date."""

_DIGITS = str.maketrans("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹०१२३४५६७८९", "0123456789" * 3)


def stated_day(text: str, made: str) -> str:
    """The day that the beginning of a text names, near to the one on which its file was made; else empty."""
    try:
        middle = date.fromisoformat(made[:10])
    except ValueError:
        return ""
    head = text[:HEAD_CHARACTERS].translate(_DIGITS)
    apart = sorted(range(-DAYS_APART_MAX, DAYS_APART_MAX + 1), key=abs)
    days = (middle + timedelta(days=days) for days in apart if date.min < middle < date(9_990, 1, 1))
    return next((day.isoformat() for day in days if _names(day).search(head)), "")


def _names(day: date) -> re.Pattern[str]:
    """The ways of writing a day: in numbers, or day and year with a word for the month between or before them."""
    d, m, y = rf"0?{day.day}", rf"0?{day.month}", rf"(?:{day.year}|{day.year % 100:02})"
    numbers = rf"{d}\s?[./-]\s?{m}\s?[./-]\s?{y}|{m}[/-]{d}[/-]{y}|{day.year}\s?[./年년-]\s?{m}\s?[./月월-]\s?{d}"
    words = rf"{d}[^\d\n]{{3,24}}{day.year}|[^\W\d]{{3,20}}\.?\s{d}(?:st|nd|rd|th)?,?\s{day.year}"
    return re.compile(rf"(?<!\d)(?:{numbers}|{words})(?!\d)")
