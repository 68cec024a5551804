"""WARC files that other people made: read, or refused with a reason."""

import gzip
from collections import Counter
from contextlib import closing, suppress
from hashlib import sha256

import pytest
import zstandard
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.preserve.material import NOW, SHARED, numbered, vault_in, warcs

from chronik.errors import RefusedInputError
from chronik.ports import ForeignRecord
from chronik.preserve import foreign
from chronik.preserve.foreign import Damage, records

ANSWER = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\nText"
QUESTION = b"GET / HTTP/1.1\r\nHost: a.example\r\n\r\n"


def record(kind="response", *, url="http://a.example/", block=ANSWER, number=1, date="2020-01-01T00:00:00Z", **fields):
    head = {
        "WARC-Type": kind,
        "WARC-Record-ID": f"<urn:uuid:{number}>",
        "WARC-Date": date,
        "WARC-Target-URI": url,
        "Content-Length": str(len(block)),
        **{name.replace("_", "-"): value for name, value in fields.items()},
    }
    lines = "".join(f"{name}: {value}\r\n" for name, value in head.items() if value is not None)
    return b"WARC/1.0\r\n" + lines.encode() + b"\r\n" + block + b"\r\n\r\n"


def written(tmp_path, *members, name="a.warc.gz", pack=gzip.compress):
    path = tmp_path / name
    path.write_bytes(b"".join(pack(member) for member in members))
    return path


def urls(found):
    return [item.url if isinstance(item, ForeignRecord) else None for item in found]


@pytest.mark.parametrize(
    ("name", "pack"),
    [
        ("a.warc", bytes),
        ("a.warc.gz", gzip.compress),
        ("a.warc.zst", zstandard.compress),
        ("misnamed.bin", gzip.compress),
    ],
)
def test_every_packing_is_read(tmp_path, name, pack):
    path = written(tmp_path, record("warcinfo", block=b"a: b"), record(url="http://b.example/"), name=name, pack=pack)
    (found,) = records(path)
    assert (found.url, found.record, found.block) == ("http://b.example/", "response", ANSWER)
    assert (found.media_type, found.origin, found.origin_record_id) == ("text/html", name, "<urn:uuid:1>")
    assert found.captured_at.isoformat() == "2020-01-01T00:00:00+00:00"


def test_a_file_packed_as_one_member_is_read(tmp_path):
    path = tmp_path / "one.warc.gz"
    path.write_bytes(gzip.compress(record(url="http://b.example/") + record(url="http://c.example/")))
    assert urls(records(path)) == ["http://b.example/", "http://c.example/"]


def test_a_request_finds_its_answer_before_and_after_it(tmp_path):
    ask = {"block": QUESTION, "number": 7}
    path = written(
        tmp_path,
        record("request", **ask),
        record(number=1),
        record(url="http://b.example/", number=2),
        record("request", url="http://b.example/", WARC_Concurrent_To="<urn:uuid:2>", **ask),
        record("request", url="http://b.example/", WARC_Concurrent_To="<urn:uuid:99>", **ask),
        record(url="http://b.example/", number=3),
        record("request", url="http://other.example/", **ask),
    )
    assert [item.request for item in records(path)] == [QUESTION, QUESTION, b""]


def test_only_contents_are_given(tmp_path):
    kinds = ("warcinfo", "request", "metadata", "revisit", "conversion", "continuation", "unheard-of")
    path = written(
        tmp_path,
        *(record(kind) for kind in kinds),
        record(url="dns:a.example", block=b"20200101 1.2.3.4", Content_Type="text/dns"),
        record("resource", url="file:///a.txt", block=b"Text", Content_Type="text/plain; charset=utf-8"),
    )
    (found,) = records(path)
    assert (found.record, found.media_type, found.block) == ("resource", "text/plain; charset=utf-8", b"Text")


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        ({"url": None}, "no address"),
        ({"date": "once"}, "no readable date"),
        ({"date": None}, "no readable date"),
        ({"block": b"not HTTP"}, "no HTTP answer"),
        ({"block": b""}, "no HTTP answer"),
        ({"WARC_Segment_Number": "1"}, "part of an answer"),
    ],
)
def test_a_record_that_lacks_something_is_a_damage(tmp_path, fields, reason):
    path = written(tmp_path, record(url="http://a.example/1"), record(**fields), record(url="http://a.example/3"))
    first, second, third = records(path)
    assert (first.url, third.url) == ("http://a.example/1", "http://a.example/3")
    assert isinstance(second, Damage)
    assert reason in second.reason
    assert second.offset == len(gzip.compress(record(url="http://a.example/1")))


@pytest.mark.parametrize("length", ["-5", "x", "", "9" * 40, "1e3", None])
def test_a_lying_length_is_a_damage(tmp_path, length):
    lying = record(url="http://liar.example/", Content_Length=length)
    found = list(records(written(tmp_path, record(), lying, record(url="http://c.example/"))))
    assert "http://liar.example/" not in urls(found)
    assert isinstance(found[1], Damage)
    assert found[-1].url == "http://c.example/"


