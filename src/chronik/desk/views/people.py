"""Acts: the page of people: who may what, invitations, and for operators roles, sessions and closing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.contrib.auth.models import User
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render, resolve_url
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_POST, require_safe

from chronik import wiring
from chronik.desk import invitations, people_acts, rights, role_words, second_factor, sessions
from chronik.desk import people as known
from chronik.desk.people_forms import RoleForm
from chronik.desk.rights import Role
from chronik.desk.views.answers import person, user_name
from chronik.errors import ConflictError

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

NUMBER_DIGITS_MAX = 12
PEOPLE_SHOWN_MAX = 1_000
LAST_OPERATOR = gettext_lazy("This is the last operator. Make somebody else operator first.")


@require_safe
def people(request: HttpRequest) -> HttpResponse:
    """Everybody who has an account, open invitations, and the table of rights."""
    return _page(request)


@sensitive_variables("secret", "link")
@require_POST
def invite(request: HttpRequest) -> HttpResponse:
    """Make an invitation and show its link, this once: it is in no message, no session and no address of ours."""
    by, archive = person(request), wiring.current()
    form = RoleForm(request.POST, roles=rights.may_invite(known.role_of(by)))
    if not form.is_valid():
        return _page(request, form=form, status=422)
    try:
        _row, secret = invitations.invite(archive.catalogue, by, role=form.chosen, now=archive.clock())
    except ConflictError:
        form.add_error("role", _("Too many invitations are open. Withdraw those that nobody will use."))
        return _page(request, form=form, status=422)
    link = request.build_absolute_uri(resolve_url("desk:join", secret))
    return _page(request, link=link, invited=str(role_words.ROLES[form.chosen]))


@require_POST
def withdraw(request: HttpRequest) -> HttpResponse:
    """Let an invitation be good no more."""
    number = request.POST.get("invitation", "")
    if not (number.isascii() and number.isdigit() and len(number) <= NUMBER_DIGITS_MAX):
        raise Http404
    archive = wiring.current()
    invitations.withdraw(archive.catalogue, int(number), by=user_name(request), now=archive.clock())
    messages.success(request, _("The invitation is withdrawn."))
    return redirect("desk:people")


@require_safe
def one(request: HttpRequest, number: int) -> HttpResponse:
    """A person: role, sessions, and whether they may come in."""
    found = _person(number)
    role = known.role_of(found)
    shown = {
        "person": found,
        "person_role": role_words.ROLES[role],
        "form": RoleForm(initial={"role": str(role)}),
        "sessions": sessions.sessions(found, this=request.session.session_key),
        "factor": second_factor.factor(found),
        "now": wiring.current().clock(),
    }
    return render(request, "desk/person.html", shown)


@require_POST
def change_role(request: HttpRequest, number: int) -> HttpResponse:
    """Give somebody another role."""
    found, archive = _person(number), wiring.current()
    form = RoleForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Choose a role."))
        return redirect("desk:person", number)
    try:
        people_acts.change_role(archive.catalogue, found, role=form.chosen, by=user_name(request), now=archive.clock())
    except ConflictError:
        messages.error(request, LAST_OPERATOR)
    else:
        messages.success(request, _("The role is changed. It holds from their next click."))
    return redirect("desk:person", number)


@require_POST
def close(request: HttpRequest, number: int) -> HttpResponse:
    """Let somebody in no more."""
    found, archive = _person(number), wiring.current()
    try:
        people_acts.close(archive.catalogue, found, by=user_name(request), now=archive.clock())
    except ConflictError:
        messages.error(request, LAST_OPERATOR)
        return redirect("desk:person", number)
    messages.success(request, _("The account is closed. The name stays with what was done."))
    return redirect("desk:people")


@require_POST
def reopen(request: HttpRequest, number: int) -> HttpResponse:
    """Let somebody in again."""
    archive = wiring.current()
    people_acts.reopen(archive.catalogue, _person(number), by=user_name(request), now=archive.clock())
    messages.success(request, _("The account is open again."))
    return redirect("desk:person", number)


@require_POST
def end_sessions(request: HttpRequest, number: int) -> HttpResponse:
    """End one session of somebody, or every one."""
    found, archive = _person(number), wiring.current()
    mark = request.POST.get("session", "")[: sessions.MARK_LENGTH]
    people_acts.end_sessions(archive.catalogue, found, by=user_name(request), now=archive.clock(), mark=mark)
    messages.success(request, _("Ended."))
    return redirect("desk:person", number)


@require_POST
def forget_factor(request: HttpRequest, number: int) -> HttpResponse:
    """Ask somebody for no second factor any more, who lost it."""
    archive = wiring.current()
    second_factor.remove(archive.catalogue, _person(number), by=user_name(request), now=archive.clock())
    messages.success(request, _("The second factor is removed."))
    return redirect("desk:person", number)


def _page(
    request: HttpRequest, *, form: RoleForm | None = None, link: str = "", invited: str = "", status: int = 200
) -> HttpResponse:
    now = wiring.current().clock()
    rows = User.objects.prefetch_related("groups").order_by("-is_active", "username")[:PEOPLE_SHOWN_MAX]
    listed = [(row, role_words.ROLES[known.role_of(row)]) for row in rows]
    waiting = [(row, role_words.ROLES[Role(row.role)]) for row in invitations.open_invitations(now)]
    shown = {
        "people": listed,
        "invitations": waiting,
        "form": form or RoleForm(roles=rights.may_invite(known.role_of(request.user))),
        "link": link,
        "invited": invited,
        "roles": list(role_words.ROLES.values()),
        "rights": role_words.table(),
        "now": now,
    }
    return render(request, "desk/people.html", shown, status=status)


def _person(number: int) -> User:
    if len(str(number)) > NUMBER_DIGITS_MAX:
        raise Http404
    return get_object_or_404(User, pk=number)
