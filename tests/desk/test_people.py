"""People: roles, invitations, sessions, closing, and who did what."""

import csv
import importlib
import io
from datetime import timedelta

import pytest
from django.apps import apps
from django.contrib.auth.models import Group, User
from django.test import Client
from tests.desk.material import NOW

from chronik.catalogue.models import ActRow, InvitationRow, SignInRow
from chronik.desk import attempts, clipper, devices, invitations, people, people_acts, rights, sign_in, sign_in_log
from chronik.desk.rights import Role
from chronik.errors import ConflictError, NotFoundError, RefusedInputError, UsageError
from chronik.model import Verb

PASSWORD = "sehr geheimes Wort"
NEW = {"username": "otto", "password1": "Ein neues, langes Wort", "password2": "Ein neues, langes Wort"}
FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"


def client_of(name, role):
    user = User.objects.create_user(name, password=PASSWORD)
    people.give_role(user, role)
    client = Client()
    client.force_login(user)
    return client


def verbs():
    return [row.verb for row in ActRow.objects.order_by("number")]


def link_in(answer):
    return answer.content.decode().split('value="http://testserver')[1].split('"')[0]


# Roles


def test_somebody_has_one_role(eva):
    for role in Role:
        people.give_role(eva, role)
        assert people.role_of(User.objects.get(pk=eva.pk)) is people.role_of_name("eva") is role
        assert eva.groups.count() == 1


def test_somebody_without_a_role_may_read(archive):
    assert people.role_of(User.objects.create_user("niemand")) is Role.READER


def test_accounts_from_before_there_were_roles_keep_what_they_could_do(db):
    former = Group.objects.create(name="editors")
    for name in ("closed", "first", "second"):
        User.objects.create_user(name, is_active=name != "closed").groups.add(former)
    importlib.import_module("chronik.catalogue.migrations.0016_roles").give_roles(apps, None)
    assert [people.role_of_name(name) for name in ("first", "second", "closed")] == [
        Role.OPERATOR,
        Role.CHIEF_EDITOR,
        Role.CHIEF_EDITOR,
    ]
    assert not Group.objects.filter(name="editors").exists()


def test_a_role_holds_from_the_next_click(editor, archive):
    otto = client_of("otto", Role.READER)
    number = User.objects.get(username="otto").pk
    assert otto.get("/desk/new-dossier/").status_code == 403
    editor.post(f"/desk/people/{number}/role/", {"role": "editor"})
    assert otto.get("/desk/new-dossier/").status_code == 200
    act = ActRow.objects.get(verb=Verb.CHANGE_ROLE)
    assert (act.by, act.subject, act.detail) == ("eva", "otto", {"old": "reader", "new": "editor"})


def test_a_refusal_says_who_may_and_what_one_is(archive):
    answer = client_of("otto", Role.EDITOR).post("/desk/feeds/follow/")
    assert answer.status_code == 403
    assert "Only chief editors and operators can do this. Your role: Editor." in answer.content.decode()


def test_what_a_reader_may_not_do_is_not_offered(archive, article, dossier, clip):
    reader = client_of("otto", Role.READER)
    for path in ("/desk/", f"/desk/articles/{article.id}/", f"/desk/dossiers/{dossier.slug}/", "/desk/dossiers/"):
        page = reader.get(path).content.decode()
        for forbidden in ("new-dossier", "/publish/", "/clip/", "/edit/", "/remove/", 'name="done"', "/star/"):
            assert forbidden not in page, (path, forbidden)


@pytest.mark.parametrize("name", ["", "boss", "OPERATOR", "\0"])
def test_what_is_no_role_is_refused(name, editor, eva):
    with pytest.raises(UsageError, match="Roles are: reader, editor, chief-editor, operator"):
        rights.role(name)
    editor.post(f"/desk/people/{eva.pk}/role/", {"role": name})
    assert people.role_of_name("eva") is Role.OPERATOR


