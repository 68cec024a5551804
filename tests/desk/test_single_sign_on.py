"""Sign-in at a provider of identities: what is believed of its answers, and whom they let in."""

import base64
import json
from dataclasses import replace
from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.conf import settings
from django.contrib.auth.models import User
from django.core.cache import cache
from django.test import Client as Browser
from tests.desk.material import NOW

from chronik import wiring
from chronik.catalogue.models import SignInRow, SignOnRow
from chronik.collect.posting import Posted
from chronik.desk import invitations, people, provider_accounts, second_factor, single_sign_on
from chronik.desk.rights import Role
from chronik.desk.single_sign_on import Client, Identity, Pending, UnknownKeyError
from chronik.errors import ConflictError, NotFoundError, RefusedInputError
from chronik.model import Exchange, Failure, FailureKind, Verb

ISSUER = "https://id.example.org/realms/press"
US = Client(identity="chronik", secret="s:e/c", redirect="https://desk.example.org/desk/sign-in/provider/back/")
PENDING = Pending(state="the-state", nonce="the-nonce", verifier="v" * 64)
KEY = rsa.generate_private_key(public_exponent=65537, key_size=2048)
OTHER = rsa.generate_private_key(public_exponent=65537, key_size=2048)
DESCRIPTION = {
    "issuer": ISSUER,
    "authorization_endpoint": ISSUER + "/auth",
    "token_endpoint": ISSUER + "/token",
    "jwks_uri": ISSUER + "/keys",
}


def described(**changes):
    return single_sign_on.provider(json.dumps({**DESCRIPTION, **changes}).encode(), issuer=ISSUER)


THERE = described()


def keys(*pairs):
    return json.dumps({"keys": [public(key, kid) for key, kid in pairs or ((KEY, "k1"),)]}).encode()


def public(key, kid):
    of_kind = {
        rsa.RSAPrivateKey: jwt.algorithms.RSAAlgorithm,
        ec.EllipticCurvePrivateKey: jwt.algorithms.ECAlgorithm,
        Ed25519PrivateKey: jwt.algorithms.OKPAlgorithm,
    }
    algorithm = next(made for kind, made in of_kind.items() if isinstance(key, kind))
    return {**json.loads(algorithm.to_jwk(key.public_key())), "kid": kid, "use": "sig"}


def claims(**changes):
    moment = int(NOW.timestamp())
    made = {
        "iss": ISSUER,
        "aud": "chronik",
        "sub": "person-7",
        "exp": moment + 300,
        "iat": moment,
        "nonce": PENDING.nonce,
        "preferred_username": "Ann Ü.",
    }
    return {name: value for name, value in {**made, **changes}.items() if value is not None}


def token(made=None, *, key=KEY, algorithm="RS256", kid="k1"):
    return jwt.encode(made or claims(), key, algorithm=algorithm, headers={"kid": kid} if kid else {})


def answer(id_token):
    return json.dumps(
        {"access_token": "x", "token_type": "Bearer", "scope": "openid email", "id_token": id_token}
    ).encode()


def identity(id_token, *, held=None, there=THERE):
    return single_sign_on.identity(
        there, US, answered=answer(id_token), keys=keys() if held is None else held, pending=PENDING, now=NOW
    )


class TestProvider:
    def test_it_is_who_it_says(self):
        assert (THERE.authorization, THERE.token, THERE.by_form) == (ISSUER + "/auth", ISSUER + "/token", False)
        assert described(token_endpoint_auth_methods_supported=["client_secret_post"]).by_form

    @pytest.mark.parametrize(
        "changes",
        [
            {"issuer": ISSUER + "/"},
            {"issuer": "https://evil.example"},
            {"token_endpoint": None},
            {"token_endpoint": 7},
            {"authorization_endpoint": "javascript:alert(1)"},
            {"jwks_uri": "http://id.example.org/keys"},
        ],
    )
    def test_another_is_refused(self, changes):
        with pytest.raises(RefusedInputError):
            described(**changes)

    @pytest.mark.parametrize("held", [b"", b"\xff", b"[]", b"7", b"{", b"[" * 100_000, b" " * 600_000])
    def test_no_description_is_refused(self, held):
        with pytest.raises(RefusedInputError):
            single_sign_on.provider(held, issuer=ISSUER)


