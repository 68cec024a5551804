"""How fast captures are kept and recorded in the ledger, every sync on, beside a bare WARC writer that syncs."""

import os
import tempfile
import time
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from bench.keeping import exchange, seconds, write_all
from bench.material import pages

ACTS = 20_000
ROUNDS = 5
BARE = "warcio writer, fsync after each response"
OURS = "kept, in the catalogue, and recorded in the ledger with each turn of recording (100)"
ONE_BY_ONE = "the same, recorded one by one"
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
    from chronik import wiring

    wiring.init(folder / "archive")
    yield f"material: {len(exchanges)} pages, {origin}; {ROUNDS} rounds, slowest and fastest"
    yield f"load: {_load()} on {os.cpu_count()} cores"
    yield from ("| what | a second (wall) | ms of processor each | beside the bare writer |", "|---|---|---|---|")
    with wiring.opened(folder / "archive") as archive:
        rounds = [_round(folder, archive, exchanges, number) for number in range(ROUNDS)]
        for words in rounds[0]:
            yield _row(words, [found[words] for found in rounds], [found[BARE] for found in rounds])
        yield from _acts(archive)
    yield f"load at the end: {_load()}"


def _round(folder, archive, exchanges, number):
    """Wall and processor seconds a capture of the bare writer, and of ours, one right after the other."""
    half = len(exchanges) // 2
    again = [_later(one, number) for one in exchanges]
    works = {
        BARE: (exchanges, lambda: write_all(folder / f"bare-{number}.warc.gz", exchanges)),
        OURS: (again[:half], lambda: keep_all(archive, again[:half], every=RECORD_EVERY)),
        ONE_BY_ONE: (again[half:], lambda: keep_all(archive, again[half:], every=1)),
    }
    found = {}
    for words, (part, work) in works.items():
        begun = time.process_time()
        wall_s = seconds(work)
        found[words] = (wall_s / len(part), (time.process_time() - begun) / len(part))
    return found


def _later(one, number):
    """The same page, captured in another year, so that it is another capture."""
    return replace(
        one, hops=tuple(replace(hop, started_at=hop.started_at.replace(year=2000 + number)) for hop in one.hops)
    )


def _row(words, found, bare):
    rates = sorted(1 / wall_s for wall_s, _ in found)
    cpu_ms = sorted(cpu_s * 1000 for _, cpu_s in found)
    ratios = sorted(theirs[0] / ours[0] for ours, theirs in zip(found, bare, strict=True))
    cells = (f"{rates[0]:.0f} to {rates[-1]:.0f} captures", f"{cpu_ms[0]:.1f} to {cpu_ms[-1]:.1f}")
    return f"| {words} | {cells[0]} | {cells[1]} | {ratios[0]:.2f} to {ratios[-1]:.2f} |"


def _load():
    return "/".join(f"{one:.1f}" for one in os.getloadavg()[:2])


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
    yield f"| leaves of {ACTS} acts, in batches of {recording.LEAVES_A_BATCH_MAX} | {ACTS / took:.0f} leaves | | |"
    took = seconds(lambda: recording.record_due(archive))
    yield f"| looking whether something is due | {1 / took:.0f} times | | |"
    book = recording.ledger(archive)
    key, mark = audit.trusted(book)
    start = time.perf_counter()
    assert audit.audited(book, key=key, mark=mark).faults == []
    took = time.perf_counter() - start
    yield f"| re-deriving the ledger of {book.size} leaves in verify | {book.size / took:.0f} leaves | | |"
    took = seconds(lambda: [book.inclusion_proof(index) for index in range(0, book.size, book.size // 100)]) / 100
    yield f"| inclusion proofs out of the tiles | {1 / took:.0f} proofs | | |"
