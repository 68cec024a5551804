"""Whatever an outlet may write, its pages and feeds stay well-formed."""

import json
from dataclasses import replace
from datetime import UTC, datetime
from xml.etree import ElementTree as ET

import pytest
from lxml import html

from chronik.sample import announce, labels, pages
from chronik.sample.newsroom import FeedFormat, Piece, Play, Wording, outlets

NASTY = 'He said: </script></title><b onclick="x">&amp; "it\'s" ]]> <!-- –'
PLAY = Play(port=8471)
every_outlet = pytest.mark.parametrize("outlet", outlets(), ids=lambda outlet: outlet.id)


def nasty(outlet):
    piece = Piece(
        path="/nasty?a=1&b=2",
        published=datetime(2025, 4, 1, tzinfo=UTC),
        authors=(NASTY,),
        section=NASTY,
        first=Wording(title=NASTY, teaser=NASTY, text=f"{NASTY}\n\n{NASTY}"),
    )
    return replace(outlet, name=NASTY, tagline=NASTY, pieces=(piece,))


@every_outlet
def test_a_page_escapes_everything(outlet):
    invented = nasty(outlet)
    tree = html.document_fromstring(pages.article_page(invented, invented.pieces[0], play=PLAY))
    assert tree.xpath("//b[@onclick]") == []
    assert [node.text_content() for node in tree.xpath("//h1")] == [NASTY]
    assert [node.text_content() for node in tree.xpath("//main//p[not(@class) or @class='absatz']")] == [NASTY, NASTY]
    assert len(tree.xpath("//title")) == 1
    for script in tree.xpath("//script"):
        assert NASTY in json.dumps(json.loads(script.text), ensure_ascii=False).replace('\\"', '"')


@every_outlet
def test_a_front_page_escapes_everything(outlet):
    tree = html.document_fromstring(pages.front_page(nasty(outlet), PLAY))
    assert tree.xpath("//b[@onclick]") == []
    assert [node.get("href") for node in tree.xpath("//main//a")] == ["/nasty?a=1&b=2"]


@every_outlet
def test_a_feed_escapes_everything(outlet):
    text = announce.feed(nasty(outlet), PLAY)
    if outlet.feed_format is FeedFormat.JSON_FEED:
        assert json.loads(text)["items"][0]["title"] == NASTY
    else:
        tree = ET.fromstring(text.encode(outlet.charset, errors="xmlcharrefreplace"))
        assert NASTY in [node.text for node in tree.iter() if node.tag.endswith("title")]


@pytest.mark.parametrize(
    ("language", "written"),
    [
        ("de", "3. April 2025, 7.05 Uhr"),
        ("en", "3 April 2025, 07:05"),
        ("fr", "3 avril 2025 à 7\u00a0h\u00a005"),
        ("ar", "3 أبريل 2025، 07:05"),
    ],
)
def test_a_moment_is_written_as_people_of_its_language_do(language, written):
    assert labels.moment(datetime(2025, 4, 3, 7, 5, tzinfo=UTC), language) == written
