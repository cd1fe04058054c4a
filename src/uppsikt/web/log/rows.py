"""Payloads that hold rows without words: what each place of a row is, so that the log says it as the pages do.

Amounts of forecasts and budget are stored in the ledger's sign and said in the page's: costs are negative.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from uppsikt.core.formats import ABSENT, Sign, Unit, View
from uppsikt.core.language import say
from uppsikt.core.periods import Month

_KRONOR = View(Sign.REVERSED, Unit.KR, 2)
_WHOLE_YEAR = 0  # the period of a cell that is of the full year


def money(held: object) -> str:
    """Öre in the ledger's sign as kronor in the page's."""
    return f"{_KRONOR.text(held)}\u00a0kr" if isinstance(held, int) else ABSENT


def _cell(row: Sequence[object]) -> str:
    account, period, before, after = row
    return say("Konto {account}, {period}: från {before} till {after}",
               "Account {account}, {period}: from {before} to {after}",
               account=account, period=_period(period), before=money(before), after=money(after))  # fmt: skip


def _period(held: object) -> str:
    if held == _WHOLE_YEAR:
        return say("helår", "full year")
    return str(Month.from_number(held)) if isinstance(held, int) else str(held)


def _forecast(row: Sequence[object]) -> str:
    _, unit, account, actual, rest, _ = row
    if not (isinstance(actual, int) and isinstance(rest, int)):
        raise ValueError(row)
    return say("Enhet {unit}, konto {account}: helår {year} (utfall {actual}, resten {rest})",
               "Unit {unit}, account {account}: full year {year} (actual {actual}, the rest {rest})",
               unit=unit, account=account, year=money(actual + rest), actual=money(actual), rest=money(rest),
               )  # fmt: skip


def _settled(row: Sequence[object]) -> str:
    rule, before, aim = row
    sv, en = "{rule}: avvikelsen {before} blir {aim}", "{rule}: the deviation {before} becomes {aim}"
    return say(sv, en, rule=rule, before=money(before), aim=money(aim))


_ROWS: dict[tuple[str, str], Callable[[Sequence[object]], str]] = {
    ("save-cells", "cells"): _cell,
    ("submit-forecast", "forecasts"): _forecast,
    ("settle-round", "settled"): _settled,
}
# rows whose places each have a key, in the order they are stored
PLACES = {
    ("save-explanation", "before"): ("cause", "measure", "effect_ore", "responsible", "due_on"),
    ("save-explanation", "after"): ("cause", "measure", "effect_ore", "responsible", "due_on"),
}
# amounts that stand by themselves in the ledger's sign
LEDGER_SIGNED = {("decide-budget", "amount_ore"), ("save-explanation", "effect_ore")}


def row_words(verb: str, key: str, row: object) -> str | None:
    """A row of a payload in words; None where it isn't one that is known, or isn't as it should be."""
    say_row = _ROWS.get((verb, key))
    if say_row is None or not isinstance(row, list):
        return None
    try:
        return say_row(row)
    except (ValueError, TypeError):
        return None
