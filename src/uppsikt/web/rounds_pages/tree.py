"""The organisation as a round sees it: each unit with its figures and state, summed for each level. Pure.

A deviation compares what can be compared: the budget of units without a forecast is left out of it and told of by
itself, so that a level doesn't look the better the fewer have handed in.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from uppsikt.core.codeplan import CodePlan
from uppsikt.rounds.deviations import needs_explanation
from uppsikt.rounds.states import WorkState
from uppsikt.rounds.values import ParticipantRow, SetupRow
from uppsikt.web.rounds_pages.figures import NO_MONEY, Money


@dataclass(frozen=True, slots=True)
class Place:
    """A unit's place in the tree; `level` is its depth below the top that the reader sees."""

    code: str
    name: str
    level: int
    parent: str | None


@dataclass(frozen=True, slots=True)
class Progress:
    """What is still to be done in a unit, and its forecast as it is being worked on (None: nobody is)."""

    working_ore: int | None = None
    unexplained: int = 0
    unanswered: int = 0
    comments: int = 0
    forgets_budget: bool = False  # what was handed in leaves budget without a forecast


NO_PROGRESS = Progress()


@dataclass(frozen=True)
class TreeLine:
    """A unit with its own state, or a level with those below it. Amounts are öre in ledger sign.

    `missing_ore`, `missing_before_ore` and `missing_before_budget_ore` are budget, last forecast and its budget of
    the units without a forecast now, whether they take part or not; `is_missing` says that the line is such a unit
    itself.
    """

    place: Place
    money: Money
    participant: ParticipantRow | None
    states: Mapping[WorkState, int] = field(default_factory=dict)  # of those who needn't be excused
    excused: int = 0
    done: int = 0
    unexplained: int = 0
    unanswered: int = 0
    comments: int = 0
    forgets_budget: bool = False  # of the unit itself
    without_forecast: int = 0
    missing_ore: int = 0
    missing_before_ore: int = 0
    missing_before_budget_ore: int = 0
    is_missing: bool = False
    working_change_ore: int | None = None
    has_children: bool = False

    @property
    def total(self) -> int:
        """How many units take part here and below."""
        return sum(self.states.values()) + self.excused

    @property
    def deviation_ore(self) -> int | None:
        """Forecast less the budget it is compared with: over zero is worse."""
        if self.money.forecast_ore is None:
            return None
        return self.money.forecast_ore - ((self.money.budget_ore or 0) - self.missing_ore)

    @property
    def change_ore(self) -> int | None:
        """What the forecast has changed since the last round; None where either is missing."""
        if self.money.forecast_ore is None or self.money.previous_ore is None:
            return None
        return self.money.forecast_ore - (self.money.previous_ore - self.missing_before_ore)

    @property
    def deviation_change_ore(self) -> int | None:
        """What the deviation has changed since the last round's, which was from the budget of that round."""
        change, budget_ore, before = self.change_ore, self.money.budget_ore or 0, self.money.previous_budget_ore or 0
        if change is None:
            return None
        return change - (budget_ore - self.missing_ore) + (before - self.missing_before_budget_ore)

    @property
    def working_ore(self) -> int | None:
        """The forecast with what is being worked on in the place of what was handed in; None where nothing is."""
        if self.working_change_ore is None:
            return None
        return (self.money.forecast_ore or 0) + self.working_change_ore

    @property
    def to_do(self) -> int:
        """Explanations and answers that are missing, and the unit's own budget where it has no forecast."""
        return self.unexplained + self.unanswered + self.forgets_budget

    def is_waited_for(self) -> bool:
        """Whether the unit itself has something left to do."""
        own = self.participant
        return own is not None and not own.excused and (own.state.is_editable or self.to_do > 0)

    def deviates(self, setup: SetupRow | None) -> bool:
        """Whether the deviation is as large as the round asks to be explained; any at all without a set-up."""
        if self.deviation_ore is None:
            return False
        if setup is None:
            return self.deviation_ore != 0
        return needs_explanation(self.deviation_ore, (self.money.budget_ore or 0) - self.missing_ore, setup)


