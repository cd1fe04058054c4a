"""What was decided is what is held: events changed beside the program are found."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from uppsikt.audit.actors import Actor
from uppsikt.audit.models import Event as LogEvent
from uppsikt.coding.events import Event, EventKind, ReorganisationFacts
from uppsikt.coding.models import CodePlacement, CodeVersion, Reorganisation, ReorganisationEvent
from uppsikt.coding.reorganisation_services import (
    adopt_reorganisation,
    annul_reorganisation,
    discard_draft,
    save_draft,
)
from uppsikt.coding.services import import_register
from uppsikt.coding.stored_events import renew
from uppsikt.coding.verify import verify_reorganisations
from uppsikt.core.changes import Condition, Portion, SuccessionRule

pytestmark = pytest.mark.django_db
DAY, JULY = date(2022, 1, 1), date(2022, 7, 1)
UNITS = "code;name;parent\nKS;Kommunstyrelsen;\n4210;Digitalisering;KS\n4220;Ekonomi;KS\n"
FACTS = ReorganisationFacts("stod", "Stödet samlas", "Ks 5/2022", date(2022, 5, 2), "Å ä ö")
RULES = (
    SuccessionRule((Portion("4210", 3), Portion("4220", 2)), (Condition("account", ("5",)),)),
    SuccessionRule((Portion("4210"),)),
)
ACCOUNTS = "code;name;parent\n5;Personal;\n"
SPLIT = Event(1, EventKind.SPLIT, "unit", JULY, "4210", rules=RULES, text="delas")


@pytest.fixture(autouse=True)
def registers(local: Actor) -> None:
    for dimension, text in (("unit", UNITS), ("account", ACCOUNTS)):
        result = import_register(actor=local, dimension=dimension, content=text.encode(), name="r.csv", as_of=DAY)
        assert result.findings == ()


def save(actor: Actor, *events: Event, key: str = "stod") -> None:
    result = save_draft(actor=actor, facts=replace(FACTS, key=key), events=events, as_of=DAY)
    assert result.findings == ()


def adopt(actor: Actor, *events: Event) -> None:
    save(actor, *events)
    assert adopt_reorganisation(actor=actor, key="stod", as_of=DAY).findings == ()


def codes() -> list[str]:
    return [finding.code for finding in verify_reorganisations()]


def test_drafts_adopted_annulled_and_discarded_ones_are_whole(local: Actor) -> None:
    save(local, SPLIT, key="utkast")
    save(local, SPLIT, replace(SPLIT, number=2, kind=EventKind.RENAME, name="Stöd", rules=()), key="utkast")
    save(local, SPLIT, key="slopat")
    assert discard_draft(actor=local, key="slopat", as_of=DAY).key
    assert codes() == []
    adopt(local, SPLIT)
    assert codes() == []
    annul_reorganisation(actor=local, key="stod", decision="Ks 9", decided_on=DAY, text="", as_of=DAY)
    assert Reorganisation.objects.get(key="stod").state == "annulled"
    assert codes() == []


@pytest.mark.parametrize(
    "changed",
    [{"on": date(2022, 8, 1)}, {"code": "4220"}, {"rules": []}, {"text": "annat"}, {"kind": "close"}],
)
def test_a_changed_event_is_found(local: Actor, changed: dict[str, object]) -> None:
    adopt(local, SPLIT)
    ReorganisationEvent.objects.update(**changed)
    assert "C059" in codes()


@pytest.mark.parametrize(
    "changed", [{"decision": "Ks 6/2022"}, {"adopted_on": date(2021, 1, 1)}, {"position": 7}, {"adopted_by": "någon"}]
)
def test_a_changed_decision_is_found(local: Actor, changed: dict[str, object]) -> None:
    adopt(local, SPLIT)
    Reorganisation.objects.update(**changed)
    assert codes() == ["C059"]


def test_one_that_is_gone_or_came_without_a_record_is_found(local: Actor) -> None:
    adopt(local, SPLIT)
    LogEvent.objects.filter(target="reorganisation:stod").delete()
    assert codes() == ["C059"]
    Reorganisation.objects.all().delete()
    assert codes() == []
    save(local, SPLIT, key="borta")
    Reorganisation.objects.all().delete()
    assert codes() == ["C059"]


def test_what_no_longer_holds_together_with_the_registers_is_told(local: Actor) -> None:
    adopt(local, SPLIT)
    CodePlacement.objects.filter(code__code="4220").delete()
    CodeVersion.objects.filter(code__code="4220").delete()
    renew()
    found = verify_reorganisations()
    assert [(own.at.source, own.at.line) for own in found] == [("stod", 1)]
    assert found[0].code != "C059"
