"""A place on the loopback that serves the viewer and packages, by ranges, and a look at it through Chromium."""

import re
import threading
from contextlib import contextmanager
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import quote, urlsplit

from tests.replay import needs

REPLAY_TIMEOUT_MS = 20_000
LOOK_EVERY_MS = 200
KINDS = {".html": "text/html", ".js": "text/javascript", ".wacz": "application/wacz+zip"}
SPACE = re.compile(r"\s+")


class _Place(BaseHTTPRequestHandler):
    """Serves files by name, whole or by one range."""

    protocol_version = "HTTP/1.1"

    def __init__(self, files, asked, *arguments):
        self._files, self._asked = files, asked
        super().__init__(*arguments)

    def do_GET(self):
        """Answer with a file or a part of it."""
        name = urlsplit(self.path).path.lstrip("/")
        path = self._files.get(name)
        self._asked.append((name, self.headers.get("Range", "")))
        if path is None:
            self._answer(404, b"", "text/plain")
            return
        size = path.stat().st_size
        wanted = re.fullmatch(r"bytes=(\d*)-(\d*)", self.headers.get("Range", ""))
        first, last = _ends(wanted, size) if wanted else (0, size - 1)
        with path.open("rb") as file:
            file.seek(first)
            data = file.read(last - first + 1)
        extra = {"Content-Range": f"bytes {first}-{last}/{size}"} if wanted else {}
        self._answer(206 if wanted else 200, data, KINDS[path.suffix], **extra)

    def do_HEAD(self):
        """The same without what it holds."""
        self.do_GET()

    def _answer(self, status, data, kind, **extra):
        self.send_response(status)
        for name, value in {
            "Content-Type": kind,
            "Content-Length": len(data),
            "Accept-Ranges": "bytes",
            **extra,
        }.items():
            self.send_header(name, str(value))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(data)

    def log_message(self, *_):
        """Say nothing."""


def _ends(wanted, size):
    first, last = wanted.groups()
    if not first:
        return max(0, size - int(last)), size - 1
    return int(first), min(int(last or size - 1), size - 1)


@contextmanager
def served(files):
    """Its address, and a list of what was asked of it: name and range."""
    asked = []
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(_Place, files, asked)) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}", asked
        server.shutdown()


def viewer_files(folder):
    """The viewer's own files, by the names under which they are served."""
    return {name: folder / name for name in needs.WANTED}


class Look:
    """A window of Chromium that reaches nothing but one address, and counts what it tried."""

    def __init__(self, chromium, address):
        self._address = address
        self.elsewhere = []
        self.context = chromium.new_context(viewport={"width": 1280, "height": 900})
        self.context.set_default_timeout(REPLAY_TIMEOUT_MS)
        self.context.route(lambda url: not url.startswith(address), self._refused)
        self.page = self.context.new_page()

    def _refused(self, route):
        self.elsewhere.append(route.request.url)
        route.abort()

    def shows(self, name, *, url, moment, passage):
        """Open a page of a package; whether the passage stands in its replay."""
        self.page.goto("about:blank")
        timestamp = re.sub(r"\D", "", moment)[:14]
        place = f"view=resource&url={quote(url, safe='')}&ts={timestamp}"
        self.page.goto(f"{self._address}/index.html?source={quote(f'/{name}')}#{place}")
        wanted = plain(passage)
        for _ in range(REPLAY_TIMEOUT_MS // LOOK_EVERY_MS):
            if any("mp_/" in frame.url and wanted in plain(_text(frame)) for frame in self.page.frames):
                return True
            self.page.wait_for_timeout(LOOK_EVERY_MS)
        return False


def _text(frame):
    try:
        return frame.evaluate("document.body ? document.body.textContent : ''")
    except Exception:  # noqa: BLE001 - the frame went away while it was looked at; the next look tells
        return ""


def plain(text):
    """A text without its line breaks."""
    return SPACE.sub(" ", text).strip()
