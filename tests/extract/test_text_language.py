"""Languages: of headlines, of articles, of names."""

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chronik.extract.language import language, languages_of

PRESS_PAGE = Path(__file__).resolve().parents[3] / "shared/data/press-archive/2020-nagorno-karabakh.txt"
GERMAN_ENTRIES = {3, 4, 10, 15, 21, 22, 26, 27, 30, 33, 34, 37, 42, 57, 63}
FRENCH_ENTRIES = {38}
"""Places of the entries in the page, by eye; the others are English."""


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Russia urges ceasefire between Armenia, Azerbaijan", "en"),
        ("Armenien: Aserbaidschan griff Hauptstadt Bergkarabachs an", "de"),
        ("History of Nagorno-Karabakh: Soviet era, 1921–1991", "en"),
        ("Déclaration des Présidents de la fédération de Russie", "fr"),
        ("Президент подписал указ о перемирии", "ru"),
        ("Президент підписав указ про перемир’я", "uk"),
        ("Հայաստանի վարչապետը հայտարարություն է արել", "hy"),
        ("საქართველოს პრემიერ-მინისტრმა განცხადება გააკეთა", "ka"),
        ("أعلن وزير الخارجية عن وقف إطلاق النار", "ar"),
        ("وزیر امور خارجه آتش‌بس را اعلام کرد", "fa"),
        ("Azərbaycan Prezidenti atəşkəs haqqında bəyanat verdi", "az"),
        ("ראש הממשלה הודיע על הפסקת אש", "he"),
        ("विदेश मंत्री ने कहा कि बातचीत अगले सप्ताह दिल्ली में होगी", "hi"),
        ("外務大臣が停戦を発表した", "ja"),
        ("ПРЕЗИДЕНТ ПІДПИСАВ УКАЗ ПРО ПЕРЕМИР’Я", "uk"),
        ("REGIERUNG BESCHLIESST NEUE REGELN FÜR FLUGHÄFEN", "de"),
        ("苹果发布 iPhone 17 Pro Max 手机", "zh"),
        ("Компания Microsoft купила студию Activision Blizzard", "ru"),
        ("„Il faut bien le faire“, sagte der Minister am Dienstag in Berlin", "de"),
        ("😀 Die Regierung hat heute beschlossen 🎉", "de"),
        ("ጠቅላይ ሚኒስትሩ ዛሬ በአዲስ አበባ ተናገሩ", "am"),
        ("ޖުމްހޫރިއްޔާ", "dv"),
        ("سەرۆکی حکومەت ئەمڕۆ ڕایگەیاند", "ckb"),
        ("د افغانستان ولسمشر نن وویل چې خبرې به پیل شي", "ps"),
        ("وزیراعظم نے کہا ہے کہ مذاکرات اگلے ہفتے ہوں گے", "ur"),
        ("Ҳукумати Тоҷикистон қарори нав қабул кард", "tg"),
        ("Қазақстан президенті жаңа жарлыққа қол қойды", "kk"),
        ("Прэзідэнт Беларусі падпісаў новы ўказ", "be"),
        ("Председателот на владата рече дека ќе има избори", "mk"),
        ("Predsednik vlade je juče rekao da će sporazum biti potpisan sledeće nedelje", "sr"),
        ("Predsjednik vlade je jučer kazao da će sporazum biti potpisan idućeg tjedna u Europi", "hr"),
        ("Pemerintah mengatakan bahwa polisi bisa datang karena uang itu", "id"),
        ("Kerajaan berkata bahawa polis boleh datang kerana wang itu", "ms"),
        ("Regjeringa seier at det ikkje er noko nytt frå dei", "nn"),
        ("Regjeringen sier at det ikke er noe nytt fra dem", "no"),
        ("Uhlalele ovalweni umndeni wesaguga saseMbali, okuthiwa sibhokodwe ngommese ekhanda", "zu"),
    ],
)
def test_a_headline_is_told_by_its_words(text, expected):
    assert language(text) == expected


@pytest.mark.parametrize(
    "text",
    ["", "   ", "12345", "1921–1991", "…", "https://example.org/", "😀😀😀", "a", "\x00\x01", "BBC", "ООН"],
)
def test_too_little_stays_undetermined(text):
    assert language(text) == "und"


def test_a_declaration_decides_only_between_languages_that_are_nearly_one():
    text = "Predsjednik vlade izjavio je da će sporazum biti potpisan do kraja tjedna u Zagrebu."
    assert language(text, declared="bs-BA") == "bs"
    assert language(text, declared="en") == language(text)
    assert language("The water board closed the sluice on Friday.", declared="de") == "en"


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        (
            ["Invasion of Nagorno-Karabakh by Azerbaijan", "Invasion von Berg-Karabach durch Aserbeidschan"],
            ["en", "de"],
        ),
        (["Syria", "Syrien"], ["en", "de"]),
        (["Libya", "Libyen", "Libye"], ["en", "de", "fr"]),
        (["The mill stream", "Der Mühlbach"], ["en", "de"]),
        (["DST / Zeit", "DST / time"], ["de", "en"]),
        (["Armenien", "Armenia", "Arménie"], ["de", "en", "fr"]),
        (["Hafenstreit"], ["de"]),
        ([], []),
    ],
)
def test_alternative_names_are_in_different_languages(names, expected):
    assert languages_of(names) == expected


def test_the_same_word_twice_still_gives_two_languages():
    assert set(languages_of(["Israel", "Israel"])) == {"de", "en"}
    assert set(languages_of(["Iran", "Iran"])) == {"de", "en"}


def test_every_clip_of_the_press_archive_is_told():
    if not PRESS_PAGE.is_file():
        pytest.skip("the shared data set with the press page is not beside this checkout")
    entries = re.split(r"\n\n(?=\d\d\.\d\d\.\d{4} - \d\d:\d\d \[)", PRESS_PAGE.read_text(encoding="utf-8"))[1:]
    told = {place: language(entry.partition("\n\n")[2]) for place, entry in enumerate(entries, start=1)}
    assert {place for place, tag in told.items() if tag == "de"} == GERMAN_ENTRIES
    assert {place for place, tag in told.items() if tag == "fr"} == FRENCH_ENTRIES
    assert set(told.values()) == {"de", "en", "fr"}


@given(st.text(max_size=200))
def test_any_text_has_a_language_or_none(text):
    assert re.fullmatch(r"[a-z]{2,3}", language(text))
