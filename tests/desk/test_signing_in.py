"""Who comes in, how, and for how long."""

import os
import re
import subprocess
import sys
from urllib.parse import urlsplit

import pytest
from django.contrib.auth.models import User
from django.test import Client
from tests.desk.material import NOW

from chronik.catalogue.models import SignInLinkRow
from chronik.desk import attempts, people, sign_in
from chronik.desk.rights import Role
from chronik.errors import NotFoundError, RefusedInputError
from chronik.model import sha256_hex

PASSWORD = "sehr geheimes Wort"
ELSEWHERE = [
    "//evil.test",
    "///evil.test",
    "/\\evil.test",
    "\\\\evil.test",
    "https:evil.test",
    "https://evil.test/",
    "http:\\\\evil.test",
    "\x01//evil.test",
    "/\t/evil.test",
    "//@evil.test",
    "javascript:alert(1)",
    "data:text/html,x",
    "ftp://evil.test",
    " //evil.test",
    "/\n/evil.test",
    "http:///evil.test",
    "evil.test",
]


def enter(client, secret):
    return client.post(f"/desk/enter/{secret}")


# Links


def test_the_first_link_makes_the_first_user(db):
    assert sign_in.nobody_has_signed_in()
    secret = sign_in.sign_in_link(sign_in.FIRST_USER_NAME, NOW)
    user = User.objects.get()
    assert (user.username, user.has_usable_password(), user.is_staff) == ("editor", False, False)
    assert people.role_of(user) is Role.OPERATOR
    assert SignInLinkRow.objects.get().secret_digest == sha256_hex(secret.encode())
    assert len(secret) >= 40


def test_a_link_for_somebody_new_makes_an_editor(eva):
    secret = sign_in.sign_in_link(" ali ", NOW)
    ali = User.objects.get(username="ali")
    assert people.role_of(ali) is Role.EDITOR
    assert (ali.has_usable_password(), ali.is_staff, ali.is_superuser) == (False, False, False)
    assert sign_in.redeemed(secret, NOW) == ali
    sign_in.sign_in_link("ali", NOW)
    assert User.objects.count() == 2


def test_what_somebody_does_bears_their_name(archive, article, dossier):
    client = Client()
    enter(client, sign_in.sign_in_link("álî@orwe.example", NOW))
    quote = "Die Schleuse blieb geschlossen."
    client.post(f"/desk/articles/{article.id}/clip/", {"quote": quote, "dossier": dossier.slug})
    assert archive.catalogue.acts(limit=1)[0].by == "álî@orwe.example"


def test_nobody_who_was_shut_out_gets_a_link(eva):
    eva.is_active = False
    eva.save()
    with pytest.raises(NotFoundError):
        sign_in.sign_in_link("eva", NOW)


@pytest.mark.parametrize("name", ["", " ", "a b", "x" * 151, "a/b", "\0"])
def test_a_name_that_cannot_be_one_is_refused(db, name):
    with pytest.raises(RefusedInputError):
        sign_in.sign_in_link(name, NOW)
    assert not User.objects.exists()


def test_looking_at_a_link_does_not_use_it_up(eva):
    secret = sign_in.sign_in_link("eva", NOW)
    client = Client()
    for _ in range(3):
        assert client.get(f"/desk/enter/{secret}").status_code == 200
        assert client.head(f"/desk/enter/{secret}").status_code == 200
    assert "_auth_user_id" not in client.session
    assert enter(client, secret).headers["Location"] == "/desk/"
    assert client.get("/desk/").status_code == 200
    assert not sign_in.nobody_has_signed_in()


def test_a_link_works_once(eva):
    secret = sign_in.sign_in_link("eva", NOW)
    assert enter(Client(), secret).status_code == 302
    second = Client()
    assert enter(second, secret).status_code == 410
    assert second.get(f"/desk/enter/{secret}").status_code == 410
    assert second.get("/desk/").status_code == 302


def test_a_link_is_good_for_a_day(eva, clock):
    secret = sign_in.sign_in_link("eva", NOW)
    clock.advance(hours=23, minutes=59)
    assert Client().get(f"/desk/enter/{secret}").status_code == 200
    clock.advance(minutes=2)
    assert enter(Client(), secret).status_code == 410
    sign_in.sign_in_link("eva", clock())
    assert SignInLinkRow.objects.count() == 1


