"""The site's name out of what a page shows, where it declares none, and titles without it."""

import pytest

from chronik.extract.article import article
from chronik.extract.site_names import is_home, shown
from chronik.extract.tree import parsed
from chronik.model import Page

HEADLINE = "Harbour town votes to rebuild its flooded library"
TEXT = "".join(
    f"<p>The council met for the {n}. time and came to no end before the night was over.</p>" for n in range(9)
)


def read(title, body=TEXT, head=""):
    page = f"<html lang='en'><head><title>{title}</title>{head}</head><body>{body}</body></html>"
    return article(Page(url="", body=page.encode(), media_type="text/html"))


@pytest.mark.parametrize(
    "mark",
    [
        '<a class="logo" href="/elsewhere"><img src="l.png" alt="The Beacon"></a>',
        '<header><a href="/">The Beacon</a></header>',
        '<a href="https://beacon.example/" title="The Beacon"></a>',
        "<footer>© 2024 The Beacon. All rights reserved.</footer>",
        "<footer>Copyright 1998-2003 The Beacon Ltd</footer>",
    ],
)
@pytest.mark.parametrize("title", [f"{HEADLINE} | The Beacon", f"{HEADLINE} - The Beacon", f"The Beacon: {HEADLINE}"])
def test_a_name_at_an_end_of_the_title_that_the_page_shows_is_the_site_s(mark, title):
    found = read(title, TEXT + mark)
    assert (found.title, found.source) == (HEADLINE, "The Beacon")


@pytest.mark.parametrize(
    "title",
    [
        f"{HEADLINE} - Brackwater Courier",
        f"{HEADLINE} | Hohenbrücker Tageblatt",
        "폐교된 초등학교, 마을 도서관으로 다시 문 열다 - 강원산골신문",
        "В Приозёрске открыли восстановленный вокзал — Приозёрские вести",
    ],
)
def test_an_end_that_is_called_as_newspapers_are_is_the_site_s(title):
    assert read(title).title == title.replace("—", "-").replace("|", "-").rpartition(" - ")[0]


@pytest.mark.parametrize(
    "title",
    [
        "Brackwater - a town under water",
        "The president attacks the media - fake news",
        "Brackwater: the town that drowned",
        f"{HEADLINE} | a report from the harbour",
    ],
)
def test_an_end_that_nothing_else_names_stays(title):
    assert read(title, TEXT + "<footer>© 2024 The Beacon</footer>").title == title


def test_a_section_before_the_site_s_name_goes_with_it():
    head = '<meta property="og:site_name" content="The Beacon">'
    assert read(f"{HEADLINE} | Local News | The Beacon", head=head).title == HEADLINE
    assert read("Law | Order and the harbour of our town | The Beacon", head=head).title.startswith("Law | Order")


def test_a_first_heading_that_leads_home_is_no_headline():
    heads = f"<h1><a href='/'>River News</a></h1><h3 class='post-title entry-title'>{HEADLINE}</h3>"
    assert read(f"River News: {HEADLINE}", heads + TEXT).title == HEADLINE


def test_a_page_without_title_shows_no_name():
    assert shown(parsed("<a href='/'>The Beacon</a>"), title="") == ""


@pytest.mark.parametrize(
    ("address", "home"),
    [
        ("/", True),
        ("https://beacon.example", True),
        ("https://www.beacon.example/index.html", True),
        ("https://other.example/", False),
        ("/news", False),
        ("#top", False),
        ("?q=1", False),
        ("http://[", False),
    ],
)
def test_a_front_page_is_known_by_its_address(address, home):
    assert is_home(address, "https://beacon.example/a") is home
