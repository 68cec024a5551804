"""Copies are found whatever was done to them, and look-alikes are not."""

from datetime import UTC, datetime, timedelta

import pytest

from chronik.relate.copies import Copies
from chronik.relate.fingerprint import sketch

NOON = datetime(2023, 9, 20, 12, tzinfo=UTC)
PARAGRAPHS = (
    (
        "The two delegations met behind closed doors in the old customs house on Tuesday, and neither side would say "
        "afterwards how long the talks had lasted or who had asked for them in the first place."
    ),
    (
        "Fishermen who had been waiting at the pier since dawn told reporters that three grey boats without any flag "
        "had left the harbour shortly before sunrise and had not come back by noon."
    ),
    (
        "According to the mayor, the town has set aside 240 beds in two schools and a sports hall, while the hospital "
        "across the river is short of blood, bandages and clean water."
    ),
    (
        "A spokeswoman of the ministry said that a convoy of 17 lorries would set out as soon as the bridge, damaged "
        "in the storm of last week, had been inspected by engineers."
    ),
)
WHOLE = "\n\n".join(PARAGRAPHS)
OTHER = (
    "Orchard owners along the upper valley expect the smallest harvest of apricots in 31 years because frost came "
    "twice in April, and the bees stayed in their hives when the trees were in bloom.\n\nTheir association asks for "
    "loans without interest, and for permission to sell fruit that is smaller than the rules of the market allow."
)


def asked_about(text, earlier=WHOLE):
    copies = Copies()
    copies.add("earlier", sketch(earlier), when=NOON)
    copies.add("other", sketch(OTHER), when=NOON)
    return copies.found(sketch(text))


@pytest.mark.parametrize(
    "text",
    [
        WHOLE,
        WHOLE.upper().replace("\n\n", " "),
        f"HARBOUR TOWN, Sept 20 (dpa) - {WHOLE}\n\ndpa/AFP",
        "\n\n".join(reversed(PARAGRAPHS)),
        "\n\n".join(PARAGRAPHS[:2]),
        f"{OTHER}\n\n{WHOLE}\n\n",
    ],
)
def test_a_copy_is_found_whatever_was_done_to_it(text):
    best = asked_about(text)[0]
    assert (best.of in {"earlier", "other"}, best.certain) == (True, True)
    assert "earlier" in {copy.of for copy in asked_about(text) if copy.certain}


def test_another_text_is_no_copy():
    assert asked_about(OTHER, earlier=WHOLE)[0].of == "other"
    assert asked_about("Nothing of this was ever said before by anybody, as far as anyone can tell.") == ()


def test_a_text_forgotten_is_not_found():
    copies = Copies()
    for number in range(3_000):
        copies.add(f"a{number}", sketch(f"{number} {OTHER}"), when=NOON)
    copies.add("late", sketch(WHOLE), when=NOON + timedelta(days=2))
    copies.forget_before(NOON + timedelta(days=1))
    assert copies.found(sketch(OTHER)) == ()
    assert [copy.of for copy in copies.found(sketch(WHOLE))] == ["late"]
    assert len(copies) < 3_001
