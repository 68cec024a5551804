"""The text of a topic page, well formed and broken."""

from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chronik.errors import RefusedInputError, TooLargeError
from chronik.takein import press_page
from chronik.takein.press_page import Entry, Unread, clips, parsed, parsed_entry

BERLIN = ZoneInfo("Europe/Berlin")
SAMPLE = Path(__file__).resolve().parents[3] / "shared" / "data" / "press-archive" / "2020-nagorno-karabakh.txt"
PAGE = """Archiv: Harbour Dispute / Hafenstreit 2019-2021

12.04.2021 - 23:53 [ Reuters ]

Port closes again

First paragraph.

Second paragraph.

01.02.2020 - 07:05 [ ]

Hafen bleibt zu

Ein Absatz
mit zwei Zeilen.
"""


def page_of(text):
    return parsed(text.encode(), name="page.txt")


def with_line(line, *, before="\n", after="\n"):
    """A page in which a line stands inside the text of the first entry."""
    return page_of(
        f"Archiv: X 2020\n\n12.04.2021 - 23:53 [ Reuters ]\n\nTitle\n\nText.\n{before}{line}\n{after}Rest.\n"
    )


def whole(page):
    return page.heading_as_received + "".join(
        entry.as_received if isinstance(entry, Entry) else entry.text for entry in page.entries
    )


def taken_in(page, **changes):
    arguments = {
        "dossier": "harbour",
        "zone": BERLIN,
        "language_of": lambda _text: "en",
        "source_id_of": lambda _credit: "",
    }
    return clips(page, **{**arguments, **changes})


def test_a_page_gives_its_names_years_and_entries():
    page = page_of(PAGE)
    assert page.names == ("Harbour Dispute", "Hafenstreit")
    assert page.years == "2019-2021"
    first, second = page.entries
    assert (first.line, first.clipped) == (3, datetime(2021, 4, 12, 23, 53))
    assert (first.credit, first.title) == ("Reuters", "Port closes again")
    assert first.excerpt == "First paragraph.\n\nSecond paragraph."
    assert (second.line, second.credit, second.title) == (11, "", "Hafen bleibt zu")
    assert second.excerpt == "Ein Absatz\nmit zwei Zeilen."


@pytest.mark.parametrize(
    ("heading", "names", "years"),
    [
        ("Archiv: Hafen", ("Hafen",), ""),
        ("Archiv: Hafen 2020", ("Hafen",), "2020"),
        ("archive: A / B / C 2020–2023", ("A", "B", "C"), "2020–2023"),
        ("Archives : Conflit du port 2020 - 2021", ("Conflit du port",), "2020 - 2021"),
        ("Archiv: A / B / 2020", ("A", "B"), "2020"),
        ("Archiv: 1984", ("1984",), ""),
        ("Archiv: Hafen seit 2020-", ("Hafen seit",), "2020-"),
        ("Archiv: Berg/Karabach 2020/21", ("Berg/Karabach",), "2020/21"),
        ("Archiv: Kilometer 12345", ("Kilometer 12345",), ""),
        ("Архив: Спор о порте 2020", ("Спор о порте",), "2020"),
        ("\ufeffArchiv: Hafen 2020 \t", ("Hafen",), "2020"),
    ],
)
def test_a_heading_is_taken_apart(heading, names, years):
    page = page_of(f"{heading}\n\n12.04.2021 - 23:53 [ Reuters ]\n\nTitle\n")
    assert (page.names, page.years) == (names, years)


@pytest.mark.parametrize(
    ("inside", "credit"),
    [
        (" ", ""),
        ("", ""),
        ("  ", ""),
        (" Rick Rozoff / ", "Rick Rozoff /"),
        ("Reuters", "Reuters"),
        ("  padded twice  ", " padded twice "),
        (" A [B] ", "A [B]"),
        (" Hurriyet (Türkei) ", "Hurriyet (Türkei)"),
        (" ТАСС ", "ТАСС"),
        (" العربية ", "العربية"),
    ],
)
def test_a_credit_is_kept_as_it_stands_between_the_brackets(inside, credit):
    (entry,) = page_of(f"Archiv: X\n\n12.04.2021 - 23:53 [{inside}]\n\nTitle\n").entries
    assert entry.credit == credit


