"""What of a correction's changes a person may read: the figures and forecasts of the units they read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from uppsikt.adoption import VersionChanges
from uppsikt.audit.actors import Actor, Verb, may
from uppsikt.coding.selectors import code_plan
from uppsikt.core.codeplan import CodePlan
from uppsikt.figures.addresses import parse_address
from uppsikt.figures.definitions import StatementDefinition
from uppsikt.web.actors import sees_whole, today
from uppsikt.web.scope import reads_statement


def readable_part(
    actor: Actor, changes: VersionChanges, definitions: Sequence[StatementDefinition], on: date
) -> tuple[VersionChanges, int]:
    """The changes that the actor may read, and how many more there are; `definitions` are the version's own."""
    if sees_whole(actor):
        return changes, 0
    plan, known = code_plan(), {own.key: own for own in definitions}
    figures = tuple(own for own in changes.figures if _reads_figure(actor, plan, known, own.address, on))
    forecasts = tuple(
        own for own in changes.forecasts if may(actor, Verb.READ, plan.path("unit", own.unit, on), today())
    )
    left_out = len(changes.figures) - len(figures) + len(changes.forecasts) - len(forecasts)
    return VersionChanges(figures, forecasts, changes.others), left_out


def _reads_figure(
    actor: Actor, plan: CodePlan, known: Mapping[str, StatementDefinition], address: str, on: date
) -> bool:
    place = parse_address(address)
    if place is None or place.statement not in known:  # of a statement the version has no more
        return False
    return reads_statement(actor, plan, known[place.statement], place.unit or "", on)
