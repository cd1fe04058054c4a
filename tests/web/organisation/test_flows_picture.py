from __future__ import annotations

import itertools
import re

from hypothesis import given
from hypothesis import strategies as st

from uppsikt.web.organisation.flows_picture import FlowLine, Picture, flows_picture


def line(source: str, target: str, amount_ore: int) -> FlowLine:
    return FlowLine(source, f"{source} namn", target, f"{target} namn", amount_ore, amount_ore, f"{amount_ore} öre")


def drawn(*lines: FlowLine) -> Picture:
    return flows_picture(lines, str)


def test_a_ribbon_is_as_thick_as_its_share_of_the_money() -> None:
    large, small = drawn(line("A", "B", 300), line("A", "C", 100)).ribbons
    assert _thickness(large.path) == 3 * _thickness(small.path)


def test_money_that_stays_is_told_from_money_that_moves() -> None:
    stays, moves = drawn(line("A", "A", 50), line("A", "B", 50)).ribbons
    assert stays.stays
    assert not moves.stays


def test_each_end_has_its_name_and_all_its_money() -> None:
    ends = drawn(line("A", "B", 60), line("A", "C", 40), line("D", "B", 5)).ends
    assert [(end.label, end.amount, end.is_left) for end in ends] == [
        ("A namn", "100", True),
        ("D namn", "5", True),
        ("C namn", "40", False),
        ("B namn", "65", False),
    ]


def test_a_flow_of_nothing_is_not_drawn_and_no_money_at_all_is_an_empty_picture() -> None:
    assert len(drawn(line("A", "B", 0), line("A", "C", 1)).ribbons) == 1
    assert drawn().ribbons == []


def test_income_is_drawn_as_thick_as_cost() -> None:
    cost, income = drawn(line("A", "B", 100), line("C", "D", -100)).ribbons
    assert _thickness(cost.path) == _thickness(income.path)


def test_income_and_cost_that_cancel_out_are_drawn_by_their_turnover() -> None:
    (ribbon,) = drawn(FlowLine("A", "A", "B", "B", 0, 100, "0")).ribbons
    assert _thickness(ribbon.path) > 100


def test_a_long_name_is_cut_in_the_picture_and_whole_when_pointed_at() -> None:
    name = "4240 Informationsförsörjningsavdelningen i staden"
    picture = flows_picture([FlowLine("1", name, "2", "B", 5, 5, "5")], str)
    assert picture.ends[0].label.endswith("…")
    assert name in picture.ribbons[0].says


@given(
    st.dictionaries(
        st.tuples(st.sampled_from("ABCDE"), st.sampled_from("ABCDE")),
        st.integers(min_value=-(10**12), max_value=10**12),
        min_size=1,
        max_size=20,
    )
)
def test_no_two_ends_of_a_side_lie_over_each_other_and_all_lie_in_the_picture(
    amounts: dict[tuple[str, str], int],
) -> None:
    picture = drawn(*(line(source, target, amount) for (source, target), amount in amounts.items()))
    for is_left in (True, False):
        places = [(float(own.y), float(own.height)) for own in picture.ends if own.is_left is is_left]
        for (top, height), (below, _) in itertools.pairwise(places):
            assert top + height <= below
        assert all(top >= 0 and top + height <= picture.height + 0.5 for top, height in places)


def _thickness(path: str) -> float:
    start = float(re.findall(r"M\d+ ([\d.]+)", path)[0])
    end = float(re.findall(r" ([\d.]+)Z", path)[0])
    return round(end - start, 1)
