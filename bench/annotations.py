"""How well statements and dates are found in texts: precision and recall for each language, on sentences of our own.

The sentences stand in tests/extract/…; what is marked in them is said at their head. Where the shared data stand beside
the checkout, the days of human timelines are looked for in the articles that the timelines were made from.
"""

import re
import time
from dataclasses import dataclass
from pathlib import Path

from chronik.extract.mentioned_dates import dates
from chronik.extract.quotes import statements

SENTENCES = Path(__file__).resolve().parents[1] / "tests" / "extract"
TIMELINES = Path(__file__).resolve().parents[2] / "shared" / "data" / "timelines"
SPEED_ROUNDS = 3
WORDS_OF_AN_ARTICLE = 600
DATES = SENTENCES / "dates_in_text" / "held_out.txt"
STATEMENTS = SENTENCES / "statements_in_text" / "held_out.txt"
OVERLAP_MIN = 0.8
"""Words said count as found where this share of theirs and ours together is common to both; a speaker half of it."""
_SAID_MARK = re.compile(r"\[([QRSC])(\d?):([^\]]*)\]")
_DATE_MARK = re.compile(r"\[(~?)([\d/-]+):([^\]]*)\]")


def measure():
    """Lines of the tables."""
    said, spoken = statement_counts()
    dated = date_counts()
    yield "| language | statements P | R | with the right speaker P | R | dates P | R |"
    yield "|---|---|---|---|---|---|---|"
    for language in [*said, "all"]:
        cells = [_count(counts, language) for counts in (said, spoken, dated)]
        figures = [f"{figure:.3f}" for count in cells for figure in (count.precision(), count.recall())]
        yield f"| {language} | " + " | ".join(figures) + " |"
    yield ""
    yield from _speed()
    yield ""
    if not TIMELINES.is_dir():
        yield f"The timelines are not beside this checkout ({TIMELINES})."
        return
    yield "| timeline | articles | days of the timeline | a day of publication | named by an article | either |"
    yield "|---|---|---|---|---|---|"
    for language in ("es", "fr"):
        for reference in sorted((TIMELINES / language / "reference").glob("*.txt")):
            yield _timeline(language, reference)


def _count(counts, language):
    if language != "all":
        return counts[language]
    parts = counts.values()
    return Count(
        wanted=sum(one.wanted for one in parts),
        found=sum(one.found for one in parts),
        right=sum(o.right for o in parts),
    )


