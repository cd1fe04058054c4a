"""The demonstration's savings assignments, carried-over results and settlements, by the services everybody uses.

The files say what is published and what is ours. No budget changes by them: its entries are only taken for what
they are, results are posted beside the budget, and the settlement brings the forecast to what is printed.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import yaml

from uppsikt.audit.actors import Actor
from uppsikt.core.findings import Finding
from uppsikt.core.money import ORE_PER_KRONA
from uppsikt.savings.keys import AllocationKey, KeyKind
from uppsikt.savings.selectors import assignments
from uppsikt.savings.services import adopt_assignment, link_entry, save_plan
from uppsikt.savings.values import AssignmentFacts, PlanRow
from uppsikt.settlements.selectors import periods, rules
from uppsikt.settlements.services import add_rule, decide_result, link_budgeted, open_period, settle
from uppsikt.settlements.values import Basis, Financier, RuleRow

Findings = Iterator[Sequence[Finding]]


def load_money(actor: Actor, folder: Path, on: date) -> Findings:
    """All of it; what is held already is left alone."""
    yield from _savings(actor, _read(folder / "savings.yaml"), on)
    yield from _carry_over(actor, _read(folder / "carry-over.yaml"), on)
    yield from _settlements(actor, _read(folder / "settlements.yaml"))


def _read(path: Path) -> Any:
    return yaml.safe_load(path.read_text(encoding="utf-8"))


def _savings(actor: Actor, listed: Sequence[Mapping[str, Any]], on: date) -> Findings:
    held = {row.key for row in assignments()}
    for own in listed:
        if own["key"] in held:
            continue
        yield adopt_assignment(actor=actor, facts=_assignment(own), as_of=on).findings
        for entry in own.get("entries", ()):
            yield link_entry(actor=actor, key=own["key"], entry=(*entry, own["year"]), as_of=on).findings
        plan = [
            PlanRow(row["unit"], row["amount"] * ORE_PER_KRONA, row["due_on"], row["how"])
            for row in own.get("plan", ())
        ]
        yield save_plan(actor=actor, key=own["key"], rows=plan, as_of=on).findings


def _assignment(own: Mapping[str, Any]) -> AssignmentFacts:
    return AssignmentFacts(
        key=own["key"],
        title=own["title"],
        parts_ore={own["year"]: own["total"] * ORE_PER_KRONA},
        unit=own["unit"],
        account=own["account"],
        decision=own["decision"],
        decided_on=own["decided_on"],
        allocation=AllocationKey(KeyKind(own["key_kind"]), tuple(own["units"]), own.get("key_account", "")),
        about=own["about"],
    )


def _carry_over(actor: Actor, listed: Sequence[Mapping[str, Any]], on: date) -> Findings:
    held = {row.key for row in periods()}
    for own in listed:
        if own["key"] in held:
            continue
        names = ("key", "name", "first_year", "last_year", "units")
        yield open_period(actor=actor, as_of=on, **{name: own[name] for name in names}).findings
        for unit, results in own.get("results", {}).items():
            for year, kronor in results.items():
                yield _result(actor, own, unit, year, kronor, on)
        for entry in own.get("budgeted", ()):
            yield link_budgeted(actor=actor, key=own["key"], entry=tuple(entry), as_of=on).findings


def _result(actor: Actor, own: Mapping[str, Any], unit: str, year: int, kronor: int, on: date) -> Sequence[Finding]:
    return decide_result(
        actor=actor,
        key=own["key"],
        unit=unit,
        year=year,
        result_ore=kronor * ORE_PER_KRONA,
        decision=own["decision"],
        decided_on=own["decided_on"],
        text=own["text"].format(year=year),
        as_of=on,
    ).findings


def _settlements(actor: Actor, about: Mapping[str, Any]) -> Findings:
    if rules():
        return
    for own in about["rules"]:
        facts = RuleRow(
            own["key"],
            own["title"],
            own["unit"],
            own["account"],
            Basis.DEVIATION,
            about["decision"],
            tuple(Financier(**financier) for financier in own["financiers"]),
            about["valid_from"],
        )
        yield add_rule(actor=actor, facts=facts, as_of=about["valid_from"]).findings
    for round_key, day in about["settled"].items():
        yield settle(actor=actor, round_key=round_key, as_of=day).findings
