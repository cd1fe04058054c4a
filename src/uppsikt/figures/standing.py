"""What stands on given codes, before a month and from it on: what a code leaves behind when it ends."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from uppsikt.core.hashes import canonical_json
from uppsikt.core.periods import Month
from uppsikt.figures.engine import Engine
from uppsikt.figures.questions import question


@dataclass(frozen=True, slots=True)
class Standing:
    """The postings of one scenario on one code, before the month asked for or (`is_after`) from it on.

    `amount_ore` is net, in ledger sign: with several postings it may be zero. `last_month` is the latest
    with a posting.
    """

    code: str
    scenario: str
    is_after: bool
    posting_count: int
    amount_ore: int
    last_month: Month


def standing(engine: Engine, dimension: str, months: Mapping[str, Month]) -> tuple[Standing, ...]:
    """What stands on each code of a dimension before and from its month, by one question."""
    if not months:
        return ()
    values = {
        "codes": canonical_json(list(months)),
        "periods": canonical_json([month.number for month in months.values()]),
    }
    with engine.session() as cursor:
        rows = engine.ask(cursor, "standing", question("standing", drilled=dimension), values)
    return tuple(
        Standing(code, scenario, is_after, count, amount_ore, Month.from_number(period))
        for code, scenario, is_after, count, amount_ore, period in rows
    )
