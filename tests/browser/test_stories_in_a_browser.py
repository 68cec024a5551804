"""Stories, accounts and suggestions as an editor uses them: by keyboard, on a phone, without JavaScript."""

import json
import shutil
import subprocess

import pytest
from playwright.sync_api import expect
from tests.browser.conftest import START_TIMEOUT_S, chronik, served

pytestmark = pytest.mark.browser

PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}
TOO_SMALL = """() => [...document.querySelectorAll("main button:not(.link), main .button")]
    .filter((one) => one.offsetParent && one.getBoundingClientRect().height < 36)
    .map((one) => one.outerHTML)"""
PAGES = ["suggestions/", "suggestions/?show=refused", "missing/", "sides/", ""]


@pytest.fixture
def desk(story_archive, tmp_path, environment):
    """A copy of the archive with stories, served."""
    with served(shutil.copytree(story_archive, tmp_path / "archive"), environment) as running:
        yield running


@pytest.fixture
def story(desk):
    """The address of the story that five languages tell."""
    command = chronik(desk.folder, "stories", "--json")
    told = subprocess.run(command, check=True, capture_output=True, timeout=START_TIMEOUT_S).stdout
    (found,) = [one["id"] for one in json.loads(told) if "ar" in one["languages"]]
    return f"/desk/stories/{found}/"


def sign_in(page, desk):
    page.goto(desk.link)
    page.get_by_role("button", name="Go to the desk").click()
    page.get_by_role("heading", name="Inbox").wait_for()
    page.wait_for_load_state()


def press(page, *keys):
    for key in keys:
        page.keyboard.press(key)


def told(page, text):
    page.get_by_role("status").get_by_text(text).wait_for()
    page.wait_for_load_state()


def choose(page, row):
    """Walk along the rows with j until this one is chosen."""
    for _ in range(60):
        if row.get_attribute("aria-current") == "true":
            return
        page.keyboard.press("j")
    raise AssertionError("the row was not reached")


def facts(page):
    return page.locator(".story-facts")


def test_a_story_is_split_merged_and_clipped_by_keyboard(desk, story, open_page):
    page = open_page()
    sign_in(page, desk)
    page.goto(story)
    expect(facts(page)).to_contain_text("7 reports, 5 independent origins")

    arabic = page.locator(".report[data-row]", has=page.locator("[lang=ar]"))
    choose(page, arabic)
    press(page, ".", "s")
    told(page, "Split off")
    expect(facts(page)).to_contain_text("6 reports")
    press(page, "u")
    told(page, "Taken back.")
    expect(facts(page)).to_contain_text("7 reports")

    choose(page, page.locator(".report[data-row]", has=page.locator("[lang=fr]")))
    press(page, "x")
    told(page, "These do not tell of one happening")
    expect(facts(page)).to_contain_text("6 reports")
    press(page, "u")
    told(page, "Taken back.")

    press(page, "j", "m")
    expect(page.locator(".offer", has_text="Gutachter finden Risse")).to_have_attribute("aria-current", "true")
    press(page, "m")
    told(page, "Stories merged")
    expect(facts(page)).to_contain_text("8 reports")
    press(page, "u")
    told(page, "Taken back.")
    expect(facts(page)).to_contain_text("7 reports")
    expect(page.locator(".story-words .taken-back")).to_have_count(3)

    choose(page, page.locator(".statement", has_text="Nobody was hurt"))
    press(page, "c")
    page.get_by_role("heading", name="Sluice at Orvenne breaks").wait_for()
    page.wait_for_load_state()
    assert page.get_by_label("Passage").input_value() == "Nobody was hurt, but the dam is beyond saving"
    expect(page.locator("select[name=dossier]")).to_be_focused()
    expect(page.locator("select[name=dossier]")).to_have_value("orvenne")
    press(page, "Tab")
    page.locator("#clip button.main").focus()
    press(page, "Enter")
    told(page, "Clipped for")
    assert page.locator("mark").inner_text() == "Nobody was hurt, but the dam is beyond saving"

    page.goto(story)
    expect(page.get_by_role("heading", name="Water board")).to_be_visible()


def test_suggestions_are_worked_through_by_keyboard(desk, open_page):
    page = open_page()
    sign_in(page, desk)
    page.goto("/desk/dossiers/orvenne/suggestions/")
    count = page.locator(".proposal").count()
    assert count >= 3
    press(page, "j", "x")
    told(page, "Refused.")
    expect(page.locator(".proposal")).to_have_count(count - 1)
    press(page, "u")
    told(page, "Taken back.")
    expect(page.locator(".proposal")).to_have_count(count)
    press(page, "j", "a")
    told(page, "Accepted.")
    page.get_by_role("link", name="Accepted").click()
    expect(page.locator(".proposal")).to_have_count(1)
    press(page, "j", "c")
    page.locator("#clip").wait_for()
    assert page.locator("select[name=dossier]").input_value() == "orvenne"


def test_every_page_fits(desk, story, open_page):
    asked = "/desk/accounts/?q=Schleuse&dossier=orvenne"
    addresses = [
        story,
        f"{story}?find=Schleuse",
        asked,
        "/desk/names/",
        *(f"/desk/dossiers/orvenne/{p}" for p in PAGES),
    ]
    page = open_page(**PHONE)
    sign_in(page, desk)
    for language in ("en", "de", "fr"):
        page.set_extra_http_headers({"Accept-Language": language})
        for address in addresses:
            page.goto(address)
            assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0, address
            assert page.evaluate(TOO_SMALL) == [], address


def test_without_javascript_the_same_can_be_done(desk, story, open_page):
    page = open_page(java_script_enabled=False)
    sign_in(page, desk)
    page.goto(story)
    page.locator(".report[data-row]", has=page.locator("[lang=ar]")).get_by_role("checkbox").check()
    page.get_by_role("button", name="Split off").click()
    expect(facts(page)).to_contain_text("6 reports")
    page.get_by_role("button", name="Undo").click()
    expect(facts(page)).to_contain_text("7 reports")
    page.get_by_role("searchbox").fill("Prozess")
    page.get_by_role("button", name="Find", exact=True).click()
    page.locator(".offer", has_text="Prozess").get_by_role("button", name="Merge").click()
    expect(facts(page)).to_contain_text("9 reports")
    page.locator(".story-words").get_by_role("button", name="Take back").click()
    expect(facts(page)).to_contain_text("7 reports")
    page.get_by_role("button", name="Find translations").click()
    expect(page.locator(".statement").first).to_be_visible()
    page.locator(".statement").first.get_by_role("link", name="Clip").click()
    assert page.get_by_label("Passage").input_value()
    page.goto("/desk/dossiers/orvenne/suggestions/")
    page.get_by_role("button", name="Refuse").first.click()
    page.get_by_role("button", name="Undo").click()
    page.goto("/desk/names/")
    page.get_by_role("textbox", name="Spellings").fill("Orvenne\nОрвен")
    page.get_by_role("button", name="Add").click()
    expect(page.locator(".rows.names")).to_contain_text("Орвен")
