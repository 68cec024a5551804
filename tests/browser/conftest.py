"""A real archive, served as a person serves it, and Debian's Chromium to look at it."""

import json
import os
import re
import shutil
import socket
import subprocess
import sys
import time
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial

import pytest
from tests.browser.morning import MORNING, NAMES
from tests.browser.stories import REPORTS, SIDES

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
START_TIMEOUT_S = 60
STEP_TIMEOUT_MS = 15_000
ARTICLES = [
    {
        "id": "1",
        "url": "https://talbote.example/schleuse.html",
        "title": "Schleuse bleibt zu",
        "text": "Die Schleuse blieb bis zum Abend „geschlossen“, sagte eine Sprecherin.\n\n"
        "Der Bach führte kaum noch Wasser. Anwohner warteten seit Tagen.\n\nDie Mühle steht still.",
        "language": "de",
        "published": "2026-05-01T08:00:00+02:00",
        "source": "Talbote",
    },
    {
        "id": "2",
        "url": "https://nashra.example/a.html",
        "title": "الهويس مغلق",
        "text": "ظل الهويس مغلقا حتى المساء.\n\nلم يعرف أحد السبب.",
        "language": "ar",
        "published": "2026-04-30",
        "source": "نشرة",
    },
    *(
        {"id": f"m{n}", "title": f"Meldung {n}", "text": f"Text {n}.", "language": "de", "published": "2026-04-01"}
        for n in range(20)
    ),
]


@dataclass
class Served:
    address: str
    link: str
    folder: object


def chronik(folder, *arguments):
    return [sys.executable, "-m", "chronik", "--archive", str(folder), *arguments]


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@contextmanager
def served(folder, environment, *options):
    log = folder.parent / "up.log"
    with log.open("wb") as out:
        command = chronik(folder, "up", "--port", str(free_port()), "--no-worker", *options)
        process = subprocess.Popen(command, env=environment, stdout=out)
    try:
        deadline = time.monotonic() + START_TIMEOUT_S
        while not (link := re.search(r"(http://\S+?)/desk/enter/\S+", log.read_text())):
            assert process.poll() is None, log.read_text()
            assert time.monotonic() < deadline, "the desk did not start"
            time.sleep(0.1)
        yield Served(address=link[1], link=link[0], folder=folder)
    finally:
        process.terminate()
        process.wait(START_TIMEOUT_S)


@pytest.fixture(scope="session")
def environment():
    """Without settings of whoever runs the tests."""
    return {key: value for key, value in os.environ.items() if not key.startswith(("CHRONIK_", "DJANGO_"))}


@pytest.fixture(scope="session")
def filled_archive(tmp_path_factory, environment):
    """An archive with a few articles; it is copied for each test."""
    folder = tmp_path_factory.mktemp("filled") / "archive"
    lines = folder.with_name("articles.jsonl")
    lines.write_text("\n".join(json.dumps(article) for article in ARTICLES), encoding="utf-8")
    for command in ([sys.executable, "-m", "chronik", "init", str(folder)], chronik(folder, "import", str(lines))):
        subprocess.run(command, env=environment, check=True, capture_output=True, timeout=START_TIMEOUT_S)
    return folder


@pytest.fixture(scope="session")
def story_archive(tmp_path_factory, environment):
    """An archive with reports of one happening in five languages, a later story, and a dossier with sides and clips."""
    folder = tmp_path_factory.mktemp("stories") / "archive"
    lines = folder.with_name("reports.jsonl")
    lines.write_text("\n".join(json.dumps(report) for report in REPORTS), encoding="utf-8")
    commands = [
        [sys.executable, "-m", "chronik", "init", str(folder)],
        chronik(folder, "import", str(lines)),
        chronik(folder, "dossier", "new", "en=Orvenne sluice", "de=Schleuse von Orvenne", "--slug", "orvenne"),
        *(
            chronik(folder, "dossier", "side", "orvenne", key, "--name", f"en={name}", "--speaker", speaker)
            for key, (name, speaker) in SIDES.items()
        ),
        chronik(folder, "relate"),
    ]
    for command in commands:
        subprocess.run(command, env=environment, check=True, capture_output=True, timeout=START_TIMEOUT_S)
    return folder


@pytest.fixture(scope="session")
def morning_archive(tmp_path_factory, environment):
    """An archive with a morning's reports, of which a dossier is suggested many."""
    folder = tmp_path_factory.mktemp("morning") / "archive"
    lines = folder.with_name("reports.jsonl")
    lines.write_text("\n".join(json.dumps(report) for report in [*MORNING, *REPORTS]), encoding="utf-8")
    commands = [
        [sys.executable, "-m", "chronik", "init", str(folder)],
        chronik(folder, "dossier", "new", *NAMES, "--slug", "orvenne"),
        chronik(folder, "import", str(lines)),
    ]
    for command in commands:
        subprocess.run(command, env=environment, check=True, capture_output=True, timeout=START_TIMEOUT_S)
    return folder


@pytest.fixture
def desk(tmp_path, filled_archive, environment):
    """A served archive with a few articles."""
    folder = tmp_path / "archive"
    shutil.copytree(filled_archive, folder)
    with served(folder, environment) as running:
        yield running


@pytest.fixture
def public_desk(desk, environment):
    """The same archive with a public address over TLS, served here without: as its proxy and its owner reach it."""
    settings = desk.folder / "chronik.toml"
    lines = [line for line in settings.read_text().splitlines() if not line.startswith("public_url")]
    settings.write_text("\n".join(['public_url = "https://archiv.example"', *lines]) + "\n")
    with served(desk.folder, environment, "--sign-in") as running:
        yield running


@pytest.fixture(scope="session")
def chromium():
    if not CHROMIUM:
        pytest.skip("Chromium is not installed (on Debian: apt-get install chromium)")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        yield browser
        browser.close()


@contextmanager
def watched_windows(chromium):
    """Opens windows; whatever the browser complains of (scripts, style, content policy, missing files) fails."""
    complaints = []
    contexts = []

    def opened(desk, **options):
        context = chromium.new_context(base_url=desk.address, locale="en", **options)
        context.set_default_timeout(STEP_TIMEOUT_MS)
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda message: complaints.append(message.text) if message.type != "log" else None)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("request", lambda request: complaints.append(request.url) if desk.address not in request.url else None)
        page.on("response", lambda answer: complaints.append(answer.url) if answer.status >= 400 else None)
        return page

    yield opened
    for context in contexts:
        context.close()
    assert complaints == []


@pytest.fixture
def open_window(chromium):
    """Opens a window on a desk that is served."""
    with watched_windows(chromium) as opened:
        yield opened


@pytest.fixture
def open_page(open_window, desk):
    """Opens a window on the desk of this test."""
    return partial(open_window, desk)
