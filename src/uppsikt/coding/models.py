"""The code plan as stored: one mechanism for all seven dimensions, effective-dated.

A code is a row for ever; what it is called and where it is placed are rows with a half-open validity
that begins and ends on first days of months. That a code's stretches don't overlap is checked by the
services, which see the whole history; the database guards what it can say in one row.
"""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from uppsikt.core.postings import DIMENSIONS

CODE_LENGTH = 50
NAME_LENGTH = 200
KIND_LENGTH = 50
HIERARCHY_LENGTH = 30


class Code(models.Model):
    """A member of a dimension: the unit 4210, the account 5010, the project 1234."""

    dimension = models.CharField(max_length=20)
    code = models.CharField(max_length=CODE_LENGTH)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["dimension", "code"], name="coding_code_unique"),
            models.CheckConstraint(condition=Q(dimension__in=DIMENSIONS), name="coding_code_dimension"),
        ]

    def __str__(self) -> str:
        return f"{self.dimension} {self.code}"


class CodeVersion(models.Model):
    """What a code is called, and what kind it is, from `valid_from` up to but not with `valid_to`."""

    code = models.ForeignKey(Code, on_delete=models.CASCADE, related_name="versions")
    name = models.CharField(max_length=NAME_LENGTH)
    kind = models.CharField(max_length=KIND_LENGTH, blank=True)
    valid_from = models.DateField()
    valid_to = models.DateField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["code", "valid_from"], name="coding_version_unique"),
            models.CheckConstraint(condition=Q(valid_from__lt=F("valid_to")), name="coding_version_stretch"),
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.valid_from}–{self.valid_to}"


class CodePlacement(models.Model):
    """A code's parent in a named hierarchy during a half-open time; no parent is a root."""

    code = models.ForeignKey(Code, on_delete=models.CASCADE, related_name="placements")
    hierarchy = models.CharField(max_length=HIERARCHY_LENGTH)
    parent = models.ForeignKey(Code, on_delete=models.PROTECT, null=True, related_name="placements_below")
    valid_from = models.DateField()
    valid_to = models.DateField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["code", "hierarchy", "valid_from"], name="coding_placement_unique"),
            models.CheckConstraint(condition=Q(valid_from__lt=F("valid_to")), name="coding_placement_stretch"),
            models.CheckConstraint(
                condition=Q(parent__isnull=True) | ~Q(parent=F("code")), name="coding_placement_not_itself"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.hierarchy} {self.valid_from}–{self.valid_to}"


class RegisterRevision(models.Model):
    """One row: a token that every write to the registers replaces, so that caches in all processes notice.

    The token is random and not a counter: a number taken in a transaction that was rolled back would
    come again with other content.
    """

    token = models.CharField(max_length=32)

    def __str__(self) -> str:
        return self.token
