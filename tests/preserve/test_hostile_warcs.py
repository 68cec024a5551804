"""Forty hostile pages in one WARC: `warcio check` and `fastwarc check` find all whole, and both read the same.

Each record is also held against what was kept: nothing that a server sends becomes a record, a field or an address.
"""

import gzip
import subprocess
import sys
import zlib
from contextlib import closing

import brotli
import fastwarc
import pytest
import zstandard
from tests.preserve.material import NOW, by_fastwarc, by_warcio, vault_in, warcio_check, warcs

from chronik.errors import VaultError
from chronik.model import Exchange, Hop
from chronik.ports import ForeignRecord
from chronik.preserve import warc

OK = b"HTTP/1.1 200 OK\r\n"
TEXT = "<p>Die Brücke bleibt gesperrt.</p>".encode() * 20
FORGED = (
    b"WARC/1.1\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:uuid:0>\r\nWARC-Target-URI: http://forged.example/\r\n"
    b"WARC-Date: 2020-01-01T00:00:00Z\r\nContent-Length: 2\r\n\r\nhi\r\n\r\n"
)
ASK = b"GET / HTTP/1.1\r\nHost: talbote.example\r\n\r\n"
CHUNKED = OK + b"Transfer-Encoding: chunked\r\n\r\n"


def coded(name, body):
    return OK + b"Content-Encoding: " + name + b"\r\n\r\n" + body


def chunks(body, *, size=50, ending=b"0\r\n\r\n"):
    parts = [body[at : at + size] for at in range(0, len(body), size)]
    return CHUNKED + b"".join(b"%x\r\n%s\r\n" % (len(part), part) for part in parts) + ending


def hop(url="https://talbote.example/", response=OK + b"\r\n" + TEXT, request=ASK, **more):
    values = {"status": 200, "headers": (), "started_at": NOW, "elapsed_s": 0.1, "address": "192.0.2.7", **more}
    return Hop(url=url, request=request, response=response, **values)


def redirect(location):
    return b"HTTP/1.1 302 Found\r\nLocation: " + location + b"\r\nContent-Length: 0\r\n\r\n"


URLS = [
    "http://a.example/\r\nWARC-Injected: yes",
    "http://a.example/\r\n\r\nWARC/1.1\r\nWARC-Type: response",
    "http://a.example/\x00\x1f\x7f\x85\u2028\u2029",
    "http://a.example/ü ö\t%0d%0aX:y",
    "<http://a.example/>",
    "http://a.example/\ud800\udfff",
    "http://[::1",
    "http://user:pass@a.example:99999/#%zz",
    "javascript:alert(1)",
    "data:text/html,<script>x</script>",
    "file:///etc/passwd",
    "http://a.example/" + "x" * 8_000,
    "\u202egnp.exe//:ptth",
    " ",
]
RESPONSES = [
    OK + b"\r\n" + FORGED,
    OK + b"\r\n\r\n\r\n" + FORGED * 3,
    OK + b"\r\n" + gzip.compress(FORGED),
    OK + b"X: a\r\n folded: \tWARC/1.1\r\n\r\nbody",
    OK + b"X: a\n\nbody after bare line feeds",
    OK + b"WARC-Type: warcinfo\r\nWARC-Target-URI: http://forged.example/\r\n\r\n" + bytes(range(256)),
    OK + b"Content-Length: 5\r\nContent-Length: 999999\r\n\r\nbody",
    OK + b"X: " + b"y" * 200_000 + b"\r\n\r\nbody",
    OK + b"".join(b"X-%d: y\r\n" % number for number in range(5_000)) + b"\r\nbody",
    OK + b"no colon\r\n: no name\r\n\x00\x01\r\n\r\n",
    b"HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n" + OK + b"\r\nbody",
    b"HTTP/9.9 999 \xff\xfe\r\nX-\xe9: \xe9\r\n\r\n",
    b"ICY 200 OK\r\n\r\nsound",
    b"no answer at all",
    b"",
    OK[:-2],
    coded(b"gzip", gzip.compress(TEXT)),
    coded(b"br", brotli.compress(TEXT)),
    coded(b"zstd", zstandard.compress(TEXT)),
    coded(b"deflate", zlib.compress(TEXT)),
    coded(b"gzip, br", brotli.compress(gzip.compress(TEXT))),
    coded(b"br", b"not brotli at all"),
    coded(b"zstd", zstandard.compress(TEXT)[:-9]),
    chunks(TEXT),
    chunks(FORGED, size=7),
    chunks(TEXT, ending=b""),
    CHUNKED + b"zz\r\nnot chunked at all",
    CHUNKED + b"7fffffff\r\nfewer than that",
    chunks(gzip.compress(TEXT)).replace(b"Transfer", b"Content-Encoding: gzip\r\nTransfer"),
]
REQUESTS = [
    b"GET / HTTP/1.1\r\nX: y\r\n\r\n" + FORGED,
    b"POST / HTTP/1.1\r\nContent-Length: 3\r\n\r\n" + bytes(range(256)),
    FORGED,
]
EXCHANGES = [
    *[Exchange(asked_url=url, hops=(hop(url),)) for url in URLS],
    *[Exchange(asked_url=FORGED.decode(), hops=(hop(response=response),)) for response in RESPONSES],
    *[Exchange(asked_url="https://talbote.example/", hops=(hop(request=request),)) for request in REQUESTS],
    Exchange(
        asked_url="https://talbote.example/1",
        hops=(
            hop("https://talbote.example/1", redirect(b"https://talbote.example/2\r\nWARC-Injected: yes"), status=302),
            hop("https://talbote.example/2\r\nX: y", redirect(b"//\x00\xff"), status=302),
            hop("https://talbote.example/3", coded(b"br", brotli.compress(TEXT))),
        ),
    ),
    *[
        Exchange(asked_url="https://talbote.example/", hops=(hop(response=OK + b"\r\n" + TEXT[:99], truncated=reason),))
        for reason in ("length", "time", "disconnect", "else\r\nWARC-Injected: yes")
    ],
    Exchange(
        asked_url="https://talbote.example/",
        hops=(hop(address="192.0.2.1\r\nWARC-Injected: yes", tls_certificate="\r\n\r\n" + FORGED.decode()),),
    ),
]
REVISIT = ForeignRecord(
    url="http://a.example/",
    captured_at=NOW,
    record="response",
    block=OK + b"\r\n" + FORGED,
    request=FORGED,
    truncated="length",
    origin="old\r\nWARC-Injected: yes\udcff.warc.gz",
    origin_record_id="<urn:uuid:1>\r\nWARC-Injected: yes",
)
FIELDS = frozenset(
    f"warc-{name}"
    for name in (
        *("type", "record-id", "target-uri", "date", "warcinfo-id", "ip-address", "truncated", "filename"),
        *("payload-digest", "block-digest", "concurrent-to", "refers-to"),
    )
) | {"content-type", "content-length"}


