"""Tells how much of each report readers are shown, and where that is more than may be quoted. Acts: asks the catalogue.

What is public counts: the clips of published dossiers, and those of the dossier that is looked at.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from chronik.archive import hiding
from chronik.model import Verb
from chronik.publish.quotation import Limits, budget, pages

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from chronik.archive.archive import Archive
    from chronik.model import Act, Clip
    from chronik.publish.quotation import Budget

PUBLISHINGS_MAX = 1_000
"""The latest so many are asked for reasons."""
REASON, QUOTED = "quotation_reason", "quoted"
"""What an act of publishing holds where more is quoted: why, and the ids of the clips."""


def usual(archive: Archive) -> Limits:
    """The limits of the settings."""
    config = archive.config
    return Limits(
        characters=config.quotation_characters,
        percent=config.quotation_percent,
        of_unknown=config.quotation_characters,
    )


def budgets(archive: Archive, clips: Sequence[Clip]) -> list[Budget]:
    """The account of each report that these clips quote, with what published dossiers quote of it beside."""
    own = hiding.shown(archive, clips)
    urls, articles = {clip.url for clip in own if clip.url}, {clip.article_id for clip in own if clip.article_id}
    beside = hiding.shown(archive, archive.catalogue.public_clips(urls=urls, articles=articles))
    known = {clip.id for clip in own}
    every = [*own, *(clip for clip in beside if clip.id not in known)]
    sources = {source.id: source for source in archive.catalogue.sources()}
    characters = archive.catalogue.text_characters({clip.article_id for clip in every if clip.article_id})
    usually = usual(archive)
    found = (budget(page, usual=usually, sources=sources, text_characters=characters) for page in pages(every))
    return [one for one in found if known & set(one.clips)]


def budgets_of(archive: Archive, shown: Sequence[Clip], *, among: Sequence[Clip]) -> dict[str, Budget]:
    """Clip → the account of the report that it quotes, for some clips of a dossier; `among` are all of them."""
    urls = {clip.url for clip in shown if clip.url}
    articles = {clip.article_id for clip in shown if clip.article_id}
    wanted = {clip.id for clip in shown}
    quoting = [one for one in among if one.id in wanted or one.url in urls or one.article_id in articles]
    return {identity: one for one in budgets(archive, quoting) for identity in one.clips if identity in wanted}


def beyond(archive: Archive, slug: str, *, clips: Iterable[Clip]) -> list[str]:
    """Ids of a dossier's clips by which more is quoted than may be and for which nobody said why."""
    own = list(clips)
    excused = _excused(archive.catalogue.acts_of({Verb.PUBLISH}, subject=slug, limit=PUBLISHINGS_MAX))
    known = {clip.id for clip in own}
    over = {
        identity
        for one in budgets(archive, own)
        if one.over and not one.reasons
        for identity in one.clips
        if identity in known and identity not in excused
    }
    return [clip.id for clip in own if clip.id in over]


def excuse(archive: Archive, slug: str, *, reason: str) -> dict[str, Any]:
    """What an act of publishing holds of a reason: the words, and the clips for which they hold; nothing without."""
    over = beyond(archive, slug, clips=archive.catalogue.clips(slug)) if reason else []
    return {REASON: reason, QUOTED: over} if over else {}


def _excused(acts: Iterable[Act]) -> Collection[str]:
    """Clips with which a dossier was published although they quote more, for a reason that was given."""
    return {str(one) for act in acts if act.detail.get(REASON) for one in act.detail.get(QUOTED, ())}
