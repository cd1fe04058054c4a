"""Budget entries, the two forecasts of 2022 and one of 2021 as CSV rows. Amounts in kronor, ledger sign."""

from __future__ import annotations

import random
from collections import defaultdict
from dataclasses import dataclass

import demo_plan
from demo_postings import allocate

BUDGET_HEADINGS = (
    "decision",
    "decided_on",
    "kind",
    "text",
    "period",
    "unit",
    "account",
    "activity",
    "project",
    "object",
    "counterparty",
    "marker",
    "amount",
)
FORECAST_HEADINGS = ("unit", "account", "full_year")
FIRST_HALF = tuple(range(202201, 202207))
SECOND_HALF = tuple(range(202207, 202213))
MOVING = "8500"  # leaves on 1 July: its budget is by month
DELAR_1 = "2022-04-30"
YEAR_END_2021 = 1  # the column of the published table
Key = tuple[str, str]  # unit, node


@dataclass(frozen=True)
class Entry:
    """A decided budget change; lines are (unit, node, tkr)."""

    decision: str
    decided_on: str
    kind: str
    text: str
    lines: tuple[tuple[str, str, int], ...]
    periods: tuple[int, ...] = (2022,)


# Savings assignments stand as entries of their own in the budget (planning/savings.yaml): tkr, decision, text.
SAVINGS = {
    ("1098", "7"): (4_000, "Ks 230/2019", "Effektiviseringskrav från 2019"),
    ("4520", "7"): (18_200, "Ks 1000/2021 (syntetisk)", "Utvecklingsuppdrag enligt budgetdirektiv 2021"),
}

# Personnel budget of the departments is the allocation key of the savings assignment.
SAVING_UNITS = ("4110", "4120", "4210", "4220", "4230", "4240", "4250", "4260", "4270", "4280")


def _by_personnel(tkr: int, units: tuple[str, ...], sign: int) -> tuple[tuple[str, str, int], ...]:
    parts = allocate(tkr, [demo_plan.budget(unit)["5"] for unit in units])
    return tuple((unit, "5", sign * part) for unit, part in zip(units, parts, strict=True))


def moved_in(unit: str) -> tuple[tuple[str, str, int], ...]:
    """All budget of a unit that came in on 1 July."""
    return tuple((unit, node, tkr) for node, tkr in demo_plan.budget(unit).items())


def changes() -> list[Entry]:
    """What was decided after the original budget, in order. The references are made up and say so."""
    incoming = moved_in("4290") + moved_in("1090")
    outgoing = tuple(("8500", node, -_sum_of(incoming, node)) for node in demo_plan.NODES if _sum_of(incoming, node))
    return [
        Entry(
            "Ks 1012/2022 (syntetisk)",
            "2022-02-08",
            "reorganisation",
            "Hållbarhetsmedel från staben till Utveckling och hållbarhet",
            (("4110", "7", -1_200), ("4280", "7", 1_200)),
        ),
        Entry(
            "Ks 1018/2022 (syntetisk)",
            "2022-02-22",
            "transfer",
            "Utvecklingsuppdraget: utredda 7 mnkr fördelas ut från Ramavstämning",
            (("4520", "7", 7_000), *_by_personnel(7_000, SAVING_UNITS, -1)),
        ),
        Entry(
            "Ks 1044/2022 (syntetisk)",
            "2022-03-22",
            "supplementary",
            "Överfört resultat 2019–2021 till politiska kanslier",
            (("3020", "5", 13_100),),
        ),
        Entry(
            "Ks 1051/2022 (syntetisk)",
            "2022-04-19",
            "compensation",
            "Lönekompensation 2022",
            _by_personnel(5_400, (*SAVING_UNITS, "4420"), 1),
        ),
        Entry(
            "Ks 1076/2022 (syntetisk)",
            "2022-05-24",
            "supplementary",
            "Hyra för Servicecenter vid Olof Palmes torg",
            (("4260", "6A", 1_500),),
        ),
        Entry(
            "Ks 1077/2022 (syntetisk)",
            "2022-05-24",
            "transfer",
            "Tillkommande projekt i utvecklingsportföljen för digitalisering",
            (("1098", "7", -3_800), ("1010", "7", 3_800)),
        ),
        Entry(
            "Ks 1089/2022 (syntetisk)",
            "2022-06-14",
            "compensation",
            "Centralt skyddslager januari–juni",
            (("1080", "6", 2_400), ("1080", "7", 200)),
        ),
        Entry(
            "Ks 1090/2022 (syntetisk)",
            "2022-06-14",
            "supplementary",
            "Kapitalkostnad och hyra för investeringar i Kulturkvarteret",
            (("4530", "6A", 3_000), ("4530", "7", 1_600)),
        ),
        Entry(
            "Ks 1101/2022 (syntetisk)",
            "2022-06-21",
            "reorganisation",
            "Lokalförsörjning och rörelsefastigheter från Programnämnd Samhällsbyggnad",
            (*incoming, *outgoing),
            SECOND_HALF,
        ),
    ]


def _sum_of(lines: tuple[tuple[str, str, int], ...], node: str) -> int:
    return sum(tkr for _, own, tkr in lines if own == node)


def final_budget() -> dict[Key, int]:
    """Budget by unit and node on 31 August, in tkr."""
    own = {(unit, node): tkr for unit in demo_plan.units() for node, tkr in demo_plan.budget(unit).items()}
    return {**own, **demo_plan.TAKEN_OVER}


