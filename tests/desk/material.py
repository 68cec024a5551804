"""Articles for the desk's tests."""

from datetime import UTC, datetime

from chronik.model import Article, Placement, article_id, story_id
from chronik.ports.relating import Related, Traced

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


def place(catalogue, article, *, anchor=None, copy_of=None, **fields):
    """An article that is in the catalogue gets its place: with another one, or in a story of its own."""
    due = next(one for one in catalogue.unrelated(limit=99) if one.article.id == article.id)
    placement = Placement(
        report=due.report,
        story=story_id(anchor.id if anchor else due.report),
        score=0.8 if anchor else 1.0,
        anchor=anchor.id if anchor else "",
        copy_of=copy_of.id if copy_of else "",
        **fields,
    )
    catalogue.record_related([Related(due=due, traced=Traced(), placement=placement)], at=NOW)
