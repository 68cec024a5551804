"""Acts: loads what pages need before the first of them is asked for, so that nobody waits for it.

What is loaded here stays as long as the process: it is taken out of the search for garbage, which would otherwise go
through hundreds of thousands of names again and again while somebody waits for a page.
"""

from __future__ import annotations

import gc
from contextlib import suppress
from pathlib import Path

from django.conf import settings
from django.db import connection
from django.template.loader import get_template
from django.urls import get_resolver
from django.utils import translation

from chronik import wiring
from chronik.archive.neighbours import bridge
from chronik.desk.context import asset_stamp
from chronik.errors import ChronikError
from chronik.model import Span, Statement
from chronik.relate.accounts import Side, Told, accounts

TEMPLATES = ("desk", "public")
SPEAKER, SAID = "Анна Berg", "Paris wartet, мы ждём"
"""A name and words of two scripts: a look at them loads the lists of names."""
LANGUAGES = ("de", "en", "es", "fr", "ru")


def get_ready() -> None:
    """Load pages, translations and names. What cannot be loaded now is told when it is asked for."""
    with suppress(ChronikError):
        archive = wiring.current()
        names = bridge(archive)
        accounts([_told(language) for language in LANGUAGES], sides=[Side(name="", speakers=(SPEAKER,))], bridge=names)
        for language in LANGUAGES:
            names.names_in(SAID, language=language)
        archive.index.search(SAID, limit=1)
    _load_pages()
    connection.close()
    gc.collect()
    gc.freeze()


def _told(language: str) -> Told:
    start = len(SPEAKER) + len(": ")
    said = Statement(start=start, end=start + len(SAID), quoted=True, speaker=Span(start=0, end=len(SPEAKER)))
    return Told(article=language, text=f"{SPEAKER}: {SAID}", language=language, statements=(said,))


def _load_pages() -> None:
    asset_stamp()
    get_resolver().url_patterns  # noqa: B018 - imports every view
    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            translation.gettext("Inbox")
    for application in TEMPLATES:
        folder = Path(__file__).resolve().parent.parent / application / "templates"
        for path in sorted(folder.rglob("*.html")):
            get_template(str(path.relative_to(folder)))
