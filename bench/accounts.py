"""How well statements find their speakers and sides, and translations one another.

The sides of the statements in the press archive's page were told by hand, from the whole clip: `SIDES_BY_HAND` names
the line of each clip and the sides of its statements in order, `-` where no side speaks.
"""

import time
from collections import Counter
from datetime import UTC

import numpy as np

from bench import suggesting_sets as sets
from bench.material import SHARED
from bench.suggesting_vectors import vectors
from chronik.extract.language import language
from chronik.extract.names import names
from chronik.extract.quotes import statements
from chronik.relate.accounts import Side, Told, accounts
from chronik.relate.bridge import Bridge
from chronik.relate.speaking.folding import TRANSLATION_COSINE
from chronik.relate.speaking.speakers import Speakers
from chronik.takein.press_page import parsed

SIDES = (
    Side(name="Armenia", words=("Armenia", "Artsakh", "Nagorno-Karabakh", "Yerevan"), speakers=("Nikol Pashinyan",)),
    Side(name="Azerbaijan", words=("Azerbaijan", "Azeri", "Baku"), speakers=("Ilham Aliyev", "Hikmet Hajiyev")),
    Side(name="Russia", words=("Russia",), sources=frozenset({"TASS", "Kreml"}), speakers=("Putin", "Sergey Lavrov")),
    Side(name="Turkey", words=("Turkey", "Ankara"), speakers=("Erdogan",)),
    Side(name="USA", words=("USA",), speakers=("Mike Pompeo",)),
    Side(name="France", words=("France",), sources=frozenset({"Elysee Palast"}), speakers=("Macron",)),
    Side(
        name="Germany",
        words=("Germany",),
        sources=frozenset({"Auswärtiges Amt", "Auswärtiges Amt / German Foreign Office"}),
        speakers=("Heiko Maas",),
    ),
)
SIDES_BY_HAND = {
    47: "Armenia",
    53: "Armenia",
    65: "Turkey",
    95: "- -",
    101: "Armenia",
    107: "-",
    125: "Azerbaijan",
    131: "-",
    137: "Azerbaijan Azerbaijan Azerbaijan -",
    153: "Armenia",
    159: "Armenia Armenia",
    165: "Russia",
    177: "Armenia",
    189: "-",
    202: "Armenia",
    208: "-",
    214: "Azerbaijan Azerbaijan",
    234: "France France",
    259: "- USA",
    273: "Russia",
    279: "-",
    293: "-",
    300: "Russia",
    351: "Armenia",
    359: "- -",
    365: "Azerbaijan",
    383: "Germany",
    389: "Germany",
    403: "Armenia",
    417: "Armenia Armenia",
}
TRANSLATED = (
    ("eng", "deu"),
    ("eng", "rus"),
    ("deu", "fra"),
    ("rus", "deu"),
    ("eng", "arb"),
    ("eng", "spa"),
    ("hye", "rus"),
)
EVERY_SENTENCE = 3
SENTENCES_MAX = 220
NOBODY = "-"


def measure():
    """Lines of the tables."""
    if not SHARED.is_dir():
        yield f"The shared data are not beside this checkout ({SHARED})."
        return
    yield "| sides of the press archive's statements | figure |"
    yield "|---|---|"
    for name, figure in sides().items():
        yield f"| {name} | {figure} |"
    yield ""
    yield "| language | statements | speaker named | made out further | left as a pronoun | ms a report |"
    yield "|---|---|---|---|---|---|"
    for tag in ("es", "fr", "ru"):
        yield _speakers(tag)
    yield ""
    precision, recall = translations()
    yield f"Sentences of one document found as translations: precision {precision:.3f}, recall {recall:.3f}."


def told(identity, *, title, text, **more):
    """A report with names and statements read."""
    spoken = language(text)
    mentions = names(text, language=spoken)
    found = statements(text, language=spoken, mentions=mentions)
    return Told(article=identity, title=title, text=text, language=spoken, mentions=mentions, statements=found, **more)


def press_reports():
    """The clips of the press archive's page."""
    page = parsed(sets.PRESS_PAGE.read_bytes(), name=sets.PRESS_PAGE.name)
    return [
        told(
            str(entry.line),
            title=entry.title,
            text=f"{entry.title}\n\n{entry.excerpt}",
            published=entry.clipped.replace(tzinfo=UTC),
            credit=entry.credit.strip(),
        )
        for entry in page.entries
    ]


def sides():
    """How many statements of the press archive stand on the side that they belong to."""
    given = {}
    for account in accounts(press_reports(), sides=SIDES):
        for one in account.utterances:
            given.setdefault(int(one.article), []).append((one.start, account.side or NOBODY))
    counted = Counter()
    for line, wanted in SIDES_BY_HAND.items():
        found = [side for _, side in sorted(given.get(line, ()))]
        for place, side in enumerate(wanted.split()):
            mine = found[place] if place < len(found) else NOBODY
            counted.update({"statements": 1, "with a side": side != NOBODY, "given a side": mine != NOBODY})
            counted["given the right side"] += side == mine != NOBODY
    return dict(counted)


def _speakers(tag):
    """How often speakers are named, and made out further, in articles of one language."""
    load = sets.pairs if tag == "ru" else sets.timelines
    reports = [one.report for one in load() if tag in {"ru", one.report.language}]
    read = [told(one.id, title=one.title, text=f"{one.title}\n\n{one.text}") for one in reports]
    read = [one for one in read if one.language == tag]
    bridge = Bridge()
    started = time.process_time()
    found = [_made_out(report, bridge) for report in read]
    took = 1000 * (time.process_time() - started) / max(1, len(read))
    found = [one for speakers in found for one in speakers]
    named = sum(bool(one.written) for one in found)
    further = sum(bool(one.name) and one.name not in one.written for one in found)
    left = sum(bool(one.written) and not one.name for one in found)
    return f"| {tag} | {len(found)} | {named} | {further} | {left} | {took:.1f} |"


def _made_out(report, bridge):
    speakers = Speakers(report, bridge)
    return [speakers.of(one) for one in report.statements]


def translations():
    """Whether a sentence finds its translation among those of its document, half of which have none."""
    texts = {file: _sentences(file) for pair in TRANSLATED for file in pair}
    rows = {file: vectors([text for _, text in found]) for file, found in texts.items()}
    right = wrong = there = 0
    for first, second in TRANSLATED:
        documents = [document for document, _ in texts[first]]
        for document in dict.fromkeys(documents):
            places = [place for place, other in enumerate(documents) if other == document]
            kept = places[::2]
            cosines = rows[first][places] @ rows[second][kept].T
            there += len(kept)
            for row, place in enumerate(places):
                best = int(cosines[row].argmax())
                if cosines[row, best] >= TRANSLATION_COSINE and int(np.argmax(cosines[:, best])) == row:
                    right += kept[best] == place
                    wrong += kept[best] != place
    return right / max(1, right + wrong), right / there


def _sentences(file):
    read = sets.rows(sets.NTREX / f"{file}.jsonl.gz")
    return [(row["document"], row["text"]) for row in read][::EVERY_SENTENCE][:SENTENCES_MAX]
