"""Writes of carried-over results: periods opened, results decided, results that were put in a budget marked."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date

from django.db import transaction

from uppsikt.audit.actors import Actor, Verb, require
from uppsikt.audit.services import record
from uppsikt.coding.selectors import code_plan
from uppsikt.core.codeplan import CodePlan
from uppsikt.core.findings import Finding, NotFound, Place, found, has_errors
from uppsikt.core.formats import ABSENT
from uppsikt.core.language import Text
from uppsikt.planning.budgets import EntryKey
from uppsikt.planning.codes import CodeString, text_faults
from uppsikt.planning.files import BudgetRow
from uppsikt.planning.kinds import BudgetKind
from uppsikt.planning.models import BudgetEntry
from uppsikt.planning.services import decide_budget
from uppsikt.settlements.findings import (
    CODE_UNKNOWN,
    ENTRY_UNKNOWN,
    PERIOD_ODD,
    UNIT_IN_TWO,
    UNIT_ODD,
    YEAR_OUTSIDE,
)
from uppsikt.settlements.models import TITLE_LENGTH, BudgetedResult, MultiYearPeriod, PeriodUnit
from uppsikt.settlements.selectors import period, periods
from uppsikt.settlements.values import PeriodRow, Written

_KEY = re.compile(r"[a-z0-9][a-z0-9-]{0,49}")
_YEARS = range(1900, 2200)
_NO_KEY = Text("nyckeln kan inte stå i en adress", "the key can't stand in an address")
_TAKEN = Text("nyckeln finns redan", "the key is taken")
_YEARS_ODD = Text("åren är inga år i ordning", "the years are no years in order")
_NO_UNITS = Text("ingen enhet är med", "no unit is in it")


@transaction.atomic
def open_period(
    *, actor: Actor, key: str, name: str, first_year: int, last_year: int, units: Mapping[str, str], as_of: date
) -> Written:
    """Open a period in which units take results along, from zero; `units` have the account of their results."""
    plan = code_plan()
    for unit in units or [""]:
        require(actor, Verb.EDIT_BUDGET, plan.path("unit", unit, as_of) if unit else (), as_of)
    wanted = PeriodRow(key, name.strip(), first_year, last_year, units)
    faults = tuple(_faults(wanted, plan))
    if has_errors(faults):
        return Written(faults)
    stored = MultiYearPeriod.objects.create(key=key, name=wanted.name, first_year=first_year, last_year=last_year)
    PeriodUnit.objects.bulk_create(
        PeriodUnit(period=stored, unit=unit, account=account) for unit, account in units.items()
    )
    payload = {"name": wanted.name, "first_year": first_year, "last_year": last_year, "units": dict(units)}
    record(actor=actor, verb="open-multi-year-period", target=f"multi-year-period:{key}", payload=payload)
    return Written(faults)


def _faults(wanted: PeriodRow, plan: CodePlan) -> Iterator[Finding]:
    held = periods()
    if not _KEY.fullmatch(wanted.key):
        yield found(PERIOD_ODD, key=wanted.key, why=_NO_KEY)
    if wanted.key in {own.key for own in held}:
        yield found(PERIOD_ODD, key=wanted.key, why=_TAKEN)
    years = (wanted.first_year, wanted.last_year)
    if any(year not in _YEARS for year in years) or wanted.last_year < wanted.first_year:
        yield found(PERIOD_ODD, key=wanted.key, why=_YEARS_ODD)
    if not wanted.units:
        yield found(PERIOD_ODD, key=wanted.key, why=_NO_UNITS)
    yield from text_faults(wanted.name, "name", TITLE_LENGTH, Place())
    for unit, account in wanted.units.items():
        for dimension, code in (("unit", unit), ("account", account)):
            if not plan.knows(dimension, code):
                yield found(CODE_UNKNOWN, value=code or ABSENT, dimension=dimension)
        for other in held:
            if unit in other.units and set(other.years) & set(wanted.years):
                yield found(UNIT_IN_TWO, unit=unit, other=other.key)


@transaction.atomic
def decide_result(
    *,
    actor: Actor,
    key: str,
    unit: str,
    year: int,
    result_ore: int,
    decision: str,
    decided_on: date,
    text: str,
    as_of: date,
) -> Written:
    """Decide what a unit takes along from a year (surplus positive), where the ledger doesn't tell.

    It is posted in December of its year, in a scenario of its own: no budget changes. Raises `NotFound`.
    """
    plan, held = code_plan(), period(key)
    require(actor, Verb.EDIT_BUDGET, plan.path("unit", unit, as_of) if unit else (), as_of)
    if unit not in held.units:
        return Written((found(UNIT_ODD, unit=unit or ABSENT, key=key, known=", ".join(held.units)),))
    if year not in held.years:
        facts = {"year": year, "key": key, "first": held.first_year, "last": held.last_year}
        return Written((found(YEAR_OUTSIDE, **facts),))
    codes = CodeString(unit, held.units[unit])
    row = BudgetRow(decision, decided_on, BudgetKind.CARRY_OVER, text, year * 100 + 12, codes, -result_ore)
    done = decide_budget(actor=actor, rows=[row], as_of=as_of, origin=f"multi-year-period:{key}")
    return Written(done.findings, changed=len(done.changes))


@transaction.atomic
def link_budgeted(*, actor: Actor, key: str, entry: EntryKey, as_of: date) -> Written:
    """Mark a budget entry by which results of earlier years were put in its year's budget. No money moves.

    Raises `NotFound`.
    """
    plan, held = code_plan(), period(key)
    for unit in held.units:
        require(actor, Verb.EDIT_BUDGET, plan.path("unit", unit, as_of), as_of)
    stored = _stored(entry, held)
    if stored is None:
        raise NotFound(found(ENTRY_UNKNOWN, entry=" ".join(map(str, entry))))
    _, is_new = BudgetedResult.objects.get_or_create(
        entry=stored, defaults={"period": MultiYearPeriod.objects.get(key=key)}
    )
    if is_new:
        payload = {"entry": f"budget:{stored.pk}"}
        record(actor=actor, verb="link-carry-over", target=f"multi-year-period:{key}", payload=payload)
    return Written()


def _stored(entry: EntryKey, held: PeriodRow) -> BudgetEntry | None:
    """The entry, where it changes the budget of a unit and a year of the period."""
    reference, kind, text, year = entry
    known = BudgetEntry.objects.filter(decision_reference=reference, kind=kind, text=text, year=year)
    of_units = known.exclude(kind=BudgetKind.CARRY_OVER.value).filter(lines__unit__in=list(held.units))
    return of_units.first() if year in held.years else None
