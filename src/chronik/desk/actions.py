"""Acts: what editors do to dossiers, clips and feeds. Each checks, changes, and leaves an act that could undo it.

The catalogue comes first; the clock and the user are arguments. Errors are those of `chronik.errors`.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Unpack

from chronik.desk import changes as changes_of
from chronik.desk import checks
from chronik.errors import ConflictError, NotFoundError, RefusedInputError
from chronik.extract import language as languages
from chronik.extract.passages import excerpt, gathered
from chronik.model import UNDETERMINED, Act, Clip, Dossier, UnreadEntry, Verb, content_id
from chronik.model.records import clip_record, dossier_record, whole_clip_record
from chronik.takein import credits as known
from chronik.takein import press_page

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date, datetime
    from zoneinfo import ZoneInfo

    from chronik.desk.changes import ClipChanges, DossierChanges
    from chronik.model import Article, Passage
    from chronik.ports import Catalogue

SLUG_TRIES_MAX = 200
LINE_END = re.compile(r"\r\n|\r|\n")


def new_dossier(  # noqa: PLR0913 - one argument a field, each by name
    catalogue: Catalogue,
    *,
    names: Mapping[str, str],
    by: str,
    now: datetime,
    slug: str = "",
    introductions: Mapping[str, str] | None = None,
    years: str = "",
) -> Dossier:
    """Open a dossier; without a slug one is made of the main name. Raises ConflictError where the slug is taken."""
    checked = checks.names(names)
    dossier = Dossier(
        slug=checks.slug(slug) if slug else checks.slug_from(checked),
        names=checked,
        introductions=changes_of.introductions(introductions or {}),
        years=checks.line(years, what="Years", characters_max=checks.YEARS_CHARACTERS_MAX),
        created_at=now,
    )
    if slug:
        return _added(catalogue, dossier, by=by, now=now)
    for number in range(1, SLUG_TRIES_MAX + 1):
        try:
            return _added(catalogue, replace(dossier, slug=_numbered(dossier.slug, number)), by=by, now=now)
        except ConflictError:
            continue
    raise ConflictError(f"There are too many dossiers called {dossier.slug!r}; choose a slug yourself.")


def edit_dossier(
    catalogue: Catalogue, slug: str, *, by: str, now: datetime, **changes: Unpack[DossierChanges]
) -> Dossier:
    """Change a dossier; names and introductions replace all of their kind. Nothing changed leaves no act."""
    old = _the_dossier(catalogue, slug)
    new = replace(old, **changes_of.checked_dossier(changes))
    if dict(new.names) != dict(old.names) or list(new.names) != list(old.names) or new.years != old.years:
        # The heading would contradict the names that readers see.
        new = replace(new, heading_as_received="")
    detail = changes_of.difference(dossier_record(old), dossier_record(new))
    if detail:
        catalogue.change_dossier(new, Act(at=now, by=by, verb=Verb.EDIT_DOSSIER, subject=slug, detail=detail))
    return new


def remove_dossier(catalogue: Catalogue, slug: str, *, by: str, now: datetime) -> None:
    """Take a dossier and its clips out of sight; its acts stay."""
    old = _the_dossier(catalogue, slug)
    clips = [clip.id for clip in catalogue.clips(slug)]
    detail = {"old": dossier_record(old), "clips": clips}
    catalogue.remove_dossier(slug, Act(at=now, by=by, verb=Verb.REMOVE_DOSSIER, subject=slug, detail=detail))


def clip(  # noqa: PLR0913 - one argument a field, each by name
    catalogue: Catalogue,
    *,
    article_id: str,
    dossier: str,
    quote: str | Sequence[str],
    by: str,
    now: datetime,
    near: Sequence[int | None] = (),
    happened: date | None = None,
    note: str = "",
    credit: str | None = None,
    quotation_reason: str = "",
) -> Clip:
    """Put a verbatim passage of an article, or several as one clip, at the head of a dossier.

    `near` says about where each stands, where that is known: the same words may stand in a text twice. Raises
    QuoteNotFoundError unless the text holds every quote, ConflictError when the passages are clipped already.
    """
    article = _the_article(catalogue, article_id)
    _the_dossier(catalogue, dossier)
    quotes = [quote] if isinstance(quote, str) else quote
    passages = gathered(article.text, [checks.text(one, what="Quote") for one in quotes], near=near)
    standing = catalogue.clips(dossier)
    _refuse_twice(standing, article, passages)
    credited = article.source if credit is None else checks.line(credit, what="Credit")
    clip = Clip(
        id=_clip_id(standing, article, passages, dossier=dossier, now=now),
        dossier=dossier,
        position=min((other.position for other in standing), default=1) - 1,
        title=article.title,
        language=_language(article, passages[0]),
        credit=credited,
        source_id=article.source_id if credited == article.source else _source_id(catalogue, credited),
        excerpt=excerpt(article.text, passages),
        url=article.url,
        article_id=article.id,
        capture_id=article.capture_id,
        text_digest=article.text_digest,
        passage=passages[0],
        further=passages[1:],
        happened=happened,
        published=article.published,
        clipped_at=now,
        note=checks.text(note, what="Note"),
        quotation_reason=checks.text(quotation_reason, what="Reason"),
    )
    detail = {"dossier": dossier, "new": clip_record(clip)}
    _kept(catalogue, clip, Act(at=now, by=by, verb=Verb.CLIP, subject=clip.id, detail=detail))
    return clip


def edit_clip(catalogue: Catalogue, clip_id: str, *, by: str, now: datetime, **changes: Unpack[ClipChanges]) -> Clip:
    """Change a clip. Nothing changed leaves no act; anything changed ends its being as received."""
    old = _the_clip(catalogue, clip_id)
    new = replace(old, **_checked_clip(catalogue, old, changes))
    if new == old:
        return old
    new = replace(new, as_received="")
    detail = {
        "dossier": old.dossier,
        **changes_of.difference(whole_clip_record(old), whole_clip_record(new)),
    }
    catalogue.change_clip(new, Act(at=now, by=by, verb=Verb.EDIT_CLIP, subject=clip_id, detail=detail))
    return new


def move_clip(catalogue: Catalogue, clip_id: str, *, places: int, by: str, now: datetime) -> None:
    """Move a clip in the order by hand: below zero towards the head, above zero towards the end."""
    moved = _the_clip(catalogue, clip_id)
    before = [clip.id for clip in catalogue.clips(moved.dossier)]
    place = before.index(clip_id)
    target = min(max(place + places, 0), len(before) - 1)
    if target == place:
        return
    after = [other for other in before if other != clip_id]
    after.insert(target, clip_id)
    detail = {"dossier": moved.dossier, "old": {"place": place}, "new": {"place": target}}
    act = Act(at=now, by=by, verb=Verb.MOVE_CLIP, subject=clip_id, detail=detail)
    catalogue.order_clips(moved.dossier, after, act)


def remove_clip(catalogue: Catalogue, clip_id: str, *, by: str, now: datetime) -> Clip:
    """Take a clip out of its dossier; `restore_clip` brings it back."""
    removed = _the_clip(catalogue, clip_id)
    detail = {"dossier": removed.dossier, "old": clip_record(removed)}
    catalogue.remove_clip(clip_id, Act(at=now, by=by, verb=Verb.REMOVE_CLIP, subject=clip_id, detail=detail))
    return removed


def restore_clip(catalogue: Catalogue, clip_id: str, *, by: str, now: datetime) -> Clip:
    """Put a removed clip back where it stood. One that stands is left alone."""
    if (standing := catalogue.clip(clip_id)) is not None:
        return standing
    catalogue.restore_clip(clip_id, Act(at=now, by=by, verb=Verb.RESTORE_CLIP, subject=clip_id))
    return _the_clip(catalogue, clip_id)


def mend_entry(  # noqa: PLR0913 - one argument a field, each by name
    catalogue: Catalogue, entry: UnreadEntry, *, text: str, zone: ZoneInfo, by: str, now: datetime
) -> Clip:
    """Make a clip of an entry's mended text. Raises RefusedInputError saying what is still wrong with it."""
    parsed = press_page.parsed_entry(checks.text(text, what="Entry"))
    if isinstance(parsed, press_page.Unread):
        raise RefusedInputError(f"Line {parsed.line} of the entry: {parsed.reason}.")
    (made,), _ = press_page.clips(
        press_page.PressPage(heading_as_received="", names=(), years="", entries=(parsed,)),
        dossier=entry.dossier,
        zone=zone,
        language_of=languages.language,
        source_id_of=lambda credit: _source_id(catalogue, credit),
    )
    # The act keeps the broken text; the page that is written again holds the mended one in its place and form.
    mended = replace(made, position=entry.position, as_received=_in_form_of(entry.text, made.as_received))
    detail = {
        "dossier": entry.dossier,
        "entry": entry.id,
        "old": {"text": entry.text, "line": entry.line, "reason": entry.reason},
        "new": clip_record(mended),
    }
    act = Act(at=now, by=by, verb=Verb.MEND_ENTRY, subject=mended.id, detail=detail)
    catalogue.mend_entry(entry.id, mended, act)
    return mended


