"""Names of persons, places and organisations, in texts of fourteen languages."""

import pytest

from chronik.extract.names import names


def found(text, language):
    return [(text[m.start : m.end], str(m.kind)) for m in names(text, language=language)]


PERSON, PLACE, ORGANISATION = "person", "place", "organisation"


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        (
            "en",
            "President Joe Biden met Angela Merkel in Berlin, the Ministry of Defence said.",
            [
                ("Joe Biden", PERSON),
                ("Angela Merkel", PERSON),
                ("Berlin", PLACE),
                ("Ministry of Defence", ORGANISATION),
            ],
        ),
        (
            "de",
            "Bundeskanzlerin Angela Merkel sprach am Montag in München mit der Nato über Deutschlands Rolle.",
            [("Angela Merkel", PERSON), ("München", PLACE), ("Nato", ORGANISATION), ("Deutschlands", PLACE)],
        ),
        (
            "fr",
            "Le président Emmanuel Macron s’est rendu à Bruxelles, a annoncé l’AFP.",
            [("Emmanuel Macron", PERSON), ("Bruxelles", PLACE), ("AFP", ORGANISATION)],
        ),
        (
            "ru",
            "В Москве президент Владимир Путин принял главу МИД Армении Зограба Мнацаканяна.",
            [
                ("Москве", PLACE),
                ("Владимир Путин", PERSON),
                ("МИД Армении", ORGANISATION),
                ("Зограба Мнацаканяна", PERSON),
            ],
        ),
        (
            "uk",
            "У Києві президент Володимир Зеленський говорив про війну з Росією.",
            [("Києві", PLACE), ("Володимир Зеленський", PERSON), ("Росією", PLACE)],
        ),
        (
            "es",
            "El ministro Josep Borrell viajó a Londres y habló con Boris Johnson.",
            [("Josep Borrell", PERSON), ("Londres", PLACE), ("Boris Johnson", PERSON)],
        ),
        (
            "it",
            "Il presidente Sergio Mattarella ha incontrato a Roma il segretario della Nato.",
            [("Sergio Mattarella", PERSON), ("Roma", PLACE), ("Nato", ORGANISATION)],
        ),
        (
            "tr",
            "Cumhurbaşkanı Recep Tayyip Erdoğan'ın Ankara'daki açıklamasını Türkiye konuşuyor.",
            [("Recep Tayyip Erdoğan", PERSON), ("Ankara", PLACE), ("Türkiye", PLACE)],
        ),
        (
            "pl",
            "Premier Donald Tusk spotkał się w Warszawie z prezydentem Ukrainy.",
            [("Donald Tusk", PERSON), ("Warszawie", PLACE), ("Ukrainy", PLACE)],
        ),
        (
            "ar",
            "التقى الرئيس دونالد ترامب في واشنطن مع ممثلي الأمم المتحدة",
            [("دونالد ترامب", PERSON), ("واشنطن", PLACE), ("الأمم المتحدة", ORGANISATION)],
        ),
        (
            "fa",
            "حسن روحانی در تهران با نمایندگان سازمان ملل دیدار کرد",
            [("حسن روحانی", PERSON), ("تهران", PLACE), ("سازمان ملل", ORGANISATION)],
        ),
        (
            "zh",
            "美国总统唐纳德·特朗普在北京会见了联合国代表。",
            [("美国", PLACE), ("唐纳德·特朗普", PERSON), ("北京", PLACE), ("联合国", ORGANISATION)],
        ),
        (
            "hy",
            "Այսօր Հայաստանի վարչապետ Նիկոլ Փաշինյանը մեկնել է Երևան։",
            [("Հայաստանի", PLACE), ("Նիկոլ Փաշինյանը", PERSON), ("Երևան", PLACE)],
        ),
        (
            "az",
            "Prezident İlham Əliyev Bakıda NATO nümayəndələri ilə görüşüb.",
            [("İlham Əliyev", PERSON), ("Bakıda", PLACE), ("NATO", ORGANISATION)],
        ),
    ],
)
def test_names_of_all_kinds_are_found(language, text, expected):
    assert found(text, language) == expected


def test_a_surname_alone_is_a_person_once_the_full_name_was_said():
    text = "Eliska Brvtnik won the seat. “It is close,” Brvtnik said. The mayor thanked Brvtnik."
    assert found(text, "en").count(("Brvtnik", PERSON)) == 2


def test_a_word_opening_a_sentence_is_no_name_for_its_capital():
    assert found("However, nothing happened. Police came. Many left.", "en") == []


def test_german_nouns_are_no_names_for_their_capitals():
    text = "Die Regierung hat dem Gesetz über die Kosten der Pflege im Bundesland zugestimmt."
    assert found(text, "de") == []


def test_a_possessed_noun_stays_out_of_the_name_before_it():
    assert ("Gary Holts", PERSON) in found("Dann gewann Gary Holts Mannschaft.", "de")


def test_a_title_makes_a_person_of_an_unknown_word():
    assert found("Yesterday Mr Xqwyzk left.", "en") == [("Xqwyzk", PERSON)]


def test_a_country_by_its_initials_is_a_place():
    assert ("США", PLACE) in found("Об этом сообщили в США.", "ru")
    assert ("U.S.", PLACE) in found("It left for the U.S. on Monday.", "en")


def test_the_word_for_what_is_named_belongs_to_the_place():
    assert ("Московской области", PLACE) in found("Пожар в Московской области потушен.", "ru")
    assert ("Laurel County", PLACE) in found("It was seen in Laurel County today.", "en")


def test_letters_written_together_with_an_arabic_name_stay_outside():
    assert ("بريطانيا", PLACE) in found("العلاقات بين فرنسا وبريطانيا جيدة", "ar")


def test_names_in_latin_letters_are_found_in_texts_of_other_scripts():
    assert ("Angela Merkel", PERSON) in found("据报道，Angela Merkel 表示同意。", "zh")
    assert ("Angela Merkel", PERSON) in found("به گفته Angela Merkel این درست است", "fa")


def test_a_language_that_is_not_known_still_gives_places():
    assert ("Berlin", PLACE) in found("xyz abc Berlin abc xyz", "und")


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("uk", "Національний банк України підняв ставку.", "Національний банк України"),
        ("hy", "Կենտրոնական բանկը բարձրացրեց տոկոսադրույքը։", "Կենտրոնական բանկը"),
        ("az", "Mərkəzi Bankın sədri bunu bildirib.", "Mərkəzi Bankın"),
        ("pl", "Umowę podpisano z Ministerstwem Zdrowia w piątek.", "Ministerstwem Zdrowia"),
        ("fa", "او با سازمان محیط زیست گفت‌وگو کرد.", "سازمان محیط زیست"),
        ("ar", "شاركت أرامكو في المشروع.", "أرامكو"),
    ],
)
def test_an_organisation_is_known_in_any_case_and_however_its_words_are_written(language, text, expected):
    told = [name for name, kind in found(text, language) if kind == ORGANISATION]
    assert told == [expected]


def test_a_person_ends_before_the_body_that_follows_at_once():
    text = "Prezident İlham Əliyev Bakıda Avropa İttifaqının nümayəndəsi ilə görüşüb."
    assert found(text, "az")[0] == ("İlham Əliyev", PERSON)


def test_a_surname_of_one_word_with_its_article_belongs_to_the_person():
    text = "وقال الوزير خالد المنصوري إن المشروع كبير."
    assert found(text, "ar") == [("خالد المنصوري", PERSON)]
