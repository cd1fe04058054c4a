"""Rule K070: an outturn that is already beyond the full year's forecast."""

from __future__ import annotations

from collections.abc import Iterator

from uppsikt.checks.document import Cell, Table
from uppsikt.checks.numbers import written
from uppsikt.checks.prose.cutoffs import month_of
from uppsikt.checks.prose.matching import Heading
from uppsikt.checks.prose.words import Tag
from uppsikt.checks.registry import rule
from uppsikt.checks.remarks import Related, Remark, remark
from uppsikt.checks.report import Report
from uppsikt.checks.tables.roles import Role, role_of
from uppsikt.core.findings import Severity
from uppsikt.core.language import Text


@rule(
    "K070",
    Severity.WARNING,
    name="outturn-beyond-forecast",
    says_sv="{row}: utfallet {actual} ({heading}) är redan mer än helårets {whole} ({other}).",
    says_en="{row}: the outturn {actual} ({heading}) is already more than the full year's {whole} ({other}).",
    do_sv="Förklara varför resten av året går åt andra hållet, eller ändra prognosen.",
    do_en="Explain why the rest of the year goes the other way, or change the forecast.",
    why=Text(
        "Ett utfall efter åtta månader som är större än helårets prognos förutsätter att resten av året blir "
        "negativt. Det kan stämma (periodisering, återbetalning) men måste sägas.",
        "An outturn after eight months that is larger than the full year's forecast presupposes a negative rest "
        "of the year. It can be right (accruals, repayments) but must be said.",
    ),
    failing=(
        "Belopp i tkr        Utfall 220831  Budget 2022  Prognos 2022\n"
        "Statsbidrag                38 402       32 100        24 000\n"
        "Nämnden                  -176 302     -253 267      -248 986\n"
    ),
    passing=(
        "Belopp i tkr        Utfall 220831  Budget 2022  Prognos 2022\n"
        "Statsbidrag                18 402       32 100        24 000\n"
        "Nämnden                  -176 302     -253 267      -248 986\n"
    ),
    row="Statsbidrag",
    actual="38 402",
    heading="Utfall 220831",
    whole="24 000",
    other="Prognos 2022",
)
def outturn_beyond_forecast(report: Report) -> Iterator[Remark]:
    """Outturns of a part of the year above what is forecast for all of it."""
    for table in report.tables:
        columns = _part_and_whole(table, report.prose.matcher.headings(table))
        if columns is None:
            continue
        for row in table.rows:
            part, whole = row.cells[columns[0]], row.cells[columns[1]]
            if role_of(row) is Role.ITEM and part and whole and _exceeds(part, whole):
                yield remark(
                    "K070",
                    [part.span],
                    confidence=0.75,
                    related=[Related(whole.span, Text("helårets prognos", "the full year's forecast"))],
                    row=row.label,
                    actual=_shown(part),
                    heading=table.columns[columns[0]].heading,
                    whole=_shown(whole),
                    other=table.columns[columns[1]].heading,
                )


def _part_and_whole(table: Table, headings: tuple[Heading, ...]) -> tuple[int, int] | None:
    """The columns of the outturn so far and of the full year's forecast, of the same year."""
    months = [month_of(column.heading) for column in table.columns]
    years = [heading.year for heading in headings if heading.year]
    for whole, heading in enumerate(headings):
        if heading.head is not Tag.FORECAST or months[whole] is not None:
            continue
        year = heading.year or max(years, default=None)
        for part, other in enumerate(headings):
            month = months[part]
            if other.head in (Tag.ACTUAL, None) and month and month < 12 and other.year == year:
                return part, whole
    return None


def _exceeds(part: Cell, whole: Cell) -> bool:
    if part.number is None or whole.number is None or not whole.number.value:
        return False
    ratio = part.number.value / whole.number.value
    return ratio > 1 and abs(part.number.value - whole.number.value) > 2 * whole.number.ulp


def _shown(cell: Cell) -> str:
    return written(cell.number.value, cell.number.decimals) if cell.number else cell.text
