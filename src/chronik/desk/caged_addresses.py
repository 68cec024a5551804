"""Decides under which address the frame for a captured page is asked for: of this site, or of an origin of its own.

An origin of its own knows no session, so the address carries for whom it was made, signed, for some minutes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from django.core import signing
from django.urls import reverse

if TYPE_CHECKING:
    from django.http import HttpRequest

    from chronik.model import Capture

PREFIX = "/replay/"
VALID_S = 600
_SALT = "chronik.replay"
_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'; frame-src {frames}"
)


def address(request: HttpRequest, capture: Capture, *, origin: str) -> str:
    """Where the frame on a page of the desk finds what it shows; `origin` is empty where the archive has but one."""
    if not origin:
        return reverse("desk:capture-frame", args=[capture.id])
    told = {"capture": capture.id, "desk": f"{request.scheme}://{request.get_host()}"}
    return f"{origin}{PREFIX}{signing.dumps(told, salt=_SALT)}"


def asked_for(token: str) -> tuple[str, str] | None:
    """Capture and origin of the desk that a signed address names; None where it is forged or too old."""
    try:
        told = signing.loads(token, salt=_SALT, max_age=VALID_S)
        return str(told["capture"]), str(told["desk"])
    except (signing.BadSignature, KeyError, TypeError):
        return None


def policy_of_page(origin: str) -> str:
    """Content security policy of the desk's page around the frame: nothing else can be put into the frame."""
    return _POLICY.format(frames=f"{origin}{PREFIX}" if origin else "'self'")


def is_of(origin: str, request: HttpRequest) -> bool:
    """Whether a request is for the origin at which captured pages are shown."""
    if not origin:
        return False
    wanted, asked = urlsplit(origin), urlsplit(f"//{request.get_host()}")
    usual = 443 if wanted.scheme == "https" else 80
    return (wanted.hostname, wanted.port or usual) == (asked.hostname, asked.port or usual)
