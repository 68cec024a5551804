"""Furniture and typography make no version; everything else does, and what changed can be shown."""

import time
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chronik.extract.versions import Change, Field, Part, Piece, before, changes, same_version
from chronik.model import Article, ArticleKind, Block, BlockKind, Link, Picture

FIRST = "Die Schleuse in Unterbach blieb am Montag geschlossen, sagte die Müllerin Ada Moll."
SECOND = "Niemand wusste, warum; 12 Boote warteten vor dem Tor."
ARTICLE = Article(
    id="a",
    url="https://talbote.example/1",
    title="Schleuse bleibt zu",
    authors=("Jan Bach",),
    published="2026-05-01",
    text=f"{FIRST}\n\n{SECOND}",
)


def with_text(*paragraphs, **fields):
    return replace(ARTICLE, text="\n\n".join(paragraphs), **fields)


def shown(found):
    marks = {Part.KEPT: "{}", Part.REMOVED: "[-{}-]", Part.ADDED: "[+{}+]"}
    return ["".join(marks[piece.part].format(piece.text) for piece in change.pieces) for change in found]


FURNITURE = [
    "3 comments",
    "12 Kommentare",
    "Kommentare (3)",
    "1.2K shares",
    "1 234 просмотра",
    "5 commentaires",
    "8 yorum",
    "5 minutes ago",
    "vor 5 Minuten",
    "Vor einer Stunde",
    "il y a 2 heures",
    "hace 3 días",
    "5 минут назад",
    "3 години тому",
    "5 dakika önce",
    "منذ 3 ساعات",
    "3 ساعت پیش",
    "3分钟前",
    "3 時間前",
    "Updated 5 minutes ago",
    "Stand: 12.05.2026, 14:30 Uhr",
    "Aktualisiert am 3. Mai 2026 um 9:15 Uhr",
    "Mis à jour le 3 mai 2026 à 09h15",
    "Обновлено: 3 мая 2026 г., 9:15",
    "更新时间：2026年5月3日 09:15",
    "Lesezeit: 3 Min.",
    "4 min read",
    "Temps de lecture : 5 min",
    "Anzeige",
    "ADVERTISEMENT",
    "Publicité",
    "Реклама",
    "广告",
    "Teilen",
    "Share on Facebook",
    "Lesen Sie auch: Fünf Tote bei Brand in der Mühle",
    "LIRE AUSSI | Le moulin est à vendre",
    "À lire aussi – Le moulin est à vendre",
    "Read more: The mill is for sale",
    "Leggi anche: Il mulino è in vendita",
    "Lee también: El molino está en venta",
    "Читайте также: Мельница продается",
    "Przeczytaj także: Młyn na sprzedaż",
    "相关阅读：磨坊出售",
    "Teilen | 3 Kommentare | vor 5 Minuten",
]


