"""Keeps the message catalogues: collects what the interface says, merges it, and compiles what was translated.

    python tools/messages.py            collect (needs GNU gettext), merge and compile
    python tools/messages.py compile    only compile the .po files

English is the language of the source. A new string appears in the .po files without a translation; a test fails
until somebody has written one.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import polib
from django.conf import settings
from django.utils.translation.template import templatize

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "src" / "chronik"
LANGUAGES = ("de", "fr")
DOMAIN = "django"
XGETTEXT_TIMEOUT_S = 120
KEYWORDS = (
    "gettext_noop",
    "gettext_lazy",
    "ngettext_lazy:1,2",
    "pgettext:1c,2",
    "npgettext:1c,2,3",
    "pgettext_lazy:1c,2",
    "npgettext_lazy:1c,2,3",
    "_",
)
METADATA = {
    "Project-Id-Version": "Chronik",
    "MIME-Version": "1.0",
    "Content-Type": "text/plain; charset=UTF-8",
    "Content-Transfer-Encoding": "8bit",
}
PLURALS = {"de": "nplurals=2; plural=(n != 1);", "fr": "nplurals=2; plural=(n > 1);"}


def catalogue(language: str) -> Path:
    """Where the translations into a language lie."""
    return PACKAGE / "locale" / language / "LC_MESSAGES" / f"{DOMAIN}.po"


def gettext_is_there() -> bool:
    """Whether GNU gettext is installed."""
    return shutil.which("xgettext") is not None


def collected() -> polib.POFile:
    """Every string of the interface, with the files that it stands in."""
    if not settings.configured:
        settings.configure()
    with tempfile.TemporaryDirectory() as folder:
        names = [str(path) for path in _copied(Path(folder))]
        keywords = [f"--keyword={keyword}" for keyword in KEYWORDS]
        command = ["xgettext", "--language=Python", "--from-code=UTF-8", "--add-location=file", "--output=all.pot"]
        subprocess.run(
            [*command, "--no-wrap", "--force-po", *keywords, *names], cwd=folder, check=True, timeout=XGETTEXT_TIMEOUT_S
        )
        return polib.pofile(str(Path(folder) / "all.pot"), wrapwidth=0)


def _copied(folder: Path) -> list[Path]:
    """Sources and templates under their own names, templates in a form that xgettext reads; names, in order."""
    copies: list[Path] = []
    for path in sorted([*PACKAGE.rglob("*.py"), *PACKAGE.rglob("templates/**/*.html")]):
        text = path.read_text(encoding="utf-8")
        name = path.relative_to(ROOT / "src")
        copy = folder / name
        copy.parent.mkdir(parents=True, exist_ok=True)
        copy.write_text(templatize(text) if path.suffix == ".html" else text, encoding="utf-8")
        copies.append(name)
    return copies


def merge(language: str, strings: polib.POFile) -> polib.POFile:
    """The catalogue of a language with what is new, and without what is gone."""
    path = catalogue(language)
    path.parent.mkdir(parents=True, exist_ok=True)
    known = polib.pofile(str(path), wrapwidth=0) if path.is_file() else polib.POFile(wrapwidth=0)
    known.merge(strings)
    for entry in known.obsolete_entries():
        known.remove(entry)
    known.metadata = {**METADATA, "Language": language, "Plural-Forms": PLURALS[language]}
    known.header = ""
    known.sort(key=lambda entry: (entry.msgctxt or "", entry.msgid))
    known.save(str(path))
    return known


def compiled(language: str) -> bytes:
    """The catalogue of a language as programs read it."""
    return bytes(polib.pofile(str(catalogue(language)), wrapwidth=0).to_binary())


def main(arguments: list[str]) -> int:
    """Collect, merge, compile; say what lacks a translation."""
    if arguments not in ([], ["compile"]):
        print(__doc__, file=sys.stderr)
        return 2
    if not arguments:
        if not gettext_is_there():
            print("GNU gettext is not installed (on Debian: apt-get install gettext).", file=sys.stderr)
            return 1
        strings = collected()
        for language in LANGUAGES:
            merge(language, strings)
    missing = 0
    for language in LANGUAGES:
        catalogue(language).with_suffix(".mo").write_bytes(compiled(language))
        lacking = polib.pofile(str(catalogue(language)), wrapwidth=0).untranslated_entries()
        missing += len(lacking)
        for entry in lacking:
            print(f"{language}: not translated: {entry.msgid}")
    return 1 if missing else 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