@pytest.mark.parametrize(
    "head",
    [
        "12.04.2021 – 23:53 [ Reuters ]",
        "\t12.04.2021  -  23:53  [ Reuters ] \t",
        "12.04.2021-23:53[Reuters]",
        "12.4.2021 - 23:53 [ Reuters ]",
        "\u200f12.04.2021 - 23:53 [ Reuters ]\u200e",
        "12.04.2021\xa0- 23:53 [ Reuters ]",
    ],
)
def test_a_head_may_differ_in_blanks_and_dash(head):
    (entry,) = page_of(f"Archiv: X\n\n{head}\n\nTitle\n").entries
    assert entry.clipped == datetime(2021, 4, 12, 23, 53)
    assert entry.credit == "Reuters"


@pytest.mark.parametrize("line_end", ["\r\n", "\r", "\n"])
def test_line_ends_make_no_difference_to_what_is_understood(line_end):
    text = PAGE.replace("\n", line_end)
    page = page_of(text)
    assert whole(page) == text
    assert [(e.title, e.excerpt) for e in page.entries] == [(e.title, e.excerpt) for e in page_of(PAGE).entries]
    assert taken_in(page)[0][0].id == taken_in(page_of(PAGE))[0][0].id


def test_a_page_without_blank_lines_is_understood():
    page = page_of("Archiv: X\n12.04.2021 - 23:53 [ A ]\nOne\nText\n11.04.2021 - 23:53 [ B ]\nTwo")
    assert [(e.title, e.excerpt) for e in page.entries] == [("One", "Text"), ("Two", "")]


@pytest.mark.parametrize(
    ("head", "reason"),
    [
        ("31.02.2021 - 12:00 [ TASS ]", "31.02.2021 is not a day of the calendar"),
        ("00.00.0000 - 00:00 [ TASS ]", "the year"),
        ("12.04.0021 - 12:00 [ TASS ]", "the year"),
        ("12.04.2021 - 25:10 [ TASS ]", "25:10 is not a time of day"),
        ("12.04.2021 23:53 [ Reuters ]", "the time is missing or not written"),
        ("12.04.2021 - 23:53  Reuters ]", "the bracket before the credit is missing"),
        ("12.04.2021 - 23:53 [ Reuters", "the bracket after the credit is missing"),
        ("12.04.2021 - 23:53 Reuters", "the credit in square brackets is missing"),
        ("12.04.2021 - 23:53", "the credit in square brackets is missing"),
        ("12.04.2021 - 23:53 ( Reuters )", "the credit in square brackets is missing"),
        ("12.04.2021 - 23:53 [ Reuters ] Title", "more than date, time and credit"),
        ("12.04.2021 [ Reuters ]", "the time is missing or not written"),
        ("12.04.2021 - [ Reuters ]", "the time is missing or not written"),
        ("12.04.2021 - 23.53 [ Reuters ]", "the time is missing or not written"),
        ("12.04.2021 - 23:5x [ Reuters ]", "the time is missing or not written"),
        ("2021-04-12 - 23:53 [ Reuters ]", "the date is missing or not written"),
        ("04/12/2021 - 23:53 [ Reuters ]", "the date is missing or not written"),
        ("12.04.21 - 23:53 [ Reuters ]", "the date is missing or not written"),
        ("xx.04.2021 - 23:53 [ Reuters ]", "the date is missing or not written"),
        ("12. April 2021 - 23:53 [ Reuters ]", "the date is missing or not written"),
        ("not a date - 23:53 [ Reuters ]", "the date is missing or not written"),
        ("?? - ?? [ Reuters ]", "the date is missing or not written"),
        ("[ Reuters ]", "the date is missing or not written"),
        ("[ ]", "the date is missing or not written"),
    ],
)
def test_a_broken_head_is_reported_with_its_line_and_the_rest_comes_in(head, reason):
    text = PAGE.replace("01.02.2020 - 07:05 [ ]", f"{head}\n\nBroken\n\nIts text.\n\n01.02.2020 - 07:05 [ ]")
    page = page_of(text)
    first, broken, last = page.entries
    assert isinstance(broken, Unread)
    assert broken.line == 11
    assert reason in broken.reason
    assert broken.text == f"{head}\n\nBroken\n\nIts text.\n\n"
    assert (first.title, last.title) == ("Port closes again", "Hafen bleibt zu")
    assert first.excerpt == "First paragraph.\n\nSecond paragraph."
    assert whole(page) == text


