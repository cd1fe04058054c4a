from __future__ import annotations

from decimal import Decimal

from uppsikt.web.start.bars import bars


def test_deficits_lie_to_the_left_of_the_axis_and_surpluses_to_the_right_on_one_scale() -> None:
    (under, over), axis = bars([Decimal(-3), Decimal(1)])
    assert axis == "75.00"
    assert (under.css, under.x, under.width) == ("under", "0.00", "75.00")
    assert (over.css, over.x, over.width) == ("over", "75.00", "25.00")


def test_with_deficits_alone_the_axis_is_at_the_right_edge() -> None:
    _, axis = bars([Decimal(-3), Decimal(0)])
    assert axis == "100.00"


def test_with_nothing_to_show_the_axis_is_in_the_middle_and_no_bar_has_a_length() -> None:
    drawn, axis = bars([Decimal(0)])
    assert axis == "50.00"
    assert drawn[0].width == "0.00"


def test_no_rows_are_no_bars() -> None:
    assert bars([]) == ([], "50.00")
