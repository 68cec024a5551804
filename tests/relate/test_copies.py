"""Copies are found whatever was done to them, and look-alikes are not."""

from datetime import UTC, datetime, timedelta

import pytest

from chronik.relate import copies as module
from chronik.relate.copies import Copies, confirmed
from chronik.relate.fingerprint import sketch

NOON = datetime(2023, 9, 20, 12, tzinfo=UTC)
WHOLE = """\
The two delegations met behind closed doors in the old customs house on Tuesday, and neither side would say afterwards
how long the talks had lasted or who had asked for them in the first place.

Fishermen who had been waiting at the pier since dawn told reporters that three grey boats without any flag had left
the harbour shortly before sunrise and had not come back by noon.

According to the mayor, the town has set aside 240 beds in two schools and a sports hall, while the hospital across the
river is short of blood, bandages and clean water.

A spokeswoman of the ministry said that a convoy of 17 lorries would set out as soon as the bridge, damaged in the storm
of last week, had been inspected by engineers."""
PARAGRAPHS = WHOLE.split("\n\n")
OTHER = """\
Orchard owners along the upper valley expect the smallest harvest of apricots in 31 years because frost came twice in
April, and the bees stayed in their hives when the trees were in bloom.

Their association asks for loans without interest, and for permission to sell fruit that is smaller than the rules of
the market allow."""
FORM = (
    "Am {day} zeigt das Thermometer in der Stadt {high} Grad, nachts sinkt es auf {low} Grad. Der Wind weht mit {wind} "
    "Kilometern in der Stunde aus Westen, die Luftfeuchte liegt bei {wet} Prozent. Der Pegel am Hafen steht bei "
    "{level} Zentimetern. Wer draußen arbeitet, sollte an Sonnenschutz denken und genug trinken, rät der Wetterdienst."
)
FURNITURE = (
    "Sie lesen unseren täglichen Brief aus der Redaktion, den wir jeden Morgen um sechs Uhr verschicken. Wenn Sie ihn "
    "bestellen möchten, genügt eine kurze Nachricht an die unten genannte Adresse, und schon am nächsten Tag liegt er "
    "in Ihrem Postfach. Alle Rechte bleiben beim Verlag, der Nachdruck auch in Auszügen bedarf der Erlaubnis."
)


def index(*texts, source=""):
    """An index of these texts, named by their place, an hour apart."""
    found = Copies()
    for number, text in enumerate(texts):
        found.add(str(number), sketch(text), when=NOON + timedelta(hours=number), source=source)
    return found


def certain(texts, text, *, source=""):
    return [copy.of for copy in index(*texts, source=source).found(sketch(text), source=source) if copy.certain]


@pytest.mark.parametrize(
    "text",
    [
        WHOLE,
        WHOLE.upper().replace("\n\n", " "),
        f"HARBOUR TOWN, Sept 20 (dpa) - {WHOLE}\n\ndpa/AFP",
        "\n\n".join(reversed(PARAGRAPHS)),
        "\n\n".join(PARAGRAPHS[:2]),
        "\n\n".join(PARAGRAPHS[1:3]),
        WHOLE.replace("delegations", "groups").replace("hospital", "clinic").replace("dawn", "daybreak"),
        f"{FURNITURE}\n\n{WHOLE}\n\n{FURNITURE.upper()} {FORM}",
    ],
)
def test_a_copy_is_found_whatever_was_done_to_it(text):
    assert certain([WHOLE, OTHER], text) == ["0"]


def test_a_text_without_blanks_is_found_too():
    text = (
        "外交部发言人周二表示双方已同意在边境举行会谈并将在下周继续就停火协议进行谈判而桥梁仍然关闭直到星期日早上为止"
    )
    assert certain([text], f"（新华社）{text[:40]}。") == ["0"]


def test_another_text_is_no_copy():
    assert index(WHOLE).found(sketch(OTHER)) == ()


def test_a_copy_says_how_much_of_each_it_has():
    half = "\n\n".join(PARAGRAPHS[:2])
    (copy,) = index(WHOLE).found(sketch(half))
    assert (copy.share, copy.held, copy.when) == (1, 1, NOON)
    assert 0.4 < copy.resemblance < 0.6
    (copy,) = index(half).found(sketch(WHOLE))
    assert copy.share == 1
    assert copy.held == pytest.approx(0.5, abs=0.1)


def test_one_form_filled_in_twice_is_no_copy():
    monday = FORM.format(day="Montag", high=24, low=12, wind=17, wet=61, level=412)
    tuesday = FORM.format(day="Dienstag", high=27, low=14, wind=22, wet=55, level=398)
    assert certain([monday], tuesday) == []
    assert certain([monday], monday.lower()) == ["0"]


