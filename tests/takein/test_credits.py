"""From a credit to the source that it names."""

import re
from itertools import combinations
from urllib.parse import urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chronik.model import Source, SourceKind
from chronik.takein.credits import cleaned, known_sources, proposed, source_for_host, source_id, source_of
from chronik.takein.spelling import key

KNOWN = known_sources()


@pytest.mark.parametrize(
    ("credit", "text"),
    [
        ("Rick Rozoff / ", "Rick Rozoff"),
        ("Rick Rozoff /", "Rick Rozoff"),
        ("Verteidigungsministerium der Russischen Föderation - ", "Verteidigungsministerium der Russischen Föderation"),
        ("Hurriyet (Türkei)", "Hurriyet"),
        ("Informationsstelle Militarisierung (IMI)", "Informationsstelle Militarisierung (IMI)"),
        ("  two\t words ", "two words"),
        ("(Türkei)", "(Türkei)"),
        ("A (Türkei) / ", "A"),
        (" / ", ""),
        ("", ""),
    ],
)
def test_loose_ends_and_countries_are_taken_off_a_credit(credit, text):
    assert cleaned(credit) == text


@pytest.mark.parametrize(
    ("credit", "expected"),
    [
        ("TASS", "tass"),
        ("ТАСС", "tass"),
        ("ITAR-TASS", "tass"),
        ("Haaretz", "haaretz"),
        ("Reuters", "reuters"),
        ("Al Jazeera", "al-jazeera"),
        ("Al-Jazeera", "al-jazeera"),
        ("الجزيرة", "al-jazeera"),
        ("ORF", "orf"),
        ("ZDF", "zdf"),
        ("France24", "france24"),
        ("Kreml", "kremlin"),
        ("Kremlin", "kremlin"),
        ("Кремль", "kremlin"),
        ("Elysee Palast", "elysee"),
        ("Élysée", "elysee"),
        ("Verteidigungsministerium der Russischen Föderation -", "mod-russia"),
        ("Xinhuanet", "xinhua"),
        ("Hurriyet (Türkei)", "hurriyet"),
        ("Basler Zeitung", "basler-zeitung"),
        ("Jerusalem Post", "jerusalem-post"),
        ("Al Arabiya", "al-arabiya"),
        ("Wikipedia", "wikipedia"),
        ("Informationsstelle Militarisierung (IMI)", "imi"),
        ("IMI", "imi"),
        ("Auswärtiges Amt", "auswaertiges-amt"),
        ("Auswaertiges Amt", "auswaertiges-amt"),
        ("AUSWÄRTIGES AMT", "auswaertiges-amt"),
        ("Auswärtiges Amt / German Foreign Office", "auswaertiges-amt"),
        ("Auswärtiges Amt / Twitter", "auswaertiges-amt"),
        ("Haaretz / Gideon Levy", "haaretz"),
        ("The Guardian", "guardian"),
        ("Guardian", "guardian"),
        ("Rick Rozoff /", "rick-rozoff"),
    ],
)
def test_a_known_voice_is_found_under_each_of_its_names(credit, expected):
    source = source_of(credit, KNOWN)
    assert source is not None
    assert source.id == expected


@pytest.mark.parametrize(
    "credit",
    [
        "",
        " ",
        "/",
        " - ",
        "[]",
        "Twitter",
        "ISCResearch / Twitter",
        "Kreisblatt",
        "Reuters / TASS",  # two voices: whose words these are is not said
        "Kurier (Polen)",  # not the one of Vienna
    ],
)
def test_a_credit_that_names_no_known_voice_stays_open(credit):
    assert source_of(credit, KNOWN) is None


def test_a_voice_is_not_its_platform_even_where_the_platform_is_a_source():
    platform = Source(id="twitter", names={"und": "Twitter"})
    assert source_of("ISCResearch / Twitter", [platform]) is None


def test_a_new_source_is_proposed_for_an_unknown_voice():
    assert proposed("Kreisblatt / ") == Source(id="kreisblatt", names={"und": "Kreisblatt"}, made_by="credit")


