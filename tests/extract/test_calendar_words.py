import pytest

from chronik.extract.calendar_words import calendar_languages, months, weekdays


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


def test_an_unknown_language_has_no_names():
    assert not months("xx")
    assert not weekdays("xx")
