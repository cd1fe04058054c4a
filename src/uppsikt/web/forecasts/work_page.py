"""The manager's page as a value: a unit's figures and work in a round, and what its reader may do with it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property
from urllib.parse import urlencode

from uppsikt.core.findings import Finding
from uppsikt.core.formats import Sign, Unit, View, percent
from uppsikt.core.language import Text
from uppsikt.core.periods import Month
from uppsikt.forecasting.selectors import NetInterval
from uppsikt.planning.rounds import RoundRow
from uppsikt.planning.states import State
from uppsikt.rounds.findings import CAUSE_MISSING, MEASURE_MISSING, QUESTION_UNANSWERED
from uppsikt.rounds.states import WorkState
from uppsikt.rounds.values import AnswerRow, CommentRow, ParticipantRow, QuestionRow, UnitWork
from uppsikt.web.actors import today
from uppsikt.web.forecasts.lines import GridLine
from uppsikt.web.forecasts.words import Asked, asked_for
from uppsikt.web.rounds import ledger_end
from uppsikt.web.words import deviation_word

_COLUMNS = 8  # with the months closed
UNITS = {"tkr": Unit.TKR, "kr": Unit.KR}


_SINCE = {
    1: Text(
        "Efter det är budgeten utökad med {amount}; det räknas inte i den här omgången.",
        "After that the budget was raised by {amount}; it doesn't count in this round.",
    ),
    -1: Text(
        "Efter det är budgeten minskad med {amount}; det räknas inte i den här omgången.",
        "After that the budget was cut by {amount}; it doesn't count in this round.",
    ),
    0: Text(
        "Efter det är budget flyttad mellan raderna; det räknas inte i den här omgången.",
        "After that budget was moved between the rows; it doesn't count in this round.",
    ),
}


@dataclass(frozen=True, slots=True)
class Rights:
    """What the reader may do with the unit's work, whatever state it is in."""

    may_type: bool
    may_comment: bool
    may_review: bool


@dataclass(frozen=True)
class Choices:
    """What the address asks for: the unit of the amounts, whether the months are open, groups to add."""

    amounts_in: Unit = Unit.TKR
    has_months: bool = False
    added: Sequence[str] = ()

    @property
    def query(self) -> str:
        """The address' parameters."""
        months = [("manader", "1")] if self.has_months else []
        return urlencode([("i", self.amounts_in.value), *months, *(("rad", account) for account in self.added)])


def _sum(amounts: Iterable[int | None]) -> int | None:
    known = [own for own in amounts if own is not None]
    return sum(known) if known else None


@dataclass(frozen=True, slots=True)
class Lack:
    """Something that lacks, and the place on the page where it is mended ("" where there is none of its own)."""

    finding: Finding
    url: str


def _mended_at(finding: Finding) -> str:
    if finding.code in (CAUSE_MISSING, MEASURE_MISSING):
        return f"#forklaring-{finding.at.column}"
    if finding.code == QUESTION_UNANSWERED:
        return f"#fraga-{finding.facts['number']}"
    return f"#rad-{finding.at.column}" if finding.at.column else ""


_EXPLAINED = ("cause", "measure", "effect", "responsible", "due_on")


@dataclass(frozen=True, slots=True)
class ExplainForm:
    """The fields of an explanation, as text."""

    cause: str
    measure: str
    effect: str
    responsible: str
    due_on: str
    version: int


