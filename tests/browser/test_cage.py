"""A hostile captured page, looked at in Chromium: it reaches nobody, opens nothing and cannot leave its frame."""

import base64
import shutil
import socket
import sqlite3
import subprocess
import threading
from contextlib import closing

import pytest
from tests.browser.conftest import START_TIMEOUT_S, STEP_TIMEOUT_MS, chronik, free_port, served
from tests.browser.warc_files import warc

pytestmark = pytest.mark.browser

PROBES = """<!doctype html><html lang="de"><head><meta charset="utf-8"><title>Probe</title>
<base href="{c}/base/" target="_top"><link rel="preconnect" href="{c}"><LINK rel=dns-prefetch href="{c}">
<link rel="prefetch" href="{c}/1"><link rel="preload" as="image" href="{c}/2"><link rel="icon" href="{c}/3">
<link rel="modulepreload" href="{c}/4"><link rel="manifest" href="{c}/5"><link rel=stylesheet href="{c}/6">
<meta http-equiv="refresh" content="0;url={c}/7"><meta http-equiv="Content-Security-Policy" content="default-src *">
<style>@import url({c}/8); body {{ background: url({c}/9) }} @font-face {{ font-family: f; src: url({c}/10) }}
h1 {{ font-family: f; list-style: url({c}/11); color: rgb(1, 2, 3) }}</style>
<script src="{c}/12"></script><script>top.location = "{c}/13"; fetch("{c}/14"); document.title = "ran";
navigator.sendBeacon("{c}/15"); new WebSocket("{c}/16".replace("http", "ws")); open("{c}/17");
parent.document.body.innerHTML = "ran"; navigator.serviceWorker.register("/sw.js"); document.cookie = "a=b";
localStorage.a = 1; fetch("/desk/account/"); new RTCPeerConnection({{ iceServers: [{{ urls: "stun:127.0.0.1" }}] }});
alert(1);</script></head><body onload="alert(2)" background="{c}/18">
<h1>Die Schleuse bleibt zu, sagte die Sprecherin am Montag</h1><p>Der Bach führte kaum noch Wasser. Die Mühle steht.</p>
<img src="{c}/19" onerror="alert(3)"><img srcset="{c}/20 2x"><picture><source srcset="{c}/21"><img></picture>
<video src="{c}/22" poster="{c}/23" autoplay></video><audio src="{c}/24" autoplay></audio>
<iframe src="{c}/25"></iframe><iframe srcdoc="<script>alert(4)</script><img src={c}/26>"></iframe>
<object data="{c}/27"></object><embed src="{c}/28"><svg><image href="{c}/29" /><use href="{c}/30#a" />
<script>alert(5)</script></svg><input type="image" src="{c}/31"><noscript><img src="{c}/32">
<link rel="preconnect" href="{c}"></noscript><template><img src="{c}/33"></template>
<a id="self" href="{c}/34" ping="{c}/35">self</a> <a id="top" target="_top" href="{c}/36">top</a>
<a id="blank" target="_blank" href="{c}/37">blank</a> <a id="down" download href="data:text/plain,x">down</a>
<a id="js" href="javascript:alert(6)">js</a>
<form id="form" action="{c}/38" method="post" target="_top"><button id="send">send</button></form>
<img alt="kept" width="1" src="data:image/gif;base64,R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7">
</body></html>"""
GIF = "R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7"
DRAWING = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><script>alert(7)</script><image href="{c}/50"/></svg>'
)
STYLE = """@import url({c}/51); @import "b.css"; @font-face {{ font-family: g; src: url({c}/52) }}
body {{ background: url({c}/53); cursor: url({c}/54), auto; font-family: g }}
</style><link rel="preconnect" href="{c}"><script>alert(8)</script><img src="{c}/55"> -->"""
SITE = "https://talbote.example"
CLICKED = ("self", "top", "blank", "down", "js", "send")


class Canary:
    """Counts who connects."""

    def __init__(self):
        self.accepted = 0
        self._socket = socket.create_server(("127.0.0.1", 0))
        self.address = f"http://127.0.0.1:{self._socket.getsockname()[1]}"
        threading.Thread(target=self._listen, daemon=True).start()

    def _listen(self):
        while True:
            try:
                connection, _ = self._socket.accept()
            except OSError:
                return
            self.accepted += 1
            connection.close()

    def close(self):
        self._socket.close()


@pytest.fixture(scope="module")
def canary():
    canary = Canary()
    yield canary
    canary.close()


