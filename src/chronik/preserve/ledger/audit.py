"""Re-derives the whole ledger and says what is not as it was written. Acts: reads the folder.

Each leaf stands in three places: its opening, its entry in a bundle, its hash in a tile. Where two agree, the third is
named. The tree is made anew of the leaves; every tile, every checkpoint and the high-water mark must follow from it.
"""

from __future__ import annotations

from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from itertools import pairwise
from typing import TYPE_CHECKING

from chronik.errors import BusyError, ChronikError, LedgerError, RefusedInputError
from chronik.model import LeafKind, Opening
from chronik.preserve.ledger import files, note, rotation, tiles, tree
from chronik.preserve.ledger.levels import Levels
from chronik.preserve.ledger.openings import Redacted, Torn
from chronik.preserve.ledger.state import State
from chronik.preserve.ledger.store import CHECKPOINT, CHECKPOINTS, KEYS, KeyTerm, terms_in

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from chronik.model import Checkpoint
    from chronik.preserve.ledger.note import VerifierKey
    from chronik.preserve.ledger.state import Mark
    from chronik.preserve.ledger.store import Ledger

REDACT = "redact"
"""Verb of the act that destroys openings; its detail names them under `leaves`."""
UNSIGNED = -1
"""In the place of the number of that act's leaf, where the ledger signed nothing while openings were destroyed."""
WAIT_S = 30.0
"""For another writer to end."""
_BESIDE_LEAVES = frozenset({CHECKPOINT, KEYS})
_FOLDERS = (tiles.ENTRIES.partition("/")[0], CHECKPOINTS)

Fault = tuple[str, str]
"""(What it is about, what is wrong with it)."""


@dataclass(slots=True, kw_only=True)
class Audited:
    """What an audit found: the openings by leaf, and what is wrong."""

    size: int = 0
    openings: dict[int, Opening | Redacted] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)


def audited(ledger: Ledger, *, key: VerifierKey | None = None, mark: Mark | None = None) -> Audited:
    """Re-derive everything. `key` is the public key and `mark` the high-water mark that are trusted, where known."""
    found = Audited()
    terms = _terms(ledger, found)
    found.size = _size(ledger, mark, found)
    bundles = _Bundles(ledger, found)
    levels = Levels([_leaf(index, found, bundles) for index in range(found.size)])
    _files(ledger, levels, found)
    terms = _rotations(found, terms)
    _checkpoints(ledger, levels, terms, found)
    _redactions(found)
    _order(found)
    if found.size and (not terms or key not in {terms[-1].key, terms[0].key}):
        known = f"the trusted one, {key.name}+{key.id.hex()}" if key else "known here: name it with --key"
        found.faults.append((f"ledger/{KEYS}", f"the key of this ledger is not {known}"))
    if mark is not None and mark.size <= found.size and levels.root(mark.size) != mark.root:
        found.faults.append((f"tree of {mark.size} leaves", "is not the one that was signed: see the high-water mark"))
    return found


def _terms(ledger: Ledger, found: Audited) -> list[KeyTerm]:
    data = files.read(ledger.folder / KEYS)
    try:
        return terms_in((data or b"").decode("utf-8", "replace"))
    except ChronikError as error:
        found.faults.append((f"ledger/{KEYS}", str(error)))
        return []


def _size(ledger: Ledger, mark: Mark | None, found: Audited) -> int:
    """How many leaves there must be: the largest number that anything signed names."""
    head = _checkpoint(ledger.folder / CHECKPOINT, f"ledger/{CHECKPOINT}", found)
    sizes = ledger.checkpoint_sizes()
    size = max([head.size if head else 0, *sizes])
    if head is None and size:
        found.faults.append((f"ledger/{CHECKPOINT}", f"is missing or cannot be read; {size} leaves were signed"))
    if head and size != head.size:
        reason = f"is over {head.size} leaves although {size} were signed: it was rolled back"
        found.faults.append((f"ledger/{CHECKPOINT}", reason))
    if mark is not None and mark.size > size:
        reason = f"ends at leaf {size} although {mark.size} were signed here: an old state was put in its place"
        found.faults.append(("ledger", reason))
    bundles = sum(1 for path in (ledger.folder / tiles.ENTRIES).rglob("*") if path.is_file())
    return min(size, bundles * tiles.WIDTH)  # a checkpoint may claim any number


def _checkpoint(path: Path, subject: str, found: Audited) -> Checkpoint | None:
    data = files.read(path)
    try:
        return note.checkpoint(data) if data is not None else None
    except RefusedInputError as error:
        found.faults.append((subject, str(error)))
        return None


