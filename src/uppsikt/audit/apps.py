"""The audit room as a Django app."""

from django.apps import AppConfig


class AuditConfig(AppConfig):
    """Label and name of the room."""

    name = "uppsikt.audit"
    label = "audit"
