"""The words of a list that an inflected word may be a form of (decides).

No grammar: for each language the endings that names take, and what stands in their place in the nominative. What is
found must be on a list, so that too many tries do little harm.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

_STEM_LETTERS = 2
_RULES: Mapping[str, str] = {
    "ru": "а:|ы:а|у:а,|е:а,,ь|ой:а,ый,ое,ая,ой|ом:,о|ем:й,ь,|и:а,ь,я,|ии:ия|ию:ия|ией:ия|ия:ий|ием:ий|ея:ей|"
    "я:ь,й|ю:я,ь,й|ью:ь|ую:ая|ого:ий,ый,ое|ому:ий,ый|ым:,ий,ый|им:ий|ами:ы,а|ах:ы|ей:ья,я|ов:ы|их:ие|"
    "ее:ея|е:а,,я,ь|ке:ка|ки:ка|ку:ка|ла:ел,ёл|ца:ец|цу:ец|це:ец|цем:ец|цом:ец",
    "uk": "а:,о|и:а,|і:а,,я,ь|у:а,,о|ою:а|ом:,о|ові:,ів|еві:|ем:,ь|ї:я,й|ії:ія|ію:ія|ією:ія|єю:я|я:ь,й,о|"
    "ю:я,ь,й|им:ий|ого:ий|ому:ий|ої:а|ій:а|ів:ів|ова:ів|ева:їв|єва:їв|єві:їв|єву:їв|єво:їв|єм:й|цю:ць|"
    "ії:ія|ій:я,а|ї:я,й|ці:ка,ць|зі:га|сі:ха|ця:ць|ня:ень|на:ен",
    "pl": "a:,o|u:,o,a|owi:|em:,o|iem:,o|ą:a|ę:a|y:a,|i:a,ia,ja,ń,|ie:a,|ji:ja|ję:ja|ją:ja|ii:ia|ię:ia|ią:ia|"
    "ce:ka|sce:ska|dze:ga|wie:wa,w|nie:na,n|dzie:da,d|cie:ta,t|rze:ra,r|le:la,ł,ło,ła|mie:ma,m|"
    "bie:ba,b|pie:pa,p|ego:i,y|emu:i,y|im:i|ym:y|ej:a|iego:i|iemu:i|czech:cy|szech:chy|gier:gry|ów:y|"
    "ach:y,|ami:y|nów:ny|onych:one|nych:ne|ych:y|ej:a,|iej:a|niu:ń|nia:ń|niem:ń|ka:ek|kiem:ek|ku:ek|ła:eł|ca:ec",
    "az": "ın:|in:|un:|ün:|nın:|nin:|nun:|nün:|da:|də:|dan:|dən:|dakı:|dəki:|a:|ə:|ya:|yə:,k|nı:|ni:|nu:|nü:|"
    "ı:|i:|u:|ü:|la:|lə:|yla:|ylə:|lı:|li:|dır:|dir:|sı:|nda:|ndə:|na:|nə:|ndan:|ndən:|ğın:q|ğa:q|ğı:q|"
    "yin:k",
    "tr": "ın:|in:|un:|ün:|nın:|nin:|nun:|nün:|da:|de:|ta:|te:|dan:|den:|tan:|ten:|a:|e:|ya:|ye:|yı:|yi:|yu:|"
    "yü:|ı:|i:|u:|ü:|la:|le:",
    "hy": "ը:|ն:|ի:|ին:|ում:|ից:|ով:|իը:|ուն:|ու:|ույի:|այի:ա|ներ:|ներից:|ների:|յի:|յում:|յից:|յան:|այից:ա|"
    "այում:ա|ային:|ան:|ունը:|իայի:իա|իայում:իա|ուց:|վա:|աստանի:աստան",
    "de": "s:|es:|n:|en:|'s:",
    "en": "s:",
    "hr": "a:|u:,a|e:a|om:,a|i:a|ima:i",
}


def _table(rules: str) -> tuple[tuple[str, tuple[str, ...]], ...]:
    pairs = (rule.partition(":") for rule in rules.split("|"))
    return tuple((ending, tuple(part.strip() for part in stems.split(","))) for ending, _, stems in pairs)


_ENDINGS = {language: _table(rules) for language, rules in _RULES.items()}


@lru_cache(maxsize=65_536)
def forms(word: str, language: str) -> tuple[str, ...]:
    """The word itself, and what it may be a form of."""
    found = [word]
    for ending, stems in _ENDINGS.get(language, ()):
        if word.endswith(ending) and len(word) - len(ending) >= _STEM_LETTERS:
            stem = word[: -len(ending)]
            found += [stem + nominative for nominative in stems]
    return tuple(dict.fromkeys(found))
