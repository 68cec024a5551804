"""Publishes, withdraws and removes dossiers, at the desk and on the command line: check, freeze, record. Acts."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect
from django.templatetags.static import static
from django.urls import path
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from chronik import wiring
from chronik.archive import hiding, quoting, recording, sealing
from chronik.archive.sources import with_former
from chronik.catalogue import convert
from chronik.catalogue.models import DossierRow
from chronik.desk import actions, checks
from chronik.errors import ChronikError, NotFoundError, RefusedInputError
from chronik.model import Act, Verb, sha256_hex
from chronik.preserve.stopping import passing
from chronik.public import freeze
from chronik.public.proofs import proof_pages
from chronik.public.rendering import Site, preview_page
from chronik.public.tombstones import tombstone_pages
from chronik.public.views import with_headers
from chronik.publish.as_known import as_known
from chronik.publish.edition import digest
from chronik.publish.edition import edition as edition_of
from chronik.publish.manifest import PROOF

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import datetime
    from pathlib import Path

    from django.http import HttpRequest, HttpResponseBase

    from chronik.archive import Archive
    from chronik.model import Edition
    from chronik.public.freeze import Frozen


def publish_as_known(archive: Archive, slug: str, *, at: datetime, to: Path) -> Frozen:
    """Freeze a dossier as it was known at a past moment into a folder; where it was published then, the same bytes.

    Nothing is recorded: nobody reads it there by us. A seal that there is goes with it. Raises as `edition_as_known`,
    and ChronikError where the folder cannot be written.
    """
    return freeze.freeze(
        edition_as_known(archive, slug, at=at),
        to,
        public_url=archive.config.public_url,
        zone=archive.config.zone,
        site_name=archive.config.name,
        beside=_Beside(archive),
    )


def edition_as_known(archive: Archive, slug: str, *, at: datetime) -> Edition:
    """What readers would have seen at a past moment, told from the acts alone.

    Raises NotFoundError where there was no such dossier, RefusedInputError where the acts do not hold enough.
    """
    known = as_known(archive.catalogue.acts_on(slug), at=at)
    if known is None:
        when = at.astimezone(archive.config.zone)
        raise NotFoundError(f"There was no dossier {slug!r} on {when:%Y-%m-%d %H:%M}. See: chronik dossier list")
    clips = hiding.shown(archive, known.clips)
    sources = with_former(archive, {clip.source_id for clip in clips})
    return edition_of(known.dossier, clips, sources, published_at=known.published_at or at)


def publish(  # noqa: PLR0913 - one argument a field, each by name
    archive: Archive, slug: str, *, by: str, now: datetime, to: Path | None = None, quotation_reason: str = ""
) -> Frozen:
    """Freeze a dossier into the archive's site, or into another folder, and record that it was done.

    `quotation_reason` says why more of some reports is quoted than may be; it is kept in the act. Raises NotFoundError,
    RefusedInputError, or ChronikError where the folder cannot be written.
    """
    excuse = quoting.excuse(archive, slug, reason=checks.text(quotation_reason, what="Reason"))
    recording.attempt(archive)  # what is clipped is in the ledger when readers are told of it
    beside = _Beside(archive, sealed_at=now)
    # The same state bears the same date wherever it is written.
    edition = freeze.dated(_edition(archive, slug, now=now), archive.config.site)
    frozen = freeze.freeze(
        edition,
        to or archive.config.site,
        public_url=archive.config.public_url,
        zone=archive.config.zone,
        site_name=archive.config.name,
        beside=beside,
    )
    passing("frozen")
    detail = {"edition": frozen.digest, "files": len(frozen.files), "changed": len(frozen.changed), **excuse}
    act = Act(at=now, by=by, verb=Verb.PUBLISH, subject=slug, detail=_with_folder(detail, to))
    with transaction.atomic():
        archive.catalogue.record_act(act)
        if to is None:
            DossierRow.objects.filter(slug=slug).update(published_at=frozen.published_at)
    passing("published")
    return replace(frozen, unsealed=beside.fault)


def renew_proofs(archive: Archive) -> tuple[str, ...]:
    """Write anew what is proved of the clips that readers see, where stamps or witnesses came; paths that changed.

    Raises ChronikError where the folder cannot be written.
    """
    changed: list[str] = []
    config = archive.config
    published = DossierRow.objects.exclude(published_at=None).order_by("slug")
    for slug, at in published.values_list("slug", "published_at"):
        assert at is not None, "those without were left out"
        try:
            edition = edition_as_known(archive, slug, at=at)
        except (NotFoundError, RefusedInputError):
            continue  # its acts are of an earlier version; publishing it again writes its proofs
        changed += freeze.renew_beside(
            edition,
            config.site,
            public_url=config.public_url,
            zone=config.zone,
            site_name=config.name,
            beside=_Beside(archive),
        )
    return tuple(changed)


def unpublish(archive: Archive, slug: str, *, by: str, now: datetime, to: Path | None = None) -> Frozen:
    """Take a dossier's pages out of the archive's site, or of another folder; a removed dossier's too.

    Nothing is recorded where nothing was published. Raises NotFoundError for a dossier that never was.
    """
    rows = DossierRow.objects.filter(slug=slug)
    if not rows.exists():
        raise NotFoundError(f"There is no dossier {slug!r}. See: chronik dossier list")
    frozen = freeze.unfreeze(
        slug,
        to or archive.config.site,
        public_url=archive.config.public_url,
        zone=archive.config.zone,
        site_name=archive.config.name,
    )
    withdrawn = bool(frozen.removed) or (to is None and rows.exclude(published_at=None).exists())
    if withdrawn:
        detail = {"removed": len(frozen.removed)}
        archive.catalogue.record_act(
            Act(at=now, by=by, verb=Verb.UNPUBLISH, subject=slug, detail=_with_folder(detail, to))
        )
    if to is None:
        rows.update(published_at=None)
    return frozen


class _Beside:
    """What lies beside an edition and is no part of it: its seal, what is proved, and what stands for what is redacted.

    With `sealed_at`, an edition that has no seal gets one; without, nothing is recorded.
    """

    def __init__(self, archive: Archive, *, sealed_at: datetime | None = None) -> None:
        self._archive = archive
        self._sealed_at = sealed_at
        self.fault = ""

    def __call__(self, edition: Edition, site: Site, manifest: bytes) -> Iterator[tuple[str, bytes]]:
        slug = edition.dossier.slug
        try:
            proof = self._proof(slug, edition=digest(edition), manifest=sha256_hex(manifest))
        except ChronikError as error:
            self.fault = str(error)
        else:
            if proof:
                yield f"{slug}/{PROOF}", proof
        yield from proof_pages(self._archive, edition, site=site)
        yield from tombstone_pages(self._archive, edition, site=site)

    def _proof(self, slug: str, *, edition: str, manifest: str) -> bytes:
        archive = self._archive
        if self._sealed_at is not None:
            act = sealing.seal(archive, slug, edition=edition, manifest=manifest, at=self._sealed_at)
            sealing.record(archive)
            return sealing.proof(archive, act)
        found = sealing.the_seal(archive, slug, edition=edition, manifest=manifest)
        return sealing.proof(archive, found) if found is not None else b""


def _edition(archive: Archive, slug: str, *, now: datetime) -> Edition:
    dossier = archive.the_dossier(slug)
    clips = hiding.shown(archive, archive.catalogue.clips(slug))
    return edition_of(dossier, clips, archive.catalogue.sources(), published_at=now)


def _with_folder(detail: Mapping[str, object], to: Path | None) -> Mapping[str, object]:
    return detail if to is None else {**detail, "folder": str(to)}


@require_POST
@login_required
def publish_view(request: HttpRequest, slug: str) -> HttpResponseBase:
    """Publish, then back to the dossier; where more is quoted than may be, first the checklist asks why."""
    archive = wiring.current()
    reason = request.POST.get("quotation_reason", "").strip()
    if not reason and quoting.beyond(archive, slug, clips=archive.catalogue.clips(slug)):
        messages.warning(request, _("Not published yet: say first why more is quoted than the limit allows."))
        return redirect("desk:checklist", slug)
    try:
        name, now = request.user.get_username(), archive.clock()
        frozen = publish(archive, slug, by=name, now=now, quotation_reason=reason)
    except NotFoundError:
        raise
    except ChronikError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("Published.") if frozen.changed else _("Published; nothing had changed."))
        if frozen.unsealed:
            messages.warning(request, _("The edition is not sealed, so readers cannot check it: %s") % frozen.unsealed)
    return redirect("desk:dossier", slug)


@require_POST
@login_required
def unpublish_view(request: HttpRequest, slug: str) -> HttpResponseBase:
    """Take a dossier out of sight, then back to it."""
    archive = wiring.current()
    try:
        unpublish(archive, slug, by=request.user.get_username(), now=archive.clock())
    except NotFoundError:
        raise
    except ChronikError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("Not published any more."))
    return redirect("desk:dossier", slug)


@require_POST
@login_required
def remove_view(request: HttpRequest, slug: str) -> HttpResponseBase:
    """Take a dossier away, its public pages first: what is gone at the desk is nowhere else."""
    archive = wiring.current()
    name, now = request.user.get_username(), archive.clock()
    archive.the_dossier(slug)
    try:
        unpublish(archive, slug, by=name, now=now)
        actions.remove_dossier(archive.catalogue, slug, by=name, now=now)
    except NotFoundError:
        raise
    except ChronikError as error:
        messages.error(request, str(error))
        return redirect("desk:dossier", slug)
    messages.success(request, _("The dossier was removed."))
    return redirect("desk:dossiers")


@require_safe
@login_required
def preview_view(request: HttpRequest, slug: str) -> HttpResponseBase:
    """The dossier as readers would see it now, in the language that `?language=` names; nothing is written.

    With `?as-of=` and an instant, as they would have seen it then.
    """
    archive = wiring.current()
    then = convert.instant_of(request.GET.get("as-of", ""))
    edition = _edition(archive, slug, now=archive.clock()) if then is None else edition_as_known(archive, slug, at=then)
    asked = request.GET.get("language", "")
    config = archive.config
    page = preview_page(
        edition,
        asked if asked in edition.languages else edition.languages[0],
        Site(name=config.name, public_url=config.public_url, zone=config.zone, language=config.language),
        style=static("public/style.css"),
    )
    return with_headers(HttpResponse(page, headers={"Cache-Control": "private, no-store"}))


app_name = "publishing"
urlpatterns = [
    path("<str:slug>/publish/", publish_view, name="publish"),
    path("<str:slug>/unpublish/", unpublish_view, name="unpublish"),
    path("<str:slug>/remove/", remove_view, name="remove"),
    path("<str:slug>/preview/", preview_view, name="preview"),
]
"""Meant to stand under `desk/dossiers/`."""
