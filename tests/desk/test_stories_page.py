"""The page of a story: reports by language, copies folded, reasons in words, what the parties say."""

import re
from datetime import datetime, timedelta

import pytest
from django.utils import translation
from tests.desk.material import NOW, make_article, place

from chronik.archive import judging
from chronik.archive.reading import index_due
from chronik.desk import reasons, stories
from chronik.desk.views import stories as views
from chronik.model import Reason, ReasonKind, Statement, StoryLink, story_id
from chronik.model import Span as Stretch
from chronik.ports.relating import StoryHead, StoryReport, WholeStory

WHY = (
    Reason(kind=ReasonKind.VECTORS, value=0.91),
    Reason(kind=ReasonKind.NAMES, words=("Stepanakert/Степанакерт",)),
    Reason(kind=ReasonKind.NUMBERS, words=("300 000",)),
    Reason(kind=ReasonKind.HOURS_APART, value=3.0),
)


@pytest.fixture
def told(archive):
    """A German report, a copy of it, an Arabic one that is unsure, and an earlier story."""
    catalogue = archive.catalogue
    first = make_article(1, statements=(Statement(start=21, end=37, quoted=True, speaker=Stretch(start=0, end=10)),))
    copy = make_article(2, title="Abgeschrieben", published="2026-04-20")
    other = make_article(3, title="المطحنة", language="ar", published="2026-04-21")
    before = make_article(4, title="Vor Jahren", published="2025-04-21")
    for article in (before, first, copy, other):
        catalogue.add_article(article)
    place(catalogue, before)
    link = StoryLink(earlier=story_id(before.id), later=story_id(first.id), score=0.7, reasons=WHY[:1])
    place(catalogue, first, follows=(link,))
    place(
        catalogue, copy, anchor=first, copy_of=first, certain=True, reasons=(Reason(kind=ReasonKind.COPY, value=0.9),)
    )
    place(catalogue, other, anchor=first, reasons=WHY)
    return first, copy, other, before


def page(editor, article, language="en"):
    answer = editor.get(f"/desk/stories/{story_id(article.id)}/", headers={"accept-language": language})
    assert answer.status_code == 200
    return answer.content.decode()


def test_a_story_shows_its_reports_and_why_they_go_together(editor, told):
    shown = page(editor, told[0])
    assert "3 reports, 2 independent origins" in shown
    assert "same day; shares Stepanakert/Степанакерт, 300 000; vectors 0.91" in shown
    assert "a copy (90% of the words)" in shown
    assert "unsure" in shown
    assert "certain" in shown
    assert '<bdi dir="auto" lang="ar">المطحنة</bdi>' in shown
    assert shown.index("1 copy</summary>") < shown.rindex("Abgeschrieben")


def test_a_story_leads_to_those_before_and_after(editor, told):
    first, *_, before = told
    assert f'href="/desk/stories/{story_id(before.id)}/" rel="prev"' in page(editor, first)
    assert f'href="/desk/stories/{story_id(first.id)}/" rel="next"' in page(editor, before)


def test_what_is_said_stands_beside_where_it_is_said(editor, told):
    shown = page(editor, told[0])
    assert "What the parties say" in shown
    assert '<blockquote class="passage" lang=' in shown


def test_what_is_said_in_a_very_large_story_is_left_to_the_command(editor, told, monkeypatch):
    monkeypatch.setattr(views, "ACCOUNTS_REPORTS_MAX", 1)
    assert f"chronik accounts {story_id(told[0].id)[:12]}" in page(editor, told[0])


def test_the_id_of_a_merged_story_and_of_an_article_lead_to_the_story(editor, archive, told):
    first, copy, _, before = told
    judging.merge(archive, [story_id(first.id), story_id(before.id)], by="eva")
    (now,) = {archive.catalogue.story_now(story_id(one.id)) for one in (first, before)}
    (former,) = {story_id(first.id), story_id(before.id)} - {now}
    for identity in (former, copy.id, now[:12]):
        answer = editor.get(f"/desk/stories/{identity}/")
        assert (answer.status_code, answer.headers["Location"]) == (302, f"/desk/stories/{now}/")


def test_an_article_leads_to_its_story(editor, told):
    first, *_, alone = told
    assert f"/desk/stories/{story_id(first.id)}/" in editor.get(f"/desk/articles/{first.id}/").content.decode()
    assert "/desk/stories/" not in editor.get(f"/desk/articles/{alone.id}/").content.decode()


def test_the_queries_of_the_page_do_not_grow_with_the_story(editor, archive, told, django_assert_max_num_queries):
    for number in range(10, 30):
        more = make_article(number)
        archive.catalogue.add_article(more)
        place(archive.catalogue, more, anchor=told[0])
    with django_assert_max_num_queries(24):
        page(editor, told[0])


@pytest.mark.parametrize(
    ("language", "words"), [("de", "am selben Tag; gemeinsam: Stepanakert"), ("fr", "le même jour; en commun : Step")]
)
def test_reasons_are_told_in_the_language_of_the_interface(language, words):
    with translation.override(language):
        assert reasons.told(WHY).startswith(words)


@pytest.mark.parametrize("kind", list(ReasonKind))
@pytest.mark.parametrize("words", [(), ("x" * 9_000, "\x00\n ")])
@pytest.mark.parametrize("value", [None, 0.0, 1.0, 48.0])
def test_every_reason_can_be_told(kind, words, value):
    assert len(reasons.told([Reason(kind=kind, words=words, value=value)])) < 300