@dataclass(frozen=True)
class UnitPage:
    """The manager's page as a value."""

    work: UnitWork
    unit: str
    unit_name: str
    every_line: Sequence[GridLine]
    rights: Rights
    choices: Choices
    path: Sequence[tuple[str, str]] = ()
    since_ore: int | None = None
    booked_to: Month | None = None
    is_frozen: bool = False
    net: NetInterval | None = None
    lacks: Sequence[Finding] = ()
    refused: Sequence[Finding] = ()
    posted: Mapping[str, str] = field(default_factory=dict)

    @property
    def round(self) -> RoundRow:
        """The round."""
        return self.work.round

    @property
    def words(self) -> Asked:
        """What the round asks for, in words."""
        return asked_for(self.round)

    @property
    def title(self) -> str:
        """What the page is of."""
        return self.words.title.filled(unit=self.unit_name)

    @property
    def since(self) -> str:
        """What was decided of the budget after the cut-off, in words; "" where nothing was."""
        if self.since_ore is None:
            return ""
        return _SINCE[(self.since_ore > 0) - (self.since_ore < 0)].filled(
            amount=f"{self._view.text(-abs(self.since_ore))} {self.choices.amounts_in}"
        )

    @property
    def not_booked(self) -> str:
        """That the ledger ends before the cut-off, and what that means here, in words; "" where it doesn't."""
        ends = ledger_end(self.round, self.booked_to)
        return f"{ends} {self.words.not_booked}" if ends else ""

    @property
    def offers_suggestions(self) -> bool:
        """Whether any row has a suggestion."""
        return any(line.suggestion for line in self.lines)

    @property
    def offers_previous(self) -> bool:
        """Whether any row has a forecast of the round before."""
        return any(line.figures.previous_ore is not None for line in self.lines)

    @property
    def participant(self) -> ParticipantRow | None:
        """The unit's participation; None where it takes no part."""
        return self.work.participant

    @property
    def state(self) -> WorkState | None:
        """How far the unit has come."""
        return self.participant.state if self.participant else None

    @property
    def is_open(self) -> bool:
        """Whether the unit's people can type now."""
        own = self.participant
        return own is not None and self.round.state is State.OPEN and not own.excused and own.state.is_editable

    @property
    def may_edit(self) -> bool:
        """Whether this reader can type now."""
        return self.rights.may_type and self.is_open

    @property
    def may_withdraw(self) -> bool:
        """Whether this reader can take back what was handed in."""
        return self.rights.may_type and self.round.state is State.OPEN and self.state is WorkState.SUBMITTED

    @cached_property
    def lines(self) -> list[GridLine]:
        """The account groups that have anything, and those added."""
        return [line for line in self.every_line if line.is_shown or line.account in self.choices.added]

    @property
    def net_cost(self) -> list[GridLine]:
        """The lines that the total sums."""
        return [line for line in self.lines if not line.figures.is_investment]

    @property
    def investments(self) -> list[GridLine]:
        """The lines outside it."""
        return [line for line in self.lines if line.figures.is_investment]

    @property
    def total(self) -> dict[str, str]:
        """The net cost's sums below the table; of the forecast only where every group has one."""
        lines = self.net_cost
        figures = [line.figures for line in lines if not line.figures.is_part]
        forecasts = [line.forecast_ore for line in lines]
        deviation_ore = _sum(line.deviation_ore for line in lines)
        shown = {
            "last_year": _sum(own.last_year_ore for own in figures),
            "budget": _sum(own.budget_ore for own in figures),
            "actual": _sum(own.actual_ore for own in figures),
            "previous": _sum(own.previous_ore for own in figures),
            "suggested": _sum(line.suggestion.full_year_ore if line.suggestion else None for line in lines),
            "forecast": None if None in forecasts else _sum(forecasts),
            "deviation": deviation_ore,
        }
        word = "" if deviation_ore is None else str(deviation_word(self._view.value(deviation_ore)))
        return {key: self._view.text(ore) for key, ore in shown.items()} | {"word": word}

    @property
    def _view(self) -> View:
        return View(Sign.REVERSED, self.choices.amounts_in, 0)

    @property
    def column_count(self) -> int:
        """How many columns the table has."""
        return _COLUMNS + (len(self.months) if self.has_months else 0)

    @property
    def others(self) -> list[GridLine]:
        """The account groups that could be added."""
        shown = {line.account for line in self.lines}
        return [line for line in self.every_line if line.account not in shown]

    @property
    def months(self) -> list[Month]:
        """The months left."""
        return [] if self.is_frozen else self.round.months_left

    @property
    def has_months(self) -> bool:
        """Whether the months are open."""
        return bool(self.months) and (self.choices.has_months or any(line.is_by_month for line in self.lines))

    @property
    def comments(self) -> Sequence[CommentRow]:
        """All comments, for those who may read them."""
        return self.work.comments if self.rights.may_comment else ()

    @property
    def threads(self) -> list[tuple[str, list[CommentRow]]]:
        """Comments by what they are about, the whole work first."""
        labels = {"": str(self.words.whole)} | {own.account: own.label for own in self.every_line}
        found: dict[tuple[str, int], list[CommentRow]] = defaultdict(list)
        for own in self.comments:
            found[own.account, own.period].append(own)
        return [
            (f"{labels.get(account, account)}{f', {Month.from_number(period)}' if period else ''}", thread)
            for (account, period), thread in sorted(found.items())
        ]

    @property
    def questions(self) -> list[tuple[QuestionRow, AnswerRow | None]]:
        """What the round asks, with what was answered."""
        answered = {own.question_number: own for own in self.work.answers}
        return [(question, answered.get(question.number)) for question in self.work.questions]

    @property
    def explanations(self) -> list[tuple[GridLine, ExplainForm]]:
        """Every account group's explanation as its fields show it: as sent where it was refused, else as held."""
        return [(line, self._form_of(line)) for line in self.lines]

    def _form_of(self, line: GridLine) -> ExplainForm:
        own = line.explanation
        version = own.version if own else 0
        if self.posted.get("account") == line.account:
            cause, measure, effect, responsible, due_on = (self.posted.get(name, "") for name in _EXPLAINED)
            return ExplainForm(cause, measure, effect, responsible, due_on, version)
        if own is None:
            return ExplainForm("", "", "", "", "", version)
        due_on = own.due_on.isoformat() if own.due_on else ""
        return ExplainForm(own.cause, own.measure, line.effect, own.responsible, due_on, version)

    @property
    def to_explain(self) -> list[GridLine]:
        """The account groups that must be explained, or are."""
        return [line for line in self.lines if line.asked.cause or line.explanation]

    @property
    def oddities(self) -> list[Finding]:
        """Notes on figures that are very unlike their rows' others, for whoever writes and whoever reviews."""
        return [note for line in self.lines for note in line.oddities]

    @property
    def threshold_share(self) -> str:
        """The threshold's share of the budget."""
        return percent(Decimal(self.work.setup.threshold_permille) / 1000) if self.work.setup else ""

    @property
    def lacking(self) -> list[Lack]:
        """What stands in the way of handing in, each with where it is mended."""
        return [Lack(own, _mended_at(own)) for own in self.lacks]

    @property
    def days_left(self) -> int:
        """Days to the deadline; under zero it has passed."""
        return (self.round.deadline - today()).days
