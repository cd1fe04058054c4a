"""Findings of suggestions."""

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
