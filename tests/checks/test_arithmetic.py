"""Relations between columns, told by figures alone."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from uppsikt.checks.arithmetic import Linear, column_relations

BUDGET_FORECAST_VARIANCE: list[list[int | None]] = [
    [-253267, -248986, 4281],
    [32100, 24000, -8100],
    [-45553, -38966, 6587],
    [-473655, -491806, -18151],
    [-740375, -755758, -15383],
]


def test_a_variance_is_found_from_the_figures() -> None:
    (found,) = column_relations(BUDGET_FORECAST_VARIANCE)
    assert found.relation == Linear(2, ((0, -1), (1, 1)))
    assert found.fails == ()


def test_one_wrong_cell_does_not_hide_the_relation() -> None:
    rows = [*BUDGET_FORECAST_VARIANCE[:-1], [-740375, -755758, -15833]]
    (found,) = column_relations(rows)
    assert found.fails == (4,)


def test_small_figures_that_happen_to_fit_prove_nothing() -> None:
    assert column_relations([[1, 2, 3], [2, 2, 4], [7, 5, 2]]) == []


def test_a_difference_of_nought_alone_says_no_direction() -> None:
    assert column_relations([[-5000, -5000, 0], [-7100, -7100, 0], [-880, -880, 0]]) == []


def test_months_and_their_year_are_found() -> None:
    months = [
        [1031, 984, 1207, 1190, 875, 1302],
        [4410, 4087, 5236, 4991, 3702, 5518],
        [212, 198, 240, 233, 171, 260],
        [77, 91, 64, 102, 58, 99],
    ]
    found = column_relations([[*row, sum(row)] for row in months])
    assert found[-1].relation == Linear(6, tuple((index, 1) for index in range(6)))


def test_rounding_is_let_pass() -> None:
    relation = Linear(2, ((0, 1), (1, 1)))
    assert relation.holds(1)
    assert not relation.holds(2)


@given(st.lists(st.tuples(st.integers(-(10**6), 10**6), st.integers(-(10**6), 10**6)), min_size=4, max_size=12))
def test_true_differences_never_fail(pairs: list[tuple[int, int]]) -> None:
    rows: list[list[int | None]] = [[budget, forecast, forecast - budget] for budget, forecast in pairs]
    for found in column_relations(rows):
        if found.relation == Linear(2, ((0, -1), (1, 1))):
            assert found.fails == ()


def test_rows_whose_halves_are_equal_prove_no_relation_of_three_columns() -> None:
    """A municipality that is most of its group has the same figures twice: 50, 48, 50, 48."""
    twice: list[list[int | None]] = [
        [one, other, one, other] for one, other in ((4831, 4815), (5426, 5697), (4600, 5086), (1265, 1233))
    ]
    assert not column_relations([*twice, [2293, 2406, 2401, 2446]])


def test_a_column_that_is_mostly_empty_is_part_of_the_relation_and_its_rows_are_right() -> None:
    """Expenses before, income, expenses this year, and what is left: income came in two rows of eight."""
    rows: list[list[int | None]] = [
        *([before, 0, now, before + now] for before, now in ((326, 71), (30345, 496), (90, 142), (36883, 34))),
        *([before, 0, now, before + now] for before, now in ((1784, 17), (3561, 388))),
        [8296, -3950, 603, 4949],
        [71285, -3950, 1751, 69086],
    ]
    (found,) = column_relations(rows)
    assert found.relation == Linear(3, ((0, 1), (1, 1), (2, 1)))
    assert not found.fails
