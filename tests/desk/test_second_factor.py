"""A second factor: codes that are good once, recovery, roles that need one, and how it is lost."""

import re
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from django.contrib.auth.models import User
from django.test import Client
from tests.desk.material import NOW

from chronik import config as configuration
from chronik.catalogue.models import ActRow, SecondFactorRow, SignInRow
from chronik.desk import attempts, one_time_codes, second_factor, sign_in
from chronik.errors import ConflictError, NotFoundError, UsageError

PASSWORD = "sehr geheimes Wort"
KEY = b"12345678901234567890"
RFC_6238 = [
    (59, "287082"),
    (1111111109, "081804"),
    (1111111111, "050471"),
    (1234567890, "005924"),
    (2000000000, "279037"),
    (20000000000, "353130"),
]
"""Appendix B, the last six of its eight digits."""


def code(moment):
    return one_time_codes.code_at(moment, key=KEY)


@pytest.fixture
def codes(archive, eva):
    """Eva has a second factor; its recovery codes."""
    return second_factor.enable(archive.catalogue, eva, key=KEY, code=code(NOW), now=NOW)


def password_given(name="eva"):
    client = Client()
    answer = client.post("/desk/sign-in/", {"username": name, "password": PASSWORD, "next": "/desk/feeds/"})
    assert answer.headers["Location"] == "/desk/sign-in/code/"
    return client


@pytest.mark.parametrize(("second", "digits"), RFC_6238)
def test_codes_are_those_of_the_standard(second, digits):
    moment = datetime.fromtimestamp(second, UTC)
    assert one_time_codes.step_of(digits, key=KEY, now=moment) == second // one_time_codes.STEP_S


@pytest.mark.parametrize("wrong", ["", "12345", "1234567", "²³¹²³¹", "\0" * 6, "x" * 100_000, "١٢٣٤٥٦"])
def test_what_is_no_code_is_none(wrong):
    assert one_time_codes.step_of(wrong, key=KEY, now=NOW) is None


def test_a_clock_may_be_half_a_minute_wrong_and_no_more(clock):
    moments = {}
    for seconds in (-60, -30, 0, 30, 60):
        clock.now = NOW
        clock.advance(seconds=seconds)
        moments[seconds] = one_time_codes.step_of(code(clock()), key=KEY, now=NOW) is not None
    assert moments == {-60: False, -30: True, 0: True, 30: True, 60: False}


def test_after_the_password_a_code_is_asked_for(codes, clock):
    clock.advance(minutes=1)
    client = password_given()
    assert client.get("/desk/").status_code == 302
    assert client.get("/desk/sign-in/code/").status_code == 200
    assert client.post("/desk/sign-in/code/", {"code": "000000"}).status_code == 422
    assert client.post("/desk/sign-in/code/", {"code": code(clock())}).headers["Location"] == "/desk/feeds/"
    assert client.get("/desk/").status_code == 200
    assert list(SignInRow.objects.order_by("pk").values_list("how", flat=True)) == ["code-refused", "password"]


def test_no_code_is_good_twice(codes, clock):
    assert not second_factor.is_good(User.objects.get(), code(NOW), now=NOW)
    clock.advance(minutes=1)
    first, second = password_given(), password_given()
    statuses = [one.post("/desk/sign-in/code/", {"code": code(clock())}).status_code for one in (first, second)]
    assert statuses == [302, 422]


def test_a_recovery_code_works_once_however_it_is_typed(codes, eva):
    assert len(set(codes)) == second_factor.RECOVERY_CODES
    assert codes[0] not in str(SecondFactorRow.objects.values())
    assert password_given().post("/desk/sign-in/code/", {"code": codes[0].upper().replace("-", " ")}).status_code == 302
    assert password_given().post("/desk/sign-in/code/", {"code": codes[0]}).status_code == 422
    assert len(SecondFactorRow.objects.get().recovery_digests) == second_factor.RECOVERY_CODES - 1


@pytest.mark.parametrize("wrong", ["", "-", "\0", "\udc80", "x" * 100_000, "0" * 20])
def test_anything_else_is_refused(wrong, codes, eva):
    assert not second_factor.is_good(eva, wrong, now=NOW)


