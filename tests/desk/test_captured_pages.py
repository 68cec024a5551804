"""A captured page is shown where it can do nothing: neither run, nor ask anybody, nor reach the desk."""

import re
from base64 import b64encode
from dataclasses import replace
from datetime import timedelta

import pytest
from django.core import signing
from django.test import Client
from tests.desk.material import NOW
from tests.preserve.material import exchange

from chronik import config as configuration
from chronik import wiring
from chronik.desk import cage, caged_addresses, captured_parts
from chronik.extract.inert import TAKEN_OFF, inert
from chronik.model import Page

HOST = "replay.example.org"
PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 32
MHTML = (
    b"From: <Saved by Blink>\r\nSnapshot-Content-Location: https://talbote.example/1\r\nMIME-Version: 1.0\r\n"
    b'Content-Type: multipart/related; boundary="x"\r\n\r\n--x\r\nContent-Type: text/html\r\n\r\n'
    b"<p>Gespeichert<link rel=preconnect href=//a.example></p>\r\n--x--\r\n"
)


def keep(archive, body, *, media_type="text/html; charset=utf-8", url="https://talbote.example/1.html"):
    answer = b"HTTP/1.1 200 OK\r\nContent-Type: %s\r\n\r\n%s" % (media_type.encode(), body)
    kept = archive.vault.keep(exchange(answer, url=url, started_at=NOW))
    archive.catalogue.record_capture(kept)
    return kept


@pytest.fixture
def apart(archive, settings, monkeypatch):
    """The archive has an origin of its own for captured pages."""
    config = configuration.from_table(archive.config.archive, {"replay_origin": f"https://{HOST}"})
    moved = replace(archive, config=config)
    monkeypatch.setattr(wiring, "current", lambda: moved)
    settings.CHRONIK = config
    settings.ALLOWED_HOSTS = ["testserver", HOST]
    settings.KNOWN_HOSTS = settings.ALLOWED_HOSTS
    return moved


@pytest.mark.parametrize("name", TAKEN_OFF)
@pytest.mark.parametrize("end", [">", " rel=x>", "\thref=//a>", "\n>", "\f>", "\r>", "/>"])
def test_what_reaches_out_is_taken_off(name, end):
    for spelled in (name, name.upper(), name.title()):
        assert inert(f"a<{spelled}{end}b") == f"a</off-{spelled}{end}b"


@pytest.mark.parametrize(
    "text",
    ["", "<p>a</p>", "<linked>", "<abbr>", "< link>", "<script>1</script>", "<\u017fcript", "<header>", "</link>"],
)
def test_everything_else_stands(text):
    assert inert(text) == text


def test_a_link_keeps_its_text_and_leads_nowhere():
    assert (
        inert('<A class=x href="//a.example">Mühle</a><a>') == '<off-A class=x href="//a.example">Mühle</off-a><off-a>'
    )


@pytest.mark.parametrize(
    ("body", "media_type", "found"),
    [
        (b"<p>Schleuse<LINK href=x>", "text/html; charset=utf-8", "<p>Schleuse</off-LINK href=x>"),
        ("<p>Die Mühle steht still".encode("latin-1"), "text/html", "<p>Die Mühle steht"),
        ("\ufeff<p>Mühle".encode("utf-16-le"), "text/html", "<p>Mühle"),
        (b"<!doctype html><p>a", "", "<!doctype html><p>a"),
        (MHTML, "multipart/related", "Gespeichert</off-link rel=preconnect"),
        (b"a <b> & c", "text/plain", "a &lt;b&gt; &amp; c"),
        (b"<rss><item/></rss>", "application/rss+xml", "&lt;rss&gt;"),
        (b'{"a": "<p>"}', "application/json", "{&quot;a&quot;: &quot;&lt;p&gt;&quot;}"),
        (b"<svg onload=alert(1)>", "image/svg+xml", "&lt;svg"),
    ],
)
def test_markup_is_shown_inert_and_text_as_text(body, media_type, found):
    shown = cage.framed(Page(url="https://a.example/", body=body, media_type=media_type))
    assert found in shown.body.decode()
    assert shown.media_type == "text/html; charset=utf-8"


@pytest.mark.parametrize(
    ("body", "media_type"),
    [
        (b"%PDF-1.7\n", "application/pdf"),
        (b"%PDF-1.7\n", "text/html"),
        (b"PK\x03\x04" + b"\0" * 60, "text/html"),
        (bytes(range(256)) * 9, "text/html"),
        (b"\0\1\2", "application/octet-stream"),
        (b"a" * (cage.SHOWN_BYTES_MAX + 1), "text/plain"),
        (b"no message", "multipart/related"),
    ],
)
def test_what_no_browser_shows_without_running_something_is_not_shown(body, media_type):
    assert cage.framed(Page(url="", body=body, media_type=media_type)) is None


