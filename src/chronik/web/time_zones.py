"""Acts: lets each person read the desk's times in a zone of their own, which a cookie remembers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils import timezone

from chronik.desk import time_zones
from chronik.desk.rights import DESK_PREFIX

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest, HttpResponseBase


class TimeZoneMiddleware:
    """Times on pages are in the chosen zone, else in the archive's; what is published stays in the archive's."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer within the zone that the cookie names, if it is one."""
        chosen = request.COOKIES.get(time_zones.COOKIE, "") if request.path.startswith(DESK_PREFIX) else ""
        zone = time_zones.zone(chosen)
        if zone is None:
            return self.get_response(request)
        with timezone.override(zone):
            return self.get_response(request)
