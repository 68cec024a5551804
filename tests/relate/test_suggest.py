"""Suggesting proposes what belongs to a dossier, says why, and keeps quiet where nothing does."""

import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import numpy as np
import pytest

from chronik.model import ReasonKind, Report
from chronik.relate.bridge.named import Named
from chronik.relate.suggest import Background, candidates, piece, profile, scores, suggested

TOPICS = {"sluice": 0, "harbour": 1, "school": 2}
DIMENSIONS = 16
SPELLINGS = {"Orwe": "orwe", "Орве": "orwe", "Moll": "moll", "Молль": "moll", "Hafen": "hafen", "Gavan": "gavan"}
BEGINS = datetime(2026, 5, 4, 8, tzinfo=UTC)


def vector(topic, language, number):
    """A fake sentence vector: topic, language, and something of its own."""
    row = np.zeros(DIMENSIONS, dtype=np.float32)
    row[TOPICS.get(topic, 3)] = 1.0
    row[8 + {"de": 0, "en": 1, "ru": 2}.get(language, 3)] = 2.0
    row[4 + number % 4] = 0.3
    return row / np.linalg.norm(row)


def made(number, title, *, topic="", language="en", text="", **more):
    written = [surface for surface in SPELLINGS if re.search(rf"\b{surface}\b", f"{title} {text}")]
    names = [Named(key=SPELLINGS[surface], surface=surface) for surface in written]
    report = Report(
        id=f"a{number}", title=title, text=text, language=language, published=BEGINS + timedelta(hours=number)
    )
    return piece(report, names=names, vector=vector(topic, language, number), **more)


CORPUS = (
    made(1, "The sluice at Orwe is closed", topic="sluice"),
    made(2, "Шлюз в Орве закрыт", topic="sluice", language="ru"),
    made(3, "Ship runs aground near Gavan", topic="harbour"),
    made(4, "Schools open late", topic="school"),
    made(5, "Schule beginnt später", topic="school", language="de"),
    *(made(number, f"Report number {number}", topic="other", language="de") for number in range(6, 60)),
    *(made(number, f"Meldung Nummer {number}", topic="other", language="ru") for number in range(60, 120)),
)
DOSSIER = (
    made(900, "Die Schleuse von Orwe", topic="sluice", language="de"),
    made(901, "Die Schleuse in Orwe schließt, Müllerin Moll klagt.", topic="sluice", language="de"),
)


@pytest.fixture
def background():
    known = Background()
    known.learn(CORPUS)
    return known


def ids(found):
    return [one.article for one in found]


def test_from_the_first_minute_names_and_introduction_find_articles_in_other_languages(background):
    found = suggested(profile("orwe", texts=DOSSIER), candidates(CORPUS, background=background))
    assert set(ids(found)) == {"a1", "a2"}
    assert all(0 <= one.score <= 1 and one.dossier == "orwe" for one in found)


def test_a_name_in_two_scripts_is_said_in_both(background):
    found = suggested(profile("orwe", texts=DOSSIER), candidates(CORPUS, background=background))
    russian = next(one for one in found if one.article == "a2")
    named = next(reason for reason in russian.reasons if reason.kind is ReasonKind.DOSSIER_NAMES)
    assert named.words == ("Орве/Orwe",)
    assert named.weight > 0


def test_clips_teach_what_the_names_did_not_say(background):
    clips = [made(200 + number, "Ship near Gavan", topic="harbour") for number in range(4)]
    found = candidates(CORPUS, background=background)
    before = scores(profile("orwe", texts=DOSSIER), found)[2]
    after = scores(profile("orwe", texts=DOSSIER, clips=clips), found)[2]
    assert after > before
    harbour = next(one for one in suggested(profile("h", clips=clips), found) if one.article == "a3")
    assert ReasonKind.LIKE_CLIPS in {reason.kind for reason in harbour.reasons}


def test_refusals_teach_what_does_not_belong(background):
    clips = [made(200, "Sluice at Orwe", topic="sluice")]
    refused = [made(300 + number, "School at Orwe", topic="school") for number in range(3)]
    found = candidates(CORPUS, background=background)
    assert (
        scores(profile("orwe", clips=clips, refused=refused), found)[3] < scores(profile("orwe", clips=clips), found)[3]
    )


