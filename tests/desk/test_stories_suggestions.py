"""Pages of a dossier about what belongs to it: suggestions, gaps, sides; and the spellings of names."""

import re

import pytest
from tests.desk.material import NOW, make_article, place

from chronik.archive import judging, suggesting
from chronik.desk import suggestions as shaped
from chronik.desk.views import suggestions as views
from chronik.model import Reason, ReasonKind, Suggestion, story_id
from chronik.ports.naming import LearnedName, NamesLearned, Witness
from chronik.ports.relating import Proposed, Side, StoryReport, Suggesting, SuggestionState
from chronik.relate.gaps import Gap, GapKind

WHY = (Reason(kind=ReasonKind.DOSSIER_NAMES, words=("Schleuse",)),)


@pytest.fixture
def suggested(archive, dossier):
    """A story of an original, its copy and a report in Arabic, and a report alone, all suggested."""
    catalogue = archive.catalogue
    first = make_article(1)
    copy = make_article(2, title="Abgeschrieben")
    other = make_article(3, title="المطحنة", language="ar")
    alone = make_article(4, title="Allein")
    for article in (first, copy, other, alone):
        catalogue.add_article(article)
    place(catalogue, first)
    place(catalogue, copy, anchor=first, copy_of=first)
    place(catalogue, other, anchor=first)
    place(catalogue, alone)
    scores = {alone: 0.7, first: 0.9, copy: 0.8, other: 0.5}
    made = [Suggestion(dossier=dossier.slug, article=a.id, score=score, reasons=WHY) for a, score in scores.items()]
    catalogue.record_suggestions(dossier.slug, made, seen=Suggesting(number=9, knew="x"), anew=True, at=NOW)
    return first, copy, other, alone


def shown(editor, address):
    answer = editor.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def states(archive, dossier, articles):
    found = archive.catalogue.suggestion_states(dossier.slug, [article.id for article in articles])
    return [str(found[article.id]) for article in articles]


def decide(editor, dossier, **data):
    answer = editor.post(f"/desk/dossiers/{dossier.slug}/suggestions/decide/", data)
    assert answer.status_code == 302
    return answer.headers["Location"]


def test_suggestions_stand_by_story_with_copies_folded_and_reasons(editor, dossier, suggested):
    page = shown(editor, f"/desk/dossiers/{dossier.slug}/suggestions/")
    first, copy, *_ = suggested
    assert page.index("Meldung 1") < page.index("Abgeschrieben") < page.index("المطحنة") < page.index("Allein")
    assert page.count("names the dossier&#x27;s Schleuse") == 3
    assert f'name="accept" value="{first.id} {copy.id}"' in page
    assert "1 copy" in page
    assert f'href="/desk/articles/{first.id}/?dossier={dossier.slug}#clip"' in page


def test_a_suggestion_is_refused_with_its_copies_and_comes_back(editor, archive, dossier, suggested):
    first, copy, *_ = suggested
    address = decide(editor, dossier, refuse=f"{first.id} {copy.id}")
    assert states(archive, dossier, suggested) == ["refused", "refused", "open", "open"]
    page = shown(editor, address)
    (act,) = re.findall(r'name="act" value="(\w+)"', page)
    assert "Refused." in page
    editor.post("/desk/undo/", {"act": act, "next": "/desk/"})
    assert states(archive, dossier, suggested) == ["open"] * 4


def test_what_was_accepted_is_listed_and_taken_back(editor, archive, dossier, suggested):
    *_, alone = suggested
    decide(editor, dossier, accept=alone.id)
    page = shown(editor, f"/desk/dossiers/{dossier.slug}/suggestions/?show=accepted")
    assert "Allein" in page
    assert "Meldung 1" not in page
    decide(editor, dossier, open=alone.id, show="accepted")
    assert states(archive, dossier, [alone]) == ["open"]


@pytest.mark.parametrize("data", [{}, {"accept": ""}, {"accept": "nirgends"}, {"refuse": "\0 x"}, {"other": "y"}])
def test_what_cannot_be_decided_changes_nothing(editor, archive, dossier, suggested, data):
    editor.get(decide(editor, dossier, **data))
    assert states(archive, dossier, suggested) == ["open"] * 4


