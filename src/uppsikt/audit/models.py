"""The hash-chained event log and who holds which role."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from uppsikt.audit.actors import Role


class Event(models.Model):
    """One write, in any room. Append-only: each row carries the hash of the one before."""

    sequence = models.BigAutoField(primary_key=True)
    at = models.DateTimeField()
    actor = models.CharField(max_length=200)
    verb = models.CharField(max_length=100)
    target = models.CharField(max_length=300)
    payload = models.TextField()  # canonical JSON: the hash is over these very characters
    previous_hash = models.CharField(max_length=64)
    content_hash = models.CharField(max_length=64, unique=True)

    class Meta:
        ordering = ["sequence"]
        indexes = [
            models.Index(fields=["verb", "sequence"], name="event_by_verb"),
            models.Index(fields=["at"], name="event_by_time"),
        ]

    def __str__(self) -> str:
        return f"{self.sequence} {self.verb} {self.target}"


class RoleAssignment(models.Model):
    """A person's role on a unit (code, or "*" for the whole municipality) during a half-open time."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="roles")
    role = models.CharField(max_length=20, choices=[(role.value, role.value) for role in Role])
    unit = models.CharField(max_length=50)
    valid_from = models.DateField()
    valid_to = models.DateField()

    def __str__(self) -> str:
        return f"{self.user} {self.role} {self.unit}"


class FailedSignIns(models.Model):
    """How often a name has failed to sign in, and until when that counts. Names are kept as their keyed hash."""

    name_hash = models.CharField(max_length=64, primary_key=True)
    failures = models.PositiveIntegerField()
    counts_until = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return f"{self.name_hash} {self.failures}"