@pytest.fixture(scope="module")
def kept(tmp_path_factory):
    """All of them in one file: the captures, and the file."""
    folder = tmp_path_factory.mktemp("hostile")
    with closing(vault_in(folder)) as vault:
        captures = [vault.keep(exchange) for exchange in EXCHANGES]
        captures.append(vault.keep_foreign(REVISIT))
        captures.append(
            vault.keep_resource(
                FORGED, url="urn:a\r\nX: y", media_type="text/html\r\nX: y", taken_at=NOW, origin="a\r\nb"
            )
        )
    return captures, warcs(folder)[0], vault_in(folder)


def test_they_are_more_than_forty():
    assert len(URLS) + len(RESPONSES) + len(REQUESTS) >= 40


def test_warcio_finds_them_whole(kept):
    assert warcio_check(kept[1]) == ("", 0)


def test_fastwarc_finds_them_whole(kept):
    program = "import sys; from fastwarc.cli import main; sys.exit(main())"
    command = [sys.executable, "-c", program, "check", "--quiet", str(kept[1])]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "failed" not in done.stdout + done.stderr


def test_both_read_the_same_and_it_is_what_was_sent(kept):
    captures, path, _ = kept
    read = by_fastwarc(path)
    assert [(kind, url or "", block) for kind, url, block in read] == [
        (kind, url or "", block) for kind, url, block in by_warcio(path)
    ]
    hops = [hop for exchange in EXCHANGES for hop in exchange.hops]
    answers = [(url, block) for kind, url, block in read if kind == "response"]
    wanted = [(warc.uri(hop.url), hop.response) for hop in hops] + [(REVISIT.url, REVISIT.block)]
    assert [(url or "", block) for url, block in answers] == wanted
    asked = [block for kind, _, block in read if kind == "request"]
    assert asked == [hop.request for hop in hops] + [REVISIT.request]
    assert [kind for kind, _, _ in read].count("metadata") == len(captures)
    assert "http://forged.example/" not in {url for _, url, _ in read}


def test_no_field_was_added_by_anybody(kept):
    with kept[1].open("rb") as file:
        names = {
            name.lower()
            for record in fastwarc.ArchiveIterator(file, parse_http=False)
            for name, _ in record.headers.to_tuples()
        }
    assert names <= FIELDS


def test_our_own_readers_give_back_each_capture(kept):
    captures, _, vault = kept
    assert list(vault.captures()) == captures
    assert list(vault.damages()) == []


def test_an_address_that_no_reader_would_take_is_refused_in_few_words(tmp_path):
    with closing(vault_in(tmp_path)) as vault:
        with pytest.raises(VaultError) as refused:
            vault.keep(Exchange(asked_url="", hops=(hop("http://a.example/" + "x" * 60_000),)))
        assert len(str(refused.value)) < 1_000
        assert vault.keep(EXCHANGES[0])
