"""The sample's feeds, each outlet's in another format. Decides: pieces in, XML or JSON out."""

from __future__ import annotations

import json
from datetime import UTC
from email.utils import format_datetime
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape as escape_text
from xml.sax.saxutils import quoteattr

from chronik.sample.newsroom import MARK, FeedFormat

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import datetime

    from chronik.sample.newsroom import Outlet, Piece, Play

LIFETIME_MINUTES = 5
"""How long a feed says that it stays fresh."""


def feed(outlet: Outlet, play: Play) -> str:
    """The outlet's feed as it stands now."""
    return _WRITERS[outlet.feed_format](outlet, play)


def _element(name: str, text: str) -> str:
    return f"<{name}>{escape_text(text)}</{name}>"


def _title(outlet: Outlet) -> str:
    return f"{outlet.name} ({MARK})"


def _rss_2_0(outlet: Outlet, play: Play) -> str:
    items = "\n".join(_rss_2_0_item(outlet, piece, play=play) for piece in outlet.pieces)
    self_url = outlet.url(play.port, outlet.feed_path)
    return f"""<?xml version="1.0" encoding="{outlet.charset}"?>
<rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom" xmlns:dc="http://purl.org/dc/elements/1.1/">
<channel>
{_element("title", _title(outlet))}
{_element("link", outlet.url(play.port))}
{_element("description", f"{outlet.tagline} – {MARK}")}
{_element("language", outlet.language)}
{_element("lastBuildDate", _mail_date(play.outlet_updated(outlet)))}
{_element("ttl", str(LIFETIME_MINUTES))}
<atom:link href={quoteattr(self_url)} rel="self" type="application/rss+xml"/>
{items}
</channel>
</rss>
"""


def _rss_2_0_item(outlet: Outlet, piece: Piece, *, play: Play) -> str:
    wording = play.wording(piece)
    url = outlet.url(play.port, piece.path)
    creators = "".join(_element("dc:creator", author) for author in piece.authors)
    return f"""<item>
{_element("title", wording.title)}
{_element("link", url)}
<guid isPermaLink="true">{escape_text(url)}</guid>
{_element("pubDate", _mail_date(piece.published))}
{_element("description", wording.teaser)}{creators}
</item>"""


def _rss_1_0(outlet: Outlet, play: Play) -> str:
    urls = [outlet.url(play.port, piece.path) for piece in outlet.pieces]
    sequence = "\n".join(f"<rdf:li rdf:resource={quoteattr(url)}/>" for url in urls)
    items = "\n".join(_rss_1_0_item(outlet, piece, play=play) for piece in outlet.pieces)
    return f"""<?xml version="1.0" encoding="{outlet.charset}"?>
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"
 xmlns:dc="http://purl.org/dc/elements/1.1/">
<channel rdf:about={quoteattr(outlet.url(play.port, outlet.feed_path))}>
{_element("title", _title(outlet))}
{_element("link", outlet.url(play.port))}
{_element("description", f"{outlet.tagline} – {MARK}")}
{_element("dc:language", outlet.language)}
<items><rdf:Seq>
{sequence}
</rdf:Seq></items>
</channel>
{items}
</rdf:RDF>
"""


def _rss_1_0_item(outlet: Outlet, piece: Piece, *, play: Play) -> str:
    wording = play.wording(piece)
    url = outlet.url(play.port, piece.path)
    return f"""<item rdf:about={quoteattr(url)}>
{_element("title", wording.title)}
{_element("link", url)}
{_element("description", wording.teaser)}
{_element("dc:date", piece.published.isoformat())}
</item>"""


def _rss_0_91(outlet: Outlet, play: Play) -> str:
    items = "\n".join(
        f"<item>\n{_element('title', wording.title)}\n{_element('link', outlet.url(play.port, piece.path))}\n"
        f"{_element('description', wording.teaser)}\n</item>"
        for piece, wording in ((piece, play.wording(piece)) for piece in outlet.pieces)
    )
    return f"""<?xml version="1.0" encoding="{outlet.charset}"?>
<rss version="0.91">
<channel>
{_element("title", _title(outlet))}
{_element("link", outlet.url(play.port))}
{_element("description", f"{outlet.tagline} – {MARK}")}
{_element("language", outlet.language)}
{items}
</channel>
</rss>
"""


