"""Who said what stands in quotation marks, and by which cue (decides)."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from chronik.extract.quotes.paragraph import COVER, Cue
from chronik.extract.quotes.speakers import after_cue, before_cue, drawn_in, speaker
from chronik.extract.quotes.wording import WORD

if TYPE_CHECKING:
    from chronik.extract.quotes.marks import Quotation
    from chronik.extract.quotes.paragraph import Paragraph

AFTER_WORDS_MAX = 12
"""So many words behind a quotation the verb of who said it stands at most."""
BEFORE_WORDS_MAX = 40
SPEAKER_ALONE_WORDS_MAX = 8
"""`Yılmaz: "…"`: a speaker without a verb is short."""
FRAGMENT_WORDS_MIN = 3
"""Fewer words within a clause are marked as odd or as a name, not as said."""
UNSAID_WORDS_MIN = 5
UNSAID_LONG_WORDS = 9
"""So many words without end mark are a statement even if nobody is named."""
_IDEOGRAPHS_A_WORD = 2
_HARD = frozenset(".;:!?。；：！？։")
_SOFT_ENDS = frozenset(",!?…，！？،؟")
_COMPOUND = re.compile(r"[-‑]\w")
"""The quotation is the first part of a word: `„D-Day“-Formulierung`."""
_COLONS = frozenset(":：։՝")
_VERBS = frozenset({"said", "named"})
_BEFORE = frozenset({"said", "named", "source"})
_PAUSES = frozenset(",.:;!?—–-，。：")
_REFLEXIVES = frozenset({"se", "s", "si", "me", "m", "nous"})
CONTINUED_WORDS_MAX = 12
"""Between the parts of one quotation stands no more than who speaks, when and where."""
OURSELVES = frozenset(
    {"i", "we", "you", "ich", "wir", "je", "nous", "yo", "nosotros", "io", "noi", "я", "мы", "ми", "eu", "nós"}
)
"""Who speaks so outside of quotation marks is the author."""
_WITHOUT_COMMA = frozenset({"nl", "it", "es", "pt", "fr", "pl", "uk"})
SAID_OF_CLAUSE = ("ini", "ını", "unu", "ünü", "iğini", "ığını", "uğunu", "üğünü", "yi", "yı", "yu", "yü")
"""How a Turkish clause ends that is the object of a verb of saying."""
PAST_CHARACTERS_MIN = 5
_PAST = {
    "de": ("te", "ten"),
    "en": ("ed",),
    "es": ("ó", "aron", "ieron"),
    "pt": ("ou", "aram"),
    "pl": ("ł", "ła", "li"),
    "ru": ("л", "ла", "ли", "лся", "лась", "лись"),
    "uk": ("ла", "ли", "вся", "лася", "лися", "ував", "ив", "ав"),
    "nl": ("de", "te", "den", "ten"),
}
"""Endings of the past, by which verbs are known that no list holds."""
_SPEAKER_BEFORE = frozenset({"tr", "az"})


@dataclass(frozen=True, slots=True)
class Attribution:
    """Places of the paragraph's words: who spoke, and the cue."""

    speaker: tuple[int, int] | None = None
    cue: tuple[int, int] | None = None
    sure: bool = False
    """The cue stands right at the quotation."""
    ends: int = 0
    """The word behind all that tells of it."""
    sentence: int = 0
    """In which this stands."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where one quotation stands among the words: the bounds of its sentence and its neighbours."""

    quotation: Quotation
    start: int
    """The first word between the quotation or sentence before, and this one."""
    before: int
    """The word behind the last one before it, which is the first one after it."""
    until: int
    """The word behind the last one before the next quotation or the end of the sentence."""
    begins: bool
    """Nothing but marks stands before it in its sentence."""
    sentence: int


def places(said: Paragraph, quoted: list[Quotation]) -> list[Place]:
    """Each quotation's place, in one walk over words and sentences."""
    found: list[Place] = []
    sentence = word = 0
    for index, one in enumerate(quoted):
        while sentence < len(said.sentences) - 1 and said.sentences[sentence].end <= one.outer_start:
            sentence += 1
        while word < len(said.words) and said.words[word].start < one.outer_start:
            word += 1
        bounds = said.sentences[sentence] if said.sentences else None
        first, last = (bounds.first, bounds.after) if bounds else (0, len(said.words))
        start = max(first, found[-1].before if found else 0)
        until = word
        stop = quoted[index + 1].outer_start if index + 1 < len(quoted) else len(said.text)
        end = min(last, word + BEFORE_WORDS_MAX)
        while until < end and said.words[until].start < stop:
            until += 1
        found.append(Place(one, max(start, word - BEFORE_WORDS_MAX), word, until, word <= first, sentence))
    return found


