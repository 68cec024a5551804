"""The connection over which a page came, as it is noted beside the page's WARC records. Decides: values in and out.

WARC 1.1 §6.3.2 leaves certificates to whoever writes. They stand in the metadata record that closes a capture, once
each, and each hop names its own by their digests.
"""

from __future__ import annotations

import base64
import json
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from chronik.model import Connection, sha256_hex

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from chronik.model import Hop, SiteCertificate
    from chronik.preserve.warc import Record

PROTOCOLS = {"TLSv1": "tls/1.0", "TLSv1.1": "tls/1.1", "TLSv1.2": "tls/1.2", "TLSv1.3": "tls/1.3"}
"""What OpenSSL calls them, and what WARC writers agreed to: github.com/iipc/warc-specifications issue 42."""


def hop_notes(hop: Hop) -> dict[str, Any]:
    """What no WARC field holds of a hop."""
    notes = {"address": hop.address, "certificate": hop.tls_certificate, "elapsed_s": hop.elapsed_s}
    chain = [sha256_hex(one) for one in hop.tls_chain]
    return {**notes, **({"chain": chain} if chain else {}), **({"tls": hop.tls_version} if hop.tls_version else {})}


def certificate_notes(chains: Iterable[Sequence[bytes]]) -> dict[str, Any]:
    """Every certificate of a capture by its digest, in base64; nothing where there is none."""
    found = {sha256_hex(one): base64.b64encode(one).decode("ascii") for chain in chains for one in chain}
    return {"certificates": found} if found else {}


def warc_protocols(tls_version: str) -> tuple[str, ...]:
    """Values of WARC-Protocol for a page that came over TLS."""
    return ("http/1.1", PROTOCOLS[tls_version]) if tls_version in PROTOCOLS else ()


def is_for(certificate: SiteCertificate, url: str) -> bool:
    """Whether a certificate names the host of an address (RFC 9525 §6.3); older ones name it in their subject."""
    try:
        host = (urlsplit(url).hostname or "").rstrip(".").encode("idna").decode("ascii").lower()
    except ValueError:
        return False
    names = certificate.hosts or (certificate.subject.partition(",")[0].lower(),)
    above = host.partition(".")[2]
    return bool(host) and any(name == host or (above and name == f"*.{above}") for name in names)


def connection_in(metadata: Record, *, field: str) -> Connection | None:
    """What the metadata record of a capture says of the connection of its last hop; None where it says nothing."""
    name, _, text = metadata.block.decode("ascii", "replace").partition(": ")
    if name != field:
        return None
    try:
        about = json.loads(text)
        return _connection(about["hops"][-1], about.get("certificates", {}))
    except (ValueError, TypeError, LookupError, AttributeError, RecursionError):
        return None


def _connection(hop: Mapping[str, Any], certificates: Mapping[str, str]) -> Connection | None:
    """Raises ValueError, TypeError or LookupError where something else stands there than we write."""
    if "address" not in hop:
        return None
    chain = tuple(base64.b64decode(certificates[digest], validate=True) for digest in hop.get("chain", ()))
    if [sha256_hex(one) for one in chain] != list(hop.get("chain", ())):
        raise ValueError("a certificate is not the one that its digest names")
    return Connection(
        address=str(hop["address"]),
        elapsed_s=float(hop["elapsed_s"]),
        certificate=str(hop["certificate"]),
        chain=chain,
        tls_version=str(hop.get("tls", "")),
    )
