"""Rules K001–K004: tables that don't add up, and the cell that would mend them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from uppsikt.checks.numbers import written
from uppsikt.checks.registry import rule
from uppsikt.checks.remarks import Related, Remark, Sum, Term, remark
from uppsikt.checks.report import Report
from uppsikt.checks.rules.samples import NET_TABLE, changed, without_line
from uppsikt.checks.tables.faults import Fault, Slip, decimal_of
from uppsikt.checks.tables.roles import is_sure_total
from uppsikt.checks.tables.understood import At, Equation, Understood
from uppsikt.core.findings import Severity
from uppsikt.core.language import Text, say

_ROW = re.compile(r"[^\W\d].*\s[-–−]?\d[\d,]*\s.*\d\s*$")


@rule(
    "K001",
    Severity.ERROR,
    name="column-sum",
    says_sv="{cell}: står {printed}, raderna ger {right}. {sum}. {proof}",
    says_en="{cell}: printed {printed}, the rows make {right}. {sum}. {proof}",
    do_sv="Rätta {cell} eller en av de rader som summeras.",
    do_en="Correct {cell} or one of the rows that are added.",
    why=Text(
        "En summa som inte stämmer med sina delar gör att ingen av siffrorna går att lita på. Vilka rader som hör "
        "till summan framgår av etiketterna och av att övriga kolumner går ihop.",
        "A total that does not match its parts leaves no figure to be trusted. Which rows belong to the total is "
        "told by the labels and by the other columns adding up.",
    ),
    failing=changed(NET_TABLE, "-783 076", "-794 290"),
    passing=NET_TABLE,
    cell="Nettokostnad, Bokslut 2021",
    printed="−794 290",
    right="−783 076",
    sum="−288 668 − 2 146 − 32 281 − 459 981 = −783 076; står −794 290; skillnad −11 214",
    proof="5 andra kolumner går ihop.",
)
def column_sum(report: Report) -> Iterator[Remark]:
    """Totals that are not the sum of their rows."""
    for table, fault in report.table_faults:
        if fault.slip not in (Slip.SCALE, Slip.SIGN) and fault.equations[0].kind == "sum":
            yield _remark("K001", table, fault)


@rule(
    "K002",
    Severity.ERROR,
    name="row-arithmetic",
    says_sv="{cell}: står {printed}, de andra kolumnerna ger {right}. {sum}. {proof}",
    says_en="{cell}: printed {printed}, the other columns make {right}. {sum}. {proof}",
    do_sv="Rätta {cell} eller någon av de kolumner den räknas ur.",
    do_en="Correct {cell} or one of the columns it is computed from.",
    why=Text(
        "En avvikelse, en summa eller ett netto räknas ur andra kolumner på samma rad. Att det är så visar de "
        "rader där det stämmer; raden där det inte stämmer har ett fel.",
        "A variance, a sum or a net is computed from other columns of the same row. The rows where it comes out "
        "right show that; the row where it doesn't has a fault.",
    ),
    failing=changed(NET_TABLE, "6 587", "6 857"),
    passing=NET_TABLE,
    cell="Politisk kommunledning, Avvikelse",
    printed="6 857",
    right="6 587",
    sum="−38 966 + 45 553 = 6 587; står 6 857; skillnad 270",
    proof="4 andra rader går ihop.",
)
def row_arithmetic(report: Report) -> Iterator[Remark]:
    """Differences and sums across columns that don't come out."""
    for table, fault in report.table_faults:
        if fault.slip not in (Slip.SCALE, Slip.SIGN) and fault.equations[0].kind == "across":
            yield _remark("K002", table, fault)


@rule(
    "K003",
    Severity.ERROR,
    name="unit-slip-in-table",
    says_sv="{cell}: står {printed}, men {right} går ihop: en tiopotens för mycket eller för litet. {sum}. {proof}",
    says_en="{cell}: printed {printed}, but {right} adds up: a power of ten too much or too little. {sum}. {proof}",
    do_sv="Kontrollera enheten (tkr, mnkr) eller antalet nollor i {cell}.",
    do_en="Check the unit (thousands, millions) or the number of noughts in {cell}.",
    why=Text(
        "Ett tal som är exakt tio, hundra eller tusen gånger fel har nästan alltid fel enhet eller en nolla för "
        "mycket.",
        "A number that is wrong by exactly ten, a hundred or a thousand has nearly always the wrong unit or a nought "
        "too many.",
    ),
    failing=changed(NET_TABLE, "-32 281", "-322 810"),
    passing=NET_TABLE,
    cell="Politisk kommunledning, Bokslut 2021",
    printed="−322 810",
    right="−32 281",
    sum="−288 668 − 2 146 − 322 810 − 459 981 = −1 073 605; står −783 076; skillnad 290 529",
    proof="5 andra kolumner går ihop.",
)
def unit_slip(report: Report) -> Iterator[Remark]:
    """Cells that would be right with another power of ten."""
    for table, fault in report.table_faults:
        if fault.slip is Slip.SCALE:
            yield _remark("K003", table, fault)


