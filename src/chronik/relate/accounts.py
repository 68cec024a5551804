"""What the parties say, side by side: verbatim passages with who said them, grouped by side, oldest first (decides).

No word is made here: each passage is a stretch of an article's text, with its place in it. Whom a pronoun or a surname
means is told only where the same text settles it.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from dataclasses import dataclass, field, replace
from itertools import islice
from typing import TYPE_CHECKING

from chronik.relate.bridge import Bridge
from chronik.relate.speaking.asking import Question
from chronik.relate.speaking.folding import Entry, folded, with_translations
from chronik.relate.speaking.parties import Parties
from chronik.relate.speaking.pronouns import FIRST_PERSON
from chronik.relate.speaking.speakers import Speakers
from chronik.relate.speaking.told import Account, Place, Side, Told, Utterance

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    import numpy as np
    from numpy.typing import NDArray

__all__ = ["Account", "Place", "Side", "Told", "Utterance", "Vectors", "accounts"]

REPORTS_MAX = 5_000
STATEMENTS_MAX = 20_000
OWN_PARAGRAPHS_MAX = 40
"""Of what a source says for itself so many paragraphs are taken."""
OWN_CHARACTERS_MIN = 40
_WORD = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Vectors:
    """Sentence vectors of what is compared, as the encoder gives them."""

    statements: Mapping[tuple[str, int], NDArray[np.float32]] = field(default_factory=dict)
    """By article and start of the statement."""
    question: NDArray[np.float32] | None = None


@dataclass(frozen=True, slots=True)
class _Found:
    utterance: Utterance
    introduced: str
    source: frozenset[str]


def accounts(
    reports: Iterable[Told],
    *,
    question: str = "",
    sides: Sequence[Side] = (),
    bridge: Bridge | None = None,
    vectors: Vectors | None = None,
) -> tuple[Account, ...]:
    """The statements in reports that answer a question, or all, grouped by side, oldest first.

    Sides come first, in the order given; then single speakers, those with most to say first; then what no speaker is
    named for, by source. With vectors translations of one statement are shown together, and statements found that share
    no word with the question.
    """
    spelled, known = bridge or Bridge(), vectors or Vectors()
    asked = Question(question, bridge=spelled, vector=known.question)
    parties = Parties(sides, spelled)
    own = frozenset(source for side in sides for source in side.sources)
    found = list(islice(_statements(reports, asked, own=own, vectors=known.statements), STATEMENTS_MAX))
    entries = _with_parties(found, parties)
    return _accounts(with_translations(folded(entries), known.statements), sides)


def _statements(
    reports: Iterable[Told],
    asked: Question,
    *,
    own: frozenset[str],
    vectors: Mapping[tuple[str, int], NDArray[np.float32]],
) -> Iterator[_Found]:
    seen: set[str] = set()
    for told in islice(reports, REPORTS_MAX):
        if told.article in seen:
            continue
        seen.add(told.article)
        source = frozenset({told.source_id, told.credit} - {""})
        said = [*_quoted_and_reported(told, asked.bridge), *(_own_words(told) if source & own else ())]
        for utterance, introduced in said:
            vector = vectors.get((told.article, utterance.start))
            if asked.answers(told, start=utterance.start, end=utterance.end, vector=vector):
                yield _Found(utterance, introduced, source)


def _quoted_and_reported(told: Told, bridge: Bridge) -> Iterator[tuple[Utterance, str]]:
    speakers = Speakers(told, bridge)
    for one in told.statements:
        if 0 <= one.start < one.end <= len(told.text):
            speaker = speakers.of(one)
            cue = told.text[one.cue.start : one.cue.end] if one.cue else ""
            utterance = replace(
                _passage(told, one.start, one.end),
                quoted=one.quoted,
                speaker=speaker.written,
                name=speaker.name,
                cue=cue,
            )
            yield utterance, speaker.introduced


def _passage(told: Told, start: int, end: int) -> Utterance:
    return Utterance(
        article=told.article,
        start=start,
        end=end,
        words=told.text[start:end],
        language=told.language,
        published=told.published,
        credit=told.credit,
    )


def _own_words(told: Told) -> Iterator[tuple[Utterance, str]]:
    """Paragraphs in which a source that is a party speaks in the first person, outside of what it quotes."""
    pronouns = FIRST_PERSON.get(told.language.partition("-")[0].lower(), frozenset())
    paragraphs = re.finditer(r"[^\n](?:[^\n]|\n(?!\n))*", told.text)
    for match in islice(paragraphs, OWN_PARAGRAPHS_MAX):
        inside = any(one.start < match.end() and match.start() < one.end for one in told.statements)
        spoken = pronouns.intersection(word.casefold() for word in _WORD.findall(match[0][:2_000]))
        if spoken and not inside and match.end() - match.start() >= OWN_CHARACTERS_MIN:
            yield replace(_passage(told, match.start(), match.end()), quoted=True, own_words=True), ""


def _with_parties(found: list[_Found], parties: Parties) -> list[Entry]:
    """Each statement with its speaker's group and side; who is introduced once with a country is known by it."""
    groups = parties.grouped(one.utterance.name for one in found)
    introductions: dict[str, Counter[str]] = defaultdict(Counter)
    for one in found:
        speaker = groups.get(one.utterance.name, one.utterance.name)
        if speaker:
            side = parties.side(one.utterance.name, one.introduced, source=one.source)
            introductions[speaker].update([side] if side else [])
    entries = []
    for one in found:
        speaker = groups.get(one.utterance.name, one.utterance.name)
        if speaker:
            side = introductions[speaker].most_common(1)[0][0] if introductions[speaker] else ""
        else:
            side = parties.of_source(one.source)
        entries.append(Entry(one.utterance, side, speaker))
    return entries


def _accounts(entries: list[Entry], sides: Sequence[Side]) -> tuple[Account, ...]:
    grouped: dict[tuple[str, str, str], list[Utterance]] = defaultdict(list)
    for entry in entries:
        if entry.party:
            grouped[entry.party, "", ""].append(entry.utterance)
        elif entry.speaker:
            grouped["", entry.speaker, ""].append(entry.utterance)
        else:
            grouped["", "", entry.utterance.credit].append(entry.utterance)
    rank = {side.name: place for place, side in enumerate(sides)}

    def order(key: tuple[str, str, str]) -> tuple[int, bool, int, str, str]:
        side, speaker, credit = key
        return (rank.get(side, len(rank)), not side and not speaker, -len(grouped[key]), speaker, credit)

    return tuple(
        Account(side=key[0], speaker=key[1], credit=key[2], utterances=tuple(grouped[key]))
        for key in sorted(grouped, key=order)
    )
