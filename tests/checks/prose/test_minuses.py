"""A minus that was lost, and figures that never had one."""

import pytest

from uppsikt.checks.audit import check
from uppsikt.checks.reading.text import read_text
from uppsikt.checks.rules.prose import SHORTFALLS

BARE = SHORTFALLS.format(last="18,2")


def remarks(text: str) -> list[str]:
    return [said.code for said in check(read_text(text), select=["K054"]).remarks]


def test_a_shortfall_without_its_minus_is_told_where_the_others_have_theirs() -> None:
    assert remarks(BARE) == ["K054"]


@pytest.mark.parametrize(
    ("was", "said"),
    [
        ("Förvaltningens avvikelse är", "Förvaltningens negativa avvikelse är"),
        ("Förvaltningens avvikelse är", "Förvaltningens avvikelse är ett underskott på"),
        ("18,2 mnkr.", "18,2 mnkr sämre än budget."),
        ("18,2 mnkr.", "18,3 mnkr."),
        ("-8,1", "8,1"),
    ],
    ids=["negative", "deficit", "worse", "another figure", "no habit"],
)
def test_words_another_figure_or_no_habit_leave_it_alone(was: str, said: str) -> None:
    changed = BARE.replace(was, said, 1)
    assert changed != BARE
    assert not remarks(changed)


def test_costs_and_budgets_are_written_without_a_minus_everywhere() -> None:
    assert not remarks(SHORTFALLS.format(last="-18,2") + "\nFörvaltningens budget är 473,7 mnkr.\n")