def test_somebody_stays_operator(archive, editor, eva):
    for path in ("role/", "close/"):
        page = editor.post(f"/desk/people/{eva.pk}/{path}", {"role": "editor"}, follow=True)
        assert "This is the last operator" in page.content.decode()
    with pytest.raises(ConflictError):
        people_acts.close(archive.catalogue, eva, by="root", now=NOW)
    people_acts.add(archive.catalogue, "ben", role=Role.OPERATOR, by="root", now=NOW)
    people_acts.change_role(archive.catalogue, eva, role=Role.EDITOR, by="root", now=NOW)
    assert people.role_of_name("eva") is Role.EDITOR


def test_a_token_sends_nothing_once_its_person_only_reads(archive, eva):
    _row, secret = clipper.make_token(archive.catalogue, user_name="eva", name="x", by="eva", now=NOW)
    people.give_role(eva, Role.READER)
    answer = Client().post("/api/capture", {}, headers={"Authorization": f"Bearer {secret}"})
    assert (answer.status_code, answer.json()["error"]) == (403, "role")


# Closing and passwords


def test_a_closed_account_is_out_at_once_and_its_name_stays(archive, editor):
    otto = client_of("otto", Role.EDITOR)
    number = User.objects.get(username="otto").pk
    secret = sign_in.sign_in_link("otto", NOW)
    editor.post(f"/desk/people/{number}/close/")
    assert otto.get("/desk/").status_code == 302
    assert otto.post(f"/desk/enter/{secret}").status_code == 410
    assert Client().post("/desk/sign-in/", {"username": "otto", "password": PASSWORD}).status_code == 422
    with pytest.raises(ConflictError, match="already"):
        people_acts.add(archive.catalogue, "OTTO", role=Role.EDITOR, by="root", now=NOW)
    editor.post(f"/desk/people/{number}/reopen/")
    assert Client().post("/desk/sign-in/", {"username": "otto", "password": PASSWORD}).status_code == 302
    assert verbs() == ["close-account", "reopen-account"]


def test_a_new_password_from_the_command_line_ends_sessions(archive, editor, eva):
    people_acts.reset_password(archive.catalogue, eva, password="Ganz neu gewählt", by="root", now=NOW)
    assert editor.get("/desk/").status_code == 302
    assert Client().login(username="eva", password="Ganz neu gewählt")
    for weak in ("", "kurz", "12345678901"):
        with pytest.raises(RefusedInputError):
            people_acts.reset_password(archive.catalogue, eva, password=weak, by="root", now=NOW)
    assert "gewählt" not in str(list(ActRow.objects.values()))


@pytest.mark.parametrize("name", ["", "niemand", "\0", "\udc80", "x" * 5_000])
def test_nobody_of_that_name_is_told_so(name, archive):
    with pytest.raises(NotFoundError):
        people_acts.the_person(name)


# Invitations


def test_somebody_invited_chooses_name_and_password_once(archive, editor, clock):
    shown = editor.post("/desk/people/invite/", {"role": "editor"})
    link = link_in(shown)
    assert link not in editor.get("/desk/people/").content.decode()
    assert link.rpartition("/")[2] not in str(list(InvitationRow.objects.values()))
    guest = Client()
    assert b"eva" in guest.get(link).content
    assert guest.post(link, NEW).headers["Location"] == "/desk/"
    assert guest.get("/desk/new-dossier/").status_code == 200
    assert people.role_of_name("otto") is Role.EDITOR
    assert Client().get(link).status_code == Client().post(link, NEW | {"username": "ben"}).status_code == 410
    assert verbs() == ["invite", "join"]
    assert SignInRow.objects.get(how="invitation").user_name == "otto"


