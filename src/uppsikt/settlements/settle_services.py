"""Writes of settlements: units that others finance are brought to zero, and that can be taken back.

A settlement is a forecast of its own kind over what the units handed in. Settling again replaces it, so the
round can be settled as often as forecasts change; what stands as it should is left alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.db import transaction

from uppsikt.audit.actors import Actor, Verb, require
from uppsikt.audit.services import record
from uppsikt.core.findings import Finding, found
from uppsikt.planning.codes import CodeString
from uppsikt.planning.files import ForecastRow
from uppsikt.planning.findings import ROUND_UNKNOWN
from uppsikt.planning.kinds import ForecastKind
from uppsikt.planning.rounds import RoundRow
from uppsikt.planning.selectors import round_row
from uppsikt.planning.services import submit_forecast
from uppsikt.planning.storage import BUDGET_PLAN, FORECAST_PLAN, hold_plan
from uppsikt.settlements.findings import NO_FORECAST, NO_RULES
from uppsikt.settlements.selectors import rules, settlements_of, standing_settlements
from uppsikt.settlements.settling import rows_of
from uppsikt.settlements.values import Settled, Written


@transaction.atomic
def settle(*, actor: Actor, round_key: str, as_of: date, dry_run: bool = False) -> Written:
    """Settle every unit that a rule is in force for on the round's cut-off, to the öre.

    Asks for the right to adjust forecasts on each unit it changes. The round must be open.
    """
    hold_plan(BUDGET_PLAN)  # in the order of all who need both: what is settled must be what stands
    hold_plan(FORECAST_PLAN)
    row = round_row(round_key)
    if row is None:
        require(actor, Verb.ADJUST_FORECAST, (), as_of)
        return Written((found(ROUND_UNKNOWN, round=round_key),))
    in_force = rules(row.cut_off)
    standing = standing_settlements(round_key)
    if not in_force and not any(standing.values()):
        require(actor, Verb.ADJUST_FORECAST, (), as_of)
        return Written((found(NO_RULES, day=row.cut_off),))
    settlements, without = settlements_of(row)
    findings = [found(NO_FORECAST, unit=own.unit) for own in without]
    rows = rows_of(settlements, standing)
    if not rows:
        return Written(tuple(findings))
    told = [[own.rule.key, own.before_ore, own.aim_ore] for own in settlements]
    return _submitted(actor, row, rows, (settlements, findings), "settle-round", told, as_of, dry_run=dry_run)


@transaction.atomic
def take_back(*, actor: Actor, round_key: str, as_of: date) -> Written:
    """Take all settlements of a round back: what stood before them stands again."""
    hold_plan(FORECAST_PLAN)
    row = round_row(round_key)
    standing = [own for own, ore in standing_settlements(round_key).items() if ore]
    if row is None or not standing:
        require(actor, Verb.ADJUST_FORECAST, (), as_of)
        return Written(() if row else (found(ROUND_UNKNOWN, round=round_key),))
    rows = [ForecastRow(CodeString(*own), rest_ore=0) for own in standing]
    told: list[list[object]] = [list(own) for own in standing]
    return _submitted(actor, row, rows, ([], []), "take-back-settlement", told, as_of, dry_run=False)


def _submitted(
    actor: Actor,
    row: RoundRow,
    rows: Sequence[ForecastRow],
    made: tuple[list[Settled], list[Finding]],
    verb: str,
    told: Sequence[Sequence[object]],
    as_of: date,
    *,
    dry_run: bool,
) -> Written:
    settlements, findings = made
    done = submit_forecast(
        actor=actor,
        round_key=row.key,
        rows=rows,
        submitted_on=as_of,
        actuals=lambda _: {},
        origin=verb,
        dry_run=dry_run,
        kind=ForecastKind.SETTLEMENT,
    )
    if done.changes and not done.is_refused and not dry_run:
        record(actor=actor, verb=verb, target=f"round:{row.key}", payload={"settled": told})
    return Written((*findings, *done.findings), tuple(settlements), len(done.changes))
