"""ARC files, the format before WARC: read, or each document refused for its own reason."""

import gzip
from contextlib import closing

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.preserve.material import vault_in

from chronik.errors import RefusedInputError
from chronik.ports import ForeignRecord
from chronik.preserve import arc, foreign

ANSWER = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n<p>Text</p>"
NAMES = b"URL IP-address Archive-date Content-type Archive-length\n"
NAMES_2 = b"URL IP-address Archive-date Content-type Result-code Checksum Location Offset Filename Archive-length\n"


def version(number=1, names=NAMES):
    about = b"%d 0 Somebody\n" % number + names + b"\n"
    return b"filedesc://a.arc 0.0.0.0 20050101000000 text/plain %d\n" % len(about) + about


def document(url="http://a.example/", block=ANSWER, date="20050203040506", kind="text/html", length=None, more=""):
    size = len(block) if length is None else length
    return f"{url} 192.0.2.1 {date} {kind} {more}{size}\n".encode() + block + b"\n"


def written(tmp_path, *parts, packed=False):
    path = tmp_path / ("a.arc.gz" if packed else "a.arc")
    path.write_bytes(b"".join(gzip.compress(part) if packed else part for part in parts))
    return path


def told(path):
    return [step.url if isinstance(step, ForeignRecord) else step.reason for step in foreign.records(path)]


@pytest.mark.parametrize("packed", [False, True])
def test_documents_are_read_with_address_time_and_type(tmp_path, packed):
    path = written(tmp_path, version(), document(), document("http://b.example/x y"), packed=packed)
    first, second = foreign.records(path)
    assert (first.url, first.block, first.media_type, first.record) == (
        "http://a.example/",
        ANSWER,
        "text/html",
        "response",
    )
    assert first.captured_at.isoformat() == "2005-02-03T04:05:06+00:00"
    assert second.url == "http://b.example/x%20y"
    assert second.origin_offset == sum(len(gzip.compress(part) if packed else part) for part in (version(), document()))


def test_the_second_version_has_more_fields(tmp_path):
    more = "200 ABC - 120 a.arc.gz "
    path = written(tmp_path, version(2, NAMES_2), document(more=more), document("http://b.example/", more=more))
    assert told(path) == ["http://a.example/", "http://b.example/"]


def test_names_of_hosts_are_passed_over_and_other_files_are_kept_as_such(tmp_path):
    path = written(
        tmp_path,
        version(),
        document("dns:a.example", b"20050101 1.2.3.4", kind="text/dns"),
        document("ftp://a.example/b.txt", b"Text", kind="text/plain"),
    )
    (found,) = foreign.records(path)
    assert (found.record, found.media_type, found.block) == ("resource", "text/plain", b"Text")


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"date": "200502"}, "no readable date"),
        ({"date": "20051303040506"}, "no readable date"),
        ({"block": b"not HTTP"}, "holds no HTTP answer"),
        ({"length": 10**9}, "more than the"),
        ({"length": len(ANSWER) + 5000}, "is cut short"),
        ({"length": "abc"}, "does not say how long it is"),
        ({"length": "-1"}, "does not say how long it is"),
    ],
)
@pytest.mark.parametrize("packed", [False, True])
def test_what_cannot_be_taken_in_is_told(tmp_path, change, reason, packed):
    path = written(tmp_path, version(), document(**change), document("http://b.example/"), packed=packed)
    first, *rest = told(path)
    assert reason in first
    assert rest == (["http://b.example/"] if packed or "length" not in change else [])


def test_a_damaged_member_ends_the_reading_and_is_told(tmp_path):
    path = written(tmp_path, version(), document(), document("http://b.example/"), packed=True)
    data = bytearray(path.read_bytes())
    data[-20] ^= 255
    path.write_bytes(data)
    assert told(path)[0] == "http://a.example/"
    assert "nothing after it was read" in told(path)[1]


def test_documents_are_kept_in_the_vault(tmp_path):
    (found,) = foreign.records(written(tmp_path, version(), document()))
    with closing(vault_in(tmp_path / "vault")) as vault:
        capture = vault.keep_foreign(found)
        assert vault.page(capture).body == b"<p>Text</p>"


@settings(max_examples=60)
@given(st.binary(max_size=300), st.booleans())
def test_whatever_follows_the_first_line_gives_documents_or_reasons(tmp_path_factory, rubbish, packed):
    folder = tmp_path_factory.mktemp("arc")
    path = folder / "a.arc"
    data = b"filedesc:" + rubbish
    path.write_bytes(gzip.compress(data) if packed else data)
    try:
        assert all(isinstance(step, ForeignRecord | foreign.Damage) for step in foreign.records(path))
    except RefusedInputError:
        assert packed


def test_a_long_document_is_passed_over_without_being_read(tmp_path, monkeypatch):
    monkeypatch.setattr(arc, "BLOCK_BYTES_MAX", 1000)
    path = written(tmp_path, version(), document(block=ANSWER + bytes(2000)), document("http://b.example/"))
    reason, url = told(path)
    assert ("more than the 1000" in reason, url) == (True, "http://b.example/")
