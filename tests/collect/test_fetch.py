"""The fetcher among hostile servers: nothing inside is reached, nothing is without end, every byte is kept."""

import gzip
import hashlib
import itertools
import socket
import ssl
import threading
import time
from datetime import UTC, datetime
from pathlib import Path

import brotli
import pytest
import zstandard
from tests.fakes.server import answer, loopback

from chronik.collect.fetch import Fetcher, user_agent
from chronik.errors import ConfigError
from chronik.model import FailureKind
from chronik.ports import Ask

NOON = datetime(2020, 6, 1, 12, 0, tzinfo=UTC)
PUBLIC_NAME = "news.example"
CERTIFICATE = Path(__file__).parent / "certificates" / "certificate.pem"
"""For news.example, valid from 2020 until the end of 2099, with its key beside it. Test material."""


def fetcher(*servers, timeout_s=5.0, size_bytes_max=2**20, resolve=None):
    """A fetcher that may reach these servers, and finds every name at 127.0.0.1."""
    return Fetcher(
        user_agent="Chronik/test",
        timeout_s=timeout_s,
        size_bytes_max=size_bytes_max,
        permitted_endpoints=frozenset(server.endpoint for server in servers),
        resolve=resolve or (lambda _host: ["127.0.0.1"]),
        clock=lambda: NOON,
    )


def fetched(said, *, path="/", timeout_s=5.0, size_bytes_max=2**20, **ask):
    """What comes back from a server that says this."""
    with loopback(said) as server:
        fetch = fetcher(server, timeout_s=timeout_s, size_bytes_max=size_bytes_max)
        return fetch(Ask(url=server.url(path), **ask))


# Places that must not be reached

SPELLINGS = [
    "127.0.0.1",
    "127.1",
    "127.0.1",
    "0x7f.1",
    "0x7f000001",
    "0x7F.0x0.0x0.0x1",
    "2130706433",
    "017700000001",
    "0177.0.0.1",
    "0177.0.0.01",
    "0",
    "0.0.0.0",
    "127.0.0.1.",
    "127.255.255.254",
    "%31%32%37.0.0.1",
    "①②⑦.⓪.⓪.①",
    "127。0。0。1",
    "１２７.0.0.1",
    "localhost",
    "LOCALHOST",
    "localhost.",
    "ⓛocalhost",
    "news.localhost",
    "a.b.localhost.",
    "[::1]",
    "[::]",
    "[0:0:0:0:0:0:0:1]",
    "[::ffff:7f00:1]",
    "[::ffff:127.0.0.1]",
    "[::127.0.0.1]",
    "[64:ff9b::7f00:1]",
    "[64:ff9b:1::7f00:1]",
    "[2002:7f00:1::]",
    "[2001:0:7f00:1::]",
    "[fec0::1]",
    "[fe80::1]",
    "[fd00:ec2::254]",
    "[ff02::1]",
    "10.0.0.1",
    "172.16.0.1",
    "192.168.0.1",
    "100.64.0.1",
    "169.254.169.254",
    "192.0.0.8",
    "198.18.0.1",
    "224.0.0.1",
    "240.0.0.1",
    "255.255.255.255",
    "168.63.129.16",
    "inside.example",
]
REFUSED_ADDRESSES = [
    "http://a@127.0.0.1:{port}/",
    "http://127.0.0.1:{port}\\@public.example/",
    "http:\\\\127.0.0.1:{port}/",
    "http://public.example@127.0.0.1:{port}/",
    "http://127.0.0.1:{port}\r\n/",
    "http://[::1%25lo]:{port}/",
]


@pytest.fixture(scope="module")
def canary():
    with loopback(answer(b"secret")) as server:
        yield server


@pytest.mark.parametrize("host", SPELLINGS)
def test_an_inner_address_is_blocked_however_it_is_spelled(canary, host):
    exchange = fetcher()(Ask(url=f"http://{host}:{canary.port}/"))
    assert exchange.failure.kind is FailureKind.BLOCKED_ADDRESS
    assert exchange.hops == ()
    assert canary.accepts == 0


