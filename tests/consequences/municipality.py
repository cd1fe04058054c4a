"""A municipality of five units to reorganise: Digitalisering (4210) ends, in two cases, on 1 July 2022."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.contrib.auth.models import User

from tests.planning.samples import LOCAL, TODAY, budget, code_registers
from uppsikt.audit.actors import Role
from uppsikt.audit.services import create_user
from uppsikt.coding.events import Event, EventKind, ReorganisationFacts
from uppsikt.coding.reorganisation_services import save_draft
from uppsikt.core.changes import Condition, Portion, SuccessionRule
from uppsikt.core.findings import has_errors

JULY = date(2022, 7, 1)
KEY = "stodet-samlas"
FACTS = ReorganisationFacts(KEY, "Stödet samlas", "Ks 5/2022", date(2022, 5, 2), "")
BUDGET = """beslut;beslutsdatum;slag;text;period;enhet;konto;belopp
Ks 1;2021-12-01;original;Budget;202206;4210;60;600
Ks 1;2021-12-01;original;Budget;202207;4210;60;700,01
Ks 1;2021-12-01;original;Budget;202208;4210;3;-80
Ks 1;2021-12-01;original;Budget;202207;4220;5;40
"""


def rule(*portions: tuple[str, int], **under: str) -> SuccessionRule:
    conditions = tuple(Condition(dimension, (code,)) for dimension, code in under.items())
    return SuccessionRule(tuple(Portion(*portion) for portion in portions), conditions)


def event(kind: EventKind, code: str, *rules: SuccessionRule, on: date = JULY) -> Event:
    return Event(0, kind, "unit", on, code, rules=rules)


MERGED = event(EventKind.MERGE, "4210", rule(("4220", 1)))
SPLIT = event(EventKind.SPLIT, "4210", rule(("4220", 60), ("4290", 40)))
CLOSED = event(EventKind.CLOSE, "4210")


def draft(*events: Event, facts: ReorganisationFacts = FACTS) -> str:
    result = save_draft(actor=LOCAL, facts=facts, events=events, as_of=TODAY)
    assert not has_errors(result.findings), [str(finding) for finding in result.findings]
    assert result.key
    return result.key


def settle() -> None:
    """Registers and a budget of 1 220,01 kr on Digitalisering."""
    code_registers()
    assert not has_errors(budget(BUDGET).findings)


def person(name: str, unit: str, role: Role = Role.MANAGER) -> User:
    return create_user(
        actor=LOCAL, name=name, password="lång och hemlig", role=role, unit=unit, valid_from=date(2022, 1, 1)
    )


def codes(findings: Sequence[object]) -> list[str]:
    return [finding.code for finding in findings]  # type: ignore[attr-defined]
