"""A paragraph with its quotations covered, as words, cues and sentences (decides).

What is quoted is covered by one character that is no word, so that nothing said in a quotation is taken for what the
paper says around it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from chronik.extract.quotes.wording import WORD, Wording, words

if TYPE_CHECKING:
    from chronik.extract.quotes.marks import Quotation

COVER = "\ue000"
_IMPERSONAL = frozenset({"it", "that", "there", "what"})
_BEING = frozenset(words("is are was were be been being to can must should could might may not t"))
PARTICLE_WORDS_MAX = 14
"""So far behind its verb a particle stands: `teilte das Ministerium am Dienstag mit`."""
_GLUE = frozenset(" \u00a0\u202f\u200c-‑'’ʼ\u064b\u0654")
_ENDS = re.compile(r"[.!?…]+[)\]]*(?=\s|$)|[。！？։؟۔]|:(?=\s*$)|\n")
_ABBREVIATION = re.compile(
    r"(?:^|[\s(.])(?:[^\W\d_]|Mr|Mrs|Ms|Dr|Prof|St|Gen|Sen|Gov|Rep|Lt|Col|Sgt|Capt|Jr|Sr|No|Inc|Ltd|Co|Corp|bzw|ca|Nr|Str|"
    r"usw|etc|vs|им|ул|руб|млн|млрд|тыс|гг|св|проф|акад|ген|р|tzw|np|prof|gen|płk|dr|hab|Sra|Sr|EE|UU|St|Ste|av|Av|"
    r"Hon|Rev|Maj|Adm|Jan|Feb|Aug|Sept|Oct|Nov|Dec)$"
)
_ABBREVIATION_CHARACTERS = 8
_ORDINAL = re.compile(r"(?<!\d)\d{1,2}$")
_TERMINAL = frozenset(".!?…。！？։؟")


@dataclass(frozen=True, slots=True)
class Word:
    """One word outside of quotations."""

    word: str
    start: int
    end: int
    capital: bool


@dataclass(frozen=True, slots=True)
class Cue:
    """Words that say that somebody said something. Places are indices of the paragraph's words."""

    kind: str
    first: int
    after: int


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence: places in the text, and the indices of its words."""

    start: int
    end: int
    first: int
    after: int


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph of a text; all places count within it."""

    text: str
    covered: str
    words: list[Word]
    cues: dict[int, Cue]
    """By their first words."""
    sentences: list[Sentence]
    wording: Wording

    def gap(self, index: int) -> str:
        """What stands before a word, after the one before it."""
        before = self.words[index - 1].end if index > 0 else 0
        return self.covered[before : self.words[index].start if index < len(self.words) else len(self.covered)]

    def word(self, index: int) -> str:
        """The word there, or nothing beyond either end."""
        return self.words[index].word if 0 <= index < len(self.words) else ""


def paragraph(text: str, quoted: list[Quotation], *, wording: Wording) -> Paragraph:
    """A paragraph, its quotations covered."""
    covered = _covered(text, quoted)
    found = [
        Word(words(match[0])[0], match.start(), match.end(), match[0][0].isupper()) for match in WORD.finditer(covered)
    ]
    return Paragraph(text, covered, found, _cues(covered, found, wording), _sentences(covered, found), wording)


def _covered(text: str, quoted: list[Quotation]) -> str:
    parts, last = [], 0
    for one in quoted:
        parts += [text[last : one.outer_start], COVER * (one.outer_end - one.outer_start)]
        if _ends_a_sentence(text, one):
            parts[-1] = parts[-1][:-1] + "."
        last = one.outer_end
    return "".join((*parts, text[last:]))


def _ends_a_sentence(text: str, one: Quotation) -> bool:
    """Whether nothing of the sentence goes on behind the closing mark."""
    if one.end <= one.start or one.outer_end <= one.end or text[one.end - 1] not in _TERMINAL:
        return False
    following = text[one.outer_end : one.outer_end + 3].lstrip()[:1]
    return text[one.end - 1] == "." and (not following or following.isupper())


def _cues(covered: str, found: list[Word], wording: Wording) -> dict[int, Cue]:
    cues: dict[int, Cue] = {}
    index = 0
    while index < len(found):
        cue = _cue(covered, found, index, wording)
        if cue:
            cues[index] = cue
        index = cue.after if cue else index + 1
    return cues


def _cue(covered: str, found: list[Word], index: int, wording: Wording) -> Cue | None:
    following = found[index + 1].word if index + 1 < len(found) else ""
    for form, kind in wording.phrases.get((found[index].word, following), ()):
        after = index + len(form)
        if after <= len(found) and all(
            found[index + offset].word == form[offset] and _glued(covered, found, index + offset)
            for offset in range(1, len(form))
        ):
            return Cue(kind, index, after)
    kind = wording.singles.get(found[index].word, "")
    if kind in {"said", "named"} and not _is_verb(covered, found, index, wording):
        return None
    return Cue(kind, index, index + 1) if kind else None


def _is_verb(covered: str, found: list[Word], index: int, wording: Wording) -> bool:
    """Whether a word that may be a noun as well has no article, and a verb in two parts its second one."""
    before = found[index - 1].word if index else ""
    if found[index].capital and index and _glued(covered, found, index):
        return False
    if index and covered[found[index - 1].end : found[index].start] in {"-", "‑"}:
        return False
    if wording.language == "en" and (before in _BEING or (before == "s" and found[index - 2].word in _IMPERSONAL)):
        return False
    if before in wording.determiner and before not in wording.pronoun and _glued(covered, found, index):
        return False
    seconds = wording.particles.get(found[index].word)
    return not seconds or any(word.word in seconds for word in found[index + 1 : index + 1 + PARTICLE_WORDS_MAX])


def _glued(covered: str, found: list[Word], index: int) -> bool:
    gap = covered[found[index - 1].end : found[index].start]
    return len(gap) <= 3 and all(character in _GLUE for character in gap)


def _sentences(covered: str, found: list[Word]) -> list[Sentence]:
    sentences: list[Sentence] = []
    start = first = 0
    for match in _ENDS.finditer(covered):
        if not _is_end(covered, match):
            continue
        after = first
        while after < len(found) and found[after].start < match.end():
            after += 1
        sentences.append(Sentence(start, match.end(), first, after))
        start, first = match.end(), after
    if start < len(covered):
        sentences.append(Sentence(start, len(covered), first, len(found)))
    return sentences


def _is_end(covered: str, match: re.Match[str]) -> bool:
    if match[0] != ".":
        following = covered[match.end() : match.end() + 3].lstrip(" \u00a0—–-")[:1]
        return match[0] not in {"!", "?", "…", "..."} or not following.islower()
    before = covered[max(0, match.start() - _ABBREVIATION_CHARACTERS) : match.start()]
    if _ORDINAL.search(before):
        return match.end() >= len(covered)
    if _ABBREVIATION.search(before):
        return False
    following = covered[match.end() : match.end() + 3].lstrip()[:1]
    return not following.islower()
