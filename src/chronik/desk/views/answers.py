"""Acts: what the desk's views share, answers that lead back included."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme

from chronik import wiring

if TYPE_CHECKING:
    from django.http import HttpRequest

SCRIPT_HEADER = "X-Chronik-Script"
"""Sent by desk.js: it changes the page itself and needs no new one."""


def user_name(request: HttpRequest) -> str:
    """Who is at the desk."""
    return request.user.get_username()


def person(request: HttpRequest) -> User:
    """The account of who is at the desk."""
    if not isinstance(request.user, User):
        raise PermissionDenied
    return request.user


def desk_url(request: HttpRequest) -> str:
    """Where people reach the desk: as the settings say, else as this request did, which came to a name of ours."""
    config = settings.CHRONIK
    if config.desk_url or config.public_url:
        return wiring.desk_url(config)
    return request.build_absolute_uri("/").rstrip("/")


def local(request: HttpRequest, address: str, *, otherwise: str) -> str:
    """The address if it lies on this server, else the other one: no form leads a person elsewhere."""
    allowed = url_has_allowed_host_and_scheme(
        address, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return address if allowed and address.startswith("/") else otherwise


def back(request: HttpRequest, otherwise: str) -> HttpResponse:
    """Back to the page that a form names in `next`."""
    if SCRIPT_HEADER in request.headers:
        return HttpResponse(status=204)
    return redirect(local(request, request.POST.get("next", ""), otherwise=otherwise))
