"""Registers the desk with Django."""

from django.apps import AppConfig


class DeskConfig(AppConfig):
    """The editors' pages."""

    name = "chronik.desk"
    label = "desk"

    def ready(self) -> None:
        """Hear of everybody who signs in."""
        from chronik.desk import sessions  # noqa: PLC0415 - models can be imported only now

        sessions.listen()
