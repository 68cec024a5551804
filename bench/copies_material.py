"""Makes copies of real texts, six kinds of edit, and look-alikes that are no copies; the same ones on every run.

The texts: bodies of articles (extraction), reports in English (ECB+) and Russian or English (pairs), and
documents of news in 128 languages (NTREX), each document in a few languages only.
"""

import gzip
import json
import random
import re
import unicodedata
from dataclasses import dataclass, field, replace
from itertools import accumulate

from bench.material import SHARED

WORDS_MIN = 60
NTREX_DOCUMENTS, NTREX_SPARE = 6, 12
"""Documents a language, other ones in the next language."""
NTREX_APART = 60
SPARE_EACH = 5
"""One text in so many lends sentences to others and has no copies itself."""
CUT, EDITED = 0.6, 0.05
PARTS = 2
TUNING, MEASURING = range(PARTS)
"""Thresholds were looked at with the one half of the texts; figures are of the other."""
SENTENCE_END = re.compile(r"(?<=[.!?…。！？।։۔])\s+|(?<=[。！？])|\n+")
UNSPACED = re.compile(r"[\u0e00-\u0fff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff]")
CREDITS = ("dpa", "AFP", "Reuters", "AP", "ТАСС", "EFE", "新华社", "ANSA")


@dataclass(frozen=True, kw_only=True)
class Text:
    """A real text; `topic` says with which others it has its source or matter in common."""

    id: str
    topic: str
    group: str
    """Texts of one group are in one language, as near as the data set says."""
    text: str
    parts: tuple[str, ...] = field(repr=False)
    """Its sentences or paragraphs."""


@dataclass(frozen=True, kw_only=True)
class Made:
    """A text made from a real one."""

    kind: str
    of: str
    text: str


def texts(part=MEASURING):
    """Real texts, no two of them the same, and the spare ones of each group, which lend sentences to others."""
    seen, kept, spare = set(), [], {}
    for number, text in enumerate([*_extraction(), *_ecb(), *_pairs()][part::PARTS]):
        lends = number % SPARE_EACH == 0
        if text.text not in seen and _length(text.text) >= WORDS_MIN and len(text.parts) >= 3:
            (spare.setdefault(text.group, []) if lends else kept).append(text)
        seen.add(text.text)
    for text, lends in _ntrex(part * NTREX_APART):
        (spare.setdefault(text.group, []) if lends else kept).append(text)
    return kept, spare


def copies(text, others):
    """One copy of the text for each kind of edit; `others` are texts of its group to take foreign sentences from."""
    for kind, edit in EDITS.items():
        chance = random.Random(f"{kind} {text.id}")
        yield Made(kind=kind, of=text.id, text=edit(text, others, chance))


def look_alikes(text, others):
    """Texts that have something in common with this one and are no copies of it."""
    chance = random.Random(f"look-alike {text.id}")
    if len(set(re.findall(r"\d{2,}", text.text))) >= 4:
        yield Made(kind="form with other numbers", of=text.id, text=_other_numbers(text.text, chance))
    for kind, kept in (
        ("update, two fifths kept", _ending(text, 0.4)),
        ("next part of a ticker", [*_beginning(text, 0.15), *_ending(text, 0.15)]),
    ):
        if kept:
            yield Made(kind=kind, of=text.id, text=_continued(text, kept, others, chance))


def _framed(text, others, chance):
    """Another beginning and end: dateline, one sentence before, two after, the first sentence rewritten."""
    foreign = _foreign(others, chance, 3)
    return (
        f"{_stamp(chance)}\n\nCITY, 3 March ({chance.choice(CREDITS)}) - {foreign[0]}\n\n"
        + "\n\n".join(text.parts[1 if len(text.parts) > 5 else 0 :])
        + f"\n\n{foreign[1]} {foreign[2]}\n© {chance.choice(CREDITS)} {_stamp(chance)}"
    )


def _stamp(chance):
    return f"{chance.randrange(1, 29)}.{chance.randrange(1, 13)}.2023 {chance.randrange(24)}:{chance.randrange(10, 60)}"


def _cut(text, _, chance):
    """Six tenths of it: the beginning, mostly, or a piece from within."""
    units = _units(text.text)
    keep = round(len(units) * CUT)
    begin = chance.choice((0, 0, chance.randrange(len(units) - keep + 1)))
    return _joined(units[begin : begin + keep], text.text)


