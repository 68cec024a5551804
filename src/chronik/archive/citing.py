"""Acts: asks for what a citation of each clip of a dossier says."""

from __future__ import annotations

from typing import TYPE_CHECKING

from chronik.archive import hiding
from chronik.model import UNDETERMINED, SourceKind
from chronik.publish.addresses import absolute, short_ids, web_address
from chronik.publish.citing import Cited
from chronik.publish.edition import ordered

if TYPE_CHECKING:
    from chronik.archive.archive import Archive


def citations(archive: Archive, slug: str) -> list[Cited]:
    """Every clip that readers would see, in their order. Raises NotFoundError."""
    dossier = archive.the_dossier(slug)
    clips = ordered(hiding.shown(archive, archive.catalogue.clips(slug)), dossier.order)
    kinds = {source.id: source.kind for source in archive.catalogue.sources()}
    articles = archive.catalogue.articles({clip.article_id for clip in clips} - {""})
    names = short_ids(clip.id for clip in clips)
    public = archive.config.public_url
    return [
        Cited(
            id=clip.id,
            title=clip.title,
            language="" if clip.language == UNDETERMINED else clip.language,
            container=clip.credit,
            authors=articles[clip.article_id].authors if clip.article_id in articles else (),
            kind=kinds.get(clip.source_id, SourceKind.UNKNOWN),
            published=clip.published,
            accessed=clip.clipped_at,
            url=web_address(clip.url),
            archive=archive.config.name,
            permalink=absolute(public, f"{slug}/c/{names[clip.id]}/"),
        )
        for clip in clips
    ]