def test_a_link_asks_for_it_too(codes, clock):
    client = Client()
    answer = client.post(f"/desk/enter/{sign_in.sign_in_link('eva', NOW)}")
    assert answer.headers["Location"] == "/desk/sign-in/code/"
    assert client.get("/desk/").status_code == 302


def test_half_way_in_is_forgotten_after_ten_minutes(codes, clock):
    client = password_given()
    clock.advance(minutes=11)
    assert client.post("/desk/sign-in/code/", {"code": code(clock())}).headers["Location"] == "/desk/sign-in/"
    assert Client().post("/desk/sign-in/code/", {"code": code(clock())}).headers["Location"] == "/desk/sign-in/"


def test_somebody_closed_in_between_does_not_come_in(codes, clock):
    clock.advance(minutes=1)
    client = password_given()
    User.objects.update(is_active=False)
    assert client.post("/desk/sign-in/code/", {"code": code(clock())}).headers["Location"] == "/desk/sign-in/"


def test_codes_cannot_be_tried_by_the_thousand(codes, clock):
    clock.advance(minutes=1)
    for _ in range(attempts.ATTEMPTS_MAX):
        password_given().post("/desk/sign-in/code/", {"code": "000000"})
    assert password_given().post("/desk/sign-in/code/", {"code": code(clock())}).status_code == 422


def test_one_switches_it_on_and_other_sessions_end(editor, eva, archive):
    other = Client()
    other.force_login(eva)
    page = editor.get("/desk/account/second-factor/").content.decode()
    assert "<svg" in page
    key = bytes.fromhex(editor.session["second-factor-key"])
    assert one_time_codes.spelled(key) in page
    assert editor.post("/desk/account/second-factor/", {"code": "000000"}).status_code == 422
    shown = editor.post("/desk/account/second-factor/", {"code": one_time_codes.code_at(NOW, key=key)})
    assert len(re.findall(r"<li><code>", shown.content.decode())) == second_factor.RECOVERY_CODES
    assert [client.get("/desk/").status_code for client in (editor, other)] == [200, 302]
    assert "second-factor-key" not in editor.session
    assert "<svg width" not in editor.get("/desk/account/second-factor/").content.decode()
    assert ActRow.objects.get().verb == "add-second-factor"
    with pytest.raises(ConflictError):
        second_factor.enable(archive.catalogue, eva, key=KEY, code=code(NOW), now=NOW)


def test_a_session_left_open_neither_removes_it_nor_makes_codes(codes, eva, clock):
    client = Client()
    client.force_login(eva)
    for act in ("codes", "remove"):
        assert client.post(f"/desk/account/second-factor/{act}/", {"code": "000000"}).status_code == 422
    assert client.post("/desk/account/second-factor/codes/", {"code": codes[0]}).status_code == 200
    assert not second_factor.is_good(eva, codes[1], now=NOW)
    clock.advance(minutes=1)
    assert client.post("/desk/account/second-factor/remove/", {"code": code(clock())}).status_code == 302
    assert not SecondFactorRow.objects.exists()


def test_an_operator_takes_a_lost_one_away(codes, editor, eva, archive):
    editor.post(f"/desk/people/{eva.pk}/second-factor/")
    assert not SecondFactorRow.objects.exists()
    assert ActRow.objects.last().verb == "remove-second-factor"
    with pytest.raises(NotFoundError):
        second_factor.remove(archive.catalogue, eva, by="root", now=NOW)


def test_a_role_that_needs_one_does_nothing_before(editor, archive, settings):
    settings.CHRONIK = replace(archive.config, second_factor_roles=("operator",))
    for path in ("/desk/", "/desk/people/", "/desk/dossiers/"):
        assert editor.get(path).headers["Location"] == "/desk/account/second-factor/"
    assert editor.post("/desk/feeds/follow/").headers["Location"] == "/desk/account/second-factor/"
    for path in ("/desk/account/", "/desk/account/second-factor/"):
        assert editor.get(path).status_code == 200
    settings.CHRONIK = replace(archive.config, second_factor_roles=("reader",))
    assert editor.get("/desk/").status_code == 200


def test_a_role_that_is_none_is_told(tmp_path):
    with pytest.raises(UsageError, match="second_factor_roles"):
        configuration.from_table(tmp_path, {"second_factor_roles": ["boss"]})
