"""The first four steps are shown until they were taken, or until somebody hides them."""

from tests.desk.material import NOW

from chronik.catalogue.models import DossierRow
from chronik.desk import actions, tour
from chronik.desk.rights import Role
from chronik.model import Feed


def open_steps(archive, role=Role.OPERATOR):
    return [bool(step.done) for step in tour.steps(archive, role=role)]


def test_steps_are_ticked_off_as_they_are_taken(archive, article, editor):
    assert open_steps(archive) == [False] * 4
    dossier = actions.new_dossier(archive.catalogue, names={"de": "Mühle"}, by="eva", now=NOW)
    assert open_steps(archive) == [False, True, False, False]
    actions.clip(archive.catalogue, article_id=article.id, dossier=dossier.slug, quote="Der Bach", by="eva", now=NOW)
    assert open_steps(archive) == [False, True, True, False]
    page = editor.get("/desk/").content.decode()
    assert "First steps" in page
    assert "<s>Open a dossier</s>" in page


def test_they_vanish_once_all_were_taken(archive, article, dossier):
    actions.clip(archive.catalogue, article_id=article.id, dossier=dossier.slug, quote="Der Bach", by="eva", now=NOW)
    archive.catalogue.add_feed(Feed(url="http://talbote.localhost:8471/feed"), due_at=NOW)
    DossierRow.objects.update(published_at=NOW)
    assert open_steps(archive) == [False, True, True, True], "the sample's feed is not one's own"
    archive.catalogue.add_feed(Feed(url="https://talbote.example/feed"), due_at=NOW)
    assert open_steps(archive) == []


def test_who_only_reads_is_not_told_what_to_do(archive):
    assert tour.steps(archive, role=Role.READER) == ()
    addresses = [step.address for step in tour.steps(archive, role=Role.EDITOR)]
    assert addresses == ["", "desk:new-dossier", "desk:inbox", ""]


def test_they_can_be_hidden(editor):
    assert "First steps" in editor.get("/desk/").content.decode()
    assert editor.post("/desk/end-tour/").status_code == 302
    assert "First steps" not in editor.get("/desk/").content.decode()
    assert editor.cookies[tour.COOKIE]["httponly"]


def test_they_stand_on_the_first_page_only(editor):
    assert "First steps" not in editor.get("/desk/?show=done").content.decode()
