"""How well articles are proposed to dossiers: pseudo-dossiers of sets not learned from, and the press archive replayed.

`--train` learns the weights anew first. The press archive's page has 63 clips; its articles are mixed into all other
articles of the shared data, whose days are drawn evenly over the weeks in which it was clipped.
"""

import time
from argparse import ArgumentParser
from collections import defaultdict
from dataclasses import replace
from datetime import UTC, timedelta
from random import Random
from zoneinfo import ZoneInfo

import numpy as np

from bench import suggesting_sets as sets
from bench import suggesting_training as training
from bench.material import SHARED
from bench.suggesting_refusals import refusals
from bench.suggesting_vectors import pieces
from chronik.extract.language import language
from chronik.model import Report
from chronik.relate.backtest import Decided, History, backtest
from chronik.relate.suggest import Background, candidates, profile, scores, suggested
from chronik.relate.suggesting.weights import shipped
from chronik.takein.press_page import parsed

ZONE = ZoneInfo("Europe/Berlin")
SEED = 11
DOSSIERS, NEW_ARTICLES = 50, 5_000


def measure(options=()):
    """Lines of the tables."""
    parser = ArgumentParser(prog="python -m bench suggest")
    parser.add_argument("--train", action="store_true", help="learn the weights anew first")
    parser.add_argument("--only-archive", action="store_true", help="replay the press archive only")
    asked = parser.parse_args(list(options))
    if not SHARED.is_dir():
        yield f"The shared data are not beside this checkout ({SHARED})."
        return
    if asked.train or not asked.only_archive:
        every = list(training.states())
        if asked.train:
            training.write(training.trained(every))
            shipped.cache_clear()
        yield from folds(every)
        yield ""
        yield from refusals()
        yield ""
    yield from archive()


def folds(every):
    """Each set judged by weights learned from the others."""
    yield "| set | clips | dossiers | precision@10 | recall@50 | average precision | of the proposed right | found |"
    yield "|---|---|---|---|---|---|---|---|"
    for name in sets.MEMBERS_MIN:
        weights = training.trained([state for state in every if state.set != name])
        counted = defaultdict(list)
        for state in every:
            if state.set == name:
                counted[state.clips].append(_figures(state, weights))
        for clips, figures in sorted(counted.items()):
            first, further, average, proposed, right, there = np.array(figures, dtype=float).T
            precision, recall = right.sum() / max(1, proposed.sum()), right.sum() / there.sum()
            yield (
                f"| {name} | {clips} | {len(figures)} | {first.mean():.3f} | {further.mean():.3f} "
                f"| {average.mean():.3f} | {precision:.2f} | {recall:.2f} |"
            )


def _figures(state, weights):
    odds = weights.log_odds(state.columns) + weights.shift(weights.log_odds(state.of_clips))
    order = np.argsort(-odds, kind="stable")
    right = state.right[order]
    there = int(right.sum())
    proposed = int((odds >= np.log(weights.threshold / (1 - weights.threshold))).sum())
    precisions = (np.cumsum(right) / np.arange(1, len(right) + 1))[right]
    return (
        right[:10].sum() / min(10, there),
        right[:50].sum() / min(50, there),
        precisions.mean(),
        proposed,
        right[:proposed].sum(),
        there,
    )


def press_archive():
    """The dossier's names and its clips as pieces, oldest first."""
    page = parsed(sets.PRESS_PAGE.read_bytes(), name=sets.PRESS_PAGE.name)
    reports = [
        Report(
            id=f"clip/{entry.line}",
            title=entry.title,
            text=entry.excerpt,
            language=language(f"{entry.title}\n\n{entry.excerpt}"),
            published=entry.clipped.replace(tzinfo=ZONE).astimezone(UTC),
            source=entry.credit.strip(),
        )
        for entry in page.entries
    ]
    names = [Report(id=f"name/{name}", title=name, language=language(name)) for name in page.names]
    return pieces(names), sorted(pieces(reports), key=lambda one: one.published)


