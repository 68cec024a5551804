"""The open sets of reports whose stories people have said, as relating sees them."""

from __future__ import annotations

import gzip
import json
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path

import numpy as np

from bench.material import GAMES_LANGUAGES, SHARED
from chronik.extract.language import language
from chronik.extract.mentioned_dates import dates
from chronik.model import Report
from chronik.relate.bridge import Bridge
from chronik.relate.encode import E5Encode
from chronik.relate.report_vectors import report_vectors
from chronik.relate.traits import Traits, traits_of
from chronik.takein import press_page

HERE = Path(__file__).resolve().parent
CACHE = HERE / "out" / "relate"
NEUTRAL = HERE / "neutral_news.txt"
NTREX_LANGUAGES = {
    "eng": "en", "deu": "de", "fra": "fr", "spa": "es", "rus": "ru", "ukr": "uk", "tur": "tr", "pol": "pl",
    "arb": "ar", "fas": "fa", "zho-CN": "zh", "hye": "hy", "aze-Latn": "az", "ita": "it", "kat": "ka",
}  # fmt: skip
NTREX_LEARNED = 62
"""Documents, of 123."""
START = datetime(2021, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """A report whose story people have said."""

    traits: Traits
    story: str


def games(limit: int | None = None) -> list[Known]:
    """5,810 headlines of July 2021 in nine languages, in time order, or the first of them."""
    rows = _rows("games-2021")[:limit]
    reports = [
        Report(
            id=str(row["id"]),
            title=row["title"],
            language=GAMES_LANGUAGES[row["language"]],
            published=datetime.fromisoformat(row["published"]).replace(tzinfo=UTC),
        )
        for row in rows
    ]
    return known(reports, [row["story"] for row in rows], name="games-2021")


def ecb(limit: int | None = None) -> list[Known]:
    """982 English reports without time, mixed by the digest of their ids, or the first of them."""
    rows = sorted(_rows("ecb-plus"), key=lambda row: sha256(row["id"].encode()).hexdigest())[:limit]
    reports = [
        Report(id=row["id"], title="", text=row["text"], language="en", dates=dates_in(row["text"], "en"))
        for row in rows
    ]
    return known(reports, [row["story"] for row in rows], name="ecb-plus")


def ntrex(*, learned: bool, whole: bool) -> list[Known]:
    """News documents with their translations, mixed, some minutes apart; one half or the other.

    Their first sentences, or, where `whole` is asked, the first with the text after it.
    """
    reports, stories = [], []
    for code, spoken in NTREX_LANGUAGES.items():
        for number, (document, texts) in enumerate(documents(code).items()):
            if (number < NTREX_LEARNED) is learned:
                text = " ".join(texts[1:]) if whole else ""
                reports.append(Report(id=f"{code}/{document}", title=texts[0], text=text, language=spoken))
                stories.append(document)
    order = list(range(len(reports)))
    np.random.default_rng(7).shuffle(order)
    timed = [replace(reports[at], published=START + timedelta(minutes=6 * place)) for place, at in enumerate(order)]
    return known(timed, [stories[at] for at in order], name="ntrex")


def documents(code: str) -> dict[str, list[str]]:
    """The sentences of each news document in one language."""
    sentences: dict[str, list[str]] = {}
    with gzip.open(SHARED / "language" / "ntrex" / f"{code}.jsonl.gz", "rt", encoding="utf-8") as lines:
        for row in map(json.loads, lines):
            sentences.setdefault(str(row["document"]), []).append(row["text"])
    return sentences


def judged_pairs() -> list[tuple[Known, Known, bool]]:
    """Russian and English texts in pairs, and whether people held them for one event; without time."""
    rows = _rows("pairs-ru-en")
    reports = [
        Report(id=f"{number}/{side}", title=row[f"{side}_title"], text=row[f"{side}_text"], language=spoken,
               dates=dates_in(row[f"{side}_text"], spoken))
        for number, row in enumerate(rows)
        for side in ("first", "second")
        for spoken in [language(f"{row[f'{side}_title']} {row[f'{side}_text'][:500]}")]
    ]  # fmt: skip
    both = known(reports, [""] * len(reports), name="pairs")
    return [
        (first, second, row["quality"] == "OK") for first, second, row in zip(both[::2], both[1::2], rows, strict=True)
    ]


def press_archive() -> list[Known]:
    """The entries of the press archive page, oldest first; nobody has said their stories."""
    data = (SHARED / "press-archive" / "2020-nagorno-karabakh.txt").read_bytes()
    entries = [
        entry for entry in press_page.parsed(data, name="press archive").entries if isinstance(entry, press_page.Entry)
    ]
    reports = []
    for entry in reversed(entries):
        spoken = language(f"{entry.title} {entry.excerpt}")
        reports.append(
            Report(
                id=f"{entry.line}",
                title=entry.title,
                text=entry.excerpt,
                language=spoken,
                published=entry.clipped.replace(tzinfo=UTC),
                source=entry.credit,
                dates=dates_in(entry.excerpt, spoken),
            )
        )
    return known(reports, [""] * len(reports), name="press-archive")


def dates_in(text: str, spoken: str) -> tuple[str, ...]:
    """Days and years that a text names."""
    return tuple(mention.date for mention in dates(text, language=spoken, published=""))


def mean() -> tuple[np.ndarray, str]:
    """Mean vector of short news texts of our own writing, and whose vectors they are."""
    lines = NEUTRAL.read_text(encoding="utf-8").splitlines()
    return vectors_of(lines, name="neutral").mean(axis=0).astype("<f2"), E5Encode().made_by


def digest() -> str:
    """SHA-256 of the files of stories learned from."""
    content = b"".join((SHARED / "stories" / f"{name}.jsonl").read_bytes() for name in ("games-2021", "ecb-plus"))
    return sha256(content).hexdigest()


def known(reports: list[Report], stories: list[str], *, name: str) -> list[Known]:
    """Reports with what relating reads in them."""
    bridge = Bridge()
    vectors = report_vectors(reports, encode=KeptEncode(name))
    return [
        Known(traits=traits_of(report, bridge=bridge, vector=vector), story=story)
        for report, story, vector in zip(reports, stories, vectors, strict=True)
    ]


@dataclass(frozen=True, slots=True)
class KeptEncode:
    """A `ports.Encode` that keeps what it computed for a set of this name."""

    name: str

    @property
    def made_by(self) -> str:
        """Name and version of the model."""
        return E5Encode().made_by

    @property
    def dimensions(self) -> int:
        """Length of each vector."""
        return E5Encode().dimensions

    def vectors(self, texts: list[str]) -> np.ndarray:
        """One row a text."""
        return vectors_of(texts, name=self.name)


def vectors_of(texts: list[str], *, name: str) -> np.ndarray:
    """Vectors of texts, kept in bench/out so that they are computed once."""
    encode = E5Encode()
    key = sha256("\0".join([encode.made_by, *texts]).encode("utf-8", "replace")).hexdigest()[:16]
    path = CACHE / f"{name}-{key}.npy"
    if not path.exists():
        CACHE.mkdir(parents=True, exist_ok=True)
        np.save(path, encode.vectors(texts))
    return np.load(path)


def _rows(name: str) -> list[dict]:
    lines = (SHARED / "stories" / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines if line.strip()]
