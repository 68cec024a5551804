"""Bylines: who wrote, without roles, places and pictures."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chronik.extract.bylines import NAMES_MAX, names


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
