"""The same measures for every material: the weighted absolute error, the plain ways to compare with, coverage."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from uppsikt.suggestions import Material, half_widths_of_sums, propose

Floats = NDArray[np.float64]

_LEAST_SHARE = 0.05


def straight_line(material: Material) -> Floats:
    """Actual so far a period, times the periods of the year: what most spreadsheets do."""
    seen = material.actual[:, -1, : material.seen]
    count = np.maximum(np.isfinite(seen).sum(axis=1), 1)
    return np.asarray(np.nansum(seen, axis=1) * (1 + (material.periods - material.seen) / count), dtype=np.float64)


def last_years_pattern(material: Material) -> Floats:
    """Actual so far, raised as last year rose from the same day to its end.

    A straight line where last year had hardly begun by then: nobody would multiply by a hundred.
    """
    line = straight_line(material)
    if material.years < 2:
        return line
    before, now = material.actual[:, -2], np.nansum(material.actual[:, -1, : material.seen], axis=1)
    so_far, whole = before[:, : material.seen].sum(axis=1), before.sum(axis=1)
    usable = np.isfinite(whole) & (so_far / np.where(whole == 0, np.nan, whole) > _LEAST_SHARE)
    return np.where(usable, now * whole / np.where(usable, so_far, 1.0), line)


def last_years_rest(material: Material) -> Floats:
    """Actual so far and what came after the same day last year; a straight line where that isn't known."""
    line = straight_line(material)
    if material.years < 2:
        return line
    rest = material.actual[:, -2, material.seen :].sum(axis=1)
    return np.where(np.isfinite(rest), np.nansum(material.actual[:, -1, : material.seen], axis=1) + rest, line)


PLAIN = {
    "straight line": straight_line,
    "last year's pattern": last_years_pattern,
    "last year's rest": last_years_rest,
}


@dataclass
class Score:
    """Sums of absolute errors by way of forecasting, of what came, and of how often intervals held it."""

    missed: dict[str, float] = field(default_factory=dict)
    came: float = 0.0
    held: int = 0
    asked: int = 0

    def add(self, material: Material, truth: Floats, others: Mapping[str, Floats] | None = None) -> None:
        """Count one question: the year's totals of all series whose truth (and others' answers) are known."""
        made = propose(material)
        answers = {"suggestion": made.total, **{name: way(material) for name, way in PLAIN.items()}, **(others or {})}
        known = np.isfinite(truth) & np.isfinite(np.array(list(answers.values()))).all(axis=0)
        for name, answer in answers.items():
            self.missed[name] = self.missed.get(name, 0.0) + float(np.abs(answer - truth)[known].sum())
        self.came += float(np.abs(truth)[known].sum())
        live = known & (truth != 0)
        self.held += int(((made.low <= truth) & (truth <= made.high))[live].sum())
        self.asked += int(live.sum())

    def plus(self, other: Score) -> Score:
        """Both together."""
        names = [*self.missed, *(name for name in other.missed if name not in self.missed)]
        missed = {name: self.missed.get(name, 0.0) + other.missed.get(name, 0.0) for name in names}
        return Score(missed, self.came + other.came, self.held + other.held, self.asked + other.asked)

    def line(self, label: str) -> str:
        """Errors in per cent of what came, and how many of the intervals held it."""
        errors = "  ".join(f"{name} {100 * missed / self.came:.2f}" for name, missed in self.missed.items())
        return f"{label:24} {errors}  covered {100 * self.held / self.asked:.1f} % of {self.asked}"


def held_sums(questions: Iterable[tuple[Material, Floats]], sums: Sequence[Sequence[int]]) -> str:
    """How many sums' intervals held what came, and how wide they are beside their rows' together (the median)."""
    held, asked, narrower = 0, 0, []
    for material, truth in questions:
        made = propose(material)
        known = [[at for at in own if np.isfinite(made.total[at])] for own in sums]
        live = [own for own in known if own and np.abs(truth[own]).sum()]
        half = half_widths_of_sums(material, made, live)
        missed = np.array([abs(made.total[own].sum() - truth[own].sum()) for own in live])
        rows = np.array([(made.high - made.low)[own].sum() / 2 for own in live])
        held, asked = held + int((missed <= half).sum()), asked + len(live)
        narrower.extend(half[rows > 0] / rows[rows > 0])
    return f"sums: covered {100 * held / asked:.1f} % of {asked}, {np.median(narrower):.2f} of their rows' width"
