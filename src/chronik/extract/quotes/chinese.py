"""Who says what in Chinese and Japanese papers (decides): their writing has no spaces, so patterns stand for words."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from chronik.extract.quotes.marks import quotations
from chronik.extract.quotes.paragraph import COVER
from chronik.model import Span, Statement

if TYPE_CHECKING:
    from collections.abc import Iterator

    from chronik.extract.quotes.marks import Quotation

SPEAKER_CHARACTERS_MAX = 40
TOLD_CHARACTERS_MIN = 2
UNTOLD_CHARACTERS_MIN = 12
"""Of a quotation whose speaker is not named: shorter ones are names."""
_VERBS = (
    "补充说|補充說|补充道|回应说|回應說|回答说|回答說|解释说|解釋說|强调说|表示说|接受采访时说|接受采访时表示|指出|表示|强调|強調|认为|認為|宣布|透露|"
    "称|稱|[说說](?![的法服明])|(?<![知报報])道|写道|寫道|呼吁|呼籲|警告|坦言|提到|介绍|介紹|回应|回應|告诉记者|告訴記者|批评|批評|重申|述べた|語った|話した|説明した|という"
)
_NAME = rf"[^，。；：！？、,;:!?“”「」『』\s{COVER}]"
_SAID_BEFORE = re.compile(rf"(?P<who>{_NAME}{{1,{SPEAKER_CHARACTERS_MAX}}}?)(?P<cue>{_VERBS})[：:，,]?\s*$")
_SAID_AFTER = re.compile(
    rf"[，,]?\s*(?P<who>{_NAME}{{1,{SPEAKER_CHARACTERS_MAX}}}?)(?P<cue>{_VERBS})(?=[，。,！？\s：:]|$)"
)
_REPORTED = re.compile(
    rf"(?:^|(?<=[，,]))(?P<who>{_NAME}{{1,{SPEAKER_CHARACTERS_MAX}}}?)(?P<cue>{_VERBS})(?:[，,：:]|(?=[^，,。：:{COVER}]{{6}}))"
    rf"(?P<said>[^{COVER}“”「」]{{4,}})$"
)
_ACCORDING = re.compile(
    rf"^(?P<cue>据|據|根据|根據|按照)(?P<who>{_NAME}{{1,{SPEAKER_CHARACTERS_MAX}}}?)"
    rf"(?:的?(?:报道|報道|报导|報導|消息|说法|說法|统计|統計|介绍|介紹|数据|公布)|称|稱|透露|说|表示|通报|披露)*"
    rf"[，,](?P<said>[^{COVER}“”「」]{{4,}})$"
)
_ASIDE = re.compile(
    r"^(?:据|根据|但|而|不过|同时|此外|随后|另外|对此|他还|她还|并|又|还|也)?(?:[\d一二三四五六七八九十]{1,3}[月日号]){0,2}"
)
_LATER = re.compile(
    r"(?:同时|此外|随后|另外|当天|日前|近日|今天|昨天|昨晚|今晚|昨日|今日|周[一二三四五六日]|则|还|也|亦|曾|并|在[^，。]{1,20}?[时中上后]|\d{1,2}日(?:在[^，。]{1,12})?)+$"
)
_SENTENCE = re.compile(r"[^。！？\n]+")


def in_chinese(text: str) -> tuple[list[Statement], bool]:
    """The statements of a paragraph, and whether its last quotation goes on in the next one."""
    quoted = quotations(text)
    covered = _covered(text, quoted)
    found: list[Statement] = []
    earlier: tuple[tuple[int, int], tuple[int, int]] | None = None
    end = 0
    for one in quoted:
        told = said_around(covered, start=one.outer_start, end=one.outer_end)
        if told is None and earlier and _is_between(covered[end : one.outer_start]):
            told = earlier
        if _is_said(text[one.start : one.end], told=told is not None):
            found.append(_statement((one.start, one.end), told, quoted=True))
            earlier = told
        end = one.outer_end
    found += [_statement(said, (who, cue), quoted=False) for said, who, cue in reports(covered)]
    return sorted(found, key=lambda one: one.start), bool(quoted) and not quoted[-1].closed


def _covered(text: str, quoted: list[Quotation]) -> str:
    parts, last = [], 0
    for one in quoted:
        parts += [text[last : one.outer_start], COVER * (one.outer_end - one.outer_start)]
        last = one.outer_end
    return "".join((*parts, text[last:]))


def _is_between(between: str) -> bool:
    """Whether the paper says no more between two parts than who speaks."""
    return len(between) <= SPEAKER_CHARACTERS_MAX // 2 and "。" not in between


def _is_said(inner: str, *, told: bool) -> bool:
    return len(inner) >= (TOLD_CHARACTERS_MIN if told else UNTOLD_CHARACTERS_MIN)


def _statement(
    said: tuple[int, int], told: tuple[tuple[int, int], tuple[int, int]] | None, *, quoted: bool
) -> Statement:
    who, cue = (Span(start=span[0], end=span[1]) for span in told) if told else (None, None)
    return Statement(start=said[0], end=said[1], quoted=quoted, speaker=who, cue=cue)


def said_around(covered: str, *, start: int, end: int) -> tuple[tuple[int, int], tuple[int, int]] | None:
    """Speaker and cue right before or right behind a quotation."""
    first = max(0, start - 2 * SPEAKER_CHARACTERS_MAX)
    clause = max(covered.rfind(mark, first, start - 1) for mark in "。！？，,\n；" + COVER) + 1
    match = _SAID_BEFORE.search(covered, max(first, clause), start)
    if match:
        return _who(match), match.span("cue")
    match = _SAID_AFTER.match(covered, end, end + 2 * SPEAKER_CHARACTERS_MAX)
    return (_who(match), match.span("cue")) if match else None


def reports(covered: str) -> Iterator[tuple[tuple[int, int], tuple[int, int], tuple[int, int]]]:
    """Words reported, speaker and cue of each sentence that names them."""
    for sentence in _SENTENCE.finditer(covered):
        begin = sentence.start() + len(sentence[0]) - len(sentence[0].lstrip())
        clause = covered[begin : sentence.end()]
        match = _ACCORDING.match(clause) or _REPORTED.search(clause[: 4 * SPEAKER_CHARACTERS_MAX])
        if match is None:
            continue
        who = _who(match)
        until = sentence.end() if match.re is _REPORTED else begin + match.end("said")
        said = begin + match.start("said"), until
        yield said, (begin + who[0], begin + who[1]), (begin + match.start("cue"), begin + match.end("cue"))


def _who(match: re.Match[str]) -> tuple[int, int]:
    """The speaker without what the clause begins with, and without days and places before the verb."""
    start, end = match.span("who")
    aside = _ASIDE.match(match["who"])
    if aside and aside.end() < end - start:
        start += aside.end()
    later = _LATER.search(match.string, start, end)
    if later and later.start() > start:
        end = later.start()
    return start, end
