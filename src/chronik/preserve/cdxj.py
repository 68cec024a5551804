"""CDXJ lines: the index beside each WARC file that other archive tools read. Decides: values in, text out."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from chronik.model import RecordKind
from chronik.preserve import message, warc

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from chronik.model import Location
    from chronik.preserve.group import Group

META_KEY, HEAD_KEY = "!meta", "!head"
GONE_KEY = "!redacted"
"""Stands in an unfinished index in the place of a line that was redacted."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """What a line of ours says about the group that its record belongs to."""

    line: str
    capture_id: str
    """Empty on lines of redirects, which are part of a capture and none themselves."""
    url: str
    group_offset: int
    group_length: int


def lines(group: Group, locations: Sequence[Location], *, digest: str) -> list[str]:
    """One line for every response or resource of a group, in the order of writing.

    `locations` are those of the group's records; `digest` is the SHA-256 of the group's bytes in the file.
    """
    offset = locations[0].offset
    about_group = {
        "group_digest": warc.labelled(digest),
        "group_length": locations[-1].offset + locations[-1].length - offset,
        "group_offset": offset,
    }
    found = []
    for index, (item, location) in enumerate(zip(group.records, locations, strict=True)):
        if item.kind in set(RecordKind):
            capture = group.capture.id if index == group.main else ""
            found.append(_line(item, location, {"capture": capture, **about_group}))
    return found


def _line(item: warc.Record, location: Location, about_group: dict[str, object]) -> str:
    response = item.kind == RecordKind.RESPONSE
    head = message.message(item.block)
    content_type = head.header("content-type") if response else item.field("Content-Type")
    values = {
        "url": item.url,
        "mime": message.media_type(content_type) or "unk",
        "status": str(head.status) if response and head.status is not None else "-",
        "digest": item.field("WARC-Block-Digest"),
        "length": str(location.length),
        "offset": str(location.offset),
        "filename": location.file,
        **about_group,
    }
    moment = "".join(letter for letter in item.field("WARC-Date") if letter.isdigit())[:14]
    return f"{key(item.url)} {moment} {json.dumps(values, ensure_ascii=True)}"


def key(url: str) -> str:
    """Sort-friendly form of an address (SURT): host parts reversed, path and query in lower case, no blank in it."""
    try:
        parts = urlsplit(url)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        return warc.uri(url).lower()
    if parts.scheme.lower() not in {"http", "https"} or not host:
        return warc.uri(url).lower()
    name = host if ":" in host else ",".join(reversed(host.removeprefix("www.").strip(".").split(".")))
    standard = port in {None, 80 if parts.scheme.lower() == "http" else 443}
    query = "?" + "&".join(sorted(parts.query.lower().split("&"))) if parts.query else ""
    return warc.uri(f"{name}{'' if standard else f':{port}'}){parts.path or '/'}{query}").lower()


def head_line(file_name: str, *, length: int, digest: str) -> str:
    """The first line beside a WARC file that is being written: what its head is, which is part of no capture."""
    about = {"filename": file_name, "length": length, "digest": warc.labelled(digest)}
    return f"{HEAD_KEY} 0 {json.dumps(about, ensure_ascii=True)}"


def sealed(file_name: str, found: Iterable[str], *, length: int, digest: str) -> str:
    """The whole index of a finished WARC file: a line about the file, then all lines sorted."""
    about = {"filename": file_name, "format": "cdxj-0.1", "length": length, "digest": warc.labelled(digest)}
    return "".join(f"{line}\n" for line in [f"{META_KEY} 0 {json.dumps(about, ensure_ascii=True)}", *sorted(found)])


def entries(text: str) -> list[Entry]:
    """The lines of ours in an index that can be read; torn or foreign ones are left out."""
    found = []
    for line in text.splitlines():
        values = _values(line)
        if not line.startswith(META_KEY) and values is not None:
            found.append(
                Entry(
                    line=line,
                    capture_id=str(values.get("capture", "")),
                    url=str(values.get("url", "")),
                    group_offset=values["group_offset"],
                    group_length=values["group_length"],
                )
            )
    return found


def place_of(capture_id: str, text: str) -> tuple[int, int] | None:
    """First byte and length of a capture's records, as an index tells; None where it does not name the capture."""
    at = text.rfind(json.dumps({"capture": capture_id})[1:-1])
    if at < 0:
        return None
    start, end = text.rfind("\n", 0, at) + 1, text.find("\n", at)
    values = _values(text[start : end if end >= 0 else len(text)])
    return (values["group_offset"], values["group_length"]) if values else None


def _values(line: str) -> dict[str, Any] | None:
    try:
        values = json.loads(line.split(" ", 2)[2])
    except (ValueError, IndexError, RecursionError):
        return None
    numbers = ("group_offset", "group_length")
    if not isinstance(values, dict) or not all(type(values.get(name)) is int for name in numbers):
        return None
    return values
