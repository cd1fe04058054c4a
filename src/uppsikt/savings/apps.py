"""The room of savings assignments as a Django app."""

from django.apps import AppConfig


class SavingsConfig(AppConfig):
    """Label and name of the room."""

    name = "uppsikt.savings"
    label = "savings"
