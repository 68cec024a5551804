"""How fast captures are kept and recorded in the ledger, every sync on, beside a bare WARC writer that syncs."""

import os
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path

from bench.keeping import exchange, seconds, write_all
from bench.material import pages

ACTS = 20_000
RECORD_EVERY = 100
"""Captures that come in the five seconds between two turns of recording, at twenty a second."""


def measure():
    """Rows of the table: captures a second by how often they are recorded, leaves a second, and checking."""
    with tempfile.TemporaryDirectory() as folder:
        os.environ["XDG_STATE_HOME"] = f"{folder}/state"
        os.environ["CHRONIK_ENCODER"] = "none"
        return list(_rows(Path(folder)))


def _rows(folder):
    bodies, origin = pages()
    exchanges = [exchange(number, body) for number, body in enumerate(bodies)]
    count = len(exchanges)
    bare = seconds(lambda: write_all(folder / "bare.warc.gz", exchanges))
    yield f"material: {count} pages, {origin}"
    yield from ("| what | a second (wall) | ratio |", "|---|---|---|")
    yield f"| warcio writer, fsync after each response | {count / bare:.0f} captures | 1.00 |"
    from chronik import wiring

    wiring.init(folder / "archive")
    with wiring.opened(folder / "archive") as archive:
        for words, every in (("with each turn of recording (100)", RECORD_EVERY), ("one by one", 1)):
            part = exchanges[: count // 2] if every > 1 else exchanges[count // 2 :]
            took = seconds(lambda part=part, every=every: keep_all(archive, part, every=every))
            rate = len(part) / took
            ratio = bare / count * rate
            yield f"| kept, in the catalogue, and recorded in the ledger {words} | {rate:.0f} captures | {ratio:.2f} |"
        yield from _acts(archive)


def keep_all(archive, exchanges, *, every):
    """Keep captures as collecting does, and record them in the ledger each so many."""
    from chronik.archive import recording

    for number, one in enumerate(exchanges, start=1):
        archive.catalogue.record_capture(archive.vault.keep(one))
        if number % every == 0:
            recording.record_due(archive)
    recording.record_due(archive)


def _acts(archive):
    from django.db import transaction

    from chronik.archive import recording
    from chronik.model import Act, Verb
    from chronik.preserve.ledger import audit

    with transaction.atomic():
        for number in range(ACTS):
            now = datetime(2026, 5, 1, tzinfo=UTC)
            archive.catalogue.record_act(
                Act(at=now, by="bench", verb=Verb.ADD, subject=f"https://example.org/{number}")
            )
    took = seconds(lambda: recording.record_due(archive))
    yield f"| leaves of {ACTS} acts, in batches of {recording.LEAVES_A_BATCH_MAX} | {ACTS / took:.0f} leaves | |"
    took = seconds(lambda: recording.record_due(archive))
    yield f"| looking whether something is due | {1 / took:.0f} times | |"
    book = recording.ledger(archive)
    key, mark = audit.trusted(book)
    start = time.perf_counter()
    assert audit.audited(book, key=key, mark=mark).faults == []
    took = time.perf_counter() - start
    yield f"| re-deriving the ledger of {book.size} leaves in verify | {book.size / took:.0f} leaves | |"
    took = seconds(lambda: [book.inclusion_proof(index) for index in range(0, book.size, book.size // 100)]) / 100
    yield f"| inclusion proofs out of the tiles | {1 / took:.0f} proofs | |"
