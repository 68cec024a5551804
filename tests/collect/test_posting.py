"""Posting to an address that the operator named: what is sent, and every way in which it can fail."""

import gzip
import re
import time

import pytest
from tests.fakes.embeddings import body_of, endpoint, poster
from tests.fakes.server import answer, loopback

from chronik.errors import EncoderError
from chronik.model import Failure, FailureKind


def test_head_and_body_arrive_as_they_were_given():
    bodies = []

    def say(wire, head):
        bodies.append(body_of(wire, head))
        wire.sendall(answer(b"heard"))

    with loopback(say) as server:
        assert poster(server)(server.url("/v1"), [("Authorization", "Bearer k")], b"x" * 10**5) == b"heard"
        head = server.requests[0].partition(b"\r\n\r\n")[0]
    assert head.startswith(b"POST /v1 HTTP/1.1\r\n")
    assert b"\r\nAuthorization: Bearer k" in head
    assert b"\r\nUser-Agent: Chronik/test" in head
    assert bodies == [b"x" * 10**5]


def test_a_packed_answer_is_unpacked():
    with loopback(answer(gzip.compress(b"heard"), "Content-Encoding: gzip")) as server:
        assert poster(server)(server.url(), [], b"{}") == b"heard"


@pytest.mark.parametrize(
    ("said", "kind", "words"),
    [
        (answer(b'{"error": "no such key"}', status="401 Unauthorized"), FailureKind.HTTP_ERROR, "401.*no such key"),
        (answer(b"\x1b[2J\x00slow  down", status="429 Too Many Requests"), FailureKind.RATE_LIMITED, "429.*slow down"),
        (answer(b"x" * 10**5, status="500 Internal Server Error"), FailureKind.HTTP_ERROR, "says: x{200}$"),
        (answer(status="302 Found"), FailureKind.HTTP_ERROR, "302"),
        (answer(b"no gzip", "Content-Encoding: gzip"), FailureKind.BAD_ENCODING, "gzip"),
        (answer(gzip.compress(b"0" * 2**25), "Content-Encoding: gzip"), FailureKind.TOO_LARGE, "larger|exceed|more"),
        (answer(b"0" * (2**24 + 1)), FailureKind.TOO_LARGE, "larger"),
        (b"", FailureKind.UNREACHABLE, "without an answer"),
        (b"nonsense\r\n\r\n", FailureKind.MALFORMED_HTTP, "not HTTP"),
        (b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhalf", FailureKind.TRUNCATED, "broke off"),
    ],
)
def test_what_goes_wrong_is_a_failure(said, kind, words):
    with loopback(said) as server:
        found = poster(server)(server.url(), [], b"{}")
    assert isinstance(found, Failure)
    assert found.kind is kind
    assert re.search(words, found.detail)


def test_a_redirect_is_not_followed_so_that_the_key_goes_nowhere_else():
    with (
        loopback(answer(b"mine now")) as other,
        loopback(answer(b"", f"Location: {other.url()}", status="307 Temporary Redirect")) as server,
    ):
        found = poster(server, permitted_endpoints=frozenset({server.endpoint, other.endpoint}))(
            server.url(), [("Authorization", "Bearer k")], b"{}"
        )
        assert other.requests == []
    assert isinstance(found, Failure)


def test_an_address_inside_the_network_is_refused_unless_permitted():
    with loopback(answer(b"heard")) as server:
        found = poster(server, permitted_endpoints=frozenset())(server.url(), [], b"{}")
        assert server.accepts == 0
    assert found.kind is FailureKind.BLOCKED_ADDRESS


@pytest.mark.parametrize("url", ["", "file:///etc/passwd", "ftp://example.org/", "http://", "http://a b/"])
def test_what_is_no_address_is_refused(url):
    with loopback(b"") as server:
        assert poster(server)(url, [], b"{}").kind is FailureKind.BAD_ADDRESS


def test_a_server_that_says_nothing_is_given_up():
    with loopback(lambda wire, head: time.sleep(0.6)) as server:
        assert poster(server, timeout_s=0.2)(server.url(), [], b"{}").kind is FailureKind.TIMEOUT


def test_an_encoder_behind_a_failing_server_says_what_the_server_said():
    with (
        endpoint(answer(b"no model words-1", status="404 Not Found")) as (encode, _server),
        pytest.raises(EncoderError, match="404 Not Found and says: no model words-1"),
    ):
        encode.vectors(["a"])
