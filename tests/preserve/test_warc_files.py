"""The files that we write, in the eyes of other programs."""

import json
from contextlib import closing
from datetime import timedelta
from random import Random

import fastwarc
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.preserve.material import NOW, URL, by_fastwarc, by_warcio, exchange, vault_in, warcio_check, warcs

from chronik.errors import VaultError
from chronik.model import Exchange, Hop
from chronik.ports import ForeignRecord
from chronik.preserve import warc

FORGED = (
    b"WARC/1.1\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:uuid:0>\r\nWARC-Target-URI: http://forged.example/\r\n"
    b"WARC-Date: 2020-01-01T00:00:00Z\r\nContent-Length: 2\r\n\r\nhi\r\n\r\n"
)
HEAD = b"HTTP/1.1 200 OK\r\n"
HOSTILE_RESPONSES = [
    HEAD + b"\r\n" + FORGED,
    HEAD + b"\r\n\r\n\r\n" + FORGED,
    HEAD + b"X: a\r\n folded: \tWARC/1.1\r\n\r\nbody",
    HEAD + b"X: a\n\nbody after bare line feeds",
    HEAD + b"X: a\r\n \t\r\nAfter: a line of blanks\r\n\r\nbody",
    HEAD + b"X: \xc2\x85\xe2\x80\xa8 \x0b\x0c\x1c\r\n\x1d\r\nY: z\r\n\r\nbody",
    HEAD + b"Content-Length: 5\r\nContent-Length: 999999\r\n\r\nbody",
    HEAD + b"Transfer-Encoding: chunked\r\n\r\nzz\r\nnot chunked at all",
    HEAD + b"Content-Encoding: gzip\r\n\r\nnot gzip at all",
    HEAD + b"X: " + b"y" * 100_000 + b"\r\n\r\nbody",
    HEAD + b"no colon\r\n: no name\r\n\r\n",
    HEAD + b"Content-Type: text/html\r\nWARC-Type: warcinfo\r\n\r\n" + bytes(range(256)),
    b"HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n" + HEAD + b"Content-Type: text/plain\r\n\r\nbody",
    b"HTTP/1.0 204 \r\n\r\n",
    b"HTTP/1.1 200 \xff\xfe\r\nX-\xe9: \xe9\r\n\r\n",
    HEAD,
    HEAD[:-2],
    b"",
]
HOSTILE_URLS = [
    "http://a.example/\r\nWARC-Injected: yes",
    "http://a.example/\nWARC-Injected: yes",
    "http://a.example/\rWARC-Injected: yes",
    "http://a.example/\x00\x1f\x7f\x85\u2028\u2029",
    "http://a.example/ü ö\t",
    "<http://a.example/>",
    "http://a.example/\ud800",
    "http://[::1",
    "http://a.example:99999/",
    "no address at all",
]


@pytest.fixture
def vault(tmp_path):
    with closing(vault_in(tmp_path)) as made:
        yield made


@pytest.mark.parametrize("response", HOSTILE_RESPONSES)
def test_what_a_server_sends_stays_inside_its_record(tmp_path, response):
    vault = vault_in(tmp_path)
    capture = vault.keep(exchange(response))
    vault.close()
    (path,) = warcs(tmp_path)
    read = by_fastwarc(path)
    assert [kind for kind, _, _ in read] == ["warcinfo", "request", "response", "metadata"]
    assert read[2] == ("response", URL, response)
    assert read == by_warcio(path)
    assert warcio_check(path) == ("", 0)
    assert list(vault.captures()) == [capture]
    assert list(vault.damages()) == []


@pytest.mark.parametrize("url", HOSTILE_URLS)
def test_an_address_never_becomes_a_line_of_its_own(tmp_path, url):
    vault = vault_in(tmp_path)
    capture = vault.keep(exchange(url=url))
    vault.close()
    (path,) = warcs(tmp_path)
    read = by_fastwarc(path)
    assert len(read) == 4
    assert {found or "" for _, found, _ in read[1:]} == {capture.url}
    assert [(kind, found or "", block) for kind, found, block in by_warcio(path)] == [
        (kind, found or "", block) for kind, found, block in read
    ]
    assert warcio_check(path) == ("", 0)
    assert list(vault.captures()) == [capture]
    assert list(vault.damages()) == []


