from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from tests.coding.histories_strategy import History, base_plan, histories
from uppsikt.coding.event_findings import (
    CODE_NOT_OPEN,
    CODE_UNKNOWN,
    CONDITION_ON_ITSELF,
    CONDITION_UNKNOWN,
    DAY_IMPOSSIBLE,
    DAY_OUT_OF_RANGE,
    ENDED_ON_THE_DAY,
    HAS_CHILDREN,
    MERGE_DIVIDES,
    MOVED_NOWHERE,
    NAME_MISSING,
    NOTHING_CHANGES,
    OPEN_ALREADY,
    PARENT_NOT_THERE,
    REGISTER_HAS_IT,
    ROUND_ON_A_DAY,
    RULE_UNREACHED,
    RULES_MISSING,
    RULES_NOT_WHOLE,
    SHARE_UNREADABLE,
    SHARES_TOO_FINE,
    TARGET_IS_SOURCE,
    TARGET_NOT_OPEN,
    TREE_CIRCLE,
    TWICE_ON_A_DAY,
)
from uppsikt.coding.events import Event, EventKind, Reorganisation
from uppsikt.coding.reorganising import Folded, with_events
from uppsikt.core.changes import Condition, Move, Portion, Succession, SuccessionRule
from uppsikt.core.codeplan import REPORTING, CodeName, CodePlan
from uppsikt.core.findings import Severity
from uppsikt.core.periods import BEGINNING, FOREVER

DAY, LATER = date(2022, 7, 1), date(2023, 1, 1)
BEFORE = date(2022, 6, 30)


def event(
    kind: EventKind, code: str, *to: str | tuple[str, int], number: int = 1, on: date = DAY, **more: object
) -> Event:
    portions = tuple(Portion(own) if isinstance(own, str) else Portion(*own) for own in to)
    rules = (SuccessionRule(portions),) if portions else ()
    return Event(number, kind, "unit", on, code, **{"rules": rules, **more})  # type: ignore[arg-type]


def opening(code: str, parent: str | None = "A", **more: object) -> Event:
    return event(EventKind.OPEN, code, name=f"Namn {code}", parent=parent, **more)  # type: ignore[arg-type]


def fold(*events: Event, base: CodePlan | None = None) -> Folded:
    numbered = tuple(replace(own, number=number) for number, own in enumerate(events, start=1))
    return with_events(base or base_plan(), [Reorganisation("r", "Omorganisation", events=numbered)])


def faults(*events: Event, base: CodePlan | None = None) -> list[tuple[str, int | None]]:
    return [(own.code, own.at.line) for own in fold(*events, base=base).findings]


def test_an_opened_code_has_name_place_and_a_move_in_the_plan() -> None:
    plan = fold(opening("N1", code_kind="unit")).plan
    assert plan.entry("unit", "N1", DAY) == CodeName("unit", "N1", DAY, FOREVER, "Namn N1", "unit")
    assert plan.entry("unit", "N1", BEFORE) is None
    assert "N1" in plan.children("unit", "A", DAY)
    assert plan.changes[0].moves == (Move("unit", "standard", "N1", "A"),)
    assert (plan.changes[0].key, plan.changes[0].label) == ("r#1", "Omorganisation: + N1")


def test_a_code_opened_in_another_hierarchy_is_a_root_of_the_main_one() -> None:
    plan = fold(opening("N1", None, hierarchy=REPORTING)).plan
    assert [own.hierarchy for own in plan.placements if own.code == "N1"] == [REPORTING, "standard"]
    assert {move.parent for move in plan.changes[0].moves} == {None}


def test_a_closed_code_keeps_its_past() -> None:
    plan = fold(event(EventKind.CLOSE, "A1")).plan
    assert plan.entry("unit", "A1", BEFORE) is not None
    assert plan.entry("unit", "A1", DAY) is None
    assert "A1" not in plan.children("unit", "A", DAY)
    assert plan.changes[0].successions == ()