def others():
    """Every other article of the shared data."""
    return pieces([one.report for load in sets.SETS.values() for one in load()])


def mixed(clips, rest):
    """All in time order, the others spread evenly over the weeks in which something was clipped."""
    chance = Random(SEED)
    weeks = sorted({one.published - timedelta(days=one.published.weekday()) for one in clips})
    weeks = sorted({week.replace(hour=0, minute=0, second=0) for week in weeks})
    moved = [
        replace(one, published=chance.choice(weeks) + timedelta(seconds=chance.randrange(7 * 86_400))) for one in rest
    ]
    return sorted([*clips, *moved], key=lambda one: one.published)


def replayed(names, clips, corpus):
    """The press archive's own history."""
    decided = tuple(Decided(piece=one, at=one.published + timedelta(minutes=1)) for one in clips)
    return backtest(History(dossier="press-archive", texts=tuple(names), decided=decided), corpus)


def archive():
    """The press archive replayed, and what its names alone find."""
    names, clips = press_archive()
    rest = others()
    corpus = mixed(clips, rest)
    result = replayed(names, clips, corpus)
    yield "| week | articles | relevant | proposed | right | first ten proposed | first ten | first 50 | looked at |"
    yield "|---|---|---|---|---|---|---|---|---|"
    for week in result.weeks:
        yield (
            f"| {week.begins} | {week.articles} | {week.relevant} | {week.proposed} | {week.found} "
            f"| {week.found_in_first} of {week.shown_of_first} | {week.first_of_ranking} "
            f"| {week.found_in_further} | {week.looked_at} |"
        )
    yield (
        f"| all | {result.articles} | {result.relevant} | {result.proposed} | {result.found} "
        f"| {result.precision_at_10:.3f} | {result.ranked_first:.3f} | {result.recall_at_50:.3f} | {result.looked_at} |"
    )
    yield ""
    yield from _at_once(names, clips, corpus)
    yield ""
    yield _speed(names, clips, rest)


def _at_once(names, clips, corpus):
    """The whole corpus ranked at once by the names alone, in each language."""
    background = Background()
    background.learn(corpus)
    found = candidates(corpus, background=background)
    wanted = {one.id for one in clips}
    yield "| known | precision@10 | @20 | @50 | recall@100 | proposed | right | clips found in de / en / fr |"
    yield "|---|---|---|---|---|---|---|---|"
    for label, texts, known in (
        *((one.title, [one], []) for one in names),
        ("both names", names, []),
        ("both names, the first 5 clips", names, clips[:5]),
        ("both names, the first 20 clips", names, clips[:20]),
    ):
        held = profile("press-archive", texts=texts, clips=known)
        order = np.argsort(-scores(held, found), kind="stable")
        right = [found.pieces[row] for row in order if found.pieces[row].id not in held.decided]
        is_right = [one.id in wanted for one in right]
        proposed = {one.article for one in suggested(held, found)}
        spoken = [
            f"{sum(one.id in proposed for one in right if one.id in wanted and one.language == tag)} of "
            f"{sum(one.id in wanted and one.language == tag for one in right)}"
            for tag in ("de", "en", "fr")
        ]
        yield (
            f"| {label} | "
            + " | ".join(f"{sum(is_right[:count]) / count:.2f}" for count in (10, 20, 50))
            + f" | {sum(is_right[:100]) / sum(is_right):.2f} | {len(proposed)} | {len(proposed & wanted)} "
            + f"| {' / '.join(spoken)} |"
        )


def _speed(names, clips, rest):
    """CPU seconds for ranking new articles for many dossiers."""
    background = Background()
    background.learn(rest)
    new = [replace(one, id=f"{one.id}#") for one in rest[:NEW_ARTICLES]]
    started = time.process_time()
    found = candidates(new, background=background)
    for number in range(DOSSIERS):
        suggested(profile(f"d{number}", texts=names, clips=clips), found)
    return f"{len(new)} new articles ranked for {DOSSIERS} dossiers: {time.process_time() - started:.1f} CPU seconds."
