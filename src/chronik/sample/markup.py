"""Article pages, marked up in six ways as six publishers would. Decides: pieces in, HTML out."""

from __future__ import annotations

import json
from html import escape
from typing import TYPE_CHECKING, Any

from chronik.sample.labels import LABELS, moment
from chronik.sample.newsroom import Markup

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from chronik.sample.newsroom import Outlet, Piece, Wording


def declared(outlet: Outlet, piece: Piece, wording: Wording, *, url: str) -> str:
    """What the head of the page says about the article. The silent edit is, of course, not among it."""
    return _HEADS[outlet.markup](outlet, piece, wording, url)


def article(outlet: Outlet, piece: Piece, wording: Wording) -> str:
    """The article itself, in its outlet's kind of markup."""
    return _BODIES[outlet.markup](outlet, piece, wording)


def script_json(value: Any) -> str:
    """JSON that may stand in a script element: nothing in it can end the element."""
    return json.dumps(value, ensure_ascii=False, indent=1).replace("<", "\\u003c")


def _metas(attribute: str, pairs: tuple[tuple[str, str], ...]) -> str:
    return "\n".join(f'<meta {attribute}="{name}" content="{escape(content)}">' for name, content in pairs if content)


def _head_meta(outlet: Outlet, piece: Piece, wording: Wording, _: str) -> str:
    return _metas(
        "name",
        (
            ("description", wording.teaser),
            ("author", outlet.name),
            ("date", piece.published.isoformat()),
            ("news_keywords", "Orwe, Mirrschleuse, Hallwerd"),
        ),
    )


def _head_dublin_core(outlet: Outlet, piece: Piece, wording: Wording, url: str) -> str:
    return _metas(
        "name",
        (
            ("description", wording.teaser),
            ("DC.title", wording.title),
            ("DC.creator", ", ".join(piece.authors)),
            ("DC.publisher", outlet.name),
            ("DC.date.issued", piece.published.isoformat()),
            ("DC.language", outlet.language),
            ("DC.identifier", url),
        ),
    )


def _head_open_graph(outlet: Outlet, piece: Piece, wording: Wording, url: str) -> str:
    properties = _metas(
        "property",
        (
            ("og:type", "article"),
            ("og:title", wording.title),
            ("og:description", wording.teaser),
            ("og:url", url),
            ("og:site_name", outlet.name),
            ("og:locale", outlet.language),
            ("article:published_time", piece.published.isoformat()),
            ("article:section", piece.section),
        ),
    )
    return properties + "\n" + _metas("name", tuple(("author", author) for author in piece.authors))


def _head_microdata(_: Outlet, __: Piece, wording: Wording, ___: str) -> str:
    return _metas("name", (("description", wording.teaser),))


def _news_article(outlet: Outlet, piece: Piece, wording: Wording, url: str) -> dict[str, Any]:
    authors = [{"@type": "Person", "name": author} for author in piece.authors]
    return {
        "@type": "NewsArticle",
        "@id": url,
        "mainEntityOfPage": url,
        "headline": wording.title,
        "description": wording.teaser,
        "datePublished": piece.published.isoformat(),
        "dateModified": piece.published.isoformat(),
        "inLanguage": outlet.language,
        "articleSection": piece.section,
        "author": authors or [{"@type": "Organization", "name": outlet.name}],
        "publisher": {"@type": "NewsMediaOrganization", "name": outlet.name},
        "isAccessibleForFree": True,
    }


def _script(value: dict[str, Any]) -> str:
    return f'<script type="application/ld+json">\n{script_json(value)}\n</script>'


def _head_json_ld(outlet: Outlet, piece: Piece, wording: Wording, url: str) -> str:
    return _script({"@context": "https://schema.org", **_news_article(outlet, piece, wording, url)})


def _head_json_ld_graph(outlet: Outlet, piece: Piece, wording: Wording, url: str) -> str:
    site = {"@type": "WebSite", "name": outlet.name, "inLanguage": outlet.language}
    graph = [site, _news_article(outlet, piece, wording, url)]
    return _script({"@context": "https://schema.org", "@graph": graph})


