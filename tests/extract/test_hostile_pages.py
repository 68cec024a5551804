"""Pages that want to break their reader: wrong encodings, endless nesting, floods."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chronik.extract.article import article
from chronik.extract.burden import too_heavy
from chronik.extract.encoding import decoded
from chronik.model import Article, Failure, FailureKind, Page

GERMAN = (
    "Größere Übergänge für die Fußgänger in Köln, heißt es dort übermäßig schön. Müßig geht der Bär über die Brücke."
)
RUSSIAN = "Забастовка в порту продолжается, сообщил профсоюз в понедельник. Переговоры идут уже неделю."
JAPANESE = "港でのストライキは続いている、と労働組合は月曜日に述べた。今後の見通しは不明だ。"


def html(text, charset=""):
    meta = f'<meta charset="{charset}">' if charset else ""
    return f"<html><head>{meta}</head><body>{f'<p>{text}</p>' * 6}</body></html>"


@pytest.mark.parametrize(
    ("text", "encoding", "meta", "header"),
    [
        (GERMAN, "utf-8", "utf-8", ""),
        (GERMAN, "utf-8", "", ""),
        (GERMAN, "utf-8", "iso-8859-1", "iso-8859-1"),
        (GERMAN, "utf-8-sig", "iso-8859-1", ""),
        (GERMAN, "latin-1", "iso-8859-1", ""),
        (GERMAN, "latin-1", "", "ISO-8859-1"),
        (GERMAN, "latin-1", "utf-8", "utf-8"),
        (GERMAN, "latin-1", "", ""),
        (GERMAN, "cp1252", "no-such-charset", "utf-7"),
        (GERMAN, "utf-16", "", ""),
        (GERMAN, "utf-16-le", "utf-16", ""),
        (GERMAN, "utf-16-be", "", ""),
        (GERMAN, "utf-32", "", ""),
        (RUSSIAN, "cp1251", "windows-1251", ""),
        (RUSSIAN, "cp1251", "", ""),
        (RUSSIAN, "koi8-r", "", "koi8-r"),
        (JAPANESE, "shift_jis", "Shift_JIS", ""),
        (JAPANESE, "euc_jp", "", "euc-jp"),
        (JAPANESE, "iso2022_jp", "iso-2022-jp", ""),
        ("罢工仍在继续，工会周一表示。谈判已经进行了一个星期。", "gb18030", "gb2312", ""),
    ],
)
def test_a_page_is_read_whatever_it_says_about_its_encoding(text, encoding, meta, header):
    found = article(Page(url="", body=html(text, meta).encode(encoding), media_type="text/html", charset=header))
    assert isinstance(found, Article), str(found)
    assert text in found.text


def test_one_broken_byte_costs_one_character():
    body = html(GERMAN).encode().replace("Köln".encode(), b"K\xc3ln", 1)
    found = article(Page(url="", body=body, media_type="text/html", charset="utf-8"))
    assert isinstance(found, Article)
    assert "Übergänge" in found.text


@pytest.mark.parametrize("codec", ["hex", "rot13", "idna", "unicode_escape", "utf-7", "zip", "\x00", "ü", "../x"])
def test_a_declared_codec_that_is_no_encoding_is_passed_over(codec):
    assert decoded(b"<p>Gr\xc3\xbc\xc3\x9fe</p>", codec) == "<p>Grüße</p>"


@pytest.mark.parametrize("junk", [bytes(range(256)) * 40, b"\x00" * 4_000, b"\x01\x02\x03\xff" * 900])
def test_binary_junk_is_a_failure(junk):
    found = article(Page(url="", body=junk))
    assert isinstance(found, Failure)
    assert found.kind in {FailureKind.BAD_ENCODING, FailureKind.NO_TEXT}


FLOODS = {
    "nested": "<div>" * 100_000 + GERMAN + "</div>" * 100_000,
    "never closed": "<b><i>" * 50_000 + GERMAN,
    "tables": "<table><tr><td>" * 30_000,
    "attributes": "<p " + " ".join(f"a{number}=1" for number in range(100_000)) + ">",
    "one token": f"<p>{'a' * 5_000_000}</p>",
    "open brackets": "<" * 1_000_000,
    "open tags": "<a " * 100_000,
    "comments": "<!--" * 200_000,
    "cdata": "<![CDATA[" * 200_000,
    "titles": f"<title>{'x | ' * 200_000}</title>",
    "authors": f'<meta name="author" content="{"By " * 100_000}">',
    "dates": f'<meta name="date" content="{"9" * 1_000_000}">',
    "scripts": '<script type="application/ld+json">{"@type": "NewsArticle"}</script>' * 10_000,
    "marks": f"<p>a{chr(0x301) * 500_000}</p>",
}


@pytest.mark.parametrize("flood", FLOODS.values(), ids=FLOODS)
def test_a_flood_neither_breaks_nor_holds_up_its_reader(flood):
    started = time.process_time()
    found = article(Page(url="", body=f"<html><body><p>{GERMAN}</p>{flood}".encode(), media_type="text/html"))
    assert isinstance(found, Article | Failure)
    assert time.process_time() - started < 20


def test_the_limit_is_named():
    assert "5,000" in too_heavy(b"<html>" + b"<div>" * 100_000)
    assert "5,000" in too_heavy(b"<p " + b"a " * 20_000 + b">")


def test_markup_within_scripts_and_values_weighs_nothing():
    assert too_heavy(b"<script>" + b"x = '<div>';" * 20_000 + b"</script>") == ""
    assert too_heavy(b'<p data-state="' + b"word " * 20_000 + b'">') == ""
    assert too_heavy(b"<ul>" + b"<li>x" * 20_000) == ""


@given(st.binary(max_size=300), st.sampled_from(["", "utf-8", "utf-16", "shift_jis", "x-unknown"]))
def test_any_bytes_give_an_article_or_a_failure(body, charset):
    found = article(Page(url="", body=body, charset=charset))
    assert isinstance(found, Article | Failure)


@given(
    st.lists(
        st.sampled_from(["<p>", "</div>", "<!--", "&#0;", "\0", "<td>", "ä", "<script>", "x y z", "<h1", ">", "'"])
    )
)
def test_any_tag_soup_gives_an_article_or_a_failure(pieces):
    found = article(Page(url="", body="".join(pieces).encode(), media_type="text/html"))
    assert isinstance(found, Article | Failure)
