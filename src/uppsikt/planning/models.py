"""The budget journal, follow-up rounds and forecasts as stored.

Budget entries are only ever added: a correction is a new entry, so the budget as of any day can be
asked for. A forecast that is handed in again replaces the older one, which is kept.
"""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from uppsikt.planning.kinds import BudgetKind, ForecastKind, Part, RoundKind
from uppsikt.planning.states import State

CODE_LENGTH = 50
REFERENCE_LENGTH = 100
TEXT_LENGTH = 200


def _code() -> models.CharField[str, str]:
    return models.CharField(max_length=CODE_LENGTH, blank=True, default="")


class CodeString(models.Model):
    """The seven dimensions of a line; "" is absent."""

    unit = _code()
    account = _code()
    activity = _code()
    project = _code()
    object = _code()
    counterparty = _code()
    marker = _code()

    class Meta:
        abstract = True


class BudgetEntry(models.Model):
    """A decided change of one year's budget: its decision and, in `lines`, its amounts."""

    kind = models.CharField(max_length=20)
    decision_reference = models.CharField(max_length=REFERENCE_LENGTH)
    decided_on = models.DateField()
    text = models.CharField(max_length=TEXT_LENGTH)
    year = models.IntegerField()
    content_hash = models.CharField(max_length=64)
    line_count = models.IntegerField()
    amount_ore = models.BigIntegerField()
    created_at = models.DateTimeField()
    created_by = models.CharField(max_length=200)

    class Meta:
        ordering = ["year", "decided_on", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["decision_reference", "kind", "text", "year"], name="planning_budget_entry_unique"
            ),
            models.CheckConstraint(
                condition=Q(kind__in=[kind.value for kind in BudgetKind]), name="planning_budget_entry_kind"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.decision_reference} {self.decided_on} {self.kind}"


class BudgetLine(CodeString):
    """One month of one code string in an entry. `line` is the row of the file or form it came from."""

    entry = models.ForeignKey(BudgetEntry, on_delete=models.PROTECT, related_name="lines")
    line = models.IntegerField()
    period = models.IntegerField()
    amount_ore = models.BigIntegerField()

    def __str__(self) -> str:
        return f"{self.period} {self.unit} {self.account} {self.amount_ore}"


class Round(models.Model):
    """A follow-up round of a year. `cut_off` is its last day of actuals."""

    key = models.CharField(max_length=50, unique=True)
    name = models.CharField(max_length=100)
    kind = models.CharField(max_length=20)
    year = models.IntegerField()
    cut_off = models.DateField()
    deadline = models.DateField()
    state = models.CharField(max_length=20, default=State.DRAFT.value)
    previous = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="followers")
    adopted_on = models.DateField(null=True)
    frozen_hash = models.CharField(max_length=64, blank=True, default="")
    version = models.PositiveIntegerField(default=1)  # the one being worked on, or the latest adopted
    correction_reason = models.CharField(max_length=TEXT_LENGTH, blank=True, default="")  # of this version

    class Meta:
        ordering = ["cut_off", "key"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=[kind.value for kind in RoundKind]), name="planning_round_kind"
            ),
            models.CheckConstraint(
                condition=Q(state__in=[state.value for state in State]), name="planning_round_state"
            ),
        ]

    def __str__(self) -> str:
        return self.key


class AdoptedVersion(models.Model):
    """A round as adopted once; never changed. A correction is the next version, with its reason."""

    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="adopted_versions")
    number = models.PositiveIntegerField()
    frozen_hash = models.CharField(max_length=64)
    adopted_on = models.DateField()
    adopted_by = models.CharField(max_length=200)
    reason = models.CharField(max_length=TEXT_LENGTH, blank=True)  # why the version before was corrected

    class Meta:
        ordering = ["round", "number"]
        constraints = [models.UniqueConstraint(fields=["round", "number"], name="planning_version_number_once")]

    def __str__(self) -> str:
        return f"{self.round} {self.number}"


class Forecast(models.Model):
    """What one unit expects of one account (or group) for the round's year, as handed in on a day.

    Of other kinds than a submission it is what was laid over the units' forecasts, or proposed.
    """

    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="forecasts")
    kind = models.CharField(max_length=20, default=ForecastKind.SUBMISSION.value)
    unit = models.CharField(max_length=CODE_LENGTH)
    account = models.CharField(max_length=CODE_LENGTH)
    submitted_on = models.DateField()
    submitted_at = models.DateTimeField()
    actor = models.CharField(max_length=200)
    basis = models.CharField(max_length=TEXT_LENGTH, blank=True)
    content_hash = models.CharField(max_length=64)
    actual_ore = models.BigIntegerField()
    rest_ore = models.BigIntegerField()
    is_current = models.BooleanField(default=True)
    replaces = models.OneToOneField("self", on_delete=models.PROTECT, null=True, related_name="replaced_by")

    class Meta:
        ordering = ["unit", "account", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["round", "kind", "unit", "account"],
                condition=Q(is_current=True),
                name="planning_forecast_one_current",
            ),
            models.CheckConstraint(
                condition=Q(kind__in=[kind.value for kind in ForecastKind]), name="planning_forecast_kind"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.round} {self.unit} {self.account}"


class ForecastLine(CodeString):
    """One month of a forecast: actual up to the cut-off at submission, expected after it."""

    forecast = models.ForeignKey(Forecast, on_delete=models.PROTECT, related_name="lines")
    line = models.IntegerField()
    period = models.IntegerField()
    amount_ore = models.BigIntegerField()
    part = models.CharField(max_length=10)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(part__in=[part.value for part in Part]), name="planning_forecast_part")
        ]

    def __str__(self) -> str:
        return f"{self.period} {self.part} {self.amount_ore}"


class PlanRevision(models.Model):
    """For budget and forecasts each, a random token that every write replaces (see coding's)."""

    plan = models.CharField(max_length=20, unique=True)
    token = models.CharField(max_length=32)

    def __str__(self) -> str:
        return f"{self.plan} {self.token}"
