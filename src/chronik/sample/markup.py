"""Article pages, marked up in six ways as six publishers would. Decides: pieces in, HTML out."""

from __future__ import annotations

import json
from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING, Any

from chronik.sample.labels import LABELS, moment
from chronik.sample.newsroom import Markup

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from chronik.sample.newsroom import Outlet, Piece, Wording


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """One piece about to be set."""

    outlet: Outlet
    piece: Piece
    wording: Wording
    url: str


def declared(sheet: Sheet) -> str:
    """What the head of the page says about the article. The silent edit is, of course, not among it."""
    return _HEADS[sheet.outlet.markup](sheet)


def article(sheet: Sheet) -> str:
    """The article itself, in its outlet's kind of markup."""
    return _BODIES[sheet.outlet.markup](sheet)


def script_json(value: Any) -> str:
    """JSON that may stand in a script element: nothing in it can end the element."""
    return json.dumps(value, ensure_ascii=False, indent=1).replace("<", "\\u003c")


def _metas(attribute: str, pairs: tuple[tuple[str, str], ...]) -> str:
    return "\n".join(f'<meta {attribute}="{name}" content="{escape(content)}">' for name, content in pairs if content)


def _head_meta(sheet: Sheet) -> str:
    named = (
        ("description", sheet.wording.teaser),
        ("author", sheet.outlet.name),
        ("date", sheet.piece.published.isoformat()),
        ("news_keywords", "Orwe, Mirrschleuse, Hallwerd"),
    )
    return _metas("name", named) + "\n" + _site_name(sheet)


def _head_dublin_core(sheet: Sheet) -> str:
    return _metas(
        "name",
        (
            ("description", sheet.wording.teaser),
            ("DC.title", sheet.wording.title),
            ("DC.creator", ", ".join(sheet.piece.authors)),
            ("DC.publisher", sheet.outlet.name),
            ("DC.date.issued", sheet.piece.published.isoformat()),
            ("DC.language", sheet.outlet.language),
            ("DC.identifier", sheet.url),
        ),
    )


def _head_open_graph(sheet: Sheet) -> str:
    properties = _metas(
        "property",
        (
            ("og:type", "article"),
            ("og:title", sheet.wording.title),
            ("og:description", sheet.wording.teaser),
            ("og:url", sheet.url),
            ("og:site_name", sheet.outlet.name),
            ("og:locale", sheet.outlet.language),
            ("article:published_time", sheet.piece.published.isoformat()),
            ("article:section", sheet.piece.section),
        ),
    )
    return properties + "\n" + _metas("name", tuple(("author", author) for author in sheet.piece.authors))


def _head_microdata(sheet: Sheet) -> str:
    described = _metas("name", (("description", sheet.wording.teaser), ("author", ", ".join(sheet.piece.authors))))
    return described + "\n" + _site_name(sheet)


def _site_name(sheet: Sheet) -> str:
    return _metas("property", (("og:site_name", sheet.outlet.name),))


def _news_article(sheet: Sheet) -> dict[str, Any]:
    authors = [{"@type": "Person", "name": author} for author in sheet.piece.authors]
    return {
        "@type": "NewsArticle",
        "@id": sheet.url,
        "mainEntityOfPage": sheet.url,
        "headline": sheet.wording.title,
        "description": sheet.wording.teaser,
        "datePublished": sheet.piece.published.isoformat(),
        "dateModified": sheet.piece.published.isoformat(),
        "inLanguage": sheet.outlet.language,
        "articleSection": sheet.piece.section,
        "author": authors or [{"@type": "Organization", "name": sheet.outlet.name}],
        "publisher": {"@type": "NewsMediaOrganization", "name": sheet.outlet.name},
        "isAccessibleForFree": True,
    }


def _script(value: dict[str, Any]) -> str:
    return f'<script type="application/ld+json">\n{script_json(value)}\n</script>'


def _head_json_ld(sheet: Sheet) -> str:
    return _script({"@context": "https://schema.org", **_news_article(sheet)})


def _head_json_ld_graph(sheet: Sheet) -> str:
    site = {"@type": "WebSite", "name": sheet.outlet.name, "inLanguage": sheet.outlet.language}
    graph = [site, _news_article(sheet)]
    return _script({"@context": "https://schema.org", "@graph": graph})


