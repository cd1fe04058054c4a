"""What a controller reviews a unit by, read: the books, what it says, what it said last time, what is suggested."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TypeVar

from uppsikt import relations
from uppsikt.adoption.reading import reading_of
from uppsikt.core.findings import Finding
from uppsikt.core.net_cost import is_net_cost
from uppsikt.core.periods import Month
from uppsikt.figures.histories import group_of
from uppsikt.forecasting.selectors import suggestions
from uppsikt.planning.forecasts import Actuals
from uppsikt.planning.selectors import ForecastFacts, forecasts
from uppsikt.planning.states import State
from uppsikt.relations import Reading
from uppsikt.rounds.deviations import Position, unexplained
from uppsikt.rounds.gaps import gaps_of
from uppsikt.rounds.plausibility import odd_figure
from uppsikt.rounds.said import Books, is_at_work, said_by
from uppsikt.rounds.selectors import participants, round_work
from uppsikt.rounds.values import UnitWork
from uppsikt.web.rounds_pages.figures import Money, Spot, account_groups, at, money_at
from uppsikt.web.rounds_pages.review import OTHER, Amounts, RowView, Said, explained_by, review_rows
from uppsikt.web.rounds_pages.scope import Scope
from uppsikt.web.rounds_pages.selectors import HandedIn, handed_in_before
from uppsikt.web.rounds_pages.tree import places, tree_lines

_T = TypeVar("_T")


@dataclass(frozen=True)
class Table:
    """The rows as shown; investments are no part of the net cost, so they stand below its total.

    `months` is how many of the year the actual is of.
    """

    rows: Sequence[RowView]
    investments: Sequence[RowView]
    is_typed: bool
    since: datetime | None  # when what it is compared with was handed in
    months: int
    without_forecast: int = 0  # units below a level, whose budget the deviation leaves out

    @property
    def oddities(self) -> list[Finding]:
        """A note for each amount of the unit that is very unlike the row's others."""
        rows = [row for row in (*self.rows, *self.investments) if not row.is_total]
        notes = (odd_figure(row.name, row.amounts.said_ore, row.amounts.usual(self.months)) for row in rows)
        return [note for note in notes if note]

    @property
    def has_adjustments(self) -> bool:
        """Whether anything was laid over the unit."""
        return any(row.amounts.adjusted_ore for row in (*self.rows, *self.investments))

    @property
    def has_settlements(self) -> bool:
        """Whether any settlement moved anything."""
        return any(row.amounts.settled_ore for row in self.rows)

    @property
    def is_laid_over(self) -> bool:
        """Whether the forecast is another than what the unit says."""
        return self.has_adjustments or self.has_settlements

    @property
    def has_changed(self) -> bool:
        """Whether any amount is another than was handed in last time."""
        return any(row.handed_in for row in (*self.rows, *self.investments))

    @property
    def width(self) -> int:
        """How many columns it has."""
        return 8 + self.has_adjustments + self.has_settlements + self.is_laid_over


def read_review(
    scope: Scope, work: UnitWork, unit: str, adjustments: Iterable[ForecastFacts]
) -> tuple[Table, list[Finding]]:
    """The table of a unit, or of a level above units, and what the unit has left unsaid."""
    with reading_of(scope.row) as reading:
        groups = account_groups(reading.engine.plan, reading.facts)
        money = _money(reading, (unit,), groups)
        missing = () if work.participant else _without_forecast(scope, unit, reading)
        left_out = _money(reading, missing, groups)
        books = _books(reading, scope, unit)
    own = _own(scope, work, unit, books)
    laid = {facts.account: facts.rest_ore for facts in adjustments if facts.rest_ore}
    table = own.table(money, left_out, laid)
    return replace(table, without_forecast=len(missing)), list(own.gaps())


def _money(reading: Reading, units: tuple[str, ...], groups: Iterable[str]) -> dict[str, Money]:
    """What some units have together by account group, all of their net cost under ""."""
    found = money_at(reading.facts, [Spot(units), *(Spot(units, group) for group in groups)], reading.engine)
    return {spot.account: amounts for spot, amounts in found.items()}


def _without_forecast(scope: Scope, unit: str, reading: Reading) -> tuple[str, ...]:
    """The units below a level whose budget has no forecast, as the tree leaves them out."""
    taking_part = participants(scope.row.key)
    where = places(reading.engine.plan, scope.row.cut_off, [unit], [own.unit for own in taking_part])
    found = money_at(reading.facts, [at(place.code) for place in where], reading.engine)
    money = {spot.units[0]: amounts for spot, amounts in found.items()}
    return tuple(line.place.code for line in tree_lines(where, money, taking_part, {}) if line.is_missing)


