"""What every vault promises, tried on the folder and on the fake."""

import gzip
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

import pytest
from tests.fakes.vault import MemoryVault

from chronik.errors import DamagedCaptureError, RefusedInputError, TooLargeError, VaultError
from chronik.model import Exchange, Hop, Location, RecordKind, capture_id, sha256_hex
from chronik.ports import ForeignRecord
from chronik.preserve.vault import FolderVault

NOW = datetime(2026, 5, 1, 12, 30, 15, 123456, tzinfo=UTC)
URL = "https://talbote.example/artikel?id=1"
TEXT = "Grüße aus dem Tal".encode()


@pytest.fixture(params=["memory", "folder"])
def vault(request, tmp_path):
    made = (
        MemoryVault()
        if request.param == "memory"
        else FolderVault(tmp_path / "vault", software="Chronik test", clock=lambda: NOW)
    )
    yield made
    made.close()


def hop(body=TEXT, *, url=URL, status=200, headers=(("Content-Type", "text/html; charset=UTF-8"),), **others):
    head = f"HTTP/1.1 {status} OK\r\n" + "".join(f"{name}: {value}\r\n" for name, value in headers)
    return Hop(
        url=url,
        request=f"GET {url} HTTP/1.1\r\nHost: talbote.example\r\n\r\n".encode("ascii", "replace"),
        response=head.encode("latin-1") + b"\r\n" + body,
        status=status,
        headers=tuple((name.lower(), value) for name, value in headers),
        started_at=others.pop("started_at", NOW),
        elapsed_s=0.25,
        address="192.0.2.7",
        tls_certificate="ab" * 32,
        **others,
    )


def exchange(*hops, asked_url=URL):
    return Exchange(asked_url=asked_url, hops=hops or (hop(),))


def foreign(**changes):
    record = ForeignRecord(
        url=URL,
        captured_at=NOW - timedelta(days=3000),
        record="response",
        block=hop().response,
        request=b"GET / HTTP/1.0\r\n\r\n",
        origin="crawl-7.warc.gz",
        origin_offset=4711,
        origin_record_id="<urn:uuid:00000000-0000-0000-0000-000000000001>",
    )
    return replace(record, **changes)


def test_a_capture_says_what_was_received(vault):
    answer = hop()
    capture = vault.keep(exchange(answer))
    assert (capture.url, capture.captured_at, capture.record) == (URL, NOW, RecordKind.RESPONSE)
    assert (capture.status, capture.media_type, capture.asked_url) == (200, "text/html", "")
    assert (capture.block_digest, capture.payload_digest) == (sha256_hex(answer.response), sha256_hex(TEXT))
    assert (capture.truncated, capture.origin, capture.by_hand) == ("", "", False)
    assert capture.id == capture_id(
        record=RecordKind.RESPONSE, url=URL, captured_at=NOW, block_digest=capture.block_digest
    )


def test_a_page_comes_back_as_it_was(vault):
    page = vault.page(vault.keep(exchange()))
    assert (page.url, page.body, page.media_type, page.charset) == (URL, TEXT, "text/html", "utf-8")
    assert (page.status, page.captured_at) == (200, NOW)


def test_codings_are_taken_off_the_page_and_stay_on_the_payload(vault):
    packed = gzip.compress(TEXT)
    chunked = b"%x\r\n%s\r\n0\r\n\r\n" % (len(packed), packed)
    coded = hop(chunked, headers=(("Content-Encoding", "gzip"), ("Transfer-Encoding", "chunked")))
    capture = vault.keep(exchange(coded))
    assert vault.page(capture).body == TEXT
    assert capture.payload_digest == sha256_hex(chunked)


def test_what_was_noted_of_a_connection_comes_back(vault):
    first = hop(b"", url="http://talbote.example/", status=302, headers=(("Location", URL),))
    last = hop(tls_chain=(b"the site's", b"its authority's"), tls_version="TLSv1.3")
    noted = vault.connection(vault.keep(exchange(first, last)))
    assert (noted.address, noted.elapsed_s, noted.certificate) == ("192.0.2.7", 0.25, "ab" * 32)
    assert (noted.chain, noted.tls_version) == ((b"the site's", b"its authority's"), "TLSv1.3")


def test_of_a_connection_without_certificates_the_address_is_known(vault):
    noted = vault.connection(vault.keep(exchange()))
    assert (noted.address, noted.chain, noted.tls_version) == ("192.0.2.7", (), "")


def test_nothing_is_known_of_the_connection_of_what_was_taken_in(vault):
    given = vault.keep_resource(b"x", url="file:///x", media_type="text/plain", taken_at=NOW, origin="x")
    assert vault.connection(given) is None
    assert vault.connection(vault.keep_foreign(foreign())) is None


def test_a_redirect_is_one_capture_of_where_it_led(vault):
    first = hop(b"", url="http://talbote.example/", status=302, headers=(("Location", URL),))
    capture = vault.keep(exchange(first, hop(), asked_url="http://talbote.example/"), by_hand=True)
    assert (capture.url, capture.status, capture.asked_url) == (URL, 200, "http://talbote.example/")
    assert capture.by_hand
    assert [held.id for held in vault.captures()] == [capture.id]


