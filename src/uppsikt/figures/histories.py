"""Several years month by month, actual and budget, of each unit and account group: what forecasts learn from.

One question. All money stands on the units that answer for it on the last year's cut-off, so that a unit keeps its
past through reorganisations. Each year's budget is the one that was known on the same day of that year.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from uppsikt.core.codeplan import REPORTING, STANDARD, CodePlan
from uppsikt.core.language import Text
from uppsikt.core.periods import Month
from uppsikt.figures.cells import ask_of_cell
from uppsikt.figures.definitions import (
    Knowledge,
    MoneyColumn,
    Scenario,
    SelectRow,
    Span,
    StatementDefinition,
    Structure,
    Test,
)
from uppsikt.figures.flows import NET_COST
from uppsikt.figures.layout import lay_out
from uppsikt.figures.model import Parameters
from uppsikt.figures.structures import Tree, tree

if TYPE_CHECKING:
    from uppsikt.figures.engine import Engine

Node = tuple[str, str]  # (unit, account group)
Months = Mapping[int, int]  # yyyymm → öre in ledger sign; a month without postings has no entry
_NOTHING = Text("", "")


@dataclass(frozen=True, slots=True)
class Histories:
    """Actual and budget of every unit and account group that has any, by month."""

    actual: Mapping[Node, Months]
    budget: Mapping[Node, Months]


def histories(
    engine: Engine,
    parameters: Parameters,
    years: int,
    *,
    whole_year: bool = False,
    is_carried: bool = True,
    hierarchy: str = REPORTING,
) -> Histories:
    """The round's year up to its cut-off (or the `whole_year`) and the `years` before it.

    As of the cut-off: money that a unit took over is its own past too. Where it isn't to be carried, as it was.

    Account groups are the highest nodes of `hierarchy` (a lone root stands for its children); an account that isn't
    in it counts as under the highest node of the standard one.
    """
    plan, cut_off = engine.plan, parameters.round.cut_off
    groups = _groups(plan, hierarchy, cut_off)
    definition = StatementDefinition(
        key="histories",
        title=_NOTHING,
        rows=tuple(SelectRow(str(no), _NOTHING, (test, Test("unit"))) for no, (_, test) in enumerate(groups)),
        columns=tuple(_columns(parameters, years, whole_year, is_carried)),
        base=NET_COST,
    )
    compiled = engine.compile(definition, parameters, lay_out(definition, parameters, plan))
    rows, columns = range(1, len(groups) + 1), range(len(definition.columns))
    reading = compiled.layout.columns[0].readings[0]
    sums: dict[Scenario, dict[Node, dict[int, int]]] = defaultdict(lambda: defaultdict(lambda: defaultdict(int)))
    answer = ask_of_cell(engine, compiled, rows, columns, "histories", drilled="unit") if groups else []
    for row, column, period, name, amount_ore in answer:
        unit = compiled.membership.located("unit", name, reading)
        if unit is not None:
            scenario = compiled.layout.columns[column].spec.scenario
            sums[scenario][unit, groups[row - 1][0]][period] += amount_ore
    return Histories(sums[Scenario.ACTUAL], sums[Scenario.BUDGET])


def group_of(plan: CodePlan, account: str, day: date, hierarchy: str = REPORTING) -> str:
    """The account group that an account, or a group below it, counts in."""
    own = tree(plan, "account", hierarchy, day)
    return _top(own if own.knows(account) else tree(plan, "account", STANDARD, day), account)


def _columns(parameters: Parameters, years: int, whole_year: bool, is_carried: bool) -> Iterator[MoneyColumn]:
    day = parameters.round.cut_off
    structure = Structure.DATE if is_carried else Structure.OWN
    structure_day = day if is_carried else None
    for back in range(years + 1):
        first, last = Month(day.year - back, 1), Month(day.year - back, 12)
        to_cut_off = not back and not whole_year
        yield MoneyColumn(
            f"actual-{back}",
            _NOTHING,
            Scenario.ACTUAL,
            Span.MONTHS,
            months=(first.number, Month.of(day).number if to_cut_off else last.number),
            structure=structure,
            structure_day=structure_day,
        )
        yield MoneyColumn(
            f"budget-{back}",
            _NOTHING,
            Scenario.BUDGET,
            Span.MONTHS,
            months=(first.number, last.number),
            structure=structure,
            structure_day=structure_day,
            knowledge=Knowledge.DATE,
            known_on=_same_day(day, back),
        )


def _same_day(cut_off: date, back: int) -> date:
    # cut-offs are last days of months: of February, too, in years of another length
    return Month(cut_off.year - back, cut_off.month).last


def _groups(plan: CodePlan, hierarchy: str, day: date) -> list[tuple[str, Test]]:
    """The account groups with what is under them; a group may come twice, from each hierarchy once."""
    own, standard = (tree(plan, "account", name, day) for name in (hierarchy, STANDARD))
    tops = _tops(own)
    grouped = [(top, Test("account", (top,), hierarchy=hierarchy)) for top in tops]
    covered = {code for top in tops for code in own.below(top)}
    left: dict[str, list[str]] = defaultdict(list)
    for code in plan.codes("account"):
        if code not in covered and not standard.children.get(code):
            left[_top(standard, code)].append(code)
    return grouped + [(top, Test("account", tuple(codes))) for top, codes in sorted(left.items())]


def _tops(at: Tree) -> list[str]:
    roots = at.children[None]
    below = at.children.get(roots[0], []) if len(roots) == 1 else []
    # a lone root above groups is only a heading; one above nothing but accounts is the one group there is
    return below if any(at.children.get(code) for code in below) else roots


def _top(at: Tree, code: str) -> str:
    tops = _tops(at)
    walk = at.above(code)[::-1]
    return next((above for above in walk if above in tops), walk[0])
