"""What stands behind a suggestion, beside its postings in planning: the interval and how it was found."""

from __future__ import annotations

from django.db import models

from uppsikt.planning.models import CODE_LENGTH, Forecast, Round


class Suggestion(models.Model):
    """The interval of one suggested forecast and its reason, in öre of ledger sign.

    One for each suggestion planning keeps, those replaced since too: they are what accuracy is measured on.
    `methods` are the leading ones, with commas between; `trials` is how often they could be tried on the past. The
    rest is what its reason tells: what had come when it was made, after how many months, what came in those months
    and after them the year before, and the year's budget.
    """

    forecast = models.OneToOneField(Forecast, on_delete=models.PROTECT, related_name="suggestion")
    low_ore = models.BigIntegerField()
    high_ore = models.BigIntegerField()
    methods = models.CharField(max_length=200)
    trials = models.PositiveSmallIntegerField()
    months = models.PositiveSmallIntegerField(default=0)
    so_far_ore = models.BigIntegerField(null=True)
    last_so_far_ore = models.BigIntegerField(null=True)
    last_rest_ore = models.BigIntegerField(null=True)
    budget_ore = models.BigIntegerField(null=True)

    def __str__(self) -> str:
        return str(self.forecast)


class NetSuggestion(models.Model):
    """The interval of a unit's net cost: of its suggestions' sum, `full_year_ore`, in öre of ledger sign.

    `trials` is how many earlier years it was measured on. Stands as long as the suggestions it is the sum of.
    """

    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="net_suggestions")
    unit = models.CharField(max_length=CODE_LENGTH)
    full_year_ore = models.BigIntegerField()
    low_ore = models.BigIntegerField()
    high_ore = models.BigIntegerField()
    trials = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["round", "unit"], name="forecasting_net_once")]

    def __str__(self) -> str:
        return f"{self.round} {self.unit}"
