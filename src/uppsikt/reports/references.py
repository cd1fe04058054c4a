"""What stands between `{{` and `}}`: an address and how to print it. Parsing and printing, no look-ups."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from uppsikt.core.formats import ABSENT, DEFAULT_DECIMALS, NO_BREAK_SPACE, Unit, View, number, percent, rounded
from uppsikt.figures.model import Cell

FACT_PREFIX = "fakta/"
_DECIMALS = re.compile(r"[0-3]")
_FLAGS = {"abs", "signed", "unit", "percent"}


class NotAReference(ValueError):
    """What stands between the braces can't be read; the message is the part that is wrong."""


@dataclass(frozen=True, slots=True)
class Reference:
    """An address and how its figure is printed; with `words` a word is printed in the figure's place."""

    address: str
    unit: Unit | None = None
    decimals: int | None = None
    is_absolute: bool = False
    is_signed: bool = False
    with_unit: bool = False
    is_percent: bool = False
    words: tuple[str, ...] = ()


def parse_reference(inside: str) -> Reference:
    """The reference in the text between the braces; raises `NotAReference`."""
    before_words, _, words = inside.partition("word:")
    address, *formats = (part.strip() for part in before_words.split("|"))
    if not address or " " in address:
        raise NotAReference(address or "{{ }}")
    tokens = " ".join(formats).replace(":", " ").split()
    if "word:" in inside:
        if tokens:
            raise NotAReference(" ".join(tokens))
        return Reference(address, words=_words(words))
    return _with_options(address, tokens)


def _words(text: str) -> tuple[str, ...]:
    words = tuple(word.strip() for word in text.split("/"))
    if not 2 <= len(words) <= 3 or not all(words):
        raise NotAReference(f"word:{text.rstrip()}")
    return words


def _with_options(address: str, tokens: list[str]) -> Reference:
    unit: Unit | None = None
    decimals: int | None = None
    for token in tokens:
        if token in Unit._value2member_map_ and unit is None:
            unit = Unit(token)
        elif _DECIMALS.fullmatch(token) and decimals is None:
            decimals = int(token)
        elif token not in _FLAGS:
            raise NotAReference(token)
    return Reference(
        address,
        unit,
        decimals,
        is_absolute="abs" in tokens,
        is_signed="signed" in tokens,
        with_unit="unit" in tokens,
        is_percent="percent" in tokens,
    )


@dataclass(frozen=True, slots=True)
class Printed:
    """A reference as printed, with the number machines read and its unit."""

    text: str
    value: Decimal | None
    unit: str


def print_cell(reference: Reference, cell: Cell, view: View) -> Printed:
    """A statement's cell as the reference wants it, rounded from the raw amount."""
    if cell.share is not None:
        decimals = 1 if reference.decimals is None else reference.decimals
        share = abs(cell.share) if reference.is_absolute else cell.share
        return Printed(_signed(percent(share, decimals), share, reference), share, "share")
    if cell.amount_ore is None:
        return Printed(ABSENT, None, "")
    unit = reference.unit or view.unit
    decimals = _money_decimals(reference, view)
    amount_ore = _shown_ore(cell.amount_ore, view)
    value = rounded(abs(amount_ore) if reference.is_absolute else amount_ore, unit, decimals)
    return Printed(_with_unit(_signed(number(value, decimals), value, reference), unit, reference), value, unit.value)


def print_number(reference: Reference, value: Decimal, unit: str, decimals: int) -> Printed:
    """An outside fact's number as the reference wants it; its unit is the fact's own, never converted."""
    places = decimals if reference.decimals is None else reference.decimals
    shown = value.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP) + Decimal(0)
    if reference.is_absolute:
        shown = abs(shown)
    return Printed(_with_unit(_signed(number(shown, places), shown, reference), unit, reference), shown, unit)


def chosen_word(words: tuple[str, ...], sign: int) -> str:
    """The word for a sign: first for positive, second for negative, third (else first) for zero."""
    if sign == 0:
        return words[2] if len(words) == 3 else words[0]
    return words[0] if sign > 0 else words[1]


def sign_of(cell: Cell, view: View) -> int | None:
    """The sign of a cell as its view shows it, from the raw value; None where there is nothing."""
    if cell.share is not None:
        return _sign(cell.share)
    return None if cell.amount_ore is None else _sign(_shown_ore(cell.amount_ore, view))


def _sign(value: Decimal | int) -> int:
    return (value > 0) - (value < 0)


def _shown_ore(amount_ore: int, view: View) -> int:
    # one öre in the view's sign tells which way the view turns amounts
    return amount_ore if View(view.sign, Unit.KR, 2).value(1) > 0 else -amount_ore


def _money_decimals(reference: Reference, view: View) -> int:
    if reference.decimals is not None:
        return reference.decimals
    return view.decimals if reference.unit in (None, view.unit) else DEFAULT_DECIMALS[reference.unit or view.unit]


def _signed(text: str, value: Decimal, reference: Reference) -> str:
    return f"+{text}" if reference.is_signed and value > 0 else text


def _with_unit(text: str, unit: str, reference: Reference) -> str:
    return f"{text}{NO_BREAK_SPACE}{unit}" if reference.with_unit and unit else text
