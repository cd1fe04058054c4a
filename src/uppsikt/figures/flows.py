"""What went where: the money of each code as it was booked, and the code it stands on as of a day.

A flow is what a picture draws as a band and its table says as a row. One question; postings that were split are
in the answer in their parts, so the flows out of a code make what it was and those into one make what it is.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction
from typing import TYPE_CHECKING

from uppsikt.core.codeplan import STANDARD
from uppsikt.core.language import Text
from uppsikt.core.net_cost import NET_COST_CLASSES
from uppsikt.figures.carrying import booked
from uppsikt.figures.cells import ask_of_cell
from uppsikt.figures.definitions import MoneyColumn, Scenario, Selector, SelectRow, Span, StatementDefinition, Test
from uppsikt.figures.layout import lay_out
from uppsikt.figures.model import Parameters
from uppsikt.figures.structures import Tree, tree

if TYPE_CHECKING:
    from uppsikt.figures.engine import Engine

NET_COST: Selector = (Test("account", (NET_COST_CLASSES,)),)
_NOTHING = Text("", "")


@dataclass(frozen=True, slots=True)
class Flow:
    """What was booked under `source` and stands under `target`, in öre of ledger sign; "" is money without a code.

    `gross_ore` is its turnover, credits counted as debits: what a band's width can show where income and costs
    would cancel each other out.
    """

    source: str
    target: str
    amount_ore: int
    gross_ore: int

    @property
    def stays(self) -> bool:
        """Whether nothing happened to it."""
        return self.source == self.target


@dataclass(frozen=True)
class Flows:
    """All flows of one dimension, by source and target. `was` and `day` are the days of the two trees."""

    dimension: str
    was: date
    day: date
    flows: tuple[Flow, ...]

    @property
    def moved(self) -> tuple[Flow, ...]:
        """The flows that end elsewhere than they began."""
        return tuple(flow for flow in self.flows if not flow.stays)

    @property
    def total_ore(self) -> int:
        """All money, moved or not: it is the same before and after."""
        return sum(flow.amount_ore for flow in self.flows)

    def share(self, flow: Flow) -> Fraction | None:
        """How much of its source's turnover a flow is; None where the source has none."""
        whole = sum(own.gross_ore for own in self.flows if own.source == flow.source)
        return Fraction(flow.gross_ore, whole) if whole else None


def flows(
    engine: Engine,
    parameters: Parameters,
    dimension: str = "unit",
    *,
    scenario: Scenario = Scenario.ACTUAL,
    years_back: int = 0,
    level: int = 0,
    hierarchy: str = STANDARD,
    base: Selector = NET_COST,
) -> Flows:
    """Where the money of a round's year stands as of the structure date (the cut-off where none is given).

    Actuals of the round's own year count up to the cut-off, everything else the whole year. With `level` codes
    are summed under the node above them on that level of each tree: 1 is the rows of a statement with one level.
    """
    plan = engine.plan
    day = parameters.structure_date or parameters.round.cut_off
    definition = _definition(dimension, scenario, years_back, base)
    asked = replace(parameters, structure_date=day, unit=None)
    compiled = engine.compile(definition, asked, lay_out(definition, asked, plan))
    column = compiled.layout.columns[0]
    trees = tree(plan, dimension, hierarchy, column.last_day), tree(plan, dimension, hierarchy, day)
    sums: dict[tuple[str, str], tuple[int, int]] = defaultdict(lambda: (0, 0))
    lines = ask_of_cell(engine, compiled, (1,), (0,), "flows", drilled=dimension) if column.scenarios else []
    for name, amount_ore, gross_ore in lines:
        target = compiled.membership.located(dimension, name, column.readings[0])
        ends = booked(name) if name else "", target or ""
        source, target = (_at_level(at, code, level) for at, code in zip(trees, ends, strict=True))
        amount_before, gross_before = sums[source, target]
        sums[source, target] = amount_before + amount_ore, gross_before + gross_ore
    found = (Flow(source, target, *amounts) for (source, target), amounts in sorted(sums.items()))
    return Flows(dimension, column.last_day, day, tuple(found))


def _definition(dimension: str, scenario: Scenario, years_back: int, base: Selector) -> StatementDefinition:
    to_cut_off = scenario is Scenario.ACTUAL and not years_back
    span = Span.TO_CUT_OFF if to_cut_off else Span.FULL_YEAR
    return StatementDefinition(
        key="flows",
        title=_NOTHING,
        rows=(SelectRow("all", _NOTHING, (Test(dimension),)),),
        columns=(MoneyColumn("money", _NOTHING, scenario, span, years_back),),
        base=base,
    )


def _at_level(at: Tree, code: str, level: int) -> str:
    """The node above a code on a level of a tree (a lone root stands for its children); the code itself for 0."""
    walk = at.above(code)[::-1] if code and level else [code]
    if len(walk) > 1 and at.children[None] == walk[:1]:
        walk = walk[1:]
    return walk[min(level, len(walk)) - 1]