@pytest.mark.parametrize("url", REFUSED_ADDRESSES)
def test_an_address_that_two_parsers_read_differently_is_refused(canary, url):
    exchange = fetcher()(Ask(url=url.format(port=canary.port)))
    assert exchange.failure.kind is FailureKind.BAD_ADDRESS
    assert canary.accepts == 0


@pytest.mark.parametrize("host", SPELLINGS)
def test_a_redirect_to_an_inner_address_is_blocked(canary, host):
    location = f"http://{host}:{canary.port}/".encode()
    with loopback(b"HTTP/1.1 302 Found\r\nLocation: " + location + b"\r\nContent-Length: 0\r\n\r\n") as server:
        exchange = fetcher(server)(Ask(url=server.url()))
    assert exchange.failure.kind is FailureKind.BLOCKED_ADDRESS
    assert [hop.status for hop in exchange.hops] == [302]
    assert canary.accepts == 0


@pytest.mark.parametrize(
    "location",
    [
        "//127.0.0.1:{port}/",
        "http:///127.0.0.1:{port}",
        "///127.0.0.1:{port}/",
        "/\\127.0.0.1:{port}/",
        "http:\\\\127.0.0.1:{port}/",
        "file:///etc/passwd",
        "gopher://127.0.0.1:{port}/",
        "data:text/html,x",
        "ftp://127.0.0.1:{port}/",
        "jar:http://127.0.0.1:{port}/!/",
        "javascript:alert(1)",
        "http://",
        "http://[",
        "ws://127.0.0.1:{port}/",
        "http://u:p@127.0.0.1:{port}/",
    ],
)
def test_odd_redirects_lead_nowhere(canary, location):
    head = f"HTTP/1.1 302 Found\r\nLocation: {location.format(port=canary.port)}\r\nContent-Length: 0\r\n\r\n"
    exchange = fetched(head.encode())
    assert exchange.failure.kind in {FailureKind.BLOCKED_ADDRESS, FailureKind.BAD_ADDRESS}
    assert len(exchange.hops) == 1
    assert canary.accepts == 0


def test_two_locations_are_refused():
    exchange = fetched(answer(b"", "Location: /a", "Location: /b", status="302 Found"))
    assert exchange.failure.kind is FailureKind.BAD_ADDRESS


def test_a_name_with_one_answer_off_limits_is_blocked(canary):
    with loopback(answer(b"fine")) as server:
        fetch = fetcher(server, resolve=lambda _host: ["127.0.0.1", "127.0.0.2"])
        exchange = fetch(Ask(url=server.url(host=PUBLIC_NAME)))
    assert exchange.failure.kind is FailureKind.BLOCKED_ADDRESS
    assert server.accepts == 0


def test_a_name_that_changes_its_answer_is_connected_to_where_it_was_checked(canary):
    turns = itertools.cycle([["8.8.8.8"], ["127.0.0.1"]])
    asked = []

    def rebinding(host):
        asked.append(host)
        return ["127.0.0.1"] if len(asked) == 1 else next(turns)

    with loopback(answer(b"fine")) as server:
        exchange = fetcher(server, resolve=rebinding)(Ask(url=server.url(host=PUBLIC_NAME)))
    assert exchange.body == b"fine"
    assert asked == [PUBLIC_NAME]
    assert exchange.hops[0].address == "127.0.0.1"
    assert canary.accepts == 0


def test_a_name_is_checked_anew_at_every_hop(canary):
    places = iter([["127.0.0.1"], ["127.0.0.3"]])
    with loopback(answer(b"", "Location: /next", status="302 Found")) as server:
        exchange = fetcher(server, resolve=lambda _host: next(places))(Ask(url=server.url(host=PUBLIC_NAME)))
    assert exchange.failure.kind is FailureKind.BLOCKED_ADDRESS
    assert server.accepts == 1


def test_a_permitted_endpoint_permits_no_other_port(canary):
    with loopback(answer(b"fine")) as server:
        fetch = fetcher(server)
        assert fetch(Ask(url=server.url(host="news.localhost"))).body == b"fine"
        assert fetch(Ask(url=canary.url(host="news.localhost"))).failure.kind is FailureKind.BLOCKED_ADDRESS
    assert canary.accepts == 0


