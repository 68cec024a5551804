"""Acts: looks for what a story goes on from among the stories of months and years, and keeps what editors say of it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from chronik.archive.judging import pages_of, reports_of, the_story
from chronik.errors import RefusedInputError
from chronik.model import Act, Verb
from chronik.ports.relating import KeptGist, LinkWord
from chronik.relate import gists, keeping, recall

if TYPE_CHECKING:
    from chronik.archive.archive import Archive
    from chronik.model import Placement
    from chronik.ports import Catalogue
    from chronik.relate.gists import Gist
    from chronik.relate.placing import Placer


def recalled(
    catalogue: Catalogue, placement: Placement, *, placer: Placer, encoder: str
) -> tuple[Placement, KeptGist | None]:
    """The placement with what its story goes on from, and the story's gist, where it has grown enough to look.

    Asked after the report was placed. Stories that were placed are looked at only, so nothing is known beforehand.
    """
    if placer.reports_of(placement.story) not in recall.GROWN_TO:
        return placement, None
    gist = placer.gist(placement.story)
    if gist.first_at is None or gist.last_at is None:
        return placement, None
    kept = KeptGist(
        story=gist.story,
        first_at=gist.first_at,
        last_at=gist.last_at,
        keys=gist.found_by(),
        content=gists.packed(gist),
        vector=keeping.kept_vector(gist.middle),
        encoder=encoder if gist.middle is not None else "",
    )
    holding = catalogue.gists_holding(kept.keys, limit=recall.STORIES_A_KEY_MAX)
    common = recall.Commonness(stories=catalogue.gist_count(), holding=holding)
    numbers = recall.candidates(gist, common)
    ended, begun = gist.first_at - recall.GAP, gist.last_at + recall.GAP
    found = catalogue.gists(numbers, ended=ended, begun=begun)[: recall.COMPARED_MAX + 1] if numbers else []
    others = [other for one in found if (other := _gist(one, encoder=encoder)) is not None]
    made_by = f"{recall.NAME} {recall.shipped().version}" + (f" ({encoder})" if encoder else "")
    links = recall.links(gist, others, common=common, made_by=made_by)
    return replace(placement, follows=(*placement.follows, *links)), kept


def _gist(kept: KeptGist, *, encoder: str) -> Gist | None:
    vector = kept.vector if kept.encoder == encoder else b""
    return gists.unpacked(kept.content, vector=vector, story=kept.story, times=(kept.first_at, kept.last_at))


def say_link(archive: Archive, stories: tuple[str, str], *, goes_on: bool, by: str) -> Act:
    """Say that the later of two stories goes on from the other, or does not.

    Raises NotFoundError, and RefusedInputError for one story.
    """
    first, second = (the_story(archive, story).head for story in stories)
    if first.id == second.id:
        raise RefusedInputError("A story does not go on from itself. Give two different stories.")
    if first.first_at > second.first_at:
        first, second = second, first
    founders = reports_of(archive, [head.article for head in (first, second)])
    detail = {"earlier": first.id, "later": second.id, "pages": pages_of(archive, founders)}
    verb = Verb.LINK_STORIES if goes_on else Verb.UNLINK_STORIES
    act = Act(at=archive.clock(), by=by, verb=verb, subject=second.id, detail=detail)
    archive.catalogue.say_link(LinkWord(earlier=first.id, later=second.id, goes_on=goes_on, by=by), act)
    return act
