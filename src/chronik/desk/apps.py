"""Registers the desk with Django."""

from django.apps import AppConfig


class DeskConfig(AppConfig):
    """The editors' pages."""

    name = "chronik.desk"
    label = "desk"
