"""`python -m tests.torture.tampers`: what somebody could do who may write everything but has no key, class by class.

Insertion, deletion, reordering, truncation, backdating, repetition, rollback and a swapped key, each over the vault,
its index, the database, the ledger, its checkpoints, the stamps and a package. Whoever forges a layer puts right what
follows from it in that layer: a forged file gets a fitting index, a forged ledger is signed by another key.
"""

import argparse
import io
import json
import shutil
import sqlite3
import sys
import tempfile
import time
import zipfile
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from chronik.model import Opening, sha256_hex
from chronik.preserve import cdxj, signing, warc
from chronik.preserve.ledger import Ledger, note, tiles
from chronik.preserve.ledger.note import SignerKey
from chronik.preserve.scan import Found, scan
from chronik.preserve.wacz import verifying
from tests.preserve.material import numbered, vault_in
from tests.preserve.wacz import packages
from tests.torture.house import said
from tests.torture.killing import _in_child
from tests.torture.rich import PACKAGE, Seen, checked, settle

Forgery = Callable[[Path], None]
_TABLE: dict[tuple[str, str], Forgery] = {}


def forgery(layer: str, *classes: str):
    """Enter a function into the table; where it forges several ways, the class is its second argument."""

    def enter(function):
        for one in classes:
            many = len(classes) > 1
            _TABLE[layer, one] = (lambda folder, one=one: function(folder, one)) if many else function
        return function

    return enter


# The vault: groups of a sealed file moved about, its index made to fit


def _groups(folder: Path) -> tuple[Path, bytes, list[bytes]]:
    """A sealed file, its head, and the bytes of each capture in it."""
    files = (folder / "archive/vault").glob("*.warc.gz")
    path = min(path for path in files if path.with_name(_index(path)).exists())
    data = path.read_bytes()
    with path.open("rb") as file:
        found = [step for step in scan(file, name=path.name) if isinstance(step, Found)]
    parts = [data[step.start : step.end] for step in found]
    return path, parts[0], parts[1:]


def _index(path: Path) -> str:
    return path.name.replace(".warc.gz", ".cdxj")


def _sealed(path: Path, data: bytes) -> None:
    path.write_bytes(data)
    with path.open("rb") as file:
        lines = [line for step in scan(file, name=path.name) if isinstance(step, Found) for line in step.lines]
    text = cdxj.sealed(path.name, lines, length=len(data), digest=sha256_hex(data))
    path.with_name(_index(path)).write_text(text)


@forgery("vault", "insertion", "deletion", "reordering", "truncation", "repetition", "rollback", "backdating")
def _vault(folder: Path, how: str) -> None:
    path, head, groups = _groups(folder)
    if how == "insertion":
        with closing(vault_in(folder / "thief")) as other:
            other.keep(numbered(7))
        for made in (folder / "thief").iterdir():
            shutil.move(made, path.parent)
        return
    if how == "backdating":
        with io.BytesIO(groups[1]) as file:
            file.seek(0)
            groups[1] = _backdated(file, len(groups[1]))
    _sealed(path, head + b"".join(_moved(groups, how)))


def _moved(items: list, how: str) -> list:
    """A list with one of its items put in, out, or elsewhere."""
    if how == "deletion":
        return [items[0], *items[2:]]
    if how == "reordering":
        return [items[1], items[0], *items[2:]]
    if how == "repetition":
        return [*items, items[1]]
    return items[:-1] if how == "truncation" else items[:1] if how == "rollback" else items


def _backdated(file: io.BytesIO, size: int) -> bytes:
    """The records of a capture with another year in their dates."""
    made, place = [], 0
    while place < size:
        record, length = warc.member_at(file, place)
        fields = tuple((name, f"2001{text[4:]}" if name == "WARC-Date" else text) for name, text in record.fields)
        made.append(warc.member(warc.Record(fields=fields, block=record.block)))
        place += length
    return b"".join(made)


@forgery("index", "insertion", "deletion", "reordering", "truncation", "repetition", "backdating")
def _index_lines(folder: Path, how: str) -> None:
    path = min((folder / "archive/vault").glob("*.cdxj"))
    about, *lines = path.read_text().splitlines()
    if how == "insertion":
        lines.append(lines[-1].replace("/3", "/9"))
    elif how == "backdating":
        lines[1] = lines[1].replace(" 20", " 19", 1)
    path.write_text("".join(f"{line}\n" for line in [about, *_moved(lines, how)]))


# The database: rows, by somebody who may do everything that SQL can


