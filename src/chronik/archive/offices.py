"""Which office of a state a name means, whatever the language: a foreign ministry, a defence ministry. Decides."""

from __future__ import annotations

import re
from enum import StrEnum
from functools import lru_cache

NAMES_KEPT = 20_000
TEXT_CHARACTERS_MAX = 300


class Office(StrEnum):
    """Offices that press archives credit."""

    FOREIGN = "foreign ministry"
    DEFENCE = "defence ministry"
    INTERIOR = "interior ministry"
    FINANCE = "finance ministry"
    PRESIDENT = "president"
    GOVERNMENT = "head of government"
    PARLIAMENT = "parliament"


_STEMS = {
    Office.FOREIGN: "außenminist|aussenminist|auswärtige|foreign (?:ministr|affairs|office)|ministry of foreign"
    "|affaires étrang|иностранных дел|закордонних|\\bмид\\b|\\bмзс\\b|dışişleri|affari esteri|asuntos exteriores"
    "|negócios estrangeiros|spraw zagranicznych|state department|department of state|xarici işlər|արտաքին գործ"
    "|الخارجية|外交部|外務省",
    Office.DEFENCE: "verteidigungsminist|defen[cs]e (?:ministr|department)|(?:ministry|department) of defen[cs]e"
    "|(?:ministère|département) (?:des armées|de la défense)|министерство обороны|минобороны|міністерство оборони"
    "|milli savunma|ministero della difesa|ministerio de defensa|obrony narodowej|müdafiə nazirliyi|պաշտպանության"
    "|وزارة الدفاع|国防部|防衛省",
    Office.INTERIOR: "innenminist|interior (?:ministr)|ministry of (?:the )?interior|home office"
    "|ministère de l.intérieur|внутренних дел|внутрішніх справ|\\bмвд\\b|içişleri"
    "|ministero dell.interno|ministerio del interior",
    Office.FINANCE: "finanzminist|finance ministr|ministry of finance|ministère des finances|министерство финансов"
    "|минфин|treasury|maliye bakan",
    Office.PRESIDENT: "präsidialamt|präsident(?:in)? |präsidentschaft|president of|presidential|présidence de la rép"
    "|président de la|президент|cumhurbaşkan|prezident",
    Office.GOVERNMENT: "bundeskanzler|kanzleramt|premierminist|ministerpräsident|prime minister|premier ministre"
    "|правительство|премьер|başbakan|chancellery|regierungssprecher|bundesregierung",
    Office.PARLIAMENT: "parlament|parliament|parlement|national assembly|assemblée nationale|nationalversammlung"
    "|государственная дума|верховная рада|house of representatives",
}
_PATTERNS = {office: re.compile(stems, re.IGNORECASE) for office, stems in _STEMS.items()}


@lru_cache(maxsize=NAMES_KEPT)
def offices(name: str) -> frozenset[Office]:
    """The offices that a name means; usually none, or one."""
    text = f"{name[:TEXT_CHARACTERS_MAX]} "
    return frozenset(office for office, pattern in _PATTERNS.items() if pattern.search(text))
