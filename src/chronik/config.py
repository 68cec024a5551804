"""One `Config` from `chronik.toml` and `CHRONIK_*` variables: every setting, its default and its check."""

from __future__ import annotations

import math
import os
import re
import tomllib
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import TYPE_CHECKING
from unicodedata import category
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from chronik.errors import ArchiveMissingError, ConfigError

if TYPE_CHECKING:
    from collections.abc import Iterator

FILE_NAME = "chronik.toml"
KEY_FILE_NAME = "secret.key"
KEY_BYTES = 48
"""File in the archive folder with the key of sessions and forms."""
ARCHIVE_DEFAULT = Path("archive")
LANGUAGES = ("de", "en", "fr")
PORT_MAX = 65535
CATEGORIES_OUTSIDE_A_LINE = frozenset({"Cc", "Cs", "Zl", "Zp"})
"""Unicode's control characters, halves of pairs, and separators of lines and paragraphs."""
ENCODER_HERE, ENCODER_NONE = "e5", "none"
_KEY = re.compile(r"[\x21-\x7e]*")
_AUTHORITY = re.compile(r"[a-z0-9]([a-z0-9.-]{0,38}[a-z0-9])?")
_WITNESS = re.compile(r"[^\s+]{1,200}\+[0-9a-f]{8}\+[A-Za-z0-9+/=]{44}")
_POLICY = re.compile(r"[0-2](\.(0|[1-9][0-9]{0,18})){1,32}")

ROLES = ("reader", "editor", "chief-editor", "operator")


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
    replay_origin: str = ""
    """Origin, of another host than the desk's, at which captured pages are shown; empty shows them at the desk's."""
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
    ledger_key: str = ""
    """File of the ledger's private key; empty puts it into the state directory."""
    state_directory: str = ""
    """Folder for what a restored backup must not bring back; empty takes the user's own folder for such things."""
    encoder: str = ENCODER_HERE
    """What turns texts into vectors: `e5` on this machine, `none`, or the address of a server (OpenAI's /v1)."""
    encoder_model: str = ""
    """The server's model."""
    encoder_key: str = field(default="", repr=False)
    """Shown to that server only."""
    encoder_threads: int = 1
    """Processor cores that `e5` may use at once."""
    learned_names_stories: int = 0
    """A name learned from so many stories, without a rival, is used without asking an editor; 0 always asks."""
    watch_clips: bool = True
    """Whether clipped pages are looked at again, to see whether their passages still stand."""
    timestamp_authorities: tuple[str, ...] = ()
    """`NAME ADDRESS ROOT-FILE [POLICY]` of each RFC 3161 authority that stamps the ledger's checkpoints."""
    witnesses: tuple[str, ...] = ()
    """`KEY ADDRESS` of each witness that co-signs checkpoints and, if it is a Chronik, tells of its captures."""
    memento_archives: tuple[str, ...] = ()
    """`NAME ADDRESS` of each web archive that is asked for other captures of a page (RFC 7089)."""
    timestamp_every_s: int = 3600
    """Least time between two stamps by one authority."""
    fixity_days: int = 30
    """Within so many days every byte of the vault is read again."""
    second_vault: str = ""
    """Folder, best on another disk, that holds the vault a second time; empty for none."""
    redaction_needs_second_person: bool = True
    """Whether another person than the one who asked has to confirm a redaction."""
    second_factor_roles: tuple[str, ...] = ()
    """Roles that may do nothing at the desk before they have a second factor."""
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
    def ledger(self) -> Path:
        """Folder of the ledger."""
        return self.archive / "ledger"

    @property
    def state(self) -> Path:
        """Folder outside the archive for the ledger's key and high-water mark."""
        if self.state_directory:
            return Path(self.state_directory)
        named = Path(os.environ.get("XDG_STATE_HOME") or "")
        if named.is_absolute():
            return named / "chronik"
        try:
            return Path("~").expanduser() / ".local" / "state" / "chronik"
        except RuntimeError:  # a user without a home
            return self.archive.with_name(f"{self.archive.name}.state")

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
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (FileNotFoundError, NotADirectoryError) as error:
        raise ArchiveMissingError(
            f"There is no archive in {folder} (no {FILE_NAME}). Make one with: chronik init {folder}"
        ) from error
    except OSError as error:
        raise ConfigError(f"{path}: cannot be read: {error.strerror}. Look at its owner and permissions.") from error
    except UnicodeDecodeError as error:
        raise ConfigError(f"{path}: not UTF-8 (byte {error.start}). Save it as UTF-8.") from error
    try:
        table = tomllib.loads(text)
    except (ValueError, RecursionError) as error:
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
        variable = _variable(key)
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
        try:
            return float(value)
        except OverflowError as error:
            raise ConfigError(f"{where}: the number is too large") from error
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
    for name, fault in (*_text_faults(config), *_number_faults(config)):
        variable = _variable(name)
        raise ConfigError(f"{variable if variable in os.environ else f'{where}: {name}'}: {fault}")


def _variable(name: str) -> str:
    return f"CHRONIK_{name.upper()}"


