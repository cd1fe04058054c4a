"""Which units' figures a reader may see, asked on today's grants and the unit's own place in the tree."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from uppsikt.audit.actors import Actor, NotAllowed, Verb, may, require
from uppsikt.core.codeplan import CodePlan
from uppsikt.core.findings import Finding, found
from uppsikt.figures.definitions import StatementDefinition
from uppsikt.figures.model import Parameters
from uppsikt.figures.reach import shown_units
from uppsikt.web.actors import own_units, sees_whole, today
from uppsikt.web.findings import FIGURE_NOT_YOURS


@dataclass(frozen=True, slots=True)
class UnitOption:
    """A unit the reader can choose; `level` is its depth below the first one shown."""

    code: str
    name: str
    level: int

    @property
    def label(self) -> str:
        """Code and name, indented as the tree."""
        return f"{' ' * 2 * self.level}{self.code} {self.name}"


def require_reading(actor: Actor, plan: CodePlan, org_unit: str, on: date) -> None:
    """Raise `NotAllowed` unless the actor reads the unit's figures ("" asks for the whole municipality's)."""
    require(actor, Verb.READ, plan.path("unit", org_unit, on) if org_unit else [], today())


def takes_unit(definition: StatementDefinition) -> bool:
    """Whether a unit can be chosen for the statement."""
    return definition.needs_unit or definition.follows_unit


def reads_statement(actor: Actor, plan: CodePlan, definition: StatementDefinition, org_unit: str, on: date) -> bool:
    """Whether the actor reads every unit that the statement, asked of `org_unit`, may show."""
    units = shown_units(definition, org_unit)
    paths = [plan.path("unit", code, on) for code in units] or [[]]
    return all(may(actor, Verb.READ, path, today()) for path in paths)


def unreadable(
    actor: Actor, plan: CodePlan, definition: StatementDefinition, circumstances: Parameters
) -> Finding | None:
    """Why a report that this actor writes or builds can't show a statement; None where it can."""
    unit = circumstances.unit or ""
    if reads_statement(actor, plan, definition, unit, circumstances.round.cut_off):
        return None
    return found(FIGURE_NOT_YOURS, statement=definition.key, unit=f":{unit}" if unit else "")


def require_statement(
    actor: Actor,
    plan: CodePlan,
    definition: StatementDefinition,
    org_unit: str,
    on: date,
    structure: date | None = None,
) -> None:
    """Raise `NotAllowed` unless `reads_statement` and `reads_structure`.

    One's own unit in the address opens no other unit's table, and no other day shows others' money on it.
    """
    if not (reads_statement(actor, plan, definition, org_unit, on) and reads_structure(actor, structure, on)):
        raise NotAllowed(actor, Verb.READ)


def reads_structure(actor: Actor, structure: date | None, cut_off: date) -> bool:
    """Whether the actor may see their units' figures in the structure of a day (None: as it was).

    Whoever reads some units sees what was booked on them, and what they answer for at the cut-off. In the
    structure of any other day they would hold money that others answer for, earlier or later.
    """
    return structure in (None, cut_off) or sees_whole(actor)


def readable_units(actor: Actor, plan: CodePlan, on: date) -> list[UnitOption]:
    """The units the actor reads, parents before children; a unit in two roles comes once."""
    tops = plan.children("unit", None, on) if sees_whole(actor) else _readable(actor)
    options: dict[str, UnitOption] = {}
    for top in tops:
        depth = len(plan.path("unit", top, on))
        for code in _walk(plan, top, on):
            level = len(plan.path("unit", code, on)) - depth
            options.setdefault(code, UnitOption(code, plan.name("unit", code, on), level))
    return list(options.values())


def _readable(actor: Actor) -> list[str]:
    return [unit for unit in own_units(actor) if may(actor, Verb.READ, [unit], today())]


def _walk(plan: CodePlan, code: str, on: date) -> list[str]:
    walk = [code]
    for child in plan.children("unit", code, on):
        walk.extend(_walk(plan, child, on))
    return walk
