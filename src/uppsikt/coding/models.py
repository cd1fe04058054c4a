"""The code plan as stored: one mechanism for all seven dimensions, effective-dated.

A code is a row for ever; what it is called and where it is placed are rows with a half-open validity
that begins and ends on first days of months. That a code's stretches don't overlap is checked by the
services, which see the whole history; the database guards what it can say in one row.
"""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from uppsikt.coding.events import EventKind, State
from uppsikt.core.postings import DIMENSIONS

CODE_LENGTH = 50
NAME_LENGTH = 200
KIND_LENGTH = 50
HIERARCHY_LENGTH = 30
KEY_LENGTH = 50
REFERENCE_LENGTH = 100
TEXT_LENGTH = 2000
ACTOR_LENGTH = 200


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


class Reorganisation(models.Model):
    """A decided (or drafted) set of events. An adopted one is never changed: annulling adds its own fields."""

    key = models.CharField(max_length=KEY_LENGTH, unique=True)
    name = models.CharField(max_length=NAME_LENGTH)
    decision = models.CharField(max_length=REFERENCE_LENGTH, blank=True)
    decided_on = models.DateField(null=True)
    text = models.CharField(max_length=TEXT_LENGTH, blank=True)
    author = models.CharField(max_length=ACTOR_LENGTH)
    state = models.CharField(max_length=10, default=State.DRAFT.value)
    position = models.IntegerField(null=True, unique=True)
    adopted_on = models.DateField(null=True)
    adopted_by = models.CharField(max_length=ACTOR_LENGTH, blank=True)
    annulled_on = models.DateField(null=True)
    annulled_by = models.CharField(max_length=ACTOR_LENGTH, blank=True)
    annulment_decision = models.CharField(max_length=REFERENCE_LENGTH, blank=True)
    annulment_decided_on = models.DateField(null=True)
    annulment_text = models.CharField(max_length=TEXT_LENGTH, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=[state.value for state in State]), name="coding_reorganisation_state"
            ),
            models.CheckConstraint(
                condition=Q(state=State.DRAFT.value, position__isnull=True)
                | Q(position__isnull=False, adopted_on__isnull=False, decided_on__isnull=False),
                name="coding_reorganisation_decided",
            ),
            models.CheckConstraint(
                condition=~Q(state=State.ANNULLED.value)
                | Q(annulled_on__isnull=False, annulment_decided_on__isnull=False),
                name="coding_reorganisation_annulled",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.key} {self.state}"


class ReorganisationEvent(models.Model):
    """One event on one code, as entered. Codes are text: a draft may name what isn't there yet."""

    reorganisation = models.ForeignKey(Reorganisation, on_delete=models.CASCADE, related_name="events")
    number = models.IntegerField()
    kind = models.CharField(max_length=10)
    dimension = models.CharField(max_length=20)
    on = models.DateField()
    code = models.CharField(max_length=CODE_LENGTH)
    name = models.CharField(max_length=NAME_LENGTH, blank=True)
    code_kind = models.CharField(max_length=KIND_LENGTH, blank=True)
    parent = models.CharField(max_length=CODE_LENGTH, blank=True)  # "" is a root
    hierarchy = models.CharField(max_length=HIERARCHY_LENGTH)
    rules = models.JSONField(default=list)
    text = models.CharField(max_length=TEXT_LENGTH, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["reorganisation", "number"], name="coding_event_unique"),
            models.CheckConstraint(
                condition=Q(kind__in=[kind.value for kind in EventKind]), name="coding_event_kind"
            ),
            models.CheckConstraint(condition=Q(dimension__in=DIMENSIONS), name="coding_event_dimension"),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.kind} {self.dimension} {self.code} {self.on}"


class RegisterRevision(models.Model):
    """One row: a token that every write to registers or events replaces, so that caches in all processes notice.

    The token is random and not a counter: a number taken in a transaction that was rolled back would
    come again with other content.
    """

    token = models.CharField(max_length=32)

    def __str__(self) -> str:
        return self.token
