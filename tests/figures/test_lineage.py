"""Figures with their lineage down to files and decisions."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from tests.figures.helpers import parameters, relations
from tests.figures.test_drill import ACTUAL, NET, PLANNED, ROW
from uppsikt.figures.definitions import shipped
from uppsikt.figures.engine import Engine


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[Engine]:
    with Engine(relations(tmp_path, ACTUAL, PLANNED)) as made:
        yield made


def test_sources_add_up_to_the_figure(engine: Engine) -> None:
    figure = engine.figure(NET, parameters(), ROW, "budget")
    assert [(own.source, own.label, own.posting_count, own.amount_ore) for own in figure.sources] == [
        ("budget:1", "Ks 1/2022", 1, 31000),
        ("budget:2", "budget:2", 1, 1000),
    ]
    assert figure.cell.amount_ore == 32000


def test_a_deviation_has_operands_and_the_sources_of_both(engine: Engine) -> None:
    figure = engine.figure(NET, parameters(), ROW, "avvikelse")
    assert [operand.address for operand in figure.operands] == [
        f"nettoredovisning/{ROW}/prognos@delar2-2022",
        f"nettoredovisning/{ROW}/budget@delar2-2022",
    ]
    assert sum(own.amount_ore for own in figure.sources) == figure.cell.amount_ore == 1000
    assert [sum(own.amount_ore for own in operand.sources) for operand in figure.operands] == [33000, 32000]
    assert dict(engine.asked) == {"census": 4, "crosstab": 1, "sources": 1}


def test_a_total_has_its_rows_as_operands(engine: Engine) -> None:
    figure = engine.figure(NET, parameters(), "nettokostnad", "utfall")
    assert [operand.cell.amount_ore for operand in figure.operands] == [100000, None, 33200]
    assert sum(own.amount_ore for own in figure.sources) == figure.cell.amount_ore == 133200
    assert str(figure.selector) == "summan av Kommungemensamt, Politisk kommunledning, Kommunstyrelseförvaltningen"


def test_a_figure_says_what_it_is(engine: Engine) -> None:
    figure = engine.figure(NET, parameters(), ROW, "utfall", with_sources=False)
    assert str(figure.label) == "Kommunstyrelseförvaltningen, Utfall 2022-08-31"
    assert str(figure.period) == "januari–augusti 2022"
    assert str(figure.structure) == "organisationen 2022-08-31"
    assert str(figure.selector) == "enhet under 40; konto under 3..9"
    assert figure.as_of == date(2022, 8, 31)
    assert figure.text() == "0"
    assert figure.sources == ()


def test_a_year_end_knows_the_whole_of_last_year(engine: Engine) -> None:
    figure = engine.figure(NET, parameters(), ROW, "bokslut-foregaende", with_sources=False)
    assert (figure.as_of, str(figure.period)) == (date(2021, 12, 31), "helåret 2021")


def test_a_previous_deviation_knows_the_budget_of_then(engine: Engine) -> None:
    figure = engine.figure(NET, parameters(), ROW, "avvikelse-foregaende", with_sources=False)
    assert figure.as_of == date(2022, 8, 31)
    assert figure.operands[1].as_of == date(2022, 4, 30)


def test_many_figures_of_a_statement_are_one_question_and_the_same_as_one_by_one(engine: Engine) -> None:
    places = [(row, column) for row in (ROW, "nettokostnad") for column in ("utfall", "budget", "avvikelse")]
    together = engine.figures(NET, parameters(), places)
    assert dict(engine.asked) == {"census": 4, "crosstab": 1, "sources": 1}
    assert together == [engine.figure(NET, parameters(), *place) for place in places]
    assert all(sum(own.amount_ore for own in one.sources) == one.cell.amount_ore for one in together)


def test_a_figure_of_one_unit_says_whose_it_is(engine: Engine) -> None:
    own = shipped()["kontogrupper"]
    figure = engine.figure(own, parameters("4210"), "5", "utfall", with_sources=False)
    assert str(figure.label) == "4210: 5 5, Utfall 2022-08-31"  # the small plan names codes after themselves
    assert engine.statement(own, parameters("4210")).unit_name == "4210"
    assert engine.statement(NET, parameters()).unit_name == ""
