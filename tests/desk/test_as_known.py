"""A dossier as it was known: the same bytes as the edition published then, whatever happened since."""

import pytest

from chronik.archive.importing import import_file
from chronik.desk import actions
from chronik.errors import NotFoundError
from chronik.web import publishing

PAGE = """Archiv: Die Schleuse 2026

01.05.2026 - 10:00 [ Talbote ]
Schleuse zu
Die Schleuse blieb geschlossen.

30.04.2026 - 09:00 [ Talbote ]
Wasser steigt
Der Bach stieg um 42 Zentimeter.
"""


def files(folder):
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def published(archive, slug):
    publishing.publish(archive, slug, by="eva", now=archive.clock())
    return files(archive.config.site)


def as_known(archive, slug, *, at, to):
    publishing.publish_as_known(archive, slug, at=at, to=to)
    return files(to)


def test_an_edition_comes_out_again_byte_for_byte_after_every_kind_of_change(archive, clip, dossier, clock, tmp_path):
    then = clock.now
    first = published(archive, dossier.slug)
    clock.advance(hours=1)
    actions.edit_clip(archive.catalogue, clip.id, by="eva", now=clock.now, title="Zu", note="private")
    actions.edit_dossier(archive.catalogue, dossier.slug, by="eva", now=clock.now, years="2026", notes="private")
    later, second = clock.now, published(archive, dossier.slug)
    clock.advance(hours=1)
    actions.remove_clip(archive.catalogue, clip.id, by="eva", now=clock.now)
    assert first != second
    assert as_known(archive, dossier.slug, at=then, to=tmp_path / "first") == first
    assert as_known(archive, dossier.slug, at=later, to=tmp_path / "second") == second
    assert files(archive.config.site) == second


def test_a_removed_dossier_is_known_as_it_was(archive, clip, dossier, clock, tmp_path):
    then, first = clock.now, published(archive, dossier.slug)
    clock.advance(hours=1)
    actions.remove_dossier(archive.catalogue, dossier.slug, by="eva", now=clock.now)
    assert as_known(archive, dossier.slug, at=then, to=tmp_path / "first") == first
    with pytest.raises(NotFoundError, match="2026"):
        publishing.edition_as_known(archive, dossier.slug, at=clock.now)


def test_a_press_page_taken_in_is_known_as_it_was(archive, clock, tmp_path):
    path = tmp_path / "page.txt"
    path.write_text(PAGE, encoding="utf-8")
    archive.config.archive.mkdir()
    slug = import_file(archive, path, by="eva").dossier
    then, first = clock.now, published(archive, slug)
    clock.advance(hours=1)
    (moved, *_) = archive.catalogue.clips(slug)
    actions.move_clip(archive.catalogue, moved.id, places=1, by="eva", now=clock.now)
    actions.edit_dossier(archive.catalogue, slug, by="eva", now=clock.now, order="by-hand")
    later, second = clock.now, published(archive, slug)
    clock.advance(hours=1)
    path.write_text(PAGE.replace("Wasser", "Das Wasser"), encoding="utf-8")
    import_file(archive, path, by="eva")
    assert as_known(archive, slug, at=then, to=tmp_path / "first") == first
    assert as_known(archive, slug, at=later, to=tmp_path / "second") == second


def test_the_desk_shows_a_past_state(editor, archive, clip, dossier, clock):
    then = clock.now
    clock.advance(hours=1)
    actions.edit_clip(archive.catalogue, clip.id, by="eva", now=clock.now, title="Ein anderer Titel")
    address = f"/desk/dossiers/{dossier.slug}/preview/"
    assert "Ein anderer Titel" in editor.get(address).content.decode()
    assert "Ein anderer Titel" not in editor.get(address, {"as-of": then.isoformat()}).content.decode()
    assert "as known then" in editor.get(f"/desk/dossiers/{dossier.slug}/history/").content.decode()


def test_a_moment_that_is_none_shows_the_present_and_one_too_early_is_not_found(editor, clip, dossier):
    address = f"/desk/dossiers/{dossier.slug}/preview/"
    assert editor.get(address, {"as-of": "<b>yesterday"}).status_code == 200
    assert editor.get(address, {"as-of": "1999-01-01"}).status_code == 404
