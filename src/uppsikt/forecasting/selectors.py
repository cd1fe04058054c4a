"""Reads of suggestions."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from uppsikt.core.language import Text
from uppsikt.forecasting.models import Suggestion
from uppsikt.forecasting.words import label, why
from uppsikt.planning.kinds import ForecastKind
from uppsikt.suggestions import Method


@dataclass(frozen=True, slots=True)
class SuggestionRow:
    """What is suggested for one unit and account group, in öre of ledger sign (`low_ore` ≤ `high_ore`).

    `low_ore` to `high_ore` holds the year in four cases of five; `why` says in one line what it follows.
    """

    full_year_ore: int
    low_ore: int
    high_ore: int
    method: Text
    why: Text


def suggestions(round_key: str, units: Iterable[str] | None = None) -> dict[tuple[str, str], SuggestionRow]:
    """The standing suggestions of a round by unit and account group, of some units where asked (one query)."""
    kept = Suggestion.objects.select_related("forecast").filter(
        forecast__round__key=round_key, forecast__kind=ForecastKind.SUGGESTION.value, forecast__is_current=True
    )
    if units is not None:
        kept = kept.filter(forecast__unit__in=list(units))
    ordered = kept.order_by("forecast__unit", "forecast__account")
    return {(own.forecast.unit, own.forecast.account): suggestion_row(own) for own in ordered}


def suggestion_row(kept: Suggestion) -> SuggestionRow:
    """A stored suggestion as a value; its forecast must have been read with it."""
    methods = tuple(Method(name) for name in kept.methods.split(",") if name)
    forecast = kept.forecast
    return SuggestionRow(
        forecast.actual_ore + forecast.rest_ore,
        kept.low_ore,
        kept.high_ore,
        label(methods),
        why(methods, kept.trials, kept.low_ore, kept.high_ore),
    )