@pytest.mark.parametrize("secret", ["x", "0" * 5_000, "%00", "%ff%fe", "'--"])
def test_a_made_up_link_is_refused(eva, secret):
    assert enter(Client(), secret).status_code in {404, 410}


def test_a_link_of_somebody_shut_out_is_refused(eva):
    secret = sign_in.sign_in_link("eva", NOW)
    User.objects.update(is_active=False)
    assert enter(Client(), secret).status_code == 410


# Passwords


def test_name_and_password_open_the_desk(eva):
    client = Client()
    asked = client.get("/desk/feeds/?x=1")
    assert asked.headers["Location"] == "/desk/sign-in/?next=/desk/feeds/%3Fx%3D1"
    page = client.get(asked.headers["Location"])
    assert b'value="/desk/feeds/?x=1"' in page.content
    answer = client.post("/desk/sign-in/", {"username": "eva", "password": PASSWORD, "next": "/desk/feeds/?x=1"})
    assert answer.headers["Location"] == "/desk/feeds/?x=1"


@pytest.mark.parametrize(
    "given", [{}, {"username": "eva"}, {"username": "eva", "password": "falsch"}, {"username": "\0", "password": "x"}]
)
def test_anything_else_does_not(eva, given):
    client = Client()
    answer = client.post("/desk/sign-in/", given)
    assert answer.status_code == 422
    assert client.get("/desk/").status_code == 302


@pytest.mark.parametrize("target", ELSEWHERE)
def test_signing_in_never_leads_elsewhere(eva, target):
    answer = Client().post("/desk/sign-in/", {"username": "eva", "password": PASSWORD, "next": target})
    assert answer.headers["Location"] == "/desk/"


@pytest.mark.parametrize("target", ELSEWHERE)
@pytest.mark.parametrize("path", ["/desk/language/", "/desk/articles/{}/star/", "/desk/articles/{}/done/"])
def test_no_form_leads_elsewhere(editor, article, path, target):
    answer = editor.post(path.format(article.id), {"next": target, "language": "de"})
    assert urlsplit(answer.headers["Location"]).netloc == ""
    assert answer.headers["Location"].startswith("/desk/")


def test_passwords_cannot_be_tried_by_the_thousand(eva):
    client = Client()
    for _ in range(attempts.ATTEMPTS_MAX):
        assert client.post("/desk/sign-in/", {"username": "eva", "password": "x"}).status_code == 422
    blocked = client.post("/desk/sign-in/", {"username": "eva", "password": PASSWORD})
    assert blocked.status_code == 429
    assert client.get("/desk/").status_code == 302


def test_signing_in_makes_a_new_session(eva):
    client = Client()
    client.get("/desk/sign-in/")
    before = client.session.session_key
    client.post("/desk/sign-in/", {"username": "eva", "password": PASSWORD})
    assert client.session.session_key != before


def test_cookies_are_kept_from_scripts_and_other_sites(eva):
    client = Client()
    client.post("/desk/sign-in/", {"username": "eva", "password": PASSWORD})
    client.get("/desk/account/")
    client.post("/desk/language/", {"language": "fr"})
    assert {name.rpartition("_")[0] for name in client.cookies} == {"chronik_session", "chronik_csrf", "chronik"}
    for cookie in client.cookies.values():
        assert (cookie["httponly"], cookie["samesite"]) == (True, "Lax")


SHOWN_SETTINGS = """
from chronik.web import settings
print(settings.SESSION_COOKIE_NAME, settings.CSRF_COOKIE_NAME, settings.SESSION_COOKIE_SECURE,
      settings.CSRF_COOKIE_SECURE, settings.LANGUAGE_COOKIE_SECURE)
"""


def settings_of(folder, *, key, public_url=""):
    folder.mkdir()
    (folder / "chronik.toml").write_text(f'public_url = "{public_url}"\n')
    (folder / "secret.key").write_text(key)
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("CHRONIK_", "DJANGO_"))}
    environment["CHRONIK_ARCHIVE"] = str(folder)
    command = [sys.executable, "-c", SHOWN_SETTINGS]
    return subprocess.run(command, env=environment, check=True, capture_output=True, text=True).stdout.split()