def test_a_renamed_code_has_both_names_each_in_its_time_and_a_register_renames_it_again() -> None:
    base = base_plan()
    later = replace(base, names=tuple(_renamed_later(base)))
    plan = fold(event(EventKind.RENAME, "A1", name="Nytt"), base=later).plan
    assert [plan.name("unit", "A1", day) for day in (BEFORE, DAY, LATER)] == ["Namn A1", "Nytt", "Registrets"]


def _renamed_later(base: CodePlan) -> list[CodeName]:
    own = [name for name in base.names if name.code == "A1"]
    others = [name for name in base.names if name.code != "A1"]
    return [*others, replace(own[0], valid_to=LATER), replace(own[0], valid_from=LATER, name="Registrets")]


def test_a_moved_code_stands_elsewhere_from_the_day() -> None:
    plan = fold(event(EventKind.MOVE, "A1", parent="B")).plan
    assert (plan.parent("unit", "A1", BEFORE), plan.parent("unit", "A1", DAY)) == ("A", "B")
    assert plan.changes[0].moves == (Move("unit", "standard", "A1", "B"),)


def test_a_split_code_ends_and_others_answer_for_its_money() -> None:
    plan = fold(opening("N1"), opening("N2"), event(EventKind.SPLIT, "A1", ("N1", 3), ("N2", 2))).plan
    assert plan.entry("unit", "A1", DAY) is None
    rules = (SuccessionRule((Portion("N1", 3), Portion("N2", 2))),)
    assert plan.changes[2].successions == (Succession("unit", "A1", rules, True),)
    assert plan.changes[2].label == "Omorganisation: A1 → N1, N2"


def test_a_code_that_keeps_a_part_of_itself_goes_on() -> None:
    plan = fold(event(EventKind.SPLIT, "A1", ("A1", 3), ("A2", 2))).plan
    assert plan.entry("unit", "A1", DAY) is not None
    assert not plan.changes[0].successions[0].ends


def test_a_transfer_leaves_its_source_open_and_a_merger_does_not() -> None:
    plan = fold(event(EventKind.TRANSFER, "A1", "A2"), event(EventKind.MERGE, "B1", "B2")).plan
    assert plan.entry("unit", "A1", DAY) is not None
    assert plan.entry("unit", "B1", DAY) is None


def test_a_later_merger_of_a_merged_code_is_in_order_and_an_earlier_one_is_not() -> None:
    chain = (event(EventKind.MERGE, "A1", "A2"), event(EventKind.MERGE, "A2", "B1"))
    assert faults(*chain) == []
    assert faults(*reversed(chain)) == [(TARGET_NOT_OPEN, 2)]


def test_the_line_of_an_event_says_what_happened_whatever_is_remarked() -> None:
    closed = fold(event(EventKind.CLOSE, "A1", text="Skolan läggs ned")).plan
    assert closed.changes[0].label == "Omorganisation: − A1"
    assert fold(opening("N1", text="Namnet är antaget")).plan.changes[0].label == "Omorganisation: + N1"


def test_what_follows_from_an_event_that_is_refused_is_not_told_beside_its_own_fault() -> None:
    half = date(2022, 7, 15)
    own = (event(EventKind.MERGE, "A1", "N1"), opening("N1", on=half), event(EventKind.MOVE, "N1", parent="B"))
    assert faults(*own) == [(DAY_IMPOSSIBLE, 2)]
    assert faults(*own, event(EventKind.CLOSE, "X")) == [(DAY_IMPOSSIBLE, 2), (CODE_UNKNOWN, 4)]


def test_faults_are_told_by_number_whatever_the_day() -> None:
    late = event(EventKind.CLOSE, "X", on=LATER)
    assert faults(late, event(EventKind.CLOSE, "Y"), event(EventKind.MERGE, "A1", "Z")) == [
        (CODE_UNKNOWN, 1),
        (CODE_UNKNOWN, 2),
        (CODE_UNKNOWN, 3),
    ]


