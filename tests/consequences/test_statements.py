"""A statement that names a code which ends is told; one that asks for a range or for children is not."""

from __future__ import annotations

from tests.consequences.municipality import JULY, codes
from tests.figures.helpers import definition
from uppsikt.consequences.endings import Ending
from uppsikt.consequences.statements import codes_named, statement_findings

OWN = """key: egen
title: {sv: Egen, en: Own}
base: {account: 3..9, unit: {not: ["4290"]}}
rows:
  - {key: stod, label: {sv: Stöd, en: Support}, unit: ["4210", "4220"]}
  - {each: unit, of: ["42"], parts: [{key: personal, label: {sv: Personal, en: Staff}, account: ["5"]}]}
  - {key: summa, label: {sv: Summa, en: Total}, sum: rows above}
columns:
  - {key: utfall, label: {sv: Utfall, en: Actual}, scenario: actual}
"""


def ends(code: str, dimension: str = "unit") -> Ending:
    return Ending(3, dimension, code, code, JULY, ("4220",), ("Ekonomi",))


def test_codes_are_named_in_rows_parts_base_and_exceptions() -> None:
    named = codes_named(definition(OWN))
    assert {("unit", "4210"), ("unit", "42"), ("unit", "4290"), ("account", "5")} <= named
    assert ("account", "3") not in named


def test_a_statement_is_told_for_each_ended_code_it_names() -> None:
    statements = {"egen": definition(OWN)}
    own = list(statement_findings([ends("4210"), ends("4230"), ends("4210", "project")], statements, "prov"))
    assert codes(own) == ["C067"]
    assert (own[0].facts["statement"], own[0].facts["heirs"], own[0].at.line) == ("egen", "4220 Ekonomi", 3)
