"""`python -m tests.torture.flips [FLIPS]`: turns single bits of what is evidence, and looks whether each is found.

A bit of a file, of a value in a row, or of a package; then what `chronik verify` says. Found is a bit only where the
object that it stands in is named: the capture, act, leaf, clip, dossier, or the file where it belongs to none.
"""

import argparse
import io
import random
import shutil
import sqlite3
import sys
import tempfile
import time
from collections import Counter
from contextlib import closing, suppress
from dataclasses import dataclass
from pathlib import Path

from chronik.preserve import cdxj
from chronik.preserve.ledger import tiles
from chronik.preserve.wacz.zipped import Zip
from tests.torture.house import said
from tests.torture.killing import _in_child
from tests.torture.rich import PACKAGE, Seen, checked, checked_package, settle

FLIPS = 1_000
MISSED_TOLD_MAX = 20

FILES = {
    "WARC": "vault/*.warc.gz",
    "index": "vault/*.cdxj*",
    "tiles": "ledger/tile/**/*",
    "checkpoints": "ledger/checkpoint*/**/*",
    "checkpoint": "ledger/checkpoint",
    "keys": "ledger/keys",
    "openings": "ledger/openings/**/*",
    "stamps": "ledger/stamps/*.tsr",
    "co-signatures": "ledger/cosignatures/*.cosig",
}
ROWS = {
    "catalogue_capturerow": ("id", frozenset({"reading", "failure"})),
    "catalogue_actrow": ("id", frozenset({"number"})),
    "catalogue_leafrow": ("subject", frozenset({"number"})),
    "catalogue_cliprow": ("id", frozenset({"indexed"})),
    "catalogue_dossierrow": ("slug", frozenset()),
}
"""Tables that hold what was captured and done: what names a row, and columns that machines may set as they like."""
LAYERS = (*FILES, "rows", "WACZ")


@dataclass(frozen=True)
class Flip:
    """One bit that was turned."""

    layer: str
    where: str
    bit: int
    names: tuple[str, ...]
    """Any of these in the subject of a finding names the object."""

    def is_in(self, found: list[Seen]) -> bool:
        return any(name in seen.subject for seen in found for name in self.names)


