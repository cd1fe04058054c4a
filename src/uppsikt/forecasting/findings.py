"""Findings of suggestions, and of what a round's forecasts come to together."""

from __future__ import annotations

from uppsikt.core.findings import Severity, define

NOTHING_TO_GO_BY = define(
    "G001",
    Severity.WARNING,
    says_sv="Det finns inget att bygga förslag till {round} på: varken utfall eller budget är inläst för {year}.",
    says_en="There is nothing to base suggestions for {round} on: neither actuals nor a budget of {year} is held.",
    do_sv="Läs in huvudboken och budgeten, och be sedan om förslag igen.",
    do_en="Take in the ledger and the budget, then ask for suggestions again.",
    round="delar2-2022",
    year=2022,
)
YEAR_NOT_WHOLE = define(
    "G003",
    Severity.WARNING,
    says_sv="Inget kan föreslås till {round}: huvudboken {held}, så årets utfall är inte helt.",
    says_en="Nothing can be suggested for {round}: the ledger {held}, so the year's actual is not whole.",
    do_sv="Läs in resten av årets huvudbok, och be sedan om förslag igen.",
    do_en="Take in the rest of the year's ledger, then ask for suggestions again.",
    round="bokslut-2022",
    held="slutar i augusti 2022",
)
UNSETTLED = define(
    "G002",
    Severity.WARNING,
    says_sv="Enheten {unit} finansieras av andra men är inte reglerad: {remainder} återstår av dess prognos.",
    says_en="The unit {unit} is financed by others but isn't settled: {remainder} of its forecast remain.",
    do_sv="Öppna omgången igen, reglera och konsolidera på nytt, om beloppet inte ska stå kvar.",
    do_en="Open the round again, settle and consolidate anew, unless the amount is to stand.",
    unit="4410",
    remainder="−120 tkr",
)
