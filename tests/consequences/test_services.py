"""Adoption takes structure, budget and roles together, or nothing of it."""

from __future__ import annotations

from datetime import date

import pytest
from django.contrib.auth.models import User

from tests.conftest import actor_with
from tests.consequences.municipality import CLOSED, JULY, KEY, MERGED, SPLIT, codes, draft, event, person, rule
from tests.planning.samples import LOCAL, TODAY, budget
from uppsikt.audit.actors import Actor, NotAllowed, Role, Verb, may
from uppsikt.audit.models import Event
from uppsikt.audit.services import actor_of
from uppsikt.coding.events import Event as CodeEvent
from uppsikt.coding.events import EventKind, ReorganisationFacts, State
from uppsikt.coding.selectors import code_plan, reorganisation
from uppsikt.consequences import Annulling, adopt, annul, consequences
from uppsikt.core.findings import NotFound
from uppsikt.planning.kinds import BudgetKind
from uppsikt.planning.models import BudgetEntry
from uppsikt.planning.selectors import budget_at, budget_entries

pytestmark = pytest.mark.usefixtures("municipality")
YEAR_END = date(2022, 12, 31)


def by_unit() -> dict[str, int]:
    sums: dict[str, int] = {}
    for (unit, _), ore in budget_at(YEAR_END, 2022).by_unit_account.items():
        sums[unit] = sums.get(unit, 0) + ore
    return sums


def nothing_is_changed(events: int) -> bool:
    return (
        reorganisation(KEY).state is State.DRAFT
        and code_plan().entry("unit", "4210", YEAR_END) is not None
        and BudgetEntry.objects.count() == 1
        and Event.objects.count() == events
    )


def test_structure_budget_and_roles_are_adopted_together() -> None:
    anna = person("anna", "4210")
    draft(MERGED)
    adoption = adopt(actor=LOCAL, key=KEY, as_of=TODAY, with_budget=True, with_roles=True)
    assert adoption.findings == ()
    assert adoption.budget is not None
    assert (adoption.budget.added, adoption.budget.amount_ore, len(adoption.roles)) == (1, 0, 1)
    assert code_plan().entry("unit", "4210", JULY) is None
    assert by_unit() == {"4210": 600_00, "4220": 700_01 - 80_00 + 40_00}
    entry = budget_entries()[-1]
    assert (entry.kind, entry.decision_reference, entry.text) == (
        BudgetKind.REORGANISATION,
        "Ks 5/2022",
        "Stödet samlas",
    )
    path = code_plan().path("unit", "4220", JULY)
    assert may(actor_of(anna), Verb.SUBMIT_FORECAST, path, JULY)
    assert not may(actor_of(anna), Verb.SUBMIT_FORECAST, path, date(2022, 6, 30))
    assert consequences(KEY).findings == ()
    assert consequences(KEY).transfer == ()


def test_the_structure_may_be_adopted_alone_and_what_is_left_is_said() -> None:
    person("anna", "4210")
    draft(MERGED)
    adoption = adopt(actor=LOCAL, key=KEY, as_of=TODAY)
    assert (adoption.findings, adoption.budget, adoption.roles) == ((), None, ())
    assert by_unit()["4210"] == 600_00 + 700_01 - 80_00
    assert User.objects.get().roles.count() == 1  # type: ignore[attr-defined]
    assert codes(consequences(KEY).findings) == ["C062", "C064"]


def test_a_dry_run_tells_it_all_and_changes_nothing() -> None:
    person("anna", "4210")
    draft(SPLIT)
    events = Event.objects.count()
    adoption = adopt(actor=LOCAL, key=KEY, as_of=TODAY, with_budget=True, with_roles=True, dry_run=True)
    assert not adoption.is_refused
    assert adoption.budget is not None
    assert adoption.budget.line_count == 6
    assert nothing_is_changed(events)


