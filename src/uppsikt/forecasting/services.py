"""Writes of suggestions: made from what is held, kept in planning as forecasts of their own kind."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db import transaction

from uppsikt.audit.actors import Actor, Verb, require
from uppsikt.core.codeplan import CodePlan
from uppsikt.core.findings import Finding, Severity, found
from uppsikt.core.formats import to_the_ore
from uppsikt.core.money import allocate
from uppsikt.core.net_cost import is_net_cost
from uppsikt.core.periods import Month
from uppsikt.forecasting.findings import NOTHING_TO_GO_BY, UNSETTLED
from uppsikt.forecasting.gathering import Gathered, gather
from uppsikt.forecasting.models import NetSuggestion, Suggestion
from uppsikt.forecasting.words import followed
from uppsikt.planning.codes import CodeCheck, CodeString
from uppsikt.planning.files import ForecastRow
from uppsikt.planning.findings import ROUND_UNKNOWN
from uppsikt.planning.forecasts import Actuals
from uppsikt.planning.kinds import ForecastKind
from uppsikt.planning.models import Forecast, Round
from uppsikt.planning.rounds import RoundRow
from uppsikt.planning.selectors import forecasts, round_row
from uppsikt.planning.services import RoundChange, open_round, submit_forecast
from uppsikt.planning.states import State
from uppsikt.relations import actuals_of_round, open_engine
from uppsikt.rounds import services as rounds
from uppsikt.settlements.selectors import settlements_of, standing_settlements
from uppsikt.suggestions import Material, Method, Proposals, half_widths_of_sums, propose

_TKR_ORE, _KR_ORE = 100_000, 100


@dataclass(frozen=True, slots=True)
class SuggestionChange:
    """What came of asking for suggestions: how many are new or other than before, and how many stand as they were."""

    changed: int = 0
    unchanged: int = 0
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True)
class _Suggested:
    codes: CodeString
    rest_ore: int
    middle_ore: int
    low_ore: int
    high_ore: int
    methods: tuple[Method, ...]
    trials: int
    series: int
    part: float  # of the months left, how much of them its codes are valid


@dataclass(frozen=True, slots=True)
class _Net:
    middle_ore: int
    low_ore: int
    high_ore: int
    trials: int


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
        proposals = propose(gathered.material)
        made = list(_suggested(gathered, proposals, booked, row, plan))
        if not made:
            return SuggestionChange(findings=(found(NOTHING_TO_GO_BY, round=round_key, year=row.year),))
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
            _keep_net(row, _net(gathered.material, proposals, made, row, plan))
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


def change_state(*, actor: Actor, key: str, to: State, as_of: date) -> RoundChange:
    """Take a round one step along its states, as the doors do: opening it makes its suggestions.

    Consolidating it warns of units that others finance and that are not settled as their forecasts stand.
    """
    if to is State.OPEN:
        return open_with_suggestions(actor=actor, key=key, as_of=as_of)
    change = rounds.change_state(actor=actor, key=key, to=to, as_of=as_of)
    if to is State.CONSOLIDATED and change.round and not change.findings:
        return RoundChange(change.round, tuple(_unsettled(change.round)))
    return change


def _unsettled(row: RoundRow) -> Iterator[Finding]:
    settlements, _ = settlements_of(row)
    standing = standing_settlements(row.key) if settlements else {}
    for own in settlements:
        remainder_ore = own.change_ore - standing.get((own.rule.unit, own.rule.account), 0)
        if remainder_ore:
            yield found(UNSETTLED, unit=own.rule.unit, remainder=to_the_ore(remainder_ore))


def _suggested(
    gathered: Gathered, made: Proposals, booked: Actuals, row: RoundRow, plan: CodePlan
) -> Iterator[_Suggested]:
    """What is booked on the unit itself, then what its past says of the months left: also what it took over."""
    check, months = CodeCheck(plan), row.months_left
    if not months and gathered.material.seen < row.cut_off.month:
        return  # the year is said to be over, but not all of it is in the ledger
    has_past = gathered.material.has_past
    for at, node in enumerate(gathered.nodes):
        rest = float(made.rest[at])
        if rest != rest or not has_past[at]:  # NaN: nothing to go by; a part of one year is no past
            continue
        codes = CodeString(*node)
        part = sum(check.weights(codes, months)) / len(months) if months else 0.0
        below, above = float(made.low[at] - made.total[at]), float(made.high[at] - made.total[at])
        so_far_ore = sum(booked.get(node, {}).values())
        unit_ore = _rounded_to(max(abs(rest), above - below))
        low_ore, middle_ore, high_ore = (
            so_far_ore if not months else round((so_far_ore + part * own) / unit_ore) * unit_ore
            for own in (rest + below, rest, rest + above)
        )
        yield _Suggested(
            codes,
            middle_ore - so_far_ore,
            middle_ore,
            low_ore,
            high_ore,
            made.leading(at),
            int(made.trials[at]),
            at,
            part,
        )


def _rounded_to(amount_ore: float) -> int:
    return _TKR_ORE if amount_ore >= 100 * _TKR_ORE else _KR_ORE


def _net(
    material: Material, proposals: Proposals, made: Sequence[_Suggested], row: RoundRow, plan: CodePlan
) -> dict[str, _Net]:
    """Each unit's net cost: the sum of its suggestions, within what such sums were missed by before."""
    rows: dict[str, list[_Suggested]] = defaultdict(list)
    for own in made:
        if is_net_cost(plan, own.codes.account, row.cut_off):
            rows[own.codes.unit].append(own)
    halves = half_widths_of_sums(material, proposals, [[own.series for own in parts] for parts in rows.values()])
    return {unit: _net_of(parts, float(half)) for (unit, parts), half in zip(rows.items(), halves, strict=True)}


