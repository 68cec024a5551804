"""A list of addresses, one a line, `#` before a comment. Decides."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import urlsplit

from chronik.errors import RefusedInputError, TooLargeError

LIST_BYTES_MAX = 16 * 2**20
ADDRESS_LENGTH_MAX = 8_000
SHOWN_LENGTH = 200
COMMENT = re.compile(r"(?:^|\s)#.*")
UTF_16_MARKS = (b"\xff\xfe", b"\xfe\xff")


@dataclass(frozen=True, slots=True, kw_only=True)
class Refused:
    """A line that names no address that could be fetched."""

    line: int
    """Counted from 1."""
    text: str
    """The line, shortened where it is very long."""
    reason: str


def addresses(data: bytes) -> tuple[tuple[str, ...], tuple[Refused, ...]]:
    """The addresses of the list in order, each once, and the lines that are none."""
    if data.startswith(UTF_16_MARKS):
        raise RefusedInputError("The list is in UTF-16. Save it as UTF-8 and import it again.")
    if len(data) > LIST_BYTES_MAX:
        raise TooLargeError(f"The list is larger than {LIST_BYTES_MAX >> 20} MiB. Split it and import the parts.")
    found: dict[str, None] = {}
    refused: list[Refused] = []
    for number, line in enumerate(re.split(rb"\r\n|\r|\n", data.removeprefix(b"\xef\xbb\xbf")), start=1):
        text = line.decode("utf-8", errors="replace")
        address = COMMENT.sub("", text).strip()
        if not address:
            continue
        reason = objection(address)
        if reason:
            refused.append(Refused(line=number, text=address[:SHOWN_LENGTH], reason=reason))
        else:
            found.setdefault(address)
    return tuple(found), tuple(refused)


def objection(address: str) -> str:
    """Why an address cannot be fetched, as far as its form shows; empty where nothing speaks against it."""
    if len(address) > ADDRESS_LENGTH_MAX:
        return f"longer than {ADDRESS_LENGTH_MAX} characters"
    if "\ufffd" in address:
        return "not UTF-8"
    if re.search(r"[\s\x00-\x1f\x7f]", address):
        return "has a blank or control character in it"
    try:
        parts = urlsplit(address)
        port_is_valid = parts.port is None or parts.port > 0
    except ValueError as error:
        return f"not a web address ({error})"
    if parts.scheme not in ("http", "https"):
        return "does not begin with http:// or https://"
    if not parts.hostname:
        return "names no host"
    return "" if port_is_valid else "port 0 cannot be connected to"