def test_an_entry_without_a_title_is_reported():
    page = page_of(
        "Archiv: X\n\n12.04.2021 - 23:53 [ A ]\n\n11.04.2021 - 23:53 [ B ]\n\nTitle\n\n10.04.2021 - 00:00 [ ]"
    )
    assert [type(entry) for entry in page.entries] == [Unread, Entry, Unread]
    assert "title is missing" in page.entries[0].reason
    assert page.entries[2].line == 9


def test_the_first_entry_may_be_broken():
    page = page_of("Archiv: X\n\n12.04.2021 23:53 [ A ]\n\nOne\n\n11.04.2021 - 23:53 [ B ]\n\nTwo\n")
    assert [entry.line for entry in page.entries] == [3, 7]
    assert page.names == ("X",)


@pytest.mark.parametrize(
    "line",
    [
        "12.04.2021",
        "12.04.2021: Der Hafen schließt.",
        "12.04.2021 - 23:53 Uhr: Die Polizei meldet, dass die Lage sich beruhigt habe und der Hafen offen sei.",
        "Am 12.04.2021 - 23:53 meldete die Polizei [siehe oben].",
        "12.04.2021 - Bericht aus dem Hafen",
        "23:53 Uhr",
        "[89]",
        "[...]",
        "[ … ]",
        "[Foto: dpa]",
        "Quelle [dpa]",
        "1) Hafen – 19 Schiffe",
        "Phone: 12.04.2021 - 23:53 [ext. 4] or at the gate of the port, which opens on working days only from eight",
    ],
)
def test_a_line_that_only_resembles_a_head_stays_text(line):
    page = with_line(line)
    (entry,) = page.entries
    assert entry.excerpt == f"Text.\n\n{line}\n\nRest."


@pytest.mark.parametrize("line", ["12.04.2021 23:53 [ Reuters ]", "12.04.2021 - 23:53 Reuters ]", "[ Reuters ]"])
def test_a_broken_head_stands_after_a_blank_line(line):
    (entry,) = with_line(line, before="").entries
    assert line in entry.excerpt