@pytest.mark.parametrize("line", FURNITURE)
def test_a_line_of_the_page_makes_no_version_wherever_it_stands(line):
    for paragraphs in ((line, FIRST, SECOND), (FIRST, line, SECOND), (FIRST, SECOND, line)):
        assert same_version(ARTICLE, with_text(*paragraphs))
        assert same_version(with_text(*paragraphs), ARTICLE)
        assert changes(ARTICLE, with_text(*paragraphs)) == ()


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("3 comments", "17 comments"),
        ("vor 5 Minuten", "vor 2 Stunden"),
        ("Lesen Sie auch: Das Wehr", "Lesen Sie auch: Die Brücke"),
        ("Ada Moll | vor 5 Minuten", "Ada Moll | vor 6 Minuten"),
    ],
)
def test_a_line_of_the_page_may_say_something_else(one, other):
    assert same_version(with_text(one, FIRST), with_text(other, FIRST))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Er sagte: „Nein“ – und ging.", 'Er sagte: "Nein" - und ging.'),
        ("Il a dit : « Non » !", "Il a dit: “Non”!"),
        ("She said it’s over…", "She said it's over..."),
        ("10\u202f000 Euro", "10\u00a0000 Euro"),
        ("Bundes­kanzler", "Bundeskanzler"),
        ("Cafe\u0301", "Café"),
        ("der  Bach\n steht", "der Bach steht"),
        ("می‌خواهم", "میخواهم"),
        ("１２件の苦情があった。", "12件の苦情があった。"),
        ("\u200eنص عربي\u200f", "نص عربي"),
    ],
)
def test_typography_makes_no_version(one, other):
    assert same_version(with_text(one), with_text(other))
    assert changes(with_text(one), with_text(other)) == ()


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Fünf Menschen starben.", "Sechs Menschen starben."),
        ("12 Boote warteten.", "13 Boote warteten."),
        ("Das kostet 1,5 Millionen.", "Das kostet 15 Millionen."),
        ("Das Feld misst 10² Meter.", "Das Feld misst 102 Meter."),
        ("Minister Schmidt trat zurück.", "Minister Schmitt trat zurück."),
        ("Er ist schuldig.", "Er ist nicht schuldig."),
        ("Sie sind frei", "sie sind frei"),
        ("Er sagte ja.", "Er sagte „ja“."),
        ("Komm, wir essen, Opa.", "Komm, wir essen Opa."),
        ("The fire broke out 5 minutes ago.", "The fire broke out 6 minutes ago."),
        ("Das Feuer brach vor 5 Minuten aus.", "Das Feuer brach vor 50 Minuten aus."),
        ("Der Beitrag hat 3 Kommentare und viele Leser.", "Der Beitrag hat 4 Kommentare und viele Leser."),
        ("Lesen Sie auch die Bibel, sagte er 3 Leuten.", "Lesen Sie auch die Bibel, sagte er 4 Leuten."),
        ("See also: he was convicted in 2019.", "See also: he was convicted in 2018."),
        ("Published: 2019", "Published: 2020"),
        ("Published 12 novels", "Published 13 novels"),
        ("Stand 12 zu 3", "Stand 12 zu 4"),
        ("Stand: 3:2", "Stand: 3:3"),
        ("12. Mai 2026", "13. Mai 2026"),
        ("Vor 30 Jahren", "Vor 40 Jahren"),
        ("Hace 36 años.", "Hace 37 años."),
        ("Vor 5 Minuten.", "Vor 6 Minuten."),
        ("ਮਾਰੇ ਗਏ ੧੦੦|", "ਮਾਰੇ ਗਏ ੨੦੦|"),
        ("Le bilan est de 12 morts.", "Le bilan est de 13 morts."),
        ("Погибли пять человек.", "Погибли шесть человек."),
        ("Загинуло 5 людей.", "Загинуло 6 людей."),
        ("Beş kişi öldü.", "Altı kişi öldü."),
        ("قتل خمسة أشخاص.", "قتل ستة أشخاص."),
        ("پنج نفر کشته شدند.", "شش نفر کشته شدند."),
        ("五人死亡。", "六人死亡。"),
        ("5人が死亡した。", "6人が死亡した。"),
        ("มีผู้เสียชีวิตห้าคน", "มีผู้เสียชีวิตหกคน"),
        ("Հինգ մարդ է զոհվել։", "Վեց մարդ է զոհվել։"),
        ("ხუთი ადამიანი დაიღუპა.", "ექვსი ადამიანი დაიღუპა."),
        ("पाँच लोग मरे।", "छह लोग मरे।"),
    ],
)
def test_a_silent_edit_is_a_new_version(one, other):
    older, newer = with_text(FIRST, one), with_text(FIRST, other)
    assert not same_version(older, newer)
    assert not same_version(newer, older)
    (change,) = changes(older, newer)
    assert (change.field, change.before, change.after) == (Field.TEXT, 2, 2)


