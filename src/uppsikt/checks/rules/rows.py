"""Rules K028–K030: rows with a figure missing, rows without figures, figures at another row's label."""

from __future__ import annotations

from collections.abc import Iterator

from uppsikt.checks.document import Row, Table
from uppsikt.checks.numbers import DASHES
from uppsikt.checks.registry import rule
from uppsikt.checks.remarks import Remark, remark
from uppsikt.checks.report import Report
from uppsikt.checks.tables.genders import groups_of
from uppsikt.checks.tables.settled import SETTLED
from uppsikt.core.findings import Severity
from uppsikt.core.language import Text

FULL = 0.6  # share of the rows that must have all figures before a lack in one says anything

MOST_SHORT = 2

RUN_TOGETHER = """Nettoredovisning tkr
Utfall 2021 Utfall 2022 Bokslut 2021 Budget 2022 Prognos 2022 Avvikelse
Kommungemensamt -200 408 -176 302 -288 668 -253 267 -248 986 4 281
Statsbidrag 56 290 38 402 -2 146 32 100 24 000 -8 100
Politisk kommunledning -28 231 -26 020 -32 281 -45 553 -38 966 6 587
Förvaltning -262 878 -289 521 -459 981 -473 655 -491 806 -18 151
Nettokostnad -435 227 -453 441 -783 076 -740 375 -755 758 -15 383
varav Centralt skolstöd -278 -17 150 0 {last}
"""

STAFF = """Indikatorer
                                     2019    2020    2021
Trygghetsindex, Tot                  85,4    83,7    83,6
  K                                  85,8    84,9    83,3
{men}                                84,6    81,9    84,1
{rest}Sjukfrånvaro i procent Tot            4,4     3,8     3,4
  K                                   4,9     4,4     4,3
  M                                   3,0     2,6     1,5
"""


@rule(
    "K028",
    Severity.WARNING,
    name="figure-missing-in-row",
    says_sv="Raden {row} har {count} tal, men tabellen {columns} {columns:kolumn|kolumner}: det går inte att "
    "se vilken som saknas.",
    says_en="The row {row} has {count} {count:figure|figures}, but the table {columns} "
    "{columns:column|columns}: which is missing can't be seen.",
    do_sv="Fyll cellen, eller sätt ett streck i den kolumn som saknar värde.",
    do_en="Fill the cell, or put a dash in the column that has no value.",
    why=Text(
        "En tom cell i en tät tabell kan betyda noll, okänt eller bortglömt.",
        "An empty cell in a full table may mean nought, unknown or forgotten.",
    ),
    failing=RUN_TOGETHER.format(last="0"),
    passing=RUN_TOGETHER.format(last="0 0 0"),
    row="varav Centralt skolstöd",
    count=6,
    columns=7,
)
def figure_missing(report: Report) -> Iterator[Remark]:
    """Rows with fewer cells than columns, in tables where most rows have all."""
    for table in report.tables:
        rows = [row for row in table.rows if any(row.cells)]
        full = [row for row in rows if all(row.cells)]
        if len(full) < 3 or len(full) < FULL * len(rows):
            continue
        short = [row for row in rows if not all(row.cells) and row.sureness != SETTLED]  # those the totals tell of
        if len(short) > MOST_SHORT:
            continue  # columns that hold for some rows only: that is how the table is made
        shows_nothing = any(cell.text in DASHES for row in full for cell in row.cells if cell)
        for row in short:
            cells = [cell for cell in row.cells if cell is not None]
            if len(cells) < 2:
                continue
            yield remark(
                "K028",
                [cells[0].span],
                confidence=0.75 if row.sureness < 1 or shows_nothing else 0.5,
                row=row.label,
                count=len(cells),
                columns=len(table.columns),
            )