def test_a_draft_in_error_is_refused_with_its_budget_and_roles() -> None:
    person("anna", "4210")
    draft(MERGED, facts=ReorganisationFacts(KEY, "Stödet samlas"))
    events = Event.objects.count()
    adoption = adopt(actor=LOCAL, key=KEY, as_of=TODAY, with_budget=True, with_roles=True)
    assert adoption.is_refused
    assert nothing_is_changed(events)


def test_where_the_budget_is_refused_the_structure_is_too() -> None:
    """A project that opens in November can't have budget in July: the journal refuses the entry."""
    head = "beslut;beslutsdatum;slag;text;period;enhet;konto;projekt;belopp\n"
    assert budget(head + "Ks 2;2022-01-01;original;Projekt;202211;4210;60;100;5\n").added == 1
    BudgetEntry.objects.get(decision_reference="Ks 2").lines.update(period=202207)
    draft(MERGED)
    events = Event.objects.count()
    adoption = adopt(actor=LOCAL, key=KEY, as_of=TODAY, with_budget=True)
    assert adoption.is_refused
    assert set(codes(adoption.findings)) == {"P003"}
    assert reorganisation(KEY).state is State.DRAFT
    assert code_plan().entry("unit", "4210", YEAR_END) is not None
    assert Event.objects.count() == events
    assert "P003" in codes(consequences(KEY).findings)


def test_a_controller_adopts_with_the_budget_but_hands_out_no_roles(controller: Actor) -> None:
    person("anna", "4210")
    draft(MERGED)
    events = Event.objects.count()
    with pytest.raises(NotAllowed):
        adopt(actor=controller, key=KEY, as_of=TODAY, with_budget=True, with_roles=True)
    assert nothing_is_changed(events)
    assert adopt(actor=controller, key=KEY, as_of=TODAY, with_budget=True).findings == ()


@pytest.mark.parametrize("role", [Role.READER, Role.MANAGER, Role.DIRECTOR, Role.AUDITOR])
def test_who_may_not_reorganise_may_not_adopt(role: Role) -> None:
    draft(MERGED)
    events = Event.objects.count()
    with pytest.raises(NotAllowed):
        adopt(actor=actor_with(role), key=KEY, as_of=TODAY)
    assert nothing_is_changed(events)


def test_a_reorganisation_that_moves_no_budget_makes_no_entry() -> None:
    draft(CLOSED)
    adoption = adopt(actor=LOCAL, key=KEY, as_of=TODAY, with_budget=True)
    assert (adoption.budget, adoption.is_refused) == (None, False)
    assert BudgetEntry.objects.count() == 1


def test_an_unknown_reorganisation_is_not_found() -> None:
    with pytest.raises(NotFound):
        adopt(actor=LOCAL, key="finns-inte", as_of=TODAY)


def test_budget_that_came_later_is_proposed_as_the_decisions_next_entry() -> None:
    head = "beslut;beslutsdatum;slag;text;period;enhet;konto;belopp\n"
    draft(MERGED)
    late = "".join(f"Ks 9;2022-06-01;omorganisation;Sent;202209;{row}\n" for row in ("4220;60;-9", "4210;60;9"))
    adopt(actor=LOCAL, key=KEY, as_of=TODAY, with_budget=True)
    assert budget(head + late).added == 1
    brought = consequences(KEY)
    assert codes(brought.findings) == ["C062", "C068"]
    assert [(row.codes.unit, row.amount_ore, row.text) for row in brought.transfer] == [
        ("4210", -9_00, "Stödet samlas, 2"),
        ("4220", 9_00, "Stödet samlas, 2"),
    ]


def test_a_part_that_was_moved_by_decision_is_not_moved_again() -> None:
    draft(event(EventKind.TRANSFER, "4210", rule(("4220", 1), ("4210", 1))))
    assert sum(abs(row.amount_ore) for row in consequences(KEY).transfer) > 0
    adopt(actor=LOCAL, key=KEY, as_of=TODAY, with_budget=True)
    assert consequences(KEY).transfer == ()
    assert [entry.decision_reference for entry in budget_entries()] == ["Ks 1", "Ks 5/2022"]