def test_a_paragraph_more_or_less_is_a_new_version():
    assert not same_version(ARTICLE, with_text(FIRST))
    assert not same_version(ARTICLE, with_text(FIRST, SECOND, "Nachtrag: Sie ist offen."))


def test_paragraphs_that_run_on_are_no_new_version_and_those_that_changed_places_are():
    assert same_version(ARTICLE, with_text(f"{FIRST} {SECOND}"))
    assert not same_version(ARTICLE, with_text(SECOND, FIRST))


def test_a_box_may_stand_elsewhere():
    prose, heading, item = Block(), Block(kind=BlockKind.HEADING, level=2), Block(kind=BlockKind.ITEM, level=1)
    before = with_text(FIRST, "Daten", "Tor: 4 m", SECOND, blocks=(prose, heading, item, prose))
    after = with_text(FIRST, SECOND, "Daten", "Tor: 4 m", blocks=(prose, prose, heading, item))
    assert same_version(before, after)
    assert changes(before, after) == ()
    assert not same_version(before, replace(after, text=after.text.replace("4 m", "5 m")))


PROSE, HEADING = Block(), Block(kind=BlockKind.HEADING, level=2)
ITEM, ROW = Block(kind=BlockKind.ITEM, level=1), Block(kind=BlockKind.ROW)


@pytest.mark.parametrize(
    ("one", "other", "blocks"),
    [
        ([FIRST, "Erste: Ada", "Zweite: Eva"], [FIRST, "Zweite: Eva", "Erste: Ada"], (PROSE, ITEM, ITEM)),
        ([FIRST, "Ada 1", "Eva 2"], [FIRST, "Eva 2", "Ada 1"], (PROSE, ROW, ROW)),
        (
            ["Gewinner", FIRST, "Verlierer", SECOND],
            ["Verlierer", FIRST, "Gewinner", SECOND],
            (HEADING, PROSE, HEADING, PROSE),
        ),
    ],
)
def test_another_order_of_what_is_listed_is_a_new_version_and_so_are_headings_that_changed_places(one, other, blocks):
    assert not same_version(with_text(*one, blocks=blocks), with_text(*other, blocks=blocks))


def test_a_heading_that_stands_over_another_paragraph_is_a_new_version():
    over_first = with_text("Gewinner", FIRST, SECOND, blocks=(HEADING, PROSE, PROSE))
    over_second = with_text(FIRST, "Gewinner", SECOND, blocks=(PROSE, HEADING, PROSE))
    assert not same_version(over_first, over_second)


def test_links_under_a_label_are_other_articles_and_a_list_of_the_text_is_not():
    def related(*titles):
        text = "\n\n".join([FIRST, "Mehr zum Thema", *titles])
        links = tuple(
            Link(start=text.index(title), end=text.index(title) + len(title), url="https://talbote.example/x")
            for title in titles
        )
        return replace(ARTICLE, text=text, links=links)

    one, other = related("Das Wehr", "Die Brücke"), related("Der Steg")
    assert same_version(one, other)
    assert not same_version(replace(one, links=()), replace(other, links=()))
    without_label = [replace(a, text=a.text.replace("Mehr zum Thema", "Es kandidieren")) for a in (one, other)]
    assert not same_version(*without_label)


def test_another_title_is_a_new_version_and_another_date_alone_is_told_only():
    assert not same_version(ARTICLE, replace(ARTICLE, title="Schleuse bleibt offen"))
    assert same_version(ARTICLE, replace(ARTICLE, title="Schleuse  bleibt\u00a0zu"))
    dated = replace(ARTICLE, published="2026-05-02")
    assert same_version(ARTICLE, dated)
    assert [change.field for change in changes(ARTICLE, dated)] == [Field.PUBLISHED]


