"""Saved views on the command line."""

import sqlite3
from contextlib import closing

COLUMNS = "username, password, first_name, last_name, email, is_superuser, is_staff, is_active, date_joined"


def test_a_view_is_kept_changed_followed_and_removed(chronik):
    with closing(sqlite3.connect(chronik.archive / "chronik.sqlite3")) as database, database:
        database.execute(f"INSERT INTO auth_user ({COLUMNS}) VALUES ('eva', '', '', '', '', 0, 0, 1, '2026-05-01')")
    made = chronik("saved", "add", "Karabach", "--search", "karab* lang:de", "--for", "eva", "--json").json
    assert (made["kind"], made["terms"], made["shared"]) == ("search", {"q": "karab* lang:de"}, False)
    chronik("saved", "change", made["id"], "--name", "Neu", "--shared", "--for", "eva")
    (listed,) = chronik("saved", "list", "--for", "otto", "--json").json
    assert (listed["name"], listed["not_put_aside"]) == ("Neu", 0)
    secret = chronik("saved", "address", "--webhook", "https://example.org/x", "--for", "eva", "--json").json["secret"]
    assert secret.startswith("whsec_")
    feeds = chronik("saved", "feed", made["id"], "--for", "eva", "--json").json
    assert feeds["Atom"].endswith("/atom.xml")
    assert chronik("saved", "tell", "--json").json["sent"] == 0
    assert chronik("saved", "remove", made["id"], "--for", "eva").out.strip() == f"{made['id']}: removed (Neu)"
    dump = chronik("dump").out
    assert "karab*" not in dump
    assert secret not in dump
