"""Every page that links lead to, at the desk and in public: no rule of WCAG 2.2 AA that axe-core knows is broken."""

import re
import shutil
import subprocess
from pathlib import Path

import axe_playwright_python
import pytest
from tests.browser.conftest import START_TIMEOUT_S, STEP_TIMEOUT_MS, chronik, served
from tests.browser.stories import REPORTS

pytestmark = pytest.mark.browser

AXE = Path(axe_playwright_python.__file__).with_name("axe.min.js")
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
BROKEN = """async (rules) => {
    const found = await axe.run(document, {runOnly: {type: "tag", values: rules}});
    return found.violations.map((one) => `${one.id}: ${one.nodes[0].html.slice(0, 200)}`);
}"""
LINKS = "links => links.map((link) => new URL(link.getAttribute('href'), location.href).href)"
PAGES_MIN = 25
CLIPPED = ((3, "Nobody was hurt"), (0, "Die Ursache ist noch unklar"))


@pytest.fixture(scope="module")
def archive(story_archive, tmp_path_factory, environment):
    """Something in it is clipped and published."""
    folder = shutil.copytree(story_archive, tmp_path_factory.mktemp("published") / "archive")
    commands = [
        *(
            chronik(folder, "clip", REPORTS[number]["url"], "--dossier", "orvenne", "--quote", quote)
            for number, quote in CLIPPED
        ),
        chronik(folder, "publish", "orvenne"),
    ]
    for command in commands:
        subprocess.run(command, env=environment, check=True, capture_output=True, timeout=START_TIMEOUT_S)
    return folder


def kind(address):
    """What is the same for pages of one kind."""
    return re.sub(r"[0-9a-f]{16,}|\d+", "*", re.split("[?#]", address)[0])


def pages(page, root):
    """Go to one page of each kind that links lead to, from the inbox and the list of dossiers on."""
    ahead, seen = ["/desk/", "/"], set()
    while ahead:
        address = ahead.pop(0)
        if kind(address) in seen:
            continue
        seen.add(kind(address))
        answer = page.goto(address)
        if answer and "html" in answer.headers.get("content-type", ""):
            yield address
            links = page.eval_on_selector_all("a[href]:not([download])", LINKS)
            own = [link.removeprefix(root) for link in links if link.startswith(f"{root}/")]
            ahead += [link for link in own if not link.startswith("/static/")]


@pytest.mark.parametrize(("language", "colours"), [("de", "light"), ("fr", "dark")])
def test_no_rule_is_broken_on_any_page(chromium, archive, environment, language, colours):
    with served(archive, environment, "--sign-in") as desk:
        context = chromium.new_context(
            base_url=desk.address, locale=language, color_scheme=colours, bypass_csp=True, accept_downloads=False
        )
        context.set_default_timeout(STEP_TIMEOUT_MS)
        page = context.new_page()
        page.goto(desk.link)
        page.get_by_role("button").last.click()
        page.wait_for_url("**/desk/")
        broken, looked_at = [], 0
        for address in pages(page, desk.address):
            page.add_script_tag(path=AXE)
            broken += [f"{address}: {rule}" for rule in page.evaluate(BROKEN, RULES)]
            looked_at += 1
        context.close()
    assert broken == []
    assert looked_at >= PAGES_MIN
