"""Registers the public pages with Django."""

from django.apps import AppConfig


class PublicConfig(AppConfig):
    """The readers' pages."""

    name = "chronik.public"
    label = "public"