def test_a_dimension_is_called_by_its_name() -> None:
    (finding,) = fold(event(EventKind.CLOSE, "X")).findings
    assert finding.says == "Det finns ingen kod X i dimensionen enhet."


CONDITION = (Condition("account", ("5",)),)
TO_B1 = (Portion("B1"),)


@pytest.mark.parametrize(
    ("events", "expected"),
    [
        ([event(EventKind.CLOSE, "X")], [(CODE_UNKNOWN, 1)]),
        ([event(EventKind.MERGE, "A1", "X")], [(CODE_UNKNOWN, 1)]),
        ([opening("N1", on=LATER), event(EventKind.MOVE, "N1", parent="B")], [(CODE_UNKNOWN, 2)]),
        ([event(EventKind.CLOSE, "A1"), event(EventKind.MOVE, "A1", parent="B", on=LATER)], [(CODE_NOT_OPEN, 2)]),
        ([opening("N1"), event(EventKind.CLOSE, "N1")], [(CODE_NOT_OPEN, 2)]),
        ([opening("A1")], [(OPEN_ALREADY, 1)]),
        ([event(EventKind.CLOSE, "C")], [(HAS_CHILDREN, 1)]),
        ([event(EventKind.MOVE, "A1", parent="X")], [(PARENT_NOT_THERE, 1)]),
        ([opening("N1", "N2"), opening("N2", on=LATER)], [(PARENT_NOT_THERE, 1)]),
        ([event(EventKind.MOVE, "A", parent="B"), event(EventKind.MOVE, "B", parent="A")], [(TREE_CIRCLE, 2)]),
        ([event(EventKind.MERGE, "A1", "N1"), opening("N1", on=LATER)], [(TARGET_NOT_OPEN, 1)]),
        ([event(EventKind.MERGE, "A1")], [(RULES_MISSING, 1)]),
        ([event(EventKind.MERGE, "A1", "A2", "B1")], [(MERGE_DIVIDES, 1)]),
        ([event(EventKind.CLOSE, "A1", on=BEGINNING)], [(DAY_OUT_OF_RANGE, 1)]),
        ([event(EventKind.SPLIT, "A1", rules=(SuccessionRule(TO_B1, CONDITION),))], [(RULES_NOT_WHOLE, 1)]),
        (
            [event(EventKind.SPLIT, "A1", rules=(SuccessionRule(TO_B1), SuccessionRule(TO_B1, CONDITION)))],
            [(RULE_UNREACHED, 1)],
        ),
        ([event(EventKind.SPLIT, "A1", ("B1", 0))], [(SHARE_UNREADABLE, 1)]),
        ([event(EventKind.SPLIT, "A1", ("A2", 1), ("B1", 100_000))], [(SHARES_TOO_FINE, 1)]),
        ([opening("N1"), opening("N1", None, hierarchy=REPORTING)], [(TWICE_ON_A_DAY, 2)]),
        (
            [
                event(EventKind.SPLIT, "A1", ("A1", 499), ("A2", 500)),
                event(EventKind.SPLIT, "A2", ("A2", 499), ("B1", 500), on=LATER),
            ],
            [(SHARES_TOO_FINE, 2)],
        ),
        (
            [event(EventKind.TRANSFER, "A1", rules=(SuccessionRule(TO_B1, (Condition("unit", ("A",)),)),))],
            [(CONDITION_ON_ITSELF, 1)],
        ),
        (
            [event(EventKind.TRANSFER, "A1", rules=(SuccessionRule(TO_B1, (Condition("account", ("77",)),)),))],
            [(CONDITION_UNKNOWN, 1)],
        ),
        ([event(EventKind.CLOSE, "A1", on=date(2022, 7, 15))], [(DAY_IMPOSSIBLE, 1)]),
        (
            [event(EventKind.MOVE, "A1", parent="B"), event(EventKind.MOVE, "A1", parent="C")],
            [(TWICE_ON_A_DAY, 2)],
        ),
        (
            [event(EventKind.SPLIT, "A1", ("A1", 1), ("B1", 1)), event(EventKind.SPLIT, "A1", ("A1", 1), ("A2", 1))],
            [(TWICE_ON_A_DAY, 2)],
        ),
        ([event(EventKind.MERGE, "A1", "B1"), event(EventKind.CLOSE, "A1")], [(ENDED_ON_THE_DAY, 2)]),
        ([event(EventKind.MERGE, "A1", "A1")], [(TARGET_IS_SOURCE, 1)]),
        ([event(EventKind.OPEN, "N1", parent="A")], [(NAME_MISSING, 1)]),
        ([event(EventKind.MOVE, "A1", parent="A1")], [(MOVED_NOWHERE, 1)]),
        ([event(EventKind.MOVE, "A1", parent="A")], [(NOTHING_CHANGES, 1)]),
        ([event(EventKind.RENAME, "A1", name="Namn A1")], [(NOTHING_CHANGES, 1)]),
        (
            [event(EventKind.TRANSFER, "A1", "A2"), event(EventKind.TRANSFER, "A2", "A1")],
            [(ROUND_ON_A_DAY, 2)],
        ),
    ],
)
def test_each_fault_is_told_at_its_event(events: list[Event], expected: list[tuple[str, int]]) -> None:
    assert faults(*events) == expected


