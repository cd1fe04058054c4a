"""Writes of settlement rules: added and ended, by decision; a rule is never changed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from django.db import transaction

from uppsikt.audit.actors import Actor, Verb, require
from uppsikt.audit.services import record
from uppsikt.coding.selectors import code_plan
from uppsikt.core.codeplan import CodePlan
from uppsikt.core.findings import Finding, Place, found, has_errors
from uppsikt.core.formats import ABSENT
from uppsikt.core.language import Text
from uppsikt.core.periods import BEGINNING, FOREVER
from uppsikt.planning.codes import text_faults
from uppsikt.planning.models import REFERENCE_LENGTH
from uppsikt.settlements.findings import CODE_UNKNOWN, RULE_EXISTS, RULE_ODD, RULES_MEET
from uppsikt.settlements.models import TITLE_LENGTH, RuleFinancier, SettlementRule
from uppsikt.settlements.selectors import rule, rules
from uppsikt.settlements.values import Financier, RuleRow, Written

_KEY = re.compile(r"[a-z0-9][a-z0-9-]{0,49}")
_NO_KEY = Text("nyckeln kan inte stå i en adress", "the key can't stand in an address")
_NOBODY = Text("ingen finansierar, eller en andel är noll", "nobody finances it, or a share is zero")
_NOT_FIRST = Text("en dag är inte den första i en månad", "a day is not the first of a month")
_BACKWARDS = Text("den upphör innan den börjar", "it ends before it begins")
_ITSELF = Text("enheten finansierar sig själv", "the unit finances itself")


@transaction.atomic
def add_rule(*, actor: Actor, facts: RuleRow, as_of: date) -> Written:
    """Decide that a unit is settled by its financiers."""
    plan = code_plan()
    _require(actor, facts.unit, plan, as_of)
    faults = tuple(_faults(facts, plan))
    if has_errors(faults):
        return Written(faults)
    stored = SettlementRule.objects.create(
        key=facts.key,
        title=facts.title,
        unit=facts.unit,
        account=facts.account,
        basis=facts.basis.value,
        decision=facts.decision,
        valid_from=facts.valid_from,
        valid_to=facts.valid_to,
    )
    RuleFinancier.objects.bulk_create(
        RuleFinancier(
            rule=stored,
            number=number,
            weight=own.weight,
            unit=own.unit,
            account=own.account,
            counterparty=own.counterparty,
        )
        for number, own in enumerate(facts.financiers, start=1)
    )
    payload = {
        "title": facts.title,
        "unit": facts.unit,
        "account": facts.account,
        "basis": facts.basis,
        "decision": facts.decision,
        "from": facts.valid_from,
        "to": facts.valid_to,
        "financiers": [[own.weight, own.unit, own.account, own.counterparty] for own in facts.financiers],
    }
    record(actor=actor, verb="add-settlement-rule", target=f"settlement-rule:{facts.key}", payload=payload)
    return Written(faults)


@transaction.atomic
def end_rule(*, actor: Actor, key: str, valid_to: date, as_of: date) -> Written:
    """Let a rule end on the first day of a month. Raises `NotFound`."""
    held = rule(key)
    _require(actor, held.unit, code_plan(), as_of)
    if valid_to.day != 1:
        return Written((found(RULE_ODD, key=key, why=_NOT_FIRST),))
    SettlementRule.objects.filter(key=key).update(valid_to=max(valid_to, held.valid_from))
    record(actor=actor, verb="end-settlement-rule", target=f"settlement-rule:{key}", payload={"to": valid_to})
    return Written()


def _require(actor: Actor, unit: str, plan: CodePlan, as_of: date) -> None:
    require(actor, Verb.EDIT_BUDGET, plan.path("unit", unit, as_of) if unit else (), as_of)


def _faults(facts: RuleRow, plan: CodePlan) -> Iterator[Finding]:
    if not _KEY.fullmatch(facts.key):
        yield found(RULE_ODD, key=facts.key, why=_NO_KEY)
    held = rules()
    if facts.key in {own.key for own in held}:
        yield found(RULE_EXISTS, key=facts.key)
    yield from text_faults(facts.title, "title", TITLE_LENGTH, Place())
    yield from text_faults(facts.decision, "decision", REFERENCE_LENGTH, Place())
    yield from _unknown(facts, plan)
    yield from (found(RULE_ODD, key=facts.key, why=why) for why in _whys(facts))
    if any(facts.unit in plan.path("unit", own.unit, facts.valid_from) for own in facts.financiers if own.unit):
        yield found(RULE_ODD, key=facts.key, why=_ITSELF)
    for other in held:
        if _meets(facts, other, plan):
            yield found(RULES_MEET, unit=facts.unit, other=other.key)


def _whys(facts: RuleRow) -> Iterator[Text]:
    if not facts.financiers or min(own.weight for own in facts.financiers) <= 0:
        yield _NOBODY
    days = [day for day in (facts.valid_from, facts.valid_to) if day not in (BEGINNING, FOREVER)]
    if any(day.day != 1 for day in days):
        yield _NOT_FIRST
    if facts.valid_to <= facts.valid_from:
        yield _BACKWARDS


def _unknown(facts: RuleRow, plan: CodePlan) -> Iterator[Finding]:
    asked = [("unit", facts.unit), ("account", facts.account)]
    for own in facts.financiers:
        asked += _codes(own)
    for dimension, code in dict.fromkeys(asked):
        if not plan.knows(dimension, code):
            yield found(CODE_UNKNOWN, value=code or ABSENT, dimension=dimension)


def _codes(own: Financier) -> list[tuple[str, str]]:
    codes = [("unit", own.unit), ("account", own.account)] if own.unit else []
    return codes + ([("counterparty", own.counterparty)] if own.counterparty or not own.unit else [])


def _meets(facts: RuleRow, other: RuleRow, plan: CodePlan) -> bool:
    """Whether both would settle the same money on some day."""
    start, end = max(facts.valid_from, other.valid_from), min(facts.valid_to, other.valid_to)
    if start >= end:
        return False
    days = [start, *(day for day in plan.boundaries(["unit"]) if start < day < end)]
    pairs = [(facts.unit, other.unit), (other.unit, facts.unit)]
    # a financier that is settled itself would not be at zero after it has borne its part
    pairs += [(other.unit, own.unit) for own in facts.financiers if own.unit]
    pairs += [(facts.unit, own.unit) for own in other.financiers if own.unit]
    return any(above in plan.path("unit", unit, day) for above, unit in pairs for day in days)
