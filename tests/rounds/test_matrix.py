"""Who may do what where and when: every action by every role, near and far, in every state, by a table."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import product
from typing import NamedTuple

import pytest
from django.db import transaction

from tests.conftest import actor_with
from tests.planning.samples import TODAY
from tests.rounds.samples import COMPLETE, KEY, UNIT, books, put, save, submit, work_round
from uppsikt.audit.actors import Actor, NotAllowed, Role
from uppsikt.core.findings import Finding, has_errors
from uppsikt.planning.models import Round
from uppsikt.planning.states import State
from uppsikt.rounds import services
from uppsikt.rounds.selectors import held_setup
from uppsikt.rounds.states import WorkState

pytestmark = pytest.mark.usefixtures("registers")

PLACES = {"own": UNIT, "above": "42", "whole": "*", "beside": "4220", "below": "4290"}
AS: dict[str, object] = {"round_key": KEY, "unit": UNIT, "as_of": TODAY}


class Rule(NamedTuple):
    """The table: who (roles by their first letters), where, in which states of the round and of the unit."""

    who: str
    where: str
    rounds: str
    units: str


# m manager, d deputy, c controller, D director, a administrator; reader, board and auditor never write
RULES = {
    "save": Rule("m d c D a", "own above whole", "open", "not-started in-progress returned"),
    "explain": Rule("m d c D a", "own above whole", "open", "not-started in-progress returned"),
    "answer": Rule("m d c D a", "own above whole", "open", "not-started in-progress returned"),
    "submit": Rule("m d c D a", "own above whole", "open", "not-started in-progress returned"),
    "withdraw": Rule("m d c D a", "own above whole", "open", "submitted"),
    "comment": Rule(
        "m d c D a",
        "own above whole",
        "draft open consolidated",
        "not-started in-progress submitted returned approved",
    ),
    "return": Rule("c D a", "own above whole", "open", "submitted approved"),
    "approve": Rule("c D a", "own above whole", "open", "submitted"),
    "excuse": Rule("c a", "whole", "draft open", "not-started in-progress returned"),
    "include": Rule("c a", "whole", "draft open", "not-started in-progress returned"),
}
LETTERS = {"m": Role.MANAGER, "d": Role.DEPUTY, "c": Role.CONTROLLER, "D": Role.DIRECTOR, "a": Role.ADMINISTRATOR}


def _act(action: str, actor: Actor) -> tuple[Finding, ...]:
    acts: dict[str, Callable[[], object]] = {
        "save": lambda: save(("3", 0, 7, 0), actor=actor),
        "explain": lambda: services.save_explanation(
            actor=actor,
            account="5",
            values=COMPLETE,
            seen_version=0,
            **AS,  # type: ignore[arg-type]
        ),
        "answer": lambda: services.answer_question(
            actor=actor,
            number=1,
            text="Nej",
            seen_version=1,
            **AS,  # type: ignore[arg-type]
        ),
        "submit": lambda: submit(actor),
        "withdraw": lambda: services.withdraw_unit(actor=actor, **AS),  # type: ignore[arg-type]
        "comment": lambda: services.add_comment(actor=actor, text="Hm", **AS),  # type: ignore[arg-type]
        "return": lambda: services.return_unit(actor=actor, message="Mer", **AS),  # type: ignore[arg-type]
        "approve": lambda: services.approve_unit(actor=actor, **AS, **books()),  # type: ignore[arg-type]
        "excuse": lambda: services.excuse_unit(actor=actor, reason="Ny", **AS),  # type: ignore[arg-type]
        "include": lambda: services.include_unit(actor=actor, **AS),  # type: ignore[arg-type]
    }
    findings: tuple[Finding, ...] = getattr(acts[action](), "findings")  # noqa: B009
    return findings


def _outcome(action: str, actor: Actor, round_state: State, unit_state: WorkState) -> str:
    with transaction.atomic():
        Round.objects.update(state=round_state.value)
        put(UNIT, unit_state)
        try:
            return "stopped" if has_errors(_act(action, actor)) else "done"
        except NotAllowed:
            return "forbidden"
        finally:
            transaction.set_rollback(True)


def _cases() -> Iterator[tuple[Role, str, State, WorkState]]:
    for role, where in product(Role, PLACES):
        # where the right is held another way, states count as they do for whoever holds it on the unit
        everywhere = where in ("own", "whole") and role in (Role.MANAGER, Role.CONTROLLER, Role.READER)
        states = product(State, WorkState) if everywhere else [(State.OPEN, WorkState.SUBMITTED)]
        for round_state, unit_state in states:
            yield role, where, round_state, unit_state


@pytest.mark.parametrize("action", RULES)
def test_each_action_asks_for_its_right_on_the_unit_and_for_its_states(action: str) -> None:
    work_round(questions=["Risker?"])
    save(("5", 0, 700, 0))
    services.answer_question(actor=actor_with(Role.MANAGER), number=1, text="Ja", seen_version=0, **AS)  # type: ignore[arg-type]
    rule = RULES[action]
    roles = {LETTERS[letter] for letter in rule.who.split()}
    for role, where, round_state, unit_state in _cases():
        if role not in roles or where not in rule.where.split():
            wanted = "forbidden"
        else:
            fits = round_state.value in rule.rounds.split() and unit_state.value in rule.units.split()
            wanted = "done" if fits else "stopped"
        got = _outcome(action, actor_with(role, PLACES[where]), round_state, unit_state)
        assert got == wanted, (action, role, where, round_state, unit_state)


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("unit", ["*", UNIT])
def test_only_whoever_runs_rounds_for_the_whole_municipality_sets_up_consolidates_and_reminds(
    role: Role, unit: str
) -> None:
    work_round()
    put(UNIT, WorkState.APPROVED)
    put("4220", WorkState.APPROVED)
    actor = actor_with(role, unit)
    facts = held_setup(KEY)
    acts: tuple[Callable[[], object], ...] = (
        lambda: services.change_setup(actor=actor, facts=facts, as_of=TODAY),
        lambda: services.send_reminders(actor=actor, as_of=TODAY),
        lambda: services.consolidate(actor=actor, key=KEY, as_of=TODAY, **books()),
    )
    for act in acts:
        if role in (Role.CONTROLLER, Role.ADMINISTRATOR) and unit == "*":
            assert getattr(act(), "findings") == ()  # noqa: B009
        else:
            with pytest.raises(NotAllowed):
                act()
