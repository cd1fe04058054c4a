"""Findings: stable codes, both languages, and every sample fills its sentences."""

from string import Formatter

import pytest

from uppsikt.core.findings import CATALOGUE, Finding, Place, Severity, define, found, has_errors
from uppsikt.core.language import speaking
from uppsikt.core.tables import COLUMN_MISSING


def test_a_finding_says_place_what_and_remedy_in_the_readers_language() -> None:
    finding = found(COLUMN_MISSING, Place("budget.csv", 1, "belopp"), name="belopp", present="enhet")
    assert str(finding) == (
        "T002 budget.csv, rad 1, kolumn belopp: Kolumnen belopp saknas. Filen har: enhet. "
        "Lägg till kolumnen eller rätta rubriken."
    )
    with speaking("en"):
        assert finding.says == "The column belopp is missing. The file has: enhet."


def test_a_stored_finding_comes_back_whole() -> None:
    finding = found(COLUMN_MISSING, Place("budget.csv", 1), name="belopp", present="enhet")
    assert Finding.from_json(finding.as_json()) == finding


def test_a_code_is_defined_once() -> None:
    with pytest.raises(ValueError, match="T002"):
        define("T002", Severity.NOTE, says_sv="", says_en="", do_sv="", do_en="")


def test_only_errors_stop() -> None:
    assert has_errors([found(COLUMN_MISSING, name="a", present="b")])
    assert not has_errors([])


def test_every_codes_sample_fills_both_languages() -> None:
    for code, rule in CATALOGUE.items():
        for sentence in (rule.says.sv, rule.says.en, rule.do.sv, rule.do.en):
            assert sentence, code
            places = {name for _, name, _, _ in Formatter().parse(sentence) if name}
            assert places <= rule.sample.keys(), code
