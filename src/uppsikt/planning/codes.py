"""A line's code string, and whether its codes exist and are valid together in a month."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import NamedTuple

from uppsikt.audit.actors import Actor, Verb, require
from uppsikt.core.codeplan import CodePlan
from uppsikt.core.findings import Finding, Place, found
from uppsikt.core.periods import Month
from uppsikt.core.postings import DIMENSIONS
from uppsikt.core.texts import is_line
from uppsikt.planning.findings import CODE_MISSING, CODE_UNKNOWN, TEXT_ODD


class CodeString(NamedTuple):
    """The seven dimensions in the order of `core.postings.DIMENSIONS`; "" is absent."""

    unit: str
    account: str
    activity: str = ""
    project: str = ""
    object: str = ""
    counterparty: str = ""
    marker: str = ""

    @property
    def is_whole(self) -> bool:
        """Whether it names the unit and the account as a whole, with nothing finer."""
        return not any(self[2:])

    def __str__(self) -> str:
        return ", ".join(code for code in self if code)


def text_faults(text: str, name: str, longest: int, place: Place, *, may_be_empty: bool = False) -> Iterator[Finding]:
    """A text people write: there, on one line, and no longer than its column."""
    if (not text and not may_be_empty) or len(text) > longest or not is_line(text):
        yield found(TEXT_ODD, Place(place.source, place.line, name), name=name, longest=longest)


def year_months(year: int) -> list[Month]:
    """The twelve months of a financial year."""
    return [Month(year, month) for month in range(1, 13)]


class CodeCheck:
    """Asks the code plan about code strings; each distinct one only once, however many rows have it."""

    def __init__(self, plan: CodePlan) -> None:
        self._plan = plan
        self._months: dict[tuple[str, str, int], int] = {}

    def faults(self, codes: CodeString, place: Place) -> Iterator[Finding]:
        """Unit and account must be there, and every code that is there must be known."""
        for dimension, code in zip(DIMENSIONS, codes, strict=True):
            at = Place(place.source, place.line, dimension)
            if code and not self._plan.knows(dimension, code):
                yield found(CODE_UNKNOWN, at, value=code, dimension=dimension)
            elif not code and dimension in ("unit", "account"):
                yield found(CODE_MISSING, at, dimension=dimension)

    def weights(self, codes: CodeString, months: Sequence[Month]) -> list[int]:
        """1 for each month in which all the codes are valid, else 0."""
        masks = {year: self._valid_months(codes, year) for year in {month.year for month in months}}
        return [masks[month.year] >> month.month & 1 for month in months]

    def is_valid(self, codes: CodeString, month: Month) -> bool:
        """Whether all the codes are valid in the month."""
        return bool(self.weights(codes, [month])[0])

    def has_begun(self, codes: CodeString, month: Month) -> bool:
        """Whether all the codes are valid in the month, or were before it."""
        begun = (
            self._plan.opened_on(dimension, code) for dimension, code in zip(DIMENSIONS, codes, strict=True) if code
        )
        return all(day is not None and day <= month.first for day in begun)

    def _valid_months(self, codes: CodeString, year: int) -> int:
        # one bit a month: a budget has a million lines but few codes, so combining must cost next to nothing
        mask = -1
        for dimension, code in zip(DIMENSIONS, codes, strict=True):
            if code:
                key = (dimension, code, year)
                if key not in self._months:
                    self._months[key] = self._months_of(*key)
                mask &= self._months[key]
        return mask

    def _months_of(self, dimension: str, code: str, year: int) -> int:
        valid = (month for month in year_months(year) if self._plan.entry(dimension, code, month.first))
        return sum(1 << month.month for month in valid)


def require_for_units(actor: Actor, verb: Verb, units: Iterable[str], plan: CodePlan, as_of: date) -> None:
    """Raise `NotAllowed` unless the actor may for each of the units."""
    # unknown units are asked for too, as units outside the tree: only those who may all may name them
    for unit in dict.fromkeys(units):
        require(actor, verb, plan.path("unit", unit, as_of) if unit else (), as_of)
