"""Who may ask what: each address, looked at and acted on, by each role, as `authorisation.toml` says."""

import tomllib
from pathlib import Path
from urllib.parse import parse_qsl

import pytest
from django.conf import settings
from django.contrib.auth.models import User
from django.db import transaction
from django.test import Client
from django.urls import URLPattern, get_resolver
from tests.desk.material import NOW
from tests.desk.test_desk_addresses import address, routes  # noqa: F401 - a fixture

from chronik.desk import clipper, people, rights
from chronik.desk.rights import Right, Role

FILE = Path(__file__).with_name("authorisation.toml")
TABLE = tomllib.loads(FILE.read_text(encoding="utf-8"))
COLUMNS = ("anonymous", *Role)
METHODS = ("GET", "POST")
API = "receive-page"


def name_of(row):
    return row.partition("?")[0]


def asked_for(row):
    return dict(parse_qsl(row.partition("?")[2]))


@pytest.fixture
def ask(address, archive):  # noqa: F811 - a fixture
    """The status of what each role is answered; whatever a request did is undone."""
    archive.config.archive.mkdir(exist_ok=True)
    archive.config.file.touch()
    sessions, tokens = {}, {}
    for role in Role:
        user = User.objects.create_user(f"a-{role}")
        people.give_role(user, role)
        client = Client()
        client.force_login(user)
        sessions[role] = client.cookies[settings.SESSION_COOKIE_NAME].value
        _, tokens[role] = clipper.make_token(archive.catalogue, user_name=user.username, name="x", by="eva", now=NOW)

    def status(row, method, column):
        client = Client()
        headers = {}
        if name_of(row) == API:
            headers = {"Authorization": f"Bearer {tokens[column]}"} if column in tokens else {}
            path = "/api/capture"
        else:
            path = address(name_of(row))
            if column in sessions:
                client.cookies[settings.SESSION_COOKIE_NAME] = sessions[column]
        with transaction.atomic():
            answer = getattr(client, method.lower())(path, asked_for(row), headers=headers)
            transaction.set_rollback(True)
        return answer.status_code

    return status


def every_address():
    return {name for name, _path in routes()} | {API}


def test_every_address_has_a_row_and_every_row_an_address():
    """Whoever adds an address says here, and in `chronik.desk.rights`, who may use it."""
    assert {name_of(row) for row in TABLE} == every_address(), "add what is missing to tests/desk/authorisation.toml"
    assert set(rights.ADDRESSES) == every_address(), "add what is missing to chronik.desk.rights.ADDRESSES"


def test_every_program_is_asked_for_a_token():
    named = {str(pattern.pattern) for pattern in get_resolver().url_patterns if isinstance(pattern, URLPattern)}
    assert {path for path in named if path.startswith("api/")} == {"api/capture"}


def test_each_role_is_answered_as_the_table_says(ask):
    found = {row: {method: [ask(row, method, one) for one in COLUMNS] for method in METHODS} for row in TABLE}
    assert found == TABLE


def test_the_table_refuses_whoever_lacks_the_right():
    """What is written there by hand agrees with what the one place decides."""
    for row, methods in TABLE.items():
        for method in METHODS if name_of(row) != API else ("POST",):
            right = rights.needed(name_of(row), method, form=asked_for(row))
            refused = [status == 403 for status in methods[method][1:]]
            assert refused == [not rights.may(role, right) for role in Role], (row, method)


def test_an_address_without_a_row_is_for_operators_only():
    right = rights.needed("desk:nobody-thought-of-it", "GET", form={})
    assert [rights.may(role, right) for role in Role] == [False, False, False, True]


def test_each_role_may_what_those_before_it_may():
    for right in Right:
        allowed = [rights.may(role, right) for role in Role]
        assert allowed == sorted(allowed)
        assert rights.may(Role.OPERATOR, right)
