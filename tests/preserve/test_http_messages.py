"""HTTP messages as they stand in archives, sound and unsound."""

import gzip
import zlib

import brotli
import pytest
from hypothesis import given
from hypothesis import strategies as st

from chronik.errors import RefusedInputError, TooLargeError
from chronik.preserve.message import body, charset, media_type, message, without_chunks

TEXT = b"<html>Gr\xc3\xbc\xc3\x9fe</html>" * 20
LIMIT = 2**20


def block(*headers, content=TEXT, line_end=b"\r\n"):
    return line_end.join([b"HTTP/1.1 200 OK", *headers, b"", b""]) + content


def read(data, limit=LIMIT):
    return body(data, message(data), size_bytes_max=limit)


def test_a_plain_answer_is_read():
    head = message(block(b"Content-Type: text/html", b"X-A: 1", b"x-a: 2"))
    assert head.status == 200
    assert head.headers == (("content-type", "text/html"), ("x-a", "1"), ("x-a", "2"))
    assert read(block()) == TEXT


@pytest.mark.parametrize("line_end", [b"\r\n", b"\n"])
def test_bare_line_feeds_end_lines_too(line_end):
    data = block(b"Content-Type: text/plain", line_end=line_end)
    assert message(data).header("content-type") == "text/plain"
    assert read(data) == TEXT


def test_folded_lines_are_joined():
    assert message(block(b"X: a", b"\tb", b"  c")).header("x") == "a b c"


@pytest.mark.parametrize(
    ("line", "status"),
    [
        (b"HTTP/1.0 302 ", 302),
        (b"HTTP/1.1 404", 404),
        (b"HTTP/2 200", 200),
        (b"HTTP/1.1  200  OK", 200),
        (b"HTTP/1.1 20", None),
        (b"HTTPX/1.1 200 OK", None),
        (b"ICY 200 OK", None),
        (b"<html>", None),
        (b"", None),
    ],
)
def test_only_a_status_line_is_one(line, status):
    assert message(line + b"\r\n\r\n").status == status
    assert message(line).status == status


def test_interim_answers_are_passed_over():
    data = b"HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n" + block(b"X: y")
    assert (message(data).status, message(data).header("x"), read(data)) == (200, "y", TEXT)


def test_a_head_without_end_has_no_body():
    assert read(b"HTTP/1.1 200 OK\r\nX: y") == b""


@pytest.mark.parametrize(
    ("coding", "packed"),
    [
        (b"gzip", gzip.compress(TEXT, mtime=0)),
        (b"x-gzip", gzip.compress(TEXT, mtime=0)),
        (b"GZIP", gzip.compress(TEXT, mtime=0)),
        (b"deflate", zlib.compress(TEXT)),
        (b"br", brotli.compress(TEXT)),
        (b"identity", TEXT),
        (b"", TEXT),
    ],
)
def test_codings_are_taken_off(coding, packed):
    assert read(block(b"Content-Encoding: " + coding, content=packed)) == TEXT


@pytest.mark.parametrize("coding", [b"gzip", b"br", b"deflate", b"zstd", b"utf-8", b"gzip, br"])
def test_a_body_whose_coding_was_taken_off_already_is_given_as_it_stands(coding):
    assert read(block(b"Content-Encoding: " + coding)) == TEXT


def test_a_broken_coding_is_refused():
    with pytest.raises(RefusedInputError):
        read(block(b"Content-Encoding: gzip", content=gzip.compress(TEXT)[:40]))
    with pytest.raises(RefusedInputError):
        read(block(b"Content-Encoding: rot13", content=bytes(range(256))))


def test_too_much_is_refused_with_and_without_coding():
    assert read(block(), limit=len(TEXT)) == TEXT
    for data in (block(), block(b"Content-Encoding: gzip", content=gzip.compress(TEXT))):
        with pytest.raises(TooLargeError):
            read(data, limit=len(TEXT) - 1)


@pytest.mark.parametrize(
    ("chunked", "expected"),
    [
        (b"3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n", b"abcde"),
        (b"3;name=value\r\nabc\r\n0\r\nTrailer: x\r\n\r\n", b"abc"),
        (b" 3 \nabc\n0\n\n", b"abc"),
        (b"0\r\n\r\n", b""),
        (b"", b""),
        (b"3\r\nab", b"ab"),
        (b"3\r\nabc\r\n", b"abc"),
        (b"3\r\nabc\r\nnot a chunk", b"abcnot a chunk"),
        (b"<html>never chunked</html>", b"<html>never chunked</html>"),
        (b"ffffffffffffffffffff\r\nabc", b"ffffffffffffffffffff\r\nabc"),
        (b"-1\r\nabc", b"-1\r\nabc"),
    ],
)
def test_chunks_are_put_together(chunked, expected):
    assert without_chunks(chunked) == expected


def test_chunks_and_coding_are_both_taken_off():
    packed = gzip.compress(TEXT)
    chunked = b"%x\r\n%s\r\n0\r\n\r\n" % (len(packed), packed)
    assert read(block(b"Transfer-Encoding: chunked", b"Content-Encoding: gzip", content=chunked)) == TEXT
    assert read(block(b"Transfer-Encoding: chunked", b"Content-Encoding: gzip", content=packed)) == TEXT


@pytest.mark.parametrize(
    ("value", "kind", "encoding"),
    [
        ("text/html; charset=UTF-8", "text/html", "utf-8"),
        ('Text/HTML;Charset="iso-8859-1"', "text/html", "iso-8859-1"),
        ("text/html;charset='windows-1251'; x=y", "text/html", "windows-1251"),
        ("text/html; boundary=x; charset = koi8-r", "text/html", "koi8-r"),
        ("application/ld+json", "application/ld+json", ""),
        ("charset=utf-8", "", ""),
        ("text", "", ""),
        ("text/html, text/html", "", ""),
        ("", "", ""),
        ("text/html; charset=\x00\r\n", "text/html", ""),
    ],
)
def test_a_content_type_is_taken_apart(value, kind, encoding):
    assert (media_type(value), charset(value)) == (kind, encoding)


@given(st.binary())
def test_nothing_makes_reading_a_head_fail(data):
    for candidate in (data, b"HTTP/1.1 200 OK\r\n" + data):
        head = message(candidate)
        assert 0 <= head.body_start <= len(candidate)


@given(st.lists(st.binary(min_size=1, max_size=50), max_size=5))
def test_chunks_come_back_as_they_were_sent(chunks):
    sent = b"".join(b"%x\r\n%s\r\n" % (len(chunk), chunk) for chunk in chunks) + b"0\r\n\r\n"
    assert without_chunks(sent) == b"".join(chunks)
