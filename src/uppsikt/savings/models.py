"""Savings assignments as stored: what was decided, its key and its plan. Their money is in the budget journal.

Total, settled and remaining are sums of the journal entries linked here; none of them is stored.
"""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from uppsikt.planning.models import CODE_LENGTH, TEXT_LENGTH, BudgetEntry
from uppsikt.savings.keys import KeyKind
from uppsikt.savings.values import Link


class Assignment(models.Model):
    """A decided reduction of one year's budget. `unit` and `account` are where it stands until it is settled."""

    key = models.CharField(max_length=50, unique=True)
    title = models.CharField(max_length=TEXT_LENGTH)
    year = models.IntegerField()
    unit = models.CharField(max_length=CODE_LENGTH)
    account = models.CharField(max_length=CODE_LENGTH)
    key_kind = models.CharField(max_length=10)
    key_account = models.CharField(max_length=CODE_LENGTH, blank=True)
    about = models.TextField(blank=True)

    class Meta:
        ordering = ["-year", "key"]
        constraints = [
            models.CheckConstraint(condition=Q(key_kind__in=[own.value for own in KeyKind]), name="savings_key_kind")
        ]

    def __str__(self) -> str:
        return self.key


class AssignmentUnit(models.Model):
    """A unit that shares the assignment; `weight` is its share where shares are given by hand."""

    assignment = models.ForeignKey(Assignment, on_delete=models.CASCADE, related_name="units")
    number = models.PositiveIntegerField()
    unit = models.CharField(max_length=CODE_LENGTH)
    weight = models.PositiveBigIntegerField(default=0)

    class Meta:
        ordering = ["assignment", "number"]
        constraints = [models.UniqueConstraint(fields=["assignment", "unit"], name="savings_unit_once")]

    def __str__(self) -> str:
        return self.unit


class AssignmentEntry(models.Model):
    """A budget entry that belongs to an assignment: one that decided it, or one that settles a part of it.

    `reverses` is the distribution that it takes back, which can be taken back once.
    """

    assignment = models.ForeignKey(Assignment, on_delete=models.PROTECT, related_name="entries")
    entry = models.OneToOneField(BudgetEntry, on_delete=models.PROTECT, related_name="savings")
    link = models.CharField(max_length=10)
    reverses = models.OneToOneField("self", on_delete=models.PROTECT, null=True, related_name="reversed_by")

    class Meta:
        ordering = ["entry"]
        constraints = [
            models.CheckConstraint(condition=Q(link__in=[own.value for own in Link]), name="savings_entry_link")
        ]

    def __str__(self) -> str:
        return f"{self.assignment} {self.entry}"


class PlannedPart(models.Model):
    """A row of the plan: which unit takes how much, by when and how."""

    assignment = models.ForeignKey(Assignment, on_delete=models.CASCADE, related_name="plan")
    number = models.PositiveIntegerField()
    unit = models.CharField(max_length=CODE_LENGTH)
    amount_ore = models.BigIntegerField()
    due_on = models.DateField()
    how = models.CharField(max_length=TEXT_LENGTH)

    class Meta:
        ordering = ["assignment", "number"]

    def __str__(self) -> str:
        return f"{self.assignment} {self.unit}"
