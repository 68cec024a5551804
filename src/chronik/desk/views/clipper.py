"""Acts: the clipper's page with its tokens, and the page to which the bookmarklet leads."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render, resolve_url
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from chronik import wiring
from chronik.archive import adding
from chronik.desk import clipper as tokens
from chronik.desk.clipper_forms import ClipPageForm, TokenForm
from chronik.desk.failures import in_words
from chronik.desk.places import place
from chronik.desk.views.answers import user_name
from chronik.errors import ConflictError, QuoteNotFoundError, RefusedInputError
from chronik.extract.passages import located
from chronik.model import FailureKind

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from chronik.model import Article, Failure, Passage

TOKEN_DIGITS_MAX = 12


@require_safe
def clipper(request: HttpRequest) -> HttpResponse:
    """What the clipper is, where to get it, and one's tokens."""
    return _page(request, TokenForm())


@sensitive_variables("secret")
@require_POST
def make_token(request: HttpRequest) -> HttpResponse:
    """Make a token and show it, this once: it is in no message, no session and no address."""
    form = TokenForm(request.POST)
    if not form.is_valid():
        return _page(request, form, status=422)
    archive = wiring.current()
    name, by = form.cleaned_data["name"], user_name(request)
    try:
        _row, secret = tokens.make_token(archive.catalogue, user_name=by, name=name, by=by, now=archive.clock())
    except (ConflictError, RefusedInputError) as error:
        form.add_error("name", str(error))
        return _page(request, form, status=422)
    return _page(request, TokenForm(), secret=secret)


@require_POST
def revoke_token(request: HttpRequest) -> HttpResponse:
    """Let one of one's tokens be good no more."""
    number = request.POST.get("token", "")
    if not (number.isascii() and number.isdigit() and len(number) <= TOKEN_DIGITS_MAX):
        raise Http404
    archive, by = wiring.current(), user_name(request)
    tokens.revoke_token(archive.catalogue, int(number), by=by, now=archive.clock(), user_name=by)
    messages.success(request, _("The token is revoked. Nothing can be sent with it any more."))
    return redirect("desk:clipper")


@require_http_methods(["GET", "HEAD", "POST"])
def clip_page(request: HttpRequest) -> HttpResponse:
    """Ask whether a page is to be fetched, as the bookmarklet names it; fetch it when the person says so."""
    form = ClipPageForm(request.POST if request.method == "POST" else ClipPageForm.asked(request.GET))
    if not form.is_valid():
        named = request.method == "POST" or "url" in request.GET
        return render(request, "desk/clipper_page.html", {"form": form}, status=422 if named else 200)
    url, quote = form.cleaned_data["url"], form.cleaned_data["quote"]
    article = wiring.current().catalogue.article(url)
    if request.method != "POST":
        known = _address(article, quote) if article else ""
        return render(request, "desk/clipper_page.html", {"form": form, "article": article, "known": known})
    added = adding.add(wiring.current(), [url], by=user_name(request))[0]
    article = wiring.current().catalogue.article(added.page or url)
    if added.failure is not None or article is None:
        shown = {"form": form, "failure": _told(added.failure), "refused": _is_refused(added.failure)}
        return render(request, "desk/clipper_page.html", shown, status=422)
    if quote and _passage(article, quote) is None:
        messages.info(request, _("The passage does not stand in the text as it was read. Select it here."))
    return redirect(_address(article, quote))


def _page(request: HttpRequest, form: TokenForm, *, secret: str = "", status: int = 200) -> HttpResponse:
    rows = tokens.tokens(user_name(request))
    shown = {"tokens": rows, "form": form, "secret": secret, "now": wiring.current().clock()}
    return render(request, "desk/clipper.html", shown, status=status)


def _address(article: Article, quote: str) -> str:
    """Where the article stands at the desk, the passage chosen if it stands there."""
    return place(resolve_url("desk:article", article.id), _passage(article, quote))


def _passage(article: Article, quote: str) -> Passage | None:
    try:
        return located(article.text, quote) if quote else None
    except QuoteNotFoundError:
        return None


def _told(failure: Failure | None) -> str:
    return in_words(str(failure)) if failure else _("holds no text")


def _is_refused(failure: Failure | None) -> bool:
    """Whether the page would have come to a person who is signed in there, or whom robots.txt does not concern."""
    return failure is None or failure.kind in {FailureKind.ROBOTS, FailureKind.HTTP_ERROR}
