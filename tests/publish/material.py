"""A dossier for the tests of publishing."""

from datetime import UTC, date, datetime, timedelta

from chronik.model import Clip, Dossier, Passage, Source, sha256_hex

NOW = datetime(2026, 5, 1, 12, 0, tzinfo=UTC)
BEGUN = datetime(2026, 3, 28, 22, 30, tzinfo=UTC)
TALBOTE = Source(id="talbote", names={"und": "Talbote", "fr": "Le Messager"}, hosts=("talbote.example",))


def make_dossier(**fields):
    given = {
        "slug": "mill-stream",
        "names": {"en": "The mill stream", "de": "Der Mühlbach"},
        "introductions": {"en": "A dispute about water.\n\nIt goes on."},
        "years": "2026",
        "notes": "SECRET about the dossier",
    }
    return Dossier(**(given | fields))


def make_clip(number=1, **fields):
    given = {
        "id": sha256_hex(f"clip {number}".encode()),
        "dossier": "mill-stream",
        "position": number,
        "title": f"Meldung {number}",
        "language": "de",
        "credit": "Talbote",
        "source_id": "talbote",
        "excerpt": "Die Schleuse blieb zu.\n\nNiemand wusste, warum.",
        "url": f"https://talbote.example/{number}.html",
        "published": "2026-03-27",
        "happened": date(2026, 3, 26),
        "clipped_at": BEGUN - timedelta(hours=number),
        "passage": Passage(exact="Die Schleuse blieb zu.", prefix="vor ", suffix=" nach", start=4, end=26),
        "text_digest": "ab" * 32,
        "note": "SECRET about the clip",
        "as_received": "SECRET entry",
    }
    return Clip(**(given | fields))