def crawled(canary):
    """The same page as a crawler keeps it: with its picture and style sheets beside it, as hostile as the page."""
    page = PROBES.replace("color: rgb(1, 2, 3)", "").replace(f"data:image/gif;base64,{GIF}", f"{SITE}/kept.gif")
    page = page.replace("</head>", f'<link rel=stylesheet href="{SITE}/a.css"></head>')
    page = page.replace("</body>", f'<img alt="drawn" src="{canary.address}/drawn.png"></body>')
    at = "2026-05-04T10:00:0{}Z".format
    return warc(
        (f"{SITE}/crawled.html", at(1), "text/html; charset=utf-8", page.format(c=canary.address)),
        (f"{SITE}/a.css", at(2), "text/css", STYLE.format(c=canary.address)),
        (f"{SITE}/b.css", at(3), "text/css", "h1 { color: rgb(1, 2, 3) }"),
        (f"{SITE}/kept.gif", at(4), "image/gif", base64.b64decode(GIF)),
        (f"{canary.address}/drawn.png", at(5), "image/png", DRAWING.format(c=canary.address)),
    )


@pytest.fixture(scope="module")
def archive(filled_archive, tmp_path_factory, environment, canary):
    """The hostile page is taken in, alone and as a crawler kept it; folder and ids of its captures."""
    place = tmp_path_factory.mktemp("caged")
    folder = shutil.copytree(filled_archive, place / "archive")
    page, crawl = place / "probe.html", place / "crawl.warc"
    page.write_text(PROBES.format(c=canary.address))
    crawl.write_bytes(crawled(canary))
    command = chronik(folder, "import", str(page), str(crawl))
    # It is kept and not read: it only leads on to another page.
    subprocess.run(command, env=environment, check=False, capture_output=True, timeout=START_TIMEOUT_S)
    with closing(sqlite3.connect(folder / "chronik.sqlite3")) as database:
        query = "SELECT id FROM catalogue_capturerow WHERE media_type = 'text/html' ORDER BY url LIKE 'https:%'"
        alone, whole = (row[0] for row in database.execute(query).fetchall())
        return folder, {"alone": alone, "whole": whole}


def look(chromium, desk, captures, canary):
    """Open each captured page at the desk, click everything in it, and say what came of it."""
    context = chromium.new_context()
    context.set_default_timeout(STEP_TIMEOUT_MS)
    page = context.new_page()
    seen = {"dialogs": [], "downloads": [], "asked": []}
    page.on("dialog", lambda dialog: (seen["dialogs"].append(dialog.message), dialog.dismiss()))
    page.on("download", lambda download: seen["downloads"].append(download.url))
    context.on("request", lambda request: seen["asked"].append(request.url))
    page.goto(desk.link)
    page.get_by_role("button", name="Go to the desk").click()
    for capture in captures.values():
        press_all(page, f"{desk.address}/desk/captures/{capture}/")
    assert page.frame_locator("iframe.caged").get_by_alt_text("drawn").evaluate("image => image.naturalWidth") == 0
    cookies = {cookie["domain"] for cookie in context.cookies()}
    context.close()
    assert (seen["dialogs"], seen["downloads"], canary.accepted) == ([], [], 0)
    assert cookies == {"localhost"}
    return seen["asked"]


def press_all(page, own):
    """Press everything that can be pressed in a captured page, which stays where it is."""
    page.goto(own)
    frame = page.frame_locator("iframe.caged")
    heading = frame.get_by_role("heading", name="Die Schleuse bleibt zu")
    assert heading.evaluate("node => getComputedStyle(node).color") == "rgb(1, 2, 3)"
    assert frame.get_by_alt_text("kept").evaluate("image => image.naturalWidth") == 1
    for name in CLICKED:
        frame.locator(f"#{name}").click(force=True)
        page.wait_for_timeout(150)
        assert heading.is_visible()
        assert page.url == own
        assert len(page.context.pages) == 1
    assert page.title().startswith("The page as captured")


@pytest.mark.parametrize("apart", [False, True])
def test_a_hostile_page_does_nothing(chromium, archive, environment, canary, apart):
    folder, captures = archive
    port = str(free_port())
    origin = {"CHRONIK_REPLAY_ORIGIN": f"http://replay.localhost:{port}"} if apart else {}
    with served(folder, environment | origin, "--port", port, "--sign-in") as desk:
        asked = look(chromium, desk, captures, canary)
    hosts = {address.split("/")[2] for address in asked if not address.startswith(("data:", canary.address))}
    assert hosts == {f"localhost:{port}", *([f"replay.localhost:{port}"] if apart else [])}
