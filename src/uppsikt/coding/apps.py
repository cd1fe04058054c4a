"""The coding room as a Django app."""

from django.apps import AppConfig


class CodingConfig(AppConfig):
    """Label and name of the room."""

    name = "uppsikt.coding"
    label = "coding"
