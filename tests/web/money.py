"""A savings assignment, a multi-year budget and a settlement rule in the small municipality of the web's tests."""

from __future__ import annotations

from datetime import date

from uppsikt.audit.actors import Actor
from uppsikt.savings.keys import AllocationKey, KeyKind
from uppsikt.savings.services import adopt_assignment, save_plan, settle_part
from uppsikt.savings.values import AssignmentFacts, PlanRow
from uppsikt.settlements.services import add_rule, decide_result, open_period
from uppsikt.settlements.values import Basis, Financier, RuleRow

DAY = date(2022, 9, 14)
KEY = "uppdraget"
PERIOD = "2019-2022"
RULE = "ekonomi"


def decided(actor: Actor) -> None:
    """900 000 kr on unit 40, of which 90 000 is distributed by staff budget; Ekonomi has a multi-year budget and is
    settled against IT."""
    units = AllocationKey(KeyKind.BUDGET, ("4220", "1010"), "5")
    facts = AssignmentFacts(KEY, "Uppdraget", {2022: 900_000_00}, "40", "5", "Ks 2/2021", date(2021, 12, 1), units)
    assert not adopt_assignment(actor=actor, facts=facts, as_of=DAY).findings
    done = settle_part(
        actor=actor,
        key=KEY,
        amount_ore=90_000_00,
        decision="Ks 3/2022",
        decided_on=date(2022, 10, 1),
        text="Del ett",
        as_of=DAY,
    )
    assert not done.findings
    plan = [PlanRow("4220", 300_000_00, date(2023, 6, 30), "Färre lokaler")]
    assert not save_plan(actor=actor, key=KEY, rows=plan, as_of=DAY).findings
    period = open_period(
        actor=actor, key=PERIOD, name="Perioden", first_year=2019, last_year=2022, units={"4220": "5"}, as_of=DAY
    )
    assert not period.findings
    for year in (2019, 2020, 2021):
        result = decide_result(
            actor=actor, key=PERIOD, unit="4220", year=year, result_ore=100_000_00,
            decision="Ks 4/2022", decided_on=DAY, text="Resultat", as_of=DAY,
        )  # fmt: skip
        assert not result.findings
    rule = RuleRow(RULE, "Ekonomi", "4220", "3", Basis.DEVIATION, "Ks 5/2022", (Financier(1, "1010", "5"),))
    assert not add_rule(actor=actor, facts=rule, as_of=DAY).findings
