"""Addresses of the readers' pages: the published folder stands at the root."""

from __future__ import annotations

from django.urls import re_path

from chronik.public import views

app_name = "public"
# Last in the project's list: it takes every address that nobody else does.
urlpatterns = [re_path(r"^(?P<path>[\s\S]*)$", views.file, name="file")]
