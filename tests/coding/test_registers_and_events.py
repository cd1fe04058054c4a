"""Registers and decided events beside each other: files are compared with what holds, and never undo a decision."""

from __future__ import annotations

from datetime import date

import pytest

from tests.coding.test_reorganisation_services import FACTS, MERGE, OPEN, adopted
from tests.coding.test_services import UNITS, take_in
from uppsikt.audit.actors import Actor
from uppsikt.audit.models import Event as LogEvent
from uppsikt.coding.event_findings import BUILT_ON, HAS_CHILDREN, REGISTER_DIFFERS, REGISTER_HAS_IT
from uppsikt.coding.events import Event, EventKind, ReorganisationFacts
from uppsikt.coding.reorganisation_services import annul_reorganisation
from uppsikt.coding.selectors import base_plan, code_plan, folded
from uppsikt.coding.services import export_register

pytestmark = pytest.mark.django_db

DAY = date(2023, 1, 1)
TODAY = date(2022, 11, 1)
HEAD = "kod;namn;slag;överordnad;gäller_från;gäller_till\n"
RENAME = Event(3, EventKind.RENAME, "unit", DAY, "4290", "Lokaler")


@pytest.fixture(autouse=True)
def reorganised(local: Actor) -> None:
    take_in(local, UNITS)
    adopted(local, OPEN, MERGE, RENAME)


def test_the_exported_register_has_the_decided_events_and_changes_nothing_when_taken_in(local: Actor) -> None:
    exported = export_register("unit").decode("utf-8-sig")
    assert "4310;Digitalt;unit;42;2023-01-01;" in exported
    before = code_plan()
    result = take_in(local, exported)
    assert (result.findings, result.changes, result.unchanged) == ((), (), 6)
    assert code_plan() is before
    assert not base_plan().knows("unit", "4310")


def test_a_file_that_knows_nothing_of_the_events_changes_nothing_and_is_told_so(local: Actor) -> None:
    logged = LogEvent.objects.count()
    result = take_in(local, UNITS)
    assert [(own.code, own.facts["value"], own.facts["events"]) for own in result.findings] == [
        (REGISTER_DIFFERS, "4210", "ny-organisation#2"),
        (REGISTER_DIFFERS, "4290", "ny-organisation#3"),
    ]
    assert (result.changes, LogEvent.objects.count()) == ((), logged)
    assert code_plan().name("unit", "4290", DAY) == "Lokaler"


def test_a_register_with_the_effect_and_its_own_words_holds(local: Actor) -> None:
    result = take_in(
        local,
        HEAD + "4310;Digital utveckling;unit;40;2023-01-01;\n"
        "4290;Lokalförsörjning;unit;42;2022-07-01;2023-01-01\n4290;Lokalenheten;unit;42;2023-01-01;\n",
    )
    assert (result.findings, result.changed) == ((), 2)
    assert [code_plan().name("unit", code, DAY) for code in ("4310", "4290")] == [
        "Digital utveckling",
        "Lokalenheten",
    ]
    assert code_plan().parent("unit", "4310", DAY) == "40"
    assert [own.code for own in folded().findings] == [REGISTER_HAS_IT, REGISTER_HAS_IT]


def test_a_new_code_may_stand_under_one_that_an_event_opened_which_then_is_not_annulled(local: Actor) -> None:
    taken = take_in(local, HEAD + "4311;Support;unit;4310;2023-01-01;\n")
    assert (taken.findings, taken.added) == ((), 1)
    assert code_plan().path("unit", "4311", DAY) == ["4311", "4310", "42", "40", "KS"]
    result = annul_reorganisation(actor=local, key=FACTS.key, decision="KF § 9", decided_on=TODAY, as_of=TODAY)
    assert [(own.code, own.facts["others"]) for own in result.findings] == [(BUILT_ON, "4311")]


def test_a_file_that_would_break_a_decided_event_is_refused(local: Actor) -> None:
    later = ReorganisationFacts("senare", "Senare", "KF § 13", TODAY)
    adopted(local, Event(1, EventKind.CLOSE, "unit", date(2024, 1, 1), "4290"), facts=later)
    result = take_in(local, HEAD + "4291;Hyror;unit;4290;2023-01-01;2024-01-01\n")
    assert result.findings == ()
    refused = take_in(local, HEAD + "4291;Hyror;unit;4290;2023-01-01;\n")
    assert refused.is_refused
    assert {own.code for own in refused.findings} <= {"C012", HAS_CHILDREN}
