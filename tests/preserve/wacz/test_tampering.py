"""Whatever is changed in a WACZ is found, and what was changed is named."""

import gzip
import io
import json
import zipfile

import pytest
from tests.preserve.wacz.packages import KEY, faults, files, package, relisted, resigned, written, zipped

from chronik.errors import RefusedInputError
from chronik.preserve import signing
from chronik.preserve.wacz import verifying
from chronik.preserve.wacz.zipped import Zip

WARC, INDEX, PAGES = "archive/data-0001.warc.gz", "indexes/index.cdx.gz", "pages/pages.jsonl"
LIST, DIGEST = "datapackage.json", "datapackage-digest.json"


@pytest.fixture(scope="module")
def good(tmp_path_factory):
    return files(written(package(tmp_path_factory.mktemp("good") / "vault")))


@pytest.fixture(scope="module")
def other(tmp_path_factory):
    return files(written(package(tmp_path_factory.mktemp("other") / "vault", count=2)))


def flipped(data, at, bit=4):
    changed = bytearray(data)
    changed[at] ^= bit
    return bytes(changed)


def index_changed(good, change):
    lines = gzip.decompress(good[INDEX]).decode().splitlines()
    data = gzip.compress("".join(f"{line}\n" for line in map(change, lines)).encode(), mtime=0)
    return resigned({**good, INDEX: data}, key=KEY)


def shifted(line):
    start, moment, text = line.split(" ", 2)
    values = json.loads(text)
    return f"{start} {moment} {json.dumps({**values, 'offset': values['offset'] + 1})}"


def without_signature_kept(good):
    digest = json.loads(good[DIGEST])
    digest["signedData"]["signature"] = json.loads(good[DIGEST])["signedData"]["signature"][::-1]
    return {**good, DIGEST: json.dumps(digest).encode()}


VARIANTS = {
    "a bit of the WARC": (lambda good, other: {**good, WARC: flipped(good[WARC], 900)}, WARC),
    "a bit of the WARC, lists put right": (
        lambda good, other: relisted({**good, WARC: flipped(good[WARC], 900)}),
        WARC,
    ),
    "a bit of the index": (lambda good, other: {**good, INDEX: flipped(good[INDEX], 50)}, INDEX),
    "a bit of the pages": (lambda good, other: {**good, PAGES: flipped(good[PAGES], 90)}, PAGES),
    "pages of another, lists put right": (lambda good, other: relisted({**good, PAGES: other[PAGES]}), DIGEST),
    "no digest": (lambda good, other: {name: good[name] for name in good if name != DIGEST}, DIGEST),
    "the digest of another": (lambda good, other: {**good, DIGEST: other[DIGEST]}, LIST),
    "a signature that is none": (lambda good, other: without_signature_kept(good), DIGEST),
    "a resource added": (lambda good, other: {**good, "archive/more.warc.gz": other[WARC]}, "archive/more.warc.gz"),
    "a resource removed": (lambda good, other: {name: good[name] for name in good if name != PAGES}, PAGES),
    "the list edited": (lambda good, other: {**good, LIST: good[LIST].replace(b"Br", b"br")}, LIST),
    "an index that points elsewhere, signed": (lambda good, other: index_changed(good, shifted), f"{INDEX}, line 1"),
    "a page that is not in the index, signed": (
        lambda good, other: resigned({**good, PAGES: good[PAGES].replace(b"n=1", b"n=7")}, key=KEY),
        f"{PAGES}, line 3",
    ),
}


@pytest.mark.parametrize("name", VARIANTS)
def test_a_change_is_found_and_named(good, other, name):
    change, where = VARIANTS[name]
    found = faults(zipped(change(good, other)))
    assert any(fault.startswith(where) for fault in found), found


def test_another_key_is_found_by_who_knows_the_right_one(good):
    public = signing.p384_signed(b"", pem=KEY)["publicKey"]
    forged = zipped(resigned(good, key=signing.new_p384()))
    assert faults(forged) == []
    assert [fault.split(":")[0] for fault in faults(forged, key=public)] == [DIGEST]


@pytest.mark.parametrize(
    "change", [lambda data: data[:-1], lambda data: data[: len(data) // 2], lambda data: data + b"x"]
)
def test_a_file_that_is_cut_or_longer_is_refused(good, change):
    with pytest.raises(RefusedInputError, match="cut short"):
        verifying.verified(io.BytesIO(change(zipped(good))))


def test_bytes_before_the_files_are_refused(good):
    with pytest.raises(RefusedInputError, match="cannot be trusted"):
        verifying.verified(io.BytesIO(b"more" + zipped(good)))


def _found(data):
    try:
        return faults(data)
    except RefusedInputError as error:
        return [f"{LIST}: {error}"]


def test_every_flipped_bit_of_the_files_is_found(tmp_path):
    data = written(package(tmp_path / "vault", count=1))
    for entry in Zip(io.BytesIO(data)).entries.values():
        for place in range(entry.start, entry.start + entry.size, 31):
            found = _found(flipped(data, place))
            assert any(fault.startswith((entry.name, LIST, DIGEST)) for fault in found), (entry.name, place)


def test_every_flipped_bit_between_the_files_is_found(tmp_path):
    data = written(package(tmp_path / "vault", count=1))
    entries = sorted(Zip(io.BytesIO(data)).entries.values(), key=lambda one: one.offset)
    between = [place for one in entries for place in range(one.offset, one.start)]
    between += range(entries[-1].start + entries[-1].packed_size, len(data))
    missed = [(place, bit) for place in between for bit in range(8) if not _found(flipped(data, place, 1 << bit))]
    assert missed == []


def test_every_flipped_bit_of_the_signature_file_is_found(tmp_path):
    data = written(package(tmp_path / "vault", count=1))
    entry = Zip(io.BytesIO(data)).entries[DIGEST]
    contents = files(data)
    for place in range(entry.size):
        bit = 1 << place % 8
        found = faults(zipped({**contents, DIGEST: flipped(contents[DIGEST], place, bit)}))
        assert any(fault.startswith((DIGEST, LIST)) for fault in found), place


def test_a_package_of_another_program_may_fill_its_headers_otherwise(good):
    about = json.loads(good[LIST])
    foreign = {**good, LIST: json.dumps({**about, "software": "other 1"}).encode()}
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in resigned(foreign, key=KEY).items():
            made.writestr(name, content)
    assert faults(stream.getvalue()) == []
