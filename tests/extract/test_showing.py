"""Bytes show a passage or they do not, told without a reader."""

import time

import pytest

from chronik.extract.showing import BODY_BYTES_MAX, shows

PAGE = (
    "<html><body><!-- no <b> --><p>Der <b>K</b>eeper&nbsp;öffnete &bdquo;beide Tore&ldquo;,<br>am Morgen</p>"
    "<p title='a > b'>夜中に水門が閉じられた。</p></body></html>"
)


@pytest.mark.parametrize(
    ("excerpt", "wanted"),
    [
        ("Der Keeper öffnete „beide Tore“, am Morgen", True),
        ("Der Keeper […] am Morgen", True),
        ("Keeper öffnete\n\n夜中に水門が", True),
        ("夜中に水門が開けられた", False),
        ("Der Keeper schloss beide Tore", False),
        ("", False),
        ("— !", False),
    ],
)
def test_what_stands_there_is_shown(excerpt, wanted):
    assert shows(PAGE.encode(), excerpt, charset="utf-8") is wanted
    assert shows(PAGE.encode("utf-16"), excerpt, charset="utf-16") is wanted


def test_what_is_no_text_or_too_large_shows_nothing():
    assert not shows(b"%PDF-1.7\n" + bytes(range(256)) * 90, "beide Tore", charset="")
    assert not shows(b"beide Tore" + b" " * BODY_BYTES_MAX, "beide Tore", charset="")


@pytest.mark.parametrize("piece", [b"<a", b"<", b"&amp", b"<!--", b"<a <a <a ", b"&#x"])
def test_hostile_pages_are_read_in_a_moment(piece):
    started = time.process_time()
    shows(piece * (10**6 // len(piece)), "beide Tore am Morgen", charset="utf-8")
    assert time.process_time() - started < 3
