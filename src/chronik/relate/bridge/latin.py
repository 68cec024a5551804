"""What a name in Latin letters may sound like, whatever language wrote it (decides).

A newspaper keeps the spelling of foreign names, so that the language of a text does not say how a name in it is
spoken: every reading that is usual somewhere is given, and the comparison takes the one that fits.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from chronik.relate.bridge.letters import Sounds

_ITSELF = "="
_RULES: tuple[tuple[str, str], ...] = (
    ("schtsch|shch|szcz|chtch|sjtsj|šč", "S"),
    ("tsch|tzsch|tch|tsj|tš|ç(?=$)|cz|cs", "C"),
    ("dj(?=[aeou])", "J,dy"),
    ("dsch|dzh|dj|dž|dż|dzj|đ", "J"),
    ("ck(?=i[aej]?$)", "ck,k"),
    ("sch(?=[ei])", "S,sk"),
    ("sch|sh|sj(?=[aeou])|ş|ș|š|ś", "S"),
    ("zh|zs|ž|ż", "Z"),
    ("sz", "S"),
    ("rz", "Z,rz"),
    ("chs|cks|cc(?=[ei])|xx", "ks"),
    ("chr", "kr"),
    ("ch", "C,S,x,k"),
    ("eaux?$|aux$|eau|ault$|aud$|aut$", "o"),
    ("ei(?=[sx]$)", "e"),
    ("ght", "t,xt"),
    ("gh", "g,x,"),
    ("kh", "x"),
    ("ph", "f"),
    ("th", "t"),
    ("ts|tz|ț|ţ", "c"),
    ("dz", "z"),
    ("ck|cq|kk|cc", "k"),
    ("qu(?=[eiaoy])|q(?=u)", "k,kv"),
    ("q", "k,C"),
    ("gu(?=[eiy])", "g"),
    ("gn", "n,gn"),
    ("gli(?=[aeo])", "l"),
    ("gy(?=[aeiouöáőö]|$)", "d,g"),
    ("ng$|ng(?=[bcdfgjklmnpqrstvwxz])", "n,ng"),
    ("sc(?=[eiy])", "S,s,sk"),
    ("ll", "l"),
    ("^wr|rr|rh", "r"),
    ("^kn", "n,kn"),
    ("ch?ić$|vi[cć]$", "viC"),
    ("ić$|ič$", "iC"),
    ("ic$", "ik,iC"),
    ("c(?=[eiyéèêíîəëę])", "s,C"),
    ("č|ć|ĉ", "C"),
    ("c(?=[aeou]$)", "k,c"),
    ("ç", "s,C"),
    ("c", "k"),
    ("g(?=[eiyéèí])", "g,J,x"),
    ("ğ", ",g"),
    ("ģ", "g"),
    ("j|ĵ", "J,y,x"),
    ("^x", "S,ks,x"),
    ("x", "ks,S,x"),
    ("ou|oo|oe(?=$)", "u"),
    ("ee|ie|iy|ij|yi|ıy", "i"),
    ("y(?=[aeiouäöü])", "y"),
    ("[yıiíìîïĩīįỳýÿ]", "i"),
    ("[aàáâãäåāăạảấầẩẫậắằẳẵặ]", "a"),
    ("[eèéêëēėęěəẹẻẽếềểễệ]|[æœ]", "e"),
    ("ą", "a,an"),
    ("[oòóôõöøōőơọỏốồổỗộớờởỡợ]", "o"),
    ("[uùúûüũūůűųưụủứừửữự]", "u"),
    ("w", "v,w"),
    ("[hħ]", "h"),
    ("[bḃ]", "b"),
    ("[dďḍ]", "d"),
    ("ð", "d"),
    ("þ", "t"),
    ("ß|ss|s|ṣ", "s"),
    ("zz|z|ź|ẓ", "z"),
    ("[lłľļĺḷ]", "l"),
    ("[nñńňņŋ]", "n"),
    ("[rřŕṛ]", "r"),
    ("[tťṭ]", "t"),
    ("[kķḳ]", "k"),
    ("g", "g"),
    ("[fmpv]", _ITSELF),
)
_PATTERN = re.compile("|".join(f"(?P<r{i}>{pattern})" for i, (pattern, _) in enumerate(_RULES)))
_SOUNDS = {f"r{i}": tuple(sounds.split(",")) for i, (_, sounds) in enumerate(_RULES)}


def sounds(word: str) -> list[Sounds]:
    """For each sound of a word in small Latin letters, what it may be."""
    found: list[Sounds] = []
    for match in _PATTERN.finditer(word):
        options = _SOUNDS[match.lastgroup or ""]
        found.append((match.group(),) if options[0] == _ITSELF else options)
    return found