class _Bundles:
    """Entries and leaf hashes as the files hold them, one bundle at a time."""

    def __init__(self, ledger: Ledger, found: Audited) -> None:
        self._ledger = ledger
        self._found = found
        self._number = -1
        self.entries: list[bytes] = []
        self.hashes: list[bytes] = []
        self.openings: list[Opening | Redacted | Torn] = []

    def turn_to(self, number: int, size: int) -> None:
        """Hold the bundle of this number."""
        if number == self._number:
            return
        self._number = number
        tile = tiles.tile_at(0, number, size=size)
        first = number * tiles.WIDTH
        self.openings = list(self._ledger.openings.between(first, first + tile.width))
        self.hashes = tiles.hashes_in(self._bytes(tile.name))
        try:
            self.entries = tiles.entries_in(self._bytes(tile.bundle_name))
        except ValueError as error:
            self.entries = []
            self._found.faults.append((f"ledger/{tile.bundle_name}", f"{error} (leaves from {first} on)"))

    def _bytes(self, name: str) -> bytes:
        data = files.read(self._ledger.folder / name)
        if data is None:
            self._found.faults.append((f"ledger/{name}", "is missing"))
        return data or b""


def _leaf(index: int, found: Audited, bundles: _Bundles) -> bytes:
    """The hash of one leaf, as most of what is kept of it says; what says otherwise is told."""
    bundles.turn_to(index // tiles.WIDTH, found.size)
    place = index % tiles.WIDTH
    opening = bundles.openings[place]
    entry = tree.leaf_hash(bundles.entries[place]) if place < len(bundles.entries) else b""
    in_tile = bundles.hashes[place] if place < len(bundles.hashes) else b""
    if isinstance(opening, Torn):
        found.faults.append((_subject(index, opening), opening.reason))
    else:
        found.openings[index] = opening
    if not isinstance(opening, Opening):
        if entry != in_tile:
            found.faults.append((_subject(index, opening), "its entry and its hash in the tile do not agree"))
        return in_tile or entry
    said = {
        "its opening is not what the leaf commits to": tree.leaf_hash(opening.leaf.entry),
        "its entry is not what its opening and its tile say": entry,
        "its hash in the tile is not what its opening and its entry say": in_tile,
    }
    values = list(said.values())
    most = max(values, key=values.count)
    found.faults += [(_subject(index, opening), words) for words, value in said.items() if value != most]
    return most


def _subject(index: int, opening: Opening | Redacted | Torn) -> str:
    known = f" ({opening.kind} {opening.subject})" if isinstance(opening, Opening) else ""
    return f"leaf {index}{known}"


def _files(ledger: Ledger, levels: Levels, found: Audited) -> None:
    """Every tile above the leaves, and whatever lies in the folder that should not."""
    wanted: set[str] = set(_BESIDE_LEAVES)
    for tile in tiles.tiles_between(0, levels.size):
        wanted |= {tile.name, tile.bundle_name} if tile.level == 0 else {tile.name}
        data = files.read(ledger.folder / tile.name)
        if tile.level and data != levels.tile_bytes(tile):
            reason = "is missing" if data is None else "does not follow from the tiles below it"
            found.faults.append((f"ledger/{tile.name}", reason))
        elif tile.level == 0 and data is not None and len(data) != tile.width * tree.HASH_BYTES:
            found.faults.append((f"ledger/{tile.name}", "is longer or shorter than its leaves are many"))
    wanted |= {f"{CHECKPOINTS}/{tiles.numbered(size)}" for size in ledger.checkpoint_sizes()}
    for folder in _FOLDERS:
        for path in sorted((ledger.folder / folder).rglob("*")):
            name = path.relative_to(ledger.folder).as_posix()
            if path.is_file() and name not in wanted and not _is_earlier(ledger, name, wanted, found):
                found.faults.append((f"ledger/{name}", "no tree of this ledger has such a file"))
    found.faults += [(f"ledger/{name}", "holds what no leaf has") for name in ledger.openings.unexplained(levels.size)]


def _is_earlier(ledger: Ledger, name: str, wanted: set[str], found: Audited) -> bool:
    """Whether a partial tile is what the tile in its place began with; it may lie there until that one is full."""
    stem, _, width = name.rpartition(".p/")
    candidates = [one for one in wanted if one == stem or one.rpartition(".p/")[0] == stem] if stem else []
    if not candidates or not width.isdigit():
        return name.endswith(files.FRESH_SUFFIX)
    now, before = files.read(ledger.folder / candidates[0]), files.read(ledger.folder / name)
    if now is not None and before is not None and now.startswith(before) and _has_width(name, before, int(width)):
        return True
    found.faults.append((f"ledger/{name}", "is not what the tile in its place began with"))
    return True


def _has_width(name: str, data: bytes, width: int) -> bool:
    try:
        count = len(tiles.entries_in(data)) if name.startswith(tiles.ENTRIES) else len(data) / tree.HASH_BYTES
    except ValueError:
        return False
    return count == width


def _rotations(found: Audited, terms: list[KeyTerm]) -> list[KeyTerm]:
    """The keys that the leaves tell of; what the file says must be the same."""
    if not terms:
        return []
    told = [replace(terms[0], size=0)]
    for index, opening in found.openings.items():
        if not isinstance(opening, Opening) or opening.kind != LeafKind.KEY_ROTATION:
            continue
        try:
            successor = rotation.handed_over(opening.payload, index=index, old=told[-1].key)
        except RefusedInputError as error:
            found.faults.append((_subject(index, opening), f"the change of keys does not hold: {error}"))
        else:
            told.append(KeyTerm(size=index + 1, key=successor))
    if told != terms:
        found.faults.append((f"ledger/{KEYS}", "names keys that no leaf hands over to"))
    return told


def _checkpoints(ledger: Ledger, levels: Levels, terms: list[KeyTerm], found: Audited) -> None:
    for size in ledger.checkpoint_sizes():
        name = f"{CHECKPOINTS}/{tiles.numbered(size)}"
        head = _checkpoint(ledger.folder / name, f"ledger/{name}", found)
        if head:
            found.faults += [(f"ledger/{name}", words) for words in _checkpoint_faults(head, size, levels, terms)]
    latest = files.read(ledger.folder / CHECKPOINT)
    try:
        size = note.checkpoint(latest or b"").size
    except RefusedInputError:
        return
    if latest != files.read(ledger.folder / CHECKPOINTS / tiles.numbered(size)):
        found.faults.append((f"ledger/{CHECKPOINT}", f"is not the one that was signed over {size} leaves"))


def _checkpoint_faults(head: Checkpoint, size: int, levels: Levels, terms: list[KeyTerm]) -> Iterator[str]:
    if head.size != size:
        yield f"is over {head.size} leaves"
    elif head.size > levels.size:
        yield f"is over {head.size} leaves, and only {levels.size} are here"
    elif levels.root(head.size) != head.root:
        yield "its root does not follow from the leaves"
    due = [term for term in terms if term.size <= head.size][-1:]
    due += [before for before, after in pairwise(terms) if after.size == head.size]
    if not due:
        yield "no key is known that could have signed it"
    for term in due:
        if head.origin != term.key.name:
            yield f"is of another ledger, {head.origin}"
        elif words := note.fault(head, term.key):
            yield words


def _redactions(found: Audited) -> None:
    asked = {
        (by, leaf)
        for by, opening in found.openings.items()
        if isinstance(opening, Opening)
        for leaf in _leaves_redacted_by(opening)
    }
    without_number = {(UNSIGNED, leaf) for _, leaf in asked}
    for index, opening in found.openings.items():
        if isinstance(opening, Redacted) and (opening.by, index) not in asked | without_number:
            found.faults.append((f"leaf {index}", "its opening was destroyed, and no act asked for that"))


def _leaves_redacted_by(opening: Opening) -> list[int]:
    act = opening.payload.get("act")
    detail = act.get("detail") if isinstance(act, dict) and act.get("verb") == REDACT else None
    leaves = detail.get("leaves") if isinstance(detail, dict) else None
    return [one for one in leaves if type(one) is int] if isinstance(leaves, list) else []


def _order(found: Audited) -> None:
    """Leaves say when they were recorded, each not before the one before it."""
    latest = datetime.min.replace(tzinfo=UTC)
    for index, opening in found.openings.items():
        text = opening.payload.get("recorded_at") if isinstance(opening, Opening) else None
        if not isinstance(text, str):
            continue
        try:
            moment = datetime.fromisoformat(text)
            backdated, latest = moment < latest, max(moment, latest)
        except (ValueError, TypeError):
            found.faults.append((_subject(index, opening), f"says that it was recorded at {text!r}"))
        else:
            if backdated:
                found.faults.append((_subject(index, opening), f"says {text}, before the leaf before it: backdated"))


@contextmanager
def undisturbed(ledger: Ledger) -> Iterator[None]:
    """No other process writes the ledger meanwhile, where that can be had: reading needs no state directory."""
    with ExitStack() as stack:
        with suppress(LedgerError, BusyError):
            terms = ledger.terms()
            state = State(ledger.state_base, terms[0].key.name, key=ledger.key_path) if terms else None
            if state and state.mark() is not None:
                stack.enter_context(state.turn(wait_s=WAIT_S))
        yield


def trusted(ledger: Ledger) -> tuple[VerifierKey | None, Mark | None]:
    """The public key and the high-water mark of the state directory; None for what is not there."""
    try:
        terms = ledger.terms()
    except LedgerError:
        terms = []
    if not terms:
        return None, None
    state = State(ledger.state_base, terms[0].key.name, key=ledger.key_path)
    try:
        return state.key().verifier, state.mark()
    except LedgerError:
        return None, None
