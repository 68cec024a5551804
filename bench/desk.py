"""How fast the desk answers in a large archive: server time of each page and each act on a row.

`python -m bench desk` makes an archive of 20,000 articles, 2,000 of them open; `--articles 200000 --folder PLACE` makes
a larger one and keeps it there for the next time. Django's test client asks in this process; the connection to the
database is opened anew for each request, as the server does. `--only WORD` measures what has the word in its name,
`--plans` prints the queries of each with SQLite's plan. Then follow what the first pages after a start cost, and how
long pages take where several editors work at once: each asks for one, reads a second, and asks for the next.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import threading
import time
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from itertools import islice
from pathlib import Path

from bench import desk_archive as filled
from bench import desk_dossiers as worked
from bench.desk_requests import HERE, cases, sent
from chronik import wiring

ARTICLES = 20_000
TIMES = 20
EDITORS, PAGES_AN_EDITOR, READING_S = 5, 20, 1.0


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
        with opened(folder, articles=wanted.articles):
            yield f"material: {size(folder)}; load of the machine {os.getloadavg()[0]:.1f}, cores {os.cpu_count()}"
            yield "| what | queries | CPU ms p50 | p95 | wall ms p50 | p95 | limit | kB |"
            yield "|---|---|---|---|---|---|---|---|"
            for took in _measured(wanted):
                yield _line(took)
            if not wanted.only:
                yield from _started(folder)
                yield _together()


def _options(options):
    parser = argparse.ArgumentParser(prog="python -m bench desk")
    parser.add_argument("--articles", type=int, default=ARTICLES)
    parser.add_argument("--folder", default="")
    parser.add_argument("--times", type=int, default=TIMES)
    parser.add_argument("--only", default="")
    parser.add_argument("--plans", action="store_true")
    return parser.parse_args(list(options))


@contextmanager
def opened(folder, *, articles):
    """The archive in a folder, made where it is not there yet."""
    is_there = folder.exists()
    if not is_there:
        wiring.init(folder)
    with wiring.opened(folder) as archive:
        from chronik.archive.reading import index_due

        if not is_there:
            worked.work(filled.fill(articles=articles))
        index_due(archive)
        yield archive


def size(folder):
    """How much is in the archive that is open."""
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

    from chronik.web import warming

    user, _ = User.objects.get_or_create(username=worked.EDITOR)
    client = Client(SERVER_NAME="localhost")
    client.force_login(user)
    warming.get_ready()
    for case in cases():
        if wanted.only in case.name:
            cache.clear()
            took = _took(client, case, times=wanted.times, plans=wanted.plans)
            if took.wall_ms:  # a small archive may not hold what is asked for
                yield took


def _took(client, case, *, times, plans):
    from django.db import connection

    took = Took(name=case.name, limit_ms=case.limit_ms)
    for number, (address, form) in enumerate(islice(case.asked, times + 1)):
        connection.close()
        asked: list[tuple[str, object]] = []

        with connection.execute_wrapper(partial(_noted, asked)):
            wall, cpu = time.perf_counter(), time.process_time()
            answer = client.get(address) if form is None else sent(client, address, form)
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
    too_slow = " **too slow**" if _share(cpu, 0.95) > took.limit_ms else ""
    return (
        f"| {took.name} | {'–'.join(map(str, queries))} | {_share(cpu, 0.5):.0f} | {_share(cpu, 0.95):.0f}{too_slow} "
        f"| {_share(wall, 0.5):.0f} | {_share(wall, 0.95):.0f} | {took.limit_ms} "
        f"| {took.bytes_max / 1000:.0f} |"
    )


def _share(numbers, share):
    return numbers[min(int(len(numbers) * share), len(numbers) - 1)]


def _started(folder):
    """What the first pages cost in a fresh process, as the server starts and without getting ready."""
    for name, more in (("as the server starts", []), ("without getting ready", ["cold"])):
        command = [sys.executable, "-m", "bench.desk_start", str(folder), *more]
        found = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
        memory = found.pop("MB")
        yield f"{name}, CPU ms: " + ", ".join(f"{what} {ms}" for what, ms in found.items()) + f"; {memory} MB then"


def _together():
    """How long pages take where several editors work at once."""
    from chronik.catalogue.models import ArticleRow

    articles = ArticleRow.objects.inbox().values_list("id", flat=True)[: EDITORS * PAGES_AN_EDITOR]
    pages = [["", f"articles/{article}/", "dossiers/dossier-1/"][number % 3] for number, article in enumerate(articles)]
    took: list[float] = []
    editors = [threading.Thread(target=_read, args=[pages[number::EDITORS], took]) for number in range(EDITORS)]
    for editor in editors:
        editor.start()
        time.sleep(READING_S / EDITORS)
    for editor in editors:
        editor.join()
    took.sort()
    return (
        f"{EDITORS} editors at once, {len(took)} pages (inbox, article, dossier in turn): "
        f"wall ms p50 {_share(took, 0.5):.0f}, p95 {_share(took, 0.95):.0f}"
    )


def _read(pages, took):
    from django.contrib.auth.models import User
    from django.db import connection
    from django.test import Client

    client = Client(SERVER_NAME="localhost")
    client.force_login(User.objects.get(username=worked.EDITOR))
    for page in pages:
        connection.close()
        start = time.perf_counter()
        client.get(f"{HERE}{page}")
        took.append(1000 * (time.perf_counter() - start))
        time.sleep(READING_S)
    connection.close()
