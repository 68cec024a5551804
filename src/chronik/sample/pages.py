"""The sample's web pages: articles, front pages and what is shown for an unknown address. Decides."""

from __future__ import annotations

from functools import cache
from html import escape
from importlib.resources import files
from typing import TYPE_CHECKING

from chronik.sample import markup
from chronik.sample.labels import LABELS, moment
from chronik.sample.newsroom import MARK, FeedFormat, outlets

if TYPE_CHECKING:
    from collections.abc import Mapping

    from chronik.sample.newsroom import Outlet, Piece, Play

FORBIDDEN_PATH = "/intern/"
"""Each outlet's robots.txt forbids it."""
RELATED_MAX = 4

FEED_MEDIA_TYPES: Mapping[FeedFormat, str] = {
    FeedFormat.RSS_0_91: "application/rss+xml",
    FeedFormat.RSS_1_0: "application/rss+xml",
    FeedFormat.RSS_2_0: "application/rss+xml",
    FeedFormat.ATOM: "application/atom+xml",
    FeedFormat.JSON_FEED: "application/feed+json",
    FeedFormat.NEWS_SITEMAP: "application/xml",
}


def article_page(outlet: Outlet, piece: Piece, *, play: Play) -> str:
    """One article with everything that a newspaper puts around it."""
    url = outlet.url(play.port, piece.path)
    sheet = markup.Sheet(outlet=outlet, piece=piece, wording=play.wording(piece), url=url)
    head = f'<link rel="canonical" href="{escape(url)}">\n{markup.declared(sheet)}'
    related = [other for other in outlet.pieces if other.path != piece.path][:RELATED_MAX]
    body = f"""<div class="columns">
<main>
{markup.article(sheet)}
</main>
<aside class="more">
<h2>{escape(LABELS[outlet.language].more)}</h2>
{_links(related)}
</aside>
</div>"""
    return _page(outlet, title=f"{sheet.wording.title} – {outlet.name}", head=head, body=body)


def front_page(outlet: Outlet, play: Play) -> str:
    """Teasers of everything that the outlet published, newest first."""
    teasers = "\n".join(_teaser(outlet, piece, play=play) for piece in outlet.pieces)
    body = f'<main class="columns" id="archive">\n<ul class="teasers" id="region">\n{teasers}\n</ul>\n</main>'
    return _page(outlet, title=f"{outlet.name} – {outlet.tagline}", body=body)


def forbidden_page(outlet: Outlet) -> str:
    """The page that robots.txt forbids: whoever keeps it did not ask."""
    body = "<main class='columns'><p>Notes of the newsroom, not for robots.</p></main>"
    return _page(outlet, title=f"Intern – {outlet.name}", body=body)


def missing_page(outlet: Outlet) -> str:
    """What an outlet shows for an address that it does not have."""
    missing = LABELS[outlet.language].missing
    body = f"<main class='columns'><h1>404</h1><p>{escape(missing)}</p></main>"
    return _page(outlet, title=f"404 – {outlet.name}", body=body)


def missing_host(port: int) -> str:
    """What is shown for a host that is none of the outlets: where they are."""
    links = "\n".join(
        f'<li lang="{outlet.language}" dir="{outlet.direction}"><a href="{escape(outlet.url(port))}">'
        f"{escape(outlet.name)}</a></li>"
        for outlet in outlets()
    )
    return f"""<!DOCTYPE html>
<html lang="en" dir="ltr">
<head><meta charset="utf-8"><title>404 – {MARK}</title><style>{_style()}</style></head>
<body><div class="sample">{MARK}</div>
<main class="columns"><p>No outlet of the sample newsroom lives at this address. These do:</p><ul>
{links}
</ul></main></body></html>
"""


def _page(outlet: Outlet, *, title: str, body: str, head: str = "") -> str:
    labels = LABELS[outlet.language]
    return f"""<!DOCTYPE html>
<html lang="{outlet.language}" dir="{outlet.direction}" style="--accent:{outlet.accent}">
<head>
<meta charset="{outlet.charset}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{escape(title)}</title>
{_alternate(outlet)}
{head}
<style>{_style()}</style>
</head>
<body>
<div class="sample" role="note"><strong>{MARK}.</strong> {escape(labels.sample_note)}</div>
<header class="masthead"><a href="/">{escape(outlet.name)}</a><span>{escape(outlet.tagline)}</span></header>
<nav><ul>
<li><a href="/">{escape(labels.home)}</a></li>
<li><a href="/#region">{escape(labels.region)}</a></li>
<li><a href="/#archive">{escape(labels.archive)}</a></li>
<li><a href="{outlet.feed_path}">{escape(labels.subscribe)}</a></li>
</ul></nav>
{body}
<div class="consent" role="note">{escape(labels.consent)}</div>
<footer id="imprint">{MARK} · {escape(outlet.name)} · <a href="/#imprint">{escape(labels.imprint)}</a></footer>
</body>
</html>
"""


def _alternate(outlet: Outlet) -> str:
    relation = "alternate sitemap" if outlet.feed_format is FeedFormat.NEWS_SITEMAP else "alternate"
    media_type = FEED_MEDIA_TYPES[outlet.feed_format]
    title = escape(f"{outlet.name} ({MARK})")
    return f'<link rel="{relation}" type="{media_type}" title="{title}" href="{outlet.feed_path}">'


def _links(pieces: list[Piece]) -> str:
    items = "\n".join(f'<li><a href="{escape(piece.path)}">{escape(piece.first.title)}</a></li>' for piece in pieces)
    return f"<ul>\n{items}\n</ul>"


def _teaser(outlet: Outlet, piece: Piece, *, play: Play) -> str:
    wording = play.wording(piece)
    return (
        f'<li><span class="section">{escape(piece.section)}</span>\n'
        f'<h2><a href="{escape(piece.path)}">{escape(wording.title)}</a></h2>\n'
        f'<p>{escape(wording.teaser)}</p><time datetime="{piece.published.isoformat()}">'
        f"{escape(moment(piece.published, outlet.language))}</time></li>"
    )


@cache
def _style() -> str:
    return files("chronik.sample").joinpath("style.css").read_text(encoding="utf-8")
