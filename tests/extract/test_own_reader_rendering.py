"""Chosen elements of a page become paragraphs in their form, for our reader and for publishers' rules."""

from chronik.extract.readers.rendering import rendered
from chronik.extract.tree import parsed
from chronik.model import BlockKind

URL = "https://example.test/news/today.html"


def blocks(html, selector="div.story", without=()):
    tree = parsed(f"<body><div class='story'>{html}</div></body>")
    unwanted = [node for query in without for node in tree.css(query)]
    return rendered(tree.css(selector), url=URL, origin="rules", without=unwanted)


def texts(html, **options):
    return [block.text for block in blocks(html, **options).blocks]


def test_words_keep_their_spaces_around_markup_and_none_within():
    assert texts("<p>Ein <b>fet</b>tes Wort,\n <i>schräg</i>  gesetzt.</p>") == ["Ein fettes Wort, schräg gesetzt."]


def test_two_line_breaks_end_a_paragraph_and_one_does_not():
    assert texts("Zeile eins<br>Zeile zwei<br><br>Neuer Absatz<br>\n<br/>Letzter") == [
        "Zeile eins Zeile zwei",
        "Neuer Absatz",
        "Letzter",
    ]


def test_text_beside_paragraphs_is_kept_in_order():
    assert texts("Vorher<p>Mitten</p>Nachher<div>Innen</div>") == ["Vorher", "Mitten", "Nachher", "Innen"]


def test_soft_hyphens_and_reading_aids_vanish():
    assert texts("<p>Donau­dampf­schiff</p><p><ruby>東京<rp>(</rp><rt>とうきょう</rt><rp>)</rp></ruby>へ</p>") == [
        "Donaudampfschiff",
        "東京へ",
    ]


def test_nothing_that_is_not_shown_is_text():
    hidden = (
        "<script>a</script><style>b</style><template><p>c</p></template><button>d</button><svg><text>e</text></svg>"
    )
    assert texts(f"<p>Text</p>{hidden}<noscript>f</noscript><iframe>g</iframe><select><option>h</select>") == ["Text"]


def test_lists_are_as_deep_as_they_lie():
    found = blocks("<ul><li>Eins<ol><li>Zwei</li></ol></li></ul>").blocks
    assert [(block.kind, block.level) for block in found] == [(BlockKind.ITEM, 1), (BlockKind.ITEM, 2)]


def test_cells_of_a_row_stand_in_one_line_with_their_links():
    (row,) = blocks("<table><tr><td>Brunnau</td><td>40 <a href='/cm'>Zentimeter</a></td></tr></table>").blocks
    assert row.kind == BlockKind.ROW
    assert row.text == "Brunnau 40 Zentimeter"
    (link,) = row.links
    assert (row.text[link.start : link.end], link.url) == ("Zentimeter", "https://example.test/cm")


def test_a_table_that_arranges_text_gives_paragraphs():
    html = "<table><tr><td>Menü</td><td><p>Erster Absatz.</p><p>Zweiter Absatz.</p><p>Dritter.</p></td></tr></table>"
    assert {block.kind for block in blocks(html).blocks} == {BlockKind.PARAGRAPH}


def test_code_is_code_and_other_preformatted_text_is_paragraphs():
    found = blocks("<pre><code>x = 1</code></pre><pre>Absatz eins\nweiter\n\nAbsatz zwei</pre>").blocks
    assert [(block.text, block.kind) for block in found] == [
        ("x = 1", BlockKind.CODE),
        ("Absatz eins weiter", BlockKind.PARAGRAPH),
        ("Absatz zwei", BlockKind.PARAGRAPH),
    ]


def test_what_a_rule_leaves_out_is_left_out():
    html = "<p>Text</p><div class='ad'><p>Werbung</p></div><p>Mehr <span class='tip'>Hinweis</span> Text</p>"
    assert texts(html, without=(".ad", ".tip")) == ["Text", "Mehr Text"]


def test_an_element_within_another_is_not_rendered_twice():
    assert texts("<section><p>Einmal</p></section>", selector="section, p") == ["Einmal"]


def test_links_without_a_target_elsewhere_are_no_links():
    html = "<p><a href='#x'>a</a> <a href='javascript:f()'>b</a> <a href='mailto:x@y'>c</a> <a>d</a> <a href='http://['>e</a></p>"
    (block,) = blocks(html).blocks
    assert block.links == ()


def test_a_link_around_blocks_covers_the_words_of_each():
    found = blocks("<a href='/x'><h3>Titel</h3><p>Text</p></a>").blocks
    assert [[(link.start, link.end) for link in block.links] for block in found] == [[(0, 5)], [(0, 4)]]


def test_pictures_know_caption_credit_and_place():
    html = (
        "<p>Eins</p><figure><img data-src='/a.jpg' src='data:image/gif;base64,R0'><figcaption>Am Bach"
        "<p>Foto: A. Weber</p></figcaption></figure><p>Zwei</p><img src='b.jpg' width='1' height='1'>"
    )
    found = blocks(html)
    assert [block.text for block in found.blocks] == ["Eins", "Zwei"]
    (picture,) = found.pictures
    assert (picture.url, picture.caption, picture.credit, picture.before) == (
        "https://example.test/a.jpg",
        "Am Bach",
        "Foto: A. Weber",
        1,
    )
