"""A forecast in layers: what units handed in, adjustments and settlements over it; the rest stands apart."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest

from tests.figures.helpers import DELAR1, DELAR2, definition, parameters, posting, relations
from uppsikt.core.postings import CARRY_OVER, forecast_scenario, scenario_name
from uppsikt.figures.definitions import shipped
from uppsikt.figures.engine import Engine

LAYERS = {
    "": 1000,
    "adjustment": -40,
    "settlement": -160,
    "suggestion": 950,
}
PLANNED = [
    posting(
        202209, "4210", "5010", kronor, forecast_scenario(facts.key, layer), source=f"forecast:{facts.key}-{layer}"
    )
    for facts in (DELAR1, DELAR2)
    for layer, kronor in LAYERS.items()
] + [
    posting(202201, "4210", "5010", 800, "budget"),
    posting(202201, "4210", "5010", -300, CARRY_OVER, source="budget:9"),
]
STATEMENT = definition("""
key: lager
title: Lager
base: {account: ["3..9"]}
rows:
  - {each: unit, levels: 2}
  - {key: total, label: Total, sum: rows above}
columns:
  - {key: budget, label: Budget, scenario: budget, known_on: all}
  - {key: inlamnat, label: Inlämnat, scenario: forecast-submitted}
  - {key: fore, label: Före, scenario: forecast-before-settlement}
  - {key: prognos, label: Prognos, scenario: forecast}
  - {key: foregaende, label: Föregående, scenario: previous-forecast}
  - {key: forslag, label: Förslag, scenario: suggestion}
  - {key: overfort, label: Överfört, scenario: carry-over}
  - {key: avvikelse, label: Avvikelse, minus: [prognos, budget]}
""")
KEYS = ("budget", "inlamnat", "fore", "prognos", "foregaende", "forslag", "overfort", "avvikelse")


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    with Engine(relations(tmp_path_factory.mktemp("layers"), [posting(202201, "4210", "5010", 7)], PLANNED)) as made:
        yield made


def test_each_column_holds_its_layers_and_no_other(engine: Engine) -> None:
    result = engine.statement(STATEMENT, parameters())
    amounts = {key: result.cell("total", key).amount_ore for key in KEYS}
    assert amounts == {
        "budget": 80_000,
        "inlamnat": 100_000,
        "fore": 96_000,
        "prognos": 80_000,
        "foregaende": 80_000,
        "forslag": 95_000,
        "overfort": -30_000,
        "avvikelse": 0,
    }
    assert engine.asked["crosstab"] == 1


def test_a_round_without_a_predecessor_has_no_previous_forecast(engine: Engine) -> None:
    result = engine.statement(STATEMENT, parameters(round_facts=DELAR1))
    assert result.cell("total", "foregaende").is_absent
    assert result.cell("total", "prognos").amount_ore == 80_000


def test_lineage_names_each_layer_and_adds_up(engine: Engine) -> None:
    figure = engine.figure(STATEMENT, parameters(), "total", "prognos")
    assert [(own.scenario, own.amount_ore) for own in figure.sources] == [
        ("forecast/delar2-2022", 100_000),
        ("forecast/delar2-2022/adjustment", -4_000),
        ("forecast/delar2-2022/settlement", -16_000),
    ]
    assert sum(own.amount_ore for own in figure.sources) == figure.cell.amount_ore
    assert len(engine.vouchers(STATEMENT, parameters(), "total", "prognos")) == 3


def test_the_shipped_settlement_shows_before_and_after_and_adds_up(engine: Engine) -> None:
    result = engine.statement(shipped()["reglering"], parameters("42"))
    before, settlement, after = (
        result.cell("4210", key).amount_ore or 0 for key in ("avvikelse-fore", "reglering", "avvikelse")
    )
    assert (before, settlement, after) == (16_000, -16_000, 0)
    assert before + settlement == after


def test_a_bridge_carries_all_layers(engine: Engine) -> None:
    result = engine.bridge(STATEMENT, parameters(structure_date=date(2022, 12, 31)))
    assert [result.was["total", key].amount_ore for key in ("fore", "prognos")] == [96_000, 80_000]


def test_scenarios_are_said_by_their_layer() -> None:
    assert [str(scenario_name(forecast_scenario("delar2-2022", layer))) for layer in LAYERS] == [
        "prognos",
        "central justering",
        "resultatreglering",
        "prognosförslag",
    ]
    assert str(scenario_name(CARRY_OVER)) == "överfört resultat"
