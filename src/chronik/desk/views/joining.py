"""Acts: lets somebody who was invited choose a name and a password, and in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib.auth import login
from django.contrib.auth.decorators import login_not_required
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_http_methods

from chronik import wiring
from chronik.desk import invitations, role_words, sign_in_log
from chronik.desk.people_forms import JoinForm
from chronik.desk.rights import Role
from chronik.desk.views.second_factor import BACKEND
from chronik.errors import ConflictError, NotFoundError, RefusedInputError

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

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
    form = JoinForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        name, password = form.cleaned_data["username"], form.cleaned_data["password1"]
        try:
            user = invitations.accept(archive.catalogue, secret, name=name, password=password, now=archive.clock())
        except (ConflictError, RefusedInputError):
            form.add_error("username", _("This name is taken or cannot be one. Choose another."))
        except NotFoundError:
            return render(request, "desk/join.html", {"form": None}, status=GONE)
        else:
            login(request, user, backend=BACKEND)
            sign_in_log.note(sign_in_log.How.INVITATION, user.get_username(), request=request)
            return redirect("desk:inbox")
    shown = {"form": form, "joined_role": role_words.ROLES[Role(row.role)], "inviter": row.made_by}
    return render(request, "desk/join.html", shown, status=422 if form.errors else 200)
