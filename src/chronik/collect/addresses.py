"""Decides: reads addresses as a browser does, and says which places on the network are off limits.

Wraps ada-url and publicsuffixlist. Addresses are read once, here, so that what is checked is what is connected to.
"""

from __future__ import annotations

import ipaddress
import re
from functools import cache
from typing import TYPE_CHECKING

import ada_url
from publicsuffixlist import PublicSuffixList

from chronik.errors import RefusedInputError

if TYPE_CHECKING:
    from collections.abc import Iterable

URL_CHARACTERS_MAX = 4000
"""Longest address, as written and as normalised; browsers and servers give up between 2,000 and 8,000."""
HOST_CHARACTERS_MAX = 253
"""RFC 1035 §2.3.4, without the final dot."""
SHOWN_CHARACTERS_MAX = 100

LOCALHOST = "127.0.0.1"
PORTS = {"http:": 80, "https:": 443}

_USER_INFORMATION = re.compile(r"^(\s*(?:[^/\\?#@:]*:)?[/\\]*)[^/\\?#]*@")
_FORBIDDEN_CHARACTER = re.compile(r"[\x00-\x20\x7f\\]")

# IANA IPv4 special-purpose registry, multicast and reserved space, and one address that a cloud keeps for itself.
_OFF_LIMITS_4 = tuple(
    ipaddress.IPv4Network(network)
    for network in (
        "0.0.0.0/8",
        "10.0.0.0/8",
        "100.64.0.0/10",
        "127.0.0.0/8",
        "168.63.129.16/32",
        "169.254.0.0/16",
        "172.16.0.0/12",
        "192.0.0.0/24",
        "192.0.2.0/24",
        "192.88.99.0/24",
        "192.168.0.0/16",
        "198.18.0.0/15",
        "198.51.100.0/24",
        "203.0.113.0/24",
        "224.0.0.0/4",
        "240.0.0.0/4",
    )
)
# Whatever lies outside global unicast is off limits: mapped and compatible IPv4, NAT64, ULA, link- and site-local,
# multicast, loopback. Inside it: the IETF's own block (Teredo, ORCHID, benchmarking), documentation, 6to4, 6bone.
_GLOBAL_UNICAST_6 = ipaddress.IPv6Network("2000::/3")
_OFF_LIMITS_6 = tuple(
    ipaddress.IPv6Network(network) for network in ("2001::/23", "2001:db8::/32", "2002::/16", "3ffe::/16", "3fff::/20")
)


def normal(url: str, *, base: str = "") -> str:
    """An http or https address as the WHATWG standard writes it, without fragment; resolved against a base, if any.

    Raises RefusedInputError for what is not fetched: other schemes, user names and passwords, backslashes, spaces
    and control characters, no host, too long.
    """
    text = url.strip(" \t\r\n\f")
    if len(text) > URL_CHARACTERS_MAX:
        raise _too_long(text)
    if _FORBIDDEN_CHARACTER.search(text):
        raise RefusedInputError(
            f"The address holds a space, a backslash or a control character; write it percent-encoded: {shown(text)}"
        )
    try:
        parsed = ada_url.URL(text, base or None)
    except ValueError as error:
        raise RefusedInputError(f"Not an address like https://example.org/page: {shown(text) or 'empty'}") from error
    return _checked(parsed, text)


def _checked(parsed: ada_url.URL, text: str) -> str:
    if parsed.protocol not in PORTS:
        raise RefusedInputError(f"Only http and https addresses can be fetched, not this: {shown(text)}")
    if parsed.username or parsed.password:
        raise RefusedInputError(f"The address holds a user name or password; write it without: {shown(text)}")
    if not parsed.hostname or len(parsed.hostname.rstrip(".")) > HOST_CHARACTERS_MAX or parsed.port == "0":
        raise RefusedInputError(f"The address names no host that can be asked: {shown(text)}")
    parsed.hash = ""
    href = str(parsed.href)
    if len(href) > URL_CHARACTERS_MAX:
        raise _too_long(text)
    return href


def _too_long(text: str) -> RefusedInputError:
    return RefusedInputError(f"The address is longer than {URL_CHARACTERS_MAX} characters: {shown(text)}")


def without_user_information(url: str) -> str:
    """The address as written, less any user name and password."""
    return _USER_INFORMATION.sub(r"\1", url)


def shown(url: str) -> str:
    """An address fit for a line of text: no password, no control characters, not too long."""
    text = without_user_information(url)
    cut = text if len(text) <= SHOWN_CHARACTERS_MAX else text[: SHOWN_CHARACTERS_MAX - 1] + "…"
    return "".join(character if character.isprintable() else ascii(character)[1:-1] for character in cut)


def scheme(url: str) -> str:
    """`http` or `https`, for an address in normal form."""
    return str(ada_url.URL(url).protocol).rstrip(":")


def host(url: str) -> str:
    """Host name or IP address (without brackets), for an address in normal form."""
    return str(ada_url.URL(url).hostname).strip("[]")


def port(url: str) -> int:
    """The port that is connected to, for an address in normal form."""
    parsed = ada_url.URL(url)
    return int(parsed.port) if parsed.port else PORTS[parsed.protocol]


def authority(url: str) -> str:
    """Value of the Host header (RFC 9110 §7.2), for an address in normal form."""
    return str(ada_url.URL(url).host)


def target(url: str) -> str:
    """Path and query as they stand in a request line, for an address in normal form."""
    parsed = ada_url.URL(url)
    return f"{parsed.pathname}{parsed.search}"


def host_and_port(url: str) -> str:
    """`host:port`, the port always written; empty for what is no http or https address."""
    try:
        parsed = ada_url.URL(url)
    except ValueError:
        return ""
    return f"{parsed.hostname}:{port(url)}" if parsed.protocol in PORTS else ""


def site(url: str) -> str:
    """The registrable domain of an address; an IP address or a bare suffix stays as it is."""
    name = host_and_port(url).rpartition(":")[0].strip("[]").rstrip(".")
    if not name or is_ip(name):
        return name
    return _suffixes().privatesuffix(name) or name


@cache
def _suffixes() -> PublicSuffixList:
    return PublicSuffixList()


def is_ip(name: str) -> bool:
    """Whether a host is written as an IP address."""
    try:
        ipaddress.ip_address(name)
    except ValueError:
        return False
    return True


def is_localhost(name: str) -> bool:
    """Whether a name means this machine by definition (RFC 6761 §6.3)."""
    lowered = name.lower().rstrip(".")
    return lowered == "localhost" or lowered.endswith(".localhost")


def is_public(ip: str) -> bool:
    """Whether an IP address is one that anybody on the Internet can reach; what is no IP address is not."""
    try:
        address = ipaddress.ip_address(ip)
    except ValueError:
        return False
    if isinstance(address, ipaddress.IPv4Address):
        return not any(address in network for network in _OFF_LIMITS_4)
    if address.scope_id is not None or address not in _GLOBAL_UNICAST_6:
        return False
    return not any(address in network for network in _OFF_LIMITS_6)


def off_limits(answers: Iterable[str], port: int, *, permitted: frozenset[tuple[str, int]]) -> str:
    """The first answer for a name that must not be connected to, or empty. One such answer condemns the name."""
    return next((ip for ip in answers if not is_public(ip) and (ip, port) not in permitted), "")
