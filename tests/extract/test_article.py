"""Reading a page: its fields, and why some pages give none."""

import json
from datetime import UTC, datetime

import pytest

from chronik.extract.article import article
from chronik.extract.forms.recognise import TEXT_BYTES_MAX
from chronik.model import Article, Failure, FailureKind, Page, article_id

URL = "https://talbote.example/region/schleuse.html"
PARAGRAPHS = (
    "Die Schleuse am Mühlbach blieb bis zum Abend geschlossen, sagte die Sprecherin des Wasserverbands am Donnerstag.",
    "Anwohner hatten seit Tagen auf die Entscheidung gewartet. Die Mühle steht seit März still, wie es hieß.",
    "Der Gemeinderat will in der kommenden Woche über den Antrag beraten und dann eine Frist setzen.",
)
TEXT = "\n\n".join(PARAGRAPHS)
BODY = "".join(f"<p>{paragraph}</p>" for paragraph in PARAGRAPHS)
NEWS_ARTICLE = {
    "@context": "https://schema.org",
    "@type": "NewsArticle",
    "headline": "Schleuse bleibt zu",
    "datePublished": "2026-05-01T08:00:00+02:00",
    "dateModified": "2026-05-01T09:30:00+02:00",
    "author": [{"@type": "Person", "name": "Von Mina Auer"}, {"@id": "#jo"}],
    "publisher": {"@type": "Organization", "name": "Orwetaler Talbote"},
    "isAccessibleForFree": False,
}
JO = {"@id": "#jo", "@type": "Person", "name": "Jo Brandt"}


def page(head="", body=BODY, *, url=URL, lang="de", **fields):
    text = f'<!doctype html><html lang="{lang}"><head>{head}</head><body><nav><a href="/">Start</a></nav>'
    text += f"<article>{body}</article><footer>Impressum und Datenschutz</footer></body></html>"
    return Page(url=url, body=text.encode(), **{"media_type": "text/html", **fields})


def read(*arguments, **fields):
    found = article(page(*arguments, **fields))
    assert isinstance(found, Article), str(found)
    return found


def refused(bad_page):
    found = article(bad_page)
    assert isinstance(found, Failure)
    assert found.detail
    assert "\n" not in found.detail
    return found.kind


def test_the_declarations_of_json_ld_give_the_fields():
    script = f'<script type="application/ld+json">{json.dumps({"@graph": [NEWS_ARTICLE, JO]})}</script>'
    found = read(
        f'{script}<link rel="canonical" href="/region/schleuse.html"><title>Schleuse bleibt zu | Talbote</title>'
    )
    assert found.title == "Schleuse bleibt zu"
    assert found.authors == ("Mina Auer", "Jo Brandt")
    assert found.published == "2026-05-01T08:00:00+02:00"
    assert found.modified == "2026-05-01T09:30:00+02:00"
    assert found.source == "Orwetaler Talbote"
    assert found.canonical_url == URL
    assert found.paywalled is True
    assert found.language == "de"
    assert found.text == TEXT
    assert found.paragraphs == PARAGRAPHS


def test_meta_tags_give_the_fields_where_there_is_no_json_ld():
    found = read(
        '<meta property="og:title" content="Schleuse bleibt zu"><meta property="og:site_name" content="Talbote">'
        '<meta name="author" content="Mina Auer"><meta property="article:published_time" content="2026-05-01">'
        '<meta property="article:content_tier" content="free"><meta property="og:type" content="article">'
    )
    assert (found.title, found.source, found.authors) == ("Schleuse bleibt zu", "Talbote", ("Mina Auer",))
    assert (found.published, found.modified, found.paywalled) == ("2026-05-01", "", False)


def test_what_a_page_does_not_say_stays_unsaid():
    found = read()
    assert (found.title, found.authors, found.published, found.source) == ("", (), "", "")
    assert found.paywalled is None


def test_the_language_is_that_of_the_text_not_of_the_menu():
    assert read(lang="en").language == "de"


def test_the_same_page_is_the_same_article_whenever_it_is_read():
    early, late = (article(page(), capture_id="c", read_at=datetime(year, 1, 1, tzinfo=UTC)) for year in (2026, 2030))
    assert isinstance(early, Article)
    assert isinstance(late, Article)
    assert early.id == late.id == article_id(capture_id="c", made_by=early.made_by)
    assert late.read_at == datetime(2030, 1, 1, tzinfo=UTC)


def test_made_by_says_which_reader_gave_which_field():
    made_by = read('<meta property="og:title" content="Schleuse bleibt zu">').made_by
    assert made_by.startswith("chronik ")
    assert "text from chronik blocks " in made_by
    assert "title from og:title" in made_by
    assert "authors" not in made_by


def test_no_field_holds_what_no_text_can_hold():
    headline, author = r"\u0000Schleuse\u0007\n bleibt\ud800 zu", r"Mina\u0000 Auer"
    script = f'{{"@type": "NewsArticle", "headline": "{headline}", "author": "{author}"}}'
    found = read(f'<script type="application/ld+json">{script}</script>')
    assert found.title == "Schleuse bleibt zu"
    assert found.authors == ("Mina Auer",)


