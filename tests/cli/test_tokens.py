"""Tokens for the clipper on the command line."""

import sqlite3
from contextlib import closing

import pytest

COLUMNS = "username, password, first_name, last_name, email, is_superuser, is_staff, is_active, date_joined"


@pytest.fixture
def with_eva(chronik):
    with closing(sqlite3.connect(chronik.archive / "chronik.sqlite3")) as database, database:
        database.execute(f"INSERT INTO auth_user ({COLUMNS}) VALUES ('eva', '', '', '', '', 0, 0, 1, '2026-05-01')")
    return chronik


def test_a_token_is_made_listed_and_revoked(with_eva):
    made = with_eva("token", "make", "Firefox at home", "--for", "eva")
    secret = made.out.splitlines()[0]
    assert secret.startswith("chronik_")
    (listed,) = with_eva("token", "list", "--json").json
    assert (listed["for"], listed["name"], listed["scope"], listed["used"]) == (
        "eva",
        "Firefox at home",
        "send-pages",
        None,
    )
    table = with_eva("token", "list", "--for", "eva")
    assert "never" in table.out
    assert secret not in table.out
    assert with_eva("token", "revoke", str(listed["number"])).out.strip() == f"{listed['number']}: revoked"
    assert with_eva("token", "list", "--json").json == []


def test_what_cannot_be_is_told_in_a_line(chronik):
    nobody = chronik("token", "make", "Firefox", "--for", "niemand")
    assert (nobody.code, "Nobody called 'niemand' may sign in" in nobody.err) == (1, True)
    missing = chronik("token", "revoke", "7")
    assert (missing.code, "chronik token list" in missing.err) == (1, True)
