"""A dossier's history is replayed in time order, without looking ahead."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import numpy as np

from chronik.model import Report
from chronik.relate.backtest import Decided, History, backtest
from chronik.relate.bridge.named import Named
from chronik.relate.suggest import piece

BEGINS = datetime(2026, 5, 4, 8, tzinfo=UTC)


def made(number, *, day, about):
    row = np.zeros(8, dtype=np.float32)
    row[about] = 1.0
    row[4 + number % 4] = 0.4
    names = [Named(key=f"name{about}", surface=f"Name{about}")]
    report = Report(id=f"a{number}", title=f"Name{about} {number}", published=BEGINS + timedelta(days=day))
    return piece(report, names=names, vector=row / np.linalg.norm(row))


CORPUS = [made(number, day=number // 10, about=1 if number % 10 == 0 else 2 + number % 2) for number in range(280)]
CLIPPED = [one for one in CORPUS if one.names[0].key == "name1"]


def history(clipped=CLIPPED, *, texts=(), refused=(), hours=1):
    decided = [Decided(piece=one, at=one.published + timedelta(hours=hours)) for one in clipped]
    decided += [Decided(piece=one, at=one.published + timedelta(hours=hours), refused=True) for one in refused]
    return History(dossier="d", texts=tuple(texts), decided=tuple(decided))


def test_weeks_follow_one_another_and_each_is_reported():
    heard = []
    result = backtest(history(), CORPUS, progress=heard.append)
    assert [week.begins.isoformat() for week in result.weeks] == [
        "2026-05-04",
        "2026-05-11",
        "2026-05-18",
        "2026-05-25",
    ]
    assert tuple(heard) == result.weeks
    assert result.articles == 280
    assert result.relevant == 28


def test_without_names_the_first_week_proposes_nothing_and_later_weeks_find_what_is_alike():
    weeks = backtest(history(), CORPUS).weeks
    assert weeks[0].proposed == 0
    assert all(week.found_in_first == 7 for week in weeks[1:])


def test_nobody_looks_ahead():
    first_weeks = backtest(history(), CORPUS).weeks[:2]
    other_future = [*CLIPPED[:14], *(one for one in CORPUS[140:] if one.names[0].key == "name2")]
    assert backtest(history(other_future), CORPUS).weeks[:2] == first_weeks


def test_clips_of_the_week_itself_are_not_known_in_it():
    assert backtest(history(hours=0), CORPUS).weeks[0].proposed == 0


def test_copies_of_what_was_clipped_count_where_told():
    copy = replace(CORPUS[11], id="copy", copy_of=CLIPPED[1].id)
    corpus = sorted([*CORPUS, copy], key=lambda one: one.published)
    assert backtest(history(), corpus).relevant == 28
    assert backtest(history(), corpus, copies_count=True).relevant == 29


def test_an_empty_dossier_and_an_empty_corpus_have_no_precision():
    nothing = backtest(history([]), CORPUS)
    assert (nothing.relevant, nothing.proposed, nothing.precision_at_10, nothing.recall_at_50) == (0, 0, None, None)
    assert backtest(history(), []).weeks == ()


def test_articles_without_a_day_are_left_out():
    assert backtest(history(), [replace(CORPUS[0], published=None), *CORPUS[1:]]).articles == 279


def test_the_articles_to_look_at_are_counted_down_to_the_last_relevant_one():
    for week in backtest(history(), CORPUS).weeks[1:]:
        assert week.looked_at == 7
