"""Acts: the page on which chief editors say who may read, edit and publish a dossier."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.contrib import messages
from django.contrib.auth.models import User
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from chronik import wiring
from chronik.desk import access_acts, dossier_access, people, role_words
from chronik.desk.access_forms import AccessForm
from chronik.desk.rights import Role, at_least
from chronik.desk.views.answers import user_name

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from chronik.model import Access

PEOPLE_MAX = 1_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """One line of the table."""

    name: str
    role: str
    may_edit: bool
    """Whether the role lets them edit at all."""
    boxes: tuple[bool, bool, bool]
    """Whether they are named for reading, editing, publishing."""


@require_http_methods(["GET", "HEAD", "POST"])
def access(request: HttpRequest, slug: str) -> HttpResponse:
    """Who is named for what, and a form to change it."""
    archive = wiring.current()
    found, held = archive.the_dossier(slug), archive.catalogue.access(slug)
    roles = _bounded_people(held)
    data = request.POST if request.method == "POST" else None
    form = AccessForm(data, initial=AccessForm.of(held), names=list(roles))
    if data is not None and form.is_valid():
        access_acts.set_access(archive.catalogue, slug, access=form.access, by=user_name(request), now=archive.clock())
        messages.success(request, _("Saved."))
        return redirect("desk:dossier", slug)
    choices = [form["reading"], form["editing"]]
    shown = {"dossier": found, "form": form, "choices": choices, "people": _people(form, roles)}
    return render(request, "desk/access.html", shown, status=422 if form.errors else 200)


def _bounded_people(held: Access) -> dict[str, Role]:
    """Everybody whom a dossier can be kept from, and whoever is named without being one of them any more."""
    rows = User.objects.filter(is_active=True).prefetch_related("groups").order_by("username")[:PEOPLE_MAX]
    roles = {row.username: people.role_of(row) for row in rows}
    named = {*(held.readers or ()), *(held.editors or ()), *held.publishers}
    gone = dict.fromkeys(sorted(named - roles.keys()), Role.READER)
    return {name: role for name, role in roles.items() if name in named or not dossier_access.is_unbounded(role)} | gone


def _people(form: AccessForm, roles: dict[str, Role]) -> list[Person]:
    ticked = [set(form[column].value() or ()) for column in ("readers", "editors", "publishers")]
    return [
        Person(
            name=name,
            role=str(role_words.ROLES[role]),
            may_edit=at_least(role, Role.EDITOR),
            boxes=(name in ticked[0], name in ticked[1], name in ticked[2]),
        )
        for name, role in roles.items()
    ]