class TestBeginning:
    def test_a_person_is_sent_with_state_nonce_and_a_challenge(self):
        address, pending = single_sign_on.beginning(THERE, US, language="fr")
        asked = {name: values[0] for name, values in parse_qs(urlsplit(address).query).items()}
        assert asked["response_type"] == "code"
        assert asked["client_id"] == "chronik"
        assert asked["redirect_uri"] == US.redirect
        assert asked["scope"] == "openid profile"
        assert (asked["state"], asked["nonce"]) == (pending.state, pending.nonce)
        assert asked["code_challenge_method"] == "S256"
        assert pending.verifier not in address
        assert single_sign_on.beginning(THERE, US, language="fr")[1] != pending

    def test_the_secret_goes_into_a_header_or_the_form(self):
        headers, body = single_sign_on.token_request(THERE, US, code="c", pending=PENDING)
        basic = dict(headers)["Authorization"].removeprefix("Basic ")
        assert base64.b64decode(basic) == b"chronik:s%3Ae%2Fc"
        assert b"client_secret" not in body
        assert parse_qs(body.decode())["code_verifier"] == [PENDING.verifier]
        by_form = replace(THERE, by_form=True)
        headers, body = single_sign_on.token_request(by_form, US, code="c", pending=PENDING)
        assert "Authorization" not in dict(headers)
        assert parse_qs(body.decode())["client_secret"] == ["s:e/c"]
        _headers, body = single_sign_on.token_request(THERE, replace(US, secret=""), code="c", pending=PENDING)
        assert parse_qs(body.decode())["client_id"] == ["chronik"]

    @pytest.mark.parametrize(
        "asked",
        [
            {},
            {"code": "c"},
            {"code": "c", "state": "other"},
            {"state": "the-state"},
            {"state": "the-state", "error": "access_denied"},
            {"state": "the-state", "code": "c", "iss": "https://evil.example"},
            {"state": "thé-state", "code": "c"},
        ],
    )
    def test_an_answer_to_another_question_is_refused(self, asked):
        with pytest.raises(RefusedInputError):
            single_sign_on.code_of(THERE, asked=asked, pending=PENDING)

    def test_a_provider_that_names_itself_must_do_so(self):
        named = replace(THERE, names_itself=True)
        asked = {"state": "the-state", "code": "c"}
        assert single_sign_on.code_of(THERE, asked=asked, pending=PENDING) == "c"
        with pytest.raises(RefusedInputError):
            single_sign_on.code_of(named, asked=asked, pending=PENDING)
        assert single_sign_on.code_of(named, asked={**asked, "iss": ISSUER}, pending=PENDING) == "c"


