"""Publishing from the desk and the command line: what is written, recorded and shown."""

import json
from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.test import Client
from tests.fakes.fetch import FakeFetch
from tests.fakes.index import MemoryIndex
from tests.fakes.vault import MemoryVault
from tests.publish.material import NOW, TALBOTE, make_clip, make_dossier

from chronik import config as configuration
from chronik import wiring
from chronik.archive import Archive
from chronik.catalogue.models import DossierRow
from chronik.catalogue.store import DjangoCatalogue
from chronik.desk import people
from chronik.desk.rights import Role
from chronik.errors import ChronikError, NotFoundError, RefusedInputError
from chronik.model import Act, Verb
from chronik.web import publishing


@pytest.fixture
def archive(db, archive_settings, monkeypatch):
    def clock():
        return NOW

    catalogue = DjangoCatalogue()
    catalogue.add_sources([TALBOTE])
    for slug in ("mill-stream", "other"):
        act = Act(at=NOW, by="eva", verb=Verb.CREATE_DOSSIER, subject=slug)
        catalogue.add_dossier(make_dossier(slug=slug), act)
    catalogue.add_clip(make_clip(), Act(at=NOW, by="eva", verb=Verb.CLIP, subject=make_clip().id))
    archive = Archive(
        config=archive_settings.CHRONIK,
        catalogue=catalogue,
        vault=MemoryVault(clock=clock),
        sample_vault=MemoryVault(clock=clock),
        index=MemoryIndex(),
        fetch=FakeFetch({}),
        clock=clock,
    )
    monkeypatch.setattr(wiring, "current", lambda: archive)
    return archive


@pytest.fixture
def stranger(archive):
    return Client(enforce_csrf_checks=True)


@pytest.fixture
def editor(archive):
    client, eva = Client(), User.objects.create_user("eva")
    people.give_role(eva, Role.CHIEF_EDITOR)
    client.force_login(eva)
    return client


def acts(archive, verb):
    return [act for act in archive.catalogue.acts(subject="mill-stream") if act.verb is verb]


def published_at(slug="mill-stream"):
    return DossierRow.objects.get(slug=slug).published_at


def test_publishing_freezes_records_and_marks(archive):
    frozen = publishing.publish(archive, "mill-stream", by="eva", now=NOW)
    assert (archive.config.site / "mill-stream/index.html").is_file()
    [act] = acts(archive, Verb.PUBLISH)
    assert (act.by, act.at, act.detail["edition"]) == ("eva", NOW, frozen.digest)
    assert published_at() == NOW
    assert published_at("other") is None


def test_publishing_the_same_again_keeps_the_date_of_what_readers_see(archive):
    publishing.publish(archive, "mill-stream", by="eva", now=NOW)
    frozen = publishing.publish(archive, "mill-stream", by="eva", now=NOW + timedelta(days=1))
    assert frozen.changed == ()
    assert published_at() == NOW
    assert len(acts(archive, Verb.PUBLISH)) == 2


def test_publishing_elsewhere_leaves_the_site_and_its_mark_alone(archive, tmp_path):
    publishing.publish(archive, "mill-stream", by="eva", now=NOW, to=tmp_path / "stick")
    assert (tmp_path / "stick/mill-stream/index.html").is_file()
    assert not archive.config.site.exists()
    assert published_at() is None
    assert acts(archive, Verb.PUBLISH)[0].detail["folder"] == str(tmp_path / "stick")
    assert publishing.unpublish(archive, "mill-stream", by="eva", now=NOW, to=tmp_path / "stick").removed
    assert list((tmp_path / "stick").iterdir()) == []


def test_the_same_state_is_the_same_files_wherever_it_is_written(archive, tmp_path):
    publishing.publish(archive, "mill-stream", by="eva", now=NOW)
    publishing.publish(archive, "mill-stream", by="eva", now=NOW + timedelta(days=1), to=tmp_path / "stick")
    for name in ("mill-stream/index.html", "mill-stream/feed.atom", "mill-stream/dossier.json", "index.html"):
        assert (tmp_path / "stick" / name).read_bytes() == (archive.config.site / name).read_bytes()


def test_a_dossier_that_is_not_there_is_not_published(archive):
    for act in (publishing.publish, publishing.unpublish):
        with pytest.raises(NotFoundError, match="nowhere"):
            act(archive, "nowhere", by="eva", now=NOW)
    assert not archive.config.site.exists()


def test_what_could_not_be_written_is_not_recorded(archive):
    archive.config.site.mkdir(parents=True)
    (archive.config.site / "index.html").write_text("mine")
    with pytest.raises(RefusedInputError):
        publishing.publish(archive, "mill-stream", by="eva", now=NOW)
    assert acts(archive, Verb.PUBLISH) == []
    assert published_at() is None


def test_withdrawing_removes_records_and_unmarks(archive):
    publishing.publish(archive, "mill-stream", by="eva", now=NOW)
    publishing.unpublish(archive, "mill-stream", by="otto", now=NOW)
    assert not (archive.config.site / "mill-stream").exists()
    assert [act.by for act in acts(archive, Verb.UNPUBLISH)] == ["otto"]
    assert published_at() is None


def test_withdrawing_what_was_never_published_records_nothing(archive):
    publishing.unpublish(archive, "mill-stream", by="eva", now=NOW)
    assert acts(archive, Verb.UNPUBLISH) == []


