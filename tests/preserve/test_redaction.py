"""A capture is overwritten in its place: everything else in the file stays where and what it was."""

import gzip
import subprocess
import sys
from datetime import timedelta

import pytest
from tests.preserve.material import NOW, numbered, vault_in, warcs

from chronik.errors import DamagedCaptureError
from chronik.preserve import redaction, warc
from chronik.preserve.fixity import damages
from chronik.preserve.writer import index_path, open_index_path

SAID = {"reason": "privacy"}


def destroyed(folder, *captures):
    return redaction.destroy(folder, [one.id for one in captures], at=NOW + timedelta(days=1), said=SAID)


def contents(folder):
    """All that can be read in the folder, gzip members unpacked."""
    found = b""
    for path in folder.iterdir():
        data = path.read_bytes()
        found += data + (gzip.decompress(data) if path.suffix == ".gz" else b"")
    return found


@pytest.fixture
def kept(tmp_path):
    vault = vault_in(tmp_path)
    return vault, [vault.keep(numbered(number)) for number in range(4)]


def test_a_redacted_capture_leaves_nothing_and_moves_nothing(tmp_path, kept):
    vault, captures = kept
    gone = vault.page(captures[1]).body
    vault.close()
    before = warcs(tmp_path)[0].stat().st_size
    others = {one.id: vault.records(one) for one in captures if one is not captures[1]}
    assert gone in contents(tmp_path)
    assert destroyed(tmp_path, captures[1]) == [captures[1].location.file]
    assert gone not in contents(tmp_path)
    assert captures[1].id not in index_path(warcs(tmp_path)[0]).read_text()
    assert warcs(tmp_path)[0].stat().st_size == before
    assert list(damages(tmp_path)) == []
    assert {one.id: vault.records(one) for one in captures if one.id in others} == others
    assert {one.id for one in vault.captures()} == set(others)
    with pytest.raises(DamagedCaptureError):
        vault.page(captures[1])


def test_a_file_with_a_redaction_is_read_by_other_programs(tmp_path, kept):
    vault, captures = kept
    vault.close()
    destroyed(tmp_path, captures[0], captures[3])
    path = warcs(tmp_path)[0]
    kinds = [one.kind for one in warc.parsed(path.read_bytes())]
    assert kinds.count("metadata") == 4
    assert kinds.count("response") == 2
    asked = [sys.executable, "-m", "warcio.cli", "check", str(path)]
    done = subprocess.run(asked, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 0, done.stdout


def test_a_writer_goes_on_after_a_redaction(tmp_path, kept):
    vault, captures = kept
    assert destroyed(tmp_path, captures[2])
    later = vault.keep(numbered(9))
    assert captures[2].id not in open_index_path(warcs(tmp_path)[0]).read_text()
    vault.close()
    assert list(damages(tmp_path)) == []
    assert {one.id for one in vault.captures()} == {captures[0].id, captures[1].id, captures[3].id, later.id}
    assert captures[2].id not in index_path(warcs(tmp_path)[0]).read_text()


def test_a_file_that_a_killed_writer_left_is_sealed_without_what_was_redacted(tmp_path, kept):
    vault, captures = kept
    vault.release()
    destroyed(tmp_path, captures[0])
    assert len(list(vault.recovered())) == 3
    assert list(damages(tmp_path)) == []
    assert captures[0].id not in index_path(warcs(tmp_path)[0]).read_text()


def test_redacting_again_changes_nothing(tmp_path, kept):
    vault, captures = kept
    vault.close()
    destroyed(tmp_path, captures[0])
    before = contents(tmp_path)
    assert destroyed(tmp_path, captures[0]) == []
    assert contents(tmp_path) == before


@pytest.mark.parametrize("length", [420, 430, 500, 512, 600, 1_000, 65_535, 65_600, 66_000, 131_500, 1_000_003])
def test_what_stands_there_has_exactly_the_length_that_was(length):
    made = b"".join(redaction._records("chronik-x.warc.gz", 77, length, at=NOW, said=SAID))
    assert len(made) == length
    assert [one.kind for one in warc.parsed(made)] == ["metadata"]