def test_an_account_is_proposed_for_a_voice_on_a_platform():
    source = proposed("ISCResearch / Twitter")
    assert (source.id, source.kind) == ("iscresearch-twitter", SourceKind.ACCOUNT)
    assert source.names == {"und": "ISCResearch"}


def test_the_country_of_a_credit_becomes_the_source_s():
    source = proposed("Kurier (Polen)")
    assert (source.id, source.country) == ("kurier-polen", "PL")
    assert source_of("Kurier", [source, *KNOWN]).id == "kurier"


@pytest.mark.parametrize("credit", ["", "  ", "/", " - / ", "[ ]", "…", "+++", "Twitter", "Twitter / Facebook"])
def test_nobody_is_proposed_where_nobody_is_named(credit):
    assert proposed(credit) is None


@given(st.text(max_size=100))
def test_a_proposed_source_is_found_again_under_its_credit(credit):
    source = proposed(credit)
    if source is not None:
        assert source_of(credit, [source]) == source
        assert source.id not in {known.id for known in KNOWN}


@given(st.text(max_size=200))
def test_every_name_has_a_readable_key_in_ascii(name):
    assert re.fullmatch(r"[a-z0-9]+(?:-[a-z0-9]+)*", source_id(name))
    assert len(source_id(name)) <= 80


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Süddeutsche Zeitung", "sueddeutsche-zeitung"),
        ("Gießener Anzeiger", "giessener-anzeiger"),
        ("Кремль", "kreml"),
        ("Щербина Юлия", "shcherbina-yuliya"),
        ("Українська правда", "ukrayinska-pravda"),
        ("Καθημερινή", "kathimerini"),
        ("L'Équipe", "lequipe"),
        ("Łódź & Co.", "lodz-co"),
        ("İstanbul", "istanbul"),
    ],
)
def test_names_of_many_languages_are_spelled_sensibly(name, expected):
    assert source_id(name) == expected


def test_what_cannot_be_spelled_is_told_apart():
    assert source_id("新华社") != source_id("人民日报")
    assert source_id("x" * 200) != source_id("x" * 201)
    assert source_id("Al-Ahram (الأهرام)").startswith("al-ahram-")


@pytest.mark.parametrize(
    ("host", "expected"),
    [
        ("tass.com", "tass"),
        ("www.reuters.com", "reuters"),
        ("EDITION.CNN.COM.", "cnn"),
        ("de.wikipedia.org", "wikipedia"),
        ("timesofindia.indiatimes.com", "times-of-india"),
        ("economictimes.indiatimes.com", None),
        ("notreuters.com", None),
        ("com", None),
        ("", None),
        ("..", None),
    ],
)
def test_a_host_belongs_to_the_source_that_it_lies_under(host, expected):
    source = source_for_host(host, KNOWN)
    assert (source.id if source else None) == expected


def test_the_longest_host_wins():
    wide, narrow = (Source(id=host, names={"und": host}, hosts=(host,)) for host in ("example.org", "news.example.org"))
    assert source_for_host("www.news.example.org", [wide, narrow]) == narrow
    assert source_for_host("www.example.org", [narrow, wide]) == wide


def test_the_sources_that_ship_are_well_formed():
    assert len(KNOWN) >= 120
    for source in KNOWN:
        assert re.fullmatch(r"[a-z0-9]+(?:-[a-z0-9]+)*", source.id)
        assert source.kind is not SourceKind.UNKNOWN
        assert source.names
        assert all(re.fullmatch(r"[a-z]{2,3}", language) for language in source.names)
        assert re.fullmatch(r"(?:[A-Z]{2})?", source.country)
        assert source.made_by == "chronik"
        assert all(host == host.lower() and "." in host and "/" not in host for host in source.hosts)
        if source.hosts:
            assert source_for_host(urlsplit(source.home_page).hostname, KNOWN) == source


def test_no_two_sources_that_ship_share_a_name_or_a_host():
    for one, other in combinations(KNOWN, 2):
        assert not set(one.hosts) & set(other.hosts)
        spellings = [{key(name) for name in (*source.names.values(), *source.aliases)} for source in (one, other)]
        assert not spellings[0] & spellings[1], (one.id, other.id)
