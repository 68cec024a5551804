"""Re-reads every byte of the vault and says what is not as it was written. Acts: reads a folder."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from chronik.preserve import cdxj
from chronik.preserve.scan import Broken, Found, digest_of, head_line, scan
from chronik.preserve.writer import (
    INDEX_SUFFIX,
    NAME_START,
    OPEN_SUFFIX,
    WARC_SUFFIX,
    index_path,
    open_index_path,
    warc_files,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path
    from typing import BinaryIO

    from chronik.preserve.cdxj import Entry

Damage = tuple[str, str]


def damages(folder: Path) -> Iterator[Damage]:
    """(File or record, what is wrong with it) for every damage in the folder."""
    for path in warc_files(folder):
        yield from file_damages(path)
    for suffix in (INDEX_SUFFIX, OPEN_SUFFIX):
        for path in sorted(folder.glob(f"{NAME_START}*{suffix}")):
            name = path.name.removesuffix(suffix) + WARC_SUFFIX
            if not (folder / name).exists():
                yield name, f"the file is missing; its index {path.name} is there"


def file_damages(path: Path) -> list[Damage]:
    """Every damage of one WARC file and its index; none where the file went meanwhile."""
    try:
        return list(_file_damages(path))
    except FileNotFoundError:
        return []  # what it leaves behind is told by `damages`
    except OSError as error:
        return [(path.name, f"cannot be read: {error.strerror or error}")]


def _file_damages(path: Path) -> Iterator[Damage]:
    is_sealed = index_path(path).exists()
    text = _index_text(path)
    entries = cdxj.entries(text)
    broken: list[Broken] = []
    lines: set[str] = set()
    with path.open("rb") as file:
        trailing, head = None, ""
        for step in scan(file, name=path.name):
            if isinstance(step, Found) and step.start == 0:
                head = head_line(file, step.end, name=path.name)
            trailing = step if isinstance(step, Broken) else None
            if isinstance(step, Found):
                lines.update(step.lines)
            else:
                broken.append(step)
        if trailing and not is_sealed and not _hit(entries, trailing.start):
            broken.remove(trailing)
        found = [*_broken_stretches(path, broken, entries), *_index_damages(path, entries, lines, broken)]
        if not is_sealed and any(one.startswith(cdxj.HEAD_KEY) and one != head for one in text.split("\n")[:-1]):
            found.append((_subject(path, 0, None), "the head of the file is not what was written"))
        if is_sealed:
            found += _unlisted(path, entries, lines)
        if is_sealed and not found and text != _expected(file, path, lines):
            found.append((index_path(path).name, "the index is not what it was when the file was sealed"))
    yield from found


def _index_text(path: Path) -> str:
    """What the index says. A living writer may seal between two looks: then it is found at the third."""
    for index in (index_path(path), open_index_path(path), index_path(path)):
        with suppress(FileNotFoundError):
            return index.read_text(encoding="ascii", errors="replace")
    return ""


def _expected(file: BinaryIO, path: Path, lines: set[str]) -> str:
    length = path.stat().st_size
    return cdxj.sealed(path.name, lines, length=length, digest=digest_of(file, 0, length))


def _hit(entries: Sequence[Entry], offset: int) -> list[Entry]:
    """The captures whose group covers an offset."""
    return [
        entry
        for entry in entries
        if entry.capture_id and entry.group_offset <= offset < entry.group_offset + entry.group_length
    ]


def _broken_stretches(path: Path, broken: Sequence[Broken], entries: Sequence[Entry]) -> Iterator[Damage]:
    for stretch in broken:
        whom = _hit(entries, stretch.start)
        yield _subject(path, stretch.start, whom[0] if whom else None), stretch.reason


def _index_damages(path: Path, entries: Sequence[Entry], lines: set[str], broken: Sequence[Broken]) -> Iterator[Damage]:
    reported = {entry.group_offset for stretch in broken for entry in _hit(entries, stretch.start)}
    held = {entry.group_offset for entry in cdxj.entries("\n".join(lines))}
    for entry in entries:
        if entry.line in lines or not entry.capture_id or entry.group_offset in reported:
            continue
        reason = "the bytes or their index line are not what was written" if entry.group_offset in held else "missing"
        yield _subject(path, entry.group_offset, entry), reason


def _unlisted(path: Path, entries: Sequence[Entry], lines: set[str]) -> Iterator[Damage]:
    """Captures of a sealed file that its index does not name."""
    known = {entry.group_offset for entry in entries}
    for entry in cdxj.entries("\n".join(sorted(lines))):
        if entry.capture_id and entry.group_offset not in known:
            yield _subject(path, entry.group_offset, entry), "the index has no readable line for it"


def _subject(path: Path, offset: int, entry: Entry | None) -> str:
    whom = f", capture {entry.capture_id} ({entry.url})" if entry else ""
    return f"{path.name} at byte {offset}{whom}"
