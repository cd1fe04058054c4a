"""Small reports that the tests of the running text read."""

from __future__ import annotations

from uppsikt.checks.prose.facts import Fact
from uppsikt.checks.prose.reading import Prose
from uppsikt.checks.reading.text import read_text

TABLE = """Driftredovisning
Belopp i tkr              Bokslut 2021  Budget 2022  Prognos 2022  Avvikelse
Kommungemensamt               -200 408     -253 267      -248 986      4 281
Statsbidrag                     56 290       32 100        24 000     -8 100
Politisk kommunledning         -28 231      -45 553       -38 966      6 587
Kulturnämnden                 -262 878     -473 655      -491 806    -18 151
Nettokostnad                  -435 227     -740 375      -755 758    -15 383
"""


def prose_of(text: str) -> Prose:
    """What the running text of a small report says."""
    document = read_text(text)
    return Prose(document, tuple(document.tables))


def fact_in(text: str, at: int = 0) -> Fact:
    """The fact number `at` (from 0) of a text."""
    return prose_of(text).facts[at]
