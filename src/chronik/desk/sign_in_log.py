"""Acts: keeps who signed in, how, and who was refused; the oldest entries make room."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib.auth.models import User

from chronik import wiring
from chronik.catalogue.models import SignInRow
from chronik.desk import devices

if TYPE_CHECKING:
    from django.http import HttpRequest

How = SignInRow.How
KEPT_MAX = 20_000
NAME_CHARACTERS_MAX = 150


def note(how: How, name: str, *, request: HttpRequest | None = None) -> None:
    """Keep what came of a sign-in. A name is kept only if somebody has it: people type passwords into its field."""
    tried = name[:NAME_CHARACTERS_MAX].replace("\0", "").encode("utf-8", "replace").decode()
    known = tried if User.objects.filter(username=tried).exists() else ""
    device = devices.device(request.META.get("HTTP_USER_AGENT", "")) if request is not None else ""
    row = SignInRow.objects.create(at=wiring.now(), user_name=known, how=how, device=device)
    SignInRow.objects.filter(pk__lte=row.pk - KEPT_MAX).delete()
