"""What is said beside the figures: captions, notes on rounding, periods in words, words of direction."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal

from uppsikt.core.formats import Sign, View
from uppsikt.core.language import Text, speaking
from uppsikt.core.periods import MONTHS_EN, MONTHS_SV, Month
from uppsikt.figures.assembly import parts_of
from uppsikt.figures.definitions import ArithmeticColumn, Operation, Scenario, StatementDefinition, Structure
from uppsikt.figures.layout import LaidColumn
from uppsikt.figures.model import Cell, Column, ColumnKind
from uppsikt.figures.rows import LaidRow

SURPLUS = Text("överskott", "surplus")
DEFICIT = Text("underskott", "deficit")
ON_BUDGET = Text("i nivå med budget", "on budget")
UNCHANGED = Text("oförändrat", "unchanged")
IMPROVED = Text("förbättrats", "improved")
WORSENED = Text("försämrats", "worsened")

_SCENARIOS = {
    Scenario.ACTUAL: Text("Utfall", "Actual"),
    Scenario.BUDGET: Text("Budget", "Budget"),
    Scenario.FORECAST: Text("Prognos", "Forecast"),
    Scenario.PREVIOUS_FORECAST: Text("Föregående prognos", "Previous forecast"),
    Scenario.FORECAST_SUBMITTED: Text("Enheternas egen prognos", "Units' own forecast"),
    Scenario.FORECAST_BEFORE_SETTLEMENT: Text("Prognos före resultatreglering", "Forecast before settlement"),
    Scenario.SUGGESTION: Text("Prognosförslag", "Forecast suggestion"),
    Scenario.CARRY_OVER: Text("Överfört resultat", "Carried-over result"),
}


def caption(view: View) -> Text:
    """What every table says of its amounts: unit and sign."""
    unit = view.unit.value
    if view.sign is Sign.LEDGER:
        return Text(
            f"Belopp i {unit}; bokföringens tecken, kostnad positiv.",
            f"Amounts in {unit}; the ledger's sign, cost positive.",
        )
    return Text(f"Belopp i {unit}; nettokostnad visas negativ.", f"Amounts in {unit}; net cost is shown negative.")


def deviation_word(shown: Decimal) -> Text:
    """Surplus or deficit, from a deviation as shown."""
    return _chosen(shown, SURPLUS, DEFICIT, ON_BUDGET)


def change_word(shown: Decimal) -> Text:
    """Improved or worsened, from a change of a net cost or deviation as shown."""
    return _chosen(shown, IMPROVED, WORSENED, UNCHANGED)


def _chosen(value: Decimal, positive: Text, negative: Text, none: Text) -> Text:
    if value == 0:
        return none
    return positive if value > 0 else negative


def rounding_notes(
    view: View, rows: Sequence[LaidRow], columns: Sequence[Column], cells: Mapping[tuple[str, str], Cell]
) -> tuple[Text, ...]:
    """A note naming the columns whose printed rows don't add up to the printed total."""
    uneven = [column for column in columns if _is_uneven(view, rows, column, cells)]
    if not uneven:
        return ()
    with speaking("sv"):
        named_sv = ", ".join(str(column.label) for column in uneven)
    with speaking("en"):
        named_en = ", ".join(str(column.label) for column in uneven)
    return (
        Text(
            f"Varje belopp är avrundat för sig. Därför avviker raderna på sista siffran från summan i: {named_sv}.",
            f"Each amount is rounded by itself. So the rows differ in the last digit from the total in: {named_en}.",
        ),
    )


def difference_notes(
    definition: StatementDefinition, rows: Sequence[LaidRow], cells: Mapping[tuple[str, str], Cell]
) -> tuple[Text, ...]:
    """A note naming the rows where a printed difference isn't that of the printed columns beside it."""
    uneven = [laid.row.label for laid in rows if _has_uneven_difference(definition, laid.row.key, cells)]
    if not uneven:
        return ()
    named_sv, named_en = ", ".join(label.sv for label in uneven), ", ".join(label.en for label in uneven)
    return (
        Text(
            f"Avvikelser räknas på exakta belopp och skiljer på sista siffran från kolumnerna på raden: {named_sv}.",
            f"Deviations are of exact amounts and differ in the last digit from the columns in the row: {named_en}.",
        ),
    )


def _has_uneven_difference(definition: StatementDefinition, row: str, cells: Mapping[tuple[str, str], Cell]) -> bool:
    view = definition.view
    for column in definition.columns:
        if not isinstance(column, ArithmeticColumn) or column.operation is not Operation.MINUS or column.is_hidden:
            continue
        keys = (column.key, *column.operands)
        amounts = [cells[row, key].amount_ore for key in keys if (row, key) in cells]
        if len(amounts) == len(keys) and amounts[0] is not None:
            difference, first, second = (view.value(ore or 0) for ore in amounts)
            if first - second != difference:
                return True
    return False


def _is_uneven(view: View, rows: Sequence[LaidRow], column: Column, cells: Mapping[tuple[str, str], Cell]) -> bool:
    if column.kind is ColumnKind.SHARE:
        return False
    by_key = {laid.row.key: laid for laid in rows}

    def printed(key: str) -> Decimal:
        ore = cells[key, column.key].amount_ore
        return Decimal(0) if ore is None else view.value(ore)

    return any(
        sum((printed(part) for part in parts_of(laid, by_key)), Decimal(0)) != printed(laid.row.key)
        for laid in rows
        if laid.is_sum
    )


def about(column: LaidColumn) -> Text:
    """A money column in words: scenario, months, decisions known, structure."""
    scenario = _SCENARIOS[column.spec.scenario]
    period = period_words(column.months)
    structure = structure_words(column)
    known_sv = f", beslut till och med {column.known_on.isoformat()}" if column.known_on else ""
    known_en = f", decisions through {column.known_on.isoformat()}" if column.known_on else ""
    return Text(
        f"{scenario.sv} {period.sv}{known_sv}; {structure.sv}", f"{scenario.en} {period.en}{known_en}; {structure.en}"
    )


def period_words(months: Sequence[Month]) -> Text:
    """ "januari–augusti 2022", "helåret 2022"."""
    first, last = months[0], months[-1]
    if first == last:
        return Text(f"{MONTHS_SV[first.month - 1]} {first.year}", f"{MONTHS_EN[first.month - 1]} {first.year}")
    if first.year == last.year:
        if len(months) == 12:
            return Text(f"helåret {first.year}", f"full year {first.year}")
        return Text(
            f"{MONTHS_SV[first.month - 1]}–{MONTHS_SV[last.month - 1]} {last.year}",
            f"{MONTHS_EN[first.month - 1]}–{MONTHS_EN[last.month - 1]} {last.year}",
        )
    return Text(f"{first}–{last}", f"{first}–{last}")


def structure_words(column: LaidColumn) -> Text:
    """In which organisation the column is read."""
    if column.spec.structure is Structure.POSTING:
        return Text("organisationen i varje månad", "the structure of each month")
    reading = column.readings[-1]
    day = reading.day.isoformat()
    if reading.horizon is None:
        return Text(f"organisationen {day}", f"the structure of {day}")
    return Text(f"omräknat till organisationen {day}", f"restated to the structure of {day}")
