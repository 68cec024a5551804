"""Every page, at the desk and in public, in each language, in light and in dark: no rule of WCAG 2.2 AA is broken.

Links are followed from the inbox and the readers' list on; what no link leads to is named here. A page of the desk that
nobody came to fails the test as well.
"""

import base64
import re
import shutil
import subprocess
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import axe_playwright_python
import pytest
from django.urls import Resolver404, resolve
from tests.browser.conftest import START_TIMEOUT_S, STEP_TIMEOUT_MS, chronik, served
from tests.browser.stories import REPORTS
from tests.browser.warc_files import warc
from tests.desk.test_desk_addresses import FILES, FORMS, PAGES

from chronik.desk import one_time_codes

pytestmark = pytest.mark.browser

AXE = Path(axe_playwright_python.__file__).with_name("axe.min.js").read_text(encoding="utf-8")
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
COLOUR_RULES = ["color-contrast", "link-in-text-block"]
BROKEN = """async ([type, values]) => {
    const asked = {runOnly: {type, values}, resultTypes: ["violations"]};
    const found = await axe.run(document, asked);
    return found.violations.map((one) => `${one.id}: ${one.nodes[0].html.slice(0, 200)}`);
}"""
LINKS = "links => links.map((link) => new URL(link.getAttribute('href'), location.href).href)"
SEND = """selector => {
    const form = document.querySelector(selector);
    form.noValidate = true;
    form.requestSubmit(form.querySelector("button:not([type=button])"));
}"""
LANGUAGES = {"en": ("light", "dark"), "de": ("light", "dark"), "fr": ("dark", "light")}
"""Language → colours in which its pages are looked at, in the first of them by every rule. In the first language links
are followed."""
PASSWORD = "Die-Mirre-fliesst-seit-2019"
CLIPPED = ((3, "Nobody was hurt"), (0, "Die Ursache ist noch unklar"))
ARTICLE = (
    "<!doctype html><html lang=de><head><title>{title}</title><link rel=stylesheet href=/a.css></head><body><article>"
    "<h1>{title}</h1><p>Die Schleuse von Orvenne bleibt nach dem Bruch bis zum Herbst geschlossen.</p><p>{more}</p>"
    "<p>Die Anwohner wurden am Abend in der Schule über die nächsten Schritte unterrichtet.</p></article></body></html>"
)
PRESS_PAGE = (
    "Archiv: Hafenstreit 2019-2021\n\n12.04.2021 - 23:53 [ Talbote ]\n\nHafen zu\n\nEin Satz.\n\n"
    "45.13.2020 - 99:05 [ X ]\n\nY\n\nZ.\n"
)
"""Its second entry has no day."""
BEGINNINGS = ("/desk/", "/", "/desk/saved/", "/desk/dossiers/orvenne/", "/desk/dossiers/hafenstreit-2019-2021/")
"""The last one is of a press page of which something could not be read."""
NOWHERE = ("/desk/nowhere/", "/desk/articles/none/", "/nowhere/")
EMPTY = (
    "/desk/?words=Zuckerwatte",
    "/desk/?show=starred",
    "/desk/?show=done",
    "/desk/search/?q=Zuckerwatte",
    "/desk/dossiers/orvenne/suggestions/?show=accepted",
    "/desk/dossiers/orvenne/suggestions/?show=refused",
    "/desk/takedown/?name=nothing",
    "/desk/clip-page/?url=https%3A%2F%2Ftalbote.example%2Fa&title=A&quote=B",
)
REFUSED = (
    ("/desk/new-dossier/", "main form[method=post]"),
    ("/desk/account/", "form[action$='/password/']"),
    ("/desk/account/second-factor/", "main form[method=post]"),
    ("/desk/clipper/", "form[action$='/token/']"),
    ("/desk/names/", "main form[method=post]"),
    ("/desk/feeds/", "main form[method=post]"),
    ("/desk/dossiers/orvenne/sides/", "main form[method=post]:last-of-type"),
)
"""Forms that are sent with nothing in them."""
BARE = ("", "search/", "dossiers/", "feeds/", "sources/", "names/", "altered/", "witnesses/", "people/", "saved/")