def test_proxies_of_the_environment_are_not_used(canary, monkeypatch):
    for name in ("http_proxy", "https_proxy", "all_proxy", "HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"):
        monkeypatch.setenv(name, canary.url())
    assert fetched(answer(b"direct")).body == b"direct"
    assert canary.accepts == 0


# What is never sent


def test_no_cookie_referrer_or_credential_is_ever_sent():
    def say(wire, head):
        status = "302 Found" if head.startswith(b"GET / ") else "401 Unauthorized"
        wire.sendall(answer(b"", "Location: /2", "Set-Cookie: a=b", "WWW-Authenticate: Basic", status=status))

    with loopback(say) as server:
        fetcher(server)(Ask(url=server.url()))
    assert len(server.requests) == 2
    sent = b"".join(server.requests).lower()
    assert not any(name in sent for name in (b"cookie", b"referer", b"authorization"))
    assert server.requests[0].startswith(b"GET / HTTP/1.1\r\nHost: 127.0.0.1:")
    assert b"User-Agent: Chronik/test\r\n" in server.requests[0]
    assert b"Accept-Encoding: gzip, br\r\n" in server.requests[0]
    assert b"Connection: close\r\n" in server.requests[0]


def test_a_password_in_an_address_is_neither_used_nor_told(canary):
    exchange = fetcher()(Ask(url=f"http://me:hunter2@127.0.0.1:{canary.port}/"))
    assert exchange.failure.kind is FailureKind.BAD_ADDRESS
    assert "hunter2" not in repr(exchange)
    assert canary.accepts == 0


@pytest.mark.parametrize("value", ['"x"\r\nX-Injected: yes', '"x\n"', '"\x00"', '"€"', " ", "\r\n"])
def test_validators_cannot_inject_headers(value):
    with loopback(answer(b"fine")) as server:
        ask = Ask(url=server.url(), etag=value, last_modified=value, accept=value)
        exchange = fetcher(server)(ask)
    assert exchange.body == b"fine"
    assert b"Injected" not in server.requests[0]
    assert b"If-" not in server.requests[0]


def test_validators_go_back_verbatim():
    with loopback(b'HTTP/1.1 304 Not Modified\r\nETag: W/"a, b"\r\n\r\n') as server:
        exchange = fetcher(server)(Ask(url=server.url(), etag='W/"a, b\xe9"', last_modified="Yesterday, more or less"))
    assert exchange.failure is None
    assert b'If-None-Match: W/"a, b\xe9"\r\n' in server.requests[0]
    assert b"If-Modified-Since: Yesterday, more or less\r\n" in server.requests[0]


def test_an_unasked_304_is_a_failure():
    assert fetched(b"HTTP/1.1 304 Not Modified\r\n\r\n").failure.kind is FailureKind.HTTP_ERROR


@pytest.mark.parametrize(
    ("version", "contact", "expected"),
    [
        ("0.1.0", "", "Chronik/0.1.0"),
        ("0.1.0", "mailto:desk@example.org", "Chronik/0.1.0 (+mailto:desk@example.org)"),
        ("1\r\nX: y", "a\r\nX: (y)\\ \x00é", "Chronik/1Xy (+aX: y)"),
        ("", "   ", "Chronik/0"),
    ],
)
def test_the_name_sent_to_servers_holds_what_it_should(version, contact, expected):
    assert user_agent(version=version, contact=contact) == expected


@pytest.mark.parametrize("name", ["", "a\r\nX: y", "€", " "])
def test_a_name_that_cannot_be_sent_is_a_setting_that_cannot_be_used(name):
    with pytest.raises(ConfigError):
        Fetcher(user_agent=name, timeout_s=1, size_bytes_max=1)


# Servers without end


def bombs():
    data = bytes(8 * 2**20)
    yield "gzip", gzip.compress(data)
    yield "br", brotli.compress(data, quality=3)
    yield "zstd", zstandard.compress(data)


@pytest.mark.parametrize(("coding", "bomb"), list(bombs()), ids=lambda value: value if isinstance(value, str) else "")
def test_a_bomb_is_stopped_and_kept_as_evidence(coding, bomb):
    exchange = fetched(answer(bomb, f"Content-Encoding: {coding}"))
    assert exchange.failure.kind is FailureKind.TOO_LARGE
    assert exchange.body == b""
    assert exchange.last.response.endswith(bomb)


