"""Acts: sets side by side what the parties say on a question in free words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from chronik import wiring
from chronik.archive import gathering
from chronik.desk import choices, statements
from chronik.desk.views.answers import user_name
from chronik.errors import EncoderError, NotFoundError

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from chronik.archive import Archive

QUESTION_CHARACTERS_MAX = 500


@require_safe
def accounts(request: HttpRequest) -> HttpResponse:
    """The statements that answer a question, by side, each to be clipped."""
    archive = wiring.current()
    question = request.GET.get("q", "").strip()[:QUESTION_CHARACTERS_MAX]
    offered = choices.dossiers_for(archive.catalogue, user_name(request), to_read=True)
    dossier = request.GET.get("dossier", "")
    dossier = dossier if dossier in dict(offered) else ""
    shown: dict[str, object] = {"question": question, "dossiers": offered, "dossier": dossier}
    if question:
        shown |= _answers(archive, question, dossier, encode="translations" in request.GET)
    return render(request, "desk/accounts.html", shown)


def _answers(archive: Archive, question: str, dossier: str, *, encode: bool) -> dict[str, object]:
    notice = ""
    try:
        told, articles = gathering.accounts(archive, question=question, dossier=dossier, encode=encode)
    except NotFoundError:
        return {"notice": _("No article holds these words. Try fewer, or other ones.")}
    except EncoderError as error:
        notice = str(error)
        told, articles = gathering.accounts(archive, question=question, dossier=dossier)
    parties = statements.parties(told, articles, dossier=dossier, statements_max=statements.SHOWN_MAX)
    can_translate = archive.encode is not None and not encode
    return {"parties": parties, "articles": len(articles), "notice": notice, "can_translate": can_translate}