def test_the_pages_of_a_removed_dossier_can_be_withdrawn(archive):
    publishing.publish(archive, "mill-stream", by="eva", now=NOW)
    archive.catalogue.remove_dossier(
        "mill-stream", Act(at=NOW, by="eva", verb=Verb.REMOVE_DOSSIER, subject="mill-stream")
    )
    assert publishing.unpublish(archive, "mill-stream", by="eva", now=NOW).removed


def test_an_editor_publishes_and_withdraws_with_a_button(archive, editor):
    for button, there in (("publish", True), ("unpublish", False)):
        answer = editor.post(f"/desk/dossiers/mill-stream/{button}/")
        assert (answer.status_code, answer["Location"]) == (302, "/desk/dossiers/mill-stream/")
        assert (archive.config.site / "mill-stream").exists() is there


def test_an_editor_is_told_why_nothing_was_published(archive, editor):
    archive.config.site.mkdir(parents=True)
    (archive.config.site / "index.html").write_text("mine")
    answer = editor.post("/desk/dossiers/mill-stream/publish/", follow=True)
    assert "left alone" in answer.content.decode()


def test_a_preview_shows_what_would_be_published_and_writes_nothing(archive, editor):
    answer = editor.get("/desk/dossiers/mill-stream/preview/?language=de")
    assert answer.status_code == 200
    assert 'lang="de"' in answer.content.decode()
    assert "Meldung 1" in answer.content.decode()
    assert "SECRET" not in answer.content.decode()
    assert answer["Cache-Control"] == "private, no-store"
    assert not archive.config.site.exists()


@pytest.mark.parametrize("language", ["", "xx", "<script>", "../de"])
def test_a_preview_in_a_language_that_is_not_there_shows_the_main_one(editor, language):
    answer = editor.get("/desk/dossiers/mill-stream/preview/", {"language": language})
    assert '<html lang="en"' in answer.content.decode()


@pytest.mark.parametrize("button", ["publish", "unpublish"])
def test_a_form_from_elsewhere_publishes_nothing(archive, stranger, button):
    stranger.force_login(User.objects.create_user("eva"))
    assert stranger.post(f"/desk/dossiers/mill-stream/{button}/").status_code == 403
    assert archive.catalogue.acts(subject="mill-stream")[0].verb is Verb.CREATE_DOSSIER


@pytest.mark.parametrize("button", ["publish", "unpublish"])
def test_who_is_not_signed_in_publishes_nothing(archive, button):
    answer = Client().post(f"/desk/dossiers/mill-stream/{button}/")
    assert (answer.status_code, answer["Location"].split("?")[0]) == (302, "/desk/sign-in/")
    assert not archive.config.site.exists()


def test_who_is_not_signed_in_sees_no_preview(archive):
    answer = Client().get("/desk/dossiers/mill-stream/preview/")
    assert answer["Location"].startswith("/desk/sign-in/")


@pytest.mark.parametrize(("button", "method"), [("publish", "get"), ("unpublish", "get"), ("preview", "post")])
def test_the_wrong_method_does_nothing(archive, editor, button, method):
    assert getattr(editor, method)(f"/desk/dossiers/mill-stream/{button}/").status_code == 405
    assert not archive.config.site.exists()


@pytest.mark.parametrize(("button", "method"), [("publish", "post"), ("unpublish", "post"), ("preview", "get")])
def test_an_unknown_dossier_is_not_found(editor, button, method):
    assert getattr(editor, method)(f"/desk/dossiers/nowhere/{button}/").status_code == 404


def test_the_published_data_names_the_dossier(archive):
    publishing.publish(archive, "mill-stream", by="eva", now=NOW)
    data = json.loads((archive.config.site / "mill-stream/dossier.json").read_bytes())
    assert data["names"] == {"en": "The mill stream", "de": "Der Mühlbach"}
    assert configuration.FILE_NAME not in json.dumps(data)


def test_a_dossier_is_removed_with_its_pages(editor, archive, site):
    editor.post("/desk/dossiers/mill-stream/publish/")
    assert (site / "mill-stream" / "index.html").is_file()
    page = editor.get("/desk/dossiers/mill-stream/").content.decode()
    assert 'action="/desk/dossiers/mill-stream/remove/"' in page
    assert editor.post("/desk/dossiers/mill-stream/remove/").headers["Location"] == "/desk/dossiers/"
    assert not (site / "mill-stream").exists()
    assert archive.catalogue.dossier("mill-stream") is None
    verbs = [act.verb for act in archive.catalogue.acts(subject="mill-stream")]
    assert verbs[:2] in ([Verb.REMOVE_DOSSIER, Verb.UNPUBLISH], [Verb.UNPUBLISH, Verb.REMOVE_DOSSIER])
    assert editor.get("/desk/dossiers/mill-stream/").status_code == 404
    assert editor.post("/desk/dossiers/mill-stream/remove/").status_code == 404


def test_a_dossier_whose_pages_cannot_be_withdrawn_stays(editor, archive, monkeypatch):
    def full(*_arguments, **_fields):
        raise ChronikError("The folder cannot be written.")

    monkeypatch.setattr(publishing.freeze, "unfreeze", full)
    assert editor.post("/desk/dossiers/mill-stream/remove/").status_code == 302
    assert archive.catalogue.dossier("mill-stream") is not None
