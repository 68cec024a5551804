"""Acts: takes in files that others kept. Taking in the same file twice adds nothing; what cannot be read is named."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from chronik.archive import taking_wacz
from chronik.archive.archive import Archive, Progress, Step, unseen
from chronik.archive.collecting import recover
from chronik.archive.kept_whole import JSONL, KEPT_WHOLE, OPML, PRESS_PAGE, URL_LIST
from chronik.archive.reading import Credited, index_due, read_due
from chronik.archive.relating import relate_due
from chronik.collect import addresses
from chronik.errors import RefusedInputError, TooLargeError
from chronik.extract import language
from chronik.extract.annotations import annotated
from chronik.model import (
    UNDETERMINED,
    Act,
    Dossier,
    DossierOrder,
    Lead,
    RecordKind,
    Verb,
    capture_id,
    content_id,
    sha256_hex,
)
from chronik.preserve import foreign, warc
from chronik.takein import credits as known
from chronik.takein import document, html, jsonl, opml, press_page, recognise, url_list
from chronik.takein.recognise import InputKind

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from chronik.model import Article, Clip, UnreadEntry

WHOLE_FILE_SIZE_BYTES_MAX = 64 * 2**20
HEAD_SIZE_BYTES = 64 * 2**10
PART_SIZE_BYTES = 16 * 2**20
"""Files of lines are kept in parts of about this size."""
LINE_BYTES_MAX = jsonl.ROW_BYTES_MAX + 2
HTML_MEDIA_TYPE = "text/html"
ONE_CAPTURE = frozenset({InputKind.HTML, InputKind.DOCUMENT})
"""Kinds of file that hold one capture: what is wrong with it is wrong with the file."""
YEAR_LENGTH = len("2020")
SLUG_LENGTH = 70
DIGEST_LENGTH = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Refusal:
    """A part of a file that was not taken in, and why."""

    where: str
    """A line, a place or an address in the file; empty for the whole of it."""
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Imported:
    """What one file brought."""

    file: str
    kind: InputKind
    added: Mapping[str, int]
    """Counts of what is new: clips, captures, articles, feeds or leads."""
    known: int = 0
    """How many items the archive had already."""
    refused: tuple[Refusal, ...] = ()
    dossier: str = ""
    """Slug, for a press page."""
    notes: tuple[Refusal, ...] = ()
    """What is to be known of what came in: whose signature it bears, what of it does not hold."""


def import_file(
    archive: Archive, path: Path, *, by: str, kind: InputKind | None = None, progress: Progress = unseen
) -> Imported:
    """Take in one file. Raises RefusedInputError when nothing of it can be used; then nothing was taken in."""
    _check_file(path)
    recover(archive)
    found = kind or _recognised(path)
    try:
        imported = _IMPORTERS[found](archive, path, by, progress)
    except OSError as error:
        raise RefusedInputError(f"cannot be read: {error.strerror}.") from error
    read = read_due(archive, progress=progress)
    index_due(archive, progress=progress)
    relate_due(archive, progress=progress)
    unread = [
        Refusal(where="" if found in ONE_CAPTURE else capture.url, reason=failure.detail or str(failure.kind))
        for capture, failure in read.failures
        if capture.origin == path.name
    ]
    return replace(imported, refused=(*imported.refused, *unread))


def _check_file(path: Path) -> None:
    """Raises RefusedInputError where there is no file that can be read to its end."""
    if path.is_dir():
        raise RefusedInputError("this is a folder; name the files in it")
    if path.exists() and not path.is_file():
        raise RefusedInputError("this is no regular file; save what it gives in one first")


def _recognised(path: Path) -> InputKind:
    try:
        with path.open("rb") as file:
            head = file.read(HEAD_SIZE_BYTES)
    except OSError as error:
        raise RefusedInputError(f"cannot be opened: {error.strerror}.") from error
    return recognise.kind(head, name=path.name)


def _whole(path: Path) -> bytes:
    try:
        size_bytes = path.stat().st_size
        if size_bytes > WHOLE_FILE_SIZE_BYTES_MAX:
            limit = WHOLE_FILE_SIZE_BYTES_MAX // 2**20
            raise TooLargeError(
                f"{size_bytes // 2**20} MiB is more than the {limit} MiB that a file of this kind may have."
            )
        return path.read_bytes()
    except OSError as error:
        raise RefusedInputError(f"cannot be read: {error.strerror}.") from error


def _press_page(archive: Archive, path: Path, by: str, progress: Progress) -> Imported:
    data = _whole(path)
    page = press_page.parsed(data, name=path.name)
    dossier = dossier_of(archive, page, slug=_slug(archive, page))
    clips, unread = press_page.clips(
        page,
        dossier=dossier.slug,
        zone=archive.config.zone,
        language_of=language.language,
        source_id_of=Credited(archive).credit,
    )
    _kept_whole(archive, data, media_type=PRESS_PAGE, origin=path.name)
    act = _act(archive, by, path, dossier.slug, {"clips": len(clips), "digest": sha256_hex(data)})
    dossier = replace(dossier, order=order_of(clips))
    new_clips, new_unread = archive.catalogue.take_in(dossier, clips, unread, act)
    progress(Step(stage="import", done=len(clips), total=len(clips) + len(unread), failed=len(unread)))
    return Imported(
        file=str(path),
        kind=InputKind.PRESS_PAGE,
        added={"clips": new_clips, "unread_entries": new_unread},
        known=len(clips) + len(unread) - new_clips - new_unread,
        refused=tuple(_refusal(entry) for entry in unread),
        dossier=dossier.slug,
    )


def _kept(archive: Archive, data: bytes, *, url: str, media_type: str, origin: str) -> bool:
    """Bytes first: the file goes into the vault, unless it is there; False then."""
    now = archive.clock()
    digest = sha256_hex(data)
    identity = capture_id(record=RecordKind.RESOURCE, url=url, captured_at=now, block_digest=digest)
    if archive.catalogue.known_captures([identity]):
        return False
    capture = archive.vault.keep_resource(data, url=url, media_type=media_type, taken_at=now, origin=origin)
    return archive.catalogue.record_capture(capture, to_read=media_type not in KEPT_WHOLE)


def _kept_whole(archive: Archive, data: bytes, *, media_type: str, origin: str) -> str:
    """Keep a file under its digest, so that its act can be replayed; the digest."""
    digest = sha256_hex(data)
    _kept(archive, data, url=f"urn:sha256:{digest}", media_type=media_type, origin=origin)
    return digest


def dossier_of(archive: Archive, page: press_page.PressPage, *, slug: str) -> Dossier:
    """The dossier that a press page makes."""
    languages = language.languages_of(page.names)
    names = dict(zip(languages, page.names, strict=True))
    return Dossier(
        slug=slug,
        names=names,
        years=page.years,
        heading_as_received=page.heading_as_received,
        created_at=archive.clock(),
    )


def _slug(archive: Archive, page: press_page.PressPage) -> str:
    """The slug of the dossier that this page is a state of, or a free one.

    A later state of a page may cover more years; another topic may happen to make the same slug.
    """
    first_year = page.years[:YEAR_LENGTH]
    for dossier in archive.catalogue.dossiers():
        same_names = tuple(dossier.names.values()) == page.names
        if same_names and dossier.heading_as_received and dossier.years[:YEAR_LENGTH] == first_year:
            return dossier.slug
    slug = known.source_id(f"{page.names[0]} {page.years}".strip())
    standing = archive.catalogue.dossier(slug)
    if standing is None or tuple(standing.names.values()) == page.names:
        return slug
    return f"{slug[:SLUG_LENGTH]}-{content_id([*page.names, page.years])[:DIGEST_LENGTH]}"


def order_of(clips: Sequence[Clip]) -> DossierOrder:
    """The order that the page keeps: by clipping time if it does, else by hand."""
    times = [clip.clipped_at for clip in clips]
    if times == sorted(times, reverse=True):
        return DossierOrder.NEWEST_FIRST
    return DossierOrder.OLDEST_FIRST if times == sorted(times) else DossierOrder.BY_HAND


def _refusal(entry: UnreadEntry) -> Refusal:
    return Refusal(where=f"line {entry.line}", reason=entry.reason)


def _opml(archive: Archive, path: Path, by: str, progress: Progress) -> Imported:
    imported = take_in_feeds(archive, _whole(path), name=path.name, by=by)
    done = imported.known + imported.added["feeds"]
    progress(Step(stage="import", done=done, total=done))
    return replace(imported, file=str(path))


def take_in_feeds(archive: Archive, data: bytes, *, name: str, by: str) -> Imported:
    """Follow the feeds of a list (OPML). Raises RefusedInputError."""
    feeds = opml.feeds(data)
    refused = [Refusal(where=f"line {item.line} ({item.text})", reason=item.reason) for item in opml.refused(data)]
    now = archive.clock()
    _need_something(feeds, refused)
    digest = _kept_whole(archive, data, media_type=OPML, origin=name)
    new = 0
    for feed in feeds:
        try:
            address = addresses.normal(feed.url)
        except RefusedInputError as error:
            refused.append(Refusal(where=feed.url, reason=str(error)))
        else:
            new += archive.catalogue.add_feed(replace(feed, url=address, added_at=now), due_at=now)
    archive.catalogue.record_act(_act(archive, by, Path(name), "", {"feeds": len(feeds), "digest": digest}))
    return Imported(
        file=name, kind=InputKind.OPML, added={"feeds": new}, known=len(feeds) - new, refused=tuple(refused)
    )


def _url_list(archive: Archive, path: Path, by: str, progress: Progress) -> Imported:
    data = _whole(path)
    given, bad = url_list.addresses(data)
    leads: list[Lead] = []
    refused = [Refusal(where=f"line {line.line} ({line.text})", reason=line.reason) for line in bad]
    _need_something(given, refused)
    if not given:
        raise RefusedInputError(f"no line is an address (first: line {bad[0].line}: {bad[0].reason})")
    for url in given:
        try:
            leads.append(Lead(url=addresses.normal(url), found_at=archive.clock()))
        except RefusedInputError as error:
            refused.append(Refusal(where=url, reason=str(error)))
    digest = _kept_whole(archive, data, media_type=URL_LIST, origin=path.name)
    new = archive.catalogue.add_leads(leads)
    archive.catalogue.record_act(_act(archive, by, path, "", {"leads": len(leads), "digest": digest}))
    progress(Step(stage="import", done=len(leads), total=len(given), failed=len(refused)))
    return Imported(
        file=str(path),
        kind=InputKind.URLS,
        added={"leads": new},
        known=len(leads) - new,
        refused=tuple(refused),
    )


def _html(archive: Archive, path: Path, by: str, progress: Progress) -> Imported:  # noqa: ARG001 - one shape for all
    body, address = html.saved(_whole(path), name=path.name)
    url = warc.uri(address)
    new = _kept(archive, body, url=url, media_type=HTML_MEDIA_TYPE, origin=path.name)
    progress(Step(stage="import", done=1, total=1))
    return Imported(file=str(path), kind=InputKind.HTML, added={"captures": int(new)}, known=int(not new))


def _document(archive: Archive, path: Path, by: str, progress: Progress) -> Imported:  # noqa: ARG001 - one shape for all
    data = _whole(path)
    media_type, address = document.saved(data, name=path.name)
    new = _kept(archive, data, url=warc.uri(address), media_type=media_type, origin=path.name)
    progress(Step(stage="import", done=1, total=1))
    return Imported(file=str(path), kind=InputKind.DOCUMENT, added={"captures": int(new)}, known=int(not new))


def _warc(archive: Archive, path: Path, by: str, progress: Progress) -> Imported:
    new = seen = 0
    refused: list[Refusal] = []
    for item in foreign.records(path):
        if isinstance(item, foreign.Damage):
            refused.append(Refusal(where=f"byte {item.offset}", reason=item.reason))
            continue
        is_new = taking_wacz.keep(archive, item)
        new, seen = new + is_new, seen + (not is_new)
        progress(Step(stage="import", done=new + seen, total=0, failed=len(refused)))
    archive.catalogue.record_act(_act(archive, by, path, "", {"captures": new}))
    return Imported(file=str(path), kind=InputKind.WARC, added={"captures": new}, known=seen, refused=tuple(refused))


def _wacz(archive: Archive, path: Path, by: str, progress: Progress) -> Imported:
    taken = taking_wacz.take(archive, path, progress=progress)
    archive.catalogue.record_act(_act(archive, by, path, "", {"captures": taken.new, **taken.about}))
    notes = tuple(Refusal(where=where, reason=what) for where, what in taken.notes)
    added = {"captures": taken.new}
    return Imported(file=str(path), kind=InputKind.WACZ, added=added, known=taken.known, notes=notes)


def _jsonl(archive: Archive, path: Path, by: str, progress: Progress) -> Imported:
    new = seen = 0
    refused: list[Refusal] = []
    credited = Credited(archive)
    now, kept = archive.clock(), list[str]()
    with path.open("rb") as file:
        for item in jsonl.articles(_kept_lines(archive, file, path.name, kept), name=path.name, read_at=now):
            if isinstance(item, jsonl.BadLine):
                refused.append(Refusal(where=f"line {item.line}", reason=item.reason))
                continue
            if archive.catalogue.add_article(credited.article(annotated(in_its_language(item)))):
                new += 1
            else:
                seen += 1
            progress(Step(stage="import", done=new + seen, total=0, failed=len(refused)))
    _need_something([new + seen] if new + seen else [], refused)
    detail = {"articles": new, "digests": kept, "read_at": now.isoformat()}
    archive.catalogue.record_act(_act(archive, by, path, "", detail))
    return Imported(file=str(path), kind=InputKind.JSONL, added={"articles": new}, known=seen, refused=tuple(refused))


def in_its_language(article: Article) -> Article:
    """The article with the language that its words are in, where nobody said one."""
    if article.language != UNDETERMINED:
        return article
    return replace(article, language=language.language(f"{article.title}\n{article.text}"))


def _kept_lines(archive: Archive, file: BinaryIO, origin: str, kept: list[str]) -> Iterator[bytes]:
    """The lines of a file, each given once its part of the file is in the vault; `kept` takes the parts' digests."""
    part: list[bytes] = []
    size_bytes = 0
    for line in chain(_lines(file), [b""]):
        part.append(line)
        size_bytes += len(line)
        if (size_bytes >= PART_SIZE_BYTES or not line) and size_bytes:
            if not part[0].startswith(jsonl.UTF_16_MARKS):  # which is refused as a whole
                kept.append(_kept_whole(archive, b"".join(part), media_type=JSONL, origin=origin))
            yield from filter(None, part)
            part, size_bytes = [], 0