def _paragraphs(wording: Wording, opening: str = "<p>") -> str:
    return "\n".join(f"{opening}{escape(paragraph)}</p>" for paragraph in wording.paragraphs)


def _byline(sheet: Sheet) -> str:
    labels = LABELS[sheet.outlet.language]
    return f"{labels.by} {', '.join(sheet.piece.authors)}" if sheet.piece.authors else labels.newsroom


def _time(sheet: Sheet, attributes: str = "") -> str:
    written = moment(sheet.piece.published, sheet.outlet.language)
    return f'<time datetime="{sheet.piece.published.isoformat()}"{attributes}>{escape(written)}</time>'


def _body_wire(sheet: Sheet) -> str:
    return f"""<nav class="section">{escape(sheet.piece.section)}</nav>
<article class="dispatch">
<header><h1>{escape(sheet.wording.title)}</h1>
{_time(sheet)}</header>
{_paragraphs(sheet.wording)}
</article>"""


def _body_broadsheet(sheet: Sheet) -> str:
    return f"""<article class="story">
<header>
<span class="section">{escape(sheet.piece.section)}</span>
<h1>{escape(sheet.wording.title)}</h1>
<div class="byline">{escape(_byline(sheet))} · {_time(sheet)}</div>
</header>
<div class="story-body">
{_paragraphs(sheet.wording)}
</div>
</article>"""


def _body_evening(sheet: Sheet) -> str:
    return f"""<nav class="section">{escape(sheet.piece.section)}</nav>
<header><h1>{escape(sheet.wording.title)}</h1></header>
<div id="artikel">
<div class="byline">{escape(_byline(sheet))}, {escape(moment(sheet.piece.published, sheet.outlet.language))}</div>
<div id="artikeltext">
{_paragraphs(sheet.wording, '<p class="absatz">')}
</div>
</div>"""


def _body_weekly(sheet: Sheet) -> str:
    return f"""<article>
<h1>{escape(sheet.wording.title)}</h1>
<p class="byline"><span rel="author">{escape(_byline(sheet))}</span> {_time(sheet, " pubdate")}</p>
<section class="article-text">
{_paragraphs(sheet.wording)}
</section>
</article>"""


def _body_microdata(sheet: Sheet) -> str:
    authors = ", ".join(
        f'<span itemprop="author" itemscope itemtype="https://schema.org/Person">'
        f'<span itemprop="name">{escape(author)}</span></span>'
        for author in sheet.piece.authors
    )
    byline = f"{LABELS['fr'].by} {authors}" if authors else LABELS["fr"].newsroom
    return f"""<article itemscope itemtype="https://schema.org/NewsArticle">
<p class="section" itemprop="articleSection">{escape(sheet.piece.section)}</p>
<h1 itemprop="headline">{escape(sheet.wording.title)}</h1>
<p class="byline">{byline} – {_time(sheet, ' itemprop="datePublished"')}</p>
<div itemprop="articleBody">
{_paragraphs(sheet.wording)}
</div>
<span itemprop="publisher" itemscope itemtype="https://schema.org/Organization"><meta itemprop="name"
content="{escape(sheet.outlet.name)}"></span>
</article>"""


_HEADS: Mapping[Markup, Callable[[Sheet], str]] = {
    Markup.META: _head_meta,
    Markup.JSON_LD: _head_json_ld,
    Markup.JSON_LD_GRAPH: _head_json_ld_graph,
    Markup.DUBLIN_CORE: _head_dublin_core,
    Markup.OPEN_GRAPH: _head_open_graph,
    Markup.MICRODATA: _head_microdata,
}
_BODIES: Mapping[Markup, Callable[[Sheet], str]] = {
    Markup.META: _body_wire,
    Markup.JSON_LD: _body_broadsheet,
    Markup.JSON_LD_GRAPH: _body_broadsheet,
    Markup.DUBLIN_CORE: _body_evening,
    Markup.OPEN_GRAPH: _body_weekly,
    Markup.MICRODATA: _body_microdata,
}
