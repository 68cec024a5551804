"""Acts: knows and changes which role each person has; a role is a group of Django's, and everybody has one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib.auth.models import AbstractBaseUser, AnonymousUser, Group, User

from chronik.desk.rights import Role

if TYPE_CHECKING:
    from collections.abc import Iterable

_KNOWN = "_chronik_role"


def role_of(user: AbstractBaseUser | AnonymousUser) -> Role:
    """The role of a person, who is looked up once; somebody without one may read."""
    known = getattr(user, _KNOWN, None)
    if known is None:
        known = _highest(group.name for group in user.groups.all()) if isinstance(user, User) else Role.READER
        setattr(user, _KNOWN, known)
    assert isinstance(known, Role), "written here only"
    return known


def role_of_name(name: str) -> Role:
    """The role of the person with this user name."""
    return _highest(Group.objects.filter(user__username=name).values_list("name", flat=True))


def give_role(user: User, role: Role) -> None:
    """Let a person have this role, and no other."""
    group, _ = Group.objects.get_or_create(name=str(role))
    user.groups.remove(*user.groups.filter(name__in=list(Role)).exclude(pk=group.pk))
    user.groups.add(group)
    setattr(user, _KNOWN, role)


def _highest(names: Iterable[str]) -> Role:
    held = set(names)
    return next((role for role in reversed(Role) if role in held), Role.READER)
