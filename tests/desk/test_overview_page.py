"""The overview of a dossier: its page, its charts, its figures."""

import csv
import io
import re

import pytest
from tests.desk.material import NOW, make_article, place

from chronik.desk.overview import PANELS
from chronik.model import Mention, NameKind, Span, Statement, Suggestion
from chronik.ports.relating import Side, Suggesting

TEXT = "„Wir warten“, sagte Anna Berg in Paris. Der Bach stand still."


def overview(dossier, rest=""):
    return f"/desk/dossiers/{dossier.slug}/overview/{rest}"


def shown(editor, address):
    answer = editor.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def figures(editor, dossier, chart, query=""):
    text = editor.get(overview(dossier, f"{chart}.csv{query}")).content.decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text, newline="")))


@pytest.fixture
def filled(archive, dossier):
    """A clipped report with what Anna Berg says, its copy, one in French, and one that belongs to nothing."""
    from chronik.desk import actions

    catalogue = archive.catalogue
    said = (Statement(start=1, end=11, quoted=True, speaker=Span(start=20, end=29)),)
    named = (Mention(start=33, end=38, kind=NameKind.PLACE),)
    first = make_article(1, text=TEXT, statements=said, mentions=named, published="2026-04-01")
    copy = make_article(2, published="2026-04-01T23:30:00+00:00")
    french = make_article(3, language="fr", title="=Le bief", source="Le Bief", published="2026-04-03")
    reports = (first, copy, french, make_article(4))
    for report in reports:
        catalogue.add_article(report)
    place(catalogue, first)
    place(catalogue, copy, anchor=first, copy_of=first)
    place(catalogue, french)
    place(catalogue, reports[3])
    catalogue.record_suggestions(
        dossier.slug,
        [Suggestion(dossier=dossier.slug, article=french.id, score=0.5)],
        seen=Suggesting(number=9, knew="x"),
        anew=True,
        at=NOW,
    )
    from chronik.model import Act, Verb

    side = Side(dossier=dossier.slug, key="board", names={"de": "Amt"}, sources=("Le Bief",), speakers=("Anna Berg",))
    catalogue.put_side(side, Act(at=NOW, by="eva", verb=Verb.DEFINE_SIDE, subject=dossier.slug))
    actions.clip(catalogue, article_id=first.id, dossier=dossier.slug, quote=TEXT, by="eva", now=NOW)
    return reports


def test_an_empty_dossier_says_so(editor, dossier):
    page = shown(editor, overview(dossier))
    assert "Nothing to count yet" in page
    assert "<img" not in page
    assert all(editor.get(overview(dossier, f"{chart}.svg")).status_code == 404 for chart in PANELS)


def test_the_page_counts_what_belongs_to_the_dossier(editor, dossier, filled):
    page = shown(editor, overview(dossier))
    assert "3 reports · 2 independent origins · 1 clip" in page
    assert page.count("<img") == page.count("<table") == len(re.findall(r"\.csv", page))
    assert page.count("<img") == len(PANELS) - 1, "nothing is missing"


def test_days_are_those_of_the_archive_and_gaps_between_them_are_shown(editor, dossier, filled):
    rows = figures(editor, dossier, "languages")
    assert rows == [
        ["Day", "German", "French", "All reports", "Clips"],
        ["2026-04-01", "1", "0", "1", "1"],
        ["2026-04-02", "1", "0", "1", "0"],
        ["2026-04-03", "0", "1", "1", "0"],
    ]
    assert figures(editor, dossier, "origins")[1:3] == [["2026-04-01", "1", "1"], ["2026-04-02", "1", "0"]]


def test_who_is_quoted_where_and_on_which_side(editor, dossier, filled):
    assert figures(editor, dossier, "voices")[1:] == [["Anna Berg", "Amt", "1", "2", "100.0"]]
    sides = {row[0]: row[1:] for row in figures(editor, dossier, "balance-sides")[1:]}
    assert sides == {
        "no side": ["2", "1", "0", "66.7", "100.0", "0.0"],
        "Amt": ["1", "0", "2", "33.3", "0.0", "100.0"],
    }
    countries = figures(editor, dossier, "balance-countries")[1:]
    assert countries == [["country unknown", "3", "2", "1", "11", "2", "100.0"]]
    assert figures(editor, dossier, "places")[1:] == [["Paris", "1", "48.9", "2.4"]]


def test_stories_are_numbered_in_time_and_no_title_is_a_formula(editor, dossier, filled):
    rows = figures(editor, dossier, "stories")
    assert [row[:5] for row in rows[1:]] == [
        ["1", "Meldung 1", "2026-04-01", "German", "2"],
        ["2", "'=Le bief", "2026-04-03", "French", "1"],
    ]


