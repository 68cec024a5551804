"""What is read out of sitemaps."""

from datetime import UTC, datetime

import pytest

from chronik.collect.feeds import ParsedFeed, parsed
from chronik.model import Failure, FailureKind, FeedKind

URL = "https://www.example.org/news-sitemap.xml"
SPACES = (
    'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"'
)
NEWS = f"""<?xml version="1.0" encoding="UTF-8"?>
<urlset {SPACES}>
 <url>
   <loc>http://www.example.org/business/article55.html</loc><lastmod>2008-12-24</lastmod>
   <news:news>
     <news:publication><news:name>The Example Times</news:name><news:language>en</news:language></news:publication>
     <news:publication_date>2008-12-23T10:00:00+01:00</news:publication_date>
     <news:title>Companies A, B in Merger &amp;amp; Talks</news:title>
   </news:news>
 </url>
 <url><loc>http://www.example.org/about</loc></url>
 <url><loc>javascript:x</loc><news:news><news:title>x</news:title></news:news></url>
</urlset>"""


def test_a_news_sitemap_is_a_feed():
    feed = parsed(NEWS.encode(), url=URL)
    assert isinstance(feed, ParsedFeed)
    assert (feed.kind, feed.title, feed.language) == (FeedKind.NEWS_SITEMAP, "The Example Times", "en")
    assert feed.dropped == 1
    (entry,) = feed.entries
    assert entry.url == "http://www.example.org/business/article55.html"
    assert entry.title == "Companies A, B in Merger & Talks"
    assert entry.published == datetime(2008, 12, 23, 9, tzinfo=UTC)
    assert entry.updated == datetime(2008, 12, 24, tzinfo=UTC)


def test_a_news_sitemap_without_news_today_is_still_one():
    feed = parsed(f"<urlset {SPACES}></urlset>".encode(), url=URL)
    assert isinstance(feed, ParsedFeed)
    assert feed.entries == ()


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ("<urlset><url><loc>http://a.example/</loc></url></urlset>", "no news"),
        (
            "<sitemapindex><sitemap><loc>https://a.example/p.xml</loc></sitemap><sitemap><loc>/news.xml</loc></sitemap>",
            "https://www.example.org/news.xml",
        ),
        ("<sitemapindex/>", "list of sitemaps"),
    ],
)
def test_another_sitemap_is_no_feed_and_says_where_to_look(body, said):
    failure = parsed(body.encode(), url=URL)
    assert isinstance(failure, Failure)
    assert failure.kind is FailureKind.NOT_A_FEED
    assert said in failure.detail
