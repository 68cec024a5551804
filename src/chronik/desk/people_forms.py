"""Decides what the forms of people and invitations ask for."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.auth import password_validation
from django.contrib.auth.models import User
from django.contrib.auth.validators import UnicodeUsernameValidator
from django.utils.translation import gettext_lazy as _

from chronik.desk import rights, role_words
from chronik.desk.rights import Role

NAME_CHARACTERS_MAX = 150
PASSWORD_CHARACTERS_MAX = 4_096


class RoleForm(forms.Form):
    """A role, out of those that may be given."""

    role = forms.ChoiceField(label=_("Role"))

    def __init__(self, *args: Any, roles: tuple[Role, ...] = tuple(Role), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["role"]
        assert isinstance(field, forms.ChoiceField), "declared above"
        field.choices = [(str(role), str(role_words.ROLES[role])) for role in roles]

    @property
    def chosen(self) -> Role:
        """The role, once the form is valid."""
        return rights.role(self.cleaned_data["role"])


class NameForm(forms.Form):
    """The name that somebody invited chooses."""

    username = forms.CharField(
        label=_("User name"),
        help_text=_("What you do bears this name. It cannot be changed later."),
        max_length=NAME_CHARACTERS_MAX,
        validators=[UnicodeUsernameValidator()],
        widget=forms.TextInput(attrs={"autocomplete": "username", "autocapitalize": "none", "dir": "auto"}),
    )


class JoinForm(NameForm):
    """The name and the password that somebody invited chooses."""

    password1 = forms.CharField(
        label=_("Password"),
        help_text=password_validation.password_validators_help_text_html(),
        max_length=PASSWORD_CHARACTERS_MAX,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    password2 = forms.CharField(
        label=_("Password again"),
        max_length=PASSWORD_CHARACTERS_MAX,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def clean(self) -> dict[str, Any]:
        """Both passwords alike, and not weak."""
        given = self.cleaned_data
        first, again = given.get("password1", ""), given.get("password2", "")
        if first and again and first != again:
            self.add_error("password2", _("The two passwords are not alike."))
        if first:
            try:
                password_validation.validate_password(first, User(username=given.get("username", "")))
            except forms.ValidationError as error:
                self.add_error("password1", error)
        return given
