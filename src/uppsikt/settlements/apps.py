"""The room of results carried over and settled as a Django app."""

from django.apps import AppConfig


class SettlementsConfig(AppConfig):
    """Label and name of the room."""

    name = "uppsikt.settlements"
    label = "settlements"
