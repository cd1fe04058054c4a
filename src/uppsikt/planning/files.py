"""The file forms of budget and forecast: headings in both languages, cells into values, faults as findings.

Budget:    decision;decided_on;kind;text;period;unit;account;activity;project;object;counterparty;marker;amount
Forecast:  unit;account;activity;project;object;counterparty;marker;full_year;rest;2022-09;…;basis

Amounts are kronor in ledger sign (cost +, income −). `period` is a year (equal parts on the months in
which the codes are valid) or a month. A forecast row has `full_year`, or `rest`, or months.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from uppsikt.core.findings import Finding, Place, found, has_errors
from uppsikt.core.language import current_language
from uppsikt.core.money import NotMoney, ore_from_text
from uppsikt.core.periods import Month
from uppsikt.core.postings import DIMENSIONS
from uppsikt.core.tables import COLUMN_TWICE, Row, Table, date_from_text, read_table
from uppsikt.planning.codes import CodeString
from uppsikt.planning.findings import (
    AMOUNT_UNREADABLE,
    DATE_UNREADABLE,
    HEADING_UNKNOWN,
    KIND_UNKNOWN,
    NO_ROWS,
    PERIOD_UNREADABLE,
)
from uppsikt.planning.kinds import BudgetKind

BUDGET_HEADINGS = ("decision", "decided_on", "kind", "text", "period", *DIMENSIONS, "amount")
_BUDGET_NEEDS = ("decision", "decided_on", "kind", "text", "period", "unit", "account", "amount")
FORECAST_HEADINGS = (*DIMENSIONS, "full_year", "rest", "basis")
_SYNONYMS = {
    "beslut": "decision",
    "beslutsdatum": "decided_on",
    "beslutad": "decided_on",
    "slag": "kind",
    "typ": "kind",
    "belopp": "amount",
    "enhet": "unit",
    "ansvar": "unit",
    "konto": "account",
    "kontogrupp": "account",
    "verksamhet": "activity",
    "projekt": "project",
    "objekt": "object",
    "motpart": "counterparty",
    "markör": "marker",
    "särskild_kodning": "marker",
    "helår": "full_year",
    "prognos": "full_year",
    "kommentar": "basis",
    "grund": "basis",
}
_KIND_SYNONYMS = {
    "ursprunglig": BudgetKind.ORIGINAL,
    "tillägg": BudgetKind.SUPPLEMENTARY,
    "ombudgetering": BudgetKind.TRANSFER,
}
_MONTH = re.compile(r"(\d{4})-?(\d{2})")


@dataclass(frozen=True, slots=True)
class BudgetRow:
    """One row of a decision, from a file or a form. `period` is yyyy (the whole year) or yyyymm."""

    decision: str
    decided_on: date
    kind: BudgetKind
    text: str
    period: int
    codes: CodeString
    amount_ore: int
    place: Place = field(default_factory=Place)


@dataclass(frozen=True, slots=True)
class ForecastRow:
    """One row of a forecast, from a file or a form: the full year, the rest of it, or its months (yyyymm)."""

    codes: CodeString
    full_year_ore: int | None = None
    rest_ore: int | None = None
    months: Mapping[int, int] = field(default_factory=dict)
    basis: str = ""
    place: Place = field(default_factory=Place)


def read_budget(content: bytes, name: str) -> tuple[list[BudgetRow], list[Finding]]:
    """The rows of a budget file; with an error among the findings, nothing should be made of them."""
    table, columns, findings = _open(content, name, BUDGET_HEADINGS)
    if table is None:
        return [], findings
    findings += table.lacking(_BUDGET_NEEDS, columns, _SYNONYMS)
    if has_errors(findings):
        return [], findings
    rows = []
    for row in table.rows:
        read = _budget_row(row, columns, findings)
        if read:
            rows.append(read)
    return rows, findings


def read_forecast(content: bytes, name: str) -> tuple[list[ForecastRow], list[Finding]]:
    """The rows of a forecast file."""
    table, columns, findings = _open(content, name, FORECAST_HEADINGS)
    if table is None:
        return [], findings
    findings += table.lacking(("unit", "account"), columns, _SYNONYMS)
    if has_errors(findings):
        return [], findings
    return [_forecast_row(row, columns, findings) for row in table.rows], findings


def _open(content: bytes, name: str, wanted: tuple[str, ...]) -> tuple[Table | None, dict[str, str], list[Finding]]:
    table, findings = read_table(content, name)
    if table is None:
        return None, {}, findings
    if not table.rows:
        return None, {}, [found(NO_ROWS, Place(name))]
    columns: dict[str, str] = {}
    for heading in table.headings:
        spelt = heading.replace(" ", "_")
        key = _SYNONYMS.get(spelt, spelt)
        month = period_number(heading) if "basis" in wanted else None
        key = str(month) if month else key
        if key in columns:  # two names for one thing: which of them holds the truth, only the user knows
            findings.append(found(COLUMN_TWICE, Place(name, None, heading), name=f"{columns[key]} / {heading}"))
        elif key in wanted or month:
            columns[key] = heading
        elif heading:
            findings.append(found(HEADING_UNKNOWN, Place(name, None, heading), name=heading))
    return table, columns, findings


def period_number(text: str) -> int | None:
    """yyyymm of "2022-08" or "202208"; None where it is no month."""
    match = _MONTH.fullmatch(text.strip())
    if not match:
        return None
    try:
        return Month(int(match[1]), int(match[2])).number
    except ValueError:
        return None


def kind_of(text: str) -> BudgetKind | None:
    """The kind of a budget entry by its key or its label in either language."""
    spelt = " ".join(text.lower().split())
    labels = {label.lower(): kind for kind in BudgetKind for label in (kind.value, kind.label.sv, kind.label.en)}
    return labels.get(spelt) or _KIND_SYNONYMS.get(spelt)


def _one_line(row: Row, heading: str) -> str:
    # spreadsheets bring line breaks and no-break spaces along, which nobody means
    return " ".join(row.get(heading).split())


def _codes(row: Row, columns: Mapping[str, str]) -> CodeString:
    return CodeString(*(row.get(columns[key]) if key in columns else "" for key in DIMENSIONS))


def _budget_row(row: Row, columns: Mapping[str, str], findings: list[Finding]) -> BudgetRow | None:
    decided_on = date_from_text(row.get(columns["decided_on"]))
    if decided_on is None:
        findings.append(found(DATE_UNREADABLE, row.at(columns["decided_on"]), value=row.get(columns["decided_on"])))
    kind = kind_of(row.get(columns["kind"]))
    if kind is None:
        known = ", ".join(kind.value if current_language() == "en" else kind.label.sv for kind in BudgetKind)
        findings.append(found(KIND_UNKNOWN, row.at(columns["kind"]), value=row.get(columns["kind"]), known=known))
    period = _period(row, columns["period"], findings)
    amount_ore = _amount(row, columns["amount"], findings)
    if amount_ore is None and not row.get(columns["amount"]):
        findings.append(found(AMOUNT_UNREADABLE, row.at(columns["amount"]), value=""))
    if decided_on is None or kind is None or period is None or amount_ore is None:
        return None
    decision, text = _one_line(row, columns["decision"]), _one_line(row, columns["text"])
    return BudgetRow(decision, decided_on, kind, text, period, _codes(row, columns), amount_ore, row.place)


def _period(row: Row, heading: str, findings: list[Finding]) -> int | None:
    text = row.get(heading)
    if re.fullmatch(r"[12]\d{3}", text):
        return int(text)
    number = period_number(text)
    if number is None:
        findings.append(found(PERIOD_UNREADABLE, row.at(heading), value=text))
    return number


def _amount(row: Row, heading: str | None, findings: list[Finding]) -> int | None:
    text = row.get(heading) if heading else ""
    if not text:
        return None
    try:
        return ore_from_text(text)
    except NotMoney:
        findings.append(found(AMOUNT_UNREADABLE, row.at(heading or ""), value=text))
        return None


def _forecast_row(row: Row, columns: Mapping[str, str], findings: list[Finding]) -> ForecastRow:
    basis = _one_line(row, columns["basis"]) if "basis" in columns else ""
    months = {}
    for key, heading in columns.items():
        period = period_number(key)
        amount_ore = _amount(row, heading, findings) if period else None
        if period and amount_ore is not None:
            months[period] = amount_ore
    full_year = _amount(row, columns.get("full_year"), findings)
    rest = _amount(row, columns.get("rest"), findings)
    return ForecastRow(_codes(row, columns), full_year, rest, months, basis, row.place)
