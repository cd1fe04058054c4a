"""What stands on codes that end: before and after, scenario by scenario, from one question."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from tests.figures.helpers import posting, relations
from uppsikt.core.periods import FOREVER, Month, Period
from uppsikt.figures.engine import Engine
from uppsikt.figures.standing import Standing, standing


def since(year: int, month: int, end: date = FOREVER) -> Period:
    return Period(date(year, month, 1), end)


@pytest.fixture
def engine(tmp_path: Path) -> Engine:
    actual = [
        posting(202206, "4210", "5010", 100),
        posting(202207, "4210", "5010", 7),
        posting(202209, "4210", "5010", -7),
        posting(202207, "4220", "5010", 40),
        posting(202207, None, "5010", 1_000),
    ]
    planned = [
        posting(202212, "4210", "5", 12, scenario="budget"),
        posting(202212, "4210", "5", 13, scenario="forecast/delar2-2022"),
    ]
    return Engine(relations(tmp_path, actual, planned))


def test_each_code_and_scenario_is_told_within_its_months_and_outside_them(engine: Engine) -> None:
    with engine:
        assert standing(engine, "unit", {"4210": since(2022, 7)}) == (
            Standing("4210", "actual", False, 1, 100_00, Month(2022, 6)),
            Standing("4210", "actual", True, 2, 0, Month(2022, 9)),
            Standing("4210", "budget", True, 1, 12_00, Month(2022, 12)),
            Standing("4210", "forecast/delar2-2022", True, 1, 13_00, Month(2022, 12)),
        )


def test_each_code_has_a_month_of_its_own(engine: Engine) -> None:
    with engine:
        told = standing(engine, "unit", {"4220": since(2022, 8), "4210": since(2022, 6)})
        assert [(own.code, own.is_within) for own in told if own.scenario == "actual"] == [
            ("4210", True),
            ("4220", False),
        ]


def test_a_code_that_is_opened_again_is_outside_from_then_on(engine: Engine) -> None:
    with engine:
        told = standing(engine, "unit", {"4210": since(2022, 7, date(2022, 8, 1))})
    assert [(own.is_within, own.posting_count) for own in told if own.scenario == "actual"] == [(False, 2), (True, 1)]


def test_many_codes_are_one_question_and_none_is_no_question(engine: Engine) -> None:
    with engine:
        standing(engine, "account", dict.fromkeys(["5010", "5", "finns inte"], since(2022, 7)))
        assert standing(engine, "unit", {}) == ()
        assert engine.asked == {"standing": 1}