@pytest.mark.parametrize(
    "events",
    [
        [event(EventKind.MOVE, "C1", parent="A"), event(EventKind.CLOSE, "C")],
        [event(EventKind.CLOSE, "C"), event(EventKind.MERGE, "C1", "A1")],
        [opening("N1", "N2"), opening("N2")],
        [event(EventKind.TRANSFER, "A1", "A2"), event(EventKind.TRANSFER, "A1", "B1")],
        [event(EventKind.TRANSFER, "A1", "A2"), event(EventKind.MERGE, "A1", "B1")],
        [event(EventKind.MOVE, "A", parent="B"), event(EventKind.MOVE, "B", parent="C")],
        [event(EventKind.SPLIT, "A1", ("A1", 299), ("A2", 1)), event(EventKind.SPLIT, "A2", ("A2", 1), ("B1", 299))],
        [event(EventKind.CLOSE, "A1"), opening("A1", on=LATER)],
        [opening("N1"), event(EventKind.MOVE, "N1", hierarchy=REPORTING)],
        [event(EventKind.TRANSFER, "A1", rules=(SuccessionRule(TO_B1, CONDITION),))],
    ],
)
def test_what_is_in_order_has_no_findings(events: list[Event]) -> None:
    assert faults(*events) == []


def test_the_more_who_share_the_rounder_the_shares_must_be() -> None:
    names = [f"M{no:03}" for no in range(290)]
    opened = [opening(name) for name in names]
    equal = event(EventKind.SPLIT, "A1", "A1", *names)
    assert faults(*opened, equal) == []
    assert faults(*opened, equal, replace(equal, on=LATER)) == [(SHARES_TOO_FINE, 292)]


def test_an_event_in_error_has_no_effect_and_the_others_have_theirs() -> None:
    folded = fold(event(EventKind.CLOSE, "X"), event(EventKind.CLOSE, "A1"))
    assert [change.key for change in folded.plan.changes] == ["r#2"]
    assert folded.plan.entry("unit", "A1", DAY) is None


