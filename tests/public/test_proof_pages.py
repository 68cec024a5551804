"""Beside each edition lies a page that says what is proved of its clips, and it is no part of the edition."""

import re

import pytest
from tests.archive.test_grading import AUTHORITY, SITE, kept
from tests.fakes.fetch import FakeFetch
from tests.fakes.index import MemoryIndex
from tests.fakes.vault import MemoryVault
from tests.publish.material import NOW, TALBOTE, make_clip, make_dossier

from chronik.archive import Archive
from chronik.catalogue.store import DjangoCatalogue
from chronik.desk import actions
from chronik.model import Act, Verb
from chronik.public import proofs
from chronik.publish.manifest import PROOF
from chronik.web import publishing

URL = "https://talbote.example/proved"


@pytest.fixture
def archive(db, archive_settings):
    config = archive_settings.CHRONIK
    config.archive.mkdir(parents=True, exist_ok=True)
    catalogue = DjangoCatalogue()
    catalogue.add_sources([TALBOTE])
    made = Archive(
        config=config,
        catalogue=catalogue,
        vault=MemoryVault(clock=lambda: NOW),
        sample_vault=MemoryVault(clock=lambda: NOW),
        index=MemoryIndex(),
        fetch=FakeFetch({}),
        clock=lambda: NOW,
    )
    opened = Act(at=NOW, by="eva", verb=Verb.CREATE_DOSSIER, subject="mill-stream")
    catalogue.add_dossier(make_dossier(slug="mill-stream"), opened)
    capture = kept(made, url=URL, chain=(SITE, AUTHORITY))
    clip = make_clip(capture_id=capture.id, url=URL)
    catalogue.add_clip(clip, Act(at=NOW, by="eva", verb=Verb.CLIP, subject=clip.id))
    publishing.publish(made, "mill-stream", by="eva", now=NOW)
    return made, capture


def page(archive, name):
    return (archive.config.site / "mill-stream" / name).read_text(encoding="utf-8")


def test_a_published_clip_leads_to_what_is_proved_of_it(archive):
    house, capture = archive
    short = make_clip().id[:12]
    assert f'href="proofs/index.html#c-{short}"' in page(house, "index.html")
    assert f'href="../../proofs/index.html#c-{short}"' in page(house, f"c/{short}/index.html")
    proofs = page(house, "proofs/index.html")
    assert f'id="c-{short}"' in proofs
    for fact in (capture.id, capture.payload_digest, URL, "chronik ledger bundle", "verify_bundle.py"):
        assert fact in proofs


def test_the_grades_are_told_in_each_language_with_what_they_do_not_say(archive):
    house, _ = archive
    german, english = page(house, "de/proofs/index.html"), page(house, "en/proofs/index.html")
    assert "recorded by us alone" in english
    assert "A TLS connection is no signature" in english
    assert "nur von uns verzeichnet" in german
    assert "Eine TLS-Verbindung ist keine Unterschrift" in german


def test_proofs_follow_from_the_archives_state_and_leave_the_edition_as_it_is(archive, tmp_path):
    house, _ = archive
    frozen = publishing.publish(house, "mill-stream", by="eva", now=NOW)
    assert frozen.changed == ()
    assert not [name for name in frozen.files if "proofs" in name]
    again = tmp_path / "again"
    publishing.publish(house, "mill-stream", by="eva", now=NOW, to=again)
    files = sorted(path.relative_to(again) for path in again.rglob("*") if path.is_file())
    assert (again / "mill-stream" / PROOF).is_file()
    assert [(again / name).read_bytes() for name in files] == [
        (house.config.site / name).read_bytes() for name in files
    ]


def test_a_proof_page_needs_no_script_and_loads_nothing_from_elsewhere(archive):
    house, _ = archive
    proofs = page(house, "proofs/index.html")
    assert "<script" not in proofs
    assert re.findall(r'(?:src|href)="(https?:[^"]*)"', proofs) == [URL]


def test_a_withdrawn_dossier_takes_its_proofs_along(archive):
    house, _ = archive
    publishing.unpublish(house, "mill-stream", by="eva", now=NOW)
    assert not (house.config.site / "mill-stream").exists()


def test_what_is_known_later_changes_the_proofs_and_no_byte_of_the_edition(archive, monkeypatch):
    house, _ = archive
    dossier = actions.new_dossier(house.catalogue, names={"en": "Later"}, by="eva", now=NOW)
    publishing.publish(house, dossier.slug, by="eva", now=NOW)
    assert publishing.renew_proofs(house) == ()
    before = {path: path.read_bytes() for path in house.config.site.rglob("*") if path.is_file()}
    monkeypatch.setattr(proofs, "_public_keys", lambda _archive: ("another key",))
    changed = publishing.renew_proofs(house)
    assert sorted(changed) == [f"{dossier.slug}/en/proofs/index.html", f"{dossier.slug}/proofs/index.html"]
    after = {path: path.read_bytes() for path in house.config.site.rglob("*") if path.is_file()}
    differing = [path for path in after if after[path] != before.get(path)]
    assert sorted(path.relative_to(house.config.site).as_posix() for path in differing) == sorted(changed)
