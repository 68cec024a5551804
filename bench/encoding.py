"""How well and how fast texts become vectors: the same news document found again in 128 languages (NTREX-128).

Titles are the first sentences of 123 documents. Links are mutual best pairs by margin between every two of thirteen
languages; the least margin was set on thirteen others. Beside the sets as they are, in which each document has its
counterpart, links are counted where a third of each side has none.
"""

import gzip
import json
import random
import time
from collections import Counter
from itertools import combinations
from statistics import harmonic_mean, mean

import numpy as np

from bench.material import SHARED
from chronik.relate.encode import TOKENS_MAX, E5Encode
from chronik.relate.margin import MARGIN_MIN, Counterparts, centred, counterparts

NTREX = SHARED / "language" / "ntrex"
HEADLINES = SHARED / "stories" / "games-2021.jsonl"
TEXTS = SHARED / "stories" / "ecb-plus.jsonl"
ENGLISH = "eng"
ENGLISH_TOO = {"eng-GB", "eng-IN", "eng-US"}
TESTED = ("arb", "aze-Latn", "deu", "fas", "fra", "hye", "ita", "kat", "pol", "rus", "spa", "tur", "ukr")
SET_ON = ("ces", "ell", "fin", "heb", "hin", "hun", "ind", "kor", "nld", "por", "ron", "swe", "vie")
SENTENCES_MAX = 12
"""Of a document: more than the encoder reads."""
DOCUMENTS = 123
ALONE = 41
"""Documents on each side that have no counterpart, in the harder counting."""
SEED = 4
SWEPT = (0.0, 0.02, 0.04, 0.06, 0.08, 0.1, 0.12, 0.14)
COSINES_SWEPT = tuple(0.7 + step / 50 for step in range(13))
TEXTS_TIMED = 300
REQUIRED = 0.95


def measure():
    """Rows of all tables."""
    if not NTREX.is_dir():
        yield "the shared data set is not beside this checkout"
        return
    yield from speed_rows()
    yield ""
    yield from found_rows(E5Encode())
    yield ""
    yield from link_rows(E5Encode())


def languages():
    """All languages of the set."""
    return sorted(path.name.removesuffix(".jsonl.gz") for path in NTREX.glob("*.jsonl.gz"))


def documents(language):
    """Title and further sentences of each document."""
    found = {}
    with gzip.open(NTREX / f"{language}.jsonl.gz", "rt", encoding="utf-8") as lines:
        for row in map(json.loads, lines):
            found.setdefault(row["document"], []).append(row["text"])
    return [(first, " ".join(more[: SENTENCES_MAX - 1])) for first, *more in found.values()]


def titles(encode, language):
    """A vector for each document's title."""
    return encode.vectors([title for title, _ in documents(language)])


def beginnings(encode, language):
    """A vector for each document's title with the beginning of its text."""
    return encode.vectors([f"{title}. {text}" for title, text in documents(language)])


def accuracy(vectors, english):
    """Share of the texts whose nearest English text is their counterpart."""
    return float(np.mean(np.argmax(vectors @ english.T, axis=1) == np.arange(len(vectors))))


def by_margin(first, second, *, margin_min):
    """Mutual best pairs by margin, what each language has in common taken off."""
    return counterparts(centred(first), centred(second), margin_min=margin_min)


def by_cosine(first, second, *, margin_min):
    """Mutual best pairs by plain cosine, which is what margins are compared with."""
    cosines = first @ second.T
    there, back = cosines.argmax(axis=1), cosines.argmax(axis=0)
    pairs = [(row, int(there[row]), float(cosines[row, there[row]])) for row in range(len(first))]
    return [
        Counterparts(first=row, second=column, cosine=cosine, margin=cosine)
        for row, column, cosine in pairs
        if back[column] == row and cosine >= margin_min
    ]


def links(vectors, *, margin_min=MARGIN_MIN, alone=0, find=by_margin):
    """Precision, recall and F1 of the links between every two languages."""
    counts = Counter()
    for number, pair in enumerate(combinations(sorted(vectors), 2)):
        order = random.Random(SEED + number).sample(range(DOCUMENTS), DOCUMENTS)
        sides = sorted(order[: DOCUMENTS - alone]), sorted(order[alone:])
        first, second = (vectors[language][side] for language, side in zip(pair, sides, strict=True))
        found = find(first, second, margin_min=margin_min)
        counts["right"] += sum(sides[0][link.first] == sides[1][link.second] for link in found)
        counts["found"] += len(found)
        counts["there"] += DOCUMENTS - 2 * alone
    precision, recall = counts["right"] / max(counts["found"], 1), counts["right"] / counts["there"]
    return precision, recall, harmonic_mean([precision, recall])


