"""An unknown credit leads to the source that it names, with the reason; nonsense leads nowhere."""

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chronik.archive.credits_proposals import Ground, Proposer
from chronik.archive.offices import Office, offices
from chronik.model import Source, SourceKind
from chronik.relate.bridge import Bridge
from chronik.takein import credits as known
from chronik.takein import press_page
from chronik.takein.spelling import key

PRESS_PAGE = Path(__file__).resolve().parents[3] / "shared" / "data" / "press-archive" / "2020-nagorno-karabakh.txt"
FIRST_MIN = 0.7
"""Of spellings that are taken away from sources, so many lead back to theirs at the first proposal."""


def source(identity, *names, country="", hosts=(), kind=SourceKind.UNKNOWN, made_by="chronik"):
    named = {"und": names[0]}
    return Source(id=identity, names=named, aliases=names[1:], country=country, hosts=hosts, kind=kind, made_by=made_by)


SOURCES = (
    source("kremlin", "Kremlin", country="RU"),
    source("orwebote", "Orwetaler Bote", hosts=("orwebote.example",)),
    source("orwevesti", "Орвенские вести"),
    source("valley-association", "Valley Press Association"),
    source("mfa-ru", "Ministry of Foreign Affairs of the Russian Federation", country="RU"),
    source("mfa-am", "Ministry of Foreign Affairs of Armenia", country="AM"),
    source("kurier", "Kurier", country="AT"),
    source("made", "Kreml", made_by="credit"),
)


@pytest.fixture(scope="module")
def bridge():
    return Bridge()


@pytest.fixture(scope="module")
def proposer(bridge):
    return Proposer(SOURCES, bridge)


@pytest.mark.parametrize(
    ("credit", "wanted", "ground"),
    [
        ("Kreml", "kremlin", Ground.TRANSLATION),
        ("Кремль", "kremlin", Ground.TRANSLATION),
        ("www.orwebote.example", "orwebote", Ground.HOST),
        ("Orvenskie vesti", "orwevesti", Ground.SCRIPT),
        ("VPA", "valley-association", Ground.INITIALS),
        ("Kremlin / Pressedienst", "kremlin", Ground.PART),
        ("Russisches Außenministerium", "mfa-ru", Ground.OFFICE),
        ("МИД России", "mfa-ru", Ground.OFFICE),
        ("Ministère des Affaires étrangères d’Arménie", "mfa-am", Ground.OFFICE),
        ("Orwetaler Bote Online", "orwebote", Ground.WORDS),
        ("Orwetahler Botte", "orwebote", Ground.SOUND),
        ("Kurier (Polen)", "kurier", Ground.COUNTRY),
    ],
)
def test_a_credit_leads_to_its_source_and_says_why(proposer, credit, wanted, ground):
    first = proposer.proposals(credit)[0]
    assert (first.source.id, first.ground) == (wanted, ground)


def test_a_source_that_was_made_of_a_credit_is_never_proposed(proposer):
    assert all(one.source.id != "made" for one in proposer.proposals("Kreml"))


@pytest.mark.parametrize("credit", ["", "—", "Zzyzx Qwrtp", "\x00", "\udcff", "5"])
def test_nonsense_leads_nowhere(proposer, credit):
    assert proposer.proposals(credit) == []


@given(st.text(max_size=400))
def test_any_credit_gets_an_answer(credit):
    assert len(Proposer(SOURCES, Bridge()).proposals(credit)) <= 3


def test_offices_are_told_in_many_languages():
    assert offices("Verteidigungsministerium der Republik") == {Office.DEFENCE}
    assert offices("Дышишь") == frozenset()
    assert offices("Dışişleri Bakanlığı") == {Office.FOREIGN}


def without(held, spelling):
    """A source that was never called so."""
    taken = {key(spelling), key(known.cleaned(spelling))}
    names = {tag: name for tag, name in held.names.items() if key(name) not in taken}
    return replace(held, names=names, aliases=tuple(name for name in held.aliases if key(name) not in taken))


def led_back(pairs, bridge):
    """For each spelling, whether the source that it was taken away from is proposed first."""
    told = {}
    for spelling, held in pairs:
        rest = [without(one, spelling) if one.id == held.id else one for one in known.known_sources()]
        left = next(one for one in rest if one.id == held.id)
        if (left.names or left.aliases) and known.source_of(spelling, rest) is None:
            found = Proposer(rest, bridge).proposals(spelling)
            told[spelling] = bool(found) and found[0].source.id == held.id
    return told


def test_spellings_that_are_taken_away_lead_back(bridge):
    held = [one for one in known.known_sources() if one.id[-1] in "aeiou"][:14]
    told = led_back([(name, one) for one in held for name in (*one.names.values(), *one.aliases)], bridge)
    assert len(told) > 20
    assert sum(told.values()) / len(told) >= FIRST_MIN


def test_credits_of_the_press_archive_lead_back(bridge):
    if not PRESS_PAGE.is_file():
        pytest.skip("the shared data set with the press page is not beside this checkout")
    page = press_page.parsed(PRESS_PAGE.read_bytes(), name=PRESS_PAGE.name)
    credits_ = sorted({entry.credit for entry in page.entries if isinstance(entry, press_page.Entry)})
    pairs = [(one, found) for one in credits_ if one and (found := known.source_of(one, known.known_sources()))]
    told = led_back(pairs, bridge)
    assert sum(told.values()) / len(told) >= FIRST_MIN
