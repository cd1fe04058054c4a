"""Notes of the accounts as municipalities write them: what is right in them stays silent, what is wrong is told."""

import pytest

from tests.checks.reading.test_notes import under_each_other
from uppsikt.checks.audit import check
from uppsikt.checks.reading.text import read_text
from uppsikt.core.findings import Severity

SHORT_TERM = """Not 15 Kortfristiga skulder 2020 2019
Kommunen
Leverantörsskulder 11 615 9 688
Interimsskulder 62 465 49 293
Skulder till dotterbolag 41 458 56 617
Summa kortfristiga skulder kommunen 115 538 115 598
Koncernen
Leverantörsskulder 15 142 15 146
Interimsskulder 97 273 87 581
Summa kortfristiga skulder koncernen 112 415 102 727
"""
EQUITY = """Balansräkning, mnkr          2018     2017
Eget kapital
Eget kapital                380,3    348,7
Justering                    -4,6      0,5
Årets resultat              -52,0     31,7
Summa eget kapital          323,7    380,9
"""
FACTS = under_each_other(
    "Snabbfakta, mkr|2012|2013|2014\n"
    + "".join(f"Bolag nummer {name}|{n}01|{n}47|{n}39\n" for n, name in enumerate("ABCDEFGHIJ", 2))
    + "Bolagen|2 301|847|39*\n* Se finansiell analys.\n"
)


def loud(text: str) -> list[str]:
    return [one.code for one in check(read_text(text)).remarks if one.severity is not Severity.NOTE]


@pytest.mark.parametrize("text", [SHORT_TERM, EQUITY, FACTS], ids=["short-term", "equity", "facts"])
def test_what_is_right_stays_silent(text: str) -> None:
    assert loud(text) == []


def test_a_digit_that_slips_in_them_is_told() -> None:
    assert "K001" in loud(SHORT_TERM.replace("62 465", "62 865"))
    assert "K001" in loud(EQUITY.replace("348,7", "343,7"))


def test_a_mark_whose_note_is_gone_is_told() -> None:
    assert loud(FACTS.replace("* Se finansiell analys.", "")) == ["K025"]
