"""Agencies are told where they are credited, and only there."""

import pytest

from chronik.relate.agencies import agency, credited

BODY = "Der Hafen bleibt bis auf Weiteres gesperrt. Das teilte die Verwaltung am Abend mit."


@pytest.mark.parametrize(
    ("line", "agencies"),
    [
        ("Berlin (dpa) - Der Hafen bleibt gesperrt.", ("dpa",)),
        ("Berlin/Kiel (dpa/lno) – Der Hafen bleibt gesperrt.", ("dpa",)),
        ("Rom (KNA) Papst Franziskus hat am Sonntag", ("kna",)),
        ("WASHINGTON (AP) — The harbour stays closed.", ("ap",)),
        ("PARIS, March 3 (Reuters) - The harbour stays closed.", ("reuters",)),
        ("By Reuters\nThe harbour stays closed.", ("reuters",)),
        ("Paris (AFP) - Le port reste fermé", ("afp",)),
        ("Madrid, 3 mar (EFE).- El puerto sigue cerrado.", ("efe",)),
        ("(ANSA) - ROMA, 3 MAR - Il porto resta chiuso.", ("ansa",)),
        ("МОСКВА, 3 марта. /ТАСС/. Порт остаётся закрыт.", ("tass",)),
        ("МОСКВА, 3 мар - РИА Новости. Порт остаётся закрыт.", ("ria",)),
        ("Киев. 3 марта. ИНТЕРФАКС-УКРАИНА - Порт закрыт", ("interfax",)),
        ("КИЇВ. 3 березня. Укрінформ. Порт закрито.", ("ukrinform",)),
        ("ANKARA (AA) - Liman kapalı kalıyor.", ("aa",)),
        ("Bakı, 3 mart, AZƏRTAC - Liman bağlıdır.", ("azertac",)),
        ("YEREVAN, MARCH 3, ARMENPRESS. The harbour stays closed.", ("armenpress",)),
        ("ԵՐԵՎԱՆ, 3 ՄԱՐՏԻ, ԱՐՄԵՆՊՐԵՍ: Նավահանգիստը փակ է:", ("armenpress",)),
        ("تهران - ایرنا - بندر بسته است.", ("irna",)),
        ("بيروت (رويترز) - لا يزال الميناء مغلقا", ("reuters",)),
        ("新华社北京3月3日电 港口仍然关闭。", ("xinhua",)),
        ("【ワシントン共同】港は閉鎖されたままだ。", ("kyodo",)),
        ("[東京 3日 ロイター] - 港は閉鎖されたままだ。", ("reuters",)),
        ("(서울=연합뉴스) 홍길동 기자 = 항구는 닫혀 있다.", ("yonhap",)),
        ('"ТАСС, 17 мая. Порт остаётся закрыт."', ("tass",)),
        ("ЖЕНЕВА, 25 мая — РИА Новости, Елизавета Исакова. Порт закрыт.", ("ria",)),
        ("Warszawa (PAP) - Port pozostaje zamknięty.", ("pap",)),
        ("STOCKHOLM (TT) Hamnen är stängd.", ("tt",)),
        ("Praha 3. března (ČTK) - Přístav zůstává zavřený.", ("ctk",)),
        ("Budapest, 2023. március 3., péntek (MTI) - A kikötő zárva marad.", ("mti",)),
        ("București, 3 mar /Agerpres/ - Portul rămâne închis.", ("agerpres",)),
        ("София, 3 март /БТА/ Пристанището остава затворено.", ("bta",)),
        ("København/ritzau/ Havnen forbliver lukket.", ("ritzau",)),
        ("Wien (APA/dpa/Red) Der Hafen bleibt gesperrt.", ("apa", "dpa")),
        ("Bakı, 3 mart, APA. Liman bağlıdır.", ("apa-az",)),
        ("تهران-ایرنا-بندر بسته است.", ("irna",)),
        ("رام الله 3-3-2023 وفا- لا يزال الميناء مغلقا", ("wafa",)),
        ("北京3月3日电（新华社记者王明）港口仍然关闭。", ("xinhua",)),
        ("By JOHN DOE, Associated Press\nThe harbour stays closed.", ("ap",)),
        ("BRUSSEL (ANP) - De haven blijft dicht.", ("anp",)),
    ],
)
def test_a_dateline_credits_its_agency(line, agencies):
    assert credited(f"{line}\n\n{BODY}\n\nMehr folgt.") == agencies


