"""A WACZ of ours is whole, signed and readable for other programs."""

import io
import json
import zipfile

from tests.preserve.material import by_fastwarc, by_warcio, warcio_check
from tests.preserve.wacz.packages import KEY, faults, files, package, written

from chronik.preserve import signing
from chronik.preserve.wacz import verifying
from chronik.preserve.wacz.package import SignatureState

WARC = "archive/data-0001.warc.gz"


def test_what_was_written_holds(tmp_path):
    data = written(package(tmp_path / "vault"))
    found = verifying.verified(io.BytesIO(data))
    assert found.faults == ()
    assert (found.signature.state, found.version, found.title) == (SignatureState.BY_KEY, "1.2.0", "Brücke")
    assert (found.pages, found.records) == (3, 10)
    public = signing.p384_signed(b"", pem=KEY)["publicKey"]
    assert found.signature.key == public
    assert faults(data, key=public) == []


def test_the_same_package_gives_the_same_bytes(tmp_path):
    made = package(tmp_path / "vault")
    assert written(made) == written(made)


def test_the_parts_are_where_other_programs_look(tmp_path):
    data = written(package(tmp_path / "vault"))
    with zipfile.ZipFile(io.BytesIO(data)) as held:
        assert {info.compress_type for info in held.infolist()} == {zipfile.ZIP_STORED}
    contents = files(data)
    assert sorted(contents) == [
        WARC,
        "datapackage-digest.json",
        "datapackage.json",
        "indexes/index.cdx.gz",
        "indexes/index.idx",
        "pages/pages.jsonl",
    ]
    head, *pages = map(json.loads, contents["pages/pages.jsonl"].splitlines())
    assert head["format"] == "json-pages-1.0"
    assert pages[0]["text"] == "Ein Text."
    assert json.loads(contents["datapackage.json"])["mainPageUrl"] == pages[0]["url"]


def test_its_warc_passes_other_readers_alike(tmp_path):
    path = tmp_path / "data.warc.gz"
    path.write_bytes(files(written(package(tmp_path / "vault")))[WARC])
    assert warcio_check(path) == ("", 0)
    assert by_warcio(path) == by_fastwarc(path)


def test_a_package_without_pages_and_captures_says_so(tmp_path):
    data = written(package(tmp_path / "vault", count=0))
    assert verifying.verified(io.BytesIO(data)).pages == 0


def test_many_captures_are_spread_over_warc_files_and_index_blocks(tmp_path, monkeypatch):
    monkeypatch.setattr("chronik.preserve.wacz.writing.WARC_BYTES_MAX", 3_000)
    monkeypatch.setattr("chronik.preserve.wacz.writing.LINES_A_BLOCK", 2)
    data = written(package(tmp_path / "vault", count=9))
    assert len([name for name in files(data) if name.startswith("archive/")]) > 1
    assert faults(data) == []
