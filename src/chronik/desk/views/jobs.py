"""Acts: the page of long work: what runs, how far it is, how it went; operators stop it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from chronik import wiring
from chronik.archive import jobs
from chronik.desk import jobs as words
from chronik.desk.views.answers import user_name
from chronik.errors import NotFoundError

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

ID_CHARACTERS_MAX = 40


@require_http_methods(["GET", "HEAD", "POST"])
def work(request: HttpRequest) -> HttpResponse:
    """What runs and what ran lately; a form asks a job to stop."""
    archive = wiring.current()
    folder = archive.config.archive
    if request.method != "POST":
        listed = [
            (job, words.kind(job.kind), words.stage(job.stage), words.STATES[job.state]) for job in jobs.jobs(folder)
        ]
        runs = any(job.state is jobs.JobState.RUNNING for job, *_words in listed)
        still = request.GET.get("still") == "1"
        return render(request, "desk/work.html", {"jobs": listed, "runs": runs, "still": still, "now": archive.clock()})
    if request.POST.get("do") != "stop":
        raise Http404
    try:
        jobs.ask_to_stop(folder, request.POST.get("job", "")[:ID_CHARACTERS_MAX], by=user_name(request))
    except NotFoundError:
        messages.info(request, _("It does not run any more."))
    else:
        messages.success(request, _("It stops after the item at hand. What was done is kept."))
    return redirect("desk:work")
