"""Who is said to have spoken: the words before or after a cue that name somebody (decides).

Titles and roles before a name belong to the speaker. A pronoun is given as it stands; whom it means is not guessed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from chronik.extract.quotes.paragraph import COVER
from chronik.extract.quotes.small_words import (
    ADDRESSED,
    AS,
    AUXILIARIES,
    BETWEEN,
    CLITICS,
    COMMA_TURNS,
    CONJUNCTIONS,
    CONTRAST,
    DATIVE,
    DATIVE_ENDINGS,
    DATIVE_LETTERS_MIN,
    GENITIVE,
    HELPING,
    INSIDE,
    LEADING,
    LOCATIVE,
    NOBODY,
    OBLIQUE,
    OBLIQUE_FIRST,
    OF_SEVERAL,
    ONE,
    OUT_OF,
    PERSIAN_PLACES,
    RUSSIAN_PLACES,
    SUBORDINATING,
    WHICH,
)
from chronik.extract.quotes.wording import words

if TYPE_CHECKING:
    from chronik.extract.quotes.paragraph import Cue, Paragraph

SPEAKER_WORDS_MAX = 14
SKIPPED_WORDS_MAX = 3
APPOSITIONS_MAX = 3
JOINED_WORDS_MAX = 10
"""In a longer clause an "and" joins clauses, in a shorter one speakers."""
_LOWER_RUN_MAX = 2
_BREAKS = frozenset(',.;:!?()[]\n—–"«»“”„…،؛؟。，：；！？։՝')
_COMMAS = frozenset(",،")
_NAME_WORDS_MIN, _NAME_WORDS_MAX = 2, 4
_ADJECTIVE_BEHIND = frozenset({"fr", "es", "it", "pt", "ru", "uk", "pl"})
_VERB_SECOND = frozenset({"de", "nl"})
"""The verb stands second: what stands before it is the subject or something else, never both."""
_GERMAN_PERFECT = frozenset(words("hat haben hatte hatten habe"))
_VERB_FIRST = frozenset({"de", "nl", "es", "it", "pt", "ru", "uk", "pl", "fr", "ar", "hy"})


def after_cue(said: Paragraph, cue: Cue, *, until: int) -> tuple[int, int] | None:
    """The speaker behind a cue, up to a word: `sagte Außenminister Johann Muster`."""
    first = cue.after
    skipped = 0
    if cue.kind in {"source", "source_post"} and first in said.cues and said.cues[first].kind == "said":
        first = said.cues[first].after
    while first < until and skipped < SKIPPED_WORDS_MAX and _is_skipped(said, first):
        first, skipped = first + 1, skipped + 1
    if first >= until or _breaks(said, first):
        return None
    after = _phrase_end(said, first, until)
    if after <= first or not _is_somebody(said, first, after):
        return None
    if cue.kind in {"said", "named", "after"} and said.wording.language == "de" and said.word(first) in OBLIQUE_FIRST:
        return None
    if cue.kind in {"said", "named"} and said.wording.language in DATIVE and _is_told(said, first):
        return None
    return first, _with_name_behind(said, first, after, until)


def _is_told(said: Paragraph, first: int) -> bool:
    """Whether a small word in the dative is to whom something was said: `рассказала полицейским, что`."""
    word = said.words[first]
    return not word.capital and len(word.word) > DATIVE_LETTERS_MIN and word.word.endswith(DATIVE_ENDINGS)


def before_cue(said: Paragraph, cue: Cue, *, start: int) -> tuple[int, int] | None:
    """The speaker before a cue, from a word on: `The ministry's spokesman, Karl Bird, said`."""
    after = cue.first
    after = _before_parenthesis(said, after, start)
    while after > start and (_trails(said, after - 1) or _is_clitic(said, after - 1, start)):
        if _breaks(said, after):
            break
        if said.word(after - 1) in CONJUNCTIONS:
            return None
        after -= 1
    if after <= start:
        return None
    bracketed = said.gap(after).strip() == "("
    if _breaks_by_comma(said, after):
        return _before_comma(said, after, start)
    if _breaks(said, after) and not bracketed:
        return None
    first = _clause_start(said, after, start)
    if _is_which(said, first, start) or _is_place_only(said, first, cue):
        return None
    return _cleaned(said, first, after)


def _is_clitic(said: Paragraph, index: int, start: int) -> bool:
    """Whether a word before a French verb is to whom it is said: `Il nous a dit`."""
    return said.wording.language == "fr" and index > start and said.word(index) in CLITICS


def _is_which(said: Paragraph, first: int, start: int) -> bool:
    """Whether a clause begins behind a word like "which", so that its verb has another subject."""
    word = said.words[first]
    small = not word.capital and word.word not in said.wording.determiner | said.wording.pronoun
    return first > start and said.word(first - 1) in WHICH and small


def _is_place_only(said: Paragraph, first: int, cue: Cue) -> bool:
    """Whether a Russian clause begins with where or when, and its verb is of one who is not named."""
    several = said.word(cue.after - 1).endswith(OF_SEVERAL)
    named = any(said.words[place].capital for place in range(first + 1, cue.first))
    return said.wording.language == "ru" and said.word(first) in RUSSIAN_PLACES and not several and not named


def drawn_in(said: Paragraph, cue: Cue) -> tuple[int, int] | None:
    """The pronoun within a French inversion: `a-t-il dit`."""
    if said.wording.language != "fr":
        return None
    inside = range(cue.first, cue.after)
    place = next((index for index in inside if said.word(index) in said.wording.pronoun), None)
    return (place, place + 1) if place is not None else None


def speaker(said: Paragraph, cue: Cue, *, start: int, until: int) -> tuple[int, int] | None:
    """The speaker of a cue within a clause, on whichever side the language puts one."""
    language = said.wording.language
    if cue.kind in {"source", "source_post"} or said.word(cue.first - 1) in AS:
        return after_cue(said, cue, until=until)
    if pronoun := drawn_in(said, cue):
        return pronoun
    before = before_cue(said, cue, start=start)
    if language not in _VERB_FIRST:
        return before
    if language in COMMA_TURNS and _breaks_by_comma(said, cue.first):
        return after_cue(said, cue, until=until) or before
    inverted = _pronoun_follows(said, cue) or (language in _VERB_SECOND and _breaks_by_comma(said, cue.first))
    if before is not None and not _begins_aside(said, cue, start) and not inverted:
        return before if language != "ar" else after_cue(said, cue, until=until) or before
    behind = after_cue(said, cue, until=until)
    return behind if language in _VERB_SECOND and not _breaks_by_comma(said, cue.first) else behind or before


def _pronoun_follows(said: Paragraph, cue: Cue) -> bool:
    """Whether the subject stands right behind the verb: `Ferner sagte er`."""
    pronoun = said.word(cue.after) in said.wording.pronoun
    return said.wording.language in _VERB_SECOND and pronoun and not _breaks(said, cue.after)


def _is_skipped(said: Paragraph, index: int) -> bool:
    """A day or a word before it, between verb and speaker: `сказал в среду президент`."""
    if _breaks(said, index):
        return False
    word = said.word(index)
    if word in said.wording.dates or word in ADDRESSED:
        return True
    return (word in said.wording.stop or word in said.wording.determiner) and said.word(index + 1) in said.wording.dates


def _phrase_end(said: Paragraph, first: int, until: int) -> int:
    """Where a noun phrase ends: at punctuation, a stop word, a cue, or the first small word after a whole name."""
    after, named = first, False
    limit = min(until, first + SPEAKER_WORDS_MAX)
    while after < limit:
        word = said.words[after]
        if after > first and (_breaks(said, after) or COVER in said.gap(after)):
            break
        if after > first and after in said.cues and said.cues[after].kind in {"said", "that"}:
            break
        if after == first + 1 and word.word in OUT_OF and said.word(first) in ONE:
            after += 1
            continue
        if _stops(said, after) and not (after == first and word.word in said.wording.pronoun):
            break
        if after > first and word.word in said.wording.pronoun and not word.capital:
            break
        if named and said.wording.language == "de" and word.word in said.wording.determiner - GENITIVE:
            break
        if (
            named
            and said.wording.cased
            and said.wording.language != "en"
            and not word.capital
            and not _goes_on(said, after, limit)
        ):
            break
        named = named or (word.capital and word.word not in said.wording.determiner)
        after += 1
        if after == first + 1 and word.word in said.wording.pronoun and word.word not in said.wording.determiner:
            break
    return after


def _goes_on(said: Paragraph, index: int, limit: int) -> bool:
    """Whether a name goes on behind small words: `Государственной думы Вячеслав Володин`, `Affaires étrangères`."""
    place = index
    for place in range(index, min(limit, index + _LOWER_RUN_MAX + 1)):
        if (place > index and _breaks(said, place)) or _stops(said, place):
            break
        if said.words[place].capital:
            return True
    return _is_role(said, index) and (place > index or index + 1 >= limit)


def _is_role(said: Paragraph, index: int) -> bool:
    """Whether a small word belongs to a name of one capital: languages that put adjectives behind."""
    alone = index < 2 or not said.words[index - 2].capital
    return said.wording.language in _ADJECTIVE_BEHIND and alone and said.words[index - 1].capital


def _with_name_behind(said: Paragraph, first: int, after: int, until: int) -> int:
    """With the name that follows a role after a comma: `le ministre des Affaires étrangères, Jean Modèle`."""
    if not said.wording.cased or said.words[first].capital or after >= until or not _breaks_by_comma(said, after):
        return after
    end = after
    while end < until and end - after <= _NAME_WORDS_MAX and said.words[end].capital and not _stops(said, end):
        if end > after and _breaks(said, end):
            break
        end += 1
    closed = end >= len(said.words) or _breaks(said, end) or _stops(said, end)
    return end if _NAME_WORDS_MIN <= end - after <= _NAME_WORDS_MAX and closed else after


def _trails(said: Paragraph, index: int) -> bool:
    """Adverbs, auxiliaries and days between speaker and verb: `the ministry also said`, `X on Tuesday said`."""
    word = said.words[index]
    if word.word in said.wording.pronoun and not (word.word in said.wording.stop and said.wording.language == "de"):
        return False
    if word.word in said.wording.dates or word.word.isdecimal():
        return True
    return word.word in said.wording.stop or (said.wording.language == "en" and word.word.endswith("ly"))


def _before_parenthesis(said: Paragraph, after: int, start: int) -> int:
    """Before a party or place in brackets: `Johannes Arlt (SPD) sagte`."""
    if ")" not in said.gap(after):
        return after
    for first in range(after - 1, max(start, after - 1 - _NAME_WORDS_MAX), -1):
        if "(" in said.gap(first):
            return first
    return after


def _clause_start(said: Paragraph, after: int, start: int) -> int:
    first = after - 1
    while first > start and not _breaks(said, first) and not _opens_clause(said, first - 1):
        first -= 1
    return first


def _opens_clause(said: Paragraph, index: int) -> bool:
    """Whether a word is one like "that" or "when", behind which another clause begins."""
    cue = said.cues.get(index)
    return (cue is not None and cue.kind == "that") or said.word(index) in SUBORDINATING


def _before_comma(said: Paragraph, after: int, start: int) -> tuple[int, int] | None:
    """The speaker where an apposition stands between it and the verb."""
    second = _clause_start(said, after, start)
    if second <= start or not _breaks_by_comma(said, second):
        return _cleaned(said, second, after) if second <= start else None
    first = _clause_start(said, second, start)
    names = all(said.words[place].capital for place in range(second, after))
    if names and _NAME_WORDS_MIN <= after - second <= _NAME_WORDS_MAX and not _stops(said, first):
        found = _cleaned(said, first, second)
        return (found[0], after) if found else (second, after)
    for _ in range(APPOSITIONS_MAX):
        if first <= start or said.words[first].capital or not _breaks_by_comma(said, first):
            break
        first, second = _clause_start(said, first, start), first
    return _cleaned(said, first, second)


def _cleaned(said: Paragraph, first: int, after: int) -> tuple[int, int] | None:
    """A part of a clause without what leads to the speaker: `In a statement the ministry` → `the ministry`."""
    if said.wording.language == "de" and (parted := _before_auxiliary(said, first, after)):
        return parted
    start = first
    while start < after and _stops(said, start) and said.word(start) not in said.wording.pronoun:
        start += 1
    if start > first:
        subjects = said.wording.determiner - OBLIQUE
        later = [place for place in range(start + 1, after) if said.word(place) in subjects]
        later = [place for place in later if said.word(place - 1) not in INSIDE]
        start = later[-1] if later and said.word(first) in LEADING.get(said.wording.language, frozenset()) else start
        while start < after and said.word(start) in said.wording.dates:
            start += 1
    conjunction = _behind_clause(said, start, after) or _conjunction(said, start, after)
    contrast = [place for place in range(start + 1, after - 1) if said.word(place) in CONTRAST]
    conjunction = contrast[-1] + 1 if contrast else conjunction
    start = conjunction if conjunction is not None else start
    start, after = _without_places(said, start, after)
    if start >= after or after - start > SPEAKER_WORDS_MAX or not _is_somebody(said, start, after):
        return None
    return start, after


def _without_places(said: Paragraph, first: int, after: int) -> tuple[int, int]:
    """Without where it was said, in languages that put that between speaker and verb or before the speaker."""
    language = said.wording.language
    if language == "fa":
        place = next((index for index in range(first + 1, after) if said.word(index) in PERSIAN_PLACES), after)
        return first, place
    if language in LOCATIVE:
        while after > first + 1 and said.word(after - 1).endswith(LOCATIVE[language]):
            after -= 1
        inner = [index for index in range(first, after) if _is_locative(said, index, language)]
        return (inner[-1] + 1 if inner else first), after
    return first, after


def _is_locative(said: Paragraph, index: int, language: str) -> bool:
    word = said.words[index]
    return len(word.word) > 4 and not word.capital and word.word.endswith(LOCATIVE[language])


def _before_auxiliary(said: Paragraph, first: int, after: int) -> tuple[int, int] | None:
    """The subject of a German perfect, at whose end the verb stands: `X hatte am Montag seine Haltung bekräftigt`."""
    place = next((index for index in range(first, after) if said.word(index) in _GERMAN_PERFECT), None)
    if place is None or place == first:
        return None
    return (first, place) if not _stops(said, first) and _is_somebody(said, first, place) else None


def is_somebody(said: Paragraph, *, first: int, after: int) -> bool:
    """Whether words can name a speaker: more than an article or a number."""
    return after > first and _is_somebody(said, first, after)


def _behind_clause(said: Paragraph, first: int, after: int) -> int | None:
    """Behind the "and" after a clause with its verb: `ont été pourchassés et des témoins (disent)`."""
    verb = next((place for place in range(first + 1, after) if said.word(place) in AUXILIARIES), None)
    if verb is None or said.wording.language == "de":
        return None
    places = [place for place in range(verb + 1, after - 1) if said.word(place) in CONJUNCTIONS]
    return places[-1] + 1 if places else None


def _conjunction(said: Paragraph, first: int, after: int) -> int | None:
    """Behind an "and" in a long clause: what stands before it is another clause."""
    if after - first <= JOINED_WORDS_MAX:
        return None
    places = [place for place in range(first, after) if said.word(place) in CONJUNCTIONS]
    return places[-1] + 1 if places else None


def _begins_aside(said: Paragraph, cue: Cue, start: int) -> bool:
    """Whether a clause begins with something else than its subject: a day, a place, an adverb."""
    first = _clause_start(said, cue.first, start) if cue.first > start else start
    word = said.word(first)
    if word in said.wording.pronoun:
        return False
    return word in said.wording.stop or word in said.wording.dates


def _is_somebody(said: Paragraph, first: int, after: int) -> bool:
    named = said.words[first:after]
    if all(word.word in BETWEEN for word in named) or named[0].word in NOBODY:
        return False
    if said.wording.language == "en" and any(word.word in HELPING for word in named[1:]):
        return False
    if len(named) == 1 and named[0].word in said.wording.determiner and named[0].word not in said.wording.pronoun:
        return False
    if any(COVER in said.gap(place) for place in range(first + 1, after)):
        return len(named) > 1
    return any(not word.word.isdecimal() for word in named)


def _stops(said: Paragraph, index: int) -> bool:
    word = said.words[index].word
    if word.isdecimal():
        return said.gap(index + 1) not in {"-", "‑"}
    return word in said.wording.stop or word in said.wording.dates


def _breaks(said: Paragraph, index: int) -> bool:
    """Whether punctuation stands before a word; a point behind an initial or a title does not count."""
    gap = said.gap(index)
    if not gap or gap.isspace():
        return False
    if gap.strip() == "." and index and len(said.words[index - 1].word) <= 4 and index < len(said.words):
        return not said.words[index - 1].capital
    return any(character in _BREAKS for character in gap) or (" - " in gap)


def _breaks_by_comma(said: Paragraph, index: int) -> bool:
    return said.gap(index).strip()[:1] in _COMMAS and COVER not in said.gap(index)
