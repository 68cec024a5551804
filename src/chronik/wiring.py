"""Acts: makes an archive folder, and opens it. The one module that knows every adapter."""

from __future__ import annotations

import ipaddress
import os
import secrets
import threading
from datetime import UTC, datetime
from functools import cache, partial
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from chronik import __version__
from chronik import config as configuration
from chronik.errors import ConfigError, ConflictError

if TYPE_CHECKING:
    from pathlib import Path

    from chronik.archive import Archive
    from chronik.collect.mailing import Server
    from chronik.collect.posting import Poster
    from chronik.config import Config
    from chronik.ports import Encode, Fetch

SETTINGS_MODULE = "chronik.web.settings"
WEBHOOK_TIMEOUT_S = 15.0
WEBHOOK_ANSWER_BYTES_MAX = 64 * 2**10
PASSWORD_CHARACTERS_MAX = 4_096
FRESH_SUFFIX = ".new"
"""A file that is being written and not in its place yet."""
PRIVATE_FILE_MODE = 0o600
PRIVATE_FOLDER_MODE = 0o700
PROVIDER_TIMEOUT_S = 10.0
PROVIDER_BYTES_MAX = 2**18
"""A provider of identities answers while somebody waits, and briefly."""

_FOLDER_NAMES = frozenset({"vault", "index", "site"})
_LEFT_NAMES = frozenset(
    _FOLDER_NAMES
    | {
        name + suffix
        for name in (configuration.KEY_FILE_NAME, configuration.FILE_NAME)
        for suffix in ("", FRESH_SUFFIX)
    }
)
"""What an interrupted `init` may have left, beside the database."""

_opening = threading.Lock()


def now() -> datetime:
    """The present moment in UTC."""
    return datetime.now(UTC)


def init(folder: Path, *, sample: bool = False) -> Config:
    """Make a new archive. Raises ConflictError where something else stands in the way; nothing is overwritten.

    The settings file is written last: a folder without it is not an archive yet, and `init` goes on there.
    """
    if (folder / configuration.FILE_NAME).exists():
        raise ConflictError(f"There is an archive in {folder} already.")
    if folder.exists() and not _is_free(folder):
        raise ConflictError(f"{folder} is not an empty folder; name a new one.")
    try:
        _prepare_folders(folder)
        with _opened(configuration.from_table(folder, {"sample": sample})) as archive:
            from chronik.takein import credits as known

            archive.catalogue.add_sources(known.known_sources())
        settings = configuration.TEMPLATE + f"sample = {str(sample).lower()}\n"
        _write_private(folder / configuration.FILE_NAME, settings)
    except OSError as error:
        raise ConflictError(f"Cannot make an archive in {folder}: {error.strerror}.") from error
    return configuration.load(folder)


def _is_free(folder: Path) -> bool:
    """Whether a folder is empty, or holds just what an interrupted `init` of ours left."""
    if not folder.is_dir():
        return False
    found = {path.name for path in folder.iterdir()}
    ours = {name for name in found if name.startswith(configuration.from_table(folder, {}).database.name)}
    if found - ours - _LEFT_NAMES:
        return False
    written = ("index",) if configuration.KEY_FILE_NAME in found else ()
    parts = [folder / name for name in found & _FOLDER_NAMES - {*written}]
    return all(part.is_dir() and not any(part.iterdir()) for part in parts)


def _prepare_folders(folder: Path) -> None:
    for part in (folder, folder / "vault", folder / "index", folder / "site"):
        part.mkdir(mode=PRIVATE_FOLDER_MODE, parents=True, exist_ok=True)
    folder.chmod(PRIVATE_FOLDER_MODE)  # it may have stood there, open to others
    make_key(folder)


def make_key(folder: Path) -> None:
    """The key of sessions and forms, where there is none."""
    if not (folder / configuration.KEY_FILE_NAME).exists():
        _write_private(folder / configuration.KEY_FILE_NAME, secrets.token_urlsafe(configuration.KEY_BYTES))


def opened(folder: Path) -> Archive:
    """Open the archive in this folder: database up to date, every socket filled, nothing left over from a crash."""
    archive = _opened(configuration.load(folder))
    _finish_redactions(archive)
    return archive


def _finish_redactions(archive: Archive) -> None:
    """Nothing is served before what was redacted is gone: also after a kill, and in a copy from an old backup."""
    from chronik.archive import redacting

    redacting.finish(archive)


def _opened(config: Config) -> Archive:
    load_tables(config)
    _migrate()
    return _archive(config)


