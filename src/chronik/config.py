"""One `Config` from `chronik.toml` and `CHRONIK_*` variables: every setting, its default and its check."""

from __future__ import annotations

import os
import tomllib
from dataclasses import dataclass, fields
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from chronik.errors import ArchiveMissingError, ConfigError

FILE_NAME = "chronik.toml"
ARCHIVE_DEFAULT = Path("archive")


@dataclass(frozen=True, slots=True, kw_only=True)
class Config:
    """Settings of one archive. Field names are the keys of `chronik.toml`; `CHRONIK_` + upper case overrides."""

    archive: Path
    """The archive folder, absolute."""
    name: str = "Chronik"
    """Shown in the head of every page."""
    time_zone: str = "Europe/Berlin"
    """Zone in which editors read and write times (IANA name)."""
    language: str = "en"
    """Language of the interface where the browser asks for none of ours: de, en or fr."""
    contact: str = ""
    """Address or page of the operator, sent with every request so that a site can complain."""
    host: str = "127.0.0.1"
    """Interface on which `up` serves."""
    port: int = 8470
    public_url: str = ""
    """Absolute address of the published folder, for feeds and permanent links; empty keeps them relative."""
    collect_every_s: int = 60
    """How often the worker looks for what is due."""
    pace_s: float = 2.0
    """Least time between two requests to one site."""
    fetch_workers: int = 8
    """Sites asked at the same time."""
    size_bytes_max: int = 32 * 2**20
    """Largest page, decoded."""
    timeout_s: float = 30.0
    """Total time for one address, redirects included."""
    permitted_endpoints: tuple[str, ...] = ()
    """`IP:port` pairs inside your own network that may be fetched; everything non-public else is refused."""
    sample: bool = False
    """Whether the sample newsroom is part of this archive."""
    sample_port: int = 8471
    """Port on which `up` plays the sample newsroom."""

    @property
    def database(self) -> Path:
        """The SQLite database."""
        return self.archive / "chronik.sqlite3"

    @property
    def vault(self) -> Path:
        """Folder of the WARC files."""
        return self.archive / "vault"

    @property
    def index(self) -> Path:
        """Folder of the full-text index."""
        return self.archive / "index"

    @property
    def site(self) -> Path:
        """Folder of the published pages."""
        return self.archive / "site"

    @property
    def file(self) -> Path:
        """The settings file."""
        return self.archive / FILE_NAME

    @property
    def zone(self) -> ZoneInfo:
        """The time zone as an object."""
        return ZoneInfo(self.time_zone)


_FOLDER_FIELDS = frozenset({"archive"})


def archive_folder(named: Path | None = None) -> Path:
    """The archive that is meant: named, else `CHRONIK_ARCHIVE`, else `./archive`."""
    return (named or Path(os.environ.get("CHRONIK_ARCHIVE") or ARCHIVE_DEFAULT)).absolute()


def load(folder: Path) -> Config:
    """Settings of the archive in this folder. Raises ArchiveMissingError or ConfigError."""
    path = folder / FILE_NAME
    if not path.is_file():
        raise ArchiveMissingError(
            f"There is no archive in {folder} (no {FILE_NAME}). Make one with: chronik init {folder}"
        )
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ConfigError(f"{path}: not valid TOML: {error}") from error
    return from_table(folder, table, where=str(path))


def from_table(folder: Path, table: dict[str, object], *, where: str = FILE_NAME) -> Config:
    """A checked Config from a table of settings; environment variables win. Raises ConfigError."""
    kinds = {f.name: str(f.type) for f in fields(Config) if f.name not in _FOLDER_FIELDS}
    unknown = sorted(set(table) - set(kinds))
    if unknown:
        raise ConfigError(f"{where}: unknown setting {unknown[0]!r}. Known: {', '.join(sorted(kinds))}")
    values: dict[str, object] = {key: _checked(value, kinds[key], f"{where}: {key}") for key, value in table.items()}
    for key, kind in kinds.items():
        variable = f"CHRONIK_{key.upper()}"
        if variable in os.environ:
            values[key] = _from_text(os.environ[variable], kind, variable)
    config = Config(archive=folder, **values)  # type: ignore[arg-type]
    _check_values(config, where)
    return config


def _checked(value: object, kind: str, where: str) -> object:
    if kind.startswith("tuple"):
        if isinstance(value, list) and all(isinstance(item, str) for item in value):
            return tuple(value)
        raise ConfigError(f"{where}: expected a list of texts, found {value!r}")
    if kind == "float" and isinstance(value, int) and not isinstance(value, bool):
        return float(value)
    if type(value).__name__ != kind:
        raise ConfigError(f"{where}: expected {kind}, found {value!r}")
    return value


def _from_text(text: str, kind: str, where: str) -> object:
    try:
        if kind == "bool":
            return {"1": True, "true": True, "yes": True, "0": False, "false": False, "no": False, "": False}[
                text.lower()
            ]
        if kind.startswith("tuple"):
            return tuple(part.strip() for part in text.split(",") if part.strip())
        return {"int": int, "float": float, "str": str}[kind](text)
    except (ValueError, KeyError) as error:
        raise ConfigError(f"{where}: expected {kind}, found {text!r}") from error


def _check_values(config: Config, where: str) -> None:
    try:
        ZoneInfo(config.time_zone)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise ConfigError(
            f"{where}: time_zone: no such zone {config.time_zone!r}; use a name like Europe/Berlin"
        ) from error
    if config.language not in {"de", "en", "fr"}:
        raise ConfigError(f"{where}: language: {config.language!r} is none of de, en, fr")
    positive = ("port", "collect_every_s", "fetch_workers", "size_bytes_max", "timeout_s", "sample_port")
    for name in positive:
        if getattr(config, name) <= 0:
            raise ConfigError(f"{where}: {name}: must be above 0")
    if config.pace_s < 0:
        raise ConfigError(f"{where}: pace_s: must not be below 0")


TEMPLATE = """\
# Settings of this archive. What is not set keeps its default; docs/how-to/settings.md explains each.
name = "Chronik"
time_zone = "Europe/Berlin"
language = "en"
# An address or page where a site's operator can reach you; sent with every request.
contact = ""
"""
