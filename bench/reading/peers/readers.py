"""One function a reader: a page's bytes and address in, a finding out.

Runs in the peers' environment: nothing of ours and nothing of theirs is imported before its reader is asked for. Each
reader has the settings that its own documentation gives for articles.
"""

import logging
import re
import warnings
from importlib.metadata import version

logging.disable(logging.CRITICAL)
warnings.simplefilter("ignore")

_CHARSET = re.compile(rb"<meta[^>]{0,200}charset=[\"']?([\w-]{2,20})", re.IGNORECASE)
_LANGUAGE = re.compile(r"<html[^>]{0,500}\slang=[\"']?([a-z]{2})", re.IGNORECASE)
_STOP_LISTS = {"de": "German", "fr": "French", "es": "Spanish", "it": "Italian", "nl": "Dutch", "pl": "Polish"}


def decoded(body):
    """The page's characters, for readers that take no bytes: UTF-8, else as the page declares, else windows-1252."""
    declared = _CHARSET.search(body[:4_096])
    for charset in ("utf-8", declared[1].decode() if declared else "cp1252"):
        try:
            return body.decode(charset)
        except (UnicodeDecodeError, LookupError):
            continue
    return body.decode("cp1252", errors="replace")


def chronik():
    """Our own reader, as the archive calls it."""
    from chronik.extract.article import article
    from chronik.model import Article, Page

    def read(body, url):
        found = article(Page(url=url, body=body, media_type="text/html"))
        if not isinstance(found, Article):
            return {}
        return finding(text=found.text, title=found.title, authors=found.authors, published=found.published)

    return read


def trafilatura(**options):
    """With metadata, without the readers' comments."""
    import trafilatura as library

    def read(body, url):
        found = library.bare_extraction(body, url=url, with_metadata=True, include_comments=False, **options)
        if found is None:
            return {}
        authors = (found.author or "").split("; ")
        return finding(text=found.text, title=found.title, authors=authors, published=found.date)

    return read


def trafilatura_precise():
    """The setting with the best text."""
    return trafilatura(favor_precision=True)


def trafilatura_fast():
    """Without its second opinions."""
    return trafilatura(fast=True)


def readability():
    """Gives an element; its paragraphs are those of its blocks."""
    from lxml import html as trees
    from readability import Document

    def read(body, url):
        document = Document(decoded(body).replace("\0", ""), url=url)
        tree = trees.fromstring(document.summary(html_partial=True))
        for element in tree.iter("p", "div", "li", "h1", "h2", "h3", "h4", "blockquote", "td", "br"):
            element.tail = "\n" + (element.tail or "")
        return finding(text=tree.text_content(), title=document.short_title())

    return read


def newspaper():
    """As its documentation reads a page that is there already."""
    from newspaper import Article

    def read(body, url):
        found = Article(url, fetch_images=False)
        found.download(input_html=decoded(body))
        found.parse()
        published = found.publish_date.isoformat() if found.publish_date else ""
        return finding(text=found.text, title=found.title, authors=found.authors, published=published)

    return read


def resiliparse():
    """Its main content; it gives no metadata but the window's title."""
    from resiliparse.extract.html2text import extract_plain_text
    from resiliparse.parse.encoding import bytes_to_str, detect_encoding
    from resiliparse.parse.html import HTMLTree

    def read(body, _url):
        tree = HTMLTree.parse(bytes_to_str(body, detect_encoding(body)))
        return finding(text=extract_plain_text(tree, main_content=True), title=tree.title)

    return read


def goose():
    """Without pictures."""
    from goose3 import Goose

    reader = Goose({"enable_image_fetching": False, "strict": False})

    def read(body, _url):
        found = reader.extract(raw_html=decoded(body))
        published = found.publish_datetime_utc.isoformat() if found.publish_datetime_utc else found.publish_date
        return finding(text=found.cleaned_text, title=found.title, authors=found.authors, published=published)

    return read


def boilerpipe():
    """Its extractor for articles."""
    from boilerpy3.extractors import ArticleExtractor

    reader = ArticleExtractor(raise_on_failure=False)

    def read(body, _url):
        found = reader.get_doc(decoded(body))
        return finding(text=found.content, title=found.title)

    return read


def justext():
    """With the stop list of the language that the page declares."""
    import justext as library

    def read(body, _url):
        html = decoded(body)
        declared = _LANGUAGE.search(html[:4_096])
        stop_list = library.get_stoplist(_STOP_LISTS.get(declared[1].lower() if declared else "", "English"))
        kept = [paragraph.text for paragraph in library.justext(html, stop_list) if not paragraph.is_boilerplate]
        return finding(text="\n".join(kept))

    return read


def htmldate(*, extensive=True):
    """The day only."""
    from htmldate import find_date

    def read(body, url):
        return finding(published=find_date(body, url=url, original_date=True, extensive_search=extensive))

    return read


def htmldate_fast():
    """The day, where it is declared or stands in a usual place."""
    return htmldate(extensive=False)


def finding(*, text="", title="", authors=(), published=""):
    """What the figures know."""
    names = [name.strip() for name in authors or () if name and name.strip()]
    return {"text": text or "", "title": title or "", "authors": names, "published": str(published or "")}


READERS = {
    "chronik": ("chronik", chronik),
    "trafilatura": ("trafilatura", trafilatura),
    "trafilatura precise": ("trafilatura", trafilatura_precise),
    "trafilatura fast": ("trafilatura", trafilatura_fast),
    "readability-lxml": ("readability-lxml", readability),
    "newspaper4k": ("newspaper4k", newspaper),
    "resiliparse": ("resiliparse", resiliparse),
    "goose3": ("goose3", goose),
    "boilerpy3": ("boilerpy3", boilerpipe),
    "justext": ("justext", justext),
    "htmldate": ("htmldate", htmldate),
    "htmldate fast": ("htmldate", htmldate_fast),
}
"""Package, and what makes its reader."""


def version_of(name):
    """The release of a reader's package that is installed here."""
    return version(READERS[name][0])