def test_a_title_that_resembles_a_head_is_a_title():
    page = page_of("Archiv: X\n\n12.04.2021 - 23:53 [ A ]\n\n09/11/2001 [ Video ]\n\nText\n")
    assert page.entries[0].title == "09/11/2001 [ Video ]"


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "no entry"),
        (b"   \n\n", "no entry"),
        (b"Archiv: X\n\nNur Text.\n", "no entry"),
        (b"12.04.2021 - 23:53 [ A ]\n\nTitle\n", "line 1: the page needs a heading"),
        (b"Hafen 2020\n\n12.04.2021 - 23:53 [ A ]\n\nTitle\n", 'found "Hafen 2020"'),
        (b"Archiv:\n\n12.04.2021 - 23:53 [ A ]\n\nTitle\n", "names no topic"),
        (b"Archiv: / \n\n12.04.2021 - 23:53 [ A ]\n\nTitle\n", "names no topic"),
        ("Archiv: Höfe\n\n12.04.2021 - 23:53 [ A ]\n\nTitle\n".encode("cp1252"), "line 1, byte 10: not UTF-8 (0xF6)"),
        ("Archiv: X\n\n12.04.2021 - 23:53 [ A ]\n\nTitle\n".encode("utf-16"), "not UTF-8"),
        (b"Archiv: X\n\n12.04.2021 - 23:53 [ A ]\n\nTi\0tle\n", "line 5: holds a NUL byte"),
    ],
)
def test_what_is_no_press_page_is_refused_with_the_place(data, words):
    with pytest.raises(RefusedInputError) as refusal:
        parsed(data, name="page.txt")
    assert str(refusal.value).startswith("page.txt")
    assert words in str(refusal.value)


def test_a_page_beyond_the_limit_is_refused(monkeypatch):
    monkeypatch.setattr(press_page, "PAGE_BYTES_MAX", 10)
    with pytest.raises(TooLargeError):
        page_of(PAGE)


def test_times_are_instants_of_the_zone():
    (first, second), unread = taken_in(page_of(PAGE))
    assert first.clipped_at == datetime(2021, 4, 12, 21, 53, tzinfo=UTC)
    assert second.clipped_at == datetime(2020, 2, 1, 6, 5, tzinfo=UTC)
    assert unread == ()


@pytest.mark.parametrize(
    ("local", "instant"),
    [
        ("25.10.2020 - 02:30", datetime(2020, 10, 25, 0, 30, tzinfo=UTC)),  # twice that night: the first
        ("29.03.2020 - 02:30", datetime(2020, 3, 29, 1, 30, tzinfo=UTC)),  # never that night: 03:30 summer time
    ],
)
def test_hours_that_the_clocks_repeat_or_skip_are_read_one_way(local, instant):
    (clip,), _ = taken_in(page_of(f"Archiv: X\n\n{local} [ ]\n\nTitle\n"))
    assert clip.clipped_at == instant


def test_positions_count_what_is_unread_too():
    page = page_of(PAGE.replace("01.02.2020 - 07:05 [ ]", "31.02.2020 - 07:05 [ ]\n\nBroken\n\n01.02.2020 - 07:05 [ ]"))
    read, unread = taken_in(page)
    assert [clip.position for clip in read] == [1, 3]
    assert [(entry.position, entry.line) for entry in unread] == [(2, 11)]


def test_language_and_source_are_asked_for_each_clip():
    asked = []
    read, _ = taken_in(
        page_of(PAGE),
        language_of=lambda text: asked.append(text) or "xx",
        source_id_of=lambda credit: {"Reuters": "reuters"}.get(credit, ""),
    )
    assert asked[1] == "Hafen bleibt zu\n\nEin Absatz\nmit zwei Zeilen."
    assert [(clip.language, clip.source_id) for clip in read] == [("xx", "reuters"), ("xx", "")]


def test_a_longer_later_page_brings_back_the_same_clips():
    new = "13.04.2021 - 08:00 [ TASS ]\n\nPort opens\n\nText.\n\n31.13.2021 - 08:00 [ TASS ]\n\nLost\n\n"
    longer = PAGE.replace("12.04.2021 - 23:53", f"{new}12.04.2021 - 23:53").rstrip("\n") + "\n\n\n"
    old, _ = taken_in(page_of(PAGE))
    read, unread = taken_in(page_of(longer))
    assert [clip.id for clip in read[1:]] == [clip.id for clip in old]
    again, unread_again = taken_in(page_of(longer.replace("Archiv: H", "\n\nArchiv: H")))
    assert [clip.id for clip in again] == [clip.id for clip in read]
    assert unread_again[0].id == unread[0].id