@pytest.mark.parametrize("query", ["page=0", "page=99", "page=x", "page=-1", "show=x", "show=refused&page=2", "done=x"])
def test_any_page_of_suggestions_is_shown(editor, dossier, suggested, query):
    shown(editor, f"/desk/dossiers/{dossier.slug}/suggestions/?{query}")


def test_suggestions_are_turned_page_by_page(editor, dossier, suggested, monkeypatch):
    monkeypatch.setattr(views, "GROUPS_A_PAGE", 1)
    first, second = (shown(editor, f"/desk/dossiers/{dossier.slug}/suggestions/?page={n}") for n in (1, 2))
    assert ("Meldung 1" in first, "Allein" in first, 'rel="next"' in first) == (True, False, True)
    assert ("Meldung 1" in second, "Allein" in second, 'rel="prev"' in second) == (False, True, True)


def test_the_queries_of_the_page_do_not_grow_with_what_is_suggested(
    editor, archive, dossier, suggested, django_assert_max_num_queries
):
    for number in range(10, 40):
        more = make_article(number)
        archive.catalogue.add_article(more)
        place(archive.catalogue, more)
        suggesting.decide(archive, dossier.slug, articles=[more.id], state=SuggestionState.ACCEPTED, by="eva")
    with django_assert_max_num_queries(14):
        shown(editor, f"/desk/dossiers/{dossier.slug}/suggestions/?show=accepted")
    with django_assert_max_num_queries(30):
        shown(editor, f"/desk/dossiers/{dossier.slug}/missing/")


def test_an_empty_page_says_what_to_do(editor, dossier):
    assert "introduction of two or three sentences" in shown(editor, f"/desk/dossiers/{dossier.slug}/suggestions/")
    assert "Nothing was refused" in shown(editor, f"/desk/dossiers/{dossier.slug}/suggestions/?show=refused")


# What is missing


def test_what_the_archive_holds_and_the_dossier_lacks_is_told(editor, archive, dossier, suggested, clip):
    more = make_article(5, title="الجدول", language="ar")
    archive.catalogue.add_article(more)
    place(archive.catalogue, more, anchor=suggested[2])
    page = shown(editor, f"/desk/dossiers/{dossier.slug}/missing/")
    assert "Arabic" in page
    assert "الجدول" in page
    assert "No parties are defined" in page


@pytest.mark.parametrize("kind", list(GapKind))
@pytest.mark.parametrize("value", ["board", "ar", "2026-W18", "2026-W99", "\0", ""])
def test_every_gap_can_be_told(kind, value):
    gap = Gap(kind=kind, value=value, held=0, there=2, expected=1.0, examples=("a",))
    side = Side(dossier="d", key="board", names={"en": "Water board"})
    told = shaped.lack(gap, sides=[side], reports={})
    assert told.what
    assert told.examples == ()


def test_a_copy_of_a_copy_and_one_whose_original_is_not_suggested_are_folded():
    reports = {
        key: StoryReport(report=key, article=key, title=key, url="", when=NOW, copy_of=origin)
        for key, origin in (("b", "a"), ("c", "a"), ("d", ""))
    }
    proposed = [
        Proposed(suggestion=Suggestion(dossier="d", article=key, score=0.5), report=key, story="s") for key in "bcd"
    ]
    told = shaped.group(proposed, reports=reports, heads={})
    assert [line.reports for line in told.lines] == ["b c", "d"]


# Sides


