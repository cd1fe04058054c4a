"""What a deviation asks to be said, and whether it is: one rule for page, panel, tree and handing in."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from uppsikt.rounds.amounts import shown_amount
from uppsikt.rounds.deviations import Position, asked_of, explanation_faults
from uppsikt.rounds.values import ExplanationRow, SetupRow

DAY = date(2022, 9, 14)
SETUP = SetupRow(DAY, DAY, DAY, threshold_ore=100, threshold_permille=10)
CAUSE = ExplanationRow("5", "Fler barn", "", None, "", None, 1, "chef", datetime(2022, 9, 14, tzinfo=UTC))
WHOLE = replace(CAUSE, measure="Vakans", effect_ore=-50, responsible="Eva", due_on=DAY)


@pytest.mark.parametrize(
    ("forecast_ore", "lacking_to"),
    [
        (1_100, {"nothing": 2, "cause": 1, "whole": 0}),  # worse: what is done about it, too
        (900, {"nothing": 1, "cause": 0, "whole": 0}),
        (1_099, {"nothing": 0, "cause": 0, "whole": 0}),  # under the threshold
    ],
)
def test_a_deviation_asks_its_cause_and_where_it_is_worse_a_measure(
    forecast_ore: int, lacking_to: dict[str, int]
) -> None:
    own = Position("5", forecast_ore, 0, 1_000, {}, {})
    for name, held in (("nothing", None), ("cause", CAUSE), ("whole", WHOLE)):
        assert len(list(explanation_faults([own], [held] if held else [], SETUP, str))) == lacking_to[name]
        assert asked_of(own.deviation_ore, own.budget_ore, SETUP).lacks(held) == bool(lacking_to[name])


def test_nothing_is_asked_where_nothing_is_forecast_or_the_round_has_no_setup() -> None:
    assert not asked_of(None, 1_000, SETUP).cause
    assert not asked_of(1_000, 1_000, None).cause


def test_what_lacks_is_said_as_the_page_shows_it_with_the_groups_name() -> None:
    costs = Position("5", 12_543_600_000, 0, 11_979_200_000, {}, {})
    said = [own.says for own in explanation_faults([costs], [], SETUP, lambda code: f"{code} Personal")]
    assert said[0].startswith("5 Personal avviker −5\u202f644\u00a0tkr från budget")
    assert said[1].startswith("5 Personal blir 5\u202f644\u00a0tkr sämre än budget")
    assert [shown_amount(ore) for ore in (-125_000, 75)] == ["1\u202f250\u00a0kr", "−0,75\u00a0kr"]
