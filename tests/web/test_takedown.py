"""Takedown at the desk: hidden at once, redacted on a second person's word, a tombstone for everybody."""

import pytest
from django.contrib.auth.models import User
from django.test import Client
from tests.desk.conftest import archive, article, clip, clock, dossier, editor, eva  # noqa: F401 - fixtures
from tests.desk.material import NOW

from chronik.archive import hiding, redacting
from chronik.archive.checking_published import checked
from chronik.archive.published_files import FolderFiles
from chronik.catalogue.models import ActRow, ArticleRow, ClipRow, LeafRow
from chronik.desk import actions, people
from chronik.desk.rights import Role
from chronik.errors import ConflictError, NotFoundError, RefusedInputError
from chronik.model import TakedownReason
from chronik.web import publishing, takedown

PRIVACY = TakedownReason.PRIVACY


@pytest.fixture(autouse=True)
def folder(archive):  # noqa: F811 - fixtures
    archive.config.archive.mkdir(exist_ok=True)


@pytest.fixture
def published(archive, article, clip, dossier):  # noqa: F811 - fixtures
    publishing.publish(archive, dossier.slug, by="eva", now=NOW)
    return archive.config.site / dossier.slug


def text_of(folder):
    return "".join(path.read_text() for path in sorted(folder.rglob("*")) if path.is_file())


def test_hiding_at_the_desk_takes_the_published_page_away_and_brings_it_back(editor, published, article, clip):  # noqa: F811
    assert clip.excerpt in text_of(published)
    page = editor.get("/desk/takedown/", {"name": article.id})
    assert page.status_code == 200
    editor.post("/desk/takedown/do/", {"do": "hide", "name": article.id, "reason": "privacy"})
    assert clip.excerpt not in text_of(published)
    assert clip.title not in text_of(published)
    editor.post("/desk/takedown/do/", {"do": "unhide", "name": article.id})
    assert clip.excerpt in text_of(published)


def test_one_person_alone_redacts_nothing_and_two_do(editor, archive, published, article, clip):  # noqa: F811
    editor.post("/desk/takedown/do/", {"do": "ask", "name": article.id, "reason": "court-order", "note": "by letter"})
    (request,) = redacting.waiting(archive)
    assert "by letter" in editor.get("/desk/takedown/").content.decode()
    editor.post("/desk/takedown/do/", {"do": "confirm", "name": request.id})
    assert ArticleRow.objects.filter(pk=article.id).exists()
    other = Client()
    ben = User.objects.create_user("ben")
    people.give_role(ben, Role.CHIEF_EDITOR)
    other.force_login(ben)
    other.post("/desk/takedown/do/", {"do": "confirm", "name": request.id})
    assert not ArticleRow.objects.filter(pk=article.id).exists()
    assert redacting.waiting(archive) == []
    for address in (f"/desk/articles/{article.id}/", f"/desk/clips/{clip.id}/edit/"):
        answer = other.get(address)
        assert answer.status_code == 410
        assert clip.title not in answer.content.decode()
    stone = (published / "c" / clip.id[:12] / "index.html").read_text()
    assert all(
        words in stone for words in ("a court’s order", "eine gerichtliche Anordnung", "une décision de justice")
    )
    assert clip.title not in stone
    assert "eva" not in stone


def test_what_is_left_after_a_redaction_is_sealed_anew_without_it(archive, published, article, clip):  # noqa: F811
    name = f"c/{clip.id[:12]}/index.html"
    before = {file: (published / file).read_bytes() for file in ("manifest.json", "proof.json")}
    assert name.encode() in before["manifest.json"]
    takedown.confirm(archive, takedown.ask(archive, article.id, reason=PRIVACY, by="eva").id, by="ben")
    assert all((published / file).read_bytes() != data for file, data in before.items())
    assert clip.id[:12] not in (published / "manifest.json").read_text() + (published / "proof.json").read_text()
    found = checked(FolderFiles(archive.config.site))
    assert (found.faults, f"{published.name}/{name}" in found.dossiers[0].beside) == ((), True)


