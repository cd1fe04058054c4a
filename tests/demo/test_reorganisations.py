"""The seed's reorganisations on the demonstration: printed as-was, restated as of a day, planned for 2023.

What restating must give is computed here from the raw files, by a mapping written by hand from the decisions; neither
the program nor the events' own files are asked.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from datetime import date
from fractions import Fraction
from itertools import chain

import pytest

from tests.demo.test_demo import COLUMNS, PUBLISHED, printed
from tests.demo.test_demo_data import LEDGERS, TKR, is_net_cost, settled, table, transactions
from uppsikt.adoption.reading import bridge, statement
from uppsikt.coding.events import EventKind, State
from uppsikt.coding.selectors import code_plan, folded, reorganisations
from uppsikt.core.findings import Severity
from uppsikt.demo.load import Loaded

pytestmark = pytest.mark.django_db

YEAR_END = date(2022, 12, 31)
FIRST_DAY = date(2023, 1, 1)  # of the organisation that is a draft
ROW_OF = {
    "10": "kommungemensamt",
    "20": "statsbidrag",
    "30": "politisk-kommunledning",
    "40": "kommunstyrelseforvaltningen",
}
DRAFT = "ny-organisation-2023"
NEW = {
    "6100": "Förskoleförvaltningen",
    "6200": "Grundskoleförvaltningen",
    "6300": "Gymnasie- och arbetsmarknadsförvaltningen",
    "6400": "Socialförvaltningen",
    "6500": "Vård- och omsorgsförvaltningen",
    "6600": "Kultur- och fritidsförvaltningen",
}
Amounts = Counter[str]  # öre by unit or row, ledger sign


def answers_for(unit: str, account: str, activity: str, period: int) -> str:
    """The unit that answers for money at the end of 2022, told by hand."""
    if unit == "8500":
        return "1090" if account[0] in "36" else "4290"
    if period < 202201 and unit == "3010" and activity in {"101", "110"}:
        return {"101": "8010", "110": "8020"}[activity]
    if period < 202201 and unit == "2010" and account == "3525":
        return "8210"
    if period < 202203 and unit == "4110" and activity == "263":
        return "4280"
    return unit


def as_booked(unit: str, account: str, activity: str, period: int) -> str:
    return unit


Answers = Callable[[str, str, str, int], str]


def row_of(unit: str) -> str | None:
    parents = {row["code"]: row["parent"] for row in table("registers/unit.csv")}
    while unit and unit not in ROW_OF:
        unit = parents[unit]
    return ROW_OF.get(unit)


def by_row(units: Amounts) -> Amounts:
    rows: Amounts = Counter()
    for unit, ore in units.items():
        rows[row_of(unit) or "outside"] += ore
    return rows


def actual(first: int, last: int, answers: Answers) -> Amounts:
    amounts: Amounts = Counter()
    for row in chain.from_iterable(transactions(name) for name in LEDGERS):
        period = row.day.year * 100 + row.day.month
        if "unit" in row.codes and is_net_cost(row.account) and first <= period <= last:
            amounts[answers(row.codes["unit"], row.account, row.codes.get("activity", ""), period)] += row.ore
    return amounts


def planned(name: str, field: str, answers: Answers) -> Amounts:
    amounts: Amounts = Counter()
    rows = table(f"planning/{name}")
    for row in settled(rows) if field == "full_year" else rows:
        if is_net_cost(row["account"]):
            # plans are of 2022 and bear no activity: only what stands on the unit that closed goes elsewhere
            amounts[answers(row["unit"], row["account"], "", 202212)] += int(row[field]) * 100
    return amounts


@pytest.fixture(scope="module")
def columns() -> dict[str, tuple[Amounts, Amounts]]:
    """Each money column's rows, as booked and as of the end of 2022."""
    made = {
        "utfall-foregaende": [by_row(actual(202101, 202108, own)) for own in (as_booked, answers_for)],
        "utfall": [by_row(actual(202201, 202208, own)) for own in (as_booked, answers_for)],
        "bokslut-foregaende": [by_row(actual(202101, 202112, own)) for own in (as_booked, answers_for)],
        "budget": [by_row(planned("budget-2022.csv", "amount", own)) for own in (as_booked, answers_for)],
        "prognos": [
            by_row(planned("forecast-delar2-2022.csv", "full_year", own)) for own in (as_booked, answers_for)
        ],
    }
    return {key: (was, now) for key, (was, now) in made.items()}


def test_six_reorganisations_are_decided_and_one_is_a_draft(demo: Loaded) -> None:
    held = reorganisations()
    assert Counter(own.state for own in held) == {State.ADOPTED: 6, State.DRAFT: 1}
    assert {event.kind for own in held for event in own.events} == set(EventKind)
    assert [own.key for own in held if own.state is State.DRAFT] == [DRAFT]


def test_what_is_decided_and_what_is_planned_hold_together(demo: Loaded) -> None:
    assert [str(own) for own in folded(DRAFT).findings if own.severity is not Severity.NOTE] == []


