"""Actuals by unit and account node, where forecasts begin."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from tests.figures.helpers import posting, relations
from uppsikt.figures.engine import Engine

MONEY = [
    posting(202201, "4210", "6010", 5),
    posting(202202, "4210", "6410", 7),
    posting(202202, "4220", "6410", 11),
    posting(202209, "4210", "6410", 1000),
    posting(202112, "4210", "6410", 1000),
    posting(202202, None, "6410", 13),
]


def test_every_node_of_both_trees_has_an_answer(tmp_path: Path) -> None:
    with Engine(relations(tmp_path, MONEY)) as engine:
        actuals = engine.actuals_by_unit_account(2022, date(2022, 8, 31))
    assert actuals["4210", "6410"] == {202202: 700}
    assert actuals["42", "6410"] == {202202: 1800}
    assert actuals["KS", "6"] == {202202: 1800}  # class 6 in the reporting hierarchy is without rents
    assert actuals["4210", "6A"] == {202201: 500}
    assert set(actuals) == {("4210", "6010"), ("4210", "6410"), ("4220", "6410")}
    assert len(actuals) == 3


def test_the_standard_hierarchy_has_rents_in_class_six(tmp_path: Path) -> None:
    with Engine(relations(tmp_path, MONEY)) as engine:
        actuals = engine.actuals_by_unit_account(2022, date(2022, 8, 31), "standard")
    assert actuals["4210", "6"] == {202201: 500, 202202: 700}


def test_a_node_without_money_is_a_key_error(tmp_path: Path) -> None:
    with Engine(relations(tmp_path, MONEY)) as engine:
        actuals = engine.actuals_by_unit_account(2022, date(2022, 8, 31))
    assert actuals.get(("3010", "6410"), {}) == {}
    with pytest.raises(KeyError):
        actuals["4210", "5010"]
