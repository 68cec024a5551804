"""What the lists and the words of a language say about a single word (decides)."""

from __future__ import annotations

import re
from itertools import product
from typing import TYPE_CHECKING

from chronik.extract.names import organisations, words
from chronik.extract.names.forms import forms
from chronik.extract.names.gazetteer import CITY, COUNTRY, beginnings, persons, places
from chronik.extract.names.tokens import small
from chronik.extract.script import script_of

if TYPE_CHECKING:
    from collections.abc import Sequence

FORMS_TRIED_MAX = 200
"""So many combinations of forms of the words of one place are tried."""

_FAMILY = {
    "Latn": re.compile(
        r"(?:[oe]v[ai]?|vić|vic|ić|sk[iya]|ski|cka|cki|enko|shvili|dze|yan|ian|oğlu|zadə|zade|[əeiıuü]yev[a]?|ov[aı])$"
    ),
    "Cyrl": re.compile(
        r"(?:[оеё]в|[оеё]ва|[ии]н|ина|ск(?:ий|ая|ого|ому|им|ой)|ськ(?:ий|а|ого|ому)|енко|швили|дзе|ян|яна|яну|яном|"
        r"[ое]вич|овна|евна|[оеё]в(?:ым|у|е|ой)|ін|їн|івна|юк|чук)$"
    ),
    "Armn": re.compile(r"(?:յան|յանը|յանի|յանին|յանն|յանից|յանով|ով|և|սկի)$"),
    "Grek": re.compile(r"(?:όπουλος|άκης|ίδης|άδης|ου)$"),
}
_NOUN = re.compile(
    r"(?:ung|ungen|heit|heiten|keit|keiten|schaft|schaften|tion|tionen|tät|täten|nis|nisse|tum|chen|ling|linge|ment|ismus|"
    r"enz|anz|erin|erinnen|träger|spieler|führer|sprecher|leiter|minister|präsident|verband|gruppe|besitz|schuss|stoß|treffer)$"
)
_NEVER = re.compile(r"(?!)")
_NOUNS_WITH_CAPITALS = frozenset({"de", "lb"})
_ARTICLES = frozenset(
    re.findall(
        r"\w+",
        "der die das den dem des ein eine einen einem einer eines kein keine keinen keinem jede jeder jedes "
        "diese dieser  dieses diesen diesem mein meine sein seine seinen seinem seiner ihr ihre ihren ihrem "
        "unser unsere zum zur beim im  am vom ins ans alle viele mehr ",
    )
)
_HEADLINES_WITH_CAPITALS = frozenset({"en", "und", ""})
_CYRILLIC_AND_ARMENIAN = frozenset({"be", "bg", "hy", "kk", "ky", "mk", "ru", "tg", "uk"})
_HEADS_HAVE_CASES = frozenset({"az", "be", "bg", "hy", "pl", "ru", "tr", "uk"})
_NAMES_RUN_INTO_ONE = frozenset({"az", "tr"})
"""Languages in which a person, a place and a body may follow one another with nothing between them."""
_CLUBS_BEAR_TOWNS = frozenset({"en", "es", "fr", "it", "nl", "pt"})
"""Languages without endings, where a word that no list has before a town is a club or a firm."""
_PLACE_LETTERS_MIN = 3