@rule(
    "K004",
    Severity.ERROR,
    name="sign-slip-in-table",
    says_sv="{cell}: står {printed}, men {right} går ihop: omvänt tecken. {sum}. {proof}",
    says_en="{cell}: printed {printed}, but {right} adds up: the opposite sign. {sum}. {proof}",
    do_sv="Kontrollera tecknet i {cell}.",
    do_en="Check the sign in {cell}.",
    why=Text(
        "Ett tappat minustecken vänder ett underskott till ett överskott.",
        "A lost minus sign turns a deficit into a surplus.",
    ),
    failing=changed(NET_TABLE, "-8 100\n", "8 100\n"),
    passing=NET_TABLE,
    cell="statsbidrag, Avvikelse",
    printed="8 100",
    right="−8 100",
    sum="24 000 − 32 100 = −8 100; står 8 100; skillnad 16 200",
    proof="4 andra rader går ihop.",
)
def sign_slip(report: Report) -> Iterator[Remark]:
    """Cells that would be right with the opposite sign."""
    for table, fault in report.table_faults:
        if fault.slip is Slip.SIGN:
            yield _remark("K004", table, fault)


@rule(
    "K005",
    Severity.WARNING,
    name="total-of-other-rows",
    says_sv="{row} är inte summan av raderna ovanför i någon av {count} {count:kolumn|kolumner}. Till exempel: "
    "{sum}.",
    says_en="{row} is not the sum of the rows above in any of {count} {count:column|columns}. For example: {sum}.",
    do_sv="Kontrollera om en rad saknas, står på fel plats eller inte hör till {row}.",
    do_en="Check whether a row is missing, stands in the wrong place or does not belong to {row}.",
    why=Text(
        "När ingen kolumn går ihop fattas ofta en rad, eller så räknar summan in något som tabellen inte visar. "
        "Läsaren kan inte veta vilket.",
        "Where no column adds up a row is often missing, or the total counts something the table doesn't show. The "
        "reader can't know which.",
    ),
    failing=without_line(NET_TABLE, "Politisk kommunledning"),
    passing=NET_TABLE,
    row="Nettokostnad",
    count=6,
    sum="−200 408 + 56 290 − 262 878 = −406 996; står −435 227; skillnad −28 231",
)
def total_of_other_rows(report: Report) -> Iterator[Remark]:
    """Totals by their label that no column bears out."""
    for table in report.understood:
        for equations in table.unproved:
            first = equations[0]
            label = table.table.rows[first.target[0]].label
            sure = 0.5 if _follows_a_row(report, table, first) else 0.7 if is_sure_total(label) else 0.6
            shown = sum_of(table, first)
            yield remark(
                "K005",
                [table.cell(first.target).span],
                confidence=sure,
                shown=shown,
                row=label,
                count=len(equations),
                sum=str(shown),
            )


def _follows_a_row(report: Report, table: Understood, equation: Equation) -> bool:
    """Whether the sum's rows begin a table just below a line of words and figures: a row that was not read."""
    above = (line.text for line in reversed(report.document.lines[: table.table.first_line - 1]))
    return equation.terms[0][0][0] == 0 and bool(_ROW.search(next(filter(str.strip, above), "")))


def _remark(code: str, table: Understood, fault: Fault) -> Remark:
    first = fault.equations[0]
    shown = sum_of(table, first)
    printed = table.value(fault.at) or 0
    spans = [table.cell(fault.at).span]
    related = [
        Related(
            table.cell(at).span,
            Text(f"kan också vara felet: {cell_name(table, at)}", f"may be the fault too: {cell_name(table, at)}"),
        )
        for at in fault.suspects
    ]
    return remark(
        code,
        spans,
        confidence=fault.confidence,
        shown=shown,
        related=related,
        cell=cell_name(table, fault.at),
        printed=written(decimal_of(table, printed), _places(table, fault.at)),
        right=written(decimal_of(table, fault.right), _places(table, fault.at)),
        sum=str(shown),
        proof=_proof(fault.equations),
    )


def sum_of(table: Understood, equation: Equation) -> Sum:
    """The equation with its figures, as it is shown."""
    terms = tuple(
        Term(cell_name(table, at), sign * decimal_of(table, table.value(at) or 0), table.cell(at).span)
        for at, sign in equation.terms
        if table.number(at) is not None
    )
    target = equation.target
    printed = Term(cell_name(table, target), decimal_of(table, table.value(target) or 0), table.cell(target).span)
    return Sum(terms, printed, table.table.unit, table.decimals)


def _places(table: Understood, at: At) -> int:
    number = table.number(at)
    return number.decimals if number and number.value else table.decimals


def cell_name(table: Understood, at: At) -> str:
    """A cell as messages call it: row and column."""
    label = table.table.rows[at[0]].label
    heading = table.table.columns[at[1]].heading or say("kolumn {number}", "column {number}", number=at[1] + 1)
    return f"{label}, {heading}" if label else heading


def _proof(equations: tuple[Equation, ...]) -> str:
    parts = []
    for kind, sv, en in (("sum", "kolumner", "columns"), ("across", "rader", "rows")):
        confirmed = max((one.holds_elsewhere for one in equations if one.kind == kind), default=0)
        if confirmed:
            parts.append(say(f"{confirmed} andra {sv} går ihop.", f"{confirmed} other {en} add up."))
    if len(equations) > 1:
        parts.append(
            say(
                f"{len(equations)} samband pekar på samma cell.",
                f"{len(equations)} relations point to the same cell.",
            )
        )
    return " ".join(parts)
