"""What the doors ask of a draft: statement, bridge and flows as if it were decided, and nothing else changed."""

from __future__ import annotations

from datetime import date

import pytest

from tests.consequences.municipality import KEY, SPLIT, draft, settle
from tests.planning.samples import LOCAL, TODAY, make_round
from uppsikt import relations
from uppsikt.adoption.reading import bridge, statement
from uppsikt.coding.reorganisation_services import adopt_reorganisation
from uppsikt.core.findings import NotFound
from uppsikt.figures.definitions import Scenario
from uppsikt.figures.flows import Flow
from uppsikt.reports.services import save_statement

pytestmark = pytest.mark.django_db
DAY = date(2022, 12, 31)
OWN = """key: egen
title: Egen
rows:
  - {each: unit, of: ["42"]}
columns:
  - {key: budget, label: Budget, scenario: budget, period: full-year}
"""


@pytest.fixture(autouse=True)
def drafted(db: None) -> str:
    """Digitalisering's budget of 1 220,01 is split 60/40 in a draft; the round's key."""
    settle()
    assert save_statement(actor=LOCAL, content=OWN, name="egen.yaml", as_of=TODAY)[0] == "egen"
    draft(SPLIT)
    make_round()
    return "delar2-2022"


def amounts(key: str, structure_date: date | None, with_draft: str | None) -> dict[str, int | None]:
    result = statement("egen", key, structure_date=structure_date, draft=with_draft)
    return {row.code: result.cell(row.key, "budget").amount_ore for row in result.rows}


def test_a_draft_is_read_as_if_decided_and_leaves_every_other_question_alone(drafted: str) -> None:
    as_it_is = {"4210": 122_001, "4220": 4_000, "4290": None}
    assert amounts(drafted, DAY, None) == as_it_is
    assert amounts(drafted, DAY, KEY) == {"4220": 4_000 + 73_201, "4290": 48_800}
    assert amounts(drafted, DAY, None) == as_it_is


def test_a_bridge_with_a_draft_is_the_bridge_there_will_be(drafted: str) -> None:
    before = bridge("egen", drafted, structure_date=DAY, draft=KEY)
    assert bridge("egen", drafted, structure_date=DAY).steps == ()
    adopt_reorganisation(actor=LOCAL, key=KEY, as_of=TODAY)
    assert bridge("egen", drafted, structure_date=DAY).lines == before.lines
    assert [(step.key, step.decision) for step in before.steps] == [(f"{KEY}#1", "Ks 5/2022")]


def test_flows_say_what_a_draft_would_move(drafted: str) -> None:
    budget = {"scenario": Scenario.BUDGET, "structure_date": DAY}
    moved = relations.flows(drafted, **budget, draft=KEY).moved  # type: ignore[arg-type]
    assert [(flow.source, flow.target, flow.amount_ore) for flow in moved] == [
        ("4210", "4220", 73_201),
        ("4210", "4290", 48_800),
    ]
    assert all(isinstance(flow, Flow) for flow in moved)
    assert relations.flows(drafted, **budget).moved == ()  # type: ignore[arg-type]


def test_an_unknown_draft_is_not_found(drafted: str) -> None:
    with pytest.raises(NotFound):
        statement("egen", drafted, draft="ingen")
    with pytest.raises(NotFound):
        bridge("egen", drafted, draft="ingen")
    with pytest.raises(NotFound):
        relations.flows(drafted, draft="ingen")