def opened_aside(config: Config, *, database: Path, index: Path) -> Archive:
    """An archive with another database and index than its own, both of them new and quickly written."""
    from chronik.catalogue import elsewhere

    load_tables(config)
    elsewhere.point_to(database, in_a_hurry=True)
    _migrate()
    return _archive(config, index=index)


def current() -> Archive:
    """The archive of this process, as the web application sees it: opened once, whichever request comes first."""
    with _opening:
        return _opened_once()


@cache
def _opened_once() -> Archive:
    return opened(configuration.archive_folder())


def load_tables(config: Config) -> None:
    """Make Django's tables of this archive known; nothing is opened yet."""
    import django
    from django.conf import settings

    os.environ["CHRONIK_ARCHIVE"] = str(config.archive)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", SETTINGS_MODULE)
    django.setup()
    if settings.CHRONIK.archive != config.archive:
        raise ConfigError("One process serves one archive; start another for the second.")


def _migrate() -> None:
    from django.core.management import call_command
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        call_command("migrate", verbosity=0, interactive=False)


def _archive(config: Config, *, index: Path | None = None) -> Archive:
    from chronik.archive import Archive
    from chronik.archive.spellings import ArchiveSpellings
    from chronik.catalogue.store import DjangoCatalogue
    from chronik.preserve.vault import FolderVault
    from chronik.relate.when_asked import EncodeWhenAsked
    from chronik.search.index import TantivyIndex

    software = f"Chronik {__version__}"
    operator = f"{config.name}, {config.contact}" if config.contact else config.name
    catalogue = DjangoCatalogue()
    return Archive(
        config=config,
        catalogue=catalogue,
        vault=FolderVault(config.vault, software=software, operator=operator, clock=now),
        sample_vault=FolderVault(config.vault / "sample", software=software, operator=operator, clock=now),
        index=TantivyIndex(index or config.index, spellings=ArchiveSpellings(catalogue)),
        fetch=fetcher(config),
        encode=None if config.encoder == configuration.ENCODER_NONE else EncodeWhenAsked(partial(encoder, config)),
        clock=now,
    )


def fetcher(config: Config, *, asked: str = "") -> Fetch:
    """What asks other servers. An address inside the own network that a person names at the keyboard is permitted."""
    from chronik.collect.fetch import Fetcher, user_agent

    return Fetcher(
        user_agent=user_agent(version=__version__, contact=config.contact),
        timeout_s=config.timeout_s,
        size_bytes_max=config.size_bytes_max,
        permitted_endpoints=_with_endpoint(config, asked) if asked else permitted_endpoints(config),
    )


def encoder(config: Config) -> Encode:
    """What turns texts into vectors by the settings, which name one."""
    if config.encoder == configuration.ENCODER_HERE:
        from chronik.relate.encode import E5Encode

        return E5Encode(threads=config.encoder_threads)
    from chronik.relate.endpoint import EndpointEncode

    post = _poster(
        config,
        timeout_s=config.timeout_s,
        answer_bytes_max=config.size_bytes_max,
        permitted=encoder_endpoints(config),
    )
    return EndpointEncode(url=config.encoder, model=config.encoder_model, key=config.encoder_key, post=post)


def stamp_post(config: Config) -> Poster:
    """What carries questions to time-stamp authorities: public addresses, and those that the settings permit."""
    from chronik.preserve.stamps import ANSWER_BYTES_MAX

    return _poster(config, timeout_s=config.timeout_s, answer_bytes_max=ANSWER_BYTES_MAX)


def witness_post(config: Config) -> Poster:
    """What carries checkpoints to witnesses: public addresses, and those that the settings permit."""
    from chronik.preserve.witness.cosigning import ANSWER_BYTES_MAX

    return _poster(config, timeout_s=config.timeout_s, answer_bytes_max=ANSWER_BYTES_MAX)


def provider_post(config: Config) -> Poster:
    """What carries a code to the provider of identities: public addresses, and those that the settings permit."""
    permitted = _with_endpoint(config, config.oidc_issuer)
    return _poster(config, timeout_s=PROVIDER_TIMEOUT_S, answer_bytes_max=PROVIDER_BYTES_MAX, permitted=permitted)


def provider_fetch(config: Config) -> Fetch:
    """What asks the provider of identities for its description and keys."""
    from chronik.collect.fetch import Fetcher, user_agent

    return Fetcher(
        user_agent=user_agent(version=__version__, contact=config.contact),
        timeout_s=PROVIDER_TIMEOUT_S,
        size_bytes_max=PROVIDER_BYTES_MAX,
        permitted_endpoints=_with_endpoint(config, config.oidc_issuer),
    )


