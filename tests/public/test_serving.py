"""The live server gives the published folder and nothing else."""

from pathlib import Path

import pytest
from django.test import Client
from django.utils.http import http_date

from chronik.public import views

PAGE = "/mill-stream/index.html"


@pytest.fixture
def client(archive_settings):
    return Client()


def test_files_come_byte_for_byte_with_their_media_type(client, publish, site):
    for name in publish().files:
        answer = client.get(f"/{name}")
        assert answer.status_code == 200
        assert answer.content == (site / name).read_bytes()
        expected = {
            ".html": "text/html; charset=utf-8",
            ".css": "text/css; charset=utf-8",
            ".js": "text/javascript; charset=utf-8",
            ".atom": "application/atom+xml",
            ".json": "application/json",
        }
        assert answer["Content-Type"] == expected[Path(name).suffix]


def test_a_folder_gives_its_page(client, publish, site):
    publish()
    assert client.get("/").content == (site / "index.html").read_bytes()
    assert client.get("/mill-stream/de/").content == (site / "mill-stream/de/index.html").read_bytes()


def test_a_folder_without_its_slash_leads_to_it(client, publish):
    publish()
    answer = client.get("/mill-stream")
    assert (answer.status_code, answer["Location"]) == (302, "/mill-stream/")


def test_pages_are_caged_and_carry_no_cookie(client, publish):
    publish()
    for address in ("/", PAGE, "/nowhere", "/mill-stream"):
        answer = client.get(address)
        assert answer["Content-Security-Policy"] == (
            "default-src 'none'; style-src 'self'; img-src 'self'; script-src 'self'; connect-src 'self'; "
            "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
        )
        assert answer["X-Content-Type-Options"] == "nosniff"
        assert answer["Referrer-Policy"] == "no-referrer"
        assert not answer.cookies
        assert "Cookie" not in answer.get("Vary", "")


def test_a_page_says_in_which_language_it_is(client, publish):
    publish()
    answer = client.get("/mill-stream/de/", headers={"accept-language": "fr"})
    assert answer["Content-Language"] == "de"


def test_who_has_the_page_already_is_told_so(client, publish, site):
    publish()
    first = client.get(PAGE)
    assert client.get(PAGE, headers={"if-none-match": first["ETag"]}).status_code == 304
    assert client.get(PAGE, headers={"if-modified-since": first["Last-Modified"]}).status_code == 304
    assert first["Last-Modified"] == http_date((site / PAGE[1:]).stat().st_mtime)
    publish(years="2027")
    assert client.get(PAGE, headers={"if-none-match": first["ETag"]}).status_code == 200


def test_a_head_is_answered_without_a_body(client, publish, site):
    publish()
    answer = client.head(PAGE)
    assert (answer.status_code, answer.content) == (200, b"")
    assert int(answer["Content-Length"]) == (site / PAGE[1:]).stat().st_size


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete", "options", "trace"])
@pytest.mark.parametrize("address", ["/", PAGE, "/nowhere"])
def test_other_methods_are_refused(client, publish, method, address):
    publish()
    answer = getattr(client, method)(address)
    assert (answer.status_code, answer["Allow"]) == (405, "GET, HEAD")


@pytest.mark.parametrize(
    "address",
    [
        "/../chronik.toml",
        "/mill-stream/../../chronik.toml",
        "/%2e%2e/chronik.toml",
        "/%2E%2E%2Fchronik.toml",
        "/..%2fchronik.toml",
        "/%252e%252e/chronik.toml",
        "/..%5cchronik.toml",
        "/..\\chronik.toml",
        "/mill-stream/..%5c..%5cchronik.toml",
        "//etc/passwd",
        "/%2fetc%2fpasswd",
        "/C:/Windows/win.ini",
        "/C:%5cWindows",
        "/index.html%00.css",
        "/%00",
        "/mill-stream//index.html",
        "/./index.html",
        "/index.html/",
        "/style.css/x",
        "/.hidden",
        "/.hidden.html",
        "/linked.html",
        "/linked/chronik.html",
        "/note.txt",
        "/%ff%fe",
        "/%ed%a0%80",
        "/" + "a" * 5000,
        "/" + "a/" * 3000,
        "/%0a",
        "/x%0d%0aSet-Cookie:%20a=b",
        "/mill-stream;.css",
        "/nowhere",
    ],
)
def test_what_is_not_published_is_not_found(client, publish, site, address):
    publish()
    secret = site.parent / "chronik.toml"
    secret.write_text("name = 'secret'")
    (site.parent / "chronik.html").write_text("secret")
    (site / ".hidden.html").write_text("secret")
    (site / ".hidden").write_text("secret")
    (site / "note.txt").write_text("secret")
    (site / "linked.html").symlink_to(site.parent / "chronik.html")
    (site / "linked").symlink_to(site.parent)
    answer = client.get(address)
    assert answer.status_code == 404
    assert b"secret" not in answer.content
    assert not answer.cookies


def test_a_name_after_a_question_mark_changes_nothing(client, publish, site):
    publish()
    assert client.get(f"{PAGE}?utm=<script>").content == (site / PAGE[1:]).read_bytes()


def test_before_anything_is_published_the_way_to_the_desk_is_shown(client):
    answer = client.get("/", headers={"accept-language": "en"})
    assert answer.status_code == 200
    assert b"Nothing is published here yet." in answer.content
    assert b'href="/desk/"' in answer.content
    assert answer["Cache-Control"] == "no-store"


def test_after_the_last_withdrawal_nothing_is_left_to_be_seen(client, publish, withdraw):
    publish()
    withdraw("mill-stream")
    assert client.get(PAGE).status_code == 404
    assert b"mill-stream" not in client.get("/").content


def test_a_page_that_is_not_there_is_missed_in_the_reader_s_language(client):
    answer = client.get("/nowhere", headers={"accept-language": "de"})
    assert answer.status_code == 404
    assert b'lang="de"' in answer.content


def test_a_file_withdrawn_while_it_is_read_is_given_or_missing(client, publish, site, monkeypatch):
    publish()
    within = views._within

    def withdrawn(*arguments):
        found = within(*arguments)
        (site / "mill-stream" / "index.html").unlink(missing_ok=True)
        return found

    monkeypatch.setattr(views, "_within", withdrawn)
    assert client.get(PAGE).status_code == 404


def test_a_file_withdrawn_while_it_is_open_is_given_whole(client, publish, site, monkeypatch):
    publish()
    content = (site / PAGE.strip("/")).read_bytes()
    digest = views.sha256_hex

    def withdrawn(data):
        (site / PAGE.strip("/")).unlink(missing_ok=True)
        return digest(data)

    monkeypatch.setattr(views, "sha256_hex", withdrawn)
    assert client.get(PAGE).content == content
