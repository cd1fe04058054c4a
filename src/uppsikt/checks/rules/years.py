"""Rule K032: the years that columns are headed by."""

from __future__ import annotations

import re
from collections.abc import Iterator

from uppsikt.checks.registry import rule
from uppsikt.checks.remarks import Remark, remark
from uppsikt.checks.report import Report
from uppsikt.checks.rules.samples import NET_TABLE, changed
from uppsikt.checks.tables.roles import ColumnRole, Kind
from uppsikt.checks.tables.understood import Understood
from uppsikt.core.findings import Severity
from uppsikt.core.language import Text

PLANNED = (Kind.BUDGET, Kind.FORECAST)


@rule(
    "K032",
    Severity.WARNING,
    name="wrong-year-in-heading",
    says_sv="Kolumnen ”{heading}”: {fault}.",
    says_en="The column “{heading}”: {fault}.",
    do_sv="Rätta årtalet i kolumnrubriken.",
    do_en="Correct the year in the column's heading.",
    why=Text(
        "Ett årtal som blivit kvar från förra rapporten flyttar hela kolumnen i tiden.",
        "A year left from the last report moves the whole column in time.",
    ),
    failing=changed(NET_TABLE, "Budget 2022", "Budget 2021"),
    passing=NET_TABLE,
    heading="Budget 2021",
    fault="avvikelsen räknas mot Prognos 2022 / the variance is counted against Prognos 2022",
)
def wrong_year_in_heading(report: Report) -> Iterator[Remark]:
    """Years that a variance, a series of years or the neighbouring column contradict."""
    for table in report.understood:
        told: set[int] = set()
        for column, fault, confidence in (*_variances(table, report), *_series(table), *_twins(table)):
            spans = table.table.columns[column].spans
            if column in told or not spans:
                continue
            told.add(column)
            heading = table.table.columns[column].heading
            yield remark("K032", spans, confidence=confidence, heading=heading, fault=str(fault))


def _variances(table: Understood, report: Report) -> Iterator[tuple[int, Text, float]]:
    """Budget and forecast of different years, though their difference is shown."""
    for proof in table.relations:
        columns = [index for index, _ in proof.relation.terms]
        roles = [table.columns[index] for index in columns]
        if len(roles) != 2 or {role.kind for role in roles} == {Kind.ACTUAL} or not all(role.year for role in roles):
            continue
        if roles[0].year == roles[1].year or not any(role.kind in PLANNED for role in roles):
            continue
        wrong, right = _guilty(columns, roles, report.identity.year)
        heading = table.table.columns[right].heading
        yield wrong, Text(f"avvikelsen räknas mot {heading}", f"the variance is counted against {heading}"), 0.85


def _guilty(columns: list[int], roles: list[ColumnRole], year: int | None) -> tuple[int, int]:
    """Which of two columns has the wrong year: the one that isn't the report's."""
    return (columns[1], columns[0]) if roles[0].year == year else (columns[0], columns[1])


def _series(table: Understood) -> Iterator[tuple[int, Text, float]]:
    """Years side by side that go up or down by one, but for one of them."""
    for start in range(len(table.columns)):
        if start and _words(table.columns[start - 1]) == _words(table.columns[start]):
            continue  # within a run that was looked at from its beginning
        run = _alike(table.columns, start)
        for step in (1, -1):
            odd = _odd_one([year for _, year in run], step)
            if odd is not None and [year for _, year in run].count(run[odd][1]) == 1:  # else groups of years
                column, year = run[odd]
                due = run[odd - 1][1] + step if odd else run[1][1] - step
                fault = Text(f"följden ger {due}, inte {year}", f"the series makes {due}, not {year}")
                yield column, fault, 0.8


def _alike(columns: tuple[ColumnRole, ...], start: int) -> list[tuple[int, int]]:
    """The columns from one on that show the same thing of a year each."""
    run: list[tuple[int, int]] = []
    for index in range(start, len(columns)):
        year = columns[index].year
        if _words(columns[index]) != _words(columns[start]) or year is None:
            break
        run.append((index, year))
    return run


def _words(column: ColumnRole) -> str:
    """What a column is called but for its time."""
    return re.sub(r"[\d\W]+", " ", column.heading).strip().casefold()


def _odd_one(years: list[int], step: int) -> int | None:
    """Which of at least three years doesn't fit a series of such steps; none where all do, or several don't."""
    if len(years) < 3 or len(set(years)) < 2:
        return None
    starts = [year - index * step for index, year in enumerate(years)]
    usual = max(set(starts), key=starts.count)
    odd = [index for index, start in enumerate(starts) if start != usual]
    return odd[0] if len(odd) == 1 and len(years) - 1 >= 2 else None


def _twins(table: Understood) -> Iterator[tuple[int, Text, float]]:
    """Two columns beside each other with one heading but other figures."""
    headings = [column.heading.casefold() for column in table.table.columns]
    if len(set(headings)) < len(headings) - 1:
        return  # headings that come again for each part of a group
    for index in range(1, len(headings)):
        alike = headings[index] and headings[index] == headings[index - 1] and table.columns[index].year
        if alike and _shares(table, index) == _shares(table, index - 1):
            yield index, Text("kolumnen bredvid har samma rubrik", "the column beside it has the same heading"), 0.75


def _shares(table: Understood, column: int) -> bool:
    """Whether a column's figures are shares."""
    return any("%" in cell.text for row in table.table.rows if (cell := row.cells[column]))
