"""Pages that somebody saved: MHTML, SingleFile, browsers' own ways, Safari's archives."""

import base64
import plistlib
import quopri
import time

import pytest

from chronik.extract.article import article
from chronik.extract.forms import mime, saved
from chronik.extract.forms.recognise import TEXT_BYTES_MAX, recognised
from chronik.model import Article, ArticleKind, Failure, FailureKind, Page

URL = "https://talbote.example/region/schleuse.html"
PARAGRAPHS = (
    "Die Schleuse am Mühlbach blieb bis zum Abend geschlossen, sagte die Sprecherin des Wasserverbands am Donnerstag.",
    "Anwohner hatten seit Tagen auf die Entscheidung gewartet. Die Mühle steht seit März still, wie es hieß.",
    "Der Gemeinderat will in der kommenden Woche über den Antrag beraten und dann eine Frist setzen.",
)
HTML = (
    "<!doctype html><html lang=de><head><title>Schleuse bleibt zu</title></head><body><article>"
    "<h1>Schleuse bleibt zu</h1>"
    + "".join(f"<p>{paragraph}</p>" for paragraph in PARAGRAPHS)
    + "</article></body></html>"
)


def read(body, **fields):
    found = article(Page(url="", body=body, **fields))
    assert isinstance(found, Article), str(found)
    return found


def mhtml(content, *, coding="quoted-printable", charset="utf-8", head="", extra=""):
    return (
        (
            "From: <Saved by Blink>\r\n"
            f"Snapshot-Content-Location: {URL}\r\n"
            "Subject: =?utf-8?Q?Schleuse=20bleibt=20zu?=\r\n"
            "Date: Sun, 3 May 2026 08:00:00 -0000\r\nMIME-Version: 1.0\r\n"
            f'Content-Type: multipart/related;\r\n\ttype="text/html";\r\n\tboundary="----Boundary--x----"{head}\r\n'
            "\r\n\r\n"
            f"{extra}------Boundary--x----\r\nContent-Type: text/html; charset={charset}\r\n"
            f"Content-ID: <frame-0@mhtml.blink>\r\nContent-Transfer-Encoding: {coding}\r\n"
            f"Content-Location: {URL}\r\n\r\n"
        ).encode()
        + content
        + (
            b"\r\n------Boundary--x----\r\nContent-Type: image/png\r\nContent-Transfer-Encoding: base64\r\n"
            b"Content-Location: https://talbote.example/x.png\r\n\r\niVBORw0KGgo=\r\n------Boundary--x------\r\n"
        )
    )


@pytest.mark.parametrize(
    ("coding", "charset"),
    [("quoted-printable", "utf-8"), ("base64", "utf-8"), ("8bit", "iso-8859-1"), ("binary", "windows-1252")],
)
def test_a_page_in_mhtml_is_read_with_its_address(coding, charset):
    raw = HTML.encode(charset)
    content = {"quoted-printable": quopri.encodestring, "base64": base64.encodebytes}.get(coding, bytes)(raw)
    found = read(mhtml(content, coding=coding, charset=charset))
    assert found.paragraphs == PARAGRAPHS
    assert found.title == "Schleuse bleibt zu"
    assert found.url == URL
    assert found.kind is ArticleKind.ARTICLE


def test_the_page_is_the_part_that_the_head_names():
    frame = "------Boundary--x----\r\nContent-Type: text/html\r\nContent-ID: <ad>\r\n\r\n<p>Werbung</p>\r\n"
    body = mhtml(HTML.encode(), coding="binary", head=';\r\n\tstart="<frame-0@mhtml.blink>"', extra=frame)
    assert read(body).paragraphs == PARAGRAPHS


def test_the_page_is_the_part_that_lies_where_the_page_was():
    frame = (
        "------Boundary--x----\r\nContent-Type: text/html\r\nContent-Location: https://ad.example/\r\n\r\n<p>x</p>\r\n"
    )
    assert read(mhtml(HTML.encode(), coding="binary", extra=frame)).paragraphs == PARAGRAPHS


