"""Several passages in one clip: by keys alone, on a phone, and without JavaScript; and how much is quoted."""

import pytest
from playwright.sync_api import expect
from tests.browser.test_desk_in_a_browser import PHONE, SELECT, arrive, sign_in

pytestmark = pytest.mark.browser

FIRST = "Die Schleuse blieb bis zum Abend „geschlossen“, sagte eine Sprecherin."
SECOND = "Der Bach führte kaum noch Wasser."
LAST = "Die Mühle steht still."
UNDER_THE_SHEET = """() => {
    const [range] = [...CSS.highlights.get("chosen")].slice(-1);
    return range.getBoundingClientRect().bottom > document.querySelector("#clip").getBoundingClientRect().top;
}"""


def opened(page, desk):
    sign_in(page, desk)
    page.get_by_role("link", name="Schleuse bleibt zu").click()
    arrive(page, "Schleuse bleibt zu")


def are_written(page, *passages):
    """The fields hold these: browsers tell of a selection a moment after it changed."""
    fields = page.locator("textarea[name=quote]")
    expect(fields).to_have_count(len(passages))
    for field, passage in zip(fields.all(), passages, strict=True):
        expect(field).to_have_value(passage)


def by_keys(page):
    """The last sentence first: the list keeps the order of the text."""
    keys = page.keyboard
    keys.press("b")
    are_written(page, LAST)
    keys.press("+")
    for _ in range(3):
        keys.press("b")
    are_written(page, SECOND, LAST)
    keys.press("W")
    are_written(page, SECOND.removesuffix("."), LAST)
    keys.press("w")
    expect(page.locator("#account-words")).to_contain_text(f"{len(SECOND) + len(LAST)} of 200")
    keys.press("Enter")
    expect(page.get_by_label("Dossier", exact=True)).to_be_focused()
    page.get_by_label("Name of the new dossier").fill("Der Mühlbach")
    keys.press("Control+Enter")
    page.locator("mark").first.wait_for()
    assert page.locator("mark").all_inner_texts() == [SECOND, LAST]
    assert f"{SECOND} […]" in page.locator("q").first.inner_text()


def by_touch(page):
    page.evaluate(SELECT, ["p1", "p1"])
    page.locator("[data-selection-bar] [data-add-passage]").tap()
    page.evaluate(SELECT, ["p3", "p3"])
    page.locator("[data-selection-bar] [data-clip]").tap()
    expect(page.locator("#clip")).to_have_class("panel clip-panel sheet")
    are_written(page, FIRST, LAST)
    assert not page.evaluate(UNDER_THE_SHEET)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.get_by_role("button", name="Remove this passage").first.tap()
    are_written(page, LAST)
    page.get_by_role("button", name="Cancel").tap()
    expect(page.locator("#clip")).not_to_have_class("panel clip-panel sheet")


def by_forms(page):
    page.get_by_label("Passage", exact=True).fill(LAST)
    page.get_by_role("button", name="Add a passage").click()
    page.get_by_label("Further passage").fill(FIRST)
    page.get_by_label("Dossier", exact=True).select_option("der-muehlbach")
    page.locator("#clip").get_by_role("button", name="Clip").click()
    assert page.locator("mark").all_inner_texts() == [FIRST, SECOND, LAST]


def test_several_passages_are_clipped_by_keys_by_touch_and_by_plain_forms(desk, open_window):
    page = open_window(desk)
    opened(page, desk)
    by_keys(page)
    phone = open_window(desk, **PHONE, storage_state=page.context.storage_state())
    phone.goto(page.url)
    by_touch(phone)
    plain = open_window(desk, java_script_enabled=False, storage_state=page.context.storage_state())
    plain.goto(page.url)
    by_forms(plain)
