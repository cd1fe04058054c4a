from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Literal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.coding.test_services import UNITS, take_in
from tests.conftest import actor_with
from uppsikt.audit.actors import Actor, NotAllowed, Role
from uppsikt.audit.models import Event as LogEvent
from uppsikt.audit.services import verify_chain
from uppsikt.coding.event_findings import (
    CODE_UNKNOWN,
    CONDITIONS_TWICE,
    EVENT_TWICE,
    FACT_MISSING,
    KEY_MISSING,
    KEY_ODD,
    NO_EVENTS,
    NOT_A_DRAFT,
    NOT_ADOPTED,
    SHARE_UNREADABLE,
)
from uppsikt.coding.events import Event, EventKind, ReorganisationFacts, State
from uppsikt.coding.findings import DATE_UNREADABLE, TEXT_ODD
from uppsikt.coding.models import RegisterRevision
from uppsikt.coding.reorganisation_services import (
    EventsImport,
    ReorganisationResult,
    adopt_reorganisation,
    annul_reorganisation,
    discard_draft,
    import_events,
    save_draft,
)
from uppsikt.coding.selectors import base_plan, code_plan, export_events, folded, reorganisation, reorganisations
from uppsikt.core.changes import Portion, SuccessionRule
from uppsikt.core.findings import NotFound

pytestmark = pytest.mark.django_db

DAY = date(2023, 1, 1)
TODAY = date(2022, 11, 1)
FACTS = ReorganisationFacts("ny-organisation", "Ny organisation", "KF § 12", date(2022, 10, 1))
OPEN = Event(1, EventKind.OPEN, "unit", DAY, "4310", "Digitalt", "unit", "42")
MERGE = Event(2, EventKind.MERGE, "unit", DAY, "4210", rules=(SuccessionRule((Portion("4310"),)),))


def drafted(actor: Actor, *events: Event, facts: ReorganisationFacts = FACTS) -> ReorganisationResult:
    return save_draft(actor=actor, facts=facts, events=events, as_of=TODAY)


def adopted(actor: Actor, *events: Event, facts: ReorganisationFacts = FACTS) -> ReorganisationResult:
    drafted(actor, *events, facts=facts)
    return adopt_reorganisation(actor=actor, key=facts.key, as_of=TODAY)


def codes(result: ReorganisationResult | EventsImport) -> list[str]:
    return [finding.code for finding in result.findings]


@pytest.fixture(autouse=True)
def units(local: Actor) -> None:
    take_in(local, UNITS)


def test_a_draft_changes_the_plan_only_for_whoever_asks_for_it(local: Actor) -> None:
    assert drafted(local, OPEN, MERGE).key == "ny-organisation"
    assert not code_plan().knows("unit", "4310")
    assert code_plan("ny-organisation").name("unit", "4310", DAY) == "Digitalt"
    assert code_plan("ny-organisation").entry("unit", "4210", DAY) is None
    assert len(code_plan("ny-organisation").changes) == 2


def test_an_adopted_reorganisation_is_in_the_plan_and_leaves_the_registers_alone(local: Actor) -> None:
    assert not adopted(local, OPEN, MERGE).is_refused
    assert code_plan().children("unit", "42", DAY) == ["4290", "4310"]
    assert not base_plan().knows("unit", "4310")
    assert reorganisation("ny-organisation").position == 1
    assert code_plan("ny-organisation") is code_plan()


def test_a_draft_keeps_its_faults_and_they_stop_its_adoption(local: Actor) -> None:
    result = drafted(local, MERGE)
    assert (codes(result), result.key) == ([CODE_UNKNOWN], "ny-organisation")
    assert codes(adopt_reorganisation(actor=local, key=FACTS.key, as_of=TODAY)) == [CODE_UNKNOWN]
    assert reorganisation(FACTS.key).state is State.DRAFT
    assert drafted(local, OPEN, MERGE).findings == ()
    assert adopt_reorganisation(actor=local, key=FACTS.key, as_of=TODAY).findings == ()


def test_without_a_decision_and_events_there_is_no_adoption(local: Actor) -> None:
    drafted(local, facts=ReorganisationFacts("tom", "Tom"))
    result = adopt_reorganisation(actor=local, key="tom", as_of=TODAY)
    assert codes(result) == [FACT_MISSING, FACT_MISSING, NO_EVENTS]


def test_what_is_adopted_is_neither_changed_nor_discarded_nor_adopted_again(local: Actor) -> None:
    adopted(local, OPEN, MERGE)
    assert codes(drafted(local, OPEN)) == [NOT_A_DRAFT]
    assert codes(discard_draft(actor=local, key=FACTS.key, as_of=TODAY)) == [NOT_A_DRAFT]
    assert codes(adopt_reorganisation(actor=local, key=FACTS.key, as_of=TODAY)) == [NOT_A_DRAFT]
    assert reorganisation(FACTS.key).events == (OPEN, MERGE)


