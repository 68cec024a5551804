"""Names in Chinese, where neither capitals nor spaces show them (decides)."""

from __future__ import annotations

import re
from functools import cache

from chronik.extract.names.gazetteer import CITY, persons, places
from chronik.model.readings import Mention, NameKind

PLACE_SIGNS = range(8, 1, -1)
"""How long names of places may be, the longest tried first."""
PERSON_SIGNS = range(7, 2, -1)
"""How long a foreign name in one piece may be."""
PART_SIGNS_MAX = 6

_DOTS = "·•‧・∙"
_HAN = "\u4e00-\u9fff"
_DOTTED = re.compile(rf"[{_HAN}]{{1,{PART_SIGNS_MAX}}}(?:[{_DOTS}][{_HAN}A-Z]{{1,{PART_SIGNS_MAX}}}){{1,4}}")
_FOREIGN_SIGNS = frozenset(
    "阿艾爱埃安奥巴班邦鲍贝本比彼别宾波伯勃博布查茨达戴丹道得德登邓迪蒂丁杜多"
    "厄恩尔法范菲费芬弗福富盖冈高戈格古圭哈海汉豪赫亨洪胡怀霍基吉季加贾简杰金"
    "卡凯坎康考科克肯孔库夸拉莱赖兰朗劳勒雷黎李里利莉丽连廉列林琳隆卢鲁伦罗洛吕"
    "马玛麦曼芒毛梅门蒙米密明莫姆穆纳娜奈南内尼宁纽努诺欧帕潘庞佩彭皮平珀朴普奇齐"
    "琪钱乔切琼丘让热日荣瑞若萨塞桑沙莎山珊尚绍舍申圣施什史士舒顺思斯苏索塔泰坦"
    "汤唐陶特滕藤提汀廷图托瓦万旺威韦维温文翁沃乌伍西希锡夏肖谢辛欣休许逊雅亚延"
    "扬耶叶伊易因英尤于约扎泽赞詹珍芝治朱卓兹佐內爾維羅馬爾達蘭萊倫貝穌魯納諾龐喬瓊賽蘇湯圖溫韋烏謝遜亞楊葉約澤詹許"
)
_SURNAMES = frozenset(
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许邓冯韩曹曾彭萧蔡潘田董袁"
    "于余叶蒋杜苏魏程吕丁沈任姚卢傅钟姜崔谭廖范汪陆金石戴贾韦夏邱方侯邹熊孟秦白江"
    "阎薛尹段雷黎史龙贺陶顾毛郝龚邵万钱严赖洪武莫孔汤习温栗張劉陳楊黃"
    "趙吳孫馬鄭謝許鄧馮韓蔣葉蘇魏呂盧鍾譚陸賈龍賀顧龔邵萬錢嚴賴湯習溫"
)
_TITLES = (
    "总统|主席|总理|首相|部长|外长|防长|国务卿|议员|参议员|众议员|市长|州长|将军|法官|教授|博士|先生"
    "|女士|小姐|大使|发言人|教练|国王|女王|王子|公主|教皇|总裁|书记|委员长|总书记|院长|校长|局长|警"
    "长|导演|演员|歌手|作家|記者|记者|領導人|领导人|總統|總理|部長|議員|發言人|教授"
)
_SPEAKS = "表示|说|称|指出|认为|强调|告诉|宣布|先生|女士|教授|博士|總統|总统|主席|总理|説|說|稱|認為"
_GIVEN = rf"[{_HAN}]{{1,2}}"
_CHINESE_BEFORE = re.compile(
    rf"(?:{_TITLES})(?P<name>[{''.join(sorted(_SURNAMES))}]{_GIVEN})"
    r"(?=[，。、；：“”（）]|在|表|说|称|指|认|强|会|与|和|对|的|$)"
)
_CHINESE_AFTER = re.compile(rf"(?:^|[，。、；：“”（）])(?P<name>[{''.join(sorted(_SURNAMES))}]{_GIVEN}?)(?={_SPEAKS})")
_KNOWN = (
    "联合国安理会|联合国|欧盟委员会|欧盟|欧洲联盟|北约|世界卫生组织|世卫组织|国际货币基金组织|世界银行|世"
    "贸组织|白宫|美国国会|国会|参议院|众议院|五角大楼|克里姆林宫|塔利班|哈马斯|真主党|基地组织|伊斯兰国|"
    "路透社|法新社|美联社|新华社|脸书|推特|谷歌|微软|苹果公司|亚马逊公司|特斯拉|欧佩克|国际足联|"
    "欧足联|红十字会|最高法院|联邦调查局|中央情报局|国务院|外交部|国防部|共和党|民主党|工党|保守党|"
    "聯合國|歐盟|北約|世界衛生組織|國會|參議院|眾議院|英国广播公司|有线电视新闻网|中国共产党|共产党|美联储|欧洲央行"
)
_ORGANISATION_ENDS = (
    "委员会|大学|公司|银行|法院|议会|协会|联盟|俱乐部|集团|基金会|警察局|学院|医院|研究所|组织"
    "|学会|委員會|大學|銀行|議會|協會|聯盟|俱樂部|集團|基金會|警察局|學院|醫院|研究所|組織"
)
_ORGANISATION = re.compile(rf"(?P<known>{_KNOWN})|(?P<name>[{_HAN}]{{2,8}}?(?:{_ORGANISATION_ENDS}))")
_SMALL = re.compile(
    "[的在和与是了对向从被由及于为将把让使到说称把这那该其一二三两些个有也都不没以而或但因等時时於與為]"
)
_KNOWN_PLACES = frozenset(
    re.findall(
        r"\S+",
        "英格兰 苏格兰 威尔士 克里米亚 加沙 加沙地带 约旦河西岸 科索沃 高加索 "
        "西伯利亚 顿巴斯 库尔德斯坦 中东 欧洲 亚洲 非洲 拉丁美洲 东欧 "
        "加利福尼亚 宾夕法尼亚 宾夕法尼亚州 弗吉尼亚 西弗吉尼亚 得克萨斯 佛罗里达 密歇根 "
        "俄亥俄 华盛顿 台湾 香港 澳门 新疆 西藏 纳戈尔诺-卡拉巴赫",
    )
)
_FOLLOWING = re.compile("[于在和与也对说称将已被是的]")
"""Signs that open what follows a foreign name far more often than they are part of one."""
_NO_PLACES = frozenset(
    re.findall(
        r"\S+",
        "大学 公司 中心 东方 南方 北方 西方 新城 和平 解放 光明 太平"
        " 永安 长安 高明 新的 大同 平安 安定 建设 中西 上海人 今日 "
        "中央 西安人 万达 清明 东西",
    )
)


