"""One `Config` from `chronik.toml` and `CHRONIK_*` variables: every setting, its default and its check."""

from __future__ import annotations

import os
import tomllib
from dataclasses import dataclass, field, fields
from pathlib import Path
from zoneinfo import ZoneInfo

from chronik.config.checks import ENCODER_HERE, ENCODER_NONE, faults
from chronik.errors import ArchiveMissingError, ConfigError

__all__ = [
    "ARCHIVE_DEFAULT",
    "ENCODER_HERE",
    "ENCODER_NONE",
    "FILE_NAME",
    "KEY_BYTES",
    "KEY_FILE_NAME",
    "TEMPLATE",
    "Config",
    "archive_folder",
    "from_table",
    "load",
]

FILE_NAME = "chronik.toml"
KEY_FILE_NAME = "secret.key"
KEY_BYTES = 48
"""File in the archive folder with the key of sessions and forms."""
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
    quotation_characters: int = 200
    """So many characters of one report may readers be shown, all clips of it together."""
    quotation_percent: int = 10
    """Or so much of it, in parts of a hundred, where that is more."""
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
    oidc_issuer: str = ""
    """Address of the OpenID Connect provider at which people may sign in; empty for none."""
    oidc_client_id: str = ""
    """What the provider calls this archive."""
    oidc_client_secret: str = field(default="", repr=False)
    """Shown to that provider only; empty for a public client."""
    oidc_name: str = "OpenID Connect"
    """What the provider is called on the sign-in page."""
    oidc_admits: bool = False
    """Whether whoever the provider vouches for gets an account as a reader; else only accounts that were linked."""
    desk_url: str = ""
    """Address at which people reach the desk, for links in mails and feeds; empty takes public_url's host."""
    smtp_host: str = ""
    """Mail server that takes notices; empty sends no mail."""
    smtp_port: int = 587
    smtp_security: str = "starttls"
    """`starttls`, `tls` from the first byte, or `none` (within one machine)."""
    smtp_user: str = ""
    smtp_password_file: str = ""
    """File that holds the password of smtp_user in its first line."""
    mail_from: str = ""
    """Address that mails come from."""
    webhook_endpoints: tuple[str, ...] = ()
    """`IP:port` pairs inside your own network to which webhooks may be sent; all others must be public."""
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
    for name, fault in faults(config):
        variable = _variable(name)
        raise ConfigError(f"{variable if variable in os.environ else f'{where}: {name}'}: {fault}")


def _variable(name: str) -> str:
    return f"CHRONIK_{name.upper()}"


TEMPLATE = """\
# Settings of this archive. What is not set keeps its default; docs/how-to/settings.md explains each.
name = "Chronik"
time_zone = "Europe/Berlin"
language = "en"
# An address or page where a site's operator can reach you; sent with every request.
contact = ""
"""
