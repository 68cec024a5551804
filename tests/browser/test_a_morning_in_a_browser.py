"""A morning at the desk: by keyboard only, on a phone by taps only, without JavaScript."""

import json
import re
import shutil
import subprocess

import pytest
from playwright.sync_api import expect
from tests.browser.conftest import START_TIMEOUT_S, chronik, served

pytestmark = pytest.mark.browser

REPORTS_DONE, ACCEPTED, CLIPPED = 40, 10, 10
LANGUAGES = {"de", "en", "fr"}
CHOSEN = '[data-row][aria-current="true"]'
STEPS_MAX = 200
FOCUS = """() => {
    const focused = document.activeElement;
    const box = focused.getBoundingClientRect();
    const inSight = box.bottom > 0 && box.top < innerHeight && box.width > 0;
    const outlined = [focused, focused.closest("[data-row]")].filter(Boolean).map((one) => getComputedStyle(one));
    const isSeen = outlined.some((style) => style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2);
    return focused !== document.body && inSight && isSeen ? "" : focused.outerHTML.slice(0, 200);
}"""
"""What has the focus, unless an editor sees that it has it."""
PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}
TARGET_PX_MIN = 24
TARGETS = "a[href], button, summary, input, select, textarea, label:has(input)"
TOO_SMALL = """([targets, least]) => [...document.querySelectorAll(targets)]
    .filter((one) => one.checkVisibility({visibilityProperty: true}) && !one.matches(".spoken, .spoken *, label input"))
    .filter((one) => getComputedStyle(one).display !== "inline" || one.matches("button, input"))
    .filter((one) => {
        const box = one.getBoundingClientRect();
        return box.width && Math.min(box.width, box.height) < least;
    })
    .map((one) => one.outerHTML.slice(0, 160))"""
"""Links within a sentence need no size of their own (WCAG 2.2, 2.5.8); a box to tick is as large as its label."""


@pytest.fixture(scope="module")
def desk(morning_archive, tmp_path_factory, environment):
    folder = shutil.copytree(morning_archive, tmp_path_factory.mktemp("keys") / "archive")
    with served(folder, environment) as running:
        yield running


def press(page, *keys):
    for key in keys:
        page.keyboard.press(key)


def told(page, words):
    page.get_by_role("status").get_by_text(words).first.wait_for()
    page.wait_for_load_state()


def focus_is_seen(page):
    assert page.evaluate(FOCUS) == ""


def follow(page, *keys):
    """Press keys that lead to another page."""
    *before, last = keys
    press(page, *before)
    with page.expect_navigation():
        press(page, last)


def walk_to(page, row, key="j"):
    """Walk down the rows, or up, until this one is chosen."""
    for _ in range(STEPS_MAX):
        press(page, key)
        if row.get_attribute("aria-current") == "true":
            return focus_is_seen(page)
    raise AssertionError("the row was not reached")


def tab_to(page, target):
    """Walk through what can be focused until this has the focus."""
    for _ in range(STEPS_MAX):
        press(page, "Tab")
        if target.evaluate("one => one === document.activeElement"):
            return focus_is_seen(page)
    raise AssertionError("it was not reached")


def kept(desk, *arguments):
    """What the archive holds, as a command prints it."""
    told = subprocess.run(chronik(desk.folder, *arguments), check=True, capture_output=True, timeout=START_TIMEOUT_S)
    return told.stdout.decode()


def accept_suggestions(page):
    suggested = page.locator("[data-story]:has([data-accept])")
    before = suggested.count()
    assert before >= ACCEPTED
    for number in range(ACCEPTED):
        walk_to(page, suggested.first)
        press(page, "a")
        expect(suggested).to_have_count(before - number - 1)
        told(page, "Accepted for")
        focus_is_seen(page)


def merge_and_undo(page):
    stories = page.locator("[data-story]")
    before = stories.count()
    walk_to(page, stories.nth(0), "k")
    press(page, " ", "j", "m")
    told(page, "Merged into one story.")
    assert stories.count() == before - 1
    follow(page, "u")
    told(page, "Taken back.")
    assert stories.count() == before
    focus_is_seen(page)


def clip(page, *, sentences):
    """Clip the first sentences of the article."""
    press(page, "n", *["N"] * (sentences - 1), "c")
    expect(page.locator("select[name=dossier]")).to_be_focused()
    expect(page.locator("select[name=dossier]")).to_have_value("orvenne")
    focus_is_seen(page)
    assert page.get_by_label("Passage").input_value()
    follow(page, "Control+Enter")
    told(page, "Clipped for")


def read_and_clip(page):
    """Read report after report, clip of some, put each aside."""
    clipped = []
    for number in range(REPORTS_DONE):
        language = page.locator("article.text").get_attribute("lang")
        if len(clipped) < CLIPPED and clipped.count(language) * len(LANGUAGES) <= CLIPPED:
            clip(page, sentences=1 + number % 2)
            clipped.append(language)
        follow(page, "e")
    return clipped