def _in_form_of(received: str, mended: str) -> str:
    """The mended text with the line ends of what was received, and as much space behind it."""
    line_end = LINE_END.search(received)
    space_behind = received[len(received.rstrip()) :]
    return LINE_END.sub(line_end[0] if line_end else "\n", mended.strip()) + space_behind


def _added(catalogue: Catalogue, dossier: Dossier, *, by: str, now: datetime) -> Dossier:
    detail = {"new": dossier_record(dossier)}
    catalogue.add_dossier(dossier, Act(at=now, by=by, verb=Verb.CREATE_DOSSIER, subject=dossier.slug, detail=detail))
    return dossier


def _kept(catalogue: Catalogue, clip: Clip, act: Act) -> None:
    try:
        catalogue.add_clip(clip, act)
    except ConflictError:
        # It was clipped and removed before: it comes back as it is wanted now.
        catalogue.restore_clip(clip.id, replace(act, verb=Verb.RESTORE_CLIP), new=clip)


def _refuse_twice(standing: Iterable[Clip], article: Article, passages: Sequence[Passage]) -> None:
    for other in standing:
        if other.article_id == article.id and _spans(other.passages) == _spans(passages):
            raise ConflictError(f"This passage is in the dossier {other.dossier!r} already.")


def _numbered(slug: str, number: int) -> str:
    if number == 1:
        return slug
    ending = f"-{number}"
    return slug[: checks.SLUG_CHARACTERS_MAX - len(ending)].rstrip("-") + ending