@pytest.fixture(scope="module")
def archive(story_archive, tmp_path_factory, environment):
    """Something in it is clipped and published; a page of it has two versions; an entry of it could not be read."""
    folder = shutil.copytree(story_archive, tmp_path_factory.mktemp("published") / "archive")
    first, later = (
        (
            "https://talbote.example/wehr.html",
            f"2026-05-0{day}T10:00:00Z",
            "text/html",
            ARTICLE.format(title=title, more=more),
        )
        for day, title, more in (
            (5, "Wehr gesperrt", "Niemand weiß, warum."),
            (7, "Wehr bleibt gesperrt", "Es war ein Riss."),
        )
    )
    folder.with_name("pages.warc").write_bytes(warc(first, later))
    folder.with_name("hafen.txt").write_text(PRESS_PAGE)
    taking_in = chronik(folder, "import", str(folder.with_name("pages.warc")), str(folder.with_name("hafen.txt")))
    # What could not be read of the press page is no success.
    subprocess.run(taking_in, env=environment, check=False, capture_output=True, timeout=START_TIMEOUT_S)
    commands = [
        *(
            chronik(folder, "clip", REPORTS[number]["url"], "--dossier", "orvenne", "--quote", quote)
            for number, quote in CLIPPED
        ),
        chronik(folder, "dossier", "event", "add", "orvenne", "--begins", "2026-05-04", "--label", "en=It breaks"),
        chronik(folder, "publish", "orvenne"),
    ]
    for command in commands:
        subprocess.run(command, env=environment, check=True, capture_output=True, timeout=START_TIMEOUT_S)
    return folder


class Looking:
    """A window that is looked at in one language after the other."""

    def __init__(self, chromium, address):
        self.context = chromium.new_context(base_url=address, locale="en", bypass_csp=True, accept_downloads=False)
        self.context.set_default_timeout(STEP_TIMEOUT_MS)
        self.page = self.context.new_page()
        self.speak(next(iter(LANGUAGES)))
        self.address, self.seen, self.broken = address, set(), []

    def speak(self, language):
        self.colours = LANGUAGES[language]
        self.page.set_extra_http_headers({"Accept-Language": language})

    def go(self, address):
        """Open a page; whether it is one of HTML."""
        answer = self.page.goto(address)
        return answer is not None and "html" in answer.headers.get("content-type", "")

    def judge(self):
        """Note what is broken on the page that is open: every rule, and in other colours those of colour."""
        self.seen.add(self.page.url.removeprefix(self.address))
        self.page.evaluate(AXE)
        for number, colours in enumerate(self.colours):
            self.page.emulate_media(color_scheme=colours)
            asked = ["rule", COLOUR_RULES] if number else ["tag", RULES]
            self.broken += [f"{self.page.url} ({colours}): {rule}" for rule in self.page.evaluate(BROKEN, asked)]

    def look(self, address):
        if self.go(address):
            self.judge()

    def send(self, form):
        """Send a form with what is in it."""
        with self.page.expect_navigation():
            self.page.evaluate(SEND, form)

    def links(self):
        found = self.page.eval_on_selector_all("a[href]:not([download])", LINKS)
        own = [link.removeprefix(self.address) for link in found if link.startswith(f"{self.address}/")]
        return [link for link in own if not link.startswith("/static/")]


def name_of(address):
    """The name of an address, or nothing where it has none."""
    try:
        return resolve(re.split("[?#]", address)[0]).view_name
    except Resolver404:
        return ""


def kind(address):
    """What is the same for pages of one kind: at the desk their name, in public their address without its numbers."""
    name = name_of(address) if address.startswith("/desk/") else ""
    return name or re.sub(r"[0-9a-f]{16,}|\d+", "*", re.split("[?#]", address)[0])


def crawl(looking):
    """Look at a page of each kind that links lead to, from a few pages on; the addresses that were looked at."""
    ahead, kinds, found = [*captured(looking), *BEGINNINGS], set(), []
    while ahead:
        address = ahead.pop(0)
        if address in found or (kind(address) in kinds and address not in BEGINNINGS):
            continue
        kinds.add(kind(address))
        if looking.go(address):
            looking.judge()
            found.append(address)
            ahead += looking.links()
    return found


