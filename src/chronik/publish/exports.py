"""An edition as JSON: the published `dossier.json`, whose fields the types below document. Decides.

Everything is text, whole numbers, null, lists and objects, so that the canonical form (RFC 8785) is defined.
Instants are ISO 8601 in UTC. Fields may be added; none changes its meaning while `version` stays.
"""

from __future__ import annotations

from datetime import UTC
from typing import TYPE_CHECKING, NotRequired, TypedDict

from chronik.model import content_id
from chronik.model.arranging import event_record, section_record
from chronik.model.records import in_order
from chronik.publish.addresses import short_ids

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from chronik.model import Clip, Edition, Source, TextPositionSelector, TextQuoteSelector
    from chronik.model.arrangement import TimelineEvent

DATA = "dossier.json"
"""Name of the published file."""
KIND = "chronik-dossier"
VERSION = 1


class SourceJSON(TypedDict):
    """Who speaks."""

    id: str
    names: dict[str, str]
    """Language → name; `und` for a name that is the same everywhere."""
    kind: str
    country: str
    home_page: str


class PassageJSON(TypedDict):
    """One passage of several."""

    selectors: list[TextQuoteSelector | TextPositionSelector]


class ClipJSON(TypedDict):
    """One clip. Empty text stands for what is not known, null for an unknown day."""

    id: str
    permalink: str
    """Relative to this file."""
    place: int
    """Place in the readers' order, from 1."""
    title: str
    language: str
    credit: str
    """The source as it was credited, verbatim."""
    source: str
    """Key in `sources`, or empty when the credit names nobody known."""
    excerpt: str
    """Verbatim; blank lines separate paragraphs."""
    url: str
    happened: str | None
    """Day on which it happened."""
    published: str
    """As precise as known: a day, or an instant with offset."""
    clipped: str
    selectors: list[TextQuoteSelector | TextPositionSelector]
    """Where the passage, or the first of several, stands in the text that `text_digest` names."""
    passages: NotRequired[list[PassageJSON]]
    """Each passage of a clip that has several, the first one too, in the order of the text; else this is not there.

    The excerpt is made of them: verbatim, with an ellipsis in brackets for what lies between two.
    """
    text_digest: str
    """SHA-256 of the article's text in UTF-8."""
    article_id: str
    capture_id: str
    section: NotRequired[str]
    """Id of one of `sections`; left out where it stands in none."""


class SectionJSON(TypedDict):
    """A part of the dossier; its clips name it."""

    id: str
    names: dict[str, str]
    """Language → heading."""


class EventJSON(TypedDict):
    """An entry of the timeline, in an editor's words."""

    id: str
    begins: str
    """A day, a month or a year: `2020-09-27`, `2020-09`, `2020`."""
    ends: str
    """The same, for the end of a period; empty for a single date."""
    labels: dict[str, str]
    """Language → what happened."""
    clips: list[str]
    """Ids of the clips that document it."""


class SpanJSON(TypedDict):
    """First and last clipping."""

    first: str
    last: str


class DossierJSON(TypedDict):
    """The whole file."""

    kind: str
    version: int
    slug: str
    names: dict[str, str]
    languages: list[str]
    """Languages of `names`, the main one first."""
    introductions: dict[str, str]
    years: str
    order: str
    published_at: str
    """When this state was published first."""
    digest: str
    """SHA-256 of all other fields but `published_at`, in canonical form (RFC 8785)."""
    count: int
    span: SpanJSON | None
    """Null without clips."""
    clips: list[ClipJSON]
    sources: dict[str, SourceJSON]
    sections: NotRequired[list[SectionJSON]]
    """In their order; these three are left out where there are none."""
    pinned: NotRequired[list[str]]
    """Ids of the clips that are key documents, in their order."""
    timeline: NotRequired[list[EventJSON]]
    """Oldest first."""


def as_json(edition: Edition) -> DossierJSON:
    """Everything about an edition that is public, and nothing else."""
    data = _arranged(_undigested(edition), edition)
    data["digest"] = content_id({key: value for key, value in data.items() if key not in {"digest", "published_at"}})
    return data


def _undigested(edition: Edition) -> DossierJSON:
    dossier = edition.dossier
    names = short_ids(clip.id for clip in edition.clips)
    return {
        "kind": KIND,
        "version": VERSION,
        "slug": dossier.slug,
        "names": dict(dossier.names),
        "languages": list(edition.languages),
        # In an order that does not hang on where they were kept: the ledger's canonical JSON keeps none.
        "introductions": in_order(dict(sorted(dossier.introductions.items())), edition.languages),
        "years": dossier.years,
        "order": str(dossier.order),
        "published_at": instant(edition.published_at),
        "digest": "",
        "count": len(edition.clips),
        "span": _span(edition),
        "clips": [
            _clip(clip, place=place, permalink=f"c/{names[clip.id]}/index.html", sources=edition.sources)
            for place, clip in enumerate(edition.clips, start=1)
        ],
        "sources": {id_: _source(source) for id_, source in sorted(edition.sources.items())},
    }


def _arranged(data: DossierJSON, edition: Edition) -> DossierJSON:
    """With what editors arranged, as far as they did: other editions stay byte for byte what they were."""
    dossier = edition.dossier
    if dossier.sections:
        data["sections"] = [{"id": one.id, "names": section_record(one)["names"]} for one in dossier.sections]
        for record, clip in zip(data["clips"], edition.clips, strict=True):
            if clip.section:
                record["section"] = clip.section
    if dossier.pinned:
        data["pinned"] = list(dossier.pinned)
    if dossier.timeline:
        data["timeline"] = [_event(one) for one in dossier.timeline]
    return data


def _event(event: TimelineEvent) -> EventJSON:
    return {
        "id": event.id,
        "begins": event.begins,
        "ends": event.ends,
        "labels": event_record(event)["labels"],
        "clips": list(event.clips),
    }


def instant(moment: datetime) -> str:
    """ISO 8601 in UTC with `Z`, to the second or as precise as it is."""
    return moment.astimezone(UTC).isoformat().replace("+00:00", "Z")


def _span(edition: Edition) -> SpanJSON | None:
    moments = sorted(clip.clipped_at for clip in edition.clips)
    return {"first": instant(moments[0]), "last": instant(moments[-1])} if moments else None


def _clip(clip: Clip, *, place: int, permalink: str, sources: Mapping[str, Source]) -> ClipJSON:
    data: ClipJSON = {
        "id": clip.id,
        "permalink": permalink,
        "place": place,
        "title": clip.title,
        "language": clip.language,
        "credit": clip.credit,
        "source": clip.source_id if clip.source_id in sources else "",
        "excerpt": clip.excerpt,
        "url": clip.url,
        "happened": clip.happened.isoformat() if clip.happened else None,
        "published": clip.published,
        "clipped": instant(clip.clipped_at),
        "selectors": clip.passage.selectors if clip.passage else [],
        "text_digest": clip.text_digest,
        "article_id": clip.article_id,
        "capture_id": clip.capture_id,
    }
    if clip.further:
        data["passages"] = [{"selectors": one.selectors} for one in clip.passages]
    return data


def _source(source: Source) -> SourceJSON:
    return {
        "id": source.id,
        "names": dict(sorted(source.names.items())),
        "kind": str(source.kind),
        "country": source.country,
        "home_page": source.home_page,
    }
