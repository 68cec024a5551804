"""The contract of `ports.Fetch`, held against the fake and against the real one on the loopback."""

import gzip
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC

import pytest
from tests.fakes.fetch import FakeFetch, FakePage
from tests.fakes.server import loopback

from chronik.collect.fetch import Fetcher
from chronik.model import Exchange, FailureKind
from chronik.ports import Ask, Fetch

HTML = (("Content-Type", "text/html"),)


class Web:
    """Pages by path, and a fetch that finds them there."""

    def __init__(self, fetch: Fetch, base: str) -> None:
        self.fetch = fetch
        self.base = base

    def ask(self, path: str, **more: str | int) -> Exchange:
        return self.fetch(Ask(url=self.base + path, **more))


@contextmanager
def fake_web(pages: Mapping[str, FakePage]) -> Iterator[Web]:
    base = "http://news.localhost:8000"
    yield Web(FakeFetch({base + path: page for path, page in pages.items()}), base)


@contextmanager
def real_web(pages: Mapping[str, FakePage]) -> Iterator[Web]:
    def say(wire, head):
        path = head.split(b" ")[1].decode()
        lines = head.decode("latin-1").split("\r\n")
        sent = dict(line.split(": ", 1) for line in lines[1:] if ": " in line)
        page = pages.get(path, FakePage(status=404, body=b"not here"))
        ask = Ask(url="http://x/", etag=sent.get("If-None-Match", ""), last_modified=sent.get("If-Modified-Since", ""))
        wire.sendall(FakeFetch({})._hop(f"http://x{path}", page, ask).response)

    with loopback(say) as server:
        fetch = Fetcher(
            user_agent="Chronik/test",
            timeout_s=5,
            size_bytes_max=2**20,
            permitted_endpoints=frozenset({server.endpoint}),
        )
        yield Web(fetch, server.url("", host="news.localhost"))


@pytest.fixture(params=[fake_web, real_web], ids=["fake", "real"])
def web(request) -> Callable:
    return request.param


def test_a_page_comes_back_with_its_bytes(web):
    with web({"/a?b=c": FakePage(body=b"hello", headers=HTML)}) as here:
        exchange = here.ask("/a?b=c")
    assert exchange.failure is None
    assert exchange.asked_url == here.base + "/a?b=c"
    assert exchange.body == b"hello"
    (hop,) = exchange.hops
    assert (hop.url, hop.status) == (here.base + "/a?b=c", 200)
    assert hop.header("content-type") == "text/html"
    assert hop.header("content-length") == "5"
    assert hop.response == b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 5\r\n\r\nhello"
    assert hop.request.startswith(
        b"GET /a?b=c HTTP/1.1\r\nHost: " + here.base.removeprefix("http://").encode() + b"\r\n"
    )
    assert hop.request.endswith(b"\r\n\r\n")
    assert b"Cookie" not in hop.request
    assert b"Referer" not in hop.request
    assert hop.started_at.tzinfo is UTC
    assert hop.address
    assert hop.truncated == ""


def test_codings_come_off_the_body_but_stay_on_the_hop(web):
    packed = gzip.compress(b"hello" * 100, mtime=0)
    with web({"/": FakePage(body=packed, headers=(("Content-Encoding", "gzip"),))}) as here:
        exchange = here.ask("/")
    assert exchange.body == b"hello" * 100
    assert exchange.hops[0].response.endswith(b"\r\n\r\n" + packed)


def test_a_redirect_is_followed_and_both_hops_are_kept(web):
    pages = {
        "/old": FakePage(status=301, headers=(("Location", "/new#part"),), body=b"moved"),
        "/new": FakePage(body=b"here"),
    }
    with web(pages) as here:
        exchange = here.ask("/old")
    assert [(hop.url, hop.status) for hop in exchange.hops] == [(here.base + "/old", 301), (here.base + "/new", 200)]
    assert exchange.body == b"here"
    assert exchange.last.url == here.base + "/new"


