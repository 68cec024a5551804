"""Pages that somebody saved as files."""

import gzip

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chronik.errors import RefusedInputError, TooLargeError
from chronik.model import sha256_hex
from chronik.takein import html
from chronik.takein.html import saved

CANONICAL = b'<html><head><meta property="og:url" content="https://a.org/og"><link rel="x canonical" href="https://a.org/c?a=1&amp;b=2">'


def address(page):
    return saved(page, name="page.html")[1]


@pytest.mark.parametrize(
    ("page", "expected"),
    [
        (CANONICAL, "https://a.org/c?a=1&b=2"),
        (CANONICAL.decode().encode("utf-16"), "https://a.org/c?a=1&b=2"),
        (b'<html><meta property=og:url content="https://a.org/og">', "https://a.org/og"),
        (
            b'<html><link rel=canonical href="/only-a-path"><meta property="og:url" content="https://a.org/og">',
            "https://a.org/og",
        ),
        (b"<!-- saved from url=(0018)https://a.org/from -->\r\n" + CANONICAL, "https://a.org/from"),
        (
            b"<!DOCTYPE html><!--\n Page saved with SingleFile \n url: https://a.org/single?x=1&y=2 \n date: x-->",
            "https://a.org/single?x=1&y=2",
        ),
        (b"<!-- saved from url=(0014)about:internet -->" + CANONICAL, "https://a.org/c?a=1&b=2"),
        (b"<html><!-- <link rel=canonical href=https://a.org/> -->", ""),
        (b"<html><fb:like/><a:b/><x y:z=1><link rel=canonical href=https://a.org/>", "https://a.org/"),
        (b'<html><link rel=canonical href="javascript:alert(1)">', ""),
        (b"<p>fragment", ""),
    ],
)
def test_a_page_says_where_it_comes_from(page, expected):
    assert address(page) == (expected or f"urn:chronik:file:{sha256_hex(page)}")


def test_a_compressed_page_is_unpacked_and_has_the_same_address():
    page = b"<p>fragment"
    assert saved(gzip.compress(page), name="page.html.gz") == saved(page, name="page.html")
    assert saved(gzip.compress(b"<p>") + gzip.compress(b"two"), name="x")[0] == b"<p>two"


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "empty"),
        (b" \n", "empty"),
        (gzip.compress(b"", mtime=0), "empty"),
        (b"plain text, 1 < 2", "no HTML"),
        (b"\x89PNG\0\0<a\0\0", "no HTML"),
        (gzip.compress(b"<html>" * 100, mtime=0)[:-9], "Fetch or save the page again"),
        (b"\x1f\x8bjunk", "Fetch or save the page again"),
    ],
)
def test_what_is_no_page_is_refused(data, words):
    with pytest.raises(RefusedInputError) as refusal:
        saved(data, name="x.html")
    assert str(refusal.value).startswith("x.html: ")
    assert words in str(refusal.value)


def test_a_bomb_is_refused(monkeypatch):
    monkeypatch.setattr(html, "PAGE_BYTES_MAX", 2**20)
    for bomb in (gzip.compress(b"<p>" + b" " * 10**8), b"<p>" + b" " * 2**20):
        with pytest.raises(TooLargeError):
            saved(bomb, name="x.html")


@pytest.mark.parametrize(
    "page", [b"<html>" + b"<div>" * 10**6, b"<html>" + b"<a " * 10**5, b"<html>" + b"<!--" * 10**5]
)
def test_a_monstrous_page_is_taken_in(page):
    assert address(page).startswith("urn:")


@given(st.binary(max_size=300))
def test_any_bytes_are_a_page_or_refused(data):
    page = b"<html>" + data.replace(b"\0", b"")
    assert saved(page, name="x")[0] == page
    try:
        found = saved(data, name="x")[0]
    except RefusedInputError:
        return
    assert found == data
