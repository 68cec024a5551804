"""How well the bridge knows spellings of one name as one, and what it costs.

Spellings written from general knowledge (`tests/quality/spellings.txt`: odd lines were looked at, even lines only
measured), other names of large cities by sound alone, names that reports of one story share across languages, places
in English news, speed.
"""

import json
import random
import subprocess
import sys
import time
from collections import Counter, defaultdict
from datetime import datetime, timedelta
from itertools import combinations
from pathlib import Path
from statistics import harmonic_mean, mean

from bench.material import GAMES_LANGUAGES, SHARED
from chronik.relate.bridge import Bridge, Kind
from chronik.relate.bridge.alike import alike
from chronik.relate.bridge.bridge import CHARACTERS_MAX, heard_as_one
from chronik.relate.bridge.gazetteer import places_text
from chronik.relate.bridge.skeleton import skeletons
from chronik.relate.bridge.sounds import script

QUALITY = Path(__file__).resolve().parent.parent / "tests" / "quality"
SPELLINGS = QUALITY / "spellings.txt"
GAMES = SHARED / "stories" / "games-2021.jsonl"
LARGE_CITY_RANK, CITIES, LOOK_ALIKES_EACH, PRECISION = 6, 3_000, 20, 0.98
SCRIPTS = ("Arab", "Armn", "Cyrl", "Geor", "Grek", "Hang", "Hebr", "Kana")
NEAR = timedelta(days=3)
RARE_SHARE = 0.02
"""A key that more of the headlines have tells little of a pair."""
PAIRS_A_STORY, PAIRS_APART = 40, 60_000
LOADING = (
    "import time; s = time.process_time(); from chronik.relate.bridge import Bridge; "
    "Bridge().names_in('Paris Meets Moscow', language='en'); taken = time.process_time() - s; "
    "peak = [line for line in open('/proc/self/status') if line.startswith('VmHWM')][0]; "
    "print(taken, int(peak.split()[1]) / 1024)"
)


def measure():
    """Rows of all tables."""
    yield from spellings_rows()
    yield from cities_rows()
    if GAMES.is_file():
        yield from games_rows()
    yield from speed_rows()
    if (SHARED / "places").is_dir():
        yield from places_rows()


