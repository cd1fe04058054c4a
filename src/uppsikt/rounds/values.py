"""People's work in a round as values: what the pages, the command line and the services hand each other.

Amounts are öre in ledger sign (cost +). A cell's period is a month (yyyymm) after the cut-off, or 0: the year.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Generic, TypeVar

from uppsikt.core.findings import Finding
from uppsikt.planning.forecasts import Actuals
from uppsikt.planning.kinds import RoundKind
from uppsikt.planning.rounds import RoundRow
from uppsikt.rounds.states import WorkState

FULL_YEAR = 0  # the period of a cell that says the whole year

# given by whoever can see the whole tree: the year's budget of a unit and all under it, by account node and month
BudgetReader = Callable[[RoundRow, str], Actuals]


@dataclass(frozen=True, slots=True)
class CellRow:
    """A cell as it stands. Whoever changes it says which `version` they saw; 0 is a cell nobody ever wrote.

    The version tells of all that a change would take away: a full year's rises with each of its months, and a
    month's with the full year, since saving one empties the other.
    """

    account: str
    period: int
    amount_ore: int | None
    version: int
    changed_by: str
    changed_at: datetime


@dataclass(frozen=True, slots=True)
class CellEdit:
    """What somebody wants a cell to hold (None empties it), and the version they saw."""

    account: str
    period: int
    amount_ore: int | None
    seen_version: int


@dataclass(frozen=True, slots=True)
class CellConflict:
    """An edit that was not saved, since another wrote meanwhile; `held` is what stands."""

    edit: CellEdit
    held: CellRow


@dataclass(frozen=True, slots=True)
class CellSave:
    """What came of a save. With errors among the findings nothing was saved; conflicts stop only their own cells.

    `saved` has each cell that stands as asked, and the cells beside them whose version rose or that were emptied;
    `beside` every cell of the account groups in conflict. `state` is the unit's after it (None: takes no part).
    """

    saved: tuple[CellRow, ...] = ()
    conflicts: tuple[CellConflict, ...] = ()
    findings: tuple[Finding, ...] = ()
    state: WorkState | None = None
    beside: tuple[CellRow, ...] = ()


@dataclass(frozen=True, slots=True)
class ExplanationText:
    """What is said of an account group's deviation. `effect_ore` is the measure's, this year, in ledger sign."""

    cause: str = ""
    measure: str = ""
    effect_ore: int | None = None
    responsible: str = ""
    due_on: date | None = None


@dataclass(frozen=True, slots=True)
class ExplanationRow:
    """An explanation as it stands."""

    account: str
    cause: str
    measure: str
    effect_ore: int | None
    responsible: str
    due_on: date | None
    version: int
    changed_by: str
    changed_at: datetime

    @property
    def has_measure(self) -> bool:
        """Whether it says what is done, with what effect, by whom and when."""
        return bool(self.measure and self.responsible and self.due_on) and self.effect_ore is not None


@dataclass(frozen=True, slots=True)
class QuestionRow:
    """A question every unit of the round is asked."""

    number: int
    text: str
    is_required: bool = True


@dataclass(frozen=True, slots=True)
class AnswerRow:
    """A unit's answer to a question."""

    question_number: int
    text: str
    version: int
    changed_by: str
    changed_at: datetime


@dataclass(frozen=True, slots=True)
class CommentRow:
    """A word in a thread: on a cell, an account group (period 0) or the unit's whole work (account "")."""

    id: int
    account: str
    period: int
    text: str
    author: str
    at: datetime
    settled_by: str = ""
    settled_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class ParticipantRow:
    """A unit that takes part. `excused` is why it needn't ("" where it must), `message` why it was last returned."""

    unit: str
    state: WorkState
    excused: str
    message: str
    changed_at: datetime | None
    changed_by: str

    @property
    def is_done(self) -> bool:
        """Whether the round needn't wait for it."""
        return self.state is WorkState.APPROVED or bool(self.excused)


@dataclass(frozen=True, slots=True)
class SetupRow:
    """How a round is run. The units' own deadline is the round's (`RoundRow.deadline`)."""

    opens_on: date
    review_by: date
    adopt_by: date
    threshold_ore: int
    threshold_permille: int
    report_key: str = ""


@dataclass(frozen=True, slots=True)
class SetupDraft:
    """A round to be, or as it is to become: its facts, its steps' days, who takes part and what is asked."""

    key: str
    name: str
    kind: RoundKind
    year: int
    cut_off: date
    deadline: date
    previous_key: str | None
    setup: SetupRow
    participants: tuple[str, ...]
    questions: tuple[QuestionRow, ...] = ()

    @property
    def is_year_end(self) -> bool:
        """Whether no month is left to forecast."""
        return self.cut_off.month == 12


@dataclass(frozen=True, slots=True)
class UnitWork:
    """All that is held of a unit's work in a round. Comments are for those with `Verb.COMMENT` on the unit alone."""

    round: RoundRow
    setup: SetupRow | None
    participant: ParticipantRow | None
    cells: tuple[CellRow, ...]
    explanations: tuple[ExplanationRow, ...]
    questions: tuple[QuestionRow, ...]
    answers: tuple[AnswerRow, ...]
    comments: tuple[CommentRow, ...]


@dataclass(frozen=True, slots=True)
class RoundWork:
    """How far everybody has come in a round; the maps have only units with something to tell."""

    round: RoundRow
    setup: SetupRow | None
    participants: tuple[ParticipantRow, ...]
    questions: tuple[QuestionRow, ...]
    explanations: Mapping[str, tuple[ExplanationRow, ...]]
    answered: Mapping[str, frozenset[int]]
    open_comments: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class UnitChange:
    """A unit after what was asked for; with errors among the findings it is as it was (None: takes no part)."""

    participant: ParticipantRow | None
    findings: tuple[Finding, ...] = ()


_Row = TypeVar("_Row")


@dataclass(frozen=True, slots=True)
class Saved(Generic[_Row]):
    """What came of saving a text: the row that stands. In conflict, or with findings, nothing was saved."""

    row: _Row | None
    is_conflict: bool = False
    findings: tuple[Finding, ...] = ()
