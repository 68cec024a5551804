"""A name is shown as both reports write it, where one would hear one name."""

import pytest

from chronik.relate.side_by_side import both


@pytest.mark.parametrize(
    ("here", "there"),
    [("Stepanakert", "Степанакерт"), ("Orvenne", "أورفين"), ("Ruven Eschlohe", "روفن إشلوهه"), ("Thora", "تورا")],
)
def test_what_sounds_alike_is_shown_in_both_scripts(here, there):
    assert both(here, there, key="~XYZ") == f"{here}/{there}"


@pytest.mark.parametrize(("here", "there"), [("Water", "والخطر"), ("Pegel", "بألا"), ("The", "ودعت"), ("", "بألا")])
def test_what_shares_but_consonants_is_not_shown(here, there):
    assert both(here, there, key="~pl") == ""


def test_one_known_place_is_shown_whatever_it_sounds_like():
    assert both("Berg-Karabach", "Արցախ", key="nagorno-karabakh") == "Berg-Karabach/Արցախ"


def test_one_spelling_is_shown_once():
    assert both("NATO", "Nato", key="~NT") == "NATO"
