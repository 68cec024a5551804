"""Registers the catalogue with Django."""

from django.apps import AppConfig


class CatalogueConfig(AppConfig):
    """The tables of sources, feeds, captures, articles, dossiers, clips and acts."""

    name = "chronik.catalogue"
    label = "catalogue"
    default_auto_field = "django.db.models.BigAutoField"
