"""A small municipality for the planning tests: five units, six accounts, one project."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from uppsikt.audit.actors import Actor
from uppsikt.coding.services import import_register
from uppsikt.planning.forecasts import ActualsReader
from uppsikt.planning.kinds import RoundKind
from uppsikt.planning.rounds import RoundRow
from uppsikt.planning.services import (
    PlanImport,
    change_state,
    create_round,
    import_budget,
    import_forecast,
)
from uppsikt.planning.states import State

LOCAL = Actor("kommandorad", is_local=True)
TODAY = date(2022, 9, 12)

_REGISTERS = {
    "unit": """kod;namn;överordnad;gäller_från;gäller_till
KS;Kommunstyrelse;;;
42;Centralt stöd;KS;;
4210;Digitalisering;42;;
4220;Ekonomi;42;;
4290;Lokalförsörjning;42;2022-07-01;
""",
    "account": """kod;namn;överordnad;överordnad:rapport
3;Intäkter;;
5;Personalkostnader;;
6;Övriga kostnader;;
6A;Lokalhyror;6;/
60;Hyror;6;6A
61;Fastighetskostnader;6;6
""",
    "project": "kod;namn;överordnad;gäller_från;gäller_till\n100;Kulturkvarteret;;2022-11-01;\n",
}


def code_registers() -> None:
    for dimension, text in _REGISTERS.items():
        result = import_register(
            actor=LOCAL, dimension=dimension, content=text.encode(), name=f"{dimension}.csv", as_of=TODAY
        )
        assert result.findings == ()


def budget(text: str, actor: Actor = LOCAL, dry_run: bool = False) -> PlanImport:
    return import_budget(actor=actor, content=text.encode(), name="budget.csv", as_of=TODAY, dry_run=dry_run)


def no_actuals(_: RoundRow) -> Mapping[tuple[str, str], Mapping[int, int]]:
    return {}


def monthly(amount_ore: int, unit: str = "4210", account: str = "5") -> ActualsReader:
    """Actuals with the same amount in each month that has any."""
    return lambda row: {(unit, account): {month.number: amount_ore for month in row.months_with_actuals}}


def forecast(
    text: str,
    actor: Actor = LOCAL,
    actuals: ActualsReader = no_actuals,
    round_key: str = "delar2-2022",
    dry_run: bool = False,
) -> PlanImport:
    return import_forecast(
        actor=actor,
        round_key=round_key,
        content=text.encode(),
        name="prognos.csv",
        submitted_on=TODAY,
        actuals=actuals,
        dry_run=dry_run,
    )


def make_round(
    key: str = "delar2-2022",
    cut_off: date = date(2022, 8, 31),
    state: State = State.OPEN,
    previous: str | None = None,
) -> None:
    created = create_round(
        actor=LOCAL,
        key=key,
        name="Delår 2 2022",
        kind=RoundKind.INTERIM,
        year=2022,
        cut_off=cut_off,
        deadline=date(2022, 12, 31),
        as_of=TODAY,
        previous_key=previous,
    )
    assert created.findings == ()
    steps = {State.DRAFT: 0, State.OPEN: 1, State.CONSOLIDATED: 2, State.ADOPTED: 3}
    for step in (State.OPEN, State.CONSOLIDATED, State.ADOPTED)[: steps[state]]:
        assert change_state(actor=LOCAL, key=key, to=step, as_of=TODAY).findings == ()