@pytest.mark.parametrize(
    "lines", [["Content-Encoding: gzip, gzip"], ["Content-Encoding: gzip", "Content-Encoding: gzip"]]
)
def test_two_codings_are_refused(lines):
    exchange = fetched(answer(gzip.compress(gzip.compress(bytes(2**20))), *lines))
    assert exchange.failure.kind is FailureKind.BAD_ENCODING


def drip(wire, _head):
    for byte in itertools.cycle(b"x"):
        wire.sendall(bytes([byte]))
        time.sleep(0.05)


def drip_headers(wire, _head):
    wire.sendall(b"HTTP/1.1 200 OK\r\n")
    drip(wire, _head)


def drip_body(wire, _head):
    wire.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n")
    drip(wire, _head)


def say_nothing(wire, _head):
    time.sleep(2)


def redirect_slowly(wire, head):
    time.sleep(0.4)
    number = int(head.split(b" ")[1][1:] or 0)
    wire.sendall(answer(b"", f"Location: /{number + 1}", status="302 Found"))


@pytest.mark.parametrize("script", [drip, drip_headers, drip_body, say_nothing, redirect_slowly])
def test_the_time_allowed_is_for_everything_together(script):
    started = time.monotonic()
    exchange = fetched(script, timeout_s=1.0)
    assert exchange.failure.kind is FailureKind.TIMEOUT
    assert time.monotonic() - started < 4
    if script in {drip_headers, drip_body}:
        assert exchange.last.status == 200
        assert exchange.last.truncated == "time"


def test_a_resolver_that_hangs_does_not_hold_up_the_fetch():
    let_go = threading.Event()
    fetch = fetcher(timeout_s=0.3, resolve=lambda _host: [str(let_go.wait(5))])
    started = time.monotonic()
    exchange = fetch(Ask(url="http://news.example/"))
    let_go.set()
    assert exchange.failure.kind is FailureKind.TIMEOUT
    assert time.monotonic() - started < 2


def endless(*, head):
    def say(wire, _head):
        wire.sendall(head)
        while True:
            wire.sendall(b"x" * 2**16)

    return say


@pytest.mark.parametrize(
    "head", [b"HTTP/1.1 200 OK\r\n\r\n", b"HTTP/1.1 200 OK\r\nContent-Length: 99999999999\r\n\r\n"]
)
def test_an_endless_body_is_cut_at_the_limit_and_kept(head):
    exchange = fetched(endless(head=head))
    assert exchange.failure.kind is FailureKind.TOO_LARGE
    assert exchange.last.truncated == "length"
    assert 2**20 <= len(exchange.last.response) <= 2**20 * 1.125 + 2**18


def endless_headers(wire, _head):
    wire.sendall(b"HTTP/1.1 200 OK\r\n")
    for number in itertools.count():
        wire.sendall(f"X-{number}: {'y' * 1000}\r\n".encode())


def test_endless_headers_are_cut():
    exchange = fetched(endless_headers)
    assert exchange.failure.kind is FailureKind.TOO_LARGE
    assert exchange.last.truncated == "length"
    assert len(exchange.last.response) < 2**19


def endless_interim_answers(wire, _head):
    while True:
        wire.sendall(b"HTTP/1.1 103 Early Hints\r\n\r\n")