def _speed():
    """CPU time for an article of 600 words, made of the sentences of one language."""
    yield "| language | statements, ms of 600 words | dates, ms |"
    yield "|---|---|---|"
    for wanted in ("de", "en", "ru", "ar"):
        text = "\n\n".join(one.text for one in statement_texts() if one.language == wanted)
        text = "\n\n".join([text] * (WORDS_OF_AN_ARTICLE // len(text.split()) + 1))
        scale = 1000 * WORDS_OF_AN_ARTICLE / len(text.split()) / SPEED_ROUNDS
        started = time.process_time()
        for _ in range(SPEED_ROUNDS):
            statements(text, language=wanted, mentions=())
        between = time.process_time()
        for _ in range(SPEED_ROUNDS):
            dates(text, language=wanted, published="2020-09-30")
        ended = time.process_time()
        yield f"| {wanted} | {(between - started) * scale:.1f} | {(ended - between) * scale:.1f} |"


def _timeline(language, reference):
    """How many days of one human timeline its articles name, or were published on."""
    lines = reference.read_text(encoding="utf-8").splitlines()
    days = {line.strip() for line in lines if re.fullmatch(r"\d{4}-\d{2}-\d{2}", line.strip())}
    articles = sorted((TIMELINES / language / reference.stem).glob("*/*.txt"))
    published = {path.parent.name for path in articles}
    named = set()
    for path in articles:
        text = path.read_text(encoding="utf-8", errors="replace")
        named.update(one.date for one in dates(text, language=language, published=path.parent.name))
    shares = (len(days & found) / len(days) for found in (published, named, published | named))
    cells = " | ".join(f"{share:.3f}" for share in shares)
    return f"| {language} {reference.stem} | {len(articles)} | {len(days)} | {cells} |"


@dataclass(frozen=True, slots=True, kw_only=True)
class DateSentence:
    """A sentence with the dates that people find in it."""

    language: str
    published: str
    text: str
    dates: tuple
    """Start, end, date and whether it is relative."""


@dataclass(slots=True)
class Count:
    """What was wanted, found and right."""

    wanted: int = 0
    found: int = 0
    right: int = 0

    def precision(self):
        """Share of what was found that is right."""
        return self.right / self.found if self.found else 1.0

    def recall(self):
        """Share of what was wanted that was found."""
        return self.right / self.wanted if self.wanted else 1.0


def sections(path):
    """Language and line of each sentence of a file."""
    language = ""
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.startswith("## "):
            language = line[3:].strip()
        elif line and language:
            yield language, line


def date_sentences(path=DATES):
    """The sentences of a file, their marks taken off."""
    for language, line in sections(path):
        published, _, marked = line.partition("|")
        text, wanted, last = "", [], 0
        for mark in _DATE_MARK.finditer(marked):
            text += marked[last : mark.start()]
            wanted.append((len(text), len(text) + len(mark[3]), mark[2], bool(mark[1])))
            text += mark[3]
            last = mark.end()
        yield DateSentence(language=language, published=published, text=text + marked[last:], dates=tuple(wanted))


def date_counts(path=DATES, *, wrong=None):
    """What was found of the dates, by language; `wrong` collects the sentences with a difference."""
    counts = {}
    for sentence in date_sentences(path):
        count = counts.setdefault(sentence.language, Count())
        found = dates(sentence.text, language=sentence.language, published=sentence.published)
        right = sum(any(_same_date(one, wanted) for one in found) for wanted in sentence.dates)
        count.wanted += len(sentence.dates)
        count.found += len(found)
        count.right += right
        if wrong is not None and (right != len(sentence.dates) or right != len(found)):
            wrong.append((sentence, found))
    return counts


def _same_date(found, wanted):
    start, end, date, relative = wanted
    return (found.date, found.relative) == (date, relative) and found.start < end and start < found.end


@dataclass(frozen=True, slots=True, kw_only=True)
class StatementText:
    """A text with the statements that people find in it."""

    language: str
    text: str
    statements: tuple
    """Start, end, whether quoted, and the speaker's start and end or None."""


def statement_texts(path=STATEMENTS):
    """The texts of a file, their marks taken off."""
    for language, line in sections(path):
        marked = line.replace("¶", "\n\n")
        text, spans, last = "", [], 0
        for mark in _SAID_MARK.finditer(marked):
            text += marked[last : mark.start()]
            spans.append((mark[1], mark[2], len(text), len(text) + len(mark[3])))
            text += mark[3]
            last = mark.end()
        speakers = {group: (start, end) for kind, group, start, end in spans if kind == "S"}
        wanted = tuple(
            (start, end, kind == "Q", speakers.get(group)) for kind, group, start, end in spans if kind in "QR"
        )
        yield StatementText(language=language, text=text + marked[last:], statements=wanted)


def statement_counts(path=STATEMENTS, *, wrong=None):
    """What was found of the statements, by language: words said, and words said with the right speaker."""
    counts, spoken = {}, {}
    for one in statement_texts(path):
        count, speaker = counts.setdefault(one.language, Count()), spoken.setdefault(one.language, Count())
        found = statements(one.text, language=one.language, mentions=())
        pairs = [(ours, theirs) for theirs in one.statements for ours in found if _same_words(ours, theirs)]
        right = sum(_same_speaker(ours, theirs) for ours, theirs in pairs)
        for counted, good in ((count, len(pairs)), (speaker, right)):
            counted.wanted += len(one.statements)
            counted.found += len(found)
            counted.right += good
        if wrong is not None and (right != len(one.statements) or right != len(found)):
            wrong.append((one, found))
    return counts, spoken


def _same_words(ours, theirs):
    return ours.quoted == theirs[2] and _common((ours.start, ours.end), theirs[:2]) >= OVERLAP_MIN


def _same_speaker(ours, theirs):
    if ours.speaker is None or theirs[3] is None:
        return ours.speaker is None and theirs[3] is None
    return _common((ours.speaker.start, ours.speaker.end), theirs[3]) >= OVERLAP_MIN


def _common(one, other):
    """Characters in both, as a share of those in either."""
    both = min(one[1], other[1]) - max(one[0], other[0])
    return max(0, both) / (max(one[1], other[1]) - min(one[0], other[0]))
