"""How names are compared, and how they are spelled in plain ASCII. Decides."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from chronik.model import sha256_hex

ID_LENGTH_MAX = 80
DIGEST_LENGTH = 8
KEYS_KEPT = 50_000

WITHOUT_ACCENT = str.maketrans(
    {"ı": "i", "ł": "l", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ə": "e", "ħ": "h"}
)
GERMAN = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})
LETTER_FOR_LETTER = str.maketrans(
    "абвгдезийклмнопрстуфыэёіґўјќѓ" + "αβγδεζηικλμνξοπρσςτυφω",
    "abvgdeziiklmnoprstufyeeigujkg" + "avgdeziiklmnxoprsstyfo",
)
LETTER_FOR_SEVERAL = str.maketrans(
    {
        "ж": "zh",
        "х": "kh",
        "ц": "ts",
        "ч": "ch",
        "ш": "sh",
        "щ": "shch",
        "ъ": "",
        "ь": "",
        "ю": "yu",
        "я": "ya",
        "є": "ye",
        "ї": "yi",
        "ђ": "dj",
        "љ": "lj",
        "њ": "nj",
        "ћ": "c",
        "џ": "dz",
        "ѕ": "dz",
        "θ": "th",
        "χ": "ch",
        "ψ": "ps",
    }
)


@lru_cache(maxsize=KEYS_KEPT)
def key(name: str) -> str:
    """What of a name counts when two are compared: not case, accents, blanks, punctuation or an English `the`.

    `ä` is `ae` here and `a` as well: both spellings have one key. A name without letters and digits has the empty key.
    """
    plain = re.sub(r"^\s*the\s+", "", _without_accents(name.casefold()))
    kept = "".join(letter for letter in plain if unicodedata.category(letter)[0] in "LNM")
    return re.sub(r"([aou])e", r"\1", kept)


def slug(name: str) -> str:
    """A readable key for a name: lower-case ASCII letters, digits and hyphens, at most 80 of them.

    German, Cyrillic and Greek letters are transliterated. What is left out or cut off is told apart by a digest.
    """
    composed = unicodedata.normalize("NFC", name).casefold().translate(GERMAN)
    composed = composed.translate(LETTER_FOR_LETTER).translate(LETTER_FOR_SEVERAL)
    plain = _without_accents(composed).translate(LETTER_FOR_LETTER)
    words = re.sub(r"[^a-z0-9]+", "-", re.sub(r"['’`]", "", plain)).strip("-")
    lossy = any(letter.isalnum() and not letter.isascii() for letter in plain)
    if words and not lossy and len(words) <= ID_LENGTH_MAX:
        return words
    digest = sha256_hex((key(name) or name).encode())[:DIGEST_LENGTH]
    beginning = words[: ID_LENGTH_MAX - DIGEST_LENGTH - 1].strip("-")
    return f"{beginning}-{digest}" if beginning else f"source-{digest}"


def _without_accents(text: str) -> str:
    decomposed = unicodedata.normalize("NFKD", text)
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter)).translate(WITHOUT_ACCENT)
