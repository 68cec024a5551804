"""Acts: the desk's button that removes the sample newsroom."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from chronik import wiring
from chronik.web import sampling

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


@require_POST
def remove_sample(request: HttpRequest) -> HttpResponse:
    """Forget the sample, then back to the inbox."""
    sampling.remove(wiring.current(), by=request.user.get_username())
    messages.success(request, _("The sample newsroom is gone. The archive is yours."))
    return redirect("desk:inbox")