class TestIdentity:
    @pytest.mark.parametrize(
        ("key", "algorithm"),
        [
            (KEY, "RS256"),
            (KEY, "PS256"),
            (ec.generate_private_key(ec.SECP256R1()), "ES256"),
            (Ed25519PrivateKey.generate(), "EdDSA"),
        ],
    )
    def test_a_good_answer_names_somebody(self, key, algorithm):
        found = identity(token(key=key, algorithm=algorithm), held=keys((OTHER, "k0"), (key, "k1")))
        assert found == Identity(issuer=ISSUER, subject="person-7", name="Ann-Ü")

    @pytest.mark.parametrize(
        "changes",
        [
            {"iss": "https://evil.example"},
            {"iss": None},
            {"aud": "somebody-else"},
            {"aud": ["chronik", "other"]},
            {"aud": ["chronik"], "azp": "other"},
            {"aud": None},
            {"exp": int(NOW.timestamp()) - 61},
            {"exp": None},
            {"exp": "soon"},
            {"iat": int(NOW.timestamp()) + 61},
            {"iat": None},
            {"nonce": "other"},
            {"nonce": None},
            {"sub": None},
            {"sub": ""},
            {"sub": "x" * 256},
            {"sub": "\0"},
            {"sub": 7},
        ],
    )
    def test_one_wrong_claim_is_enough(self, changes):
        with pytest.raises(RefusedInputError):
            identity(token(claims(**changes)))

    def test_several_hearers_are_fine_where_it_is_meant_for_us(self):
        assert identity(token(claims(aud=["chronik", "other"], azp="chronik"))).subject == "person-7"

    def test_a_forged_signature_is_refused(self):
        with pytest.raises(RefusedInputError):
            identity(token(key=OTHER))
        with pytest.raises(RefusedInputError):
            identity(jwt.encode(claims(), None, algorithm="none", headers={"kid": "k1"}))
        shared = keys().decode()
        with pytest.raises(RefusedInputError):
            identity(jwt.encode(claims(), shared * 2, algorithm="HS256", headers={"kid": "k1"}))
        head, body, sign = token().split(".")
        with pytest.raises(RefusedInputError):
            identity(f"{head}.{body[:-4]}AAAA.{sign}")

    def test_a_key_that_is_not_known_is_said_to_be_so(self):
        with pytest.raises(UnknownKeyError):
            identity(token(kid="k9"))
        assert identity(token(kid="")).subject == "person-7"

    @pytest.mark.parametrize("id_token", [None, 7, "", "a.b.c", "\0", "é" * 99, "." * 9_999])
    def test_nonsense_is_refused(self, id_token):
        with pytest.raises(RefusedInputError):
            identity(id_token)

    @pytest.mark.parametrize("held", [b"", b"{}", b'{"keys": 7}', b'{"keys": [7]}', b'{"keys": [{"kty": "RSA"}]}'])
    def test_bad_keys_are_refused(self, held):
        with pytest.raises(RefusedInputError):
            identity(token(), held=held)

    @pytest.mark.parametrize("answered", [b"", b"[]", b'{"error": "invalid_grant"}', b'{"id_token": "x"}', b"\xff"])
    def test_a_refusal_is_told(self, answered):
        with pytest.raises(RefusedInputError):
            single_sign_on.identity(THERE, US, answered=answered, keys=keys(), pending=PENDING, now=NOW)

    @pytest.mark.parametrize(
        ("told", "name"),
        [
            ({"preferred_username": "ann"}, "ann"),
            ({"preferred_username": 7, "name": "Ann B"}, "Ann-B"),
            ({"name": "<script>\0"}, "script"),
            ({"name": "…"}, ""),
            ({}, ""),
        ],
    )
    def test_a_name_is_proposed(self, told, name):
        assert single_sign_on.proposed_name(told) == name


class FakeProvider:
    """What a provider would answer over the network."""

    def __init__(self):
        self.nonce, self.posted, self.down = "", [], False
        self.keys = keys()

    def fetch(self, ask):
        if self.down:
            return Exchange(asked_url=ask.url, failure=Failure(kind=FailureKind.UNREACHABLE, detail="no route"))
        bodies = {single_sign_on.discovery_address(ISSUER): json.dumps(DESCRIPTION).encode(), THERE.keys: self.keys}
        return Exchange(asked_url=ask.url, body=bodies[ask.url])

    def answer(self, url, body, *, headers):
        self.posted.append((url, body, dict(headers)))
        moment = int(wiring.now().timestamp())
        return Posted(status=200, body=answer(token(claims(nonce=self.nonce, iat=moment, exp=moment + 300))))


@pytest.fixture
def provider(archive, monkeypatch):
    cache.clear()
    config = replace(
        archive.config, oidc_issuer=ISSUER, oidc_client_id="chronik", oidc_client_secret="s", oidc_name="Haus"
    )
    monkeypatch.setattr(settings, "CHRONIK", config)
    there = FakeProvider()
    monkeypatch.setattr(wiring, "provider_fetch", lambda _config: there.fetch)
    monkeypatch.setattr(wiring, "provider_post", lambda _config: there)
    return there


def walk(browser, there, *, begin="/desk/sign-in/provider/", **changes):
    """To the provider and back, as a browser would go."""
    gone = browser.get(begin)
    assert gone.status_code == 302, gone.content
    asked = {name: values[0] for name, values in parse_qs(urlsplit(gone.headers["Location"]).query).items()}
    there.nonce = asked["nonce"]
    given = {"state": asked["state"], "code": "c", **changes}
    return browser.get("/desk/sign-in/provider/back/", given)


