"""Subtitles as running text."""

import time

import pytest

from chronik.extract.article import article
from chronik.extract.forms.subtitles import CUES_MAX, is_subtitles, subtitles
from chronik.model import Article, ArticleKind, Page

VTT = """WEBVTT - Sluice stays shut
Kind: captions
Language: en

STYLE
::cue { color: red }

NOTE made by hand

1
00:00:01.000 --> 00:00:04.000 align:start position:0%
<v Ana Torres>The sluice at Hallwerd
stays shut, the ministry said.

00:00:04.000 --> 00:00:06.000
<v Ana Torres><i>Nobody</i> knows for <c.red>how long</c> that will be.

00:00:07.000 --> 00:00:09.500
<v.loud Jo Brandt>We have waited for three weeks &amp; more.

00:01:07.000 --> 00:01:09.000
- And the boats?
- They wait as well.
"""


def texts(reading):
    return [block.text for block in reading.blocks]


def test_cues_become_paragraphs_by_speaker():
    found = article(Page(url="", body=VTT.encode()))
    assert isinstance(found, Article), str(found)
    assert found.kind is ArticleKind.SUBTITLES
    assert found.title == "Sluice stays shut"
    assert found.language == "en"
    assert found.paragraphs == (
        "Ana Torres: The sluice at Hallwerd stays shut, the ministry said. Nobody knows for how long that will be.",
        "Jo Brandt: We have waited for three weeks & more.",
        "- And the boats?",
        "- They wait as well.",
    )


def test_subrip_is_read_with_broken_timings_and_tags():
    text = (
        "\ufeff1\r\n00:00:01,000 --> 00:00:02,000\r\n{\\an8}<font color=red>First line</font>\r\n\r\n"
        "2\r\n00:00:0x,000 --> 99:99:99,999\r\nsecond line.\r\n\r\n3\r\n0:0:3 -> 0:0:4\r\nThird <b>line</b>.\r\n"
    )
    assert texts(subtitles(text)) == ["First line second line. Third line."]
    assert is_subtitles(text)


@pytest.mark.parametrize(
    "cues",
    [
        ["we go on", "we go on\nwith the sluice", "with the sluice", "with the sluice\nat Hallwerd"],
        ["we", "we go", "we go on", "we go on with", "we go on with the sluice", "at Hallwerd"],
        ["we go on\nwith the sluice", "with the sluice\nat Hallwerd", "at Hallwerd"],
    ],
)
def test_rolling_captions_say_everything_once(cues):
    text = "WEBVTT\n\n" + "\n\n".join(f"00:00:0{at}.000 --> 00:00:0{at + 1}.000\n{cue}" for at, cue in enumerate(cues))
    assert texts(subtitles(text)) == ["we go on with the sluice at Hallwerd"]


def test_stamps_within_words_of_karaoke_go():
    text = "WEBVTT\n\n00:00.000 --> 00:02.000\nthe<00:00:00.500><c> sluice</c><00:00:01.000><c> stays</c>"
    assert texts(subtitles(text)) == ["the sluice stays"]


def test_a_word_said_twice_stays_said_twice():
    said = enumerate(("No.", "Yes.", "No."), start=1)
    text = "".join(f"{at}\n00:00:0{at},000 --> 00:00:0{at + 1},000\n{line}\n\n" for at, line in said)
    assert texts(subtitles(text)) == ["No. Yes. No."]


def test_a_long_pause_parts_paragraphs():
    text = "WEBVTT\n\n00:01.000 --> 00:02.000\nThe end.\n\n00:30.000 --> 00:31.000\nA beginning.\n"
    assert texts(subtitles(text)) == ["The end.", "A beginning."]


def test_cues_without_blank_lines_between_them_stay_apart():
    text = "1\n00:00:01,000 --> 00:00:02,000\nOne\n2\n00:00:02,000 --> 00:00:03,000\ntwo\n"
    assert texts(subtitles(text)) == ["One two"]


def test_signs_of_wide_scripts_get_no_spaces():
    text = "WEBVTT\n\n00:01.000 --> 00:02.000\n港でのストライキは\n続いている。\n"
    assert texts(subtitles(text)) == ["港でのストライキは続いている。"]


def test_a_note_may_give_the_title():
    assert subtitles("WEBVTT\n\nNOTE Title: The sluice\n\n00:01.000 --> 00:02.000\nWords\n").title == "The sluice"


@pytest.mark.parametrize("text", ["WEBVTTX\n\nhello", "1\nhello", "The 00:00:01,000 --> 00:00:02,000 arrow", "", "WEB"])
def test_other_texts_are_no_subtitles(text):
    assert not is_subtitles(text)


def test_a_file_without_a_word_has_no_text():
    assert "no words" in str(article(Page(url="", body=b"WEBVTT\n\n00:01.000 --> 00:02.000\n...\n")))


FLOODS = {
    "cues": "WEBVTT\n\n" + "\n\n".join(f"00:00:01.000 --> 00:00:02.000\nword {n}" for n in range(CUES_MAX * 2)),
    "arrows": "WEBVTT\n\n" + "-->" * 3_000_000,
    "stamps": "WEBVTT\n\n00:01.000 --> 00:02.000\n" + "<00:00:01.000>" * 700_000,
    "tags": "WEBVTT\n\n00:01.000 --> 00:02.000\n" + "<" * 8_000_000,
    "digits": "WEBVTT\n\n" + "1:" * 5_000_000,
    "one cue": "WEBVTT\n\n00:01.000 --> 00:02.000\n" + "word\n" * 1_000_000,
    "numbers": "WEBVTT\n\n00:01.000 --> 00:02.000\n" + "1\n" * 2_000_000,
}


@pytest.mark.parametrize("flood", FLOODS.values(), ids=FLOODS)
def test_a_flood_of_cues_is_read_in_reasonable_time(flood):
    started = time.process_time()
    article(Page(url="", body=flood.encode()))
    assert time.process_time() - started < 10
