import pytest

from chronik.relate.bridge import Bridge
from chronik.relate.bridge.skeleton import skeletons

SPELLINGS = {
    "Pashinyan": "Paschinjan Pachinian Paşinyan Пашинян Փաշինյան باشينيان פשיניאן",
    "Biles": "Байлз بايلز ביילס バイルズ 拜尔斯 바일스 Μπάιλς",
    "Tsitsipas": "Циципас Τσιτσιπάς تسيتسيباس Zizipas",
    "Dzhokhar": "Dschochar Djokhar Джохар",
    "Karabakh": "Qarabağ Karabagh Карабах Karabach Ղարաբաղ",
    "Khrushchev": "Chruschtschow Хрущев Хрущёв خروتشوف",
    "Djokovic": "Джокович Đoković Djoković دجوكوفيتش ジョコビッチ 조코비치",
    "Hamilton": "Хэмилтон Гамильтон هاميلتون",
}


@pytest.mark.parametrize("name", SPELLINGS)
def test_spellings_of_one_name_share_a_skeleton_whatever_their_script(name):
    assert [other for other in SPELLINGS[name].split() if set(skeletons(name)).isdisjoint(skeletons(other))] == []


def test_names_in_a_headline_keep_their_spelling():
    found = Bridge().names_in("Paschinjan trifft Alijew in Brüssel", language="de")
    assert [named.surface for named in found] == ["Paschinjan", "Alijew", "Brüssel"]


def test_unlike_names_are_not_one():
    bridge = Bridge()
    assert bridge.same("Paschinjan", "Пашинян")
    assert not bridge.same("Nadal", "Медведев")


def test_what_editors_say_is_one_is_one_and_what_they_say_is_two_is_two():
    bridge = Bridge(extra=[("Kosovo polje", "Amselfeld")], apart=[("Meier", "Mayer")])
    assert bridge.same("Amselfeld", "Kosovo Polje")
    assert "Amselfeld" in bridge.spellings("kosovo polje")
    assert not bridge.same("Mayer", "Meier")


@pytest.mark.parametrize(
    "text", ["", "\0", "\ud800", "a" * 1_000_000, "A" * 1_000_000, "中" * 1_000_000, "א " * 500_000]
)
def test_any_text_gives_a_result(text):
    Bridge().names_in(text, language="xx")
    Bridge().same(text, text)