def endless_chunks(wire, _head):
    wire.sendall(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n")
    while True:
        wire.sendall(b"1\r\nx\r\n" * 5000)


@pytest.mark.parametrize("script", [endless_interim_answers, endless_chunks])
def test_other_endless_answers_end(script):
    assert fetched(script).failure.kind in {FailureKind.MALFORMED_HTTP, FailureKind.TOO_LARGE}


def test_a_chain_of_redirects_ends():
    def onward(wire, head):
        number = int(head.split(b" ")[1][1:] or 0)
        wire.sendall(answer(b"", f"Location: /{number + 1}", status="302 Found"))

    exchange = fetched(onward)
    assert exchange.failure.kind is FailureKind.TOO_MANY_REDIRECTS
    assert len(exchange.hops) == 10


# Odd HTTP


@pytest.mark.parametrize(
    "said",
    [
        b"HTTP/1.1 200 OK\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nX: a\r\n b\r\nContent-Length: 3\r\n\r\nabc",
        b"HTTP/1.1 200 OK\nContent-Length: 3\n\nabc",
        b"HTTP/1.1 200 OK\r\nX: y\nContent-Length: 3\r\n\r\nabc",
        b"HTTP/1.1 200 OK\r\nX: a\x00b\r\nContent-Length: 3\r\n\r\nabc",
        b"HTTP/1.1 200 OK\r\nX: a\rb\r\nContent-Length: 3\r\n\r\nabc",
        b"HTTP/1.1 200 OK\r\nContent-Length: 3\r\nContent-Length: 4\r\n\r\nabc",
        b"HTTP/1.1 200 OK\r\nContent-Length: -3\r\n\r\nabc",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\nabc\r\n0\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nBad Name : x\r\nContent-Length: 3\r\n\r\nabc",
        b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\n\r\n",
        b"hello, I am no HTTP server\r\n",
        b"SSH-2.0-OpenSSH_9.2\r\n",
        b"\x15\x03\x01\x00\x02\x02\x46",
    ],
)
def test_ambiguous_http_is_kept_and_flagged(said):
    exchange = fetched(said)
    assert exchange.failure.kind is FailureKind.MALFORMED_HTTP
    assert exchange.last.response == said
    assert exchange.body == b""
    assert exchange.failure.detail.isprintable()


@pytest.mark.parametrize(
    "said",
    [
        b"HTTP/1.1 200 OK\r\nContent-Length: 300\r\n\r\nabc",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Le",
        b"HTTP/1.1 206 Partial Content\r\nContent-Length: 3\r\n\r\nabc",
    ],
)
def test_an_answer_that_breaks_off_is_kept_and_flagged(said):
    exchange = fetched(said)
    assert exchange.failure.kind is FailureKind.TRUNCATED
    assert exchange.last.response == said
    assert exchange.last.truncated == ("" if b"206" in said else "disconnect")


def test_a_server_that_hangs_up_is_unreachable():
    exchange = fetched(b"")
    assert exchange.failure.kind is FailureKind.UNREACHABLE
    assert exchange.hops == ()


def test_a_port_where_nobody_listens_is_unreachable():
    with socket.create_server(("127.0.0.1", 0)) as listener:
        endpoint = listener.getsockname()
    fetch = Fetcher(user_agent="x", timeout_s=2, size_bytes_max=9, permitted_endpoints=frozenset({endpoint}))
    exchange = fetch(Ask(url=f"http://127.0.0.1:{endpoint[1]}/"))
    assert exchange.failure.kind is FailureKind.UNREACHABLE
    assert exchange.failure.worth_retrying


@pytest.mark.parametrize("resolve", [lambda _host: [], lambda _host: (_ for _ in ()).throw(OSError("no such name"))])
def test_a_name_without_address_is_unreachable(resolve):
    exchange = fetcher(resolve=resolve)(Ask(url="http://nowhere.example/"))
    assert exchange.failure.kind is FailureKind.UNREACHABLE


def test_the_next_address_is_tried_where_one_does_not_answer():
    with loopback(answer(b"fine")) as server:
        permitted = frozenset({("127.0.0.9", server.port), server.endpoint})
        fetch = Fetcher(
            user_agent="x",
            timeout_s=5,
            size_bytes_max=99,
            permitted_endpoints=permitted,
            resolve=lambda _host: ["127.0.0.9", "127.0.0.1"],
        )
        assert fetch(Ask(url=server.url(host=PUBLIC_NAME))).body == b"fine"


def test_interim_answers_and_bytes_after_the_end_are_not_part_of_the_answer():
    whole = answer(b"abc", "X-Odd: \xff")
    exchange = fetched(b"HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n" + whole + b"HTTP/1.1 200 OK\r\n\r\nsmuggled")
    assert exchange.failure is None
    assert exchange.last.response == whole
    assert exchange.body == b"abc"
    assert exchange.last.header("x-odd") == "\xff"


def test_chunks_come_off_the_body_and_stay_on_the_hop():
    said = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3;x=y\r\nabc\r\n2\r\nde\r\n0\r\nTrailer: z\r\n\r\n"
    exchange = fetched(said)
    assert exchange.body == b"abcde"
    assert exchange.last.response == said


def test_http_1_0_ends_with_its_connection():
    exchange = fetched(b"HTTP/1.0 200 OK\r\n\r\nabc")
    assert (exchange.failure, exchange.body) == (None, b"abc")


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("120", 120),
        (" 0 ", 0),
        ("99999999999999999999", 7 * 86400),
        ("Mon, 01 Jun 2020 12:05:00 GMT", 300),
        ("Monday, 01-Jun-20 12:05:00 GMT", 300),
        ("Mon Jun  1 12:05:00 2020", 300),
        ("Mon, 01 Jun 2020 14:05:00 +0200", 300),
        ("Fri, 01 Jan 2100 00:00:00 GMT", 7 * 86400),
        ("Mon, 01 Jun 2020 11:00:00 GMT", None),
        ("-5", None),
        ("1.5", None),
        ("1e3", None),
        ("soon", None),
        ("", None),
        ("٣", None),
        ("Mon, 99 Jun 2020 12:05:00 GMT", None),
    ],
)
def test_retry_after_is_read_or_left_alone(value, expected):
    exchange = fetched(answer(b"", f"Retry-After: {value}".encode().decode("latin-1"), status="503 Busy"))
    assert exchange.failure.kind is FailureKind.RATE_LIMITED
    assert exchange.failure.retry_after_s == expected


