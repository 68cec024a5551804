"""How fast the desk answers in a large archive: server time of each page and each act on a row.

`python -m bench desk` makes an archive of 20,000 articles, 2,000 of them open; `--articles 200000 --folder PLACE` makes
a larger one and keeps it there for the next time. Django's test client asks in this process; the connection to the
database is opened anew for each request, as the server does. `--only WORD` measures what has the word in its name,
`--plans` prints the queries of each with SQLite's plan.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from itertools import cycle, islice
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING

from bench import desk_archive as filled
from chronik import wiring

if TYPE_CHECKING:
    from collections.abc import Iterator

ARTICLES = 20_000
TIMES = 40
PAGE_MS_MAX, ACT_MS_MAX = 300, 100
HERE = "/desk/"


@dataclass(slots=True, kw_only=True)
class Took:
    """What one sort of request took."""

    name: str
    limit_ms: int
    cpu_ms: list[float] = field(default_factory=list)
    wall_ms: list[float] = field(default_factory=list)
    queries: list[int] = field(default_factory=list)
    bytes_max: int = 0


def measure(options=()):
    """Rows of the table."""
    wanted = _options(options)
    with tempfile.TemporaryDirectory() as fresh:
        folder = Path(wanted.folder or fresh) / f"archive-{wanted.articles}"
        with _opened(folder, articles=wanted.articles):
            yield f"material: {_size(folder)}"
            yield "| what | queries | CPU ms p50 | p95 | wall ms p50 | p95 | limit | kB |"
            yield "|---|---|---|---|---|---|---|---|"
            for took in _measured(wanted):
                yield _line(took)


def _options(options):
    parser = argparse.ArgumentParser(prog="python -m bench desk")
    parser.add_argument("--articles", type=int, default=ARTICLES)
    parser.add_argument("--folder", default="")
    parser.add_argument("--times", type=int, default=TIMES)
    parser.add_argument("--only", default="")
    parser.add_argument("--plans", action="store_true")
    return parser.parse_args(list(options))


@contextmanager
def _opened(folder, *, articles):
    """The archive in a folder, made where it is not there yet."""
    is_there = folder.exists()
    if not is_there:
        wiring.init(folder)
    with wiring.opened(folder) as archive:
        from chronik.archive.reading import index_due

        if not is_there:
            filled.fill(articles=articles)
        index_due(archive)
        yield archive


def _size(folder):
    from chronik.catalogue.models import ArticleRow, ClipRow, StoryRow, SuggestionRow

    counts = {
        "articles": ArticleRow.objects.count(),
        "open": ArticleRow.objects.inbox().count(),
        "stories": StoryRow.objects.count(),
        "suggestions": SuggestionRow.objects.count(),
        "clips": ClipRow.objects.count(),
    }
    database = sum(path.stat().st_size for path in folder.glob("*.sqlite3*"))
    return ", ".join(f"{count:,} {name}" for name, count in counts.items()) + f"; database {database / 2**20:,.0f} MB"


def _measured(wanted):
    from django.contrib.auth.models import User
    from django.core.cache import cache
    from django.test import Client

    user, _ = User.objects.get_or_create(username=filled.EDITOR)
    client = Client(SERVER_NAME="localhost")
    client.force_login(user)
    for case in _cases():
        if wanted.only in case.name:
            cache.clear()
            took = _took(client, case, times=wanted.times, plans=wanted.plans)
            if took.wall_ms:  # a small archive may not hold what is asked for
                yield took


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """A sort of request; each call gives the address of the next, and the form where there is one."""

    name: str
    asked: Iterator[tuple[str, dict[str, str] | None]]
    limit_ms: int = PAGE_MS_MAX


def _took(client, case, *, times, plans):
    from django.db import connection

    took = Took(name=case.name, limit_ms=case.limit_ms)
    for number, (address, form) in enumerate(islice(case.asked, times + 1)):
        connection.close()
        asked: list[tuple[str, object]] = []

        with connection.execute_wrapper(partial(_noted, asked)):
            wall, cpu = time.perf_counter(), time.process_time()
            answer = client.get(address) if form is None else _sent(client, address, form)
            cpu, wall = time.process_time() - cpu, time.perf_counter() - wall
        if answer.status_code not in {200, 204, 302}:
            raise SystemExit(f"{case.name}: {address} answered {answer.status_code}")
        if number == 0:
            if plans:
                _print_plans(asked)
            continue  # what is loaded once is another figure
        took.cpu_ms.append(1000 * cpu)
        took.wall_ms.append(1000 * wall)
        took.queries.append(len(asked))
        took.bytes_max = max(took.bytes_max, len(answer.content))
    return took


def _noted(asked, execute, *arguments):
    asked.append(arguments[:2])
    return execute(*arguments)


def _sent(client, address, form):
    from chronik.desk.views.answers import SCRIPT_HEADER

    return client.post(address, form, headers={SCRIPT_HEADER: "1"})


def _print_plans(asked):
    from django.db import connection

    for sql, parameters in asked:
        with connection.cursor() as cursor:
            start = time.perf_counter()
            if sql.startswith("SELECT"):
                cursor.execute(sql, parameters)
                rows = len(cursor.fetchall())
                took = 1000 * (time.perf_counter() - start)
                cursor.execute(f"EXPLAIN QUERY PLAN {sql}", parameters)
                plan = [row[3] for row in cursor.fetchall()]
                print(f"\n{took:7.1f} ms {rows} rows: {sql[:700]}\n    " + "\n    ".join(plan))
            else:
                print(f"\n           {sql[:200]}")


def _line(took):
    cpu, wall = sorted(took.cpu_ms), sorted(took.wall_ms)
    queries = sorted({min(took.queries), max(took.queries)})
    too_slow = " **too slow**" if _share(wall, 0.95) > took.limit_ms else ""
    return (
        f"| {took.name} | {'–'.join(map(str, queries))} | {_share(cpu, 0.5):.0f} | {_share(cpu, 0.95):.0f} "
        f"| {_share(wall, 0.5):.0f} | {_share(wall, 0.95):.0f}{too_slow} | {took.limit_ms} "
        f"| {took.bytes_max / 1000:.0f} |"
    )


def _share(numbers, share):
    return numbers[min(int(len(numbers) * share), len(numbers) - 1)]


def _cases():
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
        "suggestion, large dossier": [f"dossier={filled.LARGE_DOSSIER}"],
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

    largest = list(StoryRow.objects.order_by("-reports", "id").values_list("id", flat=True)[:20])
    linked = list(StoryRow.objects.filter(reports__in=(3, 4, 5)).values_list("id", flat=True)[:40])
    in_large = RelationRow.objects.filter(story__in=largest).values_list("article", flat=True)[:40]
    clipped = ClipRow.objects.filter(dossier=filled.LARGE_DOSSIER).values_list("article", flat=True)[:40]
    new = ArticleRow.objects.inbox().values_list("id", flat=True)[:40]
    large = f"{HERE}dossiers/{filled.LARGE_DOSSIER}/"
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
    client.force_login(User.objects.get(username=filled.EDITOR))
    for address, form in acts:
        _sent(client, address, form)
        last = _last_act(client)
        yield _form(undo=last)


def _last_act(client):
    from django.contrib.auth.models import User

    from chronik.desk import own_acts

    return own_acts.last(SimpleNamespace(session=client.session, user=User(username=filled.EDITOR))).undo


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
