"""What ends in a reorganisation and who comes after: closings, mergers, splits, and heirs of heirs."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from tests.figures.helpers import plan_of
from uppsikt.coding.events import Event, EventKind, Reorganisation
from uppsikt.coding.reorganising import with_events
from uppsikt.consequences.endings import endings
from uppsikt.core.changes import Portion, SuccessionRule

JULY, OCTOBER = date(2022, 7, 1), date(2022, 10, 1)
BASE = plan_of({"unit": dict.fromkeys(["10", "20", "30", "40"])}, {("unit", "30"): "Lokaler"})


def event(kind: EventKind, code: str, *targets: str, on: date = JULY) -> Event:
    rules = (SuccessionRule(tuple(Portion(target) for target in targets)),) if targets else ()
    return Event(0, kind, "unit", on, code, name=code, rules=rules)


def ended(*events: Event) -> list[tuple[str, tuple[str, ...]]]:
    numbered = tuple(replace(own, number=number) for number, own in enumerate(events, start=1))
    reorganisation = Reorganisation("prov", "Prov", events=numbered)
    folded = with_events(BASE, [reorganisation])
    return [(own.code, own.heirs) for own in endings(reorganisation, folded.plan)]


def test_a_closed_unit_has_no_heir_and_a_merged_one_has() -> None:
    assert ended(event(EventKind.CLOSE, "10"), event(EventKind.MERGE, "20", "30")) == [("10", ()), ("20", ("30",))]


def test_a_split_unit_ends_unless_it_keeps_a_part() -> None:
    assert ended(event(EventKind.SPLIT, "10", "20", "30")) == [("10", ("20", "30"))]
    assert ended(event(EventKind.SPLIT, "10", "10", "30")) == []


def test_a_unit_that_gives_or_moves_or_opens_does_not_end() -> None:
    assert ended(event(EventKind.TRANSFER, "10", "20"), event(EventKind.OPEN, "50")) == []


def test_an_heir_that_ends_in_its_turn_is_replaced_by_its_own() -> None:
    split = event(EventKind.SPLIT, "10", "20", "30")
    assert ended(split, event(EventKind.MERGE, "20", "40", on=OCTOBER)) == [("10", ("40", "30")), ("20", ("40",))]


def test_a_code_that_is_opened_again_is_over_only_until_then() -> None:
    events = (event(EventKind.CLOSE, "10"), event(EventKind.OPEN, "10", on=OCTOBER))
    reorganisation = Reorganisation(
        "prov", "Prov", events=tuple(replace(own, number=no) for no, own in enumerate(events, 1))
    )
    plan = with_events(BASE, [reorganisation]).plan
    (own,) = endings(reorganisation, plan)
    assert (own.on, own.until) == (JULY, OCTOBER)
    assert [own.is_over_in(period) for period in (202206, 202207, 202209, 202210)] == [False, True, True, False]


def test_an_event_in_error_ends_nothing() -> None:
    assert ended(event(EventKind.CLOSE, "finns inte")) == []


def test_heirs_are_said_with_their_names() -> None:
    reorganisation = Reorganisation("prov", "Prov", events=(replace(event(EventKind.MERGE, "20", "30"), number=1),))
    own = endings(reorganisation, with_events(BASE, [reorganisation]).plan)[0]
    assert (own.label, own.heir_labels) == ("20", "30 Lokaler")