def test_events_take_effect_by_day_then_adoption_then_number_and_drafts_last() -> None:
    draft = Reorganisation("a", "Utkast", events=(event(EventKind.CLOSE, "A1", number=1),))
    second = Reorganisation("b", "Två", events=(event(EventKind.CLOSE, "A2", number=1),), position=2)
    first = Reorganisation(
        "c", "Ett", position=1,
        events=(event(EventKind.CLOSE, "B2", number=2), event(EventKind.CLOSE, "B1", number=1, on=LATER)),
    )  # fmt: skip
    plan = with_events(base_plan(), [draft, second, first]).plan
    assert [change.key for change in plan.changes] == ["c#2", "b#1", "a#1", "c#1"]


def test_a_register_that_has_the_effect_keeps_its_own_name_and_place() -> None:
    had = fold(
        opening("N1", "B"), event(EventKind.RENAME, "A1", name="Registrets"), event(EventKind.CLOSE, "A2")
    ).plan
    base = CodePlan(had.names, had.placements)
    folded = fold(
        opening("N1", "A"), event(EventKind.RENAME, "A1", name="Nytt"), event(EventKind.CLOSE, "A2"), base=base
    )
    assert [own.code for own in folded.findings] == [REGISTER_HAS_IT] * 3
    assert folded.plan.names == base.names
    assert folded.plan.changes[0].moves == (Move("unit", "standard", "N1", "B"),)


def test_a_code_that_the_register_ends_on_the_day_is_not_changed_on_it() -> None:
    base = replace(fold(event(EventKind.CLOSE, "A1")).plan, changes=())
    assert faults(event(EventKind.RENAME, "A1", name="Nytt"), base=base) == [(NOTHING_CHANGES, 1)]
    assert faults(event(EventKind.MOVE, "A1", parent="B"), base=base) == [(NOTHING_CHANGES, 1)]
    assert faults(event(EventKind.MERGE, "A1", "A2"), base=base) == [(REGISTER_HAS_IT, 1)]


def test_without_events_the_plan_is_the_base_itself() -> None:
    base = base_plan()
    assert with_events(base, [Reorganisation("r", "Tom")]).plan is base


@given(histories())
def test_histories_without_faults_have_sound_trees_and_changes_in_order(history: History) -> None:
    plan = history.plan
    assert [change.on for change in plan.changes] == sorted(change.on for change in plan.changes)
    assert len(plan.changes) == sum(len(own.events) for own in history.reorganisations)
    for placement in plan.placements:
        if placement.parent:
            assert plan.entry(placement.dimension, placement.parent, placement.valid_from)


@given(histories())
def test_folding_again_over_a_register_that_has_every_effect_changes_nothing(history: History) -> None:
    plan = history.plan
    again = with_events(CodePlan(plan.names, plan.placements), history.reorganisations)
    assert [own for own in again.findings if own.severity is Severity.ERROR] == []
    assert sorted(again.plan.names) == sorted(plan.names)
    assert sorted(map(str, again.plan.placements)) == sorted(map(str, plan.placements))
    assert [change.successions for change in again.plan.changes] == [change.successions for change in plan.changes]


@given(histories(), st.randoms(use_true_random=False))
def test_the_order_of_adoption_does_not_matter_for_what_has_nothing_in_common(
    history: History, random: object
) -> None:
    alone = [
        Reorganisation(f"{own.key}-{event.number}", "Ett", events=(event,))
        for own in history.reorganisations
        for event in own.events
    ]
    touched = [(own.events[0].on, _codes(own.events[0])) for own in alone]
    for no, (day, codes) in enumerate(touched):
        assume(not any(day == other and codes & more for other, more in touched[no + 1 :]))
    shuffled = alone[:]
    random.shuffle(shuffled)
    one, two = (
        with_events(history.base, [replace(own, position=no) for no, own in enumerate(order)]).plan
        for order in (alone, shuffled)
    )
    assert set(one.names) == set(two.names)
    assert set(one.placements) == set(two.placements)
    assert {change.key for change in one.changes} == {change.key for change in two.changes}


def _codes(own: Event) -> set[str | None]:
    return {own.code, own.parent, *own.targets} - {None}
