"""Articles that others have read already, one JSON object a line. Decides.

A row is `id, url?, title, text, language?, published?, source?, authors?`. Nothing proves such an article: there is no
capture behind it, and `made_by` says so.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING, Any

from chronik.errors import RefusedInputError
from chronik.model import UNDETERMINED, Article, article_id, content_id
from chronik.takein.url_list import objection

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

MADE_BY = "taken in without capture"
ROW_BYTES_MAX = 16 * 2**20
AUTHORS_MAX = 200
UTF_16_MARKS = (b"\xff\xfe", b"\xfe\xff")
UTF_8_MARK = b"\xef\xbb\xbf"
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
EPOCH_MILLISECONDS_MIN = 10**11
"""A number of at least this size counts milliseconds: as seconds it would lie beyond the year 5000."""
LANGUAGE = re.compile(r"[a-z]{2,3}(?:-[a-z0-9]{1,8})*", re.IGNORECASE | re.ASCII)
LANGUAGE_LENGTH_MAX = 35
TWO_LETTERS: dict[str, str] = dict(
    re.findall(
        r"(\w{3}):(\w{2})",
        "ara:ar arm:hy aze:az bul:bg cat:ca ces:cs chi:zh cze:cs dan:da deu:de dut:nl ell:el eng:en est:et "
        "fas:fa fin:fi fra:fr fre:fr geo:ka ger:de gre:el heb:he hin:hi hrv:hr hun:hu hye:hy ind:id ita:it "
        "jpn:ja kat:ka kor:ko lav:lv lit:lt nld:nl nor:no per:fa pol:pl por:pt ron:ro rum:ro rus:ru slk:sk "
        "slv:sl spa:es srp:sr swe:sv tur:tr ukr:uk urd:ur vie:vi zho:zh",
    )
)
"""ISO 639-2 and 639-3 → 639-1, for the languages met most."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BadLine:
    """A row that could not be taken in."""

    line: int
    """Counted from 1."""
    reason: str


class BadRowError(Exception):
    """Why a row is no article."""


def articles(lines: Iterable[bytes], *, name: str, read_at: datetime) -> Iterator[Article | BadLine]:
    """Each row as an article, or why it is none; blank lines are passed over."""
    for number, line in enumerate(lines, start=1):
        if number == 1 and line.startswith(UTF_16_MARKS):
            raise RefusedInputError(f"{name}: in UTF-16. Save the file as UTF-8 and import it again.")
        content = line.removeprefix(UTF_8_MARK) if number == 1 else line
        if not content.strip():
            continue
        try:
            yield _article(row_object(content), read_at=read_at)
        except BadRowError as error:
            yield BadLine(line=number, reason=str(error))


def row_object(line: bytes) -> dict[str, Any]:
    """The object that a line spells. Raises BadRowError."""
    if len(line) > ROW_BYTES_MAX:
        raise BadRowError(f"longer than {ROW_BYTES_MAX >> 20} MiB")
    try:
        row = json.loads(line.decode("utf-8"), parse_constant=_refuse_constant)
    except UnicodeDecodeError as error:
        raise BadRowError(f"not UTF-8 at byte {error.start + 1}") from None
    except RecursionError:
        raise BadRowError("nested too deeply") from None
    except ValueError as error:
        raise BadRowError(f"not valid JSON ({error})") from None
    if not isinstance(row, dict):
        raise BadRowError("not a JSON object")
    return row


def _refuse_constant(constant: str) -> None:
    raise ValueError(f"{constant} is no JSON value")


def _article(row: dict[str, Any], *, read_at: datetime) -> Article:
    text = re.sub(r"\n{3,}", "\n\n", re.sub(r"\r\n?", "\n", _text(row, "text"))).strip()
    if not text:
        raise BadRowError("the field `text` is missing or empty")
    given_id = row.get("id")
    if isinstance(given_id, bool) or not isinstance(given_id, (str, int)) or given_id == "":
        raise BadRowError("the field `id` is missing, or neither text nor a whole number")
    url = _text(row, "url").strip()
    if url and (reason := objection(url)):
        raise BadRowError(f"the field `url` {reason}")
    title = " ".join(_text(row, "title").split())
    identity = content_id({"id": _clean(str(given_id), "id"), "text": text, "title": title, "url": url})
    return Article(
        id=article_id(capture_id="", made_by=MADE_BY, given_id=identity),
        url=url or f"urn:chronik:article:{identity}",
        title=title,
        authors=_authors(row.get("authors")),
        published=_published(row.get("published")),
        language=language_tag(_text(row, "language")),
        source=" ".join(_text(row, "source").split()),
        text=text,
        made_by=MADE_BY,
        read_at=read_at,
    )


def _text(row: dict[str, Any], field: str) -> str:
    """A field that holds text; empty where it is missing."""
    value = row.get(field)
    if value is None:
        return ""
    if not isinstance(value, str):
        raise BadRowError(f"the field `{field}` is not text")
    return _clean(value, field)


def _clean(value: str, field: str) -> str:
    """The text, if a database can hold it."""
    if "\0" in value:
        raise BadRowError(f"the field `{field}` holds a NUL character")
    if not value.isascii() and any("\ud800" <= letter <= "\udfff" for letter in value):
        raise BadRowError(f"the field `{field}` holds half a character (a lone surrogate)")
    return value


def _authors(value: Any) -> tuple[str, ...]:
    names = [value] if isinstance(value, str) else value
    if names is None:
        return ()
    if not isinstance(names, list) or not all(isinstance(name, str) for name in names):
        raise BadRowError("the field `authors` is neither text nor a list of texts")
    tidy = (" ".join(_clean(name, "authors").split()) for name in names[:AUTHORS_MAX])
    return tuple(dict.fromkeys(name for name in tidy if name))


def language_tag(value: str) -> str:
    """A language tag, three letters shortened to two where there are two; `und` where it is none."""
    tag = value.strip().replace("_", "-")
    if len(tag) > LANGUAGE_LENGTH_MAX or not LANGUAGE.fullmatch(tag):
        return UNDETERMINED
    primary, dash, rest = tag.partition("-")
    return TWO_LETTERS.get(primary.lower(), primary.lower()) + dash + rest


def _published(value: Any) -> str:
    """ISO 8601 as precise as certain: an instant only with an offset, else the day; empty where it is no date."""
    try:
        if isinstance(value, (int, float)) and not isinstance(value, bool):
            seconds = value / 1000 if abs(value) >= EPOCH_MILLISECONDS_MIN else value
            instant = EPOCH + timedelta(seconds=float(seconds))
            return instant.isoformat()
        return _published_text(value.strip()) if isinstance(value, str) else ""
    except (ValueError, OverflowError, TypeError, IndexError):
        return ""


def _published_text(text: str) -> str:
    if len(text) == len("2020-10-01"):
        return date.fromisoformat(text).isoformat()
    try:
        instant = datetime.fromisoformat(text)
    except ValueError:
        instant = parsedate_to_datetime(text)
    return instant.date().isoformat() if instant.tzinfo is None else instant.isoformat()
