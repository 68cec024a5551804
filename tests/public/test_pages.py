"""What stands on the readers' pages, and that nothing on them can run or leave."""

import re
from datetime import timedelta
from urllib.parse import urlsplit

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import html
from tests.public.conftest import BERLIN
from tests.publish.material import BEGUN, NOW, TALBOTE, make_clip, make_dossier

from chronik.model import DossierOrder, sha256_hex
from chronik.public.rendering import Site, clip_pages, dossier_page, preview_page
from chronik.publish.edition import edition

SITE = Site(name="Talarchiv", public_url="", zone=BERLIN, language="en")
HOSTILE = "\"'><script>alert(1)</script><img src=x onerror=alert(1)>{{ 7 }}{% load x %}\u202e"


def whole(*clips, **fields):
    return edition(make_dossier(**fields), clips, [TALBOTE], published_at=NOW)


def page(*clips, language="en", path="mill-stream/index.html", site=SITE, **fields):
    return html.fromstring(dossier_page(whole(*clips, **fields), language, site, path=path))


def clip_page(clip, site=SITE, **fields):
    return html.fromstring(next(clip_pages(whole(clip, **fields), site))[1])


def words(element):
    return " ".join(element.text_content().split())


def test_a_clip_shows_its_three_clocks_credit_and_title():
    clip = page(make_clip()).find_class("clip")[0]
    assert words(clip.find_class("clipped")[0]) == "Clipped 28 Mar 2026 – 22:30 [ Talbote ]"
    particulars = words(clip.find_class("particulars")[0])
    assert "Happened 26 Mar 2026" in particulars
    assert "Published 27 Mar 2026" in particulars
    title = clip.find("h3")
    assert (words(title), title.get("lang"), title.get("dir")) == ("Meldung 1", "de", "ltr")
    assert title.find("bdi") is not None


def test_an_excerpt_keeps_its_paragraphs_language_and_direction():
    quote = page(make_clip(language="ar")).find(".//blockquote")
    assert (quote.get("lang"), quote.get("dir"), len(quote.findall("p"))) == ("ar", "rtl", 2)


def test_an_undetermined_language_is_said_to_be_so():
    title = page(make_clip(language="")).find(".//h3")
    assert (title.get("lang"), title.get("dir")) == ("und", "auto")


def test_the_original_is_linked_without_telling_it_where_the_reader_was():
    link = page(make_clip()).xpath("//a[starts-with(@href, 'https://talbote')]")[0]
    assert {"noopener", "noreferrer"} <= set(link.get("rel").split())
    assert words(link) == "Original talbote.example"


@pytest.mark.parametrize("url", ["javascript:alert(1)", "data:text/html,x", " JaVaScRiPt:alert(1)", "ftp://a.example"])
def test_an_address_that_is_not_of_the_web_is_text(url):
    for shown in (page(make_clip(url=url)), clip_page(make_clip(url=url))):
        assert url.strip() in shown.text_content()
        assert not [link for _, _, link, _ in shown.iterlinks() if urlsplit(link).scheme not in {"", "http", "https"}]


def test_a_clip_without_source_title_or_excerpt_says_so():
    clip = page(make_clip(credit="", source_id="", title=" ", excerpt="")).find_class("clip")[0]
    assert words(clip.find_class("credit")[0]) == "[ no source credited ]"
    assert words(clip.find("h3")) == "Without title"
    assert clip.find("blockquote") is None


def test_a_dossier_without_clips_says_so():
    shown = page()
    assert "This dossier holds no clips yet." in words(shown.find(".//main"))
    assert shown.find_class("facts")[0].text_content().split()[:2] == ["Edition", "of"]


def test_the_head_counts_clips_and_gives_their_span():
    facts = words(page(make_clip(1), make_clip(60)).find_class("facts")[0])
    assert facts.startswith("2 clips 26 Mar 2026 – 28 Mar 2026 Edition of 1 May 2026 – 14:00")


def test_each_language_has_its_name_as_heading_and_leads_to_the_others():
    shown = page(make_clip(), language="de", path="mill-stream/de/index.html")
    heading = shown.find(".//h1")
    assert (shown.get("lang"), words(heading), heading.get("lang")) == ("de", "Der Mühlbach", "de")
    links = shown.xpath("//header[@class='site']//nav//a")
    assert [(link.text, link.get("href"), link.get("aria-current")) for link in links] == [
        ("English", "../index.html", None),
        ("Deutsch", "../de/index.html", "page"),
    ]


