"""Titles: what the candidates agree on, without the site's name, a section or a kicker."""

import pytest

from chronik.extract.candidates import Candidate
from chronik.extract.titles import site_name, title

URL = "https://www.talbote.example/2026/schleuse.html"
SOURCES = ("Orwetaler Talbote",)


def chosen(*candidates):
    pairs = [Candidate(value=value, origin=origin) for origin, value in candidates]
    return title(pairs, sources=SOURCES, url=URL)[0]


@pytest.mark.parametrize(
    "written",
    [
        "Schleuse bleibt zu | Orwetaler Talbote",
        "Schleuse bleibt zu - Orwetaler Talbote",
        "Schleuse bleibt zu – talbote.example",
        "Orwetaler Talbote: Schleuse bleibt zu".replace(": ", " | "),
        "Schleuse&nbsp;bleibt zu",
        "  Schleuse \n bleibt zu ",
        "Schleu\u00adse bleibt zu",
    ],
)
def test_the_sites_name_and_the_marks_of_typesetting_come_off(written):
    assert chosen(("title", written)) == "Schleuse bleibt zu"


def test_a_dash_within_a_headline_stays():
    assert chosen(("title", "Schleuse bleibt zu – Mühle steht still")) == "Schleuse bleibt zu – Mühle steht still"


def test_a_section_behind_the_headline_comes_off_where_the_page_shows_it_without():
    headline = ("h1", "Schleuse bleibt zu")
    assert chosen(headline, ("og:title", "Schleuse bleibt zu - Region | Orwetaler Talbote")) == "Schleuse bleibt zu"


def test_a_kicker_comes_off_where_the_page_declares_the_headline_without():
    long = "Streit um den Mühlbach: Schleuse bleibt zu"
    assert chosen(("h1", long), ("json-ld", long), ("og:title", "Schleuse bleibt zu")) == "Schleuse bleibt zu"


def test_what_two_declarations_say_beats_one_heading():
    declared = "Schleuse bleibt vorerst zu"
    assert chosen(("h1", "Region"), ("json-ld", declared), ("og:title", declared)) == declared


def test_the_sites_name_alone_is_no_title():
    assert chosen(("h1", "Orwetaler Talbote"), ("title", "talbote.example")) == ""


@pytest.mark.parametrize(
    ("declared", "name"),
    [
        ("Talbote", "Talbote"),
        ("Talbote | News aus der Region", "Talbote"),
        ("Talbote - die Zeitung", "Talbote"),
        ("https://www.talbote.example/", "talbote.example"),
        ("t-online", "t-online"),
        ("L&#39;Écho", "L'Écho"),
    ],
)
def test_a_sites_name_is_given_without_its_slogan(declared, name):
    assert site_name(declared) == name
