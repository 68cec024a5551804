"""Takes the README's screenshots of a running sample archive: `make screenshots`.

Usage: python tools/screenshots.py ADDRESS SIGN_IN_LINK FOLDER
"""

import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

CHROMIUM = "/usr/bin/chromium"
WIDE = {"width": 1280, "height": 800}
NARROW = {"width": 390, "height": 844}


def main(address, link, folder):
    """Take every picture."""
    out = Path(folder)
    out.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        page = browser.new_page(viewport=WIDE, locale="en-GB", timezone_id="Europe/Berlin")
        page.goto(link)
        page.locator("form button").first.click()
        page.goto(f"{address}/desk/")
        page.screenshot(path=out / "inbox.png")
        page.locator("main a[href*='/articles/']").first.click()
        page.screenshot(path=out / "desk.png")
        page.goto(f"{address}/desk/dossiers/sample-mirre-sluice/")
        page.screenshot(path=out / "desk-dossier.png")
        page.goto(f"{address}/sample-mirre-sluice/en/index.html")
        page.screenshot(path=out / "dossier.png")
        page.set_viewport_size(NARROW)
        page.screenshot(path=out / "dossier-narrow.png")
        page.goto(f"{address}/desk/")
        page.screenshot(path=out / "inbox-narrow.png")
        browser.close()


if __name__ == "__main__":
    main(*sys.argv[1:4])
