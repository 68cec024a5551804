"""The extension in Chromium: a page behind a login arrives at the desk as its reader sees it, and no more."""

import gzip
import json
import re
import shutil
import subprocess
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from tests.browser.conftest import CHROMIUM, STEP_TIMEOUT_MS, chronik
from tools import extension

pytestmark = pytest.mark.browser

SECRETS = [
    "geheim-im-feld",
    "geheim-versteckt",
    "geheim-attribut",
    "geheim-meta",
    "geheim-keks",
    "geheim-link",
    "getippt",
]
PAGE = """<!doctype html><html lang="de"><head><meta charset="utf-8"><title>Schleuse zu - Talbote</title>
<meta name="csrf-token" content="geheim-meta"><link rel="canonical" href="/schleuse.html">
<style>article { color: rgb(1, 2, 3); background: url(/tracker.png) } </style>
<script>
  addEventListener("DOMContentLoaded", () => {
    const late = document.querySelector("#late");
    late.textContent = "Der Bach führte kaum noch Wasser, und die Anwohner warteten seit Tagen.";
    document.querySelector("[name=login]").value = "getippt";
  });
</script></head><body data-token="geheim-attribut" onload="window.loaded = 1">
<nav><a href="/out?sessionid=geheim-link&x=1">Abmelden</a></nav>
<article><h1>Schleuse bleibt geschlossen</h1><p>Nur für angemeldete Leser: Die Schleuse bleibt bis zum Herbst zu.</p>
<p id="chosen">„Wir warten auf das Amt“, sagte eine Sprecherin der Gemeinde am Abend vor der Mühle.</p><p id="late"></p>
<img src="/bild.png" alt="Schleuse" width="64" height="64"></article>
<form><input name="childNodes"><input name="attributes"><img name="images"><img name="body"></form>
<form><input name="login"><input type="password" value="geheim-im-feld"><input type="hidden" value="geheim-versteckt">
<textarea>getippt</textarea></form></body></html>"""
SELECT = """() => {
    const range = document.createRange();
    range.selectNodeContents(document.querySelector("#chosen"));
    getSelection().removeAllRanges();
    getSelection().addRange(range);
}"""


HOSTILE = """<!doctype html><title>T</title><style>p::after { content: "</sty" } a { background: url(/tracker) }</style>
<svg/onload=alert(1)><svg><set attributeName=href to=javascript:alert(1) />
<a xlink:href="javascript:alert(1)">x</a></svg>
<math><mtext><table><mglyph><style><!--</style><img title="--&gt;&lt;img src=1 onerror=alert(1)&gt;">
<a href="java&#10;script:alert(1)">x</a><a href="data:text/html,<script>alert(1)</script>">d</a>
<p title='"><script>alert(1)</script>' onclick=alert(1) data-session=GEHEIM>t</p>
<noscript><p title="</noscript><img src=x onerror=alert(1)>"></noscript><xmp><img src=x onerror=alert(1)></xmp>
<iframe srcdoc="<script>alert(1)</script>"></iframe><object data=x></object><embed src=x>
<meta http-equiv=refresh content="99999;url=https://boese.example"><meta name=csrf-token content=GEHEIM>
<select><option>GEHEIM</select><button value=GEHEIM>Knopf</button><div contenteditable>GEHEIM<p>GEHEIM</p></div>
<template>GEHEIM</template><textarea>GEHEIM</textarea><a href="//u:GEHEIM@a.example/">m</a>
<a href="?PHPSESSID=GEHEIM">o</a><a href="/y#access_token=GEHEIM">n</a>
<script type="application/ld+json">{"a": "</p><!--"}</script><x-a">odd</x-a">
<form><input name=childNodes><input name=localName value=GEHEIM></form><div id=host></div>"""
ACTIVE = """(page) => [...new DOMParser().parseFromString(page, "text/html").querySelectorAll("*")].filter((one) =>
    one.matches("script, iframe, object, embed, base, input, textarea, select, set, noscript, meta[http-equiv]")
    || [...one.attributes].some(({ name, value }) => /^on|^data-/i.test(name) || /^(javascript|data):/i.test(value)))
    .map((one) => one.outerHTML)"""


class Newspaper(BaseHTTPRequestHandler):
    """Shows its page to who has its cookie."""

    def do_GET(self):
        signed_in = "sitzung=geheim-keks" in self.headers.get("Cookie", "")
        picture = self.path == "/bild.png"
        body = PAGE.encode() if signed_in else b"<p>Bitte anmelden.</p>"
        self.send_response(200)
        self.send_header("Content-Type", "image/png" if picture else "text/html; charset=utf-8")
        self.end_headers()
        self.wfile.write((extension.FOLDER / "icon.png").read_bytes() if picture else body)

    def log_message(self, *_):
        """Nothing."""