def captured(looking):
    """The article that rests on captures, and the pages that only such an article leads to."""
    looking.go("/desk/search/?q=Wehr")
    looking.go(looking.page.locator(".hits [data-open]").first.get_attribute("href"))
    return [link for link in looking.links() if re.search("/captures/|/changes/", link)]


def save_a_view(looking):
    """So that there is one to look at."""
    looking.go("/desk/?language=de")
    form = "form[action$='/saved/save/']"
    looking.page.eval_on_selector(f"{form} input[name=name]", "field => { field.value = 'German'; }")
    looking.send(form)


def enter(looking, link):
    looking.page.goto(link)
    looking.judge()
    looking.page.locator("main form button.main").first.click()
    looking.page.wait_for_url("**/desk/")


def in_each_language(looking, again):
    """Look at what `again` opens, in each language."""
    for language in LANGUAGES:
        looking.speak(language)
        again()
        looking.judge()


def invited(looking):
    """The link of a fresh invitation."""
    looking.speak("en")
    looking.page.goto("/desk/people/")
    looking.page.get_by_role("button", name="Make an invitation").click()
    looking.judge()
    return looking.page.locator("#link").input_value()


def join(looking, link):
    """Look at an invitation, take it, have a second factor, and come to the page that asks for the code."""
    page = looking.page
    in_each_language(looking, lambda: page.goto(link))
    page.locator("input[name=username]").fill("berta")
    for name in ("password1", "password2"):
        page.locator(f"input[name={name}]").fill(PASSWORD)
    page.locator("main form button.main").first.click()
    page.wait_for_url("**/desk/")
    page.goto("/desk/account/second-factor/")
    key = base64.b32decode(page.locator("code[dir=ltr]").inner_text().replace(" ", ""))
    page.locator("input[name=code]").fill(one_time_codes.code_at(datetime.now(UTC), key=key))
    page.locator("main form button.main").click()
    page.wait_for_load_state()
    in_each_language(looking, lambda: page.goto("/desk/account/second-factor/"))
    looking.context.clear_cookies()
    in_each_language(looking, lambda: page.goto("/desk/sign-in/"))
    looking.send("main form[method=post]")
    looking.judge()
    page.locator("input[name=username]").fill("berta")
    page.locator("input[name=password]").fill(PASSWORD)
    page.locator("main form button.main").first.click()
    page.wait_for_url("**/code/")
    in_each_language(looking, page.reload)


@contextmanager
def looking_at(chromium, address):
    looking = Looking(chromium, address)
    yield looking
    looking.context.close()


def named(addresses):
    """Names of the desk's addresses among these."""
    return set(map(name_of, addresses))


def test_no_rule_is_broken_on_any_page(chromium, archive, environment):
    with served(archive, environment, "--sign-in") as desk, looking_at(chromium, desk.address) as editor:
        enter(editor, desk.link)
        save_a_view(editor)
        unlinked = [*EMPTY, *NOWHERE, desk.link]
        linked = crawl(editor)
        for number, language in enumerate(LANGUAGES):
            editor.speak(language)
            for address in unlinked if number == 0 else [*linked, *unlinked]:
                editor.look(address)
            for address, form in REFUSED:
                editor.go(address)
                editor.send(form)
                editor.judge()
        link = invited(editor)
        with looking_at(chromium, desk.address) as other:
            join(other, link)
    assert editor.broken + other.broken == []
    assert (PAGES | FORMS) - FILES - named(editor.seen | other.seen) == set()


def test_no_rule_is_broken_where_there_is_nothing_yet(chromium, tmp_path, environment):
    folder = tmp_path / "archive"
    command = [*chronik(folder, "init")[:3], "init", str(folder)]
    subprocess.run(command, env=environment, check=True, capture_output=True, timeout=START_TIMEOUT_S)
    with served(folder, environment) as desk, looking_at(chromium, desk.address) as editor:
        enter(editor, desk.link)
        for language in LANGUAGES:
            editor.speak(language)
            for address in ["/", *(f"/desk/{page}" for page in BARE)]:
                editor.look(address)
    assert editor.broken == []