def test_the_tombstone_is_served_as_gone(archive, published, article, clip, settings):  # noqa: F811
    settings.CHRONIK = archive.config
    takedown.confirm(archive, takedown.ask(archive, article.id, reason=PRIVACY, by="eva").id, by="ben")
    assert Client().get(f"/{published.name}/c/{clip.id[:12]}/").status_code == 410
    assert Client().get(f"/{published.name}/").status_code == 200


def test_acts_on_a_redacted_clip_hold_nothing_of_it_and_none_brings_it_back(archive, published, article, clip):  # noqa: F811
    actions.edit_clip(archive.catalogue, clip.id, by="eva", now=NOW, title="Another title of it", note="a note")
    takedown.confirm(archive, takedown.ask(archive, clip.id, reason=PRIVACY, by="eva").id, by="ben")
    told = " ".join(f"{row.subject} {row.detail}" for row in ActRow.objects.all())
    assert "Another title of it" not in told
    assert clip.excerpt not in told
    assert not LeafRow.objects.filter(subject=clip.id).exists()
    assert ClipRow.objects.get(pk=clip.id).excerpt == ""
    with pytest.raises(NotFoundError):
        actions.restore_clip(archive.catalogue, clip.id, by="eva", now=NOW)


@pytest.mark.parametrize("name", ["eva", "EVA", " Eva ", "e v a"])
def test_the_same_person_is_the_same_however_written(archive, article, name):  # noqa: F811
    request = redacting.ask(archive, article.id, reason=PRIVACY, by="eva")
    with pytest.raises(ConflictError, match="another person"):
        redacting.confirm(archive, request.id, by=name)


def test_what_makes_no_sense_is_refused(archive, article, editor):  # noqa: F811
    for unknown in ("", "x", "0" * 64, "\0", "\udc80", "é" * 5000):
        with pytest.raises(NotFoundError):
            redacting.ask(archive, unknown, reason=PRIVACY, by="eva")
        with pytest.raises(NotFoundError):
            redacting.confirm(archive, unknown, by="ben")
        with pytest.raises(NotFoundError):
            redacting.refuse(archive, unknown, by="ben")
    with pytest.raises(RefusedInputError):
        redacting.ask(archive, article.id, reason=PRIVACY, by="  ")
    with pytest.raises(RefusedInputError):
        redacting.ask(archive, article.id, reason=PRIVACY, by="eva", note="x" * 10_001)
    redacting.ask(archive, article.id, reason=PRIVACY, by="eva")
    with pytest.raises(ConflictError, match="already"):
        redacting.ask(archive, article.id, reason=PRIVACY, by="ben")
    for posted in ({}, {"do": "boom"}, {"do": "hide", "name": article.id, "reason": "because"}, {"do": "confirm"}):
        assert editor.post("/desk/takedown/do/", posted).status_code == 302
    assert editor.get("/desk/takedown/", {"name": "nothing"}).status_code == 404


def test_what_was_refused_waits_no_more_and_what_is_redacted_is_not_found(archive, article, clock):  # noqa: F811
    request = redacting.ask(archive, article.id, reason=PRIVACY, by="eva")
    redacting.refuse(archive, request.id[:12], by="ben")
    assert redacting.waiting(archive) == []
    assert hiding.veil(archive).covers(article)
    clock.advance(hours=1)
    again = redacting.ask(archive, article.id, reason=PRIVACY, by="eva")
    redacting.confirm(archive, again.id, by="ben")
    with pytest.raises(NotFoundError):
        redacting.confirm(archive, again.id, by="ben")
    with pytest.raises(NotFoundError):
        redacting.ask(archive, article.id, reason=PRIVACY, by="eva")


def test_an_archive_of_one_person_says_so(archive, article):  # noqa: F811
    from dataclasses import replace

    alone = replace(archive, config=replace(archive.config, redaction_needs_second_person=False))
    redacting.confirm(alone, redacting.ask(alone, article.id, reason=PRIVACY, by="eva").id, by="eva")
    assert [stone.second_person for stone in redacting.tombstones(alone).values()] == [False]
