"""Archives for the tests of witnesses: in memory but for vault and ledger, each with a state of its own."""

from contextlib import ExitStack, contextmanager
from dataclasses import replace
from datetime import timedelta

from tests.archive.test_losing_nothing import archive_in
from tests.fakes.fetch import FakeFetch, FakePage
from tests.preserve.material import NOW

from chronik import config as configuration
from chronik.archive import recording
from chronik.extract.passages import located
from chronik.model import Act, Article, Clip, Dossier, Verb, article_id
from chronik.ports import Ask

URL = "https://talbote.example/sluice"
FIRST = "The water board closed the Mirre sluice near Hallwerd in the night to Thursday, and nobody noticed it."
SECOND = "Anglers counted 300 kilograms of dead fish below the gates, and the keeper opened both of them at dawn."
THIRD = "The board will not say who gave the order, nor whether the pumps are insured."


def html(*paragraphs):
    body = "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)
    return f"<!doctype html><html lang=en><head><title>Sluice</title></head><body><article>{body}</article>".encode()


def house(folder, *, settings=None, at=NOW):
    """An archive under its own name; `settings` as in chronik.toml."""
    folder.mkdir(exist_ok=True)
    made = archive_in(folder)
    table = {"state_directory": str(folder / "state"), "pace_s": 0, **(settings or {})}
    return replace(made, config=configuration.from_table(folder, table), clock=lambda: at)


@contextmanager
def street(folder):
    """Makes archives by name, and closes them all."""
    with ExitStack() as stack:
        yield lambda name, **options: stack.enter_context(house(folder / name, **options))


def later(archive, **time_passed):
    moment = archive.clock() + timedelta(**time_passed)
    return replace(archive, clock=lambda: moment)


def captured(archive, *paragraphs, url=URL, page=None):
    """A page that the archive fetched itself, with its reading; recorded in the ledger."""
    fetch = FakeFetch({url: page or FakePage(body=html(*paragraphs))}, clock=archive.clock)
    capture = archive.vault.keep(fetch(Ask(url=url)))
    archive.catalogue.record_capture(capture)
    read(archive, capture, *paragraphs)
    recording.record_due(archive)
    return capture


def read(archive, capture, *paragraphs):
    """What a reader would have made of a capture."""
    identity = article_id(capture_id=capture.id, made_by="test")
    text = "\n\n".join(paragraphs)
    article = Article(
        id=identity, capture_id=capture.id, url=capture.url, text=text, made_by="test", read_at=archive.clock()
    )
    archive.catalogue.record_reading(capture.id, article)
    return article


def clipped(archive, capture, quote, *, text, published=False, number=1):
    """A clip of a capture in a dossier, published or not."""
    now = archive.clock()
    if archive.catalogue.dossier("sluice") is None:
        opened = Act(at=now, by="ada", verb=Verb.CREATE_DOSSIER, subject="sluice")
        archive.catalogue.add_dossier(Dossier(slug="sluice", names={"en": "Sluice"}), opened)
    passage = located(text, quote)
    clip = Clip(
        id=f"{number:064x}",
        dossier="sluice",
        excerpt=passage.exact,
        passage=passage,
        url=capture.url,
        capture_id=capture.id,
        clipped_at=now,
    )
    archive.catalogue.add_clip(clip, Act(at=now, by="ada", verb=Verb.CLIP, subject=clip.id))
    if published:
        archive.catalogue.published_map["sluice"] = now
    return clip
