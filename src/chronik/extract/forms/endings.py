"""What kind of file the ending of its name tells (decides); its bytes may tell better."""

from __future__ import annotations

ENDINGS = {
    ".md": "text/markdown",
    ".markdown": "text/markdown",
    ".txt": "text/plain",
    ".text": "text/plain",
    ".vtt": "text/vtt",
    ".srt": "application/x-subrip",
    ".eml": "message/rfc822",
    ".mht": "multipart/related",
    ".mhtml": "multipart/related",
    ".csv": "text/csv",
    ".ics": "text/calendar",
    ".css": "text/css",
    ".js": "text/javascript",
}


def media_type_by_name(name: str) -> str:
    """The media type that belongs to the ending of a file's name; empty where it tells none."""
    return next((kind for ending, kind in ENDINGS.items() if name.lower().endswith(ending)), "")
