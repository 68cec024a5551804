"""Acts: shows a page as it was captured, in a frame that runs nothing of it, and gives the file away for download."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.clickjacking import xframe_options_exempt
from django.views.decorators.http import require_safe

from chronik import wiring
from chronik.catalogue import convert
from chronik.catalogue.models import ArticleRow
from chronik.desk import cage, caged_addresses, captured_parts, proofs
from chronik.errors import ChronikError, NotFoundError

if TYPE_CHECKING:
    from django.http import HttpRequest

    from chronik.archive import Archive
    from chronik.model import Capture

READINGS_MAX = 20


@require_safe
def capture(request: HttpRequest, capture_id: str) -> HttpResponse:
    """The frame, and what is known of the page in it: when it was captured, by whom, from where, what is proved."""
    archive = wiring.current()
    kept = _capture(archive, capture_id)
    try:
        page = archive.vault_of(kept.url).page(kept)
        problem, size_bytes, is_shown = "", len(page.body), cage.framed(page) is not None
    except ChronikError as error:
        problem, size_bytes, is_shown = str(error), 0, False
    origin = archive.config.replay_origin.rstrip("/")
    readings = ArticleRow.objects.filter(capture=kept.id).order_by("-read_at")[:READINGS_MAX]
    shown = {
        "capture": kept,
        "proof": proofs.of_capture(archive, kept),
        "readings": [convert.article(row) for row in readings],
        "problem": problem,
        "size_bytes": size_bytes,
        "frame": caged_addresses.address(request, kept, origin=origin) if is_shown else "",
    }
    answer = render(request, "desk/capture.html", shown)
    answer.headers["Content-Security-Policy"] = caged_addresses.policy_of_page(origin)
    return answer


@require_safe
@xframe_options_exempt
def frame(request: HttpRequest, capture_id: str) -> HttpResponse:
    """The captured page for its frame, where the archive has no origin of its own for that: nothing in it runs."""
    archive = wiring.current()
    if archive.config.replay_origin or request.headers.get("Sec-Fetch-Dest", "iframe") != "iframe":
        return redirect("desk:capture", capture_id)
    return answered(archive, capture_id, ancestors="'self'")


@require_safe
def file(request: HttpRequest, capture_id: str) -> HttpResponse:  # noqa: ARG001 - Django's signature
    """The captured file, its codings taken off, to be saved and never shown."""
    archive = wiring.current()
    kept = _capture(archive, capture_id)
    answer = HttpResponse(archive.vault_of(kept.url).page(kept).body, content_type="application/octet-stream")
    for name, value in cage.headers(ancestors="'none'").items():
        answer.headers[name] = value
    answer.headers["Content-Disposition"] = f'attachment; filename="{cage.file_name(kept)}"'
    return answer


def answered(archive: Archive, capture_id: str, *, ancestors: str) -> HttpResponse:
    """A captured page for a frame of these pages. Raises NotFoundError, or ChronikError where it cannot be read."""
    kept = _capture(archive, capture_id)
    page = archive.vault_of(kept.url).page(kept)
    found = cage.framed(page, beside=lambda html: captured_parts.parts(archive, kept, html=html))
    if found is None:
        raise NotFoundError(f"The capture {kept.id} cannot be shown in a frame.")
    return HttpResponse(found.body, content_type=found.media_type, headers=dict(cage.headers(ancestors=ancestors)))


def _capture(archive: Archive, capture_id: str) -> Capture:
    kept = archive.catalogue.capture(capture_id)
    if kept is None:
        raise NotFoundError(f"There is no capture {capture_id!r}.")
    return kept