def _paragraphs(wording: Wording, opening: str = "<p>") -> str:
    return "\n".join(f"{opening}{escape(paragraph)}</p>" for paragraph in wording.paragraphs)


def _byline(outlet: Outlet, piece: Piece) -> str:
    labels = LABELS[outlet.language]
    return f"{labels.by} {', '.join(piece.authors)}" if piece.authors else labels.newsroom


def _time(outlet: Outlet, piece: Piece, attributes: str = "") -> str:
    written = moment(piece.published, outlet.language)
    return f'<time datetime="{piece.published.isoformat()}"{attributes}>{escape(written)}</time>'


def _body_wire(outlet: Outlet, piece: Piece, wording: Wording) -> str:
    return f"""<nav class="section">{escape(piece.section)}</nav>
<article class="dispatch">
<h1>{escape(wording.title)}</h1>
{_time(outlet, piece)}
{_paragraphs(wording)}
</article>"""


def _body_broadsheet(outlet: Outlet, piece: Piece, wording: Wording) -> str:
    return f"""<article class="story">
<header>
<span class="section">{escape(piece.section)}</span>
<h1>{escape(wording.title)}</h1>
<div class="byline">{escape(_byline(outlet, piece))} · {_time(outlet, piece)}</div>
</header>
<div class="story-body">
{_paragraphs(wording)}
</div>
</article>"""


def _body_evening(outlet: Outlet, piece: Piece, wording: Wording) -> str:
    return f"""<nav class="section">{escape(piece.section)}</nav>
<div id="artikel">
<h1>{escape(wording.title)}</h1>
<div class="byline">{escape(_byline(outlet, piece))}, {escape(moment(piece.published, outlet.language))}</div>
<div id="artikeltext">
{_paragraphs(wording, '<p class="absatz">')}
</div>
</div>"""


def _body_weekly(outlet: Outlet, piece: Piece, wording: Wording) -> str:
    return f"""<article>
<h1>{escape(wording.title)}</h1>
<p class="byline"><span rel="author">{escape(_byline(outlet, piece))}</span> {_time(outlet, piece, " pubdate")}</p>
<section class="article-text">
{_paragraphs(wording)}
</section>
</article>"""


def _body_microdata(outlet: Outlet, piece: Piece, wording: Wording) -> str:
    authors = ", ".join(
        f'<span itemprop="author" itemscope itemtype="https://schema.org/Person">'
        f'<span itemprop="name">{escape(author)}</span></span>'
        for author in piece.authors
    )
    byline = f"{LABELS['fr'].by} {authors}" if authors else LABELS["fr"].newsroom
    return f"""<article itemscope itemtype="https://schema.org/NewsArticle">
<p class="section" itemprop="articleSection">{escape(piece.section)}</p>
<h1 itemprop="headline">{escape(wording.title)}</h1>
<p class="byline">{byline} – {_time(outlet, piece, ' itemprop="datePublished"')}</p>
<div itemprop="articleBody">
{_paragraphs(wording)}
</div>
<span itemprop="publisher" itemscope itemtype="https://schema.org/Organization"><meta itemprop="name"
content="{escape(outlet.name)}"></span>
</article>"""


_HEADS: Mapping[Markup, Callable[[Outlet, Piece, Wording, str], str]] = {
    Markup.META: _head_meta,
    Markup.JSON_LD: _head_json_ld,
    Markup.JSON_LD_GRAPH: _head_json_ld_graph,
    Markup.DUBLIN_CORE: _head_dublin_core,
    Markup.OPEN_GRAPH: _head_open_graph,
    Markup.MICRODATA: _head_microdata,
}
_BODIES: Mapping[Markup, Callable[[Outlet, Piece, Wording], str]] = {
    Markup.META: _body_wire,
    Markup.JSON_LD: _body_broadsheet,
    Markup.JSON_LD_GRAPH: _body_broadsheet,
    Markup.DUBLIN_CORE: _body_evening,
    Markup.OPEN_GRAPH: _body_weekly,
    Markup.MICRODATA: _body_microdata,
}