def test_a_picture_is_told_by_its_bytes():
    for media_type in ("image/png", "text/html", ""):
        assert cage.framed(Page(url="", body=PNG, media_type=media_type)).media_type == "image/png"
    assert cage.framed(Page(url="", body=b"<script>", media_type="image/png")) is None


def test_the_page_says_what_it_shows_and_lets_nothing_else_into_the_frame(archive, editor):
    kept = keep(archive, b"<p>Die Schleuse")
    answer = editor.get(f"/desk/captures/{kept.id}/")
    page = answer.content.decode()
    assert re.search(rf'<iframe[^>]* src="/desk/captures/{kept.id}/frame/" sandbox referrerpolicy="no-referrer"', page)
    assert "frame-src 'self'" in answer.headers["Content-Security-Policy"]
    assert "https://talbote.example/1.html" in page
    assert kept.payload_digest in page
    assert "Nothing runs in this frame" in page


def test_the_frame_runs_nothing_and_asks_nobody(archive, editor):
    kept = keep(archive, b"<p>Die Schleuse<meta http-equiv=refresh content='0;url=//a.example'>")
    answer = editor.get(f"/desk/captures/{kept.id}/frame/")
    policy = answer.headers["Content-Security-Policy"]
    assert policy.startswith("sandbox; default-src 'none'; img-src data:;")
    assert policy.endswith("frame-ancestors 'self'")
    assert "script" not in policy
    assert "allow-" not in policy
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Referrer-Policy"] == "no-referrer"
    assert answer.headers["X-DNS-Prefetch-Control"] == "off"
    assert "no-store" in answer.headers["Cache-Control"]
    assert "X-Frame-Options" not in answer.headers
    assert answer.content.decode() == "<p>Die Schleuse</off-meta http-equiv=refresh content='0;url=//a.example'>"


def test_the_frame_is_no_page_of_its_own(archive, editor):
    kept = keep(archive, b"<p>Die Schleuse")
    answer = editor.get(f"/desk/captures/{kept.id}/frame/", headers={"sec-fetch-dest": "document"})
    assert answer.headers["Location"] == f"/desk/captures/{kept.id}/"
    assert Client().get(f"/desk/captures/{kept.id}/frame/").status_code == 302


def test_the_file_is_saved_and_never_shown(archive, editor):
    body = "<script>alert('Mühle')</script>".encode("latin-1")
    kept = keep(archive, body, url='https://a.example/x"y%0d%0aSet-Cookie:z')
    answer = editor.get(f"/desk/captures/{kept.id}/file/")
    assert answer.content == body
    assert answer.headers["Content-Type"] == "application/octet-stream"
    assert answer.headers["Content-Disposition"] == 'attachment; filename="a.example-20260501120000.html"'
    assert answer.headers["Content-Security-Policy"].startswith("sandbox; default-src 'none'")
    assert answer.headers["X-Frame-Options"] == "DENY"


def test_a_capture_that_cannot_be_read_says_so(archive, editor):
    kept = keep(archive, b"<p>Die Schleuse")
    archive.vault.damage(kept)
    page = editor.get(f"/desk/captures/{kept.id}/").content.decode()
    assert "The capture cannot be read." in page
    assert "<iframe" not in page
    assert editor.get(f"/desk/captures/{kept.id}/frame/").status_code == 500


def test_an_origin_of_its_own_shows_captured_pages_and_nothing_else(apart, editor):
    kept = keep(apart, b"<p>Die Schleuse")
    answer = editor.get(f"/desk/captures/{kept.id}/")
    address = re.search(rf'<iframe[^>]* src="https://{HOST}(/replay/[^"]+)"', answer.content.decode())[1]
    assert f"frame-src https://{HOST}/replay/" in answer.headers["Content-Security-Policy"]
    stranger = Client(headers={"host": HOST})
    shown = stranger.get(address)
    assert shown.content == b"<p>Die Schleuse"
    assert shown.headers["Content-Security-Policy"].endswith("frame-ancestors http://testserver")
    assert not shown.cookies
    elsewhere = ("/", "/desk/", f"/desk/captures/{kept.id}/frame/", "/static/desk/desk.css", "/replay/", "/api/capture")
    for path in elsewhere:
        assert Client(headers={"host": HOST}).get(path).status_code == 404
    assert stranger.get(address, headers={"sec-fetch-dest": "document"}).status_code == 404
    assert stranger.post(address).status_code == 405
    assert editor.get(address).status_code == 404
    assert editor.get(f"/desk/captures/{kept.id}/frame/").headers["Location"] == f"/desk/captures/{kept.id}/"


