"""What a sentence reports in the paper's own words, where it says who said it (decides)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from chronik.extract.quotes.attribution import OURSELVES, SAID_OF_CLAUSE
from chronik.extract.quotes.paragraph import COVER
from chronik.extract.quotes.small_words import CONJUNCTIONS
from chronik.extract.quotes.speakers import SPEAKER_WORDS_MAX, after_cue, before_cue, is_somebody, speaker
from chronik.extract.quotes.wording import words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from chronik.extract.quotes.paragraph import Cue, Paragraph, Sentence

WORDS_MIN = 2
"""Fewer are not a statement."""
BEHIND_WORDS_MIN = 3
ZERO_WORDS_MIN = 4
THAT_WORDS_MAX = 14
"""So far behind its verb the word that leads to the statement stands at most."""
TAIL_WORDS_MAX = 16
SOURCE_WORDS_MAX = 8
TOLD_WORDS_MAX = 4
GERMAN_TOLD_WORDS_MAX = 8
SENTENCE_WORDS_MAX = 300
"""A longer sentence is a list."""
_COMMAS = frozenset(",،՝")
_STRIPPED = ' \u00a0\n,،:;.!?…—–-՝։。؟"«»“”„'
_SUBJUNCTIVE = frozenset(
    words(
        "sei seien habe hätte hätten werde würde würden könne könnten müsse müssten solle sollten wolle wollten dürfe "
        "gebe gehe komme stehe bleibe lasse liege handle gelte brauche mache nehme sehe wisse bestehe"
    )
)
_REPORTED_START = frozenset({"de", "nl", "pl", "ru", "uk", "hy", "ar", "fa"})


@dataclass(frozen=True, slots=True)
class Report:
    """Places of the paragraph: the words reported as characters, speaker and cue as indices of its words."""

    start: int
    end: int
    speaker: tuple[int, int]
    cue: tuple[int, int]


def report(said: Paragraph, sentence: Sentence) -> Report | None:
    """The statement that a sentence reports, if it names who made it."""
    for cue in _cues(said, sentence):
        if cue.kind == "said":
            found = _with_colon(said, sentence, cue) or _with_that(said, sentence, cue)
            found = found or _by_language(said, sentence, cue)
        elif cue.kind in {"source", "source_post"}:
            found = _from_source(said, sentence, cue)
        else:
            found = _source_behind(said, sentence, cue) if cue.kind == "source_after" else None
        found = found or _behind(said, sentence, cue)
        if found:
            return found
    return None


def _cues(said: Paragraph, sentence: Sentence) -> Iterator[Cue]:
    if sentence.after - sentence.first > SENTENCE_WORDS_MAX:
        return
    for index in range(sentence.first, sentence.after):
        cue = said.cues.get(index)
        if cue and cue.kind not in {"that", "named"} and cue.after <= sentence.after and not _is_passive(said, cue):
            yield cue


def _is_passive(said: Paragraph, cue: Cue) -> bool:
    """Whether a reflexive makes the verb say that it is said by nobody: `se informa que`."""
    return said.word(cue.first - 1) in {"se", "si"} and said.wording.language in {"es", "it", "pt"}


def _with_colon(said: Paragraph, sentence: Sentence, cue: Cue) -> Report | None:
    """`Директор пояснил: увольнений не будет`."""
    if cue.after >= sentence.after or said.gap(cue.after).strip() != ":":
        return None
    return _report(said, sentence, before_cue(said, cue, start=sentence.first), cue, first=cue.after)


def _with_that(said: Paragraph, sentence: Sentence, cue: Cue) -> Report | None:
    """`X said that …`, `قال X إن …`."""
    last = min(sentence.after, cue.after + THAT_WORDS_MAX)
    for index in range(cue.after, last):
        that = said.cues.get(index)
        if that is None or that.kind != "that":
            if COVER in said.gap(index) or ":" in said.gap(index) or (that and that.kind == "said"):
                return None
            continue
        if index > cue.after and said.word(index - 1) in said.wording.determiner | CONJUNCTIONS | _OF:
            continue
        who = speaker(said, cue, start=sentence.first, until=index)
        if that.after >= sentence.after or not _is_led_to(said, cue, who, index):
            return None
        # A "that" into which Arabic draws the pronoun belongs to the statement, as does an English "that's".
        drawn_in = said.wording.language == "ar" and said.word(index)[-1:] in "هام"
        first = index if drawn_in or said.gap(that.after)[:1] in {"'", "’"} else that.after
        return _report(said, sentence, who, cue, first=first)
    return None


def _is_led_to(said: Paragraph, cue: Cue, who: tuple[int, int] | None, that: int) -> bool:
    """Whether nothing but the speaker, who was told, and when stands between verb and "that"; else it is of a noun."""
    if said.wording.language in {"de", "nl", "pl", "ru", "uk", "hy", "az"} and _comma(said, that):
        commas = [index for index in range(cue.after, that) if _comma(said, index)]
        return not commas or said.word(commas[0]) not in _RELATIVES | _GERMAN_RELATING
    first = who[1] if who and who[0] >= cue.after else cue.after
    if first >= that or (said.word(cue.first) in _TELLING and that - first <= TOLD_WORDS_MAX):
        return True
    if any(_comma(said, index) for index in range(first, that)):
        return False
    if _is_relative(said, who, cue, first=first, that=that):
        return False
    word = said.word(first)
    return word in said.wording.stop or word in said.wording.dates or word in said.wording.pronoun


def _is_relative(said: Paragraph, who: tuple[int, int] | None, cue: Cue, *, first: int, that: int) -> bool:
    """Whether the word is one like "which": `Recuerda un viaje que hizo`, `ont poursuivi leur route, qu'ils …`."""
    if said.wording.language not in _THAT_IS_WHICH:
        return False
    something = who is not None and who[0] >= cue.after and said.word(who[0]) in _SOME
    told_long = said.word(first) in _TO and that - first > TOLD_WORDS_MAX + 1
    return something or told_long or said.word(first) in said.wording.determiner or _comma(said, that)


_THAT_IS_WHICH = frozenset({"fr", "es", "it", "pt"})
_SOME = frozenset({"un", "una", "unos", "unas", "une", "um", "uma", "uno"})
_TO = frozenset({"a", "al", "à", "au", "aux", "ao", "aos", "ai", "alla"})


def _by_language(said: Paragraph, sentence: Sentence, cue: Cue) -> Report | None:
    language = said.wording.language
    if language == "de":
        return _german(said, sentence, cue)
    if language in {"en", "fa"}:
        return _without_that(said, sentence, cue)
    return _turkish(said, sentence, cue) if language == "tr" else None


def _german(said: Paragraph, sentence: Sentence, cue: Cue) -> Report | None:
    """`X sagte, die Lage sei ernst`: a comma, and the subjunctive unless a plain subject stands before the verb."""
    comma = next(
        (index for index in range(cue.after, min(sentence.after, cue.after + TAIL_WORDS_MAX)) if _comma(said, index)),
        None,
    )
    if comma is None:
        return None
    before_it = range(max(sentence.first, cue.first - SPEAKER_WORDS_MAX), cue.first)
    if said.word(sentence.first) in {"als", "so"} or any(said.word(index) in _GERMAN_RELATING for index in before_it):
        return None
    before = before_cue(said, cue, start=sentence.first)
    subjunctive = any(said.word(index) in _SUBJUNCTIVE for index in range(comma, sentence.after))
    direct = comma == cue.after or (comma - cue.after <= TOLD_WORDS_MAX and said.word(comma) in _GERMAN_SUBJECTS)
    if not subjunctive and (before is None or not direct or said.word(comma) in _RELATIVES):
        return None
    who = speaker(said, cue, start=sentence.first, until=comma)
    told = comma - max(cue.after, who[1] if who else 0)
    if told > GERMAN_TOLD_WORDS_MAX or said.word(comma - told) in _GERMAN_OBJECTS:
        return None
    if said.word(comma) in _RELATIVES and (who is None or who[0] >= cue.after):
        return None
    return _report(said, sentence, who, cue, first=comma)


def _without_that(said: Paragraph, sentence: Sentence, cue: Cue) -> Report | None:
    """`X said the talks would continue`."""
    first = cue.after
    if _comma(said, cue.first) and said.words[min(first, len(said.words) - 1)].capital:
        return None
    if said.word(cue.after - 1) not in said.wording.zero or sentence.after - first < ZERO_WORDS_MIN:
        return None
    while first < sentence.after and _is_aside(said, first):
        first += 1
    if first >= sentence.after or said.gap(first).strip() or sentence.after - first < ZERO_WORDS_MIN:
        return None
    word, wording = said.words[first], said.wording
    begins = word.capital or word.word in wording.determiner or word.word in wording.pronoun or word.word in _BEGINS
    if wording.cased and not begins:
        return None
    if not wording.cased and word.word in wording.stop:
        return None
    who = before_cue(said, cue, start=sentence.first)
    return _report(said, sentence, who, cue, first=first)


def _is_aside(said: Paragraph, index: int) -> bool:
    """A day between verb and statement: `said on Monday the talks`."""
    dates = said.wording.dates
    return said.word(index) in dates or (said.word(index) in {"on", "in"} and said.word(index + 1) in dates)


def _turkish(said: Paragraph, sentence: Sentence, cue: Cue) -> Report | None:
    """`X, görüşmelerin süreceğini söyledi`: speaker, comma, the statement as an object, the verb at the end."""
    if cue.after != sentence.after or not said.word(cue.first - 1).endswith(SAID_OF_CLAUSE):
        return None
    comma = next((index for index in range(sentence.first + 1, cue.first) if _comma(said, index)), None)
    if comma is None or COVER in said.covered[sentence.start : said.words[cue.first].start]:
        return None
    first = sentence.first
    while first < comma and said.word(first) in said.wording.stop:
        first += 1
    if first >= comma or cue.first - comma < WORDS_MIN or said.word(comma - 1) in said.wording.stop:
        return None
    return Report(said.words[comma].start, said.words[cue.first - 1].end, (first, comma), (cue.first, cue.after))


def _from_source(said: Paragraph, sentence: Sentence, cue: Cue) -> Report | None:
    """`According to X, …` at the beginning of a sentence, `…, according to X` at its end."""
    if cue.first > sentence.first + 1:
        return None
    who = after_cue(said, cue, until=sentence.after)
    if who is None:
        return None
    who = who[0], _source_end(said, *who)
    if not is_somebody(said, first=who[0], after=who[1]):
        return None
    first = who[1]
    while first < sentence.after and not said.gap(first).strip() and _comma_ahead(said, first, sentence):
        first += 1
    if said.wording.language not in _REPORTED_START and not _comma(said, first):
        return None
    if said.wording.language == "de" and _comma(said, first) and said.word(first) not in said.wording.verb:
        first = _behind_apposition(said, sentence, first)
    return _report(said, sentence, who, cue, first=first)


def _behind_apposition(said: Paragraph, sentence: Sentence, first: int) -> int:
    """`Laut Mike Coupe, Chef der Kette, werden …`: behind the next comma, if the verb follows it."""
    for index in range(first + 1, min(sentence.after, first + TAIL_WORDS_MAX)):
        if _comma(said, index) and said.word(index) in said.wording.verb:
            return index
    return first


def _comma_ahead(said: Paragraph, first: int, sentence: Sentence) -> bool:
    """Whether the source goes on to a comma close by: `Selon le ministre de la Santé à Berlin, …`."""
    if said.wording.language in {"de", "nl", "pl"}:
        return False
    return any(_comma(said, index) for index in range(first, min(sentence.after, first + TAIL_WORDS_MAX // 2)))


def _source_end(said: Paragraph, first: int, after: int) -> int:
    """Where the source ends when no comma follows it: before the verb, or behind its noun."""
    language, verbs = said.wording.language, said.wording.verb
    for index in range(first + 1, after):
        word = said.words[index]
        if word.word in verbs:
            return index
        if language == "de" and not word.capital and word.word not in said.wording.determiner:
            adjective = said.words[index - 1].word in said.wording.determiner or word.word.endswith("er")
            if not (adjective and index + 1 < after and said.words[index + 1].capital):
                return index
        if language == "nl" and not word.capital and index > first + 1 and said.word(index - 1) not in _DUTCH_INSIDE:
            return index
    return after


def _source_behind(said: Paragraph, sentence: Sentence, cue: Cue) -> Report | None:
    """`Dem Bericht zufolge …`, `Polise göre …`: the source stands before its cue at the beginning of the sentence."""
    who = before_cue(said, cue, start=sentence.first)
    if who is None or who[0] > sentence.first + 1 or cue.after >= sentence.after or who[1] - who[0] > SOURCE_WORDS_MAX:
        return None
    if any(said.word(index) in said.wording.verb | said.wording.stop for index in range(who[0] + 1, who[1])):
        return None
    return _report(said, sentence, who, cue, first=cue.after)


def _behind(said: Paragraph, sentence: Sentence, cue: Cue) -> Report | None:
    """`…, said X`, `…, X said`, `…, selon X` at the end of a sentence."""
    if cue.first == sentence.first or sentence.after - cue.first > TAIL_WORDS_MAX:
        return None
    if _comma(said, cue.first) or (cue.kind in {"source", "source_post"} and not said.gap(cue.first).strip()):
        who = after_cue(said, cue, until=sentence.after)
        if who and not _comma(said, cue.first) and who[1] < sentence.after and not _comma(said, who[1]):
            return None
        end = said.words[cue.first - 1].end
    elif cue.kind == "source_after" or (said.wording.language == "en" and cue.kind == "said"):
        who = before_cue(said, cue, start=sentence.first)
        if who is None or who[0] == sentence.first or not _comma(said, who[0]):
            return None
        end = said.words[who[0] - 1].end
    else:
        return None
    if who is None or any(_comma(said, index) for index in range(_tail(cue, who), sentence.after)):
        return None
    if not _ends_here(said, cue, who, sentence):
        return None
    first = said.words[sentence.first].start
    if sum(said.words[index].start < end for index in range(sentence.first, cue.first)) < BEHIND_WORDS_MIN:
        return None
    if said.word(sentence.first) in _SUBORDINATE:
        return None
    return Report(first, end, who, (cue.first, cue.after))


def _ends_here(said: Paragraph, cue: Cue, who: tuple[int, int], sentence: Sentence) -> bool:
    """Whether the sentence says no more behind speaker and verb than when, where and who that is."""
    after = max(cue.after, who[1])
    if cue.kind in {"after", "source_after"} and not (
        said.words[who[0]].capital or said.word(who[0]) in _subjects(said)
    ):
        return False
    if after >= sentence.after:
        return True
    if said.word(after) in _HELPING:
        return False
    if said.wording.language != "en" or who[0] >= cue.after:
        return True
    word = said.word(after)
    return word in said.wording.stop or word in said.wording.dates or word.endswith("ly")


def _subjects(said: Paragraph) -> frozenset[str]:
    return said.wording.determiner | said.wording.pronoun


def _tail(cue: Cue, who: tuple[int, int]) -> int:
    """The word from which on no comma may stand: behind a speaker at the end one leads to an apposition."""
    return cue.after if who[0] < cue.first else who[1] + 1


def _report(said: Paragraph, sentence: Sentence, who: tuple[int, int] | None, cue: Cue, first: int) -> Report | None:
    if who is None or sentence.after - first < WORDS_MIN or COVER in said.gap(first):
        return None
    if said.word(who[0]) in OURSELVES:
        return None
    start, end = said.words[first].start, sentence.end
    while end > start and said.covered[end - 1] in _STRIPPED:
        end -= 1
    return Report(start, end, who, (cue.first, cue.after)) if end > start else None


def _comma(said: Paragraph, index: int) -> bool:
    return index < len(said.words) and bool(_COMMAS & set(said.gap(index)))


_GERMAN_RELATING = frozenset(words("wie wovor wozu woran wobei womit wonach worauf worüber was wo"))
_GERMAN_SUBJECTS = frozenset(words("er sie es man wir"))
_GERMAN_OBJECTS = frozenset(words("vor über von für an gegen um"))
"""With these stands what a verb of saying is about; what a comma parts from it is not what was said."""
_RELATIVES = frozenset(words("der die das den dem deren dessen wo was wie wer welche welcher so und sondern aber"))
_TELLING = frozenset(words("told tells assured warned warns reminded informed"))
_HELPING = frozenset(words("had has have is was were are will would could may should did does can"))
_OF = frozenset({"de", "di", "d"})
_DUTCH_INSIDE = frozenset(words("van de het een der voor"))
_BEGINS = frozenset(words("there more no at people police officials such most all those these nobody everyone"))
_SUBORDINATE = frozenset(
    words(
        "as if when while although though because since wie als wenn während obwohl weil da nachdem comme si quand "
        "lorsque alors cuando como aunque mientras se quando mentre come як как если когда хотя якщо коли хоча jak "
        "gdy kiedy"
    )
)
