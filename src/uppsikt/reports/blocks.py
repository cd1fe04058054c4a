"""One part of a report to blocks: prose as it stands, `:::` blocks from the recipe and the engine."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping

from uppsikt.core.findings import Finding, Place, found
from uppsikt.core.language import say
from uppsikt.reports.chartmaking import make_chart
from uppsikt.reports.citations import Citations
from uppsikt.reports.directives import CONTAINERS, ONE_LINERS, Segment, segments_of
from uppsikt.reports.document import (
    Block,
    Callout,
    ChartBlock,
    Contents,
    Decision,
    FactTable,
    FigureRun,
    ListBlock,
    NumberCell,
    OutsideRun,
    ProseCell,
    Runs,
    StatementBlock,
    Table,
    TableCell,
    TableColumn,
    TableRow,
    TextTable,
    text_of,
)
from uppsikt.reports.findings import CELLS_MISCOUNTED, NO_SUCH_BLOCK
from uppsikt.reports.prose import NumberMarker, Prose
from uppsikt.reports.recipe import RECIPE_FILE, Recipe, StatementAsk, TableAsk
from uppsikt.reports.references import FACT_PREFIX
from uppsikt.reports.resolver import Resolver, Unresolved
from uppsikt.reports.tabulate import Surroundings, empty_cell, fact_cell, statement_table


class Blocks:
    """Makes blocks; numbers tables and charts in the order they stand."""

    def __init__(
        self,
        recipe: Recipe,
        resolver: Resolver,
        citations: Citations,
        findings: list[Finding],
        mark_number: NumberMarker | None = None,
    ) -> None:
        self.recipe = recipe
        self.resolver = resolver
        self.citations = citations
        self.findings = findings
        self.mark_number = mark_number
        self.counts: Counter[str] = Counter()

    def of_part(self, text: str, name: str) -> Iterator[Block]:
        """The blocks of a part's file."""
        prose = self.prose(name)
        prose.mark_number = self.mark_number
        for segment in segments_of(text, name, self.findings):
            if not segment.kind:
                yield from prose.blocks(segment.text, segment.line)
            else:
                yield from self._directive(segment, prose)

    def prose(self, name: str) -> Prose:
        """A reader of the prose in one file."""
        return Prose(name, self.citations.run, self.findings, self.citations.suggest, self.citations.outside)

    def _directive(self, segment: Segment, prose: Prose) -> Iterator[Block]:
        makers: Mapping[str, Callable[[Segment, Place], Block | None]] = {
            "contents": lambda segment, place: Contents(),
            "statement": self._statement,
            "chart": self._chart,
            "facts": self._facts,
            "table": self._text_table,
            "decision": lambda segment, place: _decision(prose.blocks(segment.text, segment.line + 1)),
            "callout": lambda segment, place: Callout(segment.argument, prose.blocks(segment.text, segment.line + 1)),
        }
        place = Place(prose.file, segment.line)
        if segment.kind not in makers:
            self._unknown(segment, place, (*ONE_LINERS, *CONTAINERS))
            return
        try:
            block = makers[segment.kind](segment, place)
        except Unresolved as error:
            self.findings.append(error.finding(place))
            return
        if block is not None:
            yield block

    def _unknown(self, segment: Segment, place: Place, known: object) -> None:
        names = ", ".join(map(str, known)) if isinstance(known, tuple | list | dict) else ""
        self.findings.append(found(NO_SUCH_BLOCK, place, kind=segment.kind, key=segment.argument, known=names or "–"))

    def _statement(self, segment: Segment, place: Place) -> Block:
        ask = self.recipe.statements.get(segment.argument)
        if ask is None:
            key, _, unit = segment.argument.partition(":")
            ask = StatementAsk(segment.argument, key, unit or None)
        statement = self.resolver.statement(ask.statement, ask.unit)
        self.findings += [finding for finding in statement.findings if finding not in self.findings]
        path = f"statements/{ask.key}"
        around = self._around("table", ask.key, ask.caption or str(statement.title), ask.note, path)
        table = statement_table(statement, around, ask.rows, ask.columns)
        return StatementBlock(table, ask.statement, ask.unit)

    def _chart(self, segment: Segment, place: Place) -> Block | None:
        ask = self.recipe.charts.get(segment.argument)
        if ask is None:
            self._unknown(segment, place, tuple(self.recipe.charts))
            return None
        around = self._around("chart", ask.key, ask.caption, "", f"charts/{ask.key}")
        title = text_of(around.caption)
        made = make_chart(ask, self.resolver, around, title, self.recipe.at(f"charts/{ask.key}"), self.findings)
        return ChartBlock(ask.key, around.number, around.caption, made.spec, made.table, made.words)

    def _facts(self, segment: Segment, place: Place) -> Block | None:
        ask = self.recipe.facts.get(segment.argument)
        if ask is None:
            self._unknown(segment, place, tuple(self.recipe.facts))
            return None
        path = f"facts/{ask.key}"
        return FactTable(self._table(ask, path, "fact", lambda text, line: self._fact_cell(text, line)))

    def _text_table(self, segment: Segment, place: Place) -> Block | None:
        ask = self.recipe.tables.get(segment.argument)
        if ask is None:
            self._unknown(segment, place, tuple(self.recipe.tables))
            return None
        prose = self.prose(RECIPE_FILE)
        return TextTable(
            self._table(ask, f"tables/{ask.key}", "prose", lambda text, line: ProseCell(prose.blocks(text, line)))
        )

    def _table(self, ask: TableAsk, path: str, kind: str, make_cell: Callable[[str, int], TableCell]) -> Table:
        around = self._around("table", ask.key, ask.caption, ask.note, path)
        rows = []
        for index, row in enumerate(ask.rows):
            place = self.recipe.at(f"{path}/rows/{index}")
            if len(row.cells) != len(ask.columns):
                self.findings.append(
                    found(
                        CELLS_MISCOUNTED,
                        place,
                        where=path,
                        label=row.label,
                        cells=len(row.cells),
                        columns=len(ask.columns),
                    )
                )
            lines = [
                self.recipe.at(f"{path}/rows/{index}/cells/{position}").line or 1
                for position in range(len(row.cells))
            ]
            cells = tuple(make_cell(text, line) for text, line in zip(row.cells, lines, strict=True))
            rows.append(TableRow(str(index + 1), row.label, cells))
        columns = tuple(TableColumn(str(index + 1), label, kind) for index, label in enumerate(ask.columns))
        return Table(around.key, around.number, around.caption, ask.heading, columns, tuple(rows), "", around.notes)

    def _fact_cell(self, text: str, line: int) -> NumberCell:
        if not text or text == "–":
            return empty_cell()
        if text.startswith(FACT_PREFIX):
            try:
                return fact_cell(self.resolver.fact(text))
            except Unresolved as error:
                self.findings.append(error.finding(Place(RECIPE_FILE, line)))
                return empty_cell()
        return _cell_of(self.prose(RECIPE_FILE).runs(text, line))

    def _around(self, kind: str, key: str, caption: str, note: str, path: str) -> Surroundings:
        self.counts[kind] += 1
        label = say("Tabell", "Table") if kind == "table" else say("Diagram", "Chart")
        prose = self.prose(RECIPE_FILE)
        caption_runs = prose.runs(caption or key, self.recipe.at(f"{path}/caption").line)
        notes = (prose.runs(note, self.recipe.at(f"{path}/note").line),) if note else ()
        return Surroundings(key, f"{label} {self.counts[kind]}", caption_runs, notes)


def _cell_of(runs: Runs) -> NumberCell:
    """A cell of free text or with a figure in it; a lone figure keeps its value and address."""
    text = text_of(runs)
    if len(runs) == 1 and isinstance(runs[0], FigureRun):
        return NumberCell(text, runs[0].value, runs[0].address)
    sources = ", ".join(run.source for run in runs if isinstance(run, OutsideRun))
    return NumberCell(text, None, "", None, sources)


def _decision(blocks: tuple[Block, ...]) -> Decision:
    clauses: list[tuple[Block, ...]] = []
    introduction: list[Block] = []
    for block in blocks:
        if isinstance(block, ListBlock):
            clauses += block.items
        elif clauses:
            clauses[-1] = (*clauses[-1], block)
        else:
            introduction.append(block)
    return Decision(tuple(clauses), tuple(introduction))
