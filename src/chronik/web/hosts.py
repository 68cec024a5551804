"""Decides under which names the application answers, so that a foreign name that points here is refused."""

from __future__ import annotations

import ipaddress
import platform
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from chronik.config import Config

LOCAL = ("localhost", ".localhost", "127.0.0.1", "[::1]")
EVERY_INTERFACE = frozenset({"0.0.0.0", "::", ""})  # noqa: S104 - recognised here, not bound


def allowed(config: Config) -> list[str]:
    """Names under which this archive is asked for."""
    names = [*LOCAL]
    if config.host in EVERY_INTERFACE:
        own = platform.node().lower()
        names += [own, f"{own}.local"] if own else []
    else:
        names.append(f"[{config.host}]" if ":" in config.host else config.host)
    named = (urlsplit(address).hostname for address in (config.public_url, config.desk_url, config.replay_origin))
    return list(dict.fromkeys([*names, *(name for name in named if name)]))


def any_address(config: Config) -> bool:
    """Whether every IP address is a fitting name: a name can be made to point here by anybody, an address cannot."""
    return config.host in EVERY_INTERFACE


def is_address(host: str) -> bool:
    """Whether this is an IP address as a Host header has it, without a port."""
    try:
        ipaddress.ip_address(host.removeprefix("[").removesuffix("]"))
    except ValueError:
        return False
    return True


def trusted_origins(config: Config) -> list[str]:
    """Origins from which forms may come although a proxy hides them: those of the public address and of the desk's."""
    named = [urlsplit(address) for address in (config.public_url, config.desk_url)]
    origins = [f"{one.scheme}://{one.netloc}" for one in named if one.scheme in {"http", "https"} and one.netloc]
    return list(dict.fromkeys(origins))
