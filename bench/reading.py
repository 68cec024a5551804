"""How fast a page is read whole, against trafilatura's own extraction with metadata."""

import time

import trafilatura

from bench.material import pages
from chronik.extract.article import article
from chronik.model import Page


def measure():
    """Rows of the table: pages a CPU second of both, and the ratio."""
    bodies, origin = pages()
    for read in (read_ours, read_peer):  # both load tables on the first page that needs them
        cpu_seconds(read, bodies)
    ours = cpu_seconds(read_ours, bodies)
    peer = cpu_seconds(read_peer, bodies)
    count = len(bodies)
    return [
        f"material: {count} pages, {origin}; one process",
        "| what | pages/CPU-s | ratio |",
        "|---|---|---|",
        f"| trafilatura {trafilatura.__version__}, bare_extraction with metadata | {count / peer:.1f} | 1.00 |",
        f"| chronik: text, metadata, language | {count / ours:.1f} | {peer / ours:.2f} |",
    ]


def cpu_seconds(read, bodies):
    """CPU seconds that reading all pages took."""
    start = time.process_time()
    for body in bodies:
        read(body)
    return time.process_time() - start


def read_ours(body):
    """One page, as the archive reads it."""
    return article(Page(url="https://example.org/a", body=body, media_type="text/html"))


def read_peer(body):
    """One page, as the peer reads it."""
    return trafilatura.bare_extraction(body, with_metadata=True)