def _lines(file: BinaryIO) -> Iterator[bytes]:
    """The lines of a file; of one that is too long only as much as shows that it is."""
    while line := file.readline(LINE_BYTES_MAX):
        yield line
        while line and not line.endswith(b"\n"):
            line = file.readline(LINE_BYTES_MAX)


def _need_something(found: Sequence[object], refused: Sequence[Refusal]) -> None:
    """Raises RefusedInputError where a file holds nothing that could be taken in or refused."""
    if not found and not refused:
        raise RefusedInputError("empty: there is nothing in it to take in.")


def _act(archive: Archive, by: str, path: Path, subject: str, detail: Mapping[str, object]) -> Act:
    return Act(
        at=archive.clock(),
        by=by,
        verb=Verb.IMPORT,
        subject=subject or path.name,
        detail={"file": path.name, **detail},
    )


_IMPORTERS: Mapping[InputKind, Callable[[Archive, Path, str, Progress], Imported]] = {
    InputKind.PRESS_PAGE: _press_page,
    InputKind.OPML: _opml,
    InputKind.URLS: _url_list,
    InputKind.HTML: _html,
    InputKind.WARC: _warc,
    InputKind.WACZ: _wacz,
    InputKind.JSONL: _jsonl,
    InputKind.DOCUMENT: _document,
}