def test_a_record_without_address_is_refused(tmp_path, vault):
    with pytest.raises(VaultError):
        vault.keep(exchange(url=""))
    assert list(vault.captures()) == []


def test_a_field_that_would_forge_another_is_refused():
    for value in ("a\r\nWARC-Injected: yes", "a\nb", "a\x00", "ü", "a\x7f"):
        with pytest.raises(VaultError):
            warc.record("response", block=b"", fields=(("WARC-Target-URI", value),))
    with pytest.raises(VaultError):
        warc.record("response", block=b"", fields=(("Bad Name:", "a"),))


def test_a_record_carries_what_the_standard_asks_for(tmp_path):
    vault = vault_in(tmp_path)
    vault.keep(exchange())
    vault.close()
    (path,) = warcs(tmp_path)
    with path.open("rb") as file:
        info, request, response, metadata = (
            (dict(record.headers.to_tuples()), record.headers.status_line, record.verify_block_digest())
            for record in fastwarc.ArchiveIterator(file, parse_http=False)
        )
    for fields, version, digest_holds in (info, request, response, metadata):
        assert version == "WARC/1.1"
        assert digest_holds
        assert fields["WARC-Record-ID"].startswith("<urn:uuid:")
    assert info[0]["WARC-Filename"] == path.name
    assert request[0]["WARC-Concurrent-To"] == response[0]["WARC-Record-ID"]
    assert metadata[0]["WARC-Refers-To"] == response[0]["WARC-Record-ID"]
    assert response[0]["WARC-Warcinfo-ID"] == info[0]["WARC-Record-ID"]
    assert response[0]["WARC-IP-Address"] == "192.0.2.7"
    assert response[0]["WARC-Date"] == "2026-05-01T12:30:15.123456Z"
    assert response[0]["WARC-Payload-Digest"].startswith("sha256:")
    assert metadata[0]["Content-Type"] == "application/warc-fields"


def test_the_payload_digest_holds_for_the_other_reader(tmp_path):
    with closing(vault_in(tmp_path)) as vault:
        vault.keep(exchange())
    with warcs(tmp_path)[0].open("rb") as file:
        for record in fastwarc.ArchiveIterator(file, record_types=fastwarc.WarcRecordType.response):
            assert record.verify_payload_digest()


def test_a_cut_answer_is_marked_in_the_words_of_the_standard(tmp_path, vault):
    record = ForeignRecord(
        url=URL, captured_at=NOW, record="response", block=HEAD + b"\r\n", truncated="bored\r\nX: y", origin="a"
    )
    capture = vault.keep_foreign(record)
    with warcs(tmp_path)[0].open("rb") as file:
        marks = [record.headers.get("WARC-Truncated") for record in fastwarc.ArchiveIterator(file, parse_http=False)]
    assert "unspecified" in marks
    assert list(vault.captures()) == [capture]


def test_where_a_foreign_record_came_from_is_written_down(tmp_path, vault):
    record = ForeignRecord(
        url=URL,
        captured_at=NOW,
        record="response",
        block=HEAD + b"\r\n",
        origin="old\r\n\udcff.warc.gz",
        origin_offset=4711,
        origin_record_id="<urn:uuid:1>",
    )
    capture = vault.keep_foreign(record)
    metadata = by_fastwarc(warcs(tmp_path)[0])[-1][2]
    about = json.loads(metadata.partition(b": ")[2])
    assert (about["hops"][0]["origin_offset"], about["hops"][0]["origin_record_id"]) == (4711, "<urn:uuid:1>")
    assert about["origin"] == capture.origin == "old\r\n�.warc.gz"
    assert list(vault.captures()) == [capture]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2026-05-01T12:30:15.123456Z", NOW),
        ("2026-05-01T12:30:15.123456789Z", NOW),
        ("2026-05-01T12:30:15Z", NOW.replace(microsecond=0)),
        ("2026-05-01T12:30:15.1Z", NOW.replace(microsecond=100_000)),
        ("2026-05-01T12:30Z", NOW.replace(second=0, microsecond=0)),
        ("2026-05-01", NOW.replace(hour=0, minute=0, second=0, microsecond=0)),
        ("2026-05", NOW.replace(hour=0, minute=0, second=0, microsecond=0)),
        ("2026", NOW.replace(month=1, day=1, hour=0, minute=0, second=0, microsecond=0)),
        ("2026-13-01T00:00:00Z", None),
        ("0000-01-01T00:00:00Z", None),
        ("yesterday", None),
        ("", None),
    ],
)
def test_dates_are_read_as_precise_as_the_standard_allows(text, expected):
    assert warc.instant(text) == expected