def signed_in(browser):
    return browser.get("/desk/account/").status_code == 200


class TestSignIn:
    def test_who_is_linked_comes_in(self, provider, archive, eva):
        provider_accounts.link(
            archive.catalogue, eva, identity=Identity(issuer=ISSUER, subject="person-7", name="e"), now=NOW
        )
        browser = Browser()
        assert "Haus" in browser.get("/desk/sign-in/").content.decode()
        came = walk(browser, provider, begin="/desk/sign-in/provider/?next=/desk/dossiers/")
        assert came.headers["Location"] == "/desk/dossiers/"
        assert signed_in(browser)
        assert SignInRow.objects.get().how == SignInRow.How.PROVIDER
        assert provider.posted[0][0] == THERE.token

    def test_nobody_else_does(self, provider, eva):
        browser = Browser()
        refused = walk(browser, provider)
        assert refused.status_code == 403
        assert not signed_in(browser)
        assert User.objects.count() == 1

    def test_nobody_is_led_elsewhere(self, provider, archive, eva):
        provider_accounts.link(
            archive.catalogue, eva, identity=Identity(issuer=ISSUER, subject="person-7", name="e"), now=NOW
        )
        came = walk(Browser(), provider, begin="/desk/sign-in/provider/?next=https://evil.example/")
        assert came.headers["Location"] == "/desk/"

    def test_an_answer_is_good_once_in_its_own_browser_and_for_ten_minutes(self, provider, archive, eva, clock):
        provider_accounts.link(
            archive.catalogue, eva, identity=Identity(issuer=ISSUER, subject="person-7", name="e"), now=NOW
        )
        browser = Browser()
        assert walk(browser, provider, state="other").status_code == 403
        gone = browser.get("/desk/sign-in/provider/")
        state = parse_qs(urlsplit(gone.headers["Location"]).query)["state"][0]
        assert Browser().get("/desk/sign-in/provider/back/", {"state": state, "code": "c"}).status_code == 403
        clock.advance(minutes=11)
        assert browser.get("/desk/sign-in/provider/back/", {"state": state, "code": "c"}).status_code == 403
        assert browser.get("/desk/sign-in/provider/back/").status_code == 403
        assert not signed_in(browser)

    def test_who_is_closed_stays_out(self, provider, archive, eva, monkeypatch):
        provider_accounts.link(
            archive.catalogue, eva, identity=Identity(issuer=ISSUER, subject="person-7", name="e"), now=NOW
        )
        User.objects.filter(pk=eva.pk).update(is_active=False)
        monkeypatch.setattr(settings, "CHRONIK", replace(settings.CHRONIK, oidc_admits=True))
        assert walk(Browser(), provider).status_code == 403
        assert User.objects.count() == 1

    def test_the_second_factor_is_asked_for_as_well(self, provider, archive, eva, monkeypatch):
        provider_accounts.link(
            archive.catalogue, eva, identity=Identity(issuer=ISSUER, subject="person-7", name="e"), now=NOW
        )
        monkeypatch.setattr(second_factor, "factor", lambda _user: object())
        browser = Browser()
        assert walk(browser, provider).headers["Location"] == "/desk/sign-in/code/"
        assert not signed_in(browser)

    def test_a_provider_that_is_down_is_told(self, provider, eva):
        provider.down = True
        refused = Browser().get("/desk/sign-in/provider/")
        assert refused.status_code == 403
        assert "no route" in refused.content.decode()

    def test_a_new_key_is_fetched(self, provider, archive, eva):
        provider_accounts.link(
            archive.catalogue, eva, identity=Identity(issuer=ISSUER, subject="person-7", name="e"), now=NOW
        )
        provider.keys = keys((OTHER, "k0"))
        assert walk(Browser(), provider).status_code == 403
        provider.keys = keys()
        assert walk(Browser(), provider).status_code == 302

    def test_without_a_provider_there_is_none(self, archive, eva, editor):
        assert Browser().get("/desk/sign-in/provider/").status_code == 404
        assert Browser().get("/desk/sign-in/provider/back/?state=x&code=c").status_code == 404
        assert editor.post("/desk/account/provider/link/").status_code == 404
        assert "provider" not in Browser().get("/desk/sign-in/").content.decode()


