"""Each edition that readers see is sealed in the ledger, and its manifest and proof lie beside it."""

import json
from datetime import timedelta

import pytest
from tests.fakes.fetch import FakeFetch
from tests.fakes.index import MemoryIndex
from tests.fakes.vault import MemoryVault
from tests.publish.material import NOW, TALBOTE, make_clip, make_dossier

from chronik.archive import Archive, sealing
from chronik.catalogue.store import DjangoCatalogue
from chronik.errors import RefusesToSignError
from chronik.model import Act, Verb, records, sha256_hex
from chronik.preserve.ledger import bundle
from chronik.publish import manifest
from chronik.web import publishing


def act(verb, subject, **detail):
    return Act(at=NOW, by="eva", verb=verb, subject=subject, detail=detail)


@pytest.fixture
def house(db, archive_settings):
    archive_settings.CHRONIK.archive.mkdir(parents=True)
    catalogue = DjangoCatalogue()
    catalogue.add_sources([TALBOTE])
    dossier = make_dossier()
    catalogue.add_dossier(dossier, act(Verb.CREATE_DOSSIER, dossier.slug, new=records.dossier_record(dossier)))
    for clip in (make_clip(1), make_clip(2)):
        catalogue.add_clip(clip, act(Verb.CLIP, clip.id, new=records.clip_record(clip)))
    vaults = {name: MemoryVault(clock=lambda: NOW) for name in ("vault", "sample_vault")}
    return Archive(
        config=archive_settings.CHRONIK,
        catalogue=catalogue,
        index=MemoryIndex(),
        fetch=FakeFetch({}),
        clock=lambda: NOW,
        **vaults,
    )


def publish(house, **fields):
    return publishing.publish(house, "mill-stream", by="eva", now=fields.pop("now", NOW), **fields)


def remove(house, clip):
    house.catalogue.remove_clip(clip.id, act(Verb.REMOVE_CLIP, clip.id))


def seals(house):
    return house.catalogue.acts_of({Verb.SEAL_EDITION}, limit=100)


def at(folder, name):
    return (folder / "mill-stream" / name).read_bytes()


def test_the_manifest_names_every_file_of_the_edition_and_what_dossiers_share(house):
    frozen = publish(house)
    listed = manifest.read(at(frozen.folder, manifest.MANIFEST))
    assert (listed.slug, listed.edition) == ("mill-stream", frozen.digest)
    assert set(listed.files) == set(frozen.files) - {"index.html", "mill-stream/manifest.json"}
    for path, digest in listed.files.items():
        assert sha256_hex((frozen.folder / path).read_bytes()) == digest


def test_the_proof_opens_the_act_of_sealing_and_nothing_else(house):
    frozen = publish(house)
    proof = at(frozen.folder, manifest.PROOF)
    [seal] = seals(house)
    assert bundle.checked(proof).proved == (f"act {seal.id}",)
    [leaf] = json.loads(proof)["leaves"]
    told = json.loads(leaf["payload"])["act"]
    digest = sha256_hex(at(frozen.folder, manifest.MANIFEST))
    assert told["detail"] == {"edition": frozen.digest, "manifest": digest}
    assert (told["by"], told["verb"], told["subject"]) == ("chronik", "seal-edition", "mill-stream")
    assert b"eva" not in proof


def test_one_manifest_is_sealed_once_wherever_it_is_written(house, tmp_path):
    publish(house)
    publish(house, now=NOW + timedelta(days=1))
    publish(house, now=NOW + timedelta(days=1), to=tmp_path / "stick")
    assert len(seals(house)) == 1
    remove(house, make_clip(2))
    publish(house, now=NOW + timedelta(days=2))
    assert len(seals(house)) == 2


def test_where_the_ledger_refuses_the_dossier_is_published_without_proof_and_that_is_said(house, monkeypatch):
    old = publish(house)
    remove(house, make_clip(2))

    def refusing(_archive):
        raise RefusesToSignError("The ledger is older than it was.")

    monkeypatch.setattr(sealing.recording, "record_due", refusing)
    frozen = publish(house)
    assert "older than it was" in frozen.unsealed
    assert frozen.digest != old.digest
    assert not (frozen.folder / "mill-stream" / manifest.PROOF).exists()
    monkeypatch.undo()
    assert publishing.renew_proofs(house) == ()  # the seal has no leaf yet
    sealing.record(house)
    assert "mill-stream/proof.json" in publishing.renew_proofs(house)


def test_a_past_state_reuses_the_seal_and_records_nothing(house, tmp_path):
    frozen = publish(house)
    before = house.catalogue.acts(limit=1)
    publishing.publish_as_known(house, "mill-stream", at=NOW, to=tmp_path / "then")
    assert at(tmp_path / "then", manifest.MANIFEST) == at(frozen.folder, manifest.MANIFEST)
    assert bundle.checked(at(tmp_path / "then", manifest.PROOF)).proved == (f"act {seals(house)[0].id}",)
    assert house.catalogue.acts(limit=1) == before


def test_a_withdrawn_dossier_leaves_no_manifest_and_no_proof(house):
    frozen = publish(house)
    publishing.unpublish(house, "mill-stream", by="eva", now=NOW)
    assert list(frozen.folder.iterdir()) == []


@pytest.mark.parametrize("name", ["manifest.json", "proof.json"])
def test_a_file_of_somebody_else_by_the_same_name_further_down_stays(house, name):
    frozen = publish(house)
    theirs = frozen.folder / "mill-stream" / "theirs" / name
    theirs.parent.mkdir()
    theirs.write_text("theirs")
    publish(house)
    assert theirs.read_text() == "theirs"


GOOD = {"kind": "chronik-manifest", "version": 1, "slug": "a", "edition": "0" * 64, "files": {"a/index.html": "1" * 64}}


@pytest.mark.parametrize(
    "change",
    [
        {"kind": "other"},
        {"version": 2},
        {"version": True},
        {"version": "1"},
        {"slug": ".."},
        {"slug": 1},
        {"edition": "0" * 63},
        {"edition": None},
        {"files": []},
        {"files": {"a/../b": "1" * 64}},
        {"files": {"/a/b": "1" * 64}},
        {"files": {"b/index.html": "1" * 64}},
        {"files": {"index.html": "1" * 64}},
        {"files": {"a/\0": "1" * 64}},
        {"files": {"a/index.html": "A" * 64}},
        {"files": {"a/index.html": 1}},
        {"more": 1},
    ],
)
def test_what_is_no_manifest_is_refused(change):
    assert manifest.read(manifest.canonical(GOOD)).files == GOOD["files"]
    with pytest.raises(manifest.RefusedInputError):
        manifest.read(manifest.canonical({**GOOD, **change}))


@pytest.mark.parametrize(
    "data", [b"", b"\xff", b"[" * 9999, b"[]", b"null", b'{"kind": "chronik-manifest"}', b'"\\ud800"']
)
def test_what_is_not_canonical_json_is_no_manifest(data):
    with pytest.raises(manifest.RefusedInputError):
        manifest.read(data)
