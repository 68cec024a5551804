"""How fast captures are kept with everything on, against a bare WARC writer that syncs after each record."""

import io
import os
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path

from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from bench.material import pages
from chronik.model import Exchange, Hop
from chronik.preserve.vault import FolderVault


def measure():
    """Rows of the table: captures a second of both, and the ratio."""
    bodies, origin = pages()
    exchanges = [exchange(number, body) for number, body in enumerate(bodies)]
    with tempfile.TemporaryDirectory() as folder:
        ours = seconds(lambda: keep_all(Path(folder) / "ours", exchanges))
        bare = seconds(lambda: write_all(Path(folder) / "bare.warc.gz", exchanges))
    count = len(exchanges)
    return [
        f"material: {count} pages, {origin}",
        "| what | captures/s (wall) | ratio |",
        "|---|---|---|",
        f"| warcio writer, fsync after each response | {count / bare:.0f} | 1.00 |",
        f"| vault: request, metadata, response, fsync, read back, CDXJ | {count / ours:.0f} | {bare / ours:.2f} |",
    ]


def seconds(work):
    """Wall seconds that a piece of work took."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def exchange(number, body):
    """A plausible answer of a server."""
    head = f"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: {len(body)}\r\n\r\n".encode()
    url = f"https://example.org/{number}"
    hop = Hop(
        url=url,
        request=f"GET /{number} HTTP/1.1\r\nHost: example.org\r\n\r\n".encode(),
        response=head + body,
        status=200,
        headers=(("content-type", "text/html"), ("content-length", str(len(body)))),
        started_at=datetime(2026, 5, 1, tzinfo=UTC),
        elapsed_s=0.1,
    )
    return Exchange(asked_url=url, hops=(hop,), body=body)


def keep_all(folder, exchanges):
    """Keep every exchange in a vault of ours."""
    vault = FolderVault(folder, software="bench", clock=lambda: datetime(2026, 5, 1, tzinfo=UTC))
    for one in exchanges:
        vault.keep(one)
    vault.close()


def write_all(path, exchanges):
    """Write every response with the bare library, synced one by one."""
    with path.open("wb") as file:
        writer = WARCWriter(file, gzip=True)
        for one in exchanges:
            headers = StatusAndHeaders("200 OK", [("Content-Type", "text/html")], protocol="HTTP/1.1")
            record = writer.create_warc_record(
                one.asked_url, "response", payload=io.BytesIO(one.body), http_headers=headers
            )
            writer.write_record(record)
            file.flush()
            os.fsync(file.fileno())