def test_annulling_restores_what_was_and_keeps_what_was_decided(local: Actor) -> None:
    before = code_plan().content_hash
    adopted(local, OPEN, MERGE)
    assert code_plan().content_hash != before
    result = annul_reorganisation(
        actor=local, key=FACTS.key, decision="KF § 20", decided_on=TODAY, text="Återtaget", as_of=TODAY
    )
    assert result.findings == ()
    assert code_plan().content_hash == before
    held = reorganisation(FACTS.key)
    assert held.events == (OPEN, MERGE)
    assert held.annulment is not None
    assert held.annulment.decision == "KF § 20"


def test_a_draft_cannot_be_annulled_and_annulling_needs_a_decision(local: Actor) -> None:
    drafted(local, OPEN, MERGE)
    facts = {"key": FACTS.key, "decision": "KF § 20", "decided_on": TODAY, "as_of": TODAY}
    assert codes(annul_reorganisation(actor=local, **facts)) == [NOT_ADOPTED]  # type: ignore[arg-type]
    adopt_reorganisation(actor=local, key=FACTS.key, as_of=TODAY)
    undecided = annul_reorganisation(actor=local, key=FACTS.key, decision="", decided_on=None, as_of=TODAY)
    assert codes(undecided) == [FACT_MISSING, FACT_MISSING]
    unkept = annul_reorganisation(actor=local, **{**facts, "decision": "x" * 201})  # type: ignore[arg-type]
    assert codes(unkept) == [TEXT_ODD]
    annul_reorganisation(actor=local, text="Åter\0\ntaget", **facts)  # type: ignore[arg-type]
    annulment = reorganisation(FACTS.key).annulment
    assert annulment is not None
    assert annulment.text == "Åter taget"


def test_what_others_build_on_is_not_annulled(local: Actor) -> None:
    adopted(local, OPEN)
    later = ReorganisationFacts("senare", "Senare", "KF § 13", TODAY)
    adopted(local, Event(1, EventKind.CLOSE, "unit", date(2024, 1, 1), "4310"), facts=later)
    result = annul_reorganisation(actor=local, key=FACTS.key, decision="KF § 20", decided_on=TODAY, as_of=TODAY)
    assert codes(result) == ["C050", CODE_UNKNOWN]
    assert "senare#1" in result.findings[0].says
    assert reorganisation(FACTS.key).state is State.ADOPTED


def test_a_discarded_draft_is_gone_but_for_the_log(local: Actor) -> None:
    drafted(local, OPEN, MERGE)
    discard_draft(actor=local, key=FACTS.key, as_of=TODAY)
    assert reorganisations() == []
    with pytest.raises(NotFound):
        folded(FACTS.key)
    assert "4310" in LogEvent.objects.get(verb="discard-reorganisation").payload


def test_each_save_that_changes_something_is_logged_once(local: Actor) -> None:
    drafted(local, OPEN)
    drafted(local, OPEN)
    drafted(local, OPEN, MERGE)
    assert LogEvent.objects.filter(verb="save-reorganisation").count() == 2
    assert verify_chain() == []


def test_the_key_is_made_from_the_name_and_never_taken_twice(local: Actor) -> None:
    first = drafted(local, facts=ReorganisationFacts("", "Ny organisation år 2023"))
    second = drafted(local, facts=ReorganisationFacts("", "Ny organisation år 2023"))
    assert (first.key, second.key) == ("ny-organisation-ar-2023", "ny-organisation-ar-2023-2")
    assert codes(drafted(local, facts=ReorganisationFacts("Å!", "Å"))) == [KEY_ODD]


@pytest.mark.parametrize("role", [Role.CONTROLLER, Role.ADMINISTRATOR])
def test_controllers_of_the_whole_and_administrators_reorganise(role: Role) -> None:
    assert drafted(actor_with(role), OPEN).key


@pytest.mark.parametrize("actor", [actor_with(Role.DIRECTOR), actor_with(Role.CONTROLLER, "42")])
def test_others_may_not_nor_controllers_of_a_part(actor: Actor) -> None:
    with pytest.raises(NotAllowed):
        drafted(actor, OPEN)


def taken_in(actor: Actor, text: str, **more: object) -> EventsImport:
    return import_events(actor=actor, content=text.encode(), name="ändringar.csv", as_of=TODAY, **more)  # type: ignore[arg-type]


FILE = (
    "omorganisation;namn;beslut;beslutad;slag;gäller_från;kod;kodens_namn;överordnad;till\n"
    "ett;Ett;KF § 1;2022-10-01;öppna;2023-01-01;4310;Digitalt;42;\n"
    "två;Två;KF § 2;2022-10-02;slå ihop;2023-01-01;4210;;;4310\n"
).replace("två;", "tva;")


def test_a_file_of_events_becomes_drafts_tried_together(local: Actor) -> None:
    result = taken_in(local, FILE)
    assert (result.findings, result.saved, result.is_refused) == ((), ("ett", "tva"), False)
    assert [own.state for own in reorganisations()] == [State.DRAFT, State.DRAFT]
    assert LogEvent.objects.filter(verb="import-reorganisations").count() == 1