def test_the_address_that_was_asked_goes_before_the_one_in_the_file():
    found = recognised(Page(url="https://other.example/", body=mhtml(HTML.encode(), coding="binary")))
    assert isinstance(found, Page)
    assert found.url == "https://other.example/"


def test_a_file_that_breaks_off_is_read_as_far_as_it_goes():
    whole = mhtml(HTML.encode(), coding="binary")
    found = recognised(Page(url="", body=whole[: whole.index(b"</article>")]))
    assert isinstance(found, Page)
    assert found.body.endswith(b"</p>")


def test_a_saved_page_without_html_is_refused():
    found = article(Page(url="", body=mhtml(b"x").replace(b"text/html; charset", b"text/css; charset")))
    assert isinstance(found, Failure)
    assert "no HTML" in found.detail


def test_parts_within_parts_are_found_up_to_a_depth():
    body = b"Content-Type: text/html\r\n\r\n<p>x</p>"
    for depth in range(30):
        head = f"Content-Type: multipart/mixed; boundary=b{depth}\r\n\r\n--b{depth}\r\n".encode()
        body = head + body + f"\r\n--b{depth}--".encode()
        count = len(list(mime.parts(mime.message(body))))
        assert count == (1 if depth < mime.DEPTH_MAX else 0)


def test_the_end_of_a_boundary_is_not_another_one():
    head = b"Content-Type: multipart/mixed; boundary=ab\r\n\r\n"
    body = head + b"--ab\r\n\r\none\r\n--abc\r\n--ab \r\n\r\ntwo\r\n--ab--\r\nrest"
    assert [part.body for part in mime.parts(mime.message(body))] == [b"one\r\n--abc", b"two"]


SINGLE_FILE = "<!--\n Page saved with SingleFile \n url: {url} \n saved date: Sun May 03 2026 08:00:00 GMT+0200\n-->"


@pytest.mark.parametrize(
    "note",
    [
        SINGLE_FILE.format(url=URL),
        f"<!-- saved from url=(0044){URL} -->",
        f"<!--\n Archive processed by SingleFile\n url: {URL}\n saved date: x\n-->",
    ],
)
def test_a_saved_page_knows_where_it_comes_from(note):
    found = read(HTML.replace("<head>", f"{note}<head>").encode())
    assert found.url == URL
    assert found.paragraphs == PARAGRAPHS


def test_pictures_and_fonts_written_into_a_page_cost_next_to_nothing():
    picture = base64.b64encode(bytes(range(256)) * 8_000).decode()
    pictures = "".join(f'<img src="data:image/png;base64,{picture}">' for _ in range(12))
    style = f"<style>@font-face{{src:url(data:font/woff2;charset=utf-8;base64,{picture})}}</style>"
    body = HTML.replace("<h1>", f"{style}{pictures}<h1>").encode()
    assert len(body) > TEXT_BYTES_MAX
    started = time.process_time()
    found = read(body, media_type="text/html")
    assert time.process_time() - started < 5
    assert found.paragraphs == PARAGRAPHS


def test_a_short_data_address_stays():
    body = b'<a href="data:text/plain,hello">x</a>' + b" " * 1_000
    assert saved.unburdened(body) == body


@pytest.mark.parametrize(
    "mark", ["shadowrootmode=open", 'shadowrootmode="open"', 'shadowroot="open"', "shadowmode=open"]
)
def test_what_stands_in_a_shadow_root_is_part_of_the_page(mark):
    inner = "".join(f"<p>{paragraph}</p>" for paragraph in PARAGRAPHS)
    body = (
        f"<html><body><main><x-text><template {mark}><h1>Schleuse</h1>{inner}<template><p>no</p></template></template>"
    )
    found = read(f"{body}</x-text></main></body></html>".encode())
    assert found.paragraphs == PARAGRAPHS


