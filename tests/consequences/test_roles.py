"""People whose unit goes: the same role on the one successor, a choice where there are several."""

from __future__ import annotations

from datetime import date

from tests.figures.helpers import plan_of
from uppsikt.audit.actors import WHOLE, Role
from uppsikt.coding.events import Event, EventKind, Reorganisation
from uppsikt.coding.reorganising import with_events
from uppsikt.consequences.endings import endings
from uppsikt.consequences.roles import HeldRole, ProposedRole, proposed_roles, role_findings
from uppsikt.core.changes import Portion, SuccessionRule
from uppsikt.core.findings import Finding
from uppsikt.core.periods import BEGINNING, FOREVER

JULY = date(2022, 7, 1)
BASE = plan_of({"unit": {"KS": None, "40": "KS", "4210": "40", "4220": "40", "50": "KS", "5010": "50"}})


def held(person: str, unit: str, role: Role = Role.MANAGER, end: date = FOREVER, start: date = BEGINNING) -> HeldRole:
    return HeldRole(sum(map(ord, person)), person, role, unit, start, end)


def event(kind: EventKind, code: str, *targets: str, parent: str | None = None) -> Event:
    rules = (SuccessionRule(tuple(Portion(target) for target in targets)),) if targets else ()
    return Event(1, kind, "unit", JULY, code, parent=parent, rules=rules)


def outcome(own: Event, *roles: HeldRole) -> tuple[list[ProposedRole], list[Finding]]:
    reorganisation = Reorganisation("prov", "Prov", events=(own,))
    plan = with_events(BASE, [reorganisation]).plan
    ended = endings(reorganisation, plan)
    return proposed_roles(ended, roles, plan), list(role_findings(ended, [own], roles, plan, "prov"))


def codes(findings: list[Finding]) -> list[str]:
    return [finding.code for finding in findings]


def test_the_manager_of_a_merged_unit_gets_the_same_role_on_its_successor_from_the_day() -> None:
    anna = held("anna", "4210", end=date(2023, 1, 1))
    proposed, findings = outcome(event(EventKind.MERGE, "4210", "5010"), anna, held("olle", "4220"))
    assert proposed == [
        ProposedRole(anna.user_id, "anna", Role.MANAGER, "4210", "5010", JULY, date(2023, 1, 1)),
    ]
    assert codes(findings) == ["C064"]
    assert findings[0].facts["person"] == "anna"
    assert findings[0].facts["role"] == "chef"


def test_a_role_that_begins_later_begins_as_late_on_the_successor() -> None:
    later = date(2022, 9, 1)
    proposed, _ = outcome(event(EventKind.MERGE, "4210", "5010"), held("anna", "4210", start=later))
    assert [own.valid_from for own in proposed] == [later]


def test_who_answers_for_the_successor_already_needs_nothing() -> None:
    merged = event(EventKind.MERGE, "4210", "4220")
    for other in ("4220", "40", WHOLE):
        assert outcome(merged, held("anna", "4210"), held("anna", other)) == ([], [])
    assert codes(outcome(merged, held("anna", "4210"), held("anna", "40", Role.READER))[1]) == ["C064"]
    assert codes(outcome(merged, held("anna", "4210"), held("anna", "40", end=JULY))[1]) == ["C064"]


def test_a_role_that_is_over_by_then_is_nobodys_concern() -> None:
    assert outcome(event(EventKind.MERGE, "4210", "4220"), held("anna", "4210", end=JULY)) == ([], [])


def test_with_several_successors_or_none_a_person_must_choose() -> None:
    for own in (event(EventKind.SPLIT, "4210", "4220", "5010"), event(EventKind.CLOSE, "4210")):
        proposed, findings = outcome(own, held("anna", "4210"))
        assert proposed == []
        assert codes(findings) == ["C065"]


def test_a_unit_that_moves_changes_hands_between_those_above_it() -> None:
    moved = event(EventKind.MOVE, "4210", parent="50")
    _, findings = outcome(moved, held("anna", "40"), held("olle", "50", Role.DIRECTOR), held("eva", "KS"))
    assert codes(findings) == ["C066"]
    assert (findings[0].facts["losing"], findings[0].facts["gaining"]) == ("anna (chef)", "olle (direktör)")


def test_a_move_that_changes_nobodys_rights_is_not_mentioned() -> None:
    moved = event(EventKind.MOVE, "4210", parent="50")
    assert outcome(moved, held("eva", "KS"), held("anna", "4210")) == ([], [])
    assert outcome(moved, held("anna", "40"), held("anna", "50")) == ([], [])
