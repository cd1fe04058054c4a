"""Savings assignments in the budget journal: decided, distributed, taken back, planned."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from django.db import IntegrityError
from django.test.utils import CaptureQueriesContext
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from tests.conftest import actor_with
from tests.planning.samples import LOCAL, TODAY, budget, code_registers
from tests.savings.conftest import BUDGET, FACTS, STAFF
from uppsikt.audit.actors import NotAllowed, Role
from uppsikt.audit.models import Event
from uppsikt.core.findings import NotFound
from uppsikt.planning.models import BudgetEntry
from uppsikt.planning.selectors import budget_at
from uppsikt.planning.verify import verify_plan
from uppsikt.savings.keys import AllocationKey, KeyKind
from uppsikt.savings.models import Assignment, AssignmentEntry
from uppsikt.savings.selectors import assignment, assignments
from uppsikt.savings.services import adopt_assignment, bring_along, link_entry, save_plan, settle_part, take_back_part
from uppsikt.savings.values import Link, PlanRow, SavingsChange

DAY = date(2022, 2, 22)


def settle(kronor: int, text: str = "Första delen", **more: Any) -> SavingsChange:
    facts: dict[str, Any] = {"actor": LOCAL, "decision": "Ks 3/2022", "decided_on": DAY, "as_of": TODAY}
    facts |= {"key": "uppdraget"} | more
    return settle_part(amount_ore=kronor * 100, text=text, **facts)


def on(day: date) -> dict[tuple[str, str], int]:
    return {codes: ore // 100 for codes, ore in budget_at(day, 2022).by_unit_account.items()}


def codes(change: SavingsChange) -> list[str]:
    return [finding.code for finding in change.findings]


def test_deciding_lowers_the_holding_units_budget_by_the_total(adopted: None) -> None:
    assert on(TODAY)["42", "6"] == -900_000
    row = assignment("uppdraget")
    assert (row.total_ore, row.settled_ore, row.remaining_ore) == (900_000_00, 0, 900_000_00)
    assert row.decision
    assert row.decision.decision == "Ks 2/2021"


def test_settling_moves_the_part_by_staff_budget_and_no_money_is_made(adopted: None) -> None:
    before = budget_at(TODAY, 2022).amount_ore
    tried = settle(100_000, dry_run=True)
    assert assignment("uppdraget").settled_ore == 0
    done = settle(100_000)
    assert done.parts == tried.parts
    assert [(part.unit, part.weight, part.amount_ore) for part in done.parts] == [
        ("4210", 2_000_000_00, 66_667_00),
        ("4220", 1_000_000_00, 33_333_00),
    ]
    assert budget_at(TODAY, 2022).amount_ore == before
    assert on(TODAY)["42", "6"] == -800_000
    assert on(TODAY)["4210", "5"] == 2_000_000 - 66_667
    row = assignment("uppdraget")
    assert (row.total_ore, row.settled_ore, row.remaining_ore) == (900_000_00, 100_000_00, 800_000_00)
    assert row.settled_by_unit == {"4210": 66_667_00, "4220": 33_333_00}
    assert verify_plan() == []


def test_the_same_decision_twice_is_one_distribution(adopted: None) -> None:
    assert settle(100_000).is_done
    again = settle(100_000)
    assert not again.is_refused
    assert not again.is_done
    assert Event.objects.filter(verb="settle-savings").count() == 1
    assert assignment("uppdraget").settled_ore == 100_000_00
    assert codes(settle(200_000)) == ["P026"]  # held otherwise


def test_no_more_than_what_remains_and_nothing_but_whole_kronor(adopted: None) -> None:
    assert codes(settle(900_001)) == ["S005"]
    ore = settle_part(
        actor=LOCAL, key="uppdraget", amount_ore=150, decision="Ks 3/2022", decided_on=DAY, text="Öre", as_of=TODAY
    )
    assert codes(ore) == ["S004"]
    assert not settle(900_000).is_refused
    assert assignment("uppdraget").remaining_ore == 0


def test_another_key_can_be_used_for_a_part(adopted: None) -> None:
    by_hand = AllocationKey(KeyKind.BY_HAND, ("4210", "4220"), "5", (1, 3))
    assert [part.amount_ore for part in settle(100_000, allocation=by_hand).parts] == [25_000_00, 75_000_00]
    no_base = AllocationKey(KeyKind.BUDGET, ("4290",), "5")
    assert codes(settle(100_000, "Andra delen", allocation=no_base)) == ["S006"]


OVER_YEARS = replace(FACTS, key="aren", parts_ore={2022: 400_000_00, 2023: 300_000_00, 2024: 200_000_00})


def years(key: str = "aren") -> dict[int, tuple[int, ...]]:
    """By year, kronor: its part, what was brought, settled, passed on, what remains."""
    return {
        own.year: tuple(
            ore // 100
            for ore in (own.part_ore, own.brought_ore, own.settled_ore, own.passed_on_ore, own.remaining_ore)
        )
        for own in assignment(key).years
    }


def bring(year: int, text: str = "Återstår") -> SavingsChange:
    facts: dict[str, Any] = {"decision": "Ks 5/2022", "decided_on": TODAY, "text": text, "as_of": TODAY}
    return bring_along(actor=LOCAL, key="aren", year=year, **facts)


def test_each_years_part_lowers_that_years_budget(db: None) -> None:
    code_registers()
    budget(BUDGET)
    assert adopt_assignment(actor=LOCAL, facts=OVER_YEARS, as_of=TODAY).is_done
    assert [budget_at(TODAY, year).by_unit_account["42", "6"] for year in (2022, 2023, 2024)] == [
        -400_000_00,
        -300_000_00,
        -200_000_00,
    ]
    settle(100_000, key="aren")
    done = settle(30_000, "Tidigt", key="aren", year=2024)
    # 2024 has no staff budget yet: that of 2022, the latest before it, is the key
    assert [part.amount_ore for part in done.parts] == [20_000_00, 10_000_00]
    assert codes(settle(300_001, "För mycket", key="aren", year=2023)) == ["S005"]
    assert years() == {
        2022: (400_000, 0, 100_000, 0, 300_000),
        2023: (300_000, 0, 0, 0, 300_000),
        2024: (200_000, 0, 30_000, 0, 170_000),
    }
    row = assignment("aren")
    assert (row.total_ore, row.settled_ore, row.remaining_ore) == (900_000_00, 130_000_00, 770_000_00)
    assert verify_plan() == []


def test_what_remains_is_brought_along_once_and_each_krona_remains_in_one_year(db: None) -> None:
    code_registers()
    budget(BUDGET)
    adopt_assignment(actor=LOCAL, facts=OVER_YEARS, as_of=TODAY)
    settle(100_000, key="aren")
    assert bring(2022).is_done
    assert codes(bring(2022, "Igen")) == ["S014"]
    assert years()[2022] == (400_000, 0, 100_000, 300_000, 0)
    assert years()[2023] == (300_000, 300_000, 0, 0, 600_000)
    row = assignment("aren")
    assert (row.total_ore, row.settled_ore, row.remaining_ore) == (900_000_00, 100_000_00, 800_000_00)
    assert row.open_years == (2023, 2024)
    assert codes(settle(1, "För sent", key="aren", year=2022)) == ["S005"]
    (brought,) = [entry.id for entry in row.entries if entry.link is Link.BROUGHT]
    assert take_back(brought, "Ks 6/2022", key="aren").is_done
    assert years()[2022][-1] == 300_000
    assert years()[2023] == (300_000, 0, 0, 0, 300_000)
    assert codes(take_back(brought, "Ks 7/2022", key="aren")) == ["S013"]
    assert bring(2022, "På nytt").is_done
    assert settle(600_000, "Allt", key="aren", year=2023).is_done
    (brought, *_) = [entry.id for entry in assignment("aren").entries if entry.text == "På nytt"]
    assert codes(take_back(brought, "Ks 8/2022", key="aren")) == ["S013"]  # it is settled
    assert Event.objects.filter(verb="bring-savings-along").count() == 3


def take_back(entry: int, decision: str = "Ks 4/2022", key: str = "uppdraget") -> SavingsChange:
    facts: dict[str, Any] = {"decided_on": TODAY, "text": "Återtas", "as_of": TODAY}
    return take_back_part(actor=LOCAL, key=key, entry=entry, decision=decision, **facts)


def test_a_distribution_is_taken_back_by_an_entry_of_its_own(adopted: None) -> None:
    settle(100_000)
    entry = assignment("uppdraget").entries[-1].id
    before = BudgetEntry.objects.count()
    assert take_back(entry).is_done
    assert BudgetEntry.objects.count() == before + 1
    row = assignment("uppdraget")
    assert (row.settled_ore, row.remaining_ore) == (0, 900_000_00)
    assert on(TODAY)["4210", "5"] == 2_000_000


def test_a_distribution_is_taken_back_once_and_a_taking_back_never(adopted: None) -> None:
    settle(100_000)
    settle(50_000, "Andra delen")  # so that something is settled all the time
    first, second = (own.id for own in assignment("uppdraget").entries[1:])
    assert take_back(first).is_done
    row = assignment("uppdraget")
    taking_back = next(own for own in row.entries if own.reverses == first)
    assert row.reversible == {second}
    for entry in (first, taking_back.id):
        assert codes(take_back(entry, "Ks 5/2022")) == ["S013"]
    with pytest.raises(NotFound):
        take_back(assignment("uppdraget").entries[0].id)  # the decision itself
    assert codes(take_back(second)) == ["S010"]  # that decision has taken another back
    assert assignment("uppdraget").settled_ore == 50_000_00
    with pytest.raises(IntegrityError):  # nor does the database let it be
        AssignmentEntry.objects.filter(entry=second).update(reverses=AssignmentEntry.objects.get(entry=first))


def test_what_another_assignment_has_is_not_taken_for_this_ones(adopted: None) -> None:
    equal = AllocationKey(KeyKind.EQUAL, ("4210", "4220"))
    assert settle(100_000, allocation=equal).is_done
    adopt_assignment(actor=LOCAL, facts=replace(NEW, allocation=equal), as_of=TODAY)
    for dry_run in (True, False):
        assert codes(settle(100_000, key="ny", allocation=equal, dry_run=dry_run)) == ["S010"]
    assert settle(100_000, "Första delen av det nya", key="ny", allocation=equal).is_done
    assert [own.settled_ore for own in assignments()] == [100_000_00, 100_000_00]


def test_what_the_journal_holds_is_linked_and_no_money_moves(db: None) -> None:
    code_registers()
    held = BUDGET + "Ks 2/2021;2021-12-01;effektivisering;Utvecklingsuppdrag;2022;42;6;-900000\n"
    held += "Ks 3/2022;2022-02-22;ombudgetering;Del ett;2022;42;6;90000\n"
    held += "Ks 3/2022;2022-02-22;ombudgetering;Del ett;2022;4210;5;-90000\n"
    assert not budget(held).is_refused
    before = on(TODAY)
    assert not adopt_assignment(actor=LOCAL, facts=FACTS, as_of=TODAY).is_refused
    part = ("Ks 3/2022", "transfer", "Del ett", 2022)
    assert not link_entry(actor=LOCAL, key="uppdraget", entry=part, as_of=TODAY).is_refused
    assert on(TODAY) == before
    row = assignment("uppdraget")
    assert (row.total_ore, row.settled_ore, row.remaining_ore) == (900_000_00, 90_000_00, 810_000_00)
    assert codes(link_entry(actor=LOCAL, key="uppdraget", entry=part, as_of=TODAY)) == ["S010"]
    other = ("Ks 1/2021", "original", "Budget 2022", 2022)
    assert codes(link_entry(actor=LOCAL, key="uppdraget", entry=other, as_of=TODAY)) == ["S010"]
    with pytest.raises(NotFound) as refused:
        link_entry(actor=LOCAL, key="uppdraget", entry=("Ks 9/2022", "transfer", "Ingen", 2022), as_of=TODAY)
    assert refused.value.finding.code == "S009"
    with pytest.raises(NotFound) as refused:
        assignment("saknas")
    assert refused.value.finding.code == "S001"


NEW = replace(FACTS, key="ny", title="Nytt uppdrag")


ODD = (
    (FACTS, "S002"),
    (replace(NEW, key="Två ord"), "S003"),
    (replace(NEW, parts_ore={2022: -5}), "S004"),
    (replace(NEW, parts_ore={22: 100}), "S011"),
    (replace(NEW, allocation=replace(STAFF, units=("42",))), "S007"),
    (replace(NEW, allocation=replace(STAFF, units=("4210", "4210"))), "S007"),
    (replace(NEW, allocation=replace(STAFF, account="99")), "S008"),
    (replace(NEW, allocation=AllocationKey(KeyKind.BY_HAND, ("4210",), "", (0,))), "S006"),
    (replace(FACTS, key="ny"), "S010"),
    (replace(NEW, unit="4711"), "P002"),
)


def test_what_is_wrong_with_an_assignment_is_said(adopted: None) -> None:
    for facts, code in ODD:
        done = adopt_assignment(actor=LOCAL, facts=facts, as_of=TODAY)
        assert codes(done)[0] == code, facts
    assert Assignment.objects.count() == 1


def test_the_plan_is_written_anew_and_the_log_keeps_each(adopted: None) -> None:
    rows = [PlanRow("4210", 300_000_00, date(2023, 6, 30), "Färre lokaler")]
    assert save_plan(actor=LOCAL, key="uppdraget", rows=rows, as_of=TODAY).findings == ()
    rows.append(PlanRow("4220", 200_000_00, date(2023, 12, 31), "NOD-uppdraget"))
    save_plan(actor=LOCAL, key="uppdraget", rows=rows, as_of=TODAY)
    assert assignment("uppdraget").planned_ore == 500_000_00
    assert Event.objects.filter(verb="plan-savings").count() == 2
    odd = [PlanRow("4711", 0, date(2023, 1, 1), "")]
    assert codes(save_plan(actor=LOCAL, key="uppdraget", rows=odd, as_of=TODAY)) == ["S008", "S012", "P009"]
    assert assignment("uppdraget").planned_ore == 500_000_00


def test_only_those_who_edit_the_budget_decide(adopted: None) -> None:
    controller, manager = actor_with(Role.CONTROLLER, "42"), actor_with(Role.MANAGER, "42")
    assert not settle(10_000, actor=controller).is_refused
    with pytest.raises(NotAllowed):
        settle(10_000, "Andra", actor=manager)
    with pytest.raises(NotAllowed):
        save_plan(actor=manager, key="uppdraget", rows=[], as_of=TODAY)
    with pytest.raises(NotAllowed):
        adopt_assignment(actor=manager, facts=replace(FACTS, key="ny"), as_of=TODAY)
    with pytest.raises(NotAllowed):  # the units that bear it are another's
        settle(10_000, "Tredje", actor=actor_with(Role.CONTROLLER, "4210"))


def test_reading_costs_four_queries(adopted: None, django_assert_num_queries: Any) -> None:
    settle(100_000)
    with django_assert_num_queries(4) as queries:
        rows = assignments()
    assert isinstance(queries, CaptureQueriesContext)
    assert [row.key for row in rows] == ["uppdraget"]


class TestSums(TestCase):
    """Whatever is distributed in whatever steps, total, settled and remaining belong together."""

    @settings(max_examples=15)
    @given(st.lists(st.integers(1, 400_000), min_size=1, max_size=4))
    def test_sums_are_preserved(self, steps: list[int]) -> None:
        code_registers()
        budget(BUDGET)
        adopt_assignment(actor=LOCAL, facts=FACTS, as_of=TODAY)
        before, settled = budget_at(TODAY, 2022).amount_ore, 0
        for number, kronor in enumerate(steps):
            done = settle(kronor, f"Del {number}")
            assert done.is_refused == (settled + kronor > 900_000)
            settled += 0 if done.is_refused else kronor
        row = assignment("uppdraget")
        assert row.total_ore == 900_000_00 == row.settled_ore + row.remaining_ore
        assert row.settled_ore == settled * 100 == sum(row.settled_by_unit.values())
        assert budget_at(TODAY, 2022).amount_ore == before
