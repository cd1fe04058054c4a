"""What the pages of savings assignments show, by what the reader may see.

Whoever reads the holding unit sees all of an assignment; whoever only reads some of its units sees those.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from uppsikt.audit.actors import Actor, NotAllowed, Verb, may
from uppsikt.coding.selectors import code_plan
from uppsikt.core.codeplan import CodePlan
from uppsikt.core.formats import ABSENT, percent
from uppsikt.planning.selectors import EntryRow
from uppsikt.savings.keys import KeyKind, Part, distribute
from uppsikt.savings.selectors import assignment, assignments, key_weights, unclaimed
from uppsikt.savings.values import AssignmentRow, Link, LinkedEntry, PlanRow, YearSums
from uppsikt.web.actors import may_anywhere, sees_whole, today
from uppsikt.web.presenting import Presentation

_WIDTH = Decimal(100)


@dataclass(frozen=True)
class Bar:
    """What is settled and what remains of a whole, as widths in per cent of a picture."""

    settled: str
    remaining: str

    @staticmethod
    def of(row: AssignmentRow) -> Bar:
        """An assignment's; nothing settled where it has no total."""
        share = Decimal(row.settled_ore) / row.total_ore if row.total_ore else Decimal(0)
        width = min(max(share, Decimal(0)), Decimal(1)) * _WIDTH
        return Bar(f"{width:.2f}", f"{_WIDTH - width:.2f}")


@dataclass(frozen=True)
class Line:
    """An assignment in the list; without a bar for who doesn't read the holding unit, and then without amounts."""

    row: AssignmentRow
    unit: str
    bar: Bar | None

    @property
    def years(self) -> str:
        """Its year, or the first and the last whose budgets hold a part of it."""
        known = [year.year for year in self.row.years if year.is_in_budget] or [self.row.year]
        return str(known[0]) if known[0] == known[-1] else f"{known[0]}–{known[-1]}"


@dataclass(frozen=True)
class IndexPage:
    """The list."""

    shown: Presentation
    lines: tuple[Line, ...]
    may_decide: bool
    unclaimed: tuple[EntryRow, ...] = ()  # savings in the journal without an assignment, for who reads the whole


@dataclass(frozen=True)
class UnitLine:
    """A unit of an assignment: its base in the key, what it bears, what is planned, its part of all that remains."""

    code: str
    name: str
    base: str  # a share
    base_ore: int | None  # a budget
    share: str
    settled_ore: int
    planned_ore: int | None  # None where the plan doesn't name it
    next_ore: int | None

    @property
    def left_ore(self) -> int | None:
        """What is left of its plan; below zero where it bears more than that."""
        return None if self.planned_ore is None else self.planned_ore - self.settled_ore


@dataclass(frozen=True)
class UnitSums:
    """What the units' lines make together; what is left is so of the units that the plan names."""

    planned_ore: int
    settled_ore: int
    left_ore: int
    next_ore: int


@dataclass(frozen=True)
class DetailPage:
    """One assignment as its reader sees it."""

    shown: Presentation
    row: AssignmentRow
    unit: str
    key_words: str
    lines: tuple[UnitLine, ...]
    plan: tuple[tuple[PlanRow, str], ...]
    is_whole: bool
    may_decide: bool
    base_on: date
    why_no_next: bool

    @property
    def bar(self) -> Bar:
        """The picture of it."""
        return Bar.of(self.row)

    @property
    def entries(self) -> tuple[LinkedEntry, ...]:
        """The journal entries of it, where the reader sees all of it."""
        return self.row.entries if self.is_whole else ()

    @property
    def unplanned_ore(self) -> int:
        """What no row of the plan is about; the plan is of the whole assignment."""
        return self.row.total_ore - self.row.planned_ore

    @property
    def settled_share(self) -> str:
        """How much of it is settled."""
        return percent(Decimal(self.row.settled_ore) / self.row.total_ore) if self.row.total_ore else ABSENT

    @property
    def shows_base(self) -> bool:
        """Whether the key's base is an amount."""
        return self.row.allocation.kind is KeyKind.BUDGET

    @property
    def sums(self) -> UnitSums:
        """The sums of the units' lines."""
        lines = self.lines
        planned = sum(line.planned_ore or 0 for line in lines)
        settled = sum(line.settled_ore for line in lines)
        left = sum(line.left_ore or 0 for line in lines)
        return UnitSums(planned, settled, left, sum(line.next_ore or 0 for line in lines))

    @property
    def to_bring(self) -> tuple[tuple[int, int], ...]:
        """The years in which something remains, each with the year it can be brought to."""
        return tuple((year, year + 1) for year in self.row.open_years)

    @property
    def years(self) -> tuple[YearSums, ...]:
        """Year by year, where the reader sees all of it and there is more than one."""
        years = self.row.years if self.is_whole else ()
        return years if len(years) > 1 else ()