def attribution(said: Paragraph, place: Place, *, earlier: Attribution | None) -> Attribution | None:
    """What the words around a quotation say of it: behind it, before it, or before its first part."""
    found = (
        _behind(said, place)
        or _before_colon(said, place)
        or _continued(said, place, earlier)
        or _in_clause(said, place)
    )
    return replace(found, sentence=place.sentence) if found else None


def is_statement(said: Paragraph, place: Place, *, found: Attribution | None) -> bool:
    """Whether the words in the marks are something said: no title, no name, no word held at arm's length."""
    one = place.quotation
    inner = said.text[one.start : one.end]
    count = _count(inner)
    if _COMPOUND.match(said.text, one.outer_end):
        return False
    if found and found.sure:
        return count >= 1
    if _is_named_beside(said, place) or (said.wording.language == "en" and _is_title(inner)):
        return False
    if found:
        return count >= FRAGMENT_WORDS_MIN
    ended = inner[-1:] in _HARD | _SOFT_ENDS
    return count >= UNSAID_LONG_WORDS or (count >= UNSAID_WORDS_MIN and ended)


def _behind(said: Paragraph, place: Place) -> Attribution | None:
    """`"…", said X`, `"…," X said`, `"…", according to X`, `X, "…" dedi`."""
    first = place.before
    if first >= place.until or not _leads_on(said, place):
        return None
    cue = said.cues.get(first)
    if cue is None and said.word(first) in _REFLEXIVES:
        cue = said.cues.get(first + 1)
    if cue and cue.after <= place.until:
        return _behind_cue(said, place, cue)
    return _behind_speaker(said, place) or _behind_unlisted(said, place)


def _behind_cue(said: Paragraph, place: Place, cue: Cue) -> Attribution | None:
    if cue.kind in {"that", "source_after"} or (cue.kind in _VERBS and not _may_follow(said, place)):
        return None
    who = drawn_in(said, cue) or after_cue(said, cue, until=place.until)
    if who and said.wording.language == "en" and cue.kind in _VERBS and said.word(who[0]) in said.wording.pronoun:
        return None
    if said.wording.language in _SPEAKER_BEFORE:
        who = _subject_before(said, place) or who
    if who is None and cue.kind in {"source", "source_post"}:
        return None
    ends = max(cue.after, who[1] if who else 0)
    return Attribution(who, (cue.first, cue.after), sure=True, ends=ends)


def _behind_unlisted(said: Paragraph, place: Place) -> Attribution | None:
    """`"…", lästerte X`: right behind a quotation, a verb of the past with a subject is one of saying."""
    first = place.before
    endings = _PAST.get(said.wording.language)
    word = said.words[first]
    if not endings or word.capital or len(word.word) < PAST_CHARACTERS_MIN or not _follows_comma(said, place):
        return None
    if not word.word.endswith(endings) or word.word in said.wording.stop:
        return None
    who = after_cue(said, Cue("said", first, first + 1), until=place.until)
    if who is None or not (said.words[who[0]].capital or said.word(who[0]) in _subjects(said)):
        return None
    return Attribution(who, (first, first + 1), sure=True, ends=who[1])


def _subjects(said: Paragraph) -> frozenset[str]:
    return said.wording.determiner | said.wording.pronoun


def _behind_speaker(said: Paragraph, place: Place) -> Attribution | None:
    limit = min(place.until, place.before + AFTER_WORDS_MAX)
    for index in range(place.before + 1, limit):
        if any(character in _HARD for character in said.gap(index)) and not _is_initial(said, index):
            return None
        cue = said.cues.get(index)
        if cue is None:
            continue
        if cue.kind not in _VERBS or not _follows_comma(said, place):
            return None
        if said.wording.language == "tr" and said.word(index - 1).endswith(SAID_OF_CLAUSE):
            return Attribution(_subject_before(said, place), (cue.first, cue.after), ends=cue.after)
        who = before_cue(said, cue, start=place.before)
        if who is None or who[0] != place.before:
            return None
        return Attribution(who, (cue.first, cue.after), sure=True, ends=cue.after)
    return None


def _subject_before(said: Paragraph, place: Place) -> tuple[int, int] | None:
    """The subject before a quotation whose verb stands behind it."""
    if place.start >= place.before:
        return None
    after = place.start + 1
    while after < place.before and "," not in said.gap(after):
        after += 1
    first = place.start
    while first < after and said.word(first) in said.wording.stop:
        first += 1
    if after == place.before and after - first > SPEAKER_ALONE_WORDS_MAX // 2:
        begin = after
        while begin > first and said.words[begin - 1].capital:
            begin -= 1
        first = begin
    if first < after and said.word(after - 1) in said.wording.stop:
        return None
    return (first, after) if 0 < after - first <= AFTER_WORDS_MAX else None


