"""Adopting a reorganisation with what follows from it (structure, budget and roles, all or nothing); annulling it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.contrib.auth.models import User
from django.db import transaction

from uppsikt.audit.actors import Actor
from uppsikt.audit.services import grant_role
from uppsikt.coding.events import Reorganisation, State
from uppsikt.coding.reorganisation_services import adopt_reorganisation, annul_reorganisation
from uppsikt.coding.selectors import reorganisation
from uppsikt.consequences.dated import dated_back
from uppsikt.consequences.roles import ProposedRole
from uppsikt.consequences.selectors import Consequences, consequences, entries_by_year, moved_budget
from uppsikt.consequences.taking_back import returning
from uppsikt.core.findings import Finding, has_errors
from uppsikt.planning.results import PlanImport
from uppsikt.planning.selectors import rounds
from uppsikt.planning.services import decide_budget


@dataclass(frozen=True, slots=True)
class Adoption:
    """What came of an adoption (or would come, where `dry_run`). Errors among the findings: nothing changed."""

    findings: tuple[Finding, ...]
    budget: PlanImport | None = None
    roles: tuple[ProposedRole, ...] = ()
    dry_run: bool = False

    @property
    def is_refused(self) -> bool:
        """Whether an error stopped it."""
        return has_errors(self.findings)


def adopt(
    *, actor: Actor, key: str, as_of: date, with_budget: bool = False, with_roles: bool = False, dry_run: bool = False
) -> Adoption:
    """Adopt a draft, with the budget transfer and the roles that follow where asked for; raises `NotFound`.

    One transaction: where one part is refused, or the actor may not do it, nothing is done. A dry run does it
    all and takes it back. Handing out roles takes an administrator.
    """
    with transaction.atomic():
        adoption = _adopted(actor, consequences(key), as_of, with_budget, with_roles, dry_run)
        if adoption.is_refused or dry_run:
            transaction.set_rollback(True)
    return adoption


def _adopted(
    actor: Actor, brought: Consequences, as_of: date, with_budget: bool, with_roles: bool, dry_run: bool
) -> Adoption:
    result = adopt_reorganisation(actor=actor, key=brought.reorganisation.key, as_of=as_of)
    if has_errors(result.findings):
        return Adoption(result.findings, dry_run=dry_run)
    findings, budget = [*result.findings, *dated_back(brought.reorganisation, rounds())], None
    if with_budget and brought.transfer:
        origin = f"reorganisation:{brought.reorganisation.key}"
        budget = decide_budget(actor=actor, rows=brought.transfer, as_of=as_of, origin=origin)
        findings += budget.findings
    if with_roles:
        _grant(actor, brought.roles)
    return Adoption(tuple(findings), budget, brought.roles if with_roles else (), dry_run)


def _grant(actor: Actor, roles: Iterable[ProposedRole]) -> None:
    roles = list(roles)
    users = User.objects.in_bulk([own.user_id for own in roles])
    for own in roles:
        grant_role(
            actor=actor,
            user=users[own.user_id],
            role=own.role,
            unit=own.heir,
            valid_from=own.valid_from,
            valid_to=own.valid_to,
        )


@dataclass(frozen=True, slots=True)
class Annulling:
    """What came of an annulment (or would come, where `dry_run`). Errors among the findings: nothing changed."""

    findings: tuple[Finding, ...]
    budget: PlanImport | None = None
    dry_run: bool = False

    @property
    def is_refused(self) -> bool:
        """Whether an error stopped it."""
        return has_errors(self.findings)


def annul(
    *,
    actor: Actor,
    key: str,
    decision: str,
    decided_on: date | None,
    as_of: date,
    text: str = "",
    with_budget: bool = True,
    dry_run: bool = False,
) -> Annulling:
    """Annul an adopted reorganisation by a new decision, and say what it leaves; raises `NotFound`.

    With the budget, what the reorganisation's entries moved goes back by the same decision: one transaction, all
    or nothing. Roles are decisions of their own and stay.
    """
    with transaction.atomic():
        own, budget = reorganisation(key), None
        if with_budget and decision and decided_on and own.state is State.ADOPTED:
            # first, while the codes it opened are still there to take money from
            budget = _returned(actor, own, decision, decided_on, as_of)
        result = annul_reorganisation(
            actor=actor, key=key, decision=decision, decided_on=decided_on, text=text, as_of=as_of
        )
        findings = [*(budget.findings if budget else ()), *result.findings]
        if not has_errors(findings):
            findings += consequences(key).findings
        if has_errors(findings) or dry_run:
            transaction.set_rollback(True)
    return Annulling(tuple(findings), budget, dry_run)


def _returned(actor: Actor, own: Reorganisation, decision: str, decided_on: date, as_of: date) -> PlanImport | None:
    moved, held = moved_budget(own, decision), entries_by_year(decision)
    rows = returning(own, moved, decision=decision, decided_on=decided_on, held=held)
    if not rows:
        return None
    return decide_budget(actor=actor, rows=rows, as_of=as_of, origin=f"annulment:{own.key}")
