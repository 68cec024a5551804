"""What the file of a newspaper's rules may say, and what it says, checked word by word (decides)."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from chronik.errors import ConfigError
from chronik.extract.tree import parsed

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

VERSIONS_MAX = 20
ENTRIES_MAX = 60
ENTRY_CHARACTERS_MAX = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """Where one field of an article stands on the newspaper's pages."""

    select: tuple[str, ...] = ()
    """CSS selectors of the elements that hold it, the best first."""
    attribute: str = ""
    """The attribute that holds it; empty for `content` of a meta tag, `datetime` of a time, and else the text."""
    drop: tuple[str, ...] = ()
    """CSS selectors of what is left out inside those elements."""
    prefer: tuple[str, ...] = ()
    """Origins of what the page declares (`og:title`, `json-ld`), the best first; asked after `select`."""
    strip: tuple[str, ...] = ()
    """Words taken off either end."""
    leave_out: tuple[str, ...] = ()
    """Names that are nobody's, the newspaper's and its desks'; also those that go on behind one with another word."""
    zone: str = ""
    """IANA zone of times that are written without an offset."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BodyRule:
    """Which parts of the newspaper's pages are the article's text."""

    lead: tuple[str, ...] = ()
    """CSS selectors of the lead, which comes first wherever it stands."""
    select: tuple[str, ...] = ()
    """CSS selectors of the elements that hold the text, or of its paragraphs."""
    drop: tuple[str, ...] = ()
    """CSS selectors of what is left out inside them."""
    drop_starting: tuple[str, ...] = ()
    """A paragraph that begins so is left out."""
    end_starting: tuple[str, ...] = ()
    """A paragraph that begins so is left out with everything behind it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Marks:
    """CSS selectors by which the newspaper's pages show what they are."""

    paywalled: tuple[str, ...] = ()
    live_blog: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    """How the newspaper builds its pages from one day to another."""

    since: date | None = None
    until: date | None = None
    """The first day on which it no longer does."""
    title: Field | None = None
    authors: Field | None = None
    published: Field | None = None
    modified: Field | None = None
    body: BodyRule | None = None
    marks: Marks = Marks()


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """The rules of one newspaper."""

    name: str
    """Of the file, without its suffix: the newspaper's registrable domain, or one host of it."""
    newspaper: str = ""
    same_as: str = ""
    """The name of the file whose rules hold for this newspaper too; then there are no versions here."""
    versions: tuple[Version, ...] = ()
    digest: str = ""
    """Of a file that does not come with Chronik: what is read by it changes with it."""


_SELECTORS = frozenset({"select", "drop", "lead", "paywalled", "live_blog"})
_LISTS = _SELECTORS | {"prefer", "strip", "leave_out", "drop_starting", "end_starting"}
_TABLES: Mapping[str, tuple[str, ...]] = {
    "title": ("select", "attribute", "drop", "prefer", "strip"),
    "authors": ("select", "attribute", "drop", "prefer", "strip", "leave_out"),
    "published": ("select", "attribute", "drop", "prefer", "zone"),
    "modified": ("select", "attribute", "drop", "prefer", "zone"),
    "body": ("lead", "select", "drop", "drop_starting", "end_starting"),
    "marks": ("paywalled", "live_blog"),
}
_VERSION = ("since", "until", *_TABLES)


def rules(text: str, *, name: str, path: str = "") -> Rules:
    """The rules in a file; raises `ConfigError` with file, key and what is allowed there."""
    where = path or f"{name}.toml"
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise ConfigError(f"{where} is not TOML: {error}.") from None
    _only(data, ("newspaper", "same_as", "version"), where)
    newspaper, same_as = _word(data, "newspaper", where), _word(data, "same_as", where)
    versions = data.get("version", [])
    if not isinstance(versions, list) or not all(isinstance(version, dict) for version in versions):
        raise ConfigError(f"{where}: version is written [[version]], with two brackets on either side.")
    if bool(same_as) == bool(versions):
        raise ConfigError(f"{where} needs either same_as or at least one [[version]].")
    if len(versions) > VERSIONS_MAX:
        raise ConfigError(f"{where} has {len(versions)} versions; the limit is {VERSIONS_MAX}.")
    found = tuple(_version(version, f"{where}, version {at}") for at, version in enumerate(versions, start=1))
    return Rules(name=name, newspaper=newspaper, same_as=same_as, versions=found)


