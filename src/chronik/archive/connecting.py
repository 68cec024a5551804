"""What is known of the connection over which a page came, and what that says. Acts: reads the vault.

A TLS connection is no signature. Both ends know the keys that protect it, so whoever recorded it could have made up
every byte; that a certificate stands beside a capture tells what this archive saw, and nobody else can check it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from chronik.archive.grounds import Ground, reason
from chronik.errors import ChronikError, DamagedCaptureError
from chronik.model import Grade, GradedProof, ProofState, RecordKind
from chronik.preserve import connections, signing

if TYPE_CHECKING:
    from chronik.archive.archive import Archive
    from chronik.model import Capture, Connection, SiteCertificate


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """The connection of one capture, and the certificates that the site sent, its own first."""

    connection: Connection
    certificates: tuple[SiteCertificate, ...] = ()


def connection_of(archive: Archive, capture: Capture) -> Seen | None:
    """What was noted of a capture's connection; None where nothing was. Raises DamagedCaptureError."""
    noted = archive.vault_of(capture.url).connection(capture)
    if noted is None:
        return None
    read = (signing.site_certificate(one) for one in noted.chain)
    return Seen(connection=noted, certificates=tuple(one for one in read if one))


def said_by_the_site(archive: Archive, capture: Capture) -> GradedProof:
    """Whether the certificate that stands beside a capture is the site's, and whose names it bears."""
    if capture.record is not RecordKind.RESPONSE or capture.origin:
        return _graded(ProofState.NOTHING, Ground.TAKEN_IN)
    try:
        seen = connection_of(archive, capture)
    except DamagedCaptureError as error:
        return _graded(ProofState.CONTRADICTED, Ground.DAMAGED, str(error))
    except ChronikError as error:
        return _graded(ProofState.NOTHING, Ground.NOTHING_RECORDED, str(error))
    if seen is None or not seen.connection.chain:
        return _graded(ProofState.NOTHING, _why_nothing(capture, seen))
    fault = _fault(capture, seen)
    by = tuple(one.subject or one.digest for one in seen.certificates)
    if fault:
        return _graded(ProofState.CONTRADICTED, fault, by=by)
    return GradedProof(
        grade=Grade.SAID_BY_THE_SITE,
        state=ProofState.PROVED,
        since=capture.captured_at,
        by=by,
        reason=str(Ground.CERTIFICATE_SHOWN),
    )


def _why_nothing(capture: Capture, seen: Seen | None) -> Ground:
    if seen is None:
        return Ground.NOTHING_RECORDED
    if seen.connection.certificate:
        return Ground.DIGEST_ONLY
    return Ground.NO_TLS if capture.url.startswith("http:") else Ground.NOTHING_RECORDED


def _fault(capture: Capture, seen: Seen) -> Ground | None:
    """What shows that the certificate cannot have been the site's at that moment."""
    if not seen.certificates or len(seen.certificates) != len(seen.connection.chain):
        return Ground.CERTIFICATE_UNREADABLE
    own = seen.certificates[0]
    if own.digest != seen.connection.certificate or not connections.is_for(own, capture.url):
        return Ground.CERTIFICATE_OF_ANOTHER
    if not own.valid_from <= capture.captured_at <= own.valid_until:
        return Ground.CERTIFICATE_OUT_OF_DATE
    return None


def _graded(state: ProofState, ground: Ground, detail: str = "", *, by: tuple[str, ...] = ()) -> GradedProof:
    return GradedProof(grade=Grade.SAID_BY_THE_SITE, state=state, by=by, reason=reason(ground, detail))
