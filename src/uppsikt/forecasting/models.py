"""What stands behind a suggestion, beside its postings in planning: the interval and how it was found."""

from __future__ import annotations

from django.db import models

from uppsikt.planning.models import Forecast


class Suggestion(models.Model):
    """The interval of one suggested forecast and its reason, in öre of ledger sign.

    One for each suggestion planning keeps, those replaced since too: they are what accuracy is measured on.
    `methods` are the leading ones, with commas between; `trials` is how often they could be tried on the past.
    """

    forecast = models.OneToOneField(Forecast, on_delete=models.PROTECT, related_name="suggestion")
    low_ore = models.BigIntegerField()
    high_ore = models.BigIntegerField()
    methods = models.CharField(max_length=200)
    trials = models.PositiveSmallIntegerField()

    def __str__(self) -> str:
        return str(self.forecast)
