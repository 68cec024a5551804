"""How well reports are placed into stories, across languages too, and how fast.

`--groups` lists the groups found in the press archive page; `--wrong N` shows N wrong merges of each set to be judged
by eye; `--languages` tells games-2021 by language and by pair of languages; `--speed` measures placing among 50,000
reports. The shipped weights have seen two of the sets; what `python -m bench.stories_training --figures` prints are
figures of halves that were not learned from.
"""

import argparse
import time
from collections import Counter, defaultdict
from dataclasses import replace
from datetime import timedelta
from itertools import combinations
from random import Random

import numpy as np

from bench import stories_sets as sets
from bench.material import SHARED
from bench.stories_training import across, bcubed, pair_rows
from chronik.relate.batch import grouped
from chronik.relate.curves import logistic
from chronik.relate.encode import E5Encode
from chronik.relate.placing import Placer
from chronik.relate.weights import shipped

WINDOW_REPORTS = 50_000
PLACED = 400
HOURS = 24 * 29


def measure(options=()):
    """Lines of the tables."""
    if not SHARED.is_dir():
        return ["The shared data are not beside this checkout."]
    parser = argparse.ArgumentParser(prog="bench stories")
    parser.add_argument("--groups", action="store_true")
    parser.add_argument("--wrong", type=int, default=0)
    parser.add_argument("--languages", action="store_true")
    parser.add_argument("--speed", action="store_true")
    wanted = parser.parse_args(options)
    if wanted.groups:
        return groups()
    if wanted.wrong:
        of_pairs = wrong_pairs(sets.judged_pairs(), wanted.wrong)
        return [*wrong("games", sets.games(), wanted.wrong), *wrong("look-alikes", sets.ecb(), wanted.wrong), *of_pairs]
    if wanted.languages:
        games = sets.games()
        return languages(games, [each.story for each in placed(games)])
    if wanted.speed:
        return speed()
    return [f"| {name} | {' | '.join(f'{value:.4f}' for value in row)} |" for name, row in figures().items()]


def placed(known):
    """Each report placed when it came."""
    placer = Placer(made_by=E5Encode().made_by)
    return [placer.place(each.traits) for each in known]


def certain_across(known, placements):
    """Precision of the links shown as certain whose two reports differ in language, and how many there are."""
    by_id = {each.traits.id: each for each in known}
    links = [(by_id[each.report], by_id[each.anchor]) for each in placements if each.certain and each.anchor]
    crossing = [(one, other) for one, other in links if one.traits.language != other.traits.language]
    return sum(one.story == other.story for one, other in crossing) / max(len(crossing), 1), len(crossing)


def figures():
    """Name → precision, recall, F1 or what the name says."""
    games, ecb = sets.games(), sets.ecb()
    placements = placed(games)
    stories = [each.story for each in placements]
    certain, links = certain_across(games, placements)
    together = grouped([each.traits for each in ecb], made_by=E5Encode().made_by)
    found = {
        "games-2021, BCubed": bcubed(games, stories),
        "games-2021, pairs across languages": across(games, stories),
        "games-2021, links across languages shown as certain: precision, links": (certain, links),
        "ecb-plus, all at once, BCubed": bcubed(ecb, [each.story for each in together]),
        "ecb-plus, as they come, BCubed": bcubed(ecb, [each.story for each in placed(ecb)]),
        "pairs-ru-en, accuracy": (pairs_accuracy(),),
    }
    for whole, name in ((False, "headlines"), (True, "texts")):
        known = sets.ntrex(learned=False, whole=whole)
        found[f"ntrex, translated {name}, BCubed"] = bcubed(known, [each.story for each in placed(known)])
    return found


def pairs_accuracy():
    """Share of judged pairs that the model judges as people did."""
    pairs = sets.judged_pairs()
    return sum(said == same for said, same in pairs_said(pairs)) / len(pairs)


def pairs_said(pairs):
    """Whether each pair is said to be one event, and whether people held it for one."""
    for row, same in pair_rows(pairs, shipped().mean_for(E5Encode().made_by)):
        odds = shipped().pair.odds(row, shipped().pair.added(row))
        yield bool(logistic(odds)[0] >= shipped().same_from(row[0])), same


def groups():
    """The groups found in the press archive page, each with its entries."""
    known = sets.press_archive()
    by_story = defaultdict(list)
    for each, placement in zip(known, placed(known), strict=True):
        by_story[placement.story].append((each.traits, placement))
    lines = [f"{len(known)} entries, {len(by_story)} groups"]
    for members in by_story.values():
        if len(members) > 1:
            lines.append("")
            lines += [
                f"{traits.published:%d.%m. %H:%M} {traits.language} {placement.score:.2f} {traits.title}"
                for traits, placement in members
            ]
    return lines