def changed_after(day: str) -> dict[Key, int]:
    """What later decisions change, by unit and node; day "" means every change."""
    sums: dict[Key, int] = defaultdict(int)
    for entry in changes():
        if entry.decided_on > day:
            for unit, node, tkr in entry.lines:
                sums[unit, node] += tkr
    return sums


def budget_on(day: str) -> dict[Key, int]:
    """Budget by unit and node as it stood on a day, in tkr."""
    budget, later = final_budget(), changed_after(day)
    keys = [*budget, *(key for key in later if key not in budget)]
    return {key: left for key in keys if (left := budget.get(key, 0) - later.get(key, 0))}


def budget_rows() -> list[tuple[str, ...]]:
    """All entries of 2022, the original first."""
    rows = []
    for (unit, node), tkr in sorted(budget_on("").items()):
        if unit == MOVING:
            rows += _by_month("Ks 1000/2021 (syntetisk)", "2021-11-23", "original", "Ursprunglig budget 2022",
                              unit, node, tkr // 2, FIRST_HALF + SECOND_HALF)  # fmt: skip
            continue
        saving, decision, text = SAVINGS.get((unit, node), (0, "", ""))
        if tkr + saving:
            rows.append(_row("Ks 1000/2021 (syntetisk)", "2021-11-23", "original", "Ursprunglig budget 2022", "2022",
                             unit, node, "", tkr + saving))  # fmt: skip
        if saving:
            rows.append(_row(decision, "2021-11-23", "savings", text, "2022", unit, node, "", -saving))
    for project, unit, account, tkr, *_ in demo_plan.INVESTMENTS:
        rows.append(_row("Ks 1001/2021 (syntetisk)", "2021-11-23", "original", "Investeringsbudget 2022", "2022",
                         unit, account, project, tkr))  # fmt: skip
    for entry in changes():
        for unit, node, tkr in entry.lines:
            rows += _by_month(entry.decision, entry.decided_on, entry.kind, entry.text,
                              unit, node, tkr, entry.periods)  # fmt: skip
    return rows


def _by_month(
    decision: str, day: str, kind: str, text: str, unit: str, node: str, tkr: int, periods: tuple[int, ...]
) -> list[tuple[str, ...]]:
    # a year's months repeat its half year's, so that the second half is to the öre what moves out of it
    months = min(len(periods), 6)
    parts = allocate(tkr * 1000, [1] * months) * (len(periods) // months)
    return [_row(decision, day, kind, text, str(period), unit, node, "", 0, kronor)
            for period, kronor in zip(periods, parts, strict=True)]  # fmt: skip


def _row(
    decision: str,
    day: str,
    kind: str,
    text: str,
    period: str,
    unit: str,
    account: str,
    project: str,
    tkr: int,
    kronor: int | None = None,
) -> tuple[str, ...]:
    amount = tkr * 1000 if kronor is None else kronor
    return (decision, day, kind, text, period, unit, account, "", project, "", "", "", str(amount))


def forecast_rows(number: int) -> list[tuple[str, ...]]:
    """Full-year forecast 1 or 2 by unit and node, then the investments, by unit and account alone."""
    rows = []
    then = budget_on(DELAR_1)
    for unit in demo_plan.units():
        if number == 1 and unit in {"1090", "4290"}:
            continue
        known = {node: tkr for (own, node), tkr in then.items() if own == unit}
        nodes = demo_plan.forecast_1(unit, known) if number == 1 else before_settlement(unit)
        rows += [(unit, node, str(tkr * 1000)) for node, tkr in nodes.items()]
    rows += [(unit, node, str(tkr * 1000)) for (unit, node), tkr in demo_plan.TAKEN_OVER.items()]
    for _, unit, account, budget, forecast, *_ in demo_plan.INVESTMENTS:
        rows.append((unit, account, str((budget if number == 1 else forecast) * 1000)))
    return rows


def forecast_rows_2021() -> list[tuple[str, ...]]:
    """A forecast of August 2021, made up: the year's actual by unit and node, missed by some per cent either way."""
    chance = random.Random(2021)
    rows = []
    for unit in demo_plan.units():
        bias = chance.gauss(0.005, 0.02)  # people miss in one direction over all their groups
        for node, tkr in demo_plan.actual(unit, YEAR_END_2021).items():
            missed = round(tkr * (1 + bias + chance.gauss(0, 0.015)))
            rows.append((unit, node, str(missed * 1000)))
    return rows


def before_settlement(unit: str) -> dict[str, int]:
    """Forecast 2 as handed in: what the unit owes those who finance it is still among its income."""
    nodes, owed = demo_plan.forecast_2(unit), demo_plan.SETTLED.get(unit, 0)
    return {**nodes, "3": nodes["3"] - owed} if owed else nodes


def check_published() -> None:
    """Budget, both forecasts and both deviations per row, exactly as printed."""
    early = budget_on(DELAR_1)
    for row, printed in demo_plan.PUBLISHED.items():
        late = sum(tkr for (unit, _), tkr in final_budget().items() if demo_plan.row_of(unit) == row)
        assert late == printed[3], (row, late)
        then = sum(tkr for (unit, _), tkr in early.items() if demo_plan.row_of(unit) == row)
        for number, budget, deviation in ((1, then, printed[4]), (2, late, printed[5])):
            settled = sum(tkr for unit, tkr in demo_plan.SETTLED.items() if demo_plan.row_of(unit) == row)
            forecast = (settled * 1000 if number == 2 else 0) + sum(
                int(kronor) for unit, account, kronor in forecast_rows(number)
                if demo_plan.row_of(unit) == row and not account.startswith("12")
            )  # fmt: skip
            assert forecast == (budget - deviation) * 1000, (row, number, forecast, budget, deviation)
