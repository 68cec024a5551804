"""Decides: which news agencies a text credits, by its dateline, the brackets and lines at its ends, and its source.

"The minister told Reuters" credits nobody: a name counts only where credits stand, with nothing beside it but what
credits are made of. The names lie in `agencies.toml`.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

END_CHARACTERS = 400
"""How much of both ends of a text is looked at."""
END_LINES = 4
DATELINE_CHARACTERS_MAX = 70
CREDIT_CHARACTERS_MAX = 120
WRITTEN_EXACTLY_MAX = 5
"""Letters up to which a spelling counts in its own case only: AP, and no app; Efe is a first name."""
ABBREVIATION_MAX = 3
"""Letters of an editor's or a desk's abbreviation beside an agency's name: (dpa/lno), bbr/mes/dpa."""
PLACE_SIGNS_MAX = 14

_BRACKETS = re.compile(
    r"\(([^()\n]{1,100})\)|\[([^\[\]\n]{1,100})\]|（([^（）\n]{1,100})）|［([^［］\n]{1,100})］|【([^【】\n]{1,100})】"
    r"|(?<![^\s\w.])/([^/()\n]{1,60})/"
)
_WORD = re.compile(r"[^\W_]+")
_AFTER_NAME = re.compile(r"\s*(?:[.։。–—:：]|-+(?=\s)|-(?=[\u0590-\u08ff])|-?$|,(?:\s[^\W\d_]+){1,3}\.)")
_AFTER_LEADING_NAME = re.compile(r"\s*[–—-]+\s|[.։。]\s|,\s\d{1,2}\.?\s[^\W\d_]+\.")
_SENTENCE_END = re.compile(r"(?<=[.!?…»”\"])\s+")
_QUOTES = "\"'«»„“”‘’ "
SENTENCES_LAST = 3
_LAST_WORDS = re.compile(r"[–—/-]\s*([^\s–—/]{2,12}(?:\s?[/,]\s?[^\s–—/]{2,12}){0,3})[.\s]*$")
"""What stands after the last dash or slash."""
_REPORTER = re.compile(r"(?:记者|記者)\s?\w{0,8}|\w{2,4}\s(?:기자|특파원)")
_TOGETHER_WITH = re.compile(r"(?:[^\W\d]\S*\s){1,4}(?:avec|with|mit|con|com|с)\s(.{2,60}[^.])")
"""`Le Monde avec AFP`."""
_WIRED_FROM = re.compile(r"[\w\s]{1,20}[电電]")
_AROUND_PLACE = re.compile(r"^\s+|[\s=＝]+$")
_SEPARATOR = ",./:;–—-、，=＝|։"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Known:
    """The table of agencies, ready to be looked for."""

    name: re.Pattern[str]
    agencies: dict[str, str]
    """Spelling, folded where its case does not count, → agency."""
    sources: dict[str, str]
    signs: dict[str, str]
    telling_words: frozenset[str]
    """The longest word of each spelling in scripts with blanks between words: a quick way to see that none is there."""
    unspaced: tuple[str, ...]
    named_source: re.Pattern[str]
    """`Source: AFP`, also within a line."""
    words: frozenset[str]
    pictures: frozenset[str]
    namesakes: dict[str, tuple[str, frozenset[str]]]
    """Agency → the better known one of the same name, and the places from which it is this one."""


def credited(text: str, *, source: str = "") -> tuple[str, ...]:
    """Ids of the agencies that a text credits, the first one first; `source` is a name, a host or a credit line."""
    begin, end = text[:END_CHARACTERS], text[-END_CHARACTERS:]
    found = _of_source(source) if source else []
    found += _at_beginning(begin) if _may_credit(begin) else ()
    found += _at_end(end) if _may_credit(end) else ()
    return tuple(_told_apart(each, begin) for each in dict.fromkeys(found) if each)


def _told_apart(found: str, begin: str) -> str:
    """Of two agencies with one name, the one whose places stand at the beginning."""
    for other, (name, places) in _known().namesakes.items():
        if found == name and not places.isdisjoint(_WORD.findall(begin[:DATELINE_CHARACTERS_MAX])):
            return other
    return found


def agency(source: str) -> str:
    """Id of the agency that this source itself is, or an empty string."""
    known, key = _known(), source[:CREDIT_CHARACTERS_MAX].strip().casefold()
    host = key.removeprefix("https://").removeprefix("http://").split("/")[0].removeprefix("www.")
    parents = (host[at:] for at in (0, *(place.end() for place in re.finditer(r"\.", host))))
    by_host = next((known.sources[parent] for parent in parents if parent in known.sources), "")
    whole = known.name.fullmatch(source.strip()[:CREDIT_CHARACTERS_MAX])
    return by_host or (_id(whole.group()) if whole else "")


def _may_credit(text: str) -> bool:
    """Whether it can name an agency at all, seen quickly."""
    known = _known()
    return (
        not known.telling_words.isdisjoint(_WORD.findall(_key(text)))
        or any(name in text for name in known.unspaced)
        or any(sign in text for sign in known.signs)
    )


def _of_source(source: str) -> list[str]:
    own = agency(source)
    return [own] if own else _only_credits(source[:CREDIT_CHARACTERS_MAX])


def _at_beginning(text: str) -> Iterator[str]:
    for line in _lines(text)[:END_LINES]:
        yield from _only_credits(line)
        yield from _dateline(line)
        for bracket in _BRACKETS.finditer(line[: DATELINE_CHARACTERS_MAX * 2]):
            before, after = line[: bracket.start()], line[bracket.end() :]
            if _is_dateline(before) or re.match(r"\s*[–—-]", after):
                yield from _only_credits(bracket[bracket.lastindex or 0], with_place=True)


