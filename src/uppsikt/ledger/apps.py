"""The ledger room as a Django app."""

from django.apps import AppConfig


class LedgerConfig(AppConfig):
    """Label and name of the room."""

    name = "uppsikt.ledger"
    label = "ledger"
