"""How well spellings of one name are known as one: no figure falls below its floor, and floors only rise."""

import time

from bench import bridge as measured
from tests.quality.floors import assert_not_below, corpus

from chronik.relate.bridge import Bridge
from chronik.relate.numbers import numbers_in

HEADLINES_A_SECOND_MIN = 3_000
NUMBERS_MS_MAX = 0.2


def test_spellings_of_one_name_are_known_as_one_as_well_as_before():
    figures = measured.spellings_figures(looked_at=False)
    cities = measured.cities_figures()
    held = {
        "same": figures["same"],
        "heard": figures["heard"],
        "right_among_others": 1 - figures["wrong"] / figures["apart"],
        "cities_by_sound": cities["recall"],
    }
    assert_not_below("names_across_scripts", held)


def test_names_of_the_news_are_known_in_every_case_and_look_alikes_kept_apart_as_well_as_before():
    figures = measured.news_figures()
    assert figures["one_way_only"] == 0
    held = {"same": figures["same"], "look_alikes_apart": 1 - figures["wrong"] / figures["look_alikes"]}
    assert_not_below("names_of_the_news", held)


def test_reports_of_one_story_share_names_across_languages_as_well_as_before():
    corpus("stories")
    figures = measured.games_figures()
    assert_not_below("names_in_common", {"one_story": figures["same"], "not_two_stories": 1 - figures["different"]})


def test_names_and_numbers_are_found_fast_enough():
    texts = [text for spellings in measured.groups(looked_at=True) for text in ("12 hurt as " + s for s in spellings)]
    bridge = Bridge()
    for text in texts:
        bridge.names_in(text, language="en")
    start = time.process_time()
    for text in texts:
        bridge.names_in(text, language="en")
    assert len(texts) / (time.process_time() - start) > HEADLINES_A_SECOND_MIN
    start = time.process_time()
    for text in texts:
        numbers_in(text, language="en")
    assert (time.process_time() - start) / len(texts) * 1_000 < NUMBERS_MS_MAX
