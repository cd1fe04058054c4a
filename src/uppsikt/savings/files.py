"""The file form of a plan: unit, amount, due_on, how; Swedish headings too."""

from __future__ import annotations

from datetime import date

from uppsikt.core.findings import Finding, found
from uppsikt.core.money import NotMoney, ore_from_text
from uppsikt.core.tables import Row, date_from_text, read_table
from uppsikt.planning.findings import DATE_UNREADABLE, NO_ROWS
from uppsikt.savings.findings import AMOUNT_ODD
from uppsikt.savings.values import PlanRow

HEADINGS = ("unit", "amount", "due_on", "how")
_NO_DAY = date.min  # of a row that is refused
_SYNONYMS = {"enhet": "unit", "belopp": "amount", "senast": "due_on", "hur": "how"}


def read_plan(content: bytes, name: str) -> tuple[list[PlanRow], list[Finding]]:
    """The rows of a plan's file; with an error among the findings, nothing should be made of them."""
    table, findings = read_table(content, name)
    if table is None:
        return [], findings
    columns = {_SYNONYMS.get(heading, heading): heading for heading in table.headings}
    findings += table.lacking(HEADINGS, columns, _SYNONYMS)
    if findings:
        return [], findings
    if not table.rows:
        return [], [found(NO_ROWS)]
    return [_row(row, columns, findings) for row in table.rows], findings


def _row(row: Row, columns: dict[str, str], findings: list[Finding]) -> PlanRow:
    amount_text, day_text = row.get(columns["amount"]), row.get(columns["due_on"])
    amount_ore, due_on = 0, date_from_text(day_text)
    try:
        amount_ore = ore_from_text(amount_text)
    except NotMoney:
        findings.append(found(AMOUNT_ODD, row.at(columns["amount"]), amount=amount_text))
    if due_on is None:
        findings.append(found(DATE_UNREADABLE, row.at(columns["due_on"]), value=day_text))
    how = " ".join(row.get(columns["how"]).split())
    return PlanRow(row.get(columns["unit"]), amount_ore, due_on or _NO_DAY, how, row.place)
