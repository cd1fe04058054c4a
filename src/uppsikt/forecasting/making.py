"""Suggestions as they are made: what the numbers say of each unit and account group, in whole kronor. No writes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from uppsikt.core.net_cost import is_net_cost
from uppsikt.forecasting.words import Grounds
from uppsikt.planning.codes import CodeCheck, CodeString
from uppsikt.suggestions import Material, Proposals, half_widths_of_sums, propose

if TYPE_CHECKING:
    from uppsikt.core.codeplan import CodePlan
    from uppsikt.forecasting.gathering import Gathered
    from uppsikt.planning.forecasts import Actuals
    from uppsikt.planning.rounds import RoundRow

_TKR_ORE, _KR_ORE = 100_000, 100


@dataclass(frozen=True, slots=True)
class Made:
    """A suggestion of one unit and account group, in öre: the months left, the year, and what they rest on."""

    codes: CodeString
    rest_ore: int
    middle_ore: int
    grounds: Grounds


@dataclass(frozen=True, slots=True)
class MadeNet:
    """The suggested net cost of a unit: the sum of its suggestions, and its interval."""

    unit: str
    middle_ore: int
    low_ore: int
    high_ore: int
    trials: int


@dataclass(frozen=True, slots=True)
class _Series:
    made: Made
    at: int
    part: float  # of the months left, how much of them its codes are valid


def make(gathered: Gathered, booked: Actuals, row: RoundRow, plan: CodePlan) -> tuple[list[Made], list[MadeNet]]:
    """Suggestions for all that has something to go by, and for each unit's net cost."""
    material, months = gathered.material, row.months_left
    if not months and material.seen < row.cut_off.month:
        return [], []  # the year is said to be over, but not all of it is in the ledger
    proposals, check = propose(material), CodeCheck(plan)
    series = []
    for at in _with_something(material, proposals):
        node = gathered.nodes[at]
        codes, so_far_ore = CodeString(*node), sum(booked.get(node, {}).values())
        part = sum(check.weights(codes, months)) / len(months) if months else 0.0
        series.append(_Series(_made(codes, so_far_ore, part, material, proposals, at), at, part))
    return [own.made for own in series], list(_net(series, material, proposals, row, plan))


def _with_something(material: Material, proposals: Proposals) -> list[int]:
    # NaN: nothing to go by; a part of one year is no past
    return [int(at) for at in np.flatnonzero(~np.isnan(proposals.rest) & material.has_past)]


def _made(codes: CodeString, so_far_ore: int, part: float, material: Material, proposals: Proposals, at: int) -> Made:
    """What is booked on the unit itself, then what its past says of the months left: also what it took over."""
    rest, total = float(proposals.rest[at]), proposals.total[at]
    below, above = float(proposals.low[at] - total), float(proposals.high[at] - total)
    unit_ore = _rounded_to(max(abs(rest), above - below))
    low_ore, middle_ore, high_ore = (
        _whole(so_far_ore + part * own, unit_ore) if part else so_far_ore
        for own in (rest + below, rest, rest + above)
    )
    grounds = _grounds(material, proposals, at, low_ore, high_ore)
    return Made(codes, middle_ore - so_far_ore, middle_ore, grounds)


def _grounds(material: Material, proposals: Proposals, at: int, low_ore: int, high_ore: int) -> Grounds:
    seen, years = material.seen, material.actual[at]
    before = years[-2] if material.years > 1 else np.full(material.periods, np.nan)
    return Grounds(
        proposals.leading(at),
        int(proposals.trials[at]),
        low_ore,
        high_ore,
        seen,
        _sum_of(years[-1, :seen]),
        _sum_of(before[:seen]),
        _sum_of(before[seen:]),
        _sum_of(material.budget[at, -1]),
    )


def _sum_of(amounts: np.ndarray) -> int | None:
    """The sum in öre; None where any of it isn't known."""
    return round(float(amounts.sum())) if np.isfinite(amounts).all() else None


def _net(
    series: Sequence[_Series], material: Material, proposals: Proposals, row: RoundRow, plan: CodePlan
) -> Iterator[MadeNet]:
    """Each unit's net cost: the sum of its suggestions, within what such sums were missed by before."""
    rows: dict[str, list[_Series]] = defaultdict(list)
    for own in series:
        if is_net_cost(plan, own.made.codes.account, row.cut_off):
            rows[own.made.codes.unit].append(own)
    halves = half_widths_of_sums(material, proposals, [[own.at for own in parts] for parts in rows.values()])
    for (unit, parts), half in zip(rows.items(), halves, strict=True):
        yield _net_of(unit, parts, float(half))


def _net_of(unit: str, parts: Sequence[_Series], half_ore: float) -> MadeNet:
    middle_ore = sum(own.made.middle_ore for own in parts)
    half_ore *= max(own.part for own in parts)
    unit_ore = _rounded_to(2 * half_ore)
    low_ore, high_ore = (_whole(middle_ore + way * half_ore, unit_ore) if half_ore else middle_ore for way in (-1, 1))
    return MadeNet(unit, middle_ore, low_ore, high_ore, max(own.made.grounds.trials for own in parts))


def _rounded_to(amount_ore: float) -> int:
    return _TKR_ORE if amount_ore >= 100 * _TKR_ORE else _KR_ORE


def _whole(amount_ore: float, unit_ore: int) -> int:
    return round(amount_ore / unit_ore) * unit_ore
