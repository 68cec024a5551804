"""The redactions of an archive, where a restored backup does not reach: beside the ledger's key. Acts: files.

Each is the whole act of redacting. What the archive has carried out, it notes in a file of its own: so an older copy of
the archive lacks the note, and carries it out again.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from chronik.errors import LedgerError
from chronik.model import canonical
from chronik.preserve.ledger import files, former
from chronik.preserve.ledger.payload import act_fields, act_in

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from chronik.model import Act
    from chronik.preserve.ledger import Ledger

FOLDER = "redactions"
DONE_NAME = "redacted"
"""In the archive: ids of the acts that were carried out there, one a line."""
SUFFIX = ".json"


def keep(ledger: Ledger, act: Act) -> None:
    """Write down an act of redacting before anything of it is done. Raises LedgerError."""
    data = canonical({"id": act.id, "act": act_fields(act)})
    for origin in _origins(ledger):
        path = _folder(ledger, origin) / f"{act.id}{SUFFIX}"
        files.write(path, data, mode=files.PRIVATE_MODE, folder_mode=files.PRIVATE_FOLDER_MODE)


def kept(ledger: Ledger) -> list[Act]:
    """Every act of redacting that was written down for this archive, the oldest first. Raises LedgerError."""
    found = {}
    for origin in _origins(ledger):
        for path in sorted(_folder(ledger, origin).glob(f"*{SUFFIX}")):
            act = _act(path)
            found[act.id] = act
    return sorted(found.values(), key=lambda act: (act.at, act.id))


def _act(path: Path) -> Act:
    try:
        return act_in(json.loads(files.read(path) or b""))
    except (ValueError, KeyError, TypeError) as error:
        raise LedgerError(f"{path} is not what was written there: a redaction may be undone. Restore it.") from error


def done(house: Path) -> set[str]:
    """Ids of the redactions that this archive has carried out. Raises LedgerError."""
    data = files.read(house / DONE_NAME) or b""
    return set(data.decode("ascii", "replace").split())


def note_done(house: Path, ids: Iterable[str]) -> None:
    """Note that these were carried out. Raises LedgerError."""
    text = "".join(f"{one}\n" for one in sorted(done(house) | set(ids)))
    files.write(house / DONE_NAME, text.encode("ascii"), mode=files.PRIVATE_MODE)


def is_quiet(ledger: Ledger, house: Path) -> bool:
    """Whether nothing is to be done, told without reading any act: as cheap as opening an archive must be."""
    names = set()
    for origin in _origins(ledger):
        folder = _folder(ledger, origin)
        names |= {path.name for path in folder.iterdir()} if folder.is_dir() else set()
    wanted = {name.removesuffix(SUFFIX) for name in names if name.endswith(SUFFIX)}
    return not wanted or wanted <= done(house)


def _folder(ledger: Ledger, origin: str) -> Path:
    return ledger.state_base / origin.rpartition("/")[2] / FOLDER


def _origins(ledger: Ledger) -> list[str]:
    """The names of this ledger and of those that it follows: a backup may be of any of their times."""
    try:
        terms = ledger.terms()
    except LedgerError:  # damaged: it may be any of those here, and `chronik verify` has to be able to say so
        return [path.name for path in sorted(ledger.state_base.glob("*")) if path.is_dir()]
    found = [terms[0].key.name] if terms else []
    return [*found, *(name for name in former.origins(ledger.folder) if name not in found)]