def test_a_report_of_a_story_that_the_dossier_holds_rises(background):
    clip = replace(made(200, "Sluice at Orwe", topic="sluice"), story="s1")
    late = replace(CORPUS[2], story="s1")
    found = candidates([late, CORPUS[2]], background=background)
    alone = candidates([CORPUS[2]], background=background)
    held = profile("orwe", clips=[clip])
    assert scores(held, found)[0] > scores(held, alone)[0]


def test_what_was_clipped_or_refused_is_not_proposed_again(background):
    held = profile("orwe", texts=DOSSIER, clips=[CORPUS[0]], refused=[CORPUS[1]])
    assert not {"a1", "a2"} & set(ids(suggested(held, candidates(CORPUS, background=background))))


def test_copies_of_what_was_refused_are_not_proposed(background):
    copies = [replace(CORPUS[0], id="copy", copy_of="a1"), replace(CORPUS[1], id="a2"), *CORPUS[5:]]
    found = candidates(copies, background=background)
    assert set(ids(suggested(profile("orwe", texts=DOSSIER), found))) == {"copy", "a2"}
    assert ids(suggested(profile("orwe", texts=DOSSIER, refused=[CORPUS[0]]), found)) == ["a2"]


def test_the_same_clip_twice_counts_once_and_beats_its_refusal():
    held = profile("orwe", clips=[CORPUS[0], CORPUS[0]], refused=[CORPUS[0], CORPUS[3]])
    assert [one.id for one in held.clips] == ["a1"]
    assert [one.id for one in held.refused] == ["a4"]


def test_an_empty_dossier_is_proposed_nothing(background):
    assert suggested(profile("empty"), candidates(CORPUS, background=background)) == ()


def test_nothing_comes_of_nothing():
    assert suggested(profile("orwe", texts=DOSSIER), candidates([], background=Background())) == ()
    assert scores(profile("orwe"), candidates([], background=Background())).shape == (0,)


def test_without_vectors_names_and_words_still_speak(background):
    bare = [replace(one, vector=None) for one in CORPUS]
    found = suggested(
        profile("orwe", texts=[replace(one, vector=None) for one in DOSSIER]), candidates(bare, background=background)
    )
    assert {"a1", "a2"} >= set(ids(found))


@pytest.mark.parametrize(
    "text",
    ["", "\0", "\ud800", "a" * 1_000_000, "漢" * 100_000, "\n" * 10_000, "́" * 10_000, "ا" * 1_000_000, "-- " * 9_999],
)
def test_any_text_gives_a_result(background, text):
    strange = piece(Report(id=text, title=text, text=text, language=text[:9]), names=[Named(key=text, surface=text)])
    held = profile(text, texts=[strange], clips=[strange], refused=[strange])
    values = scores(held, candidates([strange, *CORPUS], background=background))
    assert np.isfinite(values).all()
    background.learn([strange])
    suggested(held, candidates([strange, *CORPUS], background=background))


def test_vectors_that_are_none_give_a_result(background):
    broken = [
        replace(CORPUS[0], id="nan", vector=np.full(DIMENSIONS, np.nan, dtype=np.float32)),
        replace(CORPUS[0], id="zero", vector=np.zeros(DIMENSIONS, dtype=np.float32)),
        replace(CORPUS[0], id="short", vector=np.ones(3, dtype=np.float32)),
    ]
    background.learn(broken)
    values = scores(profile("orwe", texts=DOSSIER, clips=broken), candidates([*broken, *CORPUS], background=background))
    assert np.isfinite(values).all()


def test_a_hundred_thousand_candidates_are_ranked(background):
    many = [replace(CORPUS[number % len(CORPUS)], id=f"m{number}") for number in range(100_000)]
    found = suggested(profile("orwe", texts=DOSSIER), candidates(many, background=background), limit=20)
    assert len(found) == 20


def test_a_dossier_of_many_clips_is_thinned_evenly():
    many = [replace(CORPUS[0], id=f"c{number}") for number in range(5_000)]
    held = profile("orwe", clips=many)
    assert len(held.clips) == 600
    assert held.clips[-1].id == "c4999"
    assert len({one.id for one in held.clips}) == 600
    assert len(held.decided) == 5_000