def test_two_identical_entries_are_two_clips():
    entry = "12.04.2021 - 23:53 [ A ]\n\nTitle\n\n"
    read, _ = taken_in(page_of(f"Archiv: X\n\n{entry}{entry}"))
    assert len({clip.id for clip in read}) == 2


def test_the_same_entry_in_two_dossiers_is_two_clips():
    here, _ = taken_in(page_of(PAGE), dossier="here")
    there, _ = taken_in(page_of(PAGE), dossier="there")
    assert not {clip.id for clip in here} & {clip.id for clip in there}


def test_a_mended_text_becomes_an_entry():
    entry = parsed_entry("\n12.04.2021 - 23:53 [ Reuters ]\n\nTitle\n\nText.\n")
    assert isinstance(entry, Entry)
    assert (entry.title, entry.excerpt) == ("Title", "Text.")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "there is no text"),
        ("Some text", "the date is missing"),
        ("31.02.2021 - 12:00 [ TASS ]\n\nTitle", "not a day of the calendar"),
        ("12.04.2021 - 23:53 [ A ]\n\nOne\n\n11.04.2021 - 23:53 [ B ]\n\nTwo", "a second entry begins in line 5"),
    ],
)
def test_a_text_that_is_not_mended_says_what_is_still_wrong(text, words):
    entry = parsed_entry(text)
    assert isinstance(entry, Unread)
    assert words in entry.reason
    assert entry.text == text


pieces = st.sampled_from(
    [
        "12.04.2021 - 23:53 [ Reuters ]",
        "31.02.2021 - 12:00 [ TASS ]",
        "12.04.2021 23:53 [ Reuters ]",
        "12.04.2021 - 23:53",
        "[ ]",
        "Archiv: X",
        "Title",
        "\n",
        "\n\n",
        "\r\n",
        "\r",
        " ",
        "\t",
        "\ufeff",
        "\u200f",
        "\u2028",
        "\x0b",
        "\x85",
        "ل",
    ]
)


@given(st.lists(pieces | st.text(max_size=20), max_size=40))
def test_nothing_of_a_page_is_lost(parts):
    text = "Archiv: X\n12.04.2021 - 23:53 [ Reuters ]\n\nTitle" + "".join(parts).replace("\0", "")
    page = parsed(text.encode("utf-8", "replace"), name="page.txt")
    assert whole(page).encode() == text.encode("utf-8", "replace")
    lines = press_page.LINE.findall(whole(page))
    for entry in page.entries:
        received = entry.as_received if isinstance(entry, Entry) else entry.text
        assert lines[entry.line - 1] == press_page.LINE.findall(received)[0]


@given(st.lists(pieces, max_size=40))
def test_a_page_taken_in_twice_gives_the_same_ids_each_once(parts):
    page = page_of("Archiv: X\n12.04.2021 - 23:53 [ Reuters ]\n\nTitle" + "".join(parts))
    read, unread = taken_in(page)
    ids = [item.id for item in (*read, *unread)]
    assert len(ids) == len(set(ids)) == len(page.entries)


@given(st.binary(max_size=200))
def test_any_bytes_are_a_page_or_refused(data):
    try:
        page = parsed(data, name="page.txt")
    except RefusedInputError:
        return
    assert page.entries


def test_the_sample_page_gives_its_63_entries():
    if not SAMPLE.exists():
        pytest.skip("the sample page of the press archive (../shared/data) is not on this machine")
    page = parsed(SAMPLE.read_bytes(), name=SAMPLE.name)
    assert page.years == "2020"
    assert page.names[1] == "Invasion von Berg-Karabach durch Aserbeidschan"
    assert len([entry for entry in page.entries if isinstance(entry, Entry)]) == len(page.entries) == 63
    read, _ = taken_in(page)
    assert read[0].clipped_at == datetime(2023, 10, 2, 10, 21, tzinfo=UTC)
    assert sum(1 for clip in read if clip.credit == "") == 35
