"""What rules read: versions by day, leads, what frames a text, and pages that were built anew."""

import re
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.extract.publishers.pages import proposal

from chronik.extract.publishers.shelf import Shelf
from chronik.model import BlockKind

URL = "https://www.example.org/a"
LONG = (
    "The bridge in the valley was opened on Monday after two years, three months earlier than planned, officials said."
)
TEXT = f"<div class=text><p>{LONG}</p><p>{LONG}</p><p>{LONG}</p></div>"
PAGE = f"<h1><span class=kicker>Roads</span> Bridge opened</h1>{TEXT}"


@pytest.fixture
def read(tmp_path):
    def reading(text, html=PAGE, captured_at=None):
        (tmp_path / "example.org.toml").write_text(f"newspaper = 'x'\n{text}", encoding="utf-8")
        found = proposal(html, URL, captured_at, rules_from=Shelf(tmp_path))
        return found and replace(found, origin=re.sub(r" of [0-9a-f]{8}", "", found.origin))

    return reading


def body(found):
    return [block.text for block in found.body.blocks]


def test_a_page_of_another_newspaper_is_left_alone(tmp_path):
    assert proposal(PAGE, URL, rules_from=Shelf(tmp_path)) is None


def test_a_title_stands_without_its_kicker_and_the_newspapers_name(read):
    rule = "[[version]]\n[version.title]\nselect = ['h1']\ndrop = ['.kicker']\nstrip = ['opened']"
    assert read(rule).title == "Bridge"


def test_a_declared_title_is_taken_where_the_page_shows_none(read):
    html = '<meta property="og:title" content="A &amp;amp; B"><meta name="twitter:title" content="C">' + PAGE
    rule = "[[version]]\n[version.title]\nselect = ['.none']\nprefer = ['parsely-title', 'og:title', 'twitter:title']"
    assert read(rule, html).title == "A & B"


def test_names_of_the_newspaper_are_nobodys(read):
    html = "<p class=by>By Ana Lima and The Example</p><p class=by>The Example Sports</p>"
    rule = "[[version]]\n[version.authors]\nselect = ['.by']\nleave_out = ['The Example']"
    assert read(rule, html).authors == ("Ana Lima",)


def test_a_page_that_names_only_the_newspaper_names_nobody(read):
    rule = "[[version]]\n[version.authors]\nselect = ['.by']\nleave_out = ['The Example']"
    assert read(rule, "<p class=by>The Example</p>").authors == ()
    assert read(rule, "<p>no byline</p>") is None


def test_a_time_without_offset_is_one_of_the_newspapers_zone(read):
    rule = """[[version]]\n[version.published]\nselect = ['time']\nzone = 'Europe/Berlin'
        [version.modified]\nselect = ['i']"""
    found = read(rule, "<time datetime='2024-07-01T10:00:00'>today</time><i>2024-07-02</i>")
    assert (found.published, found.modified) == ("2024-07-01T10:00:00+02:00", "2024-07-02")


@pytest.mark.parametrize("value", ["", "yesterday", "2024-07-01", "2024-07-01T10:00:00Z"])
def test_a_zone_changes_only_times_that_lack_one(read, value):
    rule = "[[version]]\n[version.published]\nselect = ['time']\n"
    html = f"<time datetime='{value}'></time><h1>x</h1>"
    with_zone, without = read(f"{rule}zone = 'Asia/Tokyo'", html), read(rule, html)
    assert with_zone == without


def test_the_lead_comes_first_wherever_it_stands(read):
    html = f"<article class=text><p>{LONG}</p><header><p class=lead>A lead.</p></header><p>{LONG} Again.</p></article>"
    rule = "[[version]]\n[version.body]\nlead = ['.lead']\nselect = ['.text']\ndrop = ['header']"
    assert body(read(rule, html)) == ["A lead.", LONG, f"{LONG} Again."]


def test_what_frames_a_text_stays_out(read):
    html = f"""<div class=text><p>{LONG}</p><div class=ad><p>Buy.</p></div><p>Read more: Roads</p><h2>Then</h2>
        <ul><li>{LONG}</li><li><a href=/b>Another article</a></li></ul>
        <p>{LONG}</p><p>___</p><p>Edited by nobody.</p></div>"""
    rule = """[[version]]\n[version.body]\nselect = ['.text']\ndrop = ['.ad']
        drop_starting = ['Read more']\nend_starting = ['___']"""
    found = read(rule, html)
    assert body(found) == [LONG, "Then", LONG, LONG]
    assert [block.kind for block in found.body.blocks][1:3] == [BlockKind.HEADING, BlockKind.ITEM]


def test_a_heading_of_nothing_stays_out(read):
    more = "<h2>More about roads</h2><ul><li><a href=/b>Roads</a></li></ul>"
    html = f"<div class=text><h2>First</h2><p>{LONG}</p>{more}</div>"
    assert body(read("[[version]]\n[version.body]\nselect = ['.text']", html)) == ["First", LONG]