def _atom(outlet: Outlet, play: Play) -> str:
    entries = "\n".join(_atom_entry(outlet, piece, play=play) for piece in outlet.pieces)
    home, own = outlet.url(play.port), outlet.url(play.port, outlet.feed_path)
    return f"""<?xml version="1.0" encoding="{outlet.charset}"?>
<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="{outlet.language}">
{_element("id", home)}
{_element("title", _title(outlet))}
{_element("subtitle", f"{outlet.tagline} – {MARK}")}
{_element("updated", play.outlet_updated(outlet).isoformat())}
<link rel="alternate" type="text/html" href={quoteattr(home)}/>
<link rel="self" type="application/atom+xml" href={quoteattr(own)}/>
{entries}
</feed>
"""


def _atom_entry(outlet: Outlet, piece: Piece, *, play: Play) -> str:
    wording = play.wording(piece)
    url = outlet.url(play.port, piece.path)
    authors = "".join(f"<author>{_element('name', author)}</author>" for author in piece.authors or (outlet.name,))
    return f"""<entry>
{_element("id", url)}
{_element("title", wording.title)}
<link rel="alternate" type="text/html" href={quoteattr(url)}/>
{_element("published", piece.published.isoformat())}
{_element("updated", play.updated(piece).isoformat())}
{authors}
{_element("summary", wording.teaser)}
</entry>"""


def _json_feed(outlet: Outlet, play: Play) -> str:
    items = [
        {
            "id": outlet.url(play.port, piece.path),
            "url": outlet.url(play.port, piece.path),
            "title": wording.title,
            "content_text": wording.teaser,
            "date_published": piece.published.isoformat(),
            "date_modified": play.updated(piece).isoformat(),
            "authors": [{"name": author} for author in piece.authors or (outlet.name,)],
            "language": outlet.language,
        }
        for piece, wording in ((piece, play.wording(piece)) for piece in outlet.pieces)
    ]
    head = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": _title(outlet),
        "home_page_url": outlet.url(play.port),
        "feed_url": outlet.url(play.port, outlet.feed_path),
        "description": f"{outlet.tagline} – {MARK}",
        "language": outlet.language,
    }
    return json.dumps({**head, "items": items}, ensure_ascii=False, indent=1)


def _news_sitemap(outlet: Outlet, play: Play) -> str:
    pages = "\n".join(_news_page(outlet, piece, play=play) for piece in outlet.pieces)
    return f"""<?xml version="1.0" encoding="{outlet.charset}"?>
<!-- {MARK} -->
<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"
 xmlns:news="http://www.google.com/schemas/sitemap-news/0.9">
{pages}
</urlset>
"""


def _news_page(outlet: Outlet, piece: Piece, *, play: Play) -> str:
    return f"""<url>
{_element("loc", outlet.url(play.port, piece.path))}
{_element("lastmod", play.updated(piece).isoformat())}
<news:news>
<news:publication>{_element("news:name", _title(outlet))}{_element("news:language", outlet.language)}</news:publication>
{_element("news:publication_date", piece.published.isoformat())}
{_element("news:title", play.wording(piece).title)}
</news:news>
</url>"""


def _mail_date(instant: datetime) -> str:
    return format_datetime(instant.astimezone(UTC), usegmt=True)


_WRITERS: Mapping[FeedFormat, Callable[[Outlet, Play], str]] = {
    FeedFormat.RSS_0_91: _rss_0_91,
    FeedFormat.RSS_1_0: _rss_1_0,
    FeedFormat.RSS_2_0: _rss_2_0,
    FeedFormat.ATOM: _atom,
    FeedFormat.JSON_FEED: _json_feed,
    FeedFormat.NEWS_SITEMAP: _news_sitemap,
}