@pytest.mark.parametrize(
    "given",
    [
        {},
        NEW | {"username": "eva"},
        NEW | {"username": "EVA"},
        NEW | {"username": "a/b"},
        NEW | {"username": "\0"},
        NEW | {"username": "x" * 151},
        NEW | {"password2": "anders als das erste"},
        NEW | {"password1": "kurz", "password2": "kurz"},
        NEW | {"password1": "password12", "password2": "password12"},
    ],
)
def test_what_cannot_be_a_name_or_password_uses_up_no_invitation(given, archive, editor):
    link = link_in(editor.post("/desk/people/invite/", {"role": "reader"}))
    assert Client().post(link, given).status_code == 422
    assert User.objects.count() == 1
    assert Client().post(link, NEW).status_code == 302


def test_an_invitation_lapses(archive, editor, eva, clock):
    _row, secret = invitations.invite(archive.catalogue, eva, role=Role.READER, now=NOW)
    assert invitations.good(secret, NOW + timedelta(days=6, hours=23)) is not None
    assert invitations.good(secret, NOW + timedelta(days=7)) is None
    row, withdrawn = invitations.invite(archive.catalogue, eva, role=Role.READER, now=NOW)
    editor.post("/desk/people/withdraw/", {"invitation": str(row.pk)})
    assert invitations.good(withdrawn, NOW) is None
    people.give_role(eva, Role.EDITOR)
    assert invitations.good(secret, NOW) is None


@pytest.mark.parametrize("secret", ["x", "0" * 5_000, "%00", "%ff%fe", "'--"])
def test_a_made_up_invitation_is_refused(secret, archive):
    assert Client().get(f"/desk/join/{secret}").status_code in {404, 410}


@pytest.mark.parametrize("number", ["", "x", "-1", "9" * 40, "²", "1.5", "\0"])
def test_what_is_no_invitation_cannot_be_withdrawn(number, editor):
    assert editor.post("/desk/people/withdraw/", {"invitation": number}).status_code == 404


def test_chief_editors_invite_to_roles_below_theirs_only(archive):
    chief = client_of("ada", Role.CHIEF_EDITOR)
    for role, status in (("reader", 200), ("editor", 200), ("chief-editor", 422), ("operator", 422), ("", 422)):
        assert chief.post("/desk/people/invite/", {"role": role}).status_code == status
    with pytest.raises(RefusedInputError):
        invitations.invite(archive.catalogue, User.objects.get(), role=Role.OPERATOR, now=NOW)


# Sessions


def test_one_sees_where_one_is_signed_in_and_ends_it(archive, eva):
    here, there = Client(headers={"user-agent": FIREFOX}), Client()
    for client in (here, there):
        client.post("/desk/sign-in/", {"username": "eva", "password": PASSWORD})
    page = here.get("/desk/account/").content.decode()
    assert "Firefox, Linux <strong>this one</strong>" in page
    assert here.session.session_key not in page
    mark = page.split('name="session" value="')[1].split('"')[0]
    here.post("/desk/account/sessions/end/", {"session": mark})
    assert [client.get("/desk/").status_code for client in (here, there)] == [200, 302]
    for nothing in ("", "x", "0" * 500):
        here.post("/desk/account/sessions/end/", {"session": nothing})
    assert here.get("/desk/").status_code == 200


def test_nobody_ends_a_session_of_somebody_else_but_operators_do(archive, editor, eva):
    otto = client_of("otto", Role.EDITOR)
    for_otto = f"/desk/people/{User.objects.get(username='otto').pk}/"
    mark = editor.get(for_otto).content.decode().split('name="session" value="')[1].split('"')[0]
    ada = client_of("ada", Role.CHIEF_EDITOR)
    ada.post("/desk/account/sessions/end/", {"session": mark})
    assert otto.get("/desk/").status_code == 200
    editor.post(f"{for_otto}sessions/", {"session": mark})
    assert otto.get("/desk/").status_code == 302
    assert verbs() == ["end-sessions"]


def test_a_session_remembers_when_it_was_seen_to_ten_minutes(archive, editor, clock):
    editor.get("/desk/")
    first = editor.session["seen_at"]
    clock.advance(minutes=9)
    editor.get("/desk/")
    assert editor.session["seen_at"] == first
    clock.advance(minutes=2)
    editor.get("/desk/")
    assert editor.session["seen_at"] == clock().isoformat()