def test_an_address_that_is_forged_or_old_opens_nothing(apart, editor, monkeypatch):
    kept = keep(apart, b"<p>Die Schleuse")
    told = {"capture": kept.id, "desk": "http://testserver"}
    good = signing.dumps(told, salt="chronik.replay")
    forged = [signing.dumps(told, salt="other"), good[:-1], "x", "", "%00", signing.dumps("x", salt="chronik.replay")]
    for token in forged:
        assert Client(headers={"host": HOST}).get(f"/replay/{token}").status_code == 404
    assert Client(headers={"host": HOST}).get(f"/replay/{good}").status_code == 200
    monkeypatch.setattr(caged_addresses, "VALID_S", -1)
    assert Client(headers={"host": HOST}).get(f"/replay/{good}").status_code == 404


@pytest.mark.parametrize(
    ("origin", "host", "is_of"),
    [
        ("https://r.example", "r.example", True),
        ("https://r.example", "R.EXAMPLE:443", True),
        ("http://r.example:8470", "r.example:8470", True),
        ("http://r.example:8470", "r.example", False),
        ("http://r.example", "r.example:80", True),
        ("https://r.example", "desk.example", False),
        ("", "desk.example", False),
    ],
)
def test_only_the_very_origin_is_meant(origin, host, is_of, rf, settings):
    settings.ALLOWED_HOSTS = ["*"]
    assert caged_addresses.is_of(origin, rf.get("/", headers={"host": host})) == is_of


@pytest.mark.parametrize(
    "origin", ["replay", "ftp://a.example", "https://a.example/x", "http://localhost:1", "https://desk.example:444"]
)
def test_an_origin_that_keeps_nothing_apart_is_refused(tmp_path, origin):
    settings = {"replay_origin": origin, "public_url": "https://desk.example/"}
    with pytest.raises(configuration.ConfigError, match="replay_origin"):
        configuration.from_table(tmp_path, settings)


def take_in(archive, name, body, *, media_type, origin="crawl.warc", seconds=0):
    at = NOW + timedelta(seconds=seconds)
    answer = b"HTTP/1.1 200 OK\r\nContent-Type: %s\r\n\r\n%s" % (media_type.encode(), body)
    kept = archive.vault.keep(exchange(answer, url=f"https://talbote.example/{name}", started_at=at))
    archive.catalogue.record_capture(replace(kept, origin=origin))
    return kept.id


def frame_of(archive, capture):
    kept = archive.catalogue.capture(capture)
    page = archive.vault.page(kept)
    return cage.framed(page, beside=lambda html: captured_parts.parts(archive, kept, html=html)).body.decode()


def test_pictures_and_styles_of_the_same_file_are_shown(archive):
    page = take_in(archive, "p", b"<link rel=stylesheet href=a.css><img src=p.png>", media_type="text/html")
    take_in(archive, "a.css", b"p{color:red} b{background:url(q.png)}", media_type="text/css")
    take_in(archive, "p.png", PNG, media_type="image/jpeg")
    take_in(archive, "q.png", PNG, media_type="text/plain")
    shown = frame_of(archive, page)
    assert "<style>p{color:red}" in shown
    assert shown.count(f"data:image/png;base64,{b64encode(PNG).decode()}") == 2


@pytest.mark.parametrize(
    ("body", "media_type", "origin"),
    [
        (b"<svg onload=alert(1)>", "image/png", "crawl.warc"),
        (b"%PDF-1.7\n", "image/png", "crawl.warc"),
        (b"<p>x", "text/css; a=b", "other.warc"),
        (PNG, "image/png", "other.warc"),
        (PNG, "image/png", ""),
    ],
)
def test_what_is_no_picture_by_its_bytes_or_came_otherwise_is_not_shown(archive, body, media_type, origin):
    page = take_in(archive, "p", b"<img src=p.png><link rel=stylesheet href=p.png>", media_type="text/html")
    take_in(archive, "p.png", body, media_type=media_type, origin=origin)
    assert frame_of(archive, page) == "<img src=p.png></off-link rel=stylesheet href=p.png>"


def test_the_capture_nearest_in_time_is_shown(archive):
    page = take_in(archive, "p", b"<link rel=stylesheet href=a.css>", media_type="text/html", seconds=100)
    for seconds in (0, 90, 200):
        take_in(archive, "a.css", b"p{top:%d}" % seconds, media_type="text/css", seconds=seconds)
    assert "p{top:90}" in frame_of(archive, page)


def test_a_page_that_was_captured_here_is_shown_as_before(archive):
    kept = keep(archive, b"<img src=p.png>")
    take_in(archive, "p.png", PNG, media_type="image/png", origin="")
    assert frame_of(archive, kept.id) == "<img src=p.png>"