def places(plan: CodePlan, on: date, tops: Iterable[str], taking_part: Iterable[str]) -> list[Place]:
    """The tree on a day, parents before children, down to the units that take part (or further where none do)."""
    wanted = set(taking_part)
    above = {code for unit in wanted for code in plan.path("unit", unit, on)[1:]}
    found: dict[str, Place] = {}

    def walk(code: str, level: int, parent: str | None) -> None:
        if code in found:
            return
        found[code] = Place(code, plan.name("unit", code, on), level, parent)
        if code not in wanted or code in above:
            for child in plan.children("unit", code, on):
                walk(child, level + 1, code)

    inner = list(tops)
    for top in inner:
        if not set(plan.path("unit", top, on)[1:]) & set(inner):
            walk(top, 0, None)
    return list(found.values())


def tree_lines(
    where: Sequence[Place],
    money: Mapping[str, Money],
    taking_part: Iterable[ParticipantRow],
    progress: Mapping[str, Progress],
) -> list[TreeLine]:
    """A line for each place with money or people, in order, each with everything below it summed."""
    own = {row.unit: row for row in taking_part}
    children: dict[str | None, list[Place]] = defaultdict(list)
    for place in where:
        children[place.parent].append(place)
    lines: dict[str, TreeLine] = {}
    for place in reversed(where):  # children before parents
        below = [lines[child.code] for child in children[place.code] if child.code in lines]
        line = _line(
            place, money.get(place.code, NO_MONEY), own.get(place.code), progress.get(place.code, NO_PROGRESS), below
        )
        if line.total or not line.money.is_empty:
            lines[place.code] = line
    return [lines[place.code] for place in where if place.code in lines]


def _line(
    place: Place, money: Money, own: ParticipantRow | None, progress: Progress, below: Sequence[TreeLine]
) -> TreeLine:
    takes_part = own is not None and not own.excused
    states = Counter([own.state] if own and takes_part else [])
    for line in below:
        states.update(line.states)
    lacks = money.submitted_ore is None and (own is not None or (not below and _is_planned(money)))
    changes = [line.working_change_ore for line in below if line.working_change_ore is not None]
    if progress.working_ore is not None:
        changes.append(progress.working_ore - (money.submitted_ore or 0))
    return TreeLine(
        place,
        money,
        own,
        states,
        excused=(own is not None and not takes_part) + sum(line.excused for line in below),
        done=(own is not None and own.is_done) + sum(line.done for line in below),
        unexplained=progress.unexplained + sum(line.unexplained for line in below),
        unanswered=progress.unanswered + sum(line.unanswered for line in below),
        comments=progress.comments + sum(line.comments for line in below),
        forgets_budget=progress.forgets_budget,
        without_forecast=1 if lacks else sum(line.without_forecast for line in below),
        missing_ore=(money.budget_ore or 0) if lacks else sum(line.missing_ore for line in below),
        missing_before_ore=(money.previous_ore or 0) if lacks else sum(line.missing_before_ore for line in below),
        missing_before_budget_ore=(money.previous_budget_ore or 0)
        if lacks
        else sum(line.missing_before_budget_ore for line in below),
        is_missing=lacks,
        working_change_ore=sum(changes) if changes else None,
        has_children=bool(below),
    )


def _is_planned(money: Money) -> bool:
    return money.budget_ore is not None or money.previous_ore is not None


def sought(lines: Sequence[TreeLine], words: str, only: str, setup: SetupRow | None) -> list[TreeLine]:
    """The lines that have the words and what is asked for, with the levels above them. No choice at all is all."""
    hits = {line.place.code for line in lines if _is_hit(line, words, only, setup)}
    parents = {line.place.code: line.place.parent for line in lines}
    kept = {above for code in hits for above in _upwards(code, parents)}
    return [line for line in lines if line.place.code in kept]


def _upwards(code: str, parents: Mapping[str, str | None]) -> Iterator[str]:
    at: str | None = code
    while at is not None:
        yield at
        at = parents.get(at)


def _is_hit(line: TreeLine, words: str, only: str, setup: SetupRow | None) -> bool:
    text = f"{line.place.code} {line.place.name}".casefold()
    if not all(word in text for word in words.casefold().split()):
        return False
    if only == "missing":
        return line.is_waited_for()
    if only == "review":
        own = line.participant
        return own is not None and own.state is WorkState.SUBMITTED and not own.excused
    if only == "deviating":
        return (line.participant is not None or not line.has_children) and line.deviates(setup)
    return True
