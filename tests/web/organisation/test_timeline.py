from __future__ import annotations

from datetime import date

import pytest

from uppsikt.core.codeplan import CodeName, CodePlan
from uppsikt.core.language import speaking
from uppsikt.core.periods import BEGINNING, FOREVER
from uppsikt.web.organisation.timeline import day_of_stop, timeline

JANUARY, JULY = date(2022, 1, 1), date(2022, 7, 1)
PLAN = CodePlan(
    (
        CodeName("unit", "10", BEGINNING, JANUARY, "IT"),
        CodeName("unit", "10", JANUARY, FOREVER, "Digitalisering"),
        CodeName("unit", "20", JULY, FOREVER, "Lokaler"),
        CodeName("unit", "30", BEGINNING, JULY, "Fastigheter"),
        CodeName("account", "5", date(2020, 1, 1), FOREVER, "Personal"),
    )
)


@pytest.mark.parametrize(
    ("day", "position"),
    [(date(2021, 12, 31), 0), (JANUARY, 1), (date(2022, 6, 30), 1), (JULY, 2), (date(2030, 1, 1), 2)],
)
def test_a_day_stands_on_the_latest_change_before_it(day: date, position: int) -> None:
    assert timeline(PLAN, "unit", day).current.position == position


def test_the_first_stop_is_the_day_before_anything_changed() -> None:
    own = timeline(PLAN, "unit", JULY)
    assert [stop.day for stop in own.stops] == [date(2021, 12, 31), JANUARY, JULY]
    assert own.stops[0].says == "Före den första ändringen"


def test_a_stop_says_how_many_codes_change() -> None:
    own = timeline(PLAN, "unit", JULY)
    assert [stop.says for stop in own.stops[1:]] == ["1 januari 2022: en kod ändras", "1 juli 2022: 2 koder ändras"]
    with speaking("en"):
        assert own.stops[2].says == "1 July 2022: 2 codes change"


def test_before_and_after_lead_to_the_neighbours_and_end_at_the_ends() -> None:
    assert timeline(PLAN, "unit", date(2021, 1, 1)).before is None
    middle = timeline(PLAN, "unit", JANUARY)
    assert middle.before
    assert middle.after
    assert (middle.before.position, middle.after.position) == (0, 2)
    assert timeline(PLAN, "unit", JULY).after is None


def test_only_a_day_of_change_is_one() -> None:
    assert timeline(PLAN, "unit", JULY).is_on_the_day
    assert not timeline(PLAN, "unit", date(2022, 7, 2)).is_on_the_day


def test_a_register_that_never_changed_has_one_stop() -> None:
    own = timeline(PLAN, "project", JULY)
    assert own.last_position == 0
    assert own.current.day == JULY


def test_a_place_on_the_slider_is_a_day_and_a_place_beyond_it_is_none() -> None:
    assert day_of_stop(PLAN, "unit", 1) == JANUARY
    assert day_of_stop(PLAN, "unit", 3) is None
