"""One entity under all its spellings: finds names in a text and says which are one (decides)."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

from chronik.relate.bridge import known, unknown, unspaced
from chronik.relate.bridge.alike import alike
from chronik.relate.bridge.codes import likely, short
from chronik.relate.bridge.folding import folded
from chronik.relate.bridge.gazetteer import given_names, kind_of, spellings_of
from chronik.relate.bridge.named import Kind, Named
from chronik.relate.bridge.skeleton import MARK, skeletons
from chronik.relate.bridge.sounds import script
from chronik.relate.bridge.words import Capitals, capitals, words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from chronik.relate.bridge.known import Found
    from chronik.relate.bridge.words import Word

CHARACTERS_MAX = 20_000
"""Names behind these are not looked for."""
NAMES_MAX = 400
SAME_FROM = 0.68
"""So alike must two unknown names sound to be taken for one; where several words do, less for each is enough."""
SAME_WORDS_FROM, SAME_WORD_LEAST = 0.62, 0.35
GIVEN_NAME_FROM = 0.6
"""So alike must what stands before a known surname be to one of that person's given names."""
HEARD_FROM, HEARD_LETTERS_MIN, SPELLINGS_HEARD_MAX = 0.86, 5, 150
"""So alike must each word of a name on no list sound to one of a known entity's spellings."""
GIVEN_LETTERS_MIN = 4
WORDS_MAX = 8
PHRASE_CHARACTERS_MAX = 200
"""What is longer is no name."""
LISTED_FROM = 0.8
"""So alike must a name on no list sound to one that is; two that lists tell apart must sound the same."""
_SAID = "said:"
"""Identities of what editors say is one begin with it."""


class Bridge:
    """Names across languages and scripts."""

    def __init__(self, extra: Iterable[tuple[str, ...]] = (), apart: Iterable[tuple[str, str]] = ()) -> None:
        """`extra`: spellings that editors say are one entity; `apart`: pairs that they say are two."""
        self._groups = joined(extra)
        said = {name: keys for group in self._groups for name, keys in _said(group)}
        self._extra: dict[str, tuple[str, ...]] = {start: () for name in said for start in _beginnings(name)} | said
        self._apart = {frozenset(map(folded, pair)) for pair in apart}

    def names_in(self, text: str, *, language: str = "", known: Iterable[str] = ()) -> tuple[Named, ...]:
        """Names in a text in order, each once; `known` are names that a reader found in it."""
        language = short(language)
        names = (name[:PHRASE_CHARACTERS_MAX] for name in islice(known, NAMES_MAX))
        told = {folded(word) for name in names for word in name.split()}
        found: dict[str, Named] = {}
        for named in self._all(text[:CHARACTERS_MAX], language, told):
            before = found.setdefault(named.key, named)
            if named.weight > before.weight:
                found[named.key] = named
            if len(found) >= NAMES_MAX:
                break
        return tuple(found.values())

    def _all(self, text: str, language: str, told: set[str]) -> Iterator[Named]:
        found = words(text)
        language = language or likely(found)
        said = capitals(found, language=language)
        place = told_until = 0
        while place < len(found):
            word = found[place]
            entity = known.find(found, place, language=language, said=said, extra=self._extra)
            if entity and (told_until == place or not _of_another(entity, found, place, language)):
                told_until = place + entity.words
                yield known.named(entity, found[place : place + entity.words], text=text, language=language)
            else:
                heard = unknown.name(word, language=language, said=said, told=word.folded in told)
                if heard:
                    yield heard
            place += entity.words if entity else 1
        if not text.isascii():
            yield from unspaced.names(text, extra=self._extra)

    def entities(self, phrase: str) -> tuple[str, ...]:
        """Identities of what a word or phrase names, as far as a list knows it; capitals do not matter."""
        if len(phrase) > PHRASE_CHARACTERS_MAX:
            return ()
        return self._extra.get(folded(phrase)) or known.entities(phrase)

    def spellings(self, phrase: str) -> tuple[str, ...]:
        """Every spelling of the entity that a word or phrase names, the phrase itself first."""
        if len(phrase) > PHRASE_CHARACTERS_MAX:
            return (phrase,)
        wanted = folded(phrase)
        said = [name for group in self._groups if wanted in map(folded, group) for name in group]
        keys = known.entities(phrase) or self._extra.get(wanted, ())[1:]
        city = next((key for key in keys[1:2] if key.startswith("city:") and keys[0].startswith("place:")), "")
        meant = (*keys[:1], city) if city else keys[:1]
        return tuple(dict.fromkeys([phrase, *said, *(name for key in meant for name in spellings_of(key))]))

    def alike(self, first: Named, second: Named) -> float:
        """How surely two names are one, 0 to 1; 0 where they share no key."""
        if self.apart(first.surface, second.surface):
            return 0.0
        shared = set(first.keys).intersection(second.keys)
        if any(not key.startswith(MARK) for key in shared):
            return 1.0
        if not shared:
            return 0.0
        score, listed = (
            alike(first.surface, second.surface),
            sum(not one.key.startswith(MARK) for one in (first, second)),
        )
        least = (0.0, LISTED_FROM, 1.0)[listed]
        return score if score >= least else 0.0

    def same(self, first: str, second: str) -> bool:
        """Whether two spellings name one entity, as far as is known or can be heard."""
        if max(len(first), len(second)) > PHRASE_CHARACTERS_MAX:
            return first == second
        if self.apart(first, second):
            return False
        if folded(first) == folded(second):
            return True
        some, others = self.entities(first), self.entities(second)
        if some and others:
            return _meet(some, others) or _city_and_region(some[0], others[0])
        some, others = some or _in_a_case(first), others or _in_a_case(second)
        if _meet(some, others) or heard_as_one(first, second):
            return True
        return bool(some) != bool(others) and _sounds_like(second if some else first, (some or others)[0])

    def apart(self, first: str, second: str) -> bool:
        """Whether editors say that two spellings name different things."""
        return bool(self._apart) and frozenset((folded(first), folded(second))) in self._apart