def test_a_cut_off_answer_says_so(vault):
    assert vault.keep(exchange(hop(truncated="disconnect"))).truncated == "disconnect"


def test_an_exchange_without_an_answer_cannot_be_kept(vault):
    with pytest.raises(VaultError):
        vault.keep(Exchange(asked_url=URL))
    assert list(vault.captures()) == []


def test_an_instant_in_another_zone_is_the_same_instant(vault):
    elsewhere = NOW.astimezone(timezone(timedelta(hours=5, minutes=45)))
    first = vault.keep(exchange())
    second = vault.keep(exchange(hop(started_at=elsewhere)))
    assert first.id == second.id
    assert second.captured_at.utcoffset() == timedelta(0)


def test_a_file_given_twice_is_one_capture(vault):
    def given(at):
        return vault.keep_resource(
            b"Archiv: ...",
            url="file:///alt.txt",
            media_type="text/plain; charset=koi8-r",
            taken_at=at,
            origin="alt.txt",
        )

    first, second = given(NOW), given(NOW + timedelta(days=1))
    assert first.id == second.id
    assert (first.record, first.status, first.origin) == (RecordKind.RESOURCE, None, "alt.txt")
    assert first.media_type == "text/plain"
    page = vault.page(second)
    assert (page.body, page.charset, page.status) == (b"Archiv: ...", "koi8-r", None)


def test_an_empty_file_can_be_kept(vault):
    capture = vault.keep_resource(b"", url="file:///leer", media_type="", taken_at=NOW, origin="leer")
    assert vault.page(capture).body == b""


def test_a_record_of_another_archive_keeps_its_time_and_block(vault):
    record = foreign()
    capture = vault.keep_foreign(record)
    assert (capture.captured_at, capture.origin, capture.status) == (record.captured_at, "crawl-7.warc.gz", 200)
    assert capture.block_digest == sha256_hex(record.block)
    assert vault.page(capture).body == TEXT


def test_a_resource_of_another_archive_stays_a_resource(vault):
    capture = vault.keep_foreign(foreign(record="resource", block=TEXT, media_type="text/plain"))
    assert (capture.record, capture.media_type) == (RecordKind.RESOURCE, "text/plain")
    assert vault.page(capture).body == TEXT


def test_a_page_beyond_the_limit_is_refused(vault):
    capture = vault.keep(exchange())
    given = vault.keep_resource(TEXT, url="file:///a", media_type="", taken_at=NOW, origin="a")
    assert vault.page(capture, size_bytes_max=len(TEXT)).body == TEXT
    for held in (capture, given):
        with pytest.raises(TooLargeError):
            vault.page(held, size_bytes_max=len(TEXT) - 1)


def test_a_small_bomb_is_refused(vault):
    bomb = hop(gzip.compress(bytes(2**22)), headers=(("Content-Encoding", "gzip"),))
    with pytest.raises(TooLargeError):
        vault.page(vault.keep(exchange(bomb)), size_bytes_max=2**20)


def test_two_codings_are_refused(vault):
    packed = gzip.compress(gzip.compress(TEXT))
    capture = vault.keep(exchange(hop(packed, headers=(("Content-Encoding", "gzip, gzip"),))))
    with pytest.raises(RefusedInputError):
        vault.page(capture)


def test_a_capture_that_is_not_there_is_damage(vault):
    kept = vault.keep(exchange())
    lost = replace(kept, location=Location(file="other.warc.gz", offset=0, length=1))
    swapped = replace(kept, id="0" * 64, block_digest="0" * 64)
    outside = replace(kept, location=Location(file="../../etc/passwd", offset=0, length=1))
    for capture in (lost, swapped, outside):
        with pytest.raises(DamagedCaptureError, match=capture.id):
            vault.page(capture)


def test_everything_kept_is_listed_in_order(vault):
    kept = [vault.keep(exchange(hop(url=f"{URL}&n={number}"))) for number in range(5)]
    assert list(vault.captures()) == kept
    assert list(vault.damages()) == []
    assert list(vault.recovered()) == []
    assert vault.size_bytes() > 0


def test_an_address_with_line_breaks_stays_one_address(vault):
    hostile = "https://a.example/\r\nWARC-Type: warcinfo\r\n\r\n\x00\x85\u2028ü \ud800"
    capture = vault.keep(exchange(hop(url=hostile)))
    assert capture.url.isascii()
    assert capture.url.isprintable()
    assert " " not in capture.url
    assert list(vault.captures()) == [capture]
    assert vault.page(capture).body == TEXT


def test_it_can_be_closed_twice_and_written_again(vault):
    first = vault.keep(exchange())
    vault.close()
    vault.close()
    second = vault.keep(exchange(hop(started_at=NOW + timedelta(seconds=1))))
    assert {capture.id for capture in vault.captures()} == {first.id, second.id}


def test_what_was_let_go_unsealed_is_recovered_once(vault):
    first = vault.keep(exchange())
    vault.release()
    assert list(vault.recovered()) == [first]
    second = vault.keep(exchange(hop(started_at=NOW + timedelta(seconds=1))))
    vault.close()
    assert list(vault.recovered()) == []
    assert {capture.id for capture in vault.captures()} == {first.id, second.id}
    assert list(vault.damages()) == []
