"""The desk shows what is proved of captures and clips, and what each grade does not say."""

import pytest
from django.utils import translation
from tests.archive.test_grading import AUTHORITY, SITE, kept
from tests.desk.material import NOW, make_article
from tests.preserve.wacz.packages import KEY, package, written

from chronik.archive import importing, recording
from chronik.archive.grounds import LABELS, TITLES, Ground
from chronik.desk import actions
from chronik.desk.proofs import COUNTED_KEY, OWN_SIGNATURE, SIGNATURES
from chronik.ports.fixity import FixityMark
from chronik.preserve import signing

URL = "https://talbote.example/proved"


@pytest.fixture
def house(archive):
    archive.config.archive.mkdir(parents=True, exist_ok=True)
    return archive


@pytest.fixture
def proved(house):
    """An article whose capture came over TLS and is recorded in the ledger."""
    capture = kept(house, url=URL, chain=(SITE, AUTHORITY), at=NOW)
    made = make_article(7, url=URL, capture_id=capture.id)
    house.catalogue.record_reading(capture.id, made)
    recording.record_due(house)
    return made


def shown(editor, address):
    answer = editor.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def test_an_article_says_what_is_proved_and_what_is_not(editor, proved, house):
    page = shown(editor, f"/desk/articles/{proved.id}/")
    assert "recorded by us alone" in page
    assert "seen by nobody else" in page
    assert "certificate recorded" in page
    assert "A TLS connection is no signature" in page
    assert "An authority of ours" in page
    assert "192.0.2.7" in page
    assert f"chronik ledger bundle {proved.capture_id} --to proof.bundle" in page


def test_clips_show_their_grades_in_the_dossier_and_on_their_own_page(editor, proved, dossier, house):
    quote = "Die Schleuse blieb geschlossen."
    clip = actions.clip(house.catalogue, article_id=proved.id, dossier=dossier.slug, quote=quote, by="eva", now=NOW)
    for address in (f"/desk/dossiers/{dossier.slug}/", f"/desk/clips/{clip.id}/edit/"):
        page = shown(editor, address)
        assert page.count('class="grade ') == 3
        assert "seen by nobody else" in page


def test_what_has_no_capture_says_so(editor, clip):
    assert "no bytes of the page are kept here" in shown(editor, f"/desk/clips/{clip.id}/edit/")


def test_a_dossier_of_many_clips_asks_few_questions(proved, house, dossier, django_assert_max_num_queries):
    from chronik.desk import proofs

    clips = [
        actions.clip(house.catalogue, article_id=proved.id, dossier=dossier.slug, quote=quote, by="eva", now=NOW)
        for quote in ("Die Schleuse blieb geschlossen.", "Niemand wusste, warum.", "Der Bach stand still.")
    ]
    with django_assert_max_num_queries(6):
        found = proofs.of_clips(house, clips)
    assert len(found) == 3


def test_an_article_shows_in_which_package_it_came_and_who_signed_it(editor, house, tmp_path):
    path = tmp_path / "<b>von anderen.wacz"
    path.write_bytes(written(package(tmp_path / "theirs", count=1)))
    importing.import_file(house, path, by="eva")
    [capture] = [one for one in house.catalogue.captures() if one.media_type == "text/html"]
    made = make_article(8, url=capture.url, capture_id=capture.id)
    house.catalogue.record_reading(capture.id, made)
    for address in (f"/desk/articles/{made.id}/", f"/desk/captures/{capture.id}/"):
        page = shown(editor, address)
        assert "Taken in with the web archive &lt;b&gt;von anderen.wacz" in page
        assert str(SIGNATURES["signed by a key"]) in page
        assert signing.p384_signed(b"", pem=KEY)["publicKey"] in page
        assert "2026-05-01T12:30:15Z" in page
        assert "seen by nobody else" in page


@pytest.mark.parametrize("language", ["de", "fr"])
def test_every_word_about_signatures_is_said_in_the_readers_language(language):
    for text in (OWN_SIGNATURE, COUNTED_KEY, *SIGNATURES.values()):
        with translation.override("en"):
            english = str(text)
        with translation.override(language):
            assert str(text) != english


@pytest.mark.parametrize("language", ["de", "fr"])
def test_every_word_about_proofs_is_said_in_the_readers_language(language):
    with translation.override(language):
        for text in [*TITLES.values(), *LABELS.values(), *map(str, Ground)]:
            assert translation.gettext(text) != text, text


def test_what_somebody_must_look_at_stands_on_every_page(editor, house, article, clock):
    assert 'class="alarms"' not in shown(editor, "/desk/")
    house.catalogue.keep_fixity_marks([FixityMark(file="a.warc.gz", read_at=NOW, damage="the file is missing")])
    clock.advance(minutes=2)
    page = shown(editor, "/desk/")
    assert "Something in the vault is damaged." in page
    assert "the file is missing" in page