def test_much_edited_copies_become_certain_when_the_texts_are_at_hand():
    edited = WHOLE.replace("in the old customs house on", "at the former customs office last").replace("dawn", "six")
    edited = edited.replace("without any flag", "flying no colours").replace("had not come back", "were still away")
    edited = edited.replace("two schools and a sports hall", "schools").replace(
        "the hospital across", "a clinic beyond"
    )
    edited = edited.replace("short of blood, bandages", "lacking bandages").replace("would set out", "leaves")
    (copy,) = index(WHOLE).found(sketch(f"{edited} {OTHER[:60]}"))
    assert not copy.certain
    assert confirmed(copy, text=f"{edited} {OTHER[:60]}", earlier=WHOLE).certain
    assert not confirmed(copy, text=f"{PARAGRAPHS[0]} {OTHER}", earlier=WHOLE).certain


def test_no_text_confirms_that_a_form_filled_in_twice_is_a_copy():
    monday = FORM.format(day="Montag", high=24, low=12, wind=17, wet=61, level=412)
    tuesday = FORM.format(day="Dienstag", high=27, low=14, wind=22, wet=55, level=398)
    (copy,) = index(monday).found(sketch(tuesday))
    assert not confirmed(copy, text=tuesday, earlier=monday).certain


def test_two_short_notices_that_share_a_phrase_are_no_copies():
    first = "The minister will speak to reporters after the meeting of the cabinet about bridges on Monday"
    assert certain([first], first.replace("about bridges on Monday", "about prices for bread on Friday")) == []
    assert certain([first], first.upper()) == ["0"]


def test_a_headline_of_few_words_is_never_a_copy():
    assert index("News of the day in brief").found(sketch("News of the day in brief")) == ()


def test_what_a_source_prints_every_day_is_left_out():
    days = [f"{FURNITURE}\n\n{part}" for part in (*PARAGRAPHS[:3], OTHER)]
    assert certain(days[:3], f"{FURNITURE}\n\n{PARAGRAPHS[3][:90]}", source="daily") == []
    assert certain(days[:3], days[1], source="daily") == ["1"]
    assert certain([*days, FURNITURE], FURNITURE, source="daily") == ["0", "1", "2", "3", "4"]


def test_the_same_id_is_kept_once():
    found = index(WHOLE)
    found.add("0", sketch(OTHER), when=NOON)
    assert len(found) == 1
    assert found.found(sketch(OTHER)) == ()


@pytest.mark.parametrize("source", ["\ud800", "s" * 10**6, "\0"])
def test_any_source_is_taken(source):
    assert certain([WHOLE], WHOLE, source=source) == ["0"]


@pytest.fixture
def small_shelves(monkeypatch):
    monkeypatch.setattr(module, "OPEN_TEXTS_MAX", 4)
    monkeypatch.setattr(module, "SHELVES_TO_MERGE", 2)
    monkeypatch.setattr(module, "SHELF_TEXTS_MAX", 16)


@pytest.mark.usefixtures("small_shelves")
def test_every_text_is_found_however_many_came_after_it():
    texts = [" ".join(f"wort{number}x{place}" for place in range(40)) for number in range(75)]
    found = index(*texts)
    assert [found.found(sketch(text))[0].of for text in texts] == [str(number) for number in range(75)]
    assert len(found._shelves) < 10


@pytest.mark.usefixtures("small_shelves")
def test_a_text_forgotten_is_not_found_and_takes_no_room():
    texts = [" ".join(f"wort{number}x{place}" for place in range(40)) for number in range(75)]
    found = index(*texts)
    found.forget_before(NOON + timedelta(hours=50))
    assert [len(found.found(sketch(text))) for text in texts] == [0] * 50 + [1] * 25
    assert len(found) <= 25 + module.SHELF_TEXTS_MAX


def test_copies_of_one_text_come_with_the_earliest_first():
    assert [copy.of for copy in index(WHOLE, OTHER, WHOLE, WHOLE).found(sketch(WHOLE))] == ["0", "2", "3"]


def test_a_thousand_copies_of_one_text_are_asked_for_at_once():
    assert len(index(*[WHOLE] * 1_500).found(sketch(WHOLE))) == module.CANDIDATES_MAX


@pytest.mark.parametrize("year", [1, 1969, 9999])
def test_any_time_is_kept(year):
    found = Copies()
    when = datetime(year, 12, 31, 23, 59, 59, tzinfo=UTC)
    found.add("a", sketch(WHOLE), when=when)
    assert found.found(sketch(WHOLE))[0].when == when
    found.forget_before(datetime.min.replace(tzinfo=UTC))
    assert found.found(sketch(WHOLE))


@pytest.mark.parametrize("text", ["", "\0" * 10**5, "\ud800 " * 10**5, "a" * 10**6, "a b " * 10**5, "一" * 10**5])
def test_any_string_may_be_added_and_asked_about(text):
    assert not [copy for copy in index(text, WHOLE, text).found(sketch(text)) if copy.certain]
