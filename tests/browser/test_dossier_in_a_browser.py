"""A dossier is put in order by keyboard; what was done last is taken back with a key."""

import pytest
from playwright.sync_api import expect
from tests.browser.test_desk_in_a_browser import SELECT, arrive, sign_in

pytestmark = pytest.mark.browser


def test_a_clip_is_filed_pinned_and_put_into_the_timeline_by_keyboard(desk, open_page):
    page = open_page()
    sign_in(page, desk)
    page.get_by_role("link", name="Schleuse bleibt zu").click()
    arrive(page, "Schleuse bleibt zu")
    page.evaluate(SELECT, ["p1", "p1"])
    page.keyboard.press("c")
    page.get_by_label("Name of the new dossier").fill("Der Mühlbach")
    page.locator("#clip").get_by_role("button", name="Clip").click()
    page.goto(f"{desk.address}/desk/dossiers/der-muehlbach/sections/")
    page.get_by_label("Name (German)").fill("Ursachen")
    page.get_by_role("button", name="Add").click()
    arrive(page, "Ursachen")
    page.goto(f"{desk.address}/desk/dossiers/der-muehlbach/")
    arrive(page, "In no section")
    for key in ("j", "s", "ArrowDown", "Enter"):
        page.keyboard.press(key)
    arrive(page, "Ursachen")
    page.keyboard.press("p")
    arrive(page, "Key documents")
    row = page.locator("li.clip[aria-current]")
    expect(row.get_by_role("button", name="Unpin")).to_be_visible()
    page.keyboard.press("u")
    expect(page.get_by_role("heading", name="Key documents")).to_have_count(0)
    arrive(page, "Ursachen")
    page.keyboard.press("t")
    arrive(page, "A new event")
    assert page.get_by_label("What happened (German)").input_value() == "Schleuse bleibt zu"
    page.get_by_label("Date").fill("04.2026")
    page.get_by_role("button", name="Add").click()
    arrive(page, "Schleuse bleibt zu")
    assert page.locator("time[datetime='2026-04']").inner_text() == "April 2026"