@pytest.mark.parametrize(
    ("line", "agencies"),
    [
        ("dpa", ("dpa",)),
        ("kle/haz (dpa, rtre, afp)", ("dpa", "reuters", "afp")),
        ("© 2021 AFP", ("afp",)),
        ("Quelle: dpa/AFP", ("dpa", "afp")),
        ("(avec AFP)", ("afp",)),
        ("Con información de EFE", ("efe",)),
        ("Le Monde avec AFP et Reuters", ("afp", "reuters")),
        ("Quellen: dpa, Reuters", ("dpa", "reuters")),
        ("(Le Monde avec AFP)", ("afp",)),
        ("(Reporting by Jane Doe; Editing by John Roe)", ("reuters",)),
        ("Copyright 2021 The Associated Press. All rights reserved.", ("ap",)),
        ("По материалам ТАСС", ("tass",)),
        ("(PAP)", ("pap",)),
        ("bbr/mes/dpa", ("dpa",)),
        ("El puerto sigue cerrado. EFE", ("efe",)),
        ("The harbour stays closed. The Associated Press contributed to this report.", ("ap",)),
        ("Порт закрыт. Источник — ТАСС Наш канал", ("tass",)),
        ("The harbour stays closed. — AFP", ("afp",)),
        ("dpa:210703-99-123456/2", ("dpa",)),
    ],
)
def test_the_last_line_credits_its_agency(line, agencies):
    assert credited(f"{BODY}\n\n{BODY}\n\n{line}") == agencies


@pytest.mark.parametrize(
    "text",
    [
        "The minister told Reuters on Monday that the harbour stays closed.",
        "Der Minister sagte der Nachrichtenagentur dpa, der Hafen bleibe gesperrt.",
        "Reuters: порт закрыт. Об этом сообщил министр.",
        "Министр сообщил агентству ТАСС, что порт закрыт.",
        "Hafen gesperrt (Foto: dpa)\n\nDer Hafen bleibt zu.",
        "AP Photo/Jane Doe\nThe harbour stays closed.",
        "The stock of Reuters fell. Bloomberg said so.",
        "TT Pro League begins on Friday with two matches.",
        "Efe and her sister (AA meeting on Monday) were there.",
        "Photo: Reuters\nThe harbour stays closed.",
        "She spoke with Reuters.",
        "Er sprach mit der Agentur. Bloomberg berichtet.",
        "",
        "(" * 1_000 + "dpa" + ")" * 1_000,
        "\ud800 told dpa\0",
    ],
)
def test_a_mention_is_no_credit(text):
    assert credited(f"{text}\n\n{BODY}") == ()


@pytest.mark.parametrize(
    ("source", "own"),
    [("dpa", "dpa"), ("Reuters", "reuters"), ("https://www.reuters.com/world", "reuters"), ("tass.ru", "tass"),
     ("新华社", "xinhua"), ("Süddeutsche Zeitung", ""), ("Tagesspiegel / dpa", "")],
)  # fmt: skip
def test_a_source_may_be_the_agency_itself(source, own):
    assert agency(source) == own


def test_a_source_may_credit_agencies():
    assert credited(BODY, source="AFP/dpa") == ("afp", "dpa")
    assert credited(BODY, source="Tagesspiegel") == ()


@pytest.mark.parametrize("sign", ["a", "(", " ", "/", "\n", "dpa ", "(dpa", "一"])
def test_a_megabyte_of_one_sign_is_read_at_once(sign):
    assert len(credited(sign * 10**6, source=sign * 10**6)) <= 1