def test_who_asks_may_see_to_other_hosts_by_itself(web):
    pages = {
        "/near": FakePage(status=301, headers=(("Location", "/far"),)),
        "/far": FakePage(status=302, headers=(("Location", "https://other.example/"),), body=b"over there"),
    }
    with web(pages) as here:
        exchange = here.ask("/near", on_host=True)
    assert [hop.status for hop in exchange.hops] == [301, 302]
    assert (exchange.failure, exchange.body) == (None, b"")


def test_redirects_without_end_are_given_up(web):
    with web({"/": FakePage(status=302, headers=(("Location", "/"),))}) as here:
        exchange = here.ask("/")
    assert exchange.failure.kind is FailureKind.TOO_MANY_REDIRECTS
    assert 1 <= len(exchange.hops) <= 10


@pytest.mark.parametrize("location", ["file:///etc/passwd", "gopher://x/", "data:,x", "//u:p@other.example/", "/\\x"])
def test_redirects_to_what_is_no_web_address_are_refused(web, location):
    with web({"/": FakePage(status=302, headers=(("Location", location),))}) as here:
        exchange = here.ask("/")
    assert exchange.failure.kind is FailureKind.BAD_ADDRESS
    assert len(exchange.hops) == 1
    assert "u:p" not in str(exchange.failure)


@pytest.mark.parametrize(
    ("status", "kind"),
    [
        (404, FailureKind.HTTP_ERROR),
        (500, FailureKind.HTTP_ERROR),
        (300, FailureKind.HTTP_ERROR),
        (410, FailureKind.GONE),
        (429, FailureKind.RATE_LIMITED),
        (503, FailureKind.RATE_LIMITED),
    ],
)
def test_errors_are_values_and_their_hops_are_kept(web, status, kind):
    with web({"/": FakePage(status=status, body=b"sorry", headers=(("Retry-After", "120"),))}) as here:
        exchange = here.ask("/")
    assert exchange.failure.kind is kind
    assert exchange.failure.retry_after_s == (120 if kind is FailureKind.RATE_LIMITED else None)
    assert exchange.body == b""
    assert exchange.last.status == status
    assert exchange.last.response.endswith(b"sorry")


@pytest.mark.parametrize("condition", [{"etag": 'W/"1"'}, {"last_modified": "Mon, 01 Jun 2020 10:00:00 GMT"}])
def test_an_unchanged_page_is_no_failure_and_has_no_body(web, condition):
    with web({"/": FakePage(body=b"long", **condition)}) as here:
        first = here.ask("/")
        again = here.ask("/", **condition)
    assert first.body == b"long"
    assert again.failure is None
    assert (again.last.status, again.body) == (304, b"")
    assert next(iter(condition.values())).encode() in again.last.request


def test_an_empty_page_is_no_failure(web):
    with web({"/": FakePage(headers=(("Content-Encoding", "gzip"),))}) as here:
        exchange = here.ask("/")
    assert (exchange.failure, exchange.body) == (None, b"")


def test_the_limit_is_on_the_unpacked_body(web):
    packed = gzip.compress(bytes(5000))
    pages = {
        "/gz": FakePage(body=packed, headers=(("Content-Encoding", "gzip"),)),
        "/plain": FakePage(body=bytes(5000)),
    }
    with web(pages) as here:
        for path in pages:
            assert here.ask(path, size_bytes_max=5000).body == bytes(5000)
            assert here.ask(path, size_bytes_max=4999).failure.kind is FailureKind.TOO_LARGE


@pytest.mark.parametrize("coding", ["gzip, gzip", "rot13", "gzip"])
def test_what_does_not_unpack_is_a_value(web, coding):
    with web({"/": FakePage(body=b"plain text", headers=(("Content-Encoding", coding),))}) as here:
        exchange = here.ask("/")
    assert exchange.failure.kind is FailureKind.BAD_ENCODING
    assert exchange.last.response.endswith(b"plain text")


@pytest.mark.parametrize("url", ["", "ftp://x/", "http://", "http://u:secret@x/", "http://a b/", "http://a/\r\nX: y"])
def test_what_is_no_address_never_raises(web, url):
    with web({}) as here:
        exchange = here.fetch(Ask(url=url))
    assert exchange.failure.kind is FailureKind.BAD_ADDRESS
    assert exchange.hops == ()
    assert "secret" not in f"{exchange}"