class Lexicon:
    """The words of one language, and the lists of the scripts that its texts show."""

    def __init__(self, language: str) -> None:
        self._language = language
        self.titles = words.titles(language)
        self.heads = organisations.organisation_heads(language)
        self.known_organisations = organisations.known_organisations(language)
        self.connectors = organisations.connectors(language)
        self._quiet_stems = organisations.quiet_stems(language)
        self.particles = words.particles(language)
        self.no_names = words.no_names(language)
        self.never_alone = words.never_alone(language)
        self.articles = _ARTICLES
        self.place_heads = words.place_heads(language)
        self.place_leads = words.place_leads(language)
        self.compass = words.compass(language)
        self.outside_persons = self.heads | self.titles | self.known_organisations | self.no_names
        self.nouns_have_capitals = language in _NOUNS_WITH_CAPITALS
        self.names_run_into_one = language in _NAMES_RUN_INTO_ONE
        self.clubs_bear_towns = language in _CLUBS_BEAR_TOWNS
        self.headlines_have_capitals = language in _HEADLINES_WITH_CAPITALS
        self._known_places = {place.replace("_", " ") for place in words.known_places(language)}

    def forms(self, word: str) -> Sequence[str]:
        """The word, and those that it may be a form of."""
        return forms(word, self._language)

    def is_usual(self, word: str) -> bool:
        """Whether the word is a name of persons known in many languages."""
        usual = persons(script_of(word[0])).usual
        return any(small(form) in usual for form in self.forms(word)) or small(word).partition("-")[0] in usual

    def is_exactly_usual(self, word: str) -> bool:
        """Whether the word as it stands is a name of persons known in many languages."""
        return small(word) in persons(script_of(word[0])).usual

    def is_name(self, word: str) -> bool:
        """Whether the word is any name of persons."""
        rare = persons(script_of(word[0])).rare
        return self.is_usual(word) or any(small(form) in rare for form in self.forms(word))

    def is_family(self, word: str) -> bool:
        """Whether the word ends as surnames do."""
        return bool(_FAMILY.get(script_of(word[0]), _NEVER).search(word))

    def is_foreign(self, word: str) -> bool:
        """Whether the word is in Latin letters though the language is not."""
        return self._language in _CYRILLIC_AND_ARMENIAN and script_of(word[0]) == "Latn"

    def is_noun(self, word: str) -> bool:
        """Whether the word ends as only German nouns do."""
        return self.nouns_have_capitals and bool(_NOUN.search(word))

    def is_known_organisation(self, word: str) -> bool:
        """Whether the word alone is an organisation's name."""
        return any(form in self.known_organisations for form in self.forms(small(word).rstrip(".")))

    def known(self, word: str) -> bool:
        """Whether any list has the word."""
        lower = small(word)
        listed = lower in self.no_names or lower in self.heads or lower in self.titles or lower in self.never_alone
        return listed or self.is_name(word) or self.is_place([word]) or self.is_known_organisation(word)

    def is_place(self, phrase: Sequence[str]) -> bool:
        """Whether the words together are a place's name, in whatever form each stands."""
        return self._is_long_place(phrase) if len(phrase) > 1 else self._is_short_place(phrase[0])

    def is_head(self, word: str) -> bool:
        """Whether the word, in whatever form, makes the name it stands in an organisation's."""
        if self._language not in _HEADS_HAVE_CASES:
            return word in self.heads
        return word in self.heads or any(form in self.heads for form in self.forms(word))

    def is_outside_persons(self, word: str) -> bool:
        """Whether no person's name holds the word: titles, kinds of organisations in any form, everyday words."""
        return word in self.outside_persons or self.is_head(word)

    def is_quiet_head(self, word: str) -> bool:
        """Whether the word in small letters ends the name of an organisation whose first word alone has a capital."""
        return bool(self._quiet_stems) and self.is_head(word)

    def begins_quietly(self, word: str) -> bool:
        """Whether the word is one with which such names begin: "National", "Central", "Supreme"."""
        return bool(self._quiet_stems) and word.startswith(self._quiet_stems)

    def is_country(self, word: str) -> bool:
        """Whether the word as it stands is a country, or a part of the world."""
        return places(script_of(word[0])).get(word, 0) == COUNTRY

    def _is_short_place(self, word: str) -> bool:
        lower = small(word)
        if any(form in self._known_places for form in self.forms(lower)):
            return True
        if lower in self.no_names or len(word) < _PLACE_LETTERS_MIN:
            return False
        listed = places(script_of(word[0]))
        if word in listed:
            return True
        return any(listed.get(form, 0) >= CITY and small(form) not in self.no_names for form in self.forms(word))

    def _is_long_place(self, phrase: Sequence[str]) -> bool:
        listed = places(script_of(phrase[0][0]))
        whole = " ".join(phrase)
        if whole in listed or small(whole) in self._known_places:
            return True
        if self._language == "en":
            return False
        choices = [self.forms(word) for word in phrase]
        begins = beginnings(script_of(phrase[0][0]))
        choices[0] = tuple(form for form in choices[0] if form in begins)
        tried = zip(range(FORMS_TRIED_MAX), product(*choices), strict=False)
        return any(" ".join(choice) in listed for _, choice in tried)
