"""Bylines: who wrote, without roles, places and pictures."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chronik.extract import structured
from chronik.extract.bylines import NAMES_MAX, names
from chronik.extract.shown_bylines import shown
from chronik.extract.tree import parsed


@pytest.mark.parametrize(
    ("byline", "expected"),
    [
        ("Von Max Müller", ("Max Müller",)),
        ("By JOHN SMITH and Jane Doe", ("JOHN SMITH", "Jane Doe")),
        ("Von Max Müller und Eva-Maria Schmidt, dpa", ("Max Müller", "Eva-Maria Schmidt", "dpa")),
        ("By John Smith, Senior Reporter", ("John Smith",)),
        ("Max Müller, Korrespondent in Wien", ("Max Müller",)),
        ("Elena Oberholzer (obe)", ("Elena Oberholzer",)),
        ("Par Jean Dupont avec AFP", ("Jean Dupont", "AFP")),
        ("dpa/AFP", ("dpa", "AFP")),
        ("Text: Max Müller; Fotos: Eva Schmidt", ("Max Müller",)),
        ("Ein Kommentar von Max Müller", ("Max Müller",)),
        ("Associated Press in Valencia", ("Associated Press",)),
        ("Von der Leyen", ("Von der Leyen",)),
        ("John E Smith", ("John E Smith",)),
        ("John Smith Jr., Jane Doe", ("John Smith Jr.", "Jane Doe")),
        ("Anna K.", ("Anna K.",)),
        ("Смирнов Иван, Анна Петрова", ("Смирнов Иван", "Анна Петрова")),
        ("محمد علي، سارة أحمد", ("محمد علي", "سارة أحمد")),
        ("山田太郎", ("山田太郎",)),
        ("山田太郎記者", ("山田太郎",)),
        ("记者 王小明", ("王小明",)),
        ("記者王小明／台北報導", ("王小明",)),
        ("约翰·史密斯", ("约翰·史密斯",)),
        ("홍길동 기자", ("홍길동",)),
        ("بقلم: أحمد علي", ("أحمد علي",)),
        ("Автор: Иван Петров", ("Иван Петров",)),
        ("корреспондент Иван Петров", ("Иван Петров",)),
        ("Текст: Анна Сидорова, фото: Пётр Иванов", ("Анна Сидорова",)),
        ("Автор: Олена Коваль та Ірина Бойко", ("Олена Коваль", "Ірина Бойко")),
        ("Γράφει ο Γιάννης Παππάς", ("Γιάννης Παππάς",)),
        ("Haber: Mehmet Öz ve Ali Kaya", ("Mehmet Öz", "Ali Kaya")),
        ("Fritz Haber", ("Fritz Haber",)),
        ("Oleh Sentsov", ("Oleh Sentsov",)),
        ("Հեղինակ՝ Արամ Խաչատրյան", ("Արամ Խաչատրյան",)),
        ("Jan Kowalski i Anna Nowak", ("Jan Kowalski", "Anna Nowak")),
        ("Di Mario Rossi", ("Mario Rossi",)),
        ("Di Stefano", ("Di Stefano",)),
        ("&Aring;sa &amp; Bj&ouml;rn Berg", ("Åsa", "Björn Berg")),
        ("<a href='/x'>Max Müller</a>", ("Max Müller",)),
        ("Enviado por Íñigo Saavedra", ("Íñigo Saavedra",)),
        ("Publié par Clémence Durand", ("Clémence Durand",)),
        ("โดย สุดารัตน์ ทองดี", ("สุดารัตน์ ทองดี",)),
        ("द्वारा अनामिका त्रिपाठी", ("अनामिका त्रिपाठी",)),
        ("文・佐藤美咲", ("佐藤美咲",)),
        ("m.mueller@zeitung.example", ()),
        ("https://social.example/zeitung", ()),
        ("Redaktion", ()),
        ("admin", ()),
        ("", ()),
    ],
)
def test_a_byline_gives_its_names(byline, expected):
    assert names([byline]) == expected


def test_a_name_that_stands_twice_is_named_once():
    assert names(["Max Müller", "MAX MÜLLER", "Max Müller, Eva Schmidt"]) == ("Max Müller", "Eva Schmidt")


@given(st.lists(st.text(max_size=60), max_size=4))
def test_any_byline_gives_short_names_without_line_ends(bylines):
    found = names(bylines)
    assert len(found) <= NAMES_MAX
    assert all(name == name.strip() and "\n" not in name and 2 <= len(name) <= 83 for name in found)


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ('<div class="submitted">Publié le lun, 03/06/2019 - 10:24 par Clémence Durand</div>', "Clémence Durand"),
        ("<small>15.08.2001 12:10 | Наталья Веретенникова</small>", "Наталья Веретенникова"),
        ("<div>2006年03月15日 09:21 来源：江城日报 记者 陈晓雯</div>", "陈晓雯"),
        ("<div><span>김민서 기자</span> <span>입력 2023.10.12. 14:05</span></div>", "김민서"),
        ("<div><span>ავტორი: ნინო ბერიძე</span></div>", "ნინო ბერიძე"),
        ("<p>Geschrieben von <b>Max Müller</b> am 3. Mai 2024</p>", "Max Müller"),
        (
            '<article><footer class="node__meta">Enviado por <b>Íñigo Saavedra</b> el 12/10/2023</footer></article>',
            "Íñigo Saavedra",
        ),
    ],
)
def test_a_byline_is_found_beside_the_day(line, expected):
    page = f"<html><body><h1>A title of some length</h1>{line}<p>The text of the article begins here.</p></body></html>"
    assert shown(parsed(page)) == (expected,)


@pytest.mark.parametrize(
    "line",
    [
        "<div>12.03.2024 | Politik</div>",
        "<div>12.03.2024 | Wirtschaft Heute</div>",
        "<div>12.03.2024 08:15 Uhr</div>",
        '<aside class="teaser">Von Max Müller, 12.03.2024</aside>',
    ],
)
def test_a_line_with_a_day_and_no_name_is_no_byline(line):
    page = f"<html><body><h1>A title of some length</h1>{line}<p>The text of the article begins here.</p></body></html>"
    assert shown(parsed(page)) == ()


def test_the_author_in_a_preview_s_data_counts():
    page = (
        '<meta name="twitter:label1" content="Written by"><meta name="twitter:data1" content="Åsa Lindqvist">'
        '<meta name="twitter:label2" content="Filed under"><meta name="twitter:data2" content="Badhus">'
    )
    assert [group.values for group in structured.declared(parsed(page)).authors] == [("Åsa Lindqvist",)]
