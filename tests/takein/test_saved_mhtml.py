"""Pages saved as MHTML name the address that they come from, each browser in its own way."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chronik.takein import mhtml

URL = "https://talbote.example/x.html"
HEAD = 'From: <Saved by Blink>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related;\r\n\ttype="text/html";\r\n'


def page(*, head="", part="", boundary="----x", start=""):
    first = (
        f"--{boundary}\r\nContent-Type: text/css\r\nContent-Location: https://talbote.example/a.css\r\n\r\np {{}}\r\n"
    )
    named = f'{HEAD}{start}\tboundary="{boundary}"\r\n{head}\r\n'
    whole = f"{named}{first}--{boundary}\r\nContent-Type: text/html\r\n{part}\r\n<p>x</p>\r\n--{boundary}--\r\n"
    return whole.encode()


@pytest.mark.parametrize(
    "data",
    [
        page(head=f"Snapshot-Content-Location: {URL}\r\n"),
        page(head=f"SNAPSHOT-CONTENT-LOCATION:{URL}\r\nContent-Location: https://talbote.example/other.html\r\n"),
        page(head=f"Content-Location: {URL}\r\n"),
        page(head="Snapshot-Content-Location: https://talbote.example/\r\n x.html\r\n"),
        page(head="Snapshot-Content-Location: =?utf-8?Q?https=3A//talbote.example/x.html?=\r\n"),
        page(head="Snapshot-Content-Location: cid:frame@mhtml.blink\r\n", part=f"Content-Location: {URL}\r\n"),
        page(part=f"Content-Location: {URL}\r\n"),
        page(part=f"Content-Location: {URL}\r\n").replace(b"\r\n", b"\n"),
        page(
            part="Content-Location: https://talbote.example/frame.html\r\n\r\n<p>\r\n------x\r\n"
            f"Content-Type: text/html\r\nContent-ID: <main>\r\nContent-Location: {URL}\r\n",
            start='\tstart="<main>";\r\n',
        ),
    ],
)
def test_the_address_stands_in_the_head_or_beside_the_page(data):
    assert mhtml.saved_from(data) == URL


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)",
        "file:///C:/x.html",
        "cid:a@b",
        "https://",
        "https://[x/",
        "\x00",
        "https://a\x01b/",
        "a" * 9_000,
    ],
)
def test_what_could_not_be_fetched_is_no_address(address):
    assert mhtml.saved_from(page(head=f"Content-Location: {address}\r\n")) == ""
    assert mhtml.saved_from(page(part=f"Content-Location: {address}\r\n")) == ""


@pytest.mark.parametrize("data", [b"", b"\r\n\r\n", b"--x", page(boundary="a" * 300), b"Content-Type: a\r\n" * 90_000])
def test_what_is_damaged_has_no_address(data):
    assert mhtml.saved_from(data) == ""


def test_many_parts_and_boundaries_cost_little():
    endless = page() + b"------x\r\n" * 200_000
    assert mhtml.saved_from(endless) == ""


@given(st.binary(max_size=300), st.text(max_size=60))
def test_any_bytes_have_an_address_or_none(data, text):
    assert isinstance(mhtml.saved_from(data), str)
    assert isinstance(mhtml.saved_from(HEAD.encode() + text.encode("utf-8", "replace") + data), str)
