from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from tests.planning.samples import LOCAL, TODAY, forecast, make_round
from tests.rounds.samples import KEY, UNIT, books, codes, put, save, state_of, work_round
from uppsikt.audit.models import Event
from uppsikt.coding.selectors import code_plan
from uppsikt.coding.services import import_register
from uppsikt.planning.kinds import RoundKind
from uppsikt.planning.models import Round
from uppsikt.planning.selectors import round_row
from uppsikt.planning.states import State
from uppsikt.rounds.models import Answer, Participant, Question
from uppsikt.rounds.selectors import held_setup, participants, propose_setup
from uppsikt.rounds.services import add_comment, change_setup, change_state, consolidate, set_up_round
from uppsikt.rounds.setups import next_setup
from uppsikt.rounds.states import WorkState
from uppsikt.rounds.values import QuestionRow, SetupDraft, SetupRow

pytestmark = pytest.mark.usefixtures("registers")
DRAFT = SetupDraft(
    key="delar1-2022",
    name="Delår 1 2022",
    kind=RoundKind.INTERIM,
    year=2022,
    cut_off=date(2022, 4, 30),
    deadline=date(2022, 5, 13),
    previous_key=None,
    setup=SetupRow(date(2022, 5, 2), date(2022, 5, 20), date(2022, 6, 14), 50_000_000, 10, "delar"),
    participants=("4220", "4210"),
    questions=(QuestionRow(1, "Vilka risker ser du?"), QuestionRow(2, "Övrigt?", is_required=False)),
)


def test_a_round_is_created_with_all_that_belongs_to_it() -> None:
    change = set_up_round(actor=LOCAL, facts=DRAFT, as_of=TODAY)
    assert change.findings == ()
    assert change.round is not None
    assert (change.round.state, change.round.deadline) == (State.DRAFT, date(2022, 5, 13))
    assert held_setup("delar1-2022") == replace(DRAFT, participants=("4210", "4220"))
    assert [own.state for own in participants("delar1-2022")] == [WorkState.NOT_STARTED] * 2
    assert [event.verb for event in Event.objects.order_by("-sequence")[:2]] == ["set-up-round", "create-round"]


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"deadline": date(2022, 4, 29)}, "P063"),
        ({"deadline": date(2022, 5, 21)}, "N020"),
        ({"setup": replace(DRAFT.setup, opens_on=date(2022, 5, 14))}, "N020"),
        ({"setup": replace(DRAFT.setup, adopt_by=date(2022, 5, 19))}, "N020"),
        ({"setup": replace(DRAFT.setup, threshold_ore=-1)}, "N024"),
        ({"participants": ()}, "N021"),
        ({"participants": ("4290",)}, "N022"),  # opens in July
        ({"participants": ("finns ej",)}, "N022"),
        ({"participants": ("42", "4210")}, "N030"),  # 4210's money would count twice
        ({"questions": (QuestionRow(2, "Risker?"),)}, "N026"),
        ({"questions": (QuestionRow(1, " "),)}, "N026"),
        ({"previous_key": "finns-ej"}, "P040"),
    ],
)
def test_a_round_that_makes_no_sense_is_not_created(changed: dict[str, object], code: str) -> None:
    change = set_up_round(actor=LOCAL, facts=replace(DRAFT, **changed), as_of=TODAY)  # type: ignore[arg-type]
    assert code in codes(change.findings)
    assert (Round.objects.count(), Participant.objects.count()) == (0, 0)


def test_the_next_round_comes_from_the_last_with_one_click() -> None:
    written = replace(DRAFT.setup, report_key="ks-delar1-2022")
    asked = replace(DRAFT, participants=("4210", "4220"), setup=written)
    first = set_up_round(actor=LOCAL, facts=asked, as_of=TODAY).round
    assert first is not None
    second = propose_setup(first)
    assert second.setup.report_key == ""  # a report is one round's
    assert (second.key, second.name, second.kind) == ("delar2-2022", "Delår 2 2022", RoundKind.INTERIM)
    assert (second.cut_off, second.deadline) == (date(2022, 8, 31), date(2022, 9, 13))
    assert second.setup.opens_on == date(2022, 9, 2)
    assert second.setup.review_by == date(2022, 9, 20)
    assert second.setup.adopt_by == date(2022, 10, 17)  # the 15th is a Saturday
    assert (second.participants, second.questions) == (("4210", "4220", "4290"), DRAFT.questions)  # opened in July
    made = set_up_round(actor=LOCAL, facts=second, as_of=TODAY).round
    assert made is not None
    third = propose_setup(made)
    assert (third.key, third.kind, third.cut_off) == ("bokslut-2022", RoundKind.YEAR_END, date(2022, 12, 31))
    assert [own.text[:31] for own in third.questions] == ["Vad förklarar årets resultat mo"]  # no rest of the year
    year_end = set_up_round(actor=LOCAL, facts=third, as_of=TODAY).round
    assert year_end is not None
    assert propose_setup(year_end).questions == DRAFT.questions  # those of the last interim report
    assert propose_setup(first).key == "delar2-2022-2"  # the key is taken by now


