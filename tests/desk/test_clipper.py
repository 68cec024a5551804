"""The clipper at the desk: tokens, the bookmarklet's page, and what the extension sends."""

import json
import re
from dataclasses import replace
from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.core.cache import cache
from django.test import Client
from tests.desk.material import NOW
from tests.fakes.readers import HereAndNow

from chronik import wiring
from chronik.archive import sent_pages
from chronik.catalogue.models import ActRow, ArticleRow, CaptureRow, TokenRow
from chronik.desk import clipper
from chronik.desk.views import sent_pages as endpoint
from chronik.errors import ConflictError, NotFoundError, RefusedInputError
from chronik.extract import workers
from chronik.model import RecordKind
from chronik.takein import sent_page

URL = "https://talbote.example/schleuse.html"
SENTENCE = "Die Schleuse blieb auch am Montag geschlossen, und niemand im Tal wusste, warum das so war."
PAGE = f"""<!doctype html><html lang="de"><head><meta charset="windows-1251"><title>Schleuse zu - Talbote</title>
<script>document.title = "gestohlen"</script></head><body><article><h1>Schleuse bleibt geschlossen</h1>
<p>{SENTENCE}</p><p>„Wir warten auf das Amt“, sagte eine Sprecherin der Gemeinde am Abend vor der Mühle.</p>
<p>Der Bach führte kaum noch Wasser, und die Anwohner warteten seit Tagen auf eine Nachricht.</p>
<p>{SENTENCE}</p></article></body></html>"""


@pytest.fixture
def secret(archive, eva):
    _row, secret = clipper.make_token(archive.catalogue, user_name="eva", name="Firefox", by="eva", now=NOW)
    return secret


@pytest.fixture(autouse=True)
def read_here(monkeypatch):
    """Readings in this process: another one for each page takes a second to start."""
    monkeypatch.setattr(workers, "readings", lambda pages, **_: HereAndNow().read(pages))


def message(**fields):
    given = {"url": URL, "title": "Schleuse zu", "page": PAGE, "sent_by": "Chronik Clipper 1.0"}
    return given | fields


def send(secret, fields=None, *, client=None, body=None, **headers):
    data = json.dumps(message() if fields is None else fields) if body is None else body
    headers = {"Authorization": f"Bearer {secret}"} | headers
    return (client or Client(enforce_csrf_checks=True)).post(
        "/api/capture", data, content_type=headers.pop("content_type", "application/json"), headers=headers
    )


def test_a_page_is_kept_as_a_private_resource_and_opens_with_its_passage(archive, secret, editor):
    answer = send(secret, message(selection={"exact": "Wir warten auf das Amt", "prefix": "", "suffix": ""}))
    assert answer.status_code == 201
    found = answer.json()
    capture = archive.catalogue.capture(found["capture"])
    assert (capture.record, capture.by_hand, capture.url) == (RecordKind.RESOURCE, True, URL)
    assert capture.origin == "sent by a browser: Chronik Clipper 1.0"
    assert sent_pages.is_private(capture)
    assert sent_pages.is_sent(capture)
    assert archive.vault.page(capture).body.decode() == PAGE
    page = editor.get(found["address"].partition("#")[0]).content.decode()
    assert re.search(r"<textarea[^>]*name=\"quote\"[^>]*>\s*Wir warten auf das Amt</textarea>", page)
    assert "gestohlen" not in page
    act = ActRow.objects.get(verb="send-page")
    assert (act.by, act.subject, act.detail["capture"]) == ("eva", URL, capture.id)
    assert TokenRow.objects.get().used_at == NOW
    # The same page again: nothing is kept twice, and nothing is done twice.
    again = send(secret, message(selection={"exact": SENTENCE, "prefix": "auf eine Nachricht.\n\n", "suffix": ""}))
    assert (again.status_code, again.json()["new"], again.json()["article"]) == (200, False, found["article"])
    assert CaptureRow.objects.count() == ActRow.objects.filter(verb="send-page").count() == 1
    start = int(re.search(r"start=(\d+)", again.json()["address"])[1])
    assert start > ArticleRow.objects.get().text.index(SENTENCE), "the second of two equal passages was selected"