def test_pictures_keep_their_place(read):
    html = f"""<p class=lead>A lead.</p><div class=text><p>Read more</p><p>{LONG}</p>
        <figure><img src=/b.jpg width=800><figcaption>A bridge.</figcaption></figure><p>{LONG}</p></div>"""
    rule = "[[version]]\n[version.body]\nlead = ['.lead']\nselect = ['.text']\ndrop_starting = ['Read more']"
    (picture,) = read(rule, html).body.pictures
    assert (picture.url, picture.caption, picture.before) == ("https://www.example.org/b.jpg", "A bridge.", 2)


TWO = """
[[version]]
since = 2024-01-01
[version.title]
select = [".new"]
[version.body]
select = [".text"]
[[version]]
until = 2024-01-01
[version.title]
select = [".old"]
[version.body]
select = [".text"]
"""


@pytest.mark.parametrize(
    ("captured_at", "title", "origin"),
    [
        (datetime(2023, 12, 31, 23, tzinfo=UTC), "Old", "publishers/example.org"),
        (datetime(2024, 1, 1, tzinfo=UTC), "New", "publishers/example.org 2024-01"),
        (None, "New", "publishers/example.org 2024-01"),
    ],
)
def test_the_day_of_the_capture_chooses_the_version(read, captured_at, title, origin):
    found = read(TWO, f"<b class=new>New</b><b class=old>Old</b>{PAGE}", captured_at)
    assert (found.title, found.origin) == (title, origin)


def test_a_page_that_was_built_before_its_time_is_read_by_the_version_that_fits(read):
    rule = TWO.replace('".text"', '".old-text"', 1)
    found = read(rule, f"<b class=old>Old</b>{PAGE}", datetime(2025, 1, 1, tzinfo=UTC))
    assert (found.title, found.origin) == ("Old", "publishers/example.org")


def test_a_page_that_was_built_anew_is_left_to_the_general_reader_and_says_so(read):
    html = '<meta property="og:title" content="Bridge"><main><p>All is different.</p></main>'
    rule = "[[version]]\nsince = 2020-02-01\n[version.title]\nprefer = ['og:title']\n[version.body]\nselect = ['.text']"
    found = read(rule, html)
    assert found.body is None
    assert (found.title, found.origin) == ("Bridge", "publishers/example.org 2020-02 (text not found)")


def test_what_an_operators_rules_read_is_told_from_what_they_read_before(tmp_path):
    file = tmp_path / "example.org.toml"
    origins = set()
    for selector in ("h1", "h1 .kicker"):
        file.write_text(f"newspaper = 'x'\n[[version]]\n[version.title]\nselect = ['{selector}']", encoding="utf-8")
        origins.add(proposal(PAGE, URL, rules_from=Shelf(tmp_path)).origin)
    assert len(origins) == 2
    assert all(re.fullmatch(r"publishers/example\.org of [0-9a-f]{8}", origin) for origin in origins)


def test_rules_of_which_nothing_fits_propose_nothing(read):
    assert read(TWO, "<main><p>All is different.</p></main>") is None


def test_a_very_short_text_is_doubted(read):
    rule = "[[version]]\n[version.body]\nselect = ['.text']"
    assert read(rule).body.trusted
    assert not read(rule, "<div class=text><p>Sign in to read.</p></div>").body.trusted


def test_marks_tell_walls_and_live_blogs(read):
    rule = "[[version]]\n[version.marks]\npaywalled = ['.wall']\nlive_blog = ['.live']"
    found = read(rule, "<div class=wall></div><div class=live></div>")
    assert (found.paywalled, found.live_blog) == (True, True)
    assert read(rule, "<p>free</p>") is None


def test_the_page_is_not_changed(read):
    rule = """[[version]]\n[version.title]\nselect = ['h1']\ndrop = ['.kicker']
        [version.body]\nselect = ['.text']\ndrop = ['p']"""
    found = read(rule)
    assert (found.title, found.body) == ("Bridge opened", None)
    assert read(rule) == found


NESTED = "<div class=text>" * 3_000


@pytest.mark.parametrize(
    "html",
    [
        "",
        NESTED,
        f"{NESTED}<p>{LONG}",
        "<p class=text>x" * 20_000,
        "<h1><span class=kicker>" * 2_000,
        "\x00<h1>\x00</h1><p class=text>\ud800",
    ],
    ids=["empty", "deep", "deep with text", "many", "deep heading", "odd characters"],
)
def test_hostile_pages_end(read, html):
    rule = """[[version]]\n[version.title]\nselect = ['h1']\ndrop = ['.kicker']
        [version.body]\nselect = ['.text']\nlead = ['p']"""
    read(rule, html)


@given(st.text(alphabet="<>/=\"' \npdivhclass1text&;\x00é", max_size=300))
def test_any_page_of_a_known_newspaper_is_read_or_left(html):
    found = proposal(html, "https://www.spiegel.de/a")
    assert found is None or found.origin.startswith("publishers/spiegel.de")