def webhook_post(config: Config) -> Poster:
    """What calls webhooks: public addresses, and those that the settings permit for just this."""
    permitted = frozenset(_endpoint(text, "webhook_endpoints") for text in config.webhook_endpoints)
    timeout_s = min(config.timeout_s, WEBHOOK_TIMEOUT_S)
    return _poster(config, timeout_s=timeout_s, answer_bytes_max=WEBHOOK_ANSWER_BYTES_MAX, permitted=permitted)


def mail_server(config: Config) -> Server | None:
    """The mail server that the settings name, if they do. Raises ConfigError where its password cannot be read."""
    from chronik.collect.mailing import Security, Server

    if not config.smtp_host:
        return None
    return Server(
        host=config.smtp_host,
        port=config.smtp_port,
        security=Security(config.smtp_security),
        sender=config.mail_from,
        sender_name=config.name,
        user=config.smtp_user,
        password=_mail_password(config) if config.smtp_user else "",
    )


def _mail_password(config: Config) -> str:
    path = config.archive / config.smtp_password_file
    try:
        with path.open(encoding="utf-8") as file:
            return file.readline(PASSWORD_CHARACTERS_MAX).strip("\r\n")
    except (OSError, UnicodeDecodeError, ValueError) as error:
        raise ConfigError(f"smtp_password_file: {path} cannot be read as text; name a file that holds it.") from error


def desk_url(config: Config) -> str:
    """Where people reach the desk, without a slash at the end."""
    if config.desk_url:
        return config.desk_url.rstrip("/")
    if config.public_url:
        parts = urlsplit(config.public_url)
        return f"{parts.scheme}://{parts.netloc}"
    host = "localhost" if config.host in {"127.0.0.1", "0.0.0.0", "::1", "::", ""} else config.host  # noqa: S104 - shown
    return f"http://[{host}]:{config.port}" if ":" in host else f"http://{host}:{config.port}"


def _poster(
    config: Config, *, timeout_s: float, answer_bytes_max: int, permitted: frozenset[tuple[str, int]] | None = None
) -> Poster:
    """What posts to public addresses, and to those that are permitted: without a word, those of the settings."""
    from chronik.collect.fetch import user_agent
    from chronik.collect.posting import Poster

    return Poster(
        user_agent=user_agent(version=__version__, contact=config.contact),
        timeout_s=timeout_s,
        size_bytes_max=answer_bytes_max,
        permitted_endpoints=permitted_endpoints(config) if permitted is None else permitted,
        clock=now,
    )


def encoder_endpoints(config: Config) -> frozenset[tuple[str, int]]:
    """Addresses inside the own network that the encoder may have; only the encoder's own texts go there."""
    return _with_endpoint(config, config.encoder)


def _with_endpoint(config: Config, address: str) -> frozenset[tuple[str, int]]:
    """Those that the settings permit, and the one of this address, where it names one without asking for a name."""
    from chronik.collect import addresses

    url = addresses.normal(address)
    host, port = addresses.host(url), addresses.port(url)
    if addresses.is_localhost(host):
        host = addresses.LOCALHOST
    if not addresses.is_ip(host):
        return permitted_endpoints(config)
    return permitted_endpoints(config) | {(str(ipaddress.ip_address(host)), port)}


def permitted_endpoints(config: Config) -> frozenset[tuple[str, int]]:
    """Addresses inside the own network that may be fetched: those of the settings, and the sample's server."""
    permitted = {_endpoint(text) for text in config.permitted_endpoints}
    if config.sample:
        permitted.add(("127.0.0.1", config.sample_port))
    return frozenset(permitted)


def _endpoint(text: str, setting: str = "permitted_endpoints") -> tuple[str, int]:
    host, _, port = text.rpartition(":")
    try:
        return str(ipaddress.ip_address(host.strip("[]"))), int(port)
    except ValueError as error:
        raise ConfigError(f"{setting}: {text!r} is not IP:port; write for example 192.168.1.5:8080") from error


def _write_private(path: Path, text: str) -> None:
    """Write a file that only this user may read. It is there whole, or not at all."""
    fresh = path.with_name(path.name + FRESH_SUFFIX)
    with open(fresh, "w", encoding="utf-8", opener=_private) as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    fresh.replace(path)


def _private(path: str, flags: int) -> int:
    return os.open(path, flags, PRIVATE_FILE_MODE)
