"""Acts: makes the sample newsroom's dossier once its articles are there, and removes the sample whole."""

from __future__ import annotations

import re
import shutil
from typing import TYPE_CHECKING

from chronik.catalogue.models import DossierRow
from chronik.desk import actions
from chronik.errors import ChronikError
from chronik.model import Act, Verb
from chronik.sample import newsroom
from chronik.web import publishing

if TYPE_CHECKING:
    from pathlib import Path

    from chronik.archive import Archive

BY = "sample"


def begin(archive: Archive) -> None:
    """Follow the sample's feeds and know its sources."""
    now = archive.clock()
    port = archive.config.sample_port
    archive.catalogue.add_sources(newsroom.sources(port))
    for feed in newsroom.feeds(port):
        archive.catalogue.add_feed(feed, due_at=now)


def prepare(archive: Archive) -> bool:
    """Make and publish the sample's dossier once all its articles were read; whether it was made now."""
    if not archive.config.sample:
        return False
    dossier = newsroom.dossier()
    if DossierRow.objects.filter(slug=dossier.slug).exists():
        return False
    choices = newsroom.choices(archive.config.sample_port)
    if not all(archive.catalogue.article(choice.url) for choice in choices):
        return False
    now = archive.clock()
    archive.catalogue.add_dossier(dossier, Act(at=now, by=BY, verb=Verb.CREATE_DOSSIER, subject=dossier.slug))
    for choice in choices:
        actions.clip(
            archive.catalogue,
            article_id=choice.url,
            dossier=dossier.slug,
            quote=choice.quote,
            by=BY,
            now=archive.clock(),
            happened=choice.happened,
        )
    publishing.publish(archive, dossier.slug, by=BY, now=archive.clock())
    return True


def remove(archive: Archive, *, by: str) -> int:
    """Forget the sample newsroom: feeds, pages, captures, dossier and published files. Acts stay. Rows, counted.

    Clips of sample articles go from every dossier; one that is published is published again without them.
    """
    slug = newsroom.dossier().slug
    now = archive.clock()
    if archive.catalogue.dossier(slug) is not None:
        try:
            publishing.unpublish(archive, slug, by=by, now=now)
        except ChronikError:
            shutil.rmtree(archive.config.site / slug, ignore_errors=True)
    documents = archive.catalogue.documents_of_hosts(newsroom.hosts())
    touched = list(DossierRow.objects.exclude(slug=slug).filter(clips__in=documents).distinct())
    archive.index.remove(documents)
    act = Act(at=now, by=by, verb=Verb.REMOVE_SAMPLE, subject=slug)
    removed = archive.catalogue.remove_hosts(newsroom.hosts(), dossiers=[slug], act=act)
    for dossier in touched:
        if dossier.published_at is not None:
            publishing.publish(archive, dossier.slug, by=by, now=archive.clock())
    archive.sample_vault.close()
    shutil.rmtree(archive.config.vault / "sample", ignore_errors=True)
    _forget_setting(archive.config.file)
    return removed


def _forget_setting(file: Path) -> None:
    """Set `sample = false`, leaving all else in the file as it is."""
    settings = re.sub(r"(?m)^sample = true$", "sample = false", file.read_text(encoding="utf-8"))
    fresh = file.with_suffix(".new")
    fresh.write_text(settings, encoding="utf-8")
    fresh.chmod(file.stat().st_mode)
    fresh.replace(file)