def _meet(some: tuple[str, ...], others: tuple[str, ...]) -> bool:
    """Whether two names may be of one entity: the likeliest of one is among those of the other."""
    return bool(some and others) and (some[0] in others or others[0] in some)


def _city_and_region(first: str, second: str) -> bool:
    """Whether a region is the one around a city of its name."""
    if {first.partition(":")[0], second.partition(":")[0]} != {"city", "place"} or "-" not in first + second:
        return False
    names, others = ({folded(name) for name in spellings_of(key)} for key in (first, second))
    return not names.isdisjoint(others)


def _in_a_case(phrase: str) -> tuple[str, ...]:
    """Identities of a name in a case of its language, or of a person with a given name: no list has it as it stands."""
    if keys := known.inflected(phrase):
        return keys
    found = words(phrase)[:WORDS_MAX]
    keys = known.entities(found[-1].text) or known.inflected(found[-1].text) if len(found) > 1 else ()
    if not keys or kind_of(keys[0]) is not Kind.PERSON:
        return ()
    given = [word.text for word in found[:-1] if word.folded not in _BEFORE]
    if not given:
        return keys
    return tuple(key for key in keys if any(_given_alike(word, name) for word in given for name in given_names(key)))


def _given_alike(word: str, name: str) -> bool:
    return alike(word, name) >= GIVEN_NAME_FROM or (len(word) > GIVEN_LETTERS_MIN and _given_alike(word[:-1], name))


def _sounds_like(phrase: str, key: str) -> bool:
    """Whether a name on no list sounds nearly as one of an entity's spellings, word for word."""
    found = [word.text for word in words(phrase)[:WORDS_MAX]]
    if sum(map(len, found)) < HEARD_LETTERS_MIN and script(phrase[0]) not in _DENSE:
        return False
    for spelling in spellings_of(key)[:SPELLINGS_HEARD_MAX]:
        other = [word.text for word in words(spelling)[:WORDS_MAX]]
        if len(other) == len(found) and all(alike(*pair) >= HEARD_FROM for pair in zip(found, other, strict=True)):
            return True
    return False