def report(key, *, copy_of=""):
    return StoryReport(report=key, article=key, title=key, url="", when=NOW, copy_of=copy_of)


def whole(*reports):
    head = StoryHead(
        id="s",
        title="",
        language="de",
        article="a",
        first_at=NOW,
        last_at=datetime.max,
        reports=len(reports),
        origins=1,
        languages=("de",),
    )
    return WholeStory(head=head, reports=reports)


def test_copies_of_copies_are_folded_under_the_first():
    ((entry,),) = (
        line.entries
        for line in stories.timelines(whole(report("a"), report("b", copy_of="a"), report("c", copy_of="b")))
    )
    assert [copy.report.report for copy in entry.copies] == ["b", "c"]


def test_nothing_is_lost_where_copies_go_in_a_circle_or_out_of_the_story():
    lines = stories.timelines(whole(report("a", copy_of="b"), report("b", copy_of="a"), report("c", copy_of="gone")))
    shown = [one for line in lines for entry in line.entries for one in (entry, *entry.copies)]
    assert sorted(entry.report.report for entry in shown) == ["a", "b", "c"]


# What editors say


def post(editor, article, act, data):
    answer = editor.post(f"/desk/stories/{story_id(article.id)}/{act}/", data)
    assert answer.status_code == 302
    return answer.headers["Location"]


def held(archive, article):
    """Titles of the story that an article is in."""
    whole = archive.catalogue.story(archive.catalogue.spots([article.id])[article.id].story)
    return {report.title for report in whole.reports}


def undone(editor, archive, shown):
    """Press the button that takes back what was done last."""
    (act,) = set(re.findall(r'name="act" value="(\w+)">\n', shown))
    answer = editor.post("/desk/undo/", {"act": act, "next": "/desk/dossiers/"})
    assert answer.headers["Location"] == "/desk/dossiers/"


def test_a_report_that_does_not_belong_leaves_and_comes_back(editor, archive, told):
    first, copy, other, _ = told
    before = held(archive, first)
    shown = editor.get(post(editor, first, "judge", {"different": other.id})).content.decode()
    assert held(archive, first) == {first.title, copy.title}
    assert held(archive, other) == {other.title}
    assert f'/desk/stories/{story_id(other.id)}/">' in shown
    assert "These do not tell of one happening" in shown
    undone(editor, archive, shown)
    assert held(archive, first) == before
    assert "taken back" in page(editor, first)


def test_a_report_that_an_editor_confirmed_says_so(editor, archive, told):
    first, _, other, _ = told
    address = post(editor, first, "judge", {"same": other.id})
    assert address.endswith(f"#report-{other.id[:12]}")
    assert "eva said so" in editor.get(address.partition("#")[0]).content.decode()
    assert held(archive, first) >= {other.title}


def test_marked_reports_are_split_off_and_come_back(editor, archive, told):
    first, copy, other, _ = told
    before = held(archive, first)
    shown = editor.get(post(editor, first, "split", {"marked": [copy.id, other.id]})).content.decode()
    assert held(archive, first) == {first.title}
    assert held(archive, copy) == {copy.title, other.title}
    undone(editor, archive, shown)
    assert held(archive, first) == before


def test_where_the_first_report_is_split_off_the_others_are_shown(editor, archive, told):
    first, copy, _, _ = told
    address = post(editor, first, "split", {"marked": [first.id]})
    assert archive.catalogue.spots([copy.id])[copy.id].story in address


def test_stories_are_found_and_merged_and_parted_again(editor, archive, told):
    first, *_, before = told
    index_due(archive)
    found = editor.get(f"/desk/stories/{story_id(first.id)}/?find=Jahren").content.decode()
    assert "Vor Jahren" in found
    shown = editor.get(post(editor, first, "merge", {"other": story_id(before.id)})).content.decode()
    assert held(archive, before) == {"Vor Jahren", "Meldung 1", "Abgeschrieben", "المطحنة"}
    assert "Stories merged" in shown
    assert "eva said so" in shown
    undone(editor, archive, shown)
    assert held(archive, before) == {"Vor Jahren"}


@pytest.mark.parametrize(
    ("act", "data"),
    [
        ("judge", {"different": "nirgends"}),
        ("judge", {}),
        ("split", {}),
        ("split", {"marked": ["nirgends\0"]}),
        ("merge", {"other": ""}),
        ("merge", {"other": "x" * 9_000}),
    ],
)
def test_what_cannot_be_done_is_said_and_changes_nothing(editor, archive, told, act, data):
    before = held(archive, told[0])
    editor.get(post(editor, told[0], act, data))
    assert held(archive, told[0]) == before
    assert archive.catalogue.words() == []


def test_an_act_that_is_not_there_cannot_be_taken_back(editor):
    answer = editor.post("/desk/undo/", {"act": "x" * 64, "next": "https://elsewhere.example/"}, follow=True)
    assert answer.redirect_chain == [("/desk/", 302)]
    assert "There is no act" in answer.content.decode()


def test_every_report_is_a_mark_on_the_lane_of_its_language():
    late = StoryReport(report="b", article="b", title="", url="", when=NOW + timedelta(hours=4), language="ar")
    told = whole(report("a"), report("c", copy_of="a"), late)
    drawn = stories.drawing(stories.timelines(told), told)
    assert [(lane.language, [mark.x for mark in lane.marks]) for lane in drawn.lanes] == [
        ("und", ["2.00%", "2.00%"]),
        ("ar", ["98.00%"]),
    ]
    assert stories.drawing((), whole(report("a"), report("b"))) is None
