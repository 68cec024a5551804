"""What a browser is sent for a page of the desk, and how soon it shows something: Chromium on a large archive.

`python -m bench desk_pages` makes the archive of `python -m bench desk`, or takes the one in `--folder`, serves it as a
person does, and opens each page in a window that has kept nothing: bytes as they came over the wire, requests, first
contentful paint, layout shift, and requests to others. `--times` says how often; the middle one of the paints counts.
"""

from __future__ import annotations

import argparse
import os
import re
import socket
import subprocess
import sys
import tempfile
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median

from bench import desk, desk_dossiers
from bench.desk_requests import HERE, cases

CHROMIUM = "/usr/bin/chromium"
TIMES = 5
TRANSFERRED_BYTES_MAX = 150_000
PAINT_MS_MAX = 1_000
LATE_MS = 300
"""So long after the page has loaded is waited for what still moves."""
OBSERVE = """() => {
    window.shifted = 0;
    new PerformanceObserver((list) => {
        for (const entry of list.getEntries()) if (!entry.hadRecentInput) window.shifted += entry.value;
    }).observe({type: "layout-shift", buffered: true});
}"""
FIGURES = """() => ({
    paint: performance.getEntriesByName("first-contentful-paint")[0]?.startTime ?? 0,
    answered: performance.getEntriesByType("navigation")[0].responseEnd,
    shifted: window.shifted,
})"""


@dataclass(slots=True, kw_only=True)
class Weight:
    """What one page cost."""

    name: str
    transferred_bytes: int = 0
    document_bytes: int = 0
    """The page itself, unpacked."""
    requests: int = 0
    foreign: int = 0
    paints_ms: list[float] = field(default_factory=list)
    answered_ms: list[float] = field(default_factory=list)
    shift: float = 0.0


def measure(options=()):
    """Rows of the table."""
    parser = argparse.ArgumentParser(prog="python -m bench desk_pages")
    parser.add_argument("--articles", type=int, default=desk.ARTICLES)
    parser.add_argument("--folder", default="")
    parser.add_argument("--times", type=int, default=TIMES)
    wanted = parser.parse_args(list(options))
    with tempfile.TemporaryDirectory() as fresh:
        folder = Path(wanted.folder or fresh) / f"archive-{wanted.articles}"
        with desk.opened(folder, articles=wanted.articles):
            material, addresses = desk.size(folder), pages()
        yield f"material: {material}; load of the machine {os.getloadavg()[0]:.1f}, cores {os.cpu_count()}"
        yield "| page | kB transferred | kB of HTML | requests | to others | first paint, ms | answered, ms | shift |"
        yield "|---|---|---|---|---|---|---|---|"
        with served(folder) as link:
            yield from map(line, weights(link, addresses, times=wanted.times))


def pages():
    """Name → address; what acts or needs many addresses is left to `bench desk`."""
    first = {case.name: next(case.asked, ("", {})) for case in cases() if not case.name.startswith("act: ")}
    others = {
        "overview": f"{HERE}dossiers/{desk_dossiers.LARGE_DOSSIER}/overview/",
        "checklist": f"{HERE}dossiers/{desk_dossiers.LARGE_DOSSIER}/checklist/",
        "people": f"{HERE}people/",
        "account": f"{HERE}account/",
    }
    return {name: address for name, (address, form) in first.items() if form is None} | others


@contextmanager
def served(folder):
    """The archive, served by a process of its own; the link that signs in."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = str(probe.getsockname()[1])
    command = [sys.executable, "-m", "chronik", "--archive", str(folder), "up", "--port", port, "--no-worker"]
    serving = subprocess.Popen([*command, "--sign-in"], stdout=subprocess.PIPE, text=True)
    try:
        yield next(found.group() for line in serving.stdout if (found := re.search(r"http\S+/desk/enter/\S+", line)))
    finally:
        serving.terminate()
        serving.wait()


def weights(link, addresses, *, times):
    """What each page costs a browser that has kept nothing."""
    from playwright.sync_api import sync_playwright

    root = link.partition("/desk/")[0]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        context = browser.new_context()
        page = context.new_page()
        page.goto(link)
        page.locator("main form button.main").click()
        page.wait_for_url("**/desk/")
        signed_in = context.storage_state()
        for name, address in addresses.items():
            weight = Weight(name=name)
            for _ in range(times):
                fresh = browser.new_context(storage_state=signed_in, base_url=root)
                _open(fresh.new_page(), address, weight, root=root)
                fresh.close()
            yield weight
        browser.close()


def _open(page, address, weight, *, root):
    arrived, asked = [], []
    wire = page.context.new_cdp_session(page)
    wire.send("Network.enable")
    wire.on("Network.loadingFinished", lambda told: arrived.append(told["encodedDataLength"]))
    page.on("request", lambda request: asked.append(request.url))
    page.add_init_script(f"({OBSERVE})()")
    answer = page.goto(address, wait_until="load")
    page.wait_for_timeout(LATE_MS)
    found = page.evaluate(FIGURES)
    weight.transferred_bytes = int(max(weight.transferred_bytes, sum(arrived)))
    weight.document_bytes = len(answer.body())
    weight.requests = len(asked)
    weight.foreign = sum(not url.startswith((root, "data:")) for url in asked)
    weight.paints_ms.append(found["paint"])
    weight.answered_ms.append(found["answered"])
    weight.shift = max(weight.shift, found["shifted"])


def line(weight):
    """A row of the table."""
    paint = median(weight.paints_ms)
    heavy = " **too heavy**" if weight.transferred_bytes > TRANSFERRED_BYTES_MAX else ""
    slow = " **too slow**" if paint > PAINT_MS_MAX else ""
    return (
        f"| {weight.name} | {weight.transferred_bytes / 1000:.0f}{heavy} | {weight.document_bytes / 1000:.0f} "
        f"| {weight.requests} | {weight.foreign} | {paint:.0f}{slow} | {median(weight.answered_ms):.0f} "
        f"| {weight.shift:.3f} |"
    )
