"""Dates that a text names."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chronik.extract.jalali import gregorian, year_of
from chronik.extract.mentioned_dates import MENTIONS_MAX, dates

PUBLISHED = "2020-09-30T08:15:00+02:00"

PIECES = (
    "3",
    "5",
    "31",
    "2020",
    "1990",
    "May",
    "mai",
    "مايو",
    "5月",
    "年",
    "日",
    "周二",
    "today",
    "gestern",
    ".",
    ",",
    "-",
    "–",
    "/",
    "to",
    "bis",
    "и",
    "last",
    "next",
    "ago",
    "vor",
    "Tagen",
    "İ",
    "\n\n",
    "'",
    "th",
)


def told(text, *, language="en", published=PUBLISHED):
    return [
        (text[one.start : one.end], one.date, one.relative)
        for one in dates(text, language=language, published=published)
    ]


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("de", "vom 3. bis 5. Mai 2020", "2020-05-03/2020-05-05"),
        ("de", "Am 27.09.2020 begann es.", "2020-09-27"),
        ("de", "im dritten Quartal 2019", "2019-07/2019-09"),
        ("en", "between 3 and 5 May 2020", "2020-05-03/2020-05-05"),
        ("en", "from September 27 to November 10, 2020", "2020-09-27/2020-11-10"),
        ("en", "on 9/27/2020 in Washington", "2020-09-27"),
        ("en", "Q3 2019 results", "2019-07/2019-09"),
        ("fr", "du 1er au 3 février 2021", "2021-02-01/2021-02-03"),
        ("es", "el 3 de mayo del 2019", "2019-05-03"),
        ("it", "dal 3 al 5 maggio 2019", "2019-05-03/2019-05-05"),
        ("ru", "с 3 по 5 мая 2019 года", "2019-05-03/2019-05-05"),
        ("uk", "3 травня 2019 року", "2019-05-03"),
        ("cs", "dne 3. května 2019", "2019-05-03"),
        ("hu", "2019. május 3-án", "2019-05-03"),
        ("hy", "2020 թ. հոկտեմբերի 3-ին", "2020-10-03"),
        ("az", "3 oktyabr 2020-ci il tarixində", "2020-10-03"),
        ("tr", "3-5 Mayıs 2019 tarihlerinde", "2019-05-03/2019-05-05"),
        ("ar", "في ٣ أيار/مايو ٢٠١٩", "2019-05-03"),
        ("fa", "در ۱۳۹۹/۰۷/۰۶ بود", "2020-09-27"),
        ("fa", "۶ مهر ۱۳۹۹", "2020-09-27"),
        ("zh", "二〇一九年五月三日发生", "2019-05-03"),
        ("zh", "2019年12月30日至2020年1月2日", None),
    ],
)
def test_an_absolute_date_is_told_by_its_words(language, text, expected):
    found = [one.date for one in dates(text, language=language, published="")]
    assert found == [expected] if expected else len(found) == 2


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("He spoke on Wednesday.", "2020-09-30"),
        ("He spoke on Thursday.", "2020-09-24"),
        ("He will speak on Thursday.", "2020-10-01"),
        ("He spoke last Wednesday.", "2020-09-23"),
        ("He spoke on Friday last week.", "2020-09-25"),
        ("They met two weeks ago.", "2020-09-14/2020-09-20"),
        ("They met three months ago.", "2020-06"),
        ("In June of last year they met.", "2019-06"),
        ("Next year will be better.", "2021"),
    ],
)
def test_a_relative_date_is_counted_from_the_publishers_day(text, expected):
    assert [(one.date, one.relative) for one in dates(text, language="en", published=PUBLISHED)] == [(expected, True)]


@pytest.mark.parametrize(
    ("published", "text", "expected"),
    [
        ("2020-01-03", "Es geschah am 28. Dezember.", "2019-12-28"),
        ("2020-12-28", "Das Treffen ist am 3. Januar.", "2021-01-03"),
        ("2020-09-30", "Es geschah am 15. März.", "2020-03-15"),
        ("2020-09-30", "Die Wahl findet am 3. November statt.", "2020-11-03"),
        ("2020-09-30", "Der Kongress wird am 15. März beginnen.", "2021-03-15"),
        ("2021-02-10", "Es geschah am 29. Februar.", "2020-02-29"),
    ],
)
def test_a_day_without_a_year_is_the_nearest_by_the_sense_of_the_sentence(published, text, expected):
    assert [one.date for one in dates(text, language="de", published=published)] == [expected]


def test_a_weekday_before_a_date_belongs_to_it():
    assert told("am Dienstag, den 29. September 2020", language="de") == [
        ("Dienstag, den 29. September 2020", "2020-09-29", False)
    ]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "He may march in 2000 cases, and in March 300 people will come to April's house for 30 pounds."),
        ("en", "The Sunday Times of Black Friday, 3/4/2020 and 12:30 and 1,500 people and version 2.10.2020.1"),
        ("en", "The 30 February 2020 and 31 April 2020 do not exist."),
        ("de", "Er zahlte 2000 Euro und 1999 Menschen kamen; am Morgen war er gestern morgen müde."),
        ("tr", "Ocak başında pazar kuruldu, kasım kasım gezdi."),
        ("es", "Domingo y Abril fueron al cine por la mañana."),
        ("ru", "Среда обитания и март."),
        ("pt", "na segunda parte e terça feira livre"),
        ("fa", "۳۰ اسفند ۱۴۰۰"),
    ],
)
def test_what_only_looks_like_a_date_is_none(language, text):
    found = [one.date for one in dates(text, language=language, published="")]
    assert [one for one in found if len(one) == len("2020-02-30")] == []


def test_without_a_day_of_publication_only_absolute_dates_are_told():
    text = "Yesterday and on Tuesday, in May and on 3 June; on 3 June 2019."
    assert told(text, published="") == [("3 June 2019", "2019-06-03", False)]


@pytest.mark.parametrize("published", ["", "soon", "0000-00-00", "9999-12-31", "2020-13-01", "0001-01-01T00:00:00Z"])
def test_a_day_of_publication_that_is_none_counts_as_missing(published):
    assert told("Yesterday, 99 years ago, next week. On 3 June 2019.", published=published)[-1][1] == "2019-06-03"


def test_a_language_without_words_of_its_own_still_has_its_months():
    assert told("3. maj 2019", language="da") == [("3. maj 2019", "2019-05-03", False)]
    assert told("2019-05-03", language="xx") == [("2019-05-03", "2019-05-03", False)]


@pytest.mark.parametrize(
    ("year", "first"),
    [
        (1300, "1921-03-21"),
        (1357, "1978-03-21"),
        (1375, "1996-03-20"),
        (1399, "2020-03-20"),
        (1403, "2024-03-20"),
        (1404, "2025-03-21"),
    ],
)
def test_the_iranian_year_begins_at_the_equinox(year, first):
    assert gregorian(year, 1) == date.fromisoformat(first)
    assert year_of(date.fromisoformat(first)) == year
    assert year_of(date.fromisoformat(first) - timedelta(days=1)) == year - 1


def test_every_day_of_the_iranian_calendar_follows_the_one_before():
    day = gregorian(1390, 1)
    for year in range(1390, 1410):
        for month in range(1, 13):
            for number in range(1, 32):
                found = gregorian(year, month, day=number)
                assert found in {None, day}
                day += timedelta(days=found is not None)
    assert day == gregorian(1410, 1)


def test_a_table_of_dates_is_cut_short():
    assert len(dates("2020-01-01 " * (MENTIONS_MAX + 5), language="en", published="")) == MENTIONS_MAX


@given(
    st.lists(
        st.sampled_from(PIECES),
        max_size=40,
    ),
    st.sampled_from(["de", "en", "ru", "az", "fa", "zh", "hy", "xx"]),
    st.booleans(),
)
def test_any_text_gives_dates_that_exist_in_order_and_apart(parts, language, spaced):
    text = (" " if spaced else "").join(parts)
    last = 0
    for one in dates(text, language=language, published=PUBLISHED):
        assert last <= one.start < one.end <= len(text)
        last = one.end
        for part in one.date.split("/"):
            date.fromisoformat((part + "-01-01")[:10])
        ends = one.date.split("/")
        assert ends == sorted(ends)


@pytest.mark.parametrize(
    ("language", "text", "month"),
    [("en", "The law passed in April and takes force in May.", "05"), ("de", "Der Umzug begann im Mai.", "05")],
)
def test_a_month_without_its_year_is_a_date_of_the_calendar_and_not_a_relative_one(language, text, month):
    told = dates(text, language=language, published=PUBLISHED)[-1]
    assert (told.date[5:], told.relative) == (month, False)
