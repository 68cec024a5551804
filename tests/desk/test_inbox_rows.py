"""The inbox by story: what a row holds, what editors do to it, and taking it back."""

import re
from html import unescape

import pytest
from tests.desk.material import NOW, make_article, place

from chronik.catalogue.models import ArticleRow
from chronik.desk import inbox
from chronik.model import Reason, ReasonKind, Suggestion, story_id
from chronik.ports.relating import Suggesting

WHY = (Reason(kind=ReasonKind.DOSSIER_NAMES, words=("Schleuse",)),)


@pytest.fixture
def told(archive, dossier):
    """A story of two reports and a copy, another story, and an article that was not related."""
    first = make_article(1, published="2026-04-10", title="Eins")
    copy = make_article(2, published="2026-04-11", title="Abgeschrieben")
    other = make_article(3, published="2026-04-12", title="Trois", language="fr")
    alone = make_article(4, published="2026-04-20", title="Allein")
    unplaced = make_article(5, published="2026-04-01", title="Noch nicht")
    for article in (first, copy, other, alone, unplaced):
        archive.catalogue.add_article(article)
    place(archive.catalogue, first)
    place(archive.catalogue, copy, anchor=first, copy_of=first)
    place(archive.catalogue, other, anchor=first)
    place(archive.catalogue, alone)
    suggestion = Suggestion(dossier=dossier.slug, article=other.id, score=0.9, reasons=WHY)
    archive.catalogue.record_suggestions(dossier.slug, [suggestion], seen=Suggesting(), anew=False, at=NOW)
    return first, copy, other, alone


def page(editor, query=""):
    answer = editor.get(f"/desk/{query}")
    assert answer.status_code == 200
    return unescape(answer.content.decode())


def heads(editor, query=""):
    return re.findall(r'row-title"><bdi[^>]*>([^<]*)</bdi>', page(editor, query))


def press(editor, **button):
    """Press a button as a browser without script does, and see where that leads."""
    answer = editor.post("/desk/rows/", {"next": "/desk/", **button}, follow=True)
    assert answer.status_code == 200
    return unescape(answer.content.decode())


def test_a_story_is_one_row_with_its_reports_and_copies_folded(editor, told):
    assert heads(editor) == ["Allein", "Trois", "Noch nicht"]
    shown = page(editor)
    assert "3 reports, 2 independent origins · 1 copy</summary>" in shown
    assert re.search(r"For.*Die Schleuse</bdi></a>: <bdi dir=\"auto\">names the dossier's Schleuse", shown)


def test_each_filter_leaves_what_fits(editor, told, dossier):
    assert heads(editor, f"?dossier={dossier.slug}") == ["Trois"]
    assert heads(editor, "?language=de") == ["Allein", "Abgeschrieben", "Noch nicht"]
    assert heads(editor, "?day=2026-04-20") == ["Allein"]
    assert heads(editor, "?day=0001-01-01") == []
    assert heads(editor, "?kind=agency") == []


def test_a_suggestion_is_accepted_and_that_is_taken_back(editor, told, dossier):
    accept = f"{dossier.slug} {told[2].id}"
    assert "Accepted for “Die Schleuse”." in press(editor, accept=accept)
    assert "data-accept" not in page(editor)
    assert "Taken back." in press(editor, undo="")
    assert "data-accept" in page(editor)
    assert "Refused for “Die Schleuse”." in press(editor, refuse=accept)


def test_stories_are_merged_and_that_is_taken_back(editor, told):
    first, *_, alone = told
    shown = press(editor, merge="1", marked=[story_id(first.id), story_id(alone.id)])
    assert "Merged into one story." in shown
    assert heads(editor) == ["Allein", "Noch nicht"]
    press(editor, undo="")
    assert heads(editor) == ["Allein", "Trois", "Noch nicht"]


def test_a_report_is_split_off_and_that_is_taken_back(editor, told):
    first, copy, *_ = told
    assert "Split off into a story of its own." in press(editor, split=f"{story_id(first.id)} {copy.id}")
    assert heads(editor) == ["Allein", "Trois", "Abgeschrieben", "Noch nicht"]
    press(editor, undo="")
    assert heads(editor) == ["Allein", "Trois", "Noch nicht"]


def test_a_story_is_done_with_all_its_reports_and_comes_back(editor, told):
    key = story_id(told[0].id)
    assert "Done: 3 reports." in press(editor, done=key)
    assert heads(editor) == ["Allein", "Noch nicht"]
    assert heads(editor, "?show=done") == ["Trois"]
    press(editor, undo="")
    assert heads(editor) == ["Allein", "Trois", "Noch nicht"]
    press(editor, done=key)
    press(editor, back=key, next="/desk/?show=done")
    assert heads(editor) == ["Allein", "Trois", "Noch nicht"]


def test_a_script_gets_the_rows_as_they_are_now(editor, told, dossier):
    answer = editor.post("/desk/rows/", {"accept": f"{dossier.slug} {told[2].id}"}, headers={"x-chronik-script": "1"})
    shown = answer.content.decode()
    assert shown.count('class="row"') == 1
    assert "Accepted for" in shown


@pytest.mark.parametrize("name", ["done", "back", "accept", "refuse", "merge", "split", "undo", "x"])
@pytest.mark.parametrize("value", ["", "x", "a b c", "\x00", "z" * 9_000, "die-schleuse x"])
def test_whatever_is_sent_is_answered(editor, told, name, value):
    assert editor.post("/desk/rows/", {name: value, "marked": [value, "y"], "next": "//evil"}).status_code == 302


def test_nobody_takes_back_what_they_did_not_do(editor, told):
    assert "There is nothing to take back." in press(editor, undo="")


def test_pages_of_stories_neither_overlap_nor_leave_out(editor, archive, monkeypatch):
    monkeypatch.setattr(inbox, "PAGE_ROWS", 3)
    made = [make_article(number, published=f"2026-04-{1 + number:02}") for number in range(20)]
    for article in made:
        archive.catalogue.add_article(article)
    for number, article in enumerate(made):
        place(archive.catalogue, article, anchor=made[number % 10] if number >= 10 else None)
    seen, query = [], ""
    for _ in range(4):
        shown = page(editor, query)
        seen += re.findall(r'data-story="(\w+)"', shown)
        older = re.search(r'href="(\?[^"]*)" rel="next"', shown)
        query = unescape(older[1]) if older else ""
    assert query == ""
    assert sorted(seen) == sorted(story_id(article.id) for article in made[:10])


def test_the_queries_of_a_page_do_not_grow_with_it(editor, archive, told, django_assert_max_num_queries):
    for number in range(10, 40):
        more = make_article(number)
        archive.catalogue.add_article(more)
        place(archive.catalogue, more, anchor=told[0] if number % 2 else None)
    page(editor)
    with django_assert_max_num_queries(16):
        page(editor)


def test_an_article_shows_its_story_and_its_suggestions(editor, told):
    shown = editor.get(f"/desk/articles/{told[2].id}/").content.decode()
    assert "data-accept" in shown
    assert "3 reports, 2 origins" in shown
    assert f'href="/desk/articles/{told[1].id}/" hreflang="de"' in shown


def test_what_is_done_by_one_row_leaves_the_others(editor, told):
    press(editor, done=story_id(told[3].id))
    assert ArticleRow.objects.exclude(done_at=None).count() == 1


def test_a_folded_report_of_nobody_known_is_shown_too(editor, told):
    ArticleRow.objects.update(source_name="", source=None)
    assert heads(editor) == ["Allein", "Trois", "Noch nicht"]
