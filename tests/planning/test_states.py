from __future__ import annotations

from datetime import date
from itertools import product
from pathlib import Path

import pytest

from tests.conftest import actor_with
from tests.planning.samples import LOCAL, TODAY, forecast, make_round
from uppsikt.audit.actors import ALLOWED, Actor, NotAllowed, Role, Verb
from uppsikt.audit.models import Event
from uppsikt.planning import states
from uppsikt.planning.kinds import RoundKind
from uppsikt.planning.models import Round
from uppsikt.planning.selectors import round_row, rounds
from uppsikt.planning.services import (
    RoundChange,
    adopt_round,
    change_state,
    consolidate_round,
    create_round,
    open_round,
)
from uppsikt.planning.states import TRANSITIONS, State, diagram

pytestmark = pytest.mark.usefixtures("registers")
REASON = "Fel belopp på Lokalförsörjning"
ALL_STEPS = list(product(State, State))


@pytest.mark.parametrize(("start", "end"), [step for step in ALL_STEPS if step in TRANSITIONS])
def test_every_arrow_can_be_taken_and_is_logged(start: State, end: State) -> None:
    make_round(state=start)
    events = Event.objects.count()
    result = change_state(actor=LOCAL, key="delar2-2022", to=end, as_of=TODAY, reason=REASON)
    assert result.findings == ()
    assert result.round is not None
    assert result.round.state is end
    event = Event.objects.latest("sequence")
    assert Event.objects.count() == events + 1
    assert (event.verb, event.target) == ("change-round-state", "round:delar2-2022")
    assert f'"from":"{start}"' in event.payload
    assert f'"to":"{end}"' in event.payload


@pytest.mark.parametrize(("start", "end"), [step for step in ALL_STEPS if step not in TRANSITIONS])
def test_every_other_step_is_refused_and_changes_nothing(start: State, end: State) -> None:
    make_round(state=start)
    events = Event.objects.count()
    result = change_state(actor=LOCAL, key="delar2-2022", to=end, as_of=TODAY)
    assert [finding.code for finding in result.findings] == ["P065"]
    row = round_row("delar2-2022")
    assert row is not None
    assert row.state is start
    assert Event.objects.count() == events


@pytest.mark.parametrize(("step", "role"), [(step, role) for step in TRANSITIONS for role in Role])
def test_each_arrow_asks_for_its_right(step: tuple[State, State], role: Role) -> None:
    start, end = step
    make_round(state=start)
    actor = actor_with(role)
    if TRANSITIONS[step] in ALLOWED[role]:
        assert change_state(actor=actor, key="delar2-2022", to=end, as_of=TODAY, reason=REASON).findings == ()
    else:
        with pytest.raises(NotAllowed):
            change_state(actor=actor, key="delar2-2022", to=end, as_of=TODAY)


def test_the_right_must_be_held_for_the_whole_municipality() -> None:
    make_round(state=State.CONSOLIDATED)
    with pytest.raises(NotAllowed):
        adopt_round(actor=actor_with(Role.DIRECTOR, "KS"), key="delar2-2022", as_of=TODAY)


def test_the_drawing_is_the_table() -> None:
    drawn = Path(states.__file__).with_suffix(".md").read_text()
    assert diagram() in drawn
    assert all(str(verb) in diagram() for verb in (Verb.RUN_ROUND, Verb.ADOPT))


@pytest.mark.parametrize("state", [state for state in State if state is not State.OPEN])
def test_forecasts_are_refused_unless_the_round_is_open(state: State) -> None:
    make_round(state=state)
    result = forecast("enhet;konto;rest\n4210;5;400\n")
    assert [finding.code for finding in result.findings] == ["P041"]


def test_a_round_opened_again_takes_forecasts_again() -> None:
    make_round(state=State.CONSOLIDATED)
    open_round(actor=LOCAL, key="delar2-2022", as_of=TODAY)
    assert forecast("enhet;konto;rest\n4210;5;400\n").added == 1
    consolidate_round(actor=LOCAL, key="delar2-2022", as_of=TODAY)
    assert forecast("enhet;konto;rest\n4210;5;500\n").is_refused


def _create(actor: Actor = LOCAL, **changed: object) -> RoundChange:
    facts: dict[str, object] = {
        "key": "delar2-2022",
        "name": "Delår 2",
        "kind": RoundKind.INTERIM,
        "year": 2022,
        "cut_off": date(2022, 8, 31),
        "deadline": date(2022, 9, 30),
    }
    return create_round(actor=actor, as_of=TODAY, **(facts | changed))  # type: ignore[arg-type]


def test_a_round_is_created_as_a_draft_after_its_previous_one() -> None:
    make_round("delar1-2022", date(2022, 4, 30))
    result = _create(previous_key="delar1-2022")
    assert result.findings == ()
    assert result.round is not None
    assert (result.round.state, result.round.previous_key) == (State.DRAFT, "delar1-2022")
    assert [row.key for row in rounds()] == ["delar1-2022", "delar2-2022"]
    assert [month.number for month in result.round.months_left] == [202209, 202210, 202211, 202212]


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"key": "Delår 2"}, "P061"),
        ({"key": "../annan"}, "P061"),
        ({"name": " "}, "P009"),
        ({"cut_off": date(2022, 8, 30)}, "P062"),
        ({"cut_off": date(2021, 8, 31)}, "P062"),
        ({"year": 20222}, "P062"),
        ({"year": 9999, "cut_off": date(9999, 12, 31), "deadline": date(9999, 12, 31)}, "P062"),
        ({"deadline": date(2022, 8, 1)}, "P063"),
        ({"previous_key": "saknas"}, "P040"),
        ({"previous_key": "senare"}, "P064"),
        ({"key": "senare"}, "P060"),
    ],
)
def test_a_round_that_makes_no_sense_is_refused(changed: dict[str, object], code: str) -> None:
    make_round("senare", date(2022, 10, 31))
    result = _create(**changed)
    assert [finding.code for finding in result.findings] == [code]
    assert Round.objects.count() == 1


def test_a_controller_may_create_a_round_and_a_manager_may_not() -> None:
    assert _create(actor_with(Role.CONTROLLER)).findings == ()
    with pytest.raises(NotAllowed):
        _create(actor_with(Role.MANAGER), key="annan")


def test_a_round_nobody_created_is_a_finding() -> None:
    result = open_round(actor=LOCAL, key="saknas", as_of=TODAY)
    assert (result.round, [finding.code for finding in result.findings]) == (None, ["P040"])
    assert round_row("saknas") is None
