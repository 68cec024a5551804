"""Decides how a clip or a dossier is cited: CSL-JSON, BibTeX and RIS, out of what is known and nothing else.

CSL-JSON 1.0.2 (citationstyles.org), BibTeX as biblatex reads it (UTF-8, `@online`), RIS (2011). What the source called
itself is quoted as credited; no author is made up where none is named.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from chronik.model import SourceKind

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

TYPES: Mapping[SourceKind, tuple[str, str]] = {
    SourceKind.AGENCY: ("article-newspaper", "NEWS"),
    SourceKind.NEWSPAPER: ("article-newspaper", "NEWS"),
    SourceKind.BROADCASTER: ("article-newspaper", "NEWS"),
    SourceKind.MAGAZINE: ("article-magazine", "MGZN"),
    SourceKind.ENCYCLOPEDIA: ("entry-encyclopedia", "ENCYC"),
    SourceKind.ACCOUNT: ("post", "ICOMM"),
}
"""Kind of source → type in CSL and in RIS."""
OTHERWISE = ("webpage", "ELEC")
KEY_LENGTH = 12
_PARTS = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?", re.ASCII)
_IN_BIBTEX = {
    "\\": r"\textbackslash{}",
    "{": r"\{",
    "}": r"\}",
    "%": r"\%",
    "&": r"\&",
    "#": r"\#",
    "$": r"\$",
    "_": r"\_",
    "^": r"\textasciicircum{}",
    "~": r"\textasciitilde{}",
}
_IN_AN_ADDRESS = re.compile(r"[\\{}%\s]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Cited:
    """What a citation says. Empty text stands for what is not known."""

    id: str
    """Of the clip, or the slug of the dossier."""
    title: str
    language: str = ""
    container: str = ""
    """In what it stands: the source as credited; for a dossier the archive."""
    authors: tuple[str, ...] = ()
    """Each as the page names them, never taken apart into given and family name."""
    kind: SourceKind = SourceKind.UNKNOWN
    published: str = ""
    """ISO 8601, as precise as known."""
    accessed: datetime | None = None
    """When it was clipped; for a dossier, when this state was published."""
    url: str = ""
    archive: str = ""
    """Name of the archive that keeps the page."""
    permalink: str = ""
    """Where the clip, and how to check it, stands for good."""


def csl(cited: Cited) -> dict[str, Any]:
    """One item of CSL-JSON."""
    known = {
        "id": cited.id[:KEY_LENGTH],
        "type": TYPES.get(cited.kind, OTHERWISE)[0],
        "title": cited.title,
        "language": cited.language,
        "container-title": cited.container,
        "author": [{"literal": name} for name in cited.authors],
        "issued": {"date-parts": [parts]} if (parts := date_parts(cited.published)) else None,
        "accessed": {"date-parts": [[*_day(cited.accessed)]]} if cited.accessed else None,
        "URL": cited.url or cited.permalink,
        "archive": cited.archive,
        "archive_location": cited.permalink,
    }
    return {name: value for name, value in known.items() if value}


def bibtex(cited: Cited) -> str:
    """One entry for biblatex, in UTF-8."""
    parts = date_parts(cited.published)
    fields = {
        "title": _braced(cited.title),
        "author": " and ".join(f"{{{_braced(name)}}}" for name in cited.authors),
        "organization": _braced(cited.container),
        "date": "-".join(f"{part:02}" for part in parts),
        "url": _IN_AN_ADDRESS.sub(_percent, cited.url or cited.permalink),
        "urldate": cited.accessed.date().isoformat() if cited.accessed else "",
        "langid": cited.language,
        "note": _braced(", ".join(part for part in (cited.archive, cited.permalink) if part)),
    }
    lines = [f"  {name} = {{{value}}}," for name, value in fields.items() if value]
    return "\n".join([f"@online{{chronik-{cited.id[:KEY_LENGTH]},", *lines, "}"]) + "\n"


def ris(cited: Cited) -> str:
    """One record, with the line ends that the format wants."""
    parts = date_parts(cited.published)
    tags: list[tuple[str, str]] = [
        ("TY", TYPES.get(cited.kind, OTHERWISE)[1]),
        ("ID", cited.id[:KEY_LENGTH]),
        ("TI", cited.title),
        *(("AU", name) for name in cited.authors),
        ("T2", cited.container),
        ("PY", f"{parts[0]:04}" if parts else ""),
        ("DA", "/".join([*(f"{part:02}" for part in parts), "", ""][:3]) + "/" if parts else ""),
        ("Y2", "/".join(f"{part:02}" for part in _day(cited.accessed)) + "/" if cited.accessed else ""),
        ("UR", cited.url or cited.permalink),
        ("LA", cited.language),
        ("DB", cited.archive),
        ("L1", cited.permalink),
    ]
    lines = [f"{tag}  - {_line(value)}" for tag, value in tags if value]
    return "\r\n".join([*lines, "ER  - ", "", ""])


def date_parts(published: str) -> list[int]:
    """Year, month and day as far as they are known; nothing where no year is."""
    found = _PARTS.match(published)
    if not found:
        return []
    parts = [int(part) for part in found.groups() if part]
    try:
        date(*[*parts, 1, 1][:3])
    except ValueError:
        return parts[:1] if parts[0] else []
    return parts


def _day(moment: datetime) -> Sequence[int]:
    return moment.year, moment.month, moment.day


def _line(text: str) -> str:
    """On one line, whatever a page wrote: a line end would begin a tag of its own."""
    return "".join(sign if sign.isprintable() else " " for sign in " ".join(text.split()))


def _braced(text: str) -> str:
    return "".join(_IN_BIBTEX.get(sign, sign) for sign in _line(text))


def _percent(found: re.Match[str]) -> str:
    return "".join(f"\\%{byte:02X}" for byte in found[0].encode()) if found[0] != "%" else r"\%"