def _net_of(parts: Sequence[_Suggested], half_ore: float) -> _Net:
    middle_ore = sum(own.middle_ore for own in parts)
    half_ore *= max(own.part for own in parts)
    unit_ore = _rounded_to(2 * half_ore)
    trials = max(own.trials for own in parts)
    low_ore, high_ore = (
        middle_ore if not half_ore else round((middle_ore + way * half_ore) / unit_ore) * unit_ore for way in (-1, 1)
    )
    return _Net(middle_ore, low_ore, high_ore, trials)


def _rows(made: Sequence[_Suggested], row: RoundRow, plan: CodePlan) -> list[ForecastRow]:
    check, left = CodeCheck(plan), row.months_left
    return [_row(own, left, check.weights(own.codes, left)) for own in made]


def _row(own: _Suggested, left: Sequence[Month], weights: Sequence[int]) -> ForecastRow:
    basis = followed(own.methods).sv
    parts = allocate(own.rest_ore, weights) if left else []
    months = {month.number: part for month, part in zip(left, parts, strict=True) if part}
    return ForecastRow(own.codes, rest_ore=None if months else 0, months=months, basis=basis)


def _keep(row: RoundRow, made: Sequence[_Suggested]) -> None:
    standing = Forecast.objects.filter(round__key=row.key, kind=ForecastKind.SUGGESTION.value, is_current=True)
    ids = {(unit, account): key for key, unit, account in standing.values_list("pk", "unit", "account")}
    Suggestion.objects.bulk_create(
        (
            Suggestion(
                forecast_id=ids[own.codes.unit, own.codes.account],
                low_ore=own.low_ore,
                high_ore=own.high_ore,
                methods=",".join(own.methods),
                trials=own.trials,
            )
            for own in made
        ),
        batch_size=500,
        ignore_conflicts=True,  # the interval of an amount that stands stands with it: people have seen it
    )


def _keep_net(row: RoundRow, made: Mapping[str, _Net]) -> None:
    """Replace the intervals of units whose sum is another than before; of one that stands it stands too."""
    kept = NetSuggestion.objects.filter(round__key=row.key)
    standing = {own.unit: own for own in kept}
    new = {
        unit: own
        for unit, own in made.items()
        if unit not in standing or standing[unit].full_year_ore != own.middle_ore
    }
    kept.filter(unit__in=[*new, *(set(standing) - set(made))]).delete()
    at = Round.objects.get(key=row.key)
    NetSuggestion.objects.bulk_create(
        NetSuggestion(
            round=at,
            unit=unit,
            full_year_ore=own.middle_ore,
            low_ore=own.low_ore,
            high_ore=own.high_ore,
            trials=own.trials,
        )
        for unit, own in new.items()
    )
