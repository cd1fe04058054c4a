"""From rows to budget entries: grouped by decision, spread over months, balanced. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from uppsikt.core.codeplan import CodePlan
from uppsikt.core.findings import Finding, Place, found
from uppsikt.core.formats import to_the_ore
from uppsikt.core.hashes import hash_of
from uppsikt.core.money import LARGEST_ORE, LARGEST_SUM_ORE, allocate
from uppsikt.core.periods import Month
from uppsikt.planning.codes import CodeCheck, CodeString, text_faults, year_months
from uppsikt.planning.files import BudgetRow
from uppsikt.planning.findings import (
    AMOUNT_TOO_LARGE,
    CODE_NOT_VALID,
    NOT_BALANCED,
    ROW_TWICE,
    SPREAD_SHORTER,
    TWO_DATES,
)
from uppsikt.planning.kinds import BudgetKind
from uppsikt.planning.models import REFERENCE_LENGTH, TEXT_LENGTH

EntryKey = tuple[str, str, str, int]  # decision reference, kind, text, year: what an entry is known by


@dataclass(frozen=True, slots=True)
class Line:
    """One month of one code string. `line` is the row it came from."""

    line: int
    period: int
    codes: CodeString
    amount_ore: int


@dataclass(frozen=True)
class Decision:
    """A budget entry to be: one decision's change of one year."""

    reference: str
    decided_on: date
    kind: BudgetKind
    text: str
    year: int
    lines: tuple[Line, ...]
    place: Place

    @property
    def key(self) -> EntryKey:
        """What the entry is known by."""
        return self.reference, self.kind.value, self.text, self.year

    @property
    def label(self) -> str:
        """What the user calls it."""
        return f"{self.reference} {self.kind.label}: {self.text}"

    @cached_property
    def amount_ore(self) -> int:
        """The sum of its lines."""
        return sum(line.amount_ore for line in self.lines)

    @cached_property
    def content_hash(self) -> str:
        """Identity of date and amounts, whatever the order of the rows."""
        lines = sorted((line.period, line.codes, line.amount_ore) for line in self.lines)
        return hash_of([self.decided_on, lines])


def decisions_of(rows: Iterable[BudgetRow], plan: CodePlan) -> tuple[list[Decision], list[Finding]]:
    """The entries that the rows make, and everything that is wrong with them."""
    check = CodeCheck(plan)
    grouped: dict[EntryKey, list[BudgetRow]] = {}
    for row in rows:
        year = row.period if row.period < 10_000 else row.period // 100
        grouped.setdefault((row.decision, row.kind.value, row.text, year), []).append(row)
    decisions: list[Decision] = []
    findings = list(size_faults((row.amount_ore, row.place) for own in grouped.values() for row in own))
    for key, own in grouped.items():
        findings += _conflicts(own)
        lines: list[Line] = []
        for row in own:
            faults = list(check.faults(row.codes, row.place))
            findings += faults
            if not faults:
                lines += _lines(row, key[3], check, findings)
        first = own[0]
        decision = Decision(
            first.decision, first.decided_on, first.kind, first.text, key[3], tuple(lines), first.place
        )
        decisions.append(decision)
        if first.kind.balances and (surplus := sum(row.amount_ore for row in own)):
            facts = {"entry": decision.label, "amount": to_the_ore(surplus), "year": key[3]}
            findings.append(found(NOT_BALANCED, first.place, **facts))
    return decisions, findings


def size_faults(amounts: Iterable[tuple[int, Place]]) -> Iterator[Finding]:
    """An amount nobody can mean, or the one with which all amounts together outgrow what is stored."""
    sum_ore = 0
    for amount_ore, place in amounts:
        sum_ore += abs(amount_ore)
        if abs(amount_ore) > LARGEST_ORE or sum_ore > LARGEST_SUM_ORE:
            yield found(AMOUNT_TOO_LARGE, place, amount=to_the_ore(amount_ore))
            return


def _conflicts(rows: Sequence[BudgetRow]) -> Iterable[Finding]:
    first = rows[0]
    yield from text_faults(first.decision, "decision", REFERENCE_LENGTH, first.place)
    yield from text_faults(first.text, "text", TEXT_LENGTH, first.place)
    seen: dict[tuple[int, CodeString], int | None] = {}
    for row in rows:
        if (row.period, row.codes) in seen:
            yield found(ROW_TWICE, row.place, first=seen[row.period, row.codes])
        seen.setdefault((row.period, row.codes), row.place.line)
        if row.decided_on != first.decided_on:
            entry = f"{row.decision} {row.kind.label}: {row.text}"
            facts = {"entry": entry, "date": row.decided_on, "first_date": first.decided_on}
            yield found(TWO_DATES, row.place, **facts, first=first.place.line)


def _lines(row: BudgetRow, year: int, check: CodeCheck, findings: list[Finding]) -> list[Line]:
    months = [Month.from_number(row.period)] if row.period > 9_999 else year_months(year)
    if row.kind is BudgetKind.REORGANISATION and len(months) == 1 and check.has_begun(row.codes, months[0]):
        # what was budgeted on a code for months after its end can only be taken away in those months
        return [Line(row.place.line or 0, months[0].number, row.codes, row.amount_ore)]
    spread = spread_over(row.amount_ore, row.codes, months, check, row.place, findings)
    return [Line(row.place.line or 0, month.number, row.codes, amount_ore) for month, amount_ore in spread]


def spread_over(
    amount_ore: int,
    codes: CodeString,
    months: Sequence[Month],
    check: CodeCheck,
    place: Place,
    findings: list[Finding],
) -> list[tuple[Month, int]]:
    """Equal parts on the months in which the codes are valid: a posting must fall where its codes exist."""
    weights = check.weights(codes, months)
    if not any(weights):
        period = str(months[0]) if len(months) == 1 else f"{months[0]}–{months[-1]}"
        findings.append(found(CODE_NOT_VALID, place, values=str(codes), period=period))
        return []
    if not all(weights):
        findings.append(found(SPREAD_SHORTER, place, values=str(codes), count=sum(weights)))
    parts = allocate(amount_ore, weights)
    return [(month, part) for month, part, weight in zip(months, parts, weights, strict=True) if weight]
