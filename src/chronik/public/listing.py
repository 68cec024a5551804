"""Which dossiers a published folder holds, read from their own `dossier.json`. Acts: reads files."""

from __future__ import annotations

import json
import unicodedata
from datetime import datetime
from typing import TYPE_CHECKING, Any

from chronik.public import dates
from chronik.public.reading import Text
from chronik.public.rendering import Listed
from chronik.publish.addresses import is_language_tag, is_slug
from chronik.publish.exports import DATA, KIND

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from chronik.public.rendering import Site


def listed(folder: Path, site: Site) -> list[Listed]:
    """Every dossier in the folder, by its main name; what cannot be read as one is left out."""
    found = []
    for path in folder.iterdir():
        if is_slug(path.name):
            try:
                found.append(_listed(path.name, data(path), site))
            except (AttributeError, KeyError, TypeError, ValueError, IndexError):
                continue
    return sorted(found, key=lambda one: (_sortable(one.names[0][0].text), one.slug))


def data(folder: Path) -> Mapping[str, Any]:
    """What a dossier's folder says of itself; empty where it says nothing, or nothing of ours."""
    try:
        value = json.loads((folder / DATA).read_bytes())
    except (OSError, ValueError, RecursionError):
        return {}
    return value if isinstance(value, dict) and value.get("kind") == KIND else {}


def _listed(slug: str, said: Mapping[str, Any], site: Site) -> Listed:
    """Raises where the file is not as we write it."""
    tags = [tag for tag in said["languages"] if is_language_tag(tag)]
    days = sorted(
        {dates.local_day(datetime.fromisoformat(moment), site.zone) for moment in (said["span"] or {}).values()}
    )
    return Listed(
        slug=slug,
        names=tuple(
            (
                Text(text=str(said["names"][tag]), language=tag),
                f"{slug}/index.html" if tag == tags[0] else f"{slug}/{tag}/index.html",
            )
            for tag in tags
        ),
        years=str(said["years"]),
        count=int(said["count"]),
        span=tuple(dates.day(day, site.language) for day in days),
    )


def _sortable(name: str) -> str:
    """Letters without their marks, in lower case: the same order on every machine."""
    return "".join(sign for sign in unicodedata.normalize("NFKD", name) if not unicodedata.combining(sign)).casefold()
