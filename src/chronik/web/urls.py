"""Every address of the application."""

from django.urls import URLPattern, URLResolver, include, path

from chronik.desk.views import problems

urlpatterns: list[URLPattern | URLResolver] = [
    path("desk/", include("chronik.desk.urls")),
]

handler400 = problems.bad_request
handler403 = problems.forbidden
handler404 = problems.not_found
handler500 = problems.server_error
