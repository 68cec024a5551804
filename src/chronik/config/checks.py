"""Decides whether the values of `chronik.toml` can be meant: for each that cannot, the setting and what is wrong."""

from __future__ import annotations

import math
import re
from pathlib import Path
from typing import TYPE_CHECKING
from unicodedata import category
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from chronik.config import Config

LANGUAGES = ("de", "en", "fr")
PORT_MAX = 65535
PERCENT_MAX = 100
CATEGORIES_OUTSIDE_A_LINE = frozenset({"Cc", "Cs", "Zl", "Zp"})
"""Unicode's control characters, halves of pairs, and separators of lines and paragraphs."""
ENCODER_HERE, ENCODER_NONE = "e5", "none"
MAIL_SECURITY = ("starttls", "tls", "none")
_KEY = re.compile(r"[\x21-\x7e]*")
_AUTHORITY = re.compile(r"[a-z0-9]([a-z0-9.-]{0,38}[a-z0-9])?")
_WITNESS = re.compile(r"[^\s+]{1,200}\+[0-9a-f]{8}\+[A-Za-z0-9+/=]{44}")
_HOST = re.compile(r"[A-Za-z0-9]([A-Za-z0-9.:-]{0,252}[A-Za-z0-9])?")
_MAIL_FROM = re.compile(r"[A-Za-z0-9.+_-]{1,64}@[A-Za-z0-9]([A-Za-z0-9.-]{0,180}[A-Za-z0-9])?")
_POLICY = re.compile(r"[0-2](\.(0|[1-9][0-9]{0,18})){1,32}")
ROLES = ("reader", "editor", "chief-editor", "operator")


def faults(config: Config) -> Iterator[tuple[str, str]]:
    """Each setting that cannot stay so, and why."""
    yield from _text_faults(config)
    yield from _number_faults(config)


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
    yield from _oidc_faults(config)
    yield from _mail_faults(config)
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


def _oidc_faults(config: Config) -> Iterator[tuple[str, str]]:
    issuer = config.oidc_issuer
    if issuer and not (_is_plain_url(issuer) and urlsplit(issuer).scheme == "https"):
        yield "oidc_issuer", f"{issuer!r} is no address like https://id.example.org/realms/press"
    if bool(config.oidc_issuer) is not bool(config.oidc_client_id):
        yield "oidc_client_id", "oidc_issuer and oidc_client_id go together"
    for name in ("oidc_client_id", "oidc_client_secret", "oidc_name"):
        if not getattr(config, name).isprintable():
            yield name, "must be one line without control characters"


def _mail_faults(config: Config) -> Iterator[tuple[str, str]]:
    if config.smtp_security not in MAIL_SECURITY:
        yield "smtp_security", f"{config.smtp_security!r} is none of {', '.join(MAIL_SECURITY)}"
    if config.smtp_host and not _HOST.fullmatch(config.smtp_host):
        yield "smtp_host", f"{config.smtp_host!r} is no name of a server like mail.example.org"
    if config.smtp_host and not _MAIL_FROM.fullmatch(config.mail_from):
        yield "mail_from", f"{config.mail_from!r} is no address like chronik@example.org"
    for name in ("smtp_user", "smtp_password_file"):
        if not getattr(config, name).isprintable():
            yield name, "must be one line without control characters"
    if config.desk_url and not _is_plain_url(config.desk_url):
        yield "desk_url", f"{config.desk_url!r} is no address like https://desk.example.org"


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
    for name in ("port", "sample_port", "smtp_port"):
        if not 1 <= getattr(config, name) <= PORT_MAX:
            yield name, f"must be from 1 to {PORT_MAX}"
    for name in ("pace_s", "timeout_s"):
        if not math.isfinite(getattr(config, name)):
            yield name, "must be a finite number"
    above_zero = ("collect_every_s", "fetch_workers", "size_bytes_max", "timeout_s", "encoder_threads", "fixity_days")
    for name in above_zero:
        if getattr(config, name) <= 0:
            yield name, "must be above 0"
    if config.quotation_percent > PERCENT_MAX:
        yield "quotation_percent", f"must not be above {PERCENT_MAX}"
    from_zero = ("pace_s", "learned_names_stories", "timestamp_every_s", "quotation_characters", "quotation_percent")
    for name in from_zero:
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