def test_a_fault_of_an_imported_event_is_told_at_its_row_and_kept_with_the_draft(local: Actor) -> None:
    result = taken_in(local, FILE.replace(";;;4310", ";;;4390"))
    assert [(own.code, own.at.line) for own in result.findings] == [(CODE_UNKNOWN, 3)]
    assert result.saved == ("ett", "tva")


def codes_by_line(result: EventsImport) -> list[tuple[str, int | None]]:
    return [(own.code, own.at.line) for own in result.findings]


def test_one_round_tells_every_fault_of_a_file_but_not_what_follows_from_them(local: Actor) -> None:
    head = "omorganisation;namn;händelse;slag;gäller_från;kod;kodens_namn;överordnad;till;andel\n"
    result = taken_in(
        local,
        head + "ett;Ett;1;öppna;2023-13-01;4310;Digitalt;42;;\n"  # no such day
        "ett;;2;slå ihop;2023-01-01;4210;;;4310;\n"  # leans on it
        "ett;;3;flytta;2023-01-01;4310;;40;;\n"  # leans on it
        "ett;;4;för över;2023-01-01;42;;;40;två\n"
        "ett;;5;stäng;2023-01-01;4299;;;;\n"
        "ett;;6;dela;2023-01-01;4298;;;4210;två\n",
    )
    assert codes_by_line(result) == [
        (DATE_UNREADABLE, 2),
        (SHARE_UNREADABLE, 5),
        (CODE_UNKNOWN, 6),
        (SHARE_UNREADABLE, 7),
        (CODE_UNKNOWN, 7),
    ]
    assert result.is_refused


def test_a_row_that_names_no_reorganisation_is_told_as_that(local: Actor) -> None:
    result = taken_in(local, FILE + ";;;;stäng;2023-01-01;4220;;;\n")
    assert codes_by_line(result) == [(KEY_MISSING, 4)]


@pytest.mark.parametrize("format", ["csv", "xlsx"])
def test_what_is_exported_changes_nothing_when_it_is_taken_in_again(
    local: Actor, format: Literal["csv", "xlsx"]
) -> None:
    taken_in(local, FILE)
    adopt_reorganisation(actor=local, key="ett", as_of=TODAY)
    logged = LogEvent.objects.count()
    result = import_events(actor=local, content=export_events(None, format), name=f"händelser.{format}", as_of=TODAY)
    assert (result.findings, result.saved, result.unchanged) == ((), (), ("ett", "tva"))
    assert LogEvent.objects.count() == logged


def test_a_file_that_says_otherwise_of_what_is_adopted_is_refused_whole(local: Actor) -> None:
    adopted(local, OPEN, MERGE)
    text = export_events(FACTS.key).decode("utf-8-sig").replace("Digitalt", "Annat")
    result = taken_in(local, text + text.splitlines()[1].replace(FACTS.key, "ny-till"))
    assert (codes(result), result.is_refused) == ([NOT_A_DRAFT], True)
    assert [own.key for own in reorganisations()] == [FACTS.key]


def test_a_dry_run_tells_what_would_be_saved_and_saves_nothing(local: Actor) -> None:
    result = taken_in(local, FILE, dry_run=True)
    assert (result.saved, result.dry_run) == (("ett", "tva"), True)
    assert reorganisations() == []


def test_rows_without_a_key_belong_to_the_reorganisation_asked_for(local: Actor) -> None:
    text = "slag;gäller_från;kod\nstäng;2023-01-01;4210\n"
    result = taken_in(local, text, facts=ReorganisationFacts("", "Stäng 4210"))
    assert result.saved == ("stang-4210",)
    assert reorganisation("stang-4210").events[0].code == "4210"
    assert taken_in(local, text).is_refused


@pytest.mark.parametrize(
    ("event", "code"),
    [
        (replace(OPEN, dimension="färg"), "C001"),
        (replace(OPEN, code=""), "C002"),
        (replace(OPEN, code="43/10"), "C004"),
        (replace(OPEN, text="x" * 2001), "C013"),
        (replace(OPEN, hierarchy="Inte så"), "C013"),
        (replace(MERGE, rules=MERGE.rules * 2), CONDITIONS_TWICE),
    ],
)
def test_what_cannot_be_stored_is_refused_with_the_draft(local: Actor, event: Event, code: str) -> None:
    result = drafted(local, event)
    assert (codes(result), result.is_refused) == ([code], True)
    assert reorganisations() == []


def test_two_events_of_one_number_are_refused_and_those_without_get_the_next(local: Actor) -> None:
    assert codes(drafted(local, OPEN, replace(MERGE, number=1))) == [EVENT_TWICE]
    drafted(local, replace(OPEN, number=7), replace(MERGE, number=0))
    assert [event.number for event in reorganisation(FACTS.key).events] == [7, 8]


def test_with_reorganisations_the_code_plan_costs_four_queries_and_one_until_the_next_write(
    local: Actor,
) -> None:
    taken_in(local, FILE)
    RegisterRevision.objects.update(token="another")
    with CaptureQueriesContext(connection) as cold:
        code_plan()
    with CaptureQueriesContext(connection) as warm:
        folded("ett")
    assert (len(cold), len(warm)) == (4, 1)
