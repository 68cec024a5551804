"""What keeps the desk quick in a large archive: few questions however much there is, and each from an index."""

import gc
import re

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.desk.material import NOW, make_article, place

from chronik.archive.reading import index_due
from chronik.catalogue import open_stories
from chronik.catalogue.beginnings import begins
from chronik.catalogue.models import ActRow, ArticleRow, ClipRow, StoryLinkRow, StoryRow
from chronik.desk import actions, arrangement, inbox, timeline
from chronik.desk.views import dossiers
from chronik.model import Span, Statement, Suggestion, story_id
from chronik.ports.relating import Side, Suggesting, SuggestionState
from chronik.web import warming

REPORTS = 3


class Growing:
    """An archive that gets more stories of three reports, with links, clips, suggestions and something said."""

    def __init__(self, archive, dossier):
        self.archive, self.dossier, self.stories, self.reports = archive, dossier, [], []
        self.is_arranged = False

    def grow(self, stories):
        for number in range(len(self.stories), len(self.stories) + stories):
            self._story(number)
        found = [Suggestion(dossier=self.dossier, article=one.id, score=0.5) for one in self.reports]
        self.archive.catalogue.record_suggestions(self.dossier, found, seen=Suggesting(), anew=False, at=NOW)
        for earlier, later in zip(self.stories, self.stories[1:], strict=False):
            StoryLinkRow.objects.get_or_create(earlier=self.stories[0], later=later, defaults={"score": 0.5})
            StoryLinkRow.objects.get_or_create(earlier=earlier, later=later, defaults={"score": 0.5})
        index_due(self.archive)

    def _story(self, number):
        texts = [f"Anna Berg: Schleuse {number} {place}. Der Bach stand still." for place in range(REPORTS)]
        said = (Statement(start=11, end=23, quoted=True, speaker=Span(start=0, end=9)),)
        reports = [
            make_article(10 * number + place + 1, text=text, statements=said, language=("de", "fr", "de")[place])
            for place, text in enumerate(texts)
        ]
        for report in reports:
            self.archive.catalogue.add_article(report)
            place(self.archive.catalogue, report, anchor=None if report is reports[0] else reports[0])
        clip = actions.clip(
            self.archive.catalogue, article_id=reports[0].id, dossier=self.dossier, quote="Der Bach", by="eva", now=NOW
        )
        if self.is_arranged:
            self._arrange(clip.id, name=f"Teil {number}")
        self.stories.append(story_id(reports[0].id))
        self.reports += reports

    def _arrange(self, clip, *, name):
        catalogue, by = self.archive.catalogue, {"by": "eva", "now": NOW}
        section = arrangement.add_section(catalogue, self.dossier, names={"de": name}, **by).detail["item"]
        arrangement.file_clip(catalogue, clip, section=section, **by)
        arrangement.pin_clip(catalogue, clip, **by)
        words = timeline.EventWords(begins="2026", labels={"de": name}, clips=[clip])
        timeline.add_event(catalogue, self.dossier, words=words, **by)


@pytest.fixture
def growing(archive, dossier):
    board = Side(dossier=dossier.slug, key="board", names={"de": "Amt"}, speakers=("Anna Berg",))
    archive.catalogue.put_side(board, archive.catalogue.acts(limit=1)[0])
    return Growing(archive, dossier.slug)


def asked(client, address, form=None):
    cache.clear()
    with CaptureQueriesContext(
        connection,
    ) as queries:
        answer = client.get(address) if form is None else client.post(address, form)
    assert answer.status_code in {200, 302}, address
    return len(queries)


def test_no_page_asks_more_where_there_is_more(editor, growing):
    growing.is_arranged = True
    growing.grow(2)
    pages = [
        "",
        "?language=de",
        f"?dossier={growing.dossier}",
        "?words=Schleuse",
        "?show=done",
        f"stories/{growing.stories[0]}/",
        f"articles/{growing.reports[0].id}/",
        "dossiers/",
        f"dossiers/{growing.dossier}/",
        f"dossiers/{growing.dossier}/history/",
        f"dossiers/{growing.dossier}/history/?who=eva&kind=clip",
        f"dossiers/{growing.dossier}/sections/",
        f"dossiers/{growing.dossier}/timeline/",
        f"dossiers/{growing.dossier}/suggestions/",
        f"dossiers/{growing.dossier}/missing/",
        f"dossiers/{growing.dossier}/sides/",
        "search/?q=Schleuse",
        "accounts/?q=Schleuse",
        "sources/",
        "feeds/",
    ]
    asked(editor, "/desk/")  # what somebody has to look at is looked for once a minute
    few = {page: asked(editor, f"/desk/{page}") for page in pages}
    growing.grow(4)
    assert {page: asked(editor, f"/desk/{page}") for page in pages} == few


