"""Money left on a code that ends, scenario by scenario, with the remedy that fits it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from tests.consequences.municipality import JULY, codes
from uppsikt.consequences.endings import Ending
from uppsikt.consequences.left import money_findings
from uppsikt.core.findings import Finding
from uppsikt.core.language import speaking
from uppsikt.core.periods import Month
from uppsikt.figures.standing import Standing
from uppsikt.planning.rounds import RoundRow
from uppsikt.planning.states import State

HEIRS = Ending(1, "unit", "4210", "Digitalisering", JULY, ("4220",), ("Ekonomi",))
NOBODY = Ending(1, "unit", "4210", "Digitalisering", JULY, (), ())


def stands(scenario: str, kronor: int, *, is_within: bool) -> Standing:
    return Standing("4210", scenario, is_within, 2, kronor * 100, Month(2022, 9))


def told(ending: Ending, *standing: Standing, state: State = State.OPEN) -> list[Finding]:
    held = RoundRow("delar2", "Delår 2", "interim", 2022, date(2022, 8, 31), date(2022, 9, 30), state)
    left: dict[tuple[str, str], Sequence[Standing]] = {("unit", "4210"): standing}
    return list(money_findings([ending], left, [held], "prov"))


def test_history_alone_is_no_matter_where_there_is_an_heir() -> None:
    assert told(HEIRS, stands("actual", 5, is_within=False), stands("budget", 5, is_within=False)) == []


def test_without_an_heir_history_is_left_too_and_every_scenario_is_summed() -> None:
    own = told(
        NOBODY,
        stands("actual", 5, is_within=False),
        stands("actual", 2, is_within=True),
        stands("budget", 3, is_within=False),
    )
    assert codes(own) == ["C060", "C061"]
    assert own[0].facts["held"] == "utfall 7,00 kr, budget 3,00 kr"
    assert own[0].at.line == 1


def test_a_code_without_heirs_and_money_is_no_matter() -> None:
    assert told(NOBODY) == []


def test_postings_after_the_end_are_told_though_they_cancel_out() -> None:
    own = told(HEIRS, stands("actual", 0, is_within=True))
    assert codes(own) == ["C061"]
    assert own[0].facts["count"] == 2
    assert "4220 Ekonomi" in own[0].do


def test_a_forecast_matters_until_its_round_is_adopted() -> None:
    later = stands("forecast/delar2", 9, is_within=True)
    assert codes(told(HEIRS, later)) == ["C063"]
    assert "9,00 kr i månader efter att koden upphör 2022-07-01" in told(HEIRS, later)[0].says
    assert codes(told(HEIRS, later, state=State.CONSOLIDATED)) == ["C063"]
    assert told(HEIRS, later, state=State.ADOPTED) == []
    assert told(HEIRS, stands("forecast/annan", 9, is_within=True)) == []


def test_they_are_said_in_english_too() -> None:
    with speaking("en"):
        assert "actuals 5.00 kr" in told(NOBODY, stands("actual", 5, is_within=False))[0].says
