"""The rows of a manager's page as values: figures, what is forecast, what must be explained, what was said of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from uppsikt.core.findings import Finding
from uppsikt.core.formats import Sign, Unit, View
from uppsikt.forecasting.selectors import SuggestionRow
from uppsikt.rounds.deviations import Asked, asked_of
from uppsikt.rounds.plausibility import Usual, odd_figure
from uppsikt.rounds.values import FULL_YEAR, CellRow, CommentRow, ExplanationRow, SetupRow, UnitWork
from uppsikt.web.forecasts.amounts import INCOME, exact_text
from uppsikt.web.forecasts.figures import Line
from uppsikt.web.words import deviation_word


@dataclass(frozen=True, slots=True)
class Field:
    """A cell one can type in: its period, what it holds, and what is said of it to whoever can't see the column."""

    account: str
    period: int
    name: str
    text: str
    shown: str
    version: int


@dataclass(frozen=True)
class GridLine:
    """An account group on the page. Texts are in the page's unit and sign; amounts in öre, ledger sign."""

    figures: Line
    unit: Unit
    cells: Mapping[int, CellRow]
    setup: SetupRow | None
    suggestion: SuggestionRow | None
    explanation: ExplanationRow | None
    comments: Sequence[CommentRow]
    months: Sequence[int]

    @property
    def account(self) -> str:
        """The account group's code."""
        return self.figures.account

    @property
    def label(self) -> str:
        """Code and name."""
        return self.figures.label

    @property
    def is_shown(self) -> bool:
        """Whether the unit has anything on it: money, a suggestion, or work."""
        has_money = self.figures.has_money and not self.figures.is_investment  # those are forecast where they are
        return has_money or bool(self.cells or self.suggestion or self.explanation)

    @property
    def forecast_ore(self) -> int | None:
        """The full year as typed, or the actual and the months typed; None where nothing is."""
        whole = self.cells.get(FULL_YEAR)
        if whole and whole.amount_ore is not None:
            return whole.amount_ore
        said = [own.amount_ore for own in self.cells.values() if own.amount_ore is not None]
        return sum(said) + (self.figures.actual_ore or 0) if said else None

    @property
    def deviation_ore(self) -> int | None:
        """Forecast less budget: over zero is worse."""
        return None if self.forecast_ore is None else self.forecast_ore - (self.figures.budget_ore or 0)

    @property
    def asked(self) -> Asked:
        """What must be said of the deviation."""
        return asked_of(self.deviation_ore, self.figures.budget_ore or 0, self.setup)

    @property
    def is_explained(self) -> bool:
        """Whether what must be said is."""
        return not self.asked.lacks(self.explanation)

    @property
    def oddities(self) -> list[Finding]:
        """A note for each figure that is very unlike the row's others."""
        notes = (
            odd_figure(self.label, cell.amount_ore, self.usual(period)) for period, cell in sorted(self.cells.items())
        )
        return [note for note in notes if note]

    def usual(self, period: int) -> Usual | None:
        """What the row has held in a month, or in a year."""
        return self.figures.usual_month if period else self.figures.usual_year

    @property
    def is_by_month(self) -> bool:
        """Whether months are typed and not the year."""
        return any(own.amount_ore is not None for period, own in self.cells.items() if period != FULL_YEAR)

    @property
    def open_comments(self) -> int:
        """How many comments nobody has settled."""
        return sum(1 for own in self.comments if own.settled_at is None)

    @property
    def open_by_period(self) -> Counter[int]:
        """How many of them stand on each cell."""
        return Counter(own.period for own in self.comments if own.settled_at is None)

    @property
    def last_year(self) -> str:
        """Last year's actual."""
        return self._text(self.figures.last_year_ore)

    @property
    def budget(self) -> str:
        """The year's budget."""
        return self._text(self.figures.budget_ore)

    @property
    def actual(self) -> str:
        """The actual to the cut-off."""
        return self._text(self.figures.actual_ore)

    @property
    def previous(self) -> str:
        """The round before's forecast."""
        return self._text(self.figures.previous_ore)

    @property
    def suggested(self) -> str:
        """The suggestion."""
        return self._text(self.suggestion.full_year_ore if self.suggestion else None)

    @property
    def forecast(self) -> str:
        """The forecast."""
        return self._text(self.forecast_ore)

    @property
    def deviation(self) -> str:
        """The deviation from budget as shown: minus is worse."""
        return self._text(self.deviation_ore)

    @property
    def effect(self) -> str:
        """What the measure brings this year in kronor: plus is better, so it is written without a sign."""
        ore = self.explanation.effect_ore if self.explanation else None
        return exact_text(ore, Unit.KR, INCOME)

    @property
    def word(self) -> str:
        """The deviation's word."""
        if self.deviation_ore is None:
            return ""
        return str(deviation_word(self._view.value(self.deviation_ore)))

    def field(self, period: int) -> Field:
        """A cell to type in."""
        cell = self.cells.get(period)
        ore = cell.amount_ore if cell else None
        text = exact_text(ore, self.unit, self.figures.side)
        name = f"cell-{self.account}-{period}"
        return Field(self.account, period, name, text, self._text(ore), cell.version if cell else 0)

    @property
    def year_field(self) -> Field:
        """The full year."""
        return self.field(FULL_YEAR)

    @property
    def month_fields(self) -> list[Field]:
        """The months left."""
        return [self.field(period) for period in self.months]

    @property
    def _view(self) -> View:
        return View(Sign.REVERSED, self.unit, 0)

    def _text(self, amount_ore: int | None) -> str:
        return self._view.text(amount_ore)


def grid_lines(
    figures: Iterable[Line],
    work: UnitWork,
    suggested: Mapping[str, SuggestionRow],
    unit: Unit,
    *,
    reads_comments: bool,
) -> list[GridLine]:
    """Every account group with what is held of it."""
    explained = {own.account: own for own in work.explanations}
    return [
        GridLine(
            line,
            unit,
            {own.period: own for own in work.cells if own.account == line.account},
            work.setup,
            suggested.get(line.account),
            explained.get(line.account),
            [own for own in work.comments if own.account == line.account] if reads_comments else [],
            [month.number for month in work.round.months_left],
        )
        for line in figures
    ]