def test_a_long_dossier_is_shown_in_parts_and_each_clip_is_found(editor, growing, monkeypatch):
    growing.grow(4)
    monkeypatch.setattr(dossiers, "CLIPS_AT_ONCE", 2)
    ids = [clip.id[:12] for clip in growing.archive.catalogue.clips(growing.dossier)]

    def shown(query=""):
        page = editor.get(f"/desk/dossiers/{growing.dossier}/{query}").content.decode()
        assert "4 clips" in page
        return re.findall(r'<li class="clip" id="clip-(\w+)"', page), "2 more" in page

    assert shown() == (ids[:2], True)
    assert shown("?all=1") == (ids, False)
    assert shown(f"?clip={ids[2]}")[0] == ids[:3]
    assert shown(f"?clip={ids[0]}") == shown("?clip=nothing") == shown()
    assert dossiers.clip_place("mill", "0123456789abcdef") == "/desk/dossiers/mill/?clip=0123456789ab#clip-0123456789ab"


def test_no_act_asks_more_where_it_is_about_more(editor, growing):
    growing.grow(6)
    ids = [report.id for report in growing.reports]

    def accepting(reports):
        return asked(editor, "/desk/rows/", {"accept": f"{growing.dossier} {' '.join(reports)}"})

    assert accepting(ids[1:2]) == accepting(ids[2:8])
    states = growing.archive.catalogue.suggestion_states(growing.dossier, ids)
    assert [states[report] for report in ids[1:8]] == [SuggestionState.ACCEPTED] * 7


@pytest.mark.skipif(connection.vendor != "sqlite", reason="plans are SQLite's")
def test_what_is_asked_for_often_is_found_by_an_index(db):
    opened = ArticleRow.objects.inbox()
    languages = opened.order_by().values_list("language", "source").distinct()
    for rows, index in (
        (opened.values_list("id", "sort_at", "relation__story")[:9], "article_open"),
        (opened.filter(language="hy").values_list("id", "sort_at")[:9], "article_open"),
        (opened.of_source("talbote").values_list("id", "sort_at")[:9], "article_open"),
        (ArticleRow.objects.done().values_list("id", "sort_at")[:9], "article_done"),
        (inbox.shown("starred").values_list("id", "sort_at")[:9], "article_starred"),
        (languages, "article_open"),
        (open_stories.from_place(opened, open_stories.Place(when=NOW, article="a")), "article_open"),
        (ArticleRow.objects.filter(indexed=True, superseded=True).order_by("id"), "article_withdrawn"),
        (ArticleRow.objects.filter(indexed=False, superseded=False).order_by("id"), "article_unindexed"),
        (ClipRow.objects.filter(indexed=True, removed=True).order_by("id"), "clip_withdrawn"),
        (ActRow.objects.filter(by="eva").order_by("-number")[:9], "act_of_person"),
    ):
        assert f"INDEX {index}" in rows.explain(), rows.explain()
    for rows in (ArticleRow.objects.filter(begins("0123abcd")), ActRow.objects.filter(begins("0123abcd", field="id"))):
        assert "SEARCH" in rows.explain()


def test_ids_are_found_by_how_they_begin(db):
    for story in ("0a" * 32, "0b" * 32, "0b" * 31 + "ff"):
        StoryRow.objects.create(id=story, founder=story, first_at=NOW, last_at=NOW)
    counts = {"0": 3, "0b": 2, "0b" * 32: 1, "0c": 0, "": 0, "0B": 0, "é\0": 0, "%": 0}
    assert {begun: StoryRow.objects.filter(begins(begun)).count() for begun in counts} == counts


def test_what_pages_need_is_loaded_beforehand(archive):
    try:
        warming.get_ready()
        assert gc.get_freeze_count()
    finally:
        gc.unfreeze()
    assert archive.kept, "the bridge of names stays at hand"
