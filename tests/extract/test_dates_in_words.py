"""Days in words and figures of many languages, and the day that a page shows."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chronik.extract import datewords, page_dates, publication, structured
from chronik.extract.dates import first_moment, moment
from chronik.extract.tree import parsed

URL = "https://talbote.example/schleuse.html"


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("3. Mai 2024", "de"),
        ("Friday, May 3rd, 2024 5:00 pm", "en"),
        ("3rd of May 2024", "en"),
        ("le 3 mai 2024 à 14h24", "fr"),
        ("3 de mayo de 2024", "es"),
        ("3 maggio 2024", "it"),
        ("3 de maio de 2024", "pt"),
        ("3 mei 2024", "nl"),
        ("3 maja 2024", "pl"),
        ("3. května 2024", "cs"),
        ("3 мая 2024 г.", "ru"),
        ("3 травня 2024", "uk"),
        ("3 MAYIS 2024", "tr"),
        ("3 maj 2024", "sv"),
        ("3. mai 2024", "nb"),
        ("3. toukokuuta 2024", "fi"),
        ("2024. május 3.", "hu"),
        ("3 mai 2024", "ro"),
        ("3 Μαΐου 2024", "el"),
        ("٣ مايو ٢٠٢٤", "ar"),
        ("3 أيار 2024", "ar"),
        ("۱۴ اردیبهشت ۱۴۰۳", "fa"),
        ("۱۴۰۳/۰۲/۱۴", "fa"),
        ("3 במאי 2024", "he"),
        ("2024年5月3日", "zh"),
        ("令和6年5月3日", "ja"),
        ("2024년 5월 3일", "ko"),
        ("մայիսի 3, 2024", "hy"),
        ("3 may 2024", "az"),
        ("3 მაისი 2024", "ka"),
        ("3 พฤษภาคม 2567", "th"),
        ("3 मई 2024", "hi"),
        ("ngày 3 tháng 5 năm 2024", "vi"),
        ("2024 m. gegužės 3 d.", "lt"),
        ("03.05.2024", ""),
        ("2024/5/3", ""),
        ("20240503", ""),
    ],
)
def test_a_day_is_understood_as_the_press_of_many_languages_writes_it(text, language):
    assert [day.date.isoformat() for day in datewords.days(text, language=language)] == ["2024-05-03"]


def test_a_month_that_two_languages_name_alike_is_that_of_the_language():
    assert datewords.days("3. listopada 2024.", language="hr")[0].date.month == 10
    assert datewords.days("3 listopada 2024", language="pl")[0].date.month == 11


def test_the_order_of_figures_is_that_of_the_country_and_a_guess_is_called_one():
    assert datewords.days("05/03/2024", month_first=True)[0].date.isoformat() == "2024-05-03"
    assert datewords.days("05/03/2024")[0].date.isoformat() == "2024-03-05"
    assert not datewords.days("05/03/2024")[0].sure
    assert datewords.days("05/13/2024")[0].date.isoformat() == "2024-05-13"


@pytest.mark.parametrize("text", ["May 2024", "192.168.10.2024", "Version 10.12.2024.1", "12 Min 2024", "© 2024", ""])
def test_what_names_no_day_gives_none(text):
    assert datewords.days(text) == ()


@given(st.text(max_size=300))
def test_any_text_gives_days_or_none(text):
    assert len(datewords.days(text)) <= datewords.FOUND_MAX


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("Fri Apr 28 19:20:36 CEST 2023", "2023-04-28T19:20:36+02:00"),
        ("Fri May 03 2024 14:24:00 GMT+0200 (CEST)", "2024-05-03T14:24:00+02:00"),
        ("24. Januar 2022", "2022-01-24"),
        ("06/13/2019", "2019-06-13"),
        ("11/01/2023 12:43:42", ""),
    ],
)
def test_declared_dates_of_programs_and_people_are_understood_but_not_guessed(written, expected):
    assert moment(written) == expected


def told(*written, clocks=()):
    published = structured.declared(parsed("".join(written)))
    return first_moment(published.published, clocks=clocks)


def test_a_time_without_offset_takes_that_of_another_of_the_same_days():
    head = '<meta property="article:published_time" content="2024-05-03T14:24:00">'
    head += '<meta property="article:modified_time" content="2024-05-03T18:00:00+02:00">'
    declared = structured.declared(parsed(head))
    assert publication.published(declared, parsed(head), html=head)[0] == "2024-05-03T14:24:00+02:00"
    assert told(head)[0] == "2024-05-03"


def shown(body, url=URL, language="de", **options):
    return page_dates.page_dates(parsed(f"<html><body>{body}</body></html>"), url=url, language=language, **options)


ARTICLE = "<main><h1>Schleuse bleibt zu</h1>{}<p>" + "Der Text des Artikels. " * 20 + "</p></main>"


@pytest.mark.parametrize(
    "body",
    [
        ARTICLE.format('<span class="date">3. Mai 2024</span>'),
        ARTICLE.format("<p>Von Mina Auer, 03.05.2024</p>"),
        ARTICLE.format("<span><b>3</b> <b>Mai</b> <b>2024</b></span>"),
        ARTICLE.format('<time datetime="2024-05-03">gestern</time>'),
        ARTICLE.format("<p>Veröffentlicht: 3. Mai 2024</p>")
        + '<div class="comments"><time datetime="2024-05-09">9. Mai</time></div><footer>© 1. Januar 2020</footer>',
    ],
)
def test_the_day_shown_beside_the_heading_is_that_of_publication(body):
    found = shown(body)
    assert (found.published, found.sure) == ("2024-05-03", True)


def test_the_day_of_the_last_change_is_told_apart():
    body = ARTICLE.format('<p class="date">3. Mai 2024</p><p>Zuletzt aktualisiert: 5. Mai 2024</p>')
    found = shown(body)
    assert (found.published, found.modified) == ("2024-05-03", "2024-05-05")


def test_a_day_to_come_is_none_of_publication():
    assert shown(ARTICLE.format("<p>31.12.2030</p>"), latest="2024-05-04").published == ""


def test_the_address_tells_the_day_where_the_text_does_not():
    for url in (
        "https://a.example/2024/05/03/x",
        "https://a.example/x-20240503.html",
        "https://a.example/03-05-2024/x",
    ):
        found = shown(ARTICLE.format(""), url=url)
        assert (found.published, found.origin) == ("2024-05-03", "address")


def test_a_copyright_year_is_no_day():
    assert shown(ARTICLE.format("") + "<footer>© 2024 Talbote</footer>").published == ""


def test_a_clear_place_on_the_page_beats_a_weak_declaration():
    html = '<html lang="de"><head><meta name="date" content="2024-05-09"></head><body>'
    html += ARTICLE.format('<time class="published" datetime="2024-05-03">3. Mai 2024</time>')
    tree = parsed(html)
    assert publication.published(structured.declared(tree), tree, html=html)[0] == "2024-05-03"


def test_an_instant_is_told_by_the_clock_that_the_page_shows_where_the_address_names_another_day():
    html = '<meta property="article:published_time" content="2023-11-09T05:30:59+00:00"><h1>A</h1><p>11:30 p.m.</p>'
    tree = parsed(html)
    url = "https://a.example/2023/11/08/b"
    assert publication.published(structured.declared(tree), tree, html=html, url=url)[0] == "2023-11-08T23:30:59-06:00"
    assert publication.published(structured.declared(tree), tree, html=html)[0] == "2023-11-09T05:30:59+00:00"


def test_the_day_of_capture_bounds_what_is_shown():
    html = f"<html><body>{ARTICLE.format('<p>3. Mai 2031</p>')}</body></html>"
    tree = parsed(html)
    found = publication.published(
        structured.declared(tree), tree, html=html, captured_at=datetime(2024, 5, 4, tzinfo=UTC)
    )
    assert found[0] == ""


def test_a_page_of_nested_years_is_read_in_bounded_time():
    deep = "<div>2024 " * 3_000
    assert shown(deep).published == ""
