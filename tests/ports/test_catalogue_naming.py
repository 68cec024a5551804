"""What every catalogue promises to learning names, tried on the SQL one and on the fake."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from tests.desk.material import make_article
from tests.fakes.catalogue import MemoryCatalogue

from chronik.model import Act, Verb
from chronik.ports.naming import LearnedName, NamesLearned, Witness
from chronik.ports.relating import Marks

SEEN = NamesLearned(at=datetime(2026, 5, 1, 12, 0, tzinfo=UTC), marks=Marks(placed=7, said=(2, 1)))
MILL = LearnedName(
    spellings=("Mirrenhall", "Мирренхалль"),
    languages=("en", "ru"),
    stories=3,
    reports=4,
    against=1,
    rivals=2,
    score=0.75,
    witnesses=(Witness(story="s" * 64, first="a" * 64, second="b" * 64),),
)
OTHER = LearnedName(spellings=("Dassel", "Дассель"), languages=("de", "ru"), stories=2, reports=2, score=0.9, used=True)


@pytest.fixture(params=["memory", "sql"])
def catalogue(request):
    if request.param == "memory":
        return MemoryCatalogue()
    request.getfixturevalue("db")
    from chronik.catalogue.store import DjangoCatalogue

    return DjangoCatalogue()


def test_what_was_learned_is_kept_whole_the_surest_first(catalogue):
    assert catalogue.names_learned() is None
    catalogue.record_learned_names([MILL, OTHER], keep=(), seen=SEEN)
    first, second = catalogue.learned_names()
    assert replace(first, number=0) == OTHER
    assert replace(second, number=0) == MILL
    assert catalogue.names_learned() == SEEN
    assert catalogue.used_names() == [OTHER.spellings]


def test_a_name_keeps_its_number_as_long_as_it_is_learned(catalogue):
    catalogue.record_learned_names([MILL, OTHER], keep=(), seen=SEEN)
    number = {one.spellings: one.number for one in catalogue.learned_names()}
    again = replace(MILL, spellings=MILL.spellings[::-1], score=0.99)
    catalogue.record_learned_names([again], keep=(), seen=SEEN)
    (left,) = catalogue.learned_names()
    assert (left.number, left.score) == (number[MILL.spellings], 0.99)
    catalogue.record_learned_names([OTHER], keep=[left.number], seen=SEEN)
    assert {one.spellings for one in catalogue.learned_names()} == {again.spellings, OTHER.spellings}
    assert len({one.number for one in catalogue.learned_names()} | set(number.values())) == 3


def test_names_of_any_signs_are_kept(catalogue):
    odd = replace(MILL, spellings=("\u202eabc" * 2_000, "я" * 5_000))
    catalogue.record_learned_names([odd, odd], keep=(), seen=SEEN)
    assert [one.spellings for one in catalogue.learned_names()] == [odd.spellings]


def test_names_learned_of_what_is_removed_are_forgotten_and_learned_anew(catalogue):
    sample = make_article(1, url="http://talbote.localhost:8471/a")
    catalogue.add_article(sample)
    taught = replace(MILL, witnesses=(Witness(story="s" * 64, first="f" * 64, second=sample.id),))
    catalogue.record_learned_names([taught, OTHER], keep=(), seen=SEEN)
    removing = Act(at=SEEN.at, by="eva", verb=Verb.REMOVE_SAMPLE, subject="sample")
    catalogue.remove_hosts(["elsewhere.localhost"], dossiers=[], act=removing)
    assert (len(catalogue.learned_names()), catalogue.names_learned()) == (2, SEEN)
    catalogue.remove_hosts(["talbote.localhost"], dossiers=[], act=removing)
    assert [one.spellings for one in catalogue.learned_names()] == [OTHER.spellings]
    assert catalogue.names_learned() is None