def test_another_author_is_a_new_version_and_another_order_is_not():
    two = replace(ARTICLE, authors=("Jan Bach", "Ada Moll"))
    assert same_version(two, replace(two, authors=("Ada Moll", "JAN BACH")))
    assert not same_version(ARTICLE, two)
    assert shown(changes(ARTICLE, two)) == ["[-Jan Bach-][+Jan Bach, Ada Moll+]"]


def pictured(*captions, **fields):
    pictures = tuple(
        Picture(url=f"https://talbote.example/{number}.jpg", caption=caption) for number, caption in enumerate(captions)
    )
    return replace(ARTICLE, pictures=pictures, **fields)


def test_another_caption_is_a_new_version_and_is_told():
    older, newer = pictured("Die Schleuse am Montag.", "Ada Moll."), pictured("Die Schleuse am Dienstag.", "Ada Moll.")
    assert not same_version(older, newer)
    (change,) = changes(older, newer)
    assert (change.field, change.before, change.after) == (Field.CAPTION, 1, 1)
    assert shown([change]) == ["Die Schleuse am [-Montag-][+Dienstag+]."]
    assert [change.field for change in changes(older, pictured("Ada Moll."))] == [Field.CAPTION]


@pytest.mark.parametrize(
    "captions",
    [
        ("Ada Moll.", "Die Schleuse am Montag."),
        ("Die Schleuse am Montag.", "", "Ada Moll.", ""),
        ("Die Schleuse am Montag.", "Die Schleuse  am Montag.", "Ada Moll."),
        ("Die Schleuse am Montag.", "Ada Moll.", "3 Kommentare"),
    ],
)
def test_pictures_may_stand_elsewhere_in_other_sizes_and_without_a_word(captions):
    older, newer = pictured("Die Schleuse am Montag.", "Ada Moll."), pictured(*captions)
    assert same_version(older, newer)
    assert changes(older, newer) == ()


def headed(line, linked=""):
    text = f"{FIRST}\n\n{line}\n\n{SECOND}"
    start = text.index(linked)
    return replace(
        ARTICLE, text=text, links=(Link(start=start, end=start + len(linked), url=ARTICLE.url),) if linked else ()
    )


@pytest.mark.parametrize("label", ["Zum Thema", "Mehr dazu", "Related", "Top stories", "По теме", "Sur le même sujet"])
def test_what_a_heading_says_of_another_article_is_furniture_only_where_it_leads_there(label):
    one, other = "Der Rat nennt fünf Tote", "Der Rat nennt sechs Tote"
    assert not same_version(headed(f"{label}: {one}"), headed(f"{label}: {other}"))
    assert same_version(headed(f"{label}: {one}", linked=one), headed(f"{label}: {other}", linked=other))
    assert same_version(headed(f"{label}: {one}", linked=one), ARTICLE)
    assert not same_version(headed(f"{label}: {one}", linked="Rat"), headed(f"{label}: {other}", linked="Rat"))


def test_a_page_of_nothing_but_furniture_is_compared_as_it_is():
    assert not same_version(with_text("3 comments"), with_text("4 comments"))


def test_changes_are_told_word_by_word_in_their_paragraph():
    newer = with_text(FIRST.replace("Montag", "Dienstag").replace("Ada Moll", "Eva Moll"), SECOND)
    assert shown(changes(ARTICLE, newer)) == [
        "Die Schleuse in Unterbach blieb am [-Montag-][+Dienstag+] geschlossen, sagte die Müllerin [-Ada-][+Eva+] Moll."
    ]


@pytest.mark.parametrize(
    ("one", "other", "told"),
    [
        ("五人死亡。", "六人死亡。", "[-五-][+六+]人死亡。"),
        ("มีผู้เสียชีวิตห้าคน", "มีผู้เสียชีวิตหกคน", "มีผู้เสียชีวิต[-ห้า-][+หก+]คน"),
        ("Es kostet 1.500,20 Euro.", "Es kostet 1.600,20 Euro.", "Es kostet [-1.500,20-][+1.600,20+] Euro."),
        ("पाँच लोग मरे।", "पाँच बच्चे मरे।", "पाँच [-लोग-][+बच्चे+] मरे।"),
        ("Er sagte „ja“.", 'Er sagte "nein".', 'Er sagte "[-ja-][+nein+]".'),
    ],
)
def test_words_are_those_of_the_script(one, other, told):
    assert shown(changes(with_text(one), with_text(other))) == [told]