def test_many_threads_share_one_fetcher():
    def say(wire, head):
        time.sleep(0.05)
        wire.sendall(answer(head.split(b" ")[1]))

    with loopback(say) as server:
        fetch = fetcher(server)
        bodies = {}

        def ask(number):
            bodies[number] = fetch(Ask(url=server.url(f"/{number}"))).body

        threads = [threading.Thread(target=ask, args=(number,)) for number in range(20)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert bodies == {number: f"/{number}".encode() for number in range(20)}


# TLS


@pytest.fixture
def secured():
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(CERTIFICATE, CERTIFICATE.with_name("key.pem"))
    with loopback(answer(b"secured"), wrap=lambda wire: context.wrap_socket(wire, server_side=True)) as server:
        yield server


def test_a_trusted_certificate_is_recorded(secured, monkeypatch):
    monkeypatch.setenv("SSL_CERT_FILE", str(CERTIFICATE))
    exchange = fetcher(secured)(Ask(url=f"https://news.example:{secured.port}/"))
    assert exchange.body == b"secured"
    text = CERTIFICATE.read_text(encoding="utf-8")
    leaf = ssl.PEM_cert_to_DER_cert(text[text.index("-----BEGIN") :])
    assert exchange.last.tls_certificate == hashlib.sha256(leaf).hexdigest()
    assert (exchange.last.tls_chain, exchange.last.tls_version) == ((leaf,), "TLSv1.3")
    assert exchange.last.response == answer(b"secured")


def test_a_certificate_for_another_name_is_refused(secured, monkeypatch):
    monkeypatch.setenv("SSL_CERT_FILE", str(CERTIFICATE))
    exchange = fetcher(secured)(Ask(url=f"https://other.example:{secured.port}/"))
    assert exchange.failure.kind is FailureKind.TLS
    assert secured.requests == []


def test_a_certificate_that_nobody_vouches_for_is_refused(secured):
    exchange = fetcher(secured)(Ask(url=f"https://news.example:{secured.port}/"))
    assert exchange.failure.kind is FailureKind.TLS
    assert exchange.hops == ()


@pytest.mark.parametrize("said", [b"HTTP/1.1 200 OK\r\n\r\n", b""])
def test_a_server_without_tls_is_a_tls_failure(said):
    with loopback(said) as server:
        exchange = fetcher(server, timeout_s=1)(Ask(url=f"https://news.example:{server.port}/"))
    assert exchange.failure.kind in {FailureKind.TLS, FailureKind.TIMEOUT}
    assert exchange.hops == ()
