"""Multi-year periods and settlement rules as stored.

Results and settlements are postings of the budget journal and of a round's forecast; here is only what they are
by: which years, which units, who finances whom.
"""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from uppsikt.planning.models import CODE_LENGTH, REFERENCE_LENGTH, BudgetEntry
from uppsikt.settlements.values import Basis

KEY_LENGTH = 50
TITLE_LENGTH = 100


class MultiYearPeriod(models.Model):
    """Years in which units take their results along; a new period starts at zero."""

    key = models.CharField(max_length=KEY_LENGTH, unique=True)
    name = models.CharField(max_length=TITLE_LENGTH)
    first_year = models.IntegerField()
    last_year = models.IntegerField()

    class Meta:
        ordering = ["-first_year", "key"]
        constraints = [
            models.CheckConstraint(condition=Q(first_year__lte=F("last_year")), name="settlements_period_years")
        ]

    def __str__(self) -> str:
        return self.key


class PeriodUnit(models.Model):
    """A unit of a period; its decided results are posted on `account`."""

    period = models.ForeignKey(MultiYearPeriod, on_delete=models.CASCADE, related_name="units")
    unit = models.CharField(max_length=CODE_LENGTH)
    account = models.CharField(max_length=CODE_LENGTH)

    class Meta:
        ordering = ["period", "unit"]
        constraints = [models.UniqueConstraint(fields=["period", "unit"], name="settlements_unit_once")]

    def __str__(self) -> str:
        return f"{self.period} {self.unit}"


class BudgetedResult(models.Model):
    """A journal entry by which results of earlier years were put in its year's budget.

    Decided results need no mark: they are entries of a kind of their own on the period's units.
    """

    period = models.ForeignKey(MultiYearPeriod, on_delete=models.PROTECT, related_name="budgeted")
    entry = models.OneToOneField(BudgetEntry, on_delete=models.PROTECT, related_name="budgeted_result")

    class Meta:
        ordering = ["entry"]

    def __str__(self) -> str:
        return f"{self.period} {self.entry}"


class SettlementRule(models.Model):
    """A unit that others finance is settled on an account, from a day up to but not with another."""

    key = models.CharField(max_length=KEY_LENGTH, unique=True)
    title = models.CharField(max_length=TITLE_LENGTH)
    unit = models.CharField(max_length=CODE_LENGTH)
    account = models.CharField(max_length=CODE_LENGTH)
    basis = models.CharField(max_length=10)
    decision = models.CharField(max_length=REFERENCE_LENGTH)
    valid_from = models.DateField()
    valid_to = models.DateField()

    class Meta:
        ordering = ["unit", "valid_from"]
        constraints = [
            models.CheckConstraint(condition=Q(basis__in=[own.value for own in Basis]), name="settlements_rule_basis")
        ]

    def __str__(self) -> str:
        return self.key


class RuleFinancier(models.Model):
    """Who bears a part of a settlement; `unit` "" is somebody outside the tree, known by counterparty alone."""

    rule = models.ForeignKey(SettlementRule, on_delete=models.CASCADE, related_name="financiers")
    number = models.PositiveIntegerField()
    weight = models.PositiveIntegerField()
    unit = models.CharField(max_length=CODE_LENGTH, blank=True)
    account = models.CharField(max_length=CODE_LENGTH, blank=True)
    counterparty = models.CharField(max_length=CODE_LENGTH, blank=True)

    class Meta:
        ordering = ["rule", "number"]

    def __str__(self) -> str:
        return f"{self.rule} {self.number}"
