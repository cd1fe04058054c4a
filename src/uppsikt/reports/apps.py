"""The reports room as a Django app."""

from django.apps import AppConfig


class ReportsConfig(AppConfig):
    """Label and name of the room."""

    name = "uppsikt.reports"
    label = "reports"