class _Names:
    """Names of one text, the first taken at a place keeping it."""

    def __init__(self, text: str) -> None:
        self._taken = bytearray(len(text))
        self.found: list[Mention] = []

    def take(self, span: tuple[int, int], kind: NameKind) -> None:
        """Keep a name unless part of it is taken."""
        start, end = span
        if start < end and not any(self._taken[start:end]):
            self._taken[start:end] = b"\x01" * (end - start)
            self.found.append(Mention(start=start, end=end, kind=kind))


def names(text: str) -> list[Mention]:
    """The names, in order."""
    taking = _Names(text)
    for match in _DOTTED.finditer(text):
        taking.take(_dotted(match), NameKind.PERSON)
    for match in _ORGANISATION.finditer(text):
        taking.take(_organisation(match), NameKind.ORGANISATION)
    for pattern in (_CHINESE_BEFORE, _CHINESE_AFTER):
        for match in pattern.finditer(text):
            taking.take(match.span("name"), NameKind.PERSON)
    at = 0
    while at < len(text):
        end, kind = _listed_at(text, at) if text[at] in _firsts() else (at, None)
        if kind is not None:
            taking.take((at, end), kind)
        at = max(end, at + 1)
    return sorted(taking.found, key=lambda mention: mention.start)


def _listed_at(text: str, at: int) -> tuple[int, NameKind | None]:
    known, named = places("Hani"), persons("Hani")
    for length in PLACE_SIGNS:
        phrase = text[at : at + length]
        if (phrase in _KNOWN_PLACES or known.get(phrase, 0) >= CITY) and phrase not in _NO_PLACES:
            return at + length, NameKind.PLACE
        if length in PERSON_SIGNS and set(phrase) <= _FOREIGN_SIGNS and (phrase in named.usual or phrase in named.rare):
            return at + length, NameKind.PERSON
    return at, None


def _dotted(match: re.Match[str]) -> tuple[int, int]:
    """A foreign name with dots between its parts, without the words that run into it."""
    text, start, end = match[0], match.start(), match.end()
    first = re.split(f"[{_DOTS}]", text, maxsplit=1)[0]
    last = re.split(f"[{_DOTS}]", text)[-1]
    follows = _FOLLOWING.search(last, 1)
    end, last = (end - len(last) + follows.start(), last[: follows.start()]) if follows else (end, last)
    return start + len(first) - _foreign_tail(first), end - len(last) + _foreign_head(last)


def _foreign_tail(part: str) -> int:
    """How many of the last signs are a name."""
    named = persons("Hani")
    for length in range(len(part), 0, -1):
        if part[-length:] in named.usual or part[-length:] in named.rare:
            return length
    length = 0
    while length < len(part) and part[-length - 1] in _FOREIGN_SIGNS:
        length += 1
    return max(1, length)


def _foreign_head(part: str) -> int:
    """How many of the first signs are a name."""
    named = persons("Hani")
    for length in range(len(part), 1, -1):
        if part[:length] in named.usual or part[:length] in named.rare:
            return length
    length = 0
    while length < len(part) and part[length] in _FOREIGN_SIGNS:
        length += 1
    return max(1, length)


def _organisation(match: re.Match[str]) -> tuple[int, int]:
    """An organisation, without small words before it."""
    if match["known"]:
        return match.span()
    start, end = match.span()
    small = [found.end() for found in _SMALL.finditer(match[0])]
    start += small[-1] if small else 0
    return (start, end) if end - start > 3 else (start, start)


@cache
def _firsts() -> frozenset[str]:
    """The first signs of all names on the lists."""
    named = persons("Hani")
    return frozenset(name[0] for name in (*places("Hani"), *named.usual, *named.rare) if name)
