"""Which units a statement is about: what whoever reads it must be allowed to see."""

from __future__ import annotations

from uppsikt.figures.definitions import UNIT_PARAMETER, StatementDefinition


def shown_units(definition: StatementDefinition, org_unit: str) -> list[str]:
    """The units a statement asked of `org_unit` is about: none where it is about the whole municipality."""
    if definition.follows_unit:
        return [org_unit] if org_unit else []
    tests = [test for test in definition.base if test.dimension == "unit"]
    return [code for test in tests for code in test.under if code != UNIT_PARAMETER]
