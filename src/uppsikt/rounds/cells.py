"""Many people's edits of the same cells: what is saved, what is a conflict, what is emptied. Pure.

Every save of an account group gives the cells it changes one version above all of the group's. So the version that
counts for a cell (`shown`) can tell of everything that writing it would take away: for the full year that is any
month, for a month the full year.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from uppsikt.core.codeplan import CodePlan
from uppsikt.core.findings import Finding, Place, found
from uppsikt.core.formats import to_the_ore
from uppsikt.core.money import LARGEST_ORE
from uppsikt.core.periods import Month
from uppsikt.planning.findings import AMOUNT_TOO_LARGE, CODE_UNKNOWN
from uppsikt.planning.rounds import RoundRow
from uppsikt.rounds.findings import BOTH_WAYS, PERIOD_NOT_LEFT
from uppsikt.rounds.values import FULL_YEAR, CellConflict, CellEdit, CellRow

Spot = tuple[str, int]  # account group and period


@dataclass(frozen=True, slots=True)
class Merge:
    """What a save comes to: the rows to store with what they held, and what to tell whoever saved."""

    changed: tuple[tuple[CellRow, int | None], ...]
    saved: tuple[CellRow, ...]
    conflicts: tuple[CellConflict, ...]
    beside: tuple[CellRow, ...]


def edit_faults(edits: Iterable[CellEdit], row: RoundRow, plan: CodePlan) -> Iterator[Finding]:
    """What makes a save impossible, whatever is held."""
    periods = {FULL_YEAR, *(month.number for month in row.months_left)}
    both: dict[str, set[bool]] = defaultdict(set)
    for edit in edits:
        at = Place(column=edit.account)
        if not plan.knows("account", edit.account):
            yield found(CODE_UNKNOWN, at, value=edit.account, dimension="account")
        if edit.period not in periods:
            yield found(PERIOD_NOT_LEFT, at, period=edit.period, cut_off=row.cut_off, year=row.year)
        if edit.amount_ore is not None:
            both[edit.account].add(edit.period == FULL_YEAR)
            if abs(edit.amount_ore) > LARGEST_ORE:
                yield found(AMOUNT_TOO_LARGE, at, amount=to_the_ore(edit.amount_ore))
    for account, ways in both.items():
        if len(ways) > 1:
            yield found(BOTH_WAYS, Place(column=account), account=account)


def shown(held: Iterable[CellRow], months: Sequence[Month]) -> tuple[CellRow, ...]:
    """Every cell of the account groups that have any, months nobody wrote too, with the versions that count."""
    groups: dict[str, dict[int, CellRow]] = defaultdict(dict)
    for row in held:
        groups[row.account][row.period] = row
    return tuple(cell for _, group in sorted(groups.items()) for cell in _shown(group, months))


def _shown(group: Mapping[int, CellRow], months: Sequence[Month]) -> Iterator[CellRow]:
    latest = max(group.values(), key=lambda row: row.version)
    full_year = group.get(FULL_YEAR)
    for period in sorted({FULL_YEAR, *group, *(month.number for month in months)}):
        own = group.get(period)
        other = latest if period == FULL_YEAR else full_year
        telling = max((row for row in (own, other) if row), key=lambda row: row.version, default=None)
        if telling:
            yield replace(telling, period=period, amount_ore=own.amount_ore if own else None)


def unlike(held: Iterable[CellRow], handed_in: Mapping[str, Mapping[int, int]], months: Sequence[Month]) -> list[str]:
    """The account groups whose cells say other than what is handed in.

    `handed_in` has by account group the full year under period 0 and each month left that isn't zero, in öre.
    """
    said: dict[str, dict[int, int]] = defaultdict(dict)
    for row in held:
        if row.amount_ore is not None:
            said[row.account][row.period] = row.amount_ore
    return [
        account
        for account in sorted({*said, *handed_in})
        if said.get(account) != _as_said(handed_in.get(account, {}), said.get(account, {}), months)
    ]


def _as_said(handed_in: Mapping[int, int], said: Mapping[int, int], months: Sequence[Month]) -> dict[int, int]:
    wanted = [FULL_YEAR] if FULL_YEAR in said or not said else [month.number for month in months]
    return {period: handed_in.get(period, 0) for period in wanted} if handed_in else {}


def merged(
    held: Sequence[CellRow], edits: Iterable[CellEdit], months: Sequence[Month], who: str, at: datetime
) -> Merge:
    """The edits laid on what is held: of several for one cell the last counts."""
    view = {(row.account, row.period): row for row in shown(held, months)}
    wanted = {(edit.account, edit.period): edit for edit in edits}
    accepted: dict[Spot, int | None] = {}
    conflicts = []
    for spot, edit in wanted.items():
        row = view.get(spot)
        if _amount(row) == edit.amount_ore:
            continue
        if row and row.version != edit.seen_version:
            conflicts.append(CellConflict(edit, row))
        else:
            accepted[spot] = edit.amount_ore
    accepted |= _emptied(view, accepted)
    changed = [
        (_next(held, spot, amount_ore, who, at), _amount(view.get(spot))) for spot, amount_ore in accepted.items()
    ]
    now = {(row.account, row.period): row for row in held} | {(row.account, row.period): row for row, _ in changed}
    after = shown(now.values(), months)
    return Merge(
        tuple(changed),
        tuple(_told(after, wanted, conflicts, at)),
        tuple(conflicts),
        tuple(row for row in after if row.account in {conflict.edit.account for conflict in conflicts}),
    )


def _amount(row: CellRow | None) -> int | None:
    return row.amount_ore if row else None


def _emptied(view: Mapping[Spot, CellRow], accepted: Mapping[Spot, int | None]) -> dict[Spot, int | None]:
    ways = {
        (account, period == FULL_YEAR) for (account, period), amount_ore in accepted.items() if amount_ore is not None
    }
    return {
        spot: None
        for spot, row in view.items()
        if row.amount_ore is not None and spot not in accepted and (spot[0], spot[1] != FULL_YEAR) in ways
    }


def _next(held: Iterable[CellRow], spot: Spot, amount_ore: int | None, who: str, at: datetime) -> CellRow:
    account, period = spot
    version = max((row.version for row in held if row.account == account), default=0) + 1
    return CellRow(account, period, amount_ore, version, who, at)


def _told(
    after: Iterable[CellRow], wanted: Mapping[Spot, CellEdit], conflicts: Iterable[CellConflict], at: datetime
) -> Iterator[CellRow]:
    # a version lets its holder take away the whole group's values, so the whole group is told with it
    refused = {(conflict.edit.account, conflict.edit.period) for conflict in conflicts}
    saved = {account for account, _ in wanted.keys() - refused}
    known = {(row.account, row.period): row for row in after}
    for spot, row in known.items():
        if spot not in refused and spot[0] in saved:
            yield row
    for account, period in wanted.keys() - known.keys():  # asked to be empty, and nobody ever wrote there
        yield CellRow(account, period, None, 0, "", at)