def test_a_template_that_is_none_stays_closed():
    body = b"<template><p>x</p></template></template><template shadowrootmode=open><p>y</p>"
    assert saved.unburdened(body) == b"<template><p>x</p></template></template><div><p>y</p>"


def test_an_archive_of_safari_is_read():
    main = {
        "WebResourceData": HTML.encode(),
        "WebResourceURL": URL,
        "WebResourceMIMEType": "text/html",
        "WebResourceTextEncodingName": "UTF-8",
    }
    found = read(plistlib.dumps({"WebMainResource": main}, fmt=plistlib.FMT_BINARY))
    assert found.paragraphs == PARAGRAPHS
    assert found.url == URL


@pytest.mark.parametrize(
    "body",
    [
        b"bplist00",
        b"bplist00" + b"\xff" * 500,
        plistlib.dumps({"WebMainResource": {"WebResourceData": HTML.encode()}}, fmt=plistlib.FMT_BINARY)[:-20],
        plistlib.dumps({"x": 1}, fmt=plistlib.FMT_BINARY),
        plistlib.dumps(["x"], fmt=plistlib.FMT_BINARY),
    ],
)
def test_a_property_list_that_is_no_page_is_refused(body):
    found = article(Page(url="", body=body))
    assert isinstance(found, Failure)
    assert found.kind in {FailureKind.UNREADABLE, FailureKind.UNSUPPORTED_MEDIA}


MIME_FLOODS = {
    "boundaries": b"--x\r\n\r\n" * 2_000_000,
    "dashes": b"--" * 8_000_000,
    "lines": b"\r\n--x" * 3_000_000,
    "base64": b"--x\r\nContent-Type: text/html\r\nContent-Transfer-Encoding: base64\r\n\r\n" + b"QUJD" * 8_000_000,
    "quoted": b"--x\r\nContent-Type: text/html\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n"
    + b"=3D" * 6_000_000,
    "heads": b"--x\r\n" + b"Content-Type: text/html\r\n" * 500_000,
    "one head": b"--x\r\nContent-Type: text/html; " + b"a=b; " * 2_000_000,
}


@pytest.mark.parametrize("flood", MIME_FLOODS.values(), ids=MIME_FLOODS)
def test_a_flood_of_parts_is_read_in_reasonable_time(flood):
    head = b"MIME-Version: 1.0\r\nSubject: x\r\nContent-Type: multipart/related; boundary=x\r\n\r\n"
    started = time.process_time()
    found = article(Page(url="", body=head + flood))
    assert isinstance(found, Article | Failure)
    assert time.process_time() - started < 10


def test_an_archive_of_safari_written_out_as_xml_is_read():
    main = {
        "WebResourceData": HTML.encode(),
        "WebResourceURL": "https://orle.example/a",
        "WebResourceMIMEType": "text/html",
    }
    assert read(plistlib.dumps({"WebMainResource": main}, fmt=plistlib.FMT_XML)).url == "https://orle.example/a"


@pytest.mark.parametrize(
    "inside",
    ["<dict><key>a</key>", "<dict><key>WebMainResource</key><string>x</string></dict></plist>", "</plist>", "&a;"],
)
def test_a_property_list_in_xml_that_is_no_page_is_refused(inside):
    head = '<?xml version="1.0"?><!DOCTYPE plist PUBLIC "-//Apple//DTD PLIST 1.0//EN" "x"><plist version="1.0">'
    assert isinstance(article(Page(url="", body=(head + inside).encode())), Failure)


def test_the_day_on_which_a_page_was_saved_is_not_its_own():
    saved_on = "Tue Mar 05 2024 10:12:44 GMT+0100"
    note = f"<!--\n Page saved with SingleFile \n url: https://orle.example/a \n saved date: {saved_on}\n-->"
    assert read(HTML.replace("<html", f"{note}<html", 1).encode(), media_type="text/html").published == ""
