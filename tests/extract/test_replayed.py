"""Pictures and style sheets that were captured with a page are put into it, and nothing else comes in with them."""

import re
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chronik.extract import replayed
from chronik.extract.inert import TAKEN_OFF, inert
from chronik.extract.replayed import Parts, base_of, data_address, filled, wanted_by_page, wanted_by_style

BASE = "https://talbote.example/2026/a.html"
PICTURE = data_address("image/gif", b"GIF89a")
PARTS = Parts(
    pictures={"https://talbote.example/p.gif": PICTURE},
    styles={
        "https://talbote.example/a.css": "@import 'b.css' screen;p{color:red}a>b{background:url(p.gif)}",
        "https://talbote.example/b.css": '@import "a.css";h1{color:blue}</style><link rel=preconnect href=//x>-->',
    },
)
SECONDS_MAX = 5


def put_in(html):
    return filled(html, BASE, parts=PARTS)


@pytest.mark.parametrize(
    "tag",
    [
        "<img src=/p.gif>",
        '<IMG alt="a > b" src="https://talbote.example/p.gif#x">',
        "<img src='../p.gif?' data-src='/p.gif'>",
        '<img src="data:image/gif;base64,x" data-lazy-src="/p.gif">',
        '<img srcset="/none.gif 1x, /p.gif 2x" src="/other.gif">',
    ],
)
def test_a_picture_is_shown_whatever_else_its_tag_names(tag):
    found = put_in(tag)
    assert found[4:].startswith(f" srcset src={PICTURE} ")
    assert found[:4] == tag[:4]
    assert found.endswith(tag[4:])


def test_what_would_be_taken_before_the_picture_is_taken_off():
    found = put_in('<picture><source srcset="/x.avif"><img src="/p.gif"></picture>')
    assert "</off-source" in found


def test_a_style_sheet_stands_where_its_link_stood_with_what_it_imports():
    found = put_in('<head><link media="screen, print" rel="StyleSheet" href="/a.css"><p>')
    assert found.startswith('<head><style media="screen, print">@media screen {')
    assert "h1{color:blue}" in found
    assert f"background:url({PICTURE})" in found
    assert found.endswith("</style><p>")


def test_nothing_of_a_style_sheet_can_become_a_tag_or_end_a_comment():
    found = inert(
        put_in(
            "<!--[if IE]><link rel=stylesheet href=/b.css><![endif]-->x<p title='<link rel=stylesheet href=/a.css>'>"
        )
    )
    assert re.findall(r"<[a-z]+", found) == ["<style", "<p", "<style"]
    assert found.count("-->") == 1


def test_what_a_style_element_imports_and_draws_is_put_in():
    found = put_in(
        "<style><!-- @import url(/b.css); p{background:url('/p.gif')} --></style><b style='background:url(/p.gif)'>"
    )
    assert "h1{color:blue}" in found
    assert found.count(f"url({PICTURE})") == 3
    assert "<!--" not in found


@pytest.mark.parametrize(
    "html",
    [
        "",
        "<p>a",
        "<img>",
        "<img src=",
        '<img src="/p.gif',
        "<img src=/q.gif>",
        "<link rel=alternate stylesheet href=/a.css>",
        "<link rel=icon href=/p.gif>",
        "<imgs src=/p.gif>",
        "<img src=//[>",
        "<style>@import",
        "url(/q.gif)",
    ],
)
def test_what_was_not_captured_stays_as_it_is(html):
    assert put_in(html) == html


def test_addresses_are_told_from_the_base_that_the_page_names():
    html = "<base href='/other/'><img src=p.gif>"
    assert base_of(html, BASE) == "https://talbote.example/other/"
    assert wanted_by_page(html, base_of(html, BASE)).pictures == ("https://talbote.example/other/p.gif",)
    assert base_of("<base href='javascript:x'>", BASE) == BASE


def test_what_a_page_and_a_style_sheet_want_is_told():
    head = "<link rel=stylesheet href=/a.css><style>@import '/c.css';</style>"
    found = wanted_by_page(f"{head}<img src=/p.gif?a=1&amp;b=2><b style=x:url(/q.gif)>", BASE)
    assert found.styles == ("https://talbote.example/a.css", "https://talbote.example/c.css")
    assert found.pictures == ("https://talbote.example/p.gif?a=1&b=2", "https://talbote.example/q.gif")
    css = wanted_by_style(PARTS.styles["https://talbote.example/a.css"], "https://talbote.example/a.css")
    assert (css.styles, css.pictures) == (("https://talbote.example/b.css",), ("https://talbote.example/p.gif",))


def test_style_sheets_that_import_each_other_come_to_an_end():
    around = Parts(styles={"https://talbote.example/a.css": "@import 'a.css';" * 20_000 + "p{}"})
    begun = time.process_time()
    found = filled("<link rel=stylesheet href=/a.css>" * 50, BASE, parts=around)
    assert time.process_time() - begun < SECONDS_MAX
    assert "@import" not in found.partition("</style>")[0]


def test_a_picture_that_stands_a_thousand_times_does_not_fill_the_memory():
    large = Parts(pictures={"https://talbote.example/p.gif": "data:image/gif;base64," + "A" * 2**20})
    found = filled("<img src=/p.gif>" * 1_000, BASE, parts=large)
    assert found.count("data:") == replayed.ADDED_CHARACTERS_MAX // (2**20 + 22)


@pytest.mark.parametrize(
    "piece",
    [
        "<img ",
        '<img "',
        "<img a",
        "<link rel=stylesheet ",
        "<style",
        "<style>",
        "@import ",
        "@import a",
        "url(",
        'url("',
        "<img src='",
        "url(a ",
    ],
)
def test_no_page_makes_it_slow(piece):
    html = piece * (1_000_000 // len(piece))
    begun = time.process_time()
    wanted_by_page(html, BASE)
    wanted_by_style(html, BASE)
    put_in(html)
    assert time.process_time() - begun < SECONDS_MAX


@given(
    st.lists(
        st.sampled_from(
            [
                *"<>\"' =/",
                "img ",
                "link ",
                "style",
                "src",
                "href",
                "rel=stylesheet",
                "/a.css",
                "/p.gif",
                "x",
                "url(",
                ")",
                "@import ",
                ";",
                "<!--",
                "-->",
            ]
        ),
        max_size=40,
    )
)
def test_no_tag_begins_that_did_not_begin_before(pieces):
    html = "".join(pieces)
    found = inert(put_in(html))
    names = re.compile(r"<[a-z][^\s/>]*", re.IGNORECASE)
    own = {name.lower() for name in names.findall(html)} | {"<style"}
    told = {name.lower() for name in names.findall(found)}
    assert {re.sub(r"srcset.*", "", name) for name in told} <= own | {name[:4] for name in own} | {"<off-a"}
    assert not any(name[1:] in TAKEN_OFF for name in told)
