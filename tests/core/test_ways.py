"""Money is followed through changes: forwards by rules and shares, backwards to the code that was there before."""

from __future__ import annotations

from collections import Counter
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.coding.histories_strategy import MONTHS, History, histories
from uppsikt.core.changes import Change, Condition, Portion, Succession, SuccessionRule
from uppsikt.core.codeplan import CodeName, CodePlan
from uppsikt.core.money import allocate
from uppsikt.core.periods import BEGINNING, FOREVER
from uppsikt.core.ways import Asked, Meets, Way, successors

JANUARY, JULY = date(2022, 1, 1), date(2022, 7, 1)
NEXT_YEAR = date(2023, 1, 1)


def named(code: str, start: date = BEGINNING, end: date = FOREVER) -> CodeName:
    return CodeName("unit", code, start, end, code)


def whole(source: str, target: str, ends: bool = True) -> Succession:
    return Succession("unit", source, (SuccessionRule((Portion(target),)),), ends)


def shared(source: str, *portions: tuple[str, int], ends: bool = True) -> Succession:
    return Succession("unit", source, (SuccessionRule(tuple(Portion(*own) for own in portions)),), ends)


def plan(names: list[CodeName], *changes: tuple[date, Succession]) -> CodePlan:
    return CodePlan(
        tuple(names), (), tuple(Change(f"r#{no}", on, "", successions=(own,)) for no, (on, own) in enumerate(changes))
    )


def nothing(_: Asked) -> bool:
    return False


def places(held: CodePlan, code: str, month: date, horizon: int, meets: Meets = nothing) -> list[str]:
    return [way.code_at(horizon) for way in successors(held, "unit").ways(code, month, horizon, meets)]


def test_money_of_earlier_months_is_carried_over_and_later_money_stays() -> None:
    held = plan([named("A"), named("B")], (JULY, whole("A", "B", ends=False)))
    assert places(held, "A", JANUARY, 1) == ["B"]
    assert places(held, "A", JANUARY, 0) == ["A"]
    assert places(held, "A", JULY, 1) == ["A"]


def test_money_booked_on_a_code_that_has_ended_goes_to_its_successor_whenever() -> None:
    held = plan([named("A", end=JULY), named("B")], (JULY, whole("A", "B")))
    assert places(held, "A", date(2024, 3, 1), 1) == ["B"]
    assert places(held, "A", date(2024, 3, 1), 0) == ["A"]


def test_a_code_that_was_opened_again_keeps_its_new_money_and_not_its_old() -> None:
    held = plan([named("A", end=JULY), named("A", date(2024, 1, 1)), named("B")], (JULY, whole("A", "B")))
    assert places(held, "A", date(2023, 12, 1), 1) == ["B"]
    assert places(held, "A", date(2024, 1, 1), 1) == ["A"]
    assert places(held, "A", JANUARY, 1) == ["B"]


def test_a_way_goes_on_through_later_changes_in_their_order() -> None:
    names = [named("A", end=JULY), named("B", end=NEXT_YEAR), named("C")]
    held = plan(names, (JULY, whole("A", "B")), (NEXT_YEAR, whole("B", "C")))
    assert [places(held, "A", JANUARY, horizon) for horizon in (0, 1, 2)] == [["A"], ["B"], ["C"]]
    assert places(held, "B", JULY, 2) == ["C"]


def test_money_goes_back_to_the_code_whose_money_its_own_was_opened_for() -> None:
    names = [named("A", end=JULY), named("B", JULY), named("C", JULY)]
    held = plan(names, (JULY, shared("A", ("B", 1), ("C", 1))))
    assert places(held, "B", JULY, 0) == ["A"]
    assert places(held, "B", JULY, 1) == ["B"]
    assert successors(held, "unit").mixed("B", JULY, 0) == ()


def test_money_of_a_code_that_was_there_before_stays_for_it_cannot_be_told_apart() -> None:
    held = plan([named("A", end=JULY), named("B")], (JULY, whole("A", "B")))
    assert places(held, "B", JULY, 0) == ["B"]
    assert successors(held, "unit").mixed("B", JULY, 0) == ("A",)
    assert successors(held, "unit").mixed("B", JULY, 1) == ()
    assert successors(held, "unit").mixed("B", JANUARY, 0) == ()


