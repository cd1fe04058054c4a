"""A round with two units at work in the small municipality of the planning tests."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from tests.planning.samples import LOCAL, TODAY, make_round
from uppsikt.audit.actors import Actor
from uppsikt.planning.deadline_services import move_deadline
from uppsikt.planning.forecasts import Actuals, ActualsReader
from uppsikt.planning.models import Round
from uppsikt.planning.rounds import RoundRow
from uppsikt.planning.states import State
from uppsikt.rounds.models import Participant, Question, RoundSetup
from uppsikt.rounds.services import save_cells, submit_unit
from uppsikt.rounds.states import WorkState
from uppsikt.rounds.values import CellEdit, CellSave, ExplanationText, UnitChange

KEY = "delar2-2022"
UNIT = "4210"
KRONA = 100
COMPLETE = ExplanationText("Fler vikarier", "Vi anställer", -50_000 * KRONA, "Anna Berg", date(2022, 11, 1))


def work_round(
    state: State = State.OPEN,
    units: Iterable[str] = (UNIT, "4220"),
    *,
    threshold_ore: int = 10**12,
    questions: Iterable[str] = (),
) -> None:
    """A round with its set-up; the threshold is far off unless one is given."""
    make_round(KEY, state=state)
    row = Round.objects.get(key=KEY)
    move_deadline(actor=LOCAL, key=KEY, name=row.name, deadline=date(2022, 9, 14), as_of=TODAY)
    own = Round.objects.get(key=KEY)
    RoundSetup.objects.create(
        round=own,
        opens_on=date(2022, 9, 5),
        review_by=date(2022, 9, 23),
        adopt_by=date(2022, 10, 20),
        threshold_ore=threshold_ore,
        threshold_permille=10,
    )
    for unit in units:
        Participant.objects.create(round=own, unit=unit)
    for number, text in enumerate(questions, start=1):
        Question.objects.create(round=own, number=number, text=text)


def put(unit: str, state: WorkState, excused: str = "") -> None:
    """Place a unit in a state, beside the services."""
    Participant.objects.filter(round__key=KEY, unit=unit).update(state=state.value, excused=excused)


def state_of(unit: str = UNIT) -> WorkState:
    return WorkState(Participant.objects.get(round__key=KEY, unit=unit).state)


def save(*edits: tuple[str, int, int | None, int], actor: Actor = LOCAL, unit: str = UNIT) -> CellSave:
    """Save cells given as account, period, öre and the version that was seen."""
    asked = [CellEdit(*edit) for edit in edits]
    return save_cells(actor=actor, round_key=KEY, unit=unit, edits=asked, as_of=TODAY)


def submit(
    actor: Actor = LOCAL,
    unit: str = UNIT,
    actuals: Mapping[tuple[str, str], Mapping[int, int]] | None = None,
    budget: Mapping[tuple[str, str], Mapping[int, int]] | None = None,
) -> UnitChange:
    def books(_: RoundRow) -> Actuals:
        return actuals or {}

    def budgeted(_: RoundRow, __: str) -> Actuals:
        return budget or {}

    return submit_unit(actor=actor, round_key=KEY, unit=unit, as_of=TODAY, actuals=books, budget=budgeted)


def books(budget: Mapping[tuple[str, str], Mapping[int, int]] | None = None) -> dict[str, ActualsReader]:
    """The readers that whoever reviews hands over: nothing booked, and a budget where one is given."""
    return {"actuals": lambda _: {}, "budget": lambda _: budget or {}}


def codes(findings: Iterable[object]) -> list[str]:
    return [getattr(finding, "code", "") for finding in findings]
