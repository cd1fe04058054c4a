"""Words the pages share: direction (a sign is easy to misread, a word is not) and the kinds of codes."""

from __future__ import annotations

from decimal import Decimal

from uppsikt.core.codeplan import REPORTING, STANDARD
from uppsikt.core.language import Text
from uppsikt.planning.rounds import RoundRow

SURPLUS = Text("överskott", "surplus")
DEFICIT = Text("underskott", "deficit")
IN_BALANCE = Text("enligt budget", "on budget")
BETTER = Text("förbättrad", "improved")
WORSE = Text("försämrad", "worsened")
UNCHANGED = Text("oförändrad", "unchanged")

_FORECAST = {
    "one": Text("prognos", "forecast"),
    "the": Text("prognosen", "the forecast"),
    "many": Text("prognoser", "forecasts"),
}
_RESULT = {
    "one": Text("bokslut", "year-end"),
    "the": Text("bokslutet", "the year-end"),
    "many": Text("bokslut", "year-ends"),
}

DIMENSION_LABELS = {
    "unit": Text("Enheter", "Units"),
    "account": Text("Konton", "Accounts"),
    "activity": Text("Verksamheter", "Activities"),
    "project": Text("Projekt", "Projects"),
    "object": Text("Objekt", "Objects"),
    "counterparty": Text("Motparter", "Counterparties"),
    "marker": Text("Särskilda kodningar", "Markers"),
}
HIERARCHY_LABELS = {
    STANDARD: Text("Huvudindelning", "Main hierarchy"),
    REPORTING: Text("Rapporteringsgrupper", "Reporting groups"),
}


def handed_in(row: RoundRow, form: str) -> Text:
    """What units hand in to a round, in the form "one", "the" or "many": a forecast, or at year-end the result."""
    return (_RESULT if row.is_year_end else _FORECAST)[form]


def deviation_word(shown: Decimal) -> Text:
    """What a deviation is called; `shown` has the sign of the page, where a deficit is negative."""
    return SURPLUS if shown > 0 else DEFICIT if shown < 0 else IN_BALANCE


def change_word(shown: Decimal) -> Text:
    """What a change of a deviation is called, in the same sign."""
    return BETTER if shown > 0 else WORSE if shown < 0 else UNCHANGED
