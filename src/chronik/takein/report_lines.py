"""Reports to be related, one JSON object a line. Decides.

A row is `id, title, text?, language?, published?, source?`; any text is taken, whatever characters it holds.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING, Any

from chronik.model import UNDETERMINED, Report
from chronik.takein.jsonl import EPOCH, EPOCH_MILLISECONDS_MIN, BadRowError, language_tag, row_object

if TYPE_CHECKING:
    from collections.abc import Callable

UTF_8_MARK = b"\xef\xbb\xbf"
ID_CHARACTERS_MAX = 2_000


def report(line: bytes, *, language_of: Callable[[str], str]) -> tuple[Any, Report]:
    """The id as it was given and the report. Raises BadRowError.

    `language_of` tells the language of a text where the row does not.
    """
    row = row_object(line.removeprefix(UTF_8_MARK))
    given_id = row.get("id")
    if isinstance(given_id, bool) or not isinstance(given_id, (str, int)) or given_id == "":
        raise BadRowError("the field `id` is missing, or neither text nor a whole number")
    if len(str(given_id)) > ID_CHARACTERS_MAX:
        raise BadRowError(f"the field `id` is longer than {ID_CHARACTERS_MAX} characters")
    title, text = _text(row, "title"), _text(row, "text")
    if row.get("title") is None and row.get("text") is None:
        raise BadRowError("the fields `title` and `text` are both missing")
    language = language_tag(_text(row, "language"))
    return given_id, Report(
        id=str(given_id),
        title=title,
        text=text,
        language=language if language != UNDETERMINED else language_of(f"{title}\n{text}"),
        published=instant(row.get("published")),
        source=_text(row, "source"),
    )


def _text(row: dict[str, Any], field: str) -> str:
    value = row.get(field)
    if value is None:
        return ""
    if not isinstance(value, str):
        raise BadRowError(f"the field `{field}` is not text")
    return value


def instant(value: Any) -> datetime | None:
    """The instant that a date stands for: without offset it is taken for UTC, without time for the day's beginning."""
    try:
        if isinstance(value, (int, float)) and not isinstance(value, bool):
            seconds = value / 1000 if abs(value) >= EPOCH_MILLISECONDS_MIN else value
            return EPOCH + timedelta(seconds=float(seconds))
        return _told(value.strip()) if isinstance(value, str) and value.strip() else None
    except (ValueError, OverflowError, TypeError, IndexError):
        return None


def _told(text: str) -> datetime:
    try:
        told = datetime.fromisoformat(text)
    except ValueError:
        told = parsedate_to_datetime(text)
    return told.astimezone(UTC) if told.tzinfo else told.replace(tzinfo=UTC)
