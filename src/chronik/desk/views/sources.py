"""Acts: shows who speaks in this archive, and each source with all that is known of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.paginator import Paginator
from django.db.models import Count
from django.http import Http404
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from chronik import wiring
from chronik.archive import silences
from chronik.archive import sources as acting
from chronik.catalogue import convert, source_profile
from chronik.catalogue.beginnings import begins
from chronik.catalogue.models import ActRow, ArticleRow, ClipRow, SourceRow
from chronik.desk import source_words
from chronik.desk.failures import in_words
from chronik.errors import NotFoundError
from chronik.takein.credits import MADE_BY
from chronik.takein.spelling import key

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.db.models import QuerySet
    from django.http import HttpRequest, HttpResponse

    from chronik.archive import Archive
    from chronik.model import Act, Source

SOURCES_A_PAGE = 200
SHORT_ID_LENGTH = 12
ACTS_SHOWN_MAX = 50
WORDS_LENGTH_MAX = 200


@require_safe
def sources(request: HttpRequest) -> HttpResponse:
    """Sources that were heard or clipped first, then those that are merely known; or those called so."""
    articles = _counted(ArticleRow.objects.all())
    clips = _counted(ClipRow.objects.filter(removed=False))
    words = request.GET.get("q", "").strip()[:WORDS_LENGTH_MAX]
    found = [row for row in SourceRow.objects.filter(merged_into="").order_by("id") if not words or _called(row, words)]
    found.sort(key=lambda row: -(articles.get(row.id, 0) + clips.get(row.id, 0)))
    shown = [{"row": row, "articles": articles.get(row.id, 0), "clips": clips.get(row.id, 0)} for row in found]
    page = Paginator(shown, SOURCES_A_PAGE).get_page(request.GET.get("page"))
    unknown = SourceRow.objects.filter(merged_into="", made_by=MADE_BY).count()
    return render(request, "desk/sources.html", {"page": page, "words": words, "unknown": unknown, "all": len(shown)})


def _called(row: SourceRow, words: str) -> bool:
    wanted = key(words)
    return bool(wanted) and any(
        wanted in key(name) for name in (*row.names.values(), *row.aliases, *row.hosts, row.id, row.owner)
    )


@require_safe
def source(request: HttpRequest, source_id: str) -> HttpResponse:
    """One source: its names, what it said and when, its feeds, who quotes it, and what editors did to it."""
    archive = wiring.current()
    noun = the_source(archive, source_id)
    if noun.id != source_id:
        return redirect("desk:source", noun.id)
    acts = acting.history(archive, noun.id, limit=ACTS_SHOWN_MAX)
    gone = acting.taken_back(acts)
    reports, clips = source_profile.totals(noun.id)
    shown = {
        "source": noun,
        "reports": reports,
        "clips": clips,
        "months": source_profile.months(noun.id, now=archive.clock()),
        "copies": _copies(noun.id),
        "clipping": source_profile.clipping(noun.id),
        "sides": _sides(archive, noun),
        "feeds": [(health, in_words(health.failure)) for health in source_profile.feeds_of(noun)],
        "former": SourceRow.objects.filter(merged_into=noun.id).order_by("id"),
        "told": [source_words.told(act, taken_back=gone) for act in acts],
        "done": done_just_now(request, noun.id),
        "silence": _silence(archive, noun),
        "is_made_of_credit": noun.made_by == MADE_BY,
        "now": archive.clock(),
    }
    return render(request, "desk/source_page.html", shown)


def the_source(archive: Archive, source_id: str) -> Source:
    """A source by its id or a former one, or the page that says that there is none."""
    try:
        return acting.the_source(archive, source_id)
    except NotFoundError:
        raise Http404 from None


def done_just_now(request: HttpRequest, subject: str) -> Act | None:
    """What was done just now, to be taken back."""
    wanted = request.GET.get("done", "")
    if len(wanted) != SHORT_ID_LENGTH:
        return None
    row = ActRow.objects.filter(begins(wanted, field="id"), subject=subject, verb__in=acting.SOURCE_VERBS).first()
    return convert.act(row) if row else None


def _silence(archive: Archive, noun: Source) -> str:
    found = next((one.silence for one in silences.silent(archive) if one.source.id == noun.id), None)
    return source_words.silence(found) if found else ""


def _copies(source_id: str) -> dict[str, Any]:
    found = source_profile.copies(source_id)
    shown = {identity for identity, _number in (*found.originals, *found.takers) if identity}
    named = {row.id: row.names for row in SourceRow.objects.filter(pk__in=shown)}

    def told(counted: Iterable[tuple[str, int]]) -> list[tuple[str, Any, int]]:
        return [(identity, named.get(identity, {}), number) for identity, number in counted]

    return {"found": found, "originals": told(found.originals), "takers": told(found.takers)}


def _sides(archive: Archive, noun: Source) -> list[tuple[Any, Any]]:
    dossiers = {dossier.slug: dossier for dossier in archive.catalogue.dossiers()}
    return [(side, dossiers[side.dossier]) for side in source_profile.counting(noun) if side.dossier in dossiers]


def _counted(rows: QuerySet[ArticleRow] | QuerySet[ClipRow]) -> dict[str | None, int]:
    """How many there are of each source: one walk along the index of sources."""
    return dict(rows.order_by().values_list("source").annotate(number=Count("*")))
