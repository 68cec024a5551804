"""The page before publishing: what to look at, how readers would see it, and the button."""

from tests.desk.material import NOW

from chronik.archive import judging
from chronik.archive.checklist import checklist
from chronik.desk import actions
from chronik.ports.relating import Side
from chronik.publish.checklist import CheckKind


def test_the_page_names_what_to_look_at_and_where_it_is(editor, archive, dossier, clip):
    judging.define_side(
        archive, Side(dossier=dossier.slug, key="amt", names={"de": "Das Amt"}, speakers=("Anna Berg",)), by="eva"
    )
    page = editor.get(f"/desk/dossiers/{dossier.slug}/checklist/").content.decode()
    assert "These clips rest on no capture" in page
    assert f"/desk/dossiers/{dossier.slug}/?clip={clip.id[:12]}#clip-{clip.id[:12]}" in page
    assert "Das Amt" in page
    assert "The dossier has no introduction in this language." in page
    assert f"/desk/dossiers/{dossier.slug}/preview/?language=de" in page
    assert f'action="/desk/dossiers/{dossier.slug}/publish/"' in page


def test_a_dossier_page_leads_to_its_checklist(editor, dossier):
    page = editor.get(f"/desk/dossiers/{dossier.slug}/").content.decode()
    assert f'href="/desk/dossiers/{dossier.slug}/checklist/"' in page


def test_what_is_mended_is_not_listed_any_more(archive, dossier):
    found = {check.kind for check in checklist(archive, dossier.slug)}
    assert found == {CheckKind.NO_CLIPS, CheckKind.NO_INTRODUCTION}
    actions.edit_dossier(
        archive.catalogue, dossier.slug, introductions={"de": "Ein Streit um Wasser."}, by="eva", now=NOW
    )
    assert [check.kind for check in checklist(archive, dossier.slug)] == [CheckKind.NO_CLIPS]
