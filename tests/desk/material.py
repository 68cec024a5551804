"""Articles for the desk's tests."""

from datetime import UTC, datetime

from chronik.model import Article, article_id

NOW = datetime(2026, 5, 1, 12, 0, tzinfo=UTC)
TEXT = (
    "Der Müller hatte „einen guten Grund“, sagte er am Montag.\n\n"
    "Die Schleuse blieb geschlossen. Niemand wusste, warum.\n\nDer Bach stand still."
)


def make_article(number=1, **fields):
    given = {
        "id": article_id(capture_id="", made_by="test", given_id=str(number)),
        "url": f"https://talbote.example/{number}.html",
        "title": f"Meldung {number}",
        "published": f"2026-04-{1 + number % 28:02}",
        "language": "de",
        "source": "Talbote",
        "text": TEXT,
        "made_by": "test",
        "read_at": NOW,
    }
    return Article(**(given | fields))