def test_a_selection_with_a_caption_in_it_is_found_by_its_first_and_its_last_line(archive, secret):
    said = "„Wir warten auf das Amt“, sagte eine Sprecherin der Gemeinde am Abend vor der Mühle."
    dry = "Der Bach führte kaum noch Wasser, und die Anwohner warteten seit Tagen auf eine Nachricht."
    selected = f"Anzeige\n\n{said}\n\nDie Mühle im Tal. Foto: privat und nur auf der Seite zu sehen\n\n{dry}"
    found = send(secret, message(selection={"exact": selected, "prefix": "x", "suffix": "y"})).json()
    start, end = (int(place) for place in re.findall(r"=(\d+)", found["address"]))
    assert ArticleRow.objects.get().text[start:end] == f"{said}\n\n{dry}"
    elsewhere = send(secret, message(selection={"exact": f"{dry}\n\n{said}", "prefix": "", "suffix": ""})).json()
    assert elsewhere["selected"] is False


def test_a_page_in_mhtml_is_taken_as_well(archive, secret):
    head = 'From: <Saved by Blink>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related; boundary="x"\r\n\r\n'
    whole = f"{head}--x\r\nContent-Type: text/html; charset=utf-8\r\n\r\n{PAGE}\r\n--x--\r\n"
    answer = send(secret, message(page=whole, media_type="multipart/related", selection={"exact": "Der Bach führte"}))
    assert (answer.status_code, answer.json()["selected"]) == (201, True)
    assert archive.catalogue.capture(answer.json()["capture"]).media_type == "multipart/related"


