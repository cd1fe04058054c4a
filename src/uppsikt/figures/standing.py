"""What stands on given codes, within some months and outside them: what a code leaves behind when it ends."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from uppsikt.core.hashes import canonical_json
from uppsikt.core.periods import Month, Period
from uppsikt.figures.engine import Engine
from uppsikt.figures.questions import question


@dataclass(frozen=True, slots=True)
class Standing:
    """The postings of one scenario on one code, within the months asked for (`is_within`) or outside them.

    `amount_ore` is net, in ledger sign: with several postings it may be zero. `last_month` is the latest
    with a posting.
    """

    code: str
    scenario: str
    is_within: bool
    posting_count: int
    amount_ore: int
    last_month: Month


def standing(engine: Engine, dimension: str, spans: Mapping[str, Period]) -> tuple[Standing, ...]:
    """What stands on each code of a dimension within its months and outside them, by one question."""
    if not spans:
        return ()
    values = {
        "codes": canonical_json(list(spans)),
        "firsts": canonical_json([_number(span.start) for span in spans.values()]),
        "ends": canonical_json([_number(span.end) for span in spans.values()]),
    }
    with engine.session() as cursor:
        rows = engine.ask(cursor, "standing", question("standing", drilled=dimension), values)
    return tuple(
        Standing(code, scenario, is_within, count, amount_ore, Month.from_number(period))
        for code, scenario, is_within, count, amount_ore, period in rows
    )


def _number(day: date) -> int:
    return day.year * 100 + day.month  # for ever is after the last month there is