@pytest.mark.parametrize("row", PUBLISHED)
def test_no_decision_changes_a_printed_figure(demo: Loaded, row: str) -> None:
    result = statement("nettoredovisning", "delar2-2022")
    assert [result.text(row, column) for column in COLUMNS] == [printed(own) for own in PUBLISHED[row]]


def test_the_hand_written_mapping_begins_at_what_is_printed(columns: dict[str, tuple[Amounts, Amounts]]) -> None:
    for column, (was, _) in columns.items():
        at = COLUMNS.index(column)
        assert [-was[row] for row in ROW_OF.values()] == [PUBLISHED[row][at] * TKR for row in ROW_OF.values()]


@pytest.mark.parametrize("column", ["utfall-foregaende", "utfall", "bokslut-foregaende", "budget", "prognos"])
def test_as_of_year_end_each_row_is_what_its_units_answer_for(
    demo: Loaded, columns: dict[str, tuple[Amounts, Amounts]], column: str
) -> None:
    result = statement("nettoredovisning", "delar2-2022", structure_date=YEAR_END)
    _, now = columns[column]
    assert {row: result.cell(row, column).amount_ore for row in ROW_OF.values()} == {
        row: now[row] for row in ROW_OF.values()
    }
    assert result.cell("nettokostnad", column).amount_ore == sum(now[row] for row in ROW_OF.values())


def test_these_figures_change_and_no_others(demo: Loaded) -> None:
    result = statement("nettoredovisning", "delar2-2022", structure_date=YEAR_END)
    changed = {
        (row, column): result.text(row, column)
        for row in PUBLISHED
        for column, own in zip(COLUMNS, PUBLISHED[row], strict=True)
        if result.text(row, column) != printed(own)
    }
    assert changed == {
        ("kommungemensamt", "utfall-foregaende"): printed(-208_282),
        ("kommungemensamt", "utfall"): printed(-182_468),
        ("kommungemensamt", "bokslut-foregaende"): printed(-300_746),
        ("kommungemensamt", "budget"): printed(-259_467),
        ("kommungemensamt", "prognos"): printed(-255_186),
        ("statsbidrag", "utfall-foregaende"): printed(40_290),
        ("statsbidrag", "bokslut-foregaende"): printed(-26_146),
        ("politisk-kommunledning", "utfall-foregaende"): printed(-19_931),
        ("kommunstyrelseforvaltningen", "utfall-foregaende"): printed(-274_304),
        ("kommunstyrelseforvaltningen", "utfall"): printed(-298_455),
        ("kommunstyrelseforvaltningen", "bokslut-foregaende"): printed(-477_503),
        ("kommunstyrelseforvaltningen", "budget"): printed(-482_655),
        ("kommunstyrelseforvaltningen", "prognos"): printed(-500_806),
        ("nettokostnad", "utfall-foregaende"): printed(-462_227),
        ("nettokostnad", "utfall"): printed(-468_541),
        ("nettokostnad", "bokslut-foregaende"): printed(-836_676),
        ("nettokostnad", "budget"): printed(-755_575),
        ("nettokostnad", "prognos"): printed(-770_958),
    }


def test_columns_of_the_year_are_marked_only_where_events_move_their_months(demo: Loaded) -> None:
    marked = statement("nettoredovisning", "delar2-2022", structure_date=YEAR_END).restated
    for row in ("statsbidrag", "politisk-kommunledning"):
        assert (row, "utfall-foregaende") in marked
        assert {column for own, column in marked if own == row} <= {"utfall-foregaende", "bokslut-foregaende"}
    assert marked["kommungemensamt", "utfall"] == ("lokalforsorjning-2022#3",)


def test_the_councils_cost_leaves_the_year_before_in_august_and_had_left_it_at_year_end(demo: Loaded) -> None:
    was = statement("enheter", "delar2-2022", unit="KF")
    now = statement("enheter", "delar2-2022", unit="KF", structure_date=YEAR_END)
    assert [was.text("nettokostnad", column) for column in ("utfall-foregaende", "bokslut-foregaende")] == [
        "–",
        printed(-11_214),
    ]
    assert [now.text("nettokostnad", column) for column in ("utfall-foregaende", "bokslut-foregaende")] == [
        printed(-8_300),
        printed(-11_214),
    ]


@pytest.mark.parametrize(("day", "draft"), [(YEAR_END, None), (FIRST_DAY, DRAFT), (date(2021, 12, 31), None)])
@pytest.mark.parametrize(("key", "unit"), [("nettoredovisning", None), ("enheter", "40"), ("kontogrupper", "10")])
def test_the_bridge_leads_from_what_was_printed_to_what_is_restated(
    demo: Loaded, key: str, unit: str | None, day: date, draft: str | None
) -> None:
    own = bridge(key, "delar2-2022", unit=unit, structure_date=day, draft=draft)
    now = statement(key, "delar2-2022", unit=unit, structure_date=day, draft=draft)
    for (row, column), lines in own.lines.items():
        moved = sum(line.in_ore - line.out_ore for line in lines)
        assert (own.was[row, column].amount_ore or 0) + moved == (own.now[row, column].amount_ore or 0)
        assert (row, column) not in now.cells or own.now[row, column] == now.cell(row, column)


