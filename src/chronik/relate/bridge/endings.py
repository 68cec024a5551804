"""What a word in an inflected form may be a form of, and the endings of adjectives made of names (decides).

No grammar: endings of many languages at once, and what may stand in their place. What comes out must be on a list, so
that too many tries do little harm. Words are `folded`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from chronik.relate.bridge.folding import folded
from chronik.relate.bridge.sounds import script as script_of

if TYPE_CHECKING:
    from collections.abc import Iterator

_STEM_LETTERS = 3
_SLAVIC = (
    (
        "ova ove ovou ovej ami ach och ech ich ych ima ama iego ego eho emu omu owi ovi iem iej iu em om am ou ej im "
        "ym ov ow ie u a e i y o"
    ),
    " a o e y i ia ja ie",
)
_CYRILLIC_CASES = (
    "иями ами ями ого его ому ему ыми ими ові еві ою ею ии ию иеи ом ем ым им ои еи ую ых их ах ях ам ям ов ев "
    "ы и у ю а я е і о ії єю єм їв ів"
)
_CYRILLIC = (_CYRILLIC_CASES, " а я о ь и ия ія ыи ии ое ая ы ые ие")
_TURKIC_CASES = (
    "nin nun in un da de ta te dan den tan ten daki deki nda nde ndan nden a e ya ye yi yu ni nu i u la le yla yle "
    "na ne li lu dir dur si su"
)
_TURKIC = (_TURKIC_CASES, " k")
_RULES = {
    **dict.fromkeys(("pl", "cs", "sk", "sl", "hr", "bs", "sh"), _SLAVIC),
    **dict.fromkeys(("ru", "uk", "be", "bg", "mk", "kk", "ky"), _CYRILLIC),
    "sr": (f"{_SLAVIC[0]} {_CYRILLIC[0]}", _SLAVIC[1] + _CYRILLIC[1]),
    **dict.fromkeys(("tr", "az", "uz", "tk", "ku"), _TURKIC),
    "hy": (
        "ը ն ի ին ում ից ով իը ուն ու ույի այի ներ ներից ների յի յում յից յան այից այում ային ան ուց վում վի վից",
        " ա ո ու",
    ),
    "ka": ("ის ში მა ს ით თან დან ზე ისთვის ისგან სთან მდე დან ისა მ ად", " ი ა ო ე"),
    "el": ("ου ο ον α ασ ησ η οσ ουσ ων τη", " οσ ο α ασ η ησ"),
    "hu": ("ban ben ba be bol nak nek val vel hoz hez rol ra re on en ot et t n tol nal nel ig i os es", " a e"),
    "fi": ("issa ista ssa sta lla lta lle n in iin ssan an en aan een", " i"),
    "et": ("s st le lt l ga sse t", " "),
    "lt": ("o ui a u e os ai oje uje yje es iu ju ams", " as is a us e os"),
    "lv": ("a am u a as ai e ei es ija", " a s e is"),
    "ro": ("ul ului ei ii lui", " a ia"),
    **dict.fromkeys(("de", "nl", "sv", "da", "nb", "no", "nn", "en"), ("s es n en", " ")),
    "ko": ("은 는 이 가 을 를 의 에 에서 에게 와 과 도 로 으로 까지 부터 측 서 만 인", " "),
}
_TABLES = {
    language: (tuple(endings.split()), tuple(f" {instead}".split(" ")[1:]))
    for language, (endings, instead) in _RULES.items()
}
_OF_SCRIPT = {"Cyrl": "ru", "Armn": "hy", "Geor": "ka", "Grek": "el", "Hang": "ko", "Latn": "de"}
_ARABIC_LEADS = ("وال", "بال", "فال", "کال", "ولل", "وبال", "لل", "ال", "و", "ب", "ل", "ف", "ک", "وب", "ول")
_HEBREW_LEADS = ("ו", "ב", "ל", "מ", "ה", "ש", "כ", "וב", "ול", "מה", "וה", "שב", "של", "ומ", "שה", "כש")


def forms(word: str, *, language: str, script: str) -> Iterator[str]:
    """The word itself first, then what it may be a form of."""
    yield word
    if script == "Arab":
        yield from _without(_ARABIC_LEADS, word, article="ال")
    elif script == "Hebr":
        yield from _without(_HEBREW_LEADS, word, article="")
    else:
        yield from _by_rules(word, language, script)


def _by_rules(word: str, language: str, script: str) -> Iterator[str]:
    endings, instead = _TABLES.get(language) or _TABLES.get(_OF_SCRIPT.get(script, ""), ((), ()))
    least = 2 if script == "Hang" else _STEM_LETTERS
    for ending in endings:
        if word.endswith(ending) and len(word) - len(ending) >= least:
            stem = word[: -len(ending)]
            yield from (stem + letters for letters in instead)
            if language in _SLAVIC_LANGUAGES or script == "Cyrl":
                yield from _softened(stem, ending)
                yield from _opened(stem)


_SLAVIC_LANGUAGES = frozenset({"pl", "cs", "sk", "sl", "hr", "bs", "sh", "sr"})
_HARDENED = (
    *(("dz", "ga"), ("dz", "d"), ("rz", "ra"), ("c", "ka"), ("z", "ha")),
    *(("ц", "ка"), ("з", "га"), ("с", "ха")),
)
_CLOSED = (("ов", "ів"), ("єв", "ів"), ("ев", "ів"))
"""What Ukrainian has before an ending, and at the end of a word: Львова, Львів."""
_VOWELS = frozenset("aeiouyаеиоуыэюяієь")
_FLEETING = {"Latn": ("e",), "Cyrl": ("е", "о")}


def _softened(stem: str, ending: str) -> Iterator[str]:
    """Consonants that Slavic languages change before an ending: Polsce, Pradze, Праге."""
    if ending in {"e", "i", "ie", "е", "і"}:
        yield from (stem[: -len(soft)] + hard for soft, hard in _HARDENED if stem.endswith(soft))


def _opened(stem: str) -> Iterator[str]:
    """What a stem is without an ending behind it: Київ of Києва, Wiedeń of Wiedniu, Відень of Відні."""
    yield from (stem[: -len(before)] + last for before, last in _CLOSED if stem.endswith(before))
    if len(stem) > _STEM_LETTERS and _VOWELS.isdisjoint(stem[-2:]):
        for vowel in _FLEETING.get(script_of(stem[0]), ()):
            yield from (f"{stem[:-1]}{vowel}{stem[-1]}{soft}" for soft in ("", "ь"))


def _without(leads: tuple[str, ...], word: str, article: str) -> Iterator[str]:
    for lead in leads:
        if word.startswith(lead) and len(word) - len(lead) >= _STEM_LETTERS - 1:
            yield word[len(lead) :]
            if article:
                yield article + word[len(lead) :]
    if article and len(word) >= _STEM_LETTERS:
        yield article + word


_LATIN = (
    " a as o os e es i is s en er em n ne nes ns in innen isch ische ischen ischer isches ischem "
    "ian ians iana iano ianas ianos iani iane ien iens ienne iennes ier iers iern ierin ierinnen ers ern erin erinnen "
    "an ans ana ano anas anos ani ane ese eses esa esas esi ois oise oises ais aise aises ain ains aine aines "
    "ino ina inos inas ini ine io ia ios ias eno ena enos enas eni ene ens ish "
    "ski ska skie skiego skiej skich skim skimi skiemu sky sko ske skou skeho skych skym skymi skega skemu skem skih "
    "sk skom skoj skog skoga ic icu ici y ie ych ym ymi eho emu ou ego ej ich im imi iej ih ega om "
    "owie ow ami ach ov ova ec ci cu cem cev ka ke ki ko kam kinja kinje anec anka anke ani anov "
    "li lu lar ler larin lerin lilar lara lere ul ului ilor esc easca ois eira eiro eiras eiros "
    "ense enses enne ennes al ales ien iske iska isk ische"
)
_CYRILLIC_ADJECTIVES = (
    " ский ская ское ские ского скому ским ском ской скую ских скими ський ська ське ські ського ському ським ській "
    "ську ських ськими ец ца цу цем цы цев цам цами цах ка ки ку кой ок кам кою ці ців цями цю анин анина анина ане "
    "анам анами анка анки анку анкой янин янина яне ян янам янами янка янки а у ом е ы и ов ам ами ах ем о ою і ів "
    "ий ый ая ое ые ого ому ым ой ую ых ыми им их ими ь я ю ия ии ию ией ія ії ію їв ин ины иня иню к ки тянка"
)
_ARABIC_NATIONS = " ة ين ون ات ا ان ي ية يين يون يات ها هم"
_ADJECTIVES = {
    "Latn": frozenset({"", *_LATIN.split()}),
    "Cyrl": frozenset({"", *map(folded, _CYRILLIC_ADJECTIVES.split())}),
    "Arab": frozenset({"", *map(folded, _ARABIC_NATIONS.split())}),
}
_ENDING_MAX = 8
_ANY_ENDING_MAX = 6
"""In other scripts so many letters of any kind may follow a stem."""


def stems(word: str, script: str) -> Iterator[str]:
    """What may be the stem of an adjective or of the name of a people, the longest first."""
    allowed = _ADJECTIVES.get(script)
    leads = _ARABIC_LEADS if script == "Arab" else ()
    for plain in dict.fromkeys((word, *_without(leads, word, article=""))):
        for cut in range(min(_ENDING_MAX if allowed else _ANY_ENDING_MAX, len(plain) - 2) + 1):
            stem, ending = plain[: len(plain) - cut], plain[len(plain) - cut :]
            if allowed is None or ending in allowed:
                yield stem