def _before_colon(said: Paragraph, place: Place) -> Attribution | None:
    """`X said: "…"`, and `X: "…"` without a verb."""
    if place.start >= place.before:
        return None
    gap = said.covered[said.words[place.before - 1].end : place.quotation.outer_start]
    if not any(character in _COLONS for character in gap) and not (said.wording.language == "hy" and "." in gap):
        return None
    cue = _last_cue(said, place)
    if cue is None:
        return _speaker_alone(said, place)
    who = speaker(said, cue, start=place.start, until=place.before)
    return Attribution(who, (cue.first, cue.after), sure=True, ends=place.before)


def _speaker_alone(said: Paragraph, place: Place) -> Attribution | None:
    words = said.words[place.start : place.before]
    named = all(word.capital or word.word in said.wording.determiner for word in words)
    short = len(words) <= SPEAKER_ALONE_WORDS_MAX and named and said.wording.cased
    plain = all("," not in said.gap(index) for index in range(place.start + 1, place.before))
    if not short or not plain or any(word.word in said.wording.stop for word in words):
        return Attribution(sure=True, ends=place.before)
    return Attribution((place.start, place.before), None, sure=True, ends=place.before)


def _continued(said: Paragraph, place: Place, earlier: Attribution | None) -> Attribution | None:
    """The second part of a quotation that its cue stands in the midst of."""
    if earlier is None or not earlier.sure or earlier.ends > place.before:
        return None
    if place.sentence > earlier.sentence + 1 or (place.sentence > earlier.sentence and not place.begins):
        return None
    gap = said.covered[max(0, place.quotation.outer_start - 3) : place.quotation.outer_start]
    if place.before - earlier.ends > CONTINUED_WORDS_MAX or not any(mark in gap for mark in _PAUSES):
        return None
    return Attribution(earlier.speaker, earlier.cue, sure=True, ends=earlier.ends)


def _in_clause(said: Paragraph, place: Place) -> Attribution | None:
    """`X called the deal "a grave mistake"`: the last cue before it in the sentence."""
    cue = _last_cue(said, place)
    if cue is None:
        return None
    close = place.before == cue.after and cue.kind in _VERBS
    who = speaker(said, cue, start=place.start, until=place.before)
    if (who is None and not close) or (who and said.word(who[0]) in OURSELVES):
        return None
    return Attribution(who, (cue.first, cue.after), sure=close and who is not None, ends=place.before)


def _last_cue(said: Paragraph, place: Place) -> Cue | None:
    for index in range(place.before - 1, place.start - 1, -1):
        cue = said.cues.get(index)
        if cue and cue.kind in _BEFORE and cue.after <= place.before:
            return cue
        if index > place.start and any(mark in said.gap(index) for mark in ":;"):
            return None
    return None


def _leads_on(said: Paragraph, place: Place) -> bool:
    """Whether the sentence goes on behind the closing mark with nothing but light punctuation."""
    gap = said.covered[place.quotation.outer_end : said.words[place.before].start]
    return not any(character in _HARD for character in gap) and COVER not in gap and "\n" not in gap


def _follows_comma(said: Paragraph, place: Place) -> bool:
    one = place.quotation
    gap = said.covered[one.outer_end : said.words[place.before].start]
    marked = said.text[max(one.start, one.outer_end - 3) : one.outer_end]
    soft = any(character in _SOFT_ENDS for character in marked) or any(character in ",،–—-" for character in gap)
    return soft or said.wording.language in _SPEAKER_BEFORE


def _may_follow(said: Paragraph, place: Place) -> bool:
    """Whether a verb may say who spoke: behind a comma, or without one behind a whole sentence."""
    one = place.quotation
    whole = said.wording.language in _WITHOUT_COMMA and _count(said.text[one.start : one.end]) > FRAGMENT_WORDS_MIN
    return whole or _follows_comma(said, place)


def _is_initial(said: Paragraph, index: int) -> bool:
    return said.gap(index).strip() == "." and len(said.word(index - 1)) <= 4


def _is_named_beside(said: Paragraph, place: Place) -> bool:
    """Whether a word beside says that the marks hold a name: `the film "…"`, `"…" filmi`."""
    work = said.wording.work
    before, after = said.word(place.before - 1), said.word(place.before)
    close_before = place.before > 0 and place.quotation.outer_start - said.words[place.before - 1].end <= 2
    close_after = place.before < len(said.words) and said.words[place.before].start - place.quotation.outer_end <= 1
    return (close_before and before in work) or (close_after and after in work)


def _is_title(inner: str) -> bool:
    """Whether all longer words have capitals, as in English titles."""
    words = [word for word in WORD.findall(inner) if len(word) > 4]
    return len(words) > 1 and all(word[0].isupper() for word in words)


def _count(inner: str) -> int:
    words = WORD.findall(inner)
    ideographs = sum("\u3040" <= character <= "\u9fff" for character in inner)
    return ideographs // _IDEOGRAPHS_A_WORD if ideographs else len(words)