def _checked_clip(catalogue: Catalogue, old: Clip, changes: ClipChanges) -> dict[str, Any]:
    checked: dict[str, Any] = {}
    if "title" in changes:
        checked["title"] = checks.line(changes["title"], what="Title")
    if "language" in changes:
        checked["language"] = checks.language(changes["language"])
    if "credit" in changes:
        checked["credit"] = checks.line(changes["credit"], what="Credit")
        if checked["credit"] != old.credit:
            checked["source_id"] = _source_id(catalogue, checked["credit"])
    if "url" in changes and changes["url"] != old.url:
        checked["url"] = checks.web_address(changes["url"])
    if "happened" in changes:
        checked["happened"] = changes["happened"]
    if "published" in changes and changes["published"] != old.published:
        checked["published"] = checks.published(changes["published"])
    if "note" in changes:
        checked["note"] = checks.text(changes["note"], what="Note")
    if "quotation_reason" in changes:
        checked["quotation_reason"] = checks.text(changes["quotation_reason"], what="Reason")
    return {**checked, **_checked_excerpt(catalogue, old, changes)}


def _checked_excerpt(catalogue: Catalogue, old: Clip, changes: ClipChanges) -> dict[str, Any]:
    if "excerpt" not in changes:
        return {}
    given = changes["excerpt"]
    quotes = [checks.text(one, what="Excerpt") for one in ([given] if isinstance(given, str) else given)]
    held = [one.exact for one in old.passages] if len(quotes) > 1 else [old.excerpt]
    if quotes == [checks.text(one, what="Excerpt") for one in held]:
        return {}
    if not old.article_id:
        return {"excerpt": "\n\n".join(filter(None, quotes)), "passage": None, "further": ()}
    article = _the_article(catalogue, old.article_id)
    # What stays is looked for where it stood.
    near = [next((one.start for one in old.passages if one.exact == quote), None) for quote in quotes]
    found = gathered(article.text, quotes, near=near)
    anchored = {"passage": found[0], "further": found[1:], "text_digest": article.text_digest}
    return {"excerpt": excerpt(article.text, found), **anchored}


def _language(article: Article, passage: Passage) -> str:
    return article.language if article.language != UNDETERMINED else languages.language(passage.exact)


def _source_id(catalogue: Catalogue, credit: str) -> str:
    source = known.source_of(credit, catalogue.sources()) if credit else None
    return source.id if source else ""


def _spans(passages: Sequence[Passage]) -> list[list[int]]:
    return [[one.start, one.end] for one in passages]


def _clip_id(
    standing: Iterable[Clip], article: Article, passages: Sequence[Passage], *, dossier: str, now: datetime
) -> str:
    """The same for the same passages, so that they are not clipped twice and come back as what they were."""
    identity: dict[str, Any] = {
        "article": article.id,
        "dossier": dossier,
        "end": passages[0].end,
        "start": passages[0].start,
        "text": article.text_digest,
    }
    if passages[1:]:
        identity["further"] = _spans(passages[1:])
    usual = content_id(identity)
    if all(other.id != usual for other in standing):
        return usual
    # The clip that was made of this passage shows another one since it was edited.
    return content_id({**identity, "clipped": now.isoformat()})


def _the_dossier(catalogue: Catalogue, slug: str) -> Dossier:
    dossier = catalogue.dossier(slug)
    if dossier is None:
        raise NotFoundError(f"There is no dossier {slug!r}. See: chronik dossier list")
    return dossier


def _the_article(catalogue: Catalogue, article_id: str) -> Article:
    article = catalogue.article(article_id)
    if article is None:
        raise NotFoundError(f"There is no article {article_id!r}. See: chronik search")
    return article


def _the_clip(catalogue: Catalogue, clip_id: str) -> Clip:
    clip = catalogue.clip(clip_id)
    if clip is None:
        raise NotFoundError(f"There is no clip {clip_id[:12]!r}, or it was removed.")
    return clip