@dataclass(frozen=True)
class _Own:
    """What a unit itself says, typed or handed in: what was laid over its forecast is not for it to explain."""

    scope: Scope
    work: UnitWork
    unit: str
    positions: Mapping[str, Position]
    before: HandedIn | None
    suggested: Mapping[str, int]
    budget: Actuals

    @property
    def is_typed(self) -> bool:
        """Whether the unit is at work."""
        return self.work.participant is not None and is_at_work(self.work.participant, self.work.cells)

    def _net(self, amounts: Mapping[str, _T]) -> dict[str, _T]:
        return {account: own for account, own in amounts.items() if self._is_net_cost(account)}

    def _is_net_cost(self, account: str) -> bool:
        return is_net_cost(self.scope.plan, account, self.scope.row.cut_off)

    def table(self, money: Mapping[str, Money], left_out: Mapping[str, Money], laid: Mapping[str, int]) -> Table:
        """Everything together; `laid` is what was laid over the unit itself, by account."""
        typed = {account: own.full_year_ore for account, own in self.positions.items()}
        said = Said(
            self.is_typed,
            self._net(typed) if self.is_typed else {},
            self._net(self.before.amounts) if self.before else None,
            self._net(self.suggested),
        )

        def where(account: str) -> str:
            group = group_of(self.scope.plan, account, self.scope.row.cut_off)
            return group if group in money else ""

        rows, total = review_rows(said, money, left_out, where)
        since = self.before.at if self.before else None
        spoken_of = dict.fromkeys([*(own.account for own in self.work.explanations), *self.positions], True)
        views = [
            self._view(group, amounts, [own for own in self._net(spoken_of) if where(own) == group], since)
            for group, amounts in rows.items()
        ]
        views.append(RowView("", total, compares=since is not None, is_total=True))
        months = len(self.scope.row.months_with_actuals)
        return Table(views, self._investments(laid, since), self.is_typed, since, months)

    def _view(self, group: str, amounts: Amounts, accounts: Iterable[str], since: datetime | None) -> RowView:
        known = {own.account: own for own in self.work.explanations}
        explained = explained_by(
            accounts,
            known,
            unexplained(self.positions.values(), self.work.explanations, self.work.setup) if self._is_asked else (),
            since,
            lambda account: "" if account == group else self._name(account),
        )
        return RowView(self._name(group) if group else str(OTHER), amounts, explained, since is not None)

    @property
    def _is_asked(self) -> bool:
        taking = self.work.participant
        return taking is not None and not taking.excused and self.scope.row.state is not State.ADOPTED

    def _name(self, account: str) -> str:
        return f"{account} {self.scope.plan.name('account', account, self.scope.row.cut_off)}"

    def _investments(self, laid: Mapping[str, int], since: datetime | None) -> list[RowView]:
        before = self.before.amounts if self.before else {}
        return [
            self._view(
                account,
                Amounts(
                    budget_ore=own.budget_ore,
                    actual_ore=own.actual_ore,
                    suggested_ore=self.suggested.get(account),
                    said_ore=own.full_year_ore,
                    handed_in_ore=before.get(account),
                    adjusted_ore=laid.get(account),
                ),
                [account],
                since,
            )
            for account, own in self.positions.items()
            if not self._is_net_cost(account)
        ]

    def gaps(self) -> Iterable[Finding]:
        """What it has left unsaid of what it handed in."""
        taking = self.work.participant
        if taking and self._is_asked and not taking.state.is_editable:
            said, work = list(self.positions.values()), round_work(self.work.round.key)
            yield from gaps_of(self.unit, said, work, self.budget, self.scope.plan)


def _books(reading: Reading, scope: Scope, unit: str) -> Books:
    """What the unit's own words are laid beside: of an adopted round the budget as it was adopted."""
    row = scope.row
    if row.state is not State.ADOPTED:
        return Books(relations.actuals_of_round(row), relations.budget_of_unit(row, unit))
    spots = [at(unit, own.account) for own in forecasts(row.key, [unit])]
    money = money_at(reading.facts, spots, reading.engine, base=()) if spots else {}
    last = Month(row.year, 12).number
    return Books({}, {(unit, spot.account): {last: own.budget_ore or 0} for spot, own in money.items()})


def _own(scope: Scope, work: UnitWork, unit: str, books: Books) -> _Own:
    row, taking = scope.row, work.participant
    offered = suggestions(row.key) if taking is None else suggestions(row.key, [unit])
    suggested: dict[str, int] = {}
    for (where, account), own in offered.items():
        if unit in scope.path(where):
            suggested[account] = suggested.get(account, 0) + own.full_year_ore
    if taking is None:
        return _Own(scope, work, unit, {}, None, suggested, {})
    cells = {unit: work.cells} if work.cells else {}
    said = said_by(taking, cells, forecasts(row.key, [unit]), row, books)
    before = handed_in_before(row.key, taking, work.cells)
    return _Own(scope, work, unit, {own.account: own for own in said}, before, suggested, books.budget)