def test_a_page_cannot_pass_its_text_off_as_records(tmp_path):
    forged = record(url="http://forged.example/")
    plain = written(
        tmp_path,
        record(block=ANSWER + b"\r\n\r\n" + forged, Content_Length=str(len(ANSWER))),
        record(url="http://b.example/"),
        name="a.warc",
        pack=bytes,
    )
    packed = written(
        tmp_path,
        record(block=ANSWER + b"\r\n\r\nrubbish" + forged, Content_Length=str(len(ANSWER))),
        record(url="http://b.example/"),
    )
    whole = written(tmp_path, record(block=ANSWER + b"\r\n\r\n" + forged), name="whole.warc", pack=bytes)
    (only,) = records(whole)
    assert forged in only.block
    assert "http://b.example/" in urls(records(packed))
    assert "http://forged.example/" not in urls(records(packed))
    assert list(records(plain))


def test_a_record_too_large_is_passed_over(tmp_path, monkeypatch):
    monkeypatch.setattr(foreign, "BLOCK_BYTES_MAX", 1000)
    path = written(tmp_path, record(block=ANSWER + bytes(1000)), record(url="http://b.example/"))
    damage, found = records(path)
    assert "more than the 1000" in damage.reason
    assert found.url == "http://b.example/"


def test_damage_in_the_middle_costs_one_record(tmp_path):
    members = [record(url=f"http://a.example/{number}") for number in range(5)]
    path = written(tmp_path, *members)
    start = len(gzip.compress(members[0])) + len(gzip.compress(members[1]))
    whole = path.read_bytes()
    for offset in range(start, start + len(gzip.compress(members[2]))):
        data = bytearray(whole)
        data[offset] ^= 0xFF
        path.write_bytes(data)
        found = list(records(path))
        pages = [url for url in urls(found) if url and url != "http://a.example/2"]
        assert pages == [f"http://a.example/{number}" for number in (0, 1, 3, 4)], offset
    path.write_bytes(whole[:start] + b"rubbish" * 100 + whole[start:])
    assert urls(records(path)) == [
        *(f"http://a.example/{number}" for number in (0, 1)),
        None,
        *urls(records(written(tmp_path, *members[2:], name="rest.warc.gz"))),
    ]


def test_a_cut_end_comes_after_every_good_record(tmp_path):
    members = [record(url=f"http://a.example/{number}", number=number) for number in range(3)]
    path = written(tmp_path, *members)
    whole = path.read_bytes()
    last = len(whole) - len(gzip.compress(members[2]))
    for length in range(last + 1, len(whole)):
        path.write_bytes(whole[:length])
        found = list(records(path))
        assert urls(found) == ["http://a.example/0", "http://a.example/1", None], length
        assert found[-1].offset == last


def test_a_cut_end_of_plain_bytes_comes_after_every_good_record(tmp_path):
    members = [record(url=f"http://a.example/{number}", number=number) for number in range(3)]
    path = written(tmp_path, *members, name="a.warc", pack=bytes)
    whole = path.read_bytes()
    last = len(whole) - len(members[2])
    for length in range(last + 1, len(whole) - 4):
        path.write_bytes(whole[:length])
        assert urls(records(path)) == ["http://a.example/0", "http://a.example/1", None], length


def test_empty_lines_at_the_end_are_no_damage(tmp_path):
    path = written(tmp_path, record(), name="a.warc", pack=bytes)
    path.write_bytes(path.read_bytes() + b"\r\n\r\n")
    assert urls(records(path)) == ["http://a.example/"]


def test_a_file_full_of_damage_is_given_up_in_the_end(tmp_path, monkeypatch):
    monkeypatch.setattr(foreign, "DAMAGES_MAX", 5)
    broken = gzip.compress(record())[:-1] + b"\xff"
    path = written(tmp_path, gzip.compress(record()), *[broken] * 20, pack=bytes)
    found = list(records(path))
    assert len(found) <= 12
    assert "not read" in found[-1].reason


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "empty"),
        (b"<html>", "not a WARC file"),
        (bytes(range(256)) * 100, "not a WARC file"),
        (gzip.compress(b"some text", mtime=0), "not a WARC file"),
        (b"\x1f\x8b\x08", "not a WARC file"),
    ],
)
def test_what_is_no_warc_file_is_refused(tmp_path, content, reason):
    path = tmp_path / "a.warc.gz"
    path.write_bytes(content)
    with pytest.raises(RefusedInputError, match=reason) as refused:
        list(records(path))
    assert str(path) in str(refused.value)


@pytest.mark.parametrize("name", ["", "missing.warc"])
def test_what_cannot_be_opened_is_refused(tmp_path, name):
    with pytest.raises(RefusedInputError, match="cannot be read"):
        list(records(tmp_path / name))


