"""Codes followed through a walk pass at every stage what they would pass were each stage looked at by itself."""

from __future__ import annotations

from datetime import date

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.coding.histories_strategy import DAYS, History, histories
from tests.figures.by_hand import APRIL, CUT_OFF, PLAN, STATEMENT
from uppsikt.core.codeplan import CodePlan
from uppsikt.core.language import Text
from uppsikt.core.periods import year_period
from uppsikt.figures.carrying import Code, carried
from uppsikt.figures.definitions import MoneyColumn, Test
from uppsikt.figures.layout import LaidColumn, Layout
from uppsikt.figures.membership import Builder
from uppsikt.figures.model import Row
from uppsikt.figures.rows import LaidRow
from uppsikt.figures.stages import stages
from uppsikt.figures.structures import Reading, as_of, epoch_of
from uppsikt.figures.tracks import START, Passed, Tracker, Walk

UNITS = [("unit", "standard")]
TESTS = [
    Test("unit", ("A",)),
    Test("unit", ("A1..C1", "N1")),
    Test("unit", excluding=("B", "A2")),
    Test("unit", ("C",), excluding=("C1",)),
    Test("unit", is_present=True),
    Test("unit", is_present=False),
]
MONTHS = tuple(year_period(2022).months())


def layout_of(plan: CodePlan, readings: list[Reading]) -> Layout:
    rows = tuple(LaidRow(Row(f"r{number}", Text("", "")), (test,)) for number, test in enumerate(TESTS))
    spec = STATEMENT.columns[0]
    assert isinstance(spec, MoneyColumn)
    column = LaidColumn(spec, ("actual",), MONTHS, (readings[0],) * len(MONTHS))
    epochs = {epoch_of(plan, ["unit"], own): number for number, own in enumerate(readings)}
    return Layout(rows, (column,), (), ("unit",), epochs=epochs, readings=tuple(readings))


def passed_at(track: tuple[tuple[int, Passed], ...], stage: int) -> Passed:
    return [passed for number, passed in track if number <= stage][-1]


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(histories(), st.sampled_from(DAYS), st.sampled_from([*DAYS, date(2020, 1, 1)]))
def test_every_stage_is_what_it_would_be_by_itself(history: History, last: date, day: date) -> None:
    plan, was = history.plan, Reading(last)
    walk = Walk(was, tuple(stages(plan, UNITS, was, as_of(plan, day))))
    readings = [was, *(stage.reading for stage in walk.stages)]
    census: dict[str, frozenset[Code]] = {
        "unit": frozenset([*history.codes, None, "X9"]),
        "account": frozenset(["5010"]),
    }
    carrying = carried(plan, "unit", readings, MONTHS, census)
    tracks = Tracker(plan, "unit", TESTS, carrying.names(census["unit"])).tracks(walk, carrying)
    builder = Builder(layout_of(plan, readings), plan, census)
    for epoch in range(len(readings)):
        alone = {
            name: frozenset(number for number, test in enumerate(TESTS) if name in builder.passes(test, epoch))
            for name in tracks
        }
        assert {name: passed_at(track, epoch - 1) for name, track in tracks.items()} == alone


def test_only_what_a_change_touches_has_more_than_a_start() -> None:
    walk = Walk(
        Reading(date(2021, 12, 31)), tuple(stages(PLAN, UNITS, Reading(date(2021, 12, 31)), as_of(PLAN, APRIL)))
    )
    own = [Test("unit", ("1",)), Test("unit", ("2",))]
    names: frozenset[Code] = frozenset(["11", "12", "21", "22"])
    carrying = carried(
        PLAN, "unit", [stage.reading for stage in walk.stages], MONTHS, {"unit": frozenset(["12", "21"])}
    )
    tracks = Tracker(PLAN, "unit", own, names).tracks(walk, carrying)
    assert tracks["22"] == ((START, frozenset({1})), (0, frozenset({0})))
    assert tracks["12"] == ((START, frozenset({0})),)
    assert tracks["21"] == ((START, frozenset({1})),)


def test_a_walk_without_stages_has_the_start_alone() -> None:
    walk = Walk(as_of(PLAN, CUT_OFF))
    carrying = carried(PLAN, "unit", [walk.start], MONTHS, {"unit": frozenset(["12"])})
    tracks = Tracker(PLAN, "unit", [Test("unit", ("13",))], frozenset(["12"])).tracks(walk, carrying)
    assert tracks == {"12": ((START, frozenset({0})),)}
    assert walk.stages == ()