def test_each_printed_row_is_led_over_by_the_decisions_that_touched_it(demo: Loaded) -> None:
    own = bridge("nettoredovisning", "delar2-2022", structure_date=YEAR_END)
    moved = {
        (row, column): [(line.key, line.out_ore, line.in_ore) for line in own.lines[row, column]]
        for row in ROW_OF.values()
        for column in ("utfall-foregaende", "bokslut-foregaende", "budget")
    }
    council, grant, premises = "kommunfullmaktige-2022#1", "maxtaxa-2022#2", "lokalforsorjning-2022#3"
    assert moved["politisk-kommunledning", "utfall-foregaende"] == [(council, 8_300 * TKR, 0)]
    assert moved["politisk-kommunledning", "bokslut-foregaende"] == []
    assert moved["statsbidrag", "utfall-foregaende"] == [(grant, -16_000 * TKR, 0)]
    assert moved["statsbidrag", "bokslut-foregaende"] == [(grant, -24_000 * TKR, 0)]
    assert moved["statsbidrag", "budget"] == []
    assert moved["kommungemensamt", "budget"] == [(premises, 0, 6_200 * TKR)]
    assert moved["kommunstyrelseforvaltningen", "budget"] == [(premises, 0, 9_000 * TKR)]


def test_the_bridge_says_what_the_budget_entry_of_the_same_decision_moved(demo: Loaded) -> None:
    own = bridge("nettoredovisning", "delar2-2022", structure_date=YEAR_END)
    lines = own.lines["kommunstyrelseforvaltningen", "budget"]
    assert [line.entry_ore for line in lines] == [9_000 * TKR]


def in_draft(unit: str, activity: str, marker: str) -> dict[str, Fraction]:
    """What each new administration gets of money that a unit answers for at the end of 2022, told by hand."""
    schools = {"6100": Fraction(20, 100), "6200": Fraction(60, 100), "6300": Fraction(20, 100)}
    care = {"6500": Fraction(60, 100), "6400": Fraction(40, 100)}
    if unit == "4310":
        return {"510": {"6500": Fraction(1)}, "513": {"6400": Fraction(1)}}.get(activity, care)
    if unit == "4410":
        return {"6200": Fraction(1)} if marker == "UKRAINA" else schools
    if unit == "4250":
        return dict.fromkeys(NEW, Fraction(6, 100))
    return {"4530": {"6600": Fraction(1)}, "8210": {"6100": Fraction(1)}}.get(unit, {})


@pytest.fixture(scope="module")
def planned_for_2023() -> dict[str, dict[str, Fraction]]:
    """Öre of each new administration by column, as if every share were exact."""
    made: dict[str, dict[str, Fraction]] = {
        column: dict.fromkeys(NEW, Fraction(0)) for column in ("utfall", "budget")
    }
    for row in transactions("orebro-2022-08.se"):
        if "unit" in row.codes and is_net_cost(row.account):
            activity = row.codes.get("activity", "")
            unit = answers_for(row.codes["unit"], row.account, activity, row.day.year * 100 + row.day.month)
            for code, share in in_draft(unit, activity, row.codes.get("marker", "")).items():
                made["utfall"][code] += share * row.ore
    for entry in table("planning/budget-2022.csv"):
        if is_net_cost(entry["account"]):
            unit = answers_for(entry["unit"], entry["account"], "", 202212)
            for code, share in in_draft(unit, "", "").items():
                made["budget"][code] += share * int(entry["amount"]) * 100
    return made


@pytest.mark.parametrize("column", ["utfall", "budget"])
def test_the_draft_shows_what_each_new_administration_would_have(
    demo: Loaded, planned_for_2023: dict[str, dict[str, Fraction]], column: str
) -> None:
    for code, expected in planned_for_2023[column].items():
        result = statement("enheter", "delar2-2022", unit=code, structure_date=FIRST_DAY, draft=DRAFT)
        ore = result.cell("nettokostnad", column).amount_ore
        assert ore is not None
        # each posting is parted to the öre, so the sum is off by less than an öre for each
        assert abs(ore - expected) < 1_000, code


def test_the_draft_makes_no_money_and_loses_none(demo: Loaded) -> None:
    def everything(day: date, draft: str | None) -> dict[str, int]:
        roots = code_plan(draft).children("unit", None, day)
        results = [statement("enheter", "delar2-2022", unit=unit, structure_date=day, draft=draft) for unit in roots]
        return {
            column: sum(result.cell("nettokostnad", column).amount_ore or 0 for result in results)
            for column in COLUMNS
        }

    assert everything(FIRST_DAY, DRAFT) == everything(YEAR_END, None)


def test_the_new_organisation_opens_six_administrations_in_the_draft_alone(demo: Loaded) -> None:
    assert {code: code_plan(DRAFT).name("unit", code, FIRST_DAY) for code in NEW} == NEW
    assert not any(code_plan().knows("unit", code) for code in NEW)