def best_margin(vectors, *, find=by_margin, swept=SWEPT):
    """The least margin with the best F1, where all and where some have counterparts, of those swept."""
    return max(
        swept,
        key=lambda least: mean(links(vectors, margin_min=least, alone=alone, find=find)[2] for alone in (0, ALONE)),
    )


def timed(texts, **settings):
    """Texts a CPU second; the model is loaded before."""
    encode = E5Encode(**settings)
    encode.vectors(texts[:1])
    started = time.process_time()
    encode.vectors(texts)
    return len(texts) / (time.process_time() - started)


def texts_of(path, field):
    """Some texts of a set, evenly taken."""
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    return [row[field] for row in rows[:: max(1, len(rows) // TEXTS_TIMED)]]


def speed_rows():
    """How many texts one core encodes."""
    yield "| encoded on one core | a CPU second |"
    yield "|---|---|"
    started = time.process_time()
    E5Encode().vectors(["ready"])
    ready_s = time.process_time() - started
    yield f"| headlines of games-2021, nine languages | {timed(texts_of(HEADLINES, 'title')):.0f} |"
    for tokens in (TOKENS_MAX // 2, TOKENS_MAX, 256):
        yield f"| beginnings of ecb-plus, {tokens} tokens | {timed(texts_of(TEXTS, 'text'), tokens_max=tokens):.0f} |"
    yield f"| loading the model, seconds | {ready_s:.2f} |"


def found_rows(encode):
    """For each language, how many titles have their English counterpart for nearest."""
    english = titles(encode, ENGLISH)
    others = [language for language in languages() if language != ENGLISH]
    found = {language: titles(encode, language) for language in others}
    plain = {language: accuracy(vectors, english) for language, vectors in found.items()}
    moved = {language: accuracy(centred(vectors), centred(english)) for language, vectors in found.items()}
    yield "| title → its English counterpart among 123 | cosine | means taken off |"
    yield "|---|---|---|"
    foreign = [language for language in others if language not in ENGLISH_TOO]
    for name, chosen in (("the 13 below", TESTED), (f"{len(foreign)} languages", foreign)):
        shares = [f"{mean(kind[one] for one in chosen):.3f}" for kind in (plain, moved)]
        yield f"| mean of {name} | {shares[0]} | {shares[1]} |"
    enough = [sum(kind[one] >= REQUIRED for one in foreign) for kind in (plain, moved)]
    yield f"| languages at {REQUIRED} or above, of {len(foreign)} | {enough[0]} | {enough[1]} |"
    for one in TESTED:
        yield f"| {one} | {plain[one]:.3f} | {moved[one]:.3f} |"
    below = sorted((one for one in others if plain[one] < REQUIRED), key=plain.__getitem__)
    yield ""
    yield f"Below {REQUIRED} by cosine: {', '.join(f'{one} {plain[one]:.2f}' for one in below)}."
    fit = [one for one in foreign if plain[one] >= REQUIRED]
    yield ""
    yield f"At {REQUIRED} or above: {', '.join(f'{one} {plain[one]:.2f}' for one in fit)}."


def link_rows(encode):
    """How well the same document is linked between every two of thirteen languages."""
    yield "| same document, 13 languages, mutual links | P | R | F1 | a third without counterpart: P | R | F1 |"
    yield "|---|---|---|---|---|---|---|"
    for name, vectors_of in (("title", titles), ("title and text", beginnings)):
        tested = {language: vectors_of(encode, language) for language in TESTED}
        others = {language: vectors_of(encode, language) for language in SET_ON}
        least = best_margin(others, find=by_cosine, swept=COSINES_SWEPT)
        yield _link_row(f"{name}, cosine ≥ {least:.2f}", tested, margin_min=least, find=by_cosine)
        yield _link_row(f"{name}, margin ≥ {MARGIN_MIN:.2f}", tested, margin_min=MARGIN_MIN, find=by_margin)
        yield f"| (best margin on the 13 others: {best_margin(others):.2f}) | | | | | | |"


def _link_row(name, vectors, **how):
    figures = [*links(vectors, **how), *links(vectors, alone=ALONE, **how)]
    return f"| {name} | " + " | ".join(f"{figure:.3f}" for figure in figures) + " |"
