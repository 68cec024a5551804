import pytest

from chronik.relate.numbers import NumberKind, numbers, numbers_in

WAYS = [
    ("300 000 refugees", "en", "300000"),
    ("300,000 refugees", "en", "300000"),
    ("300.000 Flüchtlinge", "de", "300000"),
    ("300\u202f000 réfugiés", "fr", "300000"),
    ("300 тыс. беженцев", "ru", "300000"),
    ("300 Tausend Menschen", "de", "300000"),
    ("3 lakh people", "en", "300000"),
    ("٣٠٠ ألف لاجئ", "ar", "300000"),
    ("三十万难民", "zh", "300000"),
    ("30万人", "zh", "300000"),
    ("300k people", "en", "300000"),
    ("zwölf Tote", "de", "12"),
    ("douze morts", "fr", "12"),
    ("двенадцать погибших", "ru", "12"),
    ("twenty-one dead", "en", "21"),
    ("einundzwanzig Tote", "de", "21"),
    ("1,5 Mio. Euro", "de", "1500000"),
    ("$1.5 million", "en", "1500000"),
    ("2 billion dollars", "en", "2000000000"),
    ("2 Milliarden Euro", "de", "2000000000"),
    ("12,5 %", "fr", "12.5%"),
    ("12.5 percent", "en", "12.5%"),
    ("won 3:1", "en", "3:1"),
    ("ganó 1-3", "es", "3:1"),
    ("venceu por 3x1", "pt", "3:1"),
    ("118-100", "en", "118:100"),
    ("2.872 jours", "fr", "2872"),
    ("3.14159", "en", "3.14159"),
    ("300.000 Flüchtlinge", "deu", "300000"),
]


@pytest.mark.parametrize(("text", "language", "value"), WAYS)
def test_a_number_has_one_value_however_it_is_written(text, language, value):
    assert list(numbers_in(text, language=language)) == [value]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Tokyo 2020", NumberKind.YEAR),
        ("at 19:41", NumberKind.TIME),
        ("um 20.15 Uhr", NumberKind.TIME),
        ("on 22/07/2021", NumberKind.DATE),
        ("am 22.07.2021", NumberKind.DATE),
        ("on July 23", NumberKind.DATE),
        ("23 июля", NumberKind.DATE),
    ],
)
def test_years_days_and_hours_are_no_numbers_to_compare(text, kind):
    assert [number.kind for number in numbers(text, language="en")] == [kind]
    assert numbers_in(text, language="en") == {}


@pytest.mark.parametrize("text", ["Covid-19", "JO-2020", "G20 in Rome", "U-21"])
def test_a_number_that_belongs_to_a_name_is_none(text):
    assert {"19", "20", "21"}.isdisjoint(numbers_in(text))


@pytest.mark.parametrize(
    "text", ["", "\0", "\ud800", "1" * 1_000_000, "1 " * 500_000, "一" * 1_000_000, "1." * 500_000, "²³¼ ௧௨ 𝟙"]
)
def test_any_text_gives_a_result(text):
    numbers_in(text, language="de")