def _moved(text, _, chance):
    """Its paragraphs in another order."""
    parts = list(text.parts)
    size = max(1, len(parts) // 6)
    blocks = [parts[at : at + size] for at in range(0, len(parts), size)]
    chance.shuffle(blocks)
    return "\n\n".join(" ".join(block) for block in blocks)


def _edited(text, others, chance):
    """One word in twenty replaced, left out, doubled by another or swapped with the next."""
    units = _units(text.text)
    foreign = _units(" ".join(_foreign(others, chance, 4)))
    for at in chance.sample(range(len(units)), round(len(units) * EDITED)):
        word = chance.choice(foreign)
        units[at] = chance.choice((word, word, "", f"{units[at]} {word}"))
    return _joined([unit for unit in units if unit], text.text)


def _embedded(text, others, chance):
    """Whole within a text of about three times its length."""
    length, before, after = len(text.text), [], []
    while sum(map(len, before + after)) < 2 * length:
        chance.choice((before, after)).append(chance.choice(chance.choice(others).parts))
    return "\n\n".join([*before, text.text, *after])


def _typeset(text, _, chance):
    """Other quotation marks, dashes, case, accents and blanks, and an agency's line."""
    plain = re.sub(r"[\"“”„«»‘’']", chance.choice("\"'»“"), text.text)
    plain = re.sub(r"\s[-–—]\s", chance.choice((" – ", " -- ", "—")), plain)
    plain = chance.choice((str.upper, str.lower, str.swapcase))(plain)
    if chance.random() < 0.5:
        apart = unicodedata.normalize("NFD", plain)
        plain = "".join(each for each in apart if unicodedata.category(each) != "Mn")
    return f"({chance.choice(CREDITS)})\u00a0– {plain.replace('. ', '.  ')}"


def _all_at_once(text, others, chance):
    """Cut, then edited, then framed: more than what was asked for."""
    cut = _cut(text, (), chance)
    edited = _edited(_text(text, cut), others, chance)
    return _framed(_text(text, edited), others, chance)


EDITS = {
    "header and footer changed": _framed,
    "cut to 60 %": _cut,
    "paragraphs moved": _moved,
    "5 % of words edited": _edited,
    "set in a longer text": _embedded,
    "typography, case, accents": _typeset,
    "cut, edited and framed": _all_at_once,
}


def _other_numbers(text, chance):
    return re.sub(r"\d+", lambda found: "".join(chance.choice("123456789") for _ in found.group()), text)


def _beginning(text, share):
    """The first sentences, up to this share of the text."""
    lengths = accumulate(map(len, text.parts))
    return [part for part, end in zip(text.parts, lengths, strict=True) if end <= share * len(text.text)]


def _ending(text, share):
    reverse = replace(text, parts=text.parts[::-1])
    return _beginning(reverse, share)[::-1]


def _continued(text, kept, others, chance):
    """New sentences up to the text's length, before what is kept."""
    new, length = [], len(text.text) - sum(map(len, kept))
    while sum(map(len, new)) < length:
        new += _foreign(others, chance, 1)
    return "\n\n".join([*new, *kept])


def _foreign(others, chance, count):
    return [chance.choice(chance.choice(others).parts) for _ in range(count)]


def _text(text, words):
    return Text(id=text.id, topic=text.topic, group=text.group, text=words, parts=tuple(_parts(words)))


def _units(text):
    """Words, or pairs of signs where a script writes words together."""
    if len(UNSPACED.findall(text)) > len(text) / 3:
        return [text[at : at + 2] for at in range(0, len(text), 2)]
    return text.split(" ")


def _joined(units, like):
    return ("" if len(UNSPACED.findall(like)) > len(like) / 3 else " ").join(units)


def _length(text):
    return len(text.split()) + len(UNSPACED.findall(text)) // 2


def _parts(text):
    return [part.strip() for part in SENTENCE_END.split(text) if part and part.strip()]


def _rows(name):
    with (SHARED / name).open(encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def _made(name, text, *, topic, group):
    return Text(id=name, topic=topic, group=group, text=text, parts=tuple(_parts(text)))


def _extraction():
    for row in sorted(_rows("extraction/gold.jsonl"), key=lambda row: row["url"]):
        yield _made(row["page"], row["text"], topic=row["url"].split("/")[2], group=_language(row))


def _language(row):
    return "de" if row.get("country") in {"de", "at", "ch"} else "en"


def _ecb():
    for row in _rows("stories/ecb-plus.jsonl"):
        yield _made(row["id"], row["text"], topic=row["story"], group="en")


def _pairs():
    for row in _rows("stories/pairs-ru-en.jsonl"):
        for side in ("first", "second"):
            text = row[f"{side}_text"]
            yield _made(row[f"{side}_url"], text, topic=row["first_url"], group=_letters(text))


def _letters(text):
    return "ru" if re.search(r"[а-я]{3}", text) else "en"


def _ntrex(begin):
    files = sorted((SHARED / "language" / "ntrex").glob("*.jsonl.gz"))
    for number, path in enumerate(files):
        documents = {}
        with gzip.open(path, "rt", encoding="utf-8") as lines:
            for row in map(json.loads, lines):
                documents.setdefault(row["document"], []).append(row["text"])
        names = sorted(documents)
        language = path.name.split(".")[0]
        for place in range(NTREX_DOCUMENTS + NTREX_SPARE):
            name = names[(begin + number * NTREX_DOCUMENTS + place) % len(names)]
            parts = tuple(documents[name])
            text = Text(id=f"{language}/{name}", topic=name, group=language, text="\n".join(parts), parts=parts)
            yield text, place >= NTREX_DOCUMENTS
