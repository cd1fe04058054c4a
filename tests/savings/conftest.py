"""A small municipality with staff budgets on two units, and an assignment on the level above them."""

from __future__ import annotations

from datetime import date

import pytest

from tests.planning.samples import LOCAL, TODAY, budget, code_registers
from uppsikt.savings.keys import AllocationKey, KeyKind
from uppsikt.savings.services import adopt_assignment
from uppsikt.savings.values import AssignmentFacts

BUDGET = """beslut;beslutsdatum;typ;text;period;enhet;konto;belopp
Ks 1/2021;2021-11-23;ursprunglig;Budget 2022;2022;4210;5;2000000
Ks 1/2021;2021-11-23;ursprunglig;Budget 2022;2022;4220;5;1000000
Ks 1/2021;2021-11-23;ursprunglig;Budget 2022;2022;4220;6;500000
"""
STAFF = AllocationKey(KeyKind.BUDGET, ("4210", "4220"), "5")
FACTS = AssignmentFacts(
    "uppdraget", "Utvecklingsuppdrag", {2022: 900_000_00}, "42", "6", "Ks 2/2021", date(2021, 12, 1), STAFF
)


@pytest.fixture
def adopted(db: None) -> None:
    """The assignment of 900 000 kr, decided."""
    code_registers()
    assert not budget(BUDGET).is_refused
    done = adopt_assignment(actor=LOCAL, facts=FACTS, as_of=TODAY)
    assert not done.findings, done.findings
