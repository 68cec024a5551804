"""Takes the README's pictures: makes a sample archive in a temporary folder, serves it, and looks at it.

Usage: python tools/screenshots.py FOLDER
"""

import re
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from playwright.sync_api import sync_playwright

CHROMIUM = "/usr/bin/chromium"
PORT = 8479
ADDRESS = f"http://localhost:{PORT}"
DOSSIER = "sample-mirre-sluice"
WAIT_S = 90
OVERVIEW_UNTIL = "2025-12-31"
"""One report of the sample is of a year later: without it there is a chart by day."""
PAGES = {
    "desk-dossier": f"desk/dossiers/{DOSSIER}/",
    "overview": f"desk/dossiers/{DOSSIER}/overview/?until={OVERVIEW_UNTIL}",
    "people": "desk/people/",
    "dossier": f"{DOSSIER}/en/index.html",
}
"""Picture → what it shows."""
WIDE = {"width": 1280, "height": 800}
NARROW = {"width": 390, "height": 844}
PROGRAM = [sys.executable, "-m", "chronik"]


def main(folder):
    """Take every picture."""
    out = Path(folder)
    out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as temporary:
        archive = Path(temporary) / "archive"
        subprocess.run([*PROGRAM, "init", "--sample", str(archive)], check=True)
        command = [*PROGRAM, "--archive", str(archive), "up", "--port", str(PORT)]
        served = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
        try:
            link = sign_in_link(served)
            wait_for(archive / "site" / DOSSIER / "index.html")
            take(link, out)
        finally:
            served.terminate()
            served.wait()


def sign_in_link(served):
    """The link that the program prints when it starts."""
    for line in served.stdout:
        if found := re.search(r"http\S+/desk/enter/\S+", line):
            return found.group()
    raise SystemExit("The program ended before it printed a sign-in link.")


def wait_for(path):
    """Until the worker has published the sample's dossier."""
    for _ in range(WAIT_S):
        if path.is_file():
            return
        time.sleep(1)
    raise SystemExit("The sample's dossier was not published in time.")


def take(link, out):
    """Sign in and photograph the pages, wide and narrow."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        page = browser.new_page(viewport=WIDE, locale="en-GB", timezone_id="Europe/Berlin")
        page.goto(link)
        page.locator("form button").first.click()
        page.wait_for_url("**/desk/")
        hide_what_is_for_beginners(page)
        page.screenshot(path=out / "inbox.png")
        choose_a_passage(page)
        page.screenshot(path=out / "clipping.png")
        for name, address in PAGES.items():
            page.goto(f"{ADDRESS}/{address}")
            page.wait_for_load_state("networkidle")
            page.screenshot(path=out / f"{name}.png")
        page.set_viewport_size(NARROW)
        page.goto(f"{ADDRESS}/{PAGES['dossier']}")
        page.screenshot(path=out / "dossier-narrow.png")
        browser.close()


def hide_what_is_for_beginners(page):
    """The first four steps: an archive that is at work shows none."""
    page.locator(".tour button").click()
    page.wait_for_load_state("networkidle")
    page.keyboard.press("j")


def choose_a_passage(page):
    """Open a report of the inbox and choose a sentence of it, with the keys of the desk."""
    page.keyboard.press("o")
    page.locator("[data-selectable]").wait_for()
    page.wait_for_load_state("networkidle")
    page.keyboard.press("n")
    page.keyboard.press("n")
    page.keyboard.press("c")


if __name__ == "__main__":
    main(sys.argv[1])
