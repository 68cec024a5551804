"""The inbox as an editor works through it: by keyboard only."""

import pytest
from tests.browser.test_stories_in_a_browser import desk, press, sign_in

pytestmark = pytest.mark.browser
__all__ = ["desk"]

CHOSEN = '[data-row][aria-current="true"]'


def walk_to(page, selector):
    """Walk along the rows with j until the chosen one fits."""
    for _ in range(40):
        press(page, "j")
        if page.locator(CHOSEN + selector).count():
            return
    raise AssertionError(f"no row fits {selector}")


def told(page, words):
    page.get_by_role("status").get_by_text(words).wait_for()
    page.wait_for_load_state()


def test_an_editor_works_through_the_inbox_by_keyboard_only(desk, open_page):
    page = open_page()
    sign_in(page, desk)
    stories = page.locator("[data-story]")
    before = stories.count()
    walk_to(page, ":has(details[data-fold])")
    press(page, "f", "j", "j")
    assert page.locator(f".told-report{CHOSEN}").count() == 1
    press(page, "s")
    told(page, "Split off")
    assert stories.count() == before + 1
    press(page, "u")
    told(page, "Taken back.")
    assert stories.count() == before
    for key, words in (("a", "Accepted for"), ("x", "Refused for")):
        walk_to(page, f":has([data-{'accept' if key == 'a' else 'refuse'}])")
        press(page, key)
        told(page, words)
    press(page, "k", "k", "k", "k", " ", "j", "m")
    told(page, "Merged into one story.")
    assert stories.count() == before - 1
    press(page, "u")
    told(page, "Taken back.")
    assert stories.count() == before
