"""A name is found under its other spellings."""

import pytest
from tests.fakes.catalogue import MemoryCatalogue

from chronik.archive.spellings import ArchiveSpellings
from chronik.ports import Document
from chronik.search.index import TantivyIndex
from chronik.search.query import understood
from chronik.search.spelled import spelled

TEXTS = {
    "fr": "Déclaration sur le Haut-Karabagh",
    "ru": "Обстановка в Нагорном Карабахе",
    "en": "Fighting in Nagorno-Karabakh, Pashinyan says",
    "de": "Pressekonferenz des Bäckerverbands",
}


@pytest.fixture(scope="module")
def index(tmp_path_factory):
    index = TantivyIndex(tmp_path_factory.mktemp("spelled"), spellings=ArchiveSpellings(MemoryCatalogue()))
    index.add(
        Document(id=key, kind="article", title=text, text=text, language=key, day="2020-10-01")
        for key, text in TEXTS.items()
    )
    return index


def found(index, query):
    return {hit.id for hit in index.search(query).hits}


@pytest.mark.parametrize(
    "query", ["Berg-Karabach", "Нагорный Карабах", "Nagorno Karabakh", '"Dağlıq Qarabağ"', "Արցախ"]
)
def test_a_place_is_found_under_its_names_in_other_languages(index, query):
    assert {"fr", "en"} <= found(index, query)


def test_a_person_is_found_across_scripts(index):
    assert found(index, "Пашинян") == {"en"}
    assert found(index, "title:Paschinjan") == {"en"}


def test_a_name_beside_other_words_asks_for_both(index):
    assert found(index, "Berg-Karabach Déclaration") == {"fr"}


def test_what_is_excluded_is_excluded_as_it_was_typed(index):
    assert "fr" in found(index, "Haut-Karabagh -Нагорном")


def test_words_that_are_no_names_and_beginnings_stay_as_they_were_typed():
    def spellings(phrase):
        return (phrase, "Other") if phrase == "Name" else (phrase,)

    for query in ("word other", "Name*", "-Name", "lang:de", ""):
        assert spelled(understood(query), spellings) == understood(query)


def test_two_words_are_one_name_before_each_is_tried_alone():
    asked = []

    def spellings(phrase):
        asked.append(phrase)
        return (phrase, "X") if phrase == "b c" else (phrase,)

    query = spelled(understood("a b c d"), spellings)
    assert [[term.raw for term in clause.alternatives] for clause in query.clauses] == [["a"], ["b c", "X"], ["d"]]