def test_cookies_are_an_archives_own_and_go_over_tls_where_it_is_public(tmp_path):
    one = settings_of(tmp_path / "one", key="k" * 64)
    other = settings_of(tmp_path / "other", key="l" * 64, public_url="https://archiv.example")
    assert one[2:] == ["False"] * 3
    assert other[2:] == ["True"] * 3
    assert len({*one[:2], *other[:2]}) == 4
    assert "k" * 64 not in one[0]


# The account


def test_who_came_by_link_sets_a_password_without_an_old_one(db, archive):
    client = Client()
    enter(client, sign_in.sign_in_link("editor", NOW))
    given = {"new_password1": "Ein neues, langes Wort", "new_password2": "Ein neues, langes Wort"}
    assert client.post("/desk/account/password/", given).status_code == 302
    assert client.get("/desk/").status_code == 200
    assert Client().login(username="editor", password="Ein neues, langes Wort")


def test_who_has_a_password_must_know_it(editor, eva):
    given = {"new_password1": "Ein neues, langes Wort", "new_password2": "Ein neues, langes Wort"}
    assert editor.post("/desk/account/password/", given).status_code == 422
    assert editor.post("/desk/account/password/", given | {"old_password": PASSWORD}).status_code == 302


@pytest.mark.parametrize("new", ["kurz", "1234567890123", "password12", "evaeva", ""])
def test_a_weak_password_is_refused(editor, new):
    given = {"old_password": PASSWORD, "new_password1": new, "new_password2": new}
    assert editor.post("/desk/account/password/", given).status_code == 422


def test_a_new_password_ends_other_sessions(editor, eva):
    other = Client()
    other.force_login(eva)
    new = "Ein neues, langes Wort"
    editor.post("/desk/account/password/", {"old_password": PASSWORD, "new_password1": new, "new_password2": new})
    assert editor.get("/desk/").status_code == 200
    assert other.get("/desk/").status_code == 302


def test_signing_out_everywhere_ends_every_session_and_link(editor, eva):
    other = Client()
    other.force_login(eva)
    stranger = Client()
    stranger.force_login(User.objects.create_user("ali"))
    secret = sign_in.sign_in_link("eva", NOW)
    editor.post("/desk/account/sign-out-everywhere/")
    assert [client.get("/desk/").status_code for client in (editor, other, stranger)] == [302, 302, 200]
    assert enter(Client(), secret).status_code == 410


def test_signing_out_ends_this_session_only(editor, eva):
    other = Client()
    other.force_login(eva)
    editor.post("/desk/sign-out/")
    assert [client.get("/desk/").status_code for client in (editor, other)] == [302, 200]


def test_somebody_shut_out_is_out_at_once(editor, eva):
    User.objects.update(is_active=False)
    assert editor.get("/desk/").status_code == 302


@pytest.mark.parametrize(("chosen", "lang"), [("de", "de"), ("fr", "fr"), ("en", "en"), ("xx", "en"), ("", "en")])
def test_the_language_of_the_interface_is_remembered(editor, chosen, lang):
    editor.post("/desk/language/", {"language": chosen, "next": "/desk/"})
    assert re.search(r'<html lang="(\w+)"', editor.get("/desk/").content.decode())[1] == lang


# Names of the machine


@pytest.mark.parametrize("host", ["localhost", "localhost:8470", "127.0.0.1", "[::1]:8470", "archiv.localhost"])
def test_the_application_answers_to_its_names(host, archive):
    assert Client().get("/desk/sign-in/", headers={"host": host}).status_code == 200


@pytest.mark.parametrize("host", ["evil.test", "localhost.evil.test", "127.0.0.1.evil.test", "192.168.1.7", "a b", ""])
def test_a_foreign_name_is_refused(host, archive):
    assert Client().get("/desk/sign-in/", headers={"host": host}).status_code == 400


@pytest.mark.parametrize(
    ("host", "status"), [("192.168.1.7:8470", 200), ("[fe80::1]", 200), ("evil.test", 400), ("localhost", 200)]
)
def test_served_on_every_interface_any_address_is_a_name(host, status, archive, settings):
    settings.ALLOWED_HOSTS = ["*"]
    assert Client().get("/desk/sign-in/", headers={"host": host}).status_code == status
