"""Reads: everything a reorganisation, drafted or decided, brings with it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from uppsikt.audit.actors import Role
from uppsikt.audit.models import RoleAssignment
from uppsikt.coding.events import Reorganisation, State
from uppsikt.coding.selectors import code_plan, reorganisation, reorganisations
from uppsikt.consequences.dated import dated_back
from uppsikt.consequences.endings import Ending, endings
from uppsikt.consequences.findings import STILL_MOVED
from uppsikt.consequences.keeping import Keeping, forecast_findings, keepings
from uppsikt.consequences.left import money_findings
from uppsikt.consequences.proposal import Proposal, codes_touched, proposal
from uppsikt.consequences.roles import HeldRole, ProposedRole, proposed_roles, role_findings
from uppsikt.consequences.statements import statement_findings
from uppsikt.consequences.stranded import stranded, unknown_codes
from uppsikt.consequences.taking_back import entries_of
from uppsikt.consequences.transfer import Cell
from uppsikt.core.codeplan import CodePlan
from uppsikt.core.findings import Finding, Place, found
from uppsikt.core.formats import to_the_ore
from uppsikt.core.periods import FOREVER, Month, Period
from uppsikt.figures.standing import Standing, standing
from uppsikt.planning import selectors as planning
from uppsikt.planning.files import BudgetRow
from uppsikt.planning.kinds import BudgetKind
from uppsikt.relations import definitions, open_engine


@dataclass(frozen=True)
class Consequences:
    """What a reorganisation ends and what that means, with what is proposed: budget rows and roles.

    `moved` is what the journal's entries have moved for one that is adopted, by month and codes, in öre.
    """

    reorganisation: Reorganisation
    endings: tuple[Ending, ...] = ()
    transfer: tuple[BudgetRow, ...] = ()
    roles: tuple[ProposedRole, ...] = ()
    findings: tuple[Finding, ...] = ()
    moved: Mapping[Cell, int] = field(default_factory=dict)


def consequences(key: str) -> Consequences:
    """What the reorganisation with a key brings with it, as things stand now; raises `NotFound`.

    A draft is looked at as if it were in effect. One that was annulled brings nothing.
    """
    own = reorganisation(key)
    if own.state is State.ANNULLED:
        return Consequences(own, findings=tuple(_still_moved(own)))
    plan = code_plan(draft=key)
    ended = endings(own, plan)
    held = held_roles()
    budget = _proposal(own, plan, ended)
    rounds = planning.rounds()
    kept = keepings(own, plan)
    left = _standing(ended, kept)
    findings = [
        *(dated_back(own, rounds) if own.state is State.DRAFT else ()),
        *money_findings(ended, left, rounds, key),
        *forecast_findings(kept, left, rounds, key),
        *budget.findings,
        *role_findings(ended, own.events, held, plan, key),
        *statement_findings(ended, definitions(), key),
    ]
    moved = moved_budget(own) if own.state is State.ADOPTED else {}
    roles = tuple(proposed_roles(ended, held, plan))
    return Consequences(own, ended, budget.rows, roles, tuple(findings), moved)


def proposed_transfer(key: str) -> tuple[BudgetRow, ...]:
    """The budget transfer that follows the reorganisation, as rows of the journal; raises `NotFound`."""
    own = reorganisation(key)
    if own.state is State.ANNULLED:
        return ()
    plan = code_plan(draft=key)
    return _proposal(own, plan, endings(own, plan)).rows


def moved_budget(own: Reorganisation, annulling: str = "") -> dict[Cell, int]:
    """What the journal has moved for a reorganisation and not taken back, by month and codes, in öre."""
    entries = entries_of(own, reorganisations(), planning.budget_entries(), annulling)
    return planning.entry_cells([entry.id for entry in entries]) if entries else {}


def moved_ore(moved: Mapping[Cell, int]) -> int:
    """How much changed codes: half of all changes, as what leaves one code comes to another."""
    return sum(map(abs, moved.values())) // 2


def _still_moved(own: Reorganisation) -> Iterator[Finding]:
    plan = code_plan()
    yield from stranded(own, plan, planning.budget_cells(unknown_codes(own, plan), 0))
    known = [other for other in reorganisations() if (other.decision, other.name) == (own.decision, own.name)]
    if any(other.state is State.ADOPTED for other in known):
        return  # decided anew: what is moved is moved for that one
    if (moved := moved_budget(own)) and own.annulment:
        facts = {"amount": to_the_ore(moved_ore(moved)), "decision": own.decision}
        yield found(STILL_MOVED, Place(own.key), **facts, annulment=own.annulment.decision)


def held_roles() -> list[HeldRole]:
    """Every role of those who can sign in (one query)."""
    assigned = (
        RoleAssignment.objects.filter(user__is_active=True).select_related("user").order_by("user__username", "pk")
    )
    return [
        HeldRole(row.user.pk, row.user.get_username(), Role(row.role), row.unit, row.valid_from, row.valid_to)
        for row in assigned
    ]


def _standing(ended: Sequence[Ending], kept: Sequence[Keeping]) -> dict[tuple[str, str], list[Standing]]:
    left: dict[tuple[str, str], list[Standing]] = {}
    months = {(own.dimension, own.code): Period(own.on, FOREVER) for own in kept}
    months |= {(own.dimension, own.code): Period(own.on, own.until) for own in ended}
    if not months:
        return left
    with open_engine() as engine:
        for dimension in dict.fromkeys(dimension for dimension, _ in months):
            spans = {code: span for (own, code), span in months.items() if own == dimension}
            for own in standing(engine, dimension, spans):
                left.setdefault((dimension, own.code), []).append(own)
    return left


def _proposal(own: Reorganisation, plan: CodePlan, ended: Sequence[Ending]) -> Proposal:
    since = Month.of(own.days[0]).number if own.days else 0
    cells = planning.budget_cells(codes_touched(own, plan, ended), since)
    return proposal(own, plan, ended, cells, entries_by_year(own.decision))


def entries_by_year(decision: str) -> Counter[int]:
    """How many entries of the kind reorganisation a decision has in each year's journal."""
    return Counter(
        entry.year
        for entry in planning.budget_entries()
        if entry.kind is BudgetKind.REORGANISATION and entry.decision_reference == decision
    )
