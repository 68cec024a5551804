"""What the vault's tests are made of: answers, vaults, and other programs' opinion of our files."""

import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import fastwarc
from warcio.archiveiterator import ArchiveIterator

from chronik.model import Exchange, Hop
from chronik.preserve.vault import FolderVault

NOW = datetime(2026, 5, 1, 12, 30, 15, 123456, tzinfo=UTC)
URL = "https://talbote.example/artikel?id=1"
SHARED = Path(__file__).parents[2].parent / "shared" / "data"


def vault_in(folder, **others):
    return FolderVault(folder, software="Chronik test", clock=lambda: NOW, **others)


def exchange(response=b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\nText", *, url=URL, started_at=NOW):
    request = b"GET / HTTP/1.1\r\nHost: talbote.example\r\n\r\n"
    hop = Hop(
        url=url,
        request=request,
        response=response,
        status=200,
        headers=(),
        started_at=started_at,
        elapsed_s=0.1,
        address="192.0.2.7",
    )
    return Exchange(asked_url=url, hops=(hop,))


def numbered(number, *, size=200):
    body = f"{number} ".encode() * size
    return exchange(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + body, url=f"{URL}&n={number}")


def warcs(folder):
    return sorted(folder.glob("*.warc.gz"))


def warcio_check(path):
    """What `warcio check` finds wrong, and whether it is content.

    Without the library brotli: warcio 1.8.1 sets a field of its decompressor, which that of brotli 1.2 refuses.
    """
    program = "import sys; sys.modules['brotli'] = None; from warcio.cli import main; sys.exit(main())"
    done = subprocess.run(
        [sys.executable, "-c", program, "check", str(path)], capture_output=True, text=True, check=False
    )
    return (done.stdout + done.stderr).strip(), done.returncode


def by_warcio(path):
    with path.open("rb") as file:
        return [
            (record.rec_type, record.rec_headers.get_header("WARC-Target-URI"), record.raw_stream.read())
            for record in ArchiveIterator(file, no_record_parse=True)
        ]


def by_fastwarc(path):
    with path.open("rb") as file:
        return [
            (str(record.record_type), record.headers.get("WARC-Target-URI"), record.reader.read())
            for record in fastwarc.ArchiveIterator(file, parse_http=False)
        ]