instants = st.datetimes().map(lambda naive: naive.replace(tzinfo=NOW.tzinfo))
hops = st.builds(
    Hop,
    url=st.text(min_size=1, max_size=60),
    request=st.binary(max_size=60).map(lambda rest: b"GET / HTTP/1.1\r\n" + rest),
    response=st.binary(max_size=300).map(lambda rest: HEAD + rest),
    status=st.just(200),
    headers=st.just(()),
    started_at=instants,
    elapsed_s=st.floats(min_value=0, max_value=1e6),
    address=st.sampled_from(["", "192.0.2.1", "2001:db8::1", "fe80::1%eth0", "not an address\r\n"]),
    tls_certificate=st.text(max_size=5),
    tls_chain=st.lists(st.binary(max_size=40), max_size=3).map(tuple),
    tls_version=st.sampled_from(["", "TLSv1.3", "else\r\n"]),
    truncated=st.sampled_from(["", "length", "time", "disconnect", "else\r\n"]),
)


@settings(max_examples=40, deadline=None)
@given(found=st.lists(hops, min_size=1, max_size=3), asked=st.text(max_size=30), by_hand=st.booleans())
def test_a_capture_read_back_is_the_capture_kept(tmp_path_factory, found, asked, by_hand):
    folder = tmp_path_factory.mktemp("vault")
    vault = vault_in(folder)
    capture = vault.keep(Exchange(asked_url=asked, hops=tuple(found)), by_hand=by_hand)
    assert list(vault.captures()) == [capture]
    assert list(vault.damages()) == []
    vault.close()
    path = warcs(folder)[0]
    read = by_fastwarc(path)
    assert [block for kind, _, block in read if kind == "response"] == [hop.response for hop in found]
    assert [block for kind, _, block in read if kind == "request"] == [hop.request for hop in found]
    assert [block for _, _, block in by_warcio(path)] == [block for _, _, block in read]


@pytest.mark.parametrize("size", [2**18 - 1, 2**18, 2**18 + 1, 300_000, 1_000_003, 2**23])
@pytest.mark.parametrize("noise", [False, True])
def test_large_answers_come_back_whole(tmp_path, vault, size, noise):
    chance = Random(size)
    body = chance.randbytes(size) if noise else b"".join(b"%d " % chance.randrange(99) for _ in range(size // 3))
    kept = [vault.keep(exchange(HEAD + b"\r\n" + body)), vault.keep(exchange())]
    assert list(vault.captures()) == kept
    assert vault.page(kept[0]).body == body
    assert vault.page(kept[1]).body == b"Text"
    assert list(vault.damages()) == []


def test_the_time_between_two_captures_of_a_page_makes_two_captures(vault):
    first = vault.keep(exchange())
    second = vault.keep(exchange(started_at=NOW + timedelta(microseconds=1)))
    assert first.id != second.id


def test_a_file_names_its_operator_on_one_line(tmp_path):
    with closing(vault_in(tmp_path, operator="Zürich\r\nformat: forged\x00, press@archive.example")) as vault:
        vault.keep(exchange())
    (path,) = warcs(tmp_path)
    block = by_fastwarc(path)[0][2].decode()
    assert "operator: Zürich format: forged , press@archive.example\r\n" in block
    assert block.count("format:") == 2
    assert warcio_check(path) == ("", 0)