class TestNewPeople:
    def test_whoever_is_vouched_for_becomes_a_reader_where_the_settings_say_so(self, provider, archive, monkeypatch):
        monkeypatch.setattr(settings, "CHRONIK", replace(settings.CHRONIK, oidc_admits=True))
        User.objects.create_user("ANN-Ü")
        browser = Browser()
        assert walk(browser, provider).status_code == 302
        made = User.objects.get(username="Ann-Ü-2")
        assert people.role_of(made) is Role.READER
        assert not made.has_usable_password()
        assert signed_in(browser)
        assert walk(Browser(), provider).status_code == 302
        assert User.objects.count() == 2

    def test_an_invitation_needs_no_password_then(self, provider, archive, eva):
        row, secret = invitations.invite(archive.catalogue, eva, role=Role.EDITOR, now=NOW)
        browser = Browser()
        page = browser.get(f"/desk/join/{secret}").content.decode()
        assert f"/desk/sign-in/provider/?invitation={secret}" in page
        assert "password1" in page
        came = walk(browser, provider, begin=f"/desk/sign-in/provider/?invitation={secret}")
        assert came.headers["Location"] == f"/desk/join/{secret}"
        page = browser.get(f"/desk/join/{secret}").content.decode()
        assert "password1" not in page
        assert 'value="Ann-Ü"' in page
        assert browser.post(f"/desk/join/{secret}", {"username": "EVA"}).status_code == 422
        assert not SignOnRow.objects.exists(), "the invitation is not used up, and nothing is linked"
        assert browser.post(f"/desk/join/{secret}", {"username": "ann"}).status_code == 302
        assert people.role_of(User.objects.get(username="ann")) is Role.EDITOR
        assert walk(Browser(), provider).status_code == 302
        row.refresh_from_db()
        assert row.used_at is not None


class TestLink:
    def test_it_is_asked_for_by_a_form_and_taken_away_by_another(self, provider, archive, eva, editor):
        assert "/desk/sign-in/provider/" in editor.post("/desk/account/provider/link/").content.decode()
        assert walk(editor, provider).headers["Location"] == "/desk/account/"
        assert [row.subject for row in provider_accounts.links(eva)] == ["person-7"]
        assert archive.catalogue.acts(limit=1)[0].verb is Verb.LINK_SIGN_ON
        assert ISSUER in editor.get("/desk/account/").content.decode()
        assert editor.post("/desk/account/provider/unlink/").status_code == 302
        assert provider_accounts.links(eva) == []
        assert archive.catalogue.acts(limit=1)[0].verb is Verb.UNLINK_SIGN_ON
        with pytest.raises(NotFoundError):
            provider_accounts.unlink(archive.catalogue, eva, by="eva", now=NOW)

    def test_nobody_is_led_into_one(self, provider, eva, editor, clock):
        assert walk(editor, provider).headers["Location"] == "/desk/"
        editor.post("/desk/account/provider/link/")
        clock.advance(minutes=11)
        assert walk(editor, provider).headers["Location"] == "/desk/"
        assert not SignOnRow.objects.exists()

    def test_nobody_is_two_people(self, provider, archive, eva, editor):
        ann = User.objects.create_user("ann")
        known = Identity(issuer=ISSUER, subject="person-7", name="a")
        provider_accounts.link(archive.catalogue, ann, identity=known, now=NOW)
        provider_accounts.link(archive.catalogue, ann, identity=known, now=NOW + timedelta(days=1))
        with pytest.raises(ConflictError):
            provider_accounts.link(archive.catalogue, eva, identity=known, now=NOW)
        editor.post("/desk/account/provider/link/")
        walk(editor, provider)
        assert provider_accounts.links(eva) == []

    def test_who_has_no_password_keeps_it(self, provider, archive, eva, editor):
        provider_accounts.link(archive.catalogue, eva, identity=Identity(issuer=ISSUER, subject="p", name="e"), now=NOW)
        eva.set_unusable_password()
        eva.save()
        editor.force_login(eva)
        editor.post("/desk/account/provider/unlink/")
        assert len(provider_accounts.links(eva)) == 1
