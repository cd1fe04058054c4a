"""Which cell is wrong: the one whose change makes most broken equations right and fewest right ones broken."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from uppsikt.checks.tables.understood import At, Equation, Understood

NEAR = 3  # times what rounding explains: a miss smaller than this may be rounding upon rounding
SURE_NAMED = 0.97
MOST_BROKEN = 200  # equations of one table that are looked into; more are no slips of the hand
TAUGHT = 0.15  # what it adds that the same headings mean the same elsewhere in the report
TYPO = 0.4  # how much a change that a slip of the hand explains speaks for a cell


class Slip(StrEnum):
    """How the printed value could have come from the right one."""

    SCALE = "scale"
    SIGN = "sign"
    DIGIT = "digit"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Fault:
    """Equations that don't hold, and the cell that would mend them.

    `named` is None where several cells could be the wrong one; then `at` is the total or difference.
    `right` is the value that would make the equations hold, in the table's finest steps.
    """

    at: At
    named: bool
    right: int
    slip: Slip
    equations: tuple[Equation, ...]
    confidence: float
    suspects: tuple[At, ...]


def faults_of(table: Understood) -> list[Fault]:
    """The table's faults, each broken equation in one of them."""
    broken = [one for one in table.equations if not one.holds][:MOST_BROKEN]
    sound = defaultdict(list)
    for equation in table.equations:
        if equation.holds:
            for at in equation.cells:
                sound[at].append(equation)
    faults: list[Fault] = []
    while broken:
        fault = _fault(table, broken, sound)
        faults.append(fault)
        broken = [one for one in broken if one not in fault.equations]
    return [fault for fault in faults if fault.confidence > 0]


@dataclass(frozen=True, slots=True)
class _Suspect:
    at: At
    right: int
    mends: tuple[Equation, ...]
    breaks: int
    slip: Slip

    @property
    def score(self) -> float:
        """Mended less broken; a change that a slip explains counts a little more."""
        return len(self.mends) - self.breaks + (TYPO if self.slip is not Slip.OTHER else 0.0)


def _fault(table: Understood, broken: Sequence[Equation], sound: dict[At, list[Equation]]) -> Fault:
    suspects = sorted(_suspects(table, broken, sound), key=lambda one: -one.score)
    best = suspects[0]
    rivals = (one for one in suspects if one.at != best.at and set(one.mends) & set(best.mends))
    close = [one for one in rivals if one.score > best.score - TYPO / 2]
    named = not close and (len(best.mends) >= 2 or best.slip in (Slip.SCALE, Slip.SIGN))
    if not named:
        first = best.mends[0]
        own = next((one for one in suspects if one.at == first.target and first in one.mends), best)
        chosen = best if len(best.mends) >= 2 else own
        others = tuple(one.at for one in [best, *close] if one.at != chosen.at)
        return Fault(
            chosen.at, False, chosen.right, chosen.slip, chosen.mends, _confidence(table, chosen.mends), others
        )
    return Fault(best.at, True, best.right, best.slip, best.mends, _confidence(table, best.mends), ())


def _suspects(table: Understood, broken: Sequence[Equation], sound: dict[At, list[Equation]]) -> Iterable[_Suspect]:
    involved: dict[At, list[tuple[Equation, int]]] = defaultdict(list)
    for equation in broken:
        involved[equation.target].append((equation, -equation.off))
        for at, sign in equation.terms:
            involved[at].append((equation, sign * equation.off))
    for at, changes in involved.items():
        value = table.value(at)
        if value is None:
            continue
        for equation, change in changes:
            mends = [(one, other) for one, other in changes if 2 * abs(other - change) <= one.slack + equation.slack]
            exact = min((one.slack, other) for one, other in mends)[1]
            breaks = sum(1 for one in sound[at] if 2 * abs(exact) > one.slack + abs(2 * one.off))
            yield _Suspect(at, value + exact, tuple(one for one, _ in mends), breaks, slip_of(value, value + exact))


def slip_of(printed: int, right: int) -> Slip:
    """How `printed` could have come of `right`: another unit, another sign, one digit, or neither."""
    if right == -printed and printed:
        return Slip.SIGN
    small, large = sorted((abs(printed), abs(right)))
    for factor in (10, 100, 1000, 10**6):
        if small and abs(large - small * factor) * 2 <= factor and (printed > 0) == (right > 0) and small >= 10:
            return Slip.SCALE
    return Slip.DIGIT if _digits_off(str(abs(printed)), str(abs(right))) and printed * right >= 0 else Slip.OTHER


def _digits_off(one: str, other: str) -> bool:
    """One digit changed, two neighbours swapped, or one digit lost or doubled."""
    if len(one) == len(other):
        unlike = [index for index, (left, right) in enumerate(zip(one, other, strict=True)) if left != right]
        swapped = len(unlike) == 2 and unlike[1] == unlike[0] + 1 and one[unlike[0]] == other[unlike[1]]
        return len(unlike) == 1 or (swapped and one[unlike[1]] == other[unlike[0]])
    short, long = sorted((one, other), key=len)
    return len(long) == len(short) + 1 and any(
        long[:index] + long[index + 1 :] == short for index in range(len(long))
    )


def _confidence(table: Understood, equations: Sequence[Equation]) -> float:
    doubt = 1.0
    for equation in equations:
        doubt *= 1.0 - _belief(equation)
    sure = min(table.table.rows[at[0]].sureness for equation in equations for at in equation.cells)
    return round(min(SURE_NAMED, 1.0 - doubt) * (1.0 if sure >= 0.9 else 0.6 + 0.4 * sure), 2)


def _belief(equation: Equation) -> float:
    """How sure it is that the relation was meant to hold in this place."""
    holds, fails = equation.holds_elsewhere, equation.fails_elsewhere
    if holds == 0:
        return 0.62 if fails == 0 else 0.3
    base = {1: 0.75, 2: 0.88}.get(holds, 0.94)
    base -= 0.15 * min(fails, 3)
    base += TAUGHT if equation.taught else 0.0
    if 2 * abs(equation.off) <= NEAR * equation.slack:
        base -= 0.1 if equation.exact else 0.3
    return max(base, 0.2)


def decimal_of(table: Understood, value: int) -> Decimal:
    """A value in the table's finest steps as the number it stands for."""
    return Decimal(value).scaleb(-table.decimals)