@pytest.mark.parametrize(
    ("query", "reports"),
    [
        ("?language=fr", 1),
        ("?since=2026-04-02", 2),
        ("?since=2026-04-02&until=2026-04-02", 1),
        ("?clock=happened", 1),
        ("?clock=x&since=gestern&until=%00", 3),
        ("?language=de&since=", 2),
    ],
)
def test_a_page_is_narrowed_down(editor, dossier, filled, query, reports):
    assert f"{reports} report{'s' if reports > 1 else ''} · " in shown(editor, overview(dossier, query))


def test_a_selection_that_holds_nothing_says_so(editor, dossier, filled):
    assert "Nothing in this selection" in shown(editor, overview(dossier, "?language=xx"))


def test_a_chart_is_given_in_three_forms(editor, dossier, filled):
    kinds = {"svg": "image/svg+xml", "png": "image/png", "csv": "text/csv; charset=utf-8"}
    for chart, kind in [("places", "svg"), ("voices", "svg"), ("languages", "png"), ("stories", "csv")]:
        answer = editor.get(overview(dossier, f"{chart}.{kind}?narrow=1&colours=dark"))
        assert (answer.status_code, answer.headers["Content-Type"]) == (200, kinds[kind])


def test_what_was_done_since_is_counted_at_once(editor, archive, dossier, filled):
    from chronik.desk import actions

    shown(editor, overview(dossier))
    actions.clip(archive.catalogue, article_id=filled[3].id, dossier=dossier.slug, quote="Der Bach", by="eva", now=NOW)
    assert "4 reports · 3 independent origins · 2 clips" in shown(editor, overview(dossier))


@pytest.mark.parametrize("language", ["de", "fr"])
def test_the_page_speaks(editor, dossier, filled, language):
    page = editor.get(overview(dossier), headers={"accept-language": language}).content.decode()
    assert {"de": "1. April 2026", "fr": "1 avril 2026"}[language] in page
    assert {"de": "100,0", "fr": "100,0"}[language] in page


@pytest.mark.parametrize("chart", ["x", "languages.svg", "%00", "..%2f"])
def test_a_chart_that_nobody_knows_is_not_there(editor, dossier, filled, chart):
    assert editor.get(overview(dossier, f"{chart}.svg")).status_code == 404


def test_the_questions_do_not_grow_with_what_is_counted(
    editor, archive, dossier, filled, django_assert_max_num_queries
):
    for number in range(10, 60):
        more = make_article(number)
        archive.catalogue.add_article(more)
        place(archive.catalogue, more, anchor=filled[0] if number % 2 else None)
    found = [Suggestion(dossier=dossier.slug, article=make_article(n).id, score=0.3) for n in range(10, 60, 2)]
    archive.catalogue.record_suggestions(dossier.slug, found, seen=Suggesting(number=99), anew=False, at=NOW)
    with django_assert_max_num_queries(40):
        shown(editor, overview(dossier))
    with django_assert_max_num_queries(15):
        editor.get(overview(dossier, "languages.svg"))


HOSTILE = "=<script>$\\frac$\u202e{% now %}" + "x" * 3_000


def test_what_a_page_says_of_itself_breaks_no_chart(editor, archive, dossier):
    said = (Statement(start=0, end=5, quoted=True, speaker=Span(start=0, end=len(HOSTILE))),)
    named = (Mention(start=0, end=len(HOSTILE), kind=NameKind.PLACE),)
    told = {"title": HOSTILE, "language": '"><b>$x$', "source": HOSTILE, "text": HOSTILE}
    days = ("0001-01-01", "9999-12-31", "9999-12-31T23:59:59-12:00", "gestern", "")
    reports = [make_article(n, published=day, **told) for n, day in enumerate(days, 1)]
    reports[0] = make_article(1, published=days[0], statements=said, mentions=named, **told)
    from chronik.desk import actions

    for report in reports:
        archive.catalogue.add_article(report)
        place(archive.catalogue, report)
        actions.clip(archive.catalogue, article_id=report.id, dossier=dossier.slug, quote="xxx", by="eva", now=NOW)
    page = shown(editor, overview(dossier))
    assert not re.search(r"<script>|<b>", page)
    assert "4 reports and clips have no day" not in page
    for chart in PANELS:
        assert editor.get(overview(dossier, f"{chart}.svg")).status_code in {200, 404}
    assert all(not cell.startswith("=") for row in figures(editor, dossier, "stories") for cell in row)
