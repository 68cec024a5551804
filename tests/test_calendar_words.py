import pytest

from chronik.calendar_words import (
    calendar_languages,
    folded,
    month_begun,
    month_named,
    months,
    solar_month_named,
    solar_months,
    weekdays,
)

OTHERS_MONTHS = {"hr": 0.7, "bs": 0.9, "ckb": 0.9, "ti": 0.9}
"""Croatian October is Polish and Czech November, as are two other months of it theirs."""


@pytest.mark.parametrize("language", sorted(calendar_languages()))
def test_every_language_has_twelve_months_and_seven_days(language):
    assert set(months(language).values()) == set(range(1, 13))
    assert set(months(language, short=False).values()) == set(range(1, 13))
    assert set(weekdays(language).values()) == set(range(1, 8))


def test_names_are_found_as_they_stand_in_a_date_and_alone():
    assert months("ru")["сентября"] == months("ru")["сентябрь"] == months("ru")["сентябре"] == 9
    assert months("de")["jänner"] == 1
    assert months("en")["sept"] == 9
    assert "sept" not in months("en", short=False)
    assert weekdays("ar")["الثلاثاء"] == 2
    assert weekdays("nn")["laurdag"] == 6


def test_a_form_that_is_also_another_word_is_a_month_in_a_whole_date_only():
    assert "mar" not in months("fr")
    assert "noi" not in months("ro")
    assert month_named("mar", language="fr") == 3
    assert month_named("noi") == 11


def test_an_unknown_language_has_no_names():
    assert not months("xx")
    assert not weekdays("xx")
    assert not solar_months("xx")


@pytest.mark.parametrize("language", sorted(calendar_languages()))
def test_a_full_name_means_its_month_in_its_own_language(language):
    for name, number in months(language, short=False).items():
        assert month_named(folded(name), language=language) == number


@pytest.mark.parametrize("language", sorted(calendar_languages()))
def test_months_are_known_without_their_language(language):
    named = months(language)
    right = sum(month_begun(name.rstrip("॰׳")) == number for name, number in named.items())
    assert right >= len(named) * OTHERS_MONTHS.get(language, 0.95)


@pytest.mark.parametrize(
    ("word", "month"),
    [
        *(("Sept", 9), ("septem", 9), ("Setembro", 9), ("Septembers", 9), ("сентябрем", 9), ("szep", 9), ("lip", 7)),
        *(("lipnja", 6), ("červenci", 7), ("červn", 6), ("հունվ", 1), ("ספט", 9), ("أكت", 10), ("تشرين الثاني", 11)),
    ],
)
def test_a_month_is_known_by_its_beginning_and_with_any_ending(word, month):
    assert month_begun(word) == month


@pytest.mark.parametrize("word", ["mardi", "martes", "marți", "lun", "pazar", "senin", "sat", "se", "", "GMT", "Uhr"])
def test_a_day_of_the_week_is_no_month(word):
    assert month_begun(word) == 0


def test_iranian_months_are_counted_from_farvardin():
    assert solar_months("fa")["فروردین"] == 1
    assert solar_month_named(folded("آبان")) == 8
    assert solar_month_named("may") == 0
