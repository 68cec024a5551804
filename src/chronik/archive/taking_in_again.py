"""Acts: takes in again what files of others brought, and follows feeds again, in an archive that is being made anew."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from io import BytesIO
from typing import TYPE_CHECKING

from chronik.archive import importing
from chronik.archive.doing import IncompleteActError
from chronik.archive.kept_whole import JSONL, OPML, PRESS_PAGE, URL_LIST
from chronik.collect import addresses
from chronik.errors import NotFoundError, RefusedInputError
from chronik.extract import language
from chronik.extract.annotations import annotated
from chronik.model import Dossier, Feed, Lead
from chronik.model.records import feed_values
from chronik.ports import Poll
from chronik.takein import jsonl, opml, press_page, url_list

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from chronik.archive.doing import Doing
    from chronik.model import Act, Article, Clip, UnreadEntry


def follow(doing: Doing, act: Act) -> None:
    """Follow a feed, or follow it again."""
    known = {health.feed.url: health.feed for health in doing.archive.catalogue.feeds()}
    told = Feed(**feed_values(act.detail["new"])) if "new" in act.detail else Feed(url=act.subject, added_at=act.at)
    feed = replace(known.get(act.subject, told), source_id="")
    doing.archive.catalogue.add_feed(known.get(act.subject, feed), due_at=act.at)
    doing.feeds[act.subject] = act.subject


def unfollow(doing: Doing, act: Act) -> None:
    """Stop asking a feed."""
    for health in doing.archive.catalogue.feeds():
        if health.feed.url == act.subject:
            doing.archive.catalogue.record_poll(Poll(health=replace(health, stopped=True)))


def take_in(doing: Doing, act: Act) -> None:
    """Take in what a kept file holds. Raises IncompleteActError, NotFoundError, VaultError, KeyError."""
    detail = act.detail
    if isinstance(detail.get("new"), dict) or "clips" in detail:
        _page_taken_in(doing, act)
    elif "feeds" in detail:
        _feeds_taken_in(doing, opml.feeds(_file(doing, detail["digest"], OPML)), at=act.at)
    elif "leads" in detail:
        given, _ = url_list.addresses(_file(doing, detail["digest"], URL_LIST))
        doing.archive.catalogue.add_leads(Lead(url=url, found_at=act.at) for url in _normal(given))
    elif "articles" in detail:
        for article in _articles(doing, act):
            doing.archive.catalogue.add_article(doing.credited.article(article))


def _page_taken_in(doing: Doing, act: Act) -> None:
    """A page that is kept says more than its act: what could not be read of it waits for mending."""
    clips: Sequence[Clip] = ()
    unread: Sequence[UnreadEntry] = ()
    dossier = Dossier(slug=act.subject, names={})
    try:
        page = press_page.parsed(
            _file(doing, str(act.detail.get("digest", "")), PRESS_PAGE), name=str(act.detail.get("file", ""))
        )
    except NotFoundError as error:
        doing.notes.append((f"act {act.id}", f"{error} Its dossier and clips are as the act says"))
    else:
        dossier = importing.dossier_of(doing.archive, page, slug=act.subject)
        clips, unread = press_page.clips(
            page,
            dossier=act.subject,
            zone=doing.archive.config.zone,
            language_of=language.language,
            source_id_of=doing.credited.credit,
        )
        dossier = replace(dossier, order=importing.order_of(clips))
    doing.tables.take_in_again(dossier, clips, unread=unread, act=act)


def _feeds_taken_in(doing: Doing, feeds: Iterable[Feed], *, at: datetime) -> None:
    for feed in feeds:
        for url in _normal([feed.url]):
            doing.archive.catalogue.add_feed(replace(feed, url=url, added_at=at), due_at=at)
            doing.feeds[url] = url


def _normal(urls: Iterable[str]) -> Iterable[str]:
    for url in urls:
        try:
            yield addresses.normal(url)
        except RefusedInputError:
            continue


def _articles(doing: Doing, act: Act) -> Iterable[Article]:
    if "digests" not in act.detail:
        raise IncompleteActError("it took in reports without keeping their file")
    moment = datetime.fromisoformat(act.detail["read_at"])
    for digest in act.detail["digests"]:
        lines = BytesIO(_file(doing, digest, JSONL))
        for item in jsonl.articles(lines, name=str(act.detail["file"]), read_at=moment):
            if not isinstance(item, jsonl.BadLine):
                yield annotated(importing.in_its_language(item))


def _file(doing: Doing, digest: str, media_type: str) -> bytes:
    """A file that was kept whole. Raises NotFoundError, VaultError."""
    found = doing.archive.catalogue.captures_at(f"urn:sha256:{digest}", limit=10)
    capture = next((one for one in found if one.media_type == media_type), None)
    if capture is None:
        raise NotFoundError(f"The file {digest[:12] or 'that it took in'} is not in the vault.")
    return doing.archive.vault.page(capture).body