@pytest.fixture
def newspaper():
    server = ThreadingHTTPServer(("127.0.0.1", 0), Newspaper)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


@pytest.fixture
def browser(tmp_path, chromium):
    """Chromium with the extension, which may see the loopback: nobody is there to press the browser's own buttons."""
    from playwright.sync_api import Error

    folder = tmp_path / "extension"
    shutil.copytree(extension.FOLDER, folder)
    manifest = json.loads((folder / "manifest.json").read_text())
    manifest["host_permissions"] = ["http://127.0.0.1/*", "http://localhost/*"]
    (folder / "manifest.json").write_text(json.dumps(manifest))
    options = ["--no-sandbox", "--disable-gpu", f"--disable-extensions-except={folder}", f"--load-extension={folder}"]
    context = chromium.browser_type.launch_persistent_context(
        tmp_path / "profile",
        executable_path=CHROMIUM,
        headless=False,
        args=["--headless=new", *options],
        locale="en",
    )
    context.set_default_timeout(STEP_TIMEOUT_MS)
    try:
        workers = context.service_workers or [context.wait_for_event("serviceworker")]
    except Error as error:
        context.close()
        pytest.skip(f"this Chromium loads no unpacked extension: {error}")
    yield context, re.match(r"chrome-extension://\w+", workers[0].url)[0]
    context.close()


def test_a_page_is_sent_as_its_reader_sees_it_and_opens_at_the_desk(desk, environment, browser, newspaper):
    context, own = browser
    made = subprocess.run(
        chronik(desk.folder, "token", "make", "Chromium", "--for", "editor", "--json"),
        env=environment,
        check=True,
        capture_output=True,
    )
    token = json.loads(made.stdout)["token"]
    context.add_cookies([{"name": "sitzung", "value": "geheim-keks", "url": newspaper}])
    at_desk = context.new_page()
    at_desk.goto(desk.link)
    at_desk.get_by_role("button", name="Go to the desk").click()
    settings = context.new_page()
    settings.goto(f"{own}/options.html")
    settings.get_by_label("Address of the archive").fill(desk.address)
    settings.get_by_label("Token").fill(token)
    settings.get_by_role("button", name="Try and save").click()
    settings.get_by_text("Saved: the archive knows the token.").wait_for()
    page = context.new_page()
    page.goto(f"{newspaper}/schleuse.html?a=1#oben")
    page.evaluate(SELECT)
    with context.expect_page() as opened:
        found = settings.evaluate(
            """async (url) => {
                const [tab] = await chrome.tabs.query({ url: `${url}/*` });
                return chrome.runtime.sendMessage({ act: "send", tab: tab.id });
            }""",
            newspaper,
        )
    assert found["state"] == "kept"
    article = opened.value
    article.get_by_role("heading", name="Schleuse bleibt geschlossen").wait_for()
    assert article.get_by_label("Passage").input_value().startswith("„Wir warten auf das Amt“, sagte")
    text = article.locator("[data-selectable]").inner_text()
    assert "Nur für angemeldete Leser" in text
    assert "Der Bach führte kaum noch Wasser" in text
    kept = (desk.folder / "vault").glob("*.warc.gz")
    sent = "".join(gzip.decompress(file.read_bytes()).decode(errors="replace") for file in kept)
    assert f"{newspaper}/schleuse.html?a=1\r\n" in sent
    assert "color: rgb(1, 2, 3)" in sent
    assert re.search(r'<img alt="Schleuse"[^>]* src="data:image/png;base64,[^"]+" data-src="[^"]*/bild.png">', sent)
    assert [word for word in [*SECRETS, "<script", "onload", "tracker", token] if word in sent] == []
    assert "sent by a browser: Chronik Clipper" in sent


def test_what_acts_or_is_secret_is_not_written_down(chromium):
    page = chromium.new_page()
    page.add_init_script("window.alert = () => null")
    page.route("**/*", lambda route: route.fulfill(content_type="text/html; charset=utf-8", body=HOSTILE))
    page.goto("http://talbote.invalid/a?sid=GEHEIM&id=5#access_token=GEHEIM")
    page.evaluate(
        "document.querySelector('#host').attachShadow({mode: 'open'}).innerHTML = '<b>tief</b><input value=GEHEIM>'"
    )
    sent = page.evaluate("(source) => eval(source)", (extension.FOLDER / "page.js").read_text(encoding="utf-8"))
    assert sent["url"] == "http://talbote.invalid/a?id=5"
    assert "GEHEIM" not in json.dumps(sent)
    assert '<template shadowrootmode="open"><b>tief</b></template>' in sent["page"]
    assert page.evaluate(ACTIVE, sent["page"]) == []
    page.close()