def _sql(folder: Path, *statements: str) -> None:
    with closing(sqlite3.connect(folder / "archive/chronik.sqlite3")) as connection:
        connection.execute("PRAGMA foreign_keys = OFF")
        for (trigger,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
            connection.execute(f"DROP TRIGGER {trigger}")
        for statement in statements:
            connection.execute(statement)
        connection.commit()


_COPY = (
    "INSERT INTO catalogue_actrow (id, at, by, verb, subject, detail) "
    "SELECT replace(id, substr(id, 1, 3), 'fff'), at, 'max', verb, subject, detail FROM catalogue_actrow "
    "WHERE number = 3"
)
STATEMENTS = {
    ("database", "insertion"): (_COPY,),
    ("database", "deletion"): ("DELETE FROM catalogue_actrow WHERE number = 3",),
    ("database", "deletion of a capture"): (
        "DELETE FROM catalogue_capturerow WHERE id = (SELECT min(id) FROM catalogue_capturerow)",
    ),
    ("database", "deletion of a clip"): (
        "DELETE FROM catalogue_cliprow WHERE id = (SELECT min(id) FROM catalogue_cliprow WHERE removed = 0)",
    ),
    ("database", "deletion of a dossier"): ("DELETE FROM catalogue_dossierrow",),
    ("database", "deletion of a mark"): ('DELETE FROM catalogue_leafrow WHERE "index" = 3',),
    ("database", "reordering"): (
        "UPDATE catalogue_actrow SET number = -1 WHERE number = 3",
        "UPDATE catalogue_actrow SET number = 3 WHERE number = 4",
        "UPDATE catalogue_actrow SET number = 4 WHERE number = -1",
    ),
    ("database", "reordering of marks"): (
        'UPDATE catalogue_leafrow SET "index" = -1 WHERE "index" = 3',
        'UPDATE catalogue_leafrow SET "index" = 3 WHERE "index" = 4',
        'UPDATE catalogue_leafrow SET "index" = 4 WHERE "index" = -1',
    ),
    ("database", "truncation"): (
        'DELETE FROM catalogue_leafrow WHERE "index" > 15',
        "DELETE FROM catalogue_actrow WHERE number > 9",
    ),
    ("database", "backdating"): ("UPDATE catalogue_actrow SET at = '2001' || substr(at, 5) WHERE number = 3",),
    ("database", "backdating of a capture"): (
        "UPDATE catalogue_capturerow SET captured_at = '2001' || substr(captured_at, 5)",
    ),
    ("database", "repetition"): (_COPY.replace("'max'", "by"),),
    ("database", "rollback"): (
        "DELETE FROM catalogue_actrow WHERE number > 4",
        'DELETE FROM catalogue_leafrow WHERE "index" > 4',
        "DELETE FROM catalogue_cliprow WHERE position < 0",
    ),
}
for _place, _statements in STATEMENTS.items():
    _TABLE[_place] = lambda folder, statements=_statements: _sql(folder, *statements)


# The ledger: written anew by somebody without the key


def _book(folder: Path) -> Ledger:
    return Ledger(folder=folder / "archive/ledger", state_base=folder / "state/chronik")


@forgery("ledger", "insertion", "deletion", "reordering", "truncation", "repetition", "backdating", "key swap")
def _ledger(folder: Path, how: str) -> None:
    book = _book(folder)
    held = [one for one in book.openings.between(0, book.size) if isinstance(one, Opening)]
    leaves = [(one.salt, dict(one.payload)) for one in held if one.kind != "key-rotation"]
    if how == "insertion":
        leaves.insert(5, (bytes(32), {"kind": "act", "id": "f" * 64, "act": {}}))
    elif how == "backdating":
        leaves[5] = (leaves[5][0], {**leaves[5][1], "recorded_at": "2001-01-01T00:00:00+00:00"})
    origin, thief = book.terms()[0].key.name, folder / "thief"
    shutil.rmtree(book.folder)
    thief.mkdir()
    (thief / "stolen.key").write_text(SignerKey(name=origin, seed=bytes(32)).secret)
    with Ledger(folder=book.folder, state_base=thief, key_path=thief / "stolen.key").writing() as writer:
        writer.append(_moved(leaves, how))


@forgery("ledger", "rollback")
def _ledger_rolled_back(folder: Path) -> None:
    book = _book(folder)
    older = book.checkpoint_at(book.checkpoint_sizes()[1])
    (book.folder / "checkpoint").write_bytes(older.note)
    for size in book.checkpoint_sizes()[2:]:
        (book.folder / "checkpoints" / tiles.numbered(size)).unlink()
    path = book.folder / "openings/000"
    path.write_bytes(b"".join(line + b"\n" for line in path.read_bytes().split(b"\n")[: older.size]))


@forgery("checkpoints", "insertion", "deletion", "reordering", "truncation", "rollback", "key swap")
def _checkpoints(folder: Path, how: str) -> None:
    book = _book(folder)
    names = [book.folder / "checkpoints" / tiles.numbered(size) for size in book.checkpoint_sizes()]
    head, thief = book.folder / "checkpoint", SignerKey(name=book.terms()[0].key.name, seed=bytes(32))
    text = note.parsed(head.read_bytes())[0]
    if how == "insertion":
        forged = note.checkpoint_text(origin=thief.name, size=5, root=bytes(32))
        (book.folder / "checkpoints" / tiles.numbered(5)).write_bytes(note.signed(forged, thief))
    elif how == "deletion":
        names[-1].unlink()
        head.unlink()
    elif how == "reordering":
        first, second = names[0].read_bytes(), names[1].read_bytes()
        names[0].write_bytes(second)
        names[1].write_bytes(first)
    elif how == "truncation":
        names[1].write_bytes(names[1].read_bytes()[:-20])
    elif how == "rollback":
        head.write_bytes(names[1].read_bytes())
    else:
        for path in (head, names[-1]):
            path.write_bytes(note.signed(text, thief))


@forgery("stamps", "insertion", "reordering", "truncation", "backdating")
def _stamps(folder: Path, how: str) -> None:
    first, second = sorted((folder / "archive/ledger/stamps").glob("*.tsr"))
    if how == "insertion":
        shutil.copy(first, first.with_name(first.name.replace("-one-", "-two-")))
    elif how == "reordering":
        first.rename(first.with_name(first.name.replace("22-", "20-", 1)))
    elif how == "truncation":
        second.write_bytes(second.read_bytes()[:-1])
    else:
        data = first.read_bytes()
        year = data.rindex(b"20", 0, data.rindex(b"Z"))
        first.write_bytes(data[:year] + b"2001" + data[year + 4 :])


# The package: everything put right and signed by another key


@forgery("package", "insertion", "deletion", "reordering", "truncation", "repetition", "backdating", "key swap")
def _package(folder: Path, how: str) -> None:
    path = folder / PACKAGE
    contents = packages.files(path.read_bytes())
    pages = contents["pages/pages.jsonl"].splitlines(keepends=True)
    if how == "insertion":
        contents["archive/data-0002.warc.gz"] = contents["archive/data-0001.warc.gz"]
    elif how == "backdating":
        pages = [row.replace(b'"ts": "20', b'"ts": "19') for row in pages]
    contents["pages/pages.jsonl"] = b"".join([pages[0], *_moved(pages[1:], how)])
    path.write_bytes(packages.zipped(packages.resigned(contents, key=signing.new_p384())))


def _checked_package(folder: Path, key: str) -> list[Seen]:
    with (folder / PACKAGE).open("rb") as file:
        return [Seen(one.where, one.what) for one in verifying.verified(file, key=key).faults]


def _key(folder: Path) -> str:
    with zipfile.ZipFile(folder / PACKAGE) as held:
        return json.loads(held.read("datapackage-digest.json"))["signedData"]["publicKey"]


def run(folder: Path) -> dict:
    """Try every forgery of the table on a fresh copy; those that were not found."""
    settle(folder)
    key, names = _key(folder), ("archive", "state", PACKAGE)
    assert checked(folder) == [], "the sound archive is not sound"
    sound = folder / "sound"
    sound.mkdir()
    for name in names:
        _copy(folder / name, sound / name)
    missed, told = [], {}
    for (layer, how), forge in _TABLE.items():
        forge(folder)
        found = _checked_package(folder, key) if layer == "package" else checked(folder)
        told[f"{how} in the {layer}"] = [f"{one.subject}: {one.what}"[:160] for one in found[:2]]
        if layer == "checkpoints" and not found and _is_as_it_was(folder / "archive/ledger", sound / "archive/ledger"):
            found = [Seen("ledger", "made again from the openings, byte for byte")]
            told[f"{how} in the {layer}"] = ["made again, byte for byte"]
        if not found or any("Error: " in one.what and one.subject == "archive" for one in found):
            missed.append(f"{how} in the {layer}: {found[0].what if found else 'not found'}")
        for name in (*names, "thief"):
            _remove(folder / name)
        for name in names:
            _copy(sound / name, folder / name)
    return {"wrong": missed, "told": told, "tried": len(_TABLE)}


def _is_as_it_was(here: Path, there: Path) -> bool:
    """Whether a folder holds again what it held, so that nothing was lost."""
    files = [
        {path.relative_to(one): path.read_bytes() for path in one.rglob("*") if path.is_file()} for one in (here, there)
    ]
    return files[0] == files[1]


def _copy(source: Path, target: Path) -> None:
    shutil.copytree(source, target) if source.is_dir() else shutil.copy(source, target)


def _remove(path: Path) -> None:
    if path.is_dir():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.torture.tampers")
    parser.add_argument("--tell", action="store_true", help="print what was said of each")
    asked = parser.parse_args()
    begun = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="chronik-tampers-") as folder:
        found = _in_child(lambda pipe: said(run(Path(folder)), pipe))
    if asked.tell:
        sys.stdout.write("".join(f"{name}: {words}\n" for name, words in found.get("told", {}).items()))
    sys.stdout.write("".join(f"NOT FOUND: {words}\n" for words in found["wrong"]))
    took = f"{time.monotonic() - begun:.0f} s"
    sys.stdout.write(f"{found.get('tried', 0)} forgeries tried, {len(found['wrong'])} not found; {took}.\n")
    return 1 if found["wrong"] or not found.get("tried") else 0


if __name__ == "__main__":
    sys.exit(main())
