"""A dossier given back as the text of a press page."""

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chronik.model import Clip, Dossier
from chronik.publish.press_page import written
from chronik.takein.press_page import Entry, clips, parsed

BERLIN = ZoneInfo("Europe/Berlin")
SAMPLE = Path(__file__).resolve().parents[3] / "shared" / "data" / "press-archive" / "2020-nagorno-karabakh.txt"

ENGLISH = """Archiv: Harbour Dispute / Hafenstreit 2019-2021

12.04.2021 - 23:53 [ Reuters ]

Port closes again

First paragraph.


31.02.2021 - 12:00 [ Kreisblatt ]

Broken

Its text.

12.04.2021 23:53 [ Kreisblatt ]

Broken otherwise

01.02.2020 - 07:05 [ ]

Hafen bleibt zu

Ein Absatz
mit zwei Zeilen."""
RUSSIAN = """\ufeffАрхив: Спор о порте / Hafenstreit 2020

01.02.2020 – 07:05 [ ТАСС ]

Порт снова закрыт

Первый абзац.

Второй абзац.
"""
ARABIC = """Archive: نزاع الميناء / Conflit du port 2020-2021\r
\r
\u200f01.02.2020 - 07:05 [ العربية ] \r
\r
إغلاق الميناء مرة أخرى\r
\r
\tالفقرة الأولى.\r
\r
\r
31.01.2020 - 07:05 [ AFP / ]\r
\r
« Le port reste fermé »\r
"""
PAGES = pytest.mark.parametrize("text", [ENGLISH, RUSSIAN, ARABIC], ids=["English", "Russian", "Arabic"])


def taken_in(data):
    page = parsed(data, name="page.txt")
    dossier = Dossier(
        slug="harbour",
        names={str(number): name for number, name in enumerate(page.names)},
        years=page.years,
        heading_as_received=page.heading_as_received,
    )
    return dossier, *clips(page, dossier="harbour", zone=BERLIN, language_of=lambda _: "en", source_id_of=lambda _: "")


def new_clip(**fields):
    given_fields = {
        "id": "new",
        "dossier": "harbour",
        "title": "New title",
        "credit": "TASS",
        "excerpt": "One.\n\nTwo.",
        "clipped_at": datetime(2022, 1, 1, 11, 0, tzinfo=UTC),
    }
    return Clip(**{**given_fields, **fields})


@PAGES
def test_a_page_that_was_only_taken_in_comes_back_byte_for_byte(text):
    dossier, read, unread = taken_in(text.encode())
    assert written(dossier, read, unread, zone=BERLIN) == text.encode()


def test_the_sample_page_comes_back_byte_for_byte():
    if not SAMPLE.exists():
        pytest.skip("the sample page of the press archive (../shared/data) is not on this machine")
    dossier, read, unread = taken_in(SAMPLE.read_bytes())
    assert written(dossier, read, unread, zone=BERLIN) == SAMPLE.read_bytes()


@PAGES
def test_the_order_in_which_clips_are_given_does_not_matter(text):
    dossier, read, unread = taken_in(text.encode())
    assert written(dossier, read[::-1], unread[::-1], zone=BERLIN) == text.encode()


@PAGES
def test_a_new_clip_can_stand_anywhere(text):
    dossier, read, unread = taken_in(text.encode())
    count = len(read) + len(unread)
    for position in range(count + 1):
        moved = [replace(item, position=item.position * 2) for item in (*read, *unread)]
        new = new_clip(position=position * 2 + 1)
        page = written(
            dossier,
            [*(item for item in moved if isinstance(item, Clip)), new],
            [item for item in moved if not isinstance(item, Clip)],
            zone=BERLIN,
        )
        entries = parsed(page, name="page.txt").entries
        assert len(entries) == count + 1
        assert sum(isinstance(entry, Entry) for entry in entries) == len(read) + 1
        entry = entries[position]
        assert (entry.title, entry.credit, entry.excerpt) == ("New title", "TASS", "One.\n\nTwo.")
        assert entry.clipped == datetime(2022, 1, 1, 12, 0)


@PAGES
def test_entries_can_be_put_in_any_order(text):
    dossier, read, unread = taken_in(text.encode())
    turned = [replace(item, position=-item.position) for item in (*read, *unread)]
    page = written(
        dossier,
        [item for item in turned if isinstance(item, Clip)],
        [item for item in turned if not isinstance(item, Clip)],
        zone=BERLIN,
    )
    entries = parsed(page, name="page.txt").entries
    assert [getattr(entry, "title", "") for entry in entries if isinstance(entry, Entry)] == [
        clip.title for clip in reversed(read)
    ]
    assert len(entries) == len(read) + len(unread)


def test_an_edited_clip_is_written_in_the_form_of_the_page():
    dossier, read, unread = taken_in(ARABIC.encode())
    edited = replace(read[1], title="Edited", credit="", as_received="")
    page = written(dossier, [read[0], edited], unread, zone=BERLIN)
    assert page.endswith(b"31.01.2020 - 07:05 [ ]\r\n\r\nEdited\r\n\r\n")
    assert page.startswith(ARABIC.encode()[:100])


def test_a_dossier_without_a_heading_of_its_own_gets_one():
    dossier = Dossier(
        slug="harbour", names={"de": "Hafenstreit", "en": "Harbour\nDispute", "nl": "Hafenstreit"}, years="2020"
    )
    page = written(dossier, [new_clip()], [], zone=BERLIN)
    assert page.decode() == (
        "Archiv: Hafenstreit / Harbour Dispute 2020\n\n01.01.2022 - 12:00 [ TASS ]\n\nNew title\n\nOne.\n\nTwo.\n\n"
    )


def test_a_dossier_without_names_or_clips_is_still_a_page():
    assert written(Dossier(slug="harbour", names={}), [], [], zone=BERLIN) == b"Archiv: harbour\n\n"


words = st.text(st.characters(codec="utf-8", categories=("L", "N", "Zs")), min_size=1, max_size=20).map(
    lambda text: "w" + " ".join(text.split())
)


@given(title=words, credit=words, excerpt=st.lists(words, max_size=4), minute=st.integers(0, 5_000_000))
def test_what_is_written_is_read_back_the_same(title, credit, excerpt, minute):
    at = datetime.fromtimestamp(minute * 60 * 100, UTC)
    clip = new_clip(title=title, credit=credit, excerpt="\n\n".join(excerpt), clipped_at=at)
    (entry,) = parsed(written(Dossier(slug="x", names={"de": "X"}), [clip], [], zone=BERLIN), name="page.txt").entries
    assert (entry.title, entry.credit, entry.excerpt) == (title, credit, clip.excerpt)
    assert entry.clipped == at.astimezone(BERLIN).replace(tzinfo=None)
