"""The room of people's work in rounds as a Django app."""

from django.apps import AppConfig


class RoundsConfig(AppConfig):
    """Label and name of the room."""

    name = "uppsikt.rounds"
    label = "rounds"
