"""From rows to forecasts: the actual up to the cut-off and, after it, what the row says. Pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from uppsikt.core.codeplan import REPORTING, CodePlan
from uppsikt.core.findings import Finding, Place, found
from uppsikt.core.formats import to_the_ore
from uppsikt.core.hashes import hash_of
from uppsikt.core.periods import Month
from uppsikt.planning.budgets import Line, size_faults, spread_over
from uppsikt.planning.codes import CodeCheck, CodeString, text_faults, year_months
from uppsikt.planning.files import ForecastRow
from uppsikt.planning.findings import (
    AMOUNTS_DISAGREE,
    CODE_NOT_VALID,
    COUNTED_TWICE,
    FORECASTS_OVERLAP,
    FULL_YEAR_SPLIT,
    MONTH_BEFORE_CUT_OFF,
    MONTH_OUTSIDE_YEAR,
    NO_AMOUNT,
    NO_MONTHS_LEFT,
    PART_OF_STANDING,
    ROW_TWICE,
)
from uppsikt.planning.kinds import ForecastKind, Part
from uppsikt.planning.models import TEXT_LENGTH
from uppsikt.planning.rounds import RoundRow

UnitAccount = tuple[str, str]
Actuals = Mapping[UnitAccount, Mapping[int, int]]  # (unit, account) → yyyymm → öre
ActualsReader = Callable[[RoundRow], Actuals]  # given by whoever can ask the ledger: planning can't


@dataclass(frozen=True)
class Submission:
    """A forecast to be: one unit and account, all months of the year."""

    unit: str
    account: str
    basis: str
    actual: tuple[Line, ...]
    rest: tuple[Line, ...]
    place: Place

    @cached_property
    def actual_ore(self) -> int:
        """The sum up to the cut-off."""
        return sum(line.amount_ore for line in self.actual)

    @cached_property
    def rest_ore(self) -> int:
        """The sum after the cut-off."""
        return sum(line.amount_ore for line in self.rest)

    @property
    def full_year_ore(self) -> int:
        """The forecast of the year."""
        return self.actual_ore + self.rest_ore

    def parts(self) -> Iterator[tuple[Part, Line]]:
        """All lines with the part they belong to."""
        for line in self.actual:
            yield Part.ACTUAL, line
        for line in self.rest:
            yield Part.REST, line

    @cached_property
    def content_hash(self) -> str:
        """Identity of basis and amounts."""
        lines = sorted((part.value, line.period, line.codes, line.amount_ore) for part, line in self.parts())
        return hash_of([self.basis, lines])


def submissions_of(
    rows: Iterable[ForecastRow],
    round_row: RoundRow,
    actuals: Actuals,
    plan: CodePlan,
    kind: ForecastKind = ForecastKind.SUBMISSION,
) -> tuple[list[Submission], list[Finding]]:
    """The forecasts that the rows make, and everything that is wrong with them.

    One that only changes what is forecast falls on the months left; at the end of the year on its last month.
    """
    months = round_row.months_left or (year_months(round_row.year)[-1:] if kind.is_change else [])
    check = CodeCheck(plan)
    grouped: dict[UnitAccount, list[ForecastRow]] = {}
    for row in rows:
        grouped.setdefault((row.codes.unit, row.codes.account), []).append(row)
    submissions: list[Submission] = []
    findings = list(size_faults(own for rows in grouped.values() for row in rows for own in _amounts(row)))
    for (unit, account), own in grouped.items():
        faults = [fault for row in own for fault in check.faults(row.codes, row.place)]
        findings += faults
        if faults:
            continue
        actual = _actual_lines(own[0], round_row, actuals.get((unit, account), {}))
        findings += _conflicts(own)
        actual_ore = sum(line.amount_ore for line in actual)
        rest = [line for row in own for line in _rest_lines(row, round_row, months, actual_ore, check, findings)]
        basis = "; ".join(dict.fromkeys(row.basis for row in own if row.basis))
        findings += text_faults(basis, "basis", TEXT_LENGTH, own[0].place, may_be_empty=True)
        submissions.append(Submission(unit, account, basis, tuple(actual), tuple(rest), own[0].place))
    return submissions, findings


def _amounts(row: ForecastRow) -> Iterator[tuple[int, Place]]:
    for amount_ore in (row.full_year_ore, row.rest_ore, *row.months.values()):
        if amount_ore is not None:
            yield amount_ore, row.place


def _actual_lines(row: ForecastRow, round_row: RoundRow, actual: Mapping[int, int]) -> list[Line]:
    codes = CodeString(row.codes.unit, row.codes.account)
    months = [month.number for month in round_row.months_with_actuals]
    return [Line(row.place.line or 0, period, codes, actual[period]) for period in months if period in actual]


def _conflicts(rows: Sequence[ForecastRow]) -> Iterator[Finding]:
    seen: dict[CodeString, int | None] = {}
    for row in rows:
        if row.codes in seen:
            yield found(ROW_TWICE, row.place, first=seen[row.codes])
        seen.setdefault(row.codes, row.place.line)
        if row.full_year_ore is not None and (len(rows) > 1 or not row.codes.is_whole):
            yield found(FULL_YEAR_SPLIT, row.place)


def _rest_lines(
    row: ForecastRow,
    round_row: RoundRow,
    months: Sequence[Month],
    actual_ore: int,
    check: CodeCheck,
    findings: list[Finding],
) -> list[Line]:
    faults = list(_month_faults(row, round_row))
    rest_ore = _rest(row, actual_ore)
    faults += _disagreement(row, actual_ore)
    if rest_ore is None:
        faults.append(found(NO_AMOUNT, row.place))
    elif rest_ore and not months:
        shown = to_the_ore(rest_ore)
        faults.append(found(NO_MONTHS_LEFT, row.place, cut_off=round_row.cut_off, rest=shown))
    findings += faults
    if faults or rest_ore is None or not months:
        return []
    if not row.months:
        spread = spread_over(rest_ore, row.codes, months, check, row.place, findings)
    else:
        spread = [(Month.from_number(period), part) for period, part in sorted(row.months.items())]
        for month, _ in spread:
            if not check.is_valid(row.codes, month):
                findings.append(found(CODE_NOT_VALID, row.place, values=str(row.codes), period=str(month)))
    return [Line(row.place.line or 0, month.number, row.codes, part) for month, part in spread]


def _rest(row: ForecastRow, actual_ore: int) -> int | None:
    if row.months:
        return sum(row.months.values())
    if row.rest_ore is not None:
        return row.rest_ore
    return None if row.full_year_ore is None else row.full_year_ore - actual_ore


def _disagreement(row: ForecastRow, actual_ore: int) -> Iterator[Finding]:
    rests = [sum(row.months.values())] if row.months else []
    rests += [] if row.rest_ore is None else [row.rest_ore]
    full_years = [actual_ore + rest for rest in rests]
    full_years += [] if row.full_year_ore is None else [row.full_year_ore]
    if len(set(full_years)) > 1:
        full_year = full_years[-1]
        facts = {"full_year": full_year, "actual": actual_ore, "rest": rests[0]}
        shown = {key: to_the_ore(value) for key, value in facts.items()}
        yield found(AMOUNTS_DISAGREE, row.place, **shown)


def _month_faults(row: ForecastRow, round_row: RoundRow) -> Iterator[Finding]:
    for period in sorted(row.months):
        month = Month.from_number(period)
        at = Place(row.place.source, row.place.line, str(month))
        if month.year != round_row.year:
            yield found(MONTH_OUTSIDE_YEAR, at, period=str(month), year=round_row.year)
        elif month.first <= round_row.cut_off:
            yield found(MONTH_BEFORE_CUT_OFF, at, period=str(month), cut_off=round_row.cut_off)


def overlaps(
    submissions: Iterable[Submission], standing: Mapping[UnitAccount, int], plan: CodePlan, on: date
) -> tuple[set[UnitAccount], list[Finding]]:
    """What stands no more because one unit's forecasts never overlap: what replaces it whole counts.

    `standing` has the year's öre. With a refusal of each that is part of another handed in at the same time, since
    nothing tells which is meant, and of a part of a group that stands: what is left of it would be nobody's.
    """
    given = {(own.unit, own.account): own for own in submissions}
    falling: set[UnitAccount] = set()
    findings: list[Finding] = []
    parts: dict[UnitAccount, list[Submission]] = defaultdict(list)
    for node in {*standing, *given}:
        unit, account = node
        for above in ((unit, code) for code in plan.path("account", account, on, REPORTING)[1:]):
            if node in given and above in given:
                value, wider = " ".join(node), " ".join(above)
                findings.append(found(FORECASTS_OVERLAP, given[node].place, value=value, above=wider))
            elif node in given and above in standing:
                parts[above].append(given[node])
            elif above in given:
                falling.add(node)
    for group, within in sorted(parts.items()):
        if _is_whole(group, given, plan, on):
            falling.add(group)
        else:
            findings.append(_only_a_part(group, standing[group], sorted(within, key=lambda own: own.account)))
    return falling, findings


def _is_whole(group: UnitAccount, given: Collection[UnitAccount], plan: CodePlan, on: date) -> bool:
    unit, account = group
    below = [(unit, code) for code in plan.children("account", account, on, REPORTING)]
    return bool(below) and all(part in given or _is_whole(part, given, plan, on) for part in below)


def _only_a_part(group: UnitAccount, standing_ore: int, parts: Sequence[Submission]) -> Finding:
    unit, account = group
    facts = {"accounts": ", ".join(own.account for own in parts), "standing": to_the_ore(standing_ore)}
    given_ore = sum(own.full_year_ore for own in parts)
    return found(PART_OF_STANDING, parts[0].place, unit=unit, group=account, given=to_the_ore(given_ore), **facts)


def counted_twice(
    submissions: Iterable[Submission], standing: set[UnitAccount], plan: CodePlan, on: date
) -> Iterator[Finding]:
    """A warning for each forecast that has another unit's above it, on the same account or one it is part of."""
    for submission in submissions:
        units = plan.path("unit", submission.unit, on)
        accounts = plan.path("account", submission.account, on, REPORTING)
        for unit, account in ((unit, account) for unit in units[1:] for account in accounts):
            if (unit, account) in standing:
                value = f"{submission.unit} {submission.account}"
                yield found(COUNTED_TWICE, submission.place, value=value, above=f"{unit} {account}")