@rule(
    "K029",
    Severity.WARNING,
    name="rows-without-figures",
    says_sv="{count} rader i följd saknar tal: {rows}.",
    says_en="{count} rows in succession have no figures: {rows}.",
    do_sv="Fyll raderna eller ta bort dem.",
    do_en="Fill the rows or take them away.",
    why=Text(
        "Etiketter utan tal är ofta rader vars värden hamnat på fel plats eller aldrig lämnats.",
        "Labels without figures are often rows whose values stand in the wrong place or never came.",
    ),
    failing=STAFF.format(
        men="Andel timavlönade (åa) M ",
        rest="Antal personer per timavlönad\nAndel med heltidsanställning\nAndel med tillsvidareanställning\n",
    ),
    passing=STAFF.format(men="  M                      ", rest=""),
    count=3,
    rows="Antal personer per timavlönad, Andel med heltidsanställning",
)
def rows_without_figures(report: Report) -> Iterator[Remark]:
    """Two or more labels in succession without a figure, in a table where others have them."""
    for table in report.tables:
        for run in _empty_runs(table):
            spans = [row.label_spans[0] for row in run]
            yield remark("K029", spans, confidence=0.75, count=len(run), rows=", ".join(row.label for row in run))


def _empty_runs(table: Table) -> Iterator[list[Row]]:
    run: list[Row] = []
    first = next((index for index, row in enumerate(table.rows) if any(row.cells)), 0)
    for row in table.rows[first:]:  # what stands above the first figures heads the columns
        wordy = len(row.label) >= 10 and row.label[:1].isupper() and row.label.upper() != row.label
        if not any(row.cells) and wordy and row.label_spans:
            run.append(row)
            continue
        if len(run) >= 2:
            yield run
        run = []


@rule(
    "K030",
    Severity.WARNING,
    name="figures-at-wrong-label",
    says_sv="”{row}” bär troligen värdena för {who} i {group}: totalen ligger mellan dem och {other} överallt.",
    says_en="“{row}” probably bears the values of {who} in {group}: the total lies between them and {other} in all.",
    do_sv="Flytta värdena till rätt rad.",
    do_en="Move the values to the right row.",
    why=Text(
        "När en etikett hamnar på fel rad läses värdena som något annat.",
        "When a label stands at the wrong row its values are read as something else.",
    ),
    failing=STAFF.format(men="Andel timavlönade (åa) M ", rest=""),
    passing=STAFF.format(men="  M                      ", rest=""),
    row="Andel timavlönade (åa) M",
    who=Text("män", "men"),
    group="Trygghetsindex",
    other=Text("kvinnor", "women"),
)
def figures_at_wrong_label(report: Report) -> Iterator[Remark]:
    """A women's or men's row under a label of its own that completes the group above."""
    for table in report.understood:
        for group in groups_of(table):
            stray = group.stray
            if stray is None or not group.encloses(table, stray):
                continue
            row = table.table.rows[stray]
            who, other = _WORDS[group.lacking], _WORDS["women" if group.lacking == "men" else "men"]
            yield remark(
                "K030",
                row.label_spans,
                confidence=0.8,
                row=row.label,
                who=str(who),
                group=group.label,
                other=str(other),
            )


_WORDS = {"women": Text("kvinnor", "women"), "men": Text("män", "men"), "": Text("", "")}


@rule(
    "K031",
    Severity.NOTE,
    name="uneven-decimals",
    says_sv="{cell} skrivs med andra decimaler än resten av raden.",
    says_en="{cell} is written with other decimals than the rest of the row.",
    do_sv="Skriv alla värden på raden med lika många decimaler.",
    do_en="Write all values of the row with the same number of decimals.",
    why=Text(
        "Olika antal decimaler är ofta spår av att ett värde hämtats från en annan källa.",
        "Uneven decimals are often traces of a value taken from another source.",
    ),
    failing=STAFF.format(
        men="  M                      ", rest="Styrningsindex                         68      71    71,0\n"
    ),
    passing=STAFF.format(
        men="  M                      ", rest="Styrningsindex                         68      71      71\n"
    ),
    cell="71,0",
)
def uneven_decimals(report: Report) -> Iterator[Remark]:
    """A figure that ends in a nought decimal among whole ones."""
    for table in report.tables:
        for row in table.rows:
            cells = [
                cell for cell in row.cells if cell and cell.number and cell.number.value and "%" not in cell.text
            ]
            odd = [cell for cell in cells if cell.number and cell.number.decimals]
            whole = bool(odd) and odd[0].number is not None and odd[0].number.value % 1 == 0
            if len(cells) >= 3 and len(odd) == 1 and whole:
                yield remark("K031", [odd[0].span], confidence=0.8, cell=f"{row.label}: {odd[0].text}")