def test_money_of_a_code_opened_for_two_stays() -> None:
    names = [named("A", end=JULY), named("B", end=JULY), named("C", JULY)]
    held = plan(names, (JULY, whole("A", "C")), (JULY, whole("B", "C")))
    assert places(held, "C", JULY, 0) == ["C"]
    assert successors(held, "unit").mixed("C", JULY, 0) == ("A", "B")


def test_what_came_to_a_code_later_keeps_only_the_money_after_it_from_going_back() -> None:
    names = [named("A", end=JULY), named("B", JULY), named("C", end=NEXT_YEAR)]
    held = plan(names, (JULY, whole("A", "B")), (NEXT_YEAR, whole("C", "B")))
    assert places(held, "B", date(2022, 12, 1), 0) == ["A"]
    assert places(held, "B", NEXT_YEAR, 0) == ["B"]
    assert successors(held, "unit").mixed("B", NEXT_YEAR, 0) == ("A", "C")
    assert successors(held, "unit").mixed("B", NEXT_YEAR, 1) == ("C",)


def test_what_came_to_the_older_code_after_it_was_parted_is_not_asked_for() -> None:
    names = [named("A", JANUARY), named("Z", end=JANUARY), named("B", JULY), named("X", end=NEXT_YEAR)]
    changes = [(JANUARY, whole("Z", "A")), (JULY, shared("A", ("A", 1), ("B", 1), ends=False))]
    held = plan(names, *changes, (NEXT_YEAR, whole("X", "A")))
    assert places(held, "B", date(2023, 6, 1), 0) == ["Z"]
    assert places(held, "A", date(2023, 6, 1), 0) == ["A"]


def test_a_round_within_a_day_ends() -> None:
    held = plan([named("A"), named("B")], (JULY, whole("A", "B", ends=False)), (JULY, whole("B", "A", ends=False)))
    assert [places(held, "A", JANUARY, horizon) for horizon in (0, 1, 2)] == [["A"], ["B"], ["A"]]
    assert places(held, "A", NEXT_YEAR, 0) == ["A"]
    assert successors(held, "unit").asked("A", JANUARY, 2) == []


def test_codes_opened_for_each_other_on_one_day_have_no_endless_way_back() -> None:
    held = plan([named("A", JULY), named("B", JULY)], (JULY, whole("A", "B")), (JULY, whole("B", "A")))
    assert places(held, "A", NEXT_YEAR, 0) == ["A"]
    assert places(held, "B", NEXT_YEAR, 0) == ["A"]


def test_hundreds_of_rules_that_are_not_met_are_passed_by() -> None:
    rule = SuccessionRule((Portion("B"),), (Condition("account", ("5",)),))
    held = plan([named("A"), named("B")], *[(JULY, Succession("unit", "A", (rule,), False))] * 1500)
    assert places(held, "A", JANUARY, 1500) == ["A"]
    assert len(successors(held, "unit").asked("A", JANUARY, 1500)) == 1500


def test_the_first_rule_that_is_met_decides() -> None:
    rules = (
        SuccessionRule((Portion("B"),), (Condition("account", ("5",)), Condition("activity", ("9",)))),
        SuccessionRule((Portion("C"),), (Condition("account", ("5",)),)),
        SuccessionRule((Portion("D"),)),
    )
    held = plan([named(code) for code in "ABCD"], (JULY, Succession("unit", "A", rules, False)))

    def codes(*met: str) -> Meets:
        return lambda asked: bool({asked.condition.dimension} & set(met))

    assert places(held, "A", JANUARY, 1, codes("account", "activity")) == ["B"]
    assert places(held, "A", JANUARY, 1, codes("account")) == ["C"]
    assert places(held, "A", JANUARY, 1, codes("activity")) == ["D"]
    asked = successors(held, "unit").asked("A", JANUARY, 1)
    assert [(own.condition.dimension, own.position) for own in asked] == [("account", 0), ("activity", 0)]


def test_successors_are_made_once_for_each_plan() -> None:
    held = plan([named("A"), named("B")], (JULY, whole("A", "B")))
    same = plan([named("A"), named("B")], (JULY, whole("A", "B")))
    assert successors(held, "unit") is successors(same, "unit")
    assert successors(held, "unit") is not successors(held, "account")


def met(history: History, account: str) -> Meets:
    """Conditions on accounts, which no random history changes."""
    return lambda asked: bool(set(asked.condition.under) & set(history.base.path("account", account, JULY)))