def test_what_holds_no_article_is_kept_and_said_to_hold_none(archive, secret):
    answer = send(secret, message(page="<html><body><div></div></body></html>", title="x\0y"))
    assert answer.status_code == 201
    assert answer.json()["address"] is None
    assert answer.json()["failure"]
    assert CaptureRow.objects.count() == 1


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"url": "javascript:alert(1)"}, 422),
        ({"url": "file:///etc/passwd"}, 422),
        ({"url": "data:text/html,<p>"}, 422),
        ({"url": "https://eva:geheim@talbote.example/"}, 422),
        ({"url": "https://talbote.example/\0x"}, 422),
        ({"url": "https://talbote.example/" + "a" * 5_000}, 422),
        ({"url": "\ud800"}, 422),
        ({"url": 7}, 422),
        ({"url": None}, 422),
        ({"page": ""}, 422),
        ({"page": "plain words"}, 422),
        ({"page": "\0\0\0<html>"}, 422),
        ({"page": ["<p>"]}, 422),
        ({"page": "<p>" + "ä" * (sent_page.PAGE_BYTES_MAX // 2)}, 413),
        ({"page": "a" * sent_page.REQUEST_BYTES_MAX}, 413),
        ({"media_type": "multipart/related"}, 422),
        ({"media_type": "image/svg+xml"}, 422),
        ({"selection": "words"}, 422),
        ({"selection": {"exact": {"a": 1}}}, 422),
        ({"selection": {"exact": "a" * 30_000}}, 413),
        ({"title": ["x"]}, 422),
    ],
)
def test_what_is_not_as_it_should_be_is_refused_and_nothing_is_kept(fields, code, archive, secret):
    answer = send(secret, message(**fields))
    assert answer.status_code == code
    assert answer.json()["error"] in {"refused", "large"}
    assert CaptureRow.objects.count() == ActRow.objects.filter(verb="send-page").count() == 0


@pytest.mark.parametrize(
    "body", [b"", b"{", b"[]", b"7", b"\xff\xfe{}", b"NaN", b"[" * 200_000, b'{"url":' * 50_000, b"9" * 9_000, b"\0"]
)
def test_what_is_no_json_object_is_refused(body, archive, secret):
    assert send(secret, body=body).status_code in {415, 422}
    assert CaptureRow.objects.count() == 0


def test_a_longer_request_than_may_be_sent_is_not_read(archive, secret):
    answer = Client().post(
        "/api/capture",
        b"{}",
        content_type="application/json",
        headers={"Authorization": f"Bearer {secret}"},
        CONTENT_LENGTH="99999999999",
    )
    assert answer.status_code == 413
    assert send(secret, content_type="text/plain").status_code == 415
    assert send(secret, content_type="multipart/form-data; boundary=x").status_code == 415


def test_halves_of_characters_and_controls_do_no_harm(archive, secret):
    page = PAGE.replace("am Abend", "am \ud83d Abend").replace("</body>", " " * 1_000 + "\0</body>")
    answer = send(secret, message(page=page, title="\ud800\x1b[2J", sent_by="x\r\nInjected: yes\0" + "y" * 500))
    assert answer.status_code == 201
    capture = CaptureRow.objects.get()
    assert "\n" not in capture.origin
    assert len(capture.origin) < 200


def test_who_has_no_good_token_is_refused(archive, secret, eva, clock, editor):
    wrong = [
        "",
        "x",
        "chronik_",
        "chronik_" + "a" * 43,
        secret[:-1],
        secret + "a",
        "chronik_" + "a" * 5_000,
        "chronik_ä",
    ]
    for one in wrong:
        answer = send(one.encode().decode("latin-1"))
        assert (answer.status_code, answer.headers["WWW-Authenticate"]) == (401, "Bearer")
    # A session is no token.
    assert editor.post("/api/capture", json.dumps(message()), content_type="application/json").status_code == 401
    User.objects.filter(username="eva").update(is_active=False)
    assert send(secret).status_code == 401
    User.objects.filter(username="eva").update(is_active=True)
    clock.advance(days=366)
    assert send(secret).status_code == 401
    assert CaptureRow.objects.count() == 0


def test_a_revoked_token_is_good_no_more_and_a_token_opens_nothing_else(archive, secret, editor):
    bearer = {"Authorization": f"Bearer {secret}"}
    assert Client().get("/desk/", headers=bearer).status_code == 302
    assert Client().post("/desk/undo/", headers=bearer).status_code == 302
    number = str(TokenRow.objects.get().pk)
    assert editor.post("/desk/clipper/revoke/", {"token": number}).status_code == 302
    assert send(secret).status_code == 401
    assert editor.post("/desk/clipper/revoke/", {"token": number}).status_code == 404
    assert [row.verb for row in ActRow.objects.order_by("number")] == ["make-token", "revoke-token"]


@pytest.mark.parametrize("number", ["", "x", "-1", "9" * 40, "²", "1.5", "\0"])
def test_what_is_no_token_cannot_be_revoked(number, editor):
    assert editor.post("/desk/clipper/revoke/", {"token": number}).status_code == 404


def test_nobody_revokes_the_token_of_somebody_else(archive, secret, editor):
    User.objects.create_user("otto")
    row, _secret = clipper.make_token(archive.catalogue, user_name="otto", name="x", by="otto", now=NOW)
    assert editor.post("/desk/clipper/revoke/", {"token": str(row.pk)}).status_code == 404
    assert b"Firefox" in editor.get("/desk/clipper/").content
    assert len(clipper.tokens("otto")) == 1


@pytest.mark.parametrize("origin", ["https://boese.example", "http://localhost:8000", "null"])
def test_a_web_page_cannot_send(origin, archive, secret):
    assert send(secret, Origin=origin).status_code == 403
    asked = Client().options("/api/capture", headers={"Origin": origin, "Access-Control-Request-Method": "POST"})
    assert asked.status_code == 405
    assert not [name for name in asked.headers if name.lower().startswith("access-control")]


def test_an_extension_is_no_web_page(archive, secret):
    answer = send(secret, message(page=""), Origin="chrome-extension://abcdefghijklmnop")
    assert answer.status_code == 422


@pytest.mark.parametrize("method", ["get", "head", "put", "delete", "patch"])
def test_only_posting_sends(method, archive):
    assert getattr(Client(), method)("/api/capture").status_code == 405


def test_a_token_sends_so_many_pages_and_then_rests(archive, secret, monkeypatch):
    cache.clear()
    monkeypatch.setattr(endpoint, "PAGES_MAX", 2)
    assert [send(secret, message(page="")).status_code for _ in range(3)] == [422, 422, 429]
    assert send(secret).headers["Retry-After"]


def test_a_token_is_shown_once_and_its_secret_is_not_kept(archive, editor):
    answer = editor.post("/desk/clipper/token/", {"name": "  Chromium \n zu Hause "})
    secret = re.search(r'value="(chronik_[\w-]{43})"', answer.content.decode())[1]
    assert "no-store" in answer.headers["Cache-Control"]
    page = editor.get("/desk/clipper/").content.decode()
    assert "Chromium zu Hause" in page
    assert secret not in page
    row = TokenRow.objects.get()
    assert secret not in str(vars(row))
    assert row.expires_at == NOW + timedelta(days=365)
    assert secret not in json.dumps(list(ActRow.objects.values("detail", "subject")))
    assert clipper.sender(secret, NOW) == row


def test_a_token_needs_a_name_and_a_person_and_there_are_not_too_many(archive, editor, monkeypatch):
    assert editor.post("/desk/clipper/token/", {"name": " "}).status_code == 422
    assert editor.post("/desk/clipper/token/", {"name": "a" * 100}).status_code == 422
    catalogue = archive.catalogue
    with pytest.raises(NotFoundError):
        clipper.make_token(catalogue, user_name="niemand", name="x", by="eva", now=NOW)
    with pytest.raises(RefusedInputError):
        clipper.make_token(catalogue, user_name="eva", name="\0\n", by="eva", now=NOW)
    monkeypatch.setattr(clipper, "TOKENS_A_PERSON_MAX", 1)
    clipper.make_token(catalogue, user_name="eva", name="x", by="eva", now=NOW)
    with pytest.raises(ConflictError):
        clipper.make_token(catalogue, user_name="eva", name="y", by="eva", now=NOW)
    assert editor.post("/desk/clipper/token/", {"name": "y"}).status_code == 422


def test_the_bookmarklet_asks_before_anything_is_fetched(archive, editor, article):
    asked = {"url": "https://talbote.example/neu.html#kopf", "title": "<b>Neu</b>", "quote": "Der Bach"}
    answer = editor.get("/desk/clip-page/", asked)
    page = answer.content.decode()
    assert answer.status_code == 200
    assert "https://talbote.example/neu.html<" in page
    assert "&lt;b&gt;Neu" in page
    assert archive.fetch.asked == []
    assert ActRow.objects.count() == 0
    known = editor.get("/desk/clip-page/", {"url": article.url, "quote": "Der Bach stand still."}).content.decode()
    start = article.text.index("Der Bach")
    assert f"/desk/articles/{article.id}/?start={start}&amp;end={start + 21}#clip" in known


@pytest.mark.parametrize(
    "url", ["", "javascript:alert(1)", "file:///etc/passwd", "//x", "https://a b/", "\0", "https://" + "a" * 9_000]
)
def test_the_bookmarklet_takes_web_addresses_only(url, editor, archive):
    for answer in (editor.get("/desk/clip-page/", {"url": url}), editor.post("/desk/clip-page/", {"url": url})):
        assert answer.status_code == 422
        assert b'name="url"' not in answer.content
    assert archive.fetch.asked == []


def test_the_bookmarklets_page_is_fetched_on_the_editors_word(archive, editor, monkeypatch):
    archive.config.archive.mkdir()
    unhurried = replace(archive, config=replace(archive.config, pace_s=0.0))
    monkeypatch.setattr(wiring, "current", lambda: unhurried)
    asked = {"url": URL, "title": "x", "quote": "Wir warten auf das Amt"}
    failed = editor.post("/desk/clip-page/", asked)
    assert failed.status_code == 422
    assert b'name="url"' in failed.content
    archive.fetch.pages = {URL: PAGE.encode("cp1251", "xmlcharrefreplace")}
    answer = editor.post("/desk/clip-page/", asked)
    article = ArticleRow.objects.get()
    start = article.text.index(asked["quote"])
    assert answer.headers["Location"] == f"/desk/articles/{article.id}/?start={start}&end={start + 22}#clip"
    assert editor.post("/desk/clip-page/", asked | {"quote": "Das steht dort nicht"}).headers["Location"].endswith("/")
    assert {row.verb for row in ActRow.objects.all()} == {"add"}
    assert {row.record for row in CaptureRow.objects.all()} == {"response"}
