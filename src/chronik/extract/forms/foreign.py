"""Files that hold no text to read, by name (decides): what somebody gave us, and what to do with it."""

from __future__ import annotations

from chronik.model import Failure, FailureKind

_NAMES = {
    "application/x-ole-storage": "an office document of an old kind (.doc, .xls, .ppt); save it as PDF",
    "application/rtf": "an RTF document; save it as PDF",
    "application/postscript": "a PostScript document; save it as PDF",
    "application/epub+zip": "an e-book (EPUB)",
    "application/gzip": "compressed (gzip); unpack it first",
    "application/x-bzip2": "compressed (bzip2); unpack it first",
    "application/x-xz": "compressed (xz); unpack it first",
    "application/zstd": "compressed (zstd); unpack it first",
    "application/x-lz4": "compressed (lz4); unpack it first",
    "application/zip": "a ZIP archive; unpack it first",
    "application/x-7z-compressed": "a 7z archive; unpack it first",
    "application/vnd.rar": "a RAR archive; unpack it first",
    "application/x-tar": "a tar archive; unpack it first",
    "application/vnd.ms-cab-compressed": "a CAB archive; unpack it first",
    "application/warc": "a web archive (WARC); take it in with chronik import",
    "application/vnd.sqlite3": "an SQLite database",
    "application/x-elf": "a program",
    "application/vnd.microsoft.portable-executable": "a program",
    "application/x-mach-binary": "a program",
    "application/java-vm": "a program",
    "application/wasm": "a program",
    "application/javascript": "a script",
    "text/javascript": "a script",
    "text/css": "a style sheet",
    "text/csv": "a table (CSV)",
    "text/calendar": "a calendar",
    "application/ogg": "a sound or video file (Ogg)",
    "image/vnd.djvu": "a scanned document (DjVu); save it as PDF with a text layer",
    "image/svg+xml": "a drawing (SVG)",
}
_FAMILIES = {"image": "a picture", "audio": "a sound file", "video": "a video file", "font": "a font"}
_OFFICE = {
    "spreadsheet": "a spreadsheet; save it as PDF",
    "excel": "a spreadsheet; save it as PDF",
    "presentation": "a presentation; save it as PDF",
    "powerpoint": "a presentation; save it as PDF",
    "word": "an office document; save it as PDF",
    "opendocument": "an office document; save it as PDF",
}


def refusal(media_type: str) -> Failure:
    """That a file of this kind is not read, with its name in plain words."""
    family, _, kind = media_type.partition("/")
    named = _NAMES.get(media_type) or next((name for word, name in _OFFICE.items() if word in media_type), "")
    if not named and family in _FAMILIES:
        named = f"{_FAMILIES[family]} ({kind.removeprefix('x-').removeprefix('vnd.').upper()})"
    detail = f"This is {named or media_type}{'' if ';' in named else '; there is no text in it that Chronik reads'}."
    return Failure(kind=FailureKind.UNSUPPORTED_MEDIA, detail=detail)
