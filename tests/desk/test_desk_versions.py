"""The desk shows the versions of a page and what changed from one to the next."""

import re

import pytest
from tests.desk.material import NOW, make_article

from chronik.model import ArticleKind, article_id

OLD = "Die Schleuse blieb am Montag zu.\n\n12 Boote warteten.\n\n3 Kommentare"
NEW = "Die Schleuse blieb am Dienstag zu.\n\n12 Boote warteten.\n\nDer Bach stieg.\n\n9 Kommentare"


def version(number, text, **fields):
    made = {"id": article_id(capture_id="", made_by="test", given_id=f"v{number}"), "url": "https://talbote.example/1"}
    return make_article(1, **made, text=text, read_at=NOW.replace(hour=number), **fields)


@pytest.fixture
def readings(archive):
    made = [version(1, OLD), version(2, NEW), version(3, NEW, title="Meldung, geändert")]
    for one in made:
        assert archive.catalogue.add_article(one)
    return made


def page(editor, article, **headers):
    answer = editor.get(f"/desk/articles/{article.id}/changes/", headers=headers)
    assert answer.status_code == 200
    return answer.content.decode()


def words(html):
    """As it is read aloud."""
    return " ".join(re.sub(r"<[^>]+>", "", html).split())


def test_an_article_leads_to_what_changed_where_there_is_something_to_compare(editor, readings):
    shown = editor.get(f"/desk/articles/{readings[0].id}/").content.decode()
    assert [f"/desk/articles/{one.id}/changes/" in shown for one in readings] == [False, True, True]


def test_changed_words_are_marked_in_their_paragraph_and_furniture_is_left_out(editor, readings):
    shown = page(editor, readings[1])
    assert re.findall(r"<(ins|del)>.*?</span>(.*?)<span", shown) == [
        ("del", "Montag"),
        ("ins", "Dienstag"),
        ("ins", "Der Bach stieg."),
    ]
    assert "Paragraph 1<" in shown
    assert "Paragraph 3, new" in shown
    assert "Kommentare" not in shown
    assert '<p class="change-text" lang="de" dir="ltr">' in shown


def test_changes_can_be_heard(editor, readings):
    assert "blieb am taken out: Montag; put in: Dienstag; zu." in words(page(editor, readings[1]))
    assert "blieb am gestrichen: Montag; eingefügt: Dienstag; zu." in words(
        page(editor, readings[1], **{"accept-language": "de"})
    )


def test_a_changed_title_is_shown_and_versions_lead_to_each_other(editor, readings):
    shown = page(editor, readings[2])
    assert "Title" in shown
    assert ", geändert" in shown
    assert f"/desk/articles/{readings[1].id}/changes/" in shown
    assert f"/desk/articles/{readings[2].id}/changes/" in page(editor, readings[1])


def test_the_oldest_version_says_that_it_is(editor, readings):
    assert "nothing to compare it with" in page(editor, readings[0])


def test_the_beginning_of_an_id_leads_to_the_whole(editor, readings):
    answer = editor.get(f"/desk/articles/{readings[1].id[:16]}/changes/")
    assert answer.headers["Location"] == f"/desk/articles/{readings[1].id}/changes/"


def test_what_a_feed_said_is_compared_with_what_it_said_before(editor, archive, readings):
    entries = [
        version(4, "Der Bach steht.", kind=ArticleKind.FEED_ENTRY),
        version(5, "Er steigt.", kind=ArticleKind.FEED_ENTRY),
    ]
    for one in entries:
        assert archive.catalogue.add_article(one)
    assert "nothing to compare it with" in page(editor, entries[0])
    assert "Dienstag" not in page(editor, entries[1])
    assert "as the feed had it" in editor.get(f"/desk/articles/{readings[2].id}/").content.decode()


def test_text_from_the_right_and_hostile_text_are_shown_as_text(editor, archive):
    one = version(1, "ظل الهويس <b>مغلقا</b> حتى المساء.", language="ar")
    other = version(2, "ظل الهويس <script>alert(1)</script> حتى الصباح.", language="ar")
    for made in (one, other):
        archive.catalogue.add_article(made)
    shown = page(editor, other)
    assert 'lang="ar" dir="rtl"' in shown
    assert "<script>alert" not in shown
    assert "<b>" not in shown
