"""How long placing takes with years behind it, catalogue and all: `python -m bench followups --speed`.

An archive is made with 60,000 gists of older stories and 50,000 reports in the window. They are put back as after a
restart, and reports are placed and recorded one by one: look-up of older stories, transaction and sync included.
"""

import tempfile
import time
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import numpy as np

from bench import stories_sets as sets
from chronik import wiring
from chronik.archive import neighbours as at_hand
from chronik.archive import relating
from chronik.model import Article
from chronik.relate import keeping
from chronik.relate.encode import E5Encode
from chronik.relate.gists import key_of
from chronik.relate.placing import Placer

OLDER_STORIES = 60_000
WINDOW_REPORTS = 50_000
KEYS_A_STORY = 34
KEYS_IN_ALL = 400_000
PLACED = 300
ROWS_AT_ONCE = 2_000
NOISE = 0.02
START = datetime(2026, 5, 1, tzinfo=UTC)
HOURS = 24 * 29


def speed():
    """Seconds to open, and milliseconds to place and record one report."""
    games = [each.traits for each in sets.games()]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "archive"
        wiring.init(path)
        with wiring.opened(path) as found:
            archive = replace(found, encode=E5Encode(), clock=lambda: START)
            keep_older(games)
            keep_window(archive, games)
            began = time.process_time(), time.perf_counter()
            at_hand.neighbours(archive, first=START + timedelta(hours=HOURS), last=START + timedelta(hours=HOURS))
            opened = time.process_time() - began[0], time.perf_counter() - began[1]
            took = placed(archive, games)
    shares = {"median": 0.5, "p95": 0.95, "p99": 0.99}
    clock, processor = (
        ", ".join(f"{name} {1000 * np.quantile(each, share):.1f} ms" for name, share in shares.items())
        for each in zip(*took, strict=True)
    )
    return [
        f"putting back {WINDOW_REPORTS} reports: {opened[0]:.1f} CPU seconds, {opened[1]:.1f} by the clock",
        f"placing and recording one report, {OLDER_STORIES} older stories: {clock}; CPU {processor}",
    ]


def rows_kept(rows):
    """Keep rows of one table, some at a time, in one transaction."""
    from django.db import transaction

    with transaction.atomic():
        for start in range(0, len(rows), ROWS_AT_ONCE):
            type(rows[0]).objects.bulk_create(rows[start : start + ROWS_AT_ONCE])


def keep_older(games):
    """Gists of older stories: a tenth of what they hold stands in headlines too, the rest is drawn, much of it rare."""
    from django.db import connection, transaction

    from chronik.catalogue.story_models import GistKeyRow, GistRow
    from chronik.relate.gists import gist_of, packed

    random = np.random.default_rng(5)
    placer = Placer()
    gist = gist_of("s", games[:2], middle=games[0].vector, background=placer._window.background)  # noqa: SLF001 - none is made elsewhere
    known = np.array([key_of(key) for traits in games for name in traits.names for key in name.keys])
    content, vector = packed(gist), keeping.kept_vector(games[0].vector)
    gists, keys = [], []
    encoder = E5Encode().made_by
    for number in range(1, OLDER_STORIES + 1):
        when = START - timedelta(days=40 + 3_000 * (OLDER_STORIES - number) / OLDER_STORIES)
        drawn = set((KEYS_IN_ALL * random.random(KEYS_A_STORY) ** 3).astype(np.int64).tolist())
        drawn |= set(random.choice(known, KEYS_A_STORY // 10).tolist())
        gists.append(
            GistRow(
                number=number,
                story=f"older {number}",
                first_at=when,
                last_at=when,
                content=content,
                vector=vector,
                encoder=encoder,
            )
        )
        keys += [(key, number) for key in drawn]
    rows_kept(gists)
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.executemany(f"INSERT INTO {GistKeyRow._meta.db_table} (key, gist) VALUES (%s, %s)", sorted(keys))  # noqa: SLF001 - our own table's name; two million rows are too many for the models


def keep_window(archive, games):
    """Reports of thirty days, placed three to a story."""
    from chronik.catalogue.models import ArticleRow
    from chronik.catalogue.story_models import RelationRow, StoryRow
    from chronik.relate.features import weighed

    random = np.random.default_rng(3)
    background = Placer()._window.background  # noqa: SLF001 - none is made elsewhere
    mark = at_hand.traits_mark(archive.catalogue)
    articles, relations, stories = [], [], []
    for number in range(WINDOW_REPORTS):
        traits = games[number % len(games)]
        vector = traits.vector + random.standard_normal(len(traits.vector)).astype(np.float32) * NOISE
        when = START + timedelta(hours=HOURS * number / WINDOW_REPORTS)
        traits = replace(traits, id=f"r{number}", published=when, vector=vector / np.linalg.norm(vector))
        articles.append(
            ArticleRow(id=traits.id, title=traits.title, sort_at=when, read_at=when, related=True, indexed=True)
        )
        if number % 3 == 0:
            stories.append(StoryRow(id=f"s{number // 3}", founder=traits.id, first_at=when, last_at=when, reports=3))
        relations.append(
            RelationRow(
                report=traits.id,
                article_id=traits.id,
                number=number + 1,
                sort_at=when,
                story=f"s{number // 3}",
                traits=keeping.kept_traits(traits, mark=mark),
                vector=keeping.kept_vector(traits.vector),
                encoder=at_hand.encoder_name(archive),
                weighed=keeping.kept_weights(weighed(traits, background)),
            )
        )
    for rows in (articles, stories, relations):
        rows_kept(rows)


def placed(archive, games):
    """Seconds that each report took, by the clock and of the processor, its vector already there."""
    found = []
    for number, traits in enumerate(games[-PLACED:]):
        when = START + timedelta(hours=HOURS, minutes=number)
        article = Article(
            id=f"n{number}",
            url=f"https://paper.example/n{number}",
            title=traits.title,
            text="",
            language=traits.language,
            published=when.isoformat(),
            read_at=when,
        )
        archive.catalogue.add_article(article)
        (due,) = archive.catalogue.unrelated(limit=1)
        mark = at_hand.traits_mark(archive.catalogue)
        [(own, traced)] = relating._traced(archive, [due], kept={}, mark=mark)  # noqa: SLF001 - the encoder is not timed
        began = time.perf_counter(), time.process_time()
        held = at_hand.neighbours(archive, first=due.when, last=due.when)
        related = relating._one(archive, held, due, own, traced)  # noqa: SLF001 - as in the round
        archive.catalogue.record_related([related], at=START)
        found.append((time.perf_counter() - began[0], time.process_time() - began[1]))
    return found
