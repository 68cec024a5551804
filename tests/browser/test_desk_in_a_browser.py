"""The desk as an editor uses it: by hand, by keyboard, on a phone, without JavaScript."""

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser

PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}
SELECT = """([from, to]) => {
    const [first, last] = [document.getElementById(from), document.getElementById(to)];
    const range = document.createRange();
    range.setStartBefore(first.firstChild);
    range.setEndAfter(last.lastChild);
    const selection = document.getSelection();
    selection.removeAllRanges();
    selection.addRange(range);
}"""
TOO_SMALL = """() => [...document.querySelectorAll("button:not(.link), .button, .nav a")]
    .filter((one) => one.offsetParent && one.getBoundingClientRect().height < 36)
    .map((one) => one.outerHTML)"""
PAGES = ["", "search/?q=Schleuse", "dossiers/", "new-dossier/", "feeds/", "sources/", "account/"]


def arrive(page, heading):
    """Wait for the page with this heading, its script included."""
    page.get_by_role("heading", name=heading).wait_for()
    page.wait_for_load_state()


def sign_in(page, desk):
    page.goto(desk.link)
    page.get_by_role("button", name="Go to the desk").click()
    arrive(page, "Inbox")


def test_an_editor_signs_in_clips_and_publishes(desk, open_page):
    page = open_page()
    sign_in(page, desk)
    page.get_by_role("link", name="Schleuse bleibt zu").click()
    arrive(page, "Schleuse bleibt zu")
    page.evaluate(SELECT, ["p1", "p2"])
    page.keyboard.press("c")
    quote = page.get_by_label("Passage")
    assert quote.input_value().startswith(
        "Die Schleuse blieb bis zum Abend „geschlossen“, sagte eine Sprecherin.\n\nDer"
    )
    page.get_by_label("Name of the new dossier").fill("Der Mühlbach")
    page.locator("#clip").get_by_role("button", name="Clip").click()
    assert page.locator("mark").count() == 2
    page.get_by_role("status").get_by_role("link", name="Der Mühlbach").click()
    arrive(page, "Schleuse bleibt zu")
    assert page.locator("blockquote p").count() == 2
    page.get_by_role("button", name="Publish").click()
    page.get_by_role("status").get_by_text("Published").wait_for()
    assert (desk.folder / "site" / "der-muehlbach" / "index.html").is_file()
    page.get_by_role("link", name="published", exact=True).click()
    assert "Die Schleuse blieb bis zum Abend" in page.locator("body").inner_text()


def test_without_javascript_the_same_can_be_done(desk, open_page):
    page = open_page(java_script_enabled=False)
    sign_in(page, desk)
    page.get_by_role("link", name="Schleuse bleibt zu").click()
    page.get_by_label("Passage").fill('bis zum Abend "geschlossen"')
    page.get_by_label("Name of the new dossier").fill("Bach")
    page.locator("#clip").get_by_role("button", name="Clip").click()
    assert page.locator("mark").inner_text() == "bis zum Abend „geschlossen“"
    page.get_by_role("link", name="Inbox").click()
    page.get_by_role("button", name="Star").first.click()
    page.get_by_role("button", name="Done").first.click()
    assert page.get_by_role("link", name="Schleuse bleibt zu").count() == 0
    page.get_by_role("link", name="Done").click()
    page.get_by_role("button", name="Back into the inbox").click()
    page.get_by_role("link", name="Starred").click()
    page.get_by_role("link", name="Schleuse bleibt zu").wait_for()


def test_the_inbox_is_worked_through_by_keyboard(desk, open_page):
    page = open_page()
    sign_in(page, desk)
    chosen = page.locator('[data-row][aria-current="true"]')
    page.keyboard.press("j")
    assert "Schleuse bleibt zu" in chosen.inner_text()
    page.keyboard.press("*")
    page.locator('[data-row][aria-current="true"] .star[aria-pressed="true"]').wait_for()
    page.keyboard.press("j")
    assert "الهويس" in chosen.inner_text()
    page.keyboard.press("k")
    rows = page.locator("[data-row]:visible")
    before = rows.count()
    page.keyboard.press("e")
    expect(rows).to_have_count(before - 1)
    assert "الهويس" in chosen.inner_text()
    page.keyboard.press("o")
    arrive(page, "الهويس مغلق")
    page.keyboard.press("j")
    arrive(page, "Meldung")
    page.keyboard.press("k")
    arrive(page, "الهويس مغلق")
    page.keyboard.press("u")
    arrive(page, "Inbox")
    page.keyboard.press("?")
    page.get_by_role("dialog").wait_for()
    page.keyboard.press("Escape")
    page.keyboard.press("g")
    page.keyboard.press("d")
    arrive(page, "Dossiers")


@pytest.mark.parametrize("language", ["en", "de", "fr"])
def test_no_page_is_wider_than_a_phone(desk, open_page, language):
    page = open_page(**PHONE)
    sign_in(page, desk)
    page.goto("/desk/account/")
    page.locator(f"button[value={language}]").click()
    article = page.goto("/desk/") and page.locator("[data-open]").nth(1).get_attribute("href")
    for path in [*(f"/desk/{path}" for path in PAGES), article]:
        page.goto(path)
        assert page.evaluate("document.documentElement.scrollWidth") <= 390, path
        assert page.evaluate(TOO_SMALL) == [], path


def test_on_a_phone_a_selection_offers_to_be_clipped(desk, open_page):
    page = open_page(**PHONE)
    sign_in(page, desk)
    page.get_by_role("link", name="Schleuse bleibt zu").tap()
    arrive(page, "Schleuse bleibt zu")
    page.evaluate(SELECT, ["p3", "p3"])
    page.get_by_role("button", name="Clip this passage").tap()
    assert page.get_by_label("Passage").input_value() == "Die Mühle steht still."
    page.get_by_role("button", name="Clip this passage").wait_for(state="hidden")


def test_the_panel_beside_the_text_shows_what_is_selected(desk, open_page):
    page = open_page()
    sign_in(page, desk)
    page.get_by_role("link", name="Schleuse bleibt zu").click()
    arrive(page, "Schleuse bleibt zu")
    page.evaluate(SELECT, ["p3", "p3"])
    expect(page.get_by_label("Passage")).to_have_value("Die Mühle steht still.")
    page.get_by_label("Passage").fill("Die Mühle")
    assert page.get_by_label("Passage").input_value() == "Die Mühle"


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost"])
def test_an_archive_that_is_public_over_tls_lets_its_owner_in_on_the_machine_itself(chromium, public_desk, host):
    context = chromium.new_context(locale="en")
    page = context.new_page()
    page.goto(public_desk.link.replace("127.0.0.1", host))
    page.get_by_role("button", name="Go to the desk").click()
    arrive(page, "Inbox")
    assert [cookie["secure"] for cookie in context.cookies()] == [True] * len(context.cookies())
    context.close()


def test_each_way_of_clipping_has_its_own_hint(desk, open_page):
    for scripts, hint in ((True, "Select a passage"), (False, "Copy a passage")):
        page = open_page(java_script_enabled=scripts)
        if scripts:
            sign_in(page, desk)
            cookies = page.context.cookies()
        page.context.add_cookies(cookies)
        page.goto("/desk/")
        page.get_by_role("link", name="Schleuse bleibt zu").click()
        expect(page.locator("#clip .help:visible").first).to_contain_text(hint)
