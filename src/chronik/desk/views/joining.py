"""Acts: lets somebody who was invited choose a name and a password, and in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib.auth import login
from django.contrib.auth.decorators import login_not_required
from django.db import transaction
from django.shortcuts import redirect, render, resolve_url
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_http_methods

from chronik import wiring
from chronik.desk import invitations, provider_accounts, role_words, sign_in_log
from chronik.desk.people_forms import JoinForm, NameForm
from chronik.desk.rights import Role
from chronik.desk.views import provider
from chronik.desk.views.second_factor import BACKEND
from chronik.desk.views.signing_in import provider_name
from chronik.errors import ConflictError, NotFoundError, RefusedInputError

if TYPE_CHECKING:
    from django.contrib.auth.models import User
    from django.http import HttpRequest, HttpResponse

    from chronik.desk.single_sign_on import Identity

GONE = 410


@login_not_required
@sensitive_variables("secret")
@sensitive_post_parameters("password1", "password2")
@require_http_methods(["GET", "HEAD", "POST"])
def join(request: HttpRequest, secret: str) -> HttpResponse:
    """A page that asks for name and password; the invitation is used up by the form alone."""
    archive = wiring.current()
    row = invitations.good(secret, archive.clock())
    if row is None:
        return render(request, "desk/join.html", {"form": None}, status=GONE)
    known = provider.vouched(request)
    form = _form(request, known)
    if form.is_valid():
        password = form.cleaned_data.get("password1")
        try:
            user = _joined(secret, form.cleaned_data["username"], password=password, known=known)
        except (ConflictError, RefusedInputError):
            form.add_error("username", _("This name is taken or cannot be one. Choose another."))
        except NotFoundError:
            return render(request, "desk/join.html", {"form": None}, status=GONE)
        else:
            provider.forget_vouched(request)
            login(request, user, backend=BACKEND)
            sign_in_log.note(sign_in_log.How.INVITATION, user.get_username(), request=request)
            return redirect("desk:inbox")
    shown = {
        "form": form,
        "joined_role": role_words.ROLES[Role(row.role)],
        "inviter": row.made_by,
        "vouched": known is not None,
        "provider_name": provider_name(),
        "provider_address": f"{resolve_url('desk:provider')}?{urlencode({'invitation': secret})}",
    }
    return render(request, "desk/join.html", shown, status=422 if form.errors else 200)


def _form(request: HttpRequest, known: Identity | None) -> NameForm:
    """Who is vouched for needs no password."""
    data = request.POST if request.method == "POST" else None
    return NameForm(data, initial={"username": known.name}) if known is not None else JoinForm(data)


@transaction.atomic
def _joined(secret: str, name: str, *, password: str | None, known: Identity | None) -> User:
    archive = wiring.current()
    user = invitations.accept(archive.catalogue, secret, name=name, password=password, now=archive.clock())
    if known is not None:
        provider_accounts.link(archive.catalogue, user, identity=known, now=archive.clock())
    return user
