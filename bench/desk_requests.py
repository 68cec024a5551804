"""What `python -m bench desk` asks: each page, and each act on a row, of an archive made by `bench.desk_archive`."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import cycle
from types import SimpleNamespace
from typing import TYPE_CHECKING

from bench import desk_archive as filled
from bench import desk_dossiers as worked

if TYPE_CHECKING:
    from collections.abc import Iterator

PAGE_MS_MAX, ACT_MS_MAX = 300, 100
HERE = "/desk/"


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """A sort of request; each call gives the address of the next, and the form where there is one."""

    name: str
    asked: Iterator[tuple[str, dict[str, str] | None]]
    limit_ms: int = PAGE_MS_MAX


def cases():
    """Every sort of request: pages first, for acts change the archive."""
    yield from _inbox_pages()
    yield from _other_pages()
    yield from _acts()


def _pages(addresses):
    return ((address, None) for address in cycle(addresses))


def _inbox_pages():
    words = filled.LANGUAGES["de"]
    common = f"{words[0]} OR {words[2]}"
    day = f"{filled.NOW.date()}"
    filters = {
        "first page": [""],
        "starred": ["show=starred"],
        "done": ["show=done"],
        "language": ["language=de", "language=ru"],
        "rare language": [f"language={filled.RARE_LANGUAGE}"],
        "source": ["source=source-0", "source=source-11"],
        "rare source": [f"source={filled.RARE_SOURCE}"],
        "kind": ["kind=agency"],
        "day": [f"day={day}"],
        "suggestion": ["dossier=dossier-3", "dossier=dossier-7"],
        "suggestion, large dossier": [f"dossier={worked.LARGE_DOSSIER}"],
        "words": [f"words={common}"],
        "language and source that do not meet": ["language=de&source=source-1"],
    }
    for name, queries in filters.items():
        yield Case(name=f"inbox, {name}", asked=_pages(f"{HERE}?{query}" for query in queries))
    yield Case(name="inbox, next pages", asked=_next_pages(""))
    yield Case(name="inbox, next pages of a language", asked=_next_pages("language=ru"))
    yield Case(name="inbox, last pages", asked=_pages(_last_pages()))


def _next_pages(query):
    """Page after page; the addresses are looked up beside the measuring."""
    from django.http import QueryDict

    from chronik.desk import inbox

    while True:
        wanted = inbox.filters(QueryDict(query))
        yield f"{HERE}?{wanted.query}", None
        while older := inbox.page(wanted, None).older:
            yield f"{HERE}?{older}", None
            wanted = inbox.filters(QueryDict(older))


def _last_pages():
    """Pages that begin far back in time."""
    return [f"{HERE}?after={filled.NOW - filled.YEARS * share:%Y-%m-%dT%H:%M:%S}~0" for share in (0.3, 0.6, 0.9)]


def _other_pages():
    from chronik.catalogue.models import ArticleRow, ClipRow, RelationRow, StoryRow

    large_ones = StoryRow.objects.filter(reports=filled.REPORTS_A_STORY_MAX).order_by("id")
    largest = list(large_ones.values_list("id", flat=True)[:20])
    linked = list(StoryRow.objects.filter(reports__in=(3, 4, 5)).values_list("id", flat=True)[:40])
    in_large = RelationRow.objects.filter(story__in=largest).values_list("article", flat=True)[:40]
    clipped = ClipRow.objects.filter(dossier=worked.LARGE_DOSSIER).values_list("article", flat=True)[:40]
    new = ArticleRow.objects.inbox().values_list("id", flat=True)[:40]
    large = f"{HERE}dossiers/{worked.LARGE_DOSSIER}/"
    speaker = filled.SPEAKERS[0].split()[0]
    addresses = {
        "story of 40 reports": [f"{HERE}stories/{story}/" for story in largest],
        "story of 3 to 5 reports": [f"{HERE}stories/{story}/" for story in linked],
        "article": [f"{HERE}articles/{article}/" for article in new],
        "article of a large story": [f"{HERE}articles/{article}/" for article in in_large],
        "article that was clipped": [f"{HERE}articles/{article}/" for article in clipped],
        "dossiers": [f"{HERE}dossiers/"],
        "dossier of 500 clips": [large],
        "dossier's history": [f"{large}history/"],
        "dossier of 60 clips": [f"{HERE}dossiers/dossier-{number}/" for number in (1, 2, 3)],
        "suggestions, large dossier": [f"{large}suggestions/", f"{large}suggestions/?page=5"],
        "suggestions": [f"{HERE}dossiers/dossier-{number}/suggestions/" for number in (1, 2, 3)],
        "what is missing, large dossier": [f"{large}missing/"],
        "what is missing": [f"{HERE}dossiers/dossier-{number}/missing/" for number in (1, 2, 3)],
        "sides": [f"{large}sides/"],
        "search, a word": [f"{HERE}search/?q={speaker}"],
        "search, newest first": [f"{HERE}search/?q={speaker}&order=newest"],
        "search, two words": [f"{HERE}search/?q={filled.SPEAKERS[1].replace(' ', '+')}"],
        "accounts": [f"{HERE}accounts/?q={filled.SPEAKERS[2].replace(' ', '+')}"],
        "feeds": [f"{HERE}feeds/"],
        "sources": [f"{HERE}sources/"],
        "names": [f"{HERE}names/"],
        "altered": [f"{HERE}altered/"],
    }
    for name, listed in addresses.items():
        yield Case(name=name, asked=_pages(listed))


def _acts():
    acts = {
        "done": _rows("done", _open_stories),
        "undo of done": _undone(_rows("done", _open_stories)),
        "accept": _decisions("accept"),
        "refuse": _decisions("refuse"),
        "undo of accept": _undone(_decisions("accept")),
        "merge two": _merges(2, reports=3),
        "undo of a merge": _undone(_merges(2, reports=3)),
        "merge two of 40 reports": _merges(2, reports=filled.REPORTS_A_STORY_MAX),
        "merge five": _merges(5, reports=4),
        "split": _splits(5),
        "split of 40 reports": _splits(filled.REPORTS_A_STORY_MAX),
        "undo of a split": _undone(_splits(6)),
        "star": _stars(),
        "done, one article": _put_aside(),
    }
    for name, asked in acts.items():
        yield Case(name=f"act: {name}", asked=asked, limit_ms=ACT_MS_MAX)


def _form(**fields):
    return f"{HERE}rows/", {"next": HERE, **fields}


def _rows(name, keys):
    return (_form(**{name: key}) for key in keys())


def _open_stories(reports=None):
    """Stories of which something is open, each once: newest first, those of so many reports."""
    from chronik.catalogue.models import ArticleRow, StoryRow

    passed = set()
    for story in list(ArticleRow.objects.inbox().values_list("relation__story", flat=True)):
        if story in passed:
            continue
        passed.add(story)
        if reports is None or StoryRow.objects.filter(pk=story, reports=reports).exists():
            yield story


def _undone(acts):
    """The act is done beside the measuring, then taken back."""
    from django.contrib.auth.models import User
    from django.test import Client

    client = Client(SERVER_NAME="localhost")
    client.force_login(User.objects.get(username=worked.EDITOR))
    for address, form in acts:
        sent(client, address, form)
        last = _last_act(client)
        yield _form(undo=last)


def _last_act(client):
    from django.contrib.auth.models import User

    from chronik.desk import own_acts

    return own_acts.last(SimpleNamespace(session=client.session, user=User(username=worked.EDITOR))).undo


def _decisions(name):
    from chronik.catalogue.models import SuggestionRow

    order = "relation_id" if name == "accept" else "-relation_id"
    rows = SuggestionRow.objects.filter(state="open").order_by(order).values_list("dossier_id", "relation_id")
    for slug, report in list(rows[:2_000]):
        if SuggestionRow.objects.filter(dossier=slug, relation=report, state="open").exists():
            yield _form(**{name: f"{slug} {report}"})


def _merges(count, *, reports):
    stories = _large_stories() if reports == filled.REPORTS_A_STORY_MAX else _open_stories(reports)
    for marked in zip(*[stories] * count, strict=False):
        yield _form(merge="1", marked=list(marked))


def _large_stories():
    from chronik.catalogue.models import StoryRow

    rows = StoryRow.objects.filter(reports=filled.REPORTS_A_STORY_MAX).order_by("-last_at")
    yield from list(rows.values_list("id", flat=True))


def _splits(reports):
    from chronik.catalogue.models import RelationRow

    stories = _large_stories() if reports == filled.REPORTS_A_STORY_MAX else _open_stories(reports)
    for story in stories:
        last = RelationRow.objects.filter(story=story).order_by("-number").values_list("article", flat=True)[0]
        yield _form(split=f"{story} {last}")


def _stars():
    from chronik.catalogue.models import ArticleRow

    for number, article in enumerate(ArticleRow.objects.inbox().values_list("id", flat=True)[:2_000]):
        yield f"{HERE}articles/{article}/star/", {"starred": str(number % 2)}


def _put_aside():
    from chronik.catalogue.models import ArticleRow

    for article in list(ArticleRow.objects.inbox().order_by("sort_at").values_list("id", flat=True)[:2_000]):
        yield f"{HERE}articles/{article}/done/", {"done": "1"}


def sent(client, address, form):
    """A form as the desk's script sends it."""
    from chronik.desk.views.answers import SCRIPT_HEADER

    return client.post(address, form, headers={SCRIPT_HEADER: "1"})