def test_a_date_is_written_as_the_page_s_language_writes_it():
    names = {"de": "x", "fr": "x", "en": "x", "ru": "x"}
    shown = {tag: words(page(make_clip(), language=tag, names=names).find(".//time")) for tag in names}
    day = page(make_clip(), language="fr", names=names).find_class("clipped")[0].find("time")
    assert (day.text, day.get("datetime")) == ("28/03/2026 – 22:30", "2026-03-28T22:30:00+01:00")
    assert shown == {"de": "28.03.2026", "fr": "28/03/2026", "en": "28 Mar 2026", "ru": "28 Mar 2026"}


def test_a_language_that_we_do_not_speak_gets_english_labels_marked_as_such():
    shown = page(make_clip(), language="ar", names={"ar": "سد"})
    assert (shown.get("lang"), shown.get("dir")) == ("ar", "rtl")
    label = shown.find_class("label")[0]
    assert (label.text, label.get("lang"), label.get("dir")) == ("Clipped", "en", "ltr")


def test_an_introduction_in_another_language_says_which():
    introduction = page(make_clip(), language="de").find_class("introduction")[0]
    assert (introduction.get("lang"), len(introduction.findall("p"))) == ("en", 2)


def test_a_long_dossier_has_a_list_of_its_months_that_leads_somewhere():
    clips = [make_clip(n, clipped_at=BEGUN - timedelta(days=9 * n)) for n in range(40)]
    shown = page(*clips)
    jumps = shown.xpath("//nav[@class='jump-list']//a/@href")
    assert [jump for jump in jumps if not shown.xpath(f"//*[@id='{jump[1:]}']")] == []
    assert jumps[:3] == ["#y-2026", "#m-2026-03", "#m-2026-02"]
    assert [words(year) for year in shown.find_class("year-heading")] == ["2026", "2025"]


def test_a_short_dossier_has_none():
    assert page(make_clip()).find_class("jump-list") == []


def test_an_order_by_hand_has_no_years():
    shown = page(*[make_clip(n) for n in range(30)], order=DossierOrder.BY_HAND)
    assert shown.find_class("year-heading") == shown.find_class("jump-list") == []
    assert len(shown.find_class("clip")) == 30


def test_ids_are_unique_and_references_lead_somewhere():
    shown = page(*[make_clip(n) for n in range(40)])
    ids = shown.xpath("//@id")
    assert len(ids) == len(set(ids))
    referred = set(shown.xpath("//@aria-labelledby | //@aria-describedby"))
    assert referred <= set(ids)


def test_headings_go_down_one_step_at_a_time():
    levels = [int(heading.tag[1]) for heading in page(make_clip()).xpath("//h1 | //h2 | //h3 | //h4")]
    assert levels == [1, 2, 3]


@pytest.mark.parametrize("field", ["title", "excerpt", "credit", "url", "published", "language"])
def test_hostile_text_in_a_clip_stays_text(field):
    clip = make_clip(**{field: HOSTILE})
    for shown in (page(clip), clip_page(clip)):
        assert_harmless(shown)


@pytest.mark.parametrize(
    "fields",
    [{"names": {"en": HOSTILE, "de": HOSTILE}}, {"introductions": {"en": HOSTILE}}, {"years": HOSTILE}],
    ids=["names", "introductions", "years"],
)
def test_hostile_text_in_a_dossier_stays_text(fields):
    for shown in (page(make_clip(), **fields), clip_page(make_clip(), **fields)):
        assert_harmless(shown)
        assert "{{ 7 }}" in shown.text_content() or "introductions" in fields


def test_a_hostile_site_name_stays_text():
    site = Site(name=HOSTILE, public_url="https://a.example", zone=BERLIN, language="en")
    assert_harmless(page(make_clip(), site=site))


def assert_harmless(shown):
    assert shown.xpath("//script | //img | //iframe | //object | //form | //style | //base") == []
    assert shown.xpath("//@style") == []
    assert [name for element in shown.iter() for name in element.attrib if name.lower().startswith("on")] == []
    links = [link for _, _, link, _ in shown.iterlinks()]
    assert {urlsplit(link).scheme for link in links} <= {"", "http", "https"}


@settings(suppress_health_check=[HealthCheck.too_slow], max_examples=40, deadline=None)
@given(st.text(max_size=60), st.text(max_size=60), st.text(max_size=20))
def test_any_characters_give_a_page_with_one_clip(title, excerpt, published):
    text = dossier_page(
        whole(make_clip(title=title, excerpt=excerpt, published=published)), "en", SITE, path="mill-stream/index.html"
    )
    assert text.decode().count('<article class="clip"') == 1


