"""Acts: one article, what was clipped of it, and the clipping."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.db.models import Q
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render, resolve_url
from django.utils.html import format_html
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from chronik import wiring
from chronik.archive import quoting
from chronik.catalogue import convert, open_stories
from chronik.catalogue.beginnings import begins
from chronik.catalogue.models import ArticleRow, ClipRow, DossierRow, RelationRow, StoryRow
from chronik.catalogue.reading import LATEST_FIRST, of_same_page
from chronik.desk import actions, choices, findings, inbox_rows, own_acts, proofs, quoted, reading
from chronik.desk import inbox as asked
from chronik.desk.checks import TEXT_CHARACTERS_MAX
from chronik.desk.forms import ClipForm
from chronik.desk.passage_fields import PLACE_DIGITS_MAX, Quote, with_one_more
from chronik.desk.views.answers import back, user_name
from chronik.desk.views.rows import DID
from chronik.errors import ChronikError, QuoteNotFoundError
from chronik.extract.passages import excerpt, gathered, relocated
from chronik.model import ArticleKind, Clip

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from chronik.model import Passage

VERSIONS_MAX = 50
SHORT_ID_LENGTH = 12
MORE = "more"
"""The button that asks for another field for a passage."""
TOLD_MAX = 500
"""Reports in other languages that are looked at, the newest."""


@require_safe
def article(request: HttpRequest, article_id: str) -> HttpResponse:
    """The text, where it comes from, and a form to clip it."""
    row = article_row(article_id)
    if row.id != article_id:
        return redirect("desk:article", row.id)
    return _page(request, row, _empty_form(request, row))


@require_POST
def clip(request: HttpRequest, article_id: str) -> HttpResponse:
    """Put a passage into a dossier, into a new one where a name is given."""
    row = article_row(article_id)
    if MORE in request.POST:
        first = with_one_more(request.POST, "quote")
        return _page(request, row, ClipForm(initial=first, dossiers=_choices(request)))
    form = ClipForm(request.POST, dossiers=_choices(request))
    if not form.is_valid():
        return _page(request, row, form, status=422)
    try:
        clipped = _clipped(request, row, form.cleaned_data)
    except QuoteNotFoundError:
        form.add_error("quote", _("The article does not say this. Copy the passage from the text as it stands."))
    except ChronikError as error:
        form.add_error(None, str(error))
    else:
        name = choices.dossier_name(wiring.current().the_dossier(clipped.dossier))
        address = resolve_url("desk:dossier", clipped.dossier)
        messages.success(request, format_html('{} <a href="{}">{}</a>', _("Clipped for"), address, name))
        if over := [one for one in quoting.budgets(wiring.current(), [clipped]) if one.over and not one.reasons]:
            messages.warning(request, _("%d characters more than may be are quoted now.") % over[0].over)
        return redirect(resolve_url("desk:article", row.id) + f"#clip-{clipped.id[:SHORT_ID_LENGTH]}")
    return _page(request, row, form, status=422)


@require_POST
def done(request: HttpRequest, article_id: str) -> HttpResponse:
    """Put an article aside, or back into the inbox."""
    aside = request.POST.get("done", "1") == "1"
    at = wiring.current().clock() if aside else None
    if not ArticleRow.objects.filter(pk=article_id).update(done_at=at):
        raise Http404
    return back(request, resolve_url("desk:inbox"))


@require_POST
def star(request: HttpRequest, article_id: str) -> HttpResponse:
    """Give an article a star, or take it off."""
    starred = request.POST.get("starred", "1") == "1"
    if not ArticleRow.objects.filter(pk=article_id).update(starred=starred):
        raise Http404
    return back(request, resolve_url("desk:article", article_id))


def article_row(article_id: str) -> ArticleRow:
    """The article; a beginning of its id will do where it is the only one."""
    rows = ArticleRow.objects.select_related("capture", "source")
    if len(article_id) < SHORT_ID_LENGTH:
        return get_object_or_404(rows, pk=article_id)
    found = list(rows.filter(begins(article_id))[:2])
    if len(found) != 1:
        raise Http404
    return found[0]


def _choices(request: HttpRequest) -> list[tuple[str, str]]:
    return choices.dossiers_for(wiring.current().catalogue, user_name(request))


def _empty_form(request: HttpRequest, row: ArticleRow) -> ClipForm:
    offered = _choices(request)
    wanted = request.GET.get("dossier", "")
    first = wanted if wanted in dict(offered) else next((slug for slug, _name in offered), "")
    passage = _asked_passage(request, row)
    quote = [passage] if passage else []
    credit = (row.source.credit_style if row.source else "") or row.source_name
    form = ClipForm(initial={"quote": quote, "credit": credit, "dossier": first}, dossiers=offered)
    if passage:
        form.fields["dossier"].widget.attrs["autofocus"] = True
    return form


def _asked_passage(request: HttpRequest, row: ArticleRow) -> Quote | None:
    """The passage whose place the address names, or nothing."""
    given = [request.GET.get(end, "") for end in ("start", "end")]
    if not all(place.isascii() and place.isdigit() and len(place) <= PLACE_DIGITS_MAX for place in given):
        return None
    start, end = map(int, given)
    text = row.text[start:end] if end - start <= TEXT_CHARACTERS_MAX else ""
    return Quote(text, start) if text.strip() else None


def _clipped(request: HttpRequest, row: ArticleRow, wanted: dict[str, Any]) -> Clip:
    archive = wiring.current()
    by = user_name(request)
    slug = wanted["dossier"]
    if not slug:
        # Looked for first, so that a wrong passage leaves no empty dossier behind.
        gathered(row.text, [one.text for one in wanted["quote"]])
        names = {get_language() or archive.config.language: wanted["new_name"]}
        slug = actions.new_dossier(archive.catalogue, names=names, by=by, now=archive.clock()).slug
    return actions.clip(
        archive.catalogue,
        article_id=row.id,
        dossier=slug,
        quote=[one.text for one in wanted["quote"]],
        near=[one.near for one in wanted["quote"]],
        by=by,
        now=archive.clock(),
        happened=wanted["happened"],
        note=wanted["note"],
        credit=wanted["credit"],
        quotation_reason=wanted["quotation_reason"],
    )


def _page(request: HttpRequest, row: ArticleRow, form: ClipForm, *, status: int = 200) -> HttpResponse:
    clips = list(ClipRow.objects.standing().filter(_of_capture(row)).select_related("dossier"))
    marked = [(clip.id, place) for clip in clips for place in _places(clip, row)]
    noun, archive, versions = convert.article(row), wiring.current(), _versions(row)
    paragraphs = reading.paragraphs(row.text, marked, blocks=noun.blocks, links=noun.links)
    shown = {
        "article": row,
        "authors": _authors(row),
        "kind": findings.KIND_NAMES.get(noun.kind, ""),
        "groups": reading.groups(paragraphs),
        "found": findings.findings(noun, shown=paragraphs),
        "alternates": [other for other in noun.alternates if other.language != row.language],
        "pictures": noun.pictures,
        "clips": clips,
        "proof": proofs.of_capture(archive, convert.capture(row.capture)) if row.capture else None,
        "form": form,
        "account": _account(row, versions, form),
        "versions": versions,
        "preceding": asked.before(row),
        "following": asked.next_after(row),
        "origin": asked.feeds_of([row]).get(row.id),
        **_related(request, row),
    }
    return render(request, "desk/article.html", shown, status=status)


def _account(row: ArticleRow, versions: list[tuple[ArticleRow, bool]], form: ClipForm) -> quoted.Account:
    """How much of the report is quoted, with what stands in the form."""
    archive = wiring.current()
    # What readers see counts, also of dossiers that are closed to whoever is looking.
    seen = Q(dossier__published_at__isnull=False) | Q(dossier__in=DossierRow.objects.values("slug"))
    of_page = Q(article__in=[row.pk, *(version.pk for version, _ in versions)]) | _of_capture(row)
    rows = ClipRow.everything.standing().filter(seen, of_page, dossier__removed=False).select_related("dossier")
    held = [
        quoted.Quoting(
            clip=convert.clip(one), places=tuple(_places(one, row)), public=one.dossier.published_at is not None
        )
        for one in rows
    ]
    return quoted.account(
        held,
        dossier=str(form["dossier"].value() or ""),
        chosen=_chosen(row, form),
        usual=quoting.usual(archive),
        source=convert.source(row.source) if row.source else None,
        text_characters={row.pk: len(row.text)},
    )


def _chosen(row: ArticleRow, form: ClipForm) -> Clip | None:
    """The clip that the form would make; None where it holds no passage of this text."""
    quotes = [one for one in form["quote"].value() or [] if one.text.strip()]
    try:
        passages = gathered(row.text, [one.text for one in quotes], near=[one.near for one in quotes])
    except QuoteNotFoundError:
        return None
    return Clip(
        id="",
        dossier="",
        excerpt=excerpt(row.text, passages),
        article_id=row.pk,
        source_id=row.source_id or "",
        text_digest=row.text_digest,
        passage=passages[0],
        further=passages[1:],
        clipped_at=wiring.current().clock(),
    )


def _related(request: HttpRequest, row: ArticleRow) -> dict[str, object]:
    """The story that others tell too, the same in another language, and dossiers that this report is suggested to."""
    relation = RelationRow.objects.filter(article=row, number__gt=0).values_list("report", "story").first()
    report, key = relation or ("", "")
    story = StoryRow.objects.filter(pk=key).first()
    suggested = open_stories.suggested([key]).get(key, []) if story else []
    return {
        "story": story if story and story.reports > 1 else None,
        "told_in": _told_in(row, key) if story and story.reports > 1 else [],
        "proposals": inbox_rows.proposals([one for one in suggested if one.report == report]),
        "doing": own_acts.last(request) if DID in request.GET else None,
    }


def _told_in(row: ArticleRow, story: str) -> list[ArticleRow]:
    """The newest report of the story in each other language, in a round of languages that goes on from this one."""
    rows = ArticleRow.objects.filter(relation__story=story).exclude(language=row.language).newest_first()
    found: dict[str, ArticleRow] = {}
    for other in rows.only("id", "title", "language")[:TOLD_MAX]:
        found.setdefault(other.language, other)
    return [found[tag] for tag in sorted(found, key=lambda tag: (tag < row.language, tag))]


def _of_capture(row: ArticleRow) -> Q:
    """Clips made of this reading, or of one of the same capture that it replaced."""
    # Ids first: in one query the database would walk through all clips.
    of_capture = ArticleRow.objects.filter(capture=row.capture_id, replaced=True)
    replaced = of_capture.values_list("id", flat=True)[:VERSIONS_MAX] if row.capture_id else ()
    return Q(article__in=[row.pk, *replaced])


def _places(clip: ClipRow, row: ArticleRow) -> list[Passage]:
    """Where the clip's passages stand in this text, those that do."""
    passages = convert.clip(clip).passages
    if clip.text_digest == row.text_digest:
        return list(passages)
    return [place for passage in passages if (place := relocated(row.text, passage))]


def _authors(row: ArticleRow) -> list[str]:
    """Who wrote it, beside the source itself: that stands above already."""
    source_names = row.source.names.values() if row.source else ()
    said = {name.casefold() for name in (row.source_name, *source_names)}
    return [author for author in row.authors if author.casefold() not in said]


def _versions(row: ArticleRow) -> list[tuple[ArticleRow, bool]]:
    """Every reading of the page, this one included, latest first, and whether it has an older one to compare with.

    Empty when there is but this one.
    """
    found = list(of_same_page(row).order_by(*LATEST_FIRST).defer(*ArticleRow.LARGE)[:VERSIONS_MAX])
    sorts = [one.kind == ArticleKind.FEED_ENTRY for one in found]
    compared = [sort in sorts[number:] for number, sort in enumerate(sorts, start=1)]
    return list(zip(found, compared, strict=True)) if len(found) > 1 else []
