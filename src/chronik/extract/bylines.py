"""Names of authors out of what pages write in their bylines (decides)."""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

NAME_CHARACTERS_MAX = 80
BYLINE_CHARACTERS_MAX = 1_000
NAMES_MAX = 30
WORDS_MAX = 8
PERSON_WORDS_MAX = 5

_TAGS = re.compile(r"<[^>]{0,500}>")
_LEAD_INS = (
    r"(?:written |reported |words |story )?by|von(?!\s+(?:der|den|dem|zu)\b)|ein(?:e)? \w+ von|par|por|door|av|af",
    r"(?:di|od|oleh|haber)(?=\s*:|\s+\S+\s+\S+\s+\S)|di(?=\s+\S+\s+\S)",
    r"(?:aufgezeichnet|erstellt|geschrieben|verfasst|verantwortlich|zusammengestellt) von|scritto da|escrito por",
    r"(?:enviado|publicado|redactado) por|(?:publié|rédigé|posté|proposé) par|(?:posted|submitted|published) by",
    r"(?:veröffentlicht|eingestellt) von|diposting oleh|(?:dodane|opublikowane) przez|geplaatst door|pubblicato da",
    r"โดย|द्वारा|लेखक|लेखिका|रिपोर्ट",
    r"écrit par|propos recueillis par|een? \w+ door|scris de|skrevet af|skrevet av",
    r"autor(?:en|in|a|as|es|ka|ii)?|authors?|auteurs?|autrice|autor[ei]|forfattere?|författare|skribent|penulis",
    r"text|texte|texto|testo|tekst|teksti|tekijä|interview|kommentar|protokoll|bericht|reportage|opinion|kirjoittaja",
    r"от|автор(?:ы|и|ка)?|текст|беседовал[аи]?|подготовил[аи]?|підготува(?:в|ла|ли)|від|аўтар|аутор|пише",
    r"oprac(?:\.|ował\w*|owanie)|napsala?|připravila?|napísala?|piše|írta|szerző|autors?|autorius|yazan|yazar",
    r"hazırlayan|müəllif|tác giả|του|της|γράφ(?:ει|ουν)(?: [οη])?|συντάκτ\w+|συντάκτρια|κείμενο|հեղինակ՝?|ავტორი",
    r"بقلم|كتبت?|إعداد|تقرير|حوار|نوشته|نویسنده|خبرنگار|מאת|כתב|כתבה",
)
_LEAD_IN = re.compile(rf"^(?:\W*(?:{'|'.join(_LEAD_INS)})(?:\s*[:：՝/]\s*|\s+))+", re.IGNORECASE)
_EASTERN = re.compile(
    r"^(?:本[报報社]|特[约約]|[驻駐]\w{1,4}|[见見][习習])?(?:记者|記者|作者|撰文|文|[编編][译譯]|通[讯訊][员員]|執筆)(?:\s*[:：/／|・＝]\s*|\s*)"
    r"|\s*(?:記者|记者|기자|특파원|선임기자|編集委員|論説委員)$"
)
_EASTERN_END = re.compile(r"^[\u3400-\u9fff\uac00-\ud7af]{2,4}\s?(?:記者|记者|기자|특파원|선임기자)$")
_EASTERN_SCRIPT = re.compile("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_REPORTED = re.compile(r"(?:報導|报道|報道|综合报道|攝影|摄影|撮影|사진)$")
_PICTURES = re.compile(
    r"^\W*(?:fotos?|photos?|photograph(?:s|y|er)?|bild(?:er)?|images?|video|grafik|illustration|foto(?:graf\w*)?|zdjęcia"
    r"|фото|valokuva\w*|fényképez\w*|fotó|φωτ\w*|تصوير|عکس|צילום)\b",
    re.IGNORECASE,
)
_AND = (
    "und|and|et|y|e|og|och|en|и|і|та|mit|with|avec|con|UND|AND|Und|And|i|a|oraz|ve|və|és|și|şi|ja|και|و|և|եւ|და|और|và"
)
_JOINS = re.compile(rf"\s*(?:[;|•\n\t/,،、，／؛]|\s·\s|\s&\s|\s\+\s|\s[-–—]\s|\s(?:{_AND})\s)\s*")
_BRACKETS = re.compile(r"\s*[(\[（【][^()\[\]（）【】]*[)\]）】]")
_ADDRESS = re.compile(r"https?://\S+|www\.\S+|\S+@\S+\.\w+|(?<!\w)@\w+")
_PLACE = re.compile(r"\s+(?:in|aus|at|for|für|à|pour|para|In|At|For)\s+\S.*$")
_ROLES = (
    r"reporter|editors?|correspondent|columnist|writer|journalist|producer|contributor|director|professor|chief|analyst",
    r"korrespondent(?:in)?|redakteur(?:in)?|chefredakteur(?:in)?|ressortleiter(?:in)?|reporterin|kolumnist(?:in)?|autorin",
    r"volontär(?:in)?|leiter(?:in)?|journaliste|rédact\w+|correspondante?|politik|wirtschaft|business|politics|sport",
    r"features?|verslaggever|redacteur|periodista|redactora?|corresponsal|editora|giornalista|inviat[oa]|corrispondente",
    r"jornalista|repórter|correspondente|dziennikar\w+|redaktor\w*|novinář\w*|újságíró|szerkesztő|toimittaja|journalisti",
    r"muhabir\w*|editör\w*|gazeteci|корреспондент\w*|кореспондент\w*|журналист\w*|журналіст\w*|редактор\w*|обозреватель",
    r"оглядач\w*|δημοσιογράφος|ανταποκρι\w+|مراسل\w*|محرر\w*|صحفي\w*|صحافي\w*|دبیر|כתבת|עורך|жур\.",
)
_ROLE = re.compile(rf"\b(?:{'|'.join(_ROLES)})\b", re.IGNORECASE)
_ROLE_BEFORE = re.compile(rf"^(?:(?:{'|'.join(_ROLES)})\s+)+(?=\S+\s+\S)")
_ABBREVIATED = re.compile(r"\b(?:\w|jr|sr)\.$", re.IGNORECASE)
_ENDING = re.compile(r"^(?:jr|sr|ii|iii|iv|md|phd|ph\.d|dr|esq|mp)\.?$", re.IGNORECASE)
_NOBODIES = (
    r"admin(?:istrator)?|webmaster|staff|wires?|agencies|agenturen|redaktion|editor|autor|author|by|von|redacción",
    r"redação|redazione|rédaction|redactie|redakcja|redakce|redaktionen|toimitus|редакция|редакція|haber merkezi",
    r"هيئة التحرير|التحرير|تحریریه|guest(?: author)?|contributors?|newsroom|news desk|web ?desk|root|user|super user",
)
_NOBODY = re.compile(rf"^(?:{'|'.join(_NOBODIES)}|null|none|undefined|unknown|n/?a|www\..*)$", re.IGNORECASE)
_CASED = re.compile(r"[A-Za-z\u00c0-\u024f\u0370-\u03ff\u0400-\u058f\u1e00-\u1fff]")
"""Scripts with capitals; Georgian has some in Unicode, and writes none."""
_PARTICLE_WORDS = (
    "von van de der den del della di da dos das du la le los el al bin ibn ben abu ter ten zu zur af av y e i"
)
_PARTICLES = frozenset(_PARTICLE_WORDS.split())
_FURNITURE = re.compile(
    r"\b(?:read|more|share|follow|view|posts?|articles?|comments?|news(?:letter)?|updated?|published?|subscribe|sign|log|login"
    r"|mehr|artikel|teilen|folgen|uhr|lesezeit|min(?:uten|utes)?|alle|profil|profile|kontakt|contact|about|über|the|your|our|all"
    r"|abo|plus|und|and|image|getty|photo|foto|credit|copyright|read|lire|voir|tous|leer|ver|todos|leggi|читать|ещё|еще)\b",
    re.IGNORECASE,
)


def names(bylines: Iterable[str]) -> tuple[str, ...]:
    """The distinct names in bylines, in order, without roles, places and addresses."""
    found: dict[str, str] = {}
    for byline in bylines:
        for name in _names(byline[:BYLINE_CHARACTERS_MAX]):
            found.setdefault(name.casefold(), name)
    return tuple(found.values())[:NAMES_MAX]


def introduced(text: str) -> bool:
    """Whether a text begins as bylines do: "By", "Von", "Автор:", "بقلم"."""
    return any(pattern.match(text) for pattern in (_LEAD_IN, _EASTERN, _EASTERN_END)) or is_lead_in(text)


def is_lead_in(text: str) -> bool:
    """Whether a text is nothing but such a beginning: the name stands in an element of its own."""
    return _LEAD_IN.fullmatch(f"{text} ") is not None


def is_person(name: str) -> bool:
    """Whether a name looks like that of a person: a few words, written as names are."""
    words = name.split()
    if any(map(str.isdigit, name)) or len(name) > NAME_CHARACTERS_MAX or _FURNITURE.search(name):
        return False
    if _EASTERN_SCRIPT.search(name):
        return 2 <= len(name) <= 12
    if not 2 <= len(words) <= PERSON_WORDS_MAX:
        return False
    cased = [word for word in words if word.lower() not in _PARTICLES and _CASED.match(word)]
    return all(word[0].isupper() or not word[0].isalpha() for word in cased) and any(len(word) > 1 for word in words)


def _names(byline: str) -> Iterator[str]:
    text = _TAGS.sub(" ", html.unescape(html.unescape(byline)))
    text = _ADDRESS.sub("", _BRACKETS.sub("", text))
    previous = ""
    for part in _JOINS.split(" ".join(text.split()) if "\n" not in text else text):
        name = "" if _PICTURES.match(part) or _REPORTED.search(part) else _plain(part)
        if previous and _ENDING.match(name):
            previous = f"{previous} {name}"
            continue
        if previous:
            yield previous
        previous = name if _is_name(name) else ""
    if previous:
        yield previous


def _plain(part: str) -> str:
    bare = _LEAD_IN.sub("", " ".join(part.split()))
    if _EASTERN_SCRIPT.search(bare):
        bare = _EASTERN.sub("", bare)
    name = _PLACE.sub("", _ROLE_BEFORE.sub("", bare)).strip(" \t\n,:;|/*&+–—-\"'„“”«»՝：")
    return name if _ABBREVIATED.search(name) else name.rstrip(".")


def _is_name(name: str) -> bool:
    if not 2 <= len(name) <= NAME_CHARACTERS_MAX or _NOBODY.match(name):
        return False
    return any(map(str.isalpha, name)) and not _ROLE.search(name) and len(name.split()) <= WORDS_MAX
