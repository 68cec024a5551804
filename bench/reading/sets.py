"""The open sets of pages with what people say stands on them, and a digest by which a set is known again."""

import gzip
import hashlib
import json
from dataclasses import dataclass
from pathlib import Path

SHARED = Path(__file__).resolve().parents[3] / "shared"
DATA = SHARED / "data"
ENGLISH, PUBLISHERS, DATES = "english", "publishers", "dates"
SETS = (ENGLISH, PUBLISHERS, DATES)
WITHIN = {ENGLISH: "scrapinghub", PUBLISHERS: "fundus", DATES: None}
"""What the set is called in its file."""
_FOLDERS = {ENGLISH: "extraction", PUBLISHERS: "extraction", DATES: "dates"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Gold:
    """What people say stands on a page; what a set does not say is empty."""

    set: str
    page: str
    """Its name within the set's folder."""
    file: Path
    url: str
    text: str = ""
    title: str = ""
    authors: tuple[str, ...] = ()
    published: str = ""

    def body(self):
        """The page's bytes."""
        return gzip.decompress(self.file.read_bytes())


def there():
    """Whether the sets stand beside the checkout."""
    return all((DATA / folder / "gold.jsonl").is_file() for folder in _FOLDERS.values())


def articles(folder):
    """The pages to measure speed on: both sets of articles, else the sample newsroom's, put into the folder."""
    if there():
        return pages(ENGLISH, PUBLISHERS)
    from bench.material import pages as sampled

    folder.mkdir(parents=True, exist_ok=True)
    shown = []
    for number, body in enumerate(sampled()[0]):
        file = folder / f"{number}.html.gz"
        file.write_bytes(gzip.compress(body))
        shown.append(Gold(set="sample", page=file.name, file=file, url=f"https://example.org/{number}"))
    return shown


def pages(*names):
    """The pages of the sets that are named, in the order of their files."""
    return [gold for name in names for gold in _of(name)]


def _of(name):
    folder, within = _FOLDERS[name], WITHIN[name]
    with (DATA / folder / "gold.jsonl").open(encoding="utf-8") as lines:
        rows = [row for row in map(json.loads, lines) if within is None or row["set"] == within]
    for row in rows:
        yield Gold(
            set=name,
            page=row["page"],
            file=DATA / folder / row["page"],
            url=row["url"],
            text=row.get("text") or "",
            title=row.get("title") or "",
            authors=tuple(row.get("authors") or ()),
            published=row.get("published") or row.get("date") or "",
        )


def digest(folder):
    """SHA-256 over names and contents of all files of one folder of the shared data: another set has another one."""
    whole = hashlib.sha256()
    for path in sorted(path for path in (DATA / folder).rglob("*") if path.is_file()):
        whole.update(path.relative_to(DATA / folder).as_posix().encode() + b"\0")
        whole.update(hashlib.sha256(path.read_bytes()).digest())
    return whole.hexdigest()