OPENED = CodeEvent(0, EventKind.OPEN, "unit", JULY, "4215", "Digitalt", code_kind="department", parent="42")
BEFORE = {"4210": 600_00 + 700_01 - 80_00, "4220": 40_00}


def annulled(key: str = KEY, decision: str = "Ks 7", *, with_budget: bool = True, dry_run: bool = False) -> Annulling:
    return annul(
        actor=LOCAL,
        key=key,
        decision=decision,
        decided_on=date(2022, 8, 1),
        as_of=TODAY,
        with_budget=with_budget,
        dry_run=dry_run,
    )


def opened_and_moved(key: str = KEY, name: str = "Stödet samlas") -> None:
    facts = ReorganisationFacts(key, name, "Ks 5/2022", date(2022, 5, 2), "")
    draft(OPENED, event(EventKind.MERGE, "4210", rule(("4215", 1))), facts=facts)
    assert adopt(actor=LOCAL, key=key, as_of=TODAY, with_budget=True).budget is not None


def test_an_annulment_takes_the_budget_back_from_codes_that_then_are_no_more() -> None:
    opened_and_moved()
    assert by_unit() == {"4210": 600_00, "4215": 620_01, "4220": 40_00}
    assert consequences(KEY).moved
    result = annulled()
    assert (result.findings, result.is_refused) == ((), False)
    assert result.budget is not None
    assert (result.budget.added, result.budget.line_count) == (1, 4)
    assert {unit: ore for unit, ore in by_unit().items() if ore} == BEFORE
    entry = next(own for own in budget_entries() if own.decision_reference == "Ks 7")
    assert (entry.kind, entry.text) == (BudgetKind.REORGANISATION, "Stödet samlas (upphävd)")
    assert not code_plan().knows("unit", "4215")
    assert consequences(KEY).findings == ()


def test_the_budget_may_be_left_and_a_dry_run_takes_it_back_again() -> None:
    opened_and_moved()
    assert annulled(dry_run=True).budget is not None
    assert by_unit()["4215"] == 620_01
    assert reorganisation(KEY).state is State.ADOPTED
    result = annulled(with_budget=False)
    assert (codes(result.findings), result.budget) == (["C070", "C069"], None)
    assert by_unit()["4215"] == 620_01


def test_an_annulment_without_its_decision_takes_nothing_back() -> None:
    opened_and_moved()
    entries = BudgetEntry.objects.count()
    assert annulled(decision="").is_refused
    assert BudgetEntry.objects.count() == entries


def test_who_may_not_decide_budget_may_not_annul() -> None:
    opened_and_moved()
    with pytest.raises(NotAllowed):
        annul(actor=actor_with(Role.READER), key=KEY, decision="Ks 7", decided_on=JULY, as_of=TODAY)
    assert reorganisation(KEY).state is State.ADOPTED


def test_what_is_decided_anew_after_an_annulment_is_moved_and_taken_back_once() -> None:
    opened_and_moved()
    annulled()
    opened_and_moved("stodet-samlas-2")
    assert by_unit()["4215"] == 620_01
    assert consequences(KEY).findings == ()
    annulled("stodet-samlas-2")
    assert {unit: ore for unit, ore in by_unit().items() if ore} == BEFORE
    assert consequences("stodet-samlas-2").findings == ()


def test_a_decision_behind_two_reorganisations_takes_back_the_budget_of_the_annulled_one_alone() -> None:
    opened_and_moved()
    other = ReorganisationFacts("ekonomi", "Ekonomin", "Ks 5/2022", date(2022, 5, 2), "")
    draft(event(EventKind.MERGE, "4220", rule(("4290", 1))), facts=other)
    adopt(actor=LOCAL, key="ekonomi", as_of=TODAY, with_budget=True)
    annulled()
    assert {unit: ore for unit, ore in by_unit().items() if ore} == {"4210": BEFORE["4210"], "4290": 40_00}
