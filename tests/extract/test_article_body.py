"""Which of a page's text is the article's, whatever stands around and between it."""

import pytest

from chronik.extract.readers.body import body

TEXT = (
    "Der Kreistag hat am Montag beschlossen, die Schleuse am Mühlbach nicht wieder zu öffnen, bevor geklärt ist, wer "
    "die Arbeiten an der Mauer bezahlt. Absatz {}."
)
PARAGRAPHS = [TEXT.format(number) for number in range(8)]
MENU = "<ul>" + "".join(f'<li><a href="/{number}">Rubrik {number}</a></li>' for number in range(20)) + "</ul>"


def page(inside, around="{}"):
    return f"<html><head><title>Schleuse</title></head><body>{around.format(inside)}</body></html>"


def written(paragraphs):
    return "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)


@pytest.mark.parametrize(
    "around",
    [
        "<main>{}</main>",
        f"<header><nav>{MENU}</nav></header><article>{{}}</article><footer>{MENU}</footer>",
        "<script>var text = '<p>nicht</p>'</script><div>{}</div><style>p {{ color: red }}</style>",
        "<aside><div class='story'>{}</div></aside><div>Lokales</div>",
        f"<nav>{MENU}<div>{{}}</div></nav>",
    ],
)
def test_the_article_is_found_in_whatever_it_stands(around):
    assert list(body(page(written(PARAGRAPHS), around))) == PARAGRAPHS


@pytest.mark.parametrize("tag", ["b", "strong", "em", "i", "u", "mark", "small", "font"])
def test_no_word_is_lost_around_emphasis(tag):
    emphasised = [f"<{tag}>Mühlbach:</{tag}> „{paragraph}“ <{tag}>Ende</{tag}> davon." for paragraph in PARAGRAPHS]
    assert list(body(page(written(emphasised)))) == [f"Mühlbach: „{paragraph}“ Ende davon." for paragraph in PARAGRAPHS]


def test_a_table_within_a_figure_stays():
    table = "<figure><table><tr><td>Brunnau</td><td>40 Zentimeter</td></tr></table></figure>"
    found = body(page(written(PARAGRAPHS[:4]) + table + written(PARAGRAPHS[4:]), "<article>{}</article>"))
    assert "Brunnau 40 Zentimeter" in found


def test_what_another_reader_found_is_looked_for_again_where_the_rules_lost_it():
    notice = "".join(f"<p>Das Passwort muss mindestens acht Zeichen haben, Regel {number}.</p>" for number in range(12))
    html = page(f"<article>{notice}</article><div>{written(TEXT.format(number) for number in range(24))}</div>")
    assert PARAGRAPHS[0] not in body(html)
    assert PARAGRAPHS[0] in body(html, before=PARAGRAPHS)


def test_a_page_without_text_gives_none():
    assert body("") == ()
    assert body(page("")) == ()
