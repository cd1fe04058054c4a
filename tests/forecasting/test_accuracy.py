"""Accuracy, worked out by hand."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from tests.web.conftest import EVENTS, ledger_text, load_municipality
from uppsikt.audit.actors import Actor
from uppsikt.coding.reorganisation_services import adopt_reorganisation, import_events
from uppsikt.coding.selectors import code_plan
from uppsikt.forecasting.accuracy import Outcome, by
from uppsikt.forecasting.selectors import accuracy, accuracy_of_units, ended_rounds
from uppsikt.forecasting.services import suggest
from uppsikt.ledger.selectors import profiles
from uppsikt.ledger.services import import_file
from uppsikt.planning.kinds import RoundKind
from uppsikt.planning.services import create_round

DAY = date(2023, 1, 20)
NODE, OTHER = ("42", "5"), ("42", "3")


def test_errors_add_without_sign_bias_with_it_and_the_suggestion_is_compared_on_the_same_groups() -> None:
    outcome = Outcome(
        "d1",
        forecast={NODE: 110, OTHER: -60},
        suggestion={NODE: 104},
        actual={NODE: 100, OTHER: -50},
        budget={NODE: 90, OTHER: -10},
    )
    rows = list(outcome.rows())
    assert [(row.account, row.bias_ore, row.suggestion_error_ore) for row in rows] == [("3", -10, None), ("5", 10, 4)]
    whole = by(rows, lambda row: (row.unit, ""))["42", ""]
    assert (whole.bias_ore, whole.error_ore, whole.budget_ore) == (0, 20, 100)
    assert (whole.suggestion_error_ore, whole.matched_error_ore) == (4, 10)
    assert whole.share(whole.error_ore) == Decimal("0.2")


def test_over_rounds_they_are_means_of_the_rounds_that_can_tell() -> None:
    first = Outcome("d1", {NODE: 110}, {}, {NODE: 100}, {NODE: 100})
    second = Outcome("d2", {NODE: 106}, {NODE: 101}, {NODE: 100}, {NODE: 100})
    mean = by([*first.rows(), *second.rows()], lambda row: (row.unit, ""))["42", ""]
    assert (mean.rounds, mean.bias_ore, mean.error_ore) == (2, 8, 8)
    assert (mean.suggestion_error_ore, mean.matched_error_ore) == (1, 6)


def test_what_was_forecast_and_never_came_is_all_error_and_without_budget_there_is_no_share() -> None:
    (row,) = Outcome("d1", {NODE: 30}, {}, {}, {}).rows()
    assert (row.bias_ore, row.error_ore, row.share(row.error_ore)) == (30, 30, None)


@pytest.mark.django_db
def test_accuracy_is_told_when_the_year_has_ended_and_of_rounds_before_only(
    local: Actor, tmp_path: Path, django_assert_num_queries: object
) -> None:
    load_municipality(local, tmp_path)
    suggest(actor=local, round_key="delar2-2022", as_of=DAY)
    assert ended_rounds() == []  # August is the last month held
    assert accuracy(ended_rounds()) == []
    path = tmp_path / "hela-2022.se"
    path.write_text(ledger_text(2022, 12), encoding="cp437")
    import_file(actor=local, path=path, profile=profiles()["sie"], as_of=DAY, replace=True, known=code_plan())
    rows = accuracy(ended_rounds())
    for rounds in (ended_rounds(), ended_rounds()[:1]):
        with django_assert_num_queries(7):  # type: ignore[operator]
            accuracy(rounds)
    told = {(row.round_key, row.unit, row.account): row for row in rows}
    # 2 500 000 and 2 640 000 were forecast, 2 400 000 came, and the suggestion had said so
    assert told["delar1-2022", "4220", "5"].bias_ore == 10_000_000
    assert told["delar1-2022", "4220", "5"].suggestion_error_ore is None
    assert told["delar2-2022", "4220", "5"].error_ore == 24_000_000
    assert told["delar2-2022", "4220", "5"].suggestion_error_ore == 0
    assert accuracy_of_units("delar1-2022", ["4220"]) == {}
    assert accuracy_of_units("delar2-2022", ["4220"])["4220"].error_ore == 10_000_000
    create_round(
        actor=local,
        key="april-2023",
        name="April",
        kind=RoundKind.MONTH,
        year=2023,
        cut_off=date(2023, 4, 30),
        deadline=date(2023, 5, 10),
        as_of=DAY,
    )
    mean = accuracy_of_units("april-2023", ["4220", "1010"])["4220"]
    assert (mean.rounds, mean.error_ore, mean.budget_ore) == (2, 17_000_000, 252_000_000)


MERGED = """\
reorganisation;name;decision;decided_on;event;kind;dimension;effective;code;code_name;parent;to;share;where;text
samman-2022;Slås ihop;Ks 7/2022;2022-03-01;1;open;unit;2022-05-01;4221;Ekonomi och IT;42;;;;Ny enhet
samman-2022;;;;2;merge;unit;2022-05-01;4220;;;4221;;;
samman-2022;;;;3;merge;unit;2022-05-01;1010;;;4221;;;
"""


def booked_on(unit: str, *lines: str) -> str:
    """The year 2022 as its ledger has it when some lines are booked on a unit from May on."""
    head, *vouchers = ledger_text(2022, 12).split("#VER")
    head += f'#OBJEKT 1 {unit} "Ny"\n'
    for at in range(4, 12):
        for line in lines:
            account, before = line.split()
            vouchers[at] = vouchers[at].replace(f"{account} {{1 {before}}}", f"{account} {{1 {unit}}}")
    return "#VER".join([head, *vouchers])


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("events", "key", "moved", "errors"),
    [
        # the fees went to 4221 from May: what 4220 forecast of them in April is held against all of them
        (EVENTS, "delning-2022", ("3010 4220",), {("4220", "3"): 0, ("4220", "5"): 10_000_000, ("1010", "5"): 0}),
        # put together, nobody can tell them apart: one business, forecast by both, under who has it now
        (
            MERGED,
            "samman-2022",
            ("3010 4220", "5010 4220", "5010 1010"),
            {("4221", "3"): 0, ("4221", "5"): 10_000_000},
        ),
    ],
)
def test_a_forecast_is_held_against_the_same_business_whoever_has_it_at_the_end_of_the_year(
    local: Actor,
    tmp_path: Path,
    events: str,
    key: str,
    moved: tuple[str, ...],
    errors: dict[tuple[str, str], int],
) -> None:
    load_municipality(local, tmp_path)
    import_events(actor=local, content=events.encode(), name="handelser.csv", as_of=DAY)
    assert adopt_reorganisation(actor=local, key=key, as_of=DAY).findings == ()
    path = tmp_path / "hela-2022.se"
    path.write_text(booked_on("4221", *moved), encoding="cp437")
    import_file(actor=local, path=path, profile=profiles()["sie"], as_of=DAY, replace=True, known=code_plan())
    rows = accuracy(ended_rounds()[:1])
    assert {(row.unit, row.account): row.error_ore for row in rows} == errors
    assert {row.budget_ore for row in rows if row.account == "3"} == {12_000_000}