_DENSE = frozenset({"Hani", "Hang", "Kana", "Arab", "Hebr"})


def joined(groups: Iterable[tuple[str, ...]]) -> list[tuple[str, ...]]:
    """Groups of spellings, those that have one in common made into one."""
    whole: dict[str, list[str]] = {}
    for group in groups:
        known = [whole[name] for name in map(folded, group) if name in whole]
        first = known[0] if known else []
        moved = [
            name for others in {id(names): names for names in known}.values() if others is not first for name in others
        ]
        first += (*moved, *group)
        whole |= {folded(name): first for name in (*moved, *group)}
    once = {id(names): names for names in whole.values()}
    return [tuple(dict.fromkeys(names)) for names in once.values()]


def _said(group: tuple[str, ...]) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Each folded name of a group with the identities of all: the group's own, and what a list knows of one of them."""
    listed = next((keys for name in group if len(name) <= PHRASE_CHARACTERS_MAX and (keys := known.entities(name))), ())
    keys = (_SAID + folded(group[0]), *listed[:1])
    return ((folded(name), keys) for name in group)


def _beginnings(name: str) -> Iterator[str]:
    """What a name of several words begins with; no entity by itself."""
    words = name.split(" ")[:WORDS_MAX]
    return (" ".join(words[:count]) for count in range(1, len(words)))


def _of_another(entity: Found, found: list[Word], place: int, language: str) -> bool:
    """Whether a known person's surname stands behind the given name of somebody else."""
    if entity.words > 1 or not place or kind_of(entity.keys[0]) is not Kind.PERSON:
        return False
    before, word = found[place - 1], found[place]
    if not before.cased or word.opens or before.end + 1 != word.start:
        return False
    name = unknown.name(before, language=language, said=Capitals.TELL, told=False)
    if name is None or name.weight < unknown.OPENING:
        return False
    return all(alike(before.text, given) < GIVEN_NAME_FROM for given in given_names(entity.keys[0]))


def heard_as_one(first: str, second: str) -> bool:
    """Whether the words of the shorter name sound like words of the longer one, in order, the last like the last."""
    some, others = sorted(
        ([word.text for word in words(name[:PHRASE_CHARACTERS_MAX])[:WORDS_MAX]] for name in (first, second)), key=len
    )
    if len(some) != len(others):
        some, others = _particles_joined(some), _particles_joined(others)
    if not some or _differ(some[-1], others[-1]):
        return False
    scores = [alike(some[-1], others[-1])]
    place = len(others) - 1
    for word in reversed(some[:-1]):
        place, score = max(((at, alike(word, others[at])) for at in range(place)), key=_score, default=(-1, 0.0))
        scores.append(score)
        if place < 0:
            return False
    if len(scores) == 1:
        return scores[0] >= SAME_FROM
    return min(scores) >= SAME_WORD_LEAST and sum(scores) >= SAME_WORDS_FROM * len(scores)


def _particles_joined(words: list[str]) -> list[str]:
    """Words of a name, what goes before a surname or behind it written together with it: DiCaprio, Davutoğlu."""
    if len(words) > 1 and (folded(words[-2]) in _BEFORE or folded(words[-1]) in _BEHIND):
        return [*words[:-2], words[-2] + words[-1]]
    return words


_WRITTEN_BEFORE = "di de da del la le van von el al ал эль аль аш ди де да ла ле фон ван دي دو دا فان فون لو"
_BEFORE = frozenset(_WRITTEN_BEFORE.split())
_BEHIND = frozenset(map(folded, ("oğlu", "оглу", "اوغلو", "أوغلو", "zade", "заде", "زاده")))


def _score(pair: tuple[int, float]) -> float:
    return pair[1]


def _differ(first: str, second: str) -> bool:
    """Whether two words have no skeleton in common."""
    return set(skeletons(first)).isdisjoint(skeletons(second))
