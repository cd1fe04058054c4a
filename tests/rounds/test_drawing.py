from __future__ import annotations

from tests.conftest import REPOSITORY
from uppsikt.audit.actors import Verb
from uppsikt.core.findings import CATALOGUE
from uppsikt.core.language import speaking
from uppsikt.planning import states as planning
from uppsikt.rounds.drawing import ROUND_CHECKS, UNIT_CHECKS, diagram, states_page
from uppsikt.rounds.states import TRANSITIONS, WorkState


def test_the_reference_page_is_drawn_from_the_tables() -> None:
    with speaking("en"):
        assert (REPOSITORY / "docs" / "reference" / "round-states.md").read_text() == states_page()


def test_every_arrow_is_drawn_with_its_right_and_what_can_stop_it() -> None:
    drawing = diagram()
    for (start, end), right in TRANSITIONS.items():
        assert f"    {start} --> {end}: {right}" in drawing
    with speaking("en"):
        page = states_page()
    assert "| in progress | submitted | `submit-forecast` | [N003](findings.md#n003-error), [N006]" in page
    assert (
        "| open | consolidated | `run-round` | [N029](findings.md#n029-error), [N056](findings.md#n056-error) |"
        in page
    )
    assert "| `adopt` | director, administrator |" in page


def test_checks_are_of_arrows_there_are() -> None:
    assert set(UNIT_CHECKS) <= set(TRANSITIONS)
    assert set(ROUND_CHECKS) <= set(planning.TRANSITIONS)
    assert {code for own in (*UNIT_CHECKS.values(), *ROUND_CHECKS.values()) for code in own} <= CATALOGUE.keys()


def test_the_units_people_hand_in_and_others_review() -> None:
    by_right = {
        right: {end for (_, end), own in TRANSITIONS.items() if own is right} for right in TRANSITIONS.values()
    }
    assert by_right == {
        Verb.SUBMIT_FORECAST: {WorkState.IN_PROGRESS, WorkState.SUBMITTED},
        Verb.APPROVE_FORECAST: {WorkState.RETURNED, WorkState.APPROVED},
    }
