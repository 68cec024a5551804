"""Acts: keeps pages that an editor's browser sent, as that editor saw them, and finds the passage that was selected.

Such a capture is private. It shows what a browser held, not what a site answered: it is kept as a resource of its own,
it bears no witness of the site, and nothing but clipped passages of it ever leaves the desk.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from chronik.archive.reading import index_due, read_captures
from chronik.collect import addresses
from chronik.errors import QuoteNotFoundError
from chronik.extract.passages import located, relocated
from chronik.model import Act, Failure, Passage, RecordKind, Verb, capture_id, sha256_hex
from chronik.preserve import warc

if TYPE_CHECKING:
    from chronik.archive.archive import Archive
    from chronik.model import Article, Capture
    from chronik.takein.sent_page import SentPage

ORIGIN_START = "sent by a browser"
UNNAMED = "without name"
LINES_TRIED_MAX = 10
LINE_CHARACTERS_MIN = 25
"""A shorter line may stand anywhere."""
TEXT_CHARACTERS_MAX = 200_000
"""In a longer text lines are not looked for one by one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Received:
    """What became of a page that was sent."""

    capture: str
    new: bool
    """False where the archive had these very bytes of this address."""
    article: str = ""
    """What was read in it; empty where nothing could be."""
    passage: Passage | None = None
    """Where the selection stands in the article; None where it does not, or nothing was selected."""
    failure: Failure | None = None
    """Why there is no article."""


def is_private(capture: Capture) -> bool:
    """Whether a capture was given by a person, by a browser or as a file: it must not be shown to readers as a whole.

    It says what somebody held, not what a site answered when this archive asked.
    """
    return capture.record is RecordKind.RESOURCE


def is_sent(capture: Capture) -> bool:
    """Whether a browser sent a capture at somebody's word."""
    return capture.record is RecordKind.RESOURCE and capture.origin.startswith(ORIGIN_START)


def receive(archive: Archive, sent: SentPage, *, by: str) -> Received:
    """Keep a page, read it, find the passage. The same page sent twice is kept once. Raises RefusedInputError."""
    url = addresses.normal(sent.address)
    identity, new = _kept(archive, sent, url=url, by=by)
    failure = _read(archive, identity) if new else None
    article = _article(archive, identity, url=warc.uri(url))
    if article is None:
        return Received(capture=identity, new=new, failure=failure)
    passage = _passage(article, sent)
    return Received(capture=identity, new=new, article=article.id, passage=passage, failure=failure)


def _kept(archive: Archive, sent: SentPage, *, url: str, by: str) -> tuple[str, bool]:
    """The capture's id, and whether it is a new one. Bytes first."""
    now = archive.clock()
    digest = sha256_hex(sent.body)
    identity = capture_id(record=RecordKind.RESOURCE, url=warc.uri(url), captured_at=now, block_digest=digest)
    if archive.catalogue.known_captures([identity]):
        return identity, False
    kept = archive.vault_of(url).keep_resource(
        sent.body,
        url=url,
        media_type="text/html; charset=utf-8" if sent.media_type == "text/html" else sent.media_type,
        taken_at=now,
        origin=f"{ORIGIN_START}: {sent.sent_by or UNNAMED}",
        by_hand=True,
    )
    new = archive.catalogue.record_capture(kept)
    detail = {"capture": kept.id, "title": sent.title, "sent_by": sent.sent_by, "selected": bool(sent.quote)}
    archive.catalogue.record_act(Act(at=now, by=by, verb=Verb.SEND_PAGE, subject=url, detail=detail))
    return kept.id, new


def _read(archive: Archive, identity: str) -> Failure | None:
    """Read what was kept, and let search find it; why there is no article, if there is none."""
    capture = archive.catalogue.capture(identity)
    assert capture is not None, "it was recorded a moment ago"
    outcomes: dict[str, Article | Failure] = {}
    read_captures(archive, [capture], told=outcomes.__setitem__)
    index_due(archive)
    outcome = outcomes.get(identity)
    return outcome if isinstance(outcome, Failure) else None


def _article(archive: Archive, identity: str, *, url: str) -> Article | None:
    """The reading of a capture, or the version of its page that says the same."""
    shown = archive.catalogue.article(url)
    if shown is None:
        return None
    return next((one for one in archive.catalogue.versions(shown.id) if one.capture_id == identity), shown)


def _passage(article: Article, sent: SentPage) -> Passage | None:
    """Where the selection stands, by its surroundings where it stands several times."""
    if not sent.quote:
        return None
    wanted = Passage(exact=sent.quote, prefix=sent.prefix, suffix=sent.suffix, start=0, end=0)
    surrounded = relocated(article.text, wanted) if sent.prefix or sent.suffix else None
    return surrounded or _located(article.text, sent.quote) or _stretch(article.text, sent.quote)


def _located(text: str, quote: str) -> Passage | None:
    try:
        return located(text, quote)
    except QuoteNotFoundError:
        return None


def _stretch(text: str, quote: str) -> Passage | None:
    """From the first of the selection's lines that stands in the text to the last, where captions came in between."""
    lines = [line for line in map(str.strip, quote.splitlines()) if len(line) >= LINE_CHARACTERS_MIN]
    if len(text) > TEXT_CHARACTERS_MAX:
        return None
    first = next((found for line in lines[:LINES_TRIED_MAX] if (found := _located(text, line))), None)
    last = next((found for line in lines[: -LINES_TRIED_MAX - 1 : -1] if (found := _located(text, line))), None)
    if first is None or last is None or not first.start < last.end <= first.start + len(quote) + LINE_CHARACTERS_MIN:
        return None
    return _located(text, text[first.start : last.end])