@pytest.mark.parametrize(
    "script",
    [
        "",
        "{",
        "[" * 100_000,
        '{"@type": ["NewsArticle", null, 3], "author": {"name": ["", null, {"x": 1}]}, "publisher": [null, 3]}',
        '{"@type": "NewsArticle", "headline": {"@value": ["x"]}, "datePublished": {}, "author": true}',
        '<!-- {"@type": "NewsArticle", "headline": "Schleuse",} -->',
        "null",
        '"NewsArticle"',
    ],
)
def test_broken_json_ld_costs_only_itself(script):
    assert read(f'<script type="application/ld+json">{script}</script>').text == TEXT


def test_a_saved_page_knows_its_address_from_the_browser_or_from_itself():
    saved = b"<!-- saved from url=(0041)https://talbote.example/region/schleuse.html -->" + page(url="").body
    for body in (saved, page(f'<link rel="canonical" href="{URL}">', url="").body):
        found = article(Page(url="", body=body))
        assert isinstance(found, Article)
        assert found.url == URL


def test_an_address_that_is_a_script_is_not_taken_over():
    assert read('<link rel="canonical" href="javascript:alert(1)">').canonical_url == ""


def test_plain_text_is_read_as_text():
    for media_type in ("text/plain", ""):
        found = article(Page(url="", body=f"{PARAGRAPHS[0]}\r\n\r\n {PARAGRAPHS[1]}\n".encode(), media_type=media_type))
        assert isinstance(found, Article)
        assert found.paragraphs == PARAGRAPHS[:2]
        assert (found.title, found.language) == ("", "de")


def test_paragraphs_are_joined_by_one_blank_line_and_carry_no_markup():
    found = read("", f"<h2>Frist</h2>{BODY}<ul><li><b>Erstens</b> die Schleuse</li><li>Zweitens die Mühle</li></ul>")
    assert "\n\n\n" not in found.text
    assert "**" not in found.text
    assert all(line == " ".join(line.split()) for line in found.paragraphs)


@pytest.mark.parametrize(
    ("bad_page", "kind"),
    [
        (Page(url=URL, body=b""), FailureKind.NO_TEXT),
        (Page(url=URL, body=b" \n\t"), FailureKind.NO_TEXT),
        (Page(url=URL, body=b"123 456"), FailureKind.NO_TEXT),
        (Page(url=URL, body=b"<html><body><img src=x></body></html>"), FailureKind.NO_TEXT),
        (Page(url=URL, body=b"x" * (TEXT_BYTES_MAX + 1)), FailureKind.TOO_LARGE),
        (Page(url=URL, body=b"%PDF-1.7 ..."), FailureKind.UNREADABLE),
        (Page(url=URL, body=b"\x89PNG\r\n\x1a\n"), FailureKind.UNSUPPORTED_MEDIA),
        (Page(url=URL, body=b"{}", media_type="application/json"), FailureKind.NOT_AN_ARTICLE),
        (page(media_type="image/png"), FailureKind.UNSUPPORTED_MEDIA),
        (Page(url=URL, body=b'{"a": 1}'), FailureKind.NOT_AN_ARTICLE),
        (Page(url=URL, body=b'<?xml version="1.0"?><rss><channel/></rss>'), FailureKind.NOT_AN_ARTICLE),
        (Page(url=URL, body=b"<feed xmlns='http://www.w3.org/2005/Atom'/>"), FailureKind.NOT_AN_ARTICLE),
        (page(status=404), FailureKind.NOT_AN_ARTICLE),
        (page(url="https://talbote.example/"), FailureKind.NOT_AN_ARTICLE),
        (
            page("<title>404 – Talbote</title>", "<h1>404</h1><p>Diese Seite gibt es nicht.</p>"),
            FailureKind.NOT_AN_ARTICLE,
        ),
        (page("<title>Just a moment...</title>", "<p>Checking your browser.</p>"), FailureKind.NOT_AN_ARTICLE),
        (
            page(
                "<title>Talbote</title>",
                "<p>Wir und unsere Partner verwenden Cookies für Tracking. Bitte stimmen Sie zu, oder lesen Sie "
                "werbefrei. Sie können Ihre Einwilligung jederzeit beim Datenschutz widerrufen.</p>",
            ),
            FailureKind.NOT_AN_ARTICLE,
        ),
    ],
)
def test_what_is_no_article_is_a_failure_with_one_line_of_reason(bad_page, kind):
    assert refused(bad_page) is kind


def test_the_reason_names_the_kind_of_file():
    found = article(Page(url=URL, body=b"\x89PNG\r\n\x1a\n"))
    assert isinstance(found, Failure)
    assert "a picture (PNG)" in found.detail


def test_an_article_about_error_pages_is_an_article():
    assert read("<title>404: Warum Seiten nicht gefunden werden</title>", BODY * 5).text


def test_a_front_page_that_declares_an_article_is_one():
    script = f'<script type="application/ld+json">{json.dumps(NEWS_ARTICLE)}</script>'
    assert read(script, url="https://talbote.example/").title == "Schleuse bleibt zu"


def test_a_year_in_the_text_is_no_day_of_publication():
    text = "In the year 2005 the council had refused to pay for the library in the harbour of the town."
    page = f"<html><body><h1>Harbour library</h1>{f'<p>{text}</p>' * 6}</body></html>"
    assert article(Page(url="", body=page.encode(), media_type="text/html")).published == ""
