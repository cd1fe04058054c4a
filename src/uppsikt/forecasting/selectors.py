"""Reads of suggestions, and of how right they and people's forecasts were."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from uppsikt.core.language import Text
from uppsikt.forecasting.accuracy import AccuracyRow, by
from uppsikt.forecasting.gathering import held_months
from uppsikt.forecasting.models import NetSuggestion, Suggestion
from uppsikt.forecasting.outcomes import outcome
from uppsikt.forecasting.words import Grounds, label, why, why_net
from uppsikt.planning import selectors as planning
from uppsikt.planning.kinds import ForecastKind
from uppsikt.planning.models import Forecast
from uppsikt.planning.rounds import RoundRow
from uppsikt.relations import open_engine
from uppsikt.suggestions import Method

__all__ = [
    "AccuracyRow",
    "NetInterval",
    "SuggestionRow",
    "accuracy",
    "accuracy_of_units",
    "ended_rounds",
    "net_interval",
    "net_intervals",
    "suggestions",
]

_ROUNDS_KEPT = 12  # four years of three rounds: what is older says little of those who forecast now


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
        why(
            Grounds(
                methods,
                kept.trials,
                kept.low_ore,
                kept.high_ore,
                kept.months,
                kept.so_far_ore,
                kept.last_so_far_ore,
                kept.last_rest_ore,
                kept.budget_ore,
            )
        ),
    )


@dataclass(frozen=True, slots=True)
class NetInterval:
    """What the suggestions of one unit's net cost come to together, in öre of ledger sign (`low_ore` ≤ `high_ore`).

    `low_ore` to `high_ore` holds the year's net cost in four cases of five: measured on the sum itself, so that rows
    that go together and rows that even out each other count as they do. `why` says so in one line.
    """

    full_year_ore: int
    low_ore: int
    high_ore: int
    why: Text


def net_intervals(round_key: str, units: Iterable[str] | None = None) -> dict[str, NetInterval]:
    """The intervals of the net costs of a round's units, of some where asked (one query)."""
    kept = NetSuggestion.objects.filter(round__key=round_key)
    if units is not None:
        kept = kept.filter(unit__in=list(units))
    return {
        own.unit: NetInterval(
            own.full_year_ore, own.low_ore, own.high_ore, why_net(own.trials, own.low_ore, own.high_ore)
        )
        for own in kept.order_by("unit")
    }


def net_interval(round_key: str, unit: str) -> NetInterval | None:
    """The interval of one unit's net cost; None where nothing is suggested for it."""
    return net_intervals(round_key, [unit]).get(unit)


def ended_rounds(before: str | None = None) -> list[RoundRow]:
    """The latest rounds whose year has all its months in the ledger; only those before a round where one is named.

    The oldest first; raises nothing for a round that isn't there: then none is before it.
    """
    known = planning.rounds()
    if before:
        limit = next((row.cut_off for row in known if row.key == before), date.min)
        known = [row for row in known if row.cut_off < limit]
    held = held_months()
    return [row for row in known if _has_ended(row, held)][-_ROUNDS_KEPT:]


def _has_ended(row: RoundRow, held: Collection[int]) -> bool:
    return all(row.year * 100 + month in held for month in range(1, 13))


def accuracy(rounds: Iterable[RoundRow], units: Iterable[str] | None = None) -> list[AccuracyRow]:
    """How right forecasts were, by round, unit and account group, of some units where asked.

    Only for `ended_rounds`. A fixed number of queries to the database, and two questions to the ledger a round.
    """
    asked = list(rounds)
    if not asked:
        return []
    wanted = None if units is None else set(units)
    kept = Forecast.objects.filter(round__key__in=[row.key for row in asked], is_current=True)
    kinds = (ForecastKind.SUBMISSION, ForecastKind.SUGGESTION)
    stored: dict[tuple[str, ForecastKind], list[planning.ForecastFacts]] = defaultdict(list)
    for own in planning.forecast_facts(kept.filter(kind__in=[kind.value for kind in kinds])):
        stored[own.round_key, own.kind].append(own)
    with open_engine() as engine:
        outcomes = [outcome(engine, row, *(stored[row.key, kind] for kind in kinds)) for row in asked]
    rows = (row for own in outcomes for row in own.rows())
    return [row for row in rows if wanted is None or row.unit in wanted]


def accuracy_of_units(round_key: str, units: Iterable[str]) -> dict[str, AccuracyRow]:
    """The mean of the rounds before one, for each of the units that has any; account groups together."""
    rows = accuracy(ended_rounds(round_key), units)
    return {unit: row for (unit, _), row in by(rows, lambda row: (row.unit, "")).items()}
