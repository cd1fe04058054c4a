"""What is said beside the figures."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

from tests.figures.helpers import definition, parameters, posting, relations
from uppsikt.core.formats import Sign, Unit, View
from uppsikt.core.language import speaking
from uppsikt.core.periods import Month
from uppsikt.figures.definitions import shipped
from uppsikt.figures.engine import Engine
from uppsikt.figures.presentation import caption, change_word, deviation_word, period_words


def test_the_caption_says_unit_and_sign() -> None:
    assert str(caption(View())) == "Belopp i tkr; nettokostnad visas negativ."
    assert str(caption(View(Sign.LEDGER, Unit.KR))) == "Belopp i kr; bokföringens tecken, kostnad positiv."


def test_words_follow_the_figure() -> None:
    assert [deviation_word(Decimal(own)).sv for own in (1, -1, 0)] == ["överskott", "underskott", "i nivå med budget"]
    assert [change_word(Decimal(own)).sv for own in (1, -1, 0)] == ["förbättrats", "försämrats", "oförändrat"]


def test_periods_in_words() -> None:
    year = [Month(2022, month) for month in range(1, 13)]
    assert str(period_words(year)) == "helåret 2022"
    assert str(period_words(year[:8])) == "januari–augusti 2022"
    assert str(period_words(year[4:5])) == "maj 2022"
    with speaking("en"):
        assert str(period_words([Month(2021, 12), Month(2022, 1)])) == "2021-12–2022-01"


def test_a_note_names_the_columns_where_rounding_shows(tmp_path: Path) -> None:
    money = [posting(202201, unit, "5010", 400) for unit in ("1010", "3010", "4210")]
    money += [posting(202101, unit, "5010", 1000) for unit in ("1010", "3010", "4210")]
    with Engine(relations(tmp_path, money)) as engine:
        result = engine.statement(shipped()["nettoredovisning"], parameters())
    assert [str(note) for note in result.notes] == [
        "Varje belopp är avrundat för sig. Därför avviker raderna på sista siffran från summan i: Utfall 2022-08-31."
    ]
    assert [result.text(row.key, "utfall") for row in result.rows] == ["0", "0", "0", "−1"]
    with speaking("en"):
        assert str(result.notes[0]).endswith("from the total in: Actual 2022-08-31.")


def test_a_note_names_the_rows_where_a_difference_is_off_by_one(tmp_path: Path) -> None:
    planned = [
        posting(202201, "1010", "5", 1400, "budget"),
        posting(202201, "1010", "5", 2600, "forecast/delar2-2022"),
        posting(202201, "3010", "5", 1000, "budget"),
        posting(202201, "3010", "5", 3000, "forecast/delar2-2022"),
    ]
    with Engine(relations(tmp_path, [], planned)) as engine:
        result = engine.statement(shipped()["nettoredovisning"], parameters())
    assert [result.text("kommungemensamt", key) for key in ("budget", "prognos", "avvikelse")] == ["−1", "−3", "−1"]
    assert str(result.notes[-1]).endswith("från kolumnerna på raden: Kommungemensamt, Nettokostnad.")


def test_labels_and_columns_speak_of_the_round(tmp_path: Path) -> None:
    with Engine(relations(tmp_path, [])) as engine:
        result = engine.statement(shipped()["enheter"], parameters("40"))
    assert str(result.title) == "Enheter Kommunstyrelseförvaltningen"
    columns = {column.key: column for column in result.columns}
    assert str(columns["utfall-foregaende"].label) == "Utfall 2021-08-31"
    assert str(columns["avvikelse-foregaende"].label) == "Avvikelse Delår 1"
    assert str(columns["avvikelse"].about) == "Prognos 2022 − Budget 2022"
    budget = "Budget helåret 2022, beslut till och med 2022-08-31; organisationen 2022-12-31"
    assert str(columns["budget"].about) == budget


def test_a_braced_name_in_the_code_plan_is_text(tmp_path: Path) -> None:
    own = definition("""
key: prov
title: Prov
rows: [{each: unit, label: "{name} ({code})"}]
columns: [{key: utfall, label: Utfall, scenario: actual}]
""")
    with Engine(relations(tmp_path, [])) as engine:
        assert str(engine.statement(own, parameters()).rows[0].label) == "Kommungemensamt (10)"
