"""Acts: makes the sample newsroom's dossier once its articles are there, and removes the sample whole."""

from __future__ import annotations

import re
import shutil
from typing import TYPE_CHECKING

from django.db import transaction

from chronik.archive import collecting
from chronik.catalogue.models import ActRow, DossierRow
from chronik.desk import actions
from chronik.errors import BusyError, ChronikError, IndexBusyError
from chronik.model import Act, Verb
from chronik.model.records import dossier_record
from chronik.sample import newsroom
from chronik.web import publishing

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from chronik.archive import Archive
    from chronik.model import Dossier

BY = "sample"
REMOVE_WAIT_S = 30.0
"""How long removing waits for the round of a worker."""


@transaction.atomic
def begin(archive: Archive) -> None:
    """Follow the sample's feeds and know its sources."""
    now = archive.clock()
    port = archive.config.sample_port
    archive.catalogue.add_sources(newsroom.sources(port))
    for feed in newsroom.feeds(port):
        archive.catalogue.add_feed(feed, due_at=now)


def prepare(archive: Archive) -> bool:
    """Bring the sample as far as it can be; whether its dossier was published now. Raises BusyError.

    Its feeds are followed, its dossier is made once all its articles were read, and published once. What an editor
    removed or withdrew stays so.
    """
    if not archive.config.sample:
        return False
    with collecting.turn(archive):
        if _was_removed():
            return False
        if not any(newsroom.is_sample(health.feed.url) for health in archive.catalogue.feeds()):
            begin(archive)
        return _dossier_stands(archive) and _published_once(archive)


def _was_removed() -> bool:
    """Whether somebody removed the sample: a worker that runs on still has the setting of its beginning."""
    return ActRow.objects.filter(verb=Verb.REMOVE_SAMPLE).exists()


def _dossier_stands(archive: Archive) -> bool:
    """Make the dossier with its clips if its articles are all there; whether it is ours and in sight."""
    dossier = newsroom.dossier()
    if DossierRow.objects.filter(slug=dossier.slug).exists():
        made_here = ActRow.objects.filter(subject=dossier.slug, verb=Verb.CREATE_DOSSIER, by=BY)
        return made_here.exists() and archive.catalogue.dossier(dossier.slug) is not None
    choices = newsroom.choices(archive.config.sample_port)
    if not all(archive.catalogue.article(choice.url) for choice in choices):
        return False
    _make(archive, dossier, choices)
    return True


@transaction.atomic
def _make(archive: Archive, dossier: Dossier, choices: Iterable[newsroom.Choice]) -> None:
    detail = {"new": dossier_record(dossier)}
    act = Act(at=archive.clock(), by=BY, verb=Verb.CREATE_DOSSIER, subject=dossier.slug, detail=detail)
    archive.catalogue.add_dossier(dossier, act)
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


def _published_once(archive: Archive) -> bool:
    """Publish the dossier unless it is, or an editor withdrew it; whether it was done now."""
    slug = newsroom.dossier().slug
    is_published = DossierRow.objects.filter(slug=slug).exclude(published_at=None).exists()
    if is_published or ActRow.objects.filter(subject=slug, verb=Verb.UNPUBLISH).exists():
        return False
    publishing.publish(archive, slug, by=BY, now=archive.clock())
    return True


def remove(archive: Archive, *, by: str) -> int:
    """Forget the sample newsroom: feeds, pages, captures, dossier and published files. Acts stay. Rows, counted.

    Clips of sample articles go from every dossier; one that is published is published again without them. Raises
    BusyError when another process goes on collecting.
    """
    try:
        with collecting.turn(archive, wait_s=REMOVE_WAIT_S):
            return _removed(archive, by=by)
    except IndexBusyError:
        raise
    except BusyError as error:
        raise BusyError(
            "The archive is collecting just now, and the sample stayed. Try again in a few minutes."
        ) from error


def _removed(archive: Archive, *, by: str) -> int:
    _withdraw_dossier(archive, by=by)
    slug = newsroom.dossier().slug
    documents = archive.catalogue.documents_of_hosts(newsroom.hosts())
    touched = list(DossierRow.objects.exclude(slug=slug).filter(clips__in=documents).distinct())
    archive.index.remove(documents)
    act = Act(at=archive.clock(), by=by, verb=Verb.REMOVE_SAMPLE, subject=slug)
    removed = archive.catalogue.remove_hosts(newsroom.hosts(), dossiers=[slug], act=act)
    if not _was_removed():
        archive.catalogue.record_act(act)  # also where nothing of it was there yet: it must not begin again
    for dossier in touched:
        if dossier.published_at is not None:
            publishing.publish(archive, dossier.slug, by=by, now=archive.clock())
    archive.sample_vault.release()
    shutil.rmtree(archive.config.vault / "sample", ignore_errors=True)
    _forget_setting(archive.config.file)
    return removed


def _withdraw_dossier(archive: Archive, *, by: str) -> None:
    slug = newsroom.dossier().slug
    if archive.catalogue.dossier(slug) is None:
        return
    try:
        publishing.unpublish(archive, slug, by=by, now=archive.clock())
    except ChronikError:
        shutil.rmtree(archive.config.site / slug, ignore_errors=True)


def _forget_setting(file: Path) -> None:
    """Set `sample = false`, leaving all else in the file as it is."""
    settings = re.sub(r"(?m)^sample = true$", "sample = false", file.read_text(encoding="utf-8"))
    fresh = file.with_suffix(".new")
    fresh.write_text(settings, encoding="utf-8")
    fresh.chmod(file.stat().st_mode)
    fresh.replace(file)
