"""The web room as a Django app."""

from django.apps import AppConfig


class WebConfig(AppConfig):
    """Label and name of the room."""

    name = "uppsikt.web"
    label = "web"

    def ready(self) -> None:
        """Enter the room's codes in the catalogue of findings."""
        from uppsikt.web import findings  # noqa: F401