def test_nothing_is_loaded_but_our_style_sheet():
    site = Site(name="A", public_url="https://press.example", zone=BERLIN, language="en")
    loaded = page(make_clip(), site=site).xpath("//link[@rel='stylesheet']/@href | //@src")
    assert loaded == ["../style.css"]


def test_every_link_to_our_own_pages_works_from_a_usb_stick(publish, site):
    publish(make_clip(1), make_clip(2))
    for file in site.rglob("*.html"):
        for _, attribute, link, _ in html.fromstring(file.read_bytes()).iterlinks():
            target = urlsplit(link)
            if target.scheme or attribute == "cite":
                continue
            found = (file.parent / target.path).resolve() if target.path else file
            assert found.is_file(), (file, link)
            if target.fragment:
                assert f'id="{target.fragment}"' in found.read_text()


def test_a_clip_s_own_page_has_all_that_is_known_of_it():
    shown = clip_page(make_clip(capture_id="cd" * 32, language="ru"))
    record = {words(row.find("dt")): words(row.find("dd")) for row in shown.xpath("//dl[@class='record']/div")}
    assert record == {
        "Happened": "26 Mar 2026",
        "Published": "27 Mar 2026",
        "Clipped": "28 Mar 2026 – 22:30 Europe/Berlin",
        "Source": "Talbote",
        "Language": "Русский",
        "Original": "https://talbote.example/1.html",
        "Fingerprint of the text": "ab" * 32,
        "Capture": "cd" * 32,
        "Cite": "Talbote: Meldung 1, 27 Mar 2026. The mill stream 2026, Talarchiv, clipped 28 Mar 2026 – 22:30",
    }


def test_unknown_clocks_are_said_to_be_unknown():
    record = words(clip_page(make_clip(happened=None, published="")).find_class("record")[0])
    assert "Happenednot known Publishednot known Clipped" in record


@pytest.mark.parametrize(
    ("published", "shown", "machine"),
    [
        ("2026-03-27", "27 Mar 2026", "2026-03-27"),
        ("2026-03-27T23:30:00Z", "28 Mar 2026 – 00:30", "2026-03-28T00:30:00+01:00"),
        ("2026-03-27T12:00:00+03:00", "27 Mar 2026 – 10:00", "2026-03-27T10:00:00+01:00"),
        ("2026-03-27T12:00", "2026-03-27 12:00", "2026-03-27T12:00"),
        ("2026-13-45", "2026-13-45", None),
        ("in spring", "in spring", None),
        ("0001-01-01T00:00:00+14:00", "1 Jan 0001 – 00:00", "0001-01-01T00:00:00+14:00"),
    ],
)
def test_a_published_time_is_shown_as_precise_as_it_is_known(published, shown, machine):
    value = clip_page(make_clip(published=published)).xpath("//dt[text()='Published']/../dd/*")[0]
    assert (value.text, value.get("datetime")) == (shown, machine)


def test_canonical_links_and_citations_carry_the_public_address():
    site = Site(name="A", public_url="https://press.example/a/", zone=BERLIN, language="en")
    assert page(make_clip(), site=site).xpath("//link[@rel='canonical']/@href") == [
        "https://press.example/a/mill-stream/"
    ]
    short = make_clip().id[:12]
    assert f"https://press.example/a/mill-stream/c/{short}/" in words(clip_page(make_clip(), site=site))


def test_feeds_are_discovered():
    feeds = page(make_clip()).xpath("//link[@type='application/atom+xml']/@href")
    assert feeds == ["feed.atom"]


def test_a_preview_links_to_places_on_itself_only():
    shown = html.fromstring(preview_page(whole(make_clip()), "en", SITE, style="/static/public/style.css"))
    inside = [a.get("href") for a in shown.xpath("//a") if not a.get("href").startswith("https://talbote")]
    assert all(href.startswith(("#", "?language=")) for href in inside)
    assert "Preview, not published" in words(shown)


def test_ids_that_are_no_digests_still_give_pages():
    clips = [make_clip(n, id=id_) for n, id_ in enumerate(["1", "../x", "CON", "ä" * 90])]
    paths = [path for path, _ in clip_pages(whole(*clips), SITE)]
    assert len(set(paths)) == 4
    assert all(re.fullmatch(r"mill-stream/c/[0-9a-z-]+/index\.html", path) for path in paths)
    assert f"mill-stream/c/{sha256_hex(b'../x')[:12]}/index.html" in paths