def _at_end(text: str) -> Iterator[str]:
    lines = _lines(text)[-END_LINES:]
    for line in lines:
        for sentence in _SENTENCE_END.split(line)[-SENTENCES_LAST:]:
            yield from _only_credits(sentence)
        for bracket in _BRACKETS.finditer(line):
            if not line[bracket.end() :].strip(" .*") or line is lines[-1]:
                yield from _only_credits(bracket[bracket.lastindex or 0], with_place=True)
        yield from (_id(found[1]) for found in _known().named_source.finditer(line))
        yield from (found for sign, found in _known().signs.items() if sign in line)
    if lines and (after := _LAST_WORDS.search(lines[-1])):
        yield from _only_credits(after[1])


def _lines(text: str) -> list[str]:
    return [line.strip(_QUOTES) for line in text.splitlines() if line.strip(_QUOTES)]


def _only_credits(line: str, *, with_place: bool = False) -> list[str]:
    """The agencies of a line or bracket in which nothing else stands than a credit; none of any other."""
    if len(line) > CREDIT_CHARACTERS_MAX or not _may_credit(line):
        return []
    known = _known()
    found = [_id(name.group()) for name in known.name.finditer(line)]
    rest = _REPORTER.sub(" ", known.name.sub(" ", line))
    if found and with_place and (last := _last_name(line)):
        place = _AROUND_PLACE.sub("", line[:last])
        if place and len(place) <= PLACE_SIGNS_MAX and not place.isascii() and _is_dateline(place):
            return found
    if all(_belongs(word, known) for word in _WORD.findall(rest)):
        return found
    together = _TOGETHER_WITH.fullmatch(line)
    return _only_credits(together[1]) if together else []


def _last_name(line: str) -> int:
    """Where the name begins that ends the line; 0 where none does."""
    return next((name.start() for name in _known().name.finditer(line) if name.end() == len(line.rstrip())), 0)


def _belongs(word: str, known: _Known) -> bool:
    folded = word.casefold()
    if folded in known.pictures:
        return False
    is_abbreviation = len(word) <= ABBREVIATION_MAX and (word.islower() or word.isupper()) and word.isalpha()
    return folded in known.words or is_abbreviation or any(letter.isdecimal() for letter in word)


def _dateline(line: str) -> Iterator[str]:
    """Agencies without brackets before a text: `MOSKAU, 3. März, TASS. `, `ANSA - `, `新华社北京3月3日电`."""
    start = line[: DATELINE_CHARACTERS_MAX * 2]
    for name in _known().name.finditer(start) if _may_credit(start) else ():
        before, after = line[: name.start()].strip(), line[name.end() :]
        leads = not before and (_AFTER_LEADING_NAME.match(after) or _WIRED_FROM.match(after))
        follows = (
            (before[-1:] in _SEPARATOR or before[-1:].isdecimal()) and _AFTER_NAME.match(after) and _is_dateline(before)
        )
        if leads or (before and follows):
            yield _id(name.group())


def _is_dateline(before: str) -> bool:
    """Whether nothing but places, dates and names stands here: no word that begins small, except beside a number."""
    words = _WORD.findall(before)
    if len(before) > DATELINE_CHARACTERS_MAX or len(words) > 9:
        return False
    follows_number = False
    if any(word.casefold() in _known().pictures for word in words):
        return False
    for word in words:
        if word[0].islower() and len(word) > ABBREVIATION_MAX and not follows_number:
            return False
        follows_number = any(letter.isdecimal() for letter in word)
    return True


def _id(spelling: str) -> str:
    agencies = _known().agencies
    return agencies.get(spelling) or agencies.get(_key(spelling), "")


def _key(spelling: str) -> str:
    return unicodedata.normalize("NFC", spelling).casefold()


@cache
def _known() -> _Known:
    table = tomllib.loads(files("chronik.relate").joinpath("agencies.toml").read_text(encoding="utf-8"))
    spellings = {name: agency for agency, entry in table["agencies"].items() for name in entry["names"]}
    short = {name: agency for name, agency in spellings.items() if len(name) <= WRITTEN_EXACTLY_MAX}
    long = {_key(name): agency for name, agency in spellings.items() if len(name) > WRITTEN_EXACTLY_MAX}
    hosts = {
        host.casefold(): agency for agency, entry in table["agencies"].items() for host in entry.get("sources", ())
    }
    either = rf"{_either(short)}|(?i:{_either(long)})"
    unspaced = tuple(name for name in spellings if _is_unspaced(name))
    return _Known(
        name=re.compile(either),
        agencies={**short, **long},
        sources=hosts,
        signs={sign: agency for agency, entry in table["agencies"].items() for sign in entry.get("signs", ())},
        telling_words=frozenset(max(_WORD.findall(_key(name)), key=len) for name in spellings if name not in unspaced),
        unspaced=unspaced,
        named_source=re.compile(rf"(?i:{'|'.join(table['source_words'].split())})\s*[:：—–-]\s*({either})"),
        words=frozenset(table["words"].casefold().split()),
        pictures=frozenset(table["pictures"].casefold().split()),
        namesakes={
            agency: (entry["namesake"], frozenset(entry["places"]))
            for agency, entry in table["agencies"].items()
            if "namesake" in entry
        },
    )


def _either(spellings: dict[str, str]) -> str:
    """A pattern for any of them, the longest first, as whole words where the script has blanks between words."""
    return "|".join(_whole(name) for name in sorted(spellings, key=len, reverse=True))


def _whole(name: str) -> str:
    return re.escape(name) if _is_unspaced(name) else rf"(?<!\w){re.escape(name)}(?!\w)"


def _is_unspaced(name: str) -> bool:
    return any(unicodedata.name(letter, "").startswith(("CJK", "KATAKANA", "HIRAGANA", "HANGUL")) for letter in name)