def groups(*, looked_at):
    """Names of the list, each a list of its spellings: those looked at, or those only measured."""
    lines = [line for line in SPELLINGS.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
    return [line.split("|") for line in lines[0 if looked_at else 1 :: 2]]


def spellings_figures(*, looked_at):
    """Shares of pairs of spellings known as one, with the lists and by sound alone, and wrong ones among all others."""
    bridge, some = Bridge(), groups(looked_at=looked_at)
    pairs = [pair for group in some for pair in combinations(dict.fromkeys(group), 2)]
    random.seed(1)
    apart = [(random.choice(one), random.choice(other)) for one, other in combinations(some, 2)]
    return {
        "pairs": len(pairs),
        "same": mean(bridge.same(*pair) for pair in pairs),
        "heard": mean(heard_as_one(*pair) for pair in pairs),
        "apart": len(apart),
        "wrong": sum(bridge.same(*pair) for pair in apart),
        "scripts": by_scripts(bridge, pairs),
    }


def listed(name):
    """Names of another list, each a list of its spellings."""
    lines = (QUALITY / f"{name}.txt").read_text(encoding="utf-8").splitlines()
    return [list(dict.fromkeys(line.split("|"))) for line in lines if not line.startswith("#")]


def news_figures():
    """Names of the news in the cases of their grammar, and names that look alike and are two."""
    bridge = Bridge()
    pairs = [pair for group in listed("news_names") for pair in combinations(group, 2)]
    two = listed("look_alikes")
    return {
        "pairs": len(pairs),
        "same": mean(bridge.same(*pair) for pair in pairs),
        "look_alikes": len(two),
        "wrong": sum(bridge.same(*pair) for pair in two),
        "one_way_only": sum(bridge.same(*pair) != bridge.same(*pair[::-1]) for pair in pairs + two),
    }


def by_scripts(bridge, pairs):
    """For each two scripts, how many pairs there are and the share known as one."""
    found = defaultdict(list)
    for first, second in pairs:
        found[" ".join(sorted((code(first), code(second))))].append(bridge.same(first, second))
    return {codes: (len(known), mean(known)) for codes, known in found.items()}


def code(name):
    """Script of a name's first letter."""
    return next(script(letter) for letter in name if letter.isalpha())


def spellings_rows():
    """The list of spellings, in two halves."""
    yield "| spellings of 362 names | pairs | known as one | by sound alone | wrong among others |"
    yield "|---|---|---|---|---|"
    for looked_at, name in ((True, "lines looked at"), (False, "lines only measured")):
        figures = spellings_figures(looked_at=looked_at)
        wrong = f"{figures['wrong']} of {figures['apart']}"
        yield f"| {name} | {figures['pairs']} | {figures['same']:.3f} | {figures['heard']:.3f} | {wrong} |"
    most = sorted(figures["scripts"].items(), key=lambda item: -item[1][0])[:12]
    yield ""
    news = news_figures()
    names = len(listed("news_names"))
    yield f"{names} names of the news in their cases: {news['same']:.3f} of {news['pairs']} pairs known as one"
    yield f"{news['look_alikes']} pairs that look alike and are two: {news['wrong']} taken for one"
    yield ""
    yield "Only measured, by scripts: " + ", ".join(f"{codes} {share:.2f} ({count})" for codes, (count, share) in most)


def cities():
    """Pairs of the Latin name of a large city and another script's, and as many times more of different cities."""
    own = {}
    for key, rank, names in (line.split("\t") for line in places_text("Latn").splitlines()):
        if key.startswith("city:") and int(rank) >= LARGE_CITY_RANK:
            own[key] = names.split("|")[0].lstrip("?~")
    pairs = []
    for other in SCRIPTS:
        for key, _, names in (line.split("\t") for line in places_text(other).splitlines()):
            if key in own:
                pairs.append((key, own[key], names.split("|")[0].lstrip("?~")))
    random.seed(2)
    pairs = random.sample([pair for pair in pairs if " " not in pair[1] + pair[2]], CITIES)
    apart = [(first, random.choice(pairs)[2]) for _, first, _ in pairs for _ in range(LOOK_ALIKES_EACH)]
    return [pair[1:] for pair in pairs], apart


def cities_figures():
    """Share of other names known by sound at the asked precision, twenty look-alikes standing beside each."""
    pairs, apart = cities()
    right, wrong = (
        sorted(
            (alike(*pair) for pair in some if not set(skeletons(pair[0])).isdisjoint(skeletons(pair[1]))), reverse=True
        )
        for some in (pairs, apart)
    )
    best = 0
    for found, score in enumerate(right, 1):
        false = sum(1 for other in wrong if other >= score)
        if found / (found + false) >= PRECISION:
            best = found
    return {"candidates": len(right) / len(pairs), "recall": best / len(pairs)}


def cities_rows():
    """Names of cities, by sound alone."""
    figures = cities_figures()
    yield ""
    yield (
        f"{CITIES} names of large cities in {len(SCRIPTS)} scripts beside the Latin one, by sound alone: "
        f"{figures['candidates']:.3f} share a skeleton; recall {figures['recall']:.3f} at precision {PRECISION} "
        f"among {LOOK_ALIKES_EACH} others each"
    )


def games():
    """Headlines with language, moment, story, and the names in each."""
    bridge = Bridge()
    rows = [json.loads(line) for line in GAMES.read_text(encoding="utf-8").splitlines()]
    for row in rows:
        row["language"] = GAMES_LANGUAGES[row["language"]]
        row["moment"] = datetime.fromisoformat(row["published"])
        row["names"] = bridge.names_in(row["title"], language=row["language"])
    counts = Counter(key for row in rows for key in {key for named in row["names"] for key in named.keys})
    rare = {key for key, count in counts.items() if count <= RARE_SHARE * len(rows)}
    return bridge, rows, rare


def pairs_of_games(rows):
    """Pairs across languages within three days: of one story, no story weighing more than another, and of two."""
    random.seed(3)
    stories = defaultdict(list)
    for row in rows:
        stories[row["story"]].append(row)
    one = []
    for members in stories.values():
        near = [pair for pair in combinations(members[:200], 2) if across(*pair)]
        one += random.sample(near, min(PAIRS_A_STORY, len(near)))
    two = []
    while len(two) < PAIRS_APART:
        first, second = random.sample(rows, 2)
        if first["story"] != second["story"] and across(first, second):
            two.append((first, second))
    return one, two


def across(first, second):
    """Whether two headlines are of two languages and near in time."""
    return first["language"] != second["language"] and abs(first["moment"] - second["moment"]) <= NEAR


def shared(bridge, rare, pair):
    """How sure the surest rare name in common is."""
    first, second = pair
    return max(
        (
            bridge.alike(one, other) * min(one.weight, other.weight)
            for one in first["names"]
            for other in second["names"]
            if not rare.isdisjoint(set(one.keys) & set(other.keys))
        ),
        default=0.0,
    )


def games_figures(least=0.25):
    """Share of pairs of one story, and of two stories, that have a rare name in common; by pair of languages too."""
    bridge, rows, rare = games()
    found = []
    for pairs in pairs_of_games(rows):
        by_languages = defaultdict(list)
        for pair in pairs:
            codes = " ".join(sorted((pair[0]["language"], pair[1]["language"])))
            by_languages[codes].append(shared(bridge, rare, pair) >= least)
        found.append(by_languages)
    one, two = found
    whole = [mean(flag for flags in some.values() for flag in flags) for some in found]
    each = {codes: (len(one[codes]), mean(one[codes]), mean(two[codes])) for codes in one if two.get(codes)}
    return {"same": whole[0], "different": whole[1], "languages": each}


def games_rows():
    """Rare names in common."""
    figures = games_figures()
    yield ""
    yield "| headlines of two languages, three days | pairs of one story | share a rare name | of two stories | ratio |"
    yield "|---|---|---|---|---|"
    yield games_row("all", 0, figures["same"], figures["different"])
    for codes, (count, same, different) in sorted(figures["languages"].items(), key=lambda item: -item[1][0])[:20]:
        yield games_row(codes, count, same, different)


def games_row(name, count, same, different):
    """One pair of languages."""
    ratio = f"{same / different:.0f}" if different else "–"
    return f"| {name} | {count or ''} | {same:.3f} | {different:.4f} | {ratio} |"


def speed_rows():
    """CPU seconds of one process."""
    bridge = Bridge()
    lines = SPELLINGS.read_text(encoding="utf-8").splitlines()[2:]
    texts = [line.replace("|", " meets ") for line in lines]
    if GAMES.is_file():
        texts = [json.loads(line)["title"] for line in GAMES.read_text(encoding="utf-8").splitlines()]
    bridge.names_in("Paris Москва طوكيو 东京", language="en")
    start = time.process_time()
    for text in texts:
        bridge.names_in(text, language="en")
    rate = len(texts) / (time.process_time() - start)
    long = " ".join(texts)[:200_000]
    start = time.process_time()
    parts = [bridge.names_in(long[place : place + 2_000], language="en") for place in range(0, len(long), 2_000)]
    cost_ms = (time.process_time() - start) / len(parts) * 1_000
    loaded = subprocess.run([sys.executable, "-c", LOADING], capture_output=True, text=True, check=True).stdout.split()
    yield ""
    yield (
        f"{rate:,.0f} headlines a CPU second; {cost_ms:.1f} ms a text of 2,000 characters; "
        f"ready after {float(loaded[0]):.2f} s of CPU; {float(loaded[1]):.0f} MB with the lists in Latin letters"
    )


def places_rows():
    """Places in English news: what is named in an article, each name once."""
    from bench.names import articles

    bridge = Bridge()
    yield ""
    yield "| places, English | P | R | F1 | named |"
    yield "|---|---|---|---|---|"
    for name in ("lgl", "TR-News", "GeoVirus"):
        right = told = there = 0
        for text, marked in articles(name):
            named = {text[start:end] for start, end in marked if end <= CHARACTERS_MAX}
            found = {one.surface for one in bridge.names_in(text, language="en") if one.kind is Kind.PLACE}
            right, told, there = right + len(found & named), told + len(found), there + len(named)
        precision, recall = right / told, right / there
        yield f"| {name} | {precision:.3f} | {recall:.3f} | {harmonic_mean([precision, recall]):.3f} | {there} |"