def test_a_broken_zstd_file_is_reported(tmp_path):
    path = tmp_path / "a.warc.zst"
    path.write_bytes(zstandard.compress(record()) + zstandard.compress(record(url="http://b.example/"))[:-30])
    found = list(records(path))
    assert isinstance(found[-1], Damage)


@settings(max_examples=150, deadline=None)
@given(data=st.data())
def test_no_bytes_make_reading_fail(data, tmp_path_factory):
    whole = gzip.compress(record()) + gzip.compress(record("request", block=QUESTION)) + gzip.compress(record())
    start = data.draw(st.sampled_from([b"", b"WARC/1.0\r\n", whole, whole[:200], record()]))
    path = tmp_path_factory.mktemp("any") / "a.warc.gz"
    path.write_bytes(start + data.draw(st.binary(max_size=200)) + data.draw(st.sampled_from([b"", whole])))
    with suppress(RefusedInputError):
        assert len(list(records(path))) < 20


def test_our_own_files_are_read_as_well(tmp_path):
    with closing(vault_in(tmp_path)) as vault:
        kept = [vault.keep(numbered(number)) for number in range(3)]
    found = list(records(warcs(tmp_path)[0]))
    assert [(item.url, item.captured_at) for item in found] == [(item.url, NOW) for item in kept]
    assert all(item.request for item in found)
    with closing(vault_in(tmp_path / "second")) as second:
        assert [second.keep_foreign(item).id for item in found] == [item.id for item in kept]


needs_shared = pytest.mark.skipif(not SHARED.is_dir(), reason="the shared test data are not beside this checkout")


@needs_shared
@pytest.mark.parametrize(
    ("name", "pages", "damages"), [("english", 181, 0), ("publishers", 175, 0), ("cut-short", 12, 1)]
)
def test_real_news_is_read(tmp_path, name, pages, damages):
    found = Counter(type(item) for item in records(SHARED / "news" / f"{name}.warc.gz"))
    assert (found[ForeignRecord], found[Damage]) == (pages, damages)


@needs_shared
def test_the_cut_short_file_is_kept_up_to_the_cut(tmp_path):
    with closing(vault_in(tmp_path)) as vault:
        found = [item for item in records(SHARED / "news" / "cut-short.warc.gz") if isinstance(item, ForeignRecord)]
        kept = [vault.keep_foreign(item) for item in found]
        assert all(vault.page(capture).body for capture in kept)
    assert list(vault.damages()) == []


@needs_shared
def test_every_sample_of_other_tools_is_read_or_refused():
    files = [path for path in sorted((SHARED / "preservation").rglob("*")) if path.is_file()]
    assert files
    for path in files:
        with suppress(RefusedInputError):
            assert all(isinstance(item, ForeignRecord | Damage) for item in records(path))


BODY = b"<p>hello</p>" * 3
CHUNKED = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n24\r\n" + BODY + b"\r\n0\r\n\r\n"
PACKED = b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\n" + gzip.compress(BODY, mtime=0)


@pytest.mark.parametrize(
    ("block", "payload"),
    [
        (CHUNKED, CHUNKED.partition(b"\r\n\r\n")[2]),
        (CHUNKED, BODY),
        (PACKED, PACKED.partition(b"\r\n\r\n")[2]),
        (PACKED, BODY),
    ],
)
def test_a_payloads_digest_is_believed_in_each_way_that_writers_reckon_it(tmp_path, block, payload):
    path = tmp_path / "x.warc"
    path.write_bytes(record(block=block, WARC_Payload_Digest=f"sha256:{sha256(payload).hexdigest()}"))
    assert [type(found) for found in foreign.records(path)] == [ForeignRecord]


@pytest.mark.parametrize("cut", [False, True])
def test_a_payload_that_contradicts_its_own_digest_is_taken_in_and_named(tmp_path, cut):
    more = {"WARC_Truncated": "length"} if cut else {}
    path = tmp_path / "x.warc"
    path.write_bytes(record(block=CHUNKED, WARC_Payload_Digest=f"sha1:{'A' * 32}", **more))
    found, *damages = foreign.records(path)
    assert found.block == CHUNKED
    assert [damage.reason for damage in damages] == (
        [] if cut else [f"the record of {found.url} was taken in; its bytes are not what its own digest says"]
    )


def test_a_record_that_contradicts_its_own_digest_is_taken_in_and_named(tmp_path):
    good = record(WARC_Block_Digest=f"sha256:{sha256(ANSWER).hexdigest()}")
    bad = record(url="http://b.example/", number=2, WARC_Block_Digest="sha1:" + "A" * 32)
    path = tmp_path / "x.warc"
    path.write_bytes(good + bad)
    *records, damage = foreign.records(path)
    assert [found.url for found in records] == ["http://a.example/", "http://b.example/"]
    assert "http://b.example/" in damage.reason
