"""Asks the engine about one figure: its lineage, and one way down at a time."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from django.http import QueryDict
from django.urls import reverse

from uppsikt.adoption.reading import reading_of
from uppsikt.adoption.standing import standing_of
from uppsikt.audit.actors import Actor
from uppsikt.core.findings import found
from uppsikt.core.formats import Unit, View
from uppsikt.core.language import Text
from uppsikt.core.postings import ACTUAL, DIMENSION_NAMES, scenario_name
from uppsikt.figures.definitions import StatementDefinition
from uppsikt.figures.drill import DrillBy, DrillResult, DrillRow
from uppsikt.figures.engine import Engine
from uppsikt.figures.model import ColumnKind, Contribution, Figure, Parameters, StatementResult, VoucherRow, cell_text
from uppsikt.planning.selectors import RoundRow
from uppsikt.web.actors import sees_whole
from uppsikt.web.errors import Absent
from uppsikt.web.findings import CHOICE_UNKNOWN, STATEMENT_UNKNOWN
from uppsikt.web.scope import require_statement
from uppsikt.web.statements.choices import Choice
from uppsikt.web.statements.figures import PAGE_ROWS, Down, FigurePage, Part, VoucherLine, Way
from uppsikt.web.statements.pages import drafted
from uppsikt.web.statements.sheets import figure_url
from uppsikt.web.words import deviation_word

_WAY_NAME = Text("Vägen ned", "The way down")
_ROW = Text("Rad", "Row")
_SOURCE = Text("Fil eller beslut", "File or decision")
_HEADINGS = {dimension: name.capitalised for dimension, name in DIMENSION_NAMES.items()}


def figure_page(actor: Actor, choice: Choice, row: RoundRow, asked: QueryDict) -> FigurePage:
    """The page of the figure asked for; `NotFound` or `Absent` where there is none."""
    choice, way = drafted(actor, choice), _way(asked.get("by", Down.CHILDREN.value))
    standing = standing_of(row, choice.structure, choice.draft)
    with reading_of(row, choice.structure, choice.draft or None) as reading:
        own = reading.definition(choice.key)
        choice = choice.of(own)
        require_statement(actor, reading.engine.plan, own, choice.org_unit, row.cut_off, choice.structure)
        circumstances = reading.parameters(own, choice.org_unit or None, choice.structure)
        question = Question(reading.engine, own, circumstances, choice, asked.get("row", ""), asked.get("figure", ""))
        question.account = asked.get("account", "") if way is Down.VOUCHERS else ""
        question.may_open_batches = sees_whole(actor)
        try:
            return replace(question.page(way, _offset(asked.get("offset", ""))), standing=standing)
        except KeyError as error:
            raise Absent(found(STATEMENT_UNKNOWN, key=choice.key)) from error


def _way(text: str) -> Down:
    try:
        return Down(text)
    except ValueError as error:
        raise Absent(found(CHOICE_UNKNOWN, name=_WAY_NAME, value=text)) from error


def _offset(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 9 else 0


class Question:
    """One figure's address, and the engine to ask about it."""

    def __init__(
        self,
        engine: Engine,
        own: StatementDefinition,
        circumstances: Parameters,
        choice: Choice,
        row_key: str,
        column_key: str,
    ) -> None:
        self.engine = engine
        self.own = own
        self.circumstances = circumstances
        self.choice = choice
        self.row_key = row_key
        self.column_key = column_key
        self.view = choice.view(own.view)
        self.exact = View(own.view.sign, Unit.KR, 2)
        self.account = ""  # of the vouchers asked for; "" is all
        self.may_open_batches = False

    def page(self, way: Down, offset: int) -> FigurePage:
        """The figure with one way down opened; KeyError where the statement lacks row or column."""
        table = self.engine.statement(self.own, self.circumstances)
        figure = self.engine.figure(self.own, self.circumstances, self.row_key, self.column_key)
        page = self._head(table, figure, way)
        if way is Down.VOUCHERS:
            return self._with_vouchers(page, offset)
        if way is Down.SOURCES:
            return self._with_sources(page)
        return self._with_parts(page, way)

    def _head(self, table: StatementResult, figure: Figure, way: Down) -> FigurePage:
        row = {row.key: row for row in table.rows}[self.row_key]
        column = {column.key: column for column in table.columns}[self.column_key]
        amount_ore = figure.cell.amount_ore
        is_deviation = column.kind is ColumnKind.DEVIATION and amount_ore is not None
        return FigurePage(
            choice=self.choice,
            title=str(table.title),
            figure=figure,
            row_key=self.row_key,
            column_key=self.column_key,
            row_label=str(row.label),
            column_label=str(column.label),
            value=cell_text(figure.cell, self.view),
            value_unit="" if figure.cell.share is not None else self.view.unit.value,
            word=str(deviation_word(self.view.value(amount_ore or 0))) if is_deviation else "",
            way=way,
            ways=[Way(str(own.label), self._url(by=own.value), own is way) for own in Down],
            operands=list(self._operands(figure, {own.key for own in table.columns})),
        )

    def _operands(self, figure: Figure, shown: set[str]) -> Iterator[Part]:
        own_row, own_column = self.row_key, self.column_key
        for operand in figure.operands:
            row, column = operand.address.partition("@")[0].split("/")[1:3]
            if row == own_row and column != own_column:  # a sum's rows stand under the next level instead
                url = figure_url(self.choice, row, column) if column in shown else ""
                label = str(operand.label).rpartition(", ")[2]
                yield Part(label, cell_text(operand.cell, self.view), url)

    def _with_parts(self, page: FigurePage, way: Down) -> FigurePage:
        by: DrillBy = "children" if way is Down.CHILDREN else "account"
        result = self.engine.drill(self.own, self.circumstances, self.row_key, self.column_key, by)
        parts = [
            Part(_name(row), cell_text(row.cell, self.view), self._further(result, row), is_here=by == "account")
            for row in result.rows
        ]
        return replace(
            page,
            parts=parts,
            parts_heading=str(_HEADINGS.get(result.dimension, _ROW)),
            parts_sum=cell_text(result.total, self.view),
            parts_unit=page.value_unit,
        )

    def _further(self, result: DrillResult, row: DrillRow) -> str:
        if result.by == "children" and not result.dimension:  # a sum's own rows
            return figure_url(self.choice, row.key, self.column_key)
        if result.by == "account" and row.code:
            return self._url(by=Down.VOUCHERS.value, account=row.code)
        if result.dimension != "unit" or not row.code:
            return ""
        has_children = bool(self.engine.plan.children("unit", row.code, self.circumstances.round.cut_off))
        key = "enheter" if has_children else "kontogrupper"
        if self.choice.key == key and self.choice.org_unit == row.code:
            return ""
        return f"{reverse('statement', args=[key])}?{self.choice.for_unit(key, row.code).query()}"

    def _with_sources(self, page: FigurePage) -> FigurePage:
        sources = page.figure.sources
        parts = [
            Part(
                f"{scenario_name(own.scenario)}: {own.label}",
                self.exact.text(own.amount_ore),
                self._batch_url(own),
                own.posting_count,
            )
            for own in sources
        ]
        return replace(
            page,
            parts=parts,
            parts_heading=str(_SOURCE),
            parts_sum=self.exact.text(sum(own.amount_ore for own in sources)),
            parts_count=sum(own.posting_count for own in sources),
            parts_unit=Unit.KR.value,
        )

    def _batch_url(self, source: Contribution) -> str:
        # a batch's totals are of the whole municipality, and so is whoever may open its page
        if source.scenario != ACTUAL or not self.may_open_batches:
            return ""
        return reverse("import-batch", args=[source.source])

    def _with_vouchers(self, page: FigurePage, offset: int) -> FigurePage:
        # one more than shown tells whether there is a next page
        rows = self.engine.vouchers(
            self.own,
            self.circumstances,
            self.row_key,
            self.column_key,
            limit=PAGE_ROWS + 1,
            offset=offset,
            account=self.account or None,
        )
        return replace(
            page,
            vouchers=[self._voucher(row) for row in rows[:PAGE_ROWS]],
            offset=offset,
            has_more=len(rows) > PAGE_ROWS,
            account=self.account,
            account_name=self._account_name(),
        )

    def _account_name(self) -> str:
        name = self.engine.plan.name("account", self.account, self.circumstances.round.cut_off)
        return name if name.startswith(self.account) else f"{self.account} {name}"

    def _voucher(self, row: VoucherRow) -> VoucherLine:
        return VoucherLine(
            name=row.voucher or "–",
            date=row.date,
            codes=" ".join(row.codes.values()),
            text="" if row.text and row.text in row.origin else row.text,
            origin=f"{scenario_name(row.scenario)}: {row.origin}",
            amount=self.exact.text(row.amount_ore),
            whole="" if row.whole_ore is None else self.exact.text(row.whole_ore),
        )

    def _url(self, **more: str) -> str:
        return figure_url(self.choice, self.row_key, self.column_key, **more)


def _name(row: DrillRow) -> str:
    has_code = row.code and str(row.label) != row.code and not row.is_direct
    return f"{row.code} {row.label}" if has_code else str(row.label)
