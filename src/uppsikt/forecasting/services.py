"""Writes of suggestions: made from what is held, kept in planning as forecasts of their own kind."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import date

from django.db import transaction

from uppsikt.audit.actors import Actor, Verb, require
from uppsikt.core.codeplan import CodePlan
from uppsikt.core.findings import Finding, Severity, found, has_errors
from uppsikt.core.language import say
from uppsikt.core.money import allocate
from uppsikt.core.periods import MONTHS_EN, MONTHS_SV, Month
from uppsikt.forecasting.findings import NOTHING_TO_GO_BY, UNSETTLED, YEAR_NOT_WHOLE
from uppsikt.forecasting.gathering import gather
from uppsikt.forecasting.making import Made, MadeNet, make
from uppsikt.forecasting.models import NetSuggestion, Suggestion
from uppsikt.forecasting.words import followed
from uppsikt.planning.codes import CodeCheck
from uppsikt.planning.files import ForecastRow
from uppsikt.planning.findings import ROUND_UNKNOWN
from uppsikt.planning.kinds import ForecastKind
from uppsikt.planning.models import Forecast, Round
from uppsikt.planning.rounds import RoundRow
from uppsikt.planning.selectors import forecasts, round_row
from uppsikt.planning.services import RoundChange, open_round, submit_forecast
from uppsikt.planning.states import State
from uppsikt.relations import actuals_of_round, budget_of_round, open_engine
from uppsikt.rounds import services as rounds
from uppsikt.rounds.amounts import shown_amount
from uppsikt.settlements.selectors import settlements_of, standing_settlements


@dataclass(frozen=True, slots=True)
class SuggestionChange:
    """What came of asking for suggestions: how many are new or other than before, and how many stand as they were."""

    changed: int = 0
    unchanged: int = 0
    findings: tuple[Finding, ...] = ()


def suggest(*, actor: Actor, round_key: str, as_of: date) -> SuggestionChange:
    """Make suggestions for every unit and account group of an open round; those that differ replace the standing.

    One with the same amounts and reason stays as it was made, its interval too.

    Refused with findings where the round isn't there or isn't open.
    """
    require(actor, Verb.RUN_ROUND, (), as_of)
    row = round_row(round_key)
    if row is None:
        return SuggestionChange(findings=(found(ROUND_UNKNOWN, round=round_key),))
    with transaction.atomic():
        with open_engine() as engine:
            gathered, plan = gather(engine, row), engine.plan
        booked = actuals_of_round(row)
        made, net = make(gathered, booked, row, plan)
        if not made:
            return SuggestionChange(findings=(_nothing_made(row, gathered.material.seen),))
        done = submit_forecast(
            actor=actor,
            round_key=round_key,
            rows=_rows(made, row, plan),
            submitted_on=as_of,
            actuals=lambda _: booked,
            kind=ForecastKind.SUGGESTION,
            whole_units=[own.unit for own in forecasts(round_key, kind=ForecastKind.SUGGESTION)],
        )
        errors = tuple(own for own in done.findings if own.severity is Severity.ERROR)
        if not errors:
            _keep(row, made)
            _keep_net(row, net)
    return SuggestionChange(len(done.changes), done.unchanged, errors)


def open_with_suggestions(*, actor: Actor, key: str, as_of: date) -> RoundChange:
    """Open a round and make its suggestions in one go; that there was nothing to base them on stops nothing.

    A round that is opened again keeps those it has: people have seen them.
    """
    with transaction.atomic():
        change = open_round(actor=actor, key=key, as_of=as_of)
        if change.findings or Suggestion.objects.filter(forecast__round__key=key).exists():
            return change
        made = suggest(actor=actor, round_key=key, as_of=as_of)
    return RoundChange(change.round, made.findings)


def change_state(*, actor: Actor, key: str, to: State, as_of: date, reason: str = "") -> RoundChange:
    """Take a round one step along its states, as the doors do: opening it makes its suggestions.

    Consolidating it warns of units that others finance and that are not settled as their forecasts stand; a `reason`
    says why it is done though units lack explanations or answers.
    """
    if to is State.OPEN:
        return open_with_suggestions(actor=actor, key=key, as_of=as_of)
    books = {"actuals": actuals_of_round, "budget": budget_of_round}
    change = rounds.change_state(actor=actor, key=key, to=to, as_of=as_of, reason=reason, **books)
    if to is State.CONSOLIDATED and change.round and not has_errors(change.findings):
        return RoundChange(change.round, (*change.findings, *_unsettled(change.round)))
    return change


def _nothing_made(row: RoundRow, seen: int) -> Finding:
    """Why there is no suggestion, with `seen` months of the year in the ledger."""
    year = row.year
    if row.months_left:
        return found(NOTHING_TO_GO_BY, round=row.key, year=year)
    held = say("är tom för {year}", "has nothing of {year}", year=year)
    if seen:
        held = say(f"slutar i {MONTHS_SV[seen - 1]} {year}", f"ends in {MONTHS_EN[seen - 1]} {year}")
    return found(YEAR_NOT_WHOLE, round=row.key, held=held)


def _unsettled(row: RoundRow) -> Iterator[Finding]:
    settlements, _ = settlements_of(row)
    standing = standing_settlements(row.key) if settlements else {}
    for own in settlements:
        remainder_ore = own.change_ore - standing.get((own.rule.unit, own.rule.account), 0)
        if remainder_ore:
            yield found(UNSETTLED, unit=own.rule.unit, remainder=shown_amount(remainder_ore))


def _rows(made: Sequence[Made], row: RoundRow, plan: CodePlan) -> list[ForecastRow]:
    check, left = CodeCheck(plan), row.months_left
    return [_row(own, left, check.weights(own.codes, left)) for own in made]


def _row(own: Made, left: Sequence[Month], weights: Sequence[int]) -> ForecastRow:
    basis = followed(own.grounds.methods).sv
    parts = allocate(own.rest_ore, weights) if left else []
    months = {month.number: part for month, part in zip(left, parts, strict=True) if part}
    return ForecastRow(own.codes, rest_ore=None if months else 0, months=months, basis=basis)


def _keep(row: RoundRow, made: Sequence[Made]) -> None:
    standing = Forecast.objects.filter(round__key=row.key, kind=ForecastKind.SUGGESTION.value, is_current=True)
    ids = {(unit, account): key for key, unit, account in standing.values_list("pk", "unit", "account")}
    Suggestion.objects.bulk_create(
        (
            Suggestion(
                forecast_id=ids[own.codes.unit, own.codes.account],
                **{**asdict(own.grounds), "methods": ",".join(own.grounds.methods)},
            )
            for own in made
        ),
        batch_size=500,
        ignore_conflicts=True,  # the interval of an amount that stands stands with it: people have seen it
    )


def _keep_net(row: RoundRow, made: Sequence[MadeNet]) -> None:
    """Replace the intervals of units whose sum is another than before; of one that stands it stands too."""
    kept = NetSuggestion.objects.filter(round__key=row.key)
    sums = {own.unit: own.middle_ore for own in made}
    stands = {own.unit for own in kept if sums.get(own.unit) == own.full_year_ore}
    kept.exclude(unit__in=stands).delete()
    at = Round.objects.get(key=row.key)
    NetSuggestion.objects.bulk_create(
        NetSuggestion(
            round=at,
            unit=own.unit,
            full_year_ore=own.middle_ore,
            low_ore=own.low_ore,
            high_ore=own.high_ore,
            trials=own.trials,
        )
        for own in made
        if own.unit not in stands
    )