def turned(data: bytes, bit: int) -> bytes:
    changed = bytearray(data)
    changed[bit // 8] ^= 1 << bit % 8
    return bytes(changed)


class Trial:
    """A sound archive, and a copy of it that is hurt again and again."""

    def __init__(self, folder: Path, chance: random.Random) -> None:
        self.folder, self.chance = folder, chance
        self.sound = folder / "sound"
        for part in ("archive", "state"):
            shutil.copytree(folder / part, self.sound / part)
        self.files = {
            layer: [path.relative_to(folder) for path in sorted((folder / "archive").glob(pattern)) if path.is_file()]
            for layer, pattern in FILES.items()
        }
        self.package = (folder / PACKAGE).read_bytes()

    def restore(self) -> None:
        for part in ("archive", "state"):
            shutil.rmtree(self.folder / part)
            shutil.copytree(self.sound / part, self.folder / part)

    def flip(self, layer: str) -> tuple[Flip, list[Seen]]:
        if layer == "WACZ":
            bit = self.chance.randrange(len(self.package) * 8)
            flip = Flip(layer, PACKAGE, bit, names_in_package(self.package, bit // 8))
            return flip, checked_package(turned(self.package, bit))
        flip = self._row() if layer == "rows" else self._file(layer)
        try:
            return flip, checked(self.folder)
        finally:
            self.restore()

    def _file(self, layer: str) -> Flip:
        name = self.chance.choice(self.files[layer])
        path = self.folder / name
        data = path.read_bytes()
        bit = self.chance.randrange(len(data) * 8)
        path.write_bytes(turned(data, bit))
        return Flip(layer, name.as_posix(), bit, names_in_file(self.sound / name, data, bit // 8))

    def _row(self) -> Flip:
        """A bit of a value, written past all that SQLite would refuse; what it refuses even so is no row."""
        with closing(sqlite3.connect(self.folder / "archive" / "chronik.sqlite3")) as connection:
            connection.execute("PRAGMA ignore_check_constraints = ON")
            for (trigger,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
                connection.execute(f"DROP TRIGGER {trigger}")
            while True:
                with suppress(sqlite3.IntegrityError):
                    flip = self._value(connection)
                    connection.commit()
                    return flip

    def _value(self, connection: sqlite3.Connection) -> Flip:
        table = self.chance.choice(sorted(ROWS))
        key, free = ROWS[table]
        columns = [row[1] for row in connection.execute(f"PRAGMA table_info({table})") if row[1] not in free]
        kind, raw = "null", b""
        while kind == "null" or not raw:
            column = self.chance.choice(columns)
            query = f'SELECT rowid, {key}, "{column}", typeof("{column}") FROM {table}'
            number, name, value, kind = self.chance.choice(connection.execute(query).fetchall())
            raw = value if kind == "blob" else str(value).encode()
            raw = value.to_bytes(8, "big", signed=True) if kind == "integer" else raw
        bit = self.chance.randrange(len(raw) * 8)
        changed = turned(raw, bit)
        new = int.from_bytes(changed, "big", signed=True) if kind == "integer" else changed
        place = "CAST(? AS TEXT)" if kind == "text" else "?"
        connection.execute(f'UPDATE {table} SET "{column}" = {place} WHERE rowid = ?', (new, number))
        renamed = changed.decode("utf-8", "replace") if column == key else str(name)
        return Flip("rows", f"{table}.{column}", bit, (str(name), renamed))


def names_in_file(path: Path, data: bytes, place: int) -> tuple[str, ...]:
    """What may be named for a byte of a file: the capture or leaf that it is of, else the file."""
    name = path.as_posix().partition("/archive/")[2]
    if name.startswith("vault/"):
        return _names_in_vault(path, data, place)
    if name.startswith("ledger/openings/"):
        return (f"leaf {data.count(10, 0, place)}", name)
    if name.startswith("ledger/tile/0/"):
        return (f"leaf {place // 32}", name)
    if name.startswith(f"ledger/{tiles.ENTRIES}/"):
        return (*(f"leaf {index}" for index in range(len(tiles.entries_in(data)))), name)
    return (path.name,) if name.startswith(("ledger/stamps/", "ledger/cosignatures/")) else (name,)


def _names_in_vault(path: Path, data: bytes, place: int) -> tuple[str, ...]:
    stem = path.name.partition(".")[0]
    if path.suffix == ".gz":
        [index] = path.parent.glob(f"{stem}.cdxj*")
        spans = [one for one in cdxj.entries(index.read_text()) if one.capture_id]
        held = [one for one in spans if one.group_offset <= place < one.group_offset + one.group_length]
        return tuple(one.capture_id for one in held) or (stem,)
    line = data[: (data.find(b"\n", place) + 1) or None].split(b"\n")[-2]
    found = cdxj.entries(line.decode())
    return (*(one.capture_id for one in found if one.capture_id), stem)


def names_in_package(data: bytes, place: int) -> tuple[str, ...]:
    """The file of a package to whose header or data this byte belongs; a ZIP that is refused is refused whole."""
    held = [one.name for one in Zip(io.BytesIO(data)).entries.values() if one.offset <= place < one.start + one.size]
    return (*(held or ["ZIP", *Zip(io.BytesIO(data)).entries]), "package")


def run(folder: Path, flips: int, seed: int) -> dict:
    """Turn so many bits, each layer in its turn; what was missed, and how many of each layer."""
    settle(folder)
    trial = Trial(folder, random.Random(seed))
    assert checked(folder) == [], "the sound archive is not sound"
    assert checked_package(trial.package) == [], "the sound package is not sound"
    trial.restore()
    missed, counts = [], Counter()
    for number in range(flips):
        flip, found = trial.flip(LAYERS[number % len(LAYERS)])
        counts[flip.layer] += 1
        if not flip.is_in(found):
            told = "; ".join(f"{one.subject}: {one.what}" for one in found)[:300]
            missed.append(f"{flip.layer} {flip.where}, bit {flip.bit}: {told or 'not found'}")
    return {"wrong": missed, "counts": counts}


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.torture.flips")
    parser.add_argument("flips", nargs="?", type=int, default=FLIPS)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    begun = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="chronik-flips-") as folder:
        found = _in_child(lambda pipe: said(run(Path(folder), asked.flips, asked.seed), pipe))
    counts = found.get("counts", {})
    sys.stdout.write("".join(f"{words}\n" for words in found["wrong"][:MISSED_TOLD_MAX]))
    layers = ", ".join(f"{count} {layer}" for layer, count in counts.items())
    sys.stdout.write(
        f"{sum(counts.values())} bits turned ({layers}), {len(found['wrong'])} not found or named otherwise; "
        f"{time.monotonic() - begun:.0f} s.\n"
    )
    return 1 if found["wrong"] or not counts else 0


if __name__ == "__main__":
    sys.exit(main())
