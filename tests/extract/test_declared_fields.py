"""What a page declares about itself: addresses, languages, payment, the right article among several, broken JSON."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chronik.extract import jsontext, structured
from chronik.extract.tree import parsed

URL = "https://talbote.example/region/schleuse.html"


def declared(head="", body="<h1>Schleuse bleibt zu</h1>", url=URL):
    return structured.declared(parsed(f'<html lang="de"><head>{head}</head><body>{body}</body></html>'), url=url)


def script(value):
    text = value if isinstance(value, str) else json.dumps(value)
    return f'<script type="application/ld+json">{text}</script>'


def test_the_same_article_in_other_languages_is_named_with_its_address():
    head = '<link rel="alternate" hreflang="en" href="/en/lock.html">'
    head += '<link rel="alternate" hreflang="pt_BR" href="//x.example/">'
    head += (
        '<link rel="alternate" hreflang="x-default" href="/"><link rel="alternate" hreflang="fr" href="javascript:1">'
    )
    head += '<link rel="alternate" type="application/rss+xml" href="/feed">'
    found = declared(head).alternates
    assert [(one.language, one.url) for one in found] == [
        ("en", "https://talbote.example/en/lock.html"),
        ("pt-BR", "https://x.example/"),
    ]


def test_alternates_are_capped():
    head = "".join(f'<link rel="alternate" hreflang="en" href="/{number}">' for number in range(500))
    assert len(declared(head).alternates) == structured.ALTERNATES_MAX


def test_the_address_for_telephones_is_absolute_and_on_the_web():
    assert declared('<link rel="amphtml" href="/amp/schleuse">').amp_url == "https://talbote.example/amp/schleuse"
    assert declared('<link rel="amphtml" href="data:text/html,x">').amp_url == ""


@pytest.mark.parametrize(
    ("claim", "expected"),
    [
        (True, False),
        (False, True),
        ("True", False),
        ("False", True),
        ("http://schema.org/False", True),
        ("https://schema.org/True", False),
        (0, True),
        (["false"], True),
        ("maybe", None),
    ],
)
def test_whether_it_has_to_be_paid_for_is_read_in_every_writing(claim, expected):
    assert declared(script({"@type": "NewsArticle", "isAccessibleForFree": claim})).paywalled is expected


def test_a_part_that_has_to_be_paid_for_counts_where_the_whole_says_nothing():
    part = {"@type": "WebPageElement", "isAccessibleForFree": "False", "cssSelector": ".wall"}
    assert declared(script({"@type": "NewsArticle", "hasPart": part})).paywalled is True
    assert declared(script({"@type": "NewsArticle", "hasPart": [part], "isAccessibleForFree": True})).paywalled is False


def test_the_tier_of_the_content_says_it_too():
    assert declared('<meta property="article:content_tier" content="locked">').paywalled is True


ARTICLE = {"@type": "NewsArticle", "headline": "Schleuse bleibt zu", "datePublished": "2024-05-03", "url": URL}
OTHER = {
    "@type": "NewsArticle",
    "headline": "Mühle verkauft",
    "datePublished": "2024-01-01",
    "author": "Jo Brandt",
    "publisher": "Talbote",
    "url": "https://talbote.example/muehle.html",
}


@pytest.mark.parametrize(
    "value", [[OTHER, ARTICLE], {"@graph": [OTHER, ARTICLE]}, {"@type": "WebPage", "mainEntity": ARTICLE}]
)
def test_of_several_articles_the_one_with_the_pages_address_or_headline_is_its_own(value):
    found = declared(script(value))
    assert next(one.value for one in found.titles if one.origin == "json-ld") == "Schleuse bleibt zu"
    assert found.published[0].value == "2024-05-03"


def test_an_article_that_is_only_listed_is_not_the_pages_own():
    listed = {"@type": "ItemList", "itemListElement": [{"@type": "ListItem", "item": OTHER}]}
    assert declared(script(listed)).published == ()


def test_a_page_that_is_no_article_still_says_when_it_was_published():
    found = declared(script({"@type": "WebPage", "name": "Über uns", "datePublished": "2014-03-17T01:44:37+00:00"}))
    assert found.published[0].value == "2014-03-17T01:44:37+00:00"


@pytest.mark.parametrize(
    "text",
    [
        '<!-- {"@type":"NewsArticle","headline":"A"} -->',
        '//<![CDATA[\n{"@type":"NewsArticle","headline":"A"}\n//]]>',
        '{"@type":"NewsArticle","headline":"A",}',
        '{"@type":"NewsArticle",,"headline":"A"};',
        "{&quot;@type&quot;:&quot;NewsArticle&quot;,&quot;headline&quot;:&quot;A&quot;}",
        '{"@type":"NewsArticle","description":"a\nb\tc","headline":"A"}',
        '{"@type":"NewsArticle","description":"it\\\'s","headline":"A"}',
        '\ufeff{"@type":"NewsArticle","headline":"A"}',
        '{"@type":"NewsArticle","description":"a "quoted" word","headline":"A"}',
        '{"@type":"WebSite"}{"@type":"NewsArticle","headline":"A"}',
    ],
)
def test_the_usual_slips_in_json_are_mended(text):
    value = jsontext.value(text)
    nodes = value if isinstance(value, list) else [value]
    assert nodes[-1]["headline"] == "A"


@pytest.mark.parametrize("text", ["", "{", "[" * 100_000, '{"a":' * 50_000, "1" * 100_000, '"', "null"])
def test_hostile_json_gives_nothing_and_breaks_nothing(text):
    assert jsontext.value(text) is None or not isinstance(jsontext.value(text), dict)
    declared(script(text))


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(max_size=20), lambda inner: st.lists(inner) | inner
    )
)
def test_any_value_in_any_property_is_borne(value):
    node = {"@type": "NewsArticle"} | dict.fromkeys(
        ("headline", "author", "datePublished", "publisher", "url", "isAccessibleForFree", "hasPart", "@graph"), value
    )
    declared(script(json.dumps(node).replace("<", "\\u003c")))


def test_the_title_of_a_drawing_is_not_the_windows():
    found = declared("<title>Schleuse</title>", "<svg><title>Menu</title></svg>")
    assert [one.value for one in found.titles if one.origin == "title"] == ["Schleuse"]


def test_authors_of_comments_are_not_the_articles():
    comment = '<div class="comments"><p itemprop="author">Troll</p>'
    comment += '<time itemprop="datePublished" datetime="2024-05-09"></time></div>'
    found = declared("", comment)
    assert found.authors == ()
    assert found.published == ()


BYLINES = [
    '<p class="author">Von <a href="/autor/mina">Mina Auer</a> und <a href="/autor/jo">Jo Brandt</a></p>',
    '<ul class="authors__list"><li class="authors__item">Mina Auer</li><li class="authors__item">Jo Brandt</li></ul>',
    "<p>Von Mina Auer und Jo Brandt</p>",
]


@pytest.mark.parametrize("byline", BYLINES)
def test_a_byline_on_the_page_names_the_authors_where_only_the_site_is_declared(byline):
    head = '<meta name="author" content="Talbote"><meta property="og:site_name" content="Talbote">'
    found = declared(head, f"<main><h1>Schleuse bleibt zu</h1>{byline}<p>Text.</p></main>")
    assert found.authors[0].values == ("Mina Auer", "Jo Brandt")


def test_bylines_of_teasers_and_pictures_are_not_the_articles():
    body = '<main><h1>Schleuse bleibt zu</h1><figure><span class="author">Foto: Eva Schmidt</span></figure></main>'
    body += '<aside><span class="author">Max Müller</span></aside>'
    assert declared("", body).authors == ()


def test_a_declared_author_is_not_looked_for_on_the_page():
    found = declared('<meta name="author" content="Mina Auer">', '<h1>A</h1><p class="author">Jo Brandt</p>')
    assert [group.values for group in found.authors] == [("Mina Auer",)]