def publish(page):
    follow(page, "g", "d")
    press(page, "j")
    focus_is_seen(page)
    follow(page, "o")
    tab_to(page, page.get_by_role("button", name="Publish"))
    follow(page, "Enter")
    told(page, "Published.")


def test_an_editor_works_through_a_morning_by_keyboard_only(desk, open_window):
    page = open_window(desk)
    page.goto(desk.link)
    focus_is_seen(page)
    follow(page, "Enter")
    accept_suggestions(page)
    merge_and_undo(page)
    walk_to(page, page.locator("[data-story]").nth(0), "k")
    follow(page, "o")
    clipped = read_and_clip(page)
    assert (len(clipped), set(clipped)) == (CLIPPED, LANGUAGES)
    publish(page)
    site = desk.folder / "site" / "orvenne"
    assert {folder.name for folder in site.iterdir() if folder.is_dir()} >= LANGUAGES
    assert len(json.loads((site / "dossier.json").read_text())["clips"]) == CLIPPED


@pytest.fixture(scope="module")
def phone_desk(morning_archive, tmp_path_factory, environment):
    folder = shutil.copytree(morning_archive, tmp_path_factory.mktemp("taps") / "archive")
    with served(folder, environment) as running:
        yield running


def fits(page):
    """Nothing has to be scrolled sideways, and every target can be hit."""
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0, page.url
    assert page.evaluate(TOO_SMALL, [TARGETS, TARGET_PX_MIN]) == [], page.url


def tap_through(page, target):
    """Tap what leads to another page."""
    with page.expect_navigation():
        target.tap()


def test_an_editor_works_through_a_morning_on_a_phone_by_taps_only(phone_desk, open_window):
    page = open_window(phone_desk, **PHONE)
    page.goto(phone_desk.link)
    fits(page)
    tap_through(page, page.get_by_role("button", name="Go to the desk"))
    fits(page)
    suggested = page.locator("[data-story]:has([data-accept])")
    before = suggested.count()
    for number in range(ACCEPTED):
        suggested.first.locator("[data-accept]").tap()
        expect(suggested).to_have_count(before - number - 1)
    stories = page.locator("[data-story]")
    before = stories.count()
    for number in (0, 1):
        stories.nth(number).locator("label.mark").tap()
    page.get_by_role("button", name="Merge the marked stories").tap()
    expect(stories).to_have_count(before - 1)
    tap_through(page, page.locator("[data-undo]"))
    expect(stories).to_have_count(before)
    tap_through(page, stories.first.locator("[data-open]").first)
    fits(page)
    clipped = []
    for _ in range(REPORTS_DONE):
        language = page.locator("article.text").get_attribute("lang")
        if len(clipped) < CLIPPED and clipped.count(language) * len(LANGUAGES) <= CLIPPED:
            tap_a_clip(page)
            clipped.append(language)
        tap_through(page, page.locator("[data-done]"))
    assert (len(clipped), set(clipped)) == (CLIPPED, LANGUAGES)
    tap_through(page, page.get_by_role("link", name="Dossiers"))
    fits(page)
    tap_through(page, page.locator("[data-open]").first)
    fits(page)
    tap_through(page, page.get_by_role("button", name="Publish"))
    told(page, "Published.")
    told_to_readers = json.loads((phone_desk.folder / "site" / "orvenne" / "dossier.json").read_text())
    assert len(told_to_readers["clips"]) == CLIPPED


def tap_a_clip(page):
    """Choose a sentence with a tap, and clip it."""
    page.get_by_role("button", name="Choose sentences by tapping").tap()
    page.locator("#p1").tap()
    page.get_by_role("button", name="Clip this passage").tap()
    assert page.get_by_label("Passage").input_value()
    tap_through(page, page.locator("#clip").get_by_role("button", name="Clip"))
    told(page, "Clipped for")
    fits(page)


def new_link(desk):
    """Another sign-in link to a desk that is served already."""
    port = desk.address.rpartition(":")[2]
    return re.search(r"http\S+/desk/enter/\S+", kept(desk, "up", "--sign-in", "--port", port)).group()


def test_without_javascript_one_reads_searches_and_clips(phone_desk, open_window):
    page = open_window(phone_desk, java_script_enabled=False)
    page.goto(new_link(phone_desk))
    page.get_by_role("button", name="Go to the desk").click()
    page.get_by_role("link", name="Search").click()
    page.get_by_role("searchbox").fill("Taucher")
    page.get_by_role("searchbox").press("Enter")
    page.get_by_role("link", name="Taucher bergen das Tor").first.click()
    text = page.locator("[data-block]").first.inner_text().strip()
    assert text == "Taucher haben das Tor der Schleuse von Orvenne geborgen."
    page.get_by_label("Passage").fill("das Tor der Schleuse von Orvenne")
    page.locator("#clip").get_by_role("button", name="Clip").click()
    assert page.locator("mark").first.inner_text() == "das Tor der Schleuse von Orvenne"
    page.get_by_role("status").get_by_role("link").click()
    assert "das Tor der Schleuse von Orvenne" in page.locator("blockquote").all_inner_texts()