def one_after_the_other(
    history: History, code: str, month: date, meets: Meets, amount_ore: int
) -> list[Counter[str]]:
    """What stands where after each change, by nothing but the meaning of events: the other way to the same."""
    plan = history.plan
    parcels, standing = [(code, amount_ore)], [Counter({code: amount_ore})]
    for position, change in enumerate(plan.changes):
        for own in change.successions:
            following = []
            for at, part in parcels:
                closed = own.ends and not any(
                    name.code == own.code and change.on < name.valid_to and name.valid_from <= month
                    for name in plan.names
                    if name.dimension == "unit"
                )
                rule = next(
                    (rule for rule in own.rules if all(meets(Asked(each, position)) for each in rule.conditions)),
                    None,
                )
                if at != own.code or rule is None or not (month < change.on or closed):
                    following.append((at, part))
                    continue
                parts = allocate(part, [portion.parts for portion in rule.portions])
                following += [(portion.code, ore) for portion, ore in zip(rule.portions, parts, strict=True)]
            parcels = following
        now: Counter[str] = Counter()
        for at, part in parcels:
            now[at] += part
        standing.append(now)
    return standing


postings = st.tuples(st.sampled_from(MONTHS), st.sampled_from(["3010", "5020", "6010"]), st.integers(-9_999, 9_999))


@given(histories(), postings, st.data())
def test_ways_give_what_events_give_one_after_the_other_to_the_ore(
    history: History, posting: tuple[date, str, int], data: st.DataObject
) -> None:
    month, account, amount_ore = posting
    code = data.draw(st.sampled_from(history.codes))
    meets = met(history, account)
    last = len(history.plan.changes)
    ways = successors(history.plan, "unit").ways(code, month, last, meets)
    assert sum(way.share.of(amount_ore) for way in ways) == amount_ore
    for horizon, expected in enumerate(one_after_the_other(history, code, month, meets, amount_ore)):
        if any(step.position >= horizon for step in ways[0].backs):
            assert {way.code_at(horizon) for way in ways} == {ways[0].code_at(horizon)}
            continue
        standing: Counter[str] = Counter()
        for way in ways:
            standing[way.code_at(horizon)] += way.share.of(amount_ore)
        assert {at: ore for at, ore in standing.items() if ore} == {at: ore for at, ore in expected.items() if ore}


@given(histories(), postings, st.data())
def test_ways_to_an_older_structure_are_the_beginnings_of_longer_ones(
    history: History, posting: tuple[date, str, int], data: st.DataObject
) -> None:
    month, account, amount_ore = posting
    code, horizon = data.draw(st.sampled_from(history.codes)), data.draw(st.integers(0, len(history.plan.changes)))
    asks = successors(history.plan, "unit")
    meets = met(history, account)
    short, long = Counter[str](), Counter[str]()
    for way in asks.ways(code, month, horizon, meets):
        short[way.code_at(horizon)] += way.share.of(amount_ore)
    for way in asks.ways(code, month, len(history.plan.changes), meets):
        long[way.code_at(horizon)] += way.share.of(amount_ore)
    assert {at: ore for at, ore in short.items() if ore} == {at: ore for at, ore in long.items() if ore}


@given(histories(), st.sampled_from(MONTHS))
def test_codes_that_are_not_said_to_move_stay_in_every_structure(history: History, month: date) -> None:
    asks = successors(history.plan, "unit")
    for code in set(history.codes) - asks.codes:
        assert asks.ways(code, month, len(history.plan.changes), lambda _: True) == (Way(code),)


@given(histories(), st.sampled_from(MONTHS))
def test_steps_back_lead_through_older_and_older_changes_to_codes_that_were_open(
    history: History, month: date
) -> None:
    plan = history.plan
    for code in history.codes:
        backs = successors(plan, "unit").ways(code, month, 0, nothing)[0].backs
        positions = [step.position for step in backs]
        assert positions == sorted(positions, reverse=True)
        for step in backs:
            on = plan.changes[step.position].on
            assert on <= month
            assert any(own.code == step.code and own.valid_from < on <= own.valid_to for own in plan.names)


@pytest.mark.parametrize(("until", "expected"), [(None, "A"), (1, "B")])
def test_a_bridge_undoes_steps_back_apart(until: int | None, expected: str) -> None:
    names = [named("A", end=JULY), named("B", JULY)]
    held = plan(names, (JULY, whole("A", "B")))
    (way,) = successors(held, "unit").ways("B", JULY, 1, nothing)
    assert way.code_at(0, until) == expected
