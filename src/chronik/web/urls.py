"""Every address of the application: the desk, and the readers' pages everywhere else."""

from django.urls import URLPattern, URLResolver, include, path, re_path
from django.views.generic import RedirectView

from chronik.desk.views import problems, saved_feeds, sent_pages
from chronik.web import removing

urlpatterns: list[URLPattern | URLResolver] = [
    path("favicon.ico", RedirectView.as_view(url="/static/desk/icon.svg")),
    path("desk", RedirectView.as_view(pattern_name="desk:inbox")),
    path("desk/dossiers/", include("chronik.web.publishing")),
    path("desk/takedown/", include("chronik.web.takedown_pages")),
    path("desk/sample/remove/", removing.remove_sample, name="remove-sample"),
    path("desk/", include("chronik.desk.urls")),
    path("feed/<str:secret>/<str:name>", saved_feeds.feed, name="saved-feed"),
    path("unsubscribe/<str:secret>", saved_feeds.unsubscribe, name="unsubscribe"),
    path("api/capture", sent_pages.receive, name="receive-page"),
    path("witness/", include("chronik.web.witnessing")),
    re_path(r"^desk/(?P<rest>.*)$", problems.nowhere),
    path("", include("chronik.public.urls")),
]

handler400 = problems.bad_request
handler403 = problems.forbidden
handler404 = problems.not_found
handler500 = problems.server_error