def test_units_opened_since_are_proposed_beside_those_that_took_part_alone() -> None:
    def proposed(*units: str) -> tuple[str, ...]:
        return next_setup(replace(DRAFT, participants=units), code_plan(), ()).participants

    content = "kod;namn;överordnad;gäller_från\n50;Teknik;KS;2022-06-01\n5010;Gata;50;2022-06-01\n"
    import_register(actor=LOCAL, dimension="unit", content=content.encode(), name="e.csv", as_of=TODAY)
    assert proposed("4210") == ("4210", "4290")  # nobody beside 50 took part
    assert proposed("42") == ("42", "5010")  # 42 answers for 4290; of 50, beside it, those who do the work


def test_months_follow_months_over_the_turn_of_the_year() -> None:
    work_round()
    Round.objects.filter(key=KEY).update(kind="month", cut_off=date(2022, 12, 31))
    own = round_row(KEY)
    assert own is not None
    following = propose_setup(own)
    assert (following.key, following.name) == ("manad-2023-01", "Uppföljning januari 2023")
    assert (following.year, following.cut_off, following.kind) == (2023, date(2023, 1, 31), RoundKind.MONTH)


def test_a_round_that_was_never_set_up_lends_whoever_handed_in() -> None:
    make_round(KEY)
    forecast("enhet;konto;rest\n4210;5;400\n4220;5;400\n")
    own = round_row(KEY)
    assert own is not None
    assert propose_setup(own).participants == ("4210", "4220")
    first = held_setup(KEY)
    assert change_setup(actor=LOCAL, facts=first, as_of=TODAY).findings == ()
    assert held_setup(KEY) == first


def _change(**changed: object) -> list[str]:
    facts = replace(held_setup(KEY), **changed)  # type: ignore[arg-type]
    return codes(change_setup(actor=LOCAL, facts=facts, as_of=TODAY).findings)


def test_deadlines_thresholds_questions_and_participants_change_while_the_round_is_open() -> None:
    work_round(questions=["Risker?"])
    wanted = replace(
        held_setup(KEY),
        name="Delår 2",
        deadline=date(2022, 9, 16),
        setup=SetupRow(date(2022, 9, 6), date(2022, 9, 26), date(2022, 10, 21), 7, 8, "delar"),
        participants=("4210", "4290"),
        questions=(QuestionRow(1, "Vilka risker?"), QuestionRow(2, "Övrigt?")),
    )
    assert change_setup(actor=LOCAL, facts=wanted, as_of=TODAY).findings == ()
    assert held_setup(KEY) == wanted


def test_what_is_begun_answered_or_fixed_does_not_change() -> None:
    work_round(questions=["Risker?"])
    assert _change(kind=RoundKind.MONTH) == ["N028"]
    assert _change(previous_key="delar1-2022") == ["N028"]
    save(("5", 0, 1, 0))
    assert _change(participants=("4220",)) == ["N023"]
    add_comment(actor=LOCAL, round_key=KEY, unit="4220", text="Hej", as_of=TODAY)
    assert _change(participants=(UNIT,)) == ["N023"]
    Answer.objects.create(question=Question.objects.get(), unit=UNIT, text="Ja", changed_at="2022-09-12T00:00Z")
    assert _change(questions=()) == ["N025"]
    assert _change(questions=(QuestionRow(1, "Risker?", is_required=False),)) == []
    Round.objects.filter(key=KEY).update(state=State.CONSOLIDATED.value)
    assert _change() == ["N027"]
    assert codes(change_setup(actor=LOCAL, facts=replace(DRAFT, key="saknas"), as_of=TODAY).findings) == ["P040"]


def test_a_round_is_consolidated_when_each_unit_is_approved_or_excused() -> None:
    work_round(units=("4210", "4220", "4290"))
    put("4210", WorkState.APPROVED)
    put("4220", WorkState.SUBMITTED)
    change = consolidate(actor=LOCAL, key=KEY, as_of=TODAY, **books())
    assert codes(change.findings) == ["N029", "N029"]
    assert [(own.facts["unit"], own.facts["name"]) for own in change.findings] == [
        ("4220", "Ekonomi"),
        ("4290", "Lokalförsörjning"),
    ]
    put("4220", WorkState.APPROVED)
    put("4290", WorkState.NOT_STARTED, excused="ny enhet")
    done = change_state(actor=LOCAL, key=KEY, to=State.CONSOLIDATED, as_of=TODAY, **books())
    assert done.findings == ()
    assert done.round is not None
    assert done.round.state is State.CONSOLIDATED
    assert state_of() is WorkState.APPROVED
    assert codes(consolidate(actor=LOCAL, key=KEY, as_of=TODAY, **books()).findings) == ["P065"]
    assert codes(consolidate(actor=LOCAL, key="saknas", as_of=TODAY, **books()).findings) == ["P040"]