def wrong(name, known, count):
    """Wrong merges, some of each set, for judging by eye what kind of error each is."""
    by_id = {each.traits.id: each for each in known}
    merges = [each for each in placed(known) if each.anchor and by_id[each.report].story != by_id[each.anchor].story]
    lines = [f"{name}: {len(merges)} of {len(known)} reports were linked to a report of another story", ""]
    for each in Random(1).sample(merges, min(count, len(merges))):
        told = "; ".join(f"{reason.kind} {' '.join(reason.words)} {reason.value or ''}" for reason in each.reasons[:4])
        first, second = by_id[each.report].traits, by_id[each.anchor].traits
        lines += [
            f"{each.score:.2f} [{first.language}] {first.title or first.words}",
            f"     [{second.language}] {second.title}",
            f"     {told}",
        ]
    return lines


def wrong_pairs(pairs, count):
    """Judged pairs that are said to be one event and are not, or the other way round."""
    found = [(pair, said) for pair, (said, same) in zip(pairs, pairs_said(pairs), strict=True) if said != same]
    lines = [f"pairs: {len(found)} of {len(pairs)} were judged otherwise than by people", ""]
    for (first, second, _), said in found[:count]:
        lines += [f"said {'same' if said else 'not the same'}: {first.traits.title}", f"     {second.traits.title}"]
    return lines


def languages(known, found):
    """Lines of two tables: each language's reports, and pairs of reports by the languages of the two."""
    counted = Counter(each.traits.language for each in known)
    lines = ["| language | reports | BCubed P | R | F1 |", "|---|---|---|---|---|"]
    lines += [f"| {one} | {counted[one]} | {_row(values)} |" for one, values in by_language(known, found).items()]
    lines += ["", "| languages | pairs in one story | P | R | F1 |", "|---|---|---|---|---|"]
    lines += [f"| {pair} | {count} | {_row(values)} |" for pair, (count, *values) in by_pair(known, found).items()]
    return lines


def _row(values):
    return " | ".join(f"{value:.3f}" for value in values)


def by_language(known, found):
    """Language → BCubed precision, recall and F1 of its reports among themselves, the most frequent first."""
    counted = Counter(each.traits.language for each in known)
    rows = {
        one: [(each, story) for each, story in zip(known, found, strict=True) if each.traits.language == one]
        for one, _ in counted.most_common()
    }
    return {one: bcubed(*zip(*pairs, strict=True)) for one, pairs in rows.items()}


def by_pair(known, found):
    """Two languages → pairs of reports in one story, precision, recall and F1, the most frequent first."""
    spoken = [each.traits.language for each in known]
    right, said, true = (_pairs(spoken, labels) for labels in _labels(known, found))
    figures = {}
    for pair, count in true.most_common():
        precision, recall = right[pair] / max(said[pair], 1), right[pair] / count
        f1 = 2 * precision * recall / max(precision + recall, 1e-9)
        figures["-".join(pair)] = (count, precision, recall, f1)
    return figures


def _labels(known, found):
    """For each report what it shares with those it is rightly with, is said to be with, and belongs with."""
    gold = [each.story for each in known]
    return list(zip(found, gold, strict=True)), found, gold


def _pairs(spoken, labels):
    """Two languages → pairs of reports with one label, in these two; one language with itself left out."""
    groups = defaultdict(Counter)
    for language, label in zip(spoken, labels, strict=True):
        groups[label][language] += 1
    counted = Counter()
    for counts in groups.values():
        for one, other in combinations(sorted(counts), 2):
            counted[one, other] += counts[one] * counts[other]
    return counted


def speed():
    """Milliseconds to place one report among many, without the encoder."""
    games = [each.traits for each in sets.games()]
    random = np.random.default_rng(3)
    placer = Placer(made_by=E5Encode().made_by)
    start = games[0].published
    for number in range(WINDOW_REPORTS):
        traits = games[number % len(games)]
        noise = random.standard_normal(len(traits.vector)).astype(np.float32) * 0.02
        when = start + timedelta(hours=HOURS * number / WINDOW_REPORTS)
        vector = (traits.vector + noise) / np.linalg.norm(traits.vector + noise)
        placer.remember(replace(traits, id=f"r{number}", vector=vector, published=when), story=f"s{number // 3}")
    took = []
    for number in range(PLACED):
        traits = replace(games[-number], id=f"new {number}", published=start + timedelta(hours=HOURS))
        began = time.perf_counter()
        placer.place(traits)
        took.append(1000 * (time.perf_counter() - began))
    shares = {"median": 0.5, "p95": 0.95, "p99": 0.99}
    line = ", ".join(f"{name} {np.quantile(took, share):.1f} ms" for name, share in shares.items())
    languages = Counter(traits.language for traits in games)
    return [f"placing one report among {WINDOW_REPORTS} of 30 days, {len(languages)} languages: {line}"]
