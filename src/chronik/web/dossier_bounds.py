"""Acts on every request of the desk: what lies below sees and changes only the dossiers that this person may."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import Http404, StreamingHttpResponse

from chronik import wiring
from chronik.catalogue.models import ClipRow
from chronik.desk import dossier_access, people, rights
from chronik.desk.views import problems
from chronik.desk.views.answers import user_name
from chronik.ports import bounds

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from typing import Any

    from django.http import HttpRequest, HttpResponseBase

    from chronik.ports.bounds import Bounds

PUBLISHING = frozenset({"publishing:publish", "publishing:unpublish"})
"""What somebody who is named for a dossier may do to it."""
_WHOLE = PUBLISHING | {"takedown:act"}
"""What is done to everything that it reaches, whoever may see it: the public index lists every dossier."""
_LOOKING = frozenset({rights.Right.READ, rights.Right.OWN_ACCOUNT})


class DossierBoundsMiddleware:
    """Sets the bounds while a view works; refuses the page of a dossier that is closed to the person."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer within the bounds, also what is still to be sent."""
        held = bounds_of(request) if request.path.startswith(rights.DESK_PREFIX) else bounds.NONE
        with bounds.within(held):
            answer = self.get_response(request)
        if held != bounds.NONE and isinstance(answer, StreamingHttpResponse):
            answer.streaming_content = _within(held, iter(answer))
        return answer

    def process_view(
        self,
        request: HttpRequest,
        view_func: Callable[..., HttpResponseBase],
        view_args: tuple[Any, ...],
        view_kwargs: dict[str, Any],
    ) -> HttpResponseBase | None:
        """404 where a dossier is hidden, 403 where it is closed and something is to be changed."""
        held = bounds.present()
        if held == bounds.NONE:
            return None
        slug = str(view_kwargs.get("slug") or _dossier_of(str(view_kwargs.get("clip_id", ""))))
        if slug in held.hidden:
            raise Http404
        assert request.resolver_match is not None, "a view was found"
        name = request.resolver_match.view_name
        right = rights.needed(name, request.method, form=request.POST)
        if slug in held.closed and right not in _LOOKING:
            return problems.closed(request)
        if name not in _WHOLE:
            return None
        with bounds.within(bounds.NONE):
            return view_func(request, *view_args, **view_kwargs)


def bounds_of(request: HttpRequest) -> Bounds:
    """What is kept from the person who asks."""
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return bounds.NONE
    role = people.role_of(user)
    if dossier_access.is_unbounded(role):
        return bounds.NONE
    return dossier_access.bounds_of(wiring.current().catalogue.accesses(), name=user_name(request), role=role)


def is_named_publisher(request: HttpRequest) -> bool:
    """Whether an editor is named for publishing the dossier that the address names."""
    match = request.resolver_match
    if match is None or match.view_name not in PUBLISHING:
        return False
    access = wiring.current().catalogue.accesses().get(str(match.kwargs.get("slug", "")))
    name, role = user_name(request), people.role_of(request.user)
    return access is not None and dossier_access.may_publish(access, name=name, role=role)


def _dossier_of(clip: str) -> str:
    row = ClipRow.everything.filter(pk=clip).values_list("dossier_id", flat=True).first() if clip else None
    return row or ""


def _within(held: Bounds, pieces: Iterable[bytes]) -> Iterator[bytes]:
    with bounds.within(held):
        yield from pieces
