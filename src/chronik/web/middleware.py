"""Acts on every request and answer: headers that cage the page, the desk's door, and errors in plain words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import DisallowedHost
from django.http import HttpResponseRedirect
from django.http.request import split_domain_port, validate_host
from django.shortcuts import render, resolve_url

from chronik import wiring
from chronik.desk import people, rights, second_factor, sessions
from chronik.desk.views import problems
from chronik.desk.views.answers import person
from chronik.errors import (
    BusyError,
    ChronikError,
    ConflictError,
    NotAllowedError,
    NotFoundError,
    ReadOnlyError,
    RefusedInputError,
    VaultError,
)
from chronik.preserve import syncing
from chronik.web import hosts
from chronik.web.dossier_bounds import is_named_publisher

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from django.http import HttpRequest, HttpResponse, HttpResponseBase

CONTENT_SECURITY_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
STATUS_OF_ERROR: tuple[tuple[type[ChronikError], int], ...] = (
    (NotFoundError, 404),
    (NotAllowedError, 403),
    (ConflictError, 409),
    (RefusedInputError, 422),
    (BusyError, 503),
    (ReadOnlyError, 503),
    (VaultError, 500),
    (ChronikError, 500),
)


class KnownHostMiddleware:
    """Refuses requests for a name that is not ours, so that a foreign page cannot reach the desk by renaming us."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer, or refuse with 400."""
        host, _ = split_domain_port(request.get_host())
        if "*" not in settings.ALLOWED_HOSTS:
            return self.get_response(request)
        if not (validate_host(host, settings.KNOWN_HOSTS) or hosts.is_address(host)):
            raise DisallowedHost(f"{host!r} is not a name of this archive; set public_url or host in chronik.toml.")
        return self.get_response(request)


class SecurityHeadersMiddleware:
    """Lets a page load what is ours and nothing else; keeps the desk's pages out of every cache."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer, with headers that a view has not set itself."""
        response = self.get_response(request)
        response.headers.setdefault("Content-Security-Policy", CONTENT_SECURITY_POLICY)
        response.headers.setdefault("Permissions-Policy", "camera=(), geolocation=(), microphone=()")
        if request.path.startswith(rights.DESK_PREFIX):
            response.headers.setdefault("Cache-Control", "private, no-store")
        return response


class DeskSignInMiddleware(LoginRequiredMiddleware):
    """Everything under /desk/ asks who is there, unless its view says that it need not, and whether they may."""

    def process_view(
        self,
        request: HttpRequest,
        view_func: Callable[..., HttpResponseBase],
        view_args: tuple[Any, ...],
        view_kwargs: dict[str, Any],
    ) -> HttpResponseBase | None:
        """Leave the readers' pages open."""
        if not request.path.startswith(rights.DESK_PREFIX):
            return None
        unknown = super().process_view(request, view_func, view_args, view_kwargs)
        if unknown is not None or not request.user.is_authenticated:
            return unknown
        return self._refusal(request)

    def _refusal(self, request: HttpRequest) -> HttpResponseBase | None:
        """A page that says who may, where this person may not."""
        assert request.resolver_match is not None, "a view was found"
        right = rights.needed(request.resolver_match.view_name, request.method, form=request.POST)
        role = people.role_of(request.user)
        if not rights.may(role, right) and not is_named_publisher(request):
            return problems.not_allowed(request, right, role=role)
        sessions.note_seen(request, wiring.now())
        if right is not rights.Right.OWN_ACCOUNT and second_factor.is_lacking(person(request), settings.CHRONIK):
            return HttpResponseRedirect(resolve_url("desk:second-factor"))
        return None

    def handle_no_permission(
        self, request: HttpRequest, view_func: Callable[..., HttpResponseBase]
    ) -> HttpResponseRedirect:
        """To the sign-in page, and back to the same page after it; a form that was sent is not sent again."""
        if request.method in {"GET", "HEAD"}:
            return redirect_to_login(request.get_full_path(), self.get_login_url(view_func))
        return HttpResponseRedirect(resolve_url(self.get_login_url(view_func)))


class ErrorPagesMiddleware:
    """Shows the errors of `chronik.errors` as a page that says what to do next."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer; a form is refused where the disk failed and nothing can be promised."""
        if request.method not in rights.SAFE_METHODS and (why := syncing.fault(settings.CHRONIK.archive)):
            return render(request, "desk/problem.html", {"problem": why, "status": 503}, status=503)
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """A page for what we know; the rest is Django's business."""
        if not isinstance(exception, ChronikError):
            return None
        if isinstance(exception, NotFoundError) and (gone := problems.redacted(request)) is not None:
            return gone
        status = next(status for kind, status in STATUS_OF_ERROR if isinstance(exception, kind))
        return render(request, "desk/problem.html", {"problem": str(exception), "status": status}, status=status)