def test_paragraphs_are_numbered_as_in_their_own_text():
    newer = with_text("Korrektur: Der Tag war falsch angegeben.", FIRST, "3 comments", SECOND.replace("12", "13"))
    found = changes(ARTICLE, newer)
    assert [(change.before, change.after) for change in found] == [(0, 1), (2, 4)]


def test_a_paragraph_that_became_another_is_told_as_taken_out_and_put_in():
    newer = with_text(FIRST, "Ganz andere Leute redeten von ganz anderen Dingen.")
    assert [(change.before, change.after) for change in changes(ARTICLE, newer)] == [(2, 0), (0, 2)]


WORDS = st.lists(
    st.sampled_from(["eins", "zwei,", "drei", "„vier“", "5", "六", "3 comments", "\n\n", "Anzeige"]), max_size=30
)


@given(WORDS, WORDS)
def test_a_new_version_has_changes_that_hold_both_wordings(one, other):
    older, newer = with_text(" ".join(one)), with_text(" ".join(other))
    found = changes(older, newer)
    assert same_version(older, newer) == (found == ())
    for change in found:
        old = "".join(piece.text for piece in change.pieces if piece.part is not Part.ADDED)
        new = "".join(piece.text for piece in change.pieces if piece.part is not Part.REMOVED)
        assert bool(old) == bool(change.before)
        assert bool(new) == bool(change.after)
        assert not new or new in newer.text or "|" in new


@given(st.text(), st.text())
def test_any_characters_can_be_compared(one, other):
    older, newer = with_text(one), with_text(other)
    assert same_version(older, older)
    assert same_version(older, newer) == same_version(newer, older)
    assert same_version(older, newer) == (changes(older, newer) == ())


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("a b " * 100_000, "b a a " * 80_000),
        ("\n\n".join(f"Satz {n} hier." for n in range(5_000)), "\n\n".join(f"Wort {n} dort." for n in range(5_000))),
        ("\n\n".join("ab " * 40 for _ in range(900)), "\n\n".join("ba " * 41 for _ in range(900))),
        ("字" * 200_000, "典字" * 100_000),
    ],
)
def test_long_texts_are_compared_in_bounded_time(one, other):
    start = time.process_time()
    assert changes(with_text(one), with_text(other)) != ()
    assert time.process_time() - start < 20


def test_a_change_says_its_field_and_its_words():
    assert changes(ARTICLE, replace(ARTICLE, title="Schleuse bleibt offen")) == (
        Change(
            field=Field.TITLE,
            pieces=(
                Piece(part=Part.KEPT, text="Schleuse bleibt "),
                Piece(part=Part.REMOVED, text="zu"),
                Piece(part=Part.ADDED, text="offen"),
            ),
        ),
    )


def test_neighbouring_words_change_together():
    one, other = with_text("Das sagte eine Sprecherin am Montag."), with_text("Das sagte ein Sprecher am Montag.")
    assert shown(changes(one, other)) == ["Das sagte [-eine Sprecherin-][+ein Sprecher+] am Montag."]


def test_a_reading_is_compared_with_the_next_older_of_its_sort():
    entry = replace(ARTICLE, id="e", kind=ArticleKind.FEED_ENTRY)
    latest, oldest = replace(ARTICLE, id="b"), ARTICLE
    readings = [latest, entry, oldest]
    assert before(readings, latest) == oldest
    assert before(readings, entry) is None
    assert before(readings, oldest) is None
    assert before(readings, replace(ARTICLE, id="unknown")) is None
