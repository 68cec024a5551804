"""Small articles of our own in many languages, and the markup of six kinds of site around them."""

import json
from pathlib import Path

_ROWS = json.loads(Path(__file__).with_name("articles_of_many_tongues.json").read_text(encoding="utf-8"))
ARTICLES = {
    language: (row["title"], tuple(row["paragraphs"]), row["menu"], row["teasers"], row["footer"])
    for language, row in _ROWS.items()
}


def _links(words, step=""):
    return "".join(f'<li class="{step}"><a href="/{number}">{word}</a></li>' for number, word in enumerate(words))


def _paragraphs(texts, opening="<p>", closing="</p>"):
    return "".join(f"{opening}{text}{closing}" for text in texts)


def wordpress(title, texts, menu, teasers, footer):
    """A theme of 2012."""
    return (
        f'<div id="page" class="site"><header class="site-header"><nav class="main-navigation"><ul>{_links(menu)}</ul>'
        f'</nav></header><div id="content"><article class="post hentry"><header class="entry-header"><h1 '
        f'class="entry-title">{title}</h1></header><div class="entry-content">{_paragraphs(texts)}</div></article>'
        f'</div><div id="secondary" class="widget-area"><aside class="widget"><ul>{_links(teasers)}</ul></aside></div>'
        f'<footer class="site-footer"><p>{footer}</p></footer></div>'
    )


def hashed(title, texts, menu, teasers, footer):
    """A page built by a framework, its names made by a machine."""
    words = "".join(f'<div class="css-1x{n}"><p class="css-at9mc1">{text}</p></div>' for n, text in enumerate(texts))
    cards = "".join(f'<div class="css-8k2"><a href="/{n}"><h3>{word}</h3></a></div>' for n, word in enumerate(teasers))
    return (
        f'<div id="root"><div class="css-q1"><ul class="css-z9">{_links(menu)}</ul></div><main class="css-m4"><h1 '
        f'class="css-h1">{title}</h1><section class="css-s7">{words}</section><section class="css-r3">{cards}</section>'
        f'</main><div class="css-f0"><span>{footer}</span></div></div>'
    )


def soup(title, texts, menu, teasers, footer):
    """Divisions all the way down, text without paragraphs."""
    words = "".join(f'<div class="txt">{text}</div>' for text in texts)
    top = " ".join(f"<a href=/{number}>{word}</a>" for number, word in enumerate(menu))
    return (
        f'<div id="wrap"><div id="top"><div class="menu">{top}</div></div>'
        f'<div id="mid"><div id="left"><div class="headline">{title}</div><div class="story">{words}</div>'
        f'</div><div id="right">{"".join(f"<div><a href=/t{n}>{w}</a></div>" for n, w in enumerate(teasers))}</div>'
        f'</div><div id="bottom">{footer}</div></div>'
    )


def tables(title, texts, menu, teasers, footer):
    """Columns made of tables, paragraphs parted by line breaks, as in 2005."""
    side = "<br>".join(f'<a href="/{n}.html">{word}</a>' for n, word in enumerate(menu))
    more = "<br>".join(f'<a href="/t{n}.html">{word}</a>' for n, word in enumerate(teasers))
    return (
        f'<table width="780" cellpadding="0"><tr><td colspan="3"><img src="logo.gif" width="300" height="60"></td></tr>'
        f'<tr><td width="140" valign="top"><font size="1">{side}</font></td><td valign="top"><font size="4"><b>{title}'
        f'</b></font><br><br><font face="Arial" size="2">{"<br><br>".join(texts)}</font></td><td width="160">'
        f"{more}</td>"
        f'</tr><tr><td colspan="3" align="center"><font size="1">{footer}</font></td></tr></table>'
    )


def amp(title, texts, menu, teasers, footer):
    """A page for telephones."""
    return (
        f'<amp-sidebar id="menu"><ul>{_links(menu)}</ul></amp-sidebar><header class="amp-header">NEWS</header>'
        f'<article class="amp-wp-article"><h1 class="amp-wp-title">{title}</h1><amp-img src="/a.jpg" width="800" '
        f'height="450"></amp-img><div class="amp-wp-article-content">{_paragraphs(texts)}</div></article>'
        f'<div class="related"><ul>{_links(teasers)}</ul></div><footer class="amp-wp-footer"><p>{footer}</p></footer>'
    )


def modern(title, texts, menu, teasers, footer):
    """A page of 2025 whose parts all have their own element."""
    related = "".join(f'<article class="card"><a href="/{n}"><h3>{w}</h3></a></article>' for n, w in enumerate(teasers))
    return (
        f'<header><nav aria-label="main"><ul>{_links(menu)}</ul></nav></header><main><article><h1>{title}</h1>'
        f'<div class="article-body" itemprop="articleBody">{_paragraphs(texts)}</div></article><aside '
        f'class="related-articles">{related}</aside></main><footer><small>{footer}</small></footer>'
    )


SITES = {site.__name__: site for site in (wordpress, hashed, soup, tables, amp, modern)}
