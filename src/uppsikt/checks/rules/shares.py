"""Rule K010: percentages that the columns they are made of don't make."""

from __future__ import annotations

from collections.abc import Iterator

from uppsikt.checks.numbers import written
from uppsikt.checks.registry import rule
from uppsikt.checks.remarks import Related, Remark, remark
from uppsikt.checks.report import Report
from uppsikt.checks.rules.arithmetic import cell_name
from uppsikt.checks.tables.shares import percentages
from uppsikt.core.findings import Severity
from uppsikt.core.language import Text

SHARES = """Driftredovisning, tkr
                      Utfall 2013   Budget 2013   Andel av budget
Förskola                   62 318        58 877            {share} %
Grundskola                112 206       104 271           107,6 %
Särskola                   10 807        11 527            93,8 %
Elevhälsa                  11 800        13 470            87,6 %
Gymnasieskola              42 566        41 640           102,2 %
"""


@rule(
    "K010",
    Severity.ERROR,
    name="percentage",
    says_sv="{cell}: står {printed} %, men {first} och {second} ger {right} %. {count} "
    "{count:annan rad|andra rader} stämmer.",
    says_en="{cell}: printed {printed} %, but {first} and {second} make {right} %. {count} other "
    "{count:row is|rows are} right.",
    do_sv="Räkna om procenttalet, eller rätta beloppen.",
    do_en="Recompute the percentage, or correct the amounts.",
    why=Text(
        "En andel eller förändring i procent räknas ur två andra kolumner och ska följa med när de ändras.",
        "A share or a change in percent is computed from two other columns and should follow when they change.",
    ),
    failing=SHARES.format(share="108,5"),
    passing=SHARES.format(share="105,8"),
    cell="Förskola, Andel av budget",
    printed="108,5",
    first="Utfall 2013",
    second="Budget 2013",
    right="105,8",
    count=4,
)
def percentage(report: Report) -> Iterator[Remark]:
    """Percentages that the columns they are made of don't make."""
    for table in report.understood:
        for one in percentages(table):
            for row in one.fails:
                at = (row, one.column)
                number, right = table.number(at), one.right(table, row)
                if number is None or right is None or table.table.rows[row].sureness < 1:
                    continue
                off_much = abs(abs(number.value) - abs(right)) > 3 * number.ulp
                sure = 0.92 if len(one.holds) >= 4 and off_much else 0.75
                yield remark(
                    "K010",
                    [table.cell(at).span],
                    confidence=sure,
                    related=[
                        Related(table.cell((row, one.first)).span, Text("räknas ur", "made of")),
                        Related(table.cell((row, one.second)).span, Text("räknas ur", "made of")),
                    ],
                    cell=cell_name(table, at),
                    printed=written(number.value, number.decimals),
                    first=table.table.columns[one.first].heading or "–",
                    second=table.table.columns[one.second].heading or "–",
                    right=written(right, number.decimals),
                    count=len(one.holds),
                )
