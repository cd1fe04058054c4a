"""Rule K051: a list of one category that holds another."""

from __future__ import annotations

from collections.abc import Iterator

from uppsikt.checks.prose.counts import mixed_in
from uppsikt.checks.registry import rule
from uppsikt.checks.remarks import Related, Remark, remark
from uppsikt.checks.report import Report
from uppsikt.core.findings import Severity
from uppsikt.core.language import Text

_SAMPLE = """Blå – externa avgångar
Orange – pension
De yrkesgrupper där flest externa avgångar skett är:

Yrkesgrupp             Antal 2022   Antal 2021
Ekonomer                       12           14
Löneadministratörer            14           11

Det förekommer också en intern rörlighet som inte redovisas här. När det gäller Löneadministratörer
så är 3 av 14 {}, vilket är naturligt och ingår i planeringen för de kommande åren.
"""


@rule(
    "K051",
    Severity.WARNING,
    name="list-of-two-kinds",
    says_sv="{row} {all}: listan gäller {listed}, men {some} av {all} är {other}.",
    says_en="{row} {all}: the list is of {listed}, but {some} of {all} are {other}.",
    do_sv="Räkna bara det som rubriken säger, eller ändra rubriken.",
    do_en="Count only what the heading says, or change the heading.",
    why=Text(
        "Diagrammet skiljer kategorierna åt, listan blandar dem. Då kan de inte jämföras, och "
        "rangordningen blir fel.",
        "The chart keeps the categories apart, the list mixes them. They can't be compared, and "
        "the ranking is wrong.",
    ),
    failing=_SAMPLE.format("pensionsavgångar"),
    passing=_SAMPLE.format("nyanställda"),
    row="Löneadministratörer",
    all=14,
    listed="externa avgångar",
    some=3,
    other="pension",
)
def list_of_two_kinds(report: Report) -> Iterator[Remark]:
    """Counts that, by the text's own account, hold another category than their list's heading."""
    for mixed in mixed_in(report.prose):
        yield remark(
            "K051",
            [mixed.cell.span],
            confidence=0.7,
            related=[Related(mixed.spans[0], Text("här sägs det", "said here"))],
            row=mixed.name.row.label,
            all=mixed.all,
            listed=mixed.listed,
            some=mixed.some,
            other=mixed.other,
        )
