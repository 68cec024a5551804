"""Acts: keeps captures, articles and clips from readers at once, and shows them again. Each is an act.

What was clipped from something hidden is hidden with it, also later.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from chronik.errors import ConflictError, NotFoundError
from chronik.model import Act, Hidden, HiddenKind, Verb

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from chronik.archive.archive import Archive
    from chronik.model import Article, Clip, Reach, TakedownReason


NAME_CHARACTERS_MAX = 100_000
"""Of an address or id that is looked for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Veil:
    """What readers do not see, to be asked of many things."""

    captures: frozenset[str] = frozenset()
    articles: frozenset[str] = frozenset()
    clips: frozenset[str] = frozenset()

    def covers(self, noun: Article | Clip) -> bool:
        """Whether this is hidden, itself or by what it comes from."""
        article = getattr(noun, "article_id", noun.id)
        return noun.id in self.clips or article in self.articles or noun.capture_id in self.captures


def veil(archive: Archive) -> Veil:
    """What is hidden now."""
    ids: dict[HiddenKind, set[str]] = {kind: set() for kind in HiddenKind}
    for one in archive.catalogue.hidden():
        ids[one.kind].add(one.id)
    return Veil(
        captures=frozenset(ids[HiddenKind.CAPTURE]),
        articles=frozenset(ids[HiddenKind.ARTICLE]),
        clips=frozenset(ids[HiddenKind.CLIP]),
    )


def shown(archive: Archive, clips: Iterable[Clip]) -> list[Clip]:
    """Those of the clips that readers may see."""
    over = veil(archive)
    return [clip for clip in clips if not over.covers(clip)]


def reached(archive: Archive, identity: str) -> Reach:
    """What a capture, article, clip or address stands for; the beginning of an article's id will do.

    Raises NotFoundError.
    """
    name = identity.strip().encode("utf-8", "replace").decode()[:NAME_CHARACTERS_MAX]
    found = archive.catalogue.reach(name)
    if found is None and (article := archive.catalogue.article(name)):
        found = archive.catalogue.reach(article.id)
    if found is None:
        raise NotFoundError(f"There is no capture, article, clip or address {name[:200]!r}. See: chronik search")
    return found


def hide(archive: Archive, identity: str, *, reason: TakedownReason, by: str) -> Reach:
    """Keep something from readers; what it was. Raises NotFoundError, ConflictError where it is hidden already."""
    found = reached(archive, identity)
    now = archive.clock()
    held = {(one.kind, one.id) for one in archive.catalogue.hidden()}
    fresh = [
        Hidden(kind=kind, id=one, reason=reason, since=now) for kind, one in _parts(found) if (kind, one) not in held
    ]
    if not fresh:
        raise ConflictError("This is hidden already. To show it again: chronik unhide")
    detail = {"reason": str(reason), "hidden": _listed(fresh)}
    archive.catalogue.hide(fresh, Act(at=now, by=by, verb=Verb.HIDE, subject=_subject(found, identity), detail=detail))
    return found


def unhide(archive: Archive, identity: str, *, by: str) -> Reach:
    """Show something again; what it was. Raises NotFoundError, ConflictError where it is not hidden."""
    found = reached(archive, identity)
    parts = set(_parts(found))
    held = [one for one in archive.catalogue.hidden() if (one.kind, one.id) in parts]
    if not held:
        raise ConflictError("This is not hidden.")
    subject = _subject(found, identity)
    act = Act(at=archive.clock(), by=by, verb=Verb.UNHIDE, subject=subject, detail={"shown": _listed(held)})
    archive.catalogue.unhide(held, act)
    return found


def _parts(found: Reach) -> list[tuple[HiddenKind, str]]:
    return [
        *((HiddenKind.CAPTURE, one) for one in found.captures),
        *((HiddenKind.ARTICLE, one) for one in found.articles),
        *((HiddenKind.CLIP, one) for one in found.clips),
    ]


def _subject(found: Reach, identity: str) -> str:
    """An id and never an address: addresses name people, and acts stay."""
    ids = [one for _, one in _parts(found)]
    return identity if identity in ids else ids[0]


def _listed(hidden: Sequence[Hidden]) -> dict[str, list[str]]:
    """Ids by kind, as an act holds them."""
    return {str(kind): [one.id for one in hidden if one.kind is kind] for kind in HiddenKind}
