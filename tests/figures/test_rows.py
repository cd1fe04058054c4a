"""Rows made of the code plan: what stands directly on a parent has a row, where there is any."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

from tests.figures.helpers import DELAR1, PLAN, definition, parameters, plan_of, posting, relations
from tests.figures.test_bridge import agrees, reconciles
from uppsikt.core.codeplan import Placement
from uppsikt.core.periods import BEGINNING, FOREVER
from uppsikt.core.postings import Posting
from uppsikt.figures.definitions import StatementDefinition, shipped
from uppsikt.figures.engine import Engine
from uppsikt.figures.model import Parameters, StatementResult

COLUMNS = "\ncolumns: [{key: utfall, label: Utfall, scenario: actual, period: to-cut-off}]"
UNITS = shipped()["enheter"]
ON_LEAVES = [posting(202203, "4210", "5010", 100), posting(202203, "1010", "5010", 10)]
ON_PARENTS = [
    posting(202203, "KS", "5010", 5),
    posting(202203, "40", "5010", 7),
    posting(202203, "42", "5010", 20),
    posting(202203, "42", "3010", -1),
]


def ask(folder: Path, own: StatementDefinition, money: list[Posting], *asked: Parameters) -> list[StatementResult]:
    with Engine(relations(folder, money, plan=PLAN)) as engine:
        return [engine.statement(own, one) for one in asked or (parameters(),)]


def shown(result: StatementResult, column: str = "utfall") -> list[tuple[int, str, int | None]]:
    cells = [(row, result.cell(row.key, column).amount_ore) for row in result.rows]
    return [(row.level, row.key, None if ore is None else ore // 100) for row, ore in cells]


def test_money_on_a_parent_is_the_last_row_among_its_children_and_in_the_total(tmp_path: Path) -> None:
    whole, level = ask(tmp_path, UNITS, ON_LEAVES + ON_PARENTS, parameters(), parameters("40"))
    assert shown(whole) == [
        (0, "10", 10),
        (1, "1010", 10),
        (1, "1020", None),
        (0, "30", None),
        (1, "3010", None),
        (0, "40", 126),
        (1, "42", 119),
        (1, "40-direkt", 7),
        (0, "ks-direkt", 5),
        (0, "nettokostnad", 141),
    ]
    assert shown(level)[-4:] == [
        (1, "4220", None),
        (1, "42-direkt", 19),
        (0, "40-direkt", 7),
        (0, "nettokostnad", 126),
    ]
    assert [row.label.en for row in level.rows if not row.code] == [
        "Directly on 42",
        "Directly on Kommunstyrelseförvaltningen",
        "Net cost",
    ]
    assert whole.findings == level.findings == ()


def test_where_nothing_stands_on_a_parent_there_is_no_row(tmp_path: Path) -> None:
    keys = [
        key
        for result in ask(tmp_path, UNITS, ON_LEAVES, parameters(), parameters("40"))
        for _, key, _ in shown(result)
    ]
    assert not [key for key in keys if "direkt" in key]


def test_a_parent_with_money_in_another_column_has_its_row(tmp_path: Path) -> None:
    planned = posting(202212, "KS", "5010", 9, "forecast/delar2-2022/adjustment", source="forecast:1")
    with Engine(relations(tmp_path, ON_LEAVES, [planned])) as engine:
        now, before = (engine.statement(UNITS, parameters(round_facts=own)) for own in (parameters().round, DELAR1))
        figure = engine.figure(UNITS, parameters(), "ks-direkt", "prognos")
        vouchers = engine.vouchers(UNITS, parameters(), "ks-direkt", "prognos")
        down = engine.drill(UNITS, parameters(), "ks-direkt", "prognos", "children")
    assert (now.text("ks-direkt", "utfall"), now.cell("ks-direkt", "prognos").amount_ore) == ("–", 900)
    assert "ks-direkt" not in [row.key for row in before.rows]
    assert (figure.address, figure.selector.sv.partition(";")[0]) == (
        "enheter/ks-direkt/prognos@delar2-2022",
        "enhet direkt på KS",
    )
    assert [(own.source, own.amount_ore) for own in figure.sources] == [("forecast:1", 900)]
    assert [own.codes["unit"] for own in vouchers] == ["KS"]
    assert (down.dimension, [row.code for row in down.rows]) == ("account", ["5010"])


def test_keys_by_name_and_parts_follow_the_parent(tmp_path: Path) -> None:
    own = definition(
        "key: prov\ntitle: Prov\nrows: [{each: unit, of: ['40'], levels: 2, key: name, "
        "parts: [{key: intakter, label: Intäkter, account: ['3']}]}, {key: s, label: S, sum: rows above}]" + COLUMNS
    )
    keys = [(key, kronor) for _, key, kronor in shown(ask(tmp_path, own, ON_LEAVES + ON_PARENTS)[0]) if kronor]
    assert keys == [
        ("42", 119),
        ("42-intakter", -1),
        ("4210", 100),
        ("42-direkt", 19),
        ("42-direkt-intakter", -1),
        ("kommunstyrelseforvaltningen-direkt", 7),
        ("s", 126),
    ]


def test_a_kind_of_unit_has_what_stands_above_it_in_a_row_but_not_other_units(tmp_path: Path) -> None:
    units = {"K": None, "N1": "K", "N2": "K", "Z": "K", "u": "N1"}
    plan = plan_of({"unit": units, "account": {"5010": None}}, kinds={"N1": "committee", "N2": "committee"})
    own = definition(
        "key: prov\ntitle: Prov\nbase: {unit: ['{unit}']}\nrows: [{each: unit, kind: committee}]" + COLUMNS
    )
    money = [posting(202203, unit, "5010", kronor) for kronor, unit in enumerate(units, start=1)]
    with Engine(relations(tmp_path, money, plan=plan)) as engine:
        whole, level = (engine.statement(own, parameters(unit)) for unit in ("K", "N1"))
    assert [(key, kronor) for _, key, kronor in shown(whole)] == [("n1", 7), ("n2", 3), ("k-direkt", 1)]
    assert [f"{one.code} {one.facts['codes']}" for one in whole.findings] == ["F023 Z"]
    assert [(key, kronor) for _, key, kronor in shown(level)] == [("n1", 7)]


def test_a_statement_that_names_units_one_by_one_can_have_that_row_alone(tmp_path: Path) -> None:
    own = definition(
        "key: prov\ntitle: Prov\nrows: [{key: a, label: A, unit: ['42']}, {each: unit, of: ['40'], direct: only}, "
        "{key: s, label: S, sum: rows above}]" + COLUMNS
    )
    with_it, without = (ask(tmp_path / name, own, money)[0] for name, money in (("a", ON_PARENTS), ("b", ON_LEAVES)))
    assert shown(with_it) == [(0, "a", 19), (0, "40-direkt", 7), (0, "s", 26)]
    assert [key for _, key, _ in shown(without)] == ["a", "s"]


def test_a_unit_that_moved_below_another_row_counts_once_wherever_it_stood(tmp_path: Path) -> None:
    base = plan_of({"unit": {"T": None, "B": "T", "b1": "B", "C": None}, "account": {"5": None, "5010": "5"}})
    may = date(2022, 5, 1)
    places = [own for own in base.placements if own.code != "C"]
    places += [Placement("unit", "standard", "C", *when) for when in ((BEGINNING, may, "T"), (may, FOREVER, "B"))]
    plan = replace(base, placements=tuple(places))
    money = [posting(period, unit, "5010", 7) for period, unit in ((202103, "C"), (202206, "C"), (202206, "b1"))]
    asked = parameters(structure_date=date(2022, 8, 31))
    with Engine(relations(tmp_path, money, plan=plan)) as engine:
        short, long = (engine.statement(shipped()[key], parameters()) for key in ("nettoredovisning", "enheter"))
        then = engine.statement(shipped()["enheter"], parameters(structure_date=date(2021, 12, 31)))
        bridge = engine.bridge(shipped()["enheter"], asked)
        reconciles(bridge)
        agrees(bridge, long, engine.statement(shipped()["enheter"], asked))
    assert shown(short) == [(0, "b", 14), (0, "c-t", None), (0, "nettokostnad", 14)]
    assert shown(short, "bokslut-foregaende") == [(0, "b", None), (0, "c-t", 7), (0, "nettokostnad", 7)]
    assert shown(long) == [(0, "b", 14), (1, "c", 7), (1, "b1", 7), (0, "c-t", None), (0, "nettokostnad", 14)]
    assert [row.label.sv for row in long.rows if row.key == "c-t"] == ["C (under T)"]
    assert [key for _, key, _ in shown(then)] == ["b", "b1", "c", "nettokostnad"]


def test_several_tops_stand_for_their_children_and_one_without_any_for_itself(tmp_path: Path) -> None:
    own = definition("key: prov\ntitle: Prov\nrows: [{each: unit, of: ['42', '3010']}]" + COLUMNS)
    money = [*ON_PARENTS, posting(202203, "3010", "5010", 3)]
    assert [(key, kronor) for _, key, kronor in shown(ask(tmp_path, own, money)[0]) if kronor] == [
        ("3010", 3),
        ("42-direkt", 19),
    ]


def test_a_parent_whose_children_are_gone_says_its_money_once(tmp_path: Path) -> None:
    own = definition("key: prov\ntitle: Prov\nrows: [{each: unit, levels: 3, empty: hide}]" + COLUMNS)
    assert [key for _, key, _ in shown(ask(tmp_path, own, [posting(202203, "42", "5010", 20)])[0])] == ["40", "42"]