def _version(data: Mapping[str, Any], where: str) -> Version:
    _only(data, _VERSION, where)
    since, until = _day(data, "since", where), _day(data, "until", where)
    if since and until and since >= until:
        raise ConfigError(f"{where}: since ({since}) must lie before until ({until}).")
    tables = {key: _table(data[key], key, f"{where}, {key}") for key in _TABLES if key in data}
    if not tables:
        raise ConfigError(f"{where} says nothing; allowed are {', '.join(_VERSION)}.")
    body, marks = tables.pop("body", None), tables.pop("marks", {})
    if body is not None and not body.get("select"):
        raise ConfigError(f"{where}, body needs select.")
    return Version(
        since=since,
        until=until,
        body=BodyRule(**body) if body is not None else None,
        marks=Marks(**marks),
        **{key: Field(**table) for key, table in tables.items()},
    )


def _table(data: object, key: str, where: str) -> dict[str, Any]:
    if not isinstance(data, dict):
        raise ConfigError(f"{where} must be a table: [version.{key}].")
    _only(data, _TABLES[key], where)
    return {name: _list(data, name, where) if name in _LISTS else _single(data, name, where) for name in data}


def _only(data: Mapping[str, Any], allowed: Collection[str], where: str) -> None:
    for key in data:
        if key not in allowed:
            raise ConfigError(f"{where}: there is no key {key!r}; allowed are {', '.join(allowed)}.")


def _list(data: Mapping[str, Any], key: str, where: str) -> tuple[str, ...]:
    entries = data[key]
    if not isinstance(entries, list) or not all(isinstance(entry, str) and entry.strip() for entry in entries):
        raise ConfigError(f'{where}: {key} must be a list of words in quotation marks: {key} = ["…"].')
    if len(entries) > ENTRIES_MAX or any(len(entry) > ENTRY_CHARACTERS_MAX for entry in entries):
        raise ConfigError(f"{where}: {key} is too long; {ENTRIES_MAX} entries of {ENTRY_CHARACTERS_MAX} characters.")
    if key in _SELECTORS:
        for entry in entries:
            _check_selector(entry, f"{where}: {key}")
    return tuple(entries)


def _single(data: Mapping[str, Any], key: str, where: str) -> str:
    word = _word(data, key, where)
    if key == "zone":
        try:
            ZoneInfo(word)
        except (ZoneInfoNotFoundError, ValueError, OSError):
            raise ConfigError(f"{where}: zone {word!r} is unknown; write an IANA name such as Europe/Berlin.") from None
    return word


def _word(data: Mapping[str, Any], key: str, where: str) -> str:
    word = data.get(key, "")
    if not isinstance(word, str) or len(word) > ENTRY_CHARACTERS_MAX or (key in data and not word.strip()):
        raise ConfigError(f'{where}: {key} must be a word in quotation marks: {key} = "…".')
    return word


def _day(data: Mapping[str, Any], key: str, where: str) -> date | None:
    day = data.get(key)
    if day is not None and type(day) is not date:
        raise ConfigError(f"{where}: {key} must be a day without quotation marks: {key} = 2026-01-31.")
    return day


def _check_selector(selector: str, where: str) -> None:
    try:
        parsed("").css(selector)
    except Exception:  # noqa: BLE001 - the parser's own error has no type that leaves its adapter
        raise ConfigError(f"{where}: {selector!r} is not a CSS selector that can be read here.") from None