def index_page(actor: Actor, shown: Presentation) -> IndexPage:
    """The assignments the actor may see something of."""
    require_reader(actor)
    plan, lines = code_plan(), []
    for row in assignments():
        is_whole = reads(actor, plan, row.unit)
        if is_whole or any(reads(actor, plan, unit) for unit in row.involved):
            lines.append(Line(row, labelled(plan, row.unit), Bar.of(row) if is_whole else None))
    others = tuple(unclaimed()) if sees_whole(actor) else ()
    return IndexPage(shown, tuple(lines), may_anywhere(actor, Verb.EDIT_BUDGET), others)


def detail_page(actor: Actor, key: str, shown: Presentation) -> DetailPage:
    """One assignment; raises `NotFound`, and `NotAllowed` for who reads none of its units."""
    plan, row, day = code_plan(), assignment(key), today()
    is_whole = reads(actor, plan, row.unit)
    units = [unit for unit in row.involved if is_whole or reads(actor, plan, unit)]
    if not is_whole and not units:
        raise NotAllowed(actor, Verb.READ)
    weights = dict(zip(row.allocation.units, key_weights(row.allocation, _base_year(row), day, plan), strict=True))
    parts = _next(row, weights)
    return DetailPage(
        shown=shown,
        row=row,
        unit=labelled(plan, row.unit),
        key_words=key_words(row, plan),
        lines=tuple(_line(row, plan, unit, weights, parts) for unit in units),
        plan=tuple((own, labelled(plan, own.unit)) for own in row.plan if is_whole or own.unit in units),
        is_whole=is_whole,
        may_decide=may(actor, Verb.EDIT_BUDGET, plan.path("unit", row.unit, day), day),
        base_on=day,
        why_no_next=row.remaining_ore > 0 and not parts,
    )


def _base_year(row: AssignmentRow) -> int:
    return min(row.open_years, default=row.year)


def _next(row: AssignmentRow, weights: dict[str, int]) -> dict[str, Part]:
    """What each unit would bear, were all that remains distributed by the key now."""
    whole_kronor_ore = row.remaining_ore // 100 * 100
    if whole_kronor_ore <= 0 or min(weights.values(), default=0) < 0 or not any(weights.values()):
        return {}
    parts = distribute(whole_kronor_ore, tuple(weights), tuple(weights.values()))
    return {part.unit: part for part in parts}


def _line(row: AssignmentRow, plan: CodePlan, unit: str, weights: dict[str, int], parts: dict[str, Part]) -> UnitLine:
    weight, whole = weights.get(unit), sum(weights.values())
    is_budget = row.allocation.kind is KeyKind.BUDGET
    return UnitLine(
        code=unit,
        name=labelled(plan, unit),
        base=ABSENT if weight is None else str(weight),
        base_ore=weight if is_budget else None,
        share=percent(Decimal(weight) / whole) if weight is not None and whole > 0 else ABSENT,
        settled_ore=row.settled_by_unit.get(unit, 0),
        planned_ore=row.planned_by_unit.get(unit),
        next_ore=parts[unit].amount_ore if unit in parts else None,
    )


def key_words(row: AssignmentRow, plan: CodePlan) -> str:
    """What the key is, in words."""
    kind = str(row.allocation.kind.label)
    account = row.allocation.account
    return f"{kind}: {account} {plan.name('account', account, today())}" if account else kind


def labelled(plan: CodePlan, unit: str) -> str:
    """A unit by code and name, as it is called today."""
    return f"{unit} {plan.name('unit', unit, today())}"


def require_reader(actor: Actor) -> None:
    """Raise `NotAllowed` unless the actor reads the figures of some unit."""
    if not may_anywhere(actor, Verb.READ):
        raise NotAllowed(actor, Verb.READ)


def reads(actor: Actor, plan: CodePlan, unit: str) -> bool:
    """Whether the actor reads a unit's figures."""
    return may(actor, Verb.READ, plan.path("unit", unit, today()), today())


__all__ = [
    "Bar",
    "DetailPage",
    "IndexPage",
    "Link",
    "detail_page",
    "index_page",
    "key_words",
    "labelled",
    "reads",
    "require_reader",
]