def _text_faults(config: Config) -> Iterator[tuple[str, str]]:
    if not _is_zone(config.time_zone):
        yield "time_zone", f"no such zone {config.time_zone!r}; use a name like Europe/Berlin"
    if config.language not in LANGUAGES:
        yield "language", f"{config.language!r} is none of {', '.join(LANGUAGES)}"
    for name in ("name", "contact", "host"):
        if any(category(sign) in CATEGORIES_OUTSIDE_A_LINE for sign in getattr(config, name)):
            yield name, "must be one line without control characters"
    for name in ("ledger_key", "state_directory"):
        path = getattr(config, name)
        if path and ("\0" in path or not Path(path).is_absolute()):
            yield name, f"{path!r} is no absolute path, like /var/lib/chronik"
    yield from _encoder_faults(config)
    yield from _authority_faults(config)
    yield from _witness_faults(config)
    yield from _role_faults(config)
    if not config.second_vault.isprintable():
        yield "second_vault", "must be the name of a folder"
    if config.public_url and not _is_plain_url(config.public_url):
        yield (
            "public_url",
            f"{config.public_url!r} is no address like https://press.example.org/ (without query, user or fragment)",
        )

    if config.replay_origin and not _is_origin_apart(config):
        yield (
            "replay_origin",
            f"{config.replay_origin!r} is no origin like https://replay.example.org, of another host than the desk's",
        )


def _is_origin_apart(config: Config) -> bool:
    """Whether captured pages have an origin of their own: only the host's name keeps cookies apart, no port does."""
    if not _is_plain_url(config.replay_origin):
        return False
    parts = urlsplit(config.replay_origin)
    others = {config.host, "localhost", urlsplit(config.public_url).hostname}
    return parts.path in {"", "/"} and not parts.query and parts.hostname not in others


def _role_faults(config: Config) -> Iterator[tuple[str, str]]:
    for role in config.second_factor_roles:
        if role not in ROLES:
            yield "second_factor_roles", f"{role!r} is no role; roles are {', '.join(ROLES)}"


def _encoder_faults(config: Config) -> Iterator[tuple[str, str]]:
    if config.encoder not in {ENCODER_HERE, ENCODER_NONE}:
        if not _is_plain_url(config.encoder):
            kinds = f'"{ENCODER_HERE}", "{ENCODER_NONE}" or an address like https://vectors.example.org/v1'
            yield "encoder", f"{config.encoder!r} is none of {kinds}"
        if not config.encoder_model.strip():
            yield "encoder_model", "must name the model that the server at encoder shall use"
    if not _KEY.fullmatch(config.encoder_key):
        yield "encoder_key", "must be letters, digits and signs of ASCII without blanks"


def _authority_faults(config: Config) -> Iterator[tuple[str, str]]:
    """Each authority is written `NAME ADDRESS ROOT-FILE`, with a policy behind it where one was agreed on."""
    name = "timestamp_authorities"
    called = [text.split()[0] for text in config.timestamp_authorities if text.split()]
    for text in config.timestamp_authorities:
        words = text.split()
        if len(words) not in {3, 4} or not text.isprintable():
            yield name, f'{text!r} is not like "freetsa https://freetsa.org/tsr freetsa-root.pem"'
        elif not _AUTHORITY.fullmatch(words[0]):
            yield name, f"{words[0]!r}: a name is up to 40 small letters, digits, dots and hyphens"
        elif not _is_plain_url(words[1]):
            yield name, f"{words[1]!r} is no address like https://freetsa.org/tsr"
        elif len(words) == 4 and not _POLICY.fullmatch(words[3]):
            yield name, f"{words[3]!r} is no object identifier like 1.2.3.4.1"
        elif called.count(words[0]) > 1:
            yield name, f"{words[0]!r} stands there twice"


def _witness_faults(config: Config) -> Iterator[tuple[str, str]]:
    """Each witness is written `KEY ADDRESS`, each web archive `NAME ADDRESS`."""
    for text in config.witnesses:
        words = text.split()
        if len(words) != 2 or not _WITNESS.fullmatch(words[0]) or not text.isprintable():
            yield (
                "witnesses",
                f'{text!r} is not like "press.example.org/4f1c+8ce40688+BAdE… https://press.example.org/witness"',
            )
        elif not _is_plain_url(words[1]):
            yield "witnesses", f"{words[1]!r} is no address like https://press.example.org/witness"
    if len({text.split()[0] for text in config.witnesses if text.split()}) < len(config.witnesses):
        yield "witnesses", "a key stands there twice"
    for text in config.memento_archives:
        words = text.split()
        if len(words) != 2 or not _AUTHORITY.fullmatch(words[0]):
            yield "memento_archives", f'{text!r} is not like "internet-archive https://web.archive.org/web/"'
        elif not _is_plain_url(words[1]):
            yield "memento_archives", f"{words[1]!r} is no address like https://web.archive.org/web/"


def _number_faults(config: Config) -> Iterator[tuple[str, str]]:
    for name in ("port", "sample_port"):
        if not 1 <= getattr(config, name) <= PORT_MAX:
            yield name, f"must be from 1 to {PORT_MAX}"
    for name in ("pace_s", "timeout_s"):
        if not math.isfinite(getattr(config, name)):
            yield name, "must be a finite number"
    above_zero = ("collect_every_s", "fetch_workers", "size_bytes_max", "timeout_s", "encoder_threads", "fixity_days")
    for name in above_zero:
        if getattr(config, name) <= 0:
            yield name, "must be above 0"
    for name in ("pace_s", "learned_names_stories", "timestamp_every_s"):
        if getattr(config, name) < 0:
            yield name, "must not be below 0"


def _is_zone(name: str) -> bool:
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return False
    return True


def _is_plain_url(text: str) -> bool:
    if not text.isprintable() or any(sign in text for sign in ' ?#@\\"<>'):
        return False
    try:
        parts = urlsplit(text)
        return parts.scheme in {"http", "https"} and bool(parts.hostname) and parts.port != 0
    except ValueError:
        return False


TEMPLATE = """\
# Settings of this archive. What is not set keeps its default; docs/how-to/settings.md explains each.
name = "Chronik"
time_zone = "Europe/Berlin"
language = "en"
# An address or page where a site's operator can reach you; sent with every request.
contact = ""
"""
