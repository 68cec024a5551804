"""`verify` and `status`: what is wrong is found, and a worker beside them raises no alarm."""

from dataclasses import replace

import pytest
from tests.archive.test_losing_nothing import archive_in
from tests.preserve.material import numbered, warcs

from chronik.archive import checking


@pytest.fixture
def archive(tmp_path):
    with archive_in(tmp_path) as archive:
        archive.catalogue.record_capture(archive.vault.keep(numbered(0)))
        yield archive


def found(archive):
    return [finding.what for finding in checking.verify(archive)[1]]


def interleaved(monkeypatch, vault, *, before, after):
    """Have another process act before and after the vault's captures are read."""
    honest = vault.digests

    def digests():
        before()
        yield from honest()
        after()

    monkeypatch.setattr(vault, "digests", digests)


def test_a_worker_beside_it_raises_no_alarm(archive, monkeypatch):
    waiting = []
    interleaved(
        monkeypatch,
        archive.vault,
        before=lambda: waiting.append(archive.vault.keep(numbered(1))),
        after=lambda: [
            archive.catalogue.record_capture(capture) for capture in [*waiting, archive.vault.keep(numbered(2))]
        ],
    )
    assert found(archive) == []
    monkeypatch.undo()
    assert found(archive) == []


def test_what_only_the_vault_holds_is_told(archive):
    archive.vault.keep(numbered(1))
    assert found(archive) == ["is in the vault and not in the catalogue"]


def test_what_only_the_catalogue_names_is_told(archive):
    archive.catalogue.record_capture(replace(archive.vault.keep(numbered(1)), id="0" * 64))
    assert any("in the catalogue and not in the vault" in what for what in found(archive))


def test_a_place_that_is_not_the_vaults_is_told(archive):
    capture = archive.vault.keep(numbered(1))
    elsewhere = replace(capture.location, offset=capture.location.offset + 1)
    archive.catalogue.record_capture(replace(capture, location=elsewhere))
    [what] = found(archive)
    assert f"{elsewhere.file} at byte {elsewhere.offset}" in what


def test_a_file_sealed_while_it_is_checked_raises_no_alarm(tmp_path):
    with archive_in(tmp_path) as archive:
        archive.catalogue.record_capture(archive.vault.keep(numbered(0)))
        damages = archive.vault.damages()
        [warc] = warcs(tmp_path / "vault")
        assert warc.exists()
        archive.vault.close()
        assert list(damages) == []
    assert found(archive) == []


def test_status_counts_what_is_on_the_disk(archive):
    (archive.config.site / "deep" / "folder").mkdir(parents=True)
    (archive.config.site / "deep" / "folder" / "page.html").write_text("12345")
    (archive.config.site / "dangling").symlink_to("nowhere")
    assert checking.status(archive)["size_bytes"]["site"] == 5