@pytest.mark.parametrize(
    ("told", "device"),
    [
        (FIREFOX, "Firefox, Linux"),
        ("Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/140.0 Safari/537.36 Edg/140.0", "Edge, Windows"),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Version/18.0 Safari/604.1", "Safari, iOS"),
        ("<script>", ""),
        ("", ""),
    ],
)
def test_a_device_is_told_in_a_few_words(told, device):
    assert devices.device(told) == device


# Who did what


def test_sign_ins_are_kept_and_what_was_typed_for_a_name_is_not(archive, eva):
    client = Client()
    client.post("/desk/sign-in/", {"username": PASSWORD, "password": ""})
    client.post("/desk/sign-in/", {"username": "eva", "password": "x"})
    client.post("/desk/sign-in/", {"username": "\0" * 9, "password": "x" * 9_999})
    client.post("/desk/sign-in/", {"username": "eva", "password": PASSWORD})
    client.post(f"/desk/enter/{sign_in.sign_in_link('eva', NOW)}")
    rows = list(SignInRow.objects.order_by("pk").values_list("user_name", "how"))
    assert rows == [("", "refused"), ("eva", "refused"), ("", "refused"), ("eva", "password"), ("eva", "link")]
    for _ in range(attempts.ATTEMPTS_MAX + 1):
        client.post("/desk/sign-in/", {"username": "eva", "password": "x"})
    assert SignInRow.objects.filter(how="too-often").exists()


def test_the_oldest_sign_ins_make_room(archive, monkeypatch):
    monkeypatch.setattr(sign_in_log, "KEPT_MAX", 3)
    for _ in range(5):
        sign_in_log.note(sign_in_log.How.REFUSED, "x")
    assert SignInRow.objects.count() == 3


@pytest.fixture
def busy(archive, editor, dossier, clip, clock):
    """Eva opened a dossier and clipped; Otto is given a role the next day and fails to sign in."""
    clock.advance(days=1)
    otto = people_acts.add(archive.catalogue, "otto", role=Role.READER, by="ada", now=clock())
    people_acts.change_role(archive.catalogue, otto, role=Role.EDITOR, by="=ada", now=clock())
    clock.advance(minutes=1)
    Client().post("/desk/sign-in/", {"username": "otto", "password": "x"})
    return editor


@pytest.mark.parametrize(
    ("asked", "kinds"),
    [
        ({}, ["sign-in-refused", "change-role", "add-account", "clip", "create-dossier"]),
        ({"person": "eva"}, ["clip", "create-dossier"]),
        ({"person": "otto"}, ["sign-in-refused", "change-role", "add-account"]),
        ({"kind": "clip"}, ["clip"]),
        ({"kind": "sign-in-refused"}, ["sign-in-refused"]),
        ({"dossier": "die-schleuse"}, ["clip", "create-dossier"]),
        ({"day": NOW.date().isoformat()}, ["clip", "create-dossier"]),
        ({"day": "0001-01-01", "kind": "nonsense", "page": "x"}, None),
        ({"person": "\0", "day": "gestern", "page": "9" * 9}, None),
        ({"page": "2"}, []),
    ],
)
def test_who_did_what_is_found_by_person_kind_dossier_and_day(busy, asked, kinds):
    page = busy.get("/desk/audit/", asked)
    assert page.status_code == 200
    if kinds is not None:
        assert [one.kind for one in page.context["entries"]] == kinds
    if kinds:
        assert sorted(one["kind"] for one in busy.get("/desk/audit/acts.json", asked).json()["acts"]) == sorted(kinds)


def test_no_cell_of_the_export_is_a_formula(busy):
    answer = busy.get("/desk/audit/acts.csv", {"kind": "change-role"})
    rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert rows[1][1:3] == ["'=ada", "change-role"]
    assert rows[1][4:] == ["otto", '{"new":"editor","old":"reader"}']
