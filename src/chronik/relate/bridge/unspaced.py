"""Names in scripts that set no spaces between words: Chinese and Japanese (decides)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from chronik.relate.bridge.gazetteer import kind_of, shelf
from chronik.relate.bridge.named import Kind, Named
from chronik.relate.bridge.skeleton import skeletons

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_RUN = re.compile(r"[\u3005\u30a1-\u30fe\u3400-\u9fff·・‧]+")
_TRANSCRIBING = (
    "阿埃艾爱安昂奥澳巴芭拜班邦包保鲍贝本比彼边宾波伯博勃布查昌茨达戴丹道德登邓迪蒂丁杜顿多厄恩尔法凡范菲费芬冯佛夫弗福盖冈戈格葛根贡古瓜圭"
    "哈汉豪赫亨洪胡华怀惠霍基吉加贾杰津久卡凯坎康考柯科可克肯孔库夸奎昆拉腊莱赖兰朗劳勒雷黎里理利莉廉列林琳隆卢鲁路伦罗洛马玛迈麦曼芒"
    "毛梅蒙孟米密缪摩莫默姆木穆纳娜乃奈瑙内尼妮宁纽努诺欧帕派潘庞培佩彭蓬皮珀普奇齐契恰乔切钦琼丘屈热荣茹儒瑞若撒萨塞赛桑瑟森沙莎尚绍舍"
    "什史士舒朔丝斯司松苏索塔泰坦汤唐陶特腾提田铁廷图托陀瓦旺威韦维魏温翁沃乌武西希锡夏肖谢辛欣休雪逊雅亚延扬耶伊依因英尤约宰赞泽曾扎詹"
    "芝朱兹卓宗祖佐愛奧邊賓達鄧爾費馮岡貢華懷賈庫誇萊賴蘭勞魯倫羅瑪邁麥諾歐龐齊喬欽瓊熱榮薩賽紹絲蘇湯圖韋溫烏謝遜揚約贊澤紮茲顿頓維蒂"
)
_FOREIGN = re.compile(f"(?:[{_TRANSCRIBING}]{{2,8}}[·・‧]){{0,5}}[{_TRANSCRIBING}]{{3,8}}")
_DOTTED = re.compile(r"[\u3400-\u9fff]{1,8}(?:[·・‧][\u3400-\u9fff]{1,8}){1,5}")
_KANA = re.compile(r"[\u30a1-\u30fe]{3,20}(?:・[\u30a1-\u30fe]{2,20}){0,5}")
_KANA_LETTER = re.compile("[\u30a1-\u30fa\u30fc-\u30fe]")
_DOTS = re.compile("[·・‧]")
_NAME_MAX = 12
_HEARD_WEIGHT, _DOTTED_WEIGHT = 0.4, 0.9


def writes_foreign_names(word: str) -> bool:
    """Whether all signs of a word are of those that Chinese writes foreign names with."""
    return set(word) <= _SIGNS


_SIGNS = frozenset(_TRANSCRIBING)


def names(text: str, *, extra: Mapping[str, tuple[str, ...]]) -> Iterator[Named]:
    """Known names first in each run of such letters, then words that are written as foreign names are."""
    for run in _RUN.finditer(text):
        taken = bytearray(len(run.group()))
        yield from _known(run.group(), run.start(), taken, extra)
        yield from _foreign(run.group(), run.start(), taken)


def _known(run: str, offset: int, taken: bytearray, extra: Mapping[str, tuple[str, ...]]) -> Iterator[Named]:
    place = 0
    while place < len(run) - 1:
        size, keys = _longest(run, place, extra)
        if size:
            taken[place : place + size] = b"\x01" * size
            kind = kind_of(keys[0])
            weight = 1.0 if kind is Kind.PERSON else 0.6
            surface = run[place : place + size]
            yield Named(key=keys[0], surface=surface, kind=kind, keys=keys, weight=weight, start=offset + place)
        place += size or 1


def _longest(run: str, place: int, extra: Mapping[str, tuple[str, ...]]) -> tuple[int, tuple[str, ...]]:
    han, kana = shelf("Hani").names, shelf("Kana").names
    for size in range(min(_NAME_MAX, len(run) - place), 1, -1):
        phrase = run[place : place + size].replace("·", " ").replace("・", " ")
        keys = han.get(phrase) or (kana.get(phrase, ()) if _whole(run, place, size) else ())
        keys = extra.get(phrase, ()) + keys
        if keys:
            return size, keys
    return 0, ()


def _whole(run: str, place: int, size: int) -> bool:
    """Whether no kana stands before or behind: a name in them is never a part of a longer word."""
    return not _KANA_LETTER.search(run[max(0, place - 1) : place] + run[place + size : place + size + 1])


def _foreign(run: str, offset: int, taken: bytearray) -> Iterator[Named]:
    for pattern, weight in ((_DOTTED, _DOTTED_WEIGHT), (_FOREIGN, _HEARD_WEIGHT), (_KANA, _HEARD_WEIGHT)):
        for match in pattern.finditer(run):
            if not any(taken[match.start() : match.end()]):
                taken[match.start() : match.end()] = b"\x01" * len(match.group())
                yield from _parts(match.group(), offset + match.start(), weight)


def _parts(name: str, place: int, weight: float) -> Iterator[Named]:
    for part in _DOTS.split(name):
        if keys := skeletons(part):
            yield Named(key=keys[0], surface=part, keys=keys, weight=weight, start=place)
        place += len(part) + 1
