"""Addresses, one a line."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chronik.errors import RefusedInputError, TooLargeError
from chronik.takein import url_list
from chronik.takein.url_list import addresses


def test_addresses_come_in_order_each_once_without_comments_and_blank_lines():
    data = (
        b"\xef\xbb\xbf# my list\r\n\r\nhttps://example.org/a#part\r\n\thttp://example.org/b  # good one\r\n"
        b"HTTPS://example.org/c\r\nhttps://example.org/a#part"
    )
    found, refused = addresses(data)
    assert found == ("https://example.org/a#part", "http://example.org/b", "HTTPS://example.org/c")
    assert refused == ()


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("example.org/a", "does not begin with http"),
        ("ftp://example.org/", "does not begin with http"),
        ("javascript:alert(1)", "does not begin with http"),
        ("file:///etc/passwd", "does not begin with http"),
        ("https://", "names no host"),
        ("https://:80/", "names no host"),
        ("https://example.org/a b", "blank"),
        ("https://example.org/\x01", "control character"),
        ("https://[::1", "not a web address"),
        ("https://example.org:99999/", "not a web address"),
        ("https://example.org:0/", "port 0"),
        ("https://example.org/" + "x" * 9000, "longer than"),
    ],
)
def test_a_bad_line_is_reported_with_its_number(line, words):
    found, (refused,) = addresses(f"# list\nhttps://example.org/\n{line}\nhttps://example.net/\n".encode())
    assert found == ("https://example.org/", "https://example.net/")
    assert refused.line == 3
    assert words in refused.reason
    assert len(refused.text) <= 200


def test_a_line_that_is_no_utf_8_is_reported():
    found, (refused,) = addresses(b"https://example.org/\xe4\nhttps://example.net/\n")
    assert found == ("https://example.net/",)
    assert refused.reason == "not UTF-8"


def test_a_list_in_utf_16_is_refused():
    with pytest.raises(RefusedInputError, match="UTF-16"):
        addresses("https://example.org/".encode("utf-16"))


def test_a_list_beyond_the_limit_is_refused(monkeypatch):
    monkeypatch.setattr(url_list, "LIST_BYTES_MAX", 10)
    with pytest.raises(TooLargeError):
        addresses(b"https://example.org/")


@given(st.binary(max_size=200).filter(lambda data: data[:2] not in (b"\xff\xfe", b"\xfe\xff")))
def test_any_line_is_an_address_or_reported(data):
    found, refused = addresses(data)
    assert len(found) + len(refused) <= data.count(b"\n") + data.count(b"\r") + 1