def test_a_side_is_defined_changed_and_removed_and_each_is_taken_back(editor, archive, dossier):
    address = f"/desk/dossiers/{dossier.slug}/sides/"
    given = {
        "name-en": "Water board",
        "name-de": "Wasserverband",
        "speakers": "Ruven Eschlohe\n\nRuven Eschlohe\nЭшлоэ",
    }
    answer = editor.post(address, given)
    (side,) = archive.catalogue.sides(dossier.slug)
    assert side.names == {"de": "Wasserverband", "en": "Water board"}
    assert (side.key, side.speakers) == ("wasserverband", ("Ruven Eschlohe", "Эшлоэ"))
    editor.post(address, {"key": side.key, "name-en": "Board", "words": "board"})
    assert archive.catalogue.sides(dossier.slug)[0].words == ("board",)
    removed = editor.post(f"{address}remove/", {"key": side.key})
    assert archive.catalogue.sides(dossier.slug) == []
    for page in (removed, answer):
        (act,) = re.findall(r'name="act" value="(\w+)"', shown(editor, page.headers["Location"]))
        editor.post("/desk/undo/", {"act": act})
    assert archive.catalogue.sides(dossier.slug) == []


def test_two_sides_of_one_name_have_two_keys(editor, archive, dossier):
    for speaker in ("A B", "C D"):
        editor.post(f"/desk/dossiers/{dossier.slug}/sides/", {"name-en": "同", "speakers": speaker})
    assert [side.key for side in archive.catalogue.sides(dossier.slug)] == ["side", "side-2"]


@pytest.mark.parametrize("data", [{}, {"name-en": "Board"}, {"words": "x"}, {"name-en": "x" * 400, "words": "x"}])
def test_a_side_that_says_nothing_is_not_defined(editor, archive, dossier, data):
    answer = editor.post(f"/desk/dossiers/{dossier.slug}/sides/", data)
    assert answer.status_code == 422
    assert archive.catalogue.sides(dossier.slug) == []


def test_a_side_that_is_not_there_is_not_removed(editor, dossier):
    answer = editor.post(f"/desk/dossiers/{dossier.slug}/sides/remove/", {"key": "x"}, follow=True)
    assert "has no side" in answer.content.decode()


# Names


def test_spellings_are_added_and_taken_back(editor, archive):
    answer = editor.post("/desk/names/", {"spellings": "Orvenne\nОрвен\n"})
    page = shown(editor, answer.headers["Location"])
    assert "Орвен" in page
    (act,) = re.findall(r'name="act" value="(\w+)"', page)
    editor.post("/desk/undo/", {"act": act})
    assert archive.catalogue.spellings() == []
    judging.add_spellings(archive, ["a b", "c d"], same=False, by="ivo")
    (said,) = archive.catalogue.spellings()
    assert "≠" in shown(editor, "/desk/names/")
    editor.post("/desk/names/remove/", {"number": said.number})
    assert archive.catalogue.spellings() == []


@pytest.mark.parametrize("given", ["", "one", "a\na", "a\nb\nc"])
def test_spellings_that_make_no_sense_are_refused(editor, archive, given):
    assert editor.post("/desk/names/", {"spellings": given, "apart": "on"}).status_code == 422
    assert archive.catalogue.spellings() == []


@pytest.mark.parametrize("number", ["", "0", "x", "9" * 40, "²"])
def test_a_number_that_nobody_has_is_refused(editor, archive, number):
    for address in ("/desk/names/remove/", "/desk/names/learned/"):
        answer = editor.post(address, {"number": number, "accept": number}, follow=True)
        assert "message error" in answer.content.decode()


@pytest.mark.parametrize(("act", "same"), [("accept", True), ("refuse", False)])
def test_a_learned_name_is_decided_on(editor, archive, act, same):
    witness = Witness(story=story_id("a"), first="a" * 64, second="b" * 64)
    name = LearnedName(
        spellings=("Orvenne", "Орвен"), languages=("en", "ru"), stories=3, reports=3, score=0.8, witnesses=(witness,)
    )
    archive.catalogue.record_learned_names([name], keep=(), seen=NamesLearned(at=NOW, marks=archive.catalogue.marks()))
    (learned,) = archive.catalogue.learned_names()
    assert "One name" in shown(editor, "/desk/names/")
    editor.post("/desk/names/learned/", {act: learned.number})
    (said,) = archive.catalogue.spellings()
    assert (set(said.spellings), said.same) == ({"Orvenne", "Орвен"}, same)
    assert "One name" not in shown(editor, "/desk/names/")
