"""The planning room as a Django app."""

from django.apps import AppConfig


class PlanningConfig(AppConfig):
    """Label and name of the room."""

    name = "uppsikt.planning"
    label = "planning"
