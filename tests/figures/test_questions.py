"""The SQL texts, and one engine used by many threads."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import duckdb
import pytest

from tests.figures.helpers import parameters, posting, relations, write
from uppsikt.core.postings import DIMENSIONS
from uppsikt.figures.definitions import shipped
from uppsikt.figures.engine import Engine
from uppsikt.figures.model import Relations
from uppsikt.figures.questions import question

ASKED_OF_STATEMENTS = ["crosstab", "bridge", "entries", "flows"]
ASKED_OF_CELLS = ["drill", "drill_vouchers", "sources", "vouchers"]


@pytest.mark.parametrize("name", [*ASKED_OF_STATEMENTS, *ASKED_OF_CELLS, "census", "actuals"])
def test_every_text_is_one_statement_without_places_left(name: str) -> None:
    text = question(name, DIMENSIONS, late="unit", ranged=("account",), known=2, drilled="project")
    assert "{" not in text
    assert len(duckdb.extract_statements(text)) == 1


@pytest.mark.parametrize("name", ["crosstab", "bridge", "drill", "drill_vouchers", "sources", "vouchers"])
def test_split_postings_are_cut_by_the_same_one_statement(name: str) -> None:
    cuts = (("unit", ("account", "activity")), ("account", ()))
    text = question(name, ("unit", "account"), late="unit", known=1, drilled="unit", cuts=cuts)
    assert "{" not in text
    assert len(duckdb.extract_statements(text)) == 1
    assert all(name in text for name in ("unit_leaves", "account_leaves", "booked_activity"))
    assert "leaves" not in question(name, ("unit", "account"), late="unit", known=1, drilled="unit")


def test_only_dimensions_are_put_into_a_text() -> None:
    with pytest.raises(ValueError, match="not dimensions"):
        question("drill", ("unit",), drilled="unit; DROP TABLE postings")


def test_unused_dimensions_are_not_read() -> None:
    assert "activity" not in question("crosstab", ("unit", "account"), late="unit")


def test_threads_share_an_engine(tmp_path: Path) -> None:
    money = [posting(202201, "1010", "5010", 1), posting(202201, "4210", "3010", -5)]
    with Engine(relations(tmp_path, money)) as engine:
        asked = [(shipped()[key], parameters(unit)) for key in shipped() for unit in (None, "10", "40", "4210")]
        alone = [engine.statement(*one).cells for one in asked]
    with Engine(relations(tmp_path / "b", money)) as engine, ThreadPoolExecutor(8) as pool:
        together = list(pool.map(lambda one: engine.statement(*one).cells, asked * 3))
    assert together == alone * 3


def test_a_file_rewritten_in_its_place_is_read_anew(tmp_path: Path) -> None:
    given = relations(tmp_path, [posting(202201, "1010", "5010", 1)])
    own = shipped()["nettoredovisning"]
    with Engine(given) as engine:
        assert engine.statement(own, parameters()).cell("nettokostnad", "utfall").amount_ore == 100
    write(given.actual_files[0], [posting(202201, "1010", "5010", 1), posting(202201, "4210", "6410", 1)])
    with Engine(given) as engine:
        assert engine.statement(own, parameters()).cell("nettokostnad", "utfall").amount_ore == 200


def test_a_file_name_with_a_quote_is_a_name(tmp_path: Path) -> None:
    folder = tmp_path / "kommunens ' bok"
    given: Relations = relations(folder, [posting(202201, "1010", "5010", 1)])
    with Engine(given) as engine:
        result = engine.statement(shipped()["nettoredovisning"], parameters())
    assert result.cell("nettokostnad", "utfall").amount_ore == 100


def test_memory_is_a_number_of_megabytes(tmp_path: Path) -> None:
    with pytest.raises(ValueError):
        Engine(relations(tmp_path, []), memory_limit="1GB'; DROP")
